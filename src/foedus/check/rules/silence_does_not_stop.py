"""C17: when the time has passed and nobody has decided anything, help is still owed."""

from collections.abc import Iterable
from dataclasses import replace

from foedus.case.form import Clause
from foedus.case.ladders import level_of
from foedus.check.asked import GOOD_FAITH, Asked
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Outcome, Verdict
from foedus.law.expression import conjunction
from foedus.law.incident import Incident
from foedus.law.interpret import choices_read
from foedus.wording import Speaker, level

ONE_IS_ENOUGH = frozenset({"one silent member is enough"})
WAITED = frozenset({"a duty waits for a decision and outlives silence"})


def run(view: View) -> Outcome:
    due_at: Incident | None = None
    holes: list[tuple[str, Outcome]] = []
    kept: Outcome | None = None
    carrying: list[str] = []
    for clause in view.duties:
        for incident in view.where_due(clause):
            due_at = due_at or incident
            if clause.id not in carrying:
                carrying.append(clause.id)
            if not _silent(view, (clause,), incident).silent:
                break
            found = _if_silent(view, clause, incident)
            if found.verdict is Verdict.FAILS:
                holes.append((clause.id, found))
                break
            kept = kept or found
    if due_at is None:
        return Outcome(Verdict.NOT_APPLICABLE, view.base, reason="no help is promised in any incident looked at")
    if holes:
        return replace(holes[0][1], clauses=tuple(id for id, _ in holes))
    return kept or Outcome(Verdict.HOLDS, due_at, clauses=tuple(carrying))


def _silent(view: View, clauses: Iterable[Clause], incident: Incident) -> Asked:
    """The question in which nobody says anything of whether some clauses are due; the victim still does."""
    deciders, sorts = _deciders(view, clauses)
    return Asked(silent=deciders - view.controlled((incident.victim,)), silent_sorts=sorts)


def _deciders(view: View, clauses: Iterable[Clause]) -> tuple[frozenset[str], frozenset[str]]:
    """Who decides whether clauses are due (votes, consents, a third party that judges), and in which sorts of choice.

    What bearers and victims find or ask for themselves has rules of its own (C05, C06).
    """
    clauses = tuple(clauses)
    third = {
        judge.by
        for clause in clauses
        for judge in clause.judges
        if not judge.is_body and judge.by not in ("objective", "bearer", "victim")
    }
    sorts = frozenset({"vote", "consent"} | ({"judgement"} if third else set()))
    due = [view.meaning.due(clause, bearer) for clause in clauses for bearer in clause.bearers]
    keys = [
        key
        for key in choices_read(*due)
        if key[0] in ("vote", "consent") or (key[0] == "judgement" and key[-1] in third)
    ]
    return frozenset(view.meaning.choices[key].holder for key in keys), sorts


def _if_silent(view: View, clause: Clause, incident: Incident) -> Outcome:
    """What is left of a clause that is due in good faith when those who decide say nothing: of it, or beside it."""
    promised = _owed(view, (clause,), incident, GOOD_FAITH)
    own = _silent(view, (clause,), incident)
    # Where another duty fills the gap, those who decide on that one may say nothing either.
    due_too = [other for other in view.duties if incident.victim in other.beneficiaries and view.due(other, incident)]
    asked = own if _within_reach(view, incident, own) < promised else _silent(view, due_too, incident)
    if _within_reach(view, incident, asked) >= promised:
        return Outcome(
            Verdict.HOLDS, incident, silent=_in_order(view, asked.silent), clauses=(clause.id,), marks=WAITED,
            promised_level=promised, weakest_level=_owed(view, view.duties, incident, asked),
        )  # fmt: skip
    alone = [
        group
        for group in view.alike(_in_order(view, asked.silent), incident, GOOD_FAITH)
        if _within_reach(view, incident, replace(asked, silent=frozenset(group[:1]))) < promised
    ]
    return Outcome(
        Verdict.FAILS, incident, clauses=(clause.id,), promised_level=promised,
        silent=tuple(name for group in alone for name in group) or _in_order(view, asked.silent),
        weakest_level=_owed(view, view.duties, incident, asked),
        marks=ONE_IS_ENOUGH if alone else frozenset(),
    )  # fmt: skip


def _owed(view: View, clauses: Iterable[Clause], incident: Incident, asked: Asked) -> int:
    """The highest level that somebody owes the victim under some of the clauses."""
    for rung in view.rungs:
        for clause in clauses:
            bearers = view.others(clause, incident) if incident.victim in clause.beneficiaries else ()
            for bearer, *_ in view.alike(bearers, incident, asked):
                if not view.stopped(view.meaning.owes(clause, bearer, rung), incident, asked):
                    return rung
    return 0


def _within_reach(view: View, incident: Incident, asked: Asked) -> int:
    """The most that some duty still leaves to its bearer's own measure, or else gives by default.

    Interim measures count at their most (Rio 3(2): each helps as it sees fit until the Organ decides). A duty to
    consult stays a duty to consult.
    """
    found = 0
    for clause in view.duties:
        if incident.victim not in clause.beneficiaries:
            continue
        for bearer, *_ in view.alike(view.others(clause, incident), incident, asked):
            without_default = conjunction((view.meaning.ground(clause, bearer), view.meaning.decision(clause, bearer)))
            if not view.stopped(without_default, incident, asked):
                found = max(found, level_of(clause.response[clause.bearers.index(bearer)].most))
            elif clause.default is not None and not view.stopped(view.meaning.due(clause, bearer), incident, asked):
                found = max(found, clause.default.level)
    return found


def _in_order(view: View, names: Iterable[str]) -> tuple[str, ...]:
    """Names in the order of the choices of the form."""
    wanted = set(names)
    return tuple(dict.fromkeys(c.holder for c in view.meaning.choices.values() if c.holder in wanted))


def say(outcome: Outcome, speaker: Speaker) -> str:
    if outcome.marks:
        who = f"{speaker.some(outcome.silent, 'or')} just says nothing"
    else:
        who = f"{speaker.some(outcome.silent)} just say nothing" if len(outcome.silent) > 1 else "nobody decides"
    left = f"{level(outcome.weakest)} is all that is left of" if outcome.weakest else "nothing is left of"
    return (
        f"if {speaker.incident(outcome.where)} and {who}, {left} {level(outcome.promised)}, however much time passes: "
        "the text does not say what holds then"
    )


def praise(outcome: Outcome, speaker: Speaker) -> str:
    if outcome.marks:
        return (
            f"if {speaker.incident(outcome.where)} and nobody decides anything, {level(outcome.weakest)} is still owed "
            "once the time has passed"
        )
    return (
        f"if {speaker.incident(outcome.where)}, no help that is owed waits for anybody's decision, so that silence "
        "ends none"
    )


RULE = Rule(
    code="C17",
    name="silence-does-not-stop",
    wanted="Help is still owed when nobody decides in time",
    kind=Class.CAUTION,
    scope="clause",
    looks_for="a duty that waits for a vote, a consent or a third party's finding, that no default saves when those "
    "who decide say nothing, and beside which no interim duty reaches as far",
    why="A deadline binds nobody if the text does not say what is owed when it passes: silence needs no courage and "
    "breaks no promise.",
    limits="Silence in votes, consents and the findings of third parties; the victim's silence (in a consent as well) "
    "has C06, a guarantor's own judgement C05. Every default's time is taken to have passed. How many must be silent "
    "is told only where one is enough. Looked at in the incidents that the duty itself tells apart: where a second "
    "duty fills the gap in some of them alone, the others may not be found.",
    source="the list of checks (docs/theory/checks.md), C17; docs/theory/meaning.md, sections 2, 4 and 6",
    run=run,
    say=say,
    praise=praise,
)
