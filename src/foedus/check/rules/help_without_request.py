"""C06: help is owed even if the victim can no longer ask or agree."""

from foedus.check.asked import Asked
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Outcome, Verdict
from foedus.law.incident import Incident
from foedus.wording import Speaker

REQUESTS = frozenset({"request"})
ASKING = frozenset({"request", "consent"})
"""What a silenced victim can no longer say. Whom others make wait by their silence has a rule of its own (C17)."""

CONSENT = frozenset({"the victim's consent"})


def run(view: View) -> Outcome:
    due_at: Incident | None = None
    holes: list[tuple[str, Incident]] = []
    carrying: list[str] = []
    for clause in view.duties:
        for incident in view.where_due(clause):
            due_at = due_at or incident
            if clause.id not in carrying:
                carrying.append(clause.id)
            if not view.due(clause, incident, _silent(incident)):
                holes.append((clause.id, incident))
                break
    if due_at is None:
        return Outcome(Verdict.NOT_APPLICABLE, view.base, reason="no help is promised in any incident looked at")
    if not holes:
        return Outcome(Verdict.HOLDS, due_at, clauses=tuple(carrying))
    first, incident = holes[0]
    clause = view.meaning.clauses[first]
    only_consent = view.due(clause, incident, Asked(silent=frozenset({incident.victim}), silent_sorts=REQUESTS))
    return Outcome(
        Verdict.FAILS, incident, clauses=tuple(id for id, _ in holes), promised_level=view.level(incident),
        weakest_level=view.level(incident, _silent(incident)), marks=CONSENT if only_consent else frozenset(),
    )  # fmt: skip


def _silent(incident: Incident) -> Asked:
    return Asked(silent=frozenset({incident.victim}), silent_sorts=ASKING)


def say(outcome: Outcome, speaker: Speaker) -> str:
    victim = speaker.party(outcome.where.victim)
    left = outcome.weakest_level or 0
    other = " (other clauses still give as much)" if left and left == outcome.promised_level else ""
    asks, waits = ("agree", "consent") if outcome.marks & CONSENT else ("ask", "request")
    return (
        f"if {speaker.incident(outcome.where)} and {victim} can no longer {asks}, the help falls away "
        f"that waits for its {waits}{other}"
    )


def praise(outcome: Outcome, speaker: Speaker) -> str:
    return (
        f"if {speaker.incident(outcome.where)}, help is owed without a request by {speaker.party(outcome.where.victim)}"
    )


RULE = Rule(
    code="C06",
    name="help-without-request",
    wanted="Help is owed even if the victim can no longer ask",
    kind=Class.CAUTION,
    scope="clause",
    looks_for="a clause whose help falls away when the victim asks for nothing and agrees to nothing: its government "
    "captured, cut off or replaced",
    why="A quick attack on the capital can end the request before it is made.",
    limits="Only silence in asking and consenting is looked at; that the victim finds the attack, and votes where it "
    "sits in a body, is taken for granted. International law asks for a request for collective self-defence in any "
    "case.",
    source="the list of checks (docs/theory/checks.md), C06; docs/theory/meaning.md, sections 5 and 6",
    run=run,
    say=say,
    praise=praise,
)
