"""Which unknown stand matters most: what the numbers of packages become once it is known."""

from collections.abc import Iterator
from dataclasses import dataclass

from foedus.negotiate.elimination import Factor, TooWideError
from foedus.negotiate.marginals import marginals
from foedus.negotiate.packages import ALLOWED_IF_CERTAIN, ALLOWED_IF_POSSIBLE, count, link_factor
from foedus.talks.board import Board, Stand


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
    possible, certain = count(board, ALLOWED_IF_POSSIBLE), count(board, ALLOWED_IF_CERTAIN)
    possible_with = marginals(_factors(board, ALLOWED_IF_POSSIBLE), board.sizes)
    certain_with = marginals(_factors(board, ALLOWED_IF_CERTAIN), board.sizes)
    for number, issue in enumerate(board.issues):
        for option in range(len(issue.options)):
            stands = [position.stands[option] for position in issue.positions]
            # A refusal takes away what takes this option, if it was open; a consent adds if it is the last one missing.
            taken = 0 if Stand.REJECT in stands else possible_with[number].get((option,), 0)
            last = Stand.REJECT not in stands and stands.count(Stand.UNKNOWN) == 1
            added = certain_with[number].get((option,), 0) if last else 0
            for position in issue.positions:
                if position.stands[option] is Stand.UNKNOWN:
                    yield Worth(number, option, position.party, possible - taken, certain + added)


def _factors(board: Board, allowed: frozenset[Stand]) -> list[Factor[int]]:
    """One factor for each issue, in which what is not allowed counts for nothing, and then the links."""
    issues = [
        Factor(
            (number,),
            {
                (option,): int(all(position.stands[option] in allowed for position in issue.positions))
                for option in range(len(issue.options))
            },
        )
        for number, issue in enumerate(board.issues)
    ]
    return [*issues, *(link_factor(link, board.sizes, 1, None) for link in board.links)]
