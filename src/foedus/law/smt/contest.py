"""The contest of the willing and the refusing, where who refuses (and which incident it is) is still to be found.

Most choices have one best option for either side; these are settled beforehand (``sides``). Where a choice works both
ways, replies of the willing are collected one by one: a solution must hold against all replies known, and is then
tried against every reply; one that beats it is added. Choices and replies are finite, so that this ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from foedus.law.expression import Assignment, ChoiceKey, Expression
from foedus.law.interpret import at, choices_read
from foedus.law.records import Undecided
from foedus.law.smt.decode import Model, holds, incident_of, value_of
from foedus.law.smt.encode import Context, Encoder, Term, World, both, domain, either, opposite, truth
from foedus.law.smt.sides import Side
from foedus.law.smt.solver import Deadline, Solver, TimedOut, Unsat

_Terms = Mapping[str, Term]


class Contest:
    """One expression that the willing want and the refusing do not; ``refuses`` says when a holder is refusing."""

    def __init__(
        self,
        world: World,
        expression: Expression,
        known: Mapping[ChoiceKey, Side],
        refuses: Callable[[str], Term],
        *,
        refusers_last: bool,
    ) -> None:
        self._world: Final = world
        self._expression: Final = expression
        self._sides: Final = known
        self._refuses: Final = {side.holder: refuses(side.holder) for side in known.values()}
        self._refusers_last: Final = refusers_last
        self._replies: Final[list[Assignment]] = []
        self._early: dict[ChoiceKey, dict[str, Term]] = {}
        self._first: dict[ChoiceKey, dict[str, Term]] = {}

    def settle(self, solver: Solver, deadline: Deadline, *assumed: Term) -> Model | Undecided | None:
        """Return a solution in which the refusing really stop the expression, or None if there is none."""
        if not self._replies:
            solver.add(self.stopped({}))
        while True:
            answer = solver.solve(*assumed)
            if isinstance(answer, TimedOut):
                return deadline.missed(answer.reason)
            if isinstance(answer, Unsat):
                return None
            reply = self._reply(answer.model, deadline)
            if isinstance(reply, Undecided):
                return reply
            if reply is None:
                return answer.model
            solver.add(self.stopped(reply))

    def stopped(self, reply: Assignment) -> Term:
        """Return that the expression is false if the willing choose as told, and their first option elsewhere.

        The refusing choose anew for every reply if they come last, and once for all replies if they come first.
        """
        limits: list[Term] = []
        theirs = {} if self._refusers_last else self._early
        prefix = f"answer {len(self._replies) if self._refusers_last else 0}:"
        if not self._replies:
            self._first = theirs
        self._replies.append(reply)
        context = self._world.context
        said: dict[ChoiceKey, _Terms] = {}
        for key, side in self._sides.items():
            if side.open and key not in theirs:
                theirs[key], limit = domain(context, prefix + "|".join(key), side.refusing)
                limits.append(limit)
            willing = reply.get(key, side.willing[0])
            said[key] = mixed(context, side, self._refuses[side.holder], willing, theirs.get(key, {}))
        encoder = Encoder(context, self._world.facts, said.__getitem__)
        return both(context, [*limits, opposite(encoder.term(self._expression))])

    def lost(self, model: Model) -> Assignment:
        """Return one play of a solution: the willing take their first options, and the refusing answer."""
        return {
            key: value_of(model, self._first[key])
            if side.open and holds(model, self._refuses[side.holder])
            else side.willing[0]
            for key, side in self._sides.items()
        }

    def saved(self, refusing: frozenset[str]) -> list[Assignment]:
        """Return a play for every reply collected: some actors refuse, each by its first option."""
        return [
            {
                key: side.refusing[0] if side.open and side.holder in refusing else reply.get(key, side.willing[0])
                for key, side in self._sides.items()
            }
            for reply in self._replies
        ]

    def in_good_faith(self) -> Term:
        """Return that the expression can be true when nobody refuses."""
        context = self._world.context
        free = {key: domain(context, "free:" + "|".join(key), side.willing) for key, side in self._sides.items()}
        encoder = Encoder(context, self._world.facts, lambda key: free[key][0])
        return both(context, [*(limit for _, limit in free.values()), encoder.term(self._expression)])

    def _reply(self, model: Model, deadline: Deadline) -> Assignment | Undecided | None:
        """Return a way for the willing to win against a supposed solution, or None if there is none."""
        refusing = frozenset(holder for holder, term in self._refuses.items() if holds(model, term))
        incident = incident_of(model, self._world)
        expression = self._expression if incident is None else at(self._expression, incident)
        ours: dict[ChoiceKey, tuple[str, ...]] = {}
        theirs: dict[ChoiceKey, tuple[str, ...]] = {}
        for key in choices_read(expression):
            side = self._sides[key]
            if not side.open or side.holder not in refusing:
                ours[key] = side.willing
            elif self._refusers_last:
                theirs[key] = side.refusing
            else:
                theirs[key] = (value_of(model, self._early[key]),)
        if all(len(options) == 1 for options in ours.values()):
            return None  # then the first reply, the empty one, was the only one
        return _winning(self._world, expression, ours, theirs, deadline)


def mixed(context: Context, side: Side, refuses: Term, willing: str, refusing: _Terms) -> _Terms:
    """Return the options of a choice: one if its holder is willing, else those among which the refusing choose."""
    if not side.open or side.refusing == (willing,):
        return {willing: truth(context, value=True)}
    found: dict[str, Term] = {}
    for option in dict.fromkeys((willing, *refusing)):
        ways = [both(context, (refuses, refusing[option]))] if option in refusing else []
        if option == willing:
            ways.append(opposite(refuses))
        found[option] = either(context, ways)
    return found


def _winning(
    world: World,
    expression: Expression,
    ours: Mapping[ChoiceKey, tuple[str, ...]],
    theirs: Mapping[ChoiceKey, tuple[str, ...]],
    deadline: Deadline,
) -> Assignment | Undecided | None:
    """Return choices of ours that make an expression at an incident true whatever they do, or None."""
    context = world.context
    mine = {key: domain(context, "ours:" + "|".join(key), options) for key, options in ours.items()}
    solver = Solver(context, deadline, [limit for _, limit in mine.values()])
    answer: Assignment | None = {key: options[0] for key, options in theirs.items()}
    while answer is not None:
        said = _sure(world, answer) | {key: terms for key, (terms, _) in mine.items()}
        solver.add(Encoder(context, {}, said.__getitem__).term(expression))
        outcome = solver.solve()
        if isinstance(outcome, TimedOut):
            return deadline.missed(outcome.reason)
        if isinstance(outcome, Unsat):
            return None
        reply = {key: value_of(outcome.model, terms) for key, (terms, _) in mine.items()}
        refuted = _refuting(world, expression, reply, theirs, deadline)
        if isinstance(refuted, Undecided):
            return refuted
        if refuted is None:
            return reply
        answer = refuted
    return None


def _refuting(
    world: World,
    expression: Expression,
    reply: Assignment,
    theirs: Mapping[ChoiceKey, tuple[str, ...]],
    deadline: Deadline,
) -> Assignment | Undecided | None:
    """Return choices of theirs that make the expression false against one reply, or None."""
    context = world.context
    free = {key: domain(context, "theirs:" + "|".join(key), options) for key, options in theirs.items()}
    said = _sure(world, reply) | {key: terms for key, (terms, _) in free.items()}
    encoder = Encoder(context, {}, said.__getitem__)
    limits = [limit for _, limit in free.values()]
    outcome = Solver(context, deadline, [*limits, opposite(encoder.term(expression))]).solve()
    if isinstance(outcome, TimedOut):
        return deadline.missed(outcome.reason)
    if isinstance(outcome, Unsat):
        return None
    return {key: value_of(outcome.model, terms) for key, (terms, _) in free.items()}


def _sure(world: World, assignment: Assignment) -> dict[ChoiceKey, _Terms]:
    return {key: {option: truth(world.context, value=True)} for key, option in assignment.items()}
