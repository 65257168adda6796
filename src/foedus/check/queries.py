"""Questions that several rules share: which clauses carry the help, who is let off by what, what a refusal takes."""

from collections.abc import Iterable
from dataclasses import replace

from foedus.check.asked import GOOD_FAITH, Asked
from foedus.check.view import View
from foedus.findings import LetOff
from foedus.law.diagnosis import Setting, state_of
from foedus.law.incident import Incident
from foedus.law.stops import Stance


def clauses_that_help(view: View, incident: Incident, level: int, asked: Asked = GOOD_FAITH) -> tuple[str, ...]:
    """The clauses without which less would be there: the example works because of them (no empty pass).

    Where several clauses carry the same help and none is missed alone, all that carry it are named.
    """
    duties = [clause.id for clause in view.duties]
    without = [id for id in duties if view.level(incident, _only(asked, set(duties) - {id})) < level]
    return tuple(without) or tuple(id for id in duties if view.level(incident, _only(asked, {id})) >= level)


def _only(asked: Asked, clauses: Iterable[str]) -> Asked:
    return replace(asked, clauses=frozenset(clauses))


def not_due(view: View, incident: Incident, level: int, asked: Asked = GOOD_FAITH) -> tuple[LetOff, ...]:
    """Who could have helped at a level, and what lets each off: under the clauses that speak of such an incident.

    Where no clause does, that is the reason, and all are named.
    """
    refusing = view.controlled(asked.refusing) - view.controlled((incident.victim,))
    setting = Setting(view.meaning, incident, refusing, Stance(practical=asked.practical, silent=asked.silent))
    found: list[LetOff] = []
    for clause in view.duties:
        if incident.victim not in clause.beneficiaries:
            continue
        let_off: dict[str, LetOff] = {}
        for group in view.alike(view.others(clause, incident), incident, asked):
            if view.stopped(view.meaning.owes(clause, group[0], level), incident, asked):
                state, _ = state_of(setting, clause, group[0])
                why = "little" if state == "due" else state
                let_off |= {bearer: LetOff(bearer, clause.id, why) for bearer in group}
        found += [let_off[bearer] for bearer in clause.bearers if bearer in let_off]
    return tuple(let for let in found if let.why != "not_triggered") or tuple(found)


def lost(view: View, incident: Incident, asked: Asked) -> tuple[int, int, tuple[str, ...]]:
    """The level in good faith, the level left under refusal, and the providers lost at the first of them."""
    good = Asked(reachable=asked.reachable, clauses=asked.clauses)
    before = view.level(incident, good)
    after = view.level(incident, asked)
    if before == 0:
        return 0, 0, ()
    left = view.providers(incident, before, asked)
    return before, after, tuple(name for name in view.providers(incident, before, good) if name not in left)
