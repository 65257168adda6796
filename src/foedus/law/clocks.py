"""How long each step from an attack to the help may take by the text: what is asked, found, decided, approved, done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from foedus.case.form import Clause, Deadline, Form
from foedus.case.ladders import level_of

What = Literal["request", "finding", "decision", "consent", "earlier", "approval", "act", "circle", "lasting"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: of which clause, by whom (a party, a body, or ``victim``), within how many hours; ``None`` is no clock.

    ``soft``: there is a clock that binds nobody. ``open``: whether there is one is not known. ``wordy``: the text has a
    word for it ("forthwith") and no length.
    """

    what: What
    clause: str
    by: str
    hours: int | None
    soft: bool = False
    open: bool = False
    wordy: bool = False
    is_body: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """The steps of one bearer under one clause, in their order; ``hours`` from the attack, ``None`` for no clock."""

    clause: str
    bearer: str
    steps: tuple[Step, ...]
    hours: int | None

    @property
    def is_open(self) -> bool:
        """Whether a clock that nobody knows of could still bound it."""
        return self.hours is None and any(step.open for step in self.steps)


def path(form: Form, clause: Clause, bearer: str) -> Path:
    """Return the way from the attack to what a bearer owes under a clause (docs/theory/meaning.md, section 10).

    A clock to act that runs from the attack or the request bounds the whole way; otherwise the steps add up.
    """
    steps = tuple(_steps(form, clause, bearer, frozenset()))
    bound = _bound_of_all(clause)
    if bound is not None:
        return Path(clause.id, bearer, steps, bound)
    known = [step.hours for step in steps]
    return Path(clause.id, bearer, steps, None if None in known else sum(hours for hours in known if hours is not None))


def way(form: Form, clause: Clause, bearer: str) -> Path:
    """Return the path together with the wait before it, where an attack must have lasted before anything is owed.

    A clock that bounds the whole way runs from the attack as well, so that the later of the two counts.
    """
    found, lasting = path(form, clause, bearer), clause.trigger.lasting_hours
    if not lasting:
        return found
    hours = found.hours
    if hours is not None:
        hours = max(hours, lasting) if _bound_of_all(clause) is not None else hours + lasting
    return replace(found, steps=(Step("lasting", clause.id, "victim", lasting), *found.steps), hours=hours)


def _bound_of_all(clause: Clause) -> int | None:
    deadline = clause.deadline
    if deadline is None or not deadline.known or deadline.soft or not _is_of_the_act(clause, deadline):
        return None
    return deadline.within_hours if deadline.start in ("trigger", "request") else None


def _is_of_the_act(clause: Clause, deadline: Deadline) -> bool:
    """To meet is to act where no more is owed than to talk."""
    talk = all(level_of(owed.least) <= 1 for owed in clause.response)
    return deadline.to == "act" or (deadline.to == "meet" and talk)


def _steps(form: Form, clause: Clause, bearer: str, seen: frozenset[str]) -> Iterator[Step]:
    if clause.id in seen:
        yield Step("circle", clause.id, bearer, None)
        return
    yield from _earlier(form, clause, seen)
    if clause.request is not None:
        for who in clause.request.by if clause.request.all else clause.request.by[:1]:
            yield Step("request", clause.id, who, 0 if who == "victim" else None)
    for judge in clause.judges:
        decides = clause.decision is not None and judge.is_body and judge.by == clause.decision.body
        if judge.by not in ("objective", "victim") and not decides:
            yield _clocked("finding", clause, bearer if judge.by == "bearer" else judge.by, is_body=judge.is_body)
    if clause.decision is not None:
        step = _clocked("decision", clause, clause.decision.body, is_body=True)
        yield step if clause.default is None else replace(step, hours=clause.default.after_hours, open=False)
    for party in clause.consents:
        yield Step("consent", clause.id, party, None)
    if clause.domestic is not None and clause.domestic.is_condition and bearer in clause.domestic.parties:
        yield Step("approval", clause.id, bearer, None)
    yield _clocked("act", clause, bearer)


def _earlier(form: Form, clause: Clause, seen: frozenset[str]) -> Iterator[Step]:
    """The steps of what must be done before, by the first who bears it: all bear it alike."""
    clauses = {other.id: other for other in form.clauses}
    for id in clause.after:
        earlier = clauses[id]
        if earlier.kind in ("obligation", "power") and earlier.bearers:
            bound = _bound_of_all(earlier)
            if bound is not None and earlier.id not in seen:
                yield Step("earlier", earlier.id, earlier.bearers[0], bound)
            else:
                yield from _steps(form, earlier, earlier.bearers[0], seen | {clause.id})


def _clocked(what: What, clause: Clause, by: str, *, is_body: bool = False) -> Step:
    """The step with the clock of the clause, where it is this step that the clock binds."""
    deadline = clause.deadline
    step = Step(what, clause.id, by, None, is_body=is_body)
    if deadline is None:
        return step
    if not deadline.known:
        return replace(step, open=True)
    binds = _is_of_the_act(clause, deadline) if what == "act" else deadline.to == "decide"
    if not binds:
        return step
    hours = None if deadline.soft else deadline.within_hours
    return replace(step, hours=hours, soft=deadline.soft, wordy=deadline.within_hours is None)
