"""C21: every clause asks for something that does not bind already."""

from collections.abc import Iterable, Iterator

from foedus.case.form import Clause
from foedus.case.ladders import level_of
from foedus.check.asked import UndecidedError
from foedus.check.earlier import Earlier, earlier_of
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.findings import AddsNothing, Class, Outcome, Verdict
from foedus.law.entailment import Added, adds, space_of
from foedus.law.incident import Incident, IncidentSpace
from foedus.law.meaning import Meaning
from foedus.law.records import Undecided
from foedus.wording import Speaker, listed

NOTHING_NEW = frozenset({"the whole text adds nothing"})


def run(view: View) -> Outcome:
    earlier = earlier_of(view)
    if not earlier.names:
        reason = "nothing that bound before this text is named as its baseline"
        return Outcome(Verdict.NOT_APPLICABLE, view.base, reason=reason)
    empty: list[tuple[Incident, tuple[AddsNothing, ...]]] = []
    adding: list[tuple[str, Incident]] = []
    beside = [(meaning, space_of(meaning.form, view.space)) for meaning in earlier.meanings]
    for clause in view.form.clauses:
        found = [_added(meaning, space, clause) for meaning, space in beside] if _asks(clause) else []
        spoken = [added for added in found if added.speaks is not None]
        new = next((added.adds for added in spoken if added.adds is not None), None)
        if new is not None:
            adding.append((clause.id, new))
        elif spoken and spoken[0].speaks is not None:
            empty.append((spoken[0].speaks, tuple(_asked_before(clause.id, spoken, earlier))))
    if not empty and not adding:
        return Outcome(
            Verdict.NOT_APPLICABLE, view.base, reason="no clause asks for anything in any incident looked at"
        )
    if not empty:
        helping = [pair for pair in adding if view.meaning.clauses[pair[0]] in view.duties]
        first = (helping or adding)[0]
        return Outcome(Verdict.HOLDS, first[1], clauses=tuple(dict.fromkeys((first[0], *(id for id, _ in adding)))))
    records = tuple(record for _, some in empty for record in some)
    return Outcome(
        Verdict.FAILS, empty[0][0], clauses=tuple(dict.fromkeys(record.clause for record in records)),
        adds_nothing=records, kind=None if adding else Class.CAUTION,
        marks=frozenset() if adding else NOTHING_NEW,
    )  # fmt: skip


def _asks(clause: Clause) -> bool:
    """Whether a clause obliges, forbids, or allows somebody to do something."""
    if clause.kind == "permission":
        return any(level_of(response.most) for response in clause.response)
    return clause.kind in ("obligation", "prohibition")


def _added(meaning: Meaning, space: IncidentSpace, clause: Clause) -> Added:
    found = adds(meaning, meaning.clauses[clause.id], space)
    if isinstance(found, Undecided):
        raise UndecidedError(found.reason)
    return found


def _asked_before(clause: str, found: Iterable[Added], earlier: Earlier) -> Iterator[AddsNothing]:
    by = dict.fromkeys(name for added in found for name in added.by)
    for id, name in earlier.names.items():
        own = tuple(other.removeprefix(f"{id}/") for other in by if other.startswith(f"{id}/"))
        if own:
            yield AddsNothing(clause, id, name, own)


def say(outcome: Outcome, speaker: Speaker) -> str:
    names = listed(dict.fromkeys(record.name for record in outcome.adds_nothing))
    many = len(outcome.clauses) > 1
    whole = ": the whole text adds nothing" if outcome.marks else ""
    return (
        f"{listed(f'`{id}`' for id in outcome.clauses)} {'ask' if many else 'asks'} for nothing that was not asked for "
        f"before ({names}){whole}"
    )


def praise(outcome: Outcome, speaker: Speaker) -> str:
    return f"if {speaker.incident(outcome.where)}, `{outcome.clauses[0]}` asks for what nothing before it asks for" + (
        ", and so does every other clause in some incident" if len(outcome.clauses) > 1 else ""
    )


RULE = Rule(
    code="C21",
    name="adds-to-the-baseline",
    wanted="Every clause asks for something that does not bind already",
    kind=Class.DESCRIPTION,
    scope="clause",
    looks_for="a duty, prohibition or permission that earlier texts (the Charter of the United Nations, or what "
    "`baseline` names) impose already wherever it does, in every incident and whatever anybody chooses; where no "
    "clause adds anything, it is a caution",
    why="A promise that repeats what binds already can be signed without giving anything; it may still be worth "
    "repeating.",
    limits="A fact and no fault. Baseline texts are read as they stand, without their readings, and those signed later "
    "than the text are left out. That a text makes law of what bound in politics alone is not counted here: see "
    "`binds-in-law`. Acting under one clause does not count as acting under another, so that of clauses "
    "bound only together and of later steps it may be said that they add something although they do not. Declarations "
    "and powers are not compared.",
    source="the list of checks (docs/theory/checks.md), C21; docs/theory/meaning.md, section 7",
    run=run,
    say=say,
    praise=praise,
)
