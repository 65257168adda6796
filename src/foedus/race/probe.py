"""What a race says beside its share: when each force comes, which link decides, what an hour saved in it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from foedus.race.engine import SCRAMBLES, Work, points
from foedus.race.plan import Array, Ends, Plan

EACH: Final = 1 << 11
"""Futures of each scramble that are looked at link by link: 32,768 in all."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found over some futures.

    ``first`` is the first hour at which enough is there in any of them and ``half`` that of half of them, infinite for
    never; ``middle`` is the middle length of each place, ``arrivals`` the hours in which a way is there in 5, 50 and 95
    of 100 futures; for each place ``decides`` is the share of futures in which it lies on the way that decides,
    ``hour`` and ``all`` what an hour less in it, or no time at all, adds to the share.
    """

    first: float
    half: float
    middle: tuple[float, ...]
    arrivals: tuple[tuple[float, float, float], ...]
    decides: tuple[float, ...]
    hour: tuple[float, ...]
    all: tuple[float, ...]


def probe(plan: Plan, seed: int, unknown: float, each: int = EACH) -> Probe:
    """Look at a part of the futures link by link; every saving is tried on the same futures."""
    shares = _points(plan, seed, each)
    work = Work(plan, shares.shape[1])
    objective, enough = work.hours(shares, unknown)
    won = float(np.count_nonzero(enough <= objective)) / shares.shape[1]
    first, half = float(enough.min()), _three(enough)[1]
    lengths = work.lengths(shares, unknown)
    middle = tuple(float(np.median(row)) for row in lengths)
    arrivals = work.arrivals(shares.shape[1])
    spans = tuple(_three(row) for row in arrivals)
    decides = _deciding(work, plan, lengths, arrivals, enough)
    used = plan.used - {0}

    def gain(place: int, hours: float) -> float:
        law = plan.lengths[place]
        if place not in used or (unknown and (law is None or (isinstance(law, Ends) and np.isinf(law.high)))):
            return 0.0
        reached, there = work.hours(shares, unknown, (place, hours))
        return float(np.count_nonzero(there <= reached) / shares.shape[1] - won)

    places = range(len(plan.lengths))
    hour, whole = tuple(gain(place, 1.0) for place in places), tuple(gain(place, np.inf) for place in places)
    return Probe(first, half, middle, spans, decides, hour, whole)


def earliest(plan: Plan, seed: int, unknown: float, each: int = EACH) -> tuple[float, float]:
    """The first hour at which enough is there in any of some futures, and that of half of them."""
    shares = _points(plan, seed, each)
    _, enough = Work(plan, shares.shape[1]).hours(shares, unknown)
    return float(enough.min()), _three(enough)[1]


def _points(plan: Plan, seed: int, each: int) -> Array:
    count = each if plan.varies else 1
    drawn = [np.ascontiguousarray(chunk) for number in range(SCRAMBLES) for chunk in points(plan, count, seed, number)]
    return np.concatenate(drawn, axis=1)


def _three(hours: Array) -> tuple[float, float, float]:
    low, middle, high = np.quantile(hours, (0.05, 0.5, 0.95), method="inverted_cdf")
    return float(low), float(middle), float(high)


def _deciding(work: Work, plan: Plan, lengths: Array, arrivals: Array, enough: Array) -> tuple[float, ...]:
    """The share of futures in which each place lies on the way whose arrival makes the help enough."""
    found = np.zeros(len(plan.lengths))
    taken = ~np.isfinite(enough)  # where enough never comes, no link decides
    for row, way in enumerate(plan.ways):
        here = ~taken & (arrivals[row] == enough)
        taken |= here
        if not here.any():
            continue
        permit, chosen = work.permit(way, lengths)
        prepared = lengths[list(way.ready)].sum(axis=0) if way.early and way.ready else np.zeros_like(permit)
        waits = here & (prepared <= permit) if way.early else here
        for number, steps in enumerate(way.permits):
            taking = waits & (chosen == number)
            for step in reversed(steps):
                # Before a step that ends at an hour the others decide nothing, unless they end later.
                if step not in plan.waits:
                    found[step] += np.count_nonzero(taking) / len(enough)
                    continue
                before = np.empty_like(permit)
                work.sum(steps[: steps.index(step)], lengths, before)
                found[step] += np.count_nonzero(taking & (before <= lengths[step])) / len(enough)
                taking = taking & (before > lengths[step])
        own = np.count_nonzero(here & (prepared > permit) if way.early else here) / len(enough)
        for step in set(way.ready):
            found[step] += own
        for step in set(way.after):
            found[step] += np.count_nonzero(here) / len(enough)
    return tuple(float(share) for share in found)
