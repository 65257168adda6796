"""In which order a file declares its parties changes no verdict of any check (semantics: permuting parties)."""

from __future__ import annotations

from itertools import permutations

import pytest

from foedus.case.load import load_text
from foedus.check.run import Options, run

NAMES = {"V": "Vale", "A": "Arden", "B": "Brant", "X": "Xanth"}
TEXT = """\
foedus: 1
case: small
as_of: 2026-11-24
parties: {parties}
cast: {{beneficiary: V, attackers: {attackers}}}
required_level: {{full_invasion: arms}}
instruments:
  - id: pact
    title: A small pact
    status: in-force
    binding: legal
    members: [V, A, B]
    bodies: {{council: {{members: [V, A, B], rule: unanimity, excluded: nobody}}}}
    clauses:
      - {{id: aid, article: "1", kind: obligation, bearers: parties, to: parties, judge: objective,
         {gate}, response: {{least: [all_means], most: [all_means]}}}}
"""
GATES = ("decision: council", "request: {by: [V, A, B], all: true}", "consents: [A, B]", "decision: none")


def verdicts(order: tuple[str, ...], attackers: str, gate: str) -> dict[str, object]:
    parties = "{" + ", ".join(f"{id}: {{name: {NAMES[id]}}}" for id in order) + "}"
    found = run(
        load_text(TEXT.format(parties=parties, attackers=attackers, gate=gate), "small.yaml"), Options(explain=False)
    )
    return {
        one.rule: (one.verdict, one.outcome.weakest_level, one.outcome.lawful.number if one.outcome.lawful else None)
        for one in found.findings
    }


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.partition(":")[0] + gate[-6:])
@pytest.mark.parametrize("attackers", ["any", "[A]", "[A, X]"])
def test_the_order_of_the_parties_changes_no_verdict(attackers: str, gate: str) -> None:
    told = [verdicts(order, attackers, gate) for order in permutations(NAMES)]
    assert all(one == told[0] for one in told)


def test_a_guarantor_that_can_attack_and_veto_is_found_wherever_it_stands() -> None:
    # The council decides by unanimity and leaves out nobody: Arden as the attacker votes down the help against itself.
    for order in permutations(NAMES):
        assert verdicts(order, "any", "decision: council")["attacker-cannot-stop"][0] == "fails"  # type: ignore[index]
