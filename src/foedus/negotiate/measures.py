"""What is asked of all packages at once: how many, the cheapest, those nobody can better, the smallest sets that go."""

from collections.abc import Iterable
from typing import Final, TypeAlias

from foedus.negotiate.elimination import Algebra, TooWideError

Picks: TypeAlias = tuple[tuple[int, int], ...]
"""Chosen options as (issue, option), sorted."""
Cost: TypeAlias = tuple[int, ...]
Best: TypeAlias = tuple[Cost, Picks]
Front: TypeAlias = tuple[Best, ...]
Sets: TypeAlias = tuple[tuple[int, Picks], ...]
"""Sets of demands as bits, each with a package that would be open without them."""

MOST_VALUES: Final = 1_000
"""Values in a list that is still kept whole."""
MOST_PAIRS: Final = 40_000
"""Pairs of values that are still put together at once: more would take minutes, and mostly end in too long a list."""
MOST_SHARINGS: Final = 50
"""The same as ``MOST_VALUES`` for concessions of more than two parties, which are compared each with each."""

COUNT: Final[Algebra[int]] = Algebra(1, lambda a, b: a + b, lambda a, b: a * b)


def _joined(a: Picks, b: Picks) -> Picks:
    return tuple(sorted((*a, *b)))


def cheapest(width: int) -> Algebra[Best]:
    """The least cost, the first number counting before the next; among equals the first in the order of the board."""

    def both(a: Best, b: Best) -> Best:
        return tuple(x + y for x, y in zip(a[0], b[0], strict=True)), _joined(a[1], b[1])

    return Algebra(((0,) * width, ()), min, both)


def unbettered(width: int, most: int | None = None) -> Algebra[Front]:
    """Costs that no other package betters in one number without being worse in another, each with one package.

    Raises ``TooWideError`` where there are more than ``most``.
    """
    bound = most or (MOST_VALUES if width <= 2 else MOST_SHARINGS)

    def kept(values: Iterable[Best]) -> Front:
        front = _least(values)
        if len(front) > bound:
            raise TooWideError
        return front

    def both(a: Front, b: Front) -> Front:
        if len(a) == 1 and not any(a[0][0]) and not a[0][1]:
            return b  # the value of no choice at all
        if len(a) * len(b) > MOST_PAIRS:
            raise TooWideError
        return kept((tuple(x + y for x, y in zip(p, q, strict=True)), _joined(m, n)) for p, m in a for q, n in b)

    return Algebra((((0,) * width, ()),), lambda a, b: kept((*a, *b)), both)


def _least(values: Iterable[Best]) -> Front:
    """The values that none of the others betters; of equal ones the first in the order of the board."""
    found: dict[Cost, Picks] = {}
    for cost, picks in sorted(values):
        found.setdefault(cost, picks)
    if found and len(next(iter(found))) == 2:
        return _staircase(found)
    front: list[Best] = []
    for cost, picks in found.items():
        # Sorted: whatever betters this one comes before it.
        if not any(all(x <= y for x, y in zip(other, cost, strict=True)) for other, _ in front):
            front.append((cost, picks))
    return tuple(front)


def _staircase(found: dict[Cost, Picks]) -> Front:
    front: list[Best] = []
    for cost, picks in found.items():
        if not front or cost[1] < front[-1][0][1]:
            front.append((cost, picks))
    return tuple(front)


def smallest_sets(most: int = MOST_VALUES) -> Algebra[Sets]:
    """Sets of which none holds another. Raises ``TooWideError`` where there are more than ``most``."""

    def kept(values: Iterable[tuple[int, Picks]]) -> Sets:
        sets = least_sets(values)
        if len(sets) > most:
            raise TooWideError
        return sets

    def both(a: Sets, b: Sets) -> Sets:
        if len(a) * len(b) > MOST_PAIRS:
            raise TooWideError
        return kept((x | y, _joined(p, q)) for x, p in a for y, q in b)

    return Algebra(((0, ()),), lambda a, b: kept((*a, *b)), both)


def least_sets(values: Iterable[tuple[int, Picks]]) -> Sets:
    """The sets that hold no other one, small ones first."""
    found: list[tuple[int, Picks]] = []
    for bits, picks in sorted(values, key=lambda one: (one[0].bit_count(), one)):
        if not any(other & bits == other for other, _ in found):
            found.append((bits, picks))
    return tuple(found)
