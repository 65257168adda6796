"""Without the extra `documents` a format that needs it says how to get it; whoever asks for none never loads it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from foedus.brief.formats import extra
from foedus.brief.formats.registry import FORMATS
from foedus.errors import BadInput

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(("form", "name"), [(form, name) for form, (_, name) in extra.LIBRARIES.items()])
def test_a_library_that_is_not_there_is_told_with_its_cure(
    form: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(module: str) -> ModuleSpec | None:
        return None

    monkeypatch.setattr(extra, "find_spec", nothing)
    with pytest.raises(BadInput) as raised:
        extra.ready_for(form)
    assert str(raised.value) == (
        f"a {form} file is written with `{name}`, which is not installed on this machine\n"
        '  help: pip install "foedus[documents]" brings it; .html, .md and .json need nothing more'
    )
    assert raised.value.exit_code == 2


def test_a_format_that_needs_nothing_is_ready_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda _: None)
    refused = []
    for form in FORMATS:
        try:
            extra.ready_for(form)
        except BadInput:
            refused.append(form)
    assert refused == list(extra.LIBRARIES)


@pytest.mark.parametrize("form", extra.LIBRARIES)
def test_the_environment_of_developers_has_every_library(form: str) -> None:
    extra.ready_for(form)
    assert importlib.util.find_spec(extra.LIBRARIES[form][0]) is not None


def test_the_main_job_loads_none_of_them() -> None:
    code = (
        "import sys; import foedus.assess, foedus.brief.html, foedus.commands.app; "
        "print(sorted({'docx', 'pptx', 'reportlab', 'xlsxwriter', 'lxml', 'PIL'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout.strip() == "[]"


BLOCKED = """
import sys
from foedus.brief.formats import extra
extra.find_spec = lambda _: None
sys.argv = ["foedus", "brief", "istanbul-2022-draft", "-o", sys.argv[1], "-o", sys.argv[2]]
from foedus.cli import main
main()
"""


def test_the_command_tells_it_before_it_computes_anything_and_writes_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", BLOCKED, "brief.docx", "brief.html"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60)
    assert ran.returncode == 2
    assert ran.stderr == (
        "a .docx file is written with `python-docx`, which is not installed on this machine\n"
        '  help: pip install "foedus[documents]" brings it; .html, .md and .json need nothing more\n'
    )
    assert ran.stdout == ""
    assert list(tmp_path.iterdir()) == []
