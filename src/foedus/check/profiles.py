"""What one form promises in every incident of a common space, and who can stop it: made once, compared often."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from foedus.case.stage import LoadedCase
from foedus.check.asked import GOOD_FAITH
from foedus.check.view import HIGHEST, View
from foedus.law.expression import Expression, FactAtLeast, FactIn, FactValue
from foedus.law.incident import Incident, IncidentSpace, incident_classes
from foedus.law.interpret import facts_read
from foedus.law.order import Promised, Shortfall, left, shortfall
from foedus.law.records import Stoppers, Undecided
from foedus.law.relation import Order
from foedus.law.stops import holder_literals

Less = Shortfall | Undecided | None


class Profile:
    """What one view of a text promises; incidents that the text cannot tell apart are asked once."""

    def __init__(self, view: View, book: "Book") -> None:
        self.view: Final = view
        self.book: Final = book
        found = dict.fromkeys(view.expression(level, GOOD_FAITH) for level in range(1, HIGHEST + 1))
        # Whom the victim is matters beside the facts where a victim holds choices: it never refuses.
        self.expressions: Final[tuple[Expression, ...]] = (*found, *holder_literals(view.meaning, found, "victim"))
        self._literals: Final = tuple(facts_read(*self.expressions).items())
        self._told: Final[dict[str, dict[object, tuple[bool, ...]]]] = {name: {} for name, _ in self._literals}
        self._known: Final[dict[tuple[tuple[bool, ...], ...], int]] = {}

    def at(self, incident: Incident) -> int:
        """The number of what is promised in an incident."""
        key = tuple([self._truth(name, literals, getattr(incident, name)) for name, literals in self._literals])
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self.book.number(self._promised(incident))
        return found

    def _truth(self, name: str, literals: tuple[FactIn | FactAtLeast, ...], value: FactValue | int) -> tuple[bool, ...]:
        told = self._told[name]
        found = told.get(value)
        if found is None:
            found = told[value] = tuple(literal.says(value) for literal in literals)
        return found

    def _promised(self, incident: Incident) -> Promised:
        by_rung: dict[int, Stoppers] = {}
        for level in range(1, HIGHEST + 1):
            rung = self.view.rung(level)
            if rung not in by_rung:
                by_rung[rung] = self.view.stoppers(incident, rung, practical=False)
        return tuple(by_rung[self.view.rung(level)] for level in range(1, HIGHEST + 1))


@dataclass(frozen=True, slots=True)
class Compared:
    """Two promises in one incident: who must refuse for either to leave less than the other; ``None``: nobody can."""

    first_less: Less
    second_less: Less

    @property
    def order(self) -> Order:
        """The first as seen from the second."""
        return order_of(self.first_less, self.second_less)


def order_of(first_less: Less, second_less: Less) -> Order:
    """The order of two things by what shows that either gives less: nothing, something, or doubt."""
    if isinstance(first_less, Undecided) or isinstance(second_less, Undecided):
        return Order.UNDECIDED
    if first_less is None:
        return Order.EQUAL if second_less is None else Order.STRONGER
    return Order.WEAKER if second_less is None else Order.INCOMPARABLE


class Book:
    """Promises by number, and each two of them compared once."""

    def __init__(self) -> None:
        self._numbers: dict[Promised, int] = {}
        self._promises: list[Promised] = []
        self._compared: dict[tuple[int, int], Compared] = {}

    def number(self, promised: Promised) -> int:
        """The number of a promise; equal ones share it."""
        found = self._numbers.setdefault(promised, len(self._promises))
        if found == len(self._promises):
            self._promises.append(promised)
        return found

    def left(self, number: int, refusing: frozenset[str]) -> int:
        """The level that is left of a promise when some refuse."""
        return left(self._promises[number], refusing)

    def compared(self, first: int, second: int) -> Compared:
        """Two promises by their numbers."""
        found = self._compared.get((first, second))
        if found is None:
            one, other = self._promises[first], self._promises[second]
            found = Compared(shortfall(one, other), shortfall(other, one)) if first != second else Compared(None, None)
            self._compared[first, second] = found
            self._compared[second, first] = Compared(found.second_less, found.first_less)
        return found


def classes(case: LoadedCase, space: IncidentSpace, profiles: Iterable[Profile]) -> tuple[Incident, ...]:
    """Return one incident of each class that some of the forms can tell apart, nearest to the base first.

    Every kind of incident is a class of its own, so that each can be told; whoever has nuclear weapons differs from
    whoever has none. Of attackers whom no form tells apart the first stands for all: to exchange their names changes
    no form, and so not how forms stand to each other. One of them who may be the victim cannot stand for the others.
    """
    nuclear = frozenset(id for id, party in case.parties.items() if party.nuclear)
    profiles = tuple(profiles)
    first: dict[object, str] = {}
    for attacker in space.attackers:
        alike = (attacker in nuclear, *(profile.view.kind_of(attacker) for profile in profiles))
        first.setdefault(attacker if attacker in space.victims else alike, attacker)
    space = replace(space, attackers=tuple(first.values()))
    read: dict[Expression, None] = dict.fromkeys(e for profile in profiles for e in profile.expressions)
    own = [FactIn("kind", frozenset({kind})) for kind in space.kinds]
    return tuple(incident_classes(space, (*read, *own, FactIn("attacker", nuclear))))
