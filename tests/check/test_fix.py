"""Cures: known answers, minimality against plain enumeration, and the changed file checked by itself."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from foedus.case.load import load, load_text
from foedus.case.shipped import instrument_ids, instrument_text
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.check.edits import Edit, edited
from foedus.check.edits_offered import offered_edits
from foedus.check.fix import Cure, FixResult, fix
from foedus.check.lead import fails_by_the_text
from foedus.check.new_duty import NEWCOMER
from foedus.check.patch import patch_of
from foedus.check.run import Options, run
from foedus.findings import Class, Finding, Verdict

PACT = """\
foedus: 1
case: pact
as_of: 2026-03-05
parties: {V: {name: Vale}, A: {name: Arden}, B: {name: Brant}, C: {name: Corin}, X: {name: Xanth}}
cast: {beneficiary: V, attackers: [X]}
required_level: {full_invasion: arms}
instruments:
  # The author's own words stay where they are.
  - id: pact
    title: A small pact
    status: draft
    binding: legal
    roles: {guarantors: [A, B, C]}
    bodies:
      council: {members: [A, B, C, X], rule: unanimity, excluded: nobody}  # X sits in it
    clauses:
      - id: aid
        kind: obligation
        bearers: guarantors
        to: V
        judge: objective
        response: {least: [arm]}
        decision: council
    readings:
      loose: {held_by: Brant, says: Only a request brings help., set: {clauses.aid.request: victim}}
      rough: {held_by: Corin, says: No council is needed., set: {clauses.aid.decision: none}}
unknowns: []
"""


def findings_of(case: LoadedCase, instrument: str, *rules: str) -> list[Finding]:
    report = run(case, Options(rules=rules, instruments=(instrument,), explain=False))
    return [finding for finding in report.findings if finding.is_bad]


def mended(name: str, *rules: str) -> FixResult:
    case = load(name)
    found = findings_of(case, name, *rules)
    wanted = found if rules else [finding for finding in found if finding.kind is Class.DEFECT]
    return fix(case, case.instruments[0], wanted)


def kinds(cure: Cure) -> list[tuple[str, str]]:
    return [(edit.kind, edit.owner) for edit in cure.edits]


# Set by the issue that asked for `fix`, 2026-11: leaving the attacker out of the vote is half a cure for the Istanbul
# draft, since any of the four others can still hold up the help; a majority needs three of the five to stop it.
def test_excluding_the_attacker_from_the_istanbul_draft_is_half_a_cure() -> None:
    result = mended("istanbul-2022-draft", "attacker-cannot-stop")
    half = [cure for cure in result.cures if cure.half]
    assert [kinds(cure) for cure in half] == [[("exclude-attacker", "guarantors")]]
    assert half[0].stoppers is not None
    assert {frozenset(chosen) for chosen in half[0].stoppers.sets(10)} == {
        frozenset({name}) for name in ("CN", "US", "GB", "FR")
    }
    majority = next(cure for cure in result.cures if kinds(cure) == [("majority", "guarantors")])
    assert majority.stoppers is not None
    assert (majority.half, majority.stoppers.number) == (False, 3)
    assert {duty.party: (duty.before, duty.after) for duty in majority.duties} == dict.fromkeys(
        ("CN", "US", "GB", "FR"), (1, 2)
    )


# docs/theory/checks.md, C11: London 1839 differs from Luxembourg 1867 in each being bound alone.
def test_luxembourg_is_mended_by_binding_each_alone() -> None:
    assert kinds(mended("luxembourg-1867", "each-bound-alone").cures[0]) == [("bind-each-alone", "guarantee")]


# By hand, from the texts: point 4 of Budapest leads to a Council in which Russia has a veto, and only for nuclear
# weapons; nobody owes more than talk. Two things must change: that the help hangs on the Council (the point binds each
# to help, or the veto goes), and that nothing is owed in a full invasion (the point covers it, or a duty is added). The
# Council's rules stand in the Charter, so that what the memorandum could have written itself comes first.
def test_what_would_have_sufficed_for_budapest() -> None:
    budapest = mended("budapest-1994")
    assert {kind for kind, _ in kinds(budapest.cures[0])} == {"help-itself", "cover-every-kind"}
    assert {duty.party for duty in budapest.cures[0].duties} == {"GB", "US"}
    veto = next(cure for cure in budapest.cures if ("drop-veto", "security-council") in kinds(cure))
    assert kinds(veto) == [("drop-veto", "security-council"), ("new-duty", "new-duty")]
    assert veto.elsewhere == ("security-council",)
    assert [cure.half for cure in budapest.cures if cure.elsewhere] == [False, True]
    assert {"exclude-attacker", "new-duty"} in [
        {kind for kind, _ in kinds(cure)} for cure in budapest.cures if cure.half
    ]


# Minsk II has four points that wait for the consent of what Russia controls, nobody outside who is bound (the OSCE
# watches, and is no guarantor), and a circle of three steps (C14): four consents, one wait, and a duty of somebody whom
# the text does not name. None of the six can be left out.
def test_what_would_have_sufficed_for_minsk_names_no_guarantor_that_the_text_does_not_have() -> None:
    minsk = mended("minsk-2015")
    assert minsk.cures
    for cure in minsk.cures:
        consents = [owner for kind, owner in kinds(cure) if kind == "drop-consent"]
        assert sorted(consents) == ["border-complete", "border-start", "constitution", "elections"]
        rest = [edit for edit in cure.edits if edit.kind != "drop-consent"]
        assert [edit.kind for edit in rest if edit.kind not in ("drop-wait", "drop-precondition")] == ["new-guarantor"]
        assert len(rest) == 2
        assert {duty.party for duty in cure.duties} == {NEWCOMER}


def test_a_fault_that_only_a_reading_has_is_mended_by_saying_the_text_s_own_meaning() -> None:
    case = load_text(PACT, "pact.yaml")
    result = fix(case, case.instruments[0], findings_of(case, "pact", "help-without-request"))
    assert [kinds(cure) for cure in result.cures] == [[("say-expressly", "loose")]]
    patch = patch_of(case, case.instruments[0], PACT, result.cures[0].edits, result.cures[0].instrument)
    assert "        request: none\n" in patch.after
    assert "loose:" not in patch.after


@pytest.mark.parametrize("rules", [("attacker-cannot-stop",), ("no-single-ally-can-stop", "attacker-cannot-stop")])
def test_no_smaller_cure_exists_and_none_of_that_size_is_missed(rules: tuple[str, ...]) -> None:
    case = load_text(PACT, "pact.yaml")
    staged = case.instruments[0]
    result = fix(case, staged, findings_of(case, "pact", *rules), most=50)
    size = len(result.cures[0].edits)
    assert result.all_tried == size
    assert not [edits for smaller in range(1, size) for edits in enumerated(case, staged, rules, smaller)]
    plain = {frozenset(map(id_of, edits)) for edits in enumerated(case, staged, rules, size)}
    found = {frozenset(map(id_of, cure.edits)) for cure in result.cures if len(cure.edits) == size}
    assert found
    assert found <= plain
    # What is left out asks for more of the same kind at the same place than one that is listed.
    for edits in plain - found:
        assert any({edit[:3] for edit in edits} == {edit[:3] for edit in other} for other in found), edits


def id_of(edit: Edit) -> tuple[str, str, str, str]:
    return edit.kind, edit.part, edit.owner, repr(edit.changes)


def enumerated(case: LoadedCase, staged: StagedInstrument, rules: tuple[str, ...], size: int) -> list[tuple[Edit, ...]]:
    """All cures of one size by whole checks of the edited instrument, one after the other."""
    before = {finding.rule: finding for finding in run(case, Options(explain=False)).findings}
    found = []
    for edits in combinations(offered_edits(case, staged), size):
        after = edited(staged, edits) if len({edit.place for edit in edits}) == size else None
        if after is None:
            continue
        report = run(replace(case, instruments=(after,), model=None), Options(explain=False))
        now = {finding.rule: finding for finding in report.findings}
        cured = all(now[rule].verdict is Verdict.HOLDS for rule in rules)
        no_new = not any(has_defect(now[rule]) and not has_defect(before[rule]) for rule in now)
        if cured and no_new and not_less(before, now):
            found.append(edits)
    return found


def has_defect(finding: Finding) -> bool:
    return any(
        result.outcome.verdict is Verdict.FAILS and (result.outcome.kind or finding.kind) is Class.DEFECT
        for result in finding.by_reading
    )


def not_less(before: dict[str, Finding], now: dict[str, Finding]) -> bool:
    old, new = (found["attack-covered"].outcome.promised_level or 0 for found in (before, now))
    return new >= old


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("istanbul-2022-draft", "attacker-cannot-stop"),
        ("istanbul-2022-draft", "no-single-ally-can-stop"),
        ("luxembourg-1867", "each-bound-alone"),
        ("rio-1947", "help-without-request"),
        ("istanbul-2022-communique", "no-adversary-consent"),
        ("unef-1956", "no-adversary-consent"),  # something is expected under the reading that falls away
    ],
)
def test_the_changed_file_checked_by_itself_has_lost_the_finding(name: str, rule: str) -> None:
    case = load(name)
    staged = case.instruments[0]
    before = {f.rule: f for f in run(case, Options(explain=False)).findings}
    result = fix(case, staged, [before[rule]])
    assert result.cures
    for cure in result.cures:
        changed = load_text(
            patch_of(case, staged, instrument_text(name)[0], cure.edits, cure.instrument).after, f"{name}.yaml"
        )
        after = {f.rule: f for f in run(changed, Options(explain=False)).findings}
        assert after[rule].verdict is Verdict.HOLDS
        assert not [
            f for f in after.values()
            if f.kind is Class.DEFECT and fails_by_the_text(f) and not fails_by_the_text(before[f.rule])
        ]  # fmt: skip


@pytest.mark.parametrize("name", instrument_ids())
def test_every_edit_on_offer_can_be_written_into_the_shipped_text(name: str) -> None:
    case = load(name)
    staged = case.instruments[0]
    written = 0
    for edit in offered_edits(case, staged):
        result = edited(staged, [edit])
        if result is not None:
            patch = patch_of(
                case, staged, instrument_text(name)[0], (edit,), result
            )  # reads the changed text back and compares
            before, after = (set(without_readings(text)) for text in (patch.before, patch.after))
            assert len(before - after) <= 30  # the lines of the values that change, unknown ones with their remarks
            written += 1
    assert written


def without_readings(text: str) -> list[str]:
    """The lines of a file but its readings and expectations, which fall away with the words that they are about."""
    kept, inside = [], False
    for line in text.splitlines():
        inside = line.startswith(("readings:", "expect:")) or (inside and line.startswith((" ", "#")))
        kept += [] if inside else [line]
    return kept


def test_what_the_author_wrote_stays_and_comments_too() -> None:
    case = load_text(PACT, "pact.yaml")
    staged = case.instruments[0]
    edits = tuple(
        edit for edit in offered_edits(case, staged) if edit.kind in ("exclude-attacker", "drop-request", "raise-least")
    )[:1]
    result = edited(staged, edits)
    assert result is not None
    patch = patch_of(case, staged, PACT, edits, result)
    assert patch.after == PACT.replace("excluded: nobody}", "excluded: attacker}")
    assert "-      council: {members: [A, B, C, X], rule: unanimity, excluded: nobody}  # X sits in it\n" in patch.diff
    assert (
        "+      council: {members: [A, B, C, X], rule: unanimity, excluded: attacker}  # X sits in it\n" in patch.diff
    )


# By hand: force and sanctions against Xanth are forbidden by name, so that whoever must fight it breaks the ban (C12);
# the ban stays but for the answer to an attack. Troops, an alliance or too much help are forbidden whoever attacks,
# and there the ban must go, as far as it stands in the way and no further.
@pytest.mark.parametrize(
    ("least", "ban", "cure"),
    [
        ("all_means", "forbids: [attack], to: X", ("except-defence", "when.unprovoked", True)),
        ("all_means", "forbids: [economic_coercion], to: X", ("except-defence", "when.unprovoked", True)),
        ("all_means", "forbids: [foreign_troops]", ("lift-prohibition", "kind", "declaration")),
        ("give_bases", "forbids: [foreign_bases, attack]", ("lift-prohibition", "forbids", ["attack"])),
        ("arm", "most_level: sanctions", ("lift-prohibition", "kind", "declaration")),
    ],
)
def test_a_ban_against_a_duty_is_excepted_or_lifted(least: str, ban: str, cure: tuple[str, str, object]) -> None:
    text = PACT[: PACT.index("    bodies:")] + (
        "    clauses:\n      - {id: aid, kind: obligation, bearers: guarantors, to: V, judge: objective, "
        f"response: {{least: [{least}]}}}}\n      - {{id: ban, kind: prohibition, bearers: guarantors, {ban}}}\n"
    )
    case = load_text(text, "pact.yaml")
    result = fix(case, case.instruments[0], findings_of(case, "pact", "no-conflict-of-duties"))
    (edit,) = result.cures[0].edits
    ((path, value),) = edit.changes
    assert (edit.kind, ".".join(map(str, path[2:])), value) == cure


# By hand: whoever owes sanctions and must not coerce Xanth would be out of the table of C12 if it owed arms instead.
# That is more force and no less of a conflict: what is offered is to except the defence, and nothing that adds duties.
def test_a_ban_on_sanctions_is_not_mended_by_owing_arms() -> None:
    text = PACT[: PACT.index("    bodies:")] + (
        "    clauses:\n      - {id: aid, kind: obligation, bearers: guarantors, to: V, judge: objective, "
        "response: {least: [sanction], most: [all_means]}}\n"
        "      - {id: ban, kind: prohibition, bearers: guarantors, forbids: [economic_coercion], to: X}\n"
    )
    case = load_text(text, "pact.yaml")
    result = fix(case, case.instruments[0], findings_of(case, "pact", "no-conflict-of-duties"), most=50)
    assert [kinds(cure) for cure in result.cures[:1]] == [[("except-defence", "ban")]]
    raising = {"raise-least", "make-duty", "new-duty", "new-guarantor"}
    assert not [edit.kind for cure in result.cures for edit in cure.edits if edit.kind in raising]


def test_a_circle_of_steps_is_opened_at_any_one_place() -> None:
    duty = "kind: obligation, bearers: guarantors, to: V, judge: objective, response: {least: [arm]}"
    text = PACT[: PACT.index("    bodies:")] + (
        f"    clauses:\n      - {{id: a, {duty}}}\n      - {{id: b, {duty}, after: [a, c]}}\n"
        f"      - {{id: c, {duty}, after: [b]}}\n"
    )
    case = load_text(text, "pact.yaml")
    result = fix(case, case.instruments[0], findings_of(case, "pact", "can-be-done-in-order"), most=50)
    assert [kinds(cure) for cure in result.cures] == [[("drop-wait", "b")], [("drop-precondition", "c")]]
    (wait,) = result.cures[0].edits
    assert wait.changes == ((("clauses", 1, "after"), ["a"]),)  # the wait that is not of the circle stays
