"""``import foedus``: eight names and the version, light to import, and the same at the first use as at the second."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import foedus

CASES = Path(__file__).resolve().parents[1] / "cases"
NAMES = [
    "BadInput", "__version__", "ask", "assess", "brief", "check", "compare", "diff", "load", "negotiate",
]  # fmt: skip


def fresh(code: str) -> str:
    """What a program prints in a process of its own, where nothing is imported yet."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_surface_is_these_names() -> None:
    assert sorted(foedus.__all__) == NAMES
    assert dir(foedus) == NAMES


@pytest.mark.parametrize("name", ["ask", "assess", "brief", "check", "compare", "diff", "load", "negotiate"])
def test_a_function_stays_one_after_its_first_use(name: str) -> None:
    # `foedus.check` and `foedus.assess` are modules too: importing those must not put them in the function's place.
    told = fresh(
        f"import foedus; first = foedus.{name};"
        " import foedus.check.run, foedus.assess, foedus.brief.html, foedus.cli, foedus.negotiate.run;"
        f" print(callable(first), callable(foedus.{name}))"
    )
    assert told == "True True"


def test_from_imports_give_the_functions() -> None:
    told = fresh(
        "from foedus import ask, assess, brief, check, compare, diff, load, negotiate;"
        " print(all(map(callable, (ask, assess, brief, check, compare, diff, load, negotiate))))"
    )
    assert told == "True"


def test_importing_foedus_imports_nothing_heavy() -> None:
    told = fresh(
        "import sys, foedus; print([m for m in ('z3', 'numpy', 'matplotlib', 'pydantic') if m in sys.modules])"
    )
    assert told == "[]"


def test_what_is_no_name_of_the_surface_says_so() -> None:
    with pytest.raises(AttributeError, match="module 'foedus' has no attribute 'nothing'"):
        foedus.nothing  # noqa: B018


def test_results_are_frozen_and_become_plain_data() -> None:
    told = fresh(
        "import json, foedus\n"
        f"case = foedus.load({str(CASES / 'belgium-1914.yaml')!r})\n"
        "report = foedus.check(case, explain=False)\n"
        "answer = foedus.ask(case, kind='land_grab')\n"
        "whole = foedus.assess(case, explain=False)\n"
        "for result in (report, answer, whole):\n"
        "    try:\n"
        "        result.case = 'other'\n"
        "    except AttributeError:\n"
        "        pass\n"
        "    else:\n"
        "        raise SystemExit('not frozen')\n"
        "print(json.dumps([sorted(result.to_dict()) for result in (report, answer, whole)]))"
    )
    report, answer, whole = json.loads(told)
    assert {"foedus", "case", "required_level", "findings"} <= set(report)
    assert {"case", "instrument", "reading", "answer"} <= set(answer)
    assert {*report, "cells", "questions"} <= set(whole)


def test_a_wrong_file_raises_bad_input_with_every_problem(tmp_path: Path) -> None:
    from foedus.api import load

    path = tmp_path / "wrong.yaml"
    path.write_text("foedus: 2\ncase: x\nas_of: never\n", encoding="utf-8")
    with pytest.raises(foedus.BadInput) as caught:
        load(path)
    assert len(caught.value.problems) >= 3
    assert all(problem.position is not None for problem in caught.value.problems)
