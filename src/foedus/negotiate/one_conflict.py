"""Where there are too many sets to list: whether anything is left at all, one cheapest way out, one smallest set."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from foedus.negotiate.elimination import Algebra, Factor, total
from foedus.negotiate.measures import Best, Picks, cheapest
from foedus.negotiate.packages import link_factor
from foedus.talks.board import Board, Demand

Value = TypeVar("Value")
ANY: Final[Algebra[bool]] = Algebra(one=True, either=lambda a, b: a or b, both=lambda a, b: a and b)


def cheapest_way(board: Board, demands: Sequence[Demand], piece: tuple[int, ...]) -> Best | None:
    """Return the least weight of demands that must go, and a package without them; ``None`` where nothing helps.

    A weight of nought is a package that is possible as things stand. Raises ``TooWideError``.
    """
    weights = {demand.link: demand.salience for demand in demands if demand.link is not None}

    def factors() -> Iterator[Factor[Best]]:
        for issue in piece:
            about = [demand for demand in demands if demand.issue == issue]
            table: dict[tuple[int, ...], Best] = {
                (option,): ((sum(d.salience for d in about if option in d.refuses),), ((issue, option),))
                for option in range(board.sizes[issue])
            }
            yield Factor((issue,), table)
        for link in board.links:
            if link.parts[0][0] in piece:
                broken: Best | None = ((weights[link.id],), ()) if link.who is not None else None
                yield link_factor(link, board.sizes, ((0,), ()), broken)

    return total(factors(), board.sizes, cheapest(1))


def goes_against(board: Board, demand: Demand, picks: Picks) -> bool:
    """Whether these options of some issues are what a demand turns down."""
    chosen = dict(picks)
    if demand.issue is not None:
        return chosen.get(demand.issue) in demand.refuses
    link = next(link for link in board.links if link.id == demand.link)
    return all(chosen.get(issue) == option for issue, option in link.parts)


def one_together(board: Board, demands: Sequence[Demand], piece: tuple[int, ...]) -> tuple[int, ...]:
    """Return one smallest set of demands that leaves no package, as Junker (2004) finds it by halving.

    The demands together must leave none, and nothing that nobody can move on must leave none. Raises ``TooWideError``.
    """
    linked = {link.id: link.parts[0][0] for link in board.links}
    own = [n for n, d in enumerate(demands) if (linked[d.link] if d.link is not None else d.issue) in piece]

    def without(held: list[int], added: bool, left: list[int]) -> list[int]:  # noqa: FBT001  as in the paper
        if added and not _possible(board, demands, piece, held):
            return []
        if len(left) == 1:
            return left
        first, second = left[: len(left) // 2], left[len(left) // 2 :]
        found = without([*held, *first], bool(first), second)
        return [*without([*held, *found], bool(found), first), *found]

    return tuple(sorted(without([], False, own)))  # noqa: FBT003  as above


def _possible(board: Board, demands: Sequence[Demand], piece: tuple[int, ...], held: Iterable[int]) -> bool:
    """Whether a package is left when these demands alone are held to."""
    kept = [demands[n] for n in held]
    links = {demand.link for demand in kept if demand.link is not None}

    def factors() -> Iterator[Factor[bool]]:
        for issue in piece:
            refused = {option for demand in kept if demand.issue == issue for option in demand.refuses}
            yield Factor((issue,), {(option,): True for option in range(board.sizes[issue]) if option not in refused})
        for link in board.links:
            if link.parts[0][0] in piece and (link.who is None or link.id in links):
                yield link_factor(link, board.sizes, fine=True, broken=None)

    left: bool | None = total(factors(), board.sizes, ANY)
    return left is not None
