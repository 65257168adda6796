"""The historical cases and the faults as data: complete, in the allowed words, and each with how it is known."""

from collections import Counter

import pytest

from foedus.case.dimensions import DIMENSIONS
from foedus.case.precedents import faults, faults_of, had_fault, precedents, read_precedent
from foedus.case.schema.precedent import ANSWERS, OUTCOMES
from foedus.case.shipped import instrument_ids
from foedus.errors import BadInput

LIBRARY = precedents()
CODES = {f"C{number:02}" for number in range(1, 27)}
"""The list of checks, C01 to C26 (docs/theory/checks.md)."""
AWAITED = {
    "csto-1992",
    "cyprus-guarantee-1960",
    "executive-pledge-qatar-2025",
    "france-poland-1921",
    "france-poland-1939",
    "germany-ukraine-2024",
    "locarno-1925",
    "minsk-2014",
    "snapback-2231",
    "soviet-czech-1935",
    "unef-1956",
    "us-japan-1960",
    "us-korea-1953",
    "us-taiwan-1954",
    "us-ukraine-2024",
}
"""Texts that cases name and that are coded apart from this list; one that ships is found by its id."""


def row(**changed: str) -> str:
    lines = {
        "foedus": "1",
        "id": "P99",
        "name": "Vale 2000",
        "years": "since 2000",
        "guarantors": "Arden",
        "beneficiary": "Vale",
        "adversary": "Xanth",
        "form": "a pledge",
        "tested": "never",
        "promise_kept": "not_due",
        "deterrence_held": "held",
        "fate": "unharmed",
        "reason": "Nobody tried.",
        "mark": "general",
        "verified": "false",
        "dimensions": "{" + ", ".join(f"{name}: unknown" for name in DIMENSIONS) + "}",
        "coded_by": "A. Coder, 2026-11-24",
        "checked_by": "nobody yet",
    }
    return "\n".join(f"{key}: {value}" for key, value in (lines | changed).items()) + "\n"


def problems(**changed: str) -> list[str]:
    return [problem.message for problem in read_precedent(row(**changed), "library/precedents/P99.yaml")[1]]


def test_all_fifty_four_cases_are_there():
    # The list of the domain notes, section 3: P01 to P54, no gap.
    assert LIBRARY.ids == tuple(f"P{number:02}" for number in range(1, 55))


@pytest.mark.parametrize("case", list(LIBRARY), ids=lambda case: case.id)
def test_a_case_has_three_outcomes_in_allowed_words_and_says_how_it_is_known(case):
    for question in ("tested", *OUTCOMES):
        answers = getattr(case, question).answer
        assert answers
        assert set(answers) <= set(ANSWERS[question])
        assert len(set(answers)) == len(answers)
    assert list(case.dimensions) == list(DIMENSIONS)
    assert case.verified <= ("seen" in case.mark)
    assert case.sources or case.mark == ("general",)
    assert "general" not in case.mark or not case.verified
    assert set(case.instruments) <= {*instrument_ids(), *AWAITED}
    assert case.checked_by != case.coded_by


# Six rows against the table of the domain notes, section 3, by hand, one of each kind of answer (2026-11-24).
@pytest.mark.parametrize(
    ("id", "tested", "kept", "deterred", "fate"),
    [
        ("P03", ("yes",), ("no",), ("failed",), ("restored",)),
        ("P10", ("yes",), ("partly",), ("failed",), ("lost",)),
        ("P16", ("yes",), ("yes",), ("below_threshold",), ("unharmed",)),
        ("P22", ("yes", "threat"), ("yes",), ("held",), ("unharmed",)),
        ("P39", ("never",), ("not_due",), ("not_asked",), ("unharmed",)),
        ("P47", ("unclear",), ("not_due",), ("not_asked",), ("not_asked",)),
    ],
)
def test_outcomes_are_those_of_the_list(id, tested, kept, deterred, fate):
    case = LIBRARY[id]
    assert case.tested.answer == tested
    assert (case.promise_kept.answer, case.deterrence_held.answer, case.fate.answer) == (kept, deterred, fate)


# General knowledge alone by the marks of the list: P08, P52 and the like may gain a source, never lose the mark unseen.
def test_what_is_only_general_knowledge_is_not_verified():
    for id in ("P08", "P13", "P24", "P42", "P52"):
        assert not LIBRARY[id].verified
        assert "general" in LIBRARY[id].mark


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"verified": "true"}, "nobody has looked at a page"),
        ({"mark": "seen"}, "needs a source with its address"),
        ({"promise_kept": "mostly"}, "mostly"),
        ({"fate": "[]"}, "fate"),
        ({"dimensions": "{clock: to_act}"}, "is missing; write `unknown`"),
        ({"dimensions": "{clok: to_act}"}, "`clok` is not a dimension"),
        ({"id": "P98"}, "the case is `P98`, the file is `P99.yaml`"),
    ],
)
def test_a_row_that_is_wrong_is_refused(changed, words):
    assert problems() == []
    assert any(words in told for told in problems(**changed)), problems(**changed)


def test_a_value_outside_the_vocabulary_is_refused_with_those_that_are_in_it():
    values = ", ".join(f"{name}: unknown" for name in DIMENSIONS if name != "clock")
    told = problems(dimensions=f"{{{values}, clock: soon}}")
    assert len(told) == 1
    assert "`soon` is not a value of `clock`" in told[0]
    assert "to_act" in told[0]


def test_the_twenty_two_faults_are_there_and_each_is_found_by_a_rule_or_says_why_not():
    assert list(faults()) == list(range(1, 23))
    for fault in faults().values():
        assert set(fault.rules) <= CODES
        assert fault.rules or fault.no_rule
        assert fault.had_by


def test_every_case_that_a_fault_names_is_on_the_list_under_its_name():
    named = [had for fault in faults().values() for had in (*fault.had_by, *filter(None, [fault.counter]))]
    for had in named:
        assert had.case in LIBRARY
        assert had.name == LIBRARY[had.case].name


# The faults with their cases as the domain notes have them, section 3, last paragraph.
@pytest.mark.parametrize(
    ("number", "cases"),
    [(1, "P03"), (2, "P01 P03 P32 P38"), (3, "P09"), (5, "P33 P38 P48"), (10, "P10 P11"), (17, "P17"), (22, "P12")],
)
def test_a_fault_was_had_by_the_cases_of_the_list(number, cases):
    assert sorted(had.case for had in faults()[number].had_by) == cases.split()


def test_a_case_that_went_otherwise_did_not_have_the_fault():
    for fault in faults().values():
        if fault.counter is not None:
            assert fault.counter.case not in {had.case for had in fault.had_by}


def test_two_cases_at_most_are_named_for_a_rule_those_of_different_faults_first():
    # C03 finds fault 2 alone; C18 finds 9 (P46 first), 17 (P17) and 18 (P50): one of each fault before a second.
    assert [had.case for had in had_fault("C03")[0]] == ["P38", "P03"]
    assert [had.case for had in had_fault("C18")[0]] == ["P46", "P17"]
    assert had_fault("C20") == ((), None)
    assert [number for number, _ in faults_of("C08")] == [7]


def test_no_share_is_computed_and_the_list_offers_no_way_to_count():
    with pytest.raises(BadInput) as refused:
        LIBRARY.share_of("promises kept")
    assert "picked by hand" in str(refused.value)
    assert "%" not in str(refused.value)
    assert not hasattr(LIBRARY, "__len__")
    with pytest.raises(TypeError):
        len(LIBRARY)
    with pytest.raises(TypeError):
        Counter(LIBRARY) / 2


def test_published_figures_are_cited_and_not_ours():
    for figure in LIBRARY.coding.figures:
        assert figure.by
        assert figure.source
