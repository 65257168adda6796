"""The slides are such as people can edit, hold every word, and hold no more than fits them, whatever a case says."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pptx.util import Inches

from foedus.brief.document import Document, Grid, line_text, plain
from foedus.brief.formats.letters import fit
from foedus.brief.formats.paper import widths
from foedus.brief.formats.pptx_plan import ACROSS, BELOW, BODY, PADDING, TABLE, TOP, cut, ems, lines_in, slides
from foedus.brief.formats.registry import render

sys.path.insert(0, str(Path(__file__).resolve().parent))
import reading


def opened(document: Document) -> Any:
    return reading.opened(".pptx", render(document, ".pptx"))


def words_in(document: Document) -> str:
    return reading.words_in(".pptx", render(document, ".pptx"))


def test_every_word_of_the_document_is_in_the_file(document: Document, all_words: Callable[..., list[str]]) -> None:
    told = words_in(document)
    assert [word for word in all_words(document) if word not in told] == []


def test_whatever_a_case_says_the_file_opens_and_holds_it(
    hostile: str, make: Callable[..., Document], all_words: Callable[..., list[str]]
) -> None:
    document = make(hostile)
    told = " ".join(words_in(document).split())  # titles and heads of columns are of one line
    kept = [" ".join(fit(word).split()) for word in all_words(document)]
    assert [word for word in kept if len(word) < 1000 and word not in told] == []
    for letter in {word[-1] for word in kept if len(word) >= 1000}:
        assert told.count(letter) >= sum(word.count(letter) for word in kept)


def test_every_slide_has_a_title_of_its_own(make: Callable[..., Document]) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in opened(make(rows=60)).slides]
    assert all(titles)
    tables = [title for title in titles if title.startswith("Forms side by side")]
    assert len(tables) > 3
    assert tables == [f"Forms side by side, Ardenia ({n} of {len(tables)})" for n in range(1, len(tables) + 1)]


def test_tables_are_tables_and_begin_with_their_heads_on_every_slide(make: Callable[..., Document]) -> None:
    deck = opened(make(rows=60))
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    matrix = [table for table in tables if table.cell(0, 0).text_frame.text == "Incident"]
    assert [len(table.columns) for table in matrix] == [4] * len(matrix)
    rows = [row.cells[0].text_frame.text for table in matrix for row in list(table.rows)[1:]]
    assert rows == [f"Incident {n} Ardenia" for n in range(1, 61)]
    assert all(table.first_row for table in tables)


def test_a_coloured_cell_says_its_verdict_first(document: Document) -> None:
    deck = opened(document)
    (table,) = [s.table for slide in deck.slides for s in slide.shapes if s.has_table and len(s.table.columns) == 4]
    grounds = {"●": "DCECF9", "○": "FDE3D3", "◐": "FFF3C9"}
    for row in list(table.rows)[1:]:
        for cell in list(row.cells)[1:]:
            first = cell.text_frame.paragraphs[0].text
            assert first.split()[1] in ("HOLDS", "FAILS", "DEPENDS")
            assert str(cell.fill.fore_color.rgb) == grounds[first[0]]


def test_pictures_and_tables_have_words_and_the_notes_say_what_a_slide_rests_on(document: Document) -> None:
    deck = opened(document)
    shown = [shape for slide in deck.slides for shape in slide.shapes if shape.has_table or hasattr(shape, "image")]
    told = [shape._element.xpath(".//p:cNvPr")[0].get("descr") for shape in shown]
    assert told == ["How to read it, Ardenia.", "A falls to B, Ardenia", "Sources"]
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide]
    assert sum("Rests on: F1" in note for note in notes) == 3


def height_of(table: Grid) -> float:
    """Points that the rows of a table take: of each the lines of its highest cell."""
    shares = [width - 2 * PADDING for width in widths(table, ACROSS)]
    rows = [[column.head for column in table.columns]]
    rows += [[cell.text for cell in (row.head, *row.cells)] for row in table.rows]
    lines = [max(lines_in(text, share, TABLE) for text, share in zip(row, shares, strict=True)) for row in rows]
    return sum(count * TABLE * 1.2 + 4 for count in lines)


@pytest.mark.parametrize("forms", [1, 3, 12])
@pytest.mark.parametrize(
    "word", ["Ardenia", "The Sixty Letter Name of a Most Serene and Ancient Republic.", "W" * 3000]
)
def test_what_stands_on_a_slide_fits_it_as_far_as_can_be_measured(
    forms: int, word: str, make: Callable[..., Document]
) -> None:
    for slide in slides(make(word, forms=forms)):
        text = sum(lines_in(line_text(one.line), ACROSS - 0.4, BODY) * BODY * 1.2 + 5 for one in slide.entries)
        assert text <= (BELOW - TOP) * 72
        assert ems(slide.title) <= 2 * ACROSS * 72 / 24
        if slide.table is not None:
            assert len(slide.table.columns) <= 7
            assert height_of(slide.table) <= (BELOW - TOP) * 72


def test_shapes_stand_within_their_slide(make: Callable[..., Document]) -> None:
    deck = opened(make(forms=12, rows=30))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= deck.slide_width + Inches(0.01)
            assert 0 <= shape.top <= shape.top + shape.height <= deck.slide_height


def test_a_long_line_is_cut_between_words_and_loses_no_letter() -> None:
    line = plain("a treaty of mutual assistance " * 50)
    pieces = cut(line, 100)
    assert "".join(line_text(piece) for piece in pieces) == line_text(line)
    assert all(ems(line_text(piece)) <= 100 for piece in pieces)
    assert all(line_text(piece).endswith(" ") for piece in pieces[:-1])


def test_the_dates_are_those_of_the_case(document: Document) -> None:
    core = opened(document).core_properties
    assert core.created == core.modified == datetime(2025, 8, 22, tzinfo=UTC).replace(tzinfo=core.created.tzinfo)
    assert core.title == "Guarantees for Ardenia"
    assert core.last_modified_by == "Foedus 0.1.0"


def test_numbers_of_shapes_are_not_given_twice_on_a_slide(document: Document) -> None:
    for slide in opened(document).slides:
        numbers = [int(one) for one in slide.shapes._spTree.xpath(".//p:cNvPr/@id")]
        assert len(numbers) == len(set(numbers))
