"""Three readings of a case agree: the brute force, the plain interpreter and Z3.

FOEDUS_AGREEMENT=100000 draws as many triples (form, incident, assignment); the default is 10,800.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import fields
from pathlib import Path

import pytest

from foedus.case.form import Body, Clause, Trigger
from foedus.law.expression import conjunction, pick
from foedus.law.incident import FIELDS, Incident, IncidentSpace
from foedus.law.interpret import choices_read
from foedus.law.meaning import HIGHEST, Meaning, Query
from foedus.law.records import Undecided
from foedus.law.smt.encode import World, new_context
from foedus.law.smt.solver import Deadline, Sat, Solver, Unsat, find_incident
from foedus.law.smt.stopping import stopping_number, stopping_sets
from foedus.law.stops import Stance

sys.path.insert(0, str(Path(__file__).parent))  # tests are not a package

import brute_force
from comparison import ASSIGNMENTS, STANCES, Sheet, disagreement, law_query, least, sheets
from random_forms import DENOMINATORS, INCIDENTS, RULES, histogram

TRIPLES = int(os.environ.get("FOEDUS_AGREEMENT", "10800"))
FORMS = max(300, -(-TRIPLES // (INCIDENTS * ASSIGNMENTS)))
CONTRARY = 60
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def drawn() -> list[Sheet]:
    return list(sheets(FORMS))


@pytest.fixture(scope="module")
def refused(drawn) -> list[Sheet]:
    """Those of which stopping sets and good faith are asked."""
    return [*drawn[: max(300, FORMS // 10)], *sheets(CONTRARY, contrary=True)]


def test_what_is_drawn(drawn):
    """Every rule of a body and every field occurs, and most incidents start something."""
    seen = histogram((sheet.form, [place.fields for place in sheet.places]) for sheet in drawn)
    print(*(f"{name}: {count}" for name, count in seen.items()), sep="\n")
    points = [point for sheet in drawn for place in sheet.places for point in place.points]
    helped = sum(len(p.providers) >= place.query.k for s in drawn for place in s.places for p in place.points)
    told = {"points": len(points), "with a duty due": sum(bool(p.due) for p in points), "with help": helped}
    print(told)
    assert len(points) >= TRIPLES
    assert seen["incidents:triggered"] >= 0.3 * seen["incidents"]
    assert told["with a duty due"] >= 0.1 * len(points)
    assert told["with help"] >= 0.05 * len(points)
    assert not [f"{r}:{of}" for r in RULES for of in DENOMINATORS if not seen.get(f"body.rule:{r}:{of}")]
    # Clocks and consequences say nothing of who owes what; they have tests of their own.
    always = {"deadline", "consequence", "id", "members", "rule", "kind", "bearers", "beneficiaries", "response"}
    for record, prefix in ((Body, "body"), (Clause, "clause"), (Trigger, "trigger")):
        names = [f"{prefix}.{field.name}" for field in fields(record) if field.name not in always]
        assert not [name for name in names if not seen.get(name)]


def test_what_can_be_stopped(refused):
    """Every kind of answer about refusal occurs."""
    numbers = {stance: Counter(least(sheet.sets[stance]) for sheet in refused) for stance in STANCES}
    print(*(f"{stance}: {dict(count)}" for stance, count in numbers.items()), sep="\n")
    for count in numbers.values():
        assert {0, 1, 2} <= set(count)
        assert count[0] <= 0.5 * len(refused)
    assert numbers[False, True][None] >= 0.05 * len(refused)
    matters = sum(s.sets[practical, True] != s.sets[practical, False] for s in refused for practical in (False, True))
    breach = sum(s.sets[False, True] != s.sets[True, True] for s in refused)
    print({"the order of choosing matters": matters, "breach matters": breach})
    assert matters >= 10
    assert breach >= 0.1 * len(refused)


def test_the_plain_interpreter_and_the_brute_force(drawn, refused):
    every = {id(sheet): sheet for sheet in (*drawn, *refused)}.values()
    wrong = [(sheet.seed, said) for sheet in every if (said := disagreement(sheet)) is not None]
    assert not wrong


def pinned(world: World, incident: Incident, said: dict[brute_force.Key, str], read: tuple) -> list:
    here = [world.facts[name][getattr(incident, name)] for name in FIELDS]
    return here + [world.options(key)[said[key]] for key in read]


def test_z3_and_the_brute_force_about_help(drawn):
    context = new_context()
    wrong = []
    for sheet in drawn:
        incidents = [Incident(**place.fields) for place in sheet.places]
        columns = [tuple(dict.fromkeys(getattr(incident, name) for incident in incidents)) for name in FIELDS]
        meaning = Meaning(sheet.form)
        world = World(meaning.choices, IncidentSpace(*columns), context=context)
        for place, incident in zip(sheet.places, incidents, strict=True):
            expression = meaning.help_expression(law_query(place.query))
            read = choices_read(expression)
            solver = Solver(context, Deadline(10_000), [*world.limits(read), world.term(expression)])
            for point in place.points:
                wanted = Sat if len(point.providers) >= place.query.k else Unsat
                if not isinstance(solver.solve(*pinned(world, incident, point.said, read)), wanted):
                    wrong.append((sheet.seed, place.fields, point.said))
    assert not wrong


def test_z3_and_the_brute_force_about_refusal(refused):
    context = new_context()
    wrong = []
    for sheet in refused:
        meaning = Meaning(sheet.form)
        incident = Incident(**sheet.places[0].fields)
        placed = meaning.at(meaning.help_expression(law_query(sheet.query)), incident)
        for practical, last in STANCES:
            stance = Stance(practical=practical, refusers_last=last)
            wanted = sheet.sets[practical, last]
            found = stopping_sets(meaning, placed, incident.victim, stance, at_most=1_000, context=context)
            number = least(wanted)
            if stance == Stance(*STANCES[sheet.seed % len(STANCES)]):
                number = stopping_number(meaning, placed, incident.victim, stance, context=context)
            if found.more or found.undecided or frozenset(found.sets) != wanted or number != least(wanted):
                wrong.append((sheet.seed, practical, last, found, number, wanted))
    assert not wrong


def level_in_good_faith(meaning: Meaning, incident: Incident, world: World, *, reachable: bool) -> int:
    for level in range(HIGHEST, 0, -1):
        placed = meaning.at(meaning.help_expression(Query(level, reachable=reachable)), incident)
        kept = [pick(key, "yes") for key in choices_read(placed) if meaning.choices[key].performance]
        found = find_incident(world, conjunction((placed, *kept)))
        assert not isinstance(found, Undecided)
        if found is not None:
            return level
    return 0


def test_z3_and_the_brute_force_about_good_faith(refused):
    context = new_context()
    wrong = []
    for sheet in refused:
        meaning = Meaning(sheet.form)
        incident = Incident(**sheet.places[0].fields)
        world = World(meaning.choices, None, context=context)
        for reachable, wanted in ((False, sheet.good_faith), (True, sheet.good_faith_reachable)):
            level = level_in_good_faith(meaning, incident, world, reachable=reachable)
            if level != wanted:
                wrong.append((sheet.seed, reachable, level, wanted))
    assert not wrong
