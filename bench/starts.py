"""Items (e) and (f): cold starts beside the imports they cannot do without, and reading files beside ruamel."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from ruamel.yaml import YAML
from timing import FEWEST, Row, side_by_side

from foedus.case.load import load
from foedus.case.shipped import instrument_text

ROOT = Path(__file__).resolve().parents[1]
GATE = 4.0
CASE = ROOT / "cases" / "ukraine-2025.yaml"
MODULE = re.compile(r"\|\s+([\w.]+)\s*$", re.MULTILINE)


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a Python of its own that finds this checkout first; exit code 1 says that defects were found."""
    path = os.pathsep.join([str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=False, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done


def imports(*arguments: str) -> frozenset[str]:
    """The outermost packages that a program imports."""
    seen = python("-X", "importtime", *arguments).stderr
    return frozenset(module.split(".")[0] for module in MODULE.findall(seen))


def cold() -> Iterator[Row]:
    """(e) The command line, started anew each time."""
    needs = ("-c", "import pydantic, ruamel.yaml")
    check = ("-m", "foedus.cli", "check")
    asked: list[tuple[tuple[str, ...], tuple[str, ...], float | None]] = [
        ((*check, "istanbul-2022-draft"), needs, GATE),
        ((*check, "uk-poland-1939"), needs, GATE),
        (("-m", "foedus.cli", "--help"), ("-c", "import typer"), None),
    ]
    for ours, peer, gate in asked:
        heavy = imports(*ours) & {"z3", "matplotlib", "pydantic", "ruamel"}
        said = python(*ours).stdout
        assert said, ours
        mine, other = side_by_side(partial(python, *ours), partial(python, *peer), FEWEST)
        z3 = "IMPORTS z3" if "z3" in heavy else "no z3"
        detail = f"peer: python -c '{peer[1]}'; {z3}; heavy imports: {', '.join(sorted(heavy)) or 'none'}"
        yield Row(f"e {' '.join(ours[1:])}", mine, other, "s", detail, gate)


def reading() -> Iterator[Row]:
    """(f) A case with the instruments it uses, beside a plain reading of the same files."""
    used = [entry["use"] for entry in YAML(typ="safe").load(CASE)["instruments"] if "use" in entry]

    def peer() -> list[object]:
        texts = [CASE.read_text(encoding="utf-8"), *(instrument_text(id)[0] for id in used)]
        return [YAML(typ="safe").load(text) for text in texts]

    def ours() -> object:
        return load(str(CASE))

    case, (content, *instruments) = load(str(CASE)), peer()
    assert case.id == content["case"]
    assert {*used} <= {staged.id for staged in case.instruments}
    for one in instruments:
        staged = case.instrument(one["id"])
        assert staged is not None, one["id"]
        assert [clause.id for clause in staged.model.clauses] == [clause["id"] for clause in one["clauses"]], one["id"]
    mine, other = side_by_side(ours, peer, FEWEST)
    parser = YAML(typ="safe").Parser.__name__
    yield Row("f load cases/ukraine-2025.yaml", mine, other, "s", f"{1 + len(used)} files; peer: ruamel safe, {parser}")
