"""Answers known beforehand (the project's list of known answers), for forms written by hand after the texts."""

from __future__ import annotations

from math import comb

import law_forms as forms
import pytest

from foedus.case.form import Body, Form, Question
from foedus.law.ask import ask, clause_status
from foedus.law.incident import Incident
from foedus.law.meaning import Meaning, Query
from foedus.law.promise import promised_level, weakest_lawful
from foedus.law.records import Stoppers
from foedus.law.stoppers import stoppers
from foedus.law.stops import LAWFUL, PRACTICAL, Stance


def who_stops(form: Form, incident: Incident, level: int, stance: Stance = LAWFUL, **query: object) -> Stoppers:
    meaning = Meaning(form)
    expression = meaning.help_expression(Query(level, **query))  # type: ignore[arg-type]
    return stoppers(meaning, meaning.at(expression, incident), incident.victim, stance)


def plain(found: Stoppers) -> list[list[str]]:
    return sorted(sorted(actors) for actors in found.sets())


def test_luxembourg_nobody_lawfully_each_of_the_six_by_breach():
    # Bound only together: withholding is no lawful choice, but one that withholds releases the others.
    incident = forms.against("LU")
    assert who_stops(forms.luxembourg(), incident, 1).number is None
    found = who_stops(forms.luxembourg(), incident, 1, PRACTICAL)
    assert found.number == 1
    assert plain(found) == [["AT"], ["BE"], ["FR"], ["GB"], ["IT"], ["PR"]]


def test_luxembourg_is_released_when_a_guarantor_attacks():
    # The attacker is a bearer: no choice is left to anybody, the facts alone end the promise.
    meaning = Meaning(forms.luxembourg())
    incident = forms.against("LU", "PR")
    assert promised_level(meaning, incident) == 0
    status = clause_status(meaning, incident, meaning.clauses["2"], "FR")
    assert status.state == "released"
    assert status.missing[0].who == ("PR",)


def test_london_nobody_alone_even_by_breach():
    # Each for itself: all five must withhold.
    found = who_stops(forms.london(), forms.against("BE"), 1, PRACTICAL)
    assert found.number == 5
    assert who_stops(forms.london(), forms.against("BE"), 1).number is None


def test_london_with_bearers_as_judges_all_of_them_lawfully():
    # Each may deny the attack for itself alone, so that all must.
    found = who_stops(forms.london(forms.SELF_JUDGE), forms.against("BE"), 1)
    assert found.number == 5
    assert [kind.size for kind in found.kinds] == [5]


@pytest.mark.parametrize(("least", "level"), [((), 0), (("consult",), 1), (("sanction",), 2)])
def test_nato_weakest_lawful_response_by_reading(least, level):
    # Objective judge, means chosen by the bearer: what is owed is the least; article 4 is left out of the question.
    incident = forms.against("A01", zone="europe")
    query = Query(clauses=frozenset({"5"}))
    assert weakest_lawful(Meaning(forms.nato(least)), incident, query) == level


def test_nato_with_bearers_as_judges_nothing_is_left():
    incident = forms.against("A01", zone="europe")
    query = Query(clauses=frozenset({"5"}))
    meaning = Meaning(forms.nato(("sanction",), forms.SELF_JUDGE))
    assert promised_level(meaning, incident, query) == 2
    assert weakest_lawful(meaning, incident, query) == 0
    assert who_stops(meaning.form, incident, 2).number == 31  # all but the victim


def test_an_attacker_is_not_taken_to_consent_to_the_help_against_itself():
    # A force that stands by the consent of one side: in good faith it is there; that side may send it away.
    incident = forms.against("VV", "XX")
    waiting = Meaning(forms.form(forms.obligation("1", ("AA",), ("VV",), "limited_force", consents=("XX",))))
    assert (promised_level(waiting, incident), weakest_lawful(waiting, incident)) == (4, 0)
    # The consent of one who neither guarantees nor attacks is taken as given.
    assert weakest_lawful(waiting, forms.against("VV", "YY")) == 4


def test_istanbul_communique_the_other_four_together():
    # The attacker is no provider; each of the others may deny the attack for itself alone.
    incident = forms.against("UA", "RU")
    meaning = Meaning(forms.istanbul_communique())
    assert promised_level(meaning, incident) == 2
    assert promised_level(meaning, incident, refusing=frozenset({"RU"})) == 2
    found = who_stops(meaning.form, incident, 2)
    assert found.number == 4
    assert plain(found) == [["CN", "FR", "GB", "US"]]


def test_istanbul_draft_each_single_member_the_attacker_included():
    found = who_stops(forms.istanbul_draft(), forms.against("UA", "RU"), 3)
    assert found.number == 1
    assert plain(found) == [["CN"], ["FR"], ["GB"], ["RU"], ["US"]]


def test_istanbul_draft_with_the_attacker_excluded_four_remain():
    # The cure is half a cure.
    found = who_stops(forms.istanbul_draft(attacker_excluded=True), forms.against("UA", "RU"), 3)
    assert plain(found) == [["CN"], ["FR"], ["GB"], ["US"]]


def test_budapest_the_duty_survives_a_veto_the_help_does_not():
    incident = forms.against("UA", "RU")
    assert promised_level(Meaning(forms.budapest()), incident, refusing=frozenset({"RU"})) == 1
    assert who_stops(forms.budapest(), incident, 1).number is None
    found = who_stops(forms.budapest(), incident, 2, reachable=True)
    # Nine of fifteen with five vetoes: any veto, or seven of the ten elected; eleven sets of seven are C(10, 7) = 120.
    assert found.number == 1
    assert [(set(g.members), g.count) for kind in found.kinds for g in kind.groups] == [
        (set(forms.P5), 1), (set(forms.ELECTED), 7),
    ]  # fmt: skip
    assert found.number_of_sets == len(found.sets()) == 5 + comb(10, 7)


def test_poland_all_means_against_germany_consultation_against_the_ussr():
    meaning = Meaning(forms.poland())
    assert promised_level(meaning, forms.against("PL", "DE")) == 5
    assert promised_level(meaning, forms.against("PL", "SU")) == 1


def test_rio_the_request_hole_shows_at_clause_scope():
    # A victim that is silent gets nothing under 3(2), but the organ may still act.
    meaning = Meaning(forms.rio())
    incident = forms.against("BR")
    silent = Stance(silent=frozenset({"BR"}), silent_sorts=frozenset({"request"}))
    assert promised_level(meaning, incident, Query(clauses=frozenset({"3(2)"})), stance=silent) == 0
    assert promised_level(meaning, incident, stance=silent) == 2
    assert promised_level(meaning, incident) == 3


def test_rio_disputants_do_not_vote_between_americans_only():
    # Two thirds of five members are four votes. Against an outsider two refusals stop the organ; with two Americans
    # in dispute three votes are left, and the organ cannot decide at all under this denominator.
    query = {"clauses": frozenset({"3(2) organ"})}
    outside = who_stops(forms.rio(), forms.against("BR"), 2, **query)
    assert outside.number == 2
    between = who_stops(forms.rio(), forms.against("BR", "AR"), 2, **query)
    assert between.number == 0


def test_snapback_the_three_together():
    # Any of the three can give notice; going on with relief needs the Council, where France and Britain have vetoes
    # of their own. Russia and China cannot stop the return. The only other way is a whole Council majority without
    # any veto: all five permanent members and four elected.
    found = who_stops(forms.snapback(), forms.against("IL"), 2)
    assert found.number == 3
    assert found.sets(1) == (frozenset({"DE", "FR", "GB"}),)
    assert {kind.size for kind in found.kinds[1:]} == {9}
    assert all(set(forms.P5) < actors for actors in found.sets()[1:])
    assert found.number_of_sets == 1 + comb(10, 4)


def test_quorum_staying_away_hurts_more_than_voting_no():
    # Four of five present, majority of votes cast: two that stay away stop it, two that vote no do not.
    states = ("A", "B", "C", "D", "E")
    body = Body("assembly", states, "majority", "cast", quorum=4)
    form = forms.form(
        forms.obligation("help", states, ("V",), "arm", decision=Question("assembly", "help")), bodies=(body,)
    )
    found = who_stops(form, forms.against("V"), 3)
    assert found.number == 2
    assert found.number_of_sets == comb(5, 2)


def test_ask_tells_who_lets_it_fail_and_what_would_change():
    meaning = Meaning(forms.istanbul_draft())
    answer = ask(meaning, forms.against("UA", "RU"), refusing=frozenset({"RU"}), required=3)
    assert (answer.promise.good_faith, answer.promise.lawful, answer.promise.weakest_lawful) == (3, 0, 0)
    assert {status.state for status in answer.statuses} == {"not_decided"}
    assert {status.missing[0].who for status in answer.statuses} == {("RU",)}
    assert {change.choice for change in answer.changes} == {("vote", "guarantors", "help", "RU")}
    assert answer.promised == answer.required
    assert answer.promised
    assert answer.promised.lawful.number == 1
