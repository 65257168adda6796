"""The race drawn: a timeline with a row for each force, and a curve over the hours; grey alone, legible in print."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from foedus.arrivals import Arrival, Race, Row
from foedus.brief.drawing import INK, SIZE, SOFT, Caption, drawn
from foedus.race.words import Told, hours
from foedus.wording import Speaker, listed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH: Final = 7.6
ROW: Final = 0.46
MOST_ROWS: Final = 24
LETTERS: Final = 26
CAPTION: Final = 92
MOST_IN_ROW: Final = 3
GREYS: Final = {
    "to see and find": ("#ffffff", ("detect", "attribute", "request")),
    "to meet and decide": ("#d2d7dc", ("meet", "decide", "consent", "earlier")),
    "approval at home": ("#a4acb4", ("approve",)),
    "to get ready": ("#747d86", ("mobilise",)),
    "to move, to take effect": ("#2b323a", ("move", "take_effect")),
    "to act, as the text sets it": ("#ffffff", ("act",)),
    "wait set by the text": ("#ffffff", ("wait",)),
}
"""From white to near black in the order of the steps, so that neighbours differ on any printer."""
HATCHES: Final = {"act": "xxx", "wait": "///"}
"""What is no step but a time that the text sets is hatched: a clock to act is not one to decide."""


def timeline_picture(race: Race, speaker: Speaker, form: str = "svg", mark: str = "") -> bytes:
    """Return the timeline of one race; ``mark`` keeps the names in the picture apart where a page has several."""
    arrival = race.must if race.must.rows else race.may
    every = _alike(arrival)
    rows, more = every[:MOST_ROWS], len(every) - MOST_ROWS
    end = _end(race, arrival)
    height = max(1, len(rows)) * ROW + 2.15

    def draw(axes: Axes) -> None:
        axes.set_xlim(0, end)
        axes.set_ylim(max(1, len(rows)) - 0.4, -0.6)
        for number, (row, *_) in enumerate(rows):
            _bars(axes, row, number, end)
        axes.set_yticks(range(len(rows)), [_label(some, speaker) for some in rows])
        axes.tick_params(axis="y", length=0)
        _objective(axes, race, end)
        left_out = f"; {more} more rows are not drawn" if more > 0 else ""
        axes.set_xlabel(f"hours after the attack (middle future); thin line: there in 5 to 95 of 100{left_out}")
        _legend(axes)

    words = timeline_words(race, speaker)
    title = "Who comes when, and by when the attacker is done"
    return _picture(draw, height, form, title, _caption(race, speaker), words, f"timeline{mark}")


def curve_picture(race: Race, speaker: Speaker, form: str = "svg", mark: str = "") -> bytes:
    """Return the curve of one race: in how many of 100 futures enough help is there by which hour."""

    def draw(axes: Axes) -> None:
        axes.set_ylim(0, 103)
        limit = [1.06 * race.within[-1][1]] if race.within else []
        last = [arrival.curve.hours[-1] for arrival in (race.must, race.may) if arrival.curve.hours]
        end = max([24.0, *limit, *last])
        for arrival, words, style in ((race.must, "must be given", "-"), (race.may, "may be given as well", "--")):
            curve = arrival.curve
            if style == "--" and race.may == race.must:
                continue
            if not curve.hours:
                axes.plot([0, end], [0, 0], style, color=INK, linewidth=1.8, label=f"{words}: nobody comes")
                continue
            xs, low, high = [0.0, *curve.hours], [0.0, *curve.low], [0.0, *curve.high]
            axes.plot(xs, [100 * y for y in low], style, color=INK, linewidth=1.8, label=words, clip_on=False)
            if max(h - y for h, y in zip(high, low, strict=True)) > 0.001:
                axes.plot(
                    xs,
                    [100 * y for y in high],
                    ":",
                    color=SOFT,
                    linewidth=1.6,
                    label="if every unknown step takes no time",
                    clip_on=False,
                )
        axes.set_xlim(0, end)
        _objective(axes, race, end)
        axes.set_xlabel("hours after the attack")
        axes.set_ylabel("futures of 100 with enough help")
        if axes.get_legend_handles_labels()[0]:
            axes.legend(frameon=False, loc="lower center", bbox_to_anchor=(0.5, 1.06), ncols=2, fontsize=SIZE - 1)

    words = curve_words(race, speaker)
    title = "In how many futures enough help is there"
    return _picture(draw, 4.0, form, title, _caption(race, speaker), words, f"curve{mark}")


def _caption(race: Race, speaker: Speaker) -> str:
    """What stands over a picture that may be handed on alone: which text, read how, against whom, with what."""
    reading = "" if race.reading == "text" else f", read as {race.reading.replace('-', ' ')}"
    against = f"against {speaker.party(race.incident.attacker)}: {race.what}"
    words = f"{speaker.instrument(race.instrument)}{reading}; {against}{Told(race, speaker).setting()}"
    return "\n".join(textwrap.wrap(f"{words[:1].upper()}{words[1:]}", CAPTION, max_lines=2, placeholder=" …"))


def timeline_words(race: Race, speaker: Speaker) -> str:
    """The timeline in words."""
    told = Told(race, speaker)
    rows = [
        f"{speaker.some(dict.fromkeys(row.guarantor for row in (first, *others)))}: "
        + (f"there after {hours(first.arrives[1])}" if first.arrives is not None else "when help is there is not known")
        for first, *others in _alike(race.must if race.must.rows else race.may)
    ]
    shown = [*rows[:MOST_ROWS], *([f"{len(rows) - MOST_ROWS} more"] if len(rows) > MOST_ROWS else [])]
    return f"{told.objective()}. {listed(shown) or 'Nobody comes'}."


def curve_words(race: Race, speaker: Speaker) -> str:
    """The curve in words."""
    told = Told(race, speaker)
    return f"{told.objective()}. Help that must be given is worth something: {told.first_hours(race.must)}."


def _alike(arrival: Arrival) -> list[list[Row]]:
    """The rows, those of guarantors that come in the same way and, to the hour that is told, at the same time together.

    Lengths that are stated alike are drawn apart, so that their middles differ by parts of an hour.
    """
    alike: dict[object, list[Row]] = {}
    for row in arrival.rows:
        way = tuple((bar.what, bar.known) for bar in row.bars)
        comes = None if row.arrives is None else tuple(map(hours, row.arrives))
        alike.setdefault((row.force, comes, way), []).append(row)
    return list(alike.values())


def _end(race: Race, arrival: Arrival) -> float:
    """The last hour that is drawn: a little after the last thing that happens."""
    known = [row.arrives[2] for row in arrival.rows if row.arrives is not None and math.isfinite(row.arrives[2])]
    bars = [bar.end for row in arrival.rows for bar in row.bars]
    limit = [race.within[-1][1]] if race.within else []
    return max(24.0, 1.06 * max([*known, *bars, *limit], default=24.0))


def _bars(axes: Axes, row: Row, number: int, end: float) -> None:
    early = any(bar.start < before.end for before, bar in zip(row.bars, row.bars[1:], strict=False))
    for bar in row.bars:
        colour = next((grey for grey, steps in GREYS.values() if bar.what in steps), "#d2d7dc")
        beside = early and bar.what == "mobilise"
        top, thick = (number + 0.06, 0.24) if beside else (number - 0.3, 0.36 if early else 0.6)
        if not bar.known:
            axes.barh(
                number,
                end - bar.start,
                left=bar.start,
                height=0.6,
                color="white",
                edgecolor=INK,
                linestyle="--",
                linewidth=1,
            )
            axes.text(bar.start + 0.01 * end, number, "not known", va="center", color=INK, fontsize=SIZE - 2)
            return
        if bar.end > bar.start:
            axes.barh(
                top,
                bar.end - bar.start,
                left=bar.start,
                height=thick,
                align="edge",
                facecolor=colour,
                edgecolor=INK,
                linewidth=0.8,
                hatch=HATCHES.get(bar.what),
            )
    if row.arrives is not None and math.isfinite(row.arrives[2]):
        low, _, high = row.arrives
        axes.plot([low, high], [number + 0.38, number + 0.38], color=INK, linewidth=1.6, solid_capstyle="butt")
        for x in (low, high):
            axes.plot([x, x], [number + 0.32, number + 0.44], color=INK, linewidth=1.2)


def _objective(axes: Axes, race: Race, end: float) -> None:
    """The attacker's objective as a line, dashed where it begins and ends if it is an interval."""
    if not race.within:
        return
    low, high = race.within[0][1], race.within[-1][1]
    low_y, high_y = axes.get_ylim()
    for x in dict.fromkeys((low, high)):
        axes.axvline(x, color=INK, linewidth=2.2, linestyle="-" if low == high else (0, (4, 2)))
    words = "objective" if low == high else "objective: at the earliest, at the latest"
    left = (low + high) / 2 < end * 0.6
    axes.text(
        low if left else high, high_y, words, ha="left" if left else "right", va="bottom", color=INK, fontsize=SIZE - 1
    )
    del low_y


def _label(alike: Sequence[Row], speaker: Speaker) -> str:
    who = list(dict.fromkeys(row.guarantor for row in alike))
    name = speaker.parties(who) if len(who) < MOST_IN_ROW else f"{speaker.party(who[0])} and {len(who) - 1} others"
    lines = 1 if alike[0].force else 2
    told = textwrap.wrap(f"{name[:1].upper()}{name[1:]}", LETTERS, max_lines=lines, placeholder=" …")
    return "\n".join([*told, *textwrap.wrap(alike[0].force, LETTERS, max_lines=1, placeholder=" …")])


def _legend(axes: Axes) -> None:
    from matplotlib.patches import Patch

    keys = [
        Patch(facecolor=grey, edgecolor=INK, label=words, hatch=HATCHES.get(steps[0]))
        for words, (grey, steps) in GREYS.items()
    ]
    figure = axes.get_figure(root=True)
    if figure is not None:
        top = 1 - 0.42 / figure.get_figheight()
        figure.legend(handles=keys, loc="upper center", bbox_to_anchor=(0.5, top), ncols=3, frameon=False)


def _picture(
    draw: Callable[[Axes], None], height: float, form: str, title: str, caption: str, words: str, name: str
) -> bytes:
    """A figure with axes, under a line that says which race it shows."""

    def fill(figure: Figure) -> None:
        axes = figure.add_subplot()
        draw(axes)
        figure.suptitle(caption, x=0.02, y=1 - 0.06 / height, ha="left", va="top", fontsize=SIZE - 1, color=INK)
        axes.spines[["top", "right"]].set_visible(False)
        # Marks of an axis, and what an SVG is cut by, stand in a part that a page leaves out: lines take their place.
        axes.tick_params(bottom=False, left=False)
        axes.set_axisbelow(True)
        axes.grid(axis="x" if "timeline" in name else "both", color="#d9dde1", linewidth=0.6)
        for part in (*axes.patches, *axes.lines, *axes.xaxis.get_gridlines(), *axes.yaxis.get_gridlines()):
            part.set_clip_on(False)
        figure.subplots_adjust(
            left=0.27 if "timeline" in name else 0.09,
            right=0.97,
            top=1 - 1.45 / height if "timeline" in name else 1 - 1.05 / height,
            bottom=0.55 / height,
        )

    look = {"axes.edgecolor": SOFT, "xtick.color": INK, "ytick.color": INK}
    return drawn(fill, (WIDTH, height), form, Caption(title, words, name), look)
