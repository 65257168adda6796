"""C07 to C10: one fact of the incident is moved, everybody acts in good faith, and less is there than elsewhere."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from foedus.check.asked import Asked
from foedus.check.queries import clauses_that_help
from foedus.check.view import View
from foedus.findings import Outcome, Verdict
from foedus.law.incident import Incident
from foedus.wording import level

REACHABLE = Asked(reachable=True)
ONLY_REACHABLE = frozenset({"the help is not owed; a body may decide on it"})
LEFT_REACHABLE = frozenset({"what is left is not owed; a body may decide on it"})
UNEVEN = frozenset({"less is left in some of these incidents than in others"})


def hole_words(outcome: Outcome, hole: str, elsewhere: str) -> str:
    """The sentence of a hole: what meets less, and what meets more than it."""
    if outcome.marks & UNEVEN:
        left = "less than is asked for"
    else:
        left = _given(outcome.weakest, only_reachable=bool(outcome.marks & LEFT_REACHABLE))
    return f"{hole} meets {left}; {elsewhere} meets {help_words(outcome)}"


def no_hole_words(outcome: Outcome, whatever: str) -> str:
    """The sentence where there is no hole: every one of these meets enough, or as much as any."""
    return f"{whatever} meets what this case asks for, or as much as the text gives at best ({help_words(outcome)})"


def help_words(outcome: Outcome) -> str:
    """The help in the best incident: what is owed, or what a body may decide on."""
    return _given(outcome.promised, only_reachable=bool(outcome.marks & ONLY_REACHABLE))


def _given(height: int, *, only_reachable: bool) -> str:
    if not height:
        return "no help"
    return f"{level(height)}, which a body may decide on and nobody owes" if only_reachable else level(height)


def best_incident(view: View) -> Incident | None:
    """The incident with the most help, of several the nearest to the first one; ``None`` if there is none."""
    found: Incident | None = None
    level = 0
    for incident in view.help_classes((view.base.attacker,)):
        here = view.level(incident, REACHABLE)
        if here > level:
            found, level = incident, here
    return found


def find_holes(view: View, variants: Callable[[Incident], Iterable[Incident]], nothing: str) -> Outcome:
    """Compare the best incident with its variants: a hole is where less is there than there and than is asked for."""
    best = best_incident(view)
    if best is None:
        return Outcome(Verdict.NOT_APPLICABLE, view.base, reason="no help is promised in any incident looked at")
    promised = view.level(best, REACHABLE)
    tried = [incident for incident in variants(best) if view.is_possible(incident)]
    if not tried:
        return Outcome(Verdict.NOT_APPLICABLE, best, reason=nothing)
    holes = [i for i in tried if view.level(i, REACHABLE) < min(promised, view.required(i))]
    clauses = clauses_that_help(view, best, promised, REACHABLE)
    marks = ONLY_REACHABLE if view.level(best) < promised else frozenset[str]()
    if not holes:
        return Outcome(Verdict.HOLDS, best, clauses=clauses, promised_level=promised, marks=marks)
    left = {incident: view.level(incident, REACHABLE) for incident in holes}
    worst = min(left.values())
    if any(height > worst for height in left.values()):
        marks |= UNEVEN
    if any(view.level(incident) < worst for incident in holes):
        marks |= LEFT_REACHABLE
    return Outcome(
        Verdict.FAILS, holes[0], clauses=clauses, promised_level=promised, weakest_level=worst,
        holes=tuple(holes), elsewhere=best, marks=marks,
    )  # fmt: skip


def moved(incident: Incident, field: str, values: Iterable[str]) -> list[Incident]:
    """The incident with one fact set to each of the other values."""
    others = [value for value in values if value != getattr(incident, field)]
    changes: list[dict[str, Any]] = [{field: value} for value in others]
    return [replace(incident, **change) for change in changes]
