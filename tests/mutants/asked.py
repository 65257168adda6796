"""Does a mutant give another answer to a question that the list of checks asks? Decided by the law, never by a rule.

The questions are those of docs/theory/checks.md, each at the place where the list asks it: the first incident, those
that differ from it in one thing, and for each duty the nearest incident in which it is due.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from meanings import DECIDING, LEVELS, Two, asked, given, owed
from sameness import brought_otherwise, clashes, most_allowed

from foedus.case.form import Clause
from foedus.case.stage import StagedInstrument
from foedus.check.space import attackers_of
from foedus.law.clocks import way
from foedus.law.expression import FALSE, Expression, disjunction
from foedus.law.incident import Incident, IncidentSpace, incident_classes, neighbours
from foedus.law.interpret import choices_read
from foedus.law.meaning import Meaning
from foedus.law.prohibitions import stands
from foedus.law.stops import LAWFUL, PRACTICAL, Stance, stops

ASKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "law": "whether it binds in law (C24), where help is owed or something forbidden to others",
        "way out": "how it ends and is left (C18), where help is owed or something forbidden to others",
        "clash": "which duty clashes with which ban (C12)",
        "order": "what can be done in order (C14)",
        "breach": "what a breach brings, and who can block it (C19)",
        "most": "the most that is allowed in the first incident (C01)",
        "first": "what is owed in the first incident, and what is left of it when one alone, or all, refuse (C01 to "
        "C04, C11)",
        "clause": "where a clause first speaks and at what level, who alone can end a duty, what is left of it when "
        "those who decide, or the victim that asks, say nothing, and by when it is owed (C05, C06, C13, C15 to C17, "
        "C20)",
        "moved": "whether as much as the case asks for is owed where one thing of the first incident is moved (C07 to "
        "C10, C23)",
        "both ways": "what each owes those whom the case protects, and is owed by them (C25)",
    }
)
"""The questions, each with the checks that ask it."""


def asked_otherwise(two: Two, before: StagedInstrument, after: StagedInstrument) -> str:
    """The first question with another answer, by its name; nothing if there is none."""
    return next(_questions(two, before, after), "")


def _questions(two: Two, before: StagedInstrument, after: StagedInstrument) -> Iterator[str]:
    one, other = two.meanings
    space = _as_looked_at(two)
    base = space.base()
    frame = one.form.legal != other.form.legal, one.form.exit != other.form.exit
    binds = any(frame) and any(_binds_somebody(two, meaning, space) for meaning in two.meanings)
    if binds and frame[0]:
        yield "law"
    if binds and frame[1]:
        yield "way out"
    if clashes(two, space, one, before) != clashes(two, space, other, after):
        yield "clash"
    if one.endless != other.endless:
        yield "order"
    if next(brought_otherwise(two, space), None) is not None:
        yield "breach"
    if most_allowed(one, base, two.bearers()) != most_allowed(other, base, two.bearers()):
        yield "most"
    if _refused(one, base) != _refused(other, base):
        yield "first"
    for a, b in two.changed():
        if _of_duty(two, one, a, space) != _of_duty(two, other, b, space):
            yield "clause"
    if _elsewhere(two, one, space, base) != _elsewhere(two, other, space, base):
        yield "moved"
    if _both_ways(two, one, space) != _both_ways(two, other, space):
        yield "both ways"


def _as_looked_at(two: Two) -> IncidentSpace:
    """The incidents of the case in the order of its attackers, in force and with the longest lengths of time alone."""
    space = two.on_stage()
    ordered = tuple(name for name in attackers_of(two.case, two.staged) if name in space.attackers)
    return replace(space, attackers=ordered, lasting=space.lasting[:1], hours=space.hours[:1], phases=("in_force",))


def _binds_somebody(two: Two, meaning: Meaning, space: IncidentSpace) -> bool:
    """Whether help is owed to those whom the case protects, or something is forbidden to others, in some incident."""
    spoken = [
        stands(meaning, clause, bearer)
        for clause in meaning.form.clauses
        if clause.kind == "prohibition"
        for bearer in clause.bearers
        if {victim for victim in space.victims if not clause.beneficiaries or victim in clause.beneficiaries} - {bearer}
    ]
    return any(
        given(meaning, meaning.at(expression, incident))
        for expression in (_help(meaning, 1), *spoken)
        for incident in incident_classes(space, (expression,))
        if two.is_possible(incident)
    )


def _help(meaning: Meaning, level: int) -> Expression:
    """That somebody owes a level, or that some body may bring it."""
    bearers = dict.fromkeys(bearer for clause in meaning.form.clauses for bearer in clause.bearers)
    return disjunction(meaning.provides(bearer, level) for bearer in bearers)


def _level(meaning: Meaning, incident: Incident, refusing: frozenset[str], stance: Stance) -> int:
    """The highest level that is left."""
    return next(
        (
            n
            for n in reversed(LEVELS)
            if stops(meaning, meaning.at(_help(meaning, n), incident), refusing, stance) is False
        ),
        0,
    )


def _reached(meaning: Meaning, incident: Incident, refusing: frozenset[str]) -> int:
    """The highest level that some body may still bring."""
    for n in reversed(LEVELS):
        for body in meaning.bodies:
            reached = meaning.at(meaning.reaches(body, n), incident)
            if reached is not FALSE and stops(meaning, reached, refusing, LAWFUL) is False:
                return n
    return 0


def _refused(meaning: Meaning, base: Incident) -> object:
    """What is left in the first incident: in good faith, when one refuses (lawfully, or by breach), when all do."""
    nobody = frozenset[str]()
    promised = _level(meaning, base, nobody, LAWFUL)
    everybody = frozenset(b for c in meaning.obligations() for b in c.bearers if b != base.victim)
    reachable = [meaning.reaches(body, n) for body in meaning.bodies for n in LEVELS]
    here = [meaning.at(expression, base) for expression in (_help(meaning, promised or 1), *reachable)]
    holders = {meaning.choices[key].holder for key in choices_read(*here)} - {base.victim}
    alone = {
        holder: (
            _level(meaning, base, frozenset({holder}), LAWFUL),
            _level(meaning, base, frozenset({holder}), PRACTICAL),
            _reached(meaning, base, frozenset({holder})),
        )
        for holder in sorted(holders)
    }
    unhurt = (promised, promised, reached := _reached(meaning, base, nobody))
    return (
        promised,
        reached,
        _level(meaning, base, everybody, LAWFUL),
        {holder: left for holder, left in alone.items() if left != unhurt},
    )


def _of_duty(two: Two, meaning: Meaning, clause: Clause, space: IncidentSpace) -> object:
    """Of a duty: where it is first due, at what level, who alone can end it, what silence leaves, and by when."""
    if clause.kind != "obligation":
        return _first(two, meaning, clause, space) is not None
    found = _first(two, meaning, clause, space)
    if found is None:
        return None
    incident, bearer = found
    level = next((n for n in reversed(LEVELS) if given(meaning, _owed_here(meaning, clause, bearer, n, incident))), 0)
    here = (
        _owed_here(meaning, clause, bearer, level, incident)
        if level
        else meaning.at(asked(meaning, clause, bearer), incident)
    )
    keys = choices_read(here)
    holders = sorted({meaning.choices[key].holder for key in keys} - {incident.victim})
    third = frozenset(
        meaning.choices[key].holder
        for key in keys
        if key[0] in ("vote", "consent") or (key[0] == "judgement" and key[-1] not in (bearer, incident.victim))
    ) - {incident.victim}
    deciding = Stance(silent=third, silent_sorts=DECIDING & {"vote", "consent", "judgement"})
    unasked = Stance(silent=frozenset({incident.victim}), silent_sorts=frozenset({"request"}))
    time = way(meaning.form, clause, bearer)
    return (
        (incident.attacker, incident.kind, incident.zone, incident.object, incident.provoked),
        level,
        [holder for holder in holders if stops(meaning, here, frozenset({holder}), LAWFUL) is not False],
        [holder for holder in holders if stops(meaning, here, frozenset({holder}), PRACTICAL) is not False],
        stops(meaning, here, frozenset(), deciding) is False,
        stops(meaning, here, frozenset(), unasked) is False,
        (time.hours, time.is_open),
    )


def _first(two: Two, meaning: Meaning, clause: Clause, space: IncidentSpace) -> tuple[Incident, str] | None:
    """The nearest incident in which a clause asks, allows or forbids something, and whom."""
    spoken = {bearer: asked(meaning, clause, bearer) for bearer in clause.bearers}
    for incident in incident_classes(space, tuple(spoken.values())):
        for bearer, expression in spoken.items() if two.is_possible(incident) else ():
            own = clause.kind == "obligation" and bearer in (incident.attacker, incident.victim)
            if not own and given(meaning, meaning.at(expression, incident)):
                return incident, bearer
    return None


def _owed_here(meaning: Meaning, clause: Clause, bearer: str, level: int, incident: Incident) -> Expression:
    return meaning.at(owed(meaning, clause, bearer, level), incident)


def _elsewhere(two: Two, meaning: Meaning, space: IncidentSpace, base: Incident) -> object:
    """Where one thing of the first incident is moved: what is owed there, as far as the case asks for it."""
    levels = {}
    for _, incident in neighbours(space, base):
        required = two.case.required.get(incident.kind, 0)
        if required and two.is_possible(incident):
            owed_there = _level(meaning, incident, frozenset(), LAWFUL)
            levels[incident] = min(max(owed_there, _reached(meaning, incident, frozenset())), required)
    return levels


def _both_ways(two: Two, meaning: Meaning, space: IncidentSpace) -> object:
    """What each owes each of those whom the case protects at worst and in return, at its height, whatever is done."""
    found = {}
    for victim in space.victims:
        for party in two.bearers():
            if party != victim:
                there = _height(two, meaning, party, replace(space, victims=(victim,)))
                if there:
                    back = _height(two, meaning, victim, replace(space, victims=(party,)))
                    found[victim, party] = there, back
    return found


def _height(two: Two, meaning: Meaning, party: str, space: IncidentSpace) -> int:
    for n in reversed(LEVELS):
        provides = meaning.provides(party, n)
        for incident in incident_classes(space, (provides,)) if provides is not FALSE else ():
            if two.is_possible(incident) and given(meaning, meaning.at(provides, incident)):
                return n
    return 0
