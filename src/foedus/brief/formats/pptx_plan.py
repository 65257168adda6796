"""Which slides the brief has: one message each, long tables and texts over several, measured before anything is set.

Nobody knows how wide letters are on the machine that shows the slides, so they are taken wider than they are.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final
from unicodedata import east_asian_width

from foedus.brief.document import (
    Block,
    BulletList,
    Cell,
    Column,
    Document,
    Grid,
    Heading,
    Line,
    Note,
    Paragraph,
    Picture,
    Row,
    Run,
    Section,
    Style,
    badge,
    line_text,
    plain,
)
from foedus.brief.formats.paper import side_by_side, widths

WIDE: Final = 13.333
HIGH: Final = 7.5
EDGE: Final = 0.5
TOP: Final = 1.4
BELOW: Final = 6.85
"""Inches: a slide of 16 to 9, its edge, and between which heights its body stands."""
ACROSS: Final = WIDE - 2 * EDGE
BODY: Final = 14.0
TABLE: Final = 10.0
SMALL: Final = 10.0
"""Points: letters of a text, of a table, and of what stands above it."""
LEADING: Final = 1.2
AFTER: Final = 5.0
PADDING: Final = 0.06
"""Of a line as a part of its letters; points after a paragraph; inches between the edge of a cell and its words."""
COLUMNS: Final = 7
TITLE: Final = 62.0
HEAD: Final = 48.0
WORDS: Final = 150.0
"""Columns that a slide holds; ems of a title, of the head of a column, and of what is said above a table."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One paragraph of a slide."""

    line: Line
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: its title, then text, a table or a picture; ``notes`` stand below it, for whoever speaks."""

    title: str
    entries: tuple[Entry, ...] = ()
    table: Grid | None = None
    picture: Picture | None = None
    opens: bool = False
    notes: tuple[str, ...] = ()


def slides(document: Document) -> Iterator[Slide]:
    """Return all slides after the first, in the order in which they are shown."""
    for section in document.sections:
        yield _titled(Slide(section.title, opens=True))
        yield from _numbered(list(_section(section)))


def lines_in(text: str, width: float, size: float) -> int:
    """How many lines a text takes in a width in inches, in letters of a size in points; at least one."""
    room = width * 72 / size * 0.9  # a line ends where a word does
    return sum(max(1, ceil(ems(part) / room)) for part in text.split("\n"))


def ems(text: str) -> float:
    """How wide a text is, of the size of its letters: by the wider of the fonts that an office has."""
    return sum(
        1.05 if east_asian_width(one) in "WF" else 0.75 if one.isupper() or one in "mw%@—" else 0.54 for one in text
    )


def _section(section: Section) -> Iterator[Slide]:
    title, above_it, waiting, basis = section.title, "", list[Entry](), list[str]()
    for block in section.blocks:
        if isinstance(block, Heading | Grid | Picture):
            yield from _told(title, waiting, basis)
            waiting, basis = [], []
        match block:
            case Heading(text, _, level):
                above_it = text if level < 4 else above_it
                title = text if above_it in ("", text) else f"{above_it}: {text}"
                basis = list(block.basis)
            case Grid():
                for part in side_by_side(block, COLUMNS):
                    yield from _tables(part)
            case Picture():
                notes = (block.alt, *_rests(block.basis))
                yield _titled(Slide(block.caption, picture=block, notes=notes))
            case _:
                waiting += _entries(block)
                basis += _bases(block)
    yield from _told(title, waiting, basis)


def _entries(block: Block) -> Iterator[Entry]:
    match block:
        case Paragraph(line):
            yield Entry(line)
        case BulletList(items):
            yield from (Entry(item.line, bullet=True) for item in items)
        case Note():
            yield Entry((Run(block.title, Style.STRONG),))
            yield from (Entry(line, bullet=True) for line in block.lines)
        case _:
            return


def _bases(block: Block) -> Iterator[str]:
    yield from block.basis
    if isinstance(block, BulletList):
        for item in block.items:
            yield from item.basis


def _told(title: str, entries: Sequence[Entry], basis: Sequence[str]) -> Iterator[Slide]:
    """Text on as many slides as it takes."""
    room = (BELOW - TOP) * 72
    found: list[Entry] = []
    left = room
    for entry in [piece for whole in entries for piece in _pieces(whole, room)]:
        height = lines_in(line_text(entry.line), ACROSS - 0.4, BODY) * BODY * LEADING + AFTER
        if found and height > left:
            yield _titled(Slide(title, tuple(found), notes=_rests(basis)))
            found, left = [], room
        found.append(entry)
        left -= height
    if found:
        yield _titled(Slide(title, tuple(found), notes=_rests(basis)))


def _pieces(entry: Entry, room: float) -> Iterator[Entry]:
    """A paragraph in pieces of which each fits a slide."""
    most = (ACROSS - 0.4) * 72 / BODY * 0.9 * (room / (BODY * LEADING) - 2)
    for number, line in enumerate(cut(entry.line, most)):
        yield Entry(line, entry.bullet and number == 0)


def cut(line: Line, most: float) -> list[Line]:
    """A line in pieces of at most so many ems, ended between words where there is a space."""
    pieces: list[Line] = []
    now: list[Run] = []
    left = most
    for run in line:
        text = run.text
        while ems(text) > left:
            end = _fitting(text, left)
            if end == 0 and not now:
                end = 1
            now += [replace(run, text=text[:end])] if end else []
            pieces.append(tuple(now))
            now, left, text = [], most, text[end:]
        now.append(replace(run, text=text))
        left -= ems(text)
    return [*pieces, tuple(now)]


def _fitting(text: str, most: float) -> int:
    """How many letters of a text fit so many ems: up to the last space, if one is not far."""
    wide, end = 0.0, 0
    for letter in text:
        wide += ems(letter)
        if wide > most:
            break
        end += 1
    space = text.rfind(" ", max(0, end - 40), end)
    return space + 1 if space > 0 else end


def _tables(grid: Grid) -> Iterator[Slide]:
    """A table on as many slides as it takes; every one begins with the heads of the columns."""
    shares = widths(grid, ACROSS)
    heads = tuple(replace(column, head=shortened(column.head, HEAD)) for column in grid.columns)
    said = (grid.words, *(column.head for column in grid.columns if ems(column.head) > HEAD))
    room = (BELOW - TOP) * 72 - _height([plain(column.head) for column in heads], shares)
    room -= above(grid) * 72
    found: list[Row] = []
    left = room
    for row in [piece for whole in grid.rows for piece in _rows(whole, shares, room)]:
        height = _row_height(row, shares)
        if found and height > left:
            yield _table(grid, heads, found, said)
            found, left = [], room
        found.append(row)
        left -= height
    yield _table(grid, heads, found, said)


def _table(grid: Grid, heads: tuple[Column, ...], rows: Sequence[Row], said: Sequence[str]) -> Slide:
    bases = [one for row in rows for cell in (row.head, *row.cells) for one in cell.basis]
    part = replace(grid, columns=heads, rows=tuple(rows))
    return _titled(Slide(grid.title, table=part, notes=(*filter(None, said), *_rests([*grid.basis, *bases]))))


def above(grid: Grid) -> float:
    """How high is what stands above a table, in inches."""
    words = lines_in(shortened(grid.words, WORDS), ACROSS, SMALL) * SMALL * LEADING / 72 if grid.words else 0
    legend = SMALL * LEADING / 72 + 0.05 if grid.legend else 0
    return words + legend + 0.08 if words or legend else 0


def _rows(row: Row, shares: Sequence[float], room: float) -> Iterator[Row]:
    """A row, or where it is higher than a slide several, each holding what fits of every cell."""
    if _row_height(row, shares) <= room:
        yield row
        return
    columns = [list(_packed(cell, share, room)) for cell, share in zip((row.head, *row.cells), shares, strict=True)]
    for number in range(max(map(len, columns))):
        cells = [column[number] if number < len(column) else Cell() for column in columns]
        yield Row(cells[0], tuple(cells[1:]), row.id if number == 0 else "")


def _packed(cell: Cell, share: float, room: float) -> Iterator[Cell]:
    """A cell in pieces of which each fits the height of a slide."""
    most = max(1.0, (share - 2 * PADDING) * 72 / TABLE * 0.9)
    rows = max(1, int(room / (TABLE * LEADING)) - 3)
    found: list[Line] = []
    left = rows
    for line in [piece for whole in cell.lines for piece in cut(whole, most * rows)]:
        takes = lines_in(line_text(line), share - 2 * PADDING, TABLE)
        if found and takes > left:
            yield replace(cell, lines=tuple(found))
            found, left = [], rows
        found.append(line)
        left -= takes
    yield replace(cell, lines=tuple(found))


def cell_lines(cell: Cell) -> tuple[Line, ...]:
    """The paragraphs of a cell, its sign first."""
    return ((badge(cell.sign),), *cell.lines) if cell.sign is not None else cell.lines


def _row_height(row: Row, shares: Sequence[float]) -> float:
    cells = (row.head, *row.cells)
    return max(
        _height(cell_lines(cell), [share] * len(cell_lines(cell)), add=True)
        for cell, share in zip(cells, shares, strict=True)
    )


def _height(lines: Sequence[Line], shares: Sequence[float], *, add: bool = False) -> float:
    """Points that a row takes: of lines that stand beside each other the highest, or of one cell all together."""
    found = [lines_in(line_text(line), share - 2 * PADDING, TABLE) for line, share in zip(lines, shares, strict=True)]
    return (sum(found) if add else max(found, default=1)) * TABLE * LEADING + 2 * PADDING * 72


def _titled(slide: Slide) -> Slide:
    """A slide whose title fits its place; a longer one stands whole in the notes."""
    told = shortened(slide.title, TITLE)
    return slide if told == slide.title else replace(slide, title=told, notes=(slide.title, *slide.notes))


def shortened(text: str, most: float) -> str:
    """A text of one line and at most so many ems."""
    told = " ".join(text.split())
    return told if ems(told) <= most else told[: _fitting(told, most - 1)].rstrip() + "…"


def _rests(basis: Iterable[str]) -> tuple[str, ...]:
    told = list(dict.fromkeys(basis))
    return (f"Rests on: {', '.join(told)}",) if told else ()


def _numbered(found: Sequence[Slide]) -> Iterator[Slide]:
    """Slides of one title one after the other say which of how many each is."""
    start = 0
    while start < len(found):
        end = start
        while end < len(found) and found[end].title == found[start].title:
            end += 1
        for number in range(start, end):
            one = found[number]
            which = f" ({number - start + 1} of {end - start})" if end - start > 1 else ""
            yield replace(one, title=one.title + which)
        start = end
