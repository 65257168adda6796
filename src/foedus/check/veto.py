"""Who must say yes: in one incident, who can lawfully stop the help of each form, by its text as written."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from foedus.check.predecessor import promised_and_stopped
from foedus.check.view import View
from foedus.check.views import TEXT, Views
from foedus.law.incident import Incident
from foedus.law.records import Stoppers


@dataclass(frozen=True, slots=True)
class Veto:
    """Who can lawfully stop what one form owes in good faith, over all values of what is not known.

    ``promised`` is the lowest and highest level, from 0 to 5. ``worst`` needs the fewest, ``best`` the most to stop it;
    both are ``None`` where nothing is owed. ``undecided`` says that the law could not answer for some value.
    """

    instrument: str
    incident: Incident
    promised: tuple[int, int]
    worst: Stoppers | None
    best: Stoppers | None
    undecided: bool = False


def vetoes(all_views: Iterable[Views], kind: str | None) -> tuple[Veto, ...]:
    """Return one record for each form: the first attacker and place, and the incident of ``kind``."""
    found = []
    for views in all_views:
        own = [view for _, view in views.of(TEXT)]
        if own:
            incident = own[0].base if kind is None else replace(own[0].base, kind=kind)
            found.append(_veto(views.staged.id, own, incident))
    return tuple(found)


def _veto(instrument: str, views: Iterable[View], incident: Incident) -> Veto:
    asked = [promised_and_stopped(view, incident) for view in views]
    known = [one for one in asked if one is not None]
    stopped = sorted(
        (stoppers for level, stoppers in known if level),
        key=lambda stoppers: (stoppers.number is None, stoppers.number or 0),
    )
    levels = [level for level, _ in known] or [0]
    worst, best = (stopped[0], stopped[-1]) if stopped else (None, None)
    return Veto(instrument, incident, (min(levels), max(levels)), worst, best, undecided=len(known) < len(asked))
