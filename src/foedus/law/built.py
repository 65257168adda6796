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


class Built:
    """Expressions by what they turn on, and what is left of them at incidents."""

    def __init__(self) -> None:
        self.expressions: Final[dict[Hashable, Expression]] = {}
        self.between: Final[dict[tuple[Expression, str, str], Expression]] = {}
        self.placed: Final[dict[tuple[Expression, Incident], Expression]] = {}
        self._numbers: Final[dict[Hashable, int]] = {}
        self._held: Final[dict[int, object]] = {}

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
