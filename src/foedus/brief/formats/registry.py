"""Which file writes which format: a format is one file with ``render(document) -> bytes``, and one line here."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final, cast

from foedus.brief.document import Document
from foedus.brief.formats.extra import ready_for
from foedus.errors import BadInput, Problem, nearest

FORMATS: Final = {
    ".html": "foedus.brief.formats.html",
    ".md": "foedus.brief.formats.md",
    ".json": "foedus.brief.formats.json",
    ".docx": "foedus.brief.formats.docx",
    ".pptx": "foedus.brief.formats.pptx",
    ".pdf": "foedus.brief.formats.pdf",
    ".xlsx": "foedus.brief.formats.xlsx",
}
"""Named, not imported: what a format needs is loaded by the one that is asked for."""


def ending_of(path: Path) -> str:
    """The ending that chooses the format. Raises ``BadInput`` where no format has it, or its library is missing."""
    ending = path.suffix.lower()
    if ending in FORMATS:
        ready_for(ending)  # before anything is computed
        return ending
    near = nearest(ending, FORMATS) if ending else None
    cure = f"did you mean `{path.stem}{near}`?" if near else f"end the name in {', '.join(FORMATS)}"
    found = f"the ending `{ending}`" if ending else "no ending"
    told = f"`{path.name}` has {found}, which names no format of a brief"
    raise BadInput([Problem(None, told, cure)])


def render(document: Document, ending: str) -> bytes:
    """The document in the format of an ending: the whole file. Raises ``BadInput`` where what writes it is missing."""
    ready_for(ending)
    writer = cast("Callable[[Document], bytes]", import_module(FORMATS[ending]).render)
    return writer(document)
