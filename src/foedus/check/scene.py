"""What a view looks at: the form with its incidents, and the parties that nothing tells apart."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Final, TypeVar

from foedus.case.form import Clause, Form
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.check.asked import Asked
from foedus.check.shared import Remembered, Shared
from foedus.check.space import incident_space
from foedus.law.alike import kind_of_party
from foedus.law.choices import closure
from foedus.law.expression import Expression
from foedus.law.incident import Incident, IncidentSpace, incident_classes
from foedus.law.meaning import Meaning
from foedus.law.stops import holder_literals

Kept = TypeVar("Kept")
_MISSING: Final = object()


class Scene:
    """A form of an instrument on the stage of a case: who may attack whom and how, and who is whose like.

    What is found is kept, and what turns on nothing of this form's own is shared with its other forms.
    """

    def __init__(
        self,
        case: LoadedCase,
        staged: StagedInstrument,
        form: Form,
        shared: Shared | None = None,
        *,
        tried: bool = False,
    ) -> None:
        self.case: Final = case
        self.staged: Final = staged
        self.form: Final = form
        self.tried: Final = tried
        self.shared: Final = shared or Shared()
        self.meaning: Final = Meaning(form, self.shared.built)
        self.space: Final = incident_space(case, staged, form)
        self._answers: dict[object, object] = {}
        self._common: Final = self.shared.answers(self.meaning)
        self._known: dict[int, tuple[Expression, Expression]] = {}
        self._among: Final = case.required_of or frozenset[str]()
        self._kinds: dict[str, int] = {}
        self._kind_numbers: dict[Hashable, int] = {}

    @cached_property
    def base(self) -> Incident:
        """The incident from which all others are measured."""
        return self.space.base()

    @cached_property
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

    def unwilling(self, incident: Incident) -> frozenset[str]:
        """Who refuses in the weakest lawful response: the guarantors, and the attacker (as ``law.promise``)."""
        return self.guarantors(incident) | {incident.attacker}

    def incidents(
        self,
        expressions: Iterable[Expression],
        attackers: tuple[str, ...] | None = None,
        *,
        victims: tuple[str, ...] | None = None,
        attacker_refuses: bool = False,
    ) -> Iterator[Incident]:
        """The classes of incident that the expressions can tell apart, nearest to the base first.

        Where the attacker refuses, attackers with choices of their own are told apart as well.
        """
        read = tuple(expressions)
        among = attackers or self.attackers()
        space = replace(self.space, attackers=among, victims=victims or self.space.victims)
        key = (read, space, attacker_refuses and (self.form.control,))
        found = self.shared.classes.get(key)
        if found is None:
            found = self.shared.classes[key] = Remembered(self._incidents(read, space, attacker_refuses))
        return iter(found)

    def _incidents(
        self,
        read: tuple[Expression, ...],
        space: IncidentSpace,
        attacker_refuses: bool,  # noqa: FBT001
    ) -> Iterator[Incident]:
        if attacker_refuses:
            read += holder_literals(self.meaning, read, "attacker")
        for incident in incident_classes(space, read, self.shared.built.literals):
            if self.is_possible(incident):
                yield incident

    def attackers(self, victim: str | None = None) -> tuple[str, ...]:
        """The attackers (of a victim, or of any) that a form can tell apart: for each victim the first of each kind."""
        return self._keep(("attackers", victim), lambda: self._attackers(victim))

    def _attackers(self, victim: str | None) -> tuple[str, ...]:
        chosen = {
            attacker
            for one in ((victim,) if victim is not None else self.space.victims)
            for attacker in self._first_of_each_kind(one)
        }
        return tuple(attacker for attacker in self.space.attackers if attacker in chosen)

    def _first_of_each_kind(self, victim: str) -> Iterable[str]:
        parties = self.case.parties
        first: dict[object, str] = {}
        for attacker in self.space.attackers:
            if attacker == victim:  # nobody attacks itself; another of its kind stands for the kind
                continue
            nuclear = attacker in parties and parties[attacker].nuclear
            first.setdefault((nuclear, self.kind_of(attacker)), attacker)
        return first.values()

    def kind_of(self, party: str) -> int:
        """A number that is equal for parties which this form cannot tell apart."""
        if party not in self._kinds:
            kind = kind_of_party(self.form, party)
            self._kinds[party] = self._kind_numbers.setdefault(kind, len(self._kind_numbers))
        return self._kinds[party]

    def alike(self, parties: Iterable[str], incident: Incident, asked: Asked) -> tuple[tuple[str, ...], ...]:
        """Parties in groups that neither the form nor the question can tell apart."""
        names, facing = tuple(parties), (incident.attacker, incident.victim)
        return self._keep(
            ("alike", names, asked.refusing, asked.silent, *facing), lambda: self._alike(names, facing, asked)
        )

    def _alike(self, parties: tuple[str, ...], facing: tuple[str, str], asked: Asked) -> tuple[tuple[str, ...], ...]:
        told_apart = asked.refusing.union(asked.silent, facing)
        groups: dict[object, list[str]] = {}
        for party in parties:
            marks = party in told_apart and (party in asked.refusing, party in asked.silent, party in facing)
            groups.setdefault((self.kind_of(party), marks), []).append(party)
        return tuple(tuple(group) for group in groups.values())

    def is_possible(self, incident: Incident) -> bool:
        """Leave out nuclear incidents by a party that is known to have no nuclear weapons."""
        party = self.case.parties.get(incident.attacker)
        return not incident.kind.startswith("nuclear") or party is None or party.nuclear or not self._has_nuclear()

    def _has_nuclear(self) -> bool:
        return any(party.nuclear for party in self.case.parties.values())

    def _keep(self, key: object, make: Callable[[], Kept]) -> Kept:
        return _kept(self._answers, key, make)

    def _share(self, key: object, make: Callable[[], Kept]) -> Kept:
        return _kept(self._common, key, make)


def _kept(answers: dict[object, object], key: object, make: Callable[[], Kept]) -> Kept:
    found = answers.get(key, _MISSING)
    if found is _MISSING:
        found = answers[key] = make()
    return found  # type: ignore[return-value]  # a key is only ever kept with its own type
