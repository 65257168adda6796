"""The tables of the brief as an Excel file: one sheet a table, the rest of the brief on one, every cell a text."""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import xlsxwriter

from foedus.brief.document import (
    Block,
    BulletList,
    Cell,
    Document,
    Grid,
    Heading,
    Note,
    Paragraph,
    Picture,
    Tone,
    line_text,
)
from foedus.brief.formats.archive import steady
from foedus.brief.formats.letters import fit
from foedus.brief.formats.paper import INK, LINE, SHADES, WASH, dated, made_by

OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
"""What a case says is text and stays text: no cell is ever a formula or a link, whatever its first letter."""
LONGEST_NAME: Final = 31
LONGEST_CELL: Final = 32_767
CUT: Final = " … (cut here: a cell holds no more letters)"
"""Letters of the name of a sheet and of a cell (Excel specifications and limits), and what is told where one is cut."""
NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
TAKEN: Final = "history"
"""The name of a sheet that Excel keeps for itself."""
WIDTH: Final = 110.0
NARROWEST: Final = 11.0
WIDEST: Final = 60.0
"""Letters: the width of all columns of a table together, and of one."""

Lines = Iterator[tuple[str, str, str, str]]
"""Rows of the sheet that holds what is no table: part, heading, what it is, words."""


def render(document: Document) -> bytes:
    """The document as the bytes of an .xlsx file."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties(
        {
            "title": fit(document.title)[:255],
            "subject": fit(document.kicker)[:255],
            "author": made_by(document),
            "comments": fit(document.caution)[:255],
            "created": dated(document.as_of).replace(tzinfo=None),
        }
    )
    _Book(book, document).write()
    book.close()
    return steady(out.getvalue())


class _Book:
    """The file being written, with its looks and the names of the sheets that it has."""

    def __init__(self, book: Any, document: Document) -> None:  # noqa: ANN401  XlsxWriter ships no types
        self.book: Final = book
        self.document: Final = document
        self.names: Final[list[str]] = []
        plain = {"text_wrap": True, "valign": "top", "font_name": "Calibri", "font_size": 10, "font_color": f"#{INK}"}
        ruled = {**plain, "border": 1, "border_color": f"#{LINE}"}
        self.plain: Final = book.add_format(plain)
        self.title: Final = book.add_format({**plain, "bold": True, "font_size": 16, "text_wrap": False})
        self.head: Final = book.add_format({**ruled, "bold": True, "bg_color": f"#{WASH}"})
        self.cell: Final = book.add_format(ruled)
        self.strong: Final = book.add_format({**ruled, "bold": True})
        self.tones: Final = {tone: book.add_format({**ruled, "bg_color": f"#{SHADES[tone].ground}"}) for tone in Tone}

    def write(self) -> None:
        """Write every sheet: what there is, the words, and the tables."""
        grids = [(section.title, block) for section in self.document.sections for block in section.blocks]
        tables = [(title, block) for title, block in grids if isinstance(block, Grid)]
        names = [self._named(name) for name in ("Contents", "Words", *(grid.title for _, grid in tables))]
        self._contents(names, tables)
        heads = ("Part", "Heading", "What it is", "Words")
        rows = [[(text, self.cell) for text in row] for row in _words(self.document)]
        self._sheet(names[1], heads, rows, (2.0, 2.0, 1.2, 6.0))
        for name, (_, grid) in zip(names[2:], tables, strict=True):
            self._table(name, grid)

    def _contents(self, names: Sequence[str], tables: Sequence[tuple[str, Grid]]) -> None:
        sheet = self.book.add_worksheet(names[0])
        told = [self.document.kicker, f"As of {self.document.as_of}" if self.document.as_of else ""]
        told += [self.document.caution, made_by(self.document)]
        self._put(sheet, 0, 0, self.document.title, self.title)
        lines = [line for line in told if line]
        for row, line in enumerate(lines, start=1):
            self._put(sheet, row, 0, line, self.plain)
        start = len(lines) + 2
        for column, head in enumerate(("Sheet", "Part of the brief", "What it shows", "How to read it", "Signs")):
            self._put(sheet, start, column, head, self.head)
        self._entry(sheet, start + 1, (names[1], "All parts", "Everything that is no table", "", ""))
        for row, (name, (part, grid)) in enumerate(zip(names[2:], tables, strict=True), start=start + 2):
            signs = "\n".join(sign.text for sign in grid.legend)
            self._entry(sheet, row, (name, part, grid.title, grid.words, signs))
        for column, width in enumerate((32, 26, 40, 60, 18)):
            sheet.set_column(column, column, width)
        self._for_paper(sheet)

    def _entry(self, sheet: Any, row: int, texts: Sequence[str]) -> None:  # noqa: ANN401  as above
        for column, text in enumerate(texts):
            self._put(sheet, row, column, text, self.cell)

    def _table(self, name: str, grid: Grid) -> None:
        rows = [
            [
                (row.head.text, self._look(row.head, self.strong)),
                *((one.text, self._look(one, self.cell)) for one in row.cells),
            ]
            for row in grid.rows
        ]
        shares = tuple(column.share for column in grid.columns)
        self._sheet(name, tuple(column.head for column in grid.columns), rows, shares)

    def _look(self, cell: Cell, other: Any) -> Any:  # noqa: ANN401  as above
        return self.tones[cell.sign.tone] if cell.sign is not None else other

    def _sheet(
        self, name: str, heads: Sequence[str], rows: Sequence[Sequence[tuple[str, Any]]], shares: Sequence[float]
    ) -> None:
        sheet = self.book.add_worksheet(name)
        for column, head in enumerate(heads):
            self._put(sheet, 0, column, head, self.head)
        for number, row in enumerate(rows, start=1):
            for column, (text, look) in enumerate(row):
                self._put(sheet, number, column, text, look)
        whole = sum(shares) or 1.0
        for column, share in enumerate(shares):
            sheet.set_column(column, column, min(max(share / whole * WIDTH, NARROWEST), WIDEST))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(rows), len(heads) - 1)
        sheet.repeat_rows(0)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(rows) + 1}"})
        self._for_paper(sheet)

    def _for_paper(self, sheet: Any) -> None:  # noqa: ANN401  as above
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&RPage &P of &N")

    def _put(self, sheet: Any, row: int, column: int, text: str, look: Any) -> None:  # noqa: ANN401  as above
        told = fit(text)
        if len(told) > LONGEST_CELL:
            told = told[: LONGEST_CELL - len(CUT)] + CUT
        if told:
            sheet.write_string(row, column, told, look)
        else:
            sheet.write_blank(row, column, None, look)

    def _named(self, title: str) -> str:
        """A name for a sheet that Excel takes and no other sheet has."""
        kept = " ".join(NOT_IN_NAMES.sub(" ", fit(title)).split())[:LONGEST_NAME].strip() or "Table"
        name, number = kept, 2
        while name.lower() in (TAKEN, *self.names):
            ending = f" {number}"
            name, number = kept[: LONGEST_NAME - len(ending)] + ending, number + 1
        self.names.append(name.lower())
        return name


def _words(document: Document) -> Lines:
    for section in document.sections:
        heading = ""
        for block in section.blocks:
            if isinstance(block, Heading):
                heading = block.text
            for what, words in _told(block):
                yield section.title, heading, what, words


def _told(block: Block) -> Iterator[tuple[str, str]]:
    match block:
        case Heading() | Grid():
            return
        case Paragraph(line):
            yield "Text", line_text(line)
        case BulletList(items):
            for item in items:
                yield "Entry of a list", line_text(item.line)
        case Picture():
            yield "Picture", block.caption
            yield "Picture in words", block.alt
        case Note():
            yield "Note", "\n".join([block.title, *map(line_text, block.lines)])
