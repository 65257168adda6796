"""What was known of the shipped instruments before they were encoded, and where the encodings honestly differ."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from foedus.case.load import load, load_text
from foedus.case.resolve import completions, resolve
from foedus.case.stage import LoadedCase
from foedus.case.tree import parse, plain
from foedus.check.asked import Asked
from foedus.check.run import Options, run
from foedus.check.view import View
from foedus.findings import Finding, Report
from foedus.law.incident import Incident

FILE = Path(__file__).parent / "known_answers.yaml"
KNOWN: Any = plain(parse(FILE.read_text(encoding="utf-8"), FILE.name))


def named(group: str) -> list[Any]:
    """One test an instrument, so that its views are made once."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in KNOWN[group]:
        found.setdefault(entry["instrument"], []).append(entry)
    return [pytest.param(entries, id=id) for id, entries in found.items()]


def told(entry: dict[str, Any]) -> str:
    keys = ("rule", "reading", "attacker", "kind", "at_least")
    return " ".join(str(entry[key]) for key in keys if key in entry)


def compared(entry: dict[str, Any], differs: list[str]) -> list[str]:
    """What is wrong with an entry: it differs unexpectedly, or no longer although it is said to."""
    if "disagrees" not in entry:
        return [f"{told(entry)}: {difference}: {entry['why']}" for difference in differs]
    return [] if differs else [f"{told(entry)}: the recorded disagreement is gone, take it out"]


@cache
def case_of(instrument: str, attackers: tuple[str, ...] = ()) -> LoadedCase:
    case = load(instrument)
    if not attackers:
        return case
    model = case.instruments[0].model
    cast = model.default_cast
    assert cast is not None
    content = {
        "foedus": 1, "case": "known", "as_of": "2026-11-24", "instruments": [{"use": instrument}],
        "parties": {id: {"name": party.name, "nuclear": party.nuclear} for id, party in model.parties.items()},
        "cast": {"beneficiary": list(cast.beneficiary), "attackers": list(attackers)},
    }  # fmt: skip
    return load_text(json.dumps(content), "known.yaml")


@cache
def report_of(instrument: str, attackers: tuple[str, ...], at_least: int | None) -> Report:
    rules = tuple({entry["rule"] for entry in KNOWN["flags"] if entry["instrument"] == instrument})
    return run(case_of(instrument, attackers), Options(rules=rules, at_least=at_least, explain=False))


def finding_of(rule: str, instrument: str, attackers: tuple[str, ...], at_least: int | None) -> Finding:
    return next(finding for finding in report_of(instrument, attackers, at_least).findings if finding.rule == rule)


def differences(entry: dict[str, Any]) -> list[str]:
    finding = finding_of(entry["rule"], entry["instrument"], tuple(entry.get("attackers", ())), entry.get("at_least"))
    result = finding
    if "reading" in entry:
        result = next(r for r in finding.by_reading if r.reading == entry["reading"])  # type: ignore[assignment]
    outcome = result.outcome
    found: dict[str, object] = {
        "flagged": result.verdict.value in ("fails", "depends"),
        "verdict": result.verdict.value,
        "weakest": outcome.weakest_level,
        "class": finding.kind.value,
        "clauses": sorted(outcome.clauses),
        "means": outcome.judge is None,
    }
    if "every_reading" in entry:
        found["every_reading"] = "/".join(sorted({r.verdict.value for r in finding.by_reading}))
    for word, stoppers in (("lawful", outcome.lawful), ("practical", outcome.practical)):
        if stoppers is not None:
            found[f"{word}_number"] = "nobody" if stoppers.number is None else stoppers.number
    return [
        f"{key}: {found[key]}, known {entry[key]}" for key in entry.keys() & found.keys() if found[key] != entry[key]
    ]


@pytest.mark.parametrize("entries", named("flags"))
def test_what_must_be_flagged_is_and_nothing_else(entries: list[dict[str, Any]]) -> None:
    assert not [wrong for entry in entries for wrong in compared(entry, differences(entry))]


@cache
def views(instrument: str, reading: str | None) -> tuple[View, ...]:
    case = case_of(instrument)
    staged = case.instruments[0]
    forms = dict.fromkeys(resolve(staged, reading, completion) for completion in completions(staged, reading).tried)
    return tuple(View(case, staged, form) for form in forms)


def answer(view: View, entry: dict[str, Any]) -> dict[str, object]:
    base = view.base
    kind = entry.get("kind", "full_invasion")
    incident = Incident(
        entry["attacker"], base.victim, kind, base.zone, base.object, lasting=base.lasting, hour=base.hour
    )
    found: dict[str, object] = {
        "good_faith": view.level(incident),
        "weakest": view.level(incident, Asked(refusing=view.guarantors(incident))),
    }
    if "ask" in entry:
        asked = Asked(reachable=entry["ask"].get("reachable", False))
        for word in ("lawful", "practical"):
            stoppers = view.stoppers(incident, entry["ask"]["level"], practical=word == "practical", asked=asked)
            found[f"{word}_number"] = "nobody" if stoppers.number is None else stoppers.number
            found[f"{word}_ways"] = stoppers.number_of_sets
            if f"{word}_sets" in entry:
                found[f"{word}_sets"] = sorted(sorted(chosen) for chosen in stoppers.sets())
    return found


@pytest.mark.parametrize("entries", named("answers"))
def test_what_is_known_of_one_incident(entries: list[dict[str, Any]]) -> None:
    wrong: list[str] = []
    for entry in entries:
        wanted = {key: sorted(map(sorted, value)) if key.endswith("_sets") else value for key, value in entry.items()}
        differs: dict[str, None] = {}
        for view in views(entry["instrument"], entry.get("reading")):
            found = answer(view, entry)
            keys = [key for key in wanted if key in found and found[key] != wanted[key]]
            differs |= dict.fromkeys(f"{key} is {found[key]}, known {wanted[key]}" for key in keys)
        wrong += compared(entry, list(differs))
    assert not wrong


def test_every_entry_says_why() -> None:
    assert KNOWN["by"]
    assert KNOWN["on"]
    for entry in (*KNOWN["flags"], *KNOWN["answers"]):
        assert entry["why"].endswith(".")
        assert entry.get("disagrees", "so.").endswith(".")
