"""C24: what is due is owed in law, and not only expected."""

from foedus.check.asked import GOOD_FAITH
from foedus.check.queries import clauses_that_help
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Outcome, Verdict
from foedus.law.incident import Incident
from foedus.law.prohibitions import stands
from foedus.wording import Speaker, level, listed

ONLY_PROHIBITIONS = frozenset({"nothing but prohibitions"})
BINDING = ("binding",)
"""The place of the file that says whether a text binds in law."""


def run(view: View) -> Outcome:
    outcome = _what_is_due(view)
    if outcome is None:
        return Outcome(Verdict.NOT_APPLICABLE, view.base, reason="nothing is due and nothing is forbidden")
    incident, clauses, promised = outcome
    legal = view.form.legal
    return Outcome(
        Verdict.DEPENDS if legal is None else Verdict.HOLDS if legal else Verdict.FAILS, incident, clauses=clauses,
        promised_level=promised, open_at=BINDING if legal is None else (),
        marks=frozenset() if promised else ONLY_PROHIBITIONS,
    )  # fmt: skip


def _what_is_due(view: View) -> tuple[Incident, tuple[str, ...], int] | None:
    """Help in the nearest incident in which some is due in good faith; where none ever is, what is forbidden."""
    for incident in view.help_classes(view.near_attackers()):
        promised = view.level(incident)
        if promised:
            return incident, clauses_that_help(view, incident, promised), promised
    standing = {
        clause.id: stands(view.meaning, clause, bearer)
        for clause in view.form.clauses
        if clause.kind == "prohibition"
        for bearer in clause.bearers[:1]
    }
    for incident in view.incidents(standing.values()):
        found = tuple(id for id, expression in standing.items() if not view.stopped(expression, incident, GOOD_FAITH))
        if found:
            return incident, found, 0
    return None


def say(outcome: Outcome, speaker: Speaker) -> str:
    if outcome.marks:
        return (
            f"what {listed(f'`{id}`' for id in outcome.clauses)} forbids is forbidden in politics alone; if the text "
            "bound in law, it would be forbidden in law"
        )
    return (
        f"if {speaker.incident(outcome.where)}, the help ({level(outcome.promised)}) is expected and not owed: the "
        "text binds in politics alone; if it bound in law, the same would be owed"
    )


def praise(outcome: Outcome, speaker: Speaker) -> str:
    if outcome.marks:
        return f"what {listed(f'`{id}`' for id in outcome.clauses)} forbids is forbidden in law"
    return f"if {speaker.incident(outcome.where)}, the help ({level(outcome.promised)}) is owed in law"


RULE = Rule(
    code="C24",
    name="binds-in-law",
    wanted="What is due is owed in law, and not only expected",
    kind=Class.DESCRIPTION,
    scope="instrument",
    looks_for="a text that binds in politics alone, so that all it asks for is expected and nothing owed; where that "
    "is disputed, the readings under which it binds and under which it does not",
    why="Whoever leaves a political promise unkept breaks no law; some of these were kept, and some treaties were not.",
    limits="A fact and no fault, and no forecast. The law of one side (a statute) counts as law, though that side can "
    "repeal it. What would be owed in law is found as if the text bound.",
    source="the list of checks (docs/theory/checks.md), C24; docs/theory/meaning.md, sections 4 and 5",
    run=run,
    say=say,
    praise=praise,
)
