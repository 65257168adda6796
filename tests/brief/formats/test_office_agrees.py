"""Every verdict and number of a brief is in each office format, read back from the file and held against the JSON."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from foedus.api import brief
from foedus.brief.document import Document
from foedus.brief.formats.registry import render
from foedus.case.load import load_text

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # conftest.py adds the folder of this file
from many_forms import case_of
from reading import compact, told_by, words_in
from small_race import SMALL

CASES = Path(__file__).resolve().parents[3] / "cases"
OFFICE = (".docx", ".pptx", ".pdf", ".xlsx")
FILES = ("small.yaml", "belgium-1914.yaml", "istanbul-2022-draft", "one.yaml", "twelve.yaml")
VERDICTS = ("HOLDS", "FAILS", "DEPENDS", "UNDECIDED", "NOT APPLICABLE")
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
UNLETTERED = re.compile("[\u2e80-\u9fff]+")
"""Letters of China and Japan, which the font of the PDF lacks."""


@cache
def made(file: str) -> Document:
    texts = {"small.yaml": SMALL, "one.yaml": case_of(1), "twelve.yaml": case_of(12)}
    return brief(load_text(texts[file], file) if file in texts else CASES / file if file.endswith(".yaml") else file)


@cache
def read_back(file: str, ending: str) -> str:
    return words_in(ending, render(made(file), ending))


@cache
def results(file: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render(made(file), ".json"))
    return found


@pytest.mark.parametrize("ending", OFFICE)
@pytest.mark.parametrize("file", FILES)
def test_every_text_of_the_brief_is_in_the_file(file: str, ending: str) -> None:
    told = UNLETTERED.sub("", compact(read_back(file, ending)).replace("\N{REPLACEMENT CHARACTER}", ""))
    missing = [text for text in told_by(made(file)) if UNLETTERED.sub("", compact(text)) not in told]
    turned = [
        text for text in missing if re.search("[\u0590-\u06ff]", text)
    ]  # a reader guesses the order of their words
    assert [text for text in missing if text not in turned] == []
    for word in (word for text in turned for word in text.split() if ending == ".pdf"):
        assert UNLETTERED.sub("", compact(word)).strip(",.;:") in told
    assert ending == ".pdf" or not turned


@pytest.mark.parametrize("ending", OFFICE)
@pytest.mark.parametrize("file", FILES)
def test_every_verdict_of_the_json_is_in_the_file_as_often_as_it_was_found(file: str, ending: str) -> None:
    told = Counter(re.findall("|".join(VERDICTS), re.sub(r"\s+", " ", read_back(file, ending))))
    found = Counter(one["verdict"].upper().replace("_", " ") for one in results(file)["results"]["findings"])
    assert found
    assert all(told[verdict] >= count for verdict, count in found.items())


@pytest.mark.parametrize("ending", OFFICE)
@pytest.mark.parametrize("file", FILES)
def test_every_number_of_the_brief_is_in_the_file_as_often_as_it_is_told(file: str, ending: str) -> None:
    text = read_back(file, ending)
    told = Counter(NUMBER.findall(spaced(text)))
    wanted = Counter(NUMBER.findall(spaced("\n".join(told_by(made(file))))))
    short = {number for number, count in wanted.items() if told[number] < count}
    if ending == ".pdf":  # a line that ends may part a long word and its number
        short = {number for number in short if compact(text).count(number) < wanted[number]}
    assert wanted
    assert short == set()


def spaced(text: str) -> str:
    return re.sub(r"[ \u00a0]+", " ", text)
