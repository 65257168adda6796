"""C01: an attack is answered at the level that the case asks for, if everybody acts in good faith."""

from dataclasses import replace

from foedus.check.queries import clauses_that_help, not_due
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Outcome, Verdict
from foedus.wording import Speaker, level, number


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
    among = view.case.required_of
    helpers = tuple(name for name in view.providers(incident, 1) if among is None or name in among)
    let_off = not_due(view, incident, required)
    return replace(outcome, verdict=Verdict.FAILS, let_off=let_off, kind=kind, helpers=helpers)


def say(outcome: Outcome, speaker: Speaker) -> str:
    case, left = speaker.case, ""
    if outcome.most_level is not None and outcome.most_level >= outcome.required:
        bound = (
            "obliges nobody to it" if case.required_count == 1 and case.required_of is None else "does not oblige to it"
        )
        left = f" The text allows {level(outcome.most_level)}{_by_how_many(speaker, 'by')}, and {bound}"
    asked = f"{level(outcome.required)}{_by_how_many(speaker, 'from')}"
    return f"if {speaker.incident(outcome.where)}, {_owed(outcome, speaker)}; this case asks for {asked}.{left}"


def _owed(outcome: Outcome, speaker: Speaker) -> str:
    """What is owed by as many as are asked for; where fewer owe it, by whom."""
    if outcome.promised_level:
        return f"the least owed in good faith{_by_how_many(speaker, 'by')} is {level(outcome.promised)}"
    who = speaker.party(outcome.where.victim)
    if outcome.helpers:
        verb = "is" if len(outcome.helpers) == 1 else "are"
        return f"only {speaker.some(outcome.helpers)} {verb} promised to come to the help of {who}"
    among = sorted(speaker.case.required_of or ())
    if len(among) == 1:
        return f"{speaker.party(among[0])} is not promised to come to the help of {who}"
    nobody = f"none of {speaker.some(among)}" if among else "nobody"
    return f"{nobody} is promised to come to the help of {who}"


def _by_how_many(speaker: Speaker, word: str) -> str:
    """By how many, and by whom, help is asked for; nothing where one is enough, whoever it is."""
    case = speaker.case
    if case.required_of is None:
        return f" {word} {number(case.required_count)}" if case.required_count > 1 else ""
    among = sorted(case.required_of)
    if len(among) == case.required_count:
        return f" {word} {speaker.some(among)}"
    return f" {word} {number(case.required_count)} of {speaker.some(among)}"


def praise(outcome: Outcome, speaker: Speaker) -> str:
    return (
        f"if {speaker.incident(outcome.where)}, {level(outcome.promised)} is owed in good faith"
        f"{_by_how_many(speaker, 'by')}"
    )


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
