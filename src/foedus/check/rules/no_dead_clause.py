"""C20: every clause that promises help can bite in some incident, against the attacker's will."""

from foedus.case.form import Clause
from foedus.check.asked import Asked
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Outcome, Verdict
from foedus.law.expression import Expression
from foedus.law.incident import Incident
from foedus.law.meaning import Query
from foedus.wording import Speaker, listed


def run(view: View) -> Outcome:
    if not view.duties:
        return Outcome(Verdict.NOT_APPLICABLE, view.base, reason="no clause promises help")
    works_at: Incident | None = None
    dead: list[str] = []
    for clause in view.duties:
        bites = _bites(view, clause)
        works_at = works_at or bites
        if bites is None:
            dead.append(clause.id)
    if not dead:
        return Outcome(Verdict.HOLDS, works_at, clauses=tuple(clause.id for clause in view.duties))
    incident = next(iter(view.incidents(_expressions(view, _clause(view, dead[0])))), view.base)
    return Outcome(Verdict.FAILS, _triggered(view, dead[0]) or incident, clauses=tuple(dead))


def _bites(view: View, clause: Clause) -> Incident | None:
    expressions = _expressions(view, clause)
    for incident in view.incidents(expressions, attacker_refuses=True):
        asked = Asked(refusing=frozenset({incident.attacker}), clauses=frozenset({clause.id}), reachable=True)
        if incident.victim in clause.beneficiaries and any(
            not view.stopped(expression, incident, asked) for expression in expressions
        ):
            return incident
    return None


def _expressions(view: View, clause: Clause) -> list[Expression]:
    """What the clause is for: the help it may lead to, or else that it is due."""
    if clause.leads_to is not None:
        only = frozenset({clause.id})
        return [view.meaning.help_expression(Query(level=clause.leads_to.level, reachable=True, clauses=only))]
    return [view.meaning.due(clause, bearer) for bearer in clause.bearers]


def _clause(view: View, id: str) -> Clause:
    return view.meaning.clauses[id]


def _triggered(view: View, id: str) -> Incident | None:
    """The nearest incident in which the dead clause at least speaks: there one sees why it cannot bite."""
    clause = _clause(view, id)
    expressions = [view.meaning.due(clause, bearer) for bearer in clause.bearers]
    return next((incident for incident in view.incidents(expressions) if view.due(clause, incident)), None)


def say(outcome: Outcome, speaker: Speaker) -> str:
    many = len(outcome.clauses) > 1
    return (
        f"{listed(f'`{id}`' for id in outcome.clauses)} can never bite: in every incident looked at, "
        f"the attacker can stop what {'they lead' if many else 'it leads'} to, or "
        f"{'their' if many else 'its'} conditions never meet"
    )


def praise(outcome: Outcome, speaker: Speaker) -> str:
    return "every clause that promises help can bite in some incident against the attacker's will"


RULE = Rule(
    code="C20",
    name="no-dead-clause",
    wanted="Every clause that promises help can bite",
    kind=Class.DEFECT,
    scope="clause",
    looks_for="an obligation to help that cannot take effect in any incident looked at while the attacker uses "
    "its own rights",
    why="A clause that reads well and can never apply is worse than none: it is counted as a promise.",
    limits="Bounded by the attackers, places and kinds the case declares; with another attacker the clause may live.",
    source="the list of checks (docs/theory/checks.md), C20; docs/theory/meaning.md, sections 5 and 6",
    run=run,
    say=say,
    praise=praise,
)
