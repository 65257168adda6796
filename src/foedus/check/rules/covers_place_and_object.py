"""C08: help is owed wherever the victim is attacked, and whatever of it is attacked."""

from foedus.check.holes import NOT_EVERY_ATTACKER, find_holes, hole_words, moved, no_hole_words
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.errors import needed
from foedus.findings import Class, Outcome
from foedus.law.incident import Incident
from foedus.wording import OBJECT_WORDS, Speaker, listed


def run(view: View) -> Outcome:
    def variants(best: Incident) -> list[Incident]:
        return moved(best, "zone", view.space.zones) + moved(best, "object", view.space.objects)

    return find_holes(view, variants, "only one place and one object are looked at", each_attacker=True)


def say(outcome: Outcome, speaker: Speaker) -> str:
    best = needed(outcome.elsewhere)
    places = [f"in {speaker.zone(hole.zone)}" for hole in outcome.holes if hole.zone != best.zone]
    objects = [f"against {OBJECT_WORDS[hole.object]}" for hole in outcome.holes if hole.object != best.object]
    by = f" by {speaker.party(best.attacker)}" if outcome.marks & NOT_EVERY_ATTACKER else ""
    return hole_words(
        outcome, f"an attack{by} on {speaker.party(best.victim)} {listed(places + objects, 'or')}", "any other"
    )


def praise(outcome: Outcome, speaker: Speaker) -> str:
    return no_hole_words(outcome, "an attack on every place and object looked at")


RULE = Rule(
    code="C08",
    name="covers-place-and-object",
    wanted="Help is owed wherever and whatever is attacked",
    kind=Class.CAUTION,
    scope="instrument",
    looks_for="a declared zone, or a kind of object (territory, forces, ships and aircraft, nationals), with less help "
    "than elsewhere against the same attacker",
    why="What a text leaves out is where it will be tested.",
    limits="A hole in a territory that the case does not declare cannot be found.",
    source="the list of checks (docs/theory/checks.md), C08; docs/theory/meaning.md, sections 5 and 6",
    run=run,
    say=say,
    praise=praise,
)
