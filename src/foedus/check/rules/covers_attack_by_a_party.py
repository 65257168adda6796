"""C10: an attack by one of the parties is answered like any other, and not claimed by both sides."""

from collections.abc import Iterable
from dataclasses import replace

from foedus.check.holes import REACHABLE, find_holes, hole_words, moved, no_hole_words, on_whom
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.errors import needed
from foedus.findings import Class, Outcome, Verdict
from foedus.law.incident import Incident
from foedus.wording import Speaker

BOTH_SIDES = frozenset({"both sides can claim the help"})


def run(view: View) -> Outcome:
    inside = [attacker for attacker in view.space.attackers if attacker in view.form.parties]

    def variants(best: Incident) -> list[Incident]:
        own = [best] if best.attacker in inside else []
        return own + [i for i in moved(best, "attacker", inside) if i.attacker != best.victim]

    def both_sides(tried: Iterable[Incident], outcome: Outcome) -> Outcome:
        for incident in tried:
            clause = _both_sides(view, incident)
            if clause is not None:
                return replace(
                    outcome, verdict=Verdict.FAILS, incident=incident, clauses=(clause,), marks=BOTH_SIDES,
                    weakest_level=view.level(incident, REACHABLE),
                )  # fmt: skip
        return outcome

    return find_holes(view, variants, "no attacker that is a party to the text is looked at", both_sides)


def _both_sides(view: View, incident: Incident) -> str | None:
    """A clause that helps the victim against the attacker and would help the attacker against the victim.

    Where a body or a third party finds who attacked, the text settles the matter.
    """
    mirrored = replace(incident, attacker=incident.victim, victim=incident.attacker)
    for clause in view.form.clauses:
        judged = any(
            judge.aspect == "attack" and (judge.is_body or judge.by not in ("objective", "bearer", "victim"))
            for judge in clause.judges
        )
        for_both = {incident.attacker, incident.victim} <= clause.beneficiaries
        binds = clause.kind == "obligation" and for_both and not judged
        if binds and view.due(clause, incident) and view.due(clause, mirrored):
            return clause.id
    return None


def say(outcome: Outcome, speaker: Speaker) -> str:
    if outcome.marks & BOTH_SIDES:
        first, second = speaker.party(outcome.where.attacker), speaker.party(outcome.where.victim)
        return (
            f"if {first} and {second} fight, both can claim the help, and the text names nobody who "
            "finds which of them attacked"
        )
    names = speaker.some((hole.attacker for hole in outcome.holes), "or")
    elsewhere = f"one by {speaker.party(needed(outcome.elsewhere).attacker)}"
    return hole_words(outcome, f"an attack{on_whom(outcome, speaker, 'on')} by {names}, itself a party,", elsewhere)


def praise(outcome: Outcome, speaker: Speaker) -> str:
    return (
        no_hole_words(outcome, "in good faith, an attack by a party")
        + "; what the party can stop by its own no is another question"
    )


RULE = Rule(
    code="C10",
    name="covers-attack-by-a-party",
    wanted="An attack by one of the parties is answered like any other",
    kind=Class.CAUTION,
    scope="instrument",
    looks_for="a party that attacks and meets less help than another attacker, or a clause on which both sides "
    "can rely "
    "while nobody is named to find who attacked",
    why="The guarantor that attacks is the oldest failure of guarantees; texts seldom provide for it.",
    limits="A pact of two in which the partner attacks has nobody left to help: that is told here too.",
    source="the list of checks (docs/theory/checks.md), C10; docs/theory/meaning.md, sections 5 and 6",
    run=run,
    say=say,
    praise=praise,
)
