"""Where every value comes from: who said it, where, when, through whom, and whether anybody read it."""

from collections.abc import Iterator
from typing import Final

from foedus.brief.document import (
    Block,
    BulletList,
    Cell,
    Column,
    Grid,
    Heading,
    Item,
    Note,
    NoteKind,
    Paragraph,
    Row,
    Run,
    Section,
    Style,
)
from foedus.brief.material import Audience, Material, file_name
from foedus.brief.records import Ref
from foedus.brief.runs import cell, labelled, told
from foedus.brief.sections.findings import kept_grid
from foedus.brief.tables import kept_tables
from foedus.brief.values import Value, values
from foedus.wording import sentence

VERIFIED: Final = (
    "“Verified” means that somebody read the source for this file, not that what it says is so. A case file grades no "
    "source beyond that: how sure one can be shows in the kind of source and in how many hands it came through."
)
HEADS: Final = (
    Column("Value", 1.2),
    Column("What it says", 2.4),
    Column("Who said it, through whom, when", 1.8),
    Column("Its own date", 0.7),
    Column("Checked", 0.7),
)


def section(material: Material) -> Section:
    """Return the annex."""
    found = values(material.case, material.speaker)
    sourced = [value for value in found if value.source]
    unverified = [value for value in sourced if not _verified(material, value)]
    verified = [value for value in sourced if _verified(material, value)]
    blocks: list[Block] = [Paragraph(told(VERIFIED))]
    blocks += _checked(material, unverified, verified)
    if material.is_for(Audience.ANNEX):
        blocks += [kept_grid(table) for table in kept_tables(material.case, material.sources)]
    blocks.append(kept_grid(material.sources.table(material.speaker)))
    blocks += _reproduce(material)
    return Section("sources-annex", "Sources, and how to reproduce this", tuple(blocks))


def _checked(material: Material, unverified: list[Value], verified: list[Value]) -> Iterator[Block]:
    """The values by whether anybody read their sources, with all that is known of each; in short for a quick reader."""
    words = "Nobody read the source of these for this file, or the author says that this point was not read."
    if unverified and material.is_for(Audience.JOURNALIST):
        yield Heading("Unverified", "unverified")
        yield Paragraph(told(words))
        yield BulletList(tuple(Item(told(value.what), (f"value:{value.at}",)) for value in unverified))
    elif unverified:
        yield _grid(material, "unverified", "Unverified", unverified, words)
    if verified and not material.is_for(Audience.JOURNALIST):
        words = "Somebody read the source of each of these, or one of its sources, for this file."
        yield _grid(material, "verified", "Verified", verified, words)


def _verified(material: Material, value: Value) -> bool:
    """Whether the entry is verified by its own mark or, without one, by one of its sources."""
    if value.verified is not None:
        return value.verified
    return any(ref.verified for ref in _refs(material, value))


def _refs(material: Material, value: Value) -> tuple[Ref, ...]:
    return material.sources.refs(value.source, value.owner)


def _grid(material: Material, id: str, title: str, some: list[Value], words: str) -> Grid:
    return Grid(id, title, HEADS, tuple(_row(material, value) for value in some), words)


def _row(material: Material, value: Value) -> Row:
    refs = _refs(material, value)
    basis = (f"value:{value.at}", *(f"source:{ref.anchor}" for ref in refs))
    chain = Cell(tuple((Run(ref.words, to=ref.anchor),) for ref in refs), basis=basis)
    checked = "verified" if _verified(material, value) else "unverified"
    return Row(
        cell(value.what, basis=basis),
        (
            cell(sentence(value.says) if value.says else "No words.", basis=basis),
            chain,
            cell(value.date),
            cell(checked),
        ),
    )


def _reproduce(material: Material) -> Iterator[Block]:
    case, races = material.case, material.assessment.races
    seed = races.seed if races is not None else 1
    options = material.options
    extra = f" --audience {options.audience}" if options.audience is not Audience.BRIEF else ""
    extra += f" --seed {seed}" if seed != 1 else ""
    extra += f" --yardstick {options.yardstick}" if options.yardstick != "icd203" else ""
    extra += " --fixes" if options.cures else ""
    name = file_name(case) if case.model is not None else case.id
    lines = (
        labelled("Program", f"Foedus {material.version}"),
        labelled("File", f"{file_name(case)}; SHA-256 of its text: {material.fingerprint or 'not read from a file'}"),
        labelled("Seed of the drawn futures", str(seed)),
        (Run("Command: ", Style.STRONG), Run(f"foedus brief {name} -o FILE{extra}", Style.CODE)),
    )
    yield Heading("How to reproduce this", "reproduce")
    yield BulletList(tuple(Item(line) for line in lines))
    yield Note(NoteKind.CAUTION, "The same again", (told("The same file, version and seed give the same bytes."),))
