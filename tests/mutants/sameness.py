"""Does a mutant mean something else than its original, and for whom? Decided by the law alone, never by a rule.

The three classes and their parts are defined in docs/theory/mutants.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from meanings import LEVELS, WAYS, Both, Two, asked, given, owed, told_apart

from foedus.case.form import Clause
from foedus.case.ladders import level_of
from foedus.case.stage import StagedInstrument
from foedus.law.clocks import path
from foedus.law.conflict import conflicts
from foedus.law.expression import FALSE, Expression, fact_in
from foedus.law.incident import Incident, IncidentSpace, incident_classes
from foedus.law.meaning import Meaning
from foedus.law.records import Undecided
from foedus.law.stops import holder_literals


class Differs(StrEnum):
    """For whom a mutant means something else."""

    FOR_THE_CASE = "for the case"
    ELSEWHERE = "elsewhere"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Difference:
    """The widest class, the part of the meaning in which the two differ first, and an incident in which they do."""

    differs: Differs
    part: str = ""
    incident: Incident | None = None


SAME: Final = Difference(Differs.NOWHERE)


def difference(two: Two, before: StagedInstrument, after: StagedInstrument) -> Difference:
    """Compare two forms; ``before`` and ``after`` are the texts, for the words on which clause goes first."""
    for part, incident in _for_the_case(two, before, after):
        return Difference(Differs.FOR_THE_CASE, part, incident)
    for part, incident in _elsewhere(two, before, after):
        return Difference(Differs.ELSEWHERE, part, incident)
    return SAME


Found = Iterator[tuple[str, Incident | None]]


def _for_the_case(two: Two, before: StagedInstrument, after: StagedInstrument) -> Found:
    one, other = two.forms
    if one.legal != other.legal:
        yield "how it binds", None
    if one.exit != other.exit:
        yield "the way out", None
    space = two.on_stage()
    yield from _played_otherwise(two, space, two.help(), "the help")
    yield from _allowed(two, space)
    yield from _played_otherwise(two, space, two.forbidden(), "what is forbidden")
    if clashes(two, space, two.meanings[0], before) != clashes(two, space, two.meanings[1], after):
        yield "which duty clashes with which ban", None
    yield from _clocks(two, space)
    yield from brought_otherwise(two, space)
    yield from _in_return(two, space)


def _played_otherwise(two: Two, space: IncidentSpace, questions: Iterable[Both], part: str) -> Found:
    """The plainest way in which more is left of one than of the other, whoever refuses or is silent."""
    one, other = two.meanings
    told = dict.fromkeys(question for question in questions if question[0] is not FALSE or question[1] is not FALSE)
    same_choices = one.choices == other.choices
    found: dict[str, Incident] = {}
    for here, there in told:
        if here == there and same_choices:
            continue
        read = (here, there, *holder_literals(one, [here], "victim"), *holder_literals(other, [there], "victim"))
        for incident in incident_classes(space, read):
            if not two.is_possible(incident):
                continue
            way = told_apart(two, (one.at(here, incident), other.at(there, incident)), incident.victim)
            if way:
                found.setdefault(way, incident)
            if way == WAYS[0]:
                yield f"{part}, {way}", incident
                return
    yield from ((f"{part}, {way}", found[way]) for way in WAYS if way in found)


def _allowed(two: Two, space: IncidentSpace) -> Found:
    changed = [clause for pair in two.changed() for clause in pair]
    about = two.bearers(*(clause for clause in changed if clause.kind in ("obligation", "permission", "prohibition")))
    if not changed or not about:
        return
    read = [
        expression
        for meaning in two.meanings
        for bearer in about
        for expression in (
            meaning.may_provide(bearer),
            *(asked(meaning, clause, bearer) for clause in meaning.form.clauses),
        )
    ]
    for incident in incident_classes(space, read):
        if two.is_possible(incident) and most_allowed(two.meanings[0], incident, about) != most_allowed(
            two.meanings[1], incident, about
        ):
            yield "what is allowed", incident


def most_allowed(meaning: Meaning, incident: Incident, about: tuple[str, ...]) -> object:
    """The most that each bearer may do for the victim, less what is forbidden, and what may be done against it."""
    heights: dict[tuple[str, bool], int] = {}
    limits: dict[str, int] = {}
    for clause in meaning.form.clauses:
        for bearer in (name for name in about if name in clause.bearers):
            if clause.kind == "prohibition" and clause.most_level is not None:
                if given(meaning, meaning.at(asked(meaning, clause, bearer), incident)):
                    limits[bearer] = min(clause.most_level, limits.get(bearer, clause.most_level))
            elif clause.kind in ("obligation", "permission") and bearer not in (incident.attacker, incident.victim):
                most = level_of(clause.response[clause.bearers.index(bearer)].most)
                key = (bearer, clause.against_beneficiary)
                if most > heights.get(key, 0) and given(meaning, meaning.at(asked(meaning, clause, bearer), incident)):
                    heights[key] = most
    return {key: min(height, limits.get(key[0], height)) for key, height in heights.items()}


def clashes(two: Two, space: IncidentSpace, meaning: Meaning, staged: StagedInstrument) -> object:
    if not any(clause.kind == "prohibition" for clause in meaning.form.clauses):
        return None
    attackers = tuple(name for name in space.attackers if name not in space.victims) or space.attackers
    space = replace(space, attackers=attackers, phases=("in_force",))
    found = conflicts(meaning, space, lambda _duty, _ban: True, kept_wanted=False)
    if isinstance(found, Undecided):
        return "undecided"
    return {
        (clash.duty, clash.prohibition, clash.thing, clash.bearers, _first(staged, clash.duty, clash.prohibition))
        for clash in found.clashes
    }


def _first(staged: StagedInstrument, duty: str, ban: str) -> str | None:
    """Which of two clauses goes first by the words of either; nobody if both are said to (meaning.md, section 9)."""
    written = {clause.id: clause for clause in staged.model.clauses}
    firsts = {
        winner
        for winner, loser in ((duty, ban), (ban, duty))
        if {loser, "any"} & {*written[winner].overrides} or {winner, "any"} & {*written[loser].subject_to}
    }
    return firsts.pop() if len(firsts) == 1 else None


def _clocks(two: Two, space: IncidentSpace) -> Found:
    """By which hour each provider owes each level, where the path of some clause takes another time."""
    timed = [
        (a, b, bearer)
        for a, b in two.clauses()
        for bearer in two.bearers(a, b)
        if _time(two.meanings[0], a, bearer) != _time(two.meanings[1], b, bearer)
    ]
    for bearer in dict.fromkeys(bearer for _, _, bearer in timed):
        for level in LEVELS:
            read = [
                owed(meaning, clause, bearer, level) for meaning in two.meanings for clause in meaning.obligations()
            ]
            free = two.meanings[0].may_provide(bearer)
            for incident in incident_classes(space, (free, *read)) if any(e is not FALSE for e in read) else ():
                if bearer in (incident.attacker, incident.victim) or not two.is_possible(incident):
                    continue
                if _soonest(two.meanings[0], bearer, level, incident) != _soonest(
                    two.meanings[1], bearer, level, incident
                ):
                    yield "the clock", incident


def _time(meaning: Meaning, clause: Clause, bearer: str) -> object:
    if clause.kind != "obligation" or bearer not in clause.bearers:
        return None
    found = path(meaning.form, clause, bearer)
    return found.hours, found.is_open


def _soonest(meaning: Meaning, bearer: str, level: int, incident: Incident) -> object:
    times = [
        path(meaning.form, clause, bearer)
        for clause in meaning.obligations()
        if bearer in clause.bearers and given(meaning, meaning.at(owed(meaning, clause, bearer, level), incident))
    ]
    return min((t.hours for t in times if t.hours is not None), default=None), any(t.is_open for t in times)


def brought_otherwise(two: Two, space: IncidentSpace) -> Found:
    for a, b in two.clauses():
        sides = tuple(zip(two.meanings, (a, b), strict=True))
        named = [_brings(clause) for _, clause in sides]
        questions = [] if named[0] != named[1] else list(_what_follows(two, a, b))
        if named[0] == named[1] and all(here == there for here, there in questions):
            continue
        concern = [
            asked(meaning, clause, bearer)
            for meaning, clause in sides
            if clause.kind in ("obligation", "prohibition")
            for bearer in clause.bearers
        ] + [fact_in("victim", (bearer,)) for bearer in two.bearers(a, b)]
        live = next((incident for incident in incident_classes(space, concern) if _is_live(two, sides, incident)), None)
        if live is None:
            continue
        if named[0] != named[1] or next(_played_otherwise(two, space, questions, ""), None) is not None:
            yield "what a breach brings", live


def _brings(clause: Clause) -> object:
    found = clause.consequence if clause.kind in ("obligation", "prohibition") else None
    return found and (found.known, frozenset(found.clauses), found.decision)


def _what_follows(two: Two, a: Clause, b: Clause) -> Iterator[Both]:
    one, other = two.meanings
    for bearer in two.bearers(a, b):
        if a.consequence is not None and a.consequence.decision is not None:
            yield one.decided(a.consequence.decision, bearer), other.decided(a.consequence.decision, bearer)
    for name in a.consequence.clauses if a.consequence is not None else ():
        before, after = one.clauses[name], other.clauses[name]
        for bearer in dict.fromkeys((*before.bearers, *after.bearers)):
            yield asked(one, before, bearer), asked(other, after, bearer)


def _is_live(two: Two, sides: tuple[tuple[Meaning, Clause], ...], incident: Incident) -> bool:
    """Whether either clause asks something of somebody else than the victim in an incident that can be."""
    return two.is_possible(incident) and any(
        clause.kind in ("obligation", "prohibition")
        and bearer != incident.victim
        and given(meaning, meaning.at(asked(meaning, clause, bearer), incident))
        for meaning, clause in sides
        for bearer in clause.bearers
    )


def _in_return(two: Two, space: IncidentSpace) -> Found:
    """What those whom the case protects owe others in good faith."""
    one, other = two.meanings
    changed = [clause for pair in two.changed() for clause in pair if clause.kind == "obligation"]
    for party in space.victims:
        others = dict.fromkeys(
            name for clause in changed if party in clause.bearers for name in sorted(clause.beneficiaries)
        )
        others.pop(party, None)
        if not others:
            continue
        mirrored = replace(space, victims=tuple(others), phases=("in_force",))
        for level in LEVELS:
            here, there = one.provides(party, level), other.provides(party, level)
            for incident in incident_classes(mirrored, (here, there)) if here != there else ():
                if given(one, one.at(here, incident)) != given(other, other.at(there, incident)):
                    yield "what is owed in return", incident


def _elsewhere(two: Two, before: StagedInstrument, after: StagedInstrument) -> Found:
    one, other = two.meanings
    common = one.choices.keys() & other.choices.keys()
    if any(one.choices[key] != other.choices[key] for key in common):
        yield "what silence says, or whether a no is breach", None
    if one.endless != other.endless:
        yield "what can be done in order", None
    if _priorities(before) != _priorities(after):
        yield "which clause goes first", None
    space = two.everywhere()
    for a, b in two.clauses():
        for bearer in two.bearers(a, b):
            yield from _asked_otherwise(two, space, a, b, bearer)
        spoken = any(e is not FALSE for m, c in zip(two.meanings, (a, b), strict=True) for e in _all(m, c))
        if spoken and _brings(a) != _brings(b):
            yield "what a breach brings, elsewhere", None


def _asked_otherwise(two: Two, space: IncidentSpace, a: Clause, b: Clause, bearer: str) -> Found:
    """Where a clause asks other things of a bearer, or asks them otherwise; as far as can be seen without choosing."""
    one, other = two.meanings
    questions = {
        "when a clause speaks": (asked(one, a, bearer), asked(other, b, bearer)),
        **{f"what level a clause gives ({n})": (owed(one, a, bearer, n), owed(other, b, bearer, n)) for n in LEVELS},
    }
    if a.leads_to is not None or b.leads_to is not None:
        questions["what a clause may lead to"] = _leads(one, a, bearer), _leads(other, b, bearer)
    alive = any(e is not FALSE for e in questions["when a clause speaks"])
    if alive and _things(a, bearer) != _things(b, bearer):
        yield "what a clause is about", None
    if alive and _time(one, a, bearer) != _time(other, b, bearer):
        yield "the clock, elsewhere", None
    for part, (here, there) in questions.items():
        for incident in incident_classes(space, (here, there)) if here != there else ():
            if one.at(here, incident) != other.at(there, incident):
                yield part, incident


def _things(clause: Clause, bearer: str) -> object:
    """What a clause asks for, beside when: acts, things forbidden, a limit, its kind."""
    if bearer not in clause.bearers or clause.kind == "declaration":
        return None
    response = clause.response[clause.bearers.index(bearer)]
    owed_acts = (response.least, response.most) if clause.kind in ("obligation", "permission") else None
    banned = (clause.forbids, clause.most_level) if clause.kind == "prohibition" else None
    against = clause.kind == "permission" and clause.against_beneficiary
    return clause.kind, owed_acts, banned, against, clause.leads_to and clause.leads_to.level


def _leads(meaning: Meaning, clause: Clause, bearer: str) -> Expression:
    return meaning.decided(clause.leads_to.question, bearer) if clause.leads_to is not None else FALSE


def _all(meaning: Meaning, clause: Clause) -> Iterator[Expression]:
    if clause.kind in ("obligation", "prohibition"):
        yield from (asked(meaning, clause, bearer) for bearer in clause.bearers)


def _priorities(staged: StagedInstrument) -> object:
    return [(frozenset(clause.overrides), frozenset(clause.subject_to)) for clause in staged.model.clauses]
