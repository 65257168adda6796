"""Every verdict and number that a brief prints is the one of its JSON: read back from the text, and held against it.

The words are those of docs/theory/checks.md and of the ladders in docs/reference/language.md, written down here again.
"""

import json
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from foedus.api import brief
from foedus.arrivals import RACE_RULE
from foedus.brief.formats.registry import render
from foedus.case.load import load_text
from foedus.check.rules import RULES

sys.path.insert(0, str(Path(__file__).parent))
from small_race import SMALL

CASES = Path(__file__).resolve().parents[2] / "cases"
LADDER = ("nothing", "consultation", "sanctions and money", "arms", "limited force", "all means")
VERDICTS = {
    "HOLDS": "holds", "FAILS": "fails", "DEPENDS": "depends", "UNDECIDED": "undecided",
    "NOT APPLICABLE": "not_applicable",
}  # fmt: skip
WANTED = {rule.wanted: rule.name for rule in (*RULES, RACE_RULE)}
AUDIENCES = ("brief", "journalist", "annex")
FILES = (
    "istanbul-2022-draft",
    "belgium-1914.yaml",
    "races/tiered-ladder-2026.yaml",
    "races/unef-1967.yaml",
    "small.yaml",
)


@cache
def made(file: str, audience: str) -> tuple[str, dict[str, Any]]:
    """The brief as plain text (its Markdown without the escapes) and its JSON."""
    case = load_text(SMALL, file) if file == "small.yaml" else CASES / file if file.endswith(".yaml") else file
    document = brief(case, audience=audience)
    text = render(document, ".md").decode()
    return re.sub(r"\\(.)", r"\1", text), json.loads(render(document, ".json"))


def part(text: str, title: str) -> str:
    """One section of a brief, by the beginning of its title."""
    return next(found for found in re.split(r"\n(?=## )", text) if found.startswith(f"## {title}"))


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("file", FILES)
def test_every_verdict_of_the_json_is_told_once_and_none_otherwise(file: str, audience: str) -> None:
    text, data = made(file, audience)
    told: Counter[tuple[int, str, str]] = Counter()
    form = -1
    heading = ""
    for line in part(text, "Findings").splitlines():
        if line.startswith("### "):
            form += 1
        elif line.startswith("#### "):
            heading = line.removeprefix("#### ")
        elif found := re.match(r"\*\*. (" + "|".join(VERDICTS) + r")\*\*", line):
            told[form, WANTED[heading], VERDICTS[found[1]]] += 1
        elif found := re.match(r"- \*\*(?!Reading)(.+?): ?\*\* ?\*\*. (" + "|".join(VERDICTS) + r")\*\*", line):
            told[form, WANTED[found[1]], VERDICTS[found[2]]] += 1
    order = list(dict.fromkeys(finding["instrument"] for finding in data["results"]["findings"]))
    wanted = Counter((order.index(f["instrument"]), f["rule"], f["verdict"]) for f in data["results"]["findings"])
    assert told == wanted


@pytest.mark.parametrize("file", FILES)
def test_the_matrix_tells_the_levels_of_the_json(file: str) -> None:
    text, data = made(file, "brief")
    if not data["results"]["cells"]:
        pytest.fail("a case without cells shows nothing here")
    cells = re.findall(r"Must: (.*?)(?: \*)?<br>May: (.*?)<br>Stop: (.*?) \|", part(text, "The form"))
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for cell in data["results"]["cells"]:
        by_kind.setdefault(cell["incident"]["kind"], []).append(cell)
    wanted = [(words(cell["weakest"]), words(cell["most"])) for row in by_kind.values() for cell in row]
    assert [(must, may) for must, may, _ in cells] == wanted


def words(span: list[int]) -> str:
    """A span of the response ladder as it is told."""
    low, high = span
    return LADDER[low] if low == high else f"{LADDER[low]} to {LADDER[high]}"


@pytest.mark.parametrize("file", [*FILES[2:]])
def test_every_share_in_the_text_is_a_share_of_the_json(file: str) -> None:
    text, data = made(file, "annex")
    told = re.findall(r"in ([\d,]+) of 1,000 futures \(give or take (\d+)\)", part(text, "Does help"))
    shares = [
        race[side]["in_time"]
        for race in data["results"]["races"]["races"]
        for side in ("must", "may")
        if race[side]["in_time"] is not None
    ]
    known = {str(min(999, max(1, round(share["low"] * 1000)))) for share in shares if 0 < share["low"] < 1}
    assert {count for count, _ in told} == known
    drawn = re.search(r"([\d,]+) futures were drawn .* seed (\d+)", text)
    assert drawn is not None
    assert int(drawn[1].replace(",", "")) == data["results"]["races"]["samples"]
    assert int(drawn[2]) == data["results"]["races"]["seed"]


@pytest.mark.parametrize("file", FILES)
def test_each_sentence_of_the_bottom_line_names_the_findings_that_it_rests_on(file: str) -> None:
    _, data = made(file, "brief")
    first = data["document"]["sections"][0]
    sentences = [block for block in first["blocks"] if block["block"] == "paragraph"]
    known = {f"finding:{finding['id']}" for finding in data["results"]["findings"]}
    known |= {f"label:{label['instrument']}" for label in data["results"]["labels"]}
    assert 3 <= len(sentences) <= 5 or (len(sentences) == 2 and len(known) < 20)
    for one in sentences:
        assert one["basis"]
        assert set(one["basis"]) <= known


def test_the_bottom_line_puts_each_form_where_its_verdict_is() -> None:
    file = CASES / "ukraine-2026.yaml"
    document = brief(file)
    data = json.loads(render(document, ".json"))
    paragraphs = [block for block in data["document"]["sections"][0]["blocks"] if block["block"] == "paragraph"]
    # how each verdict is told of the first rules of the list: as holding, as failing, or as open
    told_as = {
        "attack-covered": "all that this case asks for is owed",
        "attacker-cannot-stop": "an? ?attacker can|no attacker can",
        "no-single-ally-can-stop": "single ally can",
    }
    for (rule, about), block in zip(told_as.items(), paragraphs[1:], strict=False):
        assert re.search(about, "".join(run["text"] for run in block["line"]), re.IGNORECASE)
        now, told = "", {}
        for run in block["line"]:
            if "to" in run:
                told[run["to"].removeprefix("form-")] = now
            elif re.search("turns on", run["text"]):
                now = "depends"
            elif re.search(r"^(; )?(No|no|All|all) .* under $", run["text"]):
                now = "holds"
            elif re.search(r"^(; )?(Some|some|A|a|Less|less) .* under $", run["text"]):
                now = "fails"
        found = {f["instrument"]: f["verdict"] for f in data["results"]["findings"] if f["rule"] == rule}
        assert told
        assert all(found[form] == verdict for form, verdict in told.items())


@pytest.mark.parametrize("file", FILES)
def test_for_whom_a_brief_is_written_changes_no_result(file: str) -> None:
    assert len({json.dumps(made(file, audience)[1]["results"]) for audience in AUDIENCES}) == 1


def test_how_much_is_told_grows_from_the_hurried_reader_to_the_annex() -> None:
    lengths = {audience: len(made("belgium-1914.yaml", audience)[0]) for audience in AUDIENCES}
    assert lengths["journalist"] < lengths["brief"] < lengths["annex"]
