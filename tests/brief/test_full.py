"""Every finding on a screen: plain text that is set for 80 columns, with all that the Markdown has."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import foedus
from foedus.brief.full import report_text
from foedus.brief.markdown import report_markdown
from foedus.case.load import load
from foedus.case.stage import LoadedCase
from foedus.findings import Report

CASES = Path(__file__).resolve().parents[2] / "cases"
NAMES = ["istanbul-2022-draft", "luxembourg-1867", "us-japan-1960", str(CASES / "belgium-1914.yaml")]


@cache
def of(name: str) -> tuple[LoadedCase, Report]:
    case = load(name)
    return case, foedus.check(case)


def words(text: str) -> str:
    """The words of a text, however it is set."""
    return " ".join(re.sub(r"[`“”*#]|^\s*- ", "", text, flags=re.MULTILINE).split())


@pytest.mark.parametrize("name", NAMES)
def test_a_screen_has_no_marks_of_markdown_and_at_most_80_columns(name):
    text = report_text(*of(name))
    assert not re.search(r"\*\*|`|^#|^\s*- ", text, flags=re.MULTILINE)
    # A line may be longer where it is one word, such as an address.
    assert not [line for line in text.splitlines() if len(line) > 80 and " " in line.strip()]
    assert not [line for line in text.splitlines() if line != line.rstrip()]


@pytest.mark.parametrize("name", NAMES)
def test_a_screen_says_all_that_the_markdown_says_in_the_same_order(name):
    assert words(report_text(*of(name))) == words(report_markdown(*of(name)))


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_stands_on_it_with_its_verdict(name):
    case, report = of(name)
    told = words(report_text(case, report))
    for finding in report.findings:
        verdict = finding.verdict.value.replace("_", " ").upper()
        kind = f", {finding.kind.value}" if finding.is_bad else ""
        if not finding.accepted:
            assert f"{verdict}{kind}: {words(finding.sentence)} ({finding.rule})" in told


def test_a_name_that_may_be_copied_is_never_broken():
    case, report = of("us-japan-1960")
    lines = report_text(case, report).splitlines()
    assert all(any(f"({finding.rule})" in line for line in lines) for finding in report.findings)
