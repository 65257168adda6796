"""What the questions of a case are answered with: words, and no places of the file."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from foedus.case.load import load
from foedus.case.stage import LoadedCase
from foedus.check.questions import answered
from foedus.check.run import Options, run
from foedus.findings import Answered

CASES = Path(__file__).resolve().parents[2] / "cases"


@cache
def told(name: str) -> tuple[LoadedCase, tuple[Answered, ...]]:
    case = load(CASES / name)
    return case, answered(case, run(case, Options(explain=False)))


@pytest.mark.parametrize("name", ["ukraine-2025.yaml", "ukraine-2026.yaml"])
def test_open_values_are_told_in_plain_words(name):
    case, questions = told(name)
    lines = [line for one in questions for line in one.answers if "what is not known" in line]
    assert lines
    sites = {site.name for staged in case.instruments for site in staged.unknowns}
    for line in lines:
        assert not [site for site in sites if site in line]
        assert not re.search(r"\w\.\w|_|/|`", line)


def test_each_open_value_is_told_with_every_value_that_it_may_have():
    first = next(one for one in told("ukraine-2026.yaml")[1] if one.id == "Q1")
    # Its file: the judge is objective or bearer; the least nothing, consult, sanction and fund, arm, force, all means.
    (line,) = [line for line in first.answers if "what is not known" in line]
    assert "may be: the facts alone; or each for itself." in line
    assert (
        "may be: nothing; consult; impose sanctions and give money; send arms; use limited force; or help by all means."
        in line
    )
