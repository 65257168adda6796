"""Who should provide it: each text under another list of guarantors, and the lists that rival criteria give."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from foedus.case.resolve import resolve
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.check.asked import Asked, UndecidedError
from foedus.check.coalitions import Sufficient, sufficient
from foedus.check.guarantors import guarantors_of, with_guarantors
from foedus.check.view import View
from foedus.check.views import TEXT, Views
from foedus.law.incident import Incident
from foedus.law.records import Stoppers
from foedus.plain import plain


@dataclass(frozen=True, slots=True)
class Worth:
    """What a text is worth with some guarantors, in the first incident of the case, by the text alone.

    Levels run from 0 to 5, as (lowest, highest) over the unknown values: owed in good faith, left although the attacker
    says no, and left when all guarantors use all their freedom. ``stoppers`` are those at worst who can lawfully stop
    what is owed in good faith, ``enough`` whose yes carries it; ``None`` where nothing is owed or it is not settled.
    """

    instrument: str
    guarantors: tuple[str, ...]
    incident: Incident
    promised: tuple[int, int]
    although_attacker_refuses: tuple[int, int]
    weakest: tuple[int, int]
    providers: tuple[str, ...]
    stoppers: Stoppers | None
    enough: Sufficient | None


@dataclass(frozen=True, slots=True)
class ListOfGuarantors:
    """The list that a criterion gives: who meets it, who does not, of whom nobody says; and what each text is worth.

    ``texts`` are with those who meet it, ``with_unknown`` with the unknown ones as well (empty where there are none).
    """

    criterion: str
    meets: tuple[str, ...]
    fails: tuple[str, ...]
    unknown: tuple[str, ...]
    texts: tuple[Worth, ...]
    with_unknown: tuple[Worth, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """One text before and after a party joins or leaves; ``after`` is ``None`` where the text has no list to change."""

    before: Worth
    after: Worth | None
    votes_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party as guarantor: what it is besides, and which criteria it meets (``yes``, ``no`` or ``unknown``)."""

    party: str
    is_attacker: bool
    is_first_attacker: bool
    controlled_by: tuple[str, ...]
    criteria: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AdmitResult:
    """All of it: candidates, lists by criterion, each text as it stands, and what the asked-for change does."""

    case: str
    required_level: int
    candidates: tuple[Candidate, ...]
    as_it_stands: tuple[Worth, ...]
    lists: tuple[ListOfGuarantors, ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    changes: tuple[Changed, ...]

    def to_dict(self) -> dict[str, Any]:
        """The whole result as plain data, in the author's ids."""
        return {field.name: plain(getattr(self, field.name)) for field in fields(self)}


def admit(
    case: LoadedCase, *, add: Sequence[str] = (), drop: Sequence[str] = (), instruments: Sequence[str] = ()
) -> AdmitResult:
    """Return what adding and dropping parties does to each text, and what each criterion's list is worth.

    ``add``, ``drop`` and ``instruments`` are ids of the case. Asked of the first incident of each text, by the text
    alone. No order among states is made: the lists stand beside each other.
    """
    chosen = [staged for staged in case.instruments if not instruments or staged.id in instruments]
    standing = {staged.id: _worth(case, staged) for staged in chosen}
    first = next(iter(standing.values())).incident
    return AdmitResult(
        case=case.id,
        required_level=case.required.get(first.kind, 0),
        candidates=tuple(_candidate(case, id, first) for id in _candidates(case, chosen)),
        as_it_stands=tuple(standing.values()),
        lists=tuple(_list(case, chosen if instruments else _open(chosen), name) for name in _criteria(case)),
        added=tuple(add),
        dropped=tuple(drop),
        changes=tuple(_changed(case, staged, standing[staged.id], add, drop) for staged in chosen)
        if add or drop
        else (),
    )


def _open(chosen: Sequence[StagedInstrument]) -> list[StagedInstrument]:
    return [staged for staged in chosen if staged.model.status in ("proposal", "draft", "never-signed")]


def _worth(case: LoadedCase, staged: StagedInstrument) -> Worth:
    views = [view for _, view in Views(replace(case, instruments=(staged,)), staged).of(TEXT)]
    incident = views[0].base
    asked = [_levels(view, incident) for view in views]
    settled = [levels for levels in asked if levels is not None]
    worst, stoppers = _easiest_to_stop(views, incident)
    promised = worst.level(incident) if worst is not None else 0
    return Worth(
        instrument=staged.id,
        guarantors=guarantors_of(case, staged),
        incident=incident,
        promised=_span(levels[0] for levels in settled),
        although_attacker_refuses=_span(levels[1] for levels in settled),
        weakest=_span(levels[2] for levels in settled),
        providers=worst.providers(incident, promised) if worst is not None and promised else (),
        stoppers=stoppers,
        enough=_enough(worst, incident, promised) if worst is not None and promised else None,
    )


def _levels(view: View, incident: Incident) -> tuple[int, int, int] | None:
    try:
        return (
            view.level(incident),
            view.level(incident, Asked(refusing=frozenset({incident.attacker}))),
            view.level(incident, Asked(refusing=view.unwilling(incident))),
        )
    except UndecidedError:
        return None


def _easiest_to_stop(views: Iterable[View], incident: Incident) -> tuple[View | None, Stoppers | None]:
    """The view in which the fewest can lawfully stop what is owed, and who they are."""
    found: list[tuple[float, View, Stoppers]] = []
    for view in views:
        try:
            level = view.level(incident)
            stoppers = view.stoppers(incident, level, practical=False) if level else None
        except UndecidedError:
            continue
        if stoppers is not None:
            found.append((float("inf") if stoppers.number is None else stoppers.number, view, stoppers))
    if not found:
        return None, None
    _, view, stoppers = min(found, key=lambda item: item[0])
    return view, stoppers


def _enough(view: View, incident: Incident, level: int) -> Sufficient | None:
    try:
        return sufficient(view, incident, level)
    except UndecidedError:
        return None


def _span(values: Iterable[int]) -> tuple[int, int]:
    listed = list(values)
    return (min(listed), max(listed)) if listed else (0, 0)


def _candidates(case: LoadedCase, chosen: Sequence[StagedInstrument]) -> tuple[str, ...]:
    """The parties of the case (of the text, where it is looked at alone) but who receives it or is another's."""
    named = case.model.parties if case.model is not None and case.model.parties else chosen[0].members
    return tuple(id for id in named if id not in case.beneficiaries and not case.parties[id].controlled_by)


def _candidate(case: LoadedCase, id: str, first: Incident) -> Candidate:
    return Candidate(
        party=id,
        is_attacker="any" in case.attackers or id in case.attackers,
        is_first_attacker=id == first.attacker,
        controlled_by=case.parties[id].controlled_by,
        criteria=tuple((name, _meets(case, name, id)) for name in _criteria(case)),
    )


def _criteria(case: LoadedCase) -> tuple[str, ...]:
    return tuple(case.model.criteria) if case.model is not None else ()


def _meets(case: LoadedCase, criterion: str, id: str) -> str:
    entry = case.model.criteria[criterion].meets.get(id) if case.model is not None else None
    return entry.is_ if entry is not None else "unknown"


def _list(case: LoadedCase, chosen: Sequence[StagedInstrument], criterion: str) -> ListOfGuarantors:
    by_answer: dict[str, list[str]] = {"yes": [], "no": [], "unknown": []}
    candidates = _candidates(case, case.instruments)
    for id in candidates:
        by_answer[_meets(case, criterion, id)].append(id)
    either = [id for id in candidates if id not in by_answer["no"]]
    return ListOfGuarantors(
        criterion=criterion,
        meets=tuple(by_answer["yes"]),
        fails=tuple(by_answer["no"]),
        unknown=tuple(by_answer["unknown"]),
        texts=_worths(case, chosen, by_answer["yes"]),
        with_unknown=_worths(case, chosen, either) if by_answer["unknown"] else (),
    )


def _worths(case: LoadedCase, chosen: Sequence[StagedInstrument], wanted: Sequence[str]) -> tuple[Worth, ...]:
    changed = [with_guarantors(case, staged, wanted) for staged in chosen]
    return tuple(_worth(case, staged) for staged in changed if staged is not None)


def _changed(
    case: LoadedCase, staged: StagedInstrument, before: Worth, add: Sequence[str], drop: Sequence[str]
) -> Changed:
    wanted = tuple(dict.fromkeys(id for id in (*before.guarantors, *add) if id not in drop))
    after = with_guarantors(case, staged, wanted) if wanted != before.guarantors else staged
    votes = {body.id for body in resolve(after).bodies if set(add) & set(body.members)} if after is not None else set()
    return Changed(before, _worth(case, after) if after is not None else None, tuple(sorted(votes)))
