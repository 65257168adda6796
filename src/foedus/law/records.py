"""What the law stage hands up: frozen records, no sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice
from math import comb, prod
from typing import Literal

from foedus.law.expression import ChoiceKey
from foedus.law.incident import Incident

State = Literal[
    "due", "not_triggered", "released", "not_found", "not_requested", "waits", "no_consent", "no_approval",
    "stopped", "withheld", "not_decided", "disputed",
]  # fmt: skip
"""Why a clause does or does not bind: the first thing missing, in the order of meaning.md, section 4.

``released``: a bearer of a collective clause is the attacker. ``withheld``: another bearer of a collective clause
does not act. ``stopped``: a body has ended it, or a power is used. ``disputed``: each condition can be met, not all
at once.
"""


@dataclass(frozen=True, slots=True)
class Undecided:
    """No answer, and the reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class StopGroup:
    """Any ``count`` of some interchangeable actors."""

    members: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class StopKind:
    """Sets of stoppers alike up to interchange: so many from each of some groups of actors."""

    groups: tuple[StopGroup, ...]

    @property
    def size(self) -> int:
        """Return how many actors each set names."""
        return sum(group.count for group in self.groups)

    @property
    def number_of_sets(self) -> int:
        """Return how many plain sets are of this kind."""
        return prod(comb(len(group.members), group.count) for group in self.groups)

    def sets(self) -> Iterator[frozenset[str]]:
        """Yield the plain sets of this kind, in the order of the actors."""
        return _chosen(self.groups)


@dataclass(frozen=True, slots=True)
class Stoppers:
    """Who can stop the help. ``number`` is 0 if it is not there anyway, None if nobody can stop it.

    ``more`` says that not every kind is listed. ``order_matters`` says that the refusing can do less if they choose
    first; ``refusing_first`` is then the answer for that order. Where ``undecided`` is given, the number is unknown
    and the kinds are what had been found.
    """

    number: int | None
    kinds: tuple[StopKind, ...] = ()
    more: bool = False
    order_matters: bool = False
    refusing_first: Stoppers | None = None
    undecided: str | None = None

    @property
    def number_of_sets(self) -> int:
        """Return how many plain sets the kinds stand for."""
        return sum(kind.number_of_sets for kind in self.kinds)

    def sets(self, limit: int | None = None) -> tuple[frozenset[str], ...]:
        """Return the plain sets, smaller ones first, at most ``limit`` of them."""
        return tuple(islice((chosen for kind in self.kinds for chosen in kind.sets()), limit))


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that keeps a clause from binding.

    ``what`` is the word for it (a field of the incident, an aspect, a clause, a body); ``who`` are the holders whose
    choices bring it about, as far as they are refusing or silent.
    """

    what: str
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseStatus:
    """Whether one clause binds one bearer in an incident, what it then owes, and what is missing if it does not."""

    clause: str
    bearer: str
    state: State
    missing: tuple[Missing, ...]
    level: int
    acts: frozenset[str]
    most_level: int
    most_acts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider of help and the highest level it gives."""

    name: str
    level: int


@dataclass(frozen=True, slots=True)
class Promise:
    """The help in good faith, and what is left of it when others refuse. Levels are 0 to 5."""

    good_faith: int | Undecided
    lawful: int | Undecided
    practical: int | Undecided
    weakest_lawful: int | Undecided
    providers: tuple[Provider, ...]
    providers_lawful: tuple[Provider, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One fact or one choice whose change makes a clause bind a bearer.

    ``fact`` is a field and its new value; ``choice`` a choice that is refused or left in silence, and ``option`` what
    its holder would have to say.
    """

    clause: str
    bearer: str
    fact: tuple[str, str | bool | int] | None = None
    choice: ChoiceKey | None = None
    option: str | None = None


@dataclass(frozen=True, slots=True)
class Allowed:
    """The most one bearer may do in the incident by this text; ``by`` are the clauses that allow or lower it."""

    bearer: str
    level: int
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stops:
    """Who can stop help at a level: lawfully, and also by breach."""

    level: int
    lawful: Stoppers
    practical: Stoppers


@dataclass(frozen=True, slots=True)
class Answer:
    """What a form says about one incident under given refusals and silences."""

    incident: Incident
    refusing: frozenset[str]
    silent: frozenset[str]
    statuses: tuple[ClauseStatus, ...]
    promise: Promise
    promised: Stops | None
    required: Stops | None
    breached: tuple[str, ...]
    allowed: tuple[Allowed, ...]
    changes: tuple[Change, ...]


def _chosen(groups: tuple[StopGroup, ...]) -> Iterator[frozenset[str]]:
    """Yield one set after the other; there may be hundreds of millions, so none is made before it is asked for."""
    if not groups:
        yield frozenset()
        return
    for actors in combinations(groups[0].members, groups[0].count):
        for others in _chosen(groups[1:]):
            yield others.union(actors)
