"""C01: an attack is answered at the level that the case asks for, if everybody acts in good faith."""

from dataclasses import replace

from foedus.check.queries import clauses_that_help, not_due
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Outcome, Verdict
from foedus.wording import Speaker, level


def run(view: View) -> Outcome:
    incident = view.base
    required = view.required(incident)
    promised = view.level(incident)
    most = view.most(incident)
    if required == 0:
        return Outcome(Verdict.NOT_APPLICABLE, incident, reason="the case asks for nothing in the first incident")
    outcome = Outcome(Verdict.HOLDS, incident, promised_level=promised, required_level=required, most_level=most)
    if promised >= required:
        return replace(outcome, clauses=clauses_that_help(view, incident, required))
    kind = Class.CAUTION if most >= required else Class.DEFECT
    return replace(outcome, verdict=Verdict.FAILS, let_off=not_due(view, incident, required), kind=kind)


def say(outcome: Outcome, speaker: Speaker) -> str:
    promised = (
        f"nobody is promised to come to the help of {speaker.party(outcome.where.victim)}"
        if outcome.promised_level == 0
        else f"the least owed in good faith is {level(outcome.promised)}"
    )
    left = (
        f" The text allows {level(outcome.most_level)}, and obliges nobody to it"
        if outcome.most_level is not None and outcome.most_level >= outcome.required
        else ""
    )
    return f"if {speaker.incident(outcome.where)}, {promised}; this case asks for {level(outcome.required)}.{left}"


def praise(outcome: Outcome, speaker: Speaker) -> str:
    return f"if {speaker.incident(outcome.where)}, {level(outcome.promised)} is owed in good faith"


RULE = Rule(
    code="C01",
    name="attack-covered",
    wanted="An attack is answered at the level that the case asks for",
    kind=Class.DEFECT,
    scope="instrument",
    looks_for="the first incident of the case (first attacker, first victim, full invasion) in which everybody acts in "
    "good faith and still less is owed than the case asks for; a caution where the text at least allows that much",
    why="A promise that gives too little even when everybody keeps it cannot be mended by resolve.",
    limits="Looks at one incident; other attackers, places and kinds have rules of their own. What is asked for is the "
    "case author's choice and is printed with every result.",
    source="the list of checks (docs/theory/checks.md), C01; docs/theory/meaning.md, sections 5 and 6",
    run=run,
    say=say,
    praise=praise,
)
