"""Which texts of a case are laid beside which in the search for conflicts (docs/theory/checks.md, C12)."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

import foedus
from foedus.case.load import load, load_text
from foedus.check.asked import UndecidedError
from foedus.check.beside_others import beside_others
from foedus.check.run import Options, run
from foedus.check.views import TEXT, Views
from foedus.findings import Finding, Verdict

RULE = "no-conflict-of-duties"
CASES = Path(__file__).resolve().parents[2] / "cases"
HEAD = """\
foedus: 1
case: sides
as_of: 2026-11-24
parties: {V: {name: Vale}, A: {name: Arden}, X: {name: Xanth}}
cast: {beneficiary: V, attackers: [X]}
"""
# Arden must fight for Vale; Arden must never fight Xanth. Whoever must do both cannot keep both promises.
DUTY = "id: aid, kind: obligation, bearers: A, to: V, judge: objective, response: {least: [limited_force]}"
BAN = "id: peace, kind: prohibition, bearers: A, to: X, forbids: [attack]"
BINDS = ("in-force", "signed")
NOT_YET = ("draft", "proposal", "never-signed")


def sides(duty: str, ban: str, more: str = "") -> str:
    return (
        HEAD
        + more
        + f"""\
instruments:
  - {{id: pact, title: Pact, status: {duty}, binding: legal, clauses: [{{{DUTY}}}]}}
  - {{id: peace, title: Peace, status: {ban}, binding: legal, clauses: [{{{BAN}}}]}}
"""
    )


def flagged(text: str) -> set[str]:
    report = run(load_text(text, "sides.yaml"), Options(rules=(RULE,), explain=False))
    return {one.instrument for one in report.findings if one.verdict is Verdict.FAILS}


@pytest.mark.parametrize(("duty", "ban"), [*product(BINDS, repeat=2)])
def test_what_binds_today_conflicts_with_its_like(duty, ban):
    assert flagged(sides(duty, ban)) == {"pact", "peace"}


@pytest.mark.parametrize(("new", "old"), [*product(NOT_YET, BINDS)])
def test_a_draft_is_laid_beside_what_binds_and_the_conflict_is_told_of_the_draft_alone(new, old):
    assert flagged(sides(new, old)) == {"pact"}
    assert flagged(sides(old, new)) == {"peace"}


@pytest.mark.parametrize(("one", "other"), [*product(NOT_YET, repeat=2)])
def test_rival_drafts_are_alternatives_unless_the_case_says_that_they_stand_together(one, other):
    assert flagged(sides(one, other)) == set()
    assert flagged(sides(one, other, "stand_together: [{of: [pact, peace]}]\n")) == {"pact", "peace"}


@pytest.mark.parametrize(("ban", "said"), [("draft", True), ("signed", False)])
def test_a_conflict_that_hangs_on_the_word_of_the_case_says_so(ban, said):
    # Two drafts conflict only if both come, which the author assumes; what is signed binds beside a draft anyway.
    case = load_text(sides("draft", ban, "stand_together: [{of: [pact, peace]}]\n"), "sides.yaml")
    (told,) = (f for f in run(case, Options(rules=(RULE,), explain=False)).findings if f.instrument == "pact")
    assert told.told_for == (("taking Peace to stand together with Pact, as the case says",) if said else ())


def test_what_is_said_of_two_others_joins_nobody_else():
    third = f"  - {{id: third, title: Third, status: draft, binding: legal, clauses: [{{{BAN}}}]}}\n"
    assert flagged(sides("draft", "draft", "stand_together: [{of: [peace, third]}]\n") + third) == set()


@pytest.mark.parametrize("ended", ["expired", "denounced", "broken-down"])
def test_what_has_ended_binds_nobody_beside_a_draft(ended):
    assert flagged(sides("draft", ended)) == set()


UKRAINE = """\
foedus: 1
case: hypotheses
as_of: 2025-08-22
parties: {UA: {name: Ukraine}, RU: {name: Russia, nuclear: true}}
cast: {beneficiary: UA, attackers: [RU]}
"""
TEXTS = """\
instruments:
  - {use: nato-1949, as: {accede: [UA]}}
  - {use: teu-42-7, as: {accede: [UA]}}
  - use: istanbul-2022-communique
  - use: istanbul-2022-draft
  - use: budapest-1994
"""


def laid_beside(text: str, id: str) -> set[str]:
    case = load_text(text, "hypotheses.yaml")
    staged = next(one for one in case.instruments if one.id == id)
    try:
        return {one.id for one in beside_others(Views(case, staged).of(TEXT)[0][1]).others}
    except UndecidedError as too_many:
        raise AssertionError(too_many) from too_many


@pytest.mark.parametrize("id", ["nato-1949", "teu-42-7", "istanbul-2022-communique", "istanbul-2022-draft"])
def test_a_hypothesis_and_a_draft_are_laid_beside_the_texts_that_bind_and_never_beside_each_other(id):
    assert laid_beside(UKRAINE + TEXTS, id) == {"budapest-1994"}


def test_a_treaty_without_the_hypothesis_binds_as_it_is():
    plain = TEXTS.replace("{use: nato-1949, as: {accede: [UA]}}", "{use: nato-1949}")
    assert laid_beside(UKRAINE + plain, "istanbul-2022-draft") == {"nato-1949", "budapest-1994"}


def test_where_they_stand_together_the_conflict_is_told_of_the_draft_and_not_of_the_treaty():
    said = UKRAINE + "stand_together: [{of: [istanbul-2022-communique, teu-42-7]}]\n" + TEXTS
    assert laid_beside(said, "istanbul-2022-communique") == {"budapest-1994", "teu-42-7"}
    assert laid_beside(said, "teu-42-7") == {"budapest-1994"}
    assert laid_beside(said, "istanbul-2022-draft") == {"budapest-1994"}


def test_a_name_in_stand_together_must_be_one_of_the_case():
    with pytest.raises(foedus.BadInput) as bad:
        load_text(sides("draft", "draft", "stand_together: [{of: [pact, peece]}]\n"), "sides.yaml")
    (problem,) = bad.value.problems
    assert "`peece` is not a declared instrument of this case" in problem.message
    assert problem.help == "did you mean `peace`?"


def test_one_text_alone_does_not_stand_together():
    with pytest.raises(foedus.BadInput):
        load_text(sides("draft", "draft", "stand_together: [{of: [pact]}]\n"), "sides.yaml")


def finding(case: str, instrument: str) -> Finding:
    loaded = load(CASES / case)
    (found,) = run(loaded, Options(rules=(RULE,), instruments=(instrument,), explain=False)).findings
    return found


def test_no_shipped_form_conflicts_with_a_rival_and_the_communique_with_the_union_that_it_foresees():
    # The communiqué: neutral, and to be helped into the Union, whose members owe each other help by all means.
    assert finding("ukraine-2025.yaml", "istanbul-2022-communique").verdict is Verdict.FAILS
    for case, id in (
        ("ukraine-2025.yaml", "istanbul-2022-draft"),
        ("ukraine-2025.yaml", "nato-1949"),
        ("ukraine-2025.yaml", "teu-42-7"),
        ("ukraine-2026.yaml", "istanbul-2022-draft"),
        ("ukraine-2026.yaml", "plan-28-2025"),
        ("ukraine-2026.yaml", "plan-20-2025"),
    ):
        assert finding(case, id).verdict is not Verdict.FAILS, (case, id)
