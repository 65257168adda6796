"""What Z3 found is run again in the plain interpreter before anybody sees it; what does not replay is a bug."""

from __future__ import annotations

from collections.abc import Iterable

from foedus.errors import InternalError
from foedus.law.expression import Assignment, Expression
from foedus.law.incident import Incident
from foedus.law.interpret import at, evaluate
from foedus.law.meaning import Meaning
from foedus.law.records import Undecided
from foedus.law.smt.decode import Found
from foedus.law.stoppers import refusing_set
from foedus.law.stops import Stance, game_of, stopped


def replay(expression: Expression, found: Found) -> Found:
    """Return what was found, if the expression is true of it."""
    if not evaluate(expression, found.incident, found.assignment):
        raise InternalError(f"what Z3 found is not so in the plain reading: {found.incident} {dict(found.assignment)}")
    return found


def replay_set(
    meaning: Meaning, expression: Expression, actors: frozenset[str], victim: str, stance: Stance
) -> frozenset[str]:
    """Return a set of refusing actors, if it stops what an expression at an incident says, and no part of it does."""
    _check(meaning, expression, actors, victim, stance, stop=True)
    for actor in sorted(actors):
        _check(meaning, expression, actors - {actor}, victim, stance, stop=False)
    return actors


def replay_plays(expression: Expression, plays: Iterable[Assignment], *, stop: bool) -> bool:
    """Return what Z3 says of a set of refusing actors, if one of its plays at least ends as it says."""
    if all(evaluate(expression, None, play) == stop for play in plays):
        said = "stop" if stop else "do not stop"
        raise InternalError(f"Z3 says that some actors {said} the help, and its own play ends otherwise")
    return stop


def replay_stopped(
    meaning: Meaning, expression: Expression, incident: Incident, actors: frozenset[str], stance: Stance
) -> Incident:
    """Return an incident, if what an expression says is there in good faith and some refusing actors stop it."""
    placed = at(expression, incident)
    _check(meaning, placed, frozenset(), incident.victim, stance, stop=False)
    _check(meaning, placed, actors, incident.victim, stance, stop=True)
    return incident


def _check(
    meaning: Meaning, expression: Expression, actors: frozenset[str], victim: str, stance: Stance, *, stop: bool
) -> None:
    """Hold one finding to the plain reading, which may itself give up on choices that work both ways."""
    said = stopped(game_of(meaning, expression, stance), refusing_set(meaning, actors, victim))
    if not isinstance(said, Undecided) and said != stop:
        raise InternalError(
            f"Z3 says that {sorted(actors)} {'stop' if stop else 'do not stop'} the help, the plain reading does not"
        )
