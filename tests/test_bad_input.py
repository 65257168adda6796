"""Wrong files, each with what must be said of it: `line:column | words`, one line a problem, written beforehand.

The words are those that a person needs: what was found, what was expected, the name that was probably meant.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from foedus.case.load import load
from foedus.check.run import Options, run
from foedus.errors import BadInput

FOLDER = Path(__file__).parent / "cases" / "bad"
SECONDS = 2.0
INTERNAL = re.compile(
    r"pydantic|Input should|NoneType|<class|tuple\[|Literal|frozenset|dict_type|InstrumentFile|BodyRef|JudgedBy"
    r"|Traceback|\bdict\b|\bstr\b|\bint\b|\bNode\b"
)

KNOWN: dict[str, str] = {
    "accepted-unknown": "told by `check` only, without line and column",
    "default-level-above-most": "accepted: the default gives more than the most",
    "differs-of-no-bearer": "accepted: `differs` for somebody who bears nothing is dropped without a word",
    "domestic-of-no-bearer": "the message does not name whom it found",
    "empty-attackers-of-case": 'told as "only  may attack": the list of names is empty',
    "empty-incident-kinds": "accepted: an empty list of kinds is read as all kinds",
    "empty-zones": "accepted, where empty kinds, victims, attackers, phases and objects are refused",
    "expect-reading": "accepted: an expectation under a reading that does not exist is never looked at",
    "expect-rule": "told by `check` only, without line and column",
    "in-force-before-signed": "accepted",
    "least-above-most-differs": "accepted: the most of the others counts for who differs, below its own least",
    "look-at-rule": "told by `check` only, without line and column",
    "outside-veto-of-a-member": "accepted: a member holds an outside veto (not settled in meaning.md)",
    "reading-bad-value": "accepted: names in the values of a reading are not checked",
    "releases-itself": "accepted",
    "required-level-not-known": "points at the value, where the key is wrong",
    "rule-share-above-whole": 'three problems for one, with "`share` is not a key, did you mean `share`?"',
    "several-at-once": "the undeclared name is told only after the other two are mended",
    "silence-two-ways": "accepted: meaning.md, section 2, says that the file is refused",
    "unknown-at": "accepted: an entry of `unknowns` whose path leads nowhere is dropped without a word",
    "unknown-bad-value": "accepted: names in the second and later values of `may_be` are not checked",
    "unknown-empty-values": "also says that `judge` is missing",
    "unknown-without-values": "says that `unknown` is no declared party; does not say that `may_be` is needed",
    "weights-all-zero": "accepted: a body without any weight can never decide",
}
"""Files on which program and expectation still differ, with the reason; each is to be taken out once it passes."""


def files() -> list[object]:
    return [
        pytest.param(
            path, id=path.stem, marks=[pytest.mark.xfail(reason=KNOWN[path.stem])] if path.stem in KNOWN else []
        )
        for path in sorted(FOLDER.glob("*.yaml"))
    ]


def refusal(path: Path) -> BadInput:
    started = time.process_time()
    with pytest.raises(BadInput) as refused:
        run(load(path), Options(explain=False))
    assert time.process_time() - started < SECONDS
    return refused.value


def expected(path: Path) -> list[list[str]]:
    lines = path.with_suffix(".expected.txt").read_text(encoding="utf-8").splitlines()
    return [[part.strip() for part in line.split("|")] for line in lines]


@pytest.mark.parametrize("path", files())
def test_what_is_said_of_a_wrong_file(path: Path) -> None:
    error = refusal(path)
    assert len(error.problems) == len(expected(path)), str(error)
    for problem, (place, *words) in zip(error.problems, expected(path), strict=True):
        assert problem.position is not None, problem.render()
        if place != "?":
            assert f"{problem.position.line}:{problem.position.column}" == place, problem.render()
        for word in words:
            assert word in problem.render()


@pytest.mark.parametrize(
    "path", [path for path in sorted(FOLDER.glob("*.yaml")) if path.stem not in KNOWN], ids=lambda p: p.stem
)
def test_plain_words(path: Path) -> None:
    for problem in refusal(path).problems:
        told = problem.render().replace(str(path), "FILE")
        assert not INTERNAL.search(told), told
        assert "  " not in problem.message, told
        assert problem.message.strip() == problem.message
        assert not problem.message.endswith(".")


def test_every_wrong_file_has_its_report() -> None:
    assert {p.stem for p in FOLDER.glob("*.yaml")} == {
        p.name.removesuffix(".expected.txt") for p in FOLDER.glob("*.txt")
    }
    assert len(list(FOLDER.glob("*.yaml"))) >= 30
    assert KNOWN.keys() <= {p.stem for p in FOLDER.glob("*.yaml")}


def test_the_base_of_all_of_them_is_right() -> None:
    # Each wrong file is this one with a change, so that nothing but the change is refused.
    right = FOLDER.parent / "good" / "base.yaml"
    assert load(right).id == "example"


def test_a_folder_a_missing_file_and_a_large_one(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    with large.open("wb") as stream:
        stream.truncate(50_000_000)
    for path, word in ((tmp_path, "folder"), (tmp_path / "none.yaml", "no file"), (large, "bytes")):
        assert word in str(refusal(path))
