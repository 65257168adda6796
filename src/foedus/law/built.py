"""What the meanings of many forms have in common: two forms that differ in one clause share all other expressions.

An expression about a clause turns on the clause, the bodies it asks, the powers that release from it and the clauses
it waits for. A ``mark`` is a number for all of that, so that a part of the meaning is built once for all forms in
which it is the same. Records are told apart by their place in memory: equal ones that are two objects share nothing,
which costs time and changes no answer.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from foedus.case.form import Clause, Form
from foedus.law.choices import questions_of
from foedus.law.expression import Expression
from foedus.law.incident import Incident
from foedus.law.interpret import ALL_FIELDS, Literals, at


class Built:
    """Expressions by what they turn on, and what is left of them at incidents."""

    def __init__(self) -> None:
        self.expressions: Final[dict[Hashable, Expression]] = {}
        self.literals: Final[dict[int, Literals]] = {}
        self.missed = 0  # questions that nobody could answer in time, see ``appeal``
        self._between: Final[dict[tuple[str, str], _Placed]] = {}
        self._placed: Final[dict[Incident, _Placed]] = {}
        self._numbers: Final[dict[Hashable, int]] = {}
        self._held: Final[dict[int, object]] = {}

    def at(self, expression: Expression, incident: Incident) -> Expression:
        """Return what is left of an expression at an incident.

        Attacker and victim go in first: most of an expression turns on them alone, and the incidents of a case share
        few pairs.
        """
        pair = incident.attacker, incident.victim
        between = self._between.get(pair)
        if between is None:
            between = self._between[pair] = _Placed(incident, ("attacker", "victim"))
        found = between.of(expression)
        if not found.factual:
            return found
        placed = self._placed.get(incident)
        if placed is None:
            placed = self._placed[incident] = _Placed(incident, ALL_FIELDS)
        return placed.of(found)

    def place(self, record: object) -> int:
        """Return the place of a record, which is held so that no other takes it."""
        self._held[id(record)] = record
        return id(record)

    def number(self, key: Hashable) -> int:
        """Return a number that is equal for equal keys."""
        return self._numbers.setdefault(key, len(self._numbers))

    def marks(self, form: Form, endless: frozenset[str]) -> dict[str, int]:
        """Return the mark of every clause of a form; ``endless`` are those whose performance waits for itself."""
        clauses = {clause.id: clause for clause in form.clauses}
        bodies = {body.id: self.place(body) for body in form.bodies}
        powers = [clause for clause in form.clauses if clause.kind == "power" and clause.releases is not None]
        beneficiaries = tuple(dict.fromkeys(clause.beneficiaries for clause in form.clauses))
        common = self.number((form.parties, form.control, beneficiaries))
        found: dict[str, int] = {}

        def mark(clause: Clause) -> int:
            if clause.id not in found:
                found[clause.id] = self.number(
                    (
                        common,
                        self.place(clause),
                        tuple(bodies[question.body] for question in questions_of(clause)),
                        tuple(self.place(p) for p in powers if p.releases and clause.id in p.releases.clauses),
                        tuple(waited_for(clauses.get(earlier)) for earlier in clause.after),
                    )
                )
            return found[clause.id]

        def waited_for(clause: Clause | None) -> Hashable:
            if clause is None or clause.id in endless:
                return None
            if clause.kind not in ("obligation", "power") or not clause.bearers:
                return "facts", self.place(clause)  # it waits for nothing in turn
            return mark(clause)

        for clause in form.clauses:
            mark(clause)
        return found


class _Placed:
    """What is left of expressions when some facts of one incident are put in, part by part."""

    def __init__(self, incident: Incident, fields: tuple[str, ...]) -> None:
        self._incident: Final = incident
        self._fields: Final = fields
        self._found: Final[dict[int, tuple[Expression, Expression]]] = {}
        self._known: Final[dict[int, Expression]] = {}

    def of(self, expression: Expression) -> Expression:
        """Return what is left of one; it is kept, so that its parts stay where they are in memory."""
        found = self._found.get(id(expression))
        if found is None:
            left = at(expression, self._incident, self._fields, self._known)
            found = self._found[id(expression)] = (expression, left)
        return found[1]


def endless_clauses(form: Form) -> frozenset[str]:
    """Return the clauses whose performance waits for itself, or for a clause that does."""
    waits = {
        clause.id: clause.after for clause in form.clauses if clause.kind in ("obligation", "power") and clause.bearers
    }
    sound: set[str] = {clause.id for clause in form.clauses if clause.id not in waits}
    growing = True
    while growing:
        ready = {name for name, after in waits.items() if name not in sound and sound.issuperset(after)}
        growing = bool(ready)
        sound |= ready
    return frozenset(waits) - sound
