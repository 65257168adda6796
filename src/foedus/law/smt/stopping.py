"""Who can stop the help, and where: the questions of meaning.md, section 6, put to Z3.

Supported are choices of every kind, with either order of choosing: what works both ways is settled by collecting
replies (``contest``). Only time limits the answers: ``Undecided`` always says that it has run out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from foedus.law.choices import closure, masters
from foedus.law.expression import Expression, FactIn
from foedus.law.incident import Incident
from foedus.law.meaning import Meaning
from foedus.law.records import Undecided
from foedus.law.smt.contest import Contest
from foedus.law.smt.decode import holds, incident_of
from foedus.law.smt.encode import (
    Context,
    Term,
    World,
    at_most,
    both,
    either,
    implies,
    named,
    opposite,
    truth,
)
from foedus.law.smt.least import least_against_fixed
from foedus.law.smt.refusals import refusals
from foedus.law.smt.replay import replay_plays, replay_set, replay_stopped
from foedus.law.smt.sides import sides
from foedus.law.smt.solver import LIMIT_MS, Deadline, Solver
from foedus.law.stops import Stance

MOST_SETS: Final = 64


@dataclass(frozen=True, slots=True)
class StoppingSets:
    """The minimal sets of actors that stop the help, smaller ones first; ``more`` says that some are not listed."""

    sets: tuple[frozenset[str], ...]
    more: bool = False
    undecided: str | None = None


def stopping_number(
    meaning: Meaning,
    expression: Expression,
    victim: str,
    stance: Stance,
    *,
    limit_ms: int = LIMIT_MS,
    context: Context | None = None,
) -> int | Undecided | None:
    """Return the least number of refusing actors that stop what an expression at an incident says; None if none can."""
    search = _search(meaning, expression, victim, stance, limit_ms=limit_ms, context=context)
    least = search.least(len(search.actors))
    return least if least is None or isinstance(least, Undecided) else len(search.checked(least))


def stopping_sets(
    meaning: Meaning,
    expression: Expression,
    victim: str,
    stance: Stance,
    *,
    at_most: int = MOST_SETS,
    limit_ms: int = LIMIT_MS,
    context: Context | None = None,
) -> StoppingSets:
    """Return the minimal sets of refusing actors that stop what an expression at an incident says."""
    search = _search(meaning, expression, victim, stance, limit_ms=limit_ms, context=context)
    sets: list[frozenset[str]] = []
    size = len(search.actors)
    rising = False
    while True:
        # Within the least size every solution is a minimal set: its parts of that size are shut out already.
        found = search.within(size) if rising else search.least(size)
        if isinstance(found, Undecided):
            return StoppingSets(tuple(sets), more=True, undecided=found.reason)
        if found is None:
            if not rising:
                return StoppingSets(tuple(sets))
            size, rising = len(search.actors), False
            continue
        if len(sets) == at_most:
            return StoppingSets(tuple(sets), more=True)
        sets.append(search.checked(found))
        search.shut_out(found)
        size, rising = len(found), True


def is_stopped(
    meaning: Meaning, expression: Expression, refusing: frozenset[str], stance: Stance, *, limit_ms: int = LIMIT_MS
) -> bool | Undecided:
    """Return whether the refusing (closed under control) stop what an expression at an incident says."""
    deadline = Deadline(limit_ms)
    world = World(meaning.choices, None)

    def refuses(holder: str) -> Term:
        return truth(world.context, value=holder in refusing)

    known = sides(expression, meaning.choices, stance)
    contest = Contest(world, expression, known, refuses, refusers_last=stance.refusers_last)
    model = contest.settle(Solver(world.context, deadline), deadline)
    if isinstance(model, Undecided):
        return model
    plays = contest.saved(refusing) if model is None else [contest.lost(model)]
    return replay_plays(expression, plays, stop=model is not None)


def least_set(
    meaning: Meaning, expression: Expression, victim: str, stance: Stance, *, limit_ms: int = LIMIT_MS
) -> frozenset[str] | Undecided | None:
    """Return a smallest set of refusing actors that stops what an expression at an incident says; None if none can."""
    deadline = Deadline(limit_ms)
    known = sides(expression, meaning.choices, stance)
    if all(len(side.willing) == 1 for side in known.values()):
        least = least_against_fixed(meaning, expression, known, victim, deadline)
    else:
        search = _search(meaning, expression, victim, stance, limit_ms=limit_ms, context=None)
        least = search.least(len(search.actors))
    if least is None or isinstance(least, Undecided):
        return least
    return replay_set(meaning, expression, least, victim, stance)


def find_stopped(
    meaning: Meaning,
    world: World,
    expression: Expression,
    refusing: frozenset[str] | None,
    stance: Stance,
    *,
    limit_ms: int = LIMIT_MS,
) -> Incident | Undecided | None:
    """Return an incident in which an expression is true in good faith, and some actors' refusal takes that away.

    ``refusing`` are the actors named, or None for the attacker. None is returned if there is no such incident.
    """
    deadline = Deadline(limit_ms)
    control = meaning.form.control
    closed = None if refusing is None else closure(control, refusing)

    def refuses(holder: str) -> Term:
        over = masters(control, holder)
        unprotected = opposite(world.term(FactIn("victim", over)))
        if closed is None:
            return both(world.context, (world.term(FactIn("attacker", over)), unprotected))
        return unprotected if holder in closed else truth(world.context, value=False)

    known = sides(expression, meaning.choices, stance)
    contest = Contest(world, expression, known, refuses, refusers_last=stance.refusers_last)
    solver = Solver(world.context, deadline, [*world.limits(()), contest.in_good_faith()])
    model = contest.settle(solver, deadline)
    if model is None or isinstance(model, Undecided):
        return model
    incident = incident_of(model, world)
    if incident is None:
        raise ValueError("incidents are looked for in a world without facts")
    actors = frozenset((incident.attacker,)) if refusing is None else refusing
    return replay_stopped(meaning, expression, incident, actors, stance)


@dataclass(slots=True)
class _Search:
    """One search for sets of refusing actors."""

    meaning: Meaning
    expression: Expression
    victim: str
    stance: Stance
    context: Context
    actors: Mapping[str, Term]
    contest: Contest
    solver: Solver
    deadline: Deadline
    bounds: dict[int, Term] = field(default_factory=dict)

    def within(self, size: int) -> frozenset[str] | Undecided | None:
        """Return a set of at most so many actors that stops, or None."""
        model = self.contest.settle(self.solver, self.deadline, *self._bound(size))
        if model is None or isinstance(model, Undecided):
            return model
        return frozenset(actor for actor, term in self.actors.items() if holds(model, term))

    def least(self, size: int) -> frozenset[str] | Undecided | None:
        """Return a smallest set of at most so many actors that stops, or None."""
        best: frozenset[str] | None = None
        while size >= 0:
            found = self.within(size)
            if isinstance(found, Undecided):
                return found
            if found is None:
                break
            best, size = found, len(found) - 1
        return best

    def shut_out(self, found: frozenset[str]) -> None:
        """Leave a set, and every set that holds it, out of what is found from now on."""
        self.solver.add(either(self.context, [opposite(self.actors[actor]) for actor in sorted(found)]))

    def checked(self, found: frozenset[str]) -> frozenset[str]:
        """Return a set that the plain reading finds minimal too."""
        return replay_set(self.meaning, self.expression, found, self.victim, self.stance)

    def _bound(self, size: int) -> tuple[Term, ...]:
        if size >= len(self.actors):
            return ()
        if size not in self.bounds:
            self.bounds[size] = named(self.context, f"at most {size}")
            self.solver.add(implies(self.bounds[size], at_most(tuple(self.actors.values()), size)))
        return (self.bounds[size],)


def _search(
    meaning: Meaning,
    expression: Expression,
    victim: str,
    stance: Stance,
    *,
    limit_ms: int,
    context: Context | None,
) -> _Search:
    deadline = Deadline(limit_ms)
    world = World(meaning.choices, None, context=context)
    known = sides(expression, meaning.choices, stance)
    actors, refuses = refusals(meaning, world.context, known, victim)
    contest = Contest(world, expression, known, refuses, refusers_last=stance.refusers_last)
    solver = Solver(world.context, deadline)
    return _Search(meaning, expression, victim, stance, world.context, actors, contest, solver, deadline)
