"""C07: help is owed whoever attacks from outside."""

from foedus.check.holes import find_holes, hole_words, moved, no_hole_words, on_whom
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.errors import needed
from foedus.findings import Class, Outcome
from foedus.law.incident import Incident
from foedus.wording import Speaker


def run(view: View) -> Outcome:
    outsiders = [attacker for attacker in view.space.attackers if attacker not in view.form.parties]

    def variants(best: Incident) -> list[Incident]:
        return [i for i in moved(best, "attacker", outsiders) if i.attacker != best.victim]

    return find_holes(view, variants, "no further attacker from outside the text is looked at")


def say(outcome: Outcome, speaker: Speaker) -> str:
    names = speaker.some((hole.attacker for hole in outcome.holes), "or")
    hole = f"an attack{on_whom(outcome, speaker, 'on')} by {names}"
    return hole_words(outcome, hole, f"one by {speaker.party(needed(outcome.elsewhere).attacker)}")


def praise(outcome: Outcome, speaker: Speaker) -> str:
    return no_hole_words(outcome, "an attack by anybody from outside")


RULE = Rule(
    code="C07",
    name="covers-every-attacker",
    wanted="Help is owed whoever attacks from outside",
    kind=Class.CAUTION,
    scope="instrument",
    looks_for="an attacker that is no party to the text and against whom less is owed than against another",
    why="A promise against one named enemy says nothing of the next one, or of the same one acting through another.",
    limits="Attackers are the parties of the case and one outsider; attackers that are parties have a rule "
    "of their own (C10).",
    source="the list of checks (docs/theory/checks.md), C07; docs/theory/meaning.md, sections 5 and 6",
    run=run,
    say=say,
    praise=praise,
)
