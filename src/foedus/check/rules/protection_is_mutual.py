"""C25: whoever is protected protects in return."""

from dataclasses import replace

from foedus.check.both_ways import relations
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Outcome, Protection, Verdict
from foedus.wording import OBJECT_WORDS, Speaker, number, owed

ONE_ATTACKER = frozenset({"it is otherwise against another attacker"})


def run(view: View) -> Outcome:
    found = relations(view)
    if not found:
        return Outcome(Verdict.NOT_APPLICABLE, view.base, reason="no help is promised in any incident looked at")
    uneven = [relation for relation in found if not relation.is_even]
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
        marks=frozenset() if first.whoever else ONE_ATTACKER,
    )  # fmt: skip


def say(outcome: Outcome, speaker: Speaker) -> str:
    first = outcome.protections[0]
    same = [other for other in outcome.protections if _alike(other, first)]
    guarantors = tuple(dict.fromkeys(party for other in same for party in other.guarantors))
    protected = speaker.party(first.protected)
    verb, back = ("owes", "it") if len(guarantors) == 1 else ("owe", "each of them")
    more = {(o.guarantors, o.protected) for o in outcome.protections} - {(o.guarantors, o.protected) for o in same}
    others = f"; {number(len(more))} more relation{'s are' if len(more) > 1 else ' is'} uneven" if more else ""
    by = f" by {speaker.party(outcome.where.attacker)}" if outcome.marks & ONE_ATTACKER else ""
    return (
        f"if {protected} is attacked{by} ({OBJECT_WORDS[first.object]}), {speaker.some(guarantors)} {verb} it "
        f"{owed(first.level, first.most)}; the other way round {protected} owes {back} "
        f"{owed(first.back_level, first.back_most)}{others}"
    )


def _alike(one: Protection, other: Protection) -> bool:
    """Whether two relations differ in nothing but the guarantors."""
    return replace(one, guarantors=other.guarantors) == other


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
    looks_for="two parties of which one owes the other help and is owed less, or only talk, against the same attacker "
    "and for the same kind of thing attacked: territory for territory, forces for forces",
    why="A one-sided guarantee is often meant so; it is told because whoever gives it gets something else for it, or "
    "nothing.",
    limits="A fact and no fault. The most that each side would owe is compared, whatever the kind of attack; where "
    "several attackers make the two uneven, the first is told. Each side's territory is what the file says is its own, "
    "or any place if it says nothing. What is given in return other than help (bases, money, arms given up) is not "
    "counted.",
    source="the list of checks (docs/theory/checks.md), C25; docs/theory/meaning.md, sections 4 and 5",
    run=run,
    say=say,
    praise=praise,
)
