"""C18: the promise neither ends nor can be left."""

from dataclasses import replace

from foedus.case.form import Exit
from foedus.check.queries import clauses_that_help
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Outcome, Verdict
from foedus.law.incident import Incident
from foedus.wording import Speaker, duration, level

NOTICE = "in_notice"
FREE_AT_ONCE = "notice frees at once"
A_RIGHT = "a right in the text ends the duty"


def run(view: View) -> Outcome:
    incident = next((incident for incident in view.help_classes(view.near_attackers()) if view.level(incident)), None)
    if incident is None:
        return Outcome(Verdict.NOT_APPLICABLE, view.base, reason="no help is promised in any incident looked at")
    promised = view.level(incident)
    clauses = clauses_that_help(view, incident, promised)
    way_out = view.form.exit or Exit(open=("duration", "notice", "earliest"))
    powers = tuple(
        power.id
        for power in view.form.clauses
        if power.kind == "power" and power.releases is not None and set(power.releases.clauses) & set(clauses)
    )
    ends = way_out.duration_hours is not None
    can_leave = way_out.notice_hours is not None or way_out.earliest_hours is not None
    if ends or can_leave or powers:
        in_notice = view.level(replace(incident, phase=NOTICE))
        return Outcome(
            Verdict.FAILS, incident, promised_level=promised, weakest_level=_afterwards(view, incident),
            clauses=(*clauses, *powers), exit=way_out,
            marks=frozenset([FREE_AT_ONCE] * (can_leave and in_notice < promised) + [A_RIGHT] * bool(powers)),
        )  # fmt: skip
    unknown = tuple(f"exit.{name}" for name in way_out.open if name != "earliest")  # without notice no day is the first
    if unknown:
        return Outcome(
            Verdict.DEPENDS, incident, promised_level=promised, clauses=clauses, exit=way_out, open_at=unknown
        )
    return Outcome(Verdict.HOLDS, incident, promised_level=promised, clauses=clauses, exit=way_out)


def _afterwards(view: View, incident: Incident) -> int:
    return view.level(replace(incident, phase="expired"))


def say(outcome: Outcome, speaker: Speaker) -> str:
    way_out = outcome.exit or Exit()
    if outcome.verdict is Verdict.DEPENDS:
        return (
            f"it is not known how it ends or how one leaves it; while it is in force, {level(outcome.promised)} is owed"
        )
    told: list[str] = []
    if way_out.duration_hours is not None:
        told.append(f"it ends after {duration(way_out.duration_hours)}")
    if way_out.notice_hours is not None or way_out.earliest_hours is not None:
        told.append(_leaving(way_out))
    if A_RIGHT in outcome.marks:
        told.append(f"a right that the text gives ends the duty (`{outcome.clauses[-1]}`)")
    left = level(outcome.weakest) if outcome.weakest_level else "nothing"
    at_once = "; whoever has given notice owes no longer from that day on" if FREE_AT_ONCE in outcome.marks else ""
    return f"{'; '.join(told)}. Of {level(outcome.promised)}, {left} is left then{at_once}"


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
    return f"it runs without end, and nothing in it lets anybody leave or end what is owed ({level(outcome.promised)})"


RULE = Rule(
    code="C18",
    name="stays-in-force",
    wanted="The promise neither ends nor can be left",
    kind=Class.DESCRIPTION,
    scope="instrument",
    looks_for="a last day, a notice after which a party is out, a right in the text that ends what is owed; and what "
    "is owed while a notice runs",
    why="A guarantee is worth something on the day of the attack. One that ends before the threat does, or that can be "
    "left when it grows, is worth less than its words.",
    limits="A fact and no fault: most treaties can be left. What general law allows without a clause (a fundamental "
    "change of circumstances) is not looked at. A month counts as 730 hours, a year as 365 days.",
    source="the list of checks (docs/theory/checks.md), C18; docs/theory/meaning.md, section 10",
    run=run,
    say=say,
    praise=praise,
)
