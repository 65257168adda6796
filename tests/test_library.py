"""The shipped instruments and cases: whole, sourced, and what their expectations say they are."""

from functools import cache
from pathlib import Path

import pytest

from foedus.case.load import load
from foedus.case.shipped import glossary, instrument_ids
from foedus.case.stage import Expected, LoadedCase
from foedus.check.rules import RULES
from foedus.check.run import Options, run
from foedus.findings import Report

ROOT = Path(__file__).resolve().parents[1]
CASES = [*instrument_ids(), *(str(path) for path in sorted((ROOT / "cases").glob("*.yaml")))]


@cache
def loaded(case: str) -> LoadedCase:
    return load(case)


@cache
def report(case: str, instrument: str) -> Report:
    return run(loaded(case), Options(instruments=(instrument,), explain=False))


def expectations() -> list[tuple[str, Expected, str]]:
    return [(case, expected, id) for case in CASES for expected in loaded(case).expect for id in expected.instruments]


@pytest.mark.parametrize(
    ("case", "expected", "instrument"),
    expectations(),
    ids=lambda value: f"{value.expect.rule}/{value.expect.reading or 'text'}" if isinstance(value, Expected)
    else Path(str(value)).stem,
)  # fmt: skip
def test_expectation(case: str, expected: Expected, instrument: str) -> None:
    expect = expected.expect
    (found,) = [
        one
        for one in report(case, instrument).expectations
        if (one.file, one.line) == (expected.position.file, expected.position.line) and one.instrument == instrument
    ]
    assert (found.by, found.on, found.why) == (expect.by, str(expect.on), expect.why)
    assert found.expected
    assert not found.unmet, f"{expect.why}\nexpected {dict(found.expected)}\nfound {dict(found.found)}"


def test_there_are_expectations() -> None:
    assert len(expectations()) >= 50
    assert {expected.expect.rule for _, expected, _ in expectations()} <= {rule.name for rule in RULES}


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
