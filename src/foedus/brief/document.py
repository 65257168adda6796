"""The brief as plain frozen records: what it says, in the order in which it is read, before any format is chosen.

A format reads these records alone. Whatever looks different in two of them (a badge, a shaded cell, a landscape page)
follows from what a record means, so none of them has a field that only one format would read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

PNG_DPI: Final = 200
"""Dots in an inch of a picture as PNG, so that a format knows how large it was meant."""


class Tone(StrEnum):
    """What a colour means. It never stands alone: whatever has a tone has a word and a sign that say the same."""

    GOOD = "good"
    BAD = "bad"
    OPEN = "open"
    NONE = "none"


class Style(StrEnum):
    """How words within a line are set apart."""

    PLAIN = "plain"
    STRONG = "strong"
    TERM = "term"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Sign:
    """A verdict as a word, with a sign and a tone that stand for it as well. The sign tells it in black and white."""

    word: str
    tone: Tone
    sign: str

    @property
    def text(self) -> str:
        """The sign and its word, for a format without badges."""
        return f"{self.sign} {self.word}"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one style. ``to`` is the id of a section, heading, grid or row that they lead to."""

    text: str
    style: Style = Style.PLAIN
    sign: Sign | None = None
    to: str = ""


Line = tuple[Run, ...]
"""One line of text; a run with a ``sign`` is a badge, and its ``text`` is that sign's."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section: ``level`` 3 or 4 (1 is the title, 2 a section)."""

    text: str
    id: str = ""
    level: int = 3
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. Of the bottom line each sentence is one, so that each has a basis of its own."""

    line: Line
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list."""

    line: Line
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list without order."""

    items: tuple[Item, ...]
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; ``share`` is how wide it would like to be, beside the others of its grid."""

    head: str
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: lines of text, under the sign that its colour stands for, if it has one."""

    lines: tuple[Line, ...] = ()
    sign: Sign | None = None
    basis: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All words of the cell, the sign first, one line under the other."""
        told = [line_text(line) for line in self.lines]
        return "\n".join([self.sign.text, *told] if self.sign is not None else told)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``head`` stands in the first column and names it; ``id`` is what a run may lead to."""

    head: Cell
    cells: tuple[Cell, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: ``columns`` are its header row, the first of them over the heads of the rows; a row fills them all.

    ``words`` says what it shows and how to read it; a sign in a cell is explained in ``legend``.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    words: str = ""
    legend: tuple[Sign, ...] = ()
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is drawn when a format asks for it: ``draw`` takes ``svg`` or ``png`` and returns the bytes.

    ``alt`` says in words all that the picture shows.
    """

    id: str
    caption: str
    alt: str
    draw: Callable[[str], bytes] = field(repr=False, compare=False)
    basis: tuple[str, ...] = ()

    def svg(self) -> str:
        """The picture as the text of an SVG file, as wide as it wants to be at 72 dots an inch."""
        return self.draw("svg").decode()

    def png(self) -> bytes:
        """The picture as PNG, ``PNG_DPI`` dots an inch."""
        return self.draw("png")


class NoteKind(StrEnum):
    """Why a note stands beside the text."""

    ASSUMPTIONS = "assumptions"
    CAUTION = "caution"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Note:
    """What must be read beside a part: what it assumes, a caution, or why a stage was skipped."""

    kind: NoteKind
    title: str
    lines: tuple[Line, ...]
    basis: tuple[str, ...] = ()


Block = Heading | Paragraph | BulletList | Grid | Picture | Note


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the brief under its own heading."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole brief. ``results`` is what every stage found, as plain data: what the JSON holds and tests compare.

    ``as_of`` is the day that the case binds, empty where it names none; no day of writing is kept, so that the same
    case gives the same bytes.
    """

    title: str
    kicker: str
    as_of: str
    audience: str
    sections: tuple[Section, ...]
    caution: str
    version: str
    language: str = "en"
    results: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def blocks(self) -> Iterator[Block]:
        """All blocks, in the order in which they are read."""
        for section in self.sections:
            yield from section.blocks


def line_text(line: Line) -> str:
    """The words of a line without their styles."""
    return "".join(run.text for run in line)


def plain(text: str) -> Line:
    """A line of one style."""
    return (Run(text),)


def badge(sign: Sign) -> Run:
    """A sign within a line."""
    return Run(sign.text, sign=sign)


__all__ = [
    "PNG_DPI",
    "Block",
    "BulletList",
    "Cell",
    "Column",
    "Document",
    "Grid",
    "Heading",
    "Item",
    "Line",
    "Note",
    "NoteKind",
    "Paragraph",
    "Picture",
    "Row",
    "Run",
    "Section",
    "Sign",
    "Style",
    "Tone",
    "badge",
    "line_text",
    "plain",
]
