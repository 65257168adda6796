"""C13: a no at home frees nobody from helping."""

from collections.abc import Iterator

from foedus.case.form import Clause
from foedus.check.asked import Asked
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Outcome, Verdict
from foedus.law.expression import Expression, conjunction
from foedus.law.incident import Incident
from foedus.wording import Speaker

APPROVALS = frozenset({"approval"})
WOULD_BREACH = frozenset({"a no at home would be a breach"})


def run(view: View) -> Outcome:
    due_at: Incident | None = None
    breach: Outcome | None = None
    holes: list[tuple[str, Incident, tuple[str, ...]]] = []
    carrying: list[str] = []
    for clause in view.duties:
        for incident, kept in _kept_at(view, clause):
            due_at = due_at or incident
            if clause.id not in carrying:
                carrying.append(clause.id)
            excused = _refusers(view, incident, kept, practical=False)
            if excused:
                holes.append((clause.id, incident, excused))
                break
            breakers = () if breach is not None else _refusers(view, incident, kept, practical=True)
            if breakers:
                breach = Outcome(
                    Verdict.HOLDS, incident, refusing=breakers, clauses=(clause.id,), marks=WOULD_BREACH
                )  # fmt: skip
    if due_at is None:
        return Outcome(Verdict.NOT_APPLICABLE, view.base, reason="no help is promised in any incident looked at")
    if not holes:
        return breach or Outcome(Verdict.HOLDS, due_at, clauses=tuple(carrying))
    _, incident, excused = holes[0]
    return Outcome(
        Verdict.FAILS, incident, refusing=excused, clauses=tuple(id for id, _, _ in holes), lost=excused,
        promised_level=view.level(incident),
        weakest_level=view.level(incident, Asked(refusing=frozenset(excused), sorts=APPROVALS)),
    )  # fmt: skip


def _kept_at(view: View, clause: Clause) -> Iterator[tuple[Incident, dict[str, Expression]]]:
    """The incidents in which a clause is due, and that it is due and kept, for each bearer then bound."""
    meaning = view.meaning
    kept = {
        bearer: conjunction((meaning.due(clause, bearer), meaning.acts(clause, bearer))) for bearer in clause.bearers
    }
    for incident in view.where_due(clause):
        yield incident, {bearer: kept[bearer] for bearer in view.due(clause, incident)}


def _refusers(view: View, incident: Incident, kept: dict[str, Expression], *, practical: bool) -> tuple[str, ...]:
    """The bearers whose own no at home ends their help: lawfully, or also by breach."""
    found: set[str] = set()
    for group in view.alike(tuple(kept), incident, Asked()):
        asked = Asked(refusing=frozenset({group[0]}), sorts=APPROVALS, practical=practical)
        if view.stopped(kept[group[0]], incident, asked):
            found.update(group)
    return tuple(bearer for bearer in kept if bearer in found)


def say(outcome: Outcome, speaker: Speaker) -> str:
    left = outcome.weakest_level or 0
    other = " (other clauses still give as much)" if left and left == outcome.promised_level else ""
    return (
        f"if {speaker.incident(outcome.where)}, a no at home, of a parliament for one, lawfully frees "
        f"{speaker.some(outcome.lost)} from helping{other}"
    )


def praise(outcome: Outcome, speaker: Speaker) -> str:
    if outcome.marks:
        return (
            f"if {speaker.incident(outcome.where)} and {speaker.some(outcome.refusing, 'or')} is told no at home, the "
            "duty stays: not to help would be a breach, and law at home is no excuse"
        )
    return f"if {speaker.incident(outcome.where)}, help is owed without any approval at home"


RULE = Rule(
    code="C13",
    name="home-is-no-excuse",
    wanted="A no at home frees nobody from helping",
    kind=Class.CAUTION,
    scope="clause",
    looks_for="a clause that makes approval at home (a parliament, a court, a president) a condition of the duty, so "
    "that a refusal there is lawful; where the text gives no such condition, a refusal is a breach, and is told as one",
    why="The one attacked cannot see into another state's parliament, and its law is no excuse between states (Vienna "
    "Convention on the Law of Treaties, Article 27) unless the text makes it one.",
    limits="Asked for the first attacker and an outsider, and for each guarantor's own approval. Whether a text makes "
    "its domestic process a condition is mostly a matter of reading; how long the process takes is not looked at.",
    source="the list of checks (docs/theory/checks.md), C13; docs/theory/meaning.md, sections 2 and 4",
    run=run,
    say=say,
    praise=praise,
)
