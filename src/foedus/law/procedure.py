"""Who must do what by when, before help is there: the way through a text, handed to whoever has the lengths of time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from foedus.case.form import Clause
from foedus.case.ladders import level_of
from foedus.law.clocks import Path, What, path
from foedus.law.diagnosis import Setting, holds, state_of
from foedus.law.incident import Incident
from foedus.law.meaning import HIGHEST, Meaning
from foedus.law.stoppers import refusing_set
from foedus.law.stops import Stance

LinkName = Literal["request", "attribute", "meet", "decide", "consent", "approve", "earlier", "circle", "act"]
# How long an attack must have lasted is in the spans of the way, and no link of it.
LINK_OF: Final[Mapping[What, LinkName]] = {
    "request": "request",
    "finding": "attribute",
    "decision": "decide",
    "consent": "consent",
    "approval": "approve",
    "earlier": "earlier",
    "circle": "circle",
    "act": "act",
}


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the way: by a party, by a body, or by ``victim``. ``hours`` is the clock that binds it.

    ``soft``: a clock that binds nobody. ``open``: whether there is a clock is not known. ``wordy``: a word for haste.
    """

    what: LinkName
    by: str
    is_body: bool
    hours: int | None
    soft: bool = False
    open: bool = False
    wordy: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """What a guarantor must and may do under a clause from ``hour`` on: levels from 0 to 5."""

    hour: int
    owed: int
    allowed: int


@dataclass(frozen=True, slots=True)
class Procedure:
    """The way of one guarantor under one clause in one incident, with those who refuse or say nothing.

    ``bound`` is a clock of the whole way, ``binds`` what the deadline of the clause binds. ``silence_helps`` says that
    help is owed although a body is silent. ``state`` is why nothing is owed, where nothing is.
    """

    guarantor: str
    clause: str
    links: tuple[Link, ...]
    bound: int | None
    binds: str
    spans: tuple[Span, ...]
    silence_helps: bool
    legal: bool | None
    state: str

    def first_hour(self, level: int, *, allowed: bool) -> int | None:
        """The first hour from which a level is owed (or allowed), ``None`` for never."""
        for span in self.spans:
            if (max(span.owed, span.allowed) if allowed else span.owed) >= level:
                return span.hour
        return None


def procedures(
    meaning: Meaning,
    incident: Incident,
    *,
    refusing: frozenset[str] = frozenset(),
    silent: frozenset[str] = frozenset(),
) -> tuple[Procedure, ...]:
    """Return the way of every guarantor under every clause that obliges or permits help for the victim."""
    setting = Setting(meaning, incident, refusing_set(meaning, refusing, incident.victim), Stance(silent=silent))
    return tuple(
        _procedure(setting, clause, bearer)
        for clause in meaning.form.clauses
        if clause.kind in ("obligation", "permission") and not clause.against_beneficiary
        if incident.victim in clause.beneficiaries
        for bearer in clause.bearers
        if bearer not in (incident.victim, incident.attacker)
    )


def _procedure(setting: Setting, clause: Clause, bearer: str) -> Procedure:
    way = path(setting.meaning.form, clause, bearer)
    deadline = clause.deadline
    state, _ = state_of(setting, clause, bearer)
    return Procedure(
        guarantor=bearer,
        clause=clause.id,
        links=tuple(_links(clause, way)),
        bound=_whole_bound(clause, way),
        binds="nothing" if deadline is None else deadline.to,
        spans=tuple(_spans(setting, clause, bearer)),
        silence_helps=clause.default is not None,
        legal=setting.meaning.form.legal,
        state=state,
    )


def _links(clause: Clause, way: Path) -> Iterator[Link]:
    """The steps of the way; a clock to meet stands before the decision, and before the act where nothing is decided."""
    meets = clause.deadline is not None and clause.deadline.known and clause.deadline.to == "meet"
    for step in way.steps:
        is_last = step.what == "act"
        own = step.clause == clause.id
        if meets and own and step.what in ("decision", "act") and clause.deadline is not None:
            by = step.by if step.is_body else "guarantors"
            hours = None if clause.deadline.soft else clause.deadline.within_hours
            yield Link("meet", by, step.is_body, hours, soft=clause.deadline.soft)
            meets = False
            if is_last and step.hours == hours:
                step = replace(step, hours=0)  # noqa: PLW2901  to meet is all that is owed
        name = LINK_OF[step.what]
        if is_last and not own:
            name = "earlier"  # what another clause must have brought about first
        yield Link(name, step.by, step.is_body, step.hours, step.soft, step.open, step.wordy)


def _whole_bound(clause: Clause, way: Path) -> int | None:
    """A clock to act that runs from the attack bounds the whole way, whatever clocks the steps have."""
    deadline = clause.deadline
    if deadline is None or deadline.soft or deadline.to != "act" or deadline.start not in ("trigger", "request"):
        return None
    return way.hours


def _spans(setting: Setting, clause: Clause, bearer: str) -> Iterator[Span]:
    """Owed and allowed at every hour at which either can change."""
    lasting = clause.trigger.lasting_hours
    hours = {0, lasting, *([clause.default.after_hours] if clause.default is not None else [])}
    most = level_of(clause.response[clause.bearers.index(bearer)].most)
    for hour in sorted(hours):
        here = setting.elsewhere(replace(setting.incident, hour=hour, lasting=hour if lasting else 0))
        owed = _owed(here, clause, bearer) if clause.kind == "obligation" else 0
        speaks = not lasting or hour >= lasting
        bound = state_of(here, clause, bearer)[0] == "due"
        yield Span(hour, owed if speaks else 0, most if bound and speaks else 0)


def _owed(setting: Setting, clause: Clause, bearer: str) -> int:
    meaning = setting.meaning
    return next((n for n in range(HIGHEST, 0, -1) if holds(setting, meaning.owes(clause, bearer, n))), 0)


__all__ = ["Link", "LinkName", "Procedure", "Span", "procedures"]
