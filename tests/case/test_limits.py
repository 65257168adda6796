"""Every hostile file is refused, or read, within 500 MB and without an end that does not come."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from foedus.case.load import load_text
from foedus.errors import BadInput, Problem

MEGABYTES = 500
PATIENCE = 60  # seconds on a busy machine, against a time that grows with the square; no measurement

# The memory is that of the whole process, Python and its packages included.
PROGRAM = """
import json, resource, sys
from foedus.case.load import load
from foedus.errors import BadInput
try:
    load(sys.argv[1])
    problems = []
except BadInput as error:
    problems = [problem.render() for problem in error.problems]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"problems": problems, "megabytes": peak}))
"""

BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 40))
TEXT = "ordinary words, and more of them, again and again; "
SIZE = 1_990_000

HOSTILE = {
    "many-values": (b"a: [" + b"x," * (SIZE // 2) + b"]", "more than 20,000 values"),
    "many-numbers": (b"- 1\n" * (SIZE // 4), "more than 20,000 values"),
    "many-keys": (b"".join(b"k%d: 1\n" % i for i in range(SIZE // 11)), "more than 20,000 values"),
    "many-same-keys": (b"a: 1\n" * (SIZE // 5), "a second time"),
    "many-aliases": (b"a: &a x\nb: [" + b"*a," * (SIZE // 3) + b"]", "more than 20,000 values"),
    "many-anchors": (b"".join(b"- &a%d\n" % i for i in range(SIZE // 11)), "more than 20,000 values"),
    "most-values-allowed": (b"foedus: 1\nclauses: [" + b"{}," * 19_000 + b"]", "clauses"),
    "most-keys-allowed": (b"".join(b"k%d: 1\n" % i for i in range(9_500)), "k0"),
    "quoted-text": (b'a: "' + TEXT.encode() * (SIZE // 51) + b'"', "characters"),
    "quoted-escapes": (b'a: "' + b"\\x41" * (SIZE // 4) + b'"', "characters"),
    "quoted-lines": (b'a: "' + b"x\n\n " * (SIZE // 4) + b'"', "too long"),
    "quoted-apostrophes": (b"a: '" + b"''" * (SIZE // 2) + b"'", "characters"),
    "quoted-never-closed": (b'a: "' + TEXT.encode() * (SIZE // 51), "too long"),
    "plain-lines": (b"a: x\n" + b"  x y\n" * (SIZE // 6), "too long"),
    "block-text": (b"a: |\n" + b"  x\n" * (SIZE // 4), "too long"),
    "one-word": (b"a: " + b"x" * SIZE, "too long"),
    "digits": (b"a: " + b"9" * SIZE, "too long"),
    "comments": (b"# x\n" * (SIZE // 4), "empty"),
    "blank-lines": (b"\n" * SIZE, "empty"),
    "colons": (b":" * SIZE, "too long"),
    "spaces": (b"a:" + b" " * SIZE, "missing"),
    "questions": (b"? " * (SIZE // 2), "deeper than 64"),
    "deep-flow": (b"[" * 5000 + b"]" * 5000, "deeper than 64"),
    "deep-block": (b"".join(b" " * i + b"a:\n" for i in range(1900)), "deeper than 64"),
    "deep-dashes": (b"- " * 5000, "deeper than 64"),
    "deep-maps": (b"{a: " * 5000, "deeper than 64"),
    "alias-bomb": (BOMB.encode(), "200,000 values"),
    "hostile-tag": (b"foedus: !!python/object/apply:os.system ['true']\n", "tags are not read"),
    "many-tags": (b"- !x y\n" * (SIZE // 7), "tags are not read"),
    "controls": (b"a: " + b"\x01" * SIZE, "U+0001"),
    "not-text": (b"a: " + b"\xff" * SIZE, "0xFF"),
    "wide-utf-16": (("a: " + "é" * (SIZE // 2 - 10)).encode("utf-16"), "too long"),
    "fifty-megabytes": (b"a: 1\n" * 10_000_000, "50,000,000 bytes"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str, tmp_path: Path) -> None:
    data, words = HOSTILE[name]
    path = tmp_path / f"{name}.yaml"
    path.write_bytes(data)
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    told = json.loads(ran.stdout)
    assert told["problems"]
    assert words in "\n".join(told["problems"])
    assert told["megabytes"] < MEGABYTES
    assert len(told["problems"]) <= 1_000


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


@pytest.mark.parametrize("name", OPEN)
def test_a_file_with_very_many_open_values_is_read_as_fast(name: str) -> None:
    started = time.process_time()
    problems = problems_of(OPEN[name])
    assert time.process_time() - started < PATIENCE  # what is held off is a time that grows with the square
    assert bool(problems) == (name == "a wrong value in every clause")


def test_too_many_texts_to_look_at_are_refused() -> None:
    # Who fills a role concerns every clause, so that each of 2,000 values would mean looking at 401 clauses again.
    roles = ", ".join(["[A]", "[B]"] * 1000)
    text = BASE.replace("    clauses:\n", f"    roles: {{friends: {{may_be: [{roles}]}}}}\n    clauses:\n") + CLAUSES
    started = time.process_time()
    (problem,) = problems_of(text)
    assert time.process_time() - started < PATIENCE  # what is held off is a time that grows with the square
    assert "the open values and readings of `pact` make too many texts to look at each" in problem.message
    assert problem.position is not None
    assert problem.position.line == 11


def problems_of(text: str) -> tuple[Problem, ...]:
    try:
        load_text(text, "open.yaml")
    except BadInput as error:
        return error.problems
    return ()
