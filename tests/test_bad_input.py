"""Wrong files, each with what must be said of it: `line:column | words`, one line a problem, written beforehand.

The words are those that a person needs: what was found, what was expected, the name that was probably meant.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from foedus import cli
from foedus.case.load import load
from foedus.check.run import Options, run
from foedus.errors import BadInput

FOLDER = Path(__file__).parent / "cases" / "bad"
INTERNAL = re.compile(
    r"pydantic|Input should|NoneType|<class|tuple\[|Literal|frozenset|dict_type|InstrumentFile|BodyRef|JudgedBy"
    r"|Traceback|\bdict\b|\bstr\b|\bint\b|\bNode\b"
)

FILES = sorted(FOLDER.glob("*.yaml"))


def refusal(path: Path) -> BadInput:
    with pytest.raises(BadInput) as refused:
        run(load(path), Options(explain=False))
    return refused.value


def expected(path: Path) -> list[list[str]]:
    lines = path.with_suffix(".expected.txt").read_text(encoding="utf-8").splitlines()
    return [[part.strip() for part in line.split("|")] for line in lines]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_said_of_a_wrong_file(path: Path) -> None:
    error = refusal(path)
    assert len(error.problems) == len(expected(path)), str(error)
    for problem, (place, *words) in zip(error.problems, expected(path), strict=True):
        assert problem.position is not None, problem.render()
        assert f"{problem.position.line}:{problem.position.column}" == place, problem.render()
        for word in words:
            assert word in problem.render()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_plain_words(path: Path) -> None:
    for problem in refusal(path).problems:
        told = problem.render().replace(str(path), "FILE")
        assert not INTERNAL.search(told), told
        assert "  " not in problem.message, told
        assert problem.message.strip() == problem.message
        assert not problem.message.endswith(".")


def test_every_wrong_file_has_its_report() -> None:
    assert {p.stem for p in FILES} == {p.name.removesuffix(".expected.txt") for p in FOLDER.glob("*.txt")}
    assert len(FILES) >= 120


def test_the_base_of_all_of_them_is_right() -> None:
    # Each wrong file is this one with a change, so that nothing but the change is refused.
    right = FOLDER.parent / "good" / "base.yaml"
    assert load(right).id == "example"


@pytest.mark.parametrize("command", ["check", "assess -o out", "questions"])
def test_every_command_that_checks_tells_of_unknown_rules_in_place(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pact.yaml").write_bytes((FOLDER / "look-at-rule.yaml").read_bytes())
    monkeypatch.chdir(tmp_path)
    verb, *options = command.split()
    assert cli._guarded(lambda: cli.app([verb, "pact.yaml", *options], standalone_mode=False)) == 2
    told = "pact.yaml:10:79  `atack-covered` is not a rule (in `questions`)\n  help: did you mean `attack-covered`?\n"
    assert capsys.readouterr() == ("", told)


@pytest.mark.parametrize("suffix", ["", ".yaml"])
def test_a_name_that_no_file_can_have(suffix: str) -> None:
    (problem,) = refusal(Path("a" * 300 + suffix)).problems
    assert "the file cannot be read: file name too long" in problem.message
    with pytest.raises(BadInput, match="found an empty name, expected that of a file or of a shipped instrument"):
        load("")


def test_a_folder_a_missing_file_and_a_large_one(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    with large.open("wb") as stream:
        stream.truncate(50_000_000)
    for path, word in ((tmp_path, "folder"), (tmp_path / "none.yaml", "no file"), (large, "bytes")):
        assert word in str(refusal(path))
