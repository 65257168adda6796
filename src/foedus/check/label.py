"""What an instrument is, whatever it is called: a label from what it obliges to, no verdict."""

from collections.abc import Mapping, Sequence

from foedus.case.ladders import level_of
from foedus.case.resolve import Completion
from foedus.case.schema.instrument import Instrument
from foedus.case.stage import StagedInstrument
from foedus.check.view import Asked, UndecidedError, View
from foedus.findings import Label

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
    owed = most = 0
    for incident in view.help_classes(view.near_attackers()):
        try:
            owed = max(owed, view.level(incident, Asked()))
        except UndecidedError:
            continue
        for clause in view.duties:
            for bearer in view.due(clause, incident):
                response = clause.response[clause.bearers.index(bearer)]
                known = clause.means_chosen_by == "bearer" and clause.id not in open_ended
                most = max(most, level_of(response.most) if known else 0)
    if owed >= 4:
        return "guarantee"
    if owed >= 2 or most >= 2:
        return "assistance promise"
    if owed == 1 or most == 1:
        return "consultation promise"
    forbids = {act for clause in view.form.clauses if clause.kind == "prohibition" for act in clause.forbids}
    return "promise not to attack" if forbids & {"attack", "threat_of_force"} else "declaration"
