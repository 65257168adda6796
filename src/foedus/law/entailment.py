"""Does a clause ask for anything that earlier instruments do not ask for already (meaning.md, section 7)?

Both are put into one form, in which everybody's choices are the same choices: who asks for help under one text has
asked, and who judges an attack has judged it. A clause adds nothing if there is no incident and no choice of anybody's
in which it obliges, forbids or allows something and none of the earlier clauses does.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from foedus.case.form import Body, Clause, Form, Owed, Question
from foedus.case.ladders import ACT_LEVEL, OTHER, PHASES
from foedus.law.alike import kind_of_party
from foedus.law.expression import FALSE, TRUE, Expression, conjunction, disjunction, fact_in, negation
from foedus.law.incident import Incident, IncidentSpace, incident_classes
from foedus.law.interpret import choices_read
from foedus.law.meaning import HIGHEST, Meaning
from foedus.law.prohibitions import stands
from foedus.law.records import Undecided
from foedus.law.stops import LAWFUL, PRACTICAL, stops

BY_THE_ATTACKER: Final = frozenset({"attack", "threat_of_force", "nuclear_use"})
"""What is forbidden here is the incident itself; of other prohibitions the bearer need not be the attacker."""
HELP: Final = 2
"""The level from which acts are help that "all means" includes; talk is not a means."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing a clause asks of a bearer, and that some earlier clause asks for it too, by clause."""

    bearer: str
    asked: Expression
    earlier: Mapping[str, Expression]


@dataclass(frozen=True, slots=True)
class Added:
    """What a clause adds: in ``speaks`` it asks for something, in ``adds`` for something that nothing earlier asks for.

    Both are ``None`` for a clause that never speaks. ``by`` are the earlier clauses that ask for as much at ``speaks``.
    """

    speaks: Incident | None
    adds: Incident | None
    by: tuple[str, ...] = ()


def beside(form: Form, earlier: Sequence[Form]) -> Form:
    """Return one form of a text and earlier ones: their clauses come after its own, named "instrument/clause".

    A body of the same name and make is the same body. Silences are left out: every choice is asked for every option.
    Earlier texts are in force in whatever phase the later one is.
    """
    bodies = {body.id: _plain_body(body) for body in form.bodies}
    clauses = [_plain_clause(clause) for clause in form.clauses]
    parties = dict.fromkeys(form.parties)
    control = dict.fromkeys(form.control)
    for old in earlier:
        names = {body.id: _name_of_body(old, body, bodies) for body in old.bodies}
        bodies |= {names[body.id]: replace(_plain_body(body), id=names[body.id]) for body in old.bodies}
        clauses += [_renamed(_plain_clause(clause), old.id, names) for clause in old.clauses]
        parties |= dict.fromkeys(old.parties)
        control |= dict.fromkeys(old.control)
    return Form(form.id, tuple(parties), tuple(clauses), tuple(bodies.values()), tuple(control), form.legal)


def adds(meaning: Meaning, clause: Clause, space: IncidentSpace) -> Added | Undecided:
    """Return what a clause of a form made by :func:`beside` adds, in a space made by :func:`space_of`."""
    speaks: Incident | None = None
    by: tuple[str, ...] = ()
    first = {group[0] for group in _alike(meaning.form)}
    for demand in _demands(meaning, clause, [bearer for bearer in clause.bearers if bearer in first]):
        cover = disjunction(demand.earlier.values())
        held = disjunction((negation(demand.asked), cover))
        for incident in incident_classes(space, (demand.asked, *demand.earlier.values())):
            asked = meaning.at(demand.asked, incident)
            if asked is FALSE or not _is_possible(meaning, asked):
                continue
            if speaks is None:
                speaks = incident
                by = tuple(name for name, old in demand.earlier.items() if meaning.at(old, incident) is not FALSE)
            if meaning.at(cover, incident) is FALSE:
                return Added(speaks, incident)
            always = _is_certain(meaning, meaning.at(held, incident))
            if isinstance(always, Undecided):
                return always
            if not always:
                return Added(speaks, incident)
    return Added(speaks, None, by)


def space_of(form: Form, space: IncidentSpace) -> IncidentSpace:
    """Return the incidents in which clauses are compared: anybody attacks anybody, in every phase and at every hour.

    Of parties that the form cannot tell apart three are enough: a bearer, an attacker and a victim.
    """
    parties = [party for group in _alike(form) for party in group[:3]]
    hours = {clause.default.after_hours for clause in form.clauses if clause.default is not None}
    spoken = {phase for clause in form.clauses for phase in clause.trigger.phases}
    return replace(
        space,
        attackers=tuple(dict.fromkeys((space.base().attacker, *parties, OTHER))),
        victims=tuple(dict.fromkeys((space.base().victim, *parties))),
        provoked=(False, True),
        phases=tuple(dict.fromkeys(("in_force", *(phase for phase in PHASES if phase in spoken)))),
        lasting=tuple(sorted({0, *(clause.trigger.lasting_hours for clause in form.clauses)})),
        hours=tuple(sorted({0, *hours})),
    )


def _alike(form: Form) -> list[list[str]]:
    """Everybody the form knows, in groups that it cannot tell apart."""
    known = dict.fromkeys(form.parties)
    for clause in form.clauses:
        known |= dict.fromkeys((*clause.bearers, *sorted(clause.beneficiaries)))
    groups: dict[Hashable, list[str]] = {}
    for party in known:
        groups.setdefault(kind_of_party(form, party), []).append(party)
    return list(groups.values())


def _demands(meaning: Meaning, clause: Clause, bearers: Iterable[str]) -> Iterator[Demand]:
    earlier = [old for old in meaning.form.clauses if "/" in old.id and old.kind == clause.kind]
    for bearer in bearers:
        old = [other for other in earlier if bearer in other.bearers]
        if clause.kind == "obligation":
            yield from _owed(meaning, clause, bearer, old)
        elif clause.kind == "prohibition":
            yield from _forbidden(meaning, clause, bearer, old)
        elif clause.kind == "permission":
            yield from _allowed(meaning, clause, bearer, old)


def _owed(meaning: Meaning, clause: Clause, bearer: str, earlier: list[Clause]) -> Iterator[Demand]:
    """Each level, each act, and the help that a decision may bring."""
    towards = _towards(clause)
    for level in range(1, HIGHEST + 1):
        asked = conjunction((towards, meaning.owes(clause, bearer, level)))
        if asked is not FALSE:
            yield Demand(
                bearer,
                asked,
                {old.id: conjunction((_towards(old), meaning.owes(old, bearer, level))) for old in earlier},
            )
    for act in sorted(_response(clause, bearer).least):
        found = {
            old.id: conjunction((_towards(old), meaning.due(old, bearer)))
            for old in earlier
            if _includes(_response(old, bearer).least, act)
        }
        yield Demand(bearer, conjunction((towards, meaning.due(clause, bearer))), found)
    if clause.leads_to is not None:
        yield Demand(
            bearer,
            _reached(meaning, clause, bearer),
            {
                old.id: _reached(meaning, old, bearer)
                for old in earlier
                if old.leads_to is not None and old.leads_to.level >= clause.leads_to.level
            },
        )


def _forbidden(meaning: Meaning, clause: Clause, bearer: str, earlier: list[Clause]) -> Iterator[Demand]:
    """Each act that is forbidden, and the limit."""
    for act in sorted(clause.forbids):
        where = fact_in("attacker", (bearer,)) if act in BY_THE_ATTACKER else TRUE
        asked = conjunction((where, _towards(clause), stands(meaning, clause, bearer)))
        found = {
            old.id: conjunction((_towards(old), stands(meaning, old, bearer))) for old in earlier if act in old.forbids
        }
        yield Demand(bearer, asked, found)
    if clause.most_level is not None:
        yield Demand(
            bearer,
            conjunction((_towards(clause), stands(meaning, clause, bearer))),
            {
                old.id: conjunction((_towards(old), stands(meaning, old, bearer)))
                for old in earlier
                if old.most_level is not None and old.most_level <= clause.most_level
            },
        )


def _allowed(meaning: Meaning, clause: Clause, bearer: str, earlier: list[Clause]) -> Iterator[Demand]:
    """Each act that may be done."""
    for act in sorted(_response(clause, bearer).most):
        found = {
            old.id: conjunction((_towards(old), meaning.due(old, bearer)))
            for old in earlier
            if _includes(_response(old, bearer).most, act) and old.against_beneficiary == clause.against_beneficiary
        }
        yield Demand(bearer, conjunction((_towards(clause), meaning.due(clause, bearer))), found)


def _reached(meaning: Meaning, clause: Clause, bearer: str) -> Expression:
    if clause.leads_to is None:
        raise ValueError(f"clause {clause.id!r} leads to no decision")
    decided = meaning.decided(clause.leads_to.question, bearer)
    return conjunction((_towards(clause), meaning.due(clause, bearer), decided))


def _towards(clause: Clause) -> Expression:
    """That the victim is somebody the clause is about; a clause that names nobody is about everybody."""
    return fact_in("victim", clause.beneficiaries or None)


def _includes(acts: frozenset[str], act: str) -> bool:
    return act in acts or ("all_means" in acts and ACT_LEVEL[act] >= HELP)


def _response(clause: Clause, bearer: str) -> Owed:
    return clause.response[clause.bearers.index(bearer)]


def _is_possible(meaning: Meaning, here: Expression) -> bool:
    """Whether what a clause asks comes about when everybody is willing."""
    return stops(meaning, here, frozenset(), LAWFUL) is False


def _is_certain(meaning: Meaning, here: Expression) -> bool | Undecided:
    """Whether an expression is true whatever anybody chooses: all refuse, lawfully or not, and cannot make it false."""
    everybody = frozenset(meaning.choices[key].holder for key in choices_read(here))
    found = stops(meaning, here, everybody, PRACTICAL)
    return found if isinstance(found, Undecided) else not found


def _plain_body(body: Body) -> Body:
    return replace(body, silence="absent")


def _plain_clause(clause: Clause) -> Clause:
    return replace(
        clause,
        judges=tuple(replace(judge, silence=False) for judge in clause.judges),
        request=replace(clause.request, silence=False) if clause.request is not None else None,
        domestic=replace(clause.domestic, silence=False) if clause.domestic is not None else None,
        consent_silence=False,
    )


def _name_of_body(old: Form, body: Body, known: Mapping[str, Body]) -> str:
    return body.id if known.get(body.id, _plain_body(body)) == _plain_body(body) else f"{old.id}/{body.id}"


def _renamed(clause: Clause, owner: str, bodies: Mapping[str, str]) -> Clause:
    """A clause of an earlier form under a name of its own; the matters put to bodies keep theirs."""

    def asked(question: Question) -> Question:
        return replace(question, body=bodies[question.body])

    releases, leads_to = clause.releases, clause.leads_to
    chooser = clause.means_chosen_by
    return replace(
        clause,
        id=f"{owner}/{clause.id}",
        trigger=replace(clause.trigger, phases=_always(clause.trigger.phases)),
        judges=tuple(replace(judge, by=bodies[judge.by]) if judge.is_body else judge for judge in clause.judges),
        means_chosen_by=bodies[chooser] if clause.means_by_body else chooser,
        decision=asked(clause.decision) if clause.decision is not None else None,
        after=tuple(f"{owner}/{name}" for name in clause.after),
        unless=tuple(asked(question) for question in clause.unless),
        until=tuple(asked(question) for question in clause.until),
        leads_to=replace(leads_to, question=asked(leads_to.question)) if leads_to is not None else None,
        releases=replace(releases, clauses=tuple(f"{owner}/{name}" for name in releases.clauses))
        if releases is not None
        else None,
    )


def _always(phases: frozenset[str]) -> frozenset[str]:
    return frozenset(PHASES) if "in_force" in phases else phases
