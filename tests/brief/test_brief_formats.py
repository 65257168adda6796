"""What no format of a brief may do: differ between two runs, fetch, break on hostile text, or grow too wide to read."""

import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from foedus.api import brief
from foedus.brief.document import (
    BulletList,
    Document,
    Grid,
    Heading,
    Item,
    Paragraph,
    Picture,
    Section,
    Sign,
    Tone,
    plain,
)
from foedus.brief.formats.registry import FORMATS, render
from foedus.brief.sections.side_by_side import MOST_BESIDE, shares
from foedus.case.load import load_text

sys.path.insert(0, str(Path(__file__).parent))
from many_forms import LONG, case_of
from small_race import SMALL

SRC = str(Path(__file__).resolve().parents[2] / "src")
VOID = {"meta", "br", "col", "hr"}
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "</td></table></style><iframe src=//evil.example>",
    "a | b [c](javascript:alert(3)) ![x](https://evil.example/p.png) `code` **bold** _x_",
    "# head",
    "{{ 7 * 7 }} {% raw %}",
    "=HYPERLINK('https://evil.example')",
    "https://evil.example/track www.evil.example",
    "gnp.exe \u05d0\u05d1 isolate",
    "W" * 300,
)


def hostile() -> Document:
    names = iter(HOSTILE * 9)
    text = re.sub(r'"A name of sixty[^"]*"', lambda _: json.dumps(next(names)), case_of(4))
    text = re.sub(r'short: "[^"]*"', lambda _: f"short: {json.dumps(next(names))}", text)
    text = re.sub(r'says: "[^"]*"', lambda _: f"says: {json.dumps(next(names))}", text)
    text = text.replace('title: "Many forms"', f"title: {json.dumps(HOSTILE[2])}")
    text = text.replace("outlet: The Morning News", f"outlet: {json.dumps(HOSTILE[3])}")
    return brief(load_text(text, "hostile.yaml"), audience="annex")


class Page(HTMLParser):
    """Tags with their attributes in order; a tag that is closed out of turn is an error."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def every(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attributes for name, attributes in self.tags if name == tag)


@pytest.fixture(scope="module")
def bad() -> Document:
    return hostile()


@pytest.fixture(scope="module")
def page(bad: Document) -> Page:
    return Page(render(bad, ".html").decode())


def test_nothing_of_a_hostile_case_becomes_markup(page: Page) -> None:
    assert page.open == []
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "iframe", "img", "link", "object", "form", "input"})
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on")]
        assert (attributes.get("href") or "#").startswith("#")
        assert attributes.get("src") is None


def test_hostile_text_is_told_as_it_stands(bad: Document) -> None:
    words = html.unescape(re.sub(r"<[^>]+>", "", render(bad, ".html").decode()))
    for text in (HOSTILE[0], HOSTILE[4], HOSTILE[5], HOSTILE[9]):
        assert text in words


@pytest.mark.parametrize("ending", [".html", ".md"])
def test_no_control_character_and_no_turned_direction_is_left(bad: Document, ending: str) -> None:
    # No file can bring these in, since reading refuses them; a format leaves them out all the same.
    worse = "\u202egnp.exe \u2066isolate\x07\x9f"
    section = Section("worse", worse, (Paragraph(plain(worse)), BulletList((Item(plain(worse)),))))
    text = render(replace(bad, title=worse, sections=(*bad.sections, section)), ending).decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert text.count("gnp.exe") >= 3


def test_markdown_of_a_hostile_case_has_no_live_link_and_every_row_its_columns(bad: Document) -> None:
    text = render(bad, ".md").decode()
    assert not re.search(r"(?<!\\)\]\(|(?<!\\)<(?!br>)|https?://|(?<![\w\\])www\.", text)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    for row, below in pairwise(rows):
        if re.fullmatch(r"\|( --- \|)+", below):
            width = len(re.findall(r"(?<!\\)\|", row))
        assert len(re.findall(r"(?<!\\)\|", below)) == width or below.count("---") == 0
    heads = [line for line in text.splitlines() if line.startswith("# ")]
    assert len(heads) == 1


def test_the_json_of_a_hostile_case_can_be_read_again(bad: Document) -> None:
    data = json.loads(render(bad, ".json"))
    assert data["document"]["title"] == HOSTILE[2]


def test_a_page_can_be_used_by_keyboard_and_read_aloud(page: Page) -> None:
    tags = [tag for tag, _ in page.tags]
    assert [next(page.every("html"))["lang"], tags.count("main"), tags.count("h1")] == ["en", 1, 1]
    assert {"header", "nav", "main", "footer"} <= set(tags)
    assert next(page.every("a")) == {"class": "skip", "href": "#bottom-line"}
    assert all(head.get("scope") in ("col", "row") for head in page.every("th"))
    assert all(region.get("aria-label") and region.get("tabindex") == "0"
               for region in page.every("div") if region.get("role") == "region")  # fmt: skip
    labels = [label for _, attributes in page.tags if (label := attributes.get("aria-label"))]
    assert len(labels) == len(set(labels))
    drawings = list(page.every("svg"))
    assert drawings
    assert all(one.get("role") == "img" and one.get("aria-labelledby") for one in drawings)
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_id_of_a_page_is_one_and_every_link_leads_somewhere(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for link in page.every("a"):
        assert (link["href"] or "").removeprefix("#") in ids


def test_a_page_asks_for_nothing_from_outside(page: Page) -> None:
    policy = next(one for one in page.every("meta") if one.get("http-equiv") == "Content-Security-Policy")
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert not list(page.every("link"))


@pytest.mark.parametrize("count", [1, 2, 6, 7, 12])
def test_forms_are_shared_out_evenly_over_tables_that_fit_a_page(count: int) -> None:
    sizes = [len(range(count)[part]) for part in shares(count)]
    assert sum(sizes) == count
    assert max(sizes) <= MOST_BESIDE
    assert max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize("count", [1, 12])
def test_one_form_and_twelve_have_each_its_own_column_once(count: int) -> None:
    document = brief(load_text(case_of(count), "many.yaml"))
    matrix = [block for block in document.blocks() if isinstance(block, Grid) and block.id.startswith("matrix-")]
    heads = [column.head for grid in matrix for column in grid.columns[1:]]
    assert len(heads) == len(set(heads)) == count
    assert all(len(grid.columns) <= MOST_BESIDE + 1 for grid in matrix)
    # a single form has nothing to be stronger than
    pictures = [block.id for block in document.blocks() if isinstance(block, Picture)]
    assert ("picture-standing" in pictures) == (count > 1)
    assert "picture-veto" in pictures


def test_a_row_fills_every_column_and_a_coloured_cell_has_words_and_says_what_it_rests_on() -> None:
    for document in (hostile(), brief(load_text(case_of(12), "many.yaml"))):
        for grid in (block for block in document.blocks() if isinstance(block, Grid)):
            for row in grid.rows:
                assert len(row.cells) + 1 == len(grid.columns)
                for cell in row.cells:
                    if cell.sign is not None:
                        assert cell.sign.word
                        assert cell.sign.sign
                        assert cell.basis
                        assert cell.lines


def test_signs_differ_without_their_colours() -> None:
    document = brief(load_text(case_of(4), "many.yaml"))
    signs = {
        cell.sign for b in document.blocks() if isinstance(b, Grid) for r in b.rows for cell in r.cells if cell.sign
    }
    assert len(signs) > 2
    assert len({sign.text for sign in signs}) == len(signs)
    assert Sign("Enough", Tone.GOOD, "●") in signs


def test_long_names_are_kept_whole() -> None:
    document = brief(load_text(case_of(2), "many.yaml"))
    heads = [block.text for block in document.blocks() if isinstance(block, Heading)]
    assert any(LONG[:40] in head for head in heads)


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    found = []
    for run in ("1", "2"):
        names = [f"{run}{ending}" for ending in FORMATS]
        outputs = [word for name in names for word in ("-o", name)]
        environment = {**os.environ, "PYTHONPATH": SRC, "PYTHONHASHSEED": run}
        command = [sys.executable, "-m", "foedus.cli", "brief", "small.yaml", *outputs, "--seed", "7"]
        subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
        found.append([(tmp_path / name).read_bytes() for name in names])
    assert found[0] == found[1]
