"""Whose yes is enough: the smallest sets of actors who carry the help although everybody else says no."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final

from foedus.check.asked import GOOD_FAITH, Asked
from foedus.check.view import View
from foedus.law.incident import Incident
from foedus.law.records import StopGroup, StopKind

MOST_TRIED: Final = 4_000
"""Combinations, up to interchange of actors, that are tried before the answer is left open."""


@dataclass(frozen=True, slots=True)
class Sufficient:
    """The smallest sufficient coalitions for help at a level in an incident, up to interchange of their members.

    ``pivotal`` are those without whom none is sufficient. Empty ``kinds`` with ``undecided`` false: nobody's yes is
    needed, since no lawful no stops the help. ``undecided``: too many combinations to go through.
    """

    level: int
    kinds: tuple[StopKind, ...]
    pivotal: tuple[str, ...]
    undecided: bool = False


def sufficient(view: View, incident: Incident, level: int) -> Sufficient:
    """Return whose yes is enough for help at a level, all others refusing what they lawfully can, the attacker too.

    The victim is not counted: what it waives is its own. May raise ``UndecidedError``.
    """
    here = view.here(view.expression(level, GOOD_FAITH), incident)
    own = view.controlled((incident.victim,))
    holders = [actor for actor in view.holders(here) if actor not in own]
    groups = view.alike(sorted(holders), incident, GOOD_FAITH)
    if prod(len(group) + 1 for group in groups) > MOST_TRIED:
        return Sufficient(level, (), (), undecided=True)
    found: list[tuple[int, ...]] = []
    for counts in _by_size(groups):
        if not any(_within(smaller, counts) for smaller in found):
            willing = {actor for group, count in zip(groups, counts, strict=True) for actor in group[:count]}
            refusing = frozenset(holders) - willing
            if not view.stopped(view.expression(level, GOOD_FAITH), incident, Asked(refusing=refusing)):
                found.append(counts)
    kinds = tuple(_kind(groups, counts) for counts in found if any(counts))
    everywhere = [
        actor
        for place, group in enumerate(groups)
        if found and all(counts[place] == len(group) for counts in found)
        for actor in group
    ]
    return Sufficient(level, kinds, tuple(everywhere))


def _by_size(groups: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, ...]]:
    vectors = product(*(range(len(group) + 1) for group in groups))
    return iter(sorted(vectors, key=lambda counts: (sum(counts), tuple(-count for count in counts))))


def _within(smaller: Sequence[int], larger: Sequence[int]) -> bool:
    return all(one <= other for one, other in zip(smaller, larger, strict=True))


def _kind(groups: Sequence[tuple[str, ...]], counts: Sequence[int]) -> StopKind:
    return StopKind(tuple(StopGroup(group, count) for group, count in zip(groups, counts, strict=True) if count))
