"""Two forms of one text, and the expressions of the law that say what each asks of whom; no rule is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from foedus.case.form import Clause, Form
from foedus.case.ladders import KINDS, OBJECTS, OTHER, PHASES
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.law.alike import kind_of_party
from foedus.law.expression import FALSE, Expression, conjunction, disjunction, fact_in
from foedus.law.incident import Incident, IncidentSpace
from foedus.law.interpret import choices_read
from foedus.law.meaning import HIGHEST, Meaning
from foedus.law.prohibitions import stands
from foedus.law.stoppers import stoppers
from foedus.law.stops import LAWFUL, PRACTICAL, Stance, stops

LEVELS: Final = tuple(range(1, HIGHEST + 1))
DECIDING: Final = frozenset({"vote", "judgement", "request", "consent", "approval"})
"""The sorts of choice in which silence is asked about (meaning.md, section 6)."""
IN_FORCE: Final = ("in_force", "in_notice")
MOST_SETS: Final = 2_000
GOOD_FAITH: Final = "in good faith"
REFUSAL: Final = "when somebody refuses"
SILENCE: Final = "when somebody says nothing"
WAYS: Final = (GOOD_FAITH, REFUSAL, SILENCE)

Both = tuple[Expression, Expression]
"""One question put to the original and to the mutant."""


class Two:
    """The meanings of an original and of its mutant, with everything that is alike built once."""

    def __init__(self, case: LoadedCase, staged: StagedInstrument, first: Meaning, mutant: Form) -> None:
        self.case: Final = case
        self.staged: Final = staged
        original = first.form
        alike = {clause: clause for clause in original.clauses}
        bodies = {body: body for body in original.bodies}
        mutant = replace(
            mutant,
            clauses=tuple(alike.get(clause, clause) for clause in mutant.clauses),
            bodies=tuple(bodies.get(body, body) for body in mutant.bodies),
        )
        self.meanings: Final = (first, Meaning(mutant, first.built))
        self.forms: Final = (original, mutant)
        self._kinds: dict[str, object] = {}
        self.ways: Final[dict[object, str]] = {}

    def clauses(self) -> Iterator[tuple[Clause, Clause]]:
        """The clauses before and after, in the order of the text: a change leaves their ids as they are."""
        return zip(self.forms[0].clauses, self.forms[1].clauses, strict=True)

    def changed(self) -> list[tuple[Clause, Clause]]:
        """The clauses of which something may read otherwise."""
        one, other = self.meanings
        return [(a, b) for a, b in self.clauses() if one.mark(a) != other.mark(b)]

    def on_stage(self) -> IncidentSpace:
        """The incidents that the case looks at, at every length of time that either form names."""
        declared = self.staged.model.incidents
        zones = tuple(declared.zones or self.case.zones or self.staged.model.zones)
        zones = tuple(sorted(zones, key=lambda zone: zone != self.case.main_zone))
        return IncidentSpace(
            attackers=self.some(self._attackers()),
            victims=self.case.beneficiaries,
            kinds=declared.kinds or KINDS,
            zones=zones or ("",),
            objects=declared.objects or OBJECTS,
            provoked=(False, True) if declared.provoked else (False,),
            phases=IN_FORCE,
            lasting=_hours(clause.trigger.lasting_hours for form in self.forms for clause in form.clauses),
            hours=_hours(c.default.after_hours for form in self.forms for c in form.clauses if c.default),
        )

    def everywhere(self) -> IncidentSpace:
        """All incidents: anybody attacks anybody else, in every way and place that the text can tell apart."""
        known = dict.fromkeys((*self.staged.members, *self.case.parties, *self.case.beneficiaries, *self._attackers()))
        for form in self.forms:
            for clause in form.clauses:
                known.update(dict.fromkeys((*sorted(clause.beneficiaries), *clause.bearers)))
        everybody = self.some((*(name for name in known if name != OTHER), OTHER))
        places = dict.fromkeys((*self.on_stage().zones, *self.staged.model.zones, ""))
        for form in self.forms:
            for clause in form.clauses:
                places.update(dict.fromkeys(sorted(clause.trigger.zones or ())))
        return replace(
            self.on_stage(),
            attackers=everybody,
            victims=everybody,
            kinds=KINDS,
            zones=tuple(places),
            objects=OBJECTS,
            provoked=(False, True),
            phases=PHASES,
        )

    def is_possible(self, incident: Incident) -> bool:
        """Nuclear incidents by somebody who is known to have no nuclear weapons are not looked at."""
        parties = self.case.parties
        armed = any(party.nuclear for party in parties.values())
        attacker = parties.get(incident.attacker)
        return not incident.kind.startswith("nuclear") or attacker is None or attacker.nuclear or not armed

    def some(self, names: Iterable[str], count: int = 3) -> tuple[str, ...]:
        """Of names that neither form can tell apart the first few: a bearer, an attacker and a victim are enough."""
        groups: dict[object, list[str]] = {}
        for name in dict.fromkeys(names):
            groups.setdefault(self._kind(name), []).append(name)
        kept = {name for group in groups.values() for name in group[:count]}
        return tuple(name for name in dict.fromkeys(names) if name in kept)

    def _kind(self, name: str) -> object:
        """What is equal for actors that both forms and the case treat alike."""
        if name not in self._kinds:
            party = self.case.parties.get(name)
            stands_for_itself = name in self.case.beneficiaries or name == OTHER
            self._kinds[name] = (
                tuple(kind_of_party(form, name) for form in self.forms),
                party is not None and party.nuclear,
                party is None,
                stands_for_itself and name,
                name in self.case.attackers,
            )
        return self._kinds[name]

    def _attackers(self) -> tuple[str, ...]:
        named = [name for name in self.case.attackers if name != "any"]
        anybody = (*self.staged.members, OTHER) if "any" in self.case.attackers else ()
        return tuple(dict.fromkeys((*named, *anybody)))

    def help(self) -> Iterator[Both]:
        """Who provides which level, what bodies may bring, and the help as a whole; where the two are not the same."""
        one, other = self.meanings
        for level in LEVELS:
            for party in self.bearers():
                yield one.provides(party, level), other.provides(party, level)
            for body in one.bodies:
                yield one.reaches(body, level), other.reaches(body, level)
            yield self._whole(one, level), self._whole(other, level)

    def bearers(self, *clauses: Clause) -> tuple[str, ...]:
        """The bearers of some clauses, or of all; of those that nothing tells apart the first."""
        return self.some(_bearers(clauses or (*self.forms[0].clauses, *self.forms[1].clauses)), 1)

    @staticmethod
    def _whole(meaning: Meaning, level: int) -> Expression:
        return disjunction(meaning.provides(party, level) for party in _bearers(meaning.form.clauses))

    def forbidden(self) -> Iterator[Both]:
        """That a thing is forbidden to somebody for the victim's sake, or for nobody's in particular."""
        things = sorted({thing for form in self.forms for clause in form.clauses for thing in clause.forbids})
        limits = sorted({c.most_level for form in self.forms for c in form.clauses if c.most_level is not None})
        for bearer in self.bearers():
            named: tuple[str | int, ...] = (*things, *limits)
            for thing in named:
                yield _forbidden(self.meanings[0], bearer, thing), _forbidden(self.meanings[1], bearer, thing)


def asked(meaning: Meaning, clause: Clause, bearer: str) -> Expression:
    """That a clause asks, allows or forbids what it is about of one bearer, in an incident that concerns somebody."""
    if bearer not in clause.bearers:
        return FALSE
    towards = fact_in("victim", clause.beneficiaries) if clause.beneficiaries else conjunction(())
    spoken = stands(meaning, clause, bearer) if clause.kind == "prohibition" else meaning.due(clause, bearer)
    return conjunction((towards, spoken))


def owed(meaning: Meaning, clause: Clause, bearer: str, level: int) -> Expression:
    """That a duty gives a level to the victim, by one bearer."""
    if bearer not in clause.bearers or clause.kind != "obligation":
        return FALSE
    return conjunction((fact_in("victim", clause.beneficiaries), meaning.gives(clause, bearer, level)))


def given(meaning: Meaning, expression: Expression) -> bool:
    """Whether an expression at an incident is true when everybody is willing."""
    return stops(meaning, expression, frozenset(), LAWFUL) is False


def told_apart(two: Two, here: Both, victim: str) -> str:
    """How two expressions at an incident can be told apart: one of ``WAYS``, or nothing if they cannot."""
    key = (here, victim)
    if key not in two.ways:
        two.ways[key] = _told_apart(two, here, victim)
    return two.ways[key]


def _told_apart(two: Two, here: Both, victim: str) -> str:
    one, other = two.meanings
    keys = dict.fromkeys((*choices_read(here[0]), *choices_read(here[1])))
    if here[0] == here[1] and all(one.choices.get(key) == other.choices.get(key) for key in keys):
        return ""
    if given(one, here[0]) != given(other, here[1]):
        return GOOD_FAITH
    for stance in (LAWFUL, PRACTICAL):
        if _stopping(one, here[0], victim, stance) != _stopping(other, here[1], victim, stance):
            return REFUSAL
    holders = tuple(dict.fromkeys(key[-1] for key in keys if key[0] in DECIDING))
    if any(
        _if_silent(one, here[0], silent) != _if_silent(other, here[1], silent)
        for silent in (*(frozenset({name}) for name in two.some(holders)), frozenset(holders))
    ):
        return SILENCE
    return ""


def _stopping(meaning: Meaning, expression: Expression, victim: str, stance: Stance) -> object:
    found = stoppers(meaning, expression, victim, stance)
    first = found.refusing_first
    return (
        found.number,
        found.undecided is not None,
        frozenset(found.sets(MOST_SETS)),
        found.number_of_sets,
        first and first.number,
    )


def _if_silent(meaning: Meaning, expression: Expression, silent: frozenset[str]) -> object:
    return stops(meaning, expression, frozenset(), Stance(silent=silent, silent_sorts=DECIDING))


def _forbidden(meaning: Meaning, bearer: str, thing: str | int) -> Expression:
    directed = thing in ("attack", "threat_of_force", "nuclear_use")  # there the incident is the act
    return conjunction(
        (
            fact_in("attacker", (bearer,)) if directed else conjunction(()),
            disjunction(
                asked(meaning, clause, bearer)
                for clause in meaning.form.clauses
                if clause.kind == "prohibition" and (thing in clause.forbids or clause.most_level == thing)
            ),
        )
    )


def _bearers(clauses: Iterable[Clause]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(bearer for clause in clauses for bearer in clause.bearers))


def _hours(found: Iterable[int]) -> tuple[int, ...]:
    hours = sorted({0, *found}, reverse=True)
    return (hours[0], *sorted(hours[1:]))
