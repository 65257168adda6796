"""The brief as Markdown: headings, real tables, and pictures told in words, since the file stands alone."""

import re
from collections.abc import Iterator
from typing import Final

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
)

SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
AT_START: Final = re.compile(r"^(\s*)([-+=>]|\d+[.)])(?=\s|$|[-+=>])")


def render(document: Document) -> bytes:
    """Return the document as Markdown (GitHub's tables) in UTF-8."""
    return ("\n\n".join(_parts(document)) + "\n").encode()


def _parts(document: Document) -> Iterator[str]:
    yield f"# {escaped(document.title)}"
    yield f"*{escaped(document.kicker)}*"
    if document.as_of:
        yield f"As of {escaped(document.as_of)}. What is dated later is left out or marked."
    for section in document.sections:
        yield from _section(section)
    yield "---"
    yield escaped(f"{document.caution} Foedus {document.version}.")


def _section(section: Section) -> Iterator[str]:
    yield f"## {escaped(section.title)}"
    for block in section.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {escaped(block.text)}"
        case Paragraph():
            yield _line(block.line)
        case BulletList():
            yield "\n".join(f"- {_line(item.line)}" for item in block.items)
        case Grid():
            yield from _grid(block)
        case Picture():
            yield f"*Picture: {escaped(block.caption)}.* {escaped(block.alt)}"
        case Note():
            lines = [f"**{escaped(block.title)}**", *(_line(line) for line in block.lines)]
            yield "\n>\n".join(f"> {line}" for line in lines)


def _grid(grid: Grid) -> Iterator[str]:
    yield f"**{escaped(grid.title)}**" + (f" {escaped(grid.words)}" if grid.words else "")
    if grid.legend:
        yield "Signs: " + "; ".join(escaped(sign.text) for sign in grid.legend)
    rows = [
        "| " + " | ".join(escaped(column.head) for column in grid.columns) + " |",
        "|" + " --- |" * len(grid.columns),
        *("| " + " | ".join(_cell(one) for one in (row.head, *row.cells)) + " |" for row in grid.rows),
    ]
    yield "\n".join(rows)


def _cell(cell: Cell) -> str:
    told = [f"**{escaped(cell.sign.text)}**"] if cell.sign is not None else []
    return "<br>".join([*told, *(_line(line) for line in cell.lines)])


def _line(line: Line) -> str:
    return "".join(_run(run) for run in line)


def _run(run: Run) -> str:
    if run.sign is not None or run.style is Style.STRONG:
        words = escaped(run.text)
        bare = words.strip()
        return words.replace(bare, f"**{bare}**", 1) if bare else words
    if run.style is Style.CODE and "`" not in run.text:
        return f"`{_spaced(run.text)}`"
    return f"*{escaped(run.text)}*" if run.style is Style.TERM and run.text.strip() else escaped(run.text)


def escaped(text: str) -> str:
    """A text that Markdown takes for nothing but itself, on one line, without what could make an address live."""
    words = SPECIAL.sub(r"\\\1", _spaced(text))
    words = AT_START.sub(r"\1\\\2", words)
    return words.replace("://", ":\\//").replace("www.", "www\\.")


def _spaced(text: str) -> str:
    """One line, without control characters and without what turns the direction of the text around it."""
    kept = "".join(" " if one.isspace() else one for one in text if one.isprintable() or one.isspace())
    return re.sub(r" {2,}", " ", kept)
