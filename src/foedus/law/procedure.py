"""Who must do what by when, before help is there: the way through a text, handed to whoever has the lengths of time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from foedus.case.form import Clause, Deadline, Form
from foedus.case.ladders import level_of
from foedus.law.choices import closure
from foedus.law.clocks import Path, Step, What, path
from foedus.law.diagnosis import Setting, holds, state_of
from foedus.law.incident import Incident
from foedus.law.meaning import HIGHEST, Meaning
from foedus.law.prohibitions import limits
from foedus.law.stoppers import refusing_set
from foedus.law.stops import Stance

LinkName = Literal["wait", "request", "attribute", "meet", "decide", "consent", "approve", "earlier", "circle", "act"]
Since = Literal["attack", "request", "before"]
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

    ``since`` says from where the clock runs; links of one ``clause`` with one clock spend it together. ``soft``: a
    clock that binds nobody. ``open``: whether there is one is not known. ``wordy``: a word for haste. ``if_timed``: no
    condition of the help, so that it delays it only where somebody says for how long.
    """

    what: LinkName
    by: str
    is_body: bool
    hours: int | None
    soft: bool = False
    open: bool = False
    wordy: bool = False
    clause: str = ""
    since: Since = "before"
    if_timed: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """What a guarantor must and may do under a clause from ``hour`` on: levels from 0 to 5."""

    hour: int
    owed: int
    allowed: int


@dataclass(frozen=True, slots=True)
class Procedure:
    """The way of one guarantor under one clause in one incident, with those who refuse or say nothing.

    ``bound`` is a clock of the whole way, from the request if ``bound_since`` says so, and ``binds`` what the deadline
    of the clause binds. ``default`` is the hour from which a level is owed although a body is silent, ``undecided``
    says that it is silent or says no. ``withheld``: who is bound does not act. ``state`` is why nothing is owed.
    """

    guarantor: str
    clause: str
    links: tuple[Link, ...]
    bound: int | None
    binds: str
    spans: tuple[Span, ...]
    legal: bool | None
    state: str
    bound_since: Since = "attack"
    default: tuple[int, int] | None = None
    undecided: bool = False
    withheld: bool = False

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
    sides = closure(meaning.form.control, (incident.attacker, incident.victim))
    return tuple(
        _procedure(setting, clause, bearer)
        for clause in meaning.form.clauses
        if clause.kind in ("obligation", "permission") and not clause.against_beneficiary
        if incident.victim in clause.beneficiaries
        for bearer in clause.bearers
        if bearer not in sides
    )


def _procedure(setting: Setting, clause: Clause, bearer: str) -> Procedure:
    form, deadline, default = setting.meaning.form, clause.deadline, clause.default
    way = path(form, clause, bearer)
    state, _ = state_of(setting, clause, bearer)
    return Procedure(
        guarantor=bearer,
        clause=clause.id,
        links=tuple(_links(form, clause, bearer, way)),
        bound=_whole_bound(clause, way),
        binds="nothing" if deadline is None else deadline.to,
        spans=tuple(_spans(setting, clause, bearer)),
        legal=form.legal,
        state=state,
        bound_since=_since(deadline),
        default=None if default is None else (default.after_hours, default.level),
        undecided=not holds(setting, setting.meaning.decision(clause, bearer)),
        withheld=bearer in setting.refusing,
    )


def _links(form: Form, clause: Clause, bearer: str, way: Path) -> Iterator[Link]:
    """The steps of the way in their order, with what the clocks of the clause bind beside them.

    An attack must have lasted first. A clock to meet stands before the decision, and before the act where nothing is
    decided; under a clock to decide each bearer decides for itself where no body does.
    """
    clauses = {one.id: one for one in form.clauses}
    if clause.trigger.lasting_hours:
        yield Link("wait", bearer, is_body=False, hours=clause.trigger.lasting_hours, clause=clause.id, since="attack")
    meets, decides = _extra(clause, way, bearer)
    for step in way.steps:
        own = step.clause == clause.id
        if own and step.what in ("decision", "consent", "approval", "act"):
            if meets is not None and step.what in ("decision", "act"):
                yield replace(meets, by=step.by if step.is_body else meets.by, is_body=step.is_body)
                if step.what == "act" and step.hours == meets.hours:
                    step = replace(step, hours=0)  # noqa: PLW2901  to meet is all that is owed
                meets = None
            if decides is not None and step.what != "decision":
                yield decides
                decides = None
        if own and step.what == "act":
            yield from _at_home(clause, bearer)
        yield _link(clauses[step.clause], step, is_earlier=step.what == "act" and not own)


def _extra(clause: Clause, way: Path, bearer: str) -> tuple[Link | None, Link | None]:
    """The meeting and the deciding of each for itself that the clock of a clause asks for."""
    clock = clause.deadline
    if clock is None or not clock.known or clock.to not in ("meet", "decide"):
        return None, None
    if clock.to == "decide" and any(step.what == "decision" and step.clause == clause.id for step in way.steps):
        return None, None
    link = Link(
        "meet" if clock.to == "meet" else "decide",
        "guarantors" if clock.to == "meet" else bearer,
        is_body=False,
        hours=_hours(clause, clock),
        soft=clock.soft,
        wordy=clock.within_hours is None,
        clause=clause.id,
        since=_since(clock),
    )
    return (link, None) if clock.to == "meet" else (None, link)


def _hours(clause: Clause, clock: Deadline) -> int | None:
    """A clock in hours; one from the trigger begins when the attack has lasted as long as it must (clocks.way)."""
    if clock.soft or clock.within_hours is None:
        return None
    return clock.within_hours + (clause.trigger.lasting_hours if _since(clock) == "attack" else 0)


def _since(clock: Deadline | None) -> Since:
    if clock is None:
        return "attack"
    since: dict[str, Since] = {"trigger": "attack", "request": "request"}
    return since.get(clock.start, "before")


def _at_home(clause: Clause, bearer: str) -> Iterator[Link]:
    """A vote at home that is no condition: it excuses nobody, and takes its time all the same where it is known."""
    home = clause.domestic
    if home is not None and not home.is_condition and bearer in home.parties:
        yield Link("approve", bearer, is_body=False, hours=None, clause=clause.id, if_timed=True)


def _link(clause: Clause, step: Step, *, is_earlier: bool) -> Link:
    name = "earlier" if is_earlier else LINK_OF[step.what]  # what another clause must have brought about first
    since: Since = "before"
    hours = step.hours
    if step.what == "earlier" or (step.what == "decision" and clause.default is not None):
        since = "attack"
    elif step.what in ("finding", "decision") and hours is not None and clause.deadline is not None:
        since, hours = _since(clause.deadline), _hours(clause, clause.deadline)
    return Link(name, step.by, step.is_body, hours, step.soft, step.open, step.wordy, clause=step.clause, since=since)


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
        allowed = min([most, *limits(here.meaning, here.incident, bearer).values()])
        yield Span(hour, owed if speaks else 0, allowed if bound and speaks else 0)


def _owed(setting: Setting, clause: Clause, bearer: str) -> int:
    meaning = setting.meaning
    return next((n for n in range(HIGHEST, 0, -1) if holds(setting, meaning.owes(clause, bearer, n))), 0)


__all__ = ["Link", "LinkName", "Procedure", "Since", "Span", "procedures"]
