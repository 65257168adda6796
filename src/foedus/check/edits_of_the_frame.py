"""Edits of what stands around a duty: its clock, what a breach brings, how the text ends and binds, what it forbids."""

from collections.abc import Iterator
from typing import Final

from foedus.case.resolve import resolve
from foedus.case.schema import clause as written
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.check.edits import Change, Edit
from foedus.law.prohibitions import AGAINST_THE_ATTACKER, FORBIDDEN_ACTS

ACT_HOURS: Final = 72
"""The clock of an act where the text has no hours of its own (the Kyiv Compact's)."""
CONSEQUENCE: Final = "The others are freed from what they owe the one who breaks this, and each may answer at once."
"""What a breach brings: by no vote and nobody's leave, so that the one who breaks the text has nothing to block."""


def edits_of_the_frame(case: LoadedCase, staged: StagedInstrument) -> Iterator[Edit]:
    """Every edit of the frame that the language offers for an instrument."""
    for index, clause in enumerate(staged.model.clauses):
        if clause.kind == "obligation" and not _has_clock(clause):
            yield _edit("set-clock", index, clause, ("deadline", _clock(clause)))
        if clause.kind == "power" and clause.releases is not None:
            yield _edit("drop-release", index, clause, ("kind", "declaration"))
        if clause.kind == "prohibition":
            yield from _lifted(case, staged, index, clause)
    yield from _consequences(case, staged)
    yield from _ends(staged)
    if staged.model.binding not in ("legal", "unilateral"):
        yield _of_text(staged, "bind-in-law", (("binding",), "legal"))


def _edit(kind: str, index: int, clause: written.Clause, change: tuple[str, object], strength: int = 0) -> Edit:
    field, value = change
    return Edit(kind, "clauses", clause.id, ((("clauses", index, *field.split(".")), value),), strength)


def _of_text(staged: StagedInstrument, kind: str, *changes: Change, strength: int = 0) -> Edit:
    return Edit(kind, "text", staged.id, changes, strength)


def _has_clock(clause: written.Clause) -> bool:
    """Whether the whole way from the attack to the act is bounded already."""
    deadline = clause.deadline
    return (
        isinstance(deadline, written.Deadline)
        and deadline.to == "act"
        and deadline.from_ == "trigger"
        and isinstance(deadline.within, int)
        and not deadline.soft
    )


def _clock(clause: written.Clause) -> dict[str, str]:
    """The text's own hours where it has some, so that what must be met or decided in them is not later than before."""
    deadline = clause.deadline
    own = deadline.within if isinstance(deadline, written.Deadline) and isinstance(deadline.within, int) else 0
    return {"to": "act", "within": f"{own or ACT_HOURS} h", "from": "trigger"}


def _lifted(case: LoadedCase, staged: StagedInstrument, index: int, clause: written.Clause) -> Iterator[Edit]:
    """What forbids a kind of help: excepted in defence where it is a ban on force, else lifted, one thing or all."""
    protected = resolve(staged).clauses[index].beneficiaries
    against = AGAINST_THE_ATTACKER.intersection(clause.forbids)
    if against and protected and not clause.when.unprovoked and not protected.intersection(case.beneficiaries):
        yield _edit("except-defence", index, clause, ("when.unprovoked", True))
    things = [thing for thing in clause.forbids if thing in FORBIDDEN_ACTS and thing not in AGAINST_THE_ATTACKER]
    several = len(clause.forbids) + (clause.most_level is not None) > 1
    if clause.most_level is not None and several:
        yield _edit("lift-prohibition", index, clause, ("most_level", None))
    for strength, thing in enumerate(things if several else (), start=1):
        rest = [other for other in clause.forbids if other != thing]
        if rest:
            yield _edit("lift-prohibition", index, clause, ("forbids", rest), strength)
    if (things or clause.most_level is not None) and not several:
        yield _edit("lift-prohibition", index, clause, ("kind", "declaration"))


def _consequences(case: LoadedCase, staged: StagedInstrument) -> Iterator[Edit]:
    """A consequence for every clause whose breach could hurt: where there is none, or where a vote stands before it.

    One edit for the whole text: a text gets one article on breach.
    """
    missing: list[Change] = []
    weak: list[Change] = []
    for index, (clause, form) in enumerate(zip(staged.model.clauses, resolve(staged).clauses, strict=True)):
        concerned = [v for v in case.beneficiaries if not form.beneficiaries or v in form.beneficiaries]
        if clause.kind not in ("obligation", "prohibition") or not concerned:
            continue
        change: Change = (("clauses", index, "consequence"), CONSEQUENCE)
        if clause.consequence in ("none", "unknown"):
            missing.append(change)
        elif isinstance(clause.consequence, written.Consequence):
            weak.append(change)
    if missing:
        yield _of_text(staged, "add-consequence", *missing)
    if weak:
        yield _of_text(staged, "add-consequence", *missing, *weak, strength=1)


def _ends(staged: StagedInstrument) -> Iterator[Edit]:
    """That the text does not end, and that nobody can leave it."""
    way_out = staged.model.exit
    if way_out is None:
        yield _of_text(staged, "no-leaving", (("exit",), {"duration": "indefinite", "notice": "none"}), strength=1)
        return
    if way_out.duration not in ("indefinite", "none"):
        yield _of_text(staged, "no-end", (("exit", "duration"), "indefinite"))
    if way_out.notice != "none" or way_out.earliest not in ("none", "unknown"):
        earliest: list[Change] = [(("exit", "earliest"), "none")] if way_out.earliest not in ("none", "unknown") else []
        yield _of_text(staged, "no-leaving", (("exit", "notice"), "none"), *earliest)
