"""The dimensions of shipped texts, as the texts themselves and scholarship have them."""

from typing import get_args

import pytest

from foedus.case.dimensions import DIMENSIONS, Value, dimension_words, ordered
from foedus.case.load import load, load_text
from foedus.case.schema.instrument import PaperKind
from foedus.case.shipped import instrument_ids
from foedus.check.as_written import told_hours
from foedus.check.compare import compare, stage_for
from foedus.check.dimensions import Dimensions, by_reading, together
from foedus.check.views import Views
from foedus.errors import BadInput

# Expectations by the maintainers, 2026-11-24. Why: the article named beside each, and the pairs of texts that differ in
# one phrase (the notes on the domain, section 1.3: the same words, different machine).
EXPECTED = [
    ("luxembourg-1867", "text", "obligation_structure", ("collective",)),  # Art. 2: the collective guarantee
    ("london-1839", "text", "obligation_structure", ("several",)),  # its twin, each bound alone
    ("uk-poland-1939", "text", "obligation_structure", ("bilateral",)),  # Art. 1: each to the other
    ("uk-ukraine-2024", "text", "obligation_structure", ("unilateral",)),  # support for Ukraine alone
    ("uk-poland-1939", "text", "verb_of_duty", ("shall_assist_all_means",)),  # all the support in its power
    ("teu-42-7", "text", "verb_of_duty", ("shall_assist_all_means",)),  # by all the means in their power
    ("nato-1949", "text", "verb_of_duty", ("shall_assist_as_deemed",)),  # such action as it deems necessary
    ("budapest-1994", "text", "verb_of_duty", ("shall_consult",)),  # point 6, and point 4 to seek action
    ("minsk-2015", "text", "verb_of_duty", ("shall_abstain",)),  # a ceasefire and no guarantor
    ("nato-1949", "text", "decision_rule", ("each_state",)),  # as it deems necessary
    ("uk-poland-1939", "text", "decision_rule", ("automatic",)),  # at once, all support
    ("istanbul-2022-draft", "text", "decision_rule", ("consensus_with_adversary",)),  # agreed upon by all
    ("istanbul-2022-communique", "text", "decision_rule", ("each_state",)),  # each after consultation
    ("istanbul-2022-draft", "text", "adversary_consent", ("holds_veto",)),  # the attacker is one of all
    ("istanbul-2022-communique", "text", "adversary_consent", ("is_guarantor",)),  # on the list, without a veto
    ("budapest-1994", "text", "adversary_consent", ("holds_veto",)),  # its vote in the Security Council
    ("minsk-2015", "text", "adversary_consent", ("needed_to_start",)),  # points 9 and 11: agreed with them
    ("uk-poland-1939", "text", "adversary_consent", ("not_needed",)),
    ("istanbul-2022-communique", "text", "clock", ("to_act",)),  # help after at most three days of consultation
    ("article-5-like-2025", "text", "clock", ("to_meet",)),  # confer within 24 hours
    ("article-5-like-2025", "decide-within-24-hours", "clock", ("to_decide",)),
    ("article-5-like-2025", "respond-within-24-hours", "clock", ("to_act",)),
    ("uk-poland-1939", "text", "clock", ("at_once",)),  # Art. 1: at once
    ("istanbul-2022-communique", "text", "scope", ("part_left_out",)),  # Crimea and parts of the Donbas
    ("istanbul-2022-communique", "text", "request", ("needed",)),  # on its official appeal
    ("london-1839", "text", "beneficiary_duties", ("neutrality",)),  # Art. VII
    ("luxembourg-1867", "text", "beneficiary_duties", ("neutrality_and_limits",)),  # the fortress is razed as well
    ("uk-poland-1939", "text", "duration", ("indefinite",)),  # Art. 8: five years, then without limit
    ("nato-1949", "text", "exit", ("by_notice",)),  # Art. 13: one year
    ("minsk-2015", "text", "forces_in_place", ("monitors",)),  # point 3
    ("budapest-1994", "political-only", "instrument", ("political_declaration",)),
    ("nato-1949", "text", "instrument", ("treaty_ratified",)),  # a treaty by its name; Art. 11: to be ratified
    ("un-charter", "text", "instrument", ("treaty_ratified",)),
    ("uk-poland-1939", "text", "instrument", ("treaty_ratified",)),  # in force at once, on signature
    ("us-ukraine-2024", "text", "instrument", ("executive_agreement",)),  # no parliament agreed to it
    ("taiwan-relations-act-1979", "text", "instrument", ("statute",)),  # Public Law 96-8
    ("executive-pledge-qatar-2025", "text", "instrument", ("executive_order",)),  # Executive Order 14353
    ("snapback-2231", "text", "instrument", ("unsc_resolution",)),  # Resolution 2231
    ("istanbul-2022-draft", "text", "instrument", ("treaty_unratified",)),  # a draft treaty
    # Not said to be the one or the other: disputed, and no source that was read settles it.
    ("uk-ukraine-2024", "text", "instrument", ("treaty_ratified", "executive_agreement", "political_declaration")),
    ("us-proposal-2025-08", "text", "instrument", ()),  # no text is known
    ("london-1839", "text", "nuclear_guarantor", ("no",)),
    ("budapest-1994", "text", "nuclear_guarantor", ("yes",)),
]


def of(id: str, reading: str = "text") -> Dimensions:
    case = load(id)
    return by_reading(Views(case, case.instruments[0]))[reading]


@pytest.mark.parametrize(("id", "reading", "name", "values"), EXPECTED)
def test_a_dimension_of_a_shipped_text(id, reading, name, values):
    assert of(id, reading).by_name[name].values == values


@pytest.mark.parametrize("id", instrument_ids())
def test_what_kind_of_paper_it_is_stands_in_the_file_with_a_source_or_is_open(id):
    model = load(id).instruments[0].model
    if model.paper is not None:
        assert all(ref in model.sources for ref in model.paper.source)
        assert model.paper.source
        # What is said to bind otherwise than such a paper can would be a slip of the file.
        assert model.binding == {"statute": "unilateral", "executive_order": "unilateral"}.get(
            model.paper.is_[0], "legal"
        )


def test_the_kinds_of_paper_in_the_language_are_those_of_the_dimension():
    assert get_args(PaperKind) == tuple(DIMENSIONS["instrument"].values)


def test_a_paper_between_two_kinds_and_a_source_that_nobody_declared():
    text = (
        "foedus: 1\nid: x\ntitle: X\nstatus: in-force\nbinding: legal\nparties: {A: {name: A}, B: {name: B}}\n"
        "default_cast: {beneficiary: B, attackers: [A]}\n"
        "paper: {is: [statute, executive_order], source: s}\n"
        "clauses: [{id: c, kind: prohibition, bearers: A, to: B, forbids: [attack]}]\n"
    )
    with pytest.raises(BadInput) as bad:
        load_text(text, "x.yaml")
    (problem,) = bad.value.problems
    assert "`s` is not a declared source" in problem.message
    case = load_text(text + "sources: {s: {kind: statute, verified: true}}\n", "x.yaml")
    found = by_reading(Views(case, case.instruments[0]))["text"]
    assert found.words("instrument") == "an order of one executive; or a law of one state"


def test_what_is_not_known_stays_between_its_values():
    # The report leaves open who judges: nobody named, each for itself, or all together (its clause `aid`).
    assert of("us-proposal-2025-08").by_name["attribution_rule"].values == (
        "facts_alone",
        "each_guarantor",
        "consensus",
    )


@pytest.mark.parametrize("id", instrument_ids())
def test_every_shipped_text_has_every_dimension_in_words_of_the_vocabulary(id):
    case = load(id)
    clauses = {clause.id for clause in case.instruments[0].model.clauses}
    for found in by_reading(Views(case, case.instruments[0])).values():
        assert list(found.by_name) == list(DIMENSIONS)
        for name, value in found.by_name.items():
            assert value.values == ordered(name, value.values)
            assert set(value.clauses) <= clauses
            assert found.words(name)


def test_a_value_that_one_completion_does_not_know_is_not_known():
    known = of("uk-poland-1939")
    unsure = Dimensions("x", {**known.by_name, "clock": Value()})
    assert together([known, unsure]).by_name["clock"] == Value((), ("aggression",))
    assert together([known, known]) == known


def test_words_of_open_and_unknown_values():
    assert (
        dimension_words("clock", ["to_meet", "to_act"])
        == "to act within a stated time; or to meet within a stated time"
    )
    assert dimension_words("clock", []) == "not known"


# 24 h is said in hours, three days in days; a month counts as 730 hours (case/schema/base.py).
@pytest.mark.parametrize(
    ("hours", "words"),
    [(24, "24 h"), (72, "3 days"), (8760, "1 year"), (87600, "10 years"), (4380, "6 months"), (5, "5 h")],
)
def test_a_length_of_time_as_people_say_it(hours, words):
    assert told_hours(hours) == words


def test_an_adversary_that_both_texts_protect_has_no_part_against_itself() -> None:
    """Locarno names Germany as attacker and the Triple Alliance protects it: on their common stage it is both."""
    stage = stage_for(["locarno-1925", "triple-alliance-1882"], None)
    assert stage.case.attackers[0] == "DE"
    assert set(stage.case.beneficiaries) == {"DE"}
    found = compare(stage, readings=False).dimensions
    assert all("holds_veto" not in one.values["adversary_consent"] for one in found)
