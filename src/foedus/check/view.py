"""One text under one reading and one choice of unknown values: the only way in which rules look at the law."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from foedus.case.form import Clause, Form
from foedus.case.ladders import KINDS, OBJECTS, OTHER, level_of
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.law.alike import kind_of_party
from foedus.law.choices import closure
from foedus.law.expression import Expression
from foedus.law.incident import Incident, IncidentSpace, incident_classes
from foedus.law.interpret import choices_read
from foedus.law.meaning import Meaning, Query
from foedus.law.records import Stoppers, Undecided
from foedus.law.stoppers import stoppers
from foedus.law.stops import LAWFUL, PRACTICAL, Stance, holder_literals, stops

Kept = TypeVar("Kept")
HIGHEST: Final = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """How a rule asks: who refuses, whose silence is looked at, which sorts of choice count, lawful or in practice."""

    refusing: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    practical: bool = False
    sorts: frozenset[str] | None = None
    silent_sorts: frozenset[str] | None = None
    reachable: bool = False
    clauses: frozenset[str] | None = None


GOOD_FAITH: Final = Asked()


class UndecidedError(Exception):
    """The law could not answer within its limits; the rule that asked is undecided, for the reason given."""


class View:
    """A form with its incidents and answers; answers are kept because many rules ask the same question."""

    def __init__(self, case: LoadedCase, staged: StagedInstrument, form: Form) -> None:
        self.case: Final = case
        self.staged: Final = staged
        self.form: Final = form
        self.meaning: Final = Meaning(form)
        self.space: Final = incident_space(case, staged, form)
        self._answers: dict[object, object] = {}
        self._kinds: dict[str, int] = {}
        self._kind_numbers: dict[Hashable, int] = {}

    @property
    def base(self) -> Incident:
        """The incident from which all others are measured."""
        return self.space.base()

    @property
    def duties(self) -> tuple[Clause, ...]:
        """The obligations towards somebody this case protects, borne by somebody else."""
        return tuple(
            clause
            for clause in self.form.clauses
            if clause.kind == "obligation" and any(self.protects(clause, victim) for victim in self.space.victims)
        )

    def protects(self, clause: Clause, victim: str) -> bool:
        """Whether a clause is an obligation of others towards the victim."""
        return victim in clause.beneficiaries and any(bearer != victim for bearer in clause.bearers)

    def required(self, incident: Incident) -> int:
        """The level that the author asks for in such an incident."""
        return self.case.required.get(incident.kind, 0)

    def expression(self, level: int, asked: Asked) -> Expression:
        """That enough providers owe a level."""
        return self.meaning.help_expression(
            Query(
                level=level,
                k=self.case.required_count,
                among=self.case.required_of,
                reachable=asked.reachable,
                clauses=asked.clauses,
            )
        )

    def level(self, incident: Incident, asked: Asked = GOOD_FAITH) -> int:
        """The highest level that is still there, 0 if none."""
        return self._keep(("level", incident, asked), lambda: self._level(incident, asked))

    def _level(self, incident: Incident, asked: Asked) -> int:
        if self.case.required_count == 1 and self.case.required_of is None and not asked.refusing and not asked.silent:
            # In good faith, and where one is enough, help is there if and only if some provider gives it.
            return next((n for n in range(HIGHEST, 0, -1) if self.providers(incident, n, asked)), 0)
        good_faith = not asked.refusing and not asked.silent
        good = HIGHEST if good_faith else self.level(incident, replace(asked, refusing=frozenset(), silent=frozenset()))
        for level in range(good if not asked.silent else HIGHEST, 0, -1):
            if not self.stopped(self.expression(level, asked), incident, asked):
                return level
        return 0

    def providers(self, incident: Incident, level: int, asked: Asked = GOOD_FAITH) -> tuple[str, ...]:
        """Who still owes a level; bodies count where help is only reachable."""
        return self._keep(("providers", incident, level, asked), lambda: self._providers(incident, level, asked))

    def _providers(self, incident: Incident, level: int, asked: Asked) -> tuple[str, ...]:
        bearers = dict.fromkeys(b for clause in self.meaning.obligations(asked.clauses) for b in clause.bearers)
        found: list[str] = []
        for group in self.alike(bearers, incident, asked):
            if not self.stopped(self._provides(group[0], level, asked.clauses), incident, asked):
                found += group
        if asked.reachable:
            found += [
                body.id
                for body in self.form.bodies
                if not self.stopped(self._reaches(body.id, level, asked.clauses), incident, asked)
            ]
        return tuple(found)

    def _provides(self, party: str, level: int, clauses: frozenset[str] | None) -> Expression:
        return self._keep(
            ("provides", party, level, clauses), lambda: self.meaning.provides(party, level, None, clauses)
        )

    def _reaches(self, body: str, level: int, clauses: frozenset[str] | None) -> Expression:
        return self._keep(("reaches", body, level, clauses), lambda: self.meaning.reaches(body, level, clauses))

    def stopped(self, expression: Expression, incident: Incident, asked: Asked) -> bool:
        """Whether the refusing can bring it about that the expression is false."""
        here = self.meaning.at(expression, incident)
        closed = (
            self.controlled(asked.refusing) - self.controlled((incident.victim,)) if asked.refusing else asked.refusing
        )
        holders = self.holders(here) if closed or asked.silent else frozenset()
        # Who holds nothing that is read here cannot matter: most questions end as the one about good faith.
        how = (closed & holders, asked.silent & holders, asked.practical, asked.sorts, asked.silent_sorts)
        key = how if how[0] or how[1] else None
        return self._keep(("stopped", here, key), lambda: self._stopped(here, how[0], asked))

    def holders(self, here: Expression) -> frozenset[str]:
        """Who holds a choice that an expression reads."""
        return self._keep(
            ("holders", here), lambda: frozenset(self.meaning.choices[key].holder for key in choices_read(here))
        )

    def _stopped(self, here: Expression, refusing: frozenset[str], asked: Asked) -> bool:
        stance = Stance(
            practical=asked.practical, only_sorts=asked.sorts, silent=asked.silent, silent_sorts=asked.silent_sorts
        )
        found = stops(self.meaning, here, refusing, stance)
        if isinstance(found, Undecided):
            raise UndecidedError(found.reason)
        return found

    def due(self, clause: Clause, incident: Incident, asked: Asked = GOOD_FAITH) -> tuple[str, ...]:
        """The bearers other than attacker and victim for whom a clause is due."""
        return tuple(
            bearer
            for bearer in clause.bearers
            if bearer not in (incident.attacker, incident.victim)
            and not self.stopped(self.meaning.due(clause, bearer), incident, asked)
        )

    def most(self, incident: Incident) -> int:
        """The most that the text mentions for this incident: of what may be owed and what is permitted."""
        found = 0
        for clause in self.form.clauses:
            if clause.kind in ("obligation", "permission") and not clause.against_beneficiary:
                if clause.kind == "obligation" and incident.victim not in clause.beneficiaries:
                    continue
                for bearer, response in zip(clause.bearers, clause.response, strict=True):
                    if bearer not in (incident.attacker, incident.victim) and not self.stopped(
                        self.meaning.due(clause, bearer), incident, GOOD_FAITH
                    ):
                        found = max(found, level_of(response.most))
                if clause.leads_to is not None and self.due(clause, incident):
                    found = max(found, clause.leads_to.level)
        return found

    def stoppers(self, incident: Incident, level: int, *, practical: bool, asked: Asked = GOOD_FAITH) -> Stoppers:
        """Who can stop the help at a level."""
        here = self.meaning.at(self.expression(level, asked), incident)
        return self._keep(
            ("stoppers", here, incident.victim, practical),
            lambda: stoppers(self.meaning, here, incident.victim, PRACTICAL if practical else LAWFUL),
        )

    def controlled(self, actors: Iterable[str]) -> frozenset[str]:
        """The actors and everybody they control."""
        return self._keep(("closure", actors := tuple(actors)), lambda: closure(self.form.control, actors))

    def guarantors(self, incident: Incident) -> frozenset[str]:
        """Everybody who owes the victim something under some obligation, whatever its trigger."""
        return frozenset(
            bearer
            for clause in self.duties
            if incident.victim in clause.beneficiaries
            for bearer in clause.bearers
            if bearer != incident.victim
        )

    def incidents(
        self,
        expressions: Iterable[Expression],
        attackers: tuple[str, ...] | None = None,
        *,
        attacker_refuses: bool = False,
    ) -> Iterator[Incident]:
        """The classes of incident that the expressions can tell apart, nearest to the base first.

        Where the attacker refuses, attackers with choices of their own are told apart as well.
        """
        space = replace(self.space, attackers=attackers or self.attackers())
        read = tuple(expressions)
        if attacker_refuses:
            read += holder_literals(self.meaning, read, "attacker")
        for incident in incident_classes(space, read):
            if self.is_possible(incident):
                yield incident

    def attackers(self) -> tuple[str, ...]:
        """The attackers that this form can tell apart, the first of each kind."""
        return self._keep("attackers", self._attackers)

    def _attackers(self) -> tuple[str, ...]:
        parties = self.case.parties
        first: dict[object, str] = {}
        for attacker in self.space.attackers:
            nuclear = attacker in parties and parties[attacker].nuclear
            first.setdefault((nuclear, self.kind_of(attacker)), attacker)
        return tuple(first.values())

    def kind_of(self, party: str) -> int:
        """A number that is equal for parties which this form cannot tell apart."""
        if party not in self._kinds:
            kind = kind_of_party(self.form, party)
            self._kinds[party] = self._kind_numbers.setdefault(kind, len(self._kind_numbers))
        return self._kinds[party]

    def alike(self, parties: Iterable[str], incident: Incident, asked: Asked) -> tuple[tuple[str, ...], ...]:
        """Parties in groups that neither the form nor the question can tell apart."""
        groups: dict[object, list[str]] = {}
        for party in parties:
            marks = (party in asked.refusing, party in asked.silent, party in (incident.attacker, incident.victim))
            groups.setdefault((self.kind_of(party), marks), []).append(party)
        return tuple(tuple(group) for group in groups.values())

    def help_classes(
        self, attackers: tuple[str, ...] | None = None, *, attacker_refuses: bool = False
    ) -> tuple[Incident, ...]:
        """The classes of incident that help, owed or reachable, can tell apart."""
        asked = Asked(reachable=True)
        return self._keep(
            ("classes", attackers, attacker_refuses),
            lambda: tuple(
                self.incidents(
                    [self.expression(level, asked) for level in range(1, HIGHEST + 1)],
                    attackers,
                    attacker_refuses=attacker_refuses,
                )
            ),
        )

    def is_possible(self, incident: Incident) -> bool:
        """Leave out nuclear incidents by a party that is known to have no nuclear weapons."""
        party = self.case.parties.get(incident.attacker)
        return not incident.kind.startswith("nuclear") or party is None or party.nuclear or not self._has_nuclear()

    def _has_nuclear(self) -> bool:
        return any(party.nuclear for party in self.case.parties.values())

    def near_attackers(self) -> tuple[str, ...]:
        """The first attacker and, if declared, an outsider: enough where the attacker's own part is not asked."""
        first = self.base.attacker
        return (first, OTHER) if OTHER in self.space.attackers and first != OTHER else (first,)

    def _keep(self, key: object, make: Callable[[], Kept]) -> Kept:
        if key not in self._answers:
            self._answers[key] = make()
        return self._answers[key]  # type: ignore[return-value]  # a key is only ever kept with its own type


def incident_space(case: LoadedCase, staged: StagedInstrument, form: Form) -> IncidentSpace:
    """The incidents that a case looks at for one instrument: as declared, else the language's."""
    declared = case.model.incidents if case.model is not None else staged.model.incidents
    zones = tuple(case.zones) or tuple(staged.model.zones)
    if declared.zones:
        zones = declared.zones
    if case.main_zone in zones:
        zones = (str(case.main_zone), *(zone for zone in zones if zone != case.main_zone))
    return IncidentSpace(
        attackers=attackers_of(case, staged),
        victims=case.beneficiaries,
        kinds=declared.kinds or KINDS,
        zones=zones or ("",),
        objects=declared.objects or OBJECTS,
        provoked=(False, True) if declared.provoked else (False,),
        lasting=(max((clause.trigger.lasting_hours for clause in form.clauses), default=0),),
        hours=(max((clause.default.after_hours for clause in form.clauses if clause.default), default=0),),
    )


def attackers_of(case: LoadedCase, staged: StagedInstrument) -> tuple[str, ...]:
    """The attackers looked at: the named ones first; ``any`` adds every party on stage and an outsider."""
    named = [name for name in case.attackers if name != "any"]
    if "any" not in case.attackers:
        return tuple(named)
    own = list(case.model.parties) if case.model is not None else []
    others = [*own, *staged.members]
    first_other = [OTHER, *others] if not own and not named else [*others, OTHER]
    return tuple(dict.fromkeys([*named, *first_other]))
