"""How known texts stand to each other: from the texts and the list of checks (C22), not from what the program printed.

Author: Foedus maintainers, 2026-11-24. Each line has its reason; where the list is not followed, docs/theory/checks.md
says why.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import foedus
from foedus.law.relation import Order, Relation
from foedus.plain import plain

CASES = Path(__file__).resolve().parents[2] / "cases"
UKRAINE = CASES / "ukraine-2025.yaml"

ALWAYS = [
    # List of checks: 15 weaker than 1. The idea promises to confer within a day, to Ukraine, after a Russian attack;
    # NATO 4 promises to confer whatever happens, and NATO 5 lets nobody refuse that lawfully.
    ("article-5-like-2025", "nato-1949", Order.WEAKER),
    # List of checks: 13 incomparable with 3. London owes money and sanctions, but against Russia alone and when armed;
    # Budapest 6 owes consultation in any situation.
    ("uk-ukraine-2024", "budapest-1994", Order.INCOMPARABLE),
    # The inserted phrase lets every guarantor stop what each owed by itself, and the draft leaves out the blockade.
    ("istanbul-2022-communique", "istanbul-2022-draft", Order.STRONGER),
    # Minsk II promises no help at all, so that whatever promises some is stronger.
    ("budapest-1994", "minsk-2015", Order.STRONGER),
    ("nato-1949", "minsk-2015", Order.STRONGER),
    # NATO's least is a declaration and Article 4 covers every threat; the memorandum asks no more of those who signed.
    ("nato-1949", "budapest-1994", Order.STRONGER),
    # 42(7) owes all means and NATO words in an armed attack; in a mere threat NATO 4 confers and 42(7) is silent.
    ("nato-1949", "teu-42-7", Order.INCOMPARABLE),
]


@pytest.fixture(scope="module")
def in_ukraine() -> dict[tuple[str, str], Relation]:
    found = foedus.compare(case=UKRAINE)
    return {(one.first, one.second): one for one in found.relations}


@pytest.mark.parametrize(("first", "second", "order"), ALWAYS)
def test_texts_of_one_case_stand_as_was_known(
    in_ukraine: dict[tuple[str, str], Relation], first: str, second: str, order: Order
) -> None:
    found = foedus.compare(first, second, case=UKRAINE).relations[0]
    assert found.orders == (order,)
    assert found.order is order
    again = in_ukraine.get((first, second))
    if again is not None:  # who else is compared changes nothing
        assert again.orders == found.orders


def test_what_separates_the_two_istanbul_texts_is_russia_saying_no() -> None:
    (found,) = foedus.compare("istanbul-2022-communique", "istanbul-2022-draft").relations
    (separation,) = found.separations
    # Point 5: each guarantor helps by itself; the draft: on a decision of all, Russia among them. Consultation is left.
    assert separation.stronger == "istanbul-2022-communique"
    assert (separation.incident.attacker, separation.incident.kind) == ("RU", "full_invasion")
    assert separation.refusing == ("RU",)
    assert separation.levels == (2, 1)


def test_in_each_direction_one_incident_separates_incomparable_texts() -> None:
    (found,) = foedus.compare("uk-ukraine-2024", "budapest-1994", case=UKRAINE).relations
    ours, theirs = found.separations
    # Full invasion by Russia: money against talk. By anybody else: nothing against talk.
    assert (ours.stronger, ours.incident.attacker, ours.levels) == ("uk-ukraine-2024", "RU", (2, 1))
    assert theirs.stronger == "budapest-1994"
    assert theirs.levels == (0, 1)


def test_the_unknown_proposal_depends_on_its_least() -> None:
    (found,) = foedus.compare("us-proposal-2025-08", "minsk-2015", case=UKRAINE).relations
    # Whatever it says it promises no less than a text that promises nothing; whether more hangs on the least owed.
    assert set(found.orders) == {Order.STRONGER, Order.EQUAL}
    assert found.at_least()
    assert found.depends_on == (("us-proposal-2025-08", "clauses.aid.response.least"),)


def test_a_reading_changes_the_order_and_is_told() -> None:
    (found,) = foedus.compare("istanbul-2022-communique", "istanbul-2022-draft").relations
    told = {(one.instrument, one.reading): one.orders for one in found.readings}
    # By the wording Ukraine wanted, arms and a closed sky are owed: more than the communiqué, but not in a blockade.
    assert told["istanbul-2022-draft", "arms-and-closed-sky"] == (Order.INCOMPARABLE,)
    # Without the words on a decision of all, the draft is the communiqué without the blockade: as before, weaker.
    assert ("istanbul-2022-draft", "each-after-consultation") not in told


# --- two pacts for one state, without a case -------------------------------------------------------------------------

PACT = """\
foedus: 1
id: {id}
title: {id}
status: signed
binding: legal
parties: {{Vale: {{name: Vale}}, Arden: {{name: Arden}}, Brant: {{name: Brant}}, Xanth: {{name: Xanth}}}}
members: [Vale, Arden, Brant]
default_cast: {{beneficiary: {beneficiary}, attackers: any, main_zone: {zone}}}
zones: {{{zone}: {{what: home}}}}
clauses:
  - id: aid
    kind: obligation
    bearers: parties
    to: parties
    structure: {structure}
    when: {{zone: {zone}}}
    judge: {judge}
    response: {{least: [{least}], most: [all_means]}}
"""


def pact(folder: Path, id: str, **values: str) -> str:
    facts = {"beneficiary": "Vale", "zone": "home", "judge": "objective", "least": "arm", "structure": "each-alone"}
    path = folder / f"{id}.yaml"
    path.write_text(PACT.format(id=id, **(facts | values)), encoding="utf-8")
    return str(path)


def test_the_main_places_of_two_pacts_count_as_one_and_a_member_named_as_an_example_is_found(tmp_path: Path) -> None:
    """Like NATO beside Brussels: each names another member as an example, and calls its area by another name."""
    strong = pact(tmp_path, "strong", beneficiary="Arden", zone="area", least="all_means")
    soft = pact(tmp_path, "soft", least="arm")
    found = foedus.compare(strong, soft)
    assert found.relations[0].orders == (Order.STRONGER,)
    assert found.case.beneficiaries == ("Arden", "Vale")
    assert any("main place" in words for words in found.bounds)


def test_bound_by_its_own_judgement_is_weaker_and_so_is_bound_only_together_if_a_bearer_attacks(
    tmp_path: Path,
) -> None:
    fact, own = pact(tmp_path, "fact"), pact(tmp_path, "own", judge="bearer")
    (found,) = foedus.compare(fact, own).relations
    # The two others must refuse; the outsider attacks, being first in the order.
    assert found.orders == (Order.STRONGER,)
    assert found.separations[0].refusing == ("Arden", "Brant")
    assert found.separations[0].levels == (3, 0)
    together = pact(tmp_path, "together", structure="together")
    (found,) = foedus.compare(fact, together).relations
    # If one that is bound attacks, the incident itself releases the others.
    assert found.orders == (Order.STRONGER,)
    assert found.separations[0].incident.attacker in ("Arden", "Brant")
    assert found.separations[0].levels == (3, 0)


def test_two_texts_that_protect_nobody_in_common_are_not_compared() -> None:
    with pytest.raises(foedus.BadInput, match="no state in common"):
        foedus.compare("london-1839", "luxembourg-1867")


# --- drafts ----------------------------------------------------------------------------------------------------------


def test_the_veto_of_the_draft_is_gained_and_the_fault_with_it() -> None:
    found = foedus.diff("istanbul-2022-communique", "istanbul-2022-draft")
    # Each of the five guarantors has it, if it is the attacker; nobody outside.
    assert set(found.veto_gained) == {"RU", "CN", "US", "GB", "FR"}
    assert not found.veto_lost
    assert {"attacker-cannot-stop", "no-single-ally-can-stop"} <= {finding.rule for finding in found.gained}
    # The draft asks for no appeal by Ukraine.
    assert "help-without-request" in {finding.rule for finding in found.lost}
    (change,) = [one for one in found.changes if one.id == "aid"]
    fields = {field.place: (field.before, field.after) for field in change.fields}
    assert fields["clauses.aid.decision"] == (("none",), ("body guarantors",))
    assert fields["clauses.aid.judge"] == (("bearer",), ("objective",))
    assert {one.id for one in found.changes if one.how == "added"} == {
        "force-limits", "no-guarantor-troops", "guarantors",
    }  # fmt: skip
    invasion = next(stop for stop in found.stops if stop.incident.kind == "full_invasion")
    assert invasion.before is not None
    assert invasion.after is not None
    assert (invasion.before[1].number, invasion.after[1].number) == (4, 1)


def test_a_draft_against_itself_shows_nothing() -> None:
    found = foedus.diff("istanbul-2022-draft", "istanbul-2022-draft")
    assert [*found.changes, *found.gained, *found.lost, *found.veto_gained, *found.veto_lost] == []
    assert found.relation.orders == (Order.EQUAL,)


def test_to_turn_a_difference_round_turns_everything_round() -> None:
    there = foedus.diff("istanbul-2022-communique", "istanbul-2022-draft")
    back = foedus.diff("istanbul-2022-draft", "istanbul-2022-communique")
    assert back.veto_lost == there.veto_gained
    assert {f.rule for f in back.lost} == {f.rule for f in there.gained}
    assert {f.rule for f in back.gained} == {f.rule for f in there.lost}
    assert [(plain(s.before), plain(s.after)) for s in back.stops] == [
        (plain(s.after), plain(s.before)) for s in there.stops
    ]


def test_results_are_frozen_plain_data_and_the_same_every_time() -> None:
    first = foedus.compare("istanbul-2022-communique", "istanbul-2022-draft")
    assert first.to_dict() == foedus.compare("istanbul-2022-communique", "istanbul-2022-draft").to_dict()
    with pytest.raises(AttributeError):
        first.bounds = ()  # type: ignore[misc]
