"""The Excel file has a sheet for each table, and no cell that computes or leads anywhere, whatever a case says."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from foedus.brief.document import Document, Grid
from foedus.brief.formats.letters import fit
from foedus.brief.formats.registry import render
from foedus.brief.formats.xlsx import CUT

sys.path.insert(0, str(Path(__file__).resolve().parent))
import reading


def opened(document: Document) -> Any:
    return reading.opened(".xlsx", render(document, ".xlsx"))


def words_in(document: Document) -> str:
    return reading.words_in(".xlsx", render(document, ".xlsx"))


def cells_in(book: Any) -> list[Any]:
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_every_word_of_the_document_is_in_the_file(document: Document, all_words: Callable[..., list[str]]) -> None:
    told = words_in(document)
    assert [word for word in all_words(document) if word not in told] == []


def test_whatever_a_case_says_the_file_opens_and_holds_it(
    hostile: str, make: Callable[..., Document], all_words: Callable[..., list[str]]
) -> None:
    document = make(hostile)
    told = words_in(document)
    assert [word for word in all_words(document) if fit(word) not in told] == []


def test_no_cell_is_a_formula_a_number_or_a_link(hostile: str, make: Callable[..., Document]) -> None:
    book = opened(make(hostile))
    assert {cell.data_type for cell in cells_in(book)} == {"s"}
    assert not any(cell.hyperlink for cell in cells_in(book))
    with zipfile.ZipFile(io.BytesIO(render(make(hostile), ".xlsx"))) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/" in name]
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


def test_each_table_has_a_sheet_with_its_head_held_in_view(document: Document) -> None:
    book = opened(document)
    grids = [block for block in document.blocks() if isinstance(block, Grid)]
    assert book.sheetnames == ["Contents", "Words", "Forms side by side, Ardenia", "Sources"]
    for sheet, grid in zip(book.worksheets[2:], grids, strict=True):
        assert sheet.freeze_panes == "B2"
        assert [cell.value for cell in sheet[1]] == [column.head for column in grid.columns]
        assert sheet.max_row == len(grid.rows) + 1
        assert all(sheet.column_dimensions[letter].width >= 11 for letter in "ABC")


def test_a_coloured_cell_says_its_verdict_first(document: Document) -> None:
    sheet = opened(document)["Forms side by side, Ardenia"]
    cells = [cell for row in sheet.iter_rows(2, None, 2, None) for cell in row]
    assert len(cells) == 12
    grounds = {"●": "FFDCECF9", "○": "FFFDE3D3", "◐": "FFFFF3C9"}
    for cell in cells:
        assert re.match(r"[●○◐] (HOLDS|FAILS|DEPENDS)\n", cell.value)
        assert cell.fill.fgColor.rgb == grounds[cell.value[0]]


@pytest.mark.parametrize("name", ["History", "a/b:c*d[e]f?g\\h'", "", "x" * 40, "'", "Words", "CONTENTS"])
def test_names_of_sheets_are_such_as_excel_takes(name: str, make: Callable[..., Document]) -> None:
    document = make(name)
    names = opened(document).sheetnames
    assert len({one.lower() for one in names}) == len(names) == 4
    assert all(1 <= len(one) <= 31 and not re.search(r"[\[\]:*?/\\]", one) for one in names)
    assert all(one.lower() != "history" and one[0] != "'" != one[-1] for one in names)


def test_a_text_longer_than_a_cell_is_cut_and_says_so(make: Callable[..., Document]) -> None:
    longest = max(cells_in(opened(make("w" * 40_000))), key=lambda cell: len(cell.value)).value
    assert len(longest) == 32_767
    assert longest.endswith(CUT)


def test_the_date_is_that_of_the_case(document: Document) -> None:
    told = opened(document).properties
    assert told.created == told.modified == datetime(2025, 8, 22)  # noqa: DTZ001  openpyxl reads dates without a zone
    assert told.title == "Guarantees for Ardenia"


def test_a_case_without_a_day_has_a_date_all_the_same(make: Callable[..., Document]) -> None:
    told = opened(replace(make(), as_of="")).properties
    assert told.created == datetime(2000, 1, 1)  # noqa: DTZ001  as above


@pytest.mark.parametrize("forms", [1, 12])
def test_one_form_and_twelve_have_a_column_each(forms: int, make: Callable[..., Document]) -> None:
    sheet = opened(make(forms=forms)).worksheets[2]
    assert sheet.max_column == forms + 1
