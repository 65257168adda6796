"""C18: the promise neither ends nor can be left."""

from collections.abc import Iterator
from dataclasses import replace

from foedus.case.form import Exit
from foedus.check.asked import GOOD_FAITH
from foedus.check.queries import clauses_that_help
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Outcome, Verdict
from foedus.law.incident import Incident
from foedus.law.prohibitions import stands
from foedus.wording import MOST_NAMES, Speaker, duration, level, listed

NOTICE = "in_notice"
FREE_AT_ONCE = "notice frees at once"
A_RIGHT = "a right in the text ends the duty"
FORBIDS = "it promises no help, and forbids something"


def run(view: View) -> Outcome:
    incident = next((incident for incident in view.help_classes(view.near_attackers()) if view.level(incident)), None)
    if incident is not None:
        promised = view.level(incident)
        outcome = Outcome(
            Verdict.HOLDS, incident, promised_level=promised, clauses=clauses_that_help(view, incident, promised)
        )
        in_notice = view.level(replace(incident, phase=NOTICE))
        return _with_ways_out(view, outcome, _afterwards(view, incident), is_free_in_notice=in_notice < promised)
    incident = next(_where_forbidden(view), None)
    if incident is None:
        return Outcome(
            Verdict.NOT_APPLICABLE, view.base,
            reason="no help is promised, and nothing forbidden to others, in any incident looked at",
        )  # fmt: skip
    bans = _bans(view, incident)
    outcome = Outcome(Verdict.HOLDS, incident, clauses=bans, marks=frozenset({FORBIDS}))
    is_free = set(_bans(view, replace(incident, phase=NOTICE))) < set(bans)
    return _with_ways_out(view, outcome, None, is_free_in_notice=is_free)


def _with_ways_out(view: View, outcome: Outcome, left: int | None, *, is_free_in_notice: bool) -> Outcome:
    """The outcome, once it is seen how the text ends and is left; ``left`` is the level that is owed afterwards."""
    clauses = outcome.clauses
    way_out = view.form.exit or Exit(open=("duration", "notice", "earliest"))
    powers = tuple(
        power.id
        for power in view.form.clauses
        if power.kind == "power" and power.releases is not None and set(power.releases.clauses) & set(clauses)
    )
    ends = way_out.duration_hours is not None
    can_leave = way_out.notice_hours is not None or way_out.earliest_hours is not None
    if ends or can_leave or powers:
        marks = [FREE_AT_ONCE] * (can_leave and is_free_in_notice) + [A_RIGHT] * bool(powers)
        return replace(
            outcome, verdict=Verdict.FAILS, weakest_level=left, clauses=(*clauses, *powers), exit=way_out,
            marks=outcome.marks.union(marks),
        )  # fmt: skip
    unknown = tuple(f"exit.{name}" for name in way_out.open if name != "earliest")  # without notice no day is the first
    verdict = Verdict.DEPENDS if unknown else Verdict.HOLDS
    return replace(outcome, verdict=verdict, exit=way_out, open_at=unknown)


def _afterwards(view: View, incident: Incident) -> int:
    return view.level(replace(incident, phase="expired"))


def _where_forbidden(view: View) -> Iterator[Incident]:
    """The incidents in which the text forbids others something for the victim's sake, or for nobody's in particular."""
    bans = [clause for clause in view.form.clauses if clause.kind == "prohibition"]
    stand = [stands(view.meaning, clause, bearer) for clause in bans for bearer in clause.bearers]
    for incident in view.incidents(stand, view.near_attackers()):
        if _bans(view, incident):
            yield incident


def _bans(view: View, incident: Incident) -> tuple[str, ...]:
    return tuple(
        clause.id
        for clause in view.form.clauses
        if clause.kind == "prohibition" and (not clause.beneficiaries or incident.victim in clause.beneficiaries)
        if any(
            not view.stopped(stands(view.meaning, clause, bearer), incident, GOOD_FAITH)
            for bearer in clause.bearers
            if bearer != incident.victim
        )
    )


def say(outcome: Outcome, speaker: Speaker) -> str:
    way_out = outcome.exit or Exit()
    if outcome.verdict is Verdict.DEPENDS:
        kept = f"it forbids {_forbidden(outcome)}" if _forbids(outcome) else f"{level(outcome.promised)} is owed"
        return f"it is not known how it ends or how one leaves it; while it is in force, {kept}"
    told: list[str] = []
    if way_out.duration_hours is not None:
        told.append(f"it ends after {duration(way_out.duration_hours)}")
    if way_out.notice_hours is not None or way_out.earliest_hours is not None:
        told.append(_leaving(way_out))
    if A_RIGHT in outcome.marks:
        told.append(f"a right that the text gives ends the duty (`{outcome.clauses[-1]}`)")
    at_once = "; whoever has given notice owes no longer from that day on" if FREE_AT_ONCE in outcome.marks else ""
    if _forbids(outcome):
        at_once = at_once.replace("owes no longer", "is bound no longer")
        return f"{'; '.join(told)}. It forbids no longer then {_forbidden(outcome)}{at_once}"
    left = level(outcome.weakest) if outcome.weakest_level else "nothing"
    return f"{'; '.join(told)}. Of {level(outcome.promised)}, {left} is left then{at_once}"


def _forbids(outcome: Outcome) -> bool:
    """Whether it is what the text forbids that ends, since it promises no help."""
    return FORBIDS in outcome.marks


def _forbidden(outcome: Outcome) -> str:
    bans = [f"`{id}`" for id in outcome.clauses]
    bans = bans[:-1] if A_RIGHT in outcome.marks else bans
    more = len(bans) - MOST_NAMES
    named = bans if more <= 0 else [*bans[: MOST_NAMES - 1], f"{more + 1} other clauses"]
    return f"what stands in {listed(named)}"


def _leaving(way_out: Exit) -> str:
    """How one leaves it; the earliest day is the first on which one can be out, notice included."""
    notice = way_out.notice_hours
    start = f"from {duration(way_out.earliest_hours)} after it began on, " if way_out.earliest_hours else ""
    if notice is None:
        return f"{start}each can leave on any day, without notice"
    if not notice:
        return f"{start}each can leave at once"
    first = f", and nobody before {duration(way_out.earliest_hours)} after it began" if way_out.earliest_hours else ""
    return f"who gives notice is out {duration(notice)} later{first}"


def praise(outcome: Outcome, speaker: Speaker) -> str:
    if _forbids(outcome):
        return (
            f"it runs without end, and nothing in it lets anybody leave or ends what it forbids ({_forbidden(outcome)})"
        )
    return f"it runs without end, and nothing in it lets anybody leave or end what is owed ({level(outcome.promised)})"


RULE = Rule(
    code="C18",
    name="stays-in-force",
    wanted="The promise neither ends nor can be left",
    kind=Class.DESCRIPTION,
    scope="instrument",
    looks_for="a last day, a notice after which a party is out, a right in the text that ends what is owed; and what "
    "is owed while a notice runs; where no help is promised, the same of what the text forbids",
    why="A guarantee is worth something on the day of the attack. One that ends before the threat does, or that can be "
    "left when it grows, is worth less than its words.",
    limits="A fact and no fault: most treaties can be left. What general law allows without a clause (a fundamental "
    "change of circumstances) is not looked at. A month counts as 730 hours, a year as 365 days.",
    source="the list of checks (docs/theory/checks.md), C18; docs/theory/meaning.md, section 10",
    run=run,
    say=say,
    praise=praise,
)
