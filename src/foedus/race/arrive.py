"""From plans to what is told of them: the share in time with its error, the curve, the rows, the links."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from foedus.arrivals import Arrival, Bar, Curve, LinkWorth, Row, Share
from foedus.case.schema.world import Objective
from foedus.race.build import Named
from foedus.race.engine import BINS, SCRAMBLES, Tally, rounded, run, wins_at_ends
from foedus.race.plan import Array, Ends, Plan, Until
from foedus.race.probe import Probe, earliest, probe

CHANCE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Futures:
    """How many futures are drawn, from which seed, by how many processes, and who watches."""

    samples: int
    seed: int
    workers: int = 1
    part: int = 0
    parts: int = 1
    progress: Callable[[int, int], None] = lambda done, whole: None  # noqa: ARG005

    def watch(self) -> Callable[[int], None]:
        """A watcher of one run; the runs of a case count alike."""
        total, done = rounded(self.samples), 0

        def told(count: int) -> None:
            nonlocal done
            done += count
            self.progress(self.part * total + min(done, total), self.parts * total)

        return told


def arrival(plans: Sequence[Named], objective: Objective, futures: Futures) -> Arrival:
    """What is told of one race over the ways that its unknown values leave: the worst and the best of them."""
    horizon = horizon_of([one.plan for one in plans])
    slow = [tally(one.plan, futures, horizon, math.inf) for one in plans]
    fast = [
        tally(one.plan, futures, horizon, 0.0) if one.plan.has_unknown else was
        for one, was in zip(plans, slow, strict=True)
    ]
    timed = objective.within.ends != (0.0, math.inf)
    share = _share([one.plan for one in plans], slow, fast) if timed else None
    worst = min(range(len(plans)), key=lambda i: _rank(slow[i], timed=timed))
    firsts = [earliest(one.plan, futures.seed, math.inf) for one in plans]
    told = plans[worst]
    seen = probe(told.plan, futures.seed, math.inf)
    hoped = probe(told.plan, futures.seed, 0.0) if told.plan.has_unknown else seen
    return Arrival(
        in_time=share,
        first=seen.first,
        half=seen.half,
        hoped=hoped.first,
        curve=_curve(slow, fast, horizon),
        rows=tuple(_row(told, number, hoped, seen) for number in range(len(told.plan.ways))),
        links=tuple(_links(told, seen)),
        nobody=False,
        best_first=min(first for first, _ in firsts),
        best_half=min(half for _, half in firsts),
    )


def _share(plans: Sequence[Plan], slow: Sequence[Tally], fast: Sequence[Tally]) -> Share:
    """The worst and the best share over the plans, and whether a future that was not drawn could tell otherwise."""
    places = range(len(plans))
    worst = min(places, key=lambda i: _rank(slow[i], timed=True))
    best = max(places, key=lambda i: _rank(fast[i], timed=True))
    low, error = estimate(slow[worst], varies=plans[worst].varies)
    high, other = estimate(fast[best], varies=plans[best].varies)
    lose = any(not wins_at_ends(plan, math.inf, slowest=True) for plan in plans)
    win = any(wins_at_ends(plan, 0.0 if plan.has_unknown else math.inf, slowest=False) for plan in plans)
    return Share(low, high, max(error, other), lose, win)


def _rank(counts: Tally, *, timed: bool) -> tuple[float, float]:
    """How good a way is: by its share (plans draw more or fewer futures), then by how early enough is there."""
    drawn = max(1, int(counts.futures.sum()))
    return (int(counts.won.sum()) / drawn if timed else 0.0), float(_by(counts).sum())


def nobody_comes(objective: Objective) -> Arrival:
    """What is told where nobody is bound to come: never, whatever the lengths are."""
    share = Share(0.0, 0.0, 0.0) if objective.within.ends != (0.0, math.inf) else None
    never = math.inf
    curve = Curve((), (), ())
    return Arrival(share, never, never, never, curve, (), (), nobody=True, best_first=never, best_half=never)


def tally(plan: Plan, futures: Futures, horizon: float, unknown: float) -> Tally:
    """The counts of one plan; a plan in which nothing varies is one future and drawn no more."""
    samples = futures.samples if plan.varies else SCRAMBLES
    return run(plan, samples, futures.seed, horizon, unknown, futures.watch(), futures.workers)


def estimate(counts: Tally, *, varies: bool = True) -> tuple[float, float]:
    """The share of futures won, and the half-width of its 95 % interval: Student's over independent scrambles.

    Points are so even that scrambles may differ by one future or none: one future more is given, as for any count that
    is taken for a continuous one, and never less than three, which Hanley and Lippman-Hand (1983) give as the upper
    bound of what was never seen. Nothing varies in a plan of one future.
    """
    from scipy.special import stdtrit

    shares = counts.won / np.maximum(counts.futures, 1)
    mean = float(counts.won.sum() / max(1, counts.futures.sum()))
    rows = len(shares)
    spread = float(np.std(shares, ddof=1)) / math.sqrt(rows)
    error = float(stdtrit(rows - 1, (1 + CHANCE) / 2)) * spread
    drawn = max(1, int(counts.futures.sum()))
    return mean, max(error + 1 / drawn, 3 / drawn) if varies else 0.0


def horizon_of(plans: Sequence[Plan]) -> float:
    """The last hour of the curve: half as long again as the objective and every known way may take."""
    ends = []
    for plan in plans:
        for way in plan.ways:
            for steps, floor in zip(way.permits, way.not_before, strict=True):
                known = [longest(plan, step) for step in (*steps, *way.ready, *way.after)]
                ends.append(max(floor, sum(end for end in known if end is not None)))
        end = longest(plan, 0)
        ends.append(end if end is not None and math.isfinite(end) else 0.0)
    last = max(ends, default=0.0)
    return max(24.0, math.ceil(last * 1.25 / 24) * 24.0)


def longest(plan: Plan, place: int) -> float | None:
    """The most hours that a length can take, ``None`` where nobody knows."""
    law = plan.lengths[place]
    return None if law is None else float(law.hours(np.ones(1), np.empty(1))[0])


def _curve(slow: Sequence[Tally], fast: Sequence[Tally], horizon: float) -> Curve:
    """By the end of each hour of the grid: the lowest and highest share over what nobody knows."""
    hours = tuple(float(hour) for hour in np.arange(1, BINS + 1) * (horizon / BINS))
    lows = np.min([_by(one) for one in slow], axis=0)
    highs = np.max([_by(one) for one in fast], axis=0)
    return Curve(hours, tuple(map(float, lows)), tuple(map(float, highs)))


def _by(counts: Tally) -> Array:
    return np.asarray(np.cumsum(counts.there.sum(axis=0)[:BINS]) / max(1, counts.futures.sum()))


def _row(named: Named, number: int, seen: Probe, slow: Probe) -> Row:
    """One force with its bars, one after the other in the middle future; what is made ready early stands beside."""
    plan, way = named.plan, named.plan.ways[number]
    guarantor, force, clause = named.ways[number]
    permit, start = 0, 0.0
    if len(way.permits) > 1:
        ends = [
            max(floor, _middle(plan, steps, seen)) for steps, floor in zip(way.permits, way.not_before, strict=True)
        ]
        permit = ends.index(min(ends))
    bars: list[Bar] = []
    steps = way.permits[permit] if way.permits else ()
    for step in steps:
        bars.append(_bar(named, step, start, seen))
        start = bars[-1].end
    floor = way.not_before[permit] if way.permits else 0.0
    if floor > start:
        bars.append(Bar("wait", guarantor, start, floor, known=True, clock=int(floor), from_text=True))
        start = floor
    if way.early:
        early = 0.0
        for step in way.ready:
            bars.append(_bar(named, step, early, seen))
            early = bars[-1].end
        start = max(start, early)
    for step in way.after if way.early else (*way.ready, *way.after):
        bars.append(_bar(named, step, start, seen))
        start = bars[-1].end
    brings = tuple((domain, *strength) for domain, strength in zip(named.domains, way.strengths, strict=False))
    comes = slow.arrivals[number]
    unknown = any(_is_open(plan, step) for step in (*steps, *way.ready, *way.after))
    return Row(guarantor, force, clause, tuple(bars), None if unknown else comes, brings)


def _is_open(plan: Plan, step: int) -> bool:
    return plan.lengths[step] is None or isinstance(plan.lengths[step], Ends)


def _bar(named: Named, step: int, start: float, seen: Probe) -> Bar:
    place, law = named.places[step], named.plan.lengths[step]
    length = seen.middle[step] if law is not None else 0.0
    end = max(start, length) if isinstance(law, Until) else start + length
    return Bar(place.what, place.by, start, end, law is not None, place.clock, place.from_text)


def _middle(plan: Plan, steps: Sequence[int], seen: Probe) -> float:
    hour = 0.0
    for step in steps:
        hour = max(hour, seen.middle[step]) if step in plan.waits else hour + seen.middle[step]
    return hour


def _links(named: Named, seen: Probe) -> list[LinkWorth]:
    """The links of the plan, those first in which most is to be won."""
    found = []
    for number, place in enumerate(named.places):
        if number == 0 or number not in named.plan.used:
            continue
        law = named.plan.lengths[number]
        takes = None
        if law is not None:
            ends = (law.low, law.high) if isinstance(law, Ends) else law.hours(np.array([0.0, 1.0]), np.empty(2))
            takes = (float(ends[0]), float(ends[1]))
        found.append(
            LinkWorth(
                place.what, place.by, place.shared, takes, place.from_text,
                seen.decides[number], seen.hour[number], seen.all[number], place.source,
            )
        )  # fmt: skip
    return sorted(found, key=lambda link: (-link.all, -link.hour, -link.decides))
