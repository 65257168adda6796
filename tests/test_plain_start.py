"""`check CASE` alone is read without typer: which command lines are, and that nothing but the time differs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from foedus.commands.checking import plainly_asked

ROOT = Path(__file__).resolve().parents[1]
TYPER = "from foedus import cli\ncli.plainly_asked = lambda words: None\ncli.main()"
PLAIN = "from foedus import cli\ncli.main()"
LOADED = "import sys\nfrom foedus import cli\ntry:\n    cli.main()\nfinally:\n    print('typer' in sys.modules)"


@pytest.mark.parametrize("case", ["nato-1949", "cases/ukraine-2025.yaml", "my case.yaml", "C:\\case.yaml", "a=b.yaml"])
def test_a_case_alone_is_read_plainly(case: str) -> None:
    assert plainly_asked(["check", case]) == case


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["check"],
        ["check", ""],
        ["check", "-"],
        ["check", "--help"],
        ["check", "--all"],
        ["check", "nato-1949", "--all"],
        ["check", "--all", "nato-1949"],
        ["check", "--", "nato-1949"],
        ["check", "nato-1949", "rio-1947"],
        ["ask", "nato-1949"],
        ["Check", "nato-1949"],
        ["--version"],
        ["nato-1949"],
        # typer may put other words in the place of these
        ["check", "*.yaml"],
        ["check", "case?.yaml"],
        ["check", "case[1].yaml"],
        ["check", "~/case.yaml"],
        ["check", "$HOME/case.yaml"],
        ["check", "%HOME%/case.yaml"],
    ],
    ids=" ".join,
)
def test_every_other_command_line_is_read_by_typer(words: list[str]) -> None:
    assert plainly_asked(words) is None


WRONG = "foedus: 1\ncase: wrong\nas_of: never\n"


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("nato-1949", 0),
        ("istanbul-2022-draft", 1),
        ("budapest", 2),
        ("missing.yaml", 2),
        ("wrong.yaml", 2),
        (".", 2),
    ],
)
def test_the_same_bytes_and_exit_code_either_way(case: str, code: int, tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    plain, read_by_typer = _ran(PLAIN, case, tmp_path), _ran(TYPER, case, tmp_path)
    assert plain.returncode == read_by_typer.returncode == code
    assert plain.stdout == read_by_typer.stdout
    assert plain.stderr == read_by_typer.stderr
    assert plain.stdout or plain.stderr


def test_typer_is_not_loaded_for_a_case_alone(tmp_path: Path) -> None:
    assert _ran(LOADED, "luxembourg-1867", tmp_path).stdout.splitlines()[-1] == b"False"
    assert _ran(LOADED, "luxembourg-1867", tmp_path, "--all").stdout.splitlines()[-1] == b"True"


def _ran(program: str, case: str, folder: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        [sys.executable, "-c", program, "check", case, *options], capture_output=True, cwd=folder, env=environment,
        timeout=120, check=False,
    )  # fmt: skip
