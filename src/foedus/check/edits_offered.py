"""Which edits the language offers for a text."""

from collections.abc import Iterator
from typing import Final, Protocol

from foedus.case.ladders import LEVELS, level_of
from foedus.case.paths import parse_path, value_at
from foedus.case.schema import clause as written
from foedus.case.stage import LoadedCase, Path, StagedInstrument
from foedus.check.edits import KINDS_OF_EDIT, Edit, touches
from foedus.check.edits_of_the_frame import edits_of_the_frame
from foedus.check.new_duty import RUNGS, new_duties

SOME_HELP: Final = 2
"""The level from which a duty is more than a duty to talk."""
DEFAULT_HOURS: Final = 72
"""When a default speaks where the text has no clock of its own for the decision (the Kyiv Compact's hours)."""
UNSAID: Final = {
    "after": [], "attacker": "any", "consents": [], "decision": "none", "kind": "any", "object": "any",
    "request": "none", "structure": "each-alone", "unless": "none", "unprovoked": False, "until": "none", "zone": "any",
}  # fmt: skip
"""What a line that is left out means, in so many words."""


class EditOf(Protocol):
    """Makes an edit of one clause from its kind, the fields that change and their values."""

    def __call__(self, kind: str, *changes: tuple[str, object], strength: int = 0) -> Edit:
        """The edit."""


def offered_edits(case: LoadedCase, staged: StagedInstrument) -> tuple[Edit, ...]:
    """Every edit that the language offers for an instrument, lightest kinds first, then in the order of the text.

    Edited are obligations, rights to act for somebody (into duties), the bodies that the instrument itself names, and
    what stands around a duty (its clock, what a breach brings, how the text ends and binds, what is forbidden); what is
    unknown may be said, a reading may be shut out or made the text, and last of all a new duty may be written.
    """
    found = [edit for index, clause in enumerate(staged.model.clauses) for edit in _of_clause(index, clause)]
    found += [edit for id, body in staged.model.bodies.items() for edit in _of_body(id, body)]
    known = {repr(edit.changes) for edit in found}
    found += [edit for edit in _of_unknowns(staged) if repr(edit.changes) not in known]
    found += [*_of_readings(staged), *edits_of_the_frame(case, staged), *new_duties(case, staged)]
    return tuple(sorted(found, key=lambda edit: (KINDS_OF_EDIT.index(edit.kind), edit.strength)))


def _of_clause(index: int, clause: written.Clause) -> Iterator[Edit]:
    def edit(kind: str, *changes: tuple[str, object], strength: int = 0) -> Edit:
        at: Path = ("clauses", index)
        paths = tuple(((*at, *field.split(".")), value) for field, value in changes)
        return Edit(kind, "clauses", clause.id, paths, strength)

    if clause.consents:
        yield edit("drop-consent", ("consents", []))
    if clause.kind == "permission":
        yield from _duties(clause, edit)
    if clause.kind == "obligation":
        yield from _freer(clause, edit)
        yield from _judges(clause, edit)
        yield from _wider(clause.when, edit)
        yield from _higher(clause, edit)


def _freer(clause: written.Clause, edit: EditOf) -> Iterator[Edit]:
    """What the duty waits for or hangs on is dropped."""
    if clause.structure == "together":
        yield edit("bind-each-alone", ("structure", "each-alone"))
    if clause.decision is not None:
        yield edit("drop-decision", ("decision", "none"))
        yield from _defaults(clause, edit)
    if clause.request is not None:
        yield edit("drop-request", ("request", "none"))
    if clause.after:
        yield edit("drop-precondition", ("after", []))
        yield from _waits(clause, edit)
    if clause.domestic is not None and clause.domestic.effect == "condition":
        yield edit("approval-no-excuse", ("domestic.effect", "no-excuse"))
    if clause.unless:
        yield edit("drop-ending", ("unless", "none"))
    if clause.until:
        yield edit("drop-ending", ("until", "none"), strength=1)


def _waits(clause: written.Clause, edit: EditOf) -> Iterator[Edit]:
    """Of several steps that a clause waits for, one is dropped."""
    if len(clause.after) > 1:
        for place, step in enumerate(clause.after):
            yield edit("drop-wait", ("after", [other for other in clause.after if other != step]), strength=place)


def _defaults(clause: written.Clause, edit: EditOf) -> Iterator[Edit]:
    """What is owed once the time for a decision has passed: the least of the clause, or more up to its most."""
    if clause.default is not None or clause.response is None:
        return
    deadline = clause.deadline
    within = deadline.within if isinstance(deadline, written.Deadline) and deadline.to == "decide" else None
    hours = within if isinstance(within, int) and within > 0 else DEFAULT_HOURS
    lowest = max(level_of(clause.response.least), 1)
    for strength in range(lowest, max(lowest, _most(clause.response)) + 1):
        yield edit("add-default", ("default", {"after": f"{hours} h", "level": LEVELS[strength]}), strength=strength)


def _judges(clause: written.Clause, edit: EditOf) -> Iterator[Edit]:
    judges = clause.judge
    found = [judges.attack, judges.attribution, judges.provocation, judges.breach] if judges is not None else []
    for strength, word in enumerate(("objective", "victim")):
        if any(judge is not None and judge.by != word for judge in found):
            yield edit("change-judge", ("judge", word), strength=strength)


def _wider(when: written.When, edit: EditOf) -> Iterator[Edit]:
    for kind, field, value in (
        ("cover-every-kind", "kind", when.kind),
        ("cover-every-attacker", "attacker", when.attacker),
        ("cover-every-place", "zone", when.zone),
        ("cover-every-object", "object", when.object),
    ):
        if value is not None:
            yield edit(kind, (f"when.{field}", "any"))
    if when.unprovoked:
        yield edit("cover-provoked", ("when.unprovoked", False))
    if when.lasting:
        yield edit("cover-at-once", ("when.lasting", "0 h"))


def _higher(clause: written.Clause, edit: EditOf) -> Iterator[Edit]:
    response = clause.response
    if response is not None and clause.leads_to is not None:
        reached = level_of(clause.leads_to.most)
        if reached >= SOME_HELP:  # not less than the body could have brought: a cure takes nothing away
            most = [("response.most", RUNGS[reached - 1])] if reached > _most(response) else []
            yield edit(
                "help-itself", ("leads_to", None), ("response.least", RUNGS[reached - 1]), *most, strength=reached
            )
    if response is None or max(level_of(response.least), _most(response)) < SOME_HELP:
        return  # a duty to talk is no promise of help: who wants one writes a new duty
    for strength, rung in enumerate(RUNGS, start=1):
        if strength > level_of(response.least):
            most = [("response.most", rung)] if strength > _most(response) else []
            yield edit("raise-least", ("response.least", rung), *most, strength=strength)


def _duties(clause: written.Clause, edit: EditOf) -> Iterator[Edit]:
    """A right to act for somebody becomes a duty."""
    if clause.response is None or not clause.to or clause.against_beneficiary:
        return
    judge: list[tuple[str, object]] = [("judge", "objective")] if clause.judge is None else []
    for strength, rung in enumerate(RUNGS[: _most(clause.response)], start=1):
        yield edit("make-duty", ("kind", "obligation"), *judge, ("response.least", rung), strength=strength)


def _most(response: written.Response) -> int:
    if response.most == "unknown":
        return len(LEVELS) - 1
    return level_of(response.most if response.most is not None else response.least)


def _of_body(id: str, body: written.Body) -> Iterator[Edit]:
    def edit(kind: str, field: str, value: object, strength: int = 0) -> Edit:
        return Edit(kind, "bodies", id, ((("bodies", id, field), value),), strength)

    if body.excluded == "nobody":
        yield edit("exclude-attacker", "excluded", "attacker")
    if body.veto:
        yield edit("drop-veto", "veto", [])
    if body.outside_veto:
        yield edit("drop-veto", "outside_veto", [], 1)
    if body.rule != "majority":
        yield edit("majority", "rule", "majority")
    if body.rule != "each":
        yield edit("each-decides", "rule", "each")
    if body.silence != "yes":
        yield edit("silence-agrees", "silence", "yes")
    if body.abstention == "blocks":
        yield edit("abstention-no-block", "abstention", "does-not-block")
    if body.quorum:
        yield edit("drop-quorum", "quorum", 0)


def _of_unknowns(staged: StagedInstrument) -> Iterator[Edit]:
    for site in staged.unknowns:
        if site.path[0] != "as":  # how a text is cast is the case's, and no part of the text
            for strength, option in enumerate(site.options):
                yield Edit("say-what", "unknowns", site.name, ((site.path, option),), strength)


def _of_readings(staged: StagedInstrument) -> Iterator[Edit]:
    """For each reading: its values become the text; or the text's own are said expressly, so that it has no hold."""
    unknown: list[Path] = [site.path for site in staged.unknowns]
    for name, reading in staged.model.readings.items():
        changes = tuple((parse_path(staged.data, at), value) for at, value in reading.set.items())
        if not any(_lowers(staged, path, value) for path, value in changes):
            yield Edit("adopt-reading", "readings", name, changes)
        if not any(touches(path, unknown) for path, _ in changes):
            own = tuple((path, _own_value(staged, path)) for path, _ in changes)
            yield Edit("say-expressly", "readings", name, own)


def _own_value(staged: StagedInstrument, path: Path) -> object:
    """What the text has at a place, in so many words where it has nothing."""
    here = value_at(staged.data, path)
    return UNSAID.get(str(path[-1]), here) if here is None else here


def _lowers(staged: StagedInstrument, path: Path, value: object) -> bool:
    """Whether less would be owed: a cure takes nothing away."""
    here = value_at(staged.data, path)
    of_help = path[-1] == "least" or path[-2:] == ("leads_to", "most")
    return of_help and isinstance(here, list) and isinstance(value, list) and level_of(value) < level_of(here)
