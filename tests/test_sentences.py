"""Sentences that must be true to the letter: of several helpers, of help that is only reachable, of a reading.

What is said was written from docs/theory/meaning.md (sections 2, 3 and 5) before the program printed it; the pact is
tests/cases/good/base.yaml, in which A and B owe V arms when X attacks.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.brief.markdown import report_markdown
from foedus.brief.screen import first_screen
from foedus.case.load import load_text
from foedus.check.run import Options, run
from foedus.findings import Finding

BASE = (Path(__file__).parent / "cases" / "good" / "base.yaml").read_text(encoding="utf-8")
ONE = BASE.replace("bearers: [A, B]", "bearers: [A]")
MORE_FOR_A = BASE.replace("least: [arm]", "least: [consult], differs: [{who: A, least: [arm]}]")
FREE = BASE.replace("least: [arm]", "least: [consult], most: [arm]")
SEEK = BASE.replace("{least: [arm]}", "{least: [consult]}\n        leads_to: {body: council, most: [all_means]}")
REACHED = "all means, which a body may decide on and nobody owes"
STRICT = "strict: {held_by: some, says: all, set: {clauses.aid.decision: council, bodies.council.rule: unanimity}}"
READING = BASE.replace("    clauses:\n", f"    readings: {{{STRICT}}}\n    clauses:\n")
OPEN = BASE.replace("rule: majority", "rule: {may_be: [majority, unanimity]}").replace(
    "judge: objective", "judge: objective\n        decision: council"
).replace("members: [A, B]", "members: [A, B, V]")  # fmt: skip


def found(text: str, rule: str) -> Finding:
    (finding,) = run(load_text(text, "pact.yaml"), Options(rules=(rule,))).findings
    return finding


@pytest.mark.parametrize(
    ("text", "wanted", "told"),
    [
        (ONE, "{at_least: 2}", "only Arden is promised to come to the help of Vale; this case asks for arms from two."),
        (ONE, "{of: [B]}", "Brant is not promised to come to the help of Vale; this case asks for arms from Brant."),
        (ONE, "{at_least: 2, of: [A, B]}",
         "only Arden is promised to come to the help of Vale; this case asks for arms from Arden and Brant."),
        (MORE_FOR_A, "{at_least: 2}",
         "the least owed in good faith by two is consultation; this case asks for arms from two."),
        (FREE, "{at_least: 2}",
         ("the least owed in good faith by two is consultation; this case asks for arms from two. "
         "The text allows arms by two, and does not oblige to it.")),
        (FREE, "{}",
         ("the least owed in good faith is consultation; this case asks for arms. "
         "The text allows arms, and obliges nobody to it.")),
        (BASE.replace("bearers: [A, B]", "bearers: [A, B]\n        when: {kind: raid}"), "{at_least: 2}",
         "nobody is promised to come to the help of Vale; this case asks for arms from two."),
        (BASE, "{at_least: 2}", "arms is owed in good faith by two."),
    ],
    ids=["one of two", "not the named one", "one of two named", "less by two", "two may", "one may", "none", "both"],
)  # fmt: skip
def test_how_many_are_promised_to_help(text: str, wanted: str, told: str) -> None:
    assert found(f"{text}required_help: {wanted}\n", "C01").sentence == f"If Xanth attacks Vale (full invasion), {told}"


@pytest.mark.parametrize(
    ("rule", "change", "told"),
    [
        # The duty to seek a decision binds against X alone, or for the territory alone, or after an invasion alone.
        ("C07", ("attackers: [X]", "attackers: [X, A]", "when: {attacker: X}", "members: [B, V]"),
         f"An attack by Arden meets no help; one by Xanth meets {REACHED}."),
        ("C10", ("attackers: [X]", "attackers: [X, A]", "when: {attacker: X}", "members: [A, B, V]"),
         f"An attack by Arden, itself a party, meets no help; one by Xanth meets {REACHED}."),
        ("C08", ("", "", "when: {object: [territory, forces, nationals]}", ""),
         f"An attack on Vale against its ships and aircraft meets no help; any other meets {REACHED}."),
        ("C09", ("", "", ("when: {kind: [hybrid, raid, land_grab, air_campaign, full_invasion, nuclear_threat, "
                         "nuclear_use]}"), ""),
         f"Coercion or blockade by Xanth meets no help; full invasion meets {REACHED}."),
        ("C09", ("", "", "when: {kind: [raid, full_invasion, nuclear_threat, nuclear_use, air_campaign]}", ""),
         ("Hybrid or deniable act, coercion or blockade or limited land grab by Xanth meets no help; "
         f"full invasion meets {REACHED}.")),
        ("C07", ("attackers: [X]", "attackers: [X, A]", "", "members: [B, V]"),
         (f"An attack by anybody from outside meets what this case asks for, or as much as the text gives at best "
         f"({REACHED}).")),
    ],
    ids=["attacker", "party", "object", "kind", "kinds", "no hole"],
)  # fmt: skip
def test_help_that_is_only_reachable_is_not_called_owed(rule: str, change: tuple[str, ...], told: str) -> None:
    before, after, when, members = change
    text = SEEK.replace(before, after) if before else SEEK
    text = text.replace("        judge:", f"        {when}\n        judge:") if when else text
    text = text.replace("    clauses:", f"    {members}\n    clauses:") if members else text
    finding = found(text, rule)
    assert finding.sentence == told
    assert "owed" not in finding.sentence


def test_what_is_left_may_be_only_reachable_too() -> None:
    # Against X a body may decide on all means; against A, on consultation, while nothing is owed against either.
    seek = "kind: obligation, bearers: [A, B], to: V, judge: objective, response: {least: []}"
    duty = f"      - {{id: talk, {seek}, when: {{attacker: A}}, leads_to: {{body: council, most: [consult]}}}}\n"
    text = SEEK.replace("least: [consult]", "least: []").replace(
        "bearers: [A, B]", "bearers: [A, B]\n        when: {attacker: X}"
    )
    text = text.replace("attackers: [X]", "attackers: [X, A]").replace(
        "    clauses:", "    members: [B, V]\n    clauses:"
    )
    assert found(text + duty, "C07").sentence == (
        "An attack by Arden meets consultation, which a body may decide on and nobody owes; "
        f"one by Xanth meets {REACHED}."
    )


def test_the_values_of_the_reading_that_is_told() -> None:
    # The text has no decision and a majority; under the reading one ally can hold out, so that C04 fails there alone.
    finding = found(READING, "C04")
    assert finding.because == ("`aid` aid", "council: all must agree; nobody is excluded")
    assert finding.told_for == (
        (
            "under the reading “strict”, which takes which body must decide first (in clause “aid”) as council; "
            "how the votes are counted (in body “council”) as all must agree"
        ),
    )


def test_the_unknown_value_that_is_told() -> None:
    # A majority of three is two: one ally that says no stops nothing; where all must agree it does.
    finding = found(OPEN, "C04")
    assert finding.because == ("`aid` aid", "council: all must agree; nobody is excluded")
    assert finding.told_for == ("taking how the votes are counted (in body “council”) as all must agree",)


def test_nothing_is_added_where_the_text_alone_is_told() -> None:
    finding = found(FREE, "C01")
    assert finding.told_for == ()
    case = load_text(READING, "pact.yaml")
    report = run(case, Options(rules=("C04",)))
    assert "  - Under the reading “strict”, which takes" in report_markdown(case, report)
    assert "all must agree" in first_screen(case, report)
