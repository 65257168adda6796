"""Whole runs of the command line: what is printed where, and the exit code.

tests/golden/NAME.txt holds a run: the command, the exit code, the output and the error stream. FOEDUS_RESET=1 rewrites
them all with what the program prints now; read the difference before you keep it.
"""

from __future__ import annotations

import builtins
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from foedus import cli
from foedus.case.shipped import instrument_ids

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = Path(__file__).parent / "golden"
RESET = bool(os.environ.get("FOEDUS_RESET"))
ELSEWHERE = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
"""For processes of their own, which may start in another folder."""

PLEDGE = """\
foedus: 1
case: pledge
title: The pledge to Vale
as_of: 2026-03-05
sources:
  news: {kind: news-report, outlet: The Morning News, date: 2026-03-04, verified: true}
parties:
  Vale: {name: Vale}
  Arden: {name: Arden}
  Brant: {name: Brant}
  Corin: {name: Corin}
  Xanth: {name: Xanth}
cast: {beneficiary: Vale, attackers: [Xanth]}
instruments:
  - id: pledge
    title: Pledge to Vale
    status: signed
    binding: legal
    roles: {guarantors: [Arden, Brant, Corin]}
    bodies:
      council: {members: guarantors, rule: RULE, excluded: attacker, source: news}
    clauses:
      - id: aid
        article: "1"
        says: The three help with arms on a decision of their council.
        kind: obligation
        bearers: guarantors
        to: Vale
        judge: objective
        decision: council
        response: {least: [arm]}
        source: news
questions:
  - id: Q1
    asks: Can one ally stop the help?
    from: the editor
    answered_by: check
    look_at: [{instrument: pledge, rule: no-single-ally-can-stop}]
  - {id: Q2, asks: Will they come?, from: the editor, answered_by: not in this version, answer: Nobody knows.}
"""
ACCEPTED = """\
accepted:
  - {finding: no-single-ally-can-stop@pledge, by: the council, on: 2026-03-05, why: that is what the three agreed on}
"""
MANY_MISTAKES = """\
foedus: 1
case: wrong
as_of: 31 February
parties:
  Vale: {name: Vale, nucular: true}
  Arden: {name: Arden}
cast: {beneficiary: Vale}
instruments:
  - id: pledge
    title: Pledge
    status: signd
    binding: legal
    bodies:
      council: {members: [Arden], rule: majority}
    clauses:
      - {id: aid, kind: obligation, bearers: Arden, judge: objective, response: {least: [all_means], most: [arm]}}
      - {id: talk, kind: obligation, bearers: Arden, to: Vale, response: {least: [consult]}}
"""
WRONG_NAMES = (
    PLEDGE.replace("RULE", "majority").replace("to: Vale", "to: Wale").replace("decision: council", "decision: board")
)
UNCAST = """\
foedus: 1
id: uncast
title: A pledge that says to nobody in particular what it is for
status: signed
binding: legal
parties: {Vale: {name: Vale}, Arden: {name: Arden}}
clauses:
  - {id: talk, kind: obligation, bearers: Arden, to: Vale, judge: objective, response: {least: [consult]}}
"""
FILES = {
    "pledge.yaml": PLEDGE.replace("RULE", "unanimity"),
    "majority.yaml": PLEDGE.replace("RULE", "majority"),
    "accepted.yaml": PLEDGE.replace("RULE", "unanimity") + ACCEPTED,
    "mistakes.yaml": MANY_MISTAKES,
    "names.yaml": WRONG_NAMES.replace("RULE", "majority"),
    "empty.yaml": "",
    "uncast.yaml": UNCAST,
    "list.yaml": "- one\n- two\n",
    "syntax.yaml": "foedus: 1\ncase: x\n  title: too far in\nparties: {Vale: {name: Vale}\n",
    "tabs.yaml": "foedus: 1\nparties:\n\tVale: {name: Vale}\n",
    "twice.yaml": "foedus: 1\ncase: a\ncase: b\n",
    "word.docx": "PK\x03\x04 and so on",
}


@dataclass(frozen=True)
class Ran:
    """One run of the command line."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command in a folder that holds the files above, and a folder of the name `folder`."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="\n")
    (tmp_path / "folder").mkdir()
    (tmp_path / "latin.yaml").write_bytes("foedus: 1\ntitle: Türkiye\n".encode("latin-1"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def ran(*words: str) -> Ran:
        code = cli._guarded(lambda: cli.app(list(words), prog_name="foedus", standalone_mode=False))
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return ran


RUNS: dict[str, str] = {
    # what works
    "check-defect": "check pledge.yaml",
    "check-clean": "check majority.yaml --rule attacker-cannot-stop",
    "check-accepted": "check accepted.yaml --rule C04",
    "check-rule-all": "check pledge.yaml --rule no-single-ally-can-stop --all",
    "check-at-least": "check majority.yaml --at-least all_means --rule attack-covered",
    "check-fail-on-caution": "check luxembourg-1867 --fail-on caution",
    "check-fail-on-nothing": "check pledge.yaml --fail-on nothing",
    "check-istanbul-draft": "check istanbul-2022-draft",
    "check-istanbul-communique": "check istanbul-2022-communique",
    "check-luxembourg": "check luxembourg-1867",
    "check-london": "check london-1839",
    "check-belgium": "check {cases}/belgium-1914.yaml",
    "ask-refuses": "ask pledge.yaml --refuses Arden",
    "ask-istanbul": "ask istanbul-2022-draft --attacker RU --victim UA --zone covered --refuses RU",
    "ask-luxembourg": "ask luxembourg-1867",
    "compare-istanbul": "compare istanbul-2022-communique istanbul-2022-draft",
    "compare-case": "compare us-proposal-2025-08 nato-1949 --case {cases}/ukraine-2025.yaml",
    "compare-itself": "compare uk-poland-1939 uk-poland-1939",
    "compare-markdown": "compare istanbul-2022-communique istanbul-2022-draft --format markdown",
    "compare-diff": "compare --diff istanbul-2022-communique istanbul-2022-draft",
    "compare-diff-cured": "compare --diff istanbul-2022-draft istanbul-2022-communique",
    "questions": "questions pledge.yaml",
    "questions-none": "questions luxembourg-1867",
    "rules": "rules",
    "rule": "rules attacker-cannot-stop",
    "rule-by-code": "rules C20",
    "library": "library",
    "library-one": "library luxembourg-1867",
    "word": "words veto",
    "new": "new fresh.yaml",
    "new-like": "new fresh.yaml --like luxembourg-1867",
    "migrate": "migrate pledge.yaml",
    "precedents": "precedents",
    "precedents-one": "precedents P38",
    "precedents-near": "precedents istanbul-2022-draft",
    "precedents-own": "precedents pledge.yaml",
    "precedents-reading": "precedents luxembourg-1867 --reading right-without-duty",
    # what is wrong with the command
    "admit-istanbul": "admit istanbul-2022-draft --guarantor TR --without RU",
    "admit-pledge": "admit pledge.yaml",
    "race-ladder": "race {cases}/races/tiered-ladder-2026.yaml --incident two-days",
    "race-unef-refused": "race {cases}/races/unef-1967.yaml --refuses EG --all",
    "race-no-world": "race {cases}/belgium-1914.yaml",
    "negotiate-cuba": "negotiate {cases}/cuba-1962.yaml --what packages",
    "negotiate-ukraine": "negotiate {cases}/ukraine-2025.yaml --what packages",
    "negotiate-board": "negotiate {cases}/cuba-1962.yaml --what board",
    "negotiate-waits": "negotiate {cases}/ukraine-2025.yaml --what deadlock",
    "negotiate-minsk": "negotiate minsk-2015 --what deadlock",
    "negotiate-ledger": "negotiate {cases}/ukraine-2025.yaml --what ledger",
    "negotiate-ledger-cuba": "negotiate {cases}/cuba-1962.yaml --what ledger",
    "bad-negotiate-no-steps": "negotiate pledge.yaml --what deadlock --picture steps.svg",
    "bad-negotiate-no-ledger": "negotiate pledge.yaml --what ledger --picture ledger.svg",
    "negotiate-no-board": "negotiate pledge.yaml",
    "bad-negotiate-what": "negotiate pledge.yaml --what offers",
    "bad-negotiate-picture": "negotiate {cases}/cuba-1962.yaml --picture board.jpg",
    "bad-negotiate-no-board": "negotiate pledge.yaml --picture board.svg",
    "brief": "brief pledge.yaml -o pledge.md -o pledge.html",
    "brief-diff": "brief --diff istanbul-2022-communique istanbul-2022-draft -o diff.json",
    "bad-brief-audience": "brief pledge.yaml -o pledge.md --audience chief",
    "bad-brief-diff": "brief --diff istanbul-2022-draft -o diff.md",
    "bad-brief-ending": "brief pledge.yaml -o pledge.htm -o pledge.pages",
    "bad-brief-folder": "brief pledge.yaml -o folder -o nowhere/pledge.md",
    "bad-brief-no-output": "brief pledge.yaml",
    "bad-brief-which": "brief pledge.yaml majority.yaml -o pledge.md --case pledge.yaml",
    "bad-race-names": "race {cases}/races/unef-1967.yaml --incident lines --refuses EGY",
    "bad-race-picture": "race {cases}/races/unef-1967.yaml --timeline line.jpg",
    "bad-admit-names": "admit pledge.yaml --guarantor Wale --without Zorin --instrument plege",
    "bad-admit-both": "admit pledge.yaml --guarantor Arden --without Arden --guarantor Vale",
    "fix-pledge": "fix pledge.yaml no-single-ally-can-stop",
    "fix-take": "fix pledge.yaml no-single-ally-can-stop --take 1",
    "fix-nothing": "fix majority.yaml",
    "bad-fix-rule": "fix pledge.yaml no-ally-can-stop",
    "bad-fix-which": "fix {cases}/ukraine-2025.yaml C03",
    "bad-fix-take": "fix pledge.yaml C04 --take 99",
    "bad-fix-output": "fix pledge.yaml C04 -o changed.yaml",
    "bad-no-command": "",
    "bad-command": "chekc pledge.yaml",
    "bad-option": "check pledge.yaml --everything",
    "bad-no-case": "check",
    "bad-format": "check pledge.yaml --format xml",
    "bad-fail-on": "check pledge.yaml --fail-on bad",
    "bad-rule": "check pledge.yaml --rule attacker-cant-stop",
    "bad-level": "check pledge.yaml --at-least soldiers",
    "bad-instrument": "check pledge.yaml --instrument plegde",
    "bad-several-names": "check pledge.yaml --rule nothing-such --instrument pact",
    "bad-ask-names": "ask pledge.yaml --attacker XX --kind invasion --refuses YY",
    "bad-ask-itself": "ask pledge.yaml --attacker Vale --victim Vale",
    "bad-ask-time": "ask pledge.yaml --at 72",
    "bad-ask-reading": "ask pledge.yaml --reading strict",
    "bad-ask-which": "ask {cases}/ukraine-2025.yaml",
    "bad-compare-one": "compare nato-1949",
    "bad-compare-none": "compare",
    "bad-compare-ids": "compare nato-1959 istanbul-2022-draf",
    "bad-compare-cases": "compare {cases}/belgium-1914.yaml {cases}/ukraine-2025.yaml",
    "bad-compare-case-names": "compare nato-1949 rio-1947 teu-42 --case {cases}/ukraine-2025.yaml",
    "bad-compare-case-alone": "compare --case {cases}/belgium-1914.yaml",
    "bad-compare-nobody-in-common": "compare london-1839 luxembourg-1867",
    "bad-compare-picture": "compare nato-1949 teu-42-7 --picture forms.jpg",
    "bad-compare-folder": "compare istanbul-2022-communique istanbul-2022-draft --picture nowhere/forms.svg",
    "bad-compare-diff": "compare --diff nato-1949 teu-42-7 rio-1947 --picture forms.svg",
    "bad-compare-file": "compare mistakes.yaml istanbul-2022-draft",
    "bad-library": "library nato",
    "bad-word": "words guarante",
    "bad-rules": "rules C99",
    "bad-schema": "schema --of treaty",
    "bad-new-exists": "new pledge.yaml",
    "bad-new-like": "new fresh.yaml --like nato",
    "bad-new-both": "new fresh.yaml --like nato-1949 --ask",
    "bad-precedent": "precedents P99",
    "bad-precedent-instrument": "precedents pledge.yaml --instrument plegde",
    "bad-precedent-which": "precedents {cases}/ukraine-2025.yaml",
    "bad-precedent-reading": "precedents luxembourg-1867 --reading six-power",
    "bad-precedent-no-case": "precedents --instrument nato-1949",
    "bad-precedent-cast": "precedents uncast.yaml",
    "bad-precedent-share": "precedents --share",
    "bad-output": "assess pledge.yaml -o pledge.yaml",
    # what is wrong with the file
    "bad-file-missing": "check pldge.yaml",
    "bad-folder-missing": "check nowhere/pledge.yaml",
    "bad-id": "check nato-1959",
    "bad-folder": "check folder",
    "bad-empty": "check empty.yaml",
    "bad-list": "check list.yaml",
    "bad-syntax": "check syntax.yaml",
    "bad-tabs": "check tabs.yaml",
    "bad-key-twice": "check twice.yaml",
    "bad-many-mistakes": "check mistakes.yaml",
    "bad-names": "check names.yaml",
    "bad-encoding": "check latin.yaml",
    "bad-word-file": "check word.docx",
}


@pytest.mark.parametrize("name", RUNS)
def test_a_whole_run(name: str, run: Run) -> None:
    words = RUNS[name].replace("{cases}", str(ROOT / "cases"))
    ran = run(*words.split())
    told = f"$ foedus {RUNS[name]}\nexit code {ran.code}\n"
    for stream, text in (("output", ran.out), ("errors", ran.err)):
        told += f"--- {stream}\n{text}" if text else ""
    told = told.replace(str(ROOT / "cases"), "{cases}")
    if name.startswith("bad-"):
        assert ran.code == 2
        assert not ran.out or name == "bad-no-command"
    path = GOLDEN / f"{name}.txt"
    if RESET:
        path.write_text(told, encoding="utf-8", newline="\n")
    assert told == path.read_text(encoding="utf-8")


def test_every_golden_file_belongs_to_a_run_and_a_third_of_them_are_wrong_inputs() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.txt")) == sorted(RUNS)
    assert 3 * sum(name.startswith("bad-") for name in RUNS) >= len(RUNS)


# --- exit codes and streams ------------------------------------------------------------------------------------------


def test_exit_code_0_where_nothing_counts_and_1_where_a_defect_is_found(run: Run) -> None:
    assert run("check", "majority.yaml", "--rule", "no-single-ally-can-stop").code == 0
    assert run("check", "pledge.yaml", "--rule", "no-single-ally-can-stop").code == 1
    assert run("check", "accepted.yaml", "--rule", "no-single-ally-can-stop").code == 0


def test_a_brief_under_a_name_that_no_system_takes_is_told(run: Run) -> None:
    name = "x" * 300 + ".json"
    ran = run("brief", "pledge.yaml", "-o", name)
    assert ran.code == 2
    assert ran.err.startswith(f"the file `{name}` cannot be written: ")
    assert ran.err.endswith("help: give another place\n")


def test_a_place_where_nothing_can_be_written_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out" / "luxembourg-1867.html").mkdir(parents=True)
    told = "cannot be written: is a directory\n  help: give another place\n"
    ran = run("assess", "luxembourg-1867", "-o", "out")
    assert (ran.code, ran.out, ran.err) == (2, "", f"the file `{Path('out', 'luxembourg-1867.html')}` {told}")
    for words in (("new", "n" * 300), ("assess", "luxembourg-1867", "-o", "n" * 300)):
        ran = run(*words)
        assert (ran.code, ran.out) == (2, "")
        assert "file name too long" in ran.err


def test_exit_code_3_and_no_traceback_for_our_own_bug(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> int:
        raise ValueError("a bad day")

    monkeypatch.setattr(import_module("foedus.check.run"), "run", broken)
    ran = run("check", "pledge.yaml")
    assert ran.code == 3
    assert not ran.out
    assert "this is a bug in Foedus, not in your file (ValueError at test_cli.py:" in ran.err
    assert "Traceback" not in ran.err


def test_the_traceback_of_a_bug_is_shown_on_request(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("foedus.brief.lists"), "rules_text", lambda *_, **__: 1 // 0)
    monkeypatch.setenv("FOEDUS_TRACEBACK", "1")
    ran = run("rules")
    assert ran.code == 3
    assert "Traceback" in ran.err


def test_an_interrupt_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: Any, **__: Any) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(import_module("foedus.brief.lists"), "rules_text", stopped)
    ran = run("rules")
    assert (ran.code, ran.out) == (130, "")
    assert "Traceback" not in ran.err


def test_results_go_to_the_output_and_problems_to_the_error_stream(run: Run) -> None:
    good, bad = run("check", "pledge.yaml"), run("check", "mistakes.yaml")
    assert good.out
    assert not good.err
    assert bad.err
    assert not bad.out


def test_every_problem_of_a_file_is_told_at_once_with_its_place(run: Run) -> None:
    told = [line for line in run("check", "mistakes.yaml").err.splitlines() if line.startswith("mistakes.yaml:")]
    found = {int(line.split(":")[1]) for line in told}
    assert {3, 5, 11, 14, 16, 17} <= found


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m foedus.cli words --format json | head -c 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, env=ELSEWHERE)  # noqa: S607
    assert (done.returncode, done.stderr) == (0, "")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from foedus import cli\n"
        "code = cli._guarded(lambda: cli.app(['--help'], standalone_mode=False))\n"
        "heavy = [name for name in ('z3', 'numpy', 'matplotlib', 'pydantic', 'ruamel.yaml') if name in sys.modules]\n"
        "print(code, heavy, file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=ELSEWHERE)
    assert done.stderr == "0 []\n"


def test_check_imports_no_matplotlib_and_no_numpy() -> None:
    code = (
        "import sys\n"
        "from foedus import cli\n"
        "cli._guarded(lambda: cli.app(['check', 'luxembourg-1867'], standalone_mode=False))\n"
        "print([name for name in ('matplotlib', 'numpy') if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=ELSEWHERE)
    assert done.stderr == "[]\n"


# --- formats ---------------------------------------------------------------------------------------------------------

FINDING = {
    "id", "rule", "code", "class", "instrument", "verdict", "by_reading", "decided_by", "incident", "sentence",
    "weakest_level", "owed", "promised_level", "stoppers", "clauses", "rests_on", "unverified", "accepted",
}  # fmt: skip


@pytest.mark.parametrize("case", ["pledge.yaml", "istanbul-2022-draft"])
def test_json_of_check_has_the_promised_keys(case: str, run: Run) -> None:
    data = json.loads(run("check", case, "--format", "json").out)
    assert {"foedus", "case", "required_level", "findings"} <= set(data)
    assert len({found["id"] for found in data["findings"]}) == len(data["findings"])
    for found in data["findings"]:
        assert set(found) >= FINDING
        assert found["verdict"] in ("holds", "fails", "depends", "not_applicable", "undecided")
        assert found["class"] in ("defect", "caution", "description")
        assert "text" in found["by_reading"]
        assert all({"verdict", "weakest_level"} <= set(result) for result in found["by_reading"].values())
        if found["stoppers"] is not None:
            assert {"lawful", "lawful_number", "practical", "practical_number"} <= set(found["stoppers"])


def test_json_of_stoppers_names_parties_by_their_ids(run: Run) -> None:
    data = json.loads(run("check", "pledge.yaml", "--rule", "C04", "--format", "json").out)
    (found,) = data["findings"]
    assert found["stoppers"]["lawful"] == [["Arden"], ["Brant"], ["Corin"]]
    assert found["stoppers"]["lawful_number"] == 1


@pytest.mark.parametrize(
    "command",
    ["questions pledge.yaml", "rules", "rules C01", "library", "library luxembourg-1867", "words", "words veto",
     "ask pledge.yaml", "compare istanbul-2022-communique istanbul-2022-draft", "schema"],
)  # fmt: skip
def test_every_listing_prints_json(command: str, run: Run) -> None:
    words = command.split()
    ran = run(*words, *([] if words[0] == "schema" else ["--format", "json"]))
    assert ran.code == 0
    assert json.loads(ran.out)


def test_the_schema_accepts_the_cases_and_refuses_an_unknown_key(run: Run) -> None:
    import jsonschema

    from foedus.case.tree import parse, plain

    schema = json.loads(run("schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in sorted((ROOT / "cases").glob("*.yaml")):
        content = plain(parse(path.read_text(encoding="utf-8"), path.name))
        assert not [error.json_path for error in validator.iter_errors(content)], path.name
    assert list(validator.iter_errors({"foedus": 1, "caste": {}}))


def test_sarif_has_the_shape_of_the_standard(run: Run) -> None:
    data = json.loads(run("check", "pledge.yaml", "--format", "sarif").out)
    assert data["version"] == "2.1.0"
    (one,) = data["runs"]
    known = {rule["id"] for rule in one["tool"]["driver"]["rules"]}
    assert one["tool"]["driver"]["name"] == "foedus"
    assert one["results"]
    for result in one["results"]:
        assert result["ruleId"] in known
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"].endswith(".")
        for location in result["locations"]:
            place = location["physicalLocation"]
            assert place["artifactLocation"]["uri"] == "pledge.yaml"
            assert place["region"]["startLine"] > 1
    defect = next(result for result in one["results"] if result["ruleId"] == "no-single-ally-can-stop")
    assert defect["level"] == "error"
    line = defect["locations"][0]["physicalLocation"]["region"]["startLine"]
    assert "id: aid" in FILES["pledge.yaml"].splitlines()[line - 1]


def test_markdown_has_a_heading_for_each_instrument_and_no_raw_text(run: Run) -> None:
    text = run("check", "pledge.yaml", "--format", "markdown").out
    lines = text.splitlines()
    assert lines[0] == "# The pledge to Vale"
    (heading,) = [line for line in lines if line.startswith("## ")]
    assert heading.startswith("## Pledge to Vale (signed")
    assert text == run("check", "pledge.yaml", "--all", "--format", "markdown").out
    screen = run("check", "pledge.yaml", "--all").out
    assert "**" not in screen
    assert max(map(len, screen.splitlines())) <= 80


@pytest.mark.parametrize("text", ["istanbul-2022-draft", "plan-20-2025", "triple-alliance-1882"])
def test_the_same_run_prints_the_same_bytes_in_another_process(run: Run, text: str) -> None:
    ours = run("check", text, "--format", "json").out
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-m", "foedus.cli", "check", text, "--format", "json"],
            capture_output=True, text=True, check=False, env={**ELSEWHERE, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        assert (done.stderr, done.stdout) == ("", ours)


def test_a_picture_is_written_and_is_the_same_in_every_process(run: Run) -> None:
    words = ["compare", "nato-1949", "budapest-1994", "minsk-2015", "--case", str(ROOT / "cases" / "ukraine-2025.yaml")]
    for name in ("forms.svg", "forms.png"):
        ran = run(*words, "--picture", name)
        assert ran.code == 0
        assert ran.out.endswith(f"The picture: {name}\n")
        done = subprocess.run(
            [sys.executable, "-m", "foedus.cli", *words, "--picture", f"again-{name}"],
            capture_output=True, text=True, check=False, env={**ELSEWHERE, "PYTHONHASHSEED": "3"},
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        assert Path(name).read_bytes() == Path(f"again-{name}").read_bytes()
    assert Path("forms.png").read_bytes().startswith(b"\x89PNG")
    assert "NATO treaty 1949 is at least as strong as Budapest Memorandum 1994" in Path("forms.svg").read_text("utf-8")


# --- the first screen ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", [*instrument_ids(), "belgium-1914.yaml", "ukraine-2025.yaml"])
def test_the_first_screen_fits_a_screen(case: str, run: Run) -> None:
    name = str(ROOT / "cases" / case) if case.endswith(".yaml") else case
    lines = run("check", name).out.splitlines()
    assert 3 <= len(lines) <= 24
    assert [line for line in lines if len(line) > 80] == []
    assert lines[-1] == "This checks the file, not the treaty; whether states keep it is politics."
    assert "C0" not in lines[0]


# --- new, demo, assess -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["new", "made.yaml"], ["new", "made.yaml", "--like", "london-1839"]])
def test_a_new_file_checks_as_it_stands(words: list[str], run: Run) -> None:
    assert run(*words).code == 0
    assert run("check", "made.yaml").code in (0, 1)
    assert Path("made.yaml").read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=")


def test_twelve_answers_not_known_make_a_case_that_checks(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(builtins, "input", lambda prompt: asked.append(prompt) or "not known")
    assert run("new", "made.yaml", "--ask").code == 0
    assert len(asked) == 12
    assert run("check", "made.yaml").code in (0, 1)


def test_assess_writes_one_page_that_loads_nothing(run: Run) -> None:
    ran = run("assess", "pledge.yaml", "-o", "out/deep")
    assert ran.code == 1
    assert ran.out.splitlines()[-1].startswith("The whole page: ")
    (page,) = Path("out/deep").iterdir()
    text = page.read_text(encoding="utf-8")
    assert text[:15].lower() == "<!doctype html>"
    loading = [mark for mark in ("<script src", "<link", "@import", "url(http", 'src="http') if mark in text]
    assert not loading
