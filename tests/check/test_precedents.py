"""Nearest and counter-nearest cases of shipped texts, findings that name them, and the held-out cases."""

from pathlib import Path

import pytest

from foedus.api import check
from foedus.case.load import load
from foedus.case.precedents import precedents
from foedus.check.dimensions import under
from foedus.check.hold_out import hold_out
from foedus.check.precedents import Analogies, analogies, answer, distance
from foedus.check.views import TEXT, Views
from foedus.findings import Verdict

THEORY = Path(__file__).resolve().parents[2] / "docs" / "theory" / "precedents.md"
LIBRARY = precedents()


def of(id: str, reading: str = TEXT) -> Analogies:
    case = load(id)
    return analogies(under(Views(case, case.instruments[0]), reading), reading, LIBRARY)


# The twin of 1867 is the treaty of 1839, one word apart (domain notes, 1.3), and they part on that word among others.
def test_belgium_is_nearest_to_luxembourg_and_they_part_on_who_is_bound_with_whom():
    found = of("luxembourg-1867")
    assert [case.id for case in found.own] == ["P03"]
    assert found.near[0].case.id == "P01"
    assert "obligation_structure" in found.near[0].distance.differing


# Budapest and the pact of 1978 both come down to consultation (fault 5: P33, P38, P48).
def test_a_consultation_pact_is_nearest_to_budapest():
    found = of("budapest-1994")
    assert {case.id for case in found.own} == {"P38", "P39"}
    assert found.near[0].case.id == "P33"
    assert "verb_of_duty" in found.near[0].distance.matching


# A case and the text that made it are one document (the list names it in the row): where both are known they cannot
# differ on who is bound and to what. Maintainers, 2026-11-24.
@pytest.mark.parametrize("id", ["luxembourg-1867", "london-1839", "budapest-1994", "minsk-2015", "uk-poland-1939"])
def test_a_text_and_its_own_case_do_not_differ_on_who_is_bound_and_to_what(id):
    found = of(id)
    differing = distance(found.dimensions.values, found.own[0].dimensions).differing
    assert not {"obligation_structure", "verb_of_duty"} & set(differing)


@pytest.mark.parametrize("id", ["istanbul-2022-draft", "nato-1949", "uk-poland-1939", "minsk-2015"])
def test_a_counter_example_ended_the_other_way_and_none_nearer_did(id):
    case = load(id)
    found = of(id)
    for counter in found.counter:
        own = answer(found.near[0].case, counter.outcome) if len(counter.neighbours) == 1 else ()
        for neighbour in counter.neighbours:
            assert not set(own) & set(answer(neighbour.case, counter.outcome))
            assert neighbour.distance.most >= found.near[0].distance.most
    assert case.instruments[0].id == found.instrument


def test_a_reading_is_compared_as_it_reads():
    assert of("article-5-like-2025", "respond-within-24-hours").dimensions.by_name["clock"].values == ("to_act",)
    assert of("article-5-like-2025").dimensions.by_name["clock"].values == ("to_meet",)


# Luxembourg raises fault 1, Belgium does not (domain notes, acceptance test T2); Budapest raises 2 and 5 (T3).
def test_findings_name_the_cases_that_had_the_fault():
    found = {finding.rule: finding for finding in check("luxembourg-1867", explain=False).findings}
    collective = found["each-bound-alone"]
    assert collective.is_bad  # it depends: one reading makes of it a right without a duty
    assert collective.had_by[0].case == "P03"
    assert collective.otherwise is not None
    assert collective.otherwise.case == "P01"
    belgium = {finding.rule: finding for finding in check("london-1839", explain=False).findings}
    assert belgium["each-bound-alone"].had_by == ()
    budapest = {finding.rule: finding for finding in check("budapest-1994", explain=False).findings}
    assert "P38" in [past.case for past in budapest["attacker-cannot-stop"].had_by]
    assert "P38" in [past.case for past in budapest["attack-covered"].had_by]


def test_what_holds_names_no_case():
    for finding in check("uk-poland-1939", explain=False).findings:
        assert len(finding.had_by) <= 2
        if finding.verdict in (Verdict.HOLDS, Verdict.NOT_APPLICABLE):
            assert finding.had_by == ()
            assert finding.otherwise is None


# Domain notes, section 7.7. A text that is added later is picked up by its id; a miss is told in docs/theory.
def test_held_out_cases_are_rated_as_expected_or_the_miss_is_published():
    rated = hold_out(LIBRARY)
    assert "P03" in {one.case for one in rated}
    told = THEORY.read_text(encoding="utf-8").partition("## Hits and misses")[2]
    for one in rated:
        assert one.is_hit or one.case in told, f"{one} is a miss that docs/theory/precedents.md does not tell"
    assert next(one for one in rated if one.case == "P03").is_hit
