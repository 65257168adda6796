"""Items (e), (f) and (g): cold starts beside the imports they cannot do without, reading files beside ruamel, and the
hostile files of the tests beside what is promised of them."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, get_args

from pydantic import BaseModel
from ruamel.yaml import YAML
from timing import FEWEST, Row, side_by_side

from foedus.case.load import load
from foedus.case.schema.instrument import As, InstrumentFile
from foedus.case.shipped import instrument_text

ROOT = Path(__file__).resolve().parents[1]
GATE = 4.0
CASE = ROOT / "cases" / "ukraine-2025.yaml"
LIMITS: Final = {"seconds": (2.0, "s"), "megabytes": (500.0, "MB")}
"""What SECURITY.md promises of a hostile file, and the unit."""

MODULE = re.compile(r"\|\s+([\w.]+)\s*$", re.MULTILINE)


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a Python of its own that finds this checkout first; exit code 1 says that defects were found."""
    path = os.pathsep.join([str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
    settings = {**os.environ, "PYTHONPATH": path}
    settings.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package is compiled, and so are those of the peer
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=False, cwd=ROOT, env=settings
    )
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done


def imports(*arguments: str) -> frozenset[str]:
    """The outermost packages that a program imports."""
    seen = python("-X", "importtime", *arguments).stderr
    return frozenset(module.split(".")[0] for module in MODULE.findall(seen))


def cold() -> Iterator[Row]:
    """(e) The command line, started anew each time.

    The peer of the gate imports two packages and uses neither: pydantic loads nearly all of itself at its first use.
    So each check stands also beside a program that loads as much with them and checks nothing.
    """
    bare = ("-c", "import pydantic, ruamel.yaml")
    models, fields = _language()
    for text in ("istanbul-2022-draft", "uk-poland-1939"):
        check = ("-m", "foedus.cli", "check", text)
        file = str(ROOT / "src" / "foedus" / "library" / "instruments" / f"{text}.yaml")
        loading = (str(ROOT / "bench" / "peer_loading.py"), file, str(models), str(fields))
        what = f"peer: python -c '{bare[1]}', which loads pydantic's name alone; {_heavy(check)}"
        yield _beside(f"e check {text}", check, bare, what, GATE)
        what = f"peer: ruamel reads the same file with places, pydantic builds {models} models with {fields} fields"
        yield _beside(f"e check {text}, loading", check, loading, what)
    help_, typer = ("-m", "foedus.cli", "--help"), ("-c", "import typer")
    yield _beside("e --help", help_, typer, f"peer: python -c '{typer[1]}'; {_heavy(help_)}")


def _beside(name: str, ours: tuple[str, ...], peer: tuple[str, ...], detail: str, gate: float | None = None) -> Row:
    assert python(*ours).stdout, ours
    mine, other = side_by_side(partial(python, *ours), partial(python, *peer))
    return Row(name, mine, other, "s", detail, gate)


def _heavy(ours: tuple[str, ...]) -> str:
    heavy = imports(*ours) & {"z3", "matplotlib", "pydantic", "ruamel"}
    z3 = "IMPORTS z3" if "z3" in heavy else "no z3"
    return f"{z3}; heavy imports: {', '.join(sorted(heavy)) or 'none'}"


def _language() -> tuple[int, int]:
    """How many models the language of an instrument has, and how many fields in all."""
    found: set[type[BaseModel]] = set()
    waiting: list[object] = [InstrumentFile, As]
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if kind not in found:
                found.add(kind)
                waiting += [field.annotation for field in kind.model_fields.values()]
        else:
            waiting += get_args(kind)
    return len(found), sum(len(model.model_fields) for model in found)


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


def hostile() -> Iterator[Row]:
    """(g) The hostile files of tests/case, each once in a process of its own: the worst beside what is promised."""
    sys.path.insert(0, str(ROOT / "tests" / "case"))
    from hostile import HOSTILE, PROGRAM

    told = {}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "case.yaml"
        for name, (data, _) in HOSTILE.items():
            path.write_bytes(data)
            told[name] = json.loads(python("-c", PROGRAM, str(path)).stdout)
    for figure, (limit, unit) in LIMITS.items():
        worst = max(told, key=lambda name: told[name][figure])
        detail = f"{worst}, the worst of {len(told)}, once; in place of a peer the {limit:g} {unit} promised"
        yield Row(f"g hostile files, {figure}", told[worst][figure], limit, unit, detail, 1.0)
