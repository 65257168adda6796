"""C12: nobody owes what is forbidden to it."""

from dataclasses import replace

from foedus.check.asked import UndecidedError
from foedus.check.beside_others import Beside, beside_others, goes_first, split
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import Class, Conflict, Outcome, Verdict
from foedus.law.alike import kind_of_party
from foedus.law.conflict import Clash, Conflicts, conflicts
from foedus.law.incident import IncidentSpace
from foedus.law.meaning import Meaning
from foedus.law.records import Undecided
from foedus.wording import Speaker, conflict_words

NO_BAN = frozenset({"nobody who owes help is forbidden anything"})
OTHERS = frozenset({"other texts would bind beside it"})


def run(view: View) -> Outcome:
    beside = beside_others(view)
    clashes: list[Clash] = []
    kept = None
    for meanings in beside.meanings:
        found = []
        for meaning in meanings:
            found.append(_found(view, meaning, kept_wanted=kept is None and not clashes))
            kept = kept or found[-1].kept
        # What conflicts under some values of another text alone is not said to follow from it.
        common = set.intersection(*({(c.duty, c.prohibition, c.thing) for c in some.clashes} for some in found))
        clashes += [c for c in found[0].clashes if (c.duty, c.prohibition, c.thing) in common]
    if clashes:
        records = tuple(_record(view, clash) for clash in clashes)
        own = [clause for r in records for owner, clause in (r.duty, r.prohibition) if owner == view.staged.id]
        return Outcome(
            Verdict.FAILS, records[0].incident, clauses=tuple(dict.fromkeys(own)), conflicts=records,
            kind=Class.CAUTION if all(record.first is not None for record in records) else None,
        )  # fmt: skip
    if kept is None:
        return _nothing_forbidden(view, beside)
    incident, *pair = kept
    own = [clause for owner, clause in (split(view.staged, name) for name in pair) if owner == view.staged.id]
    return Outcome(Verdict.HOLDS, incident, clauses=tuple(own))


def _found(view: View, meaning: Meaning, *, kept_wanted: bool) -> Conflicts:
    across = any("/" in clause.id for clause in meaning.form.clauses)

    def together(duty: str, ban: str) -> bool:
        return ("/" in duty) != ("/" in ban) if across else True

    found = conflicts(meaning, _space(view, meaning), together, kept_wanted=kept_wanted)
    if isinstance(found, Undecided):
        raise UndecidedError(found.reason)
    return found


def _space(view: View, meaning: Meaning) -> IncidentSpace:
    """The incidents of the case, and those in which anybody but the beneficiary attacks others whom a duty protects.

    Of parties that nothing tells apart three are enough: a bearer, an attacker and a victim.
    """
    hours = {clause.default.after_hours for clause in meaning.form.clauses if clause.default is not None}
    lasting = {clause.trigger.lasting_hours for clause in meaning.form.clauses}
    protected = dict.fromkeys(p for clause in meaning.obligations() for p in sorted(clause.beneficiaries))
    kinds: dict[object, list[str]] = {}
    for party in dict.fromkeys((*view.space.attackers, *protected)):
        kinds.setdefault(kind_of_party(meaning.form, party), []).append(party)
    enough = {view.base.attacker, *(party for alike in kinds.values() for party in alike[:3])}
    beneficiaries = view.space.victims
    return replace(
        view.space,
        attackers=tuple(p for p in view.space.attackers if p in enough and p not in beneficiaries),
        victims=tuple(dict.fromkeys((*beneficiaries, *(p for p in protected if p in enough)))),
        lasting=(max(lasting, default=0),),
        hours=(max(hours, default=0),),
    )


def _record(view: View, clash: Clash) -> Conflict:
    duty, ban = split(view.staged, clash.duty), split(view.staged, clash.prohibition)
    first = goes_first(view, clash.duty, clash.prohibition)
    told = None
    if first is not None:
        owner, clause = split(view.staged, first)
        told = clause if duty[0] == ban[0] else owner
    return Conflict(clash.bearers, duty, clash.acts, ban, clash.thing, clash.incident, told)


def _nothing_forbidden(view: View, beside: Beside) -> Outcome:
    """Help is owed, and nothing in the way of whoever owes it is forbidden anywhere."""
    by_name = sorted(view.duties, key=lambda clause: clause.id)  # the same one however the text is ordered
    due = ((clause.id, incident) for clause in by_name for incident in view.where_due(clause))
    first = next(due, None)
    if first is None:
        return Outcome(Verdict.NOT_APPLICABLE, view.base, reason="nobody owes help in any incident looked at")
    return Outcome(Verdict.HOLDS, first[1], clauses=(first[0],), marks=NO_BAN | (OTHERS if beside.others else set()))


def say(outcome: Outcome, speaker: Speaker) -> str:
    first = outcome.conflicts[0]
    more = len(outcome.conflicts) - 1
    others = f"; {more} more {'pairs conflict' if more > 1 else 'pair conflicts'}" if more else ""
    return f"if {speaker.incident(first.incident)}, {conflict_words(first, speaker)}{others}"


def praise(outcome: Outcome, speaker: Speaker) -> str:
    if outcome.marks >= NO_BAN:
        others = ", nor by another text that would bind beside it" if outcome.marks & OTHERS else ""
        return f"nobody who owes help under this text is forbidden anything by it{others}"
    return "nobody is bound to do what is forbidden to the same party"


RULE = Rule(
    code="C12",
    name="no-conflict-of-duties",
    wanted="Nobody owes what is forbidden to it",
    kind=Class.DEFECT,
    scope="instrument",
    looks_for="acts that a party owes at least in some incident, and that a prohibition in force forbids it, in this "
    "text or between it and another text of the case that is signed or in force, or that the case says stands together "
    "with it; where the texts say which goes first it is a caution",
    why="Whoever must do what it may not do can choose which promise to break, and has an argument for either.",
    limits="Only what is owed at least counts, not what may be done, and only where an act by itself breaks what is "
    "forbidden: force or sanctions against somebody whom the prohibition protects and the victim not (a general ban "
    "on force leaves help against an attack open), a duty to fight for another where alliances are forbidden, bases, "
    "troops where all means are owed, and limits. Whether a treaty opposes another one is not seen, nor what would be "
    "owed against the beneficiary. Other texts are read as they stand, without their readings. Drafts, and texts into "
    "which a state is put as a hypothesis, are alternatives to each other: they are laid beside what is signed or in "
    "force, and beside each other only where the case says so (`stand_together`). What is signed or in force is laid "
    "beside its like alone, so that it is no fault of a treaty what a draft beside it says. Which goes first is told "
    "and changes nothing that is owed.",
    source="the list of checks (docs/theory/checks.md), C12; docs/theory/meaning.md, section 9",
    run=run,
    say=say,
    praise=praise,
)
