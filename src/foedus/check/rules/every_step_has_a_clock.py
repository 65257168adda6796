"""C16: every step from the attack to the help has a clock, so that help is owed by a known hour."""

from collections.abc import Iterator
from dataclasses import replace

from foedus.check.asked import GOOD_FAITH
from foedus.check.queries import clauses_that_help
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Clock, Outcome, Verdict
from foedus.law.clocks import Path, Step, way
from foedus.law.incident import Incident
from foedus.wording import MOST_NAMES, Speaker, duration, level, listed


def run(view: View) -> Outcome:
    outcome = _of_what_is_promised(view)
    if outcome.verdict is Verdict.NOT_APPLICABLE:
        return outcome
    told = {step.clause for step in outcome.steps}
    return replace(outcome, clocks=tuple(_clocks(view, told)))


def _of_what_is_promised(view: View) -> Outcome:
    incident = next((incident for incident in view.help_classes(view.near_attackers()) if view.level(incident)), None)
    if incident is None:
        return Outcome(Verdict.NOT_APPLICABLE, view.base, reason="no help is promised in any incident looked at")
    promised = view.level(incident)
    paths = _paths(view, incident, promised)
    wanted = view.case.required_count
    timed = sorted(p.hours for p in paths if p.hours is not None)
    open_at = tuple(
        dict.fromkeys(f"clauses.{s.clause}.deadline" for p in paths if p.is_open for s in p.steps if s.open)
    )
    first = next((p for p in paths if p.hours is None), paths[0])
    if len(timed) >= wanted:
        hours = timed[wanted - 1]
        told = next(p for p in paths if p.hours == hours)
        return Outcome(
            Verdict.HOLDS, incident, promised_level=promised, hours=hours, steps=told.steps,
            clauses=clauses_that_help(view, incident, promised),
        )  # fmt: skip
    is_open = len(timed) + sum(p.is_open for p in paths) >= wanted
    return Outcome(
        Verdict.DEPENDS if is_open else Verdict.FAILS, incident, promised_level=promised, steps=first.steps,
        clauses=tuple(dict.fromkeys(p.clause for p in paths)), open_at=open_at if is_open else (),
    )  # fmt: skip


def _paths(view: View, incident: Incident, promised: int) -> list[Path]:
    """The way of every provider at the level that is promised, the shortest for each."""
    rung = view.rung(promised)
    found = [
        way(view.form, clause, bearer)
        for clause in view.duties
        if incident.victim in clause.beneficiaries
        for bearer in view.others(clause, incident)
        if not view.stopped(view.meaning.owes(clause, bearer, rung), incident, GOOD_FAITH)
    ]
    best: dict[str, Path] = {}
    for one in sorted(found, key=lambda p: (p.hours is None, p.hours or 0)):
        best.setdefault(one.bearer, one)
    return list(best.values())


def _clocks(view: View, told: set[str]) -> Iterator[Clock]:
    """By when each duty is owed that is no part of the way that is told: an hour may be set for the talking alone."""
    for clause in view.duties:
        incident = next(view.where_due(clause), None) if clause.id not in told else None
        if incident is not None:
            ways = [way(view.form, clause, bearer) for bearer in view.due(clause, incident)]
            first = min(ways, key=lambda found: (found.hours is None, found.hours or 0))
            yield Clock(clause.id, first.hours, first.is_open)


WORDS = {
    "lasting": "the attack itself, before anything is owed",
    "request": "the request of {by}",
    "finding": "the finding of {by} that the case is given",
    "decision": "the decision of {by}",
    "consent": "the consent of {by}",
    "approval": "approval at home in {by}",
    "act": "the help itself",
    "earlier": "the step before",
    "circle": "a step that waits for itself",
}


def _step(step: Step, speaker: Speaker) -> str:
    who = (
        "the one attacked"
        if step.by == "victim"
        else f"the body “{step.by}”"
        if step.is_body
        else speaker.party(step.by)
    )
    words = WORDS[step.what].format(by=who)
    if step.soft:
        return f"{words} (its clock binds nobody)"
    return f"{words} (a word for haste, and no length of time)" if step.wordy else words


def say(outcome: Outcome, speaker: Speaker) -> str:
    without = listed(dict.fromkeys(_step(step, speaker) for step in outcome.steps if step.hours is None))
    clocked = [step for step in outcome.steps if step.hours]
    beside = _beside(outcome)
    has = f"; {duration(clocked[0].hours or 0)} are set for {_step(clocked[0], speaker)}" if clocked else ""
    setting = f"if {speaker.incident(outcome.where)}, "
    if outcome.verdict is Verdict.DEPENDS:
        return f"{setting}it is not known whether the text says how long {without} may take{has}{beside}"
    return (
        f"{setting}no hour is set by which {level(outcome.promised)} must be there: the text does not say how long "
        f"{without} may take{has}{beside}"
    )


def _beside(outcome: Outcome) -> str:
    """What is told of the clocks of the other duties: those set, and, where the first has one, those missing."""
    parts = [f"`{clock.clause}` is owed {_by(clock.hours)}" for clock in outcome.clocks if clock.hours is not None]
    is_open = [f"`{clock.clause}`" for clock in outcome.clocks if clock.is_open]
    without = [f"`{clock.clause}`" for clock in outcome.clocks if clock.hours is None and not clock.is_open]
    if is_open:
        parts.append(f"of {_some(is_open)} it is not known whether there is a clock")
    if without and (parts or outcome.verdict is Verdict.HOLDS):
        parts.append(f"{_some(without)} {'has' if len(without) == 1 else 'have'} no clock")
    return f"; besides, {_some(parts)}" if parts else ""


def _by(hours: int) -> str:
    return f"within {duration(hours)}" if hours else "at once"


def _some(names: list[str]) -> str:
    return listed(
        names if len(names) <= MOST_NAMES else [*names[: MOST_NAMES - 1], f"{len(names) - MOST_NAMES + 1} others"]
    )


def praise(outcome: Outcome, speaker: Speaker) -> str:
    when = "at once" if not outcome.hours else f"at the latest {duration(outcome.hours)} after it"
    return f"if {speaker.incident(outcome.where)}, {level(outcome.promised)} is owed {when}{_beside(outcome)}"


RULE = Rule(
    code="C16",
    name="every-step-has-a-clock",
    wanted="Every step from the attack to the help has a clock",
    kind=Class.CAUTION,
    scope="clause",
    looks_for="the longest way from the attack to the help that is owed in good faith (to ask, find, decide, approve, "
    "act) in which some step may take for ever; by when each other duty is owed is told beside it",
    why="An hour in a headline may bind a meeting and nothing else. What has no clock can be late without breach.",
    limits="What the text allows, and not what states need: the time to move forces is no matter of the text. A clock "
    "to act that runs from the attack bounds all steps before it; an attack that must have lasted is waited for. The "
    "one attacked is taken to ask and find at once.",
    source="the list of checks (docs/theory/checks.md), C16; docs/theory/meaning.md, section 10",
    run=run,
    say=say,
    praise=praise,
)
