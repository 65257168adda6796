"""C14: no steps wait for each other."""

from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Outcome, Verdict
from foedus.law.sequence import TO_BE_DONE, order_of
from foedus.wording import Speaker, listed

WAITS = frozenset({"some clause waits for another"})


def run(view: View) -> Outcome:
    order = order_of(view.meaning)
    if order.circle:
        return Outcome(Verdict.FAILS, view.base, clauses=order.circle, marks=frozenset(order.never))
    if order.steps:
        return Outcome(Verdict.HOLDS, view.base, clauses=order.steps, marks=WAITS)
    steps = tuple(clause.id for clause in view.form.clauses if clause.kind in TO_BE_DONE)
    if not steps:
        return Outcome(Verdict.NOT_APPLICABLE, view.base, reason="no clause gives anybody anything to do")
    return Outcome(Verdict.HOLDS, view.base, clauses=steps)


def say(outcome: Outcome, speaker: Speaker) -> str:
    circle = [f"`{id}`" for id in outcome.clauses]
    others = sorted(outcome.marks)
    also = f"; nor can {listed((f'`{id}`' for id in others), 'or')}"
    if len(circle) == 1:
        return f"{circle[0]} waits for itself, and can never be done{also if others else ''}"
    waits = [f"{first} {'waits ' if not n else ''}for {then}" for n, (first, then) in enumerate(_pairs(circle))]
    which = "neither" if len(circle) == 2 else "none of them"
    return f"{listed(waits)}: {which} can ever be done{also if others else ''}"


def _pairs(circle: list[str]) -> list[tuple[str, str]]:
    return list(zip(circle, [*circle[1:], circle[0]], strict=True))


def praise(outcome: Outcome, speaker: Speaker) -> str:
    if not outcome.marks:
        return "no clause waits for another, so that none can wait for ever"
    return f"what waits can be done in this order: {', '.join(f'`{id}`' for id in outcome.clauses)}"


RULE = Rule(
    code="C14",
    name="can-be-done-in-order",
    wanted="All steps can be done in some order",
    kind=Class.DEFECT,
    scope="instrument",
    looks_for="clauses that wait for each other in a circle, and those that wait for such a clause",
    why="Whoever may wait until the other has begun waits for ever, and is right by the text; each side then says that "
    "the other has broken it.",
    limits="Only the order is looked at, not the dates: that a step falls due before what it waits for is not "
    "found. Of several circles the shortest is told. What a step waits for beside other clauses (a consent, "
    "a vote, a request) belongs to other rules.",
    source="the list of checks (docs/theory/checks.md), C14; docs/theory/meaning.md, sections 4 and 8",
    run=run,
    say=say,
    praise=praise,
)
