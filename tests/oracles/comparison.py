"""What the law stage and the brute force say about the same random forms, side by side.

The brute force answers once (``sheet``); the law stage is asked through its modules (``disagreement``), so that a fault
planted in one of them is asked as well.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import brute_force
from random_forms import IncidentFields, random_form

from foedus.case.form import Body, Clause, Form, Judge, Owed, Question
from foedus.case.ladders import ACT_LEVEL
from foedus.law import incident as law_incident
from foedus.law import interpret as law_interpret
from foedus.law import meaning as law_meaning
from foedus.law import promise as law_promise
from foedus.law import stoppers as law_stoppers
from foedus.law import stops as law_stops

ASSIGNMENTS = 12
STANCES = tuple(product((False, True), (True, False)))
"""Practical or lawful, refusers last or first."""
Sets = frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Point:
    """One complete assignment, and what the brute force says of it."""

    said: dict[brute_force.Key, str]
    providers: frozenset[str]
    due: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """One incident, a question, and points."""

    fields: IncidentFields
    query: brute_force.Query
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form with everything that the brute force says of it.

    Sets and good faith are those of the first place, the sets for ``query``.
    """

    seed: int
    form: Form
    places: tuple[Place, ...]
    query: brute_force.Query
    sets: dict[tuple[bool, bool], Sets]
    good_faith: int
    good_faith_reachable: int


def sheets(count: int, *, first: int = 0, contrary: bool = False) -> Iterator[Sheet]:
    """Yield the sheets of so many forms; ``contrary`` ones are such that the order of choosing can matter."""
    for seed in range(first, first + count):
        rng = random.Random(seed)
        yield sheet(seed, rng, *(contrary_form(rng) if contrary else random_form(rng)))


def sheet(seed: int, rng: random.Random, form: Form, incidents: list[IncidentFields]) -> Sheet:
    """Let the brute force answer. An incident with help in good faith, asked at a level that it has, comes first."""
    places = [_place(rng, form, fields) for fields in incidents]
    answers = []
    for number, place in enumerate(places):
        answers.append(_in_good_faith(rng, form, place))
        if answers[-1][0] is not None:
            places[0], places[number] = place, places[0]
            answers[0] = answers[-1]
            break
    asked, good_faith, reachable = answers[0]
    query = asked or places[0].query
    incident = brute_force.Incident(**places[0].fields)
    sets = {
        (practical, last): frozenset(
            brute_force.stopping_sets(form, incident, query, practical=practical, refusers_last=last)
        )
        for practical, last in STANCES
    }
    return Sheet(seed, form, tuple(places), query, sets, good_faith, reachable)


def _in_good_faith(rng: random.Random, form: Form, place: Place) -> tuple[brute_force.Query | None, int, int]:
    """Return a question that good faith answers with help, if there is one, and the levels owed and reachable."""
    incident = brute_force.Incident(**place.fields)
    reachable = brute_force.good_faith(form, incident, reachable=True)
    if not reachable:  # whoever provides what is owed provides what is reachable
        return None, 0, 0
    owed = brute_force.good_faith(form, incident)
    if not brute_force.stops(form, incident, place.query, frozenset(), practical=False):
        return place.query, owed, reachable
    return brute_force.Query(rng.randint(1, owed or reachable), reachable=not owed), owed, reachable


def contrary_form(rng: random.Random) -> tuple[Form, list[IncidentFields]]:
    """Draw a form with help where two bodies both say yes, and where both do not: who chooses last decides."""
    parties = tuple("ABCV")

    def body(name: str) -> Body:
        members = tuple(rng.sample("ABC", rng.randint(1, 2)))
        veto = tuple(rng.sample(members, 1)) if rng.random() < 0.3 else ()
        rule = rng.choice(("unanimity", "majority", "share"))
        return Body(name, members, rule, rng.choice(("entitled", "cast")), quorum=rng.randint(0, 1), veto=veto)

    first, second = Question("B0", "help"), Question("B1", "judge:attack")
    owed = Owed(frozenset({"arm"}), frozenset({"arm"}))
    bearer = rng.choice(parties[:3])
    both = Clause("c0", "obligation", (bearer,), frozenset("V"), (owed,), decision=first)
    both = replace(both, judges=(Judge("attack", "B1", is_body=True),))
    neither = Clause("c1", "obligation", (bearer,), frozenset("V"), (owed,), unless=(first, second))
    control = (("C", "B"),) if rng.random() < 0.2 else ()
    form = Form("contrary", parties, (both, neither), (body("B0"), body("B1")), control)
    return form, [{"attacker": attacker, "victim": "V"} for attacker in ("OTHER", "A")]


def _place(rng: random.Random, form: Form, fields: IncidentFields) -> Place:
    query = brute_force.Query(rng.choice((1, 1, 2, 3, 4, 5)), k=rng.choice((1, 1, 2)), reachable=rng.random() < 0.5)
    if rng.random() < 0.2:
        query = replace(query, level=None, act=rng.choice(sorted(ACT_LEVEL)))
    if rng.random() < 0.2:
        actors = (*form.parties, *(body.id for body in form.bodies))
        query = replace(query, among=frozenset(rng.sample(actors, rng.randint(1, len(actors)))))
    points = tuple(_point(rng, form, brute_force.Incident(**fields), query) for _ in range(ASSIGNMENTS))
    return Place(fields, query, points)


def _point(rng: random.Random, form: Form, incident: brute_force.Incident, query: brute_force.Query) -> Point:
    """Say yes more often than not, so that help has a chance; sometimes no to everything a text calls a bar."""
    keen = rng.choice((0.3, 0.7, 0.9))
    barred = {("vote", q.body, q.matter) for c in form.clauses for q in (*c.unless, *c.until)} | {("power",)}
    spare = rng.random() < 0.5
    said = {}
    for choice in brute_force.choices(form):
        bars = spare and (choice.key[:3] in barred or choice.key[:1] in barred)
        liked = "no" if bars else choice.options[-1] if choice.key[0] == "means" else "yes"
        said[choice.key] = liked if rng.random() < keen else rng.choice(choice.options)
    found = brute_force.providers(
        form, incident, said, level=query.level, act=query.act, among=query.among, reachable=query.reachable
    )
    due = {
        (c.id, bearer)
        for c in form.clauses
        for bearer in c.bearers
        if brute_force.due(form, incident, said, c.id, bearer)
    }
    return Point(said, found, frozenset(due))


def law_query(query: brute_force.Query) -> law_meaning.Query:
    """Return the same question in the words of the law stage."""
    return law_meaning.Query(query.level, query.act, query.k, query.among, query.reachable)


def expressions(meaning: law_meaning.Meaning, place: Place) -> dict[str, law_interpret.Expression]:
    """Return the expression of every provider that a place asks about."""
    query = place.query
    found = {}
    for party in dict.fromkeys(bearer for c in meaning.obligations() for bearer in c.bearers):
        if query.among is None or party in query.among:
            found[party] = meaning.provides(party, query.level, query.act)
    for body in meaning.form.bodies:
        if query.reachable and query.level is not None and (query.among is None or body.id in query.among):
            found[body.id] = meaning.reaches(body.id, query.level)
    return found


def disagreement(sheet: Sheet) -> str | None:
    """Return the first thing in which the plain interpreter and the brute force disagree."""
    meaning = law_meaning.Meaning(sheet.form)
    for number, place in enumerate(sheet.places):
        incident = law_incident.Incident(**place.fields)
        help_given = meaning.help_expression(law_query(place.query))
        placed = meaning.at(help_given, incident)
        of_each = expressions(meaning, place)
        for point in place.points:
            wanted = len(point.providers) >= place.query.k
            if law_interpret.evaluate(help_given, incident, point.said) != wanted:
                return f"help at incident {number}: the brute force says {wanted}"
            if law_interpret.evaluate(placed, None, point.said) != wanted:
                return f"help placed at incident {number}: the brute force says {wanted}"
            providing = {name for name, x in of_each.items() if law_interpret.evaluate(x, incident, point.said)}
            if providing != point.providers:
                return f"providers at incident {number}: {sorted(providing)}, not {sorted(point.providers)}"
            due = {
                (c.id, bearer)
                for c in sheet.form.clauses
                for bearer in c.bearers
                if law_interpret.evaluate(meaning.due(c, bearer), incident, point.said)
            }
            if due != point.due:
                return f"due at incident {number}: {sorted(due)}, not {sorted(point.due)}"
    return _refusal(meaning, sheet)


def _refusal(meaning: law_meaning.Meaning, sheet: Sheet) -> str | None:
    place = sheet.places[0]
    incident = law_incident.Incident(**place.fields)
    placed = meaning.at(meaning.help_expression(law_query(sheet.query)), incident)
    for practical, last in STANCES:
        stance = law_stops.Stance(practical=practical, refusers_last=last)
        found = law_stoppers.stoppers(meaning, placed, incident.victim, stance)
        wanted = sheet.sets[practical, last]
        if found.undecided or found.more or frozenset(found.sets()) != wanted or found.number != least(wanted):
            return f"stopping sets, {practical=}, {last=}: {found}, not {wanted}"
    for reachable, level in ((False, sheet.good_faith), (True, sheet.good_faith_reachable)):
        query = law_meaning.Query(reachable=reachable)
        if law_promise.promised_level(meaning, incident, query) != level:
            return f"good faith, {reachable=}: not {level}"
    return None


def least(sets: Sets) -> int | None:
    """Return the size of the smallest set."""
    return min(map(len, sets), default=None)
