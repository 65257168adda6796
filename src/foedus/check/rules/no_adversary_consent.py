"""C15: nothing in the guarantee waits for the consent of a possible attacker or of whom it controls."""

from foedus.check.asked import Asked
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Outcome, Verdict
from foedus.law.incident import Incident
from foedus.wording import Speaker

CONSENTS = frozenset({"consent"})


def run(view: View) -> Outcome:
    works_at: Incident | None = None
    waiting: list[tuple[str, Incident, tuple[str, ...]]] = []
    for clause in view.form.clauses:
        if clause.kind not in ("obligation", "permission", "power") or not clause.bearers:
            continue
        expressions = [view.meaning.ground(clause, bearer) for bearer in clause.bearers]
        for incident in view.incidents(expressions, attacker_refuses=True):
            bound = [b for b in clause.bearers if not view.stopped(view.meaning.ground(clause, b), incident, Asked())]
            if not bound:
                continue
            works_at = works_at or incident
            if not clause.consents:
                break
            asked = Asked(refusing=frozenset({incident.attacker}), sorts=CONSENTS)
            if all(view.stopped(view.meaning.ground(clause, b), incident, asked) for b in bound):
                own = view.controlled((incident.attacker,))
                waiting.append((clause.id, incident, tuple(c for c in clause.consents if c in own)))
                break
    if works_at is None:
        return Outcome(
            Verdict.NOT_APPLICABLE, view.base, reason="no clause binds or allows anybody in any incident looked at"
        )
    if not waiting:
        return Outcome(Verdict.HOLDS, works_at)
    incident = waiting[0][1]
    only_permissions = all(view.meaning.clauses[id].kind == "permission" for id, _, _ in waiting)
    return Outcome(
        Verdict.FAILS, incident, refusing=(incident.attacker,), clauses=tuple(id for id, _, _ in waiting),
        lost=waiting[0][2], kind=Class.CAUTION if only_permissions else None,
    )  # fmt: skip


def say(outcome: Outcome, speaker: Speaker) -> str:
    attacker = outcome.where.attacker
    through = (
        f" (through {speaker.parties(who for who in outcome.lost if who != attacker)}, which this "
        "file says it controls)"
        if attacker not in outcome.lost
        else ""
    )
    count = f"{len(outcome.clauses)} clauses wait" if len(outcome.clauses) > 1 else "a clause waits"
    return (
        f"{count} for the consent of {speaker.party(attacker)}{through}, which can be the attacker: a "
        "lawful no stops what is provided for"
    )


def praise(outcome: Outcome, speaker: Speaker) -> str:
    return "no clause waits for the consent of a possible attacker"


RULE = Rule(
    code="C15",
    name="no-adversary-consent",
    wanted="Nothing waits for the consent of a possible attacker",
    kind=Class.DEFECT,
    scope="clause",
    looks_for="an obligation, permission or power that needs the consent of an attacker looked at, or of whom "
    "it controls",
    why="A step that the adversary can refuse without breach is a step that will not be taken when it matters.",
    limits="Consents only; votes are looked at by `attacker-cannot-stop`, the order of steps by a later rule.",
    source="the list of checks (docs/theory/checks.md), C15; docs/theory/meaning.md, sections 5 and 6",
    run=run,
    say=say,
    praise=praise,
)
