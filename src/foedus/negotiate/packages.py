"""Packages that respect every red line: how many, possible and certain kept apart, and the best by stated criteria."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

from foedus.negotiate.elimination import Factor, TooWideError, total
from foedus.negotiate.measures import COUNT, Best, Front, Picks, cheapest, unbettered
from foedus.talks.board import Board, Issue, Link, Stand

Value = TypeVar("Value")
ALLOWED_IF_POSSIBLE = frozenset({Stand.ACCEPT, Stand.NEGOTIABLE, Stand.UNKNOWN})
ALLOWED_IF_CERTAIN = frozenset({Stand.ACCEPT, Stand.NEGOTIABLE})
NO_COST: Best = ((0, 0), ())


@dataclass(frozen=True, slots=True)
class Packages:
    """What can be agreed; every field is ``None`` where the links join too much to be decided.

    ``possible``: packages that no known position turns down. ``certain``: those that every position is known to allow.
    ``best``: costs (unknown positions it rests on, concessions weighted by salience) and one package with them, the
    first cost counting before the second; ``lightest`` the other way round.
    """

    possible: int | None
    certain: int | None
    best: Best | None
    lightest: Best | None = None


def packages(board: Board) -> Packages:
    """Return the number of packages, possible and certain, and the best by what is unknown and by what is conceded."""
    try:
        lightest = total(_factors(board, ALLOWED_IF_POSSIBLE, _weight, NO_COST), board.sizes, cheapest(2))
        return Packages(
            possible=count(board, ALLOWED_IF_POSSIBLE),
            certain=count(board, ALLOWED_IF_CERTAIN),
            best=total(_factors(board, ALLOWED_IF_POSSIBLE, _cost, NO_COST), board.sizes, cheapest(2)),
            lightest=None if lightest is None else ((lightest[0][1], lightest[0][0]), lightest[1]),
        )
    except TooWideError:
        return Packages(None, None, None)


def count(board: Board, allowed: frozenset[Stand]) -> int:
    """Return how many packages take options on which every stand is one of these. Raises ``TooWideError``."""
    return total(_factors(board, allowed, _one, COUNT.one), board.sizes, COUNT) or 0


def frontier(board: Board, parties: tuple[str, ...]) -> Front | None:
    """Return the concessions of the named parties that no other possible package betters; ``None`` if undecided.

    A party concedes the salience of an issue where the option taken is only negotiable to it. A position that is not
    known counts as no concession.
    """
    algebra = unbettered(len(parties))

    def conceded(number: int, issue: Issue, option: int) -> Front:
        given = {p.party: p.salience for p in issue.positions if p.stands[option] is Stand.NEGOTIABLE}
        return ((tuple(given.get(party, 0) for party in parties), ((number, option),)),)

    try:
        return total(_factors(board, ALLOWED_IF_POSSIBLE, conceded, algebra.one), board.sizes, algebra) or ()
    except TooWideError:
        return None


def link_factor(link: Link, sizes: tuple[int, ...], fine: Value, broken: Value | None) -> Factor[Value]:
    """A link as a table over its issues; ``None`` for ``broken`` rules the combination out."""
    wanted = dict(link.parts)
    scope = tuple(sorted(wanted))
    table: dict[tuple[int, ...], Value] = {}
    for choice in product(*(range(sizes[issue]) for issue in scope)):
        value = broken if all(wanted[i] == o for i, o in zip(scope, choice, strict=True)) else fine
        if value is not None:
            table[choice] = value
    return Factor(scope, table)


def _one(_number: int, _issue: Issue, _option: int) -> int:
    return 1


def _cost(number: int, issue: Issue, option: int) -> Best:
    unknown = sum(position.stands[option] is Stand.UNKNOWN for position in issue.positions)
    conceded = sum(p.salience for p in issue.positions if p.stands[option] is Stand.NEGOTIABLE)
    picks: Picks = ((number, option),)
    return (unknown, conceded), picks


def _weight(number: int, issue: Issue, option: int) -> Best:
    (unknown, conceded), picks = _cost(number, issue, option)
    return (conceded, unknown), picks


def _factors(
    board: Board,
    allowed: frozenset[Stand],
    value: Callable[[int, Issue, int], Value],
    fine: Value,
) -> Iterator[Factor[Value]]:
    for number, issue in enumerate(board.issues):
        yield Factor(
            (number,),
            {
                (option,): value(number, issue, option)
                for option in range(len(issue.options))
                if all(position.stands[option] in allowed for position in issue.positions)
            },
        )
    for link in board.links:
        yield link_factor(link, board.sizes, fine, None)
