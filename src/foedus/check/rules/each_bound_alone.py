"""C11: each guarantor stays bound when another does not act, or is itself the attacker."""

from foedus.check.asked import GOOD_FAITH, Asked
from foedus.check.queries import clauses_that_help
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Outcome, Verdict
from foedus.law.incident import Incident
from foedus.wording import Speaker, level

ACTS = frozenset({"act"})


def run(view: View) -> Outcome:
    promised_at: Incident | None = None
    for incident in view.help_classes(view.near_attackers()):
        promised = view.level(incident)
        providers = view.providers(incident, promised) if promised else ()
        if len(providers) < 2:
            continue
        promised_at = promised_at or incident
        for bearer, *_ in view.alike(providers, incident, GOOD_FAITH):
            asked = Asked(refusing=frozenset({bearer}), practical=True, sorts=ACTS)
            left = view.providers(incident, promised, asked)
            gone = tuple(name for name in providers if name != bearer and name not in left)
            if gone:
                return Outcome(
                    Verdict.FAILS, incident, refusing=(bearer,), promised_level=promised,
                    weakest_level=view.level(incident, asked), clauses=clauses_that_help(view, incident, promised),
                    practical=view.stoppers(incident, promised, practical=True),
                    lawful=view.stoppers(incident, promised, practical=False), lost=gone,
                )  # fmt: skip
    if promised_at is None:
        return Outcome(
            Verdict.NOT_APPLICABLE, view.base, reason="fewer than two would owe help, so none hangs on another"
        )
    promised = view.level(promised_at)
    return Outcome(
        Verdict.HOLDS, promised_at, promised_level=promised, clauses=clauses_that_help(view, promised_at, promised)
    )


def say(outcome: Outcome, speaker: Speaker) -> str:
    others = speaker.some(outcome.lost)
    return (
        f"if {speaker.incident(outcome.where)} and one guarantor "
        f"({speaker.party(outcome.refusing[0])}, for one) breaks its "
        f"promise, {others} no longer owe {level(outcome.promised)}: they are bound only together"
    )


def praise(outcome: Outcome, speaker: Speaker) -> str:
    return f"if {speaker.incident(outcome.where)}, each guarantor stays bound although another breaks its promise"


RULE = Rule(
    code="C11",
    name="each-bound-alone",
    wanted="Each guarantor stays bound when another does not act",
    kind=Class.DEFECT,
    scope="instrument",
    looks_for="a guarantor whose breach releases the others",
    why="Bound only together means that the first defection ends the guarantee, and each can hope that "
    "another goes first.",
    limits="Asked for the first attacker and an outsider; a guarantor that is itself the attacker is told "
    "by C10 and `ask`.",
    source="the list of checks (docs/theory/checks.md), C11; docs/theory/meaning.md, sections 5 and 6",
    run=run,
    say=say,
    praise=praise,
)
