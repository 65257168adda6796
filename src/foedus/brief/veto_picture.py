"""Who must say yes, drawn: a row for each form, a box for each who can stop its help alone, joined ones for several."""

import textwrap
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from foedus.brief.drawing import FONT, INK, SIZE, SOFT, Caption, drawn_on_sheet
from foedus.check.veto import Veto
from foedus.law.records import StopKind, Stoppers
from foedus.wording import Speaker, levels, sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH: Final = 7.6
LEFT: Final = 2.0
CHIP: Final = 0.24
LINE: Final = 0.34
GAP: Final = 0.1
MOST_NAMED: Final = 6
LETTERS: Final = 20
MOST_LETTERS: Final = 34
"""Inches: the page, the names of the forms, a box, a line of boxes, what is between; names in a row; letters of a
form's name in a line and of a name in a box."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A box of a row: one who can stop the help alone (filled), one of several together, or words without a box."""

    text: str
    sort: str


def veto_picture(found: Sequence[Veto], speaker: Speaker, form: str = "svg") -> bytes:
    """Return the chart as bytes: ``svg`` or ``png``. Filled boxes stop the help alone, joined ones only together."""
    rows = [(_name(veto, speaker), list(_lines(_chips(veto, speaker)))) for veto in found]
    heights = [max(len(name) * 0.19, len(lines) * LINE) + 2 * GAP for name, lines in rows]

    def draw(axes: "Axes") -> None:
        _key(axes)
        top = 0.58
        for (name, lines), thick in zip(rows, heights, strict=True):
            _row(axes, name, lines, top)
            top += thick

    caption = Caption("Who can lawfully stop the help", veto_words(found, speaker), "veto")
    return drawn_on_sheet(draw, (WIDTH, sum(heights) + 0.62), form, caption)


def veto_words(found: Sequence[Veto], speaker: Speaker) -> str:
    """The chart in words."""
    return " ".join(sentence(f"{speaker.instrument(veto.instrument)}: {stop_words(veto, speaker)}") for veto in found)


def stop_words(veto: Veto, speaker: Speaker) -> str:
    """Who can lawfully stop the help of one form, and who where what is not known falls out best."""
    if veto.worst is None or veto.best is None:
        return "undecided" if veto.undecided else "no help is promised"
    told = [speaker.stoppers(veto.worst)]
    if veto.best.number != veto.worst.number:
        told.append(f"by another value of what is not known: {speaker.stoppers(veto.best)}")
    return "; ".join(told)


def _name(veto: Veto, speaker: Speaker) -> list[str]:
    wide = any(unicodedata.east_asian_width(letter) in "WF" for letter in speaker.instrument(veto.instrument))
    name = textwrap.wrap(speaker.instrument(veto.instrument), LETTERS // 2 if wide else LETTERS)[:3]
    return [*name, f"({levels(*veto.promised)})"]


def _chips(veto: Veto, speaker: Speaker) -> Iterator[Chip]:
    if veto.worst is None or veto.best is None:
        yield Chip("undecided" if veto.undecided else "no help is promised", "words")
        return
    yield from _of(veto.worst, speaker)
    if veto.best.number != veto.worst.number:
        yield Chip("or, by what is not known:", "words")
        yield from _of(veto.best, speaker)


def _of(stoppers: Stoppers, speaker: Speaker) -> Iterator[Chip]:
    if stoppers.undecided is not None or not stoppers.kinds:
        yield Chip("nobody" if stoppers.undecided is None else "undecided", "words")
        return
    alone = [member for kind in stoppers.kinds if kind.size == 1 for member in kind.groups[0].members]
    for name in _named(alone, speaker):
        yield Chip(name, "alone")
    for kind in stoppers.kinds:
        if kind.size > 1:
            yield from _together(kind, speaker)


def _together(kind: StopKind, speaker: Speaker) -> Iterator[Chip]:
    """Those who can stop it only together: each a box, joined by a plus; any so many of a group as one box."""
    names: list[str] = []
    for group in kind.groups:
        if group.count == len(group.members):
            names += _named(group.members, speaker)
        else:
            names.append(speaker.stop_kind(StopKind((group,))))
    for place, name in enumerate(names):
        yield Chip(name, "first" if place == 0 else "joined")


def _named(members: Sequence[str], speaker: Speaker) -> list[str]:
    shown = list(members) if len(members) <= MOST_NAMED else list(members)[: MOST_NAMED - 1]
    more = [f"{len(members) - len(shown)} others"] if len(shown) < len(members) else []
    return [*(_capital(speaker.party(id))[:MOST_LETTERS] for id in shown), *more]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _width(chip: Chip) -> float:
    """Inches that a box takes, by the widths of its letters in the font that ships with matplotlib."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        path = TextPath((0, 0), chip.text.replace("$", "S"), size=SIZE - 1, prop=FontProperties(family=FONT))
    return float(path.get_extents().width) / 72 + (0 if chip.sort == "words" else 0.18)


def _lines(chips: Iterator[Chip]) -> Iterator[list[tuple[float, float, Chip]]]:
    """Boxes from left to right, on a new line where the page ends: place, width, box."""
    line: list[tuple[float, float, Chip]] = []
    place = LEFT
    for chip in chips:
        wide = _width(chip)
        between = 0.2 if chip.sort == "joined" else GAP
        if line and place + between + wide > WIDTH - GAP:
            yield line
            line, place, between = [], LEFT, 0.2 if chip.sort == "joined" else 0
        place += between if line or chip.sort == "joined" else 0
        line.append((place, wide, chip))
        place += wide
    if line:
        yield line


def _row(axes: "Axes", name: Sequence[str], lines: Sequence[list[tuple[float, float, Chip]]], top: float) -> None:
    axes.plot([GAP, WIDTH - GAP], [top, top], color="#c9cfd6", linewidth=0.8)
    for number, words in enumerate(name):
        last = number == len(name) - 1
        axes.text(
            GAP, top + 0.2 + number * 0.19, words, va="center", color=SOFT if last else INK,
            fontweight="normal" if last else "bold", fontsize=SIZE - 2 if last else SIZE - 1, parse_math=False,
        )  # fmt: skip
    for number, line in enumerate(lines):
        middle = top + GAP + LINE / 2 + number * LINE
        for place, wide, chip in line:
            _box(axes, place, wide, middle, chip)


def _box(axes: "Axes", place: float, wide: float, middle: float, chip: Chip) -> None:
    from matplotlib.patches import Rectangle

    if chip.sort == "words":
        axes.text(place, middle, chip.text, va="center", color=INK, fontsize=SIZE - 1, parse_math=False)
        return
    alone = chip.sort == "alone"
    face, ink = ("#2b323a", "white") if alone else ("white", INK)
    corner = (place, middle - CHIP / 2)
    axes.add_patch(Rectangle(corner, wide, CHIP, facecolor=face, edgecolor=INK, linewidth=1.1, clip_on=False))
    axes.text(
        place + wide / 2, middle, chip.text, ha="center", va="center", color=ink, fontsize=SIZE - 1, parse_math=False
    )
    if chip.sort == "joined":
        axes.text(place - 0.1, middle, "+", ha="center", va="center", color=INK, fontsize=SIZE, parse_math=False)


def _key(axes: "Axes") -> None:
    """What the boxes mean, above them."""
    place = GAP
    for chip, words in ((Chip("name", "alone"), "can stop the help alone"), (Chip("name", "first"), "only together")):
        wide = _width(chip)
        _box(axes, place, wide, 0.25, chip)
        if chip.sort == "first":
            second = Chip("name", "joined")
            _box(axes, place + wide + 0.2, wide, 0.25, second)
            place += wide + 0.2
        axes.text(place + wide + 0.08, 0.25, words, va="center", color=SOFT, fontsize=SIZE - 1)
        place += wide + 0.4 + _width(Chip(words, "words"))
