"""What two parties owe each other: the same question asked with the sides exchanged (rule C25)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from foedus.case.ladders import OTHER, level_of
from foedus.check.asked import GOOD_FAITH
from foedus.check.view import View
from foedus.findings import Protection
from foedus.law.incident import Incident, IncidentSpace, incident_classes

TALK: Final = 1


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of two, with the incident in which the most is owed one way and the one the other way round.

    Both are attacked by the same third party; ``whoever`` says that nothing changes with another one
    against whom something is owed.
    """

    protection: Protection
    incident: Incident
    mirrored: Incident
    clauses: tuple[str, ...]
    whoever: bool

    @property
    def is_even(self) -> bool:
        """Whether as much is owed both ways, and on both sides either help or only talk."""
        here = self.protection
        return here.level == here.back_level and (here.most > TALK) == (here.back_most > TALK)


@dataclass(frozen=True, slots=True)
class Best:
    """The most that one party owes another: the level, up to what, where, and under which clauses."""

    level: int
    most: int
    incident: Incident
    clauses: tuple[str, ...]


def relations(view: View) -> tuple[Relation, ...]:
    """Return who owes whom what, both ways, for each party the case protects, its territory first.

    Partners whom nothing in the text tells apart stand together. Where neither owes anything there is no relation.
    """
    found = [
        relation
        for object in view.space.objects
        for victim in view.space.victims
        for group in _groups(view, victim)
        if (relation := _relation(view, victim, group, object)) is not None
    ]
    return tuple(found)


def _groups(view: View, victim: str) -> Iterator[tuple[str, ...]]:
    """Partners whom neither the text nor the attackers looked at can tell apart."""
    beside = replace(view.base, attacker=OTHER, victim=victim)
    for group in view.alike(_partners(view, victim), beside, GOOD_FAITH):
        lonely = tuple(party for party in group if not _thirds(view, party, victim))
        yield from ((party,) for party in lonely)
        if rest := tuple(party for party in group if party not in lonely):
            yield rest


def _partners(view: View, victim: str) -> Iterator[str]:
    """Everybody who owes the victim something, or is owed something by it, whatever the trigger."""
    known: dict[str, None] = {}
    for clause in view.meaning.obligations():
        if victim in clause.beneficiaries:
            known |= dict.fromkeys(clause.bearers)
        if victim in clause.bearers:
            known |= dict.fromkeys(party for party in view.form.parties if party in clause.beneficiaries)
    return (party for party in known if party != victim)


def _relation(view: View, victim: str, group: tuple[str, ...], object: str) -> Relation | None:
    """What is owed both ways against the same attacker: the first against whom it is uneven, else where most is owed.

    One side may be helped against anybody and help against one alone: its best case is then no match for the other's.
    """
    outsiders = _one_of_each(view, _thirds(view, group[0], victim) or (OTHER,))
    every = (_against(view, victim, group, object, attacker) for attacker in outsiders)
    found = [relation for relation in every if relation is not None]
    if not found:
        return None
    whoever = all(relation.protection == found[0].protection for relation in found)
    uneven = next((relation for relation in found if not relation.is_even), None)
    return replace(uneven or max(found, key=_how_much), whoever=whoever)


def _how_much(relation: Relation) -> tuple[int, int]:
    return relation.protection.level, relation.protection.most


def _against(view: View, victim: str, group: tuple[str, ...], object: str, attacker: str) -> Relation | None:
    there = _best(view, group[0], victim, object, attacker)
    back = _best(view, victim, group[0], object, attacker)
    if not (there.level or there.most or back.level or back.most):
        return None
    protection = Protection(group, victim, object, there.level, there.most, back.level, back.most)
    clauses = there.clauses if there.level or there.most else back.clauses
    return Relation(protection, there.incident, back.incident, clauses, whoever=True)


def _best(view: View, guarantor: str, victim: str, object: str, attacker: str) -> Best:
    """The most that a guarantor owes when something of the victim's is attacked by a third party."""
    space = _space(view, victim, object, attacker)
    owing = [clause for clause in view.meaning.obligations() if guarantor in clause.bearers]
    owing = [clause for clause in owing if victim in clause.beneficiaries]
    provides = {rung: view.meaning.provides(guarantor, rung) for rung in view.rungs}
    due = {clause.id: view.meaning.due(clause, guarantor) for clause in owing}
    best = Best(0, 0, space.base(), ())
    for incident in incident_classes(space, (*provides.values(), *due.values())):
        if not view.is_possible(incident):
            continue
        level = next((n for n, expression in provides.items() if not view.stopped(expression, incident, GOOD_FAITH)), 0)
        standing = tuple(c for c in owing if not view.stopped(due[c.id], incident, GOOD_FAITH))
        most = max((level_of(c.response[c.bearers.index(guarantor)].most) for c in standing), default=0)
        if (level, most) > (best.level, best.most):
            best = Best(level, most, incident, tuple(clause.id for clause in standing))
    return best


def _space(view: View, victim: str, object: str, attacker: str) -> IncidentSpace:
    """The incidents in which a third party attacks something of the victim's."""
    zones = view.space.zones if object != "territory" else _own_zones(view, victim)
    return replace(view.space, attackers=(attacker,), victims=(victim,), zones=zones, objects=(object,))


def _own_zones(view: View, party: str) -> tuple[str, ...]:
    """The places that may be a party's territory: its own and nobody's, by the case or else by the text.

    Where all are somebody else's, a place that no file declares.
    """
    by_case, by_text = view.case.zones, view.staged.model.zones
    own = tuple(z for z in view.space.zones if z not in by_case or by_case[z].of in (None, party))
    return own or tuple(z for z, zone in by_text.items() if zone.of in (None, party)) or ("",)


def _thirds(view: View, guarantor: str, victim: str) -> tuple[str, ...]:
    return tuple(attacker for attacker in view.space.attackers if attacker not in (guarantor, victim))


def _one_of_each(view: View, attackers: Iterable[str]) -> tuple[str, ...]:
    """The first attacker of each kind that the form can tell apart."""
    first: dict[object, str] = {}
    for attacker in attackers:
        nuclear = attacker in view.case.parties and view.case.parties[attacker].nuclear
        first.setdefault((nuclear, view.kind_of(attacker)), attacker)
    return tuple(first.values())
