"""Why a clause does or does not bind a bearer: its conditions one by one, under given refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from foedus.case.form import Clause
from foedus.law.expression import And, ChoiceKey, Expression, FactAtLeast, FactIn, negation, pick
from foedus.law.incident import Incident
from foedus.law.interpret import choices_read
from foedus.law.meaning import Meaning, facts
from foedus.law.records import Missing, State
from foedus.law.stops import Stance, stops


@dataclass(frozen=True, slots=True)
class Setting:
    """A form, an incident, and who refuses or is silent in it."""

    meaning: Meaning
    incident: Incident
    refusing: frozenset[str]
    stance: Stance

    def elsewhere(self, incident: Incident) -> Setting:
        """Return the same people in another incident."""
        return replace(self, incident=incident)

    def withheld(self, expression: Expression) -> Iterator[ChoiceKey]:
        """Yield the choices read by an expression at the incident that are refused or left in silence."""
        for key in choices_read(expression):
            choice = self.meaning.choices[key]
            if self.stance.is_silent(choice) or (choice.holder in self.refusing and self.stance.may_refuse(choice)):
                yield key


def state_of(setting: Setting, clause: Clause, bearer: str) -> tuple[State, tuple[Missing, ...]]:
    """Return the state of a clause for a bearer, and what is missing of the first condition that fails."""
    if holds(setting, setting.meaning.due(clause, bearer)):
        return "due", ()
    for state, find in _CONDITIONS:
        missing = tuple(find(setting, clause, bearer))
        if missing:
            return state, missing
    return "disputed", ()


def holds(setting: Setting, expression: Expression) -> bool:
    """Return whether nobody who refuses can keep an expression from being true."""
    here = setting.meaning.at(expression, setting.incident)
    return stops(setting.meaning, here, setting.refusing, setting.stance) is False


def _missing(setting: Setting, what: str, expression: Expression) -> Iterator[Missing]:
    if holds(setting, expression):
        return
    here = setting.meaning.at(expression, setting.incident)
    yield Missing(what, tuple(dict.fromkeys(key[-1] for key in setting.withheld(here))))


def _facts(setting: Setting, clause: Clause, bearer: str) -> Iterator[Missing]:  # noqa: ARG001
    needed = facts(clause)
    for literal in needed.children if isinstance(needed, And) else (needed,):
        if isinstance(literal, (FactIn, FactAtLeast)) and not literal.holds(setting.incident):
            yield Missing(literal.field)


def _attacker(setting: Setting, clause: Clause, bearer: str) -> Iterator[Missing]:  # noqa: ARG001
    attacker = setting.incident.attacker
    if clause.collective and clause.kind == "obligation" and attacker in clause.bearers:
        yield Missing("attacker", (attacker,))


def _judges(setting: Setting, clause: Clause, bearer: str) -> Iterator[Missing]:
    for judge in clause.judges:
        yield from _missing(setting, judge.aspect, setting.meaning.judged(clause, judge, bearer))


def _request(setting: Setting, clause: Clause, bearer: str) -> Iterator[Missing]:  # noqa: ARG001
    yield from _missing(setting, "request", setting.meaning.asked(clause))


def _earlier(setting: Setting, clause: Clause, bearer: str) -> Iterator[Missing]:  # noqa: ARG001
    for name in clause.after:
        yield from _missing(setting, name, setting.meaning.performed(setting.meaning.clauses[name]))


def _consents(setting: Setting, clause: Clause, bearer: str) -> Iterator[Missing]:  # noqa: ARG001
    for party in clause.consents:
        yield from _missing(setting, "consent", pick(("consent", clause.id, party), "yes"))


def _approval(setting: Setting, clause: Clause, bearer: str) -> Iterator[Missing]:
    yield from _missing(setting, "approval", setting.meaning.approved(clause, bearer))


def _ended(setting: Setting, clause: Clause, bearer: str) -> Iterator[Missing]:
    for question in (*clause.unless, *clause.until):
        yield from _missing(setting, question.body, negation(setting.meaning.decided(question, bearer)))
    for power, used in setting.meaning.releases(clause, bearer).items():
        yield from _missing(setting, power, negation(used))


def _fellows(setting: Setting, clause: Clause, bearer: str) -> Iterator[Missing]:
    for other in clause.bearers if clause.collective and clause.kind == "obligation" else ():
        if other not in (bearer, setting.incident.victim):
            yield from _missing(setting, clause.id, pick(("act", clause.id, other), "yes"))


def _decision(setting: Setting, clause: Clause, bearer: str) -> Iterator[Missing]:
    if clause.decision:
        yield from _missing(setting, clause.decision.body, setting.meaning.decision(clause, bearer))


Finder = Callable[[Setting, Clause, str], Iterable[Missing]]
_CONDITIONS: tuple[tuple[State, Finder], ...] = (
    ("not_triggered", _facts),
    ("released", _attacker),
    ("not_found", _judges),
    ("not_requested", _request),
    ("waits", _earlier),
    ("no_consent", _consents),
    ("no_approval", _approval),
    ("stopped", _ended),
    ("withheld", _fellows),
    ("not_decided", _decision),
)
