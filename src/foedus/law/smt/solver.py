"""A solver that gives up in time, and the plain questions on top of it.

Every question takes a limit in milliseconds for the whole of its answer; what cannot be answered in it is
``Undecided``, never an exception. What is found has been replayed in the plain interpreter.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import z3

from foedus.law.expression import TRUE, Expression, conjunction, disjunction, negation
from foedus.law.interpret import choices_read
from foedus.law.records import Undecided
from foedus.law.smt.decode import Found, Model, found_in
from foedus.law.smt.encode import Context, Term, World
from foedus.law.smt.replay import replay

LIMIT_MS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Sat:
    """There is a solution."""

    model: Model


@dataclass(frozen=True, slots=True)
class Unsat:
    """There is none."""


@dataclass(frozen=True, slots=True)
class TimedOut:
    """Z3 gave up."""

    reason: str


class Deadline:
    """What is left of a limit."""

    def __init__(self, limit_ms: int) -> None:
        self.limit_ms: Final = limit_ms
        self._end: Final = time.monotonic() + limit_ms / 1000

    def left_ms(self) -> int:
        """Return the milliseconds left, 0 if there are none."""
        return max(0, int((self._end - time.monotonic()) * 1000))

    def missed(self, reason: str) -> Undecided:
        """Return the answer of a question that was not answered in time."""
        return Undecided(f"Z3 gave no answer within {self.limit_ms} ms ({reason})")


class Solver:
    """Z3 with a limit."""

    def __init__(self, context: Context, deadline: Deadline, terms: Iterable[Term] = ()) -> None:
        self._deadline: Final = deadline
        self._solver: Final = z3.Solver(ctx=context)
        self.add(*terms)

    def add(self, *terms: Term) -> None:
        """Add what must hold."""
        self._solver.add(*terms)

    def solve(self, *assumed: Term) -> Sat | Unsat | TimedOut:
        """Look for a solution in which the assumed terms hold as well."""
        left = self._deadline.left_ms()
        if left == 0:
            return TimedOut("time was up")
        self._solver.set("timeout", left)
        try:
            answer = self._solver.check(*assumed)
            if answer == z3.sat:
                return Sat(self._solver.model())
            return Unsat() if answer == z3.unsat else TimedOut(self._solver.reason_unknown())
        except z3.Z3Exception as error:  # out of memory, or interrupted at a bad moment
            return TimedOut(str(error))


def fewest(context: Context, total: Term, terms: Iterable[Term], deadline: Deadline) -> Sat | Unsat | TimedOut:
    """Look for a solution of some terms in which a number is as small as can be."""
    left = deadline.left_ms()
    if left == 0:
        return TimedOut("time was up")
    optimiser = z3.Optimize(ctx=context)
    optimiser.set("timeout", left)
    try:
        optimiser.add(*terms)
        optimiser.minimize(total)
        answer = optimiser.check()
        if answer == z3.sat:
            return Sat(optimiser.model())
        return Unsat() if answer == z3.unsat else TimedOut(optimiser.reason_unknown())
    except z3.Z3Exception as error:  # as above
        return TimedOut(str(error))


def find_incident(world: World, expression: Expression, *, limit_ms: int = LIMIT_MS) -> Found | Undecided | None:
    """Return an incident and choices that make an expression true, or None if there are none."""
    deadline = Deadline(limit_ms)
    read = choices_read(expression)
    solver = Solver(world.context, deadline, [*world.limits(read), world.term(expression)])
    answer = solver.solve()
    if isinstance(answer, TimedOut):
        return deadline.missed(answer.reason)
    if isinstance(answer, Unsat):
        return None
    return replay(expression, found_in(answer.model, world, read))


def counterexample(
    world: World, premise: Expression, conclusion: Expression, *, limit_ms: int = LIMIT_MS
) -> Found | Undecided | None:
    """Return an incident and choices in which one expression is true and another is not, or None."""
    return find_incident(world, conjunction((premise, negation(conclusion))), limit_ms=limit_ms)


def difference(
    world: World, one: Expression, other: Expression, *, limit_ms: int = LIMIT_MS
) -> Found | Undecided | None:
    """Return an incident and choices in which exactly one of two expressions is true, or None."""
    apart = (conjunction((one, negation(other))), conjunction((other, negation(one))))
    return find_incident(world, disjunction(apart), limit_ms=limit_ms)


def entails(world: World, premise: Expression, conclusion: Expression, *, limit_ms: int = LIMIT_MS) -> bool | Undecided:
    """Return whether an expression is true wherever another is."""
    found = counterexample(world, premise, conclusion, limit_ms=limit_ms)
    return found if isinstance(found, Undecided) else found is None


def equivalent(world: World, one: Expression, other: Expression, *, limit_ms: int = LIMIT_MS) -> bool | Undecided:
    """Return whether two expressions are true in the same incidents and under the same choices."""
    found = difference(world, one, other, limit_ms=limit_ms)
    return found if isinstance(found, Undecided) else found is None


def is_empty(world: World, *, limit_ms: int = LIMIT_MS) -> bool | Undecided:
    """Return whether the space has no incident at all, so that all else said about it would be vacuous."""
    found = find_incident(world, TRUE, limit_ms=limit_ms)
    return found if isinstance(found, Undecided) else found is None
