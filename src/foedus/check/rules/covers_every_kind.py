"""C09: help is owed whatever kind of attack it is, as far as the case asks for it."""

from foedus.check.holes import find_holes, help_words, moved
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.errors import needed
from foedus.findings import Class, Outcome
from foedus.law.incident import Incident
from foedus.wording import KIND_WORDS, Speaker, levels, listed


def run(view: View) -> Outcome:
    def variants(best: Incident) -> list[Incident]:
        return moved(best, "kind", view.space.kinds)

    return find_holes(view, variants, "only one kind of incident is looked at")


def say(outcome: Outcome, speaker: Speaker) -> str:
    best = needed(outcome.elsewhere)
    kinds = listed((KIND_WORDS[hole.kind] for hole in outcome.holes), "or")
    left = levels(0, outcome.weakest_level) if outcome.weakest_level else "nothing"
    return (
        f"{kinds} by {speaker.party(best.attacker)} meets "
        f"{left if len(outcome.holes) == 1 else 'less than is asked for'}; "
        f"{KIND_WORDS[best.kind]} meets {help_words(outcome)}"
    )


def praise(outcome: Outcome, speaker: Speaker) -> str:
    return "every kind of incident meets what the case asks for, or as much as the text gives at best"


RULE = Rule(
    code="C09",
    name="covers-every-kind",
    wanted="Help is owed for every kind of attack",
    kind=Class.CAUTION,
    scope="instrument",
    looks_for="a kind of incident with less help than the case asks for, where the text gives more for another kind",
    why="Below the threshold of the text an attacker can take slice after slice.",
    limits="Kinds are the nine of the threat ladder; the level asked for in each is the case author's.",
    source="the list of checks (docs/theory/checks.md), C09; docs/theory/meaning.md, sections 5 and 6",
    run=run,
    say=say,
    praise=praise,
)
