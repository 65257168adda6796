"""What an instrument is, whatever it is called: a label from what it obliges to, no verdict."""

from collections.abc import Mapping, Sequence

from foedus.case.form import Clause
from foedus.case.ladders import level_of
from foedus.case.resolve import Completion
from foedus.case.schema.instrument import Instrument
from foedus.case.stage import StagedInstrument
from foedus.check.asked import UndecidedError
from foedus.check.view import View
from foedus.findings import Label
from foedus.law.incident import Incident

LABELS = ("guarantee", "assistance promise", "consultation promise", "promise not to attack", "declaration")


def label(staged: StagedInstrument, views: Mapping[str, Sequence[tuple[Completion, View]]]) -> Label:
    """Return what an instrument is towards those the case protects, under the text and each reading."""
    unbounded = open_ended(staged.model)
    by_reading: dict[str, tuple[str, ...]] = {}
    for reading, filled in views.items():
        found = {kind_of_promise(view, unbounded) for _, view in filled}
        by_reading[reading] = tuple(name for name in LABELS if name in found)
    everything = {name for names in by_reading.values() for name in names}
    called = staged.model.called
    return Label(
        staged.id,
        by_reading["text"] or tuple(name for name in LABELS if name in everything),
        by_reading,
        called.word if called else None,
        called.by if called else None,
    )


def open_ended(model: Instrument) -> frozenset[str]:
    """The clauses whose most nobody knows: it cannot make a promise of consultation one of assistance."""
    return frozenset(c.id for c in model.clauses if c.response is not None and c.response.most == "unknown")


def kind_of_promise(view: View, open_ended: frozenset[str]) -> str:
    """One of ``LABELS``: what a view of a text is, ``open_ended`` being the clauses whose most nobody knows."""
    owed = max((_owed(view, incident) for incident in view.help_classes(view.near_attackers())), default=0)
    if owed >= 4:
        return "guarantee"
    if owed >= 2 or _may_give(view, 2, open_ended):
        return "assistance promise"
    if owed == 1 or _may_give(view, 1, open_ended):
        return "consultation promise"
    forbids = {act for clause in view.form.clauses if clause.kind == "prohibition" for act in clause.forbids}
    return "promise not to attack" if forbids & {"attack", "threat_of_force"} else "declaration"


def _owed(view: View, incident: Incident) -> int:
    try:
        return view.level(incident)
    except UndecidedError:
        return 0


def _may_give(view: View, level: int, open_ended: frozenset[str]) -> bool:
    """Whether somebody who is bound, and chooses the means, may give as much as a level."""
    for clause in view.duties:
        if clause.means_chosen_by != "bearer" or clause.id in open_ended:
            continue
        able = {b for b, owed in zip(clause.bearers, clause.response, strict=True) if level_of(owed.most) >= level}
        for incident in view.help_classes(view.near_attackers()) if able else ():
            if not able.isdisjoint(_bound(view, clause, incident)):
                return True
    return False


def _bound(view: View, clause: Clause, incident: Incident) -> tuple[str, ...]:
    try:
        return view.due(clause, incident)
    except UndecidedError:
        return ()
