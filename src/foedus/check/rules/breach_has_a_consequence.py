"""C19: what breaks the promise brings something into play, and the one who breaks it cannot block that."""

from dataclasses import replace

from foedus.case.form import Clause, Consequence
from foedus.check.asked import Asked
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Outcome, Verdict
from foedus.law.incident import Incident
from foedus.wording import MOST_NAMES, Speaker, listed

BLOCKED = "the breacher can block it"


def run(view: View) -> Outcome:
    clauses = [clause for clause in view.form.clauses if _concerns(view, clause)]
    if not clauses:
        return Outcome(Verdict.NOT_APPLICABLE, view.base, reason="nobody else owes or forbears anything here")
    without = tuple(clause.id for clause in clauses if clause.consequence is None)
    if without:
        return Outcome(Verdict.FAILS, view.base, clauses=without)
    for clause in clauses:
        for breacher in clause.bearers:
            if set(view.space.victims) - {breacher} and _can_block(view, clause, breacher):
                incident = _breach(view, clause, breacher)
                return Outcome(
                    Verdict.FAILS, incident, refusing=(breacher,), clauses=(clause.id,), marks=frozenset({BLOCKED})
                )
    unknown = tuple(clause.id for clause in clauses if clause.consequence is not None and not clause.consequence.known)
    if unknown:
        open_at = tuple(f"clauses.{id}.consequence" for id in unknown)
        return Outcome(Verdict.DEPENDS, view.base, clauses=unknown, open_at=open_at)
    return Outcome(Verdict.HOLDS, view.base, clauses=tuple(clause.id for clause in clauses))


def _concerns(view: View, clause: Clause) -> bool:
    """Whether a breach of the clause by another would hurt somebody whom the guarantee is for."""
    return clause.kind in ("obligation", "prohibition") and any(
        any(bearer != victim for bearer in clause.bearers)
        for victim in view.space.victims
        if not clause.beneficiaries or victim in clause.beneficiaries
    )


def _can_block(view: View, clause: Clause, breacher: str) -> bool:
    """Whether the one who breaks a clause can keep its consequence from coming, by a no that the text allows.

    A consequence in words alone is taken to come: the file does not say who brings it about.
    """
    consequence = clause.consequence or Consequence()
    incident = _breach(view, clause, breacher)
    asked = Asked(refusing=frozenset({breacher}))
    if consequence.decision is not None:
        decided = view.meaning.decided(consequence.decision, breacher)
        if view.stopped(decided, incident, asked):
            return True
    brought = [other for other in view.form.clauses if other.id in consequence.clauses]
    return bool(brought) and not any(
        not view.stopped(view.meaning.due(other, bearer), incident, asked)
        for other in brought
        for bearer in other.bearers
        if bearer != breacher
    )


def _breach(view: View, clause: Clause, breacher: str) -> Incident:
    """An incident in which the breacher breaks the clause: it attacks, where that is what it must not do."""
    attacks = clause.kind == "prohibition" and "attack" in clause.forbids
    victim = view.base.victim if view.base.victim != breacher else next(v for v in view.space.victims if v != breacher)
    attacker = breacher if attacks else view.base.attacker
    return replace(view.base, attacker=attacker, victim=victim) if attacker != victim else view.base


def say(outcome: Outcome, speaker: Speaker) -> str:
    names = [f"`{id}`" for id in outcome.clauses]
    told = listed(
        [*names[: MOST_NAMES - 1], f"{len(names) - MOST_NAMES + 1} others"] if len(names) > MOST_NAMES else names
    )
    if outcome.verdict is Verdict.DEPENDS:
        return f"it is not known what follows when somebody breaks {told}"
    if BLOCKED in outcome.marks:
        who = speaker.party(outcome.refusing[0])
        return f"what a breach of {told} brings can be blocked by whoever breaks it: {who}, for one"
    verb = "has" if len(names) == 1 else "have"
    return f"{told} {verb} no consequence in the text: who breaks the promise meets nothing that it provides for"


def praise(outcome: Outcome, speaker: Speaker) -> str:
    return "each breach brings something into play that the text provides for, and whoever breaks it cannot block that"


RULE = Rule(
    code="C19",
    name="breach-has-a-consequence",
    wanted="A breach has a consequence that the breacher cannot block",
    kind=Class.CAUTION,
    scope="clause",
    looks_for="a duty or a promise not to attack of which the text says nothing for the case that it is broken; or "
    "whose consequence waits for a vote, a consent or a finding of the one who breaks it",
    why="Who signs and breaks loses nothing under the text; what follows is left to politics.",
    limits="What general law attaches to a breach (reparation, countermeasures) is not looked at. A consequence that "
    "the file gives in words alone is taken to come.",
    source="the list of checks (docs/theory/checks.md), C19; docs/theory/meaning.md, section 10",
    run=run,
    say=say,
    praise=praise,
)
