"""The forms beside each other: dimension by dimension, kind by kind of incident, and how each stands to each."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from foedus.brief.assemble import ENOUGH, NOT_ASKED, SHORT, VARIES, matrix_part
from foedus.brief.document import Block, Column, Grid, Heading, Paragraph, Picture, Row, Section
from foedus.brief.figures import alternative, picture
from foedus.brief.layers import layers_of
from foedus.brief.material import Material
from foedus.brief.records import Matrix, MatrixCell
from foedus.brief.runs import cell, sign_of, told
from foedus.brief.side_by_side import MEASURE, standing_part
from foedus.brief.veto_picture import stop_words, veto_picture, veto_words
from foedus.case.dimensions import DIMENSIONS
from foedus.check.dimensions import Dimensions
from foedus.check.veto import Veto
from foedus.wording import KIND_WORDS, levels, sentence

MOST_BESIDE: Final = 6
"""Forms in one table: more would be too narrow to read on paper, so that they are shared out evenly over several."""


def section(material: Material) -> Section:
    """Return the comparison of the forms."""
    blocks = (*_dimensions(material), *_matrix(material), *_vetoes(material), *_standing(material))
    title = "The forms side by side" if len(material.case.instruments) > 1 else "The form, point by point"
    return Section("side-by-side", title, blocks)


def shares(count: int) -> list[slice]:
    """So many columns as slices of at most ``MOST_BESIDE``, as even as can be."""
    parts = -(-count // MOST_BESIDE) or 1
    size = -(-count // parts)
    return [slice(start, start + size) for start in range(0, count, size)]


def _dimensions(material: Material) -> Iterator[Block]:
    """Those dimensions on which the forms differ in tables, the others in one line."""
    found = material.dimensions
    differ = [name for name in DIMENSIONS if len({one.words(name) for one in found}) > 1 or len(found) == 1]
    alike = [
        f"{DIMENSIONS[name].asks[:1].lower()}{DIMENSIONS[name].asks[1:]} ({found[0].words(name)})"
        for name in DIMENSIONS
        if name not in differ and any(one.by_name[name].values for one in found)
    ]
    parts = shares(len(found)) if differ else []
    for place, part in enumerate(parts, 1):
        yield _dimension_grid(material, found[part], differ, place, len(parts))
    if alike:
        yield Paragraph(told(f"Alike in all: {'; '.join(alike)}."))


def _dimension_grid(
    material: Material, found: Sequence[Dimensions], names: Sequence[str], place: int, count: int
) -> Grid:
    rows = tuple(
        Row(
            cell(DIMENSIONS[name].asks),
            tuple(cell(one.words(name), basis=(f"dimension:{one.instrument}/{name}",)) for one in found),
        )
        for name in names
    )
    columns = (Column("Dimension", 1.1), *(Column(material.speaker.supposed(one.instrument)) for one in found))
    return Grid(f"dimensions-{place}", "Dimension by dimension" + _of(place, count), columns, rows)


def _of(place: int, count: int) -> str:
    return f" (table {place} of {count})" if count > 1 else ""


def _matrix(material: Material) -> Iterator[Block]:
    matrix = matrix_part(material.assessment, material.speaker)
    if not matrix.rows:
        return
    yield Heading("Incident by incident", "incidents")
    parts = shares(len(matrix.forms))
    for place, part in enumerate(parts, 1):
        yield _matrix_grid(material, matrix, part, place, len(parts))
    yield Paragraph(
        told(
            "A star (*) means: readers of the text differ, or a value is not known; the findings say on what it turns."
        )
    )


def _matrix_grid(material: Material, matrix: Matrix, part: slice, place: int, count: int) -> Grid:
    forms = matrix.forms[part]
    kinds = list(dict.fromkeys(one.incident.kind for one in material.assessment.cells))
    rows = tuple(
        Row(
            cell(row.kind, f"asked for: {row.required}"),
            tuple(
                cell(*_lines(one), sign=sign_of(one.mark), basis=(f"cell:{form[0]}/{kind}",))
                for form, one in zip(forms, row.cells[part], strict=True)
            ),
        )
        for kind, row in zip(kinds, matrix.rows, strict=True)
    )
    words = (
        f"{matrix.incident}, and where nothing else is said: what each form gives at the weakest that keeps to its "
        "text (must), what it allows at most (may), and how many are needed to stop the help lawfully (stop)."
    )
    columns = (Column("Kind of incident", 1.0), *(Column(name) for _, name in forms))
    legend = tuple(sign_of(mark) for mark in (ENOUGH, SHORT, VARIES, NOT_ASKED))
    title = "Kinds of incident and forms" + _of(place, count)
    return Grid(f"matrix-{place}", title, columns, rows, words, legend)


def _lines(one: MatrixCell) -> tuple[str, ...]:
    star = " *" if one.depends else ""
    return f"Must: {one.weakest}{star}", f"May: {one.most}", f"Stop: {one.stop}"


def _vetoes(material: Material) -> Iterator[Block]:
    """Who must say yes, drawn and as a table: by the text as written, in the incident that is told first."""
    found, speaker = material.vetoes, material.speaker
    if not found:
        return
    yield Heading("Who must say yes", "vetoes")
    basis = tuple(f"veto:{veto.instrument}" for veto in found)
    kind = KIND_WORDS[found[0].incident.kind]
    yield Paragraph(
        told(
            f"Who can lawfully stop what each form owes in good faith, by its text as written ({kind}, by the first "
            "attacker and in the first place of the case). If it is read otherwise, it may be others."
        )
    )
    yield Picture(
        "picture-veto",
        "Who can lawfully stop the help",
        veto_words(found, speaker),
        partial(veto_picture, found, speaker),
        basis,
    )
    rows = tuple(_veto(material, veto) for veto in found)
    columns = (Column("Form", 1.2), Column("Must in good faith", 1.0), Column("Who can lawfully stop it", 3.0))
    yield Grid("veto-table", "Who can lawfully stop the help", columns, rows, basis=basis)


def _veto(material: Material, veto: Veto) -> Row:
    basis = (f"veto:{veto.instrument}",)
    owed, stop = sentence(levels(*veto.promised)), sentence(stop_words(veto, material.speaker))
    return Row(cell(material.speaker.supposed(veto.instrument)), (cell(owed, basis=basis), cell(stop, basis=basis)))


def _standing(material: Material) -> Iterator[Block]:
    """Who is stronger than whom, drawn and as a table; nothing where there is only one form."""
    relations = material.assessment.relations
    if not relations:
        return
    speaker = material.speaker
    ids = [staged.id for staged in material.case.instruments]
    part = standing_part(relations, ids, speaker)
    yield Heading("Stronger and weaker", "standing")
    yield Paragraph(told(MEASURE))
    basis = tuple(f"relation:{one.first}/{one.second}" for one in relations)
    yield Picture(
        "picture-standing",
        "Which forms are at least as strong as which",
        alternative(layers_of(ids, relations), speaker),
        partial(picture, ids, relations, speaker),
        basis,
    )
    rows = tuple(Row(cell(row[0]), tuple(cell(words) for words in row[1:])) for row in part.rows)
    columns = (Column("Form"), *(Column(head) for head in part.heads[1:]))
    yield Grid("standing-table", part.title, columns, rows, " ".join(part.lines), basis=basis)
