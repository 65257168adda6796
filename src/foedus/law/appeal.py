"""What the plain search gives up is put to Z3: within a limit of time, and replayed in the plain reading.

Z3 is loaded when the first such question comes, so that common checks never load it. What it finds and the plain
reading does not bear out is a bug of ours and raised as one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Final, TypeVar

from foedus.law.expression import Expression
from foedus.law.meaning import Meaning
from foedus.law.records import Undecided

if TYPE_CHECKING:
    from foedus.law.stops import Stance

LIMIT_MS: Final = 5_000
"""Time for one question."""
MOST_MISSED: Final = 3
"""Questions about one instrument that may run out of time; where so many did, no more are asked."""
Answered = TypeVar("Answered")


def is_stopped(
    meaning: Meaning, expression: Expression, refusing: frozenset[str], stance: Stance, given_up: Undecided
) -> bool | Undecided:
    """Return whether the refusing (closed under control) stop what an expression at an incident says."""

    def ask() -> bool | Undecided:
        from foedus.law.smt import stopping

        return stopping.is_stopped(meaning, expression, refusing, stance, limit_ms=LIMIT_MS)

    return _asked(meaning, ("stopped", expression, refusing, stance), ask, given_up)


def least_set(
    meaning: Meaning, expression: Expression, victim: str, stance: Stance, given_up: Undecided
) -> frozenset[str] | Undecided | None:
    """Return a smallest set of actors that stops what an expression at an incident says; None if none can."""

    def ask() -> frozenset[str] | Undecided | None:
        from foedus.law.smt import stopping

        return stopping.least_set(meaning, expression, victim, stance, limit_ms=LIMIT_MS)

    return _asked(meaning, ("least", expression, victim, stance), ask, given_up)


def _asked(
    meaning: Meaning, key: Hashable, ask: Callable[[], Answered | Undecided], given_up: Undecided
) -> Answered | Undecided:
    kept = ("appeal", key)
    if kept not in meaning.kept:
        meaning.kept[kept] = _answer(meaning, ask, given_up)
    return meaning.kept[kept]  # type: ignore[return-value]  # a question is only ever kept with its own answer


def _answer(meaning: Meaning, ask: Callable[[], Answered | Undecided], given_up: Undecided) -> Answered | Undecided:
    if meaning.built.missed >= MOST_MISSED:
        return given_up
    try:
        found = ask()
    except ImportError:  # there is no Z3 for some machines; all but the largest questions do without
        return given_up
    if isinstance(found, Undecided):
        meaning.built.missed += 1
        return Undecided(f"{given_up.reason}; a solver gave no answer within {LIMIT_MS // 1000} seconds either")
    return found
