"""What the formats of an office share: colours, the date of a file, sizes of pictures, tables too wide for a page."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import ceil
from typing import Final

from foedus.brief.document import (
    PNG_DPI,
    Block,
    BulletList,
    Document,
    Grid,
    Heading,
    Line,
    Note,
    Paragraph,
    Picture,
    Tone,
)
from foedus.brief.formats.letters import fit

INK: Final = "1B1F24"
SOFT: Final = "4F5963"
LINE: Final = "C9CFD6"
WASH: Final = "F4F6F8"
LINK: Final = "174EA6"
"""Red, green and blue, two digits each, as on the page: text, text of less weight, rules, shaded ground, links."""


@dataclass(frozen=True, slots=True)
class Shade:
    """The ground and the edge of what has a tone. All grounds are light: black text stays black on white in grey."""

    ground: str
    edge: str


SHADES: Final = {
    Tone.GOOD: Shade("DCECF9", "1F6FB2"),
    Tone.BAD: Shade("FDE3D3", "B3450E"),
    Tone.OPEN: Shade("FFF3C9", "8A6A00"),
    Tone.NONE: Shade("ECEFF2", "69737D"),
}

SIDE: Final = 21.0
LONG_SIDE: Final = 29.7
MARGIN: Final = 2.0
"""Centimetres: a page of A4, and what is left free around its text."""
MOST_UPRIGHT: Final = 6
MOST: Final = 8
"""Columns that an upright page holds, and one on its side; a wider table comes in parts."""

UNDATED: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of a file whose case binds no day."""


def dated(as_of: str) -> datetime:
    """The day that a case binds as the date of its file: the time of the run would make each run another file."""
    try:
        day = datetime.fromisoformat(as_of)
    except ValueError:
        return UNDATED
    return day.replace(tzinfo=UTC)


def made_by(document: Document) -> str:
    """What wrote the file, for its footer and its properties."""
    return fit(f"Foedus {document.version}")[:80]


def inches(png: bytes) -> tuple[float, float]:
    """How wide and how high a picture is meant to be, in inches, by the head of its PNG (PNG specification §11.2.2)."""
    width, height = struct.unpack(">II", png[16:24])
    return width / PNG_DPI, height / PNG_DPI


def within(size: tuple[float, float], width: float, height: float) -> tuple[float, float]:
    """A size made no larger than a width and a height, and never larger than it was."""
    scale = min(1.0, width / size[0], height / size[1])
    return size[0] * scale, size[1] * scale


def side_by_side(grid: Grid, most: int) -> Iterator[Grid]:
    """A grid in parts of at most so many columns, as even as can be; every part begins with the heads of the rows."""
    others = len(grid.columns) - 1
    count = max(1, ceil(others / (most - 1)))
    for part in range(count):
        start, end = part * others // count, (part + 1) * others // count
        yield replace(
            grid,
            title=grid.title if count == 1 else f"{grid.title} (part {part + 1} of {count})",
            columns=(grid.columns[0], *grid.columns[1 + start : 1 + end]),
            rows=tuple(replace(row, cells=row.cells[start:end], id=row.id if part == 0 else "") for row in grid.rows),
            words=grid.words if part == 0 else "",
            legend=grid.legend if part == 0 else (),
        )


def widths(grid: Grid, width: float, least: float = 0.06) -> list[float]:
    """How wide each column is, of a width to share: as the columns ask, and none narrower than a part of the whole."""
    total = sum(max(column.share, 0.0) for column in grid.columns) or 1.0
    wanted = [max(column.share / total, least) for column in grid.columns]
    return [one / sum(wanted) * width for one in wanted]


def turned(blocks: Sequence[Block], most: int) -> list[bool]:
    """For each block whether its page lies on its side: for tables of more columns, and what leads to them."""
    found: list[bool] = []
    for block in reversed(blocks):
        if isinstance(block, Grid):
            found.append(len(block.columns) > most)
        else:
            found.append(bool(found) and found[-1] and isinstance(block, Heading | Note | Paragraph))
    return found[::-1]


def marks(document: Document) -> dict[str, str]:
    """For each id that a run leads to, a name that every format takes: letters and digits."""
    led_to = {run.to for line in _lines(document) for run in line} - {""}
    ids = [id for id in _ids(document) if id in led_to]
    return {id: f"mark_{number}" for number, id in enumerate(dict.fromkeys(ids), start=1)}


def _ids(document: Document) -> Iterator[str]:
    for section in document.sections:
        yield section.id
        for block in section.blocks:
            if isinstance(block, Heading | Grid | Picture):
                yield block.id
            if isinstance(block, Grid):
                yield from (row.id for row in block.rows)


def _lines(document: Document) -> Iterator[Line]:
    for block in document.blocks():
        match block:
            case Paragraph(line):
                yield line
            case BulletList(items):
                yield from (item.line for item in items)
            case Note():
                yield from block.lines
            case Grid():
                for row in block.rows:
                    for cell in (row.head, *row.cells):
                        yield from cell.lines
            case _:
                pass
