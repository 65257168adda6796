"""Lines of text with styles: what the author wrote in `backticks` is set as it stands in the file."""

import re
from collections.abc import Iterable
from typing import Final

from foedus.brief.document import BulletList, Cell, Item, Line, Run, Sign, Style, Tone
from foedus.brief.records import Fact, Mark, TableCell
from foedus.brief.records import Table as KeptTable

NAMELESS: Final = TableCell("–")
"""Heads a row that names nobody: a head without words is nothing to whoever has the table read aloud."""
BACKTICKS: Final = re.compile(r"`([^`]+)`")


def told(text: str) -> Line:
    """A text as a line."""
    found: list[Run] = []
    for place, part in enumerate(BACKTICKS.split(text)):
        if part:
            found.append(Run(part, Style.CODE if place % 2 else Style.PLAIN))
    return tuple(found)


def labelled(label: str, text: str) -> Line:
    """A text after its label."""
    return (Run(f"{label}: ", Style.STRONG), *told(text))


def sign_of(mark: Mark) -> Sign:
    """A mark of the page as a sign of the brief."""
    return Sign(mark.word, Tone(mark.tone), mark.sign)


def cell(*lines: str, sign: Sign | None = None, basis: tuple[str, ...] = ()) -> Cell:
    """A cell of plain lines; empty ones are left out."""
    return Cell(tuple(told(line) for line in lines if line), sign, basis)


def fact_list(facts: Iterable[Fact], basis: tuple[str, ...] = ()) -> BulletList:
    """Facts as a list: one line beside its label, several each with it."""
    return BulletList(tuple(Item(labelled(fact.label, line)) for fact in facts for line in fact.lines), basis)


def kept_cell(kept: TableCell) -> Cell:
    """A cell of a kept table, with its sources under it, each leading to its place in the list."""
    refs = tuple(
        (Run(ref.words, to=ref.anchor), Run(" (verified)" if ref.verified else " (unverified)")) for ref in kept.refs
    )
    lines = (told(kept.text),) if kept.text else ()
    return Cell((*lines, *refs), basis=tuple(f"source:{ref.anchor}" for ref in kept.refs))


def kept_rows(table: KeptTable) -> tuple[tuple[Cell, tuple[Cell, ...]], ...]:
    """The rows of a kept table, each as its head and its other cells."""
    named = ((row[0] if row[0].text or row[0].refs else NAMELESS, row[1:]) for row in table.rows)
    return tuple((kept_cell(head), tuple(kept_cell(one) for one in rest)) for head, rest in named)
