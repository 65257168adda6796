"""C07 to C10: one fact of the incident is moved, everybody acts in good faith, and less is there than elsewhere."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from foedus.check.asked import Asked
from foedus.check.queries import clauses_that_help
from foedus.check.view import HIGHEST, View
from foedus.findings import Outcome, Verdict
from foedus.law.incident import Incident
from foedus.law.meaning import bearers_of
from foedus.wording import Speaker, level

REACHABLE = Asked(reachable=True)
ONLY_REACHABLE = frozenset({"the help is not owed; a body may decide on it"})
LEFT_REACHABLE = frozenset({"what is left is not owed; a body may decide on it"})
UNEVEN = frozenset({"less is left in some of these incidents than in others"})
NOT_EVERY_VICTIM = frozenset({"not every victim has the same hole"})
NOT_EVERY_ATTACKER = frozenset({"not every attacker finds the same hole"})


def hole_words(outcome: Outcome, hole: str, elsewhere: str) -> str:
    """The sentence of a hole: what meets less, and what meets more than it."""
    if outcome.marks & UNEVEN:
        left = "less than is asked for"
    else:
        left = _given(outcome.weakest, only_reachable=bool(outcome.marks & LEFT_REACHABLE))
    return f"{hole} meets {left}; {elsewhere} meets {help_words(outcome)}"


def no_hole_words(outcome: Outcome, whatever: str) -> str:
    """The sentence where there is no hole: every one of these meets enough, or as much as any."""
    return f"{whatever} meets what this case asks for, or as much as the text gives at best ({help_words(outcome)})"


def help_words(outcome: Outcome) -> str:
    """The help in the best incident: what is owed, or what a body may decide on."""
    return _given(outcome.promised, only_reachable=bool(outcome.marks & ONLY_REACHABLE))


def _given(height: int, *, only_reachable: bool) -> str:
    if not height:
        return "no help"
    return f"{level(height)}, which a body may decide on and nobody owes" if only_reachable else level(height)


Variants = Callable[[Incident], Iterable[Incident]]
Look = Callable[[Iterable[Incident], Outcome], Outcome]


def find_holes(
    view: View, variants: Variants, nothing: str, further: Look | None = None, *, each_attacker: bool = False
) -> Outcome:
    """Compare each victim's best incident with its variants; the worst hole is told, with the victim whose it is.

    A hole is where less is there than in the victim's own best incident and than is asked for: what is owed to one
    victim fills no hole of another. The best incident is that against any attacker; with ``each_attacker`` there is one
    for each, since what is owed against one fills no hole against another. ``further`` looks for another fault in the
    variants where there is no hole.
    """
    best = best_incidents(view, each_attacker=each_attacker)
    if not best:
        return Outcome(Verdict.NOT_APPLICABLE, view.base, reason="no help is promised in any incident looked at")
    found: list[Outcome] = []
    for incident in best:
        tried = [variant for variant in variants(incident) if view.is_possible(variant)]
        if tried:
            outcome = _of_one(view, incident, tried)
            found.append(further(tried, outcome) if further and outcome.verdict is Verdict.HOLDS else outcome)
    if not found:
        return Outcome(Verdict.NOT_APPLICABLE, best[0], reason=nothing)
    told = _told(found)
    if told.clauses:
        return told
    return replace(told, clauses=clauses_that_help(view, told.elsewhere or told.where, told.promised, REACHABLE))


def best_incidents(view: View, *, each_attacker: bool = False) -> list[Incident]:
    """For each victim the incident with the most help, of several the nearest; of victims that are alike, the first.

    Where no help is promised to a victim in any incident, it has none. With ``each_attacker``, one against the first
    attacker and each that owes nothing; where none of these meets help, against each of all.
    """
    first: dict[object, str] = {}
    for victim in view.space.victims:
        first.setdefault((view.kind_of(victim), _apart(view, victim)), victim)
    found = [best for victim in first.values() for best in _best(view, victim, each_attacker=each_attacker)]
    return [incident for incident in found if incident is not None]


def _apart(view: View, victim: str) -> object:
    """What tells a victim from its like beside the text: whether it may attack, counts as a helper, is nuclear."""
    party = view.case.parties.get(victim)
    return victim in view.space.attackers, victim in (view.case.required_of or ()), party is not None and party.nuclear


def _best(view: View, victim: str, *, each_attacker: bool) -> list[Incident | None]:
    attackers = view.attackers(victim)
    if not each_attacker:
        return [_best_against(view, victim, attackers)]
    bound = bearers_of(view.meaning.obligations())
    near = [who for who in attackers if who == attackers[0] or who not in bound]
    found = [_best_against(view, victim, (attacker,)) for attacker in near]
    return found if any(found) else [_best_against(view, victim, (attacker,)) for attacker in attackers]


def _best_against(view: View, victim: str, attackers: tuple[str, ...]) -> Incident | None:
    if not attackers:
        return None
    found: Incident | None = None
    level = 0
    helps = [view.expression(level, REACHABLE) for level in range(1, HIGHEST + 1)]
    for incident in view.incidents(helps, attackers, victims=(victim,)):
        here = view.level(incident, REACHABLE)
        if here > level:
            found, level = incident, here
    return found


def _of_one(view: View, best: Incident, tried: list[Incident]) -> Outcome:
    """The best incident of one victim against its variants."""
    promised = view.level(best, REACHABLE)
    marks = ONLY_REACHABLE if view.level(best) < promised else frozenset[str]()
    left = {incident: view.level(incident, REACHABLE) for incident in tried}
    holes = [incident for incident in tried if left[incident] < min(promised, view.required(incident))]
    if not holes:
        return Outcome(Verdict.HOLDS, best, promised_level=promised, marks=marks)
    worst = min(left[hole] for hole in holes)
    if any(left[hole] > worst for hole in holes):
        marks |= UNEVEN
    if any(view.level(incident) < worst for incident in holes):
        marks |= LEFT_REACHABLE
    return Outcome(
        Verdict.FAILS, holes[0], promised_level=promised, weakest_level=worst, holes=tuple(holes), elsewhere=best,
        marks=marks,
    )  # fmt: skip


def _told(found: list[Outcome]) -> Outcome:
    """The worst hole, or where there is none the victim to whom most is owed; of several the first."""
    failing = [outcome for outcome in found if outcome.verdict is Verdict.FAILS]
    if not failing:
        return max(found, key=lambda outcome: outcome.promised)
    told = min(failing, key=lambda outcome: (outcome.weakest, -outcome.promised))
    marks = told.marks
    victims: dict[str, set[object]] = {}
    for outcome in found:
        victims.setdefault(outcome.where.victim, set()).add(_hole(outcome, victim=""))
    if any(holes != victims[told.where.victim] for holes in victims.values()):
        marks |= NOT_EVERY_VICTIM
    if len({_hole(outcome, attacker="") for outcome in found if outcome.where.victim == told.where.victim}) > 1:
        marks |= NOT_EVERY_ATTACKER
    return replace(told, marks=marks)


def _hole(outcome: Outcome, victim: str | None = None, attacker: str | None = None) -> object:
    """What is found, with another name for the victim or the attacker of each hole."""
    holes = frozenset(
        replace(
            hole,
            victim=hole.victim if victim is None else victim,
            attacker=hole.attacker if attacker is None else attacker,
        )
        for hole in outcome.holes
    )
    return outcome.verdict, outcome.promised_level, outcome.weakest_level, holes


def on_whom(outcome: Outcome, speaker: Speaker, word: str) -> str:
    """The victim after a word, where not every victim has the same hole."""
    return f" {word} {speaker.party(outcome.where.victim)}" if outcome.marks & NOT_EVERY_VICTIM else ""


def moved(incident: Incident, field: str, values: Iterable[str]) -> list[Incident]:
    """The incident with one fact set to each of the other values."""
    others = [value for value in values if value != getattr(incident, field)]
    changes: list[dict[str, Any]] = [{field: value} for value in others]
    return [replace(incident, **change) for change in changes]
