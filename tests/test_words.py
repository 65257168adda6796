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
from foedus.api import assess, brief, check
from foedus.brief.admitting import admit_text
from foedus.brief.answer import answer_text
from foedus.brief.document import (
    BulletList,
    Document,
    Grid,
    Heading,
    Line,
    Note,
    Paragraph,
    Picture,
    Style,
)  # fmt: skip
from foedus.brief.draft_diff import difference_markdown, difference_text
from foedus.brief.fixes import fix_text
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
from foedus.brief.precedents import analogies_text, case_text, list_text
from foedus.brief.screen import first_screen, heading
from foedus.brief.side_by_side import comparison_markdown, comparison_text
from foedus.brief.talks_screen import talks_text
from foedus.case.load import load
from foedus.case.precedents import precedents
from foedus.case.shipped import glossary, instrument_ids
from foedus.case.stage import LoadedCase
from foedus.check.admit import admit
from foedus.check.compare import compare, stage_for
from foedus.check.difference import difference
from foedus.check.dimensions import under
from foedus.check.fix import fix
from foedus.check.precedents import analogies
from foedus.check.questions import answered
from foedus.check.rules import RULES
from foedus.check.views import TEXT, Views
from foedus.negotiate.run import negotiate
from foedus.wording import Speaker

CASES = Path(__file__).resolve().parents[1] / "cases"
SHIPPED = list(instrument_ids())

FORBIDDEN = {
    "a word of the code": r"hostile set|blocking set|unsat core|\bwitness(?:es)?\b|\boverlay\b|\bfloor\b|\bceiling\b",
    "a rung by its number": r"\b(?:level|rung)s? [0-5]\b|\bF ?= ?[0-5]\b",
    "a value of the program": r"\bNone\b(?! (?:is|of|was)\b)|\bTrue\b|\bFalse\b|frozenset|\b(?:tuple|dict)\(|Verdict\.",
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
    return re.sub(r"\S+\.(?:com|org|net|ru|ua|eu|de|edu|uk|int|pl|rs|html|yaml)\S*", "", QUOTED.sub("…", text))


def spoken(markup: str) -> str:
    """The words of a page: no markup, styles or code."""
    text = re.sub(r"<(style|script|code)\b.*?</\1>", "", markup, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "\n", text))


def document_words(document: Document) -> str:
    """All words of a brief, line by line, with what stands in the file as it stands there in `backticks` again."""
    lines = [document.title, document.kicker, document.caution, *(section.title for section in document.sections)]
    for block in document.blocks():
        match block:
            case Heading():
                lines.append(block.text)
            case Paragraph():
                lines.append(marked(block.line))
            case BulletList():
                lines += [marked(item.line) for item in block.items]
            case Grid():
                lines += [block.title, block.words, *(column.head for column in block.columns)]
                cells = [cell for row in block.rows for cell in (row.head, *row.cells)]
                lines += [marked(line) for cell in cells for line in cell.lines]
            case Picture():
                lines += [block.caption, block.alt]
            case Note():
                lines += [block.title, *(marked(line) for line in block.lines)]
    return " | ".join(lines)


def marked(line: Line) -> str:
    return "".join(f"`{run.text}`" if run.style is Style.CODE else run.text for run in line)


@cache
def case_of(name: str) -> LoadedCase:
    return load(CASES / name if name.endswith(".yaml") else name)


NUMBERED_RUNG = r"\b[0-5]\b(?! (?:clauses|others|of|elected|years?|months?|days?|hours?))"
FILES = ["belgium-1914.yaml", "ukraine-2025.yaml"]


def surfaces(name: str) -> Iterator[tuple[str, str]]:
    """Everything that is printed of one text or case."""
    case = case_of(name)
    report = check(case)
    yield "first screen", first_screen(case, report)
    yield "all findings", report_markdown(case, report)
    if name in FILES:
        yield "questions", without_commands(questions_text(case, answered(case, report)))
    else:
        yield "library entry", instrument_text(case)
    for staged in case.instruments:
        found = analogies(under(Views(case, staged), TEXT), TEXT, precedents())
        yield f"precedents near {staged.id}", analogies_text(heading(staged, Speaker(case)), found, "")
    if len(case.instruments) == 1:
        yield "answer", answer_text(case, ask_one(case))
    yield "admission", admit_text(case, admit(case))
    yield "talks", talks_text(case, negotiate(case))
    bad = [finding for finding in report.findings if finding.is_bad and len(case.instruments) == 1]
    if bad and name in ("istanbul-2022-draft", "luxembourg-1867", "rio-1947"):
        cures = fix(case, case.instruments[0], bad[:1])
        yield "cures", fix_text(case, cures, [finding.sentence for finding in bad[:1]])
    if name in ("istanbul-2022-draft", "belgium-1914.yaml"):
        yield "page", spoken(render_page(assess(case)))
        for audience in ("brief", "journalist", "annex"):
            yield f"brief ({audience})", document_words(brief(case, audience=audience))


def listings() -> Iterator[tuple[str, str]]:
    """Everything that is printed of the program itself."""
    yield from ((f"rule {rule.name}", rule_text(rule)) for rule in RULES)
    yield "list of rules", rules_text(RULES)
    yield "list of the library", library_text([case_of(id) for id in SHIPPED])
    yield "list of precedents", list_text(precedents())
    yield from ((f"precedent {one.id}", case_text(one)) for one in precedents())
    yield "list of terms", words_text(glossary())
    yield from ((f"term {term}", word_text(term, entry)) for term, entry in glossary().items())


def without_commands(text: str) -> str:
    return re.sub(r"See: foedus .*?(?=\n\n|\nQ\d)", "", text, flags=re.DOTALL)


def not_plain(text: str) -> Iterator[str]:
    """What people should not read, each with what it is and the words around it."""
    words = people_read(" ".join(text.split()))
    for kind, pattern in FORBIDDEN.items():
        yield from (f"{kind}: {words[max(0, m.start() - 40) : m.end() + 20]}" for m in re.finditer(pattern, words))


def codes_in(case: LoadedCase, text: str) -> Iterator[str]:
    """Ids of parties where their names should stand; what the author wrote of the text itself is left alone."""
    models = [staged.model for staged in case.instruments]
    parts = [part for m in models for part in (m, *m.readings.values(), *m.sources.values(), *m.clauses)]
    keys = ("title", "short", "says", "note", "held_by", "said_by", "outlet", "where")
    written = " ".join(
        [str(getattr(part, key, "")) for part in parts for key in keys] + [*map(case.name, case.parties)]
    )
    for id in case.parties:
        is_code = re.fullmatch(r"[A-Z]{2,}", id) and case.name(id) != id and not re.search(rf"\b{id}\b", written)
        if is_code and re.search(rf"(?<![\w-]){id}(?![\w-])", people_read(text)):
            yield f"the code {id}"


@pytest.mark.parametrize("name", [*SHIPPED, *FILES])
def test_people_read_plain_words(name: str) -> None:
    case = case_of(name)
    found = {what: [*not_plain(text), *codes_in(case, text)] for what, text in surfaces(name)}
    assert {what: places for what, places in found.items() if places} == {}


@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_is_wider_than_a_screen_and_no_rung_is_a_number(name: str) -> None:
    case = case_of(name)
    for text in (answer_text(case, ask_one(case)), instrument_text(case)):
        assert not [line for line in text.splitlines() if len(line) > 80 and " " in line.strip()]
    for finding in check(case, explain=False).findings:
        assert not re.search(NUMBERED_RUNG, people_read(finding.sentence))


PAIRS = [
    (("istanbul-2022-communique", "istanbul-2022-draft"), None),
    (("uk-poland-1939", "uk-poland-1939"), None),
    (("us-proposal-2025-08", "teu-42-7", "budapest-1994"), "ukraine-2025.yaml"),
]


@pytest.mark.parametrize(("texts", "case"), PAIRS)
def test_texts_side_by_side_are_told_in_plain_words_on_a_screen(texts: tuple[str, ...], case: str | None) -> None:
    stage = stage_for(texts, None if case is None else str(CASES / case))
    found = compare(stage)
    told, screens = [comparison_markdown(found)], [comparison_text(found)]
    if len(texts) == 2:
        drafts = difference(stage)
        told.append(difference_markdown(drafts))
        screens.append(difference_text(drafts))
    for text in told:  # the same words as on the screen, with the cells of tables kept apart
        assert [*not_plain(text), *codes_in(found.case, text)] == []
    for text in screens:
        assert [line for line in text.splitlines() if len(line) > 80] == []


def test_what_is_told_of_the_program_itself_is_plain() -> None:
    found = {what: [*not_plain(text)] for what, text in listings()}
    assert {what: places for what, places in found.items() if places} == {}


def test_no_line_of_a_precedent_is_wider_than_a_screen_and_none_has_a_percent_sign() -> None:
    told = [list_text(precedents()), *map(case_text, precedents())]
    told += [text for id in SHIPPED for what, text in surfaces(id) if what.startswith("precedents")]
    for text in told:
        assert "%" not in text
        assert not [line for line in text.splitlines() if len(line) > 80 and " " in line.strip()]


def test_every_term_explains_itself_and_leads_to_others() -> None:
    terms = glossary()
    for term, entry in terms.items():
        assert word_text(term, entry).startswith(f"{term}: ")
        assert set(entry.get("see", ())) <= set(terms), term
