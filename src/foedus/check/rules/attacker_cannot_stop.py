"""C03: the attacker cannot stop the help by its own vote, judgement, request, choice or power."""

from foedus.check.asked import Asked
from foedus.check.queries import clauses_that_help, lost
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Outcome, Verdict
from foedus.law.choices import SORTS
from foedus.law.incident import Incident
from foedus.wording import Speaker, level, listed

OWN_SORTS = frozenset(SORTS) - {"consent", "act"}
"""Consents have their own rule (C15); an attacker's breach of its own promise is not a lawful stop."""

MOST_NAMES = 6
OWED = "owed"
CONSENT = "the attacker's consent is waited for"


def run(view: View) -> Outcome:
    first_promised: Incident | None = None
    for incident in view.help_classes(attacker_refuses=True):
        asked = Asked(refusing=frozenset({incident.attacker}), sorts=OWN_SORTS, reachable=True)
        promised, left, gone = lost(view, incident, asked)
        if promised and first_promised is None:
            first_promised = incident
        if left < promised or gone:
            return _fails(view, incident, promised, left, gone)
    if first_promised is None:
        return Outcome(Verdict.NOT_APPLICABLE, view.base, reason="no help is promised in any incident looked at")
    return _holds(view, first_promised)


def _holds(view: View, incident: Incident) -> Outcome:
    promised = view.level(incident, Asked(reachable=True))
    attacker = frozenset({incident.attacker})
    marks = {OWED} if view.level(incident) >= promised else set[str]()
    if view.level(incident, Asked(attacker, reachable=True)) < promised:
        marks.add(CONSENT)
    return Outcome(
        Verdict.HOLDS, incident, promised_level=promised, marks=frozenset(marks),
        clauses=clauses_that_help(view, incident, promised, Asked(attacker, sorts=OWN_SORTS, reachable=True)),
    )  # fmt: skip


def _fails(view: View, incident: Incident, promised: int, left: int, gone: tuple[str, ...]) -> Outcome:
    asked = Asked(reachable=True)
    return Outcome(
        Verdict.FAILS, incident, refusing=(incident.attacker,), promised_level=promised, weakest_level=left,
        clauses=clauses_that_help(view, incident, promised, asked),
        lawful=view.stoppers(incident, promised, practical=False, asked=asked),
        practical=view.stoppers(incident, promised, practical=True, asked=asked),
        lost=gone, marks=frozenset({OWED} if view.level(incident) >= promised else ()),
    )  # fmt: skip


def say(outcome: Outcome, speaker: Speaker) -> str:
    attacker = speaker.party(outcome.where.attacker)
    help_words = "the help" if OWED in outcome.marks else "the help that the text may lead to"
    left = f"; {level(outcome.weakest)} is left" if outcome.weakest_level else "; nothing is left"
    others = _others_alone(outcome)
    stop = f"stop {help_words} ({level(outcome.promised)}){left}"
    if not others:
        return f"if {speaker.incident(outcome.where)}, {attacker} itself can {stop}"
    alone = speaker.parties(others, "or") if len(others) <= MOST_NAMES else f"{len(others)} others"
    return f"if {speaker.incident(outcome.where)}, {attacker} itself can {stop}; so can {alone}, each alone"


def _others_alone(outcome: Outcome) -> tuple[str, ...]:
    """Who besides the attacker can stop the help alone."""
    kinds = outcome.lawful.kinds if outcome.lawful is not None else ()
    alone = [member for kind in kinds if kind.size == 1 for group in kind.groups for member in group.members]
    return tuple(member for member in alone if member != outcome.where.attacker)


def praise(outcome: Outcome, speaker: Speaker) -> str:
    attacker = listed([speaker.party(outcome.where.attacker)])
    stays = "stays owed" if OWED in outcome.marks else "may still follow"
    words = (
        f"if {speaker.incident(outcome.where)}, {level(outcome.promised)} {stays} whatever {attacker} votes or judges"
    )
    if CONSENT not in outcome.marks:
        return words
    return f"{words}, as long as it gives the consent for which this waits (a check of its own)"


RULE = Rule(
    code="C03",
    name="attacker-cannot-stop",
    wanted="The attacker cannot stop the help by its own vote",
    kind=Class.DEFECT,
    scope="instrument",
    looks_for="an incident in which help is promised or may follow, and the attacker alone, by lawful means of "
    "its own, "
    "takes it away or lowers it",
    why="A member of the deciding body who is not excluded when it attacks holds the key to the help against itself.",
    limits="One attacker at a time. Consents are looked at by `no-adversary-consent`, breaches of its own "
    "promises are not.",
    source="the list of checks (docs/theory/checks.md), C03; docs/theory/meaning.md, sections 5 and 6",
    run=run,
    say=say,
    praise=praise,
)
