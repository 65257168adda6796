"""What a file expects of the checks is compared: told in every format, with its place, and set in the exit code.

The pact binds two allies, each alone and by the facts, to send arms to a third. So (docs/theory/meaning.md, section 5)
arms are owed in good faith, no attacker can stop them, and no rule about holding out can fail; an expectation that
says anything else is not met, whatever the program prints.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus import check, cli
from foedus.findings import Compared

BASE = (Path(__file__).parent / "cases" / "good" / "base.yaml").read_text(encoding="utf-8")
READING = "    readings: {loose: {held_by: some, says: each may judge, set: {clauses.aid.judge: bearer}}}\n"
OWN = "    expect: [{rule: attack-covered, promised_level: 3, by: us, on: 2026-11-24, why: so it reads}]\n"
RIGHT = "{rule: C01, verdict: holds, promised_level: 3, by: us, on: 2026-11-24, why: arms are promised}"
WRONG = "{rule: attack-covered, verdict: fails, promised_level: 3, by: the editor, on: 2026-11-20, why: a first guess.}"
OTHER = BASE.replace("council", "board").split("instruments:\n")[1].replace("pact", "vow")


def compared(text: str, tmp_path: Path, **options: object) -> tuple[Compared, ...]:
    path = tmp_path / "pact.yaml"
    path.write_text(text, encoding="utf-8")
    return check(path, explain=False, **options).expectations  # type: ignore[arg-type]


def ran(text: str, tmp_path: Path, *words: str, monkeypatch: pytest.MonkeyPatch) -> int:
    (tmp_path / "pact.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return cli._guarded(lambda: cli.app(["check", "pact.yaml", *words], standalone_mode=False))


def test_a_met_and_an_unmet_expectation(tmp_path: Path) -> None:
    right, wrong = compared(f"{BASE}expect:\n  - {RIGHT}\n  - {WRONG}\n", tmp_path)
    assert (right.rule, right.unmet, right.reading) == ("attack-covered", (), "text")
    assert wrong.unmet == ("verdict",)
    assert (wrong.expected["verdict"], wrong.found["verdict"]) == ("fails", "holds")
    assert (wrong.by, wrong.on, wrong.why) == ("the editor", "2026-11-20", "a first guess.")
    lines = BASE.count("\n")
    assert (Path(wrong.file).name, wrong.line) == ("pact.yaml", lines + 3)


def test_not_flagged_is_met_by_holds_and_by_not_applicable(tmp_path: Path) -> None:
    # No attacker from outside is looked at beside the first one, so that C07 cannot apply; C01 holds.
    told = "verdict: not_flagged, by: us, on: 2026-11-24, why: nothing is wrong"
    found = compared(f"{BASE}expect:\n  - {{rule: C07, {told}}}\n  - {{rule: C01, {told}}}\n", tmp_path)
    assert [one.found["verdict"] for one in found] == ["not_applicable", "holds"]
    assert not any(one.unmet for one in found)


def test_each_reading_is_looked_at_on_its_own(tmp_path: Path) -> None:
    # Where each judges for itself, all may lawfully find that nobody attacked: "not self-judged" fails, and over all
    # readings it depends.
    text = BASE.replace("    clauses:\n", READING + "    clauses:\n")
    told = "by: us, on: 2026-11-24, why: each may judge"
    entries = (
        f"{{rule: C05, verdict: holds, {told}}}",
        f"{{rule: C05, reading: loose, verdict: fails, {told}}}",
        f"{{rule: C05, reading: all, verdict: depends, {told}}}",
    )
    found = compared(text + "expect:\n" + "".join(f"  - {entry}\n" for entry in entries), tmp_path)
    assert [(one.reading, one.unmet) for one in found] == [("text", ()), ("loose", ()), ("all", ())]


def test_an_expectation_inside_an_instrument_speaks_of_that_one_alone(tmp_path: Path) -> None:
    own, rest = compared(f"{BASE}{OWN}{OTHER}", tmp_path), compared(f"{BASE}{OTHER}expect: [{RIGHT}]\n", tmp_path)
    assert [one.instrument for one in own] == ["pact"]
    assert [one.instrument for one in rest] == ["pact", "vow"]


def test_nothing_is_compared_where_something_else_is_asked_for_or_the_rule_is_not_run(tmp_path: Path) -> None:
    text = f"{BASE}expect: [{RIGHT}]\n"
    assert not compared(text, tmp_path, at_least="all_means")
    assert not compared(text, tmp_path, rules=("C03",))
    assert not compared(BASE, tmp_path)


@pytest.mark.parametrize(
    ("entries", "words", "code", "line"),
    [
        (RIGHT, (), 0, "What the file expects was found: 1 expectation (--all)"),
        (WRONG, (), 1, "Not as the file expects: 1 of 1 expectation (--all shows it)"),
        (f"{RIGHT}, {WRONG}, {WRONG}", (), 1, "Not as the file expects: 2 of 3 expectations (--all shows each)"),
        (WRONG, ("--fail-on", "nothing"), 0, "Not as the file expects: 1 of 1 expectation (--all shows it)"),
        (WRONG, ("--rule", "C03"), 0, None),
        ("", (), 0, None),
    ],
    ids=["met", "unmet", "two of three", "nothing fails", "another rule", "none"],
)  # fmt: skip
def test_one_line_on_the_first_screen_and_the_exit_code(
    entries: str, words: tuple[str, ...], code: int, line: str | None,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert ran(f"{BASE}expect: [{entries}]\n", tmp_path, *words, monkeypatch=monkeypatch) == code
    printed = capsys.readouterr().out.splitlines()
    assert [told for told in printed if "expect" in told] == ([line] if line else [])
    assert len(printed) <= 24
    assert max(map(len, printed)) <= 80


def test_an_unmet_one_in_markdown_json_and_sarif(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text, line = f"{BASE}expect:\n  - {WRONG}\n  - {RIGHT}\n", BASE.count("\n") + 2
    assert ran(text, tmp_path, "--format", "markdown", monkeypatch=monkeypatch) == 1
    markdown = capsys.readouterr().out.splitlines()
    told = (
        "`attack-covered` of A small pact: the verdict: expected FAILS, found HOLDS; the least owed in good faith: "
        "arms. Expected by the editor on 2026-11-20: a first guess."
    )
    met = "`attack-covered` of A small pact: the verdict: HOLDS; the least owed in good faith: arms."
    assert markdown[markdown.index("## What was expected") + 2 :][:2] == [
        f"- **NOT AS EXPECTED** (pact.yaml:{line}): {told}",
        f"- As expected (pact.yaml:{line + 1}): {met}",
    ]
    ran(text, tmp_path, "--format", "json", monkeypatch=monkeypatch)
    first, second = json.loads(capsys.readouterr().out)["expectations"]
    assert first == {
        "rule": "attack-covered", "instrument": "pact", "reading": "text", "met": False, "unmet": ["verdict"],
        "expected": {"verdict": "fails", "promised_level": 3}, "found": {"verdict": "holds", "promised_level": 3},
        "by": "the editor", "on": "2026-11-20", "why": "a first guess.", "file": "pact.yaml", "line": line,
    }  # fmt: skip
    assert second["met"]
    ran(text, tmp_path, "--format", "sarif", monkeypatch=monkeypatch)
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    (result,) = [result for result in results if result["ruleId"] == "attack-covered"]
    assert (result["ruleId"], result["level"], result["message"]["text"]) == ("attack-covered", "error", told)
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("pact.yaml", line)
