"""How every picture is made: one font and ink, as SVG that says what it shows or as PNG, the same bytes every time."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from foedus.errors import BadInput, Problem

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK: Final = "#1b1f24"
SOFT: Final = "#4f5963"
SIZE: Final = 10.0
FONT: Final = "DejaVu Sans"
"""Ships with matplotlib; a browser that has it not takes the next."""
FONTS: Final = "'DejaVu Sans', Verdana, Arial, sans-serif"
Size = tuple[float, float]
"""Width and height, in inches."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What a picture says of itself: its title, all that it shows in words, and a name that no other on a page has."""

    title: str
    words: str
    name: str = ""


def drawn(
    fill: Callable[[Figure], None], size: Size, form: str, caption: Caption, look: Mapping[str, Any] | None = None
) -> bytes:
    """Return a figure that ``fill`` fills, as ``svg`` or ``png``; ``look`` sets what differs from the house's look."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    made = io.BytesIO()
    house = {"svg.hashsalt": "foedus", "svg.fonttype": "none", "font.family": FONT, "font.size": SIZE - 1}
    settings: Any = {**house, **(look or {})}
    with mpl.rc_context(settings), warnings.catch_warnings():
        # Letters that the font lacks: an SVG keeps them as text, and whoever looks at it has fonts of their own.
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        figure = Figure(figsize=size)
        canvas = FigureCanvasSVG(figure) if form == "svg" else FigureCanvasAgg(figure)
        fill(figure)
        nothing = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
        canvas.print_figure(made, format=form, dpi=72 if form == "svg" else 200, metadata=nothing)
    return _telling(made.getvalue().decode(), caption).encode() if form == "svg" else made.getvalue()


def drawn_on_sheet(draw: Callable[[Axes], None], size: Size, form: str, caption: Caption) -> bytes:
    """Return a drawing on a sheet that is measured in inches from its upper left corner."""

    def fill(figure: Figure) -> None:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, size[0])
        axes.set_ylim(size[1], 0)
        axes.set_axis_off()
        draw(axes)
        # What an SVG is cut by stands in a part that a page leaves out.
        for part in (*axes.patches, *axes.texts, *axes.lines):
            part.set_clip_on(False)

    return drawn(fill, size, form, caption)


def written(draw: Callable[[str], bytes], path: Path) -> None:
    """Write a picture as SVG or PNG, by the name of the file. Raises ``BadInput``."""
    form = path.suffix.lower().removeprefix(".")
    if form not in ("svg", "png"):
        raise BadInput([Problem(None, f"`{path}` is no picture that can be drawn", "end the name in .svg or .png")])
    picture = draw(form)
    try:
        path.write_bytes(picture)
    except OSError as error:
        raise BadInput([Problem(None, f"`{path}` cannot be written: {error.strerror}")]) from None


def inline(picture: bytes) -> str:
    """An SVG as a part of a page: without what only a file of its own needs, and without style attributes."""
    text = picture.decode()
    text = text[text.index("<svg") :]
    text = re.sub(r"<(metadata|style|defs)\b.*?</\1>|<defs/>|<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r' id="(?!picture-)[^"]*"| xmlns:xlink="[^"]*"', "", text)
    return re.sub(r' style="([^"]*)"', _as_attributes, text)


def _as_attributes(style: re.Match[str]) -> str:
    """What a style says, as attributes; a font as its size and its family."""
    found = ""
    for part in style[1].split(";"):
        name, _, value = part.strip().partition(":")
        if name == "font":
            size, _, family = value.strip().partition(" ")
            found += f' font-size="{size}" font-family="{family}"'
        elif name:
            found += f' {name}="{value.strip()}"'
    return found


def _telling(svg: str, caption: Caption) -> str:
    """An SVG that says in words what it shows."""
    from xml.sax.saxutils import escape

    start = re.search(r"<svg [^>]*>", svg)
    if start is None:
        return svg
    svg = svg.replace(f"'{FONT}'", FONTS)
    mark = f"picture-{caption.name}" if caption.name else "picture"
    head = f'{start[0][:-1]} role="img" aria-labelledby="{mark}-title {mark}-words">'
    said = f'<title id="{mark}-title">{escape(caption.title)}</title>'
    said += f'<desc id="{mark}-words">{escape(caption.words)}</desc>'
    return svg.replace(start[0], head + said, 1)
