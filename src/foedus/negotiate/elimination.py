"""Sums over all packages without walking them: one issue after the other is summed out.

The same walk counts packages, finds the cheapest, keeps those that nobody can better, or collects the smallest sets of
demands that must go. What differs is only how two values are chosen between and put together (an ``Algebra``). Issues
that no link joins never meet in one table; with links, the widest table decides how much work it is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Generic, TypeVar

Value = TypeVar("Value")
MOST_ENTRIES = 400_000
"""Entries of the widest table that is still filled; a wider one is given up, and said to be."""


class TooWideError(Exception):
    """The links join too many issues at once, or a list grows past its bound; caught where the question was asked."""


@dataclass(frozen=True, slots=True)
class Algebra(Generic[Value]):
    """How values are chosen between (``either``) and put together (``both``); ``one`` is no cost at all."""

    one: Value
    either: Callable[[Value, Value], Value]
    both: Callable[[Value, Value], Value]


@dataclass(frozen=True, slots=True)
class Factor(Generic[Value]):
    """A value for every choice on some issues; a choice that is not in the table is ruled out."""

    scope: tuple[int, ...]
    table: Mapping[tuple[int, ...], Value]


def total(
    factors: Iterable[Factor[Value]], sizes: Sequence[int], algebra: Algebra[Value], most: int = MOST_ENTRIES
) -> Value | None:
    """Return the value over all packages, ``None`` where every package is ruled out. Raises ``TooWideError``."""
    left = list(factors)
    waiting = {issue for factor in left for issue in factor.scope}
    result: Value | None = algebra.one
    while waiting:
        issue, width = next_issue(left, waiting, sizes)
        if width > most:
            raise TooWideError
        waiting.discard(issue)
        touched = [factor for factor in left if issue in factor.scope]
        left = [factor for factor in left if issue not in factor.scope]
        summed = _summed_out(touched, issue, sizes, algebra)
        if not summed.table:
            return None
        left.append(summed)
    for factor in left:
        value = factor.table.get(())
        if value is None or result is None:
            return None
        result = algebra.both(result, value)
    return result


def next_issue(left: Sequence[Factor[Value]], waiting: Iterable[int], sizes: Sequence[int]) -> tuple[int, int]:
    """The issue to sum out next, which is the one with the narrowest table, and how many entries that has."""
    width, issue = min((_width(left, one, sizes), one) for one in waiting)
    return issue, width


def _width(factors: Iterable[Factor[Value]], issue: int, sizes: Sequence[int]) -> int:
    """Entries of the table that summing out this issue needs."""
    return prod(sizes[one] for one in {one for factor in factors if issue in factor.scope for one in factor.scope})


def _summed_out(
    touched: Sequence[Factor[Value]], issue: int, sizes: Sequence[int], algebra: Algebra[Value]
) -> Factor[Value]:
    scope = tuple(sorted({one for factor in touched for one in factor.scope} - {issue}))
    places = [_places(factor.scope, (*scope, issue)) for factor in touched]
    table: dict[tuple[int, ...], Value] = {}
    for choice in product(*(range(sizes[one]) for one in scope)):
        for value in _values(touched, places, choice, sizes[issue], algebra):
            table[choice] = algebra.either(table[choice], value) if choice in table else value
    return Factor(scope, table)


def _places(scope: Sequence[int], within: Sequence[int]) -> tuple[int, ...]:
    return tuple(within.index(one) for one in scope)


def _values(
    touched: Sequence[Factor[Value]],
    places: Sequence[tuple[int, ...]],
    choice: tuple[int, ...],
    options: int,
    algebra: Algebra[Value],
) -> Iterator[Value]:
    for option in range(options):
        whole = (*choice, option)
        value: Value | None = algebra.one
        for factor, where in zip(touched, places, strict=True):
            part = factor.table.get(tuple(whole[place] for place in where))
            if part is None or value is None:
                value = None
                break
            value = algebra.both(value, part)
        if value is not None:
            yield value


def pieces(sizes: Sequence[int], joined: Iterable[Iterable[int]]) -> tuple[tuple[int, ...], ...]:
    """The issues in pieces that no link joins: what can be said of each piece can be said of the whole."""
    head = list(range(len(sizes)))

    def root(one: int) -> int:
        while head[one] != one:
            head[one] = head[head[one]]
            one = head[one]
        return one

    for group in joined:
        first, *rest = group
        for other in rest:
            low, high = sorted((root(first), root(other)))
            head[high] = low
    found: dict[int, list[int]] = {}
    for one in range(len(sizes)):
        found.setdefault(root(one), []).append(one)
    return tuple(tuple(group) for group in found.values())
