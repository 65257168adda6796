"""Two drafts: what came and went, apart from what applies to one of them alone.

Expectations by the maintainers, 2026-11-24, from docs/theory/comparing.md ("Two drafts"). With one guarantor no ally
can hold up another, so that the check cannot apply; with a council of two that must agree, each can.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

import foedus
from foedus import cli
from foedus.brief.draft_diff import difference_markdown, difference_text
from foedus.check.difference import Difference
from foedus.check.lead import by_the_text, fails_by_the_text
from foedus.findings import Verdict

TEXT = """\
foedus: 1
id: draft
title: Pledge to Vale
status: draft
binding: legal
default_cast: {beneficiary: Vale, attackers: [Xanth]}
parties: {Vale: {name: Vale}, Arden: {name: Arden}, Brant: {name: Brant}, Xanth: {name: Xanth}}
"""
AID = "id: aid, kind: obligation, to: Vale, judge: objective, response: {least: [arm]}"
ONE = TEXT + f"clauses:\n  - {{{AID}, bearers: Arden}}\n"
EACH = TEXT + f"clauses:\n  - {{{AID}, bearers: [Arden, Brant]}}\n"
COUNCIL = (
    TEXT
    + "bodies: {council: {members: [Arden, Brant], rule: unanimity, excluded: nobody}}\n"
    + f"clauses:\n  - {{{AID}, bearers: [Arden, Brant], decision: council}}\n"
)
HOLD_OUT = "no-single-ally-can-stop"


@pytest.fixture
def between(tmp_path: Path):
    def diff(old: str, new: str) -> Difference:
        for name, text in (("old.yaml", old), ("new.yaml", new)):
            (tmp_path / name).write_text(text, encoding="utf-8")
        return foedus.diff(str(tmp_path / "old.yaml"), str(tmp_path / "new.yaml"))

    return diff


def names(found: Difference) -> dict[str, set[str]]:
    return {
        "gained": {one.rule for one in found.gained},
        "lost": {one.rule for one in found.lost},
        "newly": {one.after.rule for one in found.newly_applicable},
        "no longer": {one.before.rule for one in found.no_longer_applicable},
    }


def test_what_did_not_apply_before_and_fails_now_is_newly_applicable_and_no_gain(between):
    found = between(ONE, COUNCIL)
    told = names(found)
    assert HOLD_OUT in told["newly"] - told["gained"]
    (turned,) = [one for one in found.newly_applicable if one.after.rule == HOLD_OUT]
    assert (by_the_text(turned.before), by_the_text(turned.after)) == (Verdict.NOT_APPLICABLE, Verdict.FAILS)
    assert HOLD_OUT in {finding.rule for finding in found.new_faults}  # a defect of the new draft all the same


def test_what_did_not_apply_before_and_holds_now_is_told_as_such(between):
    found = between(ONE, EACH)
    assert HOLD_OUT in names(found)["newly"]
    assert not found.new_faults  # two who are bound alone can hold up nobody
    text = " ".join(difference_text(found).split())
    assert "Newly applicable" in text
    assert "HOLDS now: " in text


def test_what_applied_and_held_before_and_fails_now_is_gained(between):
    told = names(between(EACH, COUNCIL))
    assert HOLD_OUT in told["gained"] - told["newly"]


def test_what_failed_before_and_applies_no_longer_is_not_called_mended(between):
    found = between(COUNCIL, ONE)
    told = names(found)
    assert HOLD_OUT in told["no longer"] - told["lost"]
    text = " ".join(difference_text(found).split())
    assert "FAILS before, a defect: " in text
    assert "**" not in text
    assert "## No longer applicable" in difference_markdown(found)


@pytest.mark.parametrize(("old", "new"), [*product((ONE, EACH, COUNCIL), repeat=2)])
def test_every_check_that_turned_is_told_once_and_in_one_place(between, old, new):
    there, back = between(old, new), between(new, old)
    told = [rule for rules in names(there).values() for rule in rules]
    assert len(told) == len(set(told))
    # The other way round gains and losses, and what applies to one alone, change places.
    assert names(back) == {
        "gained": names(there)["lost"], "lost": names(there)["gained"],
        "newly": names(there)["no longer"], "no longer": names(there)["newly"],
    }  # fmt: skip
    assert all(fails_by_the_text(one) for one in (*there.gained, *there.lost))
    data = there.to_dict()
    assert [one["after"]["rule"] for one in data["newly_applicable"]] == [
        one.after.rule for one in there.newly_applicable
    ]


def test_a_defect_that_is_newly_applicable_sets_the_exit_code(between, tmp_path, monkeypatch):
    between(ONE, COUNCIL)
    monkeypatch.chdir(tmp_path)
    assert code_of("old.yaml", "new.yaml") == 1
    assert code_of("new.yaml", "old.yaml") == 0
    assert code_of("old.yaml", "old.yaml") == 0


def code_of(old: str, new: str) -> int:
    return cli._guarded(lambda: cli.app(["compare", "--diff", old, new], standalone_mode=False))
