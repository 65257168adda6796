"""How much help there is in an incident: in good faith, when some refuse, and when every guarantor does."""

from __future__ import annotations

from typing import Final

from foedus.law.incident import Incident
from foedus.law.meaning import HIGHEST, Meaning, Query, bearers_of
from foedus.law.records import Undecided
from foedus.law.stoppers import refusing_set
from foedus.law.stops import LAWFUL, Stance, stops

ANY_HELP: Final = Query()


def promised_level(
    meaning: Meaning,
    incident: Incident,
    query: Query = ANY_HELP,
    *,
    refusing: frozenset[str] = frozenset(),
    stance: Stance = LAWFUL,
) -> int | Undecided:
    """Return the highest level at which the query's help is there; with nobody refusing, what the text promises.

    The level or act of the query is not read. ``refusing`` are the actors named: whom they control refuses with them.
    """
    closed = refusing_set(meaning, refusing, incident.victim)
    for level in range(HIGHEST, 0, -1):
        asked = Query(level, None, query.k, query.among, query.reachable, query.clauses)
        stopped = stops(meaning, meaning.at(meaning.help_expression(asked), incident), closed, stance)
        if isinstance(stopped, Undecided):
            return stopped
        if not stopped:
            return level
    return 0


def weakest_lawful(meaning: Meaning, incident: Incident, query: Query = ANY_HELP) -> int | Undecided:
    """Return the level that is left when every guarantor, and the attacker, refuses whatever it lawfully may.

    An attacker that has a consent or a vote to give is not taken to give it for the help against itself.
    """
    named = frozenset((*guarantors(meaning, incident.victim, query.clauses), incident.attacker))
    return promised_level(meaning, incident, query, refusing=named)


def guarantors(meaning: Meaning, victim: str, clauses: frozenset[str] | None = None) -> tuple[str, ...]:
    """Return the bearers of the obligations towards a victim, in order."""
    return bearers_of(clause for clause in meaning.obligations(clauses) if victim in clause.beneficiaries)
