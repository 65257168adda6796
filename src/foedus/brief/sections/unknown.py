"""What is not known: the open values with the verdicts they decide, what has no source, what was not looked at."""

from collections.abc import Iterator
from dataclasses import replace

from foedus.brief.assemble import WANTED, question_part
from foedus.brief.document import Block, BulletList, Heading, Item, Note, NoteKind, Paragraph, Section
from foedus.brief.material import Audience, Material
from foedus.brief.runs import labelled, told
from foedus.brief.sections.findings import kept_grid
from foedus.brief.tables import unknown_table
from foedus.brief.values import Value, values
from foedus.wording import sentence


def section(material: Material) -> Section:
    """Return what nobody knows and what nobody has a source for."""
    report = material.assessment.report
    table = unknown_table(material.case, report, material.sources, WANTED)
    none = Paragraph(told("The file leaves no value open. That a value stands there does not make it certain."))
    assumed = [*report.assumptions, *report.bounds]
    blocks: tuple[Block, ...] = (
        replace(kept_grid(table), title="Open values") if table.rows else none,
        *_unsourced(material),
        *_questions(material),
        Note(NoteKind.ASSUMPTIONS, "What was assumed", tuple(told(sentence(line)) for line in assumed)),
    )
    return Section("unknown", "What is not known", blocks)


def _unsourced(material: Material) -> Iterator[Block]:
    """How many entries of the file name no source, and which."""
    found = values(material.case, material.speaker)
    without = [value for value in found if not value.source]
    yield Heading("Without a source", "unsourced")
    if not found:
        yield Paragraph(told("The file holds no entry that could name a source."))
        return
    counted = f"Entries of the file that can name a source: {len(found)}; without one: {len(without) or 'none'}."
    yield Paragraph(told(counted), ("values",))
    if without:
        yield BulletList(tuple(Item(labelled(value.what, _said(value)), (f"value:{value.at}",)) for value in without))


def _said(value: Value) -> str:
    return sentence(value.says) if value.says else "No words."


def _questions(material: Material) -> Iterator[Block]:
    """The questions of the case; a short brief keeps those that this version cannot answer."""
    asked = material.assessment.questions
    shown = asked if material.is_for(Audience.ANNEX) else [one for one in asked if not one.in_this_version]
    if not shown:
        return
    yield Heading("Questions of the case" if material.is_for(Audience.ANNEX) else "Questions not answered", "questions")
    items = []
    for one in shown:
        view = question_part(one)
        items.append(Item(labelled(view.asks, " ".join(view.answers)), (f"question:{one.id}",)))
    yield BulletList(tuple(items))
