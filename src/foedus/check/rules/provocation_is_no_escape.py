"""C23: nobody with a stake can end the help by calling an unprovoked attack provoked."""

from dataclasses import replace

from foedus.case.form import Clause
from foedus.check.asked import Asked
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Outcome, Verdict
from foedus.law.expression import ChoiceKey
from foedus.law.incident import Incident
from foedus.wording import Speaker

NOT_IF_PROVOKED = frozenset({"an attack that was really provoked is not covered"})
OWN_JUDGE = frozenset({"the guarantor is the judge"})


def run(view: View) -> Outcome:
    findings = frozenset(key for key in view.meaning.choices if _finds_provocation(key))
    due_at: Incident | None = None
    holes: list[tuple[str, Incident, dict[str, tuple[str, ...]]]] = []
    carrying: list[str] = []
    only_unprovoked = False
    for clause in view.duties:
        for incident in view.where_due(clause, attacker_refuses=bool(findings)):
            if incident.provoked:
                continue
            due_at = due_at or incident
            if clause.id not in carrying:
                carrying.append(clause.id)
            only_unprovoked = only_unprovoked or not view.due(clause, replace(incident, provoked=True))
            deniers = _deniers(view, clause, incident, findings)
            if deniers:
                holes.append((clause.id, incident, deniers))
                break
    if due_at is None:
        return Outcome(Verdict.NOT_APPLICABLE, view.base, reason="no help is promised in any incident looked at")
    marks = NOT_IF_PROVOKED if only_unprovoked else frozenset[str]()
    if not holes:
        return Outcome(Verdict.HOLDS, due_at, clauses=tuple(carrying), marks=marks)
    _, incident, deniers = holes[0]
    first, gone = next(iter(deniers.items()))
    asked = Asked(refusing=frozenset(deniers), choices=findings)
    return Outcome(
        Verdict.FAILS, incident, refusing=tuple(deniers), clauses=tuple(id for id, _, _ in holes), judge=first,
        lost=tuple(dict.fromkeys(name for names in deniers.values() for name in names)),
        promised_level=view.level(incident), weakest_level=view.level(incident, asked),
        marks=marks | (OWN_JUDGE if gone == (first,) else frozenset()),
    )  # fmt: skip


def _finds_provocation(key: ChoiceKey) -> bool:
    """Whether a choice is a finding on provocation: a judge's own, or a vote in the body that judges."""
    return key[:2] == ("judgement", "provocation") or (key[0] == "vote" and key[2] == "judge:provocation")


def _deniers(
    view: View, clause: Clause, incident: Incident, findings: frozenset[ChoiceKey]
) -> dict[str, tuple[str, ...]]:
    """Who, having a stake, can alone call the attack provoked, and whom that frees: guarantors, and the attacker."""
    bound = view.due(clause, incident)
    # In the order of the text, so that every run tells of the same one.
    holders = dict.fromkeys(choice.holder for key, choice in view.meaning.choices.items() if key in findings)
    own = view.controlled((incident.attacker,))
    found = {}
    for who in holders:
        if who not in clause.bearers and who not in own:
            continue
        left = view.due(clause, incident, Asked(refusing=frozenset({who}), choices=findings))
        gone = tuple(bearer for bearer in bound if bearer not in left)
        if gone:
            found[who] = gone
    return found


def say(outcome: Outcome, speaker: Speaker) -> str:
    judge = speaker.party(outcome.judge or "")
    left = outcome.weakest_level or 0
    other = " (other clauses still give as much)" if left and left == outcome.promised_level else ""
    whom = "it need not help" if outcome.marks >= OWN_JUDGE else f"{speaker.some(outcome.lost)} need not help"
    return (
        f"if {speaker.incident(outcome.where)} without being provoked, {judge} may still call it provoked, and then "
        f"{whom}{other}"
    )


def praise(outcome: Outcome, speaker: Speaker) -> str:
    words = (
        f"if {speaker.incident(outcome.where)} without being provoked, no guarantor and no attacker can end the help "
        "by calling it provoked"
    )
    return words + ("; if it really was provoked, none is owed" if outcome.marks else "")


RULE = Rule(
    code="C23",
    name="provocation-is-no-escape",
    wanted="Nobody can end the help by calling the attack provoked",
    kind=Class.CAUTION,
    scope="clause",
    looks_for="cover against unprovoked attack only, where a guarantor or the attacker finds whether there was "
    "provocation, and can find it in an attack that nobody provoked",
    why="Every attacker says that it was provoked; a guarantor that would rather stay out may choose to believe it.",
    limits="A judge that is neither a guarantor nor the attacker counts as having no stake. That help is lost where "
    "the attack really was provoked is told, and is no fault.",
    source="the list of checks (docs/theory/checks.md), C23; docs/theory/meaning.md, sections 2 and 4",
    run=run,
    say=say,
    praise=praise,
)
