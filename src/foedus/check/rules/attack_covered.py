"""C01: an attack is answered at the level that the case asks for, if everybody acts in good faith."""

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
    shared = {"promised_level": promised, "required_level": required, "most_level": most}
    if promised >= required:
        return Outcome(Verdict.HOLDS, incident, clauses=clauses_that_help(view, incident, required), **shared)
    kind = Class.CAUTION if most >= required else Class.DEFECT
    return Outcome(Verdict.FAILS, incident, let_off=not_due(view, incident, required), kind=kind, **shared)


def say(outcome: Outcome, speaker: Speaker) -> str:
    assert outcome.incident is not None and outcome.promised_level is not None and outcome.required_level is not None
    promised = (
        f"nobody is promised to come to the help of {speaker.party(outcome.incident.victim)}"
        if outcome.promised_level == 0
        else f"the least owed in good faith is {level(outcome.promised_level)}"
    )
    left = (
        f" The text allows {level(outcome.most_level)}, and obliges nobody to it"
        if outcome.most_level is not None and outcome.most_level >= outcome.required_level
        else ""
    )
    return f"if {speaker.incident(outcome.incident)}, {promised}; this case asks for {level(outcome.required_level)}.{left}"


def praise(outcome: Outcome, speaker: Speaker) -> str:
    assert outcome.incident is not None and outcome.promised_level is not None
    return f"if {speaker.incident(outcome.incident)}, {level(outcome.promised_level)} is owed in good faith"


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
    source="law.md, check C01; semantics, section 6",
    run=run,
    say=say,
    praise=praise,
)
