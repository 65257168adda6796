"""Where no package is left: every smallest set of demands that cannot stand together, and the cheapest way out.

Per piece of the board that no link joins. The smallest sets of demands that must go come from one walk over the
packages; the smallest sets that cannot stand together are those that meet every one of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foedus.negotiate.elimination import Factor, TooWideError, pieces, total
from foedus.negotiate.measures import MOST_VALUES, Picks, Sets, least_sets, smallest_sets
from foedus.negotiate.one_conflict import cheapest_way, goes_against, one_together
from foedus.negotiate.packages import link_factor
from foedus.talks.board import Board, Demand


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Demands that would have to go, what that costs by their salience, and the options that it opens."""

    demands: tuple[int, ...]
    cost: int
    opens: Picks


@dataclass(frozen=True, slots=True)
class Conflict:
    """One piece of the board on which nothing can be agreed. Demands are numbers into ``Board.demands``.

    Where the sets are too many to be listed, ``complete`` is false and one of each is given; a list is ``None`` where
    even that is too much work, and ``relaxations`` is empty where nothing that anybody
    can move on would open a package.
    """

    issues: tuple[int, ...]
    together: tuple[tuple[int, ...], ...] | None
    relaxations: tuple[Relaxation, ...] | None
    complete: bool = True

    @property
    def cheapest(self) -> tuple[Relaxation, ...]:
        """The relaxations of least cost."""
        least = min((one.cost for one in self.relaxations or ()), default=0)
        return tuple(one for one in self.relaxations or () if one.cost == least)


def conflicts(board: Board) -> tuple[Conflict, ...]:
    """Return every piece of the board on which the demands leave no package; nothing where one is left on each."""
    demands = board.demands
    joined = [[issue for issue, _ in link.parts] for link in board.links]
    found = (_conflict(board, demands, piece) for piece in pieces(board.sizes, joined))
    return tuple(one for one in found if one is not None)


def _conflict(board: Board, demands: Sequence[Demand], piece: tuple[int, ...]) -> Conflict | None:
    try:
        least = cheapest_way(board, demands, piece)
    except TooWideError:
        return Conflict(piece, None, None, complete=False)
    if least is None:
        return Conflict(piece, (), ())
    if least[0] == (0,):
        return None
    try:
        sets = total(_factors(board, demands, piece), board.sizes, smallest_sets()) or ()
        together = tuple(tuple(_numbers(bits)) for bits in _meeting_all(sets))
    except TooWideError:
        picks = least[1]
        bits = sum(1 << n for n, demand in enumerate(demands) if goes_against(board, demand, picks))
        one = one_together(board, demands, piece)
        return Conflict(piece, (one,), (_relaxation(demands, bits, picks),), complete=False)
    return Conflict(piece, together, tuple(_relaxation(demands, bits, picks) for bits, picks in sets))


def _factors(board: Board, demands: Sequence[Demand], piece: tuple[int, ...]) -> Iterator[Factor[Sets]]:
    for issue in piece:
        about = [(1 << n, demand.refuses) for n, demand in enumerate(demands) if demand.issue == issue]
        yield Factor(
            (issue,),
            {
                (option,): ((sum(bit for bit, refuses in about if option in refuses), ((issue, option),)),)
                for option in range(board.sizes[issue])
            },
        )
    bits = {demand.link: 1 << n for n, demand in enumerate(demands) if demand.link is not None}
    for link in board.links:
        if link.parts[0][0] in piece:
            broken: Sets | None = ((bits[link.id], ()),) if link.who is not None else None
            yield link_factor(link, board.sizes, ((0, ()),), broken)


def _relaxation(demands: Sequence[Demand], bits: int, picks: Picks) -> Relaxation:
    chosen = tuple(_numbers(bits))
    return Relaxation(chosen, sum(demands[n].salience for n in chosen), picks)


def _numbers(bits: int) -> Iterator[int]:
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def _meeting_all(sets: Sets, most: int = 100 * MOST_VALUES) -> tuple[int, ...]:
    """The smallest sets of demands that share one with each of the given sets. Raises ``TooWideError``."""
    found: tuple[int, ...] = (0,)
    for bits, _ in sets:
        met = [one for one in found if one & bits]
        grown = [(one | 1 << n, ()) for one in found if not one & bits for n in _numbers(bits)]
        if len(met) + len(grown) > most:
            raise TooWideError
        found = tuple(one for one, _ in least_sets([*((one, ()) for one in met), *grown]))
    return found
