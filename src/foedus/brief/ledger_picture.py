"""A deal drawn as two timelines: what one side gave above, what the others gave below, and what can be taken back."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from foedus.brief.drawing import INK, SIZE, SOFT, Caption, drawn_on_sheet
from foedus.brief.ledger_screen import Told
from foedus.talks.ledger import Back, Exchange, Held
from foedus.wording import Speaker, listed, number, sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_ENTRIES: Final = 24
BOX: Final = 1.75
GAP: Final = 0.22
LINE: Final = 0.17
TOP: Final = 0.9
LEFT: Final = 0.15
"""Inches: width of a box, the gap beside it, a line of words, the head above the first timeline, the margin."""
LETTERS: Final = 24
MOST_LINES: Final = 5
LOOKS: Final[dict[Back, tuple[str, str, str, str]]] = {
    "no": ("●", "#2b323a", "#ffffff", "for good"),
    "yes": ("○", "#ffffff", INK, "can be taken back"),
    "partly": ("◐", "#d2d7dc", INK, "can be taken back in part"),
    "unknown": ("?", "#f4f5f6", INK, "not known whether"),
}
"""Sign, grey, ink and words: each is told apart by its sign alone, so that no printer and no eye needs the grey."""


@dataclass(frozen=True, slots=True)
class _Place:
    """An entry on the sheet: left end, and the words in its box."""

    entry: int
    left: float
    words: tuple[str, ...]


def ledger_picture(exchange: Exchange, speaker: Speaker, form: str = "svg", mark: str = "") -> bytes:
    """Return the picture of one deal; ``mark`` keeps the names in it apart where a page has several."""
    one = one_side(exchange)
    above, below, width = _places(exchange, speaker, one)
    high_above, high_below = (max((_height(p) for p in row), default=0.4) for row in (above, below))
    line_above = TOP + high_above + 0.15
    line_below = line_above + 1.0
    height = line_below + 0.15 + high_below + 0.25

    def draw(axes: Axes) -> None:
        _head(axes, exchange)
        for y, sides, row in (
            (line_above, (one,), above),
            (line_below, tuple(dict.fromkeys(e.who for e in exchange.entries if e.who != one)), below),
        ):
            _line(axes, y, width, listed(_short(side, speaker) for side in sides), up=row is above)
            for place in row:
                top = y - 0.15 - _height(place) if row is above else y + 0.15
                _box(axes, place, top, exchange)
                _tie(axes, place, y, up=row is above)
        _balance(axes, exchange, speaker, (line_above + line_below) / 2)

    size = (max(width, 7.6), height)
    caption = Caption("What was given for what", ledger_words(exchange, speaker), f"ledger{mark}")
    return drawn_on_sheet(draw, size, form, caption)


def ledger_words(exchange: Exchange, speaker: Speaker) -> str:
    """The picture in words."""
    told = Told(exchange, speaker, lambda _: "")
    entries = (f"{told.name(e.who)} gives {e.gives} ({LOOKS[e.back][3]})" for e in exchange.entries)
    return f"{'. '.join(entries)}. {' '.join(sentence(told.left(held)) for held in exchange.end)}"


def one_side(exchange: Exchange) -> str:
    """The side with a timeline of its own: the one that is exposed, else the first in the file."""
    return exchange.exposed[0].side if exchange.exposed else exchange.sides[0]


def _places(exchange: Exchange, speaker: Speaker, one: str) -> tuple[list[_Place], list[_Place], float]:
    """Entries side by side in the order told; those of one step begin at the same place on both lines."""
    groups = [turn.entries for turn in exchange.turns] or [tuple(range(len(exchange.entries)))]
    above: list[_Place] = []
    below: list[_Place] = []
    left = LEFT
    for group in groups:
        ends = [left, left]
        for entry in group[:MOST_ENTRIES]:
            row = 0 if exchange.entries[entry].who == one else 1
            (above if row == 0 else below).append(_Place(entry, ends[row], _words(exchange, entry, speaker, one)))
            ends[row] += BOX + GAP
        left = max(ends)
    return above, below, left - GAP + LEFT


def _words(exchange: Exchange, entry: int, speaker: Speaker, one: str) -> tuple[str, ...]:
    told = exchange.entries[entry]
    lines = _cut(told.gives[:1].upper() + told.gives[1:], MOST_LINES)
    head = [] if told.who == one else [_short(told.who, speaker)]
    step = [f"step {told.step}"] if told.step is not None else []
    when = [told.when or told.date or ""] if told.when or told.date else []
    secret = ["(secret)"] if told.secret else []
    dated = _cut(", ".join((*step, *when)), 3)
    return (*(f"{name}:" for name in head), *lines, *dated, *secret, f"{LOOKS[told.back][0]} {LOOKS[told.back][3]}")


def _cut(words: str, most: int) -> list[str]:
    """The words in lines; where there are too many, with a mark that something is left out."""
    lines = textwrap.wrap(words, LETTERS)
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1][: LETTERS - 2] + " …"]


def _short(side: str, speaker: Speaker) -> str:
    name = speaker.party(side).removeprefix("the ")
    return f"{name[:1].upper()}{name[1:]}"


def _height(place: _Place) -> float:
    return len(place.words) * LINE + 0.16


def _head(axes: Axes, exchange: Exchange) -> None:
    order = "from left to right in the order told" if exchange.turns else "in which order these came is not told"
    name = f"{exchange.deal[:1].upper()}{exchange.deal[1:]}: " if exchange.deal else ""
    for row, words in enumerate(textwrap.wrap(f"{name}{order}", 96)[:2]):
        axes.text(LEFT, 0.16 + row * 0.19, words, va="center", color=INK)
    left = LEFT
    used = {entry.back for entry in exchange.entries}
    for sign, _, _, words in (look for back, look in LOOKS.items() if back in used):
        axes.text(left, 0.62, f"{sign} {words}", va="center", color=SOFT, fontsize=SIZE - 2)
        left += 0.45 + 0.075 * len(words)


def _line(axes: Axes, y: float, width: float, name: str, *, up: bool) -> None:
    axes.annotate(
        "", xy=(width - LEFT / 2, y), xytext=(LEFT, y), annotation_clip=False,
        arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0},
    )  # fmt: skip
    offset = 0.14 if up else -0.14
    axes.text(LEFT, y + offset, f"{name} gave", va="center", color=INK, fontsize=SIZE - 1, fontweight="bold")


def _box(axes: Axes, place: _Place, top: float, exchange: Exchange) -> None:
    from matplotlib.patches import Rectangle

    told = exchange.entries[place.entry]
    _, grey, ink, _ = LOOKS[told.back]
    axes.add_patch(
        Rectangle(
            (place.left, top), BOX, _height(place), facecolor=grey, edgecolor=INK, linewidth=1.2,
            linestyle="--" if told.secret else "-", zorder=2,
        )
    )  # fmt: skip
    for row, words in enumerate(place.words):
        y = top + 0.08 + (row + 0.5) * LINE
        axes.text(
            place.left + BOX / 2, y, words, ha="center", va="center", color=ink, fontsize=SIZE - 2, parse_math=False,
            zorder=3,
        )  # fmt: skip


def _tie(axes: Axes, place: _Place, y: float, *, up: bool) -> None:
    axes.plot([place.left + BOX / 2] * 2, [y, y - 0.15 if up else y + 0.15], color=INK, linewidth=1.2, zorder=1)


def _balance(axes: Axes, exchange: Exchange, speaker: Speaker, y: float) -> None:
    """Who is ahead by things given for good: after each step where steps are told, else at the end."""
    turns = exchange.turns
    if not turns:
        words = f"counting what was given for good: {_ahead(exchange.end, speaker)}"
        axes.text(LEFT, y, words, va="center", color=SOFT, fontsize=SIZE - 2)
        return
    left = LEFT
    for turn in turns:
        rows = [0, 0]
        for entry in turn.entries:
            rows[exchange.entries[entry].who != one_side(exchange)] += 1
        span = max(rows) * (BOX + GAP)
        words = "\n".join(textwrap.wrap(f"stop here: {_ahead(turn.left, speaker)}", LETTERS + 2)[:4])
        axes.text(left + (span - GAP) / 2, y, words, ha="center", va="center", color=SOFT, fontsize=SIZE - 2.5)
        left += span


def _ahead(left: tuple[Held, ...], speaker: Speaker) -> str:
    found = [held for held in left if held.ahead[1] > 0]
    if not found:
        return "nobody is ahead"
    told = (
        f"{_short(held.side, speaker)} {'' if held.ahead[0] > 0 else 'perhaps '}{number(held.ahead[1])} ahead"
        for held in found
    )
    return listed(told)
