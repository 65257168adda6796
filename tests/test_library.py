"""The shipped instruments and cases: whole, sourced, and what their expectations say they are."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from foedus.case.load import load
from foedus.case.schema.instrument import Expect
from foedus.case.shipped import glossary, instrument_ids
from foedus.case.stage import LoadedCase
from foedus.check.rules import RULES
from foedus.check.run import Options, run
from foedus.findings import Finding, Report

ROOT = Path(__file__).resolve().parents[1]
CASES = [*instrument_ids(), *(str(path) for path in sorted((ROOT / "cases").glob("*.yaml")))]


@cache
def loaded(case: str) -> LoadedCase:
    return load(case)


@cache
def report(case: str, instrument: str) -> Report:
    return run(loaded(case), Options(instruments=(instrument,), explain=False))


def expectations() -> list[tuple[str, str, Expect]]:
    found = []
    for case in CASES:
        for expect in loaded(case).expect:
            ids = [staged.id for staged in loaded(case).instruments if expect.instrument in (None, staged.id)]
            found += [(case, id, expect) for id in ids]
    return found


def found_by(finding: Finding, expect: Expect) -> dict[str, object]:
    """What the program says at the places that the expectation names, under its reading."""
    outcome, verdict = finding.outcome, finding.verdict
    if expect.reading != "all":
        reading = expect.reading or "text"
        result = next(result for result in finding.by_reading if result.reading == reading)
        outcome, verdict = result.outcome, result.verdict
    lawful, practical = outcome.lawful, outcome.practical
    return {
        "verdict": verdict.value,
        "promised_level": outcome.promised_level,
        "weakest_level": outcome.weakest_level,
        "lawful_number": None if lawful is None else "nobody" if lawful.number is None else lawful.number,
        "practical_number": None if practical is None else "nobody" if practical.number is None else practical.number,
        "stoppers": None if lawful is None else in_order(lawful.sets()),
        "practical_stoppers": None if practical is None else in_order(practical.sets()),
    }


def in_order(sets: Iterable[Iterable[str]]) -> list[list[str]]:
    return sorted(sorted(chosen) for chosen in sets)


@pytest.mark.parametrize(
    ("case", "instrument", "expect"),
    expectations(),
    ids=lambda value: f"{value.rule}/{value.reading or 'all'}" if isinstance(value, Expect) else Path(str(value)).stem,
)
def test_expectation(case: str, instrument: str, expect: Expect) -> None:
    assert expect.by
    assert expect.on
    assert expect.why
    finding = next(f for f in report(case, instrument).findings if expect.rule in (f.rule, f.code))
    wanted = {key: value for key, value in expect.model_dump().items() if value is not None}
    found = found_by(finding, expect)
    assert found.keys() & wanted.keys(), "an expectation that expects nothing"
    assert wanted.keys() <= found.keys() | {"rule", "instrument", "reading", "by", "on", "why"}
    for key in found.keys() & wanted.keys():
        value = in_order(wanted[key]) if key.endswith("stoppers") else wanted[key]
        if value == "not_flagged":
            assert found[key] in ("holds", "not_applicable"), expect.why
            continue
        assert found[key] == value, f"{key}: {expect.why}\n{finding.sentence}"


def test_there_are_expectations() -> None:
    assert len(expectations()) >= 50
    assert {expect.rule for _, _, expect in expectations()} <= {rule.name for rule in RULES}


@pytest.mark.parametrize("id", instrument_ids())
def test_an_instrument_is_sourced(id: str) -> None:
    model = loaded(id).instruments[0].model
    assert model.id == id
    assert model.coded_by
    assert model.checked_by
    assert model.sources
    for clause in model.clauses:
        assert clause.source, f"{clause.id} has no source"
        assert clause.says, f"{clause.id} is not told in our words"
        assert clause.article, f"{clause.id} has no article"
    for name, body in model.bodies.items():
        assert body.source, f"{name} has no source"
    for name, reading in model.readings.items():
        assert reading.held_by, name
    for name, source in model.sources.items():
        assert source.title or source.outlet, name
        assert source.verified or source.note or source.address, f"{name} is not verified and says nothing of itself"


def test_every_shipped_word_is_plain() -> None:
    words = glossary()
    assert len(words) > 100
    for term, entry in words.items():
        assert len(entry["plain"].split()) >= 3, term
        for other in entry.get("see", ()):
            assert other in words, f"{term} points at `{other}`"
