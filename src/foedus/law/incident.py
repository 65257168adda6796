"""Incidents: the facts that a case is asked about, the space the author declared, and its classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from math import prod
from typing import Any, Final, TypeVar

from foedus.law.expression import Expression, FactValue
from foedus.law.interpret import Literals, facts_read

FIELDS: Final = ("attacker", "victim", "kind", "zone", "object", "provoked", "phase", "lasting", "hour")
"""The facts of an incident in the order in which they are compared and printed."""
Value = FactValue | int


@dataclass(frozen=True, slots=True)
class Incident:
    """The facts of one incident, and nothing else (docs/theory/meaning.md, section 1)."""

    attacker: str
    victim: str
    kind: str = "full_invasion"
    zone: str = ""
    object: str = "territory"
    provoked: bool = False
    phase: str = "in_force"
    lasting: int = 0
    hour: int = 0


@dataclass(frozen=True, slots=True)
class IncidentSpace:
    """The values that the author declared for every fact, in declared order."""

    attackers: tuple[str, ...]
    victims: tuple[str, ...]
    kinds: tuple[str, ...] = ("full_invasion",)
    zones: tuple[str, ...] = ("",)
    objects: tuple[str, ...] = ("territory",)
    provoked: tuple[bool, ...] = (False,)
    phases: tuple[str, ...] = ("in_force",)
    lasting: tuple[int, ...] = (0,)
    hours: tuple[int, ...] = (0,)

    def values(self) -> tuple[tuple[FactValue | int, ...], ...]:
        """Return the declared values, field by field in the order of ``FIELDS``."""
        return (
            self.attackers, self.victims, self.kinds, self.zones, self.objects,
            self.provoked, self.phases, self.lasting, self.hours,
        )  # fmt: skip

    def size(self) -> int:
        """Return the number of incidents: the whole grid without attacks on oneself."""
        pairs = sum(attacker != victim for attacker in self.attackers for victim in self.victims)
        return pairs * prod(len(values) for values in self.values()[2:])

    def base(self) -> Incident:
        """Return the incident that all others are measured from: first values, full invasion if it is declared."""
        pairs = [(a, v) for a in self.attackers for v in self.victims if a != v]
        if not pairs or not all(self.values()):
            raise ValueError("the incident space is empty: no attacker and victim differ, or a fact has no value")
        return Incident(
            *pairs[0],
            kind=_preferred("full_invasion", self.kinds),
            zone=self.zones[0],
            object=_preferred("territory", self.objects),
            provoked=_preferred(value=False, values=self.provoked),
            phase=_preferred("in_force", self.phases),
            lasting=self.lasting[0],
            hour=self.hours[0],
        )

    def rank(self, incident: Incident) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
        """Return the place of an incident in the total order: fewer changed facts first, then declared order."""
        base = self.base()
        changed = tuple(i for i, name in enumerate(FIELDS) if getattr(incident, name) != getattr(base, name))
        declared = tuple(
            values.index(getattr(incident, name)) for name, values in zip(FIELDS, self.values(), strict=True)
        )
        return len(changed), changed, declared


def distance(first: Incident, second: Incident) -> int:
    """Return the number of facts in which two incidents differ."""
    return sum(getattr(first, name) != getattr(second, name) for name in FIELDS)


def neighbours(space: IncidentSpace, incident: Incident) -> Iterator[tuple[str, Incident]]:
    """Yield the incidents of the space that differ from a given one in a single fact, with the name of that fact."""
    for name, values in zip(FIELDS, space.values(), strict=True):
        for value in values:
            other = changed(incident, name, value)
            if other != incident and other.attacker != other.victim:
                yield name, other


def changed(incident: Incident, name: str, value: Value) -> Incident:
    """Return the incident with one fact changed."""
    facts: dict[str, Any] = {field: getattr(incident, field) for field in FIELDS} | {name: value}
    return Incident(**facts)


def incident_classes(
    space: IncidentSpace, expressions: Iterable[Expression], known: dict[int, Literals] | None = None
) -> Iterator[Incident]:
    """Yield one incident of every class that the expressions can tell apart, in the total order of the space.

    Two values of a fact are alike when every literal of the expressions on this fact has the same truth for both. A
    class is stood for by its first incident. Whoever asks about the refusing as well (the attacker's own vote, the
    victim's) adds literals on them to the expressions: see ``stops.holder_literals``. ``known`` as in ``facts_read``.
    """
    base = space.base()
    groups = _groups(space, base, expressions, known)
    pairs: dict[tuple[int, ...], list[Pair]] = {}
    for pair in _pairs(space, base, groups[0], groups[1]):
        pairs.setdefault(_pair_changes(base, pair), []).append(pair)
    firsts = [[group[0] for group in field] for field in groups[2:]]
    movable = [0, 1, *(index for index, values in enumerate(firsts, start=2) if len(values) > 1)]
    for count in range(len(movable) + 1):
        for moved in combinations(movable, count):
            for pair in pairs.get(tuple(index for index in moved if FIELDS[index] in ("attacker", "victim")), ()):
                yield from _moved(base, moved, pair, firsts)


def count_classes(space: IncidentSpace, expressions: Iterable[Expression]) -> int:
    """Return the number of classes without listing them."""
    base = space.base()
    groups = _groups(space, base, expressions)
    pairs = _pairs(space, base, groups[0], groups[1])
    return len(pairs) * prod(len(field) for field in groups[2:])


Pair = tuple[str, str]
Declared = TypeVar("Declared")


def _preferred(value: Declared, values: tuple[Declared, ...]) -> Declared:
    return value if value in values else values[0]


def _groups(
    space: IncidentSpace,
    base: Incident,
    expressions: Iterable[Expression],
    known: dict[int, Literals] | None = None,
) -> list[list[list[Value]]]:
    """Return, field by field, the declared values in groups that no literal tells apart, base value first."""
    literals = facts_read(*expressions, known=known)
    fields = []
    for name, values in zip(FIELDS, space.values(), strict=True):
        start: Value = getattr(base, name)
        groups: dict[tuple[bool, ...], list[Value]] = {}
        for value in sorted(values, key=lambda value: value != start):
            groups.setdefault(tuple(literal.says(value) for literal in literals.get(name, ())), []).append(value)
        fields.append(list(groups.values()))
    return fields


def _pairs(
    space: IncidentSpace, base: Incident, attackers: list[list[Value]], victims: list[list[Value]]
) -> list[Pair]:
    """Return the first pair of every group of attackers and group of victims in which the two differ.

    Attacker and victim are taken together: the first of each group may be one and the same party although the groups
    hold a pair that differs.
    """
    found = []
    for attacking in attackers:
        for attacked in victims:
            pairs = [(str(a), str(v)) for a, v in product(attacking, attacked) if a != v]
            if pairs:
                found.append(min(pairs, key=lambda pair: _pair_rank(space, base, pair)))
    return sorted(found, key=lambda pair: _pair_rank(space, base, pair))


def _pair_rank(space: IncidentSpace, base: Incident, pair: Pair) -> tuple[int, tuple[int, ...], int, int]:
    changed = _pair_changes(base, pair)
    return len(changed), changed, space.attackers.index(pair[0]), space.victims.index(pair[1])


def _pair_changes(base: Incident, pair: Pair) -> tuple[int, ...]:
    return tuple(i for i, (own, old) in enumerate(zip(pair, (base.attacker, base.victim), strict=True)) if own != old)


def _moved(base: Incident, moved: tuple[int, ...], pair: Pair, firsts: list[list[Value]]) -> Iterator[Incident]:
    """Yield the classes that have the pair and differ from the base in exactly the given fields."""
    options = []
    for index, (name, values) in enumerate(zip(FIELDS[2:], firsts, strict=True), start=2):
        own: Value = getattr(base, name)
        options.append([value for value in values if value != own] if index in moved else [own])
    for rest in product(*options):
        facts: tuple[Any, ...] = (*pair, *rest)
        yield Incident(*facts)
