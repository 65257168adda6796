"""Futures in bulk: scrambled Sobol points, independent scrambles for the error, chunks for a flat memory.

Sobol points with Owen-type scrambling (Owen 1997) are unbiased, and independent scrambles of them give an honest error;
the interval is Student's over the scrambles. One code path for every plan, in float64.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.race.plan import NEED, Array, Ends, Plan, Way

SCRAMBLES: Final = 16
"""Independent scrambles: 15 degrees of freedom for the error."""
FEWEST: Final = 16
"""Futures in each scramble at least: with fewer the error says nothing."""
CHUNK: Final = 1 << 12
"""Futures in one pass, so that what is worked on stays in the cache."""
PROCESSES_FROM: Final = 1 << 25
"""Futures from which a second process is worth its start."""
BINS: Final = 240
Counts = NDArray[np.int64]
Watch = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over the futures of some scrambles: merging two tallies is adding them, in any order.

    ``won`` is futures with enough help before the objective, ``there`` help by the end of each hour of the grid (the
    last place: later or never), ``reached`` the same for the objective; one row a scramble.
    """

    futures: Counts
    won: Counts
    there: Counts
    reached: Counts

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            self.futures + other.futures, self.won + other.won, self.there + other.there, self.reached + other.reached
        )


def empty_tally() -> Tally:
    """A tally of no futures."""
    grid = np.zeros((SCRAMBLES, BINS + 1), dtype=np.int64)
    return Tally(np.zeros(SCRAMBLES, np.int64), np.zeros(SCRAMBLES, np.int64), grid, grid.copy())


def rounded(samples: int) -> int:
    """The next number of futures that a whole power of two in each scramble makes: only these are balanced."""
    return SCRAMBLES << max(0, math.ceil(math.log2(max(FEWEST * SCRAMBLES, samples) / SCRAMBLES)))


def run(
    plan: Plan, samples: int, seed: int, horizon: float, unknown: float, watch: Watch = lambda _: None, workers: int = 1
) -> Tally:
    """Return the counts over ``samples`` futures (rounded up). ``unknown`` hours stand for each length nobody knows."""
    each = rounded(samples) // SCRAMBLES
    jobs = [(plan, each, seed, number, horizon, unknown) for number in range(SCRAMBLES)]
    if workers < 2 or each * SCRAMBLES < PROCESSES_FROM:
        total = empty_tally()
        for job in jobs:
            total += scramble(*job, watch)
        return total
    return _in_processes(jobs, each, watch, workers)


Job = tuple[Plan, int, int, int, float, float]


def _in_processes(jobs: list[Job], each: int, watch: Watch, workers: int) -> Tally:
    """Two processes and no threads: the points are made under a lock of the interpreter."""
    import signal
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from multiprocessing import active_children, get_context

    total = empty_tally()
    before = set(active_children())
    pool = ProcessPoolExecutor(
        workers,
        mp_context=get_context("spawn"),
        initializer=signal.signal,  # an interruption is for the parent, which ends the others
        initargs=(signal.SIGINT, signal.SIG_IGN),
    )
    try:
        for done in as_completed([pool.submit(scramble, *job) for job in jobs]):
            total += done.result()
            watch(each)
    except BaseException:
        # A pool waits for what it has begun, which may take minutes: its processes are ended instead.
        for child in set(active_children()) - before:
            child.terminate()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()
    return total


def scramble(
    plan: Plan, each: int, seed: int, number: int, horizon: float, unknown: float, watch: Watch = lambda _: None
) -> Tally:
    """The counts over the futures of one scramble."""
    total = empty_tally()
    work = Work(plan, min(CHUNK, each))
    for shares in points(plan, each, seed, number):
        objective, enough = work.hours(shares, unknown)
        won = enough <= objective
        total.futures[number] += len(won)
        total.won[number] += int(np.count_nonzero(won))
        total.there[number] += _binned(enough, horizon)
        total.reached[number] += _binned(objective, horizon)
        watch(len(won))
    return total


def points(plan: Plan, each: int, seed: int, number: int) -> Iterator[Array]:
    """Yield the points of one scramble in chunks, a row for each dimension."""
    dimensions = len(plan.drawn) + len(plan.amounts)
    if not dimensions:
        for start in range(0, each, CHUNK):
            yield np.empty((0, min(CHUNK, each - start)))
        return
    from scipy.stats import qmc  # a second of start, which a race in which nothing varies does not need

    source = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(np.random.SeedSequence([seed, number])))
    for start in range(0, each, CHUNK):
        yield source.random(min(CHUNK, each - start)).T


def wins_at_ends(plan: Plan, unknown: float, *, slowest: bool) -> bool:
    """Whether help is in time with every length and amount at its worst end for the helpers, or at its best.

    More time for a step never brings enough sooner, and more of a force never later, so the ends decide for all
    between them; a correlation of less than one leaves every pair of ends possible.
    """
    free = replace(plan, correlation=0.0)
    ends = [*((place == 0) != slowest for place in free.drawn), *((row != NEED) != slowest for row, _ in free.amounts)]
    objective, enough = Work(free, 1).hours(np.array(ends, dtype=np.float64).reshape(-1, 1), unknown)
    return bool(enough[0] <= objective[0])


def _binned(hours: Array, horizon: float) -> Counts:
    """How many fall into each bin of the grid; the last place is later or never."""
    with np.errstate(over="ignore"):
        places = np.minimum(hours * (BINS / horizon), BINS)
    return np.bincount(np.ceil(places).astype(np.int64).clip(1) - 1 + (hours > horizon), minlength=BINS + 1)[: BINS + 1]


class Work:
    """The arrays that a plan needs, made once and filled anew for each chunk."""

    def __init__(self, plan: Plan, size: int) -> None:
        self.plan: Final = plan
        self._sums: Final = np.empty((len(plan.ways), size))
        self._spare: Final = np.empty((3, size))
        self._lengths: Final = np.empty((len(plan.lengths), size))
        self._waits: Final = plan.waits
        self._place: Final = {place: row for row, place in enumerate(plan.drawn)}
        self._amount: Final = {one: len(plan.drawn) + row for row, one in enumerate(plan.amounts)}

    def hours(self, shares: Array, unknown: float, shorter: tuple[int, float] | None = None) -> tuple[Array, Array]:
        """The hours to the objective and to enough help, future by future; ``shorter`` is a place and hours saved."""
        size = shares.shape[1]
        lengths = self.lengths(shares, unknown)
        if shorter is not None:
            place, hours = shorter
            np.maximum(lengths[place] - hours, 0.0, out=lengths[place])
        arrivals = self._sums[:, :size]
        for row, way in enumerate(self.plan.ways):
            self._arrival(way, lengths, arrivals[row], size)
        return lengths[0], self.enough(arrivals, shares, unknown)

    def lengths(self, shares: Array, unknown: float) -> Array:
        """The lengths of time, a row for each place of the plan."""
        plan, lengths = self.plan, self._lengths[:, : shares.shape[1]]
        for place, law in enumerate(plan.lengths):
            if law is None:
                lengths[place] = unknown
            elif isinstance(law, Ends):
                lengths[place] = law.at(unknown)
            elif law.fixed is not None:
                lengths[place] = law.fixed
            elif place in self._place:
                share = shares[self._place[place]]
                if plan.correlation and place == 0 and plan.tied in self._place:
                    share = _tied(share, shares[self._place[plan.tied]], plan.correlation)
                law.hours(share, lengths[place])
        return lengths

    def arrivals(self, size: int) -> Array:
        """When each way was there, in the futures that were looked at last."""
        return self._sums[:, :size]

    def sum(self, steps: tuple[int, ...], lengths: Array, out: Array) -> None:
        """When these steps of a way are through, one after the other."""
        _sum(lengths, steps, out, self._waits)

    def permit(self, way: Way, lengths: Array) -> tuple[Array, Counts]:
        """When a force has its word to go, and which of its permits that is."""
        found = np.full((max(1, len(way.permits)), lengths.shape[1]), np.inf)
        for row, steps, floor in zip(found, way.permits, way.not_before, strict=False):
            _sum(lengths, steps, row, self._waits)
            np.maximum(row, floor, out=row)
        return found.min(axis=0), found.argmin(axis=0)

    def _arrival(self, way: Way, lengths: Array, out: Array, size: int) -> None:
        permit, spare = self._spare[0, :size], self._spare[1, :size]
        for number, (steps, floor) in enumerate(zip(way.permits, way.not_before, strict=True)):
            target = permit if number == 0 else spare
            _sum(lengths, steps, target, self._waits)
            if floor:
                np.maximum(target, floor, out=target)
            if number:
                np.minimum(permit, spare, out=permit)
        if not way.permits:
            permit.fill(np.inf)
        if way.early:
            _sum(lengths, way.ready, spare)
            np.maximum(permit, spare, out=out)
        else:
            out[:] = permit
            for step in way.ready:
                out += lengths[step]
        for step in way.after:
            out += lengths[step]

    def enough(self, arrivals: Array, shares: Array, unknown: float) -> Array:
        """The hour at which enough is there, infinite for never."""
        plan = self.plan
        if not len(arrivals):
            return np.full(shares.shape[1], np.inf)
        if not plan.needs:
            return _counted(arrivals, plan)
        order = np.argsort(arrivals, axis=0)
        there = np.take_along_axis(arrivals, order, axis=0)
        latest = np.zeros(shares.shape[1])
        for domain, need in enumerate(plan.needs):
            if need == (0.0, 0.0):
                continue  # nothing is needed, and that is there at once
            wanted = self._amount_of((NEED, domain), need, shares, 0.0 if unknown == 0 else np.inf)
            most = np.inf if unknown == 0 else 0.0
            brought = np.empty_like(there)
            for row, way in enumerate(plan.ways):
                brought[row] = self._amount_of((row, domain), way.strengths[domain], shares, most)
            piled = np.cumsum(np.take_along_axis(brought, order, axis=0), axis=0)
            reached = piled >= wanted
            first = np.argmax(reached, axis=0)
            hours = np.take_along_axis(there, first[None], axis=0)[0]
            np.maximum(latest, np.where(reached.any(axis=0), hours, np.inf), out=latest)
        return latest

    def _amount_of(
        self, name: tuple[int, int], span: tuple[float, float], shares: Array, unknown: float
    ) -> Array | float:
        low, high = span
        if math.isinf(high):
            return max(low, unknown)
        return low if low == high else low + (high - low) * shares[self._amount[name]]


def _sum(lengths: Array, steps: tuple[int, ...], out: Array, waits: frozenset[int] = frozenset()) -> None:
    if not steps:
        out.fill(0.0)
        return
    out[:] = lengths[steps[0]]
    for step in steps[1:]:
        if step in waits:
            np.maximum(out, lengths[step], out=out)
        else:
            out += lengths[step]


def _counted(arrivals: Array, plan: Plan) -> Array:
    """The hour at which so many guarantors are there, each with its first force."""
    owners = [way.guarantor for way in plan.ways]
    if len(set(owners)) < plan.count:
        return np.full(arrivals.shape[1], np.inf)
    if plan.count == 1:
        return np.asarray(arrivals.min(axis=0))
    if len(set(owners)) < len(owners):
        rows = {owner: [row for row, who in enumerate(owners) if who == owner] for owner in dict.fromkeys(owners)}
        arrivals = np.array([arrivals[own].min(axis=0) for own in rows.values()])
    return np.asarray(np.partition(arrivals, plan.count - 1, axis=0)[plan.count - 1])


def _tied(share: Array, other: Array, correlation: float) -> Array:
    """Shares that go with others: a Gaussian copula, whose correlation is that of the normal scores."""
    from scipy.special import ndtr, ndtri

    edge = 1e-12  # a point of the sequence can be 0 or 1, where a normal score has no end
    scores = correlation * ndtri(other.clip(edge, 1 - edge))
    scores += math.sqrt(1 - correlation**2) * ndtri(share.clip(edge, 1 - edge))
    return np.asarray(ndtr(scores))
