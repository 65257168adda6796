"""What the authors of a file expect of the checks, beside what the checks find."""

from collections.abc import Iterable, Sequence
from typing import Final

from foedus.case.schema.instrument import EXPECTED, Expect
from foedus.case.stage import LoadedCase
from foedus.errors import needed
from foedus.findings import Compared, Finding, Verdict
from foedus.law.records import Stoppers
from foedus.plain import MOST_SETS

NOT_FLAGGED: Final = (Verdict.HOLDS.value, Verdict.NOT_APPLICABLE.value)
"""Verdicts that meet the expectation ``not_flagged``."""


def compared(case: LoadedCase, findings: Sequence[Finding]) -> tuple[Compared, ...]:
    """Return every expectation of the case on which there is a finding, in the order of the file."""
    return tuple(
        _compared(expected.expect, finding, expected.position.file, expected.position.line)
        for expected in case.expect
        for instrument in expected.instruments
        for finding in findings
        if finding.instrument == instrument and expected.expect.rule in (finding.rule, finding.code)
    )


def _compared(expect: Expect, finding: Finding, file: str, line: int) -> Compared:
    wanted = _wanted(expect)
    found = {key: found_by(finding, expect.reading or "text", key) for key in wanted}
    return Compared(
        rule=finding.rule,
        instrument=finding.instrument,
        reading=expect.reading or "text",
        expected=wanted,
        found=found,
        unmet=tuple(key for key in wanted if not _is_met(wanted[key], found[key])),
        by=expect.by,
        on=str(expect.on),
        why=expect.why,
        file=file,
        line=line,
    )


def _wanted(expect: Expect) -> dict[str, object]:
    fields = {key: getattr(expect, key) for key in EXPECTED}
    return {
        key: in_order(value) if key.endswith("stoppers") else value
        for key, value in fields.items()
        if value is not None
    }


def found_by(finding: Finding, reading: str, key: str) -> object:
    """What the checks say at a place that an expectation may name, under its reading; ``all`` is over all of them."""
    outcome, verdict = finding.outcome, finding.verdict
    if reading != "all":
        result = needed(next((result for result in finding.by_reading if result.reading == reading), None))
        outcome, verdict = result.outcome, result.verdict
    if key == "verdict":
        return verdict.value
    if key in ("promised_level", "weakest_level"):
        return getattr(outcome, key)
    stoppers = outcome.practical if key.startswith("practical") else outcome.lawful
    return stopping_number(stoppers) if key.endswith("number") else stopping_sets(stoppers)


def stopping_number(stoppers: Stoppers | None) -> int | str | None:
    """How few can stop the help, as an expectation has it: a number or ``nobody``; ``None`` if that is not known."""
    if stoppers is None or stoppers.undecided is not None:
        return None
    return "nobody" if stoppers.number is None else stoppers.number


def stopping_sets(stoppers: Stoppers | None) -> list[list[str]] | None:
    """Who can stop the help, as an expectation has it; ``None`` if that was not asked."""
    return None if stoppers is None else in_order(stoppers.sets(MOST_SETS))


def in_order(sets: Iterable[Iterable[str]]) -> list[list[str]]:
    """Sets of names in one order, whatever order they were written in."""
    return sorted(sorted(chosen) for chosen in sets)


def _is_met(wanted: object, found: object) -> bool:
    return found in NOT_FLAGGED if wanted == "not_flagged" else found == wanted
