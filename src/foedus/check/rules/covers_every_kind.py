"""C09: help is owed whatever kind of attack it is, as far as the case asks for it."""

from foedus.check.holes import find_holes, hole_words, moved, no_hole_words, on_whom
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.errors import needed
from foedus.findings import Class, Outcome
from foedus.law.incident import Incident
from foedus.wording import KIND_WORDS, Speaker, listed


def run(view: View) -> Outcome:
    def variants(best: Incident) -> list[Incident]:
        return moved(best, "kind", view.space.kinds)

    return find_holes(view, variants, "only one kind of incident is looked at", each_attacker=True)


def say(outcome: Outcome, speaker: Speaker) -> str:
    best = needed(outcome.elsewhere)
    kinds = listed((KIND_WORDS[hole.kind] for hole in outcome.holes), "or")
    hole = f"{kinds} by {speaker.party(best.attacker)}{on_whom(outcome, speaker, 'against')}"
    return hole_words(outcome, hole, KIND_WORDS[best.kind])


def praise(outcome: Outcome, speaker: Speaker) -> str:
    return no_hole_words(outcome, "every kind of incident")


RULE = Rule(
    code="C09",
    name="covers-every-kind",
    wanted="Help is owed for every kind of attack",
    kind=Class.CAUTION,
    scope="instrument",
    looks_for="a kind of incident with less help than the case asks for, where the text gives more for another kind "
    "against the same attacker",
    why="Below the threshold of the text an attacker can take slice after slice.",
    limits="Kinds are the nine of the threat ladder; the level asked for in each is the case author's.",
    source="the list of checks (docs/theory/checks.md), C09; docs/theory/meaning.md, sections 5 and 6",
    run=run,
    say=say,
    praise=praise,
)
