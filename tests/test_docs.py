"""What README and docs show is what the program prints, and the generated reference is up to date.

Every ```console block of these pages is run. A comment before a block says how:

    <!-- file: vale.yaml -->       the yaml block that follows is a file of this name for the blocks below it
    <!-- append: vale.yaml -->     the yaml block that follows is added to the end of that file
    <!-- console: first 12 -->     only the first 12 lines are shown, then a line `...`
    <!-- console: answers a | b --> what is typed in answer to questions
    <!-- console: skip -->         not run: it installs something or opens a window

FOEDUS_RESET=1 rewrites the blocks with what the program prints now; read the difference before you keep it.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from foedus import api, cli

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "docs" / "tutorial.md", ROOT / "docs" / "how-to.md"]
BLOCK = re.compile(r"((?:^<!-- [^\n]* -->\n)*)^```(console|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DIRECTIVE = re.compile(r"<!-- (\w+): ?(.*?) -->")
HOSTS = re.compile(r"\b(?:pypi|npmjs|readthedocs|docker|anaconda)\b|https?://(?:www\.)?git(?:hub|lab)", re.IGNORECASE)
PLACES = re.compile(r"/(?:home|root|work|Users|tmp|usr|opt)/|[A-Z]:\\")


def run_foedus(words: list[str], answers: list[str], monkeypatch: pytest.MonkeyPatch) -> str:
    """What a command prints, errors after the rest; typed answers stand behind their questions."""
    out, err, waiting = io.StringIO(), io.StringIO(), iter(answers)

    def typed(prompt: str = "") -> str:
        answer = next(waiting)
        print(f"{prompt}{answer}")
        return answer

    monkeypatch.setattr(builtins, "input", typed)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        cli._guarded(lambda: cli.app(words, prog_name="foedus", standalone_mode=False))
    return out.getvalue() + err.getvalue()


@dataclass
class Player:
    """Plays the blocks of one page from top to bottom in an empty folder that holds what `foedus demo` leaves."""

    monkeypatch: pytest.MonkeyPatch
    run: list[str] = field(default_factory=list)

    def block(self, match: re.Match[str]) -> str:
        head, language, body = match.groups()
        told = dict(DIRECTIVE.findall(head))
        if language == "yaml":
            self.keep(told, body)
            return match.group()
        how = told.get("console", "")
        if how == "skip":
            return match.group()
        return f"{head}```console\n{self.session(body, how)}```"

    def keep(self, told: dict[str, str], body: str) -> None:
        if "file" in told:
            Path(told["file"]).write_text(body, encoding="utf-8")
        if "append" in told:
            with Path(told["append"]).open("a", encoding="utf-8") as file:
                file.write(body)

    def session(self, body: str, how: str) -> str:
        commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
        typed = how.removeprefix("answers ").split("|") if how.startswith("answers") else []
        answers = [word.strip() for word in typed]
        most = int(how.removeprefix("first ")) if how.startswith("first ") else None
        shown = []
        for command in commands:
            program, *words = shlex.split(command)
            assert program == "foedus", f"only foedus is run here: {command}"
            self.run.append(command)
            printed = run_foedus(words, answers, self.monkeypatch).splitlines()
            cut = printed if most is None or len(printed) <= most else [*printed[:most], "..."]
            shown += [f"$ {command}", *cut]
        return "".join(f"{line.rstrip()}\n" for line in shown)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "cases", tmp_path / "cases")
    shutil.copytree(ROOT / "cases", tmp_path / "foedus-demo")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_console_block_shows_what_the_program_prints(
    page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = page.read_text(encoding="utf-8")
    player = Player(monkeypatch)
    replayed = BLOCK.sub(player.block, text)
    assert player.run, "the page shows no command"
    if os.environ.get("FOEDUS_RESET"):
        page.write_text(replayed, encoding="utf-8", newline="\n")
        return
    assert replayed == text


def prose() -> Iterator[Path]:
    yield ROOT / "README.md"
    yield from sorted((ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize("page", list(prose()), ids=lambda page: str(page.relative_to(ROOT)))
def test_pages_name_no_registry_and_no_place_of_a_machine(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not HOSTS.findall(text)
    assert not PLACES.findall(text)


@pytest.mark.parametrize("page", list(prose()), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_readme_is_short_and_names_the_two_commands() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 200
    head = " ".join(lines[:20])
    for words in ("security guarantee", "news report of August 2025", "no forecast", "no legal advice", "no targets"):
        assert words in head, words
    assert "nothing leaves" in head.casefold()
    text = "\n".join(lines)
    for words in ("`make demo`", "`make test`", "pipx install", "foedus demo"):
        assert words in text, words
    for words in ("2026-11-23", "ContractCheck", "Catala", "Cedar", "ATOP"):
        assert words in text, words


def builder() -> ModuleType:
    import importlib.util

    spec = importlib.util.spec_from_file_location("foedus_docs_build", ROOT / "docs" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_what_the_program_says_today(tmp_path: Path) -> None:
    builder().build(tmp_path)
    made = {path.relative_to(tmp_path): path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.md")}
    kept_in = ROOT / "docs" / "reference"
    kept = {path.relative_to(kept_in): path.read_text(encoding="utf-8") for path in kept_in.rglob("*.md")}
    assert sorted(made) == sorted(kept), "run `make docs`"
    stale = [str(name) for name in made if made[name] != kept[name]]
    assert not stale, "run `make docs`"


def keys_of(data: Any, prefix: str = "") -> Iterator[str]:
    """Every key of some JSON by its path; a list is written [], a map with ids of the author's own *."""
    if isinstance(data, list):
        for item in data:
            yield from keys_of(item, f"{prefix}[]")
    elif isinstance(data, dict):
        own = prefix.endswith(("by_reading", "required_level", "expectations[].expected", "expectations[].found"))
        for key, value in data.items():
            path = f"{prefix}.{'*' if own else key}".lstrip(".")
            yield path
            yield from keys_of(value, path)


def test_every_key_of_the_json_of_check_is_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE))
    found: set[str] = set()
    for case in (ROOT / "cases" / "belgium-1914.yaml", "istanbul-2022-draft", "us-proposal-2025-08"):
        found |= set(keys_of(api.check(case).to_dict()))
    assert found <= documented, sorted(found - documented)


def documented_in(heading: str) -> set[str]:
    page = (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    part = page.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return set(re.findall(r"^\| `([^`]+)` \|", part, re.MULTILINE))


def starred(paths: set[str], *own: str) -> set[str]:
    """Paths in which what follows some keys is a name of the author's, of a dimension or of a fact."""
    for name in own:
        paths = {re.sub(rf"(^|\.){re.escape(name)}\.[^.\[]+", rf"\g<1>{name}.*", path) for path in paths}
    return paths


def test_every_key_of_the_json_of_compare_is_in_the_reference() -> None:
    case = ROOT / "cases" / "ukraine-2025.yaml"
    told = (
        api.compare("us-proposal-2025-08", "budapest-1994", "minsk-2015", case=case),
        api.compare("istanbul-2022-communique", "istanbul-2022-draft"),
    )
    found = starred({key for one in told for key in keys_of(one.to_dict())}, "dimensions", "dimensions.*", "incident")
    assert not found - documented_in("JSON of `foedus compare`")
    found = starred(set(keys_of(api.diff("istanbul-2022-communique", "istanbul-2022-draft").to_dict())), "incident")
    turned = (
        f"{part}[].{side}." for part in ("newly_applicable", "no_longer_applicable") for side in ("before", "after")
    )
    elsewhere = ("gained[].", "lost[].", "relation.", "stops[].before.stoppers.", "stops[].after.stoppers.", *turned)
    assert not {k for k in found if not k.startswith(elsewhere)} - documented_in("JSON of `foedus compare --diff`")


# --- the manual ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make site` builds it, warnings being errors."""
    folder = tmp_path_factory.mktemp("manual")
    command = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--quiet", "-d", str(folder / "doctrees")]
    done = subprocess.run(
        [*command, str(ROOT / "docs"), str(folder / "site")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "site"


def test_every_page_is_in_the_manual_and_none_asks_the_network_for_anything(manual: Path) -> None:
    pages = {path.relative_to(ROOT / "docs").with_suffix("").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    pages = {page for page in pages if not page.startswith("gallery/")}  # finished briefs, to be read as they are
    built = {path.relative_to(manual).with_suffix("").as_posix(): path for path in manual.rglob("*.html")}
    assert pages <= set(built)
    for path in manual.rglob("*"):
        if path.suffix in (".html", ".css"):
            text = path.read_text(encoding="utf-8")
            loaded = re.findall(r"""<(?:script|link|img|iframe)\b[^>]*(?:src|href)=["']?(?:https?:)?//[^>]*""", text)
            assert not loaded, path
            assert not re.search(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", text), path


def test_the_manual_opens_at_a_page_and_says_which_there_are(
    manual: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(manual, tmp_path / "library" / "manual")
    monkeypatch.setattr("foedus.commands.docs.files", lambda _: tmp_path)
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    assert cli._guarded(lambda: cli.app(["docs", "meaning"], standalone_mode=False)) == 0
    page = tmp_path / "library" / "manual" / "theory" / "meaning.html"
    assert capsys.readouterr().out == f"{page}\n"
    assert opened == [page.as_uri()]
    assert cli._guarded(lambda: cli.app(["docs", "meanings"], standalone_mode=False)) == 2
    assert (
        capsys.readouterr().err
        == "`meanings` is not a known page of the manual\n  help: did you mean `theory/meaning`?\n"
    )


def test_a_manual_that_is_not_built_is_no_bug(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("foedus.commands.docs.files", lambda _: tmp_path)
    assert cli._guarded(lambda: cli.app(["docs"], standalone_mode=False)) == 2
    assert "in a checkout, `make site` builds it" in capsys.readouterr().err
