"""The law stage against the slow program written from docs/theory/meaning.md alone (tests/oracles)."""

from __future__ import annotations

import random
from dataclasses import astuple
from itertools import combinations

import brute_force
import pytest
from random_forms import random_form

from foedus.case.form import Form
from foedus.law import incident as facts
from foedus.law.expression import Expression
from foedus.law.incident import IncidentSpace, incident_classes
from foedus.law.interpret import evaluate
from foedus.law.meaning import Meaning, Query
from foedus.law.promise import promised_level
from foedus.law.stoppers import stoppers
from foedus.law.stops import Stance, stops

FORMS = 25


def queries(rng: random.Random, form: Form) -> list[Query]:
    among = frozenset(rng.sample(form.parties, rng.randint(1, len(form.parties))))
    return [
        Query(1, reachable=True),
        Query(rng.randint(1, 5), k=rng.randint(1, 2)),
        Query(act=rng.choice(("consult", "sanction", "arm", "all_means"))),
        Query(rng.randint(1, 3), k=2, among=among, reachable=rng.random() < 0.5),
    ]


def slow_query(query: Query) -> brute_force.Query:
    return brute_force.Query(query.level, query.act, query.k, query.among, query.reachable)


def here(meaning: Meaning, query: Query, incident: facts.Incident) -> Expression:
    return meaning.at(meaning.help_expression(query), incident)


@pytest.fixture(params=range(FORMS))
def case(
    request: pytest.FixtureRequest,
) -> tuple[random.Random, Form, list[tuple[facts.Incident, brute_force.Incident]]]:
    rng = random.Random(request.param)
    form, incidents = random_form(rng)
    pairs = [(facts.Incident(**fields), brute_force.Incident(**fields)) for fields in incidents[:4]]
    return rng, form, pairs


def test_choices_are_the_same(case):
    _, form, _ = case
    slow = {
        choice.key: (choice.holder, choice.options, choice.performance, choice.default)
        for choice in brute_force.choices(form)
    }
    fast = {key: (c.holder, c.options, c.performance, c.default) for key, c in Meaning(form).choices.items()}
    assert fast == slow


def test_evaluation_is_the_same(case):
    rng, form, pairs = case
    meaning = Meaning(form)
    for query in queries(rng, form):
        for fast, slow in pairs:
            for _ in range(10):
                said = {key: rng.choice(choice.options) for key, choice in meaning.choices.items()}
                expected = brute_force.help_given(
                    form, slow, said, level=query.level, act=query.act, k=query.k, among=query.among,
                    reachable=query.reachable,
                )  # fmt: skip
                assert evaluate(meaning.help_expression(query), fast, said) == expected
                assert evaluate(here(meaning, query, fast), None, said) == expected


def test_stopping_sets_are_the_same(case):
    rng, form, pairs = case
    meaning = Meaning(form)
    for query in queries(rng, form):
        for fast, slow in pairs:
            asked = slow_query(query)
            actors = brute_force.candidates(form, slow, asked)
            for practical in (False, True):
                for last in (True, False):
                    stance = Stance(practical=practical, refusers_last=last)
                    expected = brute_force.stopping_sets(form, slow, asked, practical=practical, refusers_last=last)
                    found = stoppers(meaning, here(meaning, query, fast), fast.victim, stance)
                    assert found.undecided is None
                    assert not found.more
                    assert sorted(map(sorted, found.sets())) == sorted(map(sorted, expected))
                    assert found.number_of_sets == len(expected)
                    assert found.number == (len(expected[0]) if expected else None)
                    if last and found.refusing_first is None and not found.order_matters:
                        first = brute_force.stopping_sets(form, slow, asked, practical=practical, refusers_last=False)
                        assert first == expected
            silent = frozenset(rng.sample(form.parties, 1))
            for size in range(3):
                for named in combinations(actors, size):
                    refusing = brute_force.refusers(form, slow, named)
                    if refusing & silent:
                        continue
                    for practical in (False, True):
                        expected_stop = brute_force.stops(
                            form, slow, asked, frozenset(named), practical=practical, silent=silent
                        )
                        stance = Stance(practical=practical, silent=silent)
                        assert stops(meaning, here(meaning, query, fast), refusing, stance) == expected_stop


def test_promised_levels_are_the_same(case):
    _, form, pairs = case
    meaning = Meaning(form)
    for fast, slow in pairs:
        assert promised_level(meaning, fast) == brute_force.good_faith(form, slow)
        assert promised_level(meaning, fast, Query(reachable=True)) == brute_force.good_faith(
            form, slow, reachable=True
        )


def test_incidents_of_one_class_say_the_same(case):
    """Every incident of the grid leaves the same expression as the representative of its class."""
    rng, form, pairs = case
    meaning = Meaning(form)
    expression = meaning.help_expression(queries(rng, form)[1])
    columns = [tuple(dict.fromkeys(column)) for column in zip(*(astuple(fast) for fast, _ in pairs), strict=True)]
    space = IncidentSpace((*form.parties, "OTHER"), form.parties, *columns[2:])
    seen = list(incident_classes(space, [expression]))
    assert seen == sorted(seen, key=space.rank)
    assert seen[0] == space.base()
    left = {meaning.at(expression, incident) for incident in seen}
    for fast, _ in pairs:
        assert meaning.at(expression, fast) in left
