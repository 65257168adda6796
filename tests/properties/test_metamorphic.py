"""What must not change, or only in one direction, when a text is changed: random forms and shipped instruments."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from random_forms import random_form
from renaming import mapped

from foedus.case.form import Body, Clause, Form, Owed
from foedus.case.ladders import ACT_LEVEL
from foedus.case.load import load, load_text
from foedus.case.resolve import completions, resolve
from foedus.case.stage import LoadedCase
from foedus.check.rules import RULES
from foedus.check.run import Options, run
from foedus.check.view import View
from foedus.check.views import run_rule
from foedus.findings import Verdict
from foedus.law.incident import Incident
from foedus.law.meaning import Meaning, Query
from foedus.law.promise import promised_level
from foedus.law.records import Undecided
from foedus.law.stoppers import stoppers
from foedus.law.stops import LAWFUL, PRACTICAL, Stance

MOST = 600
EXAMPLES = settings(max_examples=40, deadline=None, derandomize=True, database=None)
SEEDS = st.integers(0, 1_000_000)
SHIPPED = ("budapest-1994", "istanbul-2022-communique", "istanbul-2022-draft", "uk-poland-1939", "uk-ukraine-2024")
WORDS = frozenset({"objective", "bearer", "victim", "OTHER"})


def drawn(seed: int) -> tuple[Form, list[Incident], random.Random]:
    rng = random.Random(seed)
    form, incidents = random_form(rng, most=MOST)
    return form, [Incident(**facts) for facts in incidents], rng


def level(form: Form, incident: Incident, refusing: frozenset[str], stance: Stance = LAWFUL) -> int:
    found = promised_level(_meaning(form), incident, Query(1, reachable=True), refusing=refusing, stance=stance)
    assert not isinstance(found, Undecided)  # never so in forms as small as these
    return found


@cache
def _meaning(form: Form) -> Meaning:
    return Meaning(form)


def refusing_sets(form: Form, rng: random.Random) -> list[frozenset[str]]:
    some = [frozenset(rng.sample(form.parties, rng.randint(1, len(form.parties)))) for _ in range(4)]
    return [frozenset(), *some, frozenset(form.parties)]


def compare(seed: int, change: Callable[[Form, random.Random], Form | None], fits: Callable[[int, int], bool]) -> None:
    """Hold the level before and after a change against each other, for some refusing sets, lawful and practical."""
    form, incidents, rng = drawn(seed)
    other = change(form, rng)
    assume(other is not None)
    assert other is not None
    for incident in incidents:
        for refusing in refusing_sets(form, rng):
            for stance in (LAWFUL, PRACTICAL):
                before, after = level(form, incident, refusing, stance), level(other, incident, refusing, stance)
                assert fits(before, after), (form, other, incident, refusing, before, after)


def shuffled(form: Form, rng: random.Random) -> Form:
    """The same text told in another order."""

    def clause(c: Clause) -> Clause:
        order = rng.sample(range(len(c.bearers)), len(c.bearers))
        return replace(c, bearers=tuple(c.bearers[i] for i in order), response=tuple(c.response[i] for i in order))

    def body(b: Body) -> Body:
        order = rng.sample(range(len(b.members)), len(b.members))
        weights = tuple(b.weights[i] for i in order) if b.weights else ()
        return replace(b, members=tuple(b.members[i] for i in order), weights=weights)

    return replace(
        form,
        parties=tuple(rng.sample(form.parties, len(form.parties))),
        clauses=tuple(rng.sample([clause(c) for c in form.clauses], len(form.clauses))),
        bodies=tuple(rng.sample([body(b) for b in form.bodies], len(form.bodies))),
    )


def numbers(form: Form, incident: Incident) -> list[object]:
    meaning = _meaning(form)
    here = meaning.at(meaning.help_expression(Query(1, reachable=True)), incident)
    found = [stoppers(meaning, here, incident.victim, stance) for stance in (LAWFUL, PRACTICAL)]
    assert all(answer.undecided is None for answer in found)
    return [(answer.number, frozenset(answer.sets())) for answer in found]


@EXAMPLES
@given(SEEDS)
def test_other_names(seed: int) -> None:
    form, incidents, rng = drawn(seed)
    names = dict(zip(form.parties, rng.sample(["V1", "W2", "X3", "Y4", "Z5"], len(form.parties)), strict=True))
    other = mapped(form, names)
    for incident in incidents:
        there = replace(
            incident, attacker=names.get(incident.attacker, incident.attacker), victim=names[incident.victim]
        )
        for refusing in refusing_sets(form, rng):
            assert level(form, incident, refusing) == level(other, there, frozenset(names[name] for name in refusing))
        renamed = [
            (n, frozenset(frozenset(names[a] for a in chosen) for chosen in sets))
            for n, sets in numbers(form, incident)
        ]  # type: ignore[misc, attr-defined]
        assert renamed == numbers(other, there)


@EXAMPLES
@given(SEEDS)
def test_another_order(seed: int) -> None:
    form, incidents, rng = drawn(seed)
    other = shuffled(form, rng)
    for incident in incidents:
        for refusing in refusing_sets(form, rng):
            assert level(form, incident, refusing) == level(other, incident, refusing)
        assert numbers(form, incident) == numbers(other, incident)


def with_veto(form: Form, rng: random.Random) -> Form | None:
    """One more veto in a body whose yes can only bring help: not one that ends clauses."""
    ending = {question.body for clause in form.clauses for question in (*clause.unless, *clause.until)}
    bodies = [body for body in form.bodies if body.id not in ending and set(body.members) - set(body.veto)]
    if not bodies:
        return None
    body = rng.choice(bodies)
    holder = rng.choice([member for member in body.members if member not in body.veto])
    changed = replace(body, veto=(*body.veto, holder))
    return replace(form, bodies=tuple(changed if b.id == body.id else b for b in form.bodies))


@EXAMPLES
@given(SEEDS)
def test_a_veto_never_strengthens(seed: int) -> None:
    compare(seed, with_veto, lambda before, after: after <= before)


def with_higher_least(form: Form, rng: random.Random) -> Form | None:
    duties = [clause for clause in form.clauses if clause.kind == "obligation"]
    clause, act = rng.choice(duties), rng.choice(list(ACT_LEVEL))
    higher = tuple(Owed(owed.least | {act}, owed.most | {act}) for owed in clause.response)
    changed = replace(clause, response=higher)
    return replace(form, clauses=tuple(changed if c.id == clause.id else c for c in form.clauses))


@EXAMPLES
@given(SEEDS)
def test_a_higher_least_never_lowers(seed: int) -> None:
    compare(seed, with_higher_least, lambda before, after: after >= before)


def without_a_duty(form: Form, rng: random.Random) -> Form | None:
    """One obligation less on which no other clause depends.

    One with an approval at home is left: taking it away can turn the approval from a freedom into a duty elsewhere.
    """
    needed = {
        name
        for clause in form.clauses
        for name in (*clause.after, *(clause.releases.clauses if clause.releases else ()))
    }
    free = [c for c in form.clauses if c.kind == "obligation" and c.id not in needed and c.domestic is None]
    if not free:
        return None
    gone = rng.choice(free)
    return replace(form, clauses=tuple(c for c in form.clauses if c.id != gone.id))


@EXAMPLES
@given(SEEDS)
def test_a_duty_less_never_helps(seed: int) -> None:
    compare(seed, without_a_duty, lambda before, after: after <= before)


@EXAMPLES
@given(SEEDS)
def test_more_refusing_and_breach_never_help(seed: int) -> None:
    form, incidents, rng = drawn(seed)
    for incident in incidents:
        order = rng.sample(form.parties, len(form.parties))
        levels = [level(form, incident, frozenset(order[:count])) for count in range(len(order) + 1)]
        assert levels == sorted(levels, reverse=True)
        for count, lawful in enumerate(levels):
            assert level(form, incident, frozenset(order[:count]), PRACTICAL) <= lawful


@pytest.mark.parametrize("change", [with_veto, with_higher_least, without_a_duty])
def test_the_changes_do_change_something(change: Callable[[Form, random.Random], Form | None]) -> None:
    # Else the tests above would say nothing.
    assert any(changes_a_level(seed, change) for seed in range(200))


def changes_a_level(seed: int, change: Callable[[Form, random.Random], Form | None]) -> bool:
    form, incidents, rng = drawn(seed)
    other = change(form, rng)
    if other is None:
        return False
    asked = [(incident, refusing) for incident in incidents for refusing in refusing_sets(form, rng)]
    return any(level(form, *question) != level(other, *question) for question in asked)


@cache
def shipped(id: str) -> tuple[LoadedCase, Form]:
    case = load(id)
    staged = case.instruments[0]
    return case, resolve(staged, None, completions(staged, None).tried[0])


@pytest.mark.parametrize("id", SHIPPED)
def test_a_shipped_instrument_in_another_order(id: str) -> None:
    case, form = shipped(id)
    other = shuffled(form, random.Random(id))
    here, there = (View(case, case.instruments[0], f) for f in (form, other))
    for rule in RULES:
        before, after = run_rule(rule, here), run_rule(rule, there)
        same = ("verdict", "promised_level", "weakest_level", "required_level", "most_level", "kind")
        assert {key: getattr(before, key) for key in same} == {key: getattr(after, key) for key in same}, rule.name
        assert set(before.clauses) == set(after.clauses), rule.name
        for mine, other_one in ((before.lawful, after.lawful), (before.practical, after.practical)):
            assert (mine is None) == (other_one is None)
            if mine is not None and other_one is not None:
                assert (mine.number, mine.number_of_sets) == (other_one.number, other_one.number_of_sets), rule.name


@pytest.mark.parametrize("id", SHIPPED)
def test_a_shipped_instrument_with_other_clauses_raised_or_gone(id: str) -> None:
    _, form = shipped(id)
    case, _ = shipped(id)
    view = View(case, case.instruments[0], form)
    incident = view.base
    rng = random.Random(id)
    for change, fits in (
        (with_higher_least, lambda before, after: after >= before),
        (without_a_duty, lambda before, after: after <= before),
        (with_veto, lambda before, after: after <= before),
    ):
        for _ in range(4):
            other = change(form, rng)
            if other is None:
                continue
            for refusing in (frozenset[str](), frozenset({incident.attacker}), frozenset(form.parties)):
                assert fits(level(form, incident, refusing), level(other, incident, refusing)), change.__name__


CASE: dict[str, Any] = {
    "foedus": 1, "case": "example", "as_of": "2026-11-24",
    "parties": {"V": {"name": "Vale"}, "A": {"name": "Arden"}, "B": {"name": "Brant"}, "X": {"name": "Xanth"}},
    "cast": {"beneficiary": "V", "attackers": ["X"]},
}  # fmt: skip
VALUES: dict[str, list[object]] = {
    "judge": ["objective", "bearer", "victim", "X"],
    "request": ["none", "victim", "A"],
    "structure": ["each-alone", "together"],
    "least": [["consult"], ["arm"], []],
    "consents": [[], ["A"], ["X"]],
    "excluded": ["nobody", "attacker"],
    "rule": ["each", "unanimity", "majority"],
    "kind": [["full_invasion"], ["raid", "full_invasion"]],
}


def content(values: Mapping[str, object]) -> str:
    clause = {
        "id": "aid", "kind": "obligation", "bearers": ["A", "B"], "to": "V", "decision": "council",
        "judge": values["judge"], "request": values["request"], "structure": values["structure"],
        "response": {"least": values["least"]}, "consents": values["consents"], "when": {"kind": values["kind"]},
    }  # fmt: skip
    body = {"members": ["A", "B", "X"], "rule": values["rule"], "excluded": values["excluded"]}
    pact = {
        "id": "pact",
        "title": "A pact",
        "status": "draft",
        "binding": "legal",
        "bodies": {"council": body},
        "clauses": [clause],
    }
    return json.dumps(CASE | {"instruments": [pact]})


def verdicts(values: Mapping[str, object]) -> dict[str, Verdict]:
    report = run(load_text(content(values), "case.yaml"), Options(explain=False))
    return {finding.rule: finding.verdict for finding in report.findings}


@settings(max_examples=15, deadline=None, derandomize=True, database=None)
@given(
    st.fixed_dictionaries({key: st.sampled_from(range(len(options))) for key, options in VALUES.items()}),
    st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=2, unique=True),
)
def test_what_is_unknown_holds_what_each_value_says(chosen: dict[str, int], unknown: list[str]) -> None:
    known = {key: VALUES[key][index] for key, index in chosen.items()}
    every = [known]
    for key in unknown:
        every = [values | {key: option} for values in every for option in VALUES[key]]
    told = verdicts(known | {key: {"may_be": VALUES[key]} for key in unknown})
    alone = [verdicts(values) for values in every]
    for rule, verdict in told.items():
        seen = {each[rule] for each in alone} - {Verdict.NOT_APPLICABLE}
        if len(seen) == 1:
            assert verdict in seen, rule
        elif not seen:
            assert verdict is Verdict.NOT_APPLICABLE, rule
        else:
            assert verdict is Verdict.DEPENDS, rule
