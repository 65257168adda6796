"""What was found of each form: the incident, the clause, who had this fault before and who went otherwise."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from foedus.brief.assemble import form_part
from foedus.brief.document import (
    Block,
    BulletList,
    Column,
    Grid,
    Heading,
    Item,
    Line,
    Paragraph,
    Row,
    Run,
    Section,
    Style,
    badge,
)
from foedus.brief.findings_view import KIND_OF_FINDING
from foedus.brief.material import Audience, Material
from foedus.brief.records import FindingView, FormView, Table
from foedus.brief.runs import fact_list, kept_rows, labelled, sign_of, told
from foedus.check.lead import lead
from foedus.findings import Class
from foedus.wording import sentence

DEFECT: Final = KIND_OF_FINDING[Class.DEFECT]
FACTS: Final = {
    Audience.JOURNALIST: ("The incident", "Why", "Had this fault", "Went otherwise"),
    Audience.BRIEF: (
        "The incident",
        "Why",
        "Weakest lawful response",
        "Who can lawfully stop the help",
        "It depends",
        "Had this fault",
        "Went otherwise",
    ),
}
"""What is told of a finding, by its label; the annex tells everything."""


def section(material: Material) -> Section:
    """Return all findings, form by form."""
    blocks = tuple(block for staged in material.case.instruments for block in _form(material, staged.id))
    return Section("findings", "Findings, form by form", blocks)


def _form(material: Material, id: str) -> Iterator[Block]:
    staged = next(one for one in material.case.instruments if one.id == id)
    view = form_part(material.assessment, staged, material.speaker, material.sources)
    yield Heading(view.name, f"form-{id}")
    if view.title != view.name:
        yield Paragraph(told(sentence(view.title)))
    yield from _bad(material, view)
    for title, some in (
        ("Accepted by the author of the case", view.accepted),
        ("What holds", view.passes),
        ("What does not apply", view.silent),
    ):
        if some:
            yield Heading(title, level=4)
            yield from _in_full(material, id, some, title)
    if material.is_for(Audience.ANNEX):
        yield from _text(view)


def _bad(material: Material, view: FormView) -> Iterator[Block]:
    """What fails or depends: in full what the reader has room for, the rest in a sentence each."""
    if not view.bad:
        yield Paragraph(told("Nothing was found that fails."))
        return
    first = lead(material.findings, view.id)
    first_id = f"{view.id}-{first.rule}" if first is not None else view.bad[0].id
    whole = [one for one in view.bad if _in_whole(material, one, first_id)]
    for one in whole:
        yield from _finding(material, view.id, one)
    short = [one for one in view.bad if one not in whole]
    if short:
        yield Heading("Found as well", level=4)
        yield BulletList(tuple(Item(_in_short(one), _basis(view.id, one)) for one in short))


def _in_whole(material: Material, one: FindingView, first: str) -> bool:
    """Whether a finding is told with its incident and clause: all in the annex, else what has most weight."""
    match material.options.audience:
        case Audience.ANNEX:
            return True
        case Audience.BRIEF:
            return one.id == first or one.kind == DEFECT
        case Audience.JOURNALIST:
            return one.id == first


def _finding(material: Material, id: str, one: FindingView) -> Iterator[Block]:
    basis = _basis(id, one)
    yield Heading(one.wanted, one.id, 4, basis)
    yield Paragraph((badge(sign_of(one.mark)), Run(" "), *told(one.sentence)), basis)
    labels = FACTS.get(material.options.audience)
    facts = tuple(fact for fact in one.facts if labels is None or fact.label in labels)
    if one.accepted:
        yield Paragraph((Run(one.accepted, Style.STRONG),), basis)
    if facts:
        yield fact_list(facts, basis)
    yield from _cure(material, f"{one.rule}@{id}")
    if material.is_for(Audience.ANNEX):
        yield from _rests(one, basis)


def _cure(material: Material, finding: str) -> Iterator[Block]:
    cure = (material.cures or {}).get(finding)
    if cure is not None:
        yield BulletList((Item(labelled("Cheapest change of the text that mends it", cure), (f"cure:{finding}",)),))


def _rests(one: FindingView, basis: tuple[str, ...]) -> Iterator[Block]:
    """What the verdict rests on, what another value would make of it, and how it comes out reading by reading."""
    items: list[Item] = []
    for rest in one.rests:
        verified = "verified" if rest.verified else "unverified"
        words = f"{rest.place}: {rest.value} ({verified}). With {rest.instead} instead: "
        items.append(Item((Run("Rests on: ", Style.STRONG), *told(words), badge(sign_of(rest.becomes))), basis))
    for under in one.by_reading if len(one.by_reading) > 1 else ():
        holder = f", held by {under.holder}" if under.holder else ""
        weakest = f" Weakest lawful response: {under.weakest}." if under.weakest != "not looked at" else ""
        turns = f" Turns on {under.decided}." if under.decided else ""
        line = (
            Run("Reading: ", Style.STRONG),
            badge(sign_of(under.mark)),
            *told(f" {under.name}{holder}.{weakest}{turns}"),
        )
        items.append(Item(line, basis))
    items.append(Item(told(f"{sentence(one.kind)} Check `{one.rule}`."), basis))
    yield BulletList(tuple(items))


def _in_full(material: Material, id: str, some: tuple[FindingView, ...], title: str) -> Iterator[Block]:
    """Findings that nobody need act on: one after the other in the annex, in a line each for everybody else."""
    if material.is_for(Audience.ANNEX) and title != "What does not apply":
        for one in some:
            yield from _finding(material, id, one)
        return
    yield BulletList(tuple(Item(_in_short(one, told_why=title[0] == "A"), _basis(id, one)) for one in some))


def _in_short(one: FindingView, *, told_why: bool = True) -> Line:
    """A finding in one line: what is wanted, the verdict, and what happens."""
    why = told(f" {one.sentence}") if told_why else ()
    accepted = told(f" {one.accepted}") if one.accepted else ()
    return (Run(f"{one.wanted}: ", Style.STRONG), badge(sign_of(one.mark)), *why, *accepted)


def _basis(id: str, one: FindingView) -> tuple[str, ...]:
    return (f"finding:{one.rule}@{id}",)


def _text(view: FormView) -> Iterator[Block]:
    """What the form is by its own words, its clauses and its readings."""
    yield Heading("The text", f"text-{view.id}", 4)
    yield fact_list(view.about)
    for table in (view.clauses, view.readings):
        if table.rows:
            yield replace(kept_grid(table), title=f"{table.title}: {view.name}")


def kept_grid(table: Table) -> Grid:
    """A kept table as a table of the brief; a row of the list of sources is where references lead."""
    rows = tuple(
        Row(head, cells, id=kept[1].refs[0].anchor if table.id == "sources" else "")
        for kept, (head, cells) in zip(table.rows, kept_rows(table), strict=True)
    )
    columns = tuple(Column(head, 0.4 if head == "No." else 1.0) for head in table.heads)
    return Grid(table.id, table.title, columns, rows, " ".join(part for part in (table.intro, table.note) if part))
