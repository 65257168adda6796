"""What Budapest adds to what bound before it, with Helsinki named beside the Charter.

The principles of the Helsinki Final Act (1 August 1975) are given as the list of checks has them: no force or threat of
it (II, with III and IV on frontiers and integrity), and no coercion, economic or other, to subordinate the exercise of
sovereign rights (VI).
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from foedus.case.load import load_text
from foedus.check.run import Options, run
from foedus.findings import AddsNothing, Class, Finding, Verdict

NAMES = {"UA": "Ukraine", "RU": "Russia", "GB": "United Kingdom", "US": "United States", "CN": "China", "FR": "France"}
NUCLEAR = {"RU", "GB", "US", "CN", "FR"}
HELSINKI: dict[str, Any] = {
    "id": "helsinki", "title": "Helsinki Final Act", "signed": "1975-08-01", "status": "in-force",
    "binding": "political", "members": ["RU", "GB", "US", "FR", "UA"],
    "clauses": [
        {"id": "two", "kind": "prohibition", "bearers": "parties", "to": "parties",
         "forbids": ["attack", "threat_of_force"]},
        {"id": "six", "kind": "prohibition", "bearers": "parties", "to": "parties", "forbids": ["economic_coercion"]},
    ],
}  # fmt: skip


def finding(baseline: list[str] | None, **changes: Any) -> Finding:
    content = {
        "foedus": 1, "case": "known", "as_of": "2025-08-22",
        "parties": {id: {"name": name, "nuclear": id in NUCLEAR} for id, name in NAMES.items()},
        "cast": {"beneficiary": "UA", "attackers": ["RU", "any"]},
        "instruments": [{"use": "budapest-1994"}, HELSINKI | changes],
    }  # fmt: skip
    case = load_text(json.dumps(content | ({"baseline": baseline} if baseline is not None else {})), "known.yaml")
    options = Options(rules=("adds-to-the-baseline",), instruments=("budapest-1994",), explain=False)
    return run(case, options).findings[0]


def test_points_1_to_3_restate_helsinki_and_the_charter() -> None:
    found = finding(["un-charter", "helsinki"])
    assert found.verdict is Verdict.FAILS
    assert found.kind is Class.DESCRIPTION  # points 4 to 6 add something
    assert found.outcome.clauses == ("borders", "no-force", "no-economic-coercion")
    assert AddsNothing("no-force", "un-charter", "UN Charter", ("no-force",)) in found.outcome.adds_nothing
    assert AddsNothing("no-force", "helsinki", "Helsinki Final Act", ("two",)) in found.outcome.adds_nothing
    assert AddsNothing("no-economic-coercion", "helsinki", "Helsinki Final Act", ("six",)) in found.outcome.adds_nothing


@pytest.mark.parametrize("baseline", [None, ["un-charter"]])
def test_against_the_charter_alone_point_3_is_new(baseline: list[str] | None) -> None:
    assert finding(baseline).outcome.clauses == ("borders", "no-force")


def test_helsinki_without_russia_leaves_every_promise_new() -> None:
    """Who is not bound before is bound anew."""
    found = finding(["helsinki"], members=["GB", "US", "FR", "UA"])
    assert found.verdict is Verdict.HOLDS


def test_a_later_helsinki_binds_nobody_before() -> None:
    assert finding(["helsinki"], signed="1995-01-01").verdict is Verdict.NOT_APPLICABLE
