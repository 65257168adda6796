"""The brief as one self-contained HTML file: nothing is fetched, every text of the case is escaped."""

import re
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from foedus.brief.document import Block, BulletList, Document, Grid, Note, Picture, Section
from foedus.brief.drawing import inline

TEMPLATES: Final = Path(__file__).resolve().parent.parent / "templates"
NOTE_WORDS: Final = {"assumptions": "assumptions", "caution": "caution", "skipped": "why it was skipped"}
CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What no page may hold: control characters, and those that turn the direction of the text that follows them."""


def render(document: Document) -> bytes:
    """Return the document as an HTML page in UTF-8."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: CONTROLS.sub("", value) if type(value) is str else value,
    )
    template = environment.get_template("document.html.j2")
    known = frozenset(_places(document))
    sections = [_section(section) for section in document.sections]
    page = {name: getattr(document, name) for name in ("title", "kicker", "as_of", "language", "caution", "version")}
    return template.render(d={**page, "sections": sections}, known=known).lstrip().encode()


def _places(document: Document) -> list[str]:
    """Every place that a run can lead to."""
    found = [section.id for section in document.sections]
    for block in document.blocks():
        found.append(getattr(block, "id", ""))
        if isinstance(block, Grid):
            found += [row.id for row in block.rows]
    return [place for place in found if place]


def _section(section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        "blocks": [_block(block, section.title) for block in section.blocks],
    }


def _block(block: Block, title: str) -> dict[str, Any]:
    """What the template reads of a block, in the section of that title."""
    data: dict[str, Any] = {name: getattr(block, name) for name in block.__slots__ if name != "draw"}
    data["sort"] = type(block).__name__.lower()
    match block:
        case BulletList():
            data["items_"] = block.items
        case Grid():
            whole = sum(column.share for column in block.columns)
            data["shares"] = [round(100 * column.share / whole, 2) for column in block.columns]
        case Picture():
            data["drawing"] = inline(block.svg().encode())
        case Note():
            data["of"] = f"{NOTE_WORDS[block.kind]} ({title})"
    return data
