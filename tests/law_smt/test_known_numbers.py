"""Numbers known beforehand, and how long Z3 takes for them (printed with -s, never asserted)."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from foedus.case.form import Body, Clause, Form, Judge, LeadsTo, Owed, Question
from foedus.law.incident import Incident, IncidentSpace
from foedus.law.meaning import Meaning, Query
from foedus.law.records import Undecided
from foedus.law.smt.encode import World
from foedus.law.smt.stopping import StoppingSets, find_stopped, stopping_number, stopping_sets
from foedus.law.stoppers import refusing_set, stoppers
from foedus.law.stops import LAWFUL, PRACTICAL, Stance, stops

P5 = tuple("CFGRU")
TEN = tuple(f"elected {n:02}" for n in range(10))
COUNCIL = Body("council", P5 + TEN, "at_least", threshold=9, veto=P5)
ASK = Question("council", "help")
ARM = Owed(frozenset({"arm"}), frozenset({"arm"}))
FIRST_REFUSERS = Stance(refusers_last=False)


def duty(bearers: tuple[str, ...], **more: Any) -> Clause:
    return Clause("help", "obligation", bearers, frozenset({"V"}), (ARM,) * len(bearers), **more)


def form(*clauses: Clause, body: Body | None = None, control: tuple[tuple[str, str], ...] = ()) -> Form:
    parties = dict.fromkeys((*(body.members if body else ()), "P", "Q", "V", LAWFUL))
    return Form("f", tuple(parties), clauses, (body,) if body else (), control)


def asked(f: Form, query: Query | None = None, incident: Incident | None = None) -> tuple[Meaning, Any]:
    meaning = Meaning(f)
    expression = meaning.help_expression(Query(1) if query is None else query)
    return meaning, meaning.at(expression, incident or Incident("OTHER", "V"))


def timed(what: str, answer: Any, start: float) -> Any:
    print(f"{what}: {answer if not isinstance(answer, StoppingSets) else len(answer.sets)}"
          f" in {(time.perf_counter() - start) * 1000:.0f} ms")  # fmt: skip
    return answer


def number(f: Form, what: str, stance: Stance = LAWFUL, **more: Any) -> Any:
    meaning, expression = asked(f, **more)
    start = time.perf_counter()
    found = timed(what, stopping_number(meaning, expression, "V", stance), start)
    assert found == stoppers(meaning, expression, "V", stance).number
    return found


def sets(f: Form, what: str, stance: Stance = LAWFUL, at_most: int = 1_000, **more: Any) -> StoppingSets:
    meaning, expression = asked(f, **more)
    start = time.perf_counter()
    found = stopping_sets(meaning, expression, "V", stance, at_most=at_most)
    timed(what, found, start)
    return found


def test_security_council():
    # "Five vetoes and any 7 of the ten elected": one permanent member, or too few left for nine yes votes.
    f = form(duty(("P",), decision=ASK), body=COUNCIL)
    assert number(f, "Security Council, number") == 1
    found = sets(f, "Security Council, sets")
    assert not found.more
    assert set(found.sets) == {frozenset(p) for p in P5} | {frozenset(seven) for seven in combinations(TEN, 7)}
    assert len(found.sets) == 125
    some = sets(f, "Security Council, 64 sets", at_most=64)
    assert len(some.sets) == 64
    assert some.more
    assert [len(chosen) for chosen in some.sets[:6]] == [1, 1, 1, 1, 1, 7]


def test_exactly_as_many_sets_as_wanted_is_not_more():
    f = form(duty(("P",), decision=ASK), body=COUNCIL)
    found = sets(f, "Security Council, 125 sets", at_most=125)
    assert (len(found.sets), found.more) == (125, False)


@pytest.mark.parametrize(("members", "of", "expected"), [(32, "entitled", 16), (31, "entitled", 16), (64, "cast", 32)])
def test_majorities(members, of, expected):
    # Half of an even body is not more than half: 16 of 32 who say no leave 16 yes votes, which do not decide.
    body = Body("council", tuple(f"M{n:02}" for n in range(members)), "majority", of)
    f = form(duty(("P",), decision=ASK), body=body)
    assert number(f, f"majority of {members} {of}") == expected


def test_majority_of_32_has_too_many_sets_to_list():
    body = Body("council", tuple(f"M{n:02}" for n in range(32)), "majority")
    found = sets(form(duty(("P",), decision=ASK), body=body), "32 members, 64 sets", at_most=64)
    assert found.more
    assert {len(chosen) for chosen in found.sets} == {16}


def test_quorum_staying_away_hurts_more_than_voting_no():
    body = Body("council", tuple("ABCDE"), "majority", "cast", quorum=4)
    f = form(duty(("P",), decision=ASK), body=body)
    assert number(f, "quorum 4 of 5") == 2
    assert set(sets(f, "quorum 4 of 5, sets").sets) == {frozenset(pair) for pair in combinations("ABCDE", 2)}


def test_nobody_and_zero():
    assert number(form(duty(("P",))), "nobody, lawfully") is None
    assert number(form(duty(("P",))), "one, by breach", PRACTICAL) == 1
    assert number(form(duty(("V",))), "no help at all") == 0
    assert sets(form(duty(("V",))), "the empty set").sets == (frozenset(),)
    assert sets(form(duty(("P",))), "no set").sets == ()


def test_32_bearers_judge_for_themselves():
    bearers = tuple(f"M{n:02}" for n in range(32))
    f = form(duty(bearers, judges=(Judge("attack", "bearer"),)))
    assert number(f, "32 judges, one provider wanted") == 32
    meaning, expression = asked(f, Query(1, k=20))
    assert stopping_number(meaning, expression, "V", LAWFUL) == 13


def test_control_counts_the_actors_named():
    judged = duty(("P", "Q"), judges=(Judge("attack", "bearer"),))
    f = form(judged, control=(("X", "P"), ("X", "Q")))
    assert set(sets(f, "a master").sets) == {frozenset("X"), frozenset("PQ")}
    # Whom the victim controls never refuses.
    f = form(judged, control=(("V", "P"), ("X", "P"), ("X", "Q")))
    assert set(sets(f, "a protected one").sets) == {frozenset("X"), frozenset("Q")}


def two_way() -> Form:
    """Help comes where both of two bodies decide the same: it matters who chooses last."""
    one, two = Body("one", ("A",), "majority"), Body("two", ("B",), "majority")
    first, second = Question("one", "help"), Question("two", "judge:attack")
    both = duty(("P",), decision=first, judges=(Judge("attack", "two", is_body=True),))
    neither = Clause("neither", "obligation", ("Q",), frozenset("V"), (ARM,), unless=(first, second))
    return Form("f", ("A", "B", "P", "Q", "V"), (both, neither), (one, two))


def test_the_order_can_matter():
    meaning, expression = asked(two_way())
    assert stopping_number(meaning, expression, "V", LAWFUL) == 1
    assert stopping_number(meaning, expression, "V", FIRST_REFUSERS) == 2
    assert set(stopping_sets(meaning, expression, "V", LAWFUL).sets) == {frozenset("A"), frozenset("B")}
    assert stopping_sets(meaning, expression, "V", FIRST_REFUSERS).sets == (frozenset("AB"),)


def test_who_may_not_refuse_in_a_choice_that_works_both_ways_is_willing_in_it():
    # The votes are no judgements and no acts: A and B go on helping; P and Q withhold by breach, each its own duty.
    meaning, expression = asked(two_way())
    assert stopping_number(meaning, expression, "V", Stance(only_sorts=frozenset({"judgement"}))) is None
    acts = Stance(practical=True, only_sorts=frozenset({"act"}))
    assert stopping_sets(meaning, expression, "V", acts).sets == (frozenset("PQ"),)


def test_silence():
    body = Body("council", tuple("ABC"), "majority", silence="absent")
    f = form(duty(("P",), decision=ASK), body=body)
    assert number(f, "A is silent", Stance(silent=frozenset("A"))) == 1
    assert number(f, "nobody is silent") == 2


def test_time_that_is_up_is_an_answer():
    f = form(duty(("P",), decision=ASK), body=COUNCIL)
    meaning, expression = asked(f)
    assert isinstance(stopping_number(meaning, expression, "V", LAWFUL, limit_ms=0), Undecided)
    found = stopping_sets(meaning, expression, "V", LAWFUL, limit_ms=0)
    assert found.more
    assert found.undecided
    world = World(meaning.choices, IncidentSpace(("OTHER",), ("V",)))
    assert isinstance(find_stopped(meaning, world, expression, frozenset("C"), LAWFUL, limit_ms=0), Undecided)


def space(*actors: str) -> IncidentSpace:
    return IncidentSpace((*actors, "OTHER"), ("V", "P"), kinds=("raid", "full_invasion"))


def test_an_incident_in_which_the_attacker_stops_the_help():
    reachable = Query(5, reachable=True)
    leads = duty(("P", "Q"), leads_to=LeadsTo(ASK, 5))
    f = form(leads, body=COUNCIL)
    meaning = Meaning(f)
    expression = meaning.help_expression(reachable)
    start = time.perf_counter()
    found = find_stopped(meaning, World(meaning.choices, space(*P5, *TEN)), expression, None, LAWFUL)
    timed("the attacker's veto", found, start)
    assert isinstance(found, Incident)
    assert found.attacker in P5
    # Excluded, no attacker can; and ten elected never could.
    excluded = Meaning(form(leads, body=replace(COUNCIL, excluded="attacker")))
    world = World(excluded.choices, space(*P5, *TEN))
    assert find_stopped(excluded, world, excluded.help_expression(reachable), None, LAWFUL) is None
    assert find_stopped(meaning, World(meaning.choices, space(*TEN)), expression, None, LAWFUL) is None
    named = find_stopped(meaning, World(meaning.choices, space(*TEN)), expression, frozenset(TEN[:7]), LAWFUL)
    assert isinstance(named, Incident)


@pytest.mark.parametrize("last", [True, False])
def test_incidents_where_the_order_matters(last):
    meaning = Meaning(two_way())
    expression = meaning.help_expression(Query(1))
    stance = Stance(refusers_last=last)
    world = World(meaning.choices, IncidentSpace(("OTHER",), ("V",)))
    found = find_stopped(meaning, world, expression, frozenset("A"), stance)
    assert (found is not None) == last
    world = World(meaning.choices, IncidentSpace(("A", "P"), ("V",)))
    found = find_stopped(meaning, world, expression, None, stance)
    assert (found is not None) == last
    placed = meaning.at(expression, Incident("A", "V"))
    assert stops(meaning, placed, refusing_set(meaning, frozenset("A"), "V"), stance) is last
