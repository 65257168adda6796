"""The brief as a PDF: set for paper, with an outline, links, and fonts of its own that nobody must install."""

import io
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    Image,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
    Table,
    TableStyle,
)

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
    Run,
    Section,
    Style,
    Tone,
    badge,
    plain,
)
from foedus.brief.formats.letters import fit
from foedus.brief.formats.paper import (
    LINE,
    LONG_SIDE,
    MARGIN,
    MOST,
    MOST_UPRIGHT,
    SHADES,
    SIDE,
    SOFT,
    WASH,
    inches,
    made_by,
    marks,
    side_by_side,
    turned,
    widths,
    within,
)
from foedus.brief.formats.pdf_styles import FONT, Words, around_text, styles, worded, words

UPRIGHT: Final = "upright"
ACROSS: Final = "across"
TOTAL: Final = "total"
PADDING: Final = 3.0
"""Points between the edge of a cell and its words."""
LONG: Final = 600
"""Letters in a cell from which on it is measured whether the cell is higher than a page."""
HIGHEST: Final = 400.0
"""Points: the highest that a row can be, well below what a page on its side holds."""
LONGEST_HEAD: Final = 160
"""Letters of the head of a column; a longer one is cut there, and stands whole above its table."""
LEAST_LEFT: Final = 3.2
"""Centimetres that must be left on a page to begin a table, a picture or a heading there."""


def render(document: Document) -> bytes:
    """The document as the bytes of a .pdf file."""
    styles()  # the fonts must be known before a page is begun
    out = io.BytesIO()
    _Pages(out, document).build(list(_story(document)), canvasmaker=_Paper)
    return out.getvalue()


class _Pages(BaseDocTemplate):
    """Pages upright and on their side, each with the title above and its number below."""

    def __init__(self, out: io.BytesIO, document: Document) -> None:
        self.told: Final = document
        super().__init__(
            out,
            pagesize=A4,
            title=fit(document.title),
            author=made_by(document),
            subject=fit(document.kicker),
            creator=made_by(document),
            lang=document.language,
            invariant=1,  # no time of the run, no number by chance
        )
        for name, size in ((UPRIGHT, A4), (ACROSS, landscape(A4))):
            edge = MARGIN * cm
            frame = Frame(edge, edge, size[0] - 2 * edge, size[1] - 2 * edge, 0, 0, 0, 0)
            self.addPageTemplates(PageTemplate(name, [frame], onPage=partial(self.around, size[1]), pagesize=size))

    def around(self, height: float, canvas: Canvas, _: BaseDocTemplate) -> None:
        """What stands around the text of a page."""
        canvas.saveState()
        canvas.setFont(FONT, 7)
        canvas.setFillColor(HexColor(f"#{SOFT}"))
        canvas.drawString(MARGIN * cm, height - 1.2 * cm, around_text(self.told.title, (SIDE - 2 * MARGIN) * cm, 7))
        told = f"{made_by(self.told)}. Page {canvas.getPageNumber()} of "
        canvas.drawString(MARGIN * cm, 1.1 * cm, told)
        canvas.translate(MARGIN * cm + canvas.stringWidth(told, FONT, 7), 1.1 * cm)
        canvas.doForm(TOTAL)
        canvas.restoreState()

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802  the name that reportlab calls
        """Put a heading into the outline."""
        if isinstance(flowable, _Headed) and flowable.key:
            self.canv.bookmarkPage(flowable.key)
            self.canv.addOutlineEntry(flowable.entry, flowable.key, flowable.depth, closed=flowable.depth > 0)


class _Paper(Canvas):
    """Says at the end how many pages there are, which is not known before."""

    def save(self) -> None:
        """Set the number that stands on every page, and write the file."""
        self.beginForm(TOTAL, 0, 0, 60, 10)
        self.setFont(FONT, 7)
        self.setFillColor(HexColor(f"#{SOFT}"))
        self.drawString(0, 0, str(self.getPageNumber() - 1))
        self.endForm()
        super().save()


class _Headed(Words):
    """A heading with its place in the outline."""

    key = ""
    entry = ""
    depth = 0


def _story(document: Document) -> Iterator[Flowable]:
    teller = _Teller(document)
    yield words(plain(document.title), "Title", {})
    yield words(plain(document.kicker), "Subtitle", {})
    if document.as_of:
        yield words(plain(f"As of {document.as_of}"), "Subtitle", {})
    yield Spacer(0, 6)
    yield words(plain(document.caution), "Note", {})
    for section in document.sections:
        yield from teller.section(section)


class _Teller:
    """What is said, one flowable after the other; it knows how the page lies, and how deep the outline is."""

    def __init__(self, document: Document) -> None:
        self.marks: Final = marks(document)
        self.across = False
        self.depth = -1
        self.heads = 0

    def section(self, section: Section) -> Iterator[Flowable]:
        """A heading and all that stands under it."""
        across = turned(section.blocks, MOST_UPRIGHT)
        yield from self._turn(across=across[0] if across else False)
        yield from self._headed(section.title, section.id, 1)
        for block, lies in zip(section.blocks, across, strict=True):
            yield from self._turn(across=lies)
            yield from self._block(block)

    def _turn(self, *, across: bool) -> Iterator[Flowable]:
        if across != self.across:
            self.across = across
            yield NextPageTemplate(ACROSS if across else UPRIGHT)
            yield PageBreak()

    def _headed(self, text: str, id: str, level: int) -> Iterator[Flowable]:
        yield CondPageBreak((LEAST_LEFT + 2) * cm)  # and never a heading without what it is the head of
        made = worded(_Headed, plain(text), f"Heading {level}", {}, self.marks.get(id, ""))
        self.heads += 1
        self.depth = min(level - 1, self.depth + 1)
        made.key, made.entry, made.depth = f"head_{self.heads}", _one_line(text, 200), self.depth
        yield made

    def _block(self, block: Block) -> Iterator[Flowable]:
        match block:
            case Heading(text, id, level):
                yield from self._headed(text, id, min(max(level, 3), 4) - 1)
            case Paragraph(line):
                yield words(line, "Normal", self.marks)
            case BulletList(items):
                for item in items:
                    yield words(item.line, "Bullet", self.marks)
                yield Spacer(0, 3)
            case Grid():
                for part, one in enumerate(side_by_side(block, MOST)):
                    yield from self._grid(one, block.id if part == 0 else "")
            case Picture():
                yield from self._picture(block)
            case Note():
                yield from self._note(block)

    def _note(self, note: Note) -> Iterator[Flowable]:
        yield Spacer(0, 4)
        # One paragraph, or the ground of each would cover the feet of the letters above it.
        lines = [run for line in note.lines for run in (Run("\n"), *line)]
        yield words((Run(note.title, Style.STRONG), *lines), "Note", self.marks)
        yield Spacer(0, 8)

    def _picture(self, picture: Picture) -> Iterator[Flowable]:
        png = picture.png()
        width, height = within(inches(png), (SIDE - 2 * MARGIN) / 2.54, (LONG_SIDE - 2 * MARGIN - 5) / 2.54)
        yield CondPageBreak(height * 72 + 2 * cm)
        yield Image(io.BytesIO(png), width * 72, height * 72, hAlign="LEFT")
        yield words(plain(picture.caption), "Caption", {}, self.marks.get(picture.id, ""))
        # A picture of this library carries no words for whoever cannot see it; they stand below for everybody.
        yield words(plain(f"In words: {picture.alt}"), "Small", {})

    def _grid(self, grid: Grid, id: str) -> Iterator[Flowable]:
        yield CondPageBreak(LEAST_LEFT * cm)
        yield words(plain(grid.title), "Caption", {}, self.marks.get(id, ""))
        if grid.words:
            yield words(plain(grid.words), "Small", {})
        if grid.legend:
            yield words(tuple(run for sign in grid.legend for run in (badge(sign), Run("  "))), "Small", {})
        for column in grid.columns:
            if len(column.head) > LONGEST_HEAD:  # it stands on every page of the table
                yield words(plain(f"In full: {column.head}"), "Small", {})
        shares = widths(grid, ((LONG_SIDE if self.across else SIDE) - 2 * MARGIN) * cm)
        rows = [
            [[words((Run(_one_line(column.head, LONGEST_HEAD), Style.STRONG),), "Cell", {})] for column in grid.columns]
        ]
        shaded = []
        for row in grid.rows:
            cells = (row.head, *row.cells)
            told = [
                self._cell(cell, self.marks.get(row.id, "") if place == 0 else "") for place, cell in enumerate(cells)
            ]
            for part in _low_enough(told, shares) if max(len(cell.text) for cell in cells) > LONG else [told]:
                shaded += [
                    (place, len(rows), cell.sign.tone) for place, cell in enumerate(cells) if cell.sign is not None
                ]
                rows.append(part)
        yield Table(rows, shares, style=_looks(shaded), repeatRows=1, hAlign="LEFT", spaceBefore=3, spaceAfter=8)

    def _cell(self, cell: Cell, mark: str) -> list[Words]:
        lines = ((badge(cell.sign),), *cell.lines) if cell.sign is not None else cell.lines or (plain(""),)
        return [words(line, "Cell", self.marks, mark if place == 0 else "") for place, line in enumerate(lines)]


def _low_enough(cells: list[list[Words]], shares: Sequence[float]) -> Iterator[list[list[Words]]]:
    """A row in as many rows as it takes for none to be higher than a page: a table is cut between rows alone."""
    while any(cells):
        yield [_taken(cell, share - 2 * PADDING) for cell, share in zip(cells, shares, strict=True)]


def _taken(cell: list[Words], width: float) -> list[Words]:
    """What of a cell goes into one row; it is taken away from the cell."""
    found: list[Words] = []
    left = HIGHEST
    while cell and left > 0:
        paragraph = cell.pop(0)
        _, height = paragraph.wrap(width, left)
        if height > left:
            paragraph, *rest = paragraph.split(width, left) or [paragraph]
            cell[:0] = rest
            if not rest and found:
                cell.insert(0, paragraph)
                return found
            left = 0
        found.append(paragraph)
        left -= height
    return found


def _looks(shaded: Sequence[tuple[int, int, Tone]]) -> TableStyle:
    """How a table looks; ``shaded`` are the columns and rows of the cells that have a tone."""
    grounds = [("BACKGROUND", (x, y), (x, y), HexColor(f"#{SHADES[tone].ground}")) for x, y, tone in shaded]
    whole: Final = ((0, 0), (-1, -1))
    paddings = [(f"{side}PADDING", *whole, PADDING) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    lines = ("GRID", *whole, 0.5, HexColor(f"#{LINE}"))
    head = ("BACKGROUND", (0, 0), (-1, 0), HexColor(f"#{WASH}"))
    return TableStyle([lines, head, ("VALIGN", *whole, "TOP"), *paddings, *grounds])


def _one_line(text: str, most: int) -> str:
    """A text for a place that has one line and no more."""
    told = " ".join(fit(text).split())
    return told if len(told) <= most else told[: most - 1] + "…"
