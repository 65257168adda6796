"""Plain words on every screen and page (design, section 8): what people read holds no word of the code.

Every surface is printed for real; quoted phrases and words in `backticks` are the author's own and are left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from foedus.api import ask as ask_one
from foedus.api import assess, check
from foedus.brief.answer import answer_text
from foedus.brief.html import render_page
from foedus.brief.lists import (
    instrument_text,
    library_text,
    questions_text,
    rule_text,
    rules_text,
    word_text,
    words_text,
)
from foedus.brief.markdown import report_markdown
from foedus.brief.screen import first_screen
from foedus.case.load import load
from foedus.case.shipped import glossary, instrument_ids
from foedus.case.stage import LoadedCase
from foedus.check.questions import answered
from foedus.check.rules import RULES
from foedus.findings import Report

CASES = Path(__file__).resolve().parents[1] / "cases"
SHIPPED = list(instrument_ids())

FORBIDDEN = {
    "a word of the code": r"hostile set|blocking set|unsat core|\bwitness(?:es)?\b|\boverlay\b|\bfloor\b|\bceiling\b",
    "a rung by its number": r"\b(?:level|rung)s? [0-5]\b|\bF ?= ?[0-5]\b",
    "a value of the program": r"\bNone\b|\bTrue\b|\bFalse\b|<[a-z_.]+ object|frozenset|\b(?:tuple|dict)\(|Verdict\.|Class\.",
    "a record as Python prints it": r"\b[A-Z][A-Za-z]+\([a-z_]+=|\(\)|\['|'\]",
    "the outsider by its code": r"\bOTHER\b",
    "a percentage": r"\d ?%|\bper ?cent\b|\bpercent",
    "a name that was not filled in": r"\{[a-z_.]*\}|<[a-z_]+>",
    "two signs at the end of a sentence": r"(?<!\.)\.\.(?!\.)|\.;|;\.|,\.|\s,",
    "a word twice": r"\b(the|a|an|is|of|to|by) \1\b",
}
QUOTED = re.compile(r'"[^"]*"|“[^”]*”|`[^`]*`|„[^“]*“')


def people_read(text: str) -> str:
    """The words that are ours: without quoted phrases, words in backticks, and addresses."""
    return re.sub(r"\S+\.(?:com|org|net|ru|ua|eu|de|edu|uk|int|pl|rs|html|yaml)\S*", "", QUOTED.sub("", text))


def spoken(markup: str) -> str:
    """The words of a page: no markup, styles or code."""
    text = re.sub(r"<(style|script|code)\b.*?</\1>", "", markup, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "\n", text))


@cache
def case_of(name: str) -> LoadedCase:
    return load(CASES / name if name.endswith(".yaml") else name)


@cache
def report_of(name: str) -> Report:
    return check(case_of(name))


def surfaces() -> Iterator[tuple[str, str]]:
    """Every kind of thing that is printed, by name."""
    for name in (*SHIPPED, "belgium-1914.yaml", "ukraine-2025.yaml"):
        yield f"first screen of {name}", name
        yield f"all findings of {name}", name
    for name in (*SHIPPED, "belgium-1914.yaml"):
        yield f"answer of {name}", name
    for name in SHIPPED:
        yield f"library entry of {name}", name
    for name in ("belgium-1914.yaml", "ukraine-2025.yaml"):
        yield f"questions of {name}", name
    for name in ("istanbul-2022-draft", "belgium-1914.yaml"):
        yield f"page of {name}", name
    for rule in RULES:
        yield f"rule {rule.name}", rule.name
    yield from (("list of rules", ""), ("list of the library", ""), ("list of terms", ""), ("terms", ""))


@cache
def printed(what: str, name: str) -> str:
    if what.startswith("first screen"):
        return first_screen(case_of(name), report_of(name))
    if what.startswith("all findings"):
        return report_markdown(case_of(name), report_of(name))
    if what.startswith("answer"):
        return answer_text(case_of(name), ask_one(case_of(name)))
    if what.startswith("library entry"):
        return instrument_text(case_of(name))
    if what.startswith("questions"):
        return questions_text(case_of(name), answered(case_of(name), report_of(name)))
    if what.startswith("page"):
        return spoken(render_page(assess(case_of(name))))
    if what.startswith("rule "):
        return rule_text(next(rule for rule in RULES if rule.name == name))
    if what == "list of rules":
        return rules_text(RULES)
    if what == "list of the library":
        return library_text([case_of(id) for id in SHIPPED])
    if what == "list of terms":
        return words_text(glossary())
    return "\n".join(f"{term}: {entry['plain']}" for term, entry in glossary().items())


SURFACES = list(surfaces())


@pytest.mark.parametrize(("what", "name"), SURFACES, ids=[what for what, _ in SURFACES])
def test_people_read_plain_words(what: str, name: str) -> None:
    text = people_read(" ".join(printed(what, name).split()))
    found = {
        kind: [text[max(0, m.start() - 40) : m.end() + 20] for m in re.finditer(pattern, text)]
        for kind, pattern in FORBIDDEN.items()
    }
    assert {kind: places for kind, places in found.items() if places} == {}


NAMED = [pair for pair in SURFACES if pair[1] in SHIPPED or pair[1].endswith(".yaml")]


@pytest.mark.parametrize(("what", "name"), NAMED, ids=[what for what, _ in NAMED])
def test_states_are_named_and_not_coded(what: str, name: str) -> None:
    case = case_of(name)
    codes = [id for id in case.parties if re.fullmatch(r"[A-Z]{2,}", id) and case.name(id) != id]
    text = people_read(re.sub(r"See: foedus .*?(?=\n\n|\nQ\d)", "", printed(what, name), flags=re.DOTALL))
    spelled = " ".join(case.name(id) for id in case.parties)
    found = [code for code in codes if re.search(rf"(?<![\w-]){code}(?![\w-])", text) and code not in spelled]
    # UN, EU, US and the like are words of English too, and stand in titles that authors wrote.
    written = " ".join(
        str(words) for staged in case.instruments
        for words in (staged.model.title, staged.model.short, staged.model.says, staged.model.note)
    )  # fmt: skip
    assert [code for code in found if not re.search(rf"\b{code}\b", written)] == []


@pytest.mark.parametrize("name", [*SHIPPED, "belgium-1914.yaml"])
def test_rungs_are_named_in_findings(name: str) -> None:
    for finding in report_of(name).findings:
        assert not re.search(r"\b[0-5]\b(?! (?:clauses|others|of|elected))", people_read(finding.sentence))


def test_every_term_explains_itself_and_leads_to_others() -> None:
    terms = glossary()
    for term, entry in terms.items():
        assert word_text(term, entry).startswith(f"{term}: ")
        assert set(entry.get("see", ())) <= set(terms), term


@pytest.mark.parametrize("name", [*SHIPPED, "belgium-1914.yaml"])
def test_no_line_of_a_text_is_wider_than_a_screen(name: str) -> None:
    for what in ("first screen", "answer", "library entry"):
        wide = [line for line in printed(what, name).splitlines() if len(line) > 80 and " " in line.strip()]
        assert not wide
