"""The strongest promise of a view: what a text comes down to when most is owed under it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from foedus.case.form import Clause
from foedus.case.ladders import level_of
from foedus.check.asked import UndecidedError
from foedus.check.label import kind_of_promise
from foedus.check.queries import clauses_that_help
from foedus.check.view import View
from foedus.law.incident import Incident

FORCE: Final = 4
"""The lowest rung that is force."""


@dataclass(frozen=True, slots=True)
class Promise:
    """The strongest promise of a view: the incident in which most is owed, how much, and the clauses that owe it.

    Without any duty to help these are the rights to act for the victim, or else the bans on attacking it.
    """

    word: str
    incident: Incident
    level: int
    clauses: tuple[Clause, ...]
    may: bool
    most: int

    @property
    def ids(self) -> tuple[str, ...]:
        """Its clauses by id."""
        return tuple(clause.id for clause in self.clauses)

    @property
    def helps(self) -> bool:
        """Whether it is about help at all, and not a ban or a bare declaration."""
        return self.may or any(clause.kind == "obligation" for clause in self.clauses)

    def bound(self) -> tuple[str, ...]:
        """Who is bound by it, the victim aside."""
        bearers = dict.fromkeys(bearer for clause in self.clauses for bearer in clause.bearers)
        return tuple(bearer for bearer in bearers if bearer != self.incident.victim)


def strongest_promise(view: View, unbounded: frozenset[str]) -> Promise:
    """Return the strongest promise of a view; ``unbounded`` are the clauses whose most nobody knows."""
    word = kind_of_promise(view, unbounded)
    incident, level = _strongest(view)
    rights = _rights(view, incident.victim, unbounded)
    if level:
        carrying = set(clauses_that_help(view, incident, level))
        duties = [clause for clause in view.duties if clause.id in carrying and view.due(clause, incident)]
    else:
        duties = [clause for clause in view.duties if view.due(clause, incident)]
    may = level <= 1 and any(_most(clause, incident, unbounded) >= FORCE for clause in rights)
    if duties and not (may and not _helpful(duties, incident, unbounded)):
        most = max(_most(clause, incident, unbounded) for clause in duties)
        best = tuple(clause for clause in duties if _most(clause, incident, unbounded) == most)
        return Promise(word, incident, level, best, may=False, most=most)
    if may:
        return Promise(word, incident, level, rights, may=True, most=FORCE)
    bans = tuple(
        clause
        for clause in view.form.clauses
        if clause.kind == "prohibition"
        and clause.forbids & {"attack", "threat_of_force"}
        and incident.victim in clause.beneficiaries
    )
    return Promise(word, incident, level, bans, may=False, most=0)


def _strongest(view: View) -> tuple[Incident, int]:
    """The incident in which most is owed in good faith, the nearest to the ordinary one of them."""
    best, most = view.base, 0
    for incident in view.help_classes(view.near_attackers()):
        try:
            level = view.level(incident)
        except UndecidedError:
            continue
        if level > most:
            best, most = incident, level
    return best, most


def _rights(view: View, victim: str, unbounded: frozenset[str]) -> tuple[Clause, ...]:
    """The permissions of others to act, where the file names what they may do."""
    return tuple(
        clause
        for clause in view.form.clauses
        if clause.kind == "permission"
        and clause.id not in unbounded
        and not clause.against_beneficiary
        and (victim in clause.beneficiaries or not clause.beneficiaries)
        and any(bearer != victim for bearer in clause.bearers)
    )


def _most(clause: Clause, incident: Incident, unbounded: frozenset[str]) -> int:
    """The most that a clause names for somebody other than the victim; its least where nobody knows the most."""
    found = 0
    for bearer, response in zip(clause.bearers, clause.response, strict=True):
        if bearer not in (incident.attacker, incident.victim):
            found = max(found, level_of(response.least if clause.id in unbounded else response.most))
    return found


def _helpful(duties: Iterable[Clause], incident: Incident, unbounded: frozenset[str]) -> bool:
    """Whether some duty can bring more than talk."""
    return any(_most(clause, incident, unbounded) >= 2 for clause in duties)
