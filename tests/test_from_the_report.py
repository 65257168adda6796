"""docs/from-the-report.md and cases/ukraine-2025.yaml hold each other: every place exists, every question appears."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from foedus import api, cli
from foedus.case.load import load
from foedus.case.stage import LoadedCase
from foedus.case.tree import parse, plain

ROOT = Path(__file__).resolve().parents[1]
CASE = "cases/ukraine-2025.yaml"
NOT_YET = "not answered by this version"
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def rows() -> list[tuple[int, str, str, str]]:
    text = (ROOT / "docs" / "from-the-report.md").read_text(encoding="utf-8")
    return [(int(number), says, places, answered) for number, says, places, answered in ROW.findall(text)]


ROWS = rows()


@cache
def content() -> Any:
    return plain(parse((ROOT / CASE).read_text(encoding="utf-8"), CASE))


@cache
def loaded() -> LoadedCase:
    return load(ROOT / CASE)


def exists(place: str) -> bool:
    """Whether the case has a place such as `statements.rutte-robust`: lists are entered by the id of an item."""
    found = content()
    for step in place.split("."):
        if isinstance(found, Mapping) and step in found:
            found = found[step]
        elif isinstance(found, list):
            found = next((item for item in found if step in (item.get("id"), item.get("use"))), None)
        else:
            return False
    return bool(found)


def quoted(words: str) -> list[str]:
    return re.findall(r"`([^`]+)`", words)


def questions_in(words: str) -> set[str]:
    return set(re.findall(r"\bQ\d+\b", words))


def test_the_sentences_are_numbered_without_a_gap() -> None:
    assert [number for number, *_ in ROWS] == list(range(1, len(ROWS) + 1))
    assert len(ROWS) >= 30


@pytest.mark.parametrize(("number", "places"), [(row[0], row[2]) for row in ROWS], ids=lambda value: str(value)[:12])
def test_every_place_of_the_table_is_in_the_case(number: int, places: str) -> None:
    missing = [place for place in quoted(places) if not exists(place)]
    assert not missing
    assert quoted(places) or places == "–"


def test_every_question_of_the_case_stands_in_the_row_of_its_sentence() -> None:
    by_row = {number: questions_in(places) for number, _, places, _ in ROWS}
    wrong = [
        question["id"] for question in content()["questions"]
        if "sentence" in question and question["id"] not in by_row[question["sentence"]]
    ]  # fmt: skip
    assert not wrong
    assert {question["id"] for question in content()["questions"]} == set().union(*by_row.values())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"sentence {row[0]}")
def test_a_row_says_of_each_of_its_questions_whether_this_version_answers_it(row: tuple[int, str, str, str]) -> None:
    _, _, places, answered = row
    asked = {question["id"]: question for question in content()["questions"]}
    open_ones = {name for name in questions_in(places) if "not in this version" in asked[name]["answered_by"]}
    if answered == "not about the subject":
        assert places == "–"
    elif NOT_YET in answered:
        commands = quoted(answered)
        named = questions_in(answered) or questions_in(places)
        assert named == open_ones
        assert bool(commands) == (open_ones != questions_in(places))
    else:
        assert not open_ones
        assert quoted(answered)


@pytest.mark.parametrize("id", [f"statements.{item['id']}" for item in content()["statements"]])
def test_a_statement_of_the_report_stands_in_the_table(id: str) -> None:
    statement = next(item for item in content()["statements"] if id == f"statements.{item['id']}")
    sources = statement["source"] if isinstance(statement["source"], list) else [statement["source"]]
    if any(source == "report" or source.startswith("report-") for source in sources):
        assert any(id in quoted(places) for _, _, places, _ in ROWS)


COMMANDS = sorted({command for *_, answered in ROWS for command in quoted(answered)})


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_table_runs(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    program, verb, *words = shlex.split(command)
    assert program == "foedus"
    monkeypatch.chdir(ROOT)
    if verb in ("check", "assess", "questions"):  # the whole case takes a while; that it runs is shown elsewhere
        names = dict(zip(words[1::2], words[2::2], strict=True))
        assert words[0] == CASE
        assert set(names) <= {"--instrument", "--rule", "-o"}
        api.check_names(loaded(), api.Options((names["--rule"],) if "--rule" in names else ()))
        return
    code = cli._guarded(lambda: cli.app([verb, *words], prog_name="foedus", standalone_mode=False))
    printed = capsys.readouterr()
    assert (code, printed.err) == (0, "")
    assert printed.out
