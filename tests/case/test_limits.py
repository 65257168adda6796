"""Every hostile file is refused, or read, within 500 MB, and reading comes to an end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hostile import HOSTILE, PROGRAM

MEGABYTES = 500
PATIENCE = 60  # seconds; a reading that takes longer counts as one that never ends, and nothing is measured


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str, tmp_path: Path) -> None:
    data, words = HOSTILE[name]
    told = reading_of(data, tmp_path)
    assert told["problems"]
    assert words in "\n".join(told["problems"])
    assert told["megabytes"] < MEGABYTES
    assert len(told["problems"]) <= 1_000


def reading_of(data: bytes, folder: Path) -> dict[str, Any]:
    """What a process of its own tells of a file; one that does not end is an error."""
    path = folder / "case.yaml"
    path.write_bytes(data)
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


BASE = (Path(__file__).parents[1] / "cases" / "good" / "base.yaml").read_text(encoding="utf-8")
CLAUSES = "".join(
    f"      - {{id: c{i}, kind: obligation, bearers: [A, B], to: V, judge: objective, response: {{least: [arm]}}}}\n"
    for i in range(400)
)
OPTIONS = ", ".join(["objective", "bearer"] * 1000)
READINGS = "".join(f"r{i}: {{held_by: me, says: so, set: {{clauses.aid.judge: bearer}}}}, " for i in range(300))
SILENT = '{by: A, silence: "yes"}'
OPEN = {
    "one value of very many": BASE.replace("judge: objective", f"judge: {{may_be: [{OPTIONS}]}}") + CLAUSES,
    "a value in every clause": BASE + CLAUSES.replace("judge: objective", "judge: unknown"),
    "a wrong value in every clause": BASE + CLAUSES.replace("objective", "{may_be: [Z, objective, Q]}"),
    "very many readings": BASE.replace("    clauses:\n", f"    readings: {{{READINGS}}}\n    clauses:\n") + CLAUSES,
    "silences in every clause": BASE
    + CLAUSES.replace("objective", f"{{may_be: [{SILENT}, objective]}}").replace(
        "A, silence", "A, manifest: raid, silence"
    ),
}


# A time that grows with the square of the values would take these far beyond the patience.
@pytest.mark.parametrize("name", OPEN)
def test_a_file_with_very_many_open_values_is_read_to_its_end(name: str, tmp_path: Path) -> None:
    problems = reading_of(OPEN[name].encode(), tmp_path)["problems"]
    assert bool(problems) == (name == "a wrong value in every clause")


def test_too_many_texts_to_look_at_are_refused(tmp_path: Path) -> None:
    # Who fills a role concerns every clause, so that each of 2,000 values would mean looking at 401 clauses again.
    roles = ", ".join(["[A]", "[B]"] * 1000)
    text = BASE.replace("    clauses:\n", f"    roles: {{friends: {{may_be: [{roles}]}}}}\n    clauses:\n") + CLAUSES
    (problem,) = reading_of(text.encode(), tmp_path)["problems"]
    assert "the open values and readings of `pact` make too many texts to look at each" in problem
    assert "case.yaml:11:" in problem
