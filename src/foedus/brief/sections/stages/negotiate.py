"""Getting to the table: what can be agreed, who waits for whom, what was given for what, who stands where."""

from collections.abc import Iterator
from typing import Final

from foedus.brief.document import Block, BulletList, Heading, Item, Note, NoteKind, Paragraph, Picture, Section
from foedus.brief.material import Audience, Material
from foedus.brief.runs import told
from foedus.brief.talks_page import blocks_of, drawings_of, leads_of
from foedus.brief.talks_screen import NOT_A_FORECAST, NOTHING, Line, parts
from foedus.talks.talks import Talks

ORDER: Final = 20
TITLE: Final = "Getting to the table"


def section(material: Material) -> Section:
    """Return what is negotiated, part by part; where the case has nothing for it, that."""
    talks = material.assessment.talks
    blocks = tuple(_parts(material, talks)) if talks is not None else ()
    if not blocks:
        return Section("table", TITLE, (Note(NoteKind.SKIPPED, "Not run", (told(NOTHING),)),))
    return Section("table", TITLE, (*blocks, Note(NoteKind.ASSUMPTIONS, "How to read this", (told(NOT_A_FORECAST),))))


def _parts(material: Material, talks: Talks) -> Iterator[Block]:
    case, speaker = material.case, material.speaker
    drawings = {name: iter(drawn) for name, drawn in drawings_of(case, talks, speaker).items()}
    leads = {name: iter(words) for name, words in leads_of(case, talks, speaker).items()}
    for number, (name, lines) in enumerate(parts(case, talks)):
        (_, title), *rest = lines
        basis = (f"talks:{name}",)
        yield Heading(title, f"table-{number}", basis=basis)
        lead = next(leads.get(name, iter(())), "")
        in_short = bool(lead) and material.is_for(Audience.JOURNALIST)
        if in_short:
            yield Paragraph(told(lead), basis)
        drawing = next(drawings.get(name, iter(())), None)
        if drawing is not None:
            yield Picture(f"table-picture-{number}", drawing.caption, drawing.words, drawing.draw, basis)
        if not in_short:
            yield from _lines(rest, basis)


def _lines(lines: list[Line], basis: tuple[str, ...]) -> Iterator[Block]:
    """What is told on the screen: a paragraph for each line at the first indent, and under it a list of the deeper."""
    for block in blocks_of(lines):
        if block.words:
            yield Paragraph(told(block.words), basis)
        if block.items:
            yield BulletList(tuple(Item(told(words), basis) for words, _ in block.items), basis)
