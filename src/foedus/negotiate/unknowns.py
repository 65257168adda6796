"""Which unknown stand matters most: what the numbers of packages become once it is known."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import prod

from foedus.negotiate.changes import part_of, with_position
from foedus.negotiate.elimination import TooWideError, pieces
from foedus.negotiate.packages import ALLOWED_IF_CERTAIN, ALLOWED_IF_POSSIBLE, count
from foedus.talks.board import Board, Position, Stand


@dataclass(frozen=True, slots=True)
class Worth:
    """The stand of one party on one option, which nobody knows.

    Known to turn it down, ``possible_if_refused`` packages stay possible, and as many are certain as before. Known to
    allow it, ``certain_if_allowed`` become certain, and as many are possible as before.
    """

    issue: int
    option: int
    party: str
    possible_if_refused: int
    certain_if_allowed: int


def worths(board: Board) -> tuple[Worth, ...] | None:
    """Return every unknown stand, what changes the numbers most first; ``None`` where they cannot be counted.

    First counts how many possible packages a refusal would take away, then how many a consent would make certain.
    """
    try:
        found = list(_worths(board))
    except TooWideError:
        return None
    return tuple(sorted(found, key=lambda one: (one.possible_if_refused, -one.certain_if_allowed)))


def _worths(board: Board) -> Iterator[Worth]:
    joined = [[issue for issue, _ in link.parts] for link in board.links]
    boards = {piece: part_of(board, piece) for piece in pieces(board.sizes, joined)}
    possible = {piece: count(one, ALLOWED_IF_POSSIBLE) for piece, one in boards.items()}
    certain = {piece: count(one, ALLOWED_IF_CERTAIN) for piece, one in boards.items()}
    for piece, part in boards.items():
        others = [other for other in boards if other != piece]
        possible_elsewhere = prod(possible[other] for other in others)
        certain_elsewhere = prod(certain[other] for other in others)
        for place, option, party in _unknown(part):
            refused = with_position(part, place, party, _known(option, Stand.REJECT))
            allowed = with_position(part, place, party, _known(option, Stand.ACCEPT))
            yield Worth(
                piece[place],
                option,
                party,
                possible_elsewhere * count(refused, ALLOWED_IF_POSSIBLE) if possible_elsewhere else 0,
                certain_elsewhere * count(allowed, ALLOWED_IF_CERTAIN) if certain_elsewhere else 0,
            )


def _unknown(board: Board) -> Iterator[tuple[int, int, str]]:
    for number, issue in enumerate(board.issues):
        for option in range(len(issue.options)):
            for position in issue.positions:
                if position.stands[option] is Stand.UNKNOWN:
                    yield number, option, position.party


def _known(option: int, as_: Stand) -> Callable[[Position], Position]:
    def change(position: Position) -> Position:
        stands = (as_ if place == option else stand for place, stand in enumerate(position.stands))
        return replace(position, stands=tuple(stands))

    return change
