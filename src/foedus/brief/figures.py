"""The picture of who is stronger than whom, drawn: black on white, legible at half size, the same bytes every time."""

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from foedus.brief.drawing import INK, SIZE, SOFT, Caption, drawn
from foedus.brief.layers import Layers, layers_of
from foedus.law.relation import Relation
from foedus.wording import Speaker, listed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STANDING: Final = "Which forms are stronger than which"
LETTERS: Final = 17
"""Letters in a line of a box."""
BOX: Final = 1.8
LINE: Final = 0.21
PAD: Final = 0.2
GAP: Final = 0.32
BETWEEN: Final = 0.55
LANE: Final = 0.3
MARGIN: Final = 0.2
PAGE: Final = 7.6
"""Inches: a box, a line of it, what is around its words, the gaps within and between layers, a page's width."""


def picture(ids: Sequence[str], relations: Sequence[Relation], speaker: Speaker, form: str = "svg") -> bytes:
    """Return the picture as bytes: ``svg`` or ``png``. Equal forms share a box; incomparable ones have no line."""
    layers = layers_of(ids, relations)
    plan = _Plan(layers, [_lines(node, speaker) for node in layers.nodes])

    def fill(figure: "Figure") -> None:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, plan.width)
        axes.set_ylim(0, plan.height)
        axes.set_axis_off()
        plan.draw(axes)

    caption = Caption(STANDING, alternative(layers, speaker))
    return drawn(fill, (plan.width, plan.height), form, caption, {"font.size": SIZE})


def alternative(layers: Layers, speaker: Speaker) -> str:
    """The picture in words, for whoever cannot see it."""
    names = [listed(speaker.instrument(id) for id in node) for node in layers.nodes]
    told = [f"{names[a]} is at least as strong as {names[b]}" for a, b in layers.lines]
    told += [f"{listed(speaker.instrument(id) for id in node)} are equal" for node in layers.nodes if len(node) > 1]
    told += [f"{listed(names[node] for node in layers.apart)}: no line to any other"] if layers.apart else []
    return "; ".join(told) + "."


def _lines(node: Sequence[str], speaker: Speaker) -> list[str]:
    """The names in a box, broken into lines; equal forms one under the other with a sign between."""
    found: list[str] = []
    for id in node:
        mark = "= " if found else ""
        found += _wrapped(mark + speaker.instrument(id))
    return found


def _wrapped(words: str) -> list[str]:
    wide = any(unicodedata.east_asian_width(letter) in "WF" for letter in words)
    return textwrap.wrap(words, LETTERS // 2 if wide else LETTERS) or [words]


class _Plan:
    """Where everything stands, in inches from the lower left.

    Layers are rows, the strongest above, or where the widest would not fit a page, columns with the strongest left.
    """

    def __init__(self, layers: Layers, words: Sequence[list[str]]) -> None:
        self.layers: Final = layers
        self.words: Final = words
        across = max((_sum(BOX if s.node is not None else LANE for s in layer) for layer in layers.layers), default=0)
        along = len(layers.layers) * (BOX + BETWEEN) - BETWEEN
        self.down: Final = across <= PAGE or across <= along
        self.places: dict[tuple[int, int], tuple[float, float]] = {}
        self.alone: dict[int, tuple[float, float]] = {}
        self.width, self.height, self.apart_head = 0.0, 0.0, 0.0
        heights = [[self._height(s.node) for s in layer] for layer in layers.layers]
        self._arrange(heights)
        self._apart()
        self.height += 2 * MARGIN + 0.45
        self.width = max(self.width, 5.2) + 2 * MARGIN

    def _height(self, node: int | None) -> float:
        return LANE if node is None else len(self.words[node]) * LINE + PAD

    def _arrange(self, heights: list[list[float]]) -> None:
        spans = [
            _sum(
                (BOX if stop.node is not None else LANE) if self.down else height
                for stop, height in zip(layer, row, strict=True)
            )
            for layer, row in zip(self.layers.layers, heights, strict=True)
        ]
        widest = max(spans, default=0.0)
        along = 0.0
        for level, (layer, row) in enumerate(zip(self.layers.layers, heights, strict=True)):
            thick = max(row) if self.down else BOX
            across = (widest - spans[level]) / 2
            for place, (stop, height) in enumerate(zip(layer, row, strict=True)):
                span = (BOX if stop.node is not None else LANE) if self.down else height
                self.places[level, place] = (across + span / 2, along + thick / 2)
                across += span + GAP
            along += thick + BETWEEN
        along = max(along - BETWEEN, 0.0)
        self.width, self.height = (widest, along) if self.down else (along, widest)

    def _apart(self) -> None:
        """Nodes that no line touches stand below, in rows of their own."""
        if not self.layers.apart:
            return
        columns = max(1, int((max(self.width, PAGE) + GAP) // (BOX + GAP)))
        below = self.height + (0.75 if self.layers.layers else 0.35)
        self.apart_head = below - 0.2
        for start in range(0, len(self.layers.apart), columns):
            row = self.layers.apart[start : start + columns]
            thick = max(self._height(node) for node in row)
            for column, node in enumerate(row):
                self.alone[node] = (column * (BOX + GAP) + BOX / 2, below + thick / 2)
            below += thick + GAP
            self.width = max(self.width, len(row) * (BOX + GAP) - GAP)
        self.height = below - GAP

    def at(self, level: int, place: int) -> tuple[float, float]:
        """A stop in inches from the lower left."""
        across, along = self.places[level, place]
        return self._on_page(across, along) if self.down else self._on_page(along, across)

    def _on_page(self, x: float, y: float) -> tuple[float, float]:
        return x + MARGIN, self.height - MARGIN - 0.45 - y

    def draw(self, axes: "Axes") -> None:
        """Draw lines first, boxes over them, words over these."""
        side = "above" if self.down else "left"
        head = f"An arrow leads from a form ({side}) to one that is nowhere stronger."
        axes.text(MARGIN, self.height - MARGIN, head, va="top", color=SOFT, fontsize=SIZE - 1)
        ends = self._ends()
        for number, path in enumerate(self.layers.paths):
            points = list(self._points(path, ends[number, 0], ends[number, -1]))
            xs, ys = [x for x, _ in points], [y for _, y in points]
            axes.plot(xs[:-1], ys[:-1], color=INK, linewidth=1.4, solid_capstyle="butt", clip_on=False, zorder=1)
            arrow: dict[str, Any] = {"arrowstyle": "-|>", "color": INK, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
            axes.annotate("", xy=points[-1], xytext=points[-2], arrowprops=arrow, annotation_clip=False, zorder=1)
        for level, layer in enumerate(self.layers.layers):
            for place, stop in enumerate(layer):
                if stop.node is not None:
                    self._box(axes, stop.node, *self.at(level, place))
        if self.alone:
            x, y = self._on_page(0, self.apart_head)
            words = "No line to any other: neither is at least as strong in every incident."
            axes.text(x, y, words, va="bottom", color=SOFT, fontsize=SIZE - 1)
            for node, where in self.alone.items():
                self._box(axes, node, *self._on_page(*where), dashed=True)

    def _ends(self) -> dict[tuple[int, int], float]:
        """How far from the middle of its box each line starts (0) and ends (-1): lines of one side share it evenly."""
        sides: dict[tuple[tuple[int, int], int], list[tuple[float, int]]] = {}
        for number, path in enumerate(self.layers.paths):
            for end, beside in ((0, 1), (-1, -2)):
                x, y = self.at(*path[beside])
                sides.setdefault((path[end], end), []).append((x if self.down else -y, number))
        found: dict[tuple[int, int], float] = {}
        for (stop, end), lines in sides.items():
            node = self.layers.layers[stop[0]][stop[1]].node
            length = BOX if self.down else self._height(node)
            for index, (_, number) in enumerate(sorted(lines)):
                share = (index + 1) / (len(lines) + 1) - 0.5
                found[number, end] = share * length * (1 if self.down else -1)
        return found

    def _points(self, path: Sequence[tuple[int, int]], start: float, end: float) -> Iterator[tuple[float, float]]:
        """The corners of a line: straight through the lane of each layer, slanting between two layers."""
        for index, (level, place) in enumerate(path):
            x, y = self.at(level, place)
            row = self.layers.layers[level]
            node = row[place].node
            half = BOX / 2
            if self.down:
                half = max(self._height(n) for n in ([stop.node for stop in row] if node is None else [node])) / 2
            if node is not None:
                aside = start if index == 0 else end
                x, y = (x + aside, y) if self.down else (x, y + aside)
            for side in (-1, 1):
                if (index == 0 and side < 0) or (index == len(path) - 1 and side > 0):
                    continue
                yield (x, y - side * half) if self.down else (x + side * half, y)

    def _box(self, axes: "Axes", node: int, x: float, y: float, *, dashed: bool = False) -> None:
        from matplotlib.patches import Rectangle

        height = self._height(node)
        style = "--" if dashed else "-"
        corner = (x - BOX / 2, y - height / 2)
        axes.add_patch(
            Rectangle(
                corner,
                BOX,
                height,
                facecolor="white",
                edgecolor=INK,
                linewidth=1.2,
                linestyle=style,
                clip_on=False,
                zorder=2,
            )
        )
        for number, words in enumerate(self.words[node]):
            top = y + (len(self.words[node]) - 1) * LINE / 2 - number * LINE
            axes.text(x, top, words, ha="center", va="center", color=INK, fontsize=SIZE, parse_math=False, zorder=3)


def _sum(spans: Iterator[float]) -> float:
    """The length of a layer with the gaps between its places."""
    found = list(spans)
    return sum(found) + GAP * (len(found) - 1) if found else 0.0
