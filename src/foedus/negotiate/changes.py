"""Boards that differ from another in one respect: demands dropped, a stand as somebody else tells it, fewer issues."""

from collections.abc import Callable, Collection
from dataclasses import replace

from foedus.talks.board import Board, Demand, Position, Stand, Told


def without(board: Board, demands: Collection[Demand]) -> Board:
    """The board on which these demands are negotiable and no longer hard."""
    moved = {(demand.issue, demand.who) for demand in demands if demand.issue is not None}
    gone = {demand.link for demand in demands if demand.link is not None}
    issues = tuple(
        replace(issue, positions=tuple(_moved(p) if (n, p.party) in moved else p for p in issue.positions))
        for n, issue in enumerate(board.issues)
    )
    return Board(issues, tuple(link for link in board.links if link.id not in gone))


def with_position(board: Board, issue: int, party: str, change: Callable[[Position], Position]) -> Board:
    """The board on which one party stands otherwise on one issue."""
    changed = tuple(change(p) if p.party == party else p for p in board.issues[issue].positions)
    issues = tuple(replace(one, positions=changed) if n == issue else one for n, one in enumerate(board.issues))
    return Board(issues, board.links)


def as_told(told: Told, position: Position) -> Position:
    """The position as somebody else tells it, where that says anything."""
    stands = (other or own for own, other in zip(position.stands, told.stands, strict=True))
    return replace(position, stands=tuple(stands))


def part_of(board: Board, issues: tuple[int, ...]) -> Board:
    """These issues alone, with the links among them."""
    place = {issue: n for n, issue in enumerate(issues)}
    links = (
        replace(link, parts=tuple((place[issue], option) for issue, option in link.parts))
        for link in board.links
        if all(issue in place for issue, _ in link.parts)
    )
    return Board(tuple(board.issues[issue] for issue in issues), tuple(links))


def _moved(position: Position) -> Position:
    stands = (Stand.NEGOTIABLE if stand is Stand.REJECT else stand for stand in position.stands)
    return replace(position, stands=tuple(stands))
