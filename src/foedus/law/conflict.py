"""Does a duty ask of somebody what is forbidden to the same party (meaning.md, section 9)?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from foedus.case.form import Clause
from foedus.law.alike import kind_of_party
from foedus.law.expression import FALSE, TRUE, Expression, conjunction, fact_in
from foedus.law.incident import Incident, IncidentSpace, incident_classes
from foedus.law.meaning import Meaning
from foedus.law.prohibitions import AGAINST_THE_ATTACKER, ruled_out, stands, touched
from foedus.law.records import Undecided
from foedus.law.stops import LAWFUL, stops

Pair = tuple[Clause, Clause, tuple[str, ...]]
"""A duty, a prohibition, and bearers of both whom nothing tells apart."""


@dataclass(frozen=True, slots=True)
class Clash:
    """In ``incident`` the bearers owe acts under a duty that break a forbidden thing, or ``most_level``."""

    duty: str
    prohibition: str
    bearers: tuple[str, ...]
    acts: tuple[str, ...]
    thing: str
    incident: Incident


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Every clash, a pair of clauses and a thing once, at its nearest incident.

    ``kept`` is an incident in which somebody is bound by a duty and a prohibition and can keep both, with the two
    clauses; ``None`` if there is none.
    """

    clashes: tuple[Clash, ...]
    kept: tuple[Incident, str, str] | None


def conflicts(
    meaning: Meaning, space: IncidentSpace, together: Callable[[str, str], bool], *, kept_wanted: bool = True
) -> Conflicts | Undecided:
    """Return the conflicts of a form among the pairs of duty and prohibition that are looked at ``together``.

    What can be ``kept`` is looked for only if it is wanted.
    """
    clashes: dict[tuple[str, str, str], Clash] = {}
    pairs = list(_pairs(meaning, together))
    for duty, prohibition, alike in pairs:
        least = duty.response[duty.bearers.index(alike[0])].least
        for thing, acts in ruled_out(prohibition, least).items():
            found = _first(meaning, space, duty, prohibition, thing, alike[0])
            if isinstance(found, Undecided):
                return found
            if found is not None:
                key = (duty.id, prohibition.id, thing)
                before = clashes.get(key)
                bearers = (*(before.bearers if before is not None else ()), *alike)
                where = before.incident if before is not None else found
                clashes[key] = Clash(duty.id, prohibition.id, bearers, acts, thing, where)
    kept = _kept(meaning, space, pairs, {key[:2] for key in clashes}) if kept_wanted else None
    return kept if isinstance(kept, Undecided) else Conflicts(tuple(clashes.values()), kept)


def _kept(
    meaning: Meaning, space: IncidentSpace, pairs: list[Pair], clashing: set[tuple[str, str]]
) -> tuple[Incident, str, str] | Undecided | None:
    """The first pair by name, whatever the order of the text, of which somebody is bound by both and can keep both."""
    for duty, prohibition, alike in sorted(pairs, key=lambda pair: (pair[0].id, pair[1].id)):
        if (duty.id, prohibition.id) in clashing:
            continue
        found = _first(meaning, space, duty, prohibition, None, alike[0])
        if isinstance(found, Undecided):
            return found
        if found is not None:
            return found, duty.id, prohibition.id
    return None


def clash(meaning: Meaning, duty: Clause, prohibition: Clause, thing: str | None, bearer: str) -> Expression:
    """Return the part of a clash that is read at the incident itself; ``thing`` is ``None`` where nothing is broken."""
    return conjunction(
        (
            fact_in("victim", duty.beneficiaries),
            meaning.may_provide(bearer),
            meaning.due(duty, bearer),
            touched(prohibition, thing) if thing is not None else TRUE,
        )
    )


def turned_round(incident: Incident, bearer: str) -> Incident:
    """Return the incident that help against the attacker is itself: the bearer acts, provoked, against the attacker."""
    return replace(incident, attacker=bearer, victim=incident.attacker, provoked=True)


def _pairs(meaning: Meaning, together: Callable[[str, str], bool]) -> Iterator[Pair]:
    """Duty, prohibition, and the bearers of both in groups that nothing tells apart."""
    prohibitions = [clause for clause in meaning.form.clauses if clause.kind == "prohibition"]
    kinds: dict[str, object] = {}
    for duty in meaning.obligations():
        for prohibition in prohibitions:
            if not together(duty.id, prohibition.id):
                continue
            groups: dict[object, list[str]] = {}
            for bearer in duty.bearers:
                if bearer in prohibition.bearers:
                    if bearer not in kinds:
                        kinds[bearer] = kind_of_party(meaning.form, bearer)
                    groups.setdefault(kinds[bearer], []).append(bearer)
            for group in groups.values():
                yield duty, prohibition, tuple(group)


def _first(
    meaning: Meaning, space: IncidentSpace, duty: Clause, prohibition: Clause, thing: str | None, bearer: str
) -> Incident | Undecided | None:
    """Return the nearest incident in which the duty is due, the prohibition stands, and the thing is touched."""
    ours = clash(meaning, duty, prohibition, thing, bearer)
    theirs = stands(meaning, prohibition, bearer)
    victims = prohibition.trigger.victims
    for incident in incident_classes(space, (ours, theirs, fact_in("attacker", victims))):
        here = meaning.at(ours, incident)
        if here is FALSE:
            continue
        where = turned_round(incident, bearer) if thing in AGAINST_THE_ATTACKER else incident
        found = stops(meaning, conjunction((here, meaning.at(theirs, where))), frozenset(), LAWFUL)
        if isinstance(found, Undecided):
            return found
        if not found:
            return incident
    return None
