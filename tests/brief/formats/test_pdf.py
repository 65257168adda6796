"""The PDF opens in a reader of another maker and holds every word, in the order of reading, whoever wrote it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

import pytest

from foedus.brief.document import Document, Grid
from foedus.brief.formats.letters import SHOWN, fit
from foedus.brief.formats.registry import render

sys.path.insert(0, str(Path(__file__).resolve().parent))
import reading
from reading import compact

FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]+")
LONG = 300
"""Letters of a word from which on it fills more than a page of its cell, so that it does not stand in one piece."""


def opened(document: Document) -> Any:
    return reading.opened(".pdf", render(document, ".pdf"))


def words_in(document: Document) -> str:
    return compact(reading.words_in(".pdf", render(document, ".pdf")))


def test_every_word_of_the_document_is_in_the_file(document: Document, all_words: Callable[..., list[str]]) -> None:
    told = words_in(document)
    assert [word for word in all_words(document) if compact(word) not in told] == []


def test_whatever_a_case_says_the_file_opens_and_holds_it(
    hostile: str, make: Callable[..., Document], all_words: Callable[..., list[str]]
) -> None:
    document = make(hostile)
    told = words_in(document)
    guessed = any(bidirectional(letter) in ("R", "AL") for letter in hostile)
    kept = [piece for word in all_words(document) for piece in in_one_piece(fit(word), guessed=guessed)]
    assert [word for word in kept if len(word) < LONG and word not in told] == []
    for letter in {word[-1] for word in kept if len(word) > LONG}:
        assert told.count(letter) >= sum(word.count(letter) for word in kept)


def in_one_piece(text: str, *, guessed: bool) -> list[str]:
    """What of a text comes out as it went in: each word alone where letters run from right to left, since the reader
    guesses the order of words there; and a sign for letters that the font lacks."""
    parts = text.split() if guessed else [text]
    return [compact(FLAGS.sub(SHOWN, part)).strip(",.") for part in parts]


def test_a_letter_that_the_font_lacks_is_shown_as_missing(make: Callable[..., Document]) -> None:
    assert f"Guaranteesfor{SHOWN}A" in words_in(make("条約A"))


def test_what_a_case_says_is_never_read_as_markup(make: Callable[..., Document]) -> None:
    (link,) = {"http://x.invalid"}
    document = make(f'<a href="{link}">x</a><img src="file:///etc/passwd"/>&#60;b&#62;')
    pdf = render(document, ".pdf")
    assert compact(f'<a href="{link}">x</a><img src="file:///etc/passwd"/>&#60;b&#62;') in words_in(document)
    assert b"/URI" not in pdf


def test_the_outline_has_every_heading_in_its_depth(document: Document) -> None:
    found = [(mark.level, mark.get_title()) for mark in opened(document).get_toc()]
    assert found == [
        (0, "Bottom line Ardenia"),
        (0, "Forms"),
        (1, "Side by side"),
        (2, "Smaller Ardenia"),
        (0, "Sources"),
    ]


def test_the_file_says_its_title_its_language_and_no_time(document: Document) -> None:
    told = opened(document).get_metadata_dict()
    assert told["Title"] == "Guarantees for Ardenia"
    assert told["Creator"] == told["Author"] == "Foedus 0.1.0"
    assert told["CreationDate"] == told["ModDate"] == "D:20000101000000+00'00'"
    assert b"/Lang (en)" in render(document, ".pdf")


def test_links_lead_within_the_file(document: Document) -> None:
    pdf = render(document, ".pdf")
    assert pdf.count(b"/Subtype /Link") == 1
    assert b"/Dest" in pdf


def test_every_letter_is_drawn_in_a_font_that_the_file_holds(make: Callable[..., Document]) -> None:
    pdf = render(make("Україна שלום العربية Ωμέγα"), ".pdf")
    fonts = set(re.findall(rb"/BaseFont /([\w+-]+)", pdf))
    held = {name for name in fonts if b"+" in name}
    assert pdf.count(b"/FontFile2") >= len(held) > 0
    assert {name for name in fonts if b"DejaVu" not in name} <= {b"Helvetica"}  # named by reportlab, and never used


@pytest.mark.parametrize("forms", [1, 3, 12])
def test_the_head_of_a_table_comes_again_on_every_page_of_it(forms: int, make: Callable[..., Document]) -> None:
    document = make(forms=forms, rows=60)
    pages = [page.get_textpage().get_text_range() for page in opened(document)]
    rows = [page for page in pages if re.search(r"weakest \d", page)]
    assert len(rows) > 2
    assert all("Incident\r\n" in page or "Incident " in page for page in rows)
    told = compact("\n".join(pages))
    assert all(compact(f"weakest {row}.{form}") in told for row in range(1, 61) for form in range(1, forms + 1))


def test_every_page_says_which_it_is_and_of_how_many(make: Callable[..., Document]) -> None:
    pages = list(opened(make(rows=40)))
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)} " in " ".join(page.get_textpage().get_text_range().split())


def test_no_letter_is_drawn_outside_its_page(make: Callable[..., Document]) -> None:
    for page in opened(make("W" * 400, forms=12)):
        width, height = page.get_size()
        text = page.get_textpage()
        for place in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(place)
            assert 0 <= left <= right <= width
            assert 0 <= bottom <= top <= height


def test_a_coloured_cell_says_its_verdict(document: Document) -> None:
    told = words_in(document)
    grids = [block for block in document.blocks() if isinstance(block, Grid)]
    signed = [cell for grid in grids for row in grid.rows for cell in row.cells if cell.sign is not None]
    assert signed
    assert all(compact(cell.text) in told for cell in signed)
