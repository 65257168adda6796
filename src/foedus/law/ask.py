"""One incident asked of one form: who must do what for whom, who lets it fail, and what would have to change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from foedus.case.form import Clause
from foedus.case.ladders import level_of
from foedus.law.diagnosis import Setting, holds, state_of
from foedus.law.expression import FALSE, TRUE
from foedus.law.incident import Incident, IncidentSpace, neighbours
from foedus.law.interpret import facts_read, substitute
from foedus.law.meaning import HIGHEST, Meaning, Query, bearers_of, facts
from foedus.law.prohibitions import limits
from foedus.law.promise import ANY_HELP, guarantors, promised_level, weakest_lawful
from foedus.law.records import Allowed, Answer, Change, ClauseStatus, Promise, Provider, Stops
from foedus.law.stoppers import refusing_set, stoppers
from foedus.law.stops import LAWFUL, PRACTICAL, Stance

BINDING: Final = ("obligation", "permission", "power")


def ask(
    meaning: Meaning,
    incident: Incident,
    query: Query = ANY_HELP,
    *,
    refusing: frozenset[str] = frozenset(),
    silent: frozenset[str] = frozenset(),
    required: int = 0,
    space: IncidentSpace | None = None,
) -> Answer:
    """Return what the form says about an incident.

    ``query`` says what counts as help (its level is not read), ``required`` the level wanted. With a ``space`` the
    single facts that would make a clause bind are looked for among its values.
    """
    # Who says nothing is not let off a plain duty by it (meaning.md, section 3): to withhold that is a breach.
    lawful = Stance(silent=silent, keeping=True)
    setting = Setting(meaning, incident, refusing_set(meaning, refusing, incident.victim), lawful)
    promise = _promise(setting, query, refusing)
    promised = promise.good_faith if isinstance(promise.good_faith, int) else 0
    statuses = tuple(_statuses(setting))
    return Answer(
        incident=incident,
        refusing=setting.refusing,
        silent=silent,
        statuses=statuses,
        promise=promise,
        promised=_stops(setting, query, promised),
        required=_stops(setting, query, required),
        breached=tuple(_breached(setting)),
        allowed=tuple(_allowed(setting)),
        changes=tuple(what_would_change(setting, statuses, space)),
    )


def clause_status(
    meaning: Meaning,
    incident: Incident,
    clause: Clause,
    bearer: str,
    refusing: frozenset[str] = frozenset(),
    silent: frozenset[str] = frozenset(),
) -> ClauseStatus:
    """Return whether one clause binds one bearer, and what is missing if it does not."""
    closed = refusing_set(meaning, refusing, incident.victim)
    return _status(Setting(meaning, incident, closed, Stance(silent=silent, keeping=True)), clause, bearer)


def what_would_change(
    setting: Setting, statuses: tuple[ClauseStatus, ...], space: IncidentSpace | None
) -> Iterator[Change]:
    """Yield the single facts and choices that would make the clauses bind which do not."""
    for status in statuses:
        if status.state == "due":
            continue
        due = setting.meaning.due(setting.meaning.clauses[status.clause], status.bearer)
        fields = facts_read(due)
        for field, other in neighbours(space, setting.incident) if space else ():
            if field in fields and holds(setting.elsewhere(other), due):
                yield Change(status.clause, status.bearer, fact=(field, getattr(other, field)))
        here = setting.meaning.at(due, setting.incident)
        for key in setting.withheld(here):
            for option in setting.meaning.choices[key].options:
                if holds(setting, substitute(here, {key: option})):
                    yield Change(status.clause, status.bearer, choice=key, option=option)
                    break


def _promise(setting: Setting, query: Query, named: frozenset[str]) -> Promise:
    meaning, incident = setting.meaning, setting.incident
    practical = replace(setting.stance, practical=True, keeping=False)
    everybody = Setting(meaning, incident, frozenset(), LAWFUL)
    return Promise(
        good_faith=promised_level(meaning, incident, query),
        lawful=promised_level(meaning, incident, query, refusing=named, stance=setting.stance),
        practical=promised_level(meaning, incident, query, refusing=named, stance=practical),
        weakest_lawful=weakest_lawful(meaning, incident, query),
        providers=tuple(_providers(everybody, query)),
        providers_lawful=tuple(_providers(setting, query)),
    )


def _providers(setting: Setting, query: Query) -> Iterator[Provider]:
    meaning = setting.meaning
    for party in guarantors(meaning, setting.incident.victim, query.clauses):
        for level in range(HIGHEST, 0, -1):
            if holds(setting, meaning.provides(party, level, clauses=query.clauses)):
                yield Provider(party, level)
                break
    for body in meaning.bodies if query.reachable else ():
        for level in range(HIGHEST, 0, -1):
            if holds(setting, meaning.reaches(body, level, query.clauses)):
                yield Provider(body, level)
                break


def _statuses(setting: Setting) -> Iterator[ClauseStatus]:
    for clause in setting.meaning.form.clauses:
        if clause.kind in BINDING:
            for bearer in clause.bearers:
                yield _status(setting, clause, bearer)


def _status(setting: Setting, clause: Clause, bearer: str) -> ClauseStatus:
    response = clause.response[clause.bearers.index(bearer)]
    state, missing = state_of(setting, clause, bearer)
    is_due = state == "due"
    return ClauseStatus(
        clause=clause.id,
        bearer=bearer,
        state=state,
        missing=missing,
        level=_level(setting, clause, bearer) if is_due else 0,
        acts=response.least if is_due else frozenset(),
        most_level=level_of(response.most),
        most_acts=response.most,
    )


def _level(setting: Setting, clause: Clause, bearer: str) -> int:
    if clause.kind != "obligation":
        return 0
    levels = range(HIGHEST, 0, -1)
    return next((level for level in levels if holds(setting, setting.meaning.owes(clause, bearer, level))), 0)


def _stops(setting: Setting, query: Query, level: int) -> Stops | None:
    if level < 1:
        return None
    meaning, incident = setting.meaning, setting.incident
    asked = Query(level, None, query.k, query.among, query.reachable, query.clauses)
    expression = meaning.at(meaning.help_expression(asked), incident)
    return Stops(
        level,
        lawful=stoppers(meaning, expression, incident.victim, LAWFUL),
        practical=stoppers(meaning, expression, incident.victim, PRACTICAL),
    )


def _breached(setting: Setting) -> Iterator[str]:
    incident = setting.incident
    for clause in setting.meaning.form.clauses:
        concerned = incident.attacker in clause.bearers and incident.victim in clause.beneficiaries
        if clause.kind == "prohibition" and "attack" in clause.forbids and concerned and _speaks(setting, clause):
            yield clause.id


def _allowed(setting: Setting) -> Iterator[Allowed]:
    """Yield the most that each bearer may do for the victim: permitted or owed at most, less what is prohibited."""
    speaking = [clause for clause in setting.meaning.form.clauses if _speaks(setting, clause)]
    allowing = [
        clause
        for clause in speaking
        if clause.kind in ("obligation", "permission")
        and setting.incident.victim in clause.beneficiaries
        and not clause.against_beneficiary
    ]
    for bearer in bearers_of(allowing):
        levels = {
            clause.id: level_of(clause.response[clause.bearers.index(bearer)].most)
            for clause in allowing
            if bearer in clause.bearers
        }
        bans = limits(setting.meaning, setting.incident, bearer)
        most = max(levels.values())
        level = min([most, *bans.values()])
        raising = [name for name, reached in levels.items() if reached == most]
        lowering = [name for name, limit in bans.items() if limit == level < most]
        yield Allowed(bearer, level, tuple(raising + lowering))


def _speaks(setting: Setting, clause: Clause) -> bool:
    """Return whether the facts of a clause hold, whoever chooses what."""
    found = setting.meaning.at(facts(clause), setting.incident)
    if found is not TRUE and found is not FALSE:
        raise AssertionError(f"facts of clause {clause.id!r} read a choice")
    return found is TRUE
