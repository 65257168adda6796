"""A cure that is printed as a change is taken by the tools that people have, whatever the file looks like."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from foedus import cli
from foedus.case.load import load, load_text
from foedus.check.run import Options, run
from foedus.findings import Verdict

PACT = """\
foedus: 1
case: pact
as_of: 2026-03-05
parties: {V: {name: Vale}, A: {name: Arden}, B: {name: Brant}, X: {name: Xanth}}
cast: {beneficiary: V, attackers: [X]}
required_level: {full_invasion: arms}
instruments:
  # The author's own words stay where they are.
  - id: pact
    title: A small pact
    status: draft
    binding: legal
    roles: {guarantors: [A, B]}
    bodies:
      council: {members: [A, B, X], rule: unanimity, excluded: nobody}  # X sits in it
    clauses:
      - id: aid
        kind: obligation
        bearers: guarantors
        to: V
        judge: objective
        response: &help {least: [sanction], most: [arm]}  # as weak as it is
        decision: council
      - {id: talk, kind: obligation, bearers: guarantors, to: V, judge: objective, response: *help}
    readings:
      loose: {held_by: Brant, says: Only a request brings help., set: {clauses.aid.request: victim}}
"""
TOOLS = {"git apply": ["git", "apply"], "patch -p1": ["patch", "-p1"], "patch -p0": ["patch", "-p0"]}
FILES = {
    "as it is": ("pact.yaml", PACT),
    "in a folder with a space": ("my cases/pact.yaml", PACT),
    "lines end as on Windows": ("pact.yaml", PACT.replace("\n", "\r\n")),
    "a mark at the beginning": ("pact.yaml", "\ufeff" + PACT),
    "no end of the last line": ("pact.yaml", PACT.rstrip()),
}
RULES = ("attack-covered", "no-dead-clause", "breach-has-a-consequence", "every-step-has-a-clock", "stays-in-force")


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("file", FILES)
def test_a_printed_change_applies_and_mends(
    file: str, tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if shutil.which(TOOLS[tool][0]) is None:
        pytest.skip(f"{TOOLS[tool][0]} is not on this machine")
    name, text = FILES[file]
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path)
    for rule in RULES:
        path.write_bytes(text.encode())
        cli.app(["fix", name, rule, "--take", "1"], prog_name="foedus", standalone_mode=False)
        change = capsys.readouterr().out.encode()
        done = subprocess.run(TOOLS[tool], input=change, capture_output=True, check=False)
        assert done.returncode == 0, (rule, done.stderr, change)
        stored = path.read_bytes()
        assert stored.count(b"\r\n") == (stored.count(b"\n") if b"\r" in text.encode() else 0)
        assert b"# X sits in it" in stored
        found = run(load(name), Options((rule,), explain=False)).findings
        assert [finding.verdict for finding in found] == [Verdict.HOLDS], rule


def test_a_value_that_two_places_share_is_changed_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("pact.yaml")
    path.write_text(PACT, encoding="utf-8")
    changed = []
    for number in range(1, 4):
        cli.app(
            ["fix", "pact.yaml", "attack-covered", "--take", str(number), "-o", f"new{number}.yaml"],
            prog_name="foedus", standalone_mode=False,
        )  # fmt: skip
        clauses = load_text(Path(f"new{number}.yaml").read_text(encoding="utf-8"), "new.yaml").instruments[0].model
        least = {clause.id: clause.response.least for clause in clauses.clauses if clause.response is not None}
        changed += [id for id in ("aid", "talk") if least[id] == ("arm",)]
        assert [id for id in ("aid", "talk") if least[id] == ("arm",)] in ([], ["aid"], ["talk"])
    assert "talk" in changed
    capsys.readouterr()
