"""The page: its structure, what it never loads, what it never says, and what hostile names cannot do."""

import html
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from foedus.api import assess, load
from foedus.assessment import Assessment
from foedus.brief.html import render_page
from foedus.wording import number

VOID = {"meta", "br", "link", "img", "hr"}
FORBIDDEN = (
    "hostile set", "blocking set", "witness", "overlay", "unsat core", "several", "collective", "floor", "ceiling",
    "credibility", "probability",
)  # fmt: skip
HOSTILE = """foedus: 1
case: hostile
title: "<script>alert(1)</script>"
as_of: 2025-08-22
note: "<img src=x onerror=alert(2)>"
parties: {A: {name: "<b>Alpha</b>"}, B: {name: 'Beta" onclick="alert(3)'}, C: {name: "{{ 7 * 7 }}"}}
cast: {beneficiary: A, attackers: B}
sources: {s: {kind: statement, said_by: "</style><script>", address: "javascript:alert(4)"}}
statements: [{said_by: "</table>", source: s, about: form, says: "a & b"}]
instruments:
  - id: pact
    title: "<h1>Pact</h1>"
    status: draft
    binding: legal
    members: [A, C]
    clauses:
      - id: aid
        says: "<iframe src=//x>"
        kind: obligation
        bearers: C
        to: A
        judge: objective
        response: {least: unknown}
"""


class Outline(HTMLParser):
    """Headings in order, coloured cells with their text, tags with attributes, and whether all is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.cells: list[tuple[str, str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "td":
            self.cells.append((found.get("class") or "", ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "td" in self.open:
            name, text = self.cells[-1]
            self.cells[-1] = (name, text + data)


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return assess("istanbul-2022-draft")


@pytest.fixture(scope="module")
def page(assessment: Assessment) -> str:
    return render_page(assessment)


def words(page: str) -> str:
    return re.sub(r"<[^>]*>", " ", re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL))


def test_headings_go_down_one_step_at_a_time(page: str) -> None:
    headings = Outline(page).headings
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))


def test_every_tag_is_closed_and_every_id_is_there_once(page: str) -> None:
    outline = Outline(page)
    ids = [attrs["id"] for _, attrs in outline.tags if "id" in attrs]
    assert outline.open == []
    assert len(ids) == len(set(ids))
    links = [str(attrs["href"]) for tag, attrs in outline.tags if tag == "a"]
    assert all(link.startswith("#") and link[1:] in ids for link in links)
    labels = [attrs["aria-labelledby"] for _, attrs in outline.tags if "aria-labelledby" in attrs]
    assert set(labels) <= set(ids)


def test_every_coloured_cell_says_its_colour_in_words(page: str) -> None:
    told = {"good": "Enough", "bad": "Too little", "open": "Depends", "none": "Nothing asked for"}
    coloured = [(name, text) for name, text in Outline(page).cells if name in told]
    assert coloured
    assert all(told[name] in text and "Must" in text and "Stop" in text for name, text in coloured)


def test_nothing_is_run_and_nothing_is_loaded(page: str) -> None:
    tags = Outline(page).tags
    assert not {"script", "link", "img", "iframe", "object", "embed", "form"} & {tag for tag, _ in tags}
    assert not any(name in ("src", "srcset", "style") or name.startswith("on") for _, attrs in tags for name in attrs)
    assert "url(" not in page
    assert "@import" not in page


def test_sections_stand_in_the_order_in_which_they_are_read(page: str) -> None:
    places = [
        page.index(f'<section id="{name}"') for name in ("asked", "short", "forms", "findings", "clauses", "sources")
    ]
    assert places == sorted(places)


def test_what_is_asked_for_stands_at_the_head_of_the_table(page: str) -> None:
    caption = re.search(r'<table class="matrix">\s*<caption>(.*?)</caption>', page, flags=re.DOTALL)
    assert caption is not None
    assert "This case asks for: arms for missile and air campaign, full invasion and nuclear use" in caption[1]


def section(page: str, name: str) -> str:
    found = re.search(rf'<section id="{name}".*?</section>', page, flags=re.DOTALL)
    assert found is not None
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


def test_every_expectation_stands_on_the_page_with_what_was_found(assessment: Assessment, page: str) -> None:
    told = section(page, "expected")
    assert f"{number(len(assessment.report.expectations)).capitalize()} in all; all were found." in told
    for one in assessment.report.expectations:
        assert f"{one.rule} of Istanbul draft 2022" in told
        assert f"(istanbul-2022-draft.yaml, line {one.line})" in told
    assert "Not as expected" not in page


def test_what_was_not_found_as_expected_comes_first_and_is_told_at_the_head(assessment: Assessment) -> None:
    last = assessment.report.expectations[-1]
    assert dict(last.expected) == {"verdict": "holds"}
    wrong = replace(last, expected={"verdict": "fails"}, unmet=("verdict",))
    others = assessment.report.expectations[:-1]
    page = render_page(replace(assessment, report=replace(assessment.report, expectations=(*others, wrong))))
    told = section(page, "expected")
    count = number(len(others) + 1).capitalize()
    assert f"beside what was found. {count} in all; 1 of {len(others) + 1} was not found so." in told
    first = told.index("✗ Not as expected no-conflict-of-duties of Istanbul draft 2022")
    assert first < told.index("✓ As expected")
    assert "the verdict: expected FAILS, found HOLDS. Expected by" in told
    assert "✗ Not as expected Something was not found as the file expects." in section(page, "short")


def test_no_expectation_no_section(assessment: Assessment) -> None:
    page = render_page(replace(assessment, report=replace(assessment.report, expectations=())))
    assert "expected" not in re.findall(r'<section id="(\w+)"', page)
    assert "#expected" not in page


def test_words_are_plain(page: str) -> None:
    text = words(page).lower()
    assert not [word for word in FORBIDDEN if re.search(rf"\b{word}s?\b", text)]
    assert "%" not in text
    assert not re.search(r"\b(clauses|bodies|roles)\.\w", text)


def test_the_worst_is_told_with_its_words(page: str) -> None:
    text = " ".join(words(page).split())
    assert "Russia itself can stop the help" in text
    assert "Art. 5: “each of the Guarantor States" in text
    assert "This checks the file, not the treaty" in text


def test_an_accepted_finding_stands_apart(assessment: Assessment) -> None:
    from foedus.findings import Acceptance

    first = next(f for f in assessment.report.findings if f.is_bad)
    accepted = replace(first, accepted=Acceptance("the author", "2026-01-02", "known since 2022"))
    findings = tuple(accepted if f is first else f for f in assessment.report.findings)
    page = render_page(replace(assessment, report=replace(assessment.report, findings=findings)))
    apart = page.index("Accepted by the author of the case")
    assert page.index("Accepted by the author on 2026-01-02: known since 2022") > apart


def test_hostile_words_stay_words(tmp_path) -> None:
    file = tmp_path / "hostile.yaml"
    file.write_text(HOSTILE, encoding="utf-8")
    page = render_page(assess(load(file)))
    tags = Outline(page).tags
    assert not {"script", "img", "iframe", "b"} & {tag for tag, attrs in tags if not (tag == "b" and not attrs)}
    assert not any(name.startswith("on") for _, attrs in tags for name in attrs)
    assert "<b>Alpha" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7 * 7 }}" in page
    assert not any("javascript" in str(value) for _, attrs in tags for value in attrs.values())


def test_the_same_assessment_gives_the_same_page(assessment: Assessment, page: str) -> None:
    assert render_page(assessment) == page
