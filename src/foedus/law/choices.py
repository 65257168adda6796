"""The choices of a form: who decides what, between which options, and what silence says (meaning.md, section 2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from foedus.case.form import Body, Clause, Form, Question
from foedus.law.expression import ChoiceKey

YES_NO: Final = ("yes", "no")
VOTES: Final = ("yes", "no", "abstain", "absent")
MEANS: Final = ("0", "1", "2", "3", "4", "5")
SORTS: Final = ("vote", "judgement", "request", "consent", "means", "approval", "power", "act")


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice and its holder; ``performance`` if withholding is breach, ``default`` is what silence says."""

    key: ChoiceKey
    holder: str
    options: tuple[str, ...]
    performance: bool
    default: str

    @property
    def sort(self) -> str:
        """Return the sort of the choice: one of ``SORTS``."""
        return self.key[0]


Choices = Mapping[ChoiceKey, Choice]


def choices_of(form: Form) -> dict[ChoiceKey, Choice]:
    """Return every choice that some clause of the form names; refuse a key with two different silences."""
    bodies = {body.id: body for body in form.bodies}
    conditions = {
        party for clause in form.clauses if clause.domestic and clause.domestic.is_condition
        for party in clause.domestic.parties
    }  # fmt: skip
    found: dict[ChoiceKey, Choice] = {}
    places: dict[ChoiceKey, str] = {}
    for clause in form.clauses:
        for choice in _choices_of_clause(form, bodies, conditions, clause):
            known = found.setdefault(choice.key, choice)
            place = places.setdefault(choice.key, clause.id)
            if known.default != choice.default:
                raise ValueError(
                    f"silence on {choice.key} says {known.default!r} in clause {place!r}"
                    f" and {choice.default!r} in clause {clause.id!r}"
                )
    return found


def possible_victims(form: Form, clause: Clause) -> tuple[str, ...]:
    """Return who may be the victim when the clause speaks: its declared victims, else everybody the form knows."""
    known = dict.fromkeys(form.parties)
    for other in form.clauses:
        known.update(dict.fromkeys(sorted(other.beneficiaries)))
    if clause.trigger.victims is None:
        return tuple(known)
    return tuple(sorted(clause.trigger.victims))


def closure(control: Iterable[tuple[str, str]], actors: Iterable[str]) -> frozenset[str]:
    """Return some actors with everybody they control, directly or through others."""
    pairs = tuple(control)
    found = set(actors)
    waiting = list(found)
    while waiting:
        holder = waiting.pop()
        for controller, controlled in pairs:
            if controller == holder and controlled not in found:
                found.add(controlled)
                waiting.append(controlled)
    return frozenset(found)


def masters(control: Iterable[tuple[str, str]], actor: str) -> frozenset[str]:
    """Return an actor with everybody who controls it, directly or through others."""
    return closure(((controlled, controller) for controller, controlled in control), (actor,))


def protected(form: Form, victim: str) -> frozenset[str]:
    """Return the victim and whom it controls: they never refuse."""
    return closure(form.control, (victim,))


def questions_of(clause: Clause) -> Iterator[Question]:
    """Yield every question that a clause puts to a body, its judges and its means included."""
    for judge in clause.judges:
        if judge.is_body:
            yield Question(judge.by, f"judge:{judge.aspect}")
    if clause.means_by_body:
        yield Question(clause.means_chosen_by, f"means:{clause.id}")
    if clause.decision:
        yield clause.decision
    yield from clause.unless
    yield from clause.until
    if clause.leads_to:
        yield clause.leads_to.question
    if clause.consequence is not None and clause.consequence.decision is not None:
        yield clause.consequence.decision


def _choices_of_clause(
    form: Form, bodies: Mapping[str, Body], conditions: set[str], clause: Clause
) -> Iterator[Choice]:
    for question in questions_of(clause):
        yield from _votes(bodies, question, clause)
    yield from _judgements(form, clause)
    yield from _requests(form, clause)
    for party in clause.consents:
        yield _yes_no("consent", clause.id, party, silence=clause.consent_silence)
    if clause.means_chosen_by != "bearer" and not clause.means_by_body:
        party = clause.means_chosen_by
        yield Choice(("means", clause.id, party), party, MEANS, performance=False, default="0")
    approvers = clause.domestic.parties if clause.domestic else ()
    for bearer in clause.bearers:
        if clause.domestic and bearer in approvers:
            silence = clause.domestic.silence
            yield _yes_no("approval", bearer, performance=bearer not in conditions, silence=silence)
        if clause.kind == "power":
            yield _yes_no("power", clause.id, bearer)
        if clause.kind == "obligation":
            yield _yes_no("act", clause.id, bearer, performance=True)


def _requests(form: Form, clause: Clause) -> Iterator[Choice]:
    request = clause.request
    for party in request.by if request else ():
        for asker in possible_victims(form, clause) if party == "victim" else (party,):
            yield _yes_no("request", asker, silence=bool(request and request.silence))


def _votes(bodies: Mapping[str, Body], question: Question, clause: Clause) -> Iterator[Choice]:
    if question.body not in bodies:
        raise ValueError(f"clause {clause.id!r} puts {question.matter!r} to {question.body!r}, which is no body")
    body = bodies[question.body]
    for member in dict.fromkeys((*body.members, *body.outside_veto)):
        yield Choice(("vote", body.id, question.matter, member), member, VOTES, performance=False, default=body.silence)


def _judgements(form: Form, clause: Clause) -> Iterator[Choice]:
    for judge in clause.judges:
        if judge.is_body or judge.by == "objective":
            continue
        if judge.by == "bearer":
            parties: tuple[str, ...] = clause.bearers
        elif judge.by == "victim":
            parties = possible_victims(form, clause)
        else:
            parties = (judge.by,)
        for party in parties:
            yield _yes_no("judgement", judge.aspect, party, silence=judge.silence)


def _yes_no(*key: str, performance: bool = False, silence: bool = False) -> Choice:
    return Choice(key, key[-1], YES_NO, performance, "yes" if silence else "no")
