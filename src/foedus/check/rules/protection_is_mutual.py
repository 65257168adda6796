"""C25: whoever is protected protects in return."""

from foedus.check.both_ways import relations
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Outcome, Protection, Verdict
from foedus.wording import OBJECT_WORDS, Speaker, number, owed

TALK = 1


def run(view: View) -> Outcome:
    found = relations(view)
    if not found:
        return Outcome(Verdict.NOT_APPLICABLE, view.base, reason="no help is promised in any incident looked at")
    uneven = [relation for relation in found if not _is_even(relation.protection)]
    if not uneven:
        first = found[0]
        return Outcome(
            Verdict.HOLDS, first.incident, elsewhere=first.mirrored, promised_level=first.protection.level,
            protections=tuple(relation.protection for relation in found), clauses=first.clauses,
        )  # fmt: skip
    first = uneven[0]
    return Outcome(
        Verdict.FAILS, first.incident, elsewhere=first.mirrored, clauses=first.clauses,
        protections=tuple(relation.protection for relation in uneven),
    )  # fmt: skip


def _is_even(protection: Protection) -> bool:
    """Whether as much is owed both ways, and on both sides either help or only talk."""
    return protection.level == protection.back_level and (protection.most > TALK) == (protection.back_most > TALK)


def say(outcome: Outcome, speaker: Speaker) -> str:
    first = outcome.protections[0]
    guarantors = speaker.some(first.guarantors)
    protected = speaker.party(first.protected)
    attacked = OBJECT_WORDS[first.object]
    verb = "owes" if len(first.guarantors) == 1 else "owe"
    back = "it" if len(first.guarantors) == 1 else "each of them"
    more = len({protection.guarantors for protection in outcome.protections}) - 1
    others = f"; {number(more)} more relation{'s are' if more > 1 else ' is'} uneven" if more else ""
    return (
        f"if {protected} is attacked ({attacked}), {guarantors} {verb} it {owed(first.level, first.most)}; the other "
        f"way round {protected} owes {back} {owed(first.back_level, first.back_most)}{others}"
    )


def praise(outcome: Outcome, speaker: Speaker) -> str:
    first = outcome.protections[0]
    guarantors, protected = speaker.some(first.guarantors), speaker.party(first.protected)
    return f"{guarantors} and {protected} owe each other the same: {owed(first.level, first.most)}"


RULE = Rule(
    code="C25",
    name="protection-is-mutual",
    wanted="Whoever is protected protects in return, by as much",
    kind=Class.DESCRIPTION,
    scope="instrument",
    looks_for="two parties of which one owes the other help and is owed less, or only talk, for the same kind of thing "
    "attacked: territory for territory, forces for forces",
    why="A one-sided guarantee is often meant so; it is told because whoever gives it gets something else for it, or "
    "nothing.",
    limits="A fact and no fault. The most that each side would owe is compared, whatever the kind of attack; each "
    "side's territory is what the file says is its own, or any place if it says nothing. What is given in return other "
    "than help (bases, money, arms given up) is not counted.",
    source="the list of checks (docs/theory/checks.md), C25; docs/theory/meaning.md, sections 4 and 5",
    run=run,
    say=say,
    praise=praise,
)
