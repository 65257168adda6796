"""What changed since the last draft, and whether it matters, as a document in any format."""

from collections.abc import Iterator
from typing import Final

from foedus.brief.document import (
    Block,
    BulletList,
    Column,
    Document,
    Grid,
    Heading,
    Item,
    Note,
    NoteKind,
    Paragraph,
    Row,
    Section,
    Sign,
    Tone,
    badge,
)
from foedus.brief.draft_diff import difference_parts, veto_lines
from foedus.brief.runs import cell, told
from foedus.brief.screen import NOT_THE_TREATY
from foedus.brief.side_by_side import Part
from foedus.check.difference import Difference
from foedus.findings import Class
from foedus.law.relation import Order
from foedus.wording import Speaker

BETTER: Final = Sign("The new draft is stronger", Tone.GOOD, "▲")
WORSE: Final = Sign("The new draft is weaker", Tone.BAD, "▼")
SAME: Final = Sign("The drafts are equal", Tone.NONE, "=")
NEITHER: Final = Sign("Neither is stronger", Tone.OPEN, "◐")
OPEN: Final = Sign("It depends", Tone.OPEN, "◐")


def difference_document(found: Difference, version: str) -> Document:
    """Return what changed from one draft to the next, what matters first."""
    speaker = Speaker(found.case)
    old, new = speaker.instrument(found.old), speaker.instrument(found.new)
    parts = list(difference_parts(found))
    bounds = parts.pop()
    matters = Section("bottom-line", "Does it matter?", tuple(_matters(found, speaker, parts[0])))
    changed = Section("changes", "What changed", tuple(b for n, part in enumerate(parts[1:]) for b in _part(part, n)))
    looked = Note(NoteKind.ASSUMPTIONS, bounds.title, tuple(told(line) for line in bounds.lines))
    return Document(
        title=f"From {old} to {new}",
        kicker="Security guarantees, checked as written; what changed since the last draft",
        as_of=found.case.as_of or "",
        audience="brief",
        sections=(matters, changed, Section("looked-at", "How it was looked at", (looked,))),
        caution=NOT_THE_TREATY,
        version=version,
        results=found.to_dict(),
    )


def _matters(found: Difference, speaker: Speaker, first: Part) -> Iterator[Block]:
    """The bottom line of a change: how the drafts stand, the vetoes, the faults that came and went."""
    veto = list(veto_lines(found, speaker))
    relation = f"relation:{found.relation.first}/{found.relation.second}"
    others = [line for line in first.lines if line not in veto]
    yield Paragraph((badge(_standing(found)), *told(f" {others[0]}")), (relation,))
    for line in veto:
        yield Paragraph(told(line), ("veto",))
    for words, some in (("came", found.gained), ("went", found.lost)):
        faults = [one for one in some if one.kind is Class.DEFECT]
        basis = tuple(f"finding:{one.id}" for one in faults)
        if faults:
            yield Paragraph(told(f"Defects that {words} with the new draft:"), basis)
            yield BulletList(tuple(Item(told(one.sentence), (f"finding:{one.id}",)) for one in faults))
        else:
            yield Paragraph(told(f"No defect {words} with the new draft."), basis)
    if others[1:]:
        yield Heading("Where the drafts part")
        yield BulletList(tuple(Item(told(line), (relation,)) for line in others[1:]))


def _standing(found: Difference) -> Sign:
    """How the new draft stands to the old one."""
    relation = found.relation
    if relation.order is None:
        return OPEN
    new_first = relation.first == found.new
    stronger, weaker = (BETTER, WORSE) if new_first else (WORSE, BETTER)
    signs = {Order.STRONGER: stronger, Order.WEAKER: weaker, Order.EQUAL: SAME, Order.INCOMPARABLE: NEITHER}
    return signs.get(relation.order, OPEN)


def _part(part: Part, number: int) -> Iterator[Block]:
    yield Heading(part.title, f"part-{number}")
    if len(part.lines) == 1:
        yield Paragraph(told(part.lines[0]))
    elif part.lines:
        yield BulletList(tuple(Item(told(line)) for line in part.lines))
    if part.heads and part.rows:
        rows = tuple(Row(cell(row[0]), tuple(cell(one) for one in row[1:])) for row in part.rows)
        yield Grid(f"grid-{number}", part.title, tuple(Column(head) for head in part.heads), rows)
