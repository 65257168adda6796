"""How two forms stand to each other: an order by what is left of each, never a rank (docs/theory/comparing.md)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from foedus.law.incident import Incident


class Order(StrEnum):
    """One form as seen from another, over some incidents."""

    STRONGER = "stronger"
    WEAKER = "weaker"
    EQUAL = "equal"
    INCOMPARABLE = "incomparable"
    UNDECIDED = "undecided"


OPEN: Final = frozenset({Order.INCOMPARABLE, Order.UNDECIDED})
"""Orders that draw no line between two forms."""


@dataclass(frozen=True, slots=True)
class Separation:
    """An incident in which one form leaves more than the other when ``refusing`` say no.

    ``levels`` are what is left of the first form and of the second, 0 to 5.
    """

    stronger: str
    incident: Incident
    refusing: tuple[str, ...]
    levels: tuple[int, int]


@dataclass(frozen=True, slots=True)
class KindRelation:
    """Two forms over all incidents of one kind.

    ``promised`` is what each owes in good faith in the nearest incident of the kind, lowest and highest over the
    unknown values.
    """

    kind: str
    orders: tuple[Order, ...]
    promised: tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class ReadingRelation:
    """How two forms stand when one of them is read otherwise."""

    instrument: str
    reading: str
    orders: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """The first form as seen from the second, under the text alone: one order, or several over the unknown values.

    ``depends_on`` names the unknown values, each with its instrument, that decide between them. ``complete`` says
    whether every combination of unknown values was tried. ``separations`` are the nearest incidents that separate the
    two, at most one in each direction.
    """

    first: str
    second: str
    orders: tuple[Order, ...]
    depends_on: tuple[tuple[str, str], ...] = ()
    complete: bool = True
    separations: tuple[Separation, ...] = ()
    kinds: tuple[KindRelation, ...] = ()
    readings: tuple[ReadingRelation, ...] = ()

    @property
    def order(self) -> Order | None:
        """The order, where it hangs on nothing unknown."""
        sure = len(self.orders) == 1 and (self.complete or self.orders[0] is Order.INCOMPARABLE)
        return self.orders[0] if sure else None

    def at_least(self, *, turned: bool = False) -> bool:
        """Whether the first is always at least as strong as the second (``turned``: the second as the first)."""
        wanted = {Order.EQUAL, Order.WEAKER if turned else Order.STRONGER}
        return self.complete and set(self.orders) <= wanted
