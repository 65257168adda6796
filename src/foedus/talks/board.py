"""The board: issues with their options, and where each party stands on each, as frozen records.

A **package** takes one option of every issue. A **demand** is what one party turns down on one issue, or a combination
of options that it turns down together; both are hard. A combination that nobody can move on lies in the options.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from math import prod


class Stand(StrEnum):
    """Where a party stands on one option."""

    ACCEPT = "accept"
    NEGOTIABLE = "negotiable"
    REJECT = "reject"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Option:
    """One way to settle an issue; ``instruments`` are the ids of the texts of which it stands for one."""

    id: str
    says: str
    instruments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What ``by`` says that a party's stand is, where it says anything of an option; it enters no number by itself."""

    by: str
    stands: tuple[Stand | None, ...]
    source: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """One party on one issue: its stand on each option, in their order; ``salience`` is the author's weight.

    ``stated`` is false where nobody has said anything; then every stand is unknown.
    """

    party: str
    stands: tuple[Stand, ...]
    salience: int = 1
    says: str = ""
    source: tuple[str, ...] = ()
    date: str | None = None
    stated: bool = True
    told: tuple[Told, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue; only the parties that have a position on it, known or not, have a say in it."""

    id: str
    asks: str
    options: tuple[Option, ...]
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Options of several issues, as (issue, option) by number, that do not go together; for ``who``, or for all."""

    id: str
    who: str | None
    parts: tuple[tuple[int, int], ...]
    why: str
    salience: int = 1
    source: tuple[str, ...] = ()
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that one party turns down, and what it would cost it to move (its salience)."""

    who: str
    issue: int | None
    refuses: tuple[int, ...]
    link: str | None
    salience: int
    says: str
    source: tuple[str, ...]
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the table."""

    issues: tuple[Issue, ...]
    links: tuple[Link, ...] = ()

    @property
    def parties(self) -> tuple[str, ...]:
        """Everybody who has a say in anything, in the order of the board."""
        named = chain.from_iterable((position.party for position in issue.positions) for issue in self.issues)
        return tuple(dict.fromkeys(chain(named, (link.who for link in self.links if link.who is not None))))

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many options each issue has."""
        return tuple(len(issue.options) for issue in self.issues)

    @property
    def combinations(self) -> int:
        """How many packages there are if nobody turned anything down."""
        return prod(self.sizes)

    @property
    def demands(self) -> tuple[Demand, ...]:
        """Every demand, in the order of the board; the links come last."""
        return tuple(chain(_red_lines(self), _linked(self)))


def _red_lines(board: Board) -> Iterator[Demand]:
    for number, issue in enumerate(board.issues):
        for position in issue.positions:
            refuses = tuple(i for i, stand in enumerate(position.stands) if stand is Stand.REJECT)
            if refuses:
                yield Demand(
                    position.party, number, refuses, None, position.salience, position.says, position.source,
                    position.date,
                )  # fmt: skip


def _linked(board: Board) -> Iterator[Demand]:
    for link in board.links:
        if link.who is not None:
            yield Demand(link.who, None, (), link.id, link.salience, link.why, link.source, link.date)
