"""C02: even if every guarantor uses all the freedom the text leaves, what is asked for is owed."""

from dataclasses import replace

from foedus.check.asked import Asked
from foedus.check.queries import clauses_that_help, not_due
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Outcome, Verdict
from foedus.wording import Speaker, level


def run(view: View) -> Outcome:
    incident = view.base
    required = view.required(incident)
    guarantors = Asked(refusing=view.guarantors(incident))
    promised, weakest = view.level(incident), view.level(incident, Asked(refusing=view.unwilling(incident)))
    matters = weakest < view.level(incident, guarantors)
    asked = Asked(refusing=view.unwilling(incident)) if matters else guarantors
    if promised == 0:
        return Outcome(
            Verdict.NOT_APPLICABLE, incident, promised_level=0, weakest_level=0, required_level=required,
            reason="no help is owed in the first incident, so nothing is left to weaken",
        )  # fmt: skip
    outcome = Outcome(Verdict.HOLDS, incident, promised_level=promised, weakest_level=weakest, required_level=required)
    if weakest >= required:
        return replace(outcome, clauses=clauses_that_help(view, incident, weakest))
    return replace(
        outcome,
        verdict=Verdict.FAILS,
        refusing=tuple(sorted(asked.refusing)),
        clauses=clauses_that_help(view, incident, promised),
        let_off=not_due(view, incident, required, asked),
    )


def say(outcome: Outcome, speaker: Speaker) -> str:
    return (
        f"if {speaker.incident(outcome.where)}, the weakest response that keeps to the text is "
        f"{level(outcome.weakest)}; this case asks for {level(outcome.required)}"
    )


def praise(outcome: Outcome, speaker: Speaker) -> str:
    return (
        f"if {speaker.incident(outcome.where)}, {level(outcome.weakest)} stays owed even if every guarantor "
        "uses all the freedom that the text leaves"
    )


RULE = Rule(
    code="C02",
    name="least-response-suffices",
    wanted="Even the weakest lawful response is what the case asks for",
    kind=Class.CAUTION,
    scope="instrument",
    looks_for="what is still owed in the first incident when all guarantors judge, vote and choose for the least, and "
    "the attacker gives no vote and no consent of its own for it",
    why="It separates what a text obliges from what its friends expect: the gap is filled by politics alone.",
    limits="All guarantors refuse at once; a single one who helps anyway is not counted against the text.",
    source="the list of checks (docs/theory/checks.md), C02; docs/theory/meaning.md, sections 5 and 6",
    run=run,
    say=say,
    praise=praise,
)
