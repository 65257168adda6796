"""What can be agreed on a board: the engines' numbers in the ids of the case, each list for people to read."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, islice, product
from typing import Final

from foedus.negotiate.changes import as_told, part_of, with_position, without
from foedus.negotiate.conflicts import Conflict, conflicts
from foedus.negotiate.measures import Picks
from foedus.negotiate.packages import Packages, frontier, packages
from foedus.negotiate.unknowns import worths
from foedus.talks.board import Board, Demand, Stand
from foedus.talks.deal import Clash, Deal, IfTold, Opening, OpenStand, Package, Way

FEWEST_UNKNOWN: Final = "rests on the fewest unknown stands"
LEAST_IN_ALL: Final = "asks the least of all parties together"
LEAST_OF_ONE: Final = "asks the least of whoever gives most"
MOST_OPENINGS: Final = 6


def dealing(board: Board) -> Deal:
    """Return how many packages are possible and certain, the best of them, or what stands in the way and ways out."""
    demands = board.demands
    found = packages(board)
    front = _frontier(board)
    pieces = conflicts(board)
    clashes = tuple(_clash(board, demands, piece) for piece in pieces)
    return Deal(
        combinations=board.combinations,
        possible=found.possible,
        certain=found.certain,
        best=tuple(_best(board, found, front)),
        frontier=front,
        clashes=clashes,
        openings=_openings(board, clashes),
        if_told=tuple(_if_told(board, clashes)),
    )


def _openings(board: Board, clashes: tuple[Clash, ...]) -> tuple[Opening, ...] | None:
    """Every way to take one of the cheapest ways out of each clash, up to a bound."""
    if any(not clash.cheapest for clash in clashes):
        return ()
    openings = []
    for ways in islice(product(*(clash.cheapest or () for clash in clashes)), MOST_OPENINGS):
        once = tuple(chain.from_iterable(way.demands for way in ways))
        opened = without(board, once)
        counts, worth = packages(opened), worths(opened)
        if worth is None or counts.possible is None or counts.certain is None:
            return None
        stands = (
            OpenStand(
                board.issues[one.issue].id,
                board.issues[one.issue].options[one.option].id,
                one.party,
                one.possible_if_refused,
                one.certain_if_allowed,
            )
            for one in worth
        )
        openings.append(Opening(once, counts.possible, counts.certain, tuple(stands)))
    return tuple(openings)


def _frontier(board: Board) -> tuple[Package, ...] | None:
    conceding = tuple(
        party
        for party in board.parties
        if any(p.party == party and Stand.NEGOTIABLE in p.stands for issue in board.issues for p in issue.positions)
    )
    found = frontier(board, conceding)
    return None if found is None else tuple(package(board, picks) for _, picks in found)


def package(board: Board, picks: Picks) -> Package:
    """One option of every issue, with who gives what and where it rests on what nobody knows."""
    gives: dict[str, int] = {}
    rests = []
    for number, option in picks:
        for position in board.issues[number].positions:
            if position.stands[option] is Stand.NEGOTIABLE:
                gives[position.party] = gives.get(position.party, 0) + position.salience
            elif position.stands[option] is Stand.UNKNOWN:
                rests.append((board.issues[number].id, position.party))
    named = tuple((board.issues[number].id, board.issues[number].options[option].id) for number, option in picks)
    return Package(named, tuple(gives.items()), tuple(rests))


def _best(board: Board, found: Packages, front: tuple[Package, ...] | None) -> Iterator[tuple[str, Package]]:
    if found.best is not None:
        yield FEWEST_UNKNOWN, package(board, found.best[1])
    if found.lightest is not None:
        yield LEAST_IN_ALL, package(board, found.lightest[1])
    if front:
        yield LEAST_OF_ONE, min(front, key=lambda one: max((weight for _, weight in one.concedes), default=0))


def _clash(board: Board, demands: tuple[Demand, ...], piece: Conflict) -> Clash:
    cheapest = None if piece.relaxations is None else tuple(_ways(board, demands, piece))
    return Clash(
        tuple(board.issues[number].id for number in piece.issues),
        None if piece.together is None else tuple(_named(demands, numbers) for numbers in piece.together),
        cheapest,
        len(piece.relaxations or ()),
        piece.complete,
    )


def _named(demands: tuple[Demand, ...], numbers: Iterable[int]) -> tuple[Demand, ...]:
    return tuple(demands[n] for n in numbers)


def _ways(board: Board, demands: tuple[Demand, ...], piece: Conflict) -> Iterator[Way]:
    for way in piece.cheapest:
        dropped = _named(demands, way.demands)
        counts = packages(part_of(without(board, dropped), piece.issues))
        yield Way(dropped, way.cost, counts.possible, counts.certain)


def _if_told(board: Board, clashes: tuple[Clash, ...]) -> Iterator[IfTold]:
    known = {together for clash in clashes for together in clash.together or ()}
    for number, issue in enumerate(board.issues):
        for position in issue.positions:
            for told in position.told:
                other = with_position(board, number, position.party, partial(as_told, told))
                counts = packages(other)
                found = (_named(other.demands, one) for piece in conflicts(other) for one in piece.together or ())
                new = tuple(one for one in found if one not in known)
                yield IfTold(issue.id, position.party, told.by, told.source, counts.possible, counts.certain, new)
