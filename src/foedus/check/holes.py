"""C07 to C10: one fact of the incident is moved, everybody acts in good faith, and less is there than elsewhere."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from foedus.check.queries import clauses_that_help
from foedus.check.view import Asked, View
from foedus.findings import Outcome, Verdict
from foedus.law.incident import Incident
from foedus.wording import level

REACHABLE = Asked(reachable=True)
ONLY_REACHABLE = frozenset({"the help is not owed; a body may decide on it"})


def help_words(outcome: Outcome) -> str:
    """The help in the best incident: what is owed, or what a body may decide on."""
    words = level(outcome.promised)
    return f"what a body may decide on ({words})" if outcome.marks & ONLY_REACHABLE else words


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
    worst = min(view.level(incident, REACHABLE) for incident in holes)
    return Outcome(
        Verdict.FAILS, holes[0], clauses=clauses, promised_level=promised, weakest_level=worst,
        holes=tuple(holes), elsewhere=best, marks=marks,
    )  # fmt: skip


def moved(incident: Incident, field: str, values: Iterable[str]) -> list[Incident]:
    """The incident with one fact set to each of the other values."""
    others = [value for value in values if value != getattr(incident, field)]
    changes: list[dict[str, Any]] = [{field: value} for value in others]
    return [replace(incident, **change) for change in changes]
