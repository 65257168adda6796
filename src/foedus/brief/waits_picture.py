"""Who waits for whom, drawn: what can start now on the left, what follows to the right, and the knot in bold."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from foedus.brief.drawing import INK, SIZE, SOFT, Caption, drawn_on_sheet
from foedus.brief.waits_screen import Told, reading_words
from foedus.talks.waits import Sequencing
from foedus.wording import listed, sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_STEPS: Final = 24
BOX: Final = 1.7
GAP: Final = 0.6
LINE: Final = 0.17
BETWEEN: Final = 0.28
LANE: Final = 0.22
TOP: Final = 0.95
"""Inches: width of a box, gaps between columns and within one, a line of words, a lane for an arrow, the head."""
LETTERS: Final = 24
MOST_LINES: Final = 5
Edge = tuple[int, int]
"""From a step to one that waits for it."""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Box:
    """A step on the sheet: middle, height and words."""

    step: int
    x: float
    y: float
    height: float
    words: tuple[str, ...]


def shown(readings: Sequence[Sequencing]) -> Sequencing:
    """The reading that is drawn: the first that is knotted, else the first in which anything waits."""
    waiting = next((one for one in readings if any(one.needs)), readings[0])
    return next((one for one in readings if one.knots), waiting)


def waits_picture(told: Told, form: str = "svg", mark: str = "") -> bytes:
    """Return the picture of one case or text; ``mark`` keeps the names in it apart where a page has several."""
    one = shown(told.waits.readings)
    boxes, lanes = _boxes(one, told)
    width = max((box.x for box in boxes.values()), default=BOX) + BOX / 2 + (0.7 if one.knots else 0.15)
    lowest = [y for lane in lanes.values() for _, y in lane] + [box.y + box.height / 2 for box in boxes.values()]
    height = max(lowest, default=TOP) + 0.25

    def draw(axes: Axes) -> None:
        _head(axes, one, told)
        for edge, one_of in _edges(one):
            if edge[0] in boxes and edge[1] in boxes:
                stuck = any({*edge} <= {*knot} for knot in one.knots)
                look: dict[str, Any] = {"linewidth": 2.4 if stuck else 1.0, "zorder": 3 if stuck else 1}
                look["linestyle"] = ":" if one_of else "-"
                _draw_edge(axes, edge, lanes.get(edge, ()), boxes, look)
        for box in boxes.values():
            _draw_box(axes, box, one, told)

    size = (max(width, 7.6), height)
    return drawn_on_sheet(draw, size, form, Caption("Who waits for whom", waits_words(told), f"waits{mark}"))


def waits_words(told: Told) -> str:
    """The picture in words."""
    one = shown(told.waits.readings)
    lines = [reading_words(one, told)]
    if one.knots:
        lines += [f"Stuck behind each other: {listed(told.step(s) for s in knot)}" for knot in one.knots]
    lines += [f"{told.step(step)} waits for {told.needs(step, one)}" for step, own in enumerate(one.needs) if own]
    return ". ".join(lines) + "."


def _head(axes: Axes, one: Sequencing, told: Told) -> None:
    head = textwrap.wrap(f"{reading_words(one, told)}. An arrow leads from a step to one that waits for it.", 96)
    for number, words in enumerate(head[:2]):
        axes.text(0.1, 0.16 + number * 0.19, words, va="center", color=INK)
    keys = [("thick: stuck behind each other", "-", 2.4)] if one.knots else []
    if any(told.waits.acts[step].nobody_named for step in _used(one)):
        keys.append(("dashed: by whom is not known", "--", 1.0))
    if any(len(need) > 1 for own in one.needs for need in own):
        keys.append(("dotted arrow: one of several is enough", ":", 1.2))
    left = 0.1
    for words, style, thick in keys:
        axes.plot([left, left + 0.35], [0.6, 0.6], linestyle=style, linewidth=thick, color=INK)
        axes.text(left + 0.42, 0.6, words, va="center", color=SOFT, fontsize=SIZE - 2)
        left += 0.65 + 0.064 * len(words)


def _used(one: Sequencing) -> list[int]:
    """The steps that wait or are waited for."""
    waited = {other for own in one.needs for need in own for other in need}
    return [step for step, own in enumerate(one.needs) if own or step in waited]


def _columns(one: Sequencing) -> list[list[int]]:
    """Steps by round, the stuck ones last, each knot in the order of its arrows."""
    columns: dict[int, list[int]] = {}
    last = max((when for when in one.rounds if when is not None), default=-1) + 1
    for step in list(dict.fromkeys([*_knotted(one), *_used(one)]))[:MOST_STEPS]:
        when = one.rounds[step]
        columns.setdefault(last if when is None else when, []).append(step)
    return [columns[when] for when in sorted(columns)]


def _boxes(one: Sequencing, told: Told) -> tuple[dict[int, _Box], dict[Edge, list[Point]]]:
    """Where each step stands, and through which lanes an arrow goes that leads over a column."""
    columns = _columns(one)
    place = {step: number for number, column in enumerate(columns) for step in column}
    far = [edge for edge, _ in _edges(one) if edge[0] in place and edge[1] in place]
    far = [edge for edge in far if place[edge[1]] - place[edge[0]] > 1]
    boxes: dict[int, _Box] = {}
    lanes: dict[Edge, list[Point]] = {edge: [] for edge in far}
    for here, column in enumerate(columns):
        x, y = 0.15 + BOX / 2 + here * (BOX + GAP), TOP
        for step in column:
            words = _words(step, told)
            height = len(words) * LINE + 0.16
            boxes[step] = _Box(step, x, y + height / 2, height, words)
            y += height + BETWEEN
        for edge in sorted(far, key=lambda edge: boxes[edge[0]].y if edge[0] in boxes else 0.0):
            if place[edge[0]] < here < place[edge[1]]:
                lanes[edge] += [(x - BOX / 2, y), (x + BOX / 2, y)]
                y += LANE
    return boxes, lanes


def _words(step: int, told: Told) -> tuple[str, ...]:
    act = told.waits.acts[step]
    lines = textwrap.wrap(sentence(told.words(step)).rstrip("."), LETTERS)[:MOST_LINES]
    doer = "" if act.form == "will" else told.doer(step)
    if len(textwrap.wrap(f"({doer})", LETTERS)) > 2 and len(act.who) > 1:
        doer = f"by {told.speaker.party(act.who[0])} and {len(act.who) - 1} more"
    lines += textwrap.wrap(f"({doer})", LETTERS)[:3] if doer else []
    state = {"refused": "✗ refused", "done": "✓ done", "open": ""}[act.state]
    return (*lines, *([state] if state else []))


def _knotted(one: Sequencing) -> Iterator[int]:
    """The steps of each knot, each followed by one that waits for it where that can be."""
    for knot in one.knots:
        left = list(knot)
        here = left.pop(0)
        yield here
        while left:
            following = [step for step in left if any(here in need for need in one.needs[step])]
            here = following[0] if following else left[0]
            left.remove(here)
            yield here


def _edges(one: Sequencing) -> Iterator[tuple[Edge, bool]]:
    """From each step to those that wait for it, and whether another would do as well."""
    for step, own in enumerate(one.needs):
        for need in own:
            yield from (((other, step), len(need) > 1) for other in need)


def _draw_edge(axes: Axes, edge: Edge, lane: Sequence[Point], boxes: dict[int, _Box], look: dict[str, Any]) -> None:
    from matplotlib.patches import FancyArrowPatch

    start, end, bend = _ends(boxes[edge[0]], boxes[edge[1]], boxes.values())
    if lane:
        points = [start, *lane]
        axes.plot([x for x, _ in points], [y for _, y in points], color=INK, **look)
        start = points[-1]
    bent = f"arc3,rad={bend}"
    axes.add_patch(
        FancyArrowPatch(
            start, end, arrowstyle="-|>", mutation_scale=11, color=INK, connectionstyle=bent, shrinkA=0, shrinkB=0,
            **look,
        )
    )  # fmt: skip


def _ends(first: _Box, then: _Box, boxes: Iterable[_Box]) -> tuple[Point, Point, float]:
    """Where an arrow starts and ends, and how far it bends: within a column it goes round what stands between."""
    right, left = first.x + BOX / 2, then.x - BOX / 2
    if first.x != then.x:
        back = then.x < first.x
        return (first.x - BOX / 2 if back else right, first.y), (then.x + BOX / 2 if back else left, then.y), 0.0
    low, high = sorted((first.y, then.y))
    if then.y > first.y and not any(box.x == first.x and low < box.y < high for box in boxes):
        return (first.x, first.y + first.height / 2), (then.x, then.y - then.height / 2), 0.0
    return (right, first.y), (right, then.y), -0.35 if then.y > first.y else 0.35


def _draw_box(axes: Axes, box: _Box, one: Sequencing, told: Told) -> None:
    from matplotlib.patches import Rectangle

    stuck = any(box.step in knot for knot in one.knots)
    act = told.waits.acts[box.step]
    axes.add_patch(
        Rectangle(
            (box.x - BOX / 2, box.y - box.height / 2), BOX, box.height, facecolor="#e3e6e9" if stuck else "white",
            edgecolor=INK, linewidth=2.4 if stuck else 1.0, linestyle="--" if act.nobody_named else "-", zorder=2,
        )
    )  # fmt: skip
    for number, words in enumerate(box.words):
        y = box.y + (number - (len(box.words) - 1) / 2) * LINE
        axes.text(box.x, y, words, ha="center", va="center", color=INK, fontsize=SIZE - 2, parse_math=False, zorder=4)
