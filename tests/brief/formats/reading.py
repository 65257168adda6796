"""Reads files back with libraries that did not write them where there are any, and tells all their words."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import openpyxl
import pptx
import pypdfium2
from docx.oxml.ns import qn

from foedus.brief.document import (
    BulletList,
    Document,
    Grid,
    Heading,
    Note,
    Paragraph,
    Picture,
    line_text,
)


def told_by(document: Document) -> list[str]:
    """Every text of a document, in the order in which it is read; the texts of a cell each for itself."""
    found = [document.title, document.kicker, document.caution, document.as_of, document.version]
    for section in document.sections:
        found.append(section.title)
        for block in section.blocks:
            found += _told_by(block)
    return [text for text in found if text]


def _told_by(block: object) -> list[str]:
    match block:
        case Heading(text=text):
            return [text]
        case Paragraph(line=line):
            return [line_text(line)]
        case BulletList(items=items):
            return [line_text(item.line) for item in items]
        case Picture():
            return [block.caption, block.alt]
        case Note():
            return [block.title, *map(line_text, block.lines)]
        case Grid():
            cells = [cell for row in block.rows for cell in (row.head, *row.cells)]
            signs = [cell.sign.text for cell in cells if cell.sign is not None]
            lines = [line_text(line) for cell in cells for line in cell.lines]
            return [block.title, block.words, *(column.head for column in block.columns), *signs, *lines]
        case _:
            raise AssertionError(f"no test knows {type(block).__name__}")


def opened(ending: str, file: bytes) -> Any:
    """A file in the library that reads it."""
    match ending:
        case ".docx":
            return docx.Document(io.BytesIO(file))
        case ".pptx":
            return pptx.Presentation(io.BytesIO(file))
        case ".pdf":
            return pypdfium2.PdfDocument(file)
        case ".xlsx":
            return openpyxl.load_workbook(io.BytesIO(file))
        case _:
            raise AssertionError(f"no test reads {ending}")


def words_in(ending: str, file: bytes) -> str:
    """All words of a file."""
    readers = {".docx": _words_in_docx, ".pptx": _words_in_pptx, ".pdf": _words_in_pdf, ".xlsx": _words_in_xlsx}
    return readers[ending](opened(ending, file))


def _words_in_docx(file: Any) -> str:
    """Paragraphs and cells in their order, what is said of pictures, header and footer."""
    found = []
    for paragraph in file.element.body.iter(qn("w:p")):
        parts = {qn("w:t"): None, qn("w:br"): "\n", qn("w:tab"): "\t"}
        inside = [node for node in paragraph.iter() if node.tag in parts]
        found.append("".join(parts[node.tag] or node.text or "" for node in inside))
    found += [node.get(name, "") for node in file.element.body.iter(qn("wp:docPr")) for name in ("title", "descr")]
    for part in (file.sections[0].header, file.sections[0].footer):
        found += [paragraph.text for paragraph in part.paragraphs]
    return "\n".join(found)


def _words_in_pptx(deck: Any) -> str:
    return "\n".join(words_on(slide) for slide in deck.slides)


def words_on(slide: Any) -> str:
    """All words of a slide: its shapes, what is said of pictures and tables, and its notes."""
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        if shape.has_table:
            found += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
        found.append(shape._element.xpath(".//p:cNvPr")[0].get("descr", ""))
    if slide.has_notes_slide:
        found.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(found).replace("\v", "\n")


def _words_in_pdf(file: Any) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in file)


def _words_in_xlsx(book: Any) -> str:
    return "\n".join(
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    )


def compact(text: str) -> str:
    """A text without what a line that ends may add or leave out: spaces, and how a hyphen at its end is told."""
    return re.sub(r"[\s\u00a0\u00ad\x02\ufffe-]", "", text)
