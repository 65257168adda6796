"""The brief as a Word file: real styles, real tables, pictures with words for whoever cannot see them."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Inches

from foedus.brief.document import (
    Block,
    BulletList,
    Cell,
    Document,
    Grid,
    Heading,
    Line,
    Note,
    Paragraph,
    Picture,
    Run,
    Section,
    Style,
    plain,
)
from foedus.brief.formats.archive import steady
from foedus.brief.formats.docx_styles import LINKED, MONO, element, put, set_styles, shade, tone_style
from foedus.brief.formats.letters import fit, right_to_left
from foedus.brief.formats.paper import (
    LONG_SIDE,
    MARGIN,
    MOST,
    MOST_UPRIGHT,
    SHADES,
    SIDE,
    dated,
    inches,
    made_by,
    marks,
    side_by_side,
    turned,
    widths,
    within,
)

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.section import Section as Pages
    from docx.table import Table, _Cell
    from docx.table import _Row as TableRow
    from docx.text.paragraph import Paragraph as WordParagraph

HEIGHT_OF_PICTURE: Final = 20.0
"""Centimetres: the highest that a picture with its caption can be."""


def render(document: Document) -> bytes:
    """The document as the bytes of a .docx file."""
    file = docx.Document()
    set_styles(file, document.language)
    _set_properties(file, document)
    writer = _Writer(file, document)
    writer.front()
    for section in document.sections:
        writer.section(section)
    out = io.BytesIO()
    file.save(out)
    return steady(out.getvalue())


def _set_properties(file: "WordFile", document: Document) -> None:
    day = dated(document.as_of)
    core = file.core_properties
    core.title, core.subject, core.language = fit(document.title)[:255], fit(document.kicker)[:255], document.language
    core.author, core.last_modified_by, core.comments = made_by(document), made_by(document), ""
    core.created = core.modified = day
    core.revision = 1


class _Writer:
    """One file being written; it knows what something leads to, and which of that has its mark."""

    def __init__(self, file: "WordFile", document: Document) -> None:
        self.file: Final = file
        self.document: Final = document
        self.marks: Final = marks(document)
        self.set_marks: list[str] = []
        self.styles: Final = {style.name or "": style.style_id for style in file.styles}
        self.across = False
        _page(file.sections[0], across=False)
        _header_and_footer(file.sections[0], document)

    def front(self) -> None:
        """Title, what it is, and what it is not."""
        self._line(plain(self.document.title), "Title")
        self._line(plain(self.document.kicker), "Subtitle")
        if self.document.as_of:
            self._line(plain(f"As of {self.document.as_of}"), "Subtitle")
        self._line(plain(self.document.caution), "Foedus Note")

    def section(self, section: Section) -> None:
        """A heading and all that stands under it."""
        across = turned(section.blocks, MOST_UPRIGHT)
        self._turn(across=across[0] if across else False)
        self._line(plain(section.title), "Heading 1", section.id)
        for block, lies in zip(section.blocks, across, strict=True):
            self._turn(across=lies)
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Heading(text, id, level):
                self._line(plain(text), f"Heading {min(max(level, 3), 4) - 1}", id)
            case Paragraph(line):
                self._line(line)
            case BulletList(items):
                for item in items:
                    self._line(item.line, "List Bullet")
            case Grid():
                for part, one in enumerate(side_by_side(block, MOST)):
                    self._grid(one, block.id if part == 0 else "")
            case Picture():
                self._picture(block)
            case Note():
                self._note(block)

    def _note(self, note: Note) -> None:
        self._line((Run(note.title, Style.STRONG),), "Foedus Note").paragraph_format.keep_with_next = bool(note.lines)
        for line in note.lines:
            self._line(line, "Foedus Note")

    def _picture(self, picture: Picture) -> None:
        png = picture.png()
        wide = Cm(SIDE - 2 * MARGIN).inches
        size = within(inches(png), wide, Cm(HEIGHT_OF_PICTURE).inches)
        paragraph = self.file.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(png), Inches(size[0]), Inches(size[1]))
        told = shape._inline.docPr  # noqa: SLF001  python-docx has no public name for the words of a picture
        told.set("name", f"picture {told.id}")
        told.set("title", fit(picture.caption))
        told.set("descr", fit(picture.alt))
        self._mark(paragraph, picture.id)
        self._line(plain(picture.caption), "Caption")

    def _grid(self, grid: Grid, id: str) -> None:
        self._line(plain(grid.title), "Caption", id).paragraph_format.keep_with_next = True
        if grid.words:
            self._line(plain(grid.words)).paragraph_format.keep_with_next = True
        if grid.legend:
            legend = [run for sign in grid.legend for run in (Run(sign.text, sign=sign), Run("   "))]
            self._line(tuple(legend[:-1])).paragraph_format.keep_with_next = True
        wide = Cm((LONG_SIDE if self.across else SIDE) - 2 * MARGIN)
        shares = [Emu(int(width)) for width in widths(grid, wide)]
        table: Any = self.file.add_table(1, len(grid.columns), "Foedus Table")
        table.autofit = False
        _describe(table, grid)
        for column, share in zip(table.columns, shares, strict=True):
            column.width = share
        heads = tuple(Cell(((Run(column.head, Style.STRONG),),)) for column in grid.columns)
        self._row(table.rows[0], heads, shares, "w:tblHeader")
        for row in grid.rows:
            written = table.add_row()
            self._row(written, (row.head, *row.cells), shares, "w:cantSplit")
            self._mark(written.cells[0].paragraphs[0], row.id)
        self._styled(self.file.add_paragraph(), "Foedus Gap")

    def _row(self, row: "TableRow", said: Sequence[Cell], shares: Sequence[Emu], way: str) -> None:
        row._tr.get_or_add_trPr().append(element(way))  # noqa: SLF001  no public name
        for cell, words, share in zip(row.cells, said, shares, strict=True):
            cell.width = share
            self._fill(cell, words)

    def _fill(self, cell: "_Cell", said: Cell) -> None:
        lines = ((Run(said.sign.text, sign=said.sign),), *said.lines) if said.sign else said.lines
        if said.sign is not None:
            shade(cell._tc.get_or_add_tcPr(), SHADES[said.sign.tone].ground)  # noqa: SLF001  no public name
        for number, line in enumerate(lines or ((),)):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            self._styled(paragraph, "Foedus Cell")
            self._runs(paragraph, line)

    def _line(self, line: Line, style: str = "Normal", id: str = "") -> "WordParagraph":
        paragraph = self._styled(self.file.add_paragraph(), style)
        self._runs(paragraph, line)
        self._mark(paragraph, id)
        return paragraph

    def _styled(self, paragraph: "WordParagraph", style: str) -> "WordParagraph":
        """Give a paragraph its style by its id: to look each up by its name takes longer than all else."""
        paragraph._p.style = self.styles[style]  # noqa: SLF001  no public name
        return paragraph

    def _runs(self, paragraph: "WordParagraph", line: Line) -> None:
        for run in line:
            written = paragraph.add_run(fit(run.text))
            written.bold = True if run.style is Style.STRONG else None
            written.italic = True if run.style is Style.TERM else None
            if style := _letters_of(run, linked=run.to in self.marks):
                written._r.style = self.styles[style]  # noqa: SLF001  as in _styled
            if right_to_left(run.text):
                written.font.rtl = True
            if run.to in self.marks:
                link = element("w:hyperlink", anchor=self.marks[run.to], history="1")
                written._r.addprevious(link)  # noqa: SLF001  python-docx reads links and does not make them
                link.append(written._r)  # noqa: SLF001
        if right_to_left("".join(run.text for run in line)):
            put(paragraph._p.get_or_add_pPr(), "w:bidi")  # noqa: SLF001  no public name

    def _mark(self, paragraph: "WordParagraph", id: str) -> None:
        """Set the mark that a link leads to, around a paragraph."""
        if id not in self.marks or id in self.set_marks:
            return
        self.set_marks.append(id)
        number = str(len(self.set_marks))
        start = element("w:bookmarkStart", id=number, name=self.marks[id])
        properties = paragraph._p.pPr  # noqa: SLF001  no public name
        if properties is not None:
            properties.addnext(start)
        else:
            paragraph._p.insert(0, start)  # noqa: SLF001
        paragraph._p.append(element("w:bookmarkEnd", id=number))  # noqa: SLF001

    def _turn(self, *, across: bool) -> None:
        """Go on with pages that stand upright or lie on their side."""
        if across != self.across:
            _page(self.file.add_section(WD_SECTION.NEW_PAGE), across=across)
            self.across = across


def _letters_of(run: Run, *, linked: bool) -> str:
    """The style of the letters of a run, or nothing where they are those of its paragraph."""
    if run.sign is not None:
        return tone_style(run.sign.tone)
    if linked:
        return LINKED
    return MONO if run.style is Style.CODE else ""


def _page(pages: "Pages", *, across: bool) -> None:
    pages.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    pages.page_width = Cm(LONG_SIDE if across else SIDE)
    pages.page_height = Cm(SIDE if across else LONG_SIDE)
    pages.left_margin = pages.right_margin = pages.top_margin = pages.bottom_margin = Cm(MARGIN)
    pages.header_distance = pages.footer_distance = Cm(1.0)


def _header_and_footer(pages: "Pages", document: Document) -> None:
    pages.header.paragraphs[0].add_run(fit(document.title))
    footer = pages.footer.paragraphs[0]
    footer.add_run(f"{made_by(document)}. Page ")
    for number, field in enumerate(("PAGE", "NUMPAGES")):
        if number:
            footer.add_run(" of ")
        simple = element("w:fldSimple", instr=field)
        footer._p.append(simple)  # noqa: SLF001  python-docx has no fields
        simple.append(footer.add_run("1")._r)  # noqa: SLF001


def _describe(table: "Table", grid: Grid) -> None:
    """The words of a table for whoever cannot see it, and which row and column are its heads."""
    properties: Any = table._tbl.tblPr  # noqa: SLF001  no public name
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    heads = {"firstRow": "1", "lastRow": "0", "firstColumn": "1", "lastColumn": "0", "noHBand": "1", "noVBand": "1"}
    properties.append(element("w:tblLook", val="04A0", **heads))
    properties.append(element("w:tblCaption", val=fit(grid.title)))
    properties.append(element("w:tblDescription", val=fit(grid.words or grid.title)))
