"""The Word file is one that people can edit: real styles and tables; and it holds every word, whoever wrote it."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from foedus.brief.document import Document
from foedus.brief.formats.letters import fit
from foedus.brief.formats.registry import render

sys.path.insert(0, str(Path(__file__).resolve().parent))
import reading

ORDER = "pStyle keepNext keepLines widowControl numPr pBdr shd tabs bidi spacing ind jc outlineLvl rPr sectPr"
"""The order of the properties of a paragraph in ECMA-376 part 1, 17.3.1.26, as far as they are used here."""


def opened(document: Document) -> Any:
    return reading.opened(".docx", render(document, ".docx"))


def words_in(document: Document) -> str:
    return reading.words_in(".docx", render(document, ".docx"))


def styles_in(file: Any) -> list[str]:
    return [paragraph.style.name for paragraph in file.paragraphs]


def test_every_word_of_the_document_is_in_the_file(document: Document, all_words: Callable[..., list[str]]) -> None:
    told = words_in(document)
    assert [word for word in all_words(document) if word not in told] == []


def test_whatever_a_case_says_the_file_opens_and_holds_it(
    hostile: str, make: Callable[..., Document], all_words: Callable[..., list[str]]
) -> None:
    document = make(hostile)
    told = words_in(document)
    assert [word for word in all_words(document) if fit(word) not in told] == []


def test_the_styles_are_those_that_word_knows(document: Document) -> None:
    styles = styles_in(opened(document))
    assert styles[0] == "Title"
    assert {"Heading 1", "Heading 2", "Heading 3", "List Bullet", "Caption", "Subtitle"} <= set(styles)
    assert styles.count("Heading 1") == len(document.sections)


def test_the_head_of_a_table_comes_again_on_each_page_and_no_row_is_cut(document: Document) -> None:
    for table in opened(document).tables:
        first, *others = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in others)
        assert table.style.name == "Foedus Table"


def test_a_coloured_cell_says_its_verdict_first(document: Document) -> None:
    matrix = opened(document).tables[0]
    shaded = [cell for row in matrix.rows[1:] for cell in row.cells[1:]]
    assert len(shaded) == 12
    for cell in shaded:
        assert cell._tc.tcPr.find(qn("w:shd")) is not None
        assert re.match(r"[●○◐] (HOLDS|FAILS|DEPENDS)\n", cell.text)


def test_tables_and_pictures_have_words_for_who_cannot_see_them(document: Document) -> None:
    file = opened(document)
    told = [table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for table in file.tables]
    assert told == ["Forms side by side, Ardenia", "Sources"]
    assert [shape._inline.docPr.get("descr") for shape in file.inline_shapes] == ["A falls to B, Ardenia"]


def test_a_picture_keeps_its_shape_and_its_size(document: Document) -> None:
    (shape,) = opened(document).inline_shapes
    assert (shape.width.inches, shape.height.inches) == (2.0, 1.0)


def test_every_link_leads_to_a_mark(document: Document) -> None:
    body = opened(document).element.body
    marks = [node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))]
    links = [node.get(qn("w:anchor")) for node in body.iter(qn("w:hyperlink"))]
    assert links
    assert set(links) == set(marks)
    assert len(marks) == len(set(marks))


@pytest.mark.parametrize("forms", [1, 12])
def test_one_form_and_twelve_fit_their_pages(forms: int, make: Callable[..., Document]) -> None:
    file = opened(make(forms=forms))
    heads = [[cell.text for cell in table.rows[0].cells] for table in file.tables[:-1]]
    assert all(row[0] == "Incident" for row in heads)
    assert [name for row in heads for name in row[1:]] == [f"Form {n} Ardenia" for n in range(1, forms + 1)]
    assert max(map(len, heads)) <= 7
    across = [pages for pages in file.sections if pages.orientation == WD_ORIENT.LANDSCAPE]
    assert bool(across) is (forms == 12)
    for table in file.tables:
        widest = max(pages.page_width - pages.left_margin - pages.right_margin for pages in file.sections)
        assert sum(column.width for column in table.columns) <= widest + Mm(1)  # Word counts in twentieths of a point


def test_the_dates_are_those_of_the_case_and_the_language_is_said(document: Document) -> None:
    file = opened(document)
    core = file.core_properties
    assert core.title == "Guarantees for Ardenia"
    assert core.created == core.modified == datetime(2025, 8, 22, tzinfo=UTC)
    assert core.language == "en"
    assert file.styles.element.find(".//" + qn("w:lang")).get(qn("w:val")) == "en"


def test_words_from_right_to_left_are_set_so(make: Callable[..., Document]) -> None:
    file = opened(make("שלום עולם"))
    runs = [run for paragraph in file.paragraphs for run in paragraph.runs if "שלום" in run.text]
    assert runs
    assert [run.text for run in runs if run.text.startswith("ש") and not run.font.rtl] == []


def test_properties_stand_in_the_order_in_which_word_takes_them(make: Callable[..., Document]) -> None:
    rank = {qn(f"w:{name}"): place for place, name in enumerate(ORDER.split())}
    with zipfile.ZipFile(io.BytesIO(render(make("שלום"), ".docx"))) as archive:
        assert archive.testzip() is None
    file = opened(make("שלום"))
    every = [*file.element.body.iter(qn("w:pPr")), file.styles["Foedus Note"].element.pPr]
    for properties in every:
        places = [rank[node.tag] for node in properties]
        assert all(a < b for a, b in pairwise(places))
