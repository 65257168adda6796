"""Who can stop the help: large bodies, weights, orders of choosing, control, and what a change of text does to it."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations
from time import process_time

import brute_force
from hypothesis import given, settings
from hypothesis import strategies as st
from law_forms import ELECTED, P5, against, form, istanbul_communique, nato, obligation
from random_forms import random_form

from foedus.case.form import Body, Clause, Form, Judge, Owed, Question
from foedus.law.incident import Incident
from foedus.law.meaning import Meaning, Query
from foedus.law.promise import promised_level
from foedus.law.records import StopGroup, StopKind, Stoppers
from foedus.law.stoppers import stoppers
from foedus.law.stops import LAWFUL, PRACTICAL, Stance, stops

SEEDS = st.integers(0, 10_000)


def who(text: Form, incident: Incident, query: Query, stance: Stance = LAWFUL) -> Stoppers:
    meaning = Meaning(text)
    return stoppers(meaning, meaning.at(meaning.help_expression(query), incident), incident.victim, stance)


def decided_by(body: Body, *least: str, **more: object) -> Form:
    return form(
        obligation("help", body.members, ("V",), *least, decision=Question(body.id, "help"), **more), bodies=(body,)
    )


def names(letter: str, count: int) -> tuple[str, ...]:
    return tuple(f"{letter}{number:02}" for number in range(1, count + 1))


def test_a_majority_of_32_is_one_kind():
    body = Body("assembly", names("M", 32), "majority", "members")
    found = who(decided_by(body, "arm"), against("V"), Query(3))
    assert found.kinds == (StopKind((StopGroup(names("M", 32), 16),)),)
    assert found.number_of_sets == 601_080_390
    assert len(found.sets(limit=5)) == 5


def test_32_parties_and_20_clauses():
    parties = names("P", 32)
    clauses = [
        obligation(
            f"c{turn}", tuple(p for index, p in enumerate(parties) if (index * 7 + turn * 3) % 5 < 3), ("V",), "arm"
        )
        for turn in range(20)
    ]
    found = who(form(*clauses), against("V"), Query(3), PRACTICAL)
    assert found.number == 32
    assert who(form(*clauses), against("V"), Query(3)).number is None


def test_the_number_is_found_among_many_unequal_weights():
    """27 members of different weight have too many smallest sets to list, but the number is that of the strongest."""
    rng = random.Random(1)
    weights = tuple(rng.sample(range(20, 60), 27))
    body = Body("council", names("M", 27), "share", "members", share=(65, 100), weights=weights)
    found = who(decided_by(body, "arm"), against("V"), Query(3))
    total, count = 0, 0
    for weight in sorted(weights, reverse=True):
        total, count = total + weight, count + 1
        if 100 * (sum(weights) - total) < 65 * sum(weights):
            break
    assert found.number == count
    assert found.undecided is None


def test_where_the_order_of_choosing_matters_both_answers_are_given():
    """Help comes if A and B say different things: whoever speaks last decides."""
    body = Body("A's word", ("A",), "unanimity")
    other = Body("B's word", ("B",), "unanimity")
    first, second = Question("A's word", "go"), Question("B's word", "go")
    text = form(
        obligation("a not b", ("C",), ("V",), "fund", decision=first, unless=(second,)),
        obligation("b not a", ("C",), ("V",), "fund", decision=second, unless=(first,)),
        bodies=(body, other),
    )
    found = who(text, against("V"), Query(2))
    assert [kind.size for kind in found.kinds] == [1, 1]
    assert found.order_matters
    assert found.refusing_first
    assert [sorted(actors) for actors in found.refusing_first.sets()] == [["A", "B"]]


def test_whom_a_party_controls_refuses_with_it():
    text = form(obligation("help", ("A", "B", "C"), ("V",), "arm"), control=(("A", "B"), ("D", "C")))
    found = who(text, against("V"), Query(3), PRACTICAL)
    assert found.number == 2
    assert sorted(map(sorted, found.sets())) == [["A", "C"], ["A", "D"]]


def test_whom_the_victim_controls_never_refuses():
    text = form(obligation("help", ("A", "B"), ("V",), "arm"), control=(("V", "A"),))
    judged = replace(text, clauses=(replace(text.clauses[0], judges=(Judge("attack", "A"),)),))
    assert who(judged, against("V"), Query(3)).number is None


def test_silence_and_sorts_narrow_the_refusal():
    text = istanbul_communique()
    incident = against("UA", "RU")
    meaning = Meaning(text)
    expression = meaning.at(meaning.help_expression(Query(2)), incident)
    everybody = frozenset(P5)
    assert stops(meaning, expression, everybody, LAWFUL) is True
    assert stops(meaning, expression, everybody, Stance(only_sorts=frozenset({"vote"}))) is False
    silent = Stance(silent=everybody, silent_sorts=frozenset({"judgement"}))
    assert stops(meaning, expression, frozenset(), silent) is True


def test_a_large_alliance_is_quick():
    """168 classes or so of a 32-member alliance; the bound is loose, for slow machines."""
    meaning = Meaning(nato(("sanction",)))
    kinds = ("full_invasion", "hybrid", "blockade", "raid", "nuclear_use", "internal_disorder")
    allies = names("A", 4)
    start = process_time()
    for victim in allies:
        for kind in kinds:
            for zone in ("europe", "atlantic", "asia", "pacific", "north america", "africa", "arctic"):
                incident = Incident("OTHER", victim, kind, zone)
                assert promised_level(meaning, incident) >= 1
    assert process_time() - start < 1


def test_a_council_of_fifteen_is_quick():
    body = Body("council", P5 + ELECTED, "at_least", threshold=9, veto=P5)
    start = process_time()
    assert who(decided_by(body, "arm"), against("V"), Query(3)).number == 1
    assert process_time() - start < 0.5


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_a_veto_never_strengthens(seed):
    text, incidents = random_form(random.Random(seed))
    bodies = tuple(replace(body, veto=tuple(dict.fromkeys((*body.veto, body.members[0])))) for body in text.bodies)
    for with_veto, fields in ((replace(text, bodies=bodies), fields) for fields in incidents[:3]):
        if any(clause.unless or clause.until or clause.means_by_body for clause in text.clauses):
            continue  # there a body's decision takes help away, and a veto may give it back
        query = Query(1, reachable=True)
        before, after = who(text, Incident(**fields), query), who(with_veto, Incident(**fields), query)
        assert _order(after) <= _order(before)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_a_higher_least_never_weakens(seed):
    text, incidents = random_form(random.Random(seed))
    raised = replace(text, clauses=tuple(_raised(clause) for clause in text.clauses))
    for fields in incidents[:3]:
        for level in (1, 3):
            before, after = who(text, Incident(**fields), Query(level)), who(raised, Incident(**fields), Query(level))
            assert _order(after) >= _order(before)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_new_names_change_nothing_but_names(seed):
    rng = random.Random(seed)
    text, incidents = random_form(rng)
    names_now = list(text.parties)
    shuffled = dict(zip(names_now, rng.sample(names_now, len(names_now)), strict=True))
    renamed = _renamed(text, shuffled)
    for fields in incidents[:3]:
        other = {
            name: shuffled.get(value, value) if isinstance(value, str) else value for name, value in fields.items()
        }
        for practical in (False, True):
            stance = Stance(practical=practical)
            before = who(text, Incident(**fields), Query(1, reachable=True), stance)
            after = who(renamed, Incident(**other), Query(1, reachable=True), stance)
            expected = sorted(sorted(shuffled.get(actor, actor) for actor in actors) for actors in before.sets())
            assert sorted(map(sorted, after.sets())) == expected


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=3, max_size=6), st.integers(0, 4), SEEDS)
def test_weighted_bodies_agree_with_the_slow_program(weights, quorum, seed):
    rng = random.Random(seed)
    members = names("M", len(weights))
    rule, of = rng.choice(("majority", "share", "at_least")), rng.choice(("members", "entitled", "present", "cast"))
    body = Body(
        "council", members, rule, of, threshold=rng.randint(1, sum(weights)), share=(2, 3), weights=tuple(weights),
        quorum=quorum, veto=members[: rng.randint(0, 1)], abstention_blocks=rng.random() < 0.3,
    )  # fmt: skip
    text = decided_by(body, "arm")
    slow = brute_force.Incident("OTHER", "V")
    if len(members) > 4:
        return
    expected = brute_force.stopping_sets(text, slow, brute_force.Query(3), practical=False)
    found = who(text, against("V"), Query(3))
    assert sorted(map(sorted, found.sets())) == sorted(map(sorted, expected))


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_larger_sets_stop_whatever_smaller_ones_do(seed):
    text, incidents = random_form(random.Random(seed))
    meaning = Meaning(text)
    incident = Incident(**incidents[0])
    expression = meaning.at(meaning.help_expression(Query(1, reachable=True)), incident)
    for stance in (LAWFUL, PRACTICAL, Stance(silent=frozenset(text.parties[:1]))):
        for size in range(1, len(text.parties) + 1):
            for actors in combinations(text.parties, size):
                if stops(meaning, expression, frozenset(actors[1:]), stance):
                    assert stops(meaning, expression, frozenset(actors), stance)


def _order(found: Stoppers) -> float:
    return float("inf") if found.number is None else found.number


def _raised(clause: Clause) -> Clause:
    response = tuple(Owed(owed.least | {"limited_force"}, owed.most | {"limited_force"}) for owed in clause.response)
    if clause.means_chosen_by != "bearer":
        return clause  # whoever chooses the means may choose between other levels then
    return replace(clause, response=response)


def _renamed(value: object, names_then: dict[str, str]) -> Form:
    """Return a form with party ids replaced wherever they stand; ids of clauses and bodies differ from them."""
    return _replaced(value, names_then)  # type: ignore[return-value]


def _replaced(value: object, names_then: dict[str, str]) -> object:
    if isinstance(value, str):
        return names_then.get(value, value)
    if isinstance(value, tuple):
        return tuple(_replaced(item, names_then) for item in value)
    if isinstance(value, frozenset):
        return frozenset(_replaced(item, names_then) for item in value)
    if hasattr(value, "__dataclass_fields__"):
        return type(value)(**{name: _replaced(getattr(value, name), names_then) for name in value.__dataclass_fields__})
    return value
