"""C04: no single ally can stop what the others owe."""

from foedus.check.asked import GOOD_FAITH, Asked
from foedus.check.queries import clauses_that_help
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Outcome, Verdict
from foedus.law.incident import Incident
from foedus.wording import Speaker, level


def run(view: View) -> Outcome:
    promised_at: Incident | None = None
    for incident in view.help_classes(view.near_attackers()):
        level_now = view.level(incident)
        providers = view.providers(incident, level_now) if level_now else ()
        if len(providers) < 2:
            continue
        promised_at = promised_at or incident
        for ally, *_ in view.alike(_allies(view, incident), incident, GOOD_FAITH):
            left = view.providers(incident, level_now, Asked(refusing=frozenset({ally})))
            gone = [name for name in providers if name != ally and name not in left]
            if gone:
                return Outcome(
                    Verdict.FAILS, incident, refusing=(ally,), promised_level=level_now,
                    weakest_level=view.level(incident, Asked(refusing=frozenset({ally}))),
                    clauses=clauses_that_help(view, incident, level_now),
                    lawful=view.stoppers(incident, level_now, practical=False),
                    practical=view.stoppers(incident, level_now, practical=True), lost=tuple(gone),
                )  # fmt: skip
    if promised_at is None:
        return Outcome(
            Verdict.NOT_APPLICABLE, view.base, reason="fewer than two would owe help, so none can hold up another"
        )
    promised = view.level(promised_at)
    return Outcome(
        Verdict.HOLDS, promised_at, promised_level=promised, clauses=clauses_that_help(view, promised_at, promised)
    )


def _allies(view: View, incident: Incident) -> list[str]:
    """Everybody who decides something and is neither attacker nor victim nor theirs; the like counts once."""
    closed = view.controlled((incident.attacker,)) | view.controlled((incident.victim,))
    masters = {controller for controller, who in view.form.control if who in (incident.attacker, incident.victim)}
    holders = dict.fromkeys(choice.holder for choice in view.meaning.choices.values())
    return [holder for holder in holders if holder not in closed and holder not in masters]


def say(outcome: Outcome, speaker: Speaker) -> str:
    who = speaker.party(outcome.refusing[0])
    others = speaker.some(outcome.lost)
    return (
        f"if {speaker.incident(outcome.where)}, one ally that says no ({who}, for one) also ends what "
        f"{others} would owe "
        f"({level(outcome.promised)})"
    )


def praise(outcome: Outcome, speaker: Speaker) -> str:
    return f"if {speaker.incident(outcome.where)}, an ally that says no takes away its own help at most"


RULE = Rule(
    code="C04",
    name="no-single-ally-can-stop",
    wanted="No single ally can stop what the others owe",
    kind=Class.DEFECT,
    scope="instrument",
    looks_for="an incident in which one lawful no of an ally ends the duty of at least one other",
    why="Where all must agree, the promise is worth what the most hesitant member makes of it.",
    limits="Asked for the first declared attacker and an outsider. An ally's own share is not counted here: see "
    "`not-self-judged`.",
    source="the list of checks (docs/theory/checks.md), C04; docs/theory/meaning.md, sections 5 and 6",
    run=run,
    say=say,
    praise=praise,
)
