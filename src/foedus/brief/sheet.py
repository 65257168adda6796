"""A sheet measured in inches from its upper left corner, on which a picture is drawn: the same bytes every time."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.brief.figures import FONT, FONTS, SIZE
from foedus.errors import BadInput, Problem

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def drawn_on_sheet(
    draw: Callable[[Axes], None], size: tuple[float, float], form: str, title: str, words: str, name: str
) -> bytes:
    """Return a drawing as ``svg`` or ``png``; an SVG says in ``words`` what it shows, under a ``name`` of its own."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    width, height = size
    drawn = io.BytesIO()
    settings: Any = {"svg.hashsalt": "foedus", "svg.fonttype": "none", "font.family": FONT, "font.size": SIZE - 1}
    with mpl.rc_context(settings):
        figure = Figure(figsize=size)
        canvas = FigureCanvasSVG(figure) if form == "svg" else FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, width)
        axes.set_ylim(height, 0)
        axes.set_axis_off()
        draw(axes)
        # What an SVG is cut by stands in a part that a page leaves out.
        for part in (*axes.patches, *axes.texts, *axes.lines):
            part.set_clip_on(False)
        nothing = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
        canvas.print_figure(drawn, format=form, dpi=72 if form == "svg" else 200, metadata=nothing)
    return _told(drawn.getvalue().decode(), title, words, name).encode() if form == "svg" else drawn.getvalue()


def written_picture(drawn: Callable[[str], bytes], path: Path) -> None:
    """Write a picture as SVG or PNG, by the name of the file. Raises ``BadInput``."""
    form = path.suffix.lower().removeprefix(".")
    if form not in ("svg", "png"):
        raise BadInput([Problem(None, f"`{path}` is no picture that can be drawn", "end the name in .svg or .png")])
    picture = drawn(form)
    try:
        path.write_bytes(picture)
    except OSError as error:
        raise BadInput([Problem(None, f"`{path}` cannot be written: {error.strerror}")]) from None


def _told(svg: str, title: str, words: str, name: str) -> str:
    from xml.sax.saxutils import escape

    start = re.search(r"<svg [^>]*>", svg)
    if start is None:
        return svg
    svg = svg.replace(f"'{FONT}'", FONTS)
    head = f'{start[0][:-1]} role="img" aria-labelledby="picture-{name}-title picture-{name}-words">'
    told = f'<title id="picture-{name}-title">{escape(title)}</title>'
    told += f'<desc id="picture-{name}-words">{escape(words)}</desc>'
    return svg.replace(start[0], head + told, 1)
