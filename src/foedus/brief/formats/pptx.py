"""The brief as slides: real layouts and tables, pictures with words, and in the notes what each slide rests on."""

import io
from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Final, TypeAlias

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from foedus.brief.document import Cell, Document, Grid, Line, Picture, Run, Style, badge, plain
from foedus.brief.formats.archive import steady
from foedus.brief.formats.letters import fit, right_to_left
from foedus.brief.formats.paper import INK, SHADES, SOFT, WASH, dated, inches, made_by, widths, within
from foedus.brief.formats.pptx_plan import (
    ACROSS,
    BELOW,
    BODY,
    EDGE,
    HIGH,
    PADDING,
    SMALL,
    TABLE,
    TOP,
    WIDE,
    WORDS,
    Slide,
    above,
    cell_lines,
    shortened,
    slides,
)

Part: TypeAlias = Any
"""A deck or a part of it, whose types python-pptx tells by half."""

FIRST: Final = 0
TEXT: Final = 1
OPENING: Final = 2
TITLE_ONLY: Final = 5
"""The layouts of the deck that the library brings, by their places in it."""
RULED: Final = "{5940675A-B579-460E-94D1-54222C63F5DA}"
"""The table style that PowerPoint calls `No Style, Table Grid`."""
AROUND: Final = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
SIZES: Final = (("p:titleStyle", 24), ("p:bodyStyle", BODY))


def render(document: Document) -> bytes:
    """The document as the bytes of a .pptx file."""
    deck: Part = pptx.Presentation()
    _set_properties(deck, document)
    _set_layouts(deck)
    writer = _Writer(deck, document)
    writer.first()
    for slide in slides(document):
        writer.slide(slide)
    out = io.BytesIO()
    deck.save(out)
    return steady(out.getvalue())


def _set_properties(deck: Part, document: Document) -> None:
    core = deck.core_properties
    core.title, core.subject, core.language = fit(document.title)[:255], fit(document.kicker)[:255], document.language
    core.author, core.last_modified_by, core.comments = made_by(document), made_by(document), ""
    core.created = core.modified = dated(document.as_of)
    core.revision = 1


def _set_layouts(deck: Part) -> None:
    """Slides of 16 to 9, with titles above and left, and letters that leave room for what is said."""
    wider = Inches(WIDE) / deck.slide_width
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            if shape._element.spPr.xfrm is not None:  # noqa: SLF001  else it stands where its master has it
                shape.left, shape.width = int(shape.left * wider), int(shape.width * wider)
    for page in (deck.slide_master, deck.slide_layouts[TEXT], deck.slide_layouts[TITLE_ONLY]):
        for shape in page.placeholders:
            kind = shape.placeholder_format.type
            if kind == PP_PLACEHOLDER.TITLE:
                shape.left, shape.top, shape.width, shape.height = map(Inches, (EDGE, 0.35, ACROSS, 0.9))
            elif kind in (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT):
                shape.left, shape.top, shape.width, shape.height = map(Inches, (EDGE, TOP, ACROSS, BELOW - TOP))
    styles = deck.slide_master._element.find(qn("p:txStyles"))  # noqa: SLF001  no public name
    for name, size in SIZES:
        first = styles.find(qn(name)).find(qn("a:lvl1pPr"))
        first.set("algn", "l")
        first.find(qn("a:defRPr")).set("sz", str(int(size * 100)))
    body = styles.find(qn("p:bodyStyle")).find(qn("a:lvl1pPr"))
    body.set("marL", "180000")
    body.set("indent", "-180000")


class _Writer:
    """One deck being written."""

    def __init__(self, deck: Part, document: Document) -> None:
        self.deck: Final = deck
        self.document: Final = document

    def first(self) -> None:
        """The slide that says what this is, and what it is not."""
        document = self.document
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[FIRST])
        self._title(slide, document.title, 36 if len(document.title) < 80 else 24)
        frame = slide.placeholders[1].text_frame
        lines = [document.kicker, f"As of {document.as_of}" if document.as_of else "", document.caution]
        for number, line in enumerate(filter(None, lines)):
            self._paragraph(frame, plain(line), 16, first=number == 0)
        self._notes(slide, [document.title, made_by(document)])

    def slide(self, slide: Slide) -> None:
        """One slide of the plan."""
        layout = OPENING if slide.opens else TEXT if slide.entries else TITLE_ONLY
        written = self.deck.slides.add_slide(self.deck.slide_layouts[layout])
        self._title(written, slide.title, 32 if slide.opens else None)
        if slide.entries:
            frame = written.placeholders[1].text_frame
            frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
            for number, entry in enumerate(slide.entries):
                paragraph = self._paragraph(frame, entry.line, BODY, first=number == 0)
                if not entry.bullet:
                    _without_bullet(paragraph)
        if slide.opens:
            _remove(written.placeholders[1])
        if slide.table is not None:
            self._table(written, slide.table)
        if slide.picture is not None:
            self._picture(written, slide.picture)
        self._around(written)
        self._notes(written, slide.notes)

    def _title(self, slide: Part, text: str, size: float | None) -> None:
        frame = slide.shapes.title.text_frame
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        self._paragraph(frame, (Run(text, Style.STRONG),), size, first=True)

    def _table(self, slide: Part, grid: Grid) -> None:
        top = TOP
        if grid.words or grid.legend:
            top += self._above(slide, grid)
        shape = slide.shapes.add_table(
            len(grid.rows) + 1, len(grid.columns), *map(Inches, (EDGE, top, ACROSS, 0.3 * (len(grid.rows) + 1)))
        )
        _tell(shape._element.nvGraphicFramePr.cNvPr, grid.title, grid.words or grid.title)  # noqa: SLF001  no public name
        table = shape.table
        table.first_row, table.first_col, table.horz_banding = True, True, False
        table._tbl.tblPr.find(qn("a:tableStyleId")).text = RULED  # noqa: SLF001  no public name
        for column, width in zip(table.columns, widths(grid, ACROSS), strict=True):
            column.width = Inches(width)
        for place, column in enumerate(grid.columns):
            self._cell(table.cell(0, place), Cell(((Run(column.head, Style.STRONG),),)), WASH)
        for y, row in enumerate(grid.rows, start=1):
            table.rows[y].height = Inches(0.25)  # PowerPoint makes it as high as its words need
            for x, cell in enumerate((row.head, *row.cells)):
                ground = SHADES[cell.sign.tone].ground if cell.sign is not None else "FFFFFF"
                self._cell(table.cell(y, x), cell, ground)

    def _above(self, slide: Part, grid: Grid) -> float:
        """What is said above a table; how high that is, in inches."""
        words = shortened(grid.words, WORDS)
        height = above(grid)
        frame = slide.shapes.add_textbox(*map(Inches, (EDGE, TOP, ACROSS, height))).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        if words:
            self._paragraph(frame, plain(words), SMALL, first=True, colour=SOFT)
        if grid.legend:
            legend = tuple(run for sign in grid.legend for run in (badge(sign), Run("    ")))
            self._paragraph(frame, legend, SMALL, first=not words)
        return height

    def _cell(self, written: Part, cell: Cell, ground: str) -> None:
        written.fill.solid()
        written.fill.fore_color.rgb = _colour(ground)
        written.margin_left = written.margin_right = Inches(PADDING)
        written.margin_top = written.margin_bottom = Inches(PADDING / 2)
        for number, line in enumerate(cell_lines(cell) or (plain(""),)):
            self._paragraph(written.text_frame, line, TABLE, first=number == 0)

    def _picture(self, slide: Part, picture: Picture) -> None:
        png = picture.png()
        natural = inches(png)
        room = (ACROSS, BELOW - TOP)
        larger = min(room[0] / natural[0], room[1] / natural[1], 1.4)
        width, height = within((natural[0] * larger, natural[1] * larger), *room)
        place = (EDGE + (ACROSS - width) / 2, TOP, width, height)
        shape = slide.shapes.add_picture(io.BytesIO(png), *map(Inches, place))
        _tell(shape._element.nvPicPr.cNvPr, picture.caption, picture.alt)  # noqa: SLF001  no public name

    def _around(self, slide: Part) -> None:
        """The line below with the number of the slide, which a slide does not take from its layout by itself."""
        for shape in slide.slide_layout.placeholders:
            if shape.placeholder_format.type in AROUND:
                copied = deepcopy(shape._element)  # noqa: SLF001  no public name
                slide.shapes._spTree.append(copied)  # noqa: SLF001
                copied.nvSpPr.cNvPr.set("id", str(len(slide.shapes) + 100))
                if shape.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
                    for text in copied.iter(qn("a:p")):
                        for run in list(text):
                            text.remove(run)
                    footer: Part = slide.shapes[len(slide.shapes) - 1]
                    self._paragraph(footer.text_frame, plain(made_by(self.document)), 9, first=True, colour=SOFT)

    def _notes(self, slide: Part, notes: Sequence[str]) -> None:
        if not notes:
            return
        frame = slide.notes_slide.notes_text_frame
        for number, note in enumerate(notes):
            self._paragraph(frame, plain(note), None, first=number == 0)

    def _paragraph(self, frame: Part, line: Line, size: float | None, *, first: bool, colour: str = INK) -> Part:
        paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
        for run in line:
            self._run(paragraph, run, size, colour)
        if right_to_left("".join(run.text for run in line)):
            paragraph.alignment = PP_ALIGN.RIGHT
            paragraph._p.get_or_add_pPr().set("rtl", "1")  # noqa: SLF001  no public name
        return paragraph

    def _run(self, paragraph: Part, run: Run, size: float | None, colour: str) -> None:
        for number, part in enumerate(fit(run.text).split("\n")):
            if number:
                paragraph.add_line_break()
            written = paragraph.add_run()
            written.text = part
            written.font.color.rgb = _colour(SHADES[run.sign.tone].edge if run.sign is not None else colour)
            if size is not None:
                written.font.size = Pt(size)
            if run.sign is not None or run.style is Style.STRONG:
                written.font.bold = True
            if run.style is Style.TERM:
                written.font.italic = True
            if run.style is Style.CODE:
                written.font.name = "Consolas"
            written._r.get_or_add_rPr().set("lang", self.document.language)  # noqa: SLF001  languages beyond its list


def _colour(colour: str) -> Part:
    colours: Part = RGBColor  # which python-pptx gives no types
    return colours(*bytes.fromhex(colour))


def _without_bullet(paragraph: Part) -> None:
    properties: Part = paragraph._p.get_or_add_pPr()  # noqa: SLF001  no public name
    properties.set("marL", "0")
    properties.set("indent", "0")
    properties.insert(0, properties.makeelement(qn("a:buNone"), {}))


def _remove(shape: Part) -> None:
    shape._element.getparent().remove(shape._element)  # noqa: SLF001  python-pptx removes no shapes


def _tell(properties: Part, title: str, words: str) -> None:
    """Say in words what is shown, for whoever cannot see it."""
    properties.set("title", fit(title))
    properties.set("descr", fit(words))
