"""The small language that meanings are written in: boolean expressions over facts and choices.

An expression is built once for a form (``meaning``) and then read by several interpreters: plainly (``interpret``),
by signs (``signs``), in games of refusal (``stops``) and by Z3 (``smt``). Build with the small functions at the end.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from foedus.law.incident import Incident

ChoiceKey = tuple[str, ...]
"""What names a choice: its sort first, its holder last (docs/theory/meaning.md, section 2)."""
Assignment = Mapping[ChoiceKey, str]
FactValue = str | bool
SET_FIELDS: Final = ("attacker", "victim", "kind", "zone", "object", "provoked", "phase")
HOUR_FIELDS: Final = ("lasting", "hour")


class Expression:
    """A boolean expression; equal when it says the same with its parts in any order.

    ``essence`` holds what equality compares and ``digest`` its hash, taken once, since expressions are keys of caches.
    ``factual`` tells whether any fact is read below, so that placing at an incident skips the rest.
    """

    __slots__ = ()
    essence: Hashable
    digest: int
    factual: bool

    def __hash__(self) -> int:
        return self.digest

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(self) is not type(other) or not isinstance(other, Expression):
            return False
        if self.essence is other.essence:
            return True
        if self.digest != other.digest or self.essence != other.essence:
            return False
        object.__setattr__(other, "essence", self.essence)  # what was compared at length once is equal at a glance
        return True


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Constant(Expression):
    """Truth or falsehood; use ``TRUE`` and ``FALSE``."""

    value: bool
    factual: bool = False
    essence: Hashable = dataclasses.field(init=False, repr=False)
    digest: int = dataclasses.field(init=False, repr=False)

    def __post_init__(self) -> None:
        _seal(self, ("constant", self.value))


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class FactIn(Expression):
    """A fact of the incident is one of some values."""

    field: str
    values: frozenset[FactValue]
    factual: bool = True
    essence: Hashable = dataclasses.field(init=False, repr=False)
    digest: int = dataclasses.field(init=False, repr=False)

    def __post_init__(self) -> None:
        _seal(self, ("in", self.field, self.values))

    def says(self, value: FactValue | int) -> bool:
        """Return whether the fact holds for a value of its field."""
        return value in self.values

    def holds(self, incident: Incident) -> bool:
        """Return whether the fact holds in an incident."""
        return getattr(incident, self.field) in self.values


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class FactAtLeast(Expression):
    """A number of hours (``lasting`` or ``hour``) is at least a bound."""

    field: str
    bound: int
    factual: bool = True
    essence: Hashable = dataclasses.field(init=False, repr=False)
    digest: int = dataclasses.field(init=False, repr=False)

    def __post_init__(self) -> None:
        _seal(self, ("from", self.field, self.bound))

    def says(self, value: FactValue | int) -> bool:
        """Return whether the fact holds for a value of its field."""
        return int(value) >= self.bound

    def holds(self, incident: Incident) -> bool:
        """Return whether the fact holds in an incident."""
        return self.says(getattr(incident, self.field))


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Pick(Expression):
    """A choice is made in favour of one of some options."""

    choice: ChoiceKey
    options: frozenset[str]
    factual: bool = False
    essence: Hashable = dataclasses.field(init=False, repr=False)
    digest: int = dataclasses.field(init=False, repr=False)

    def __post_init__(self) -> None:
        _seal(self, ("pick", self.choice, self.options))


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Not(Expression):
    """The opposite; use ``negation`` to build one."""

    child: Expression
    factual: bool
    essence: Hashable = dataclasses.field(init=False, repr=False)
    digest: int = dataclasses.field(init=False, repr=False)

    def __post_init__(self) -> None:
        _seal(self, ("not", self.child))


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class And(Expression):
    """All of the children; use ``conjunction`` to build one."""

    children: tuple[Expression, ...]
    factual: bool
    essence: Hashable = dataclasses.field(init=False, repr=False)
    digest: int = dataclasses.field(init=False, repr=False)

    def __post_init__(self) -> None:
        _seal(self, ("and", frozenset(self.children)))


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Or(Expression):
    """One of the children at least; use ``disjunction`` to build one."""

    children: tuple[Expression, ...]
    factual: bool
    essence: Hashable = dataclasses.field(init=False, repr=False)
    digest: int = dataclasses.field(init=False, repr=False)

    def __post_init__(self) -> None:
        _seal(self, ("or", frozenset(self.children)))


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class AtLeast(Expression):
    """``count`` of the children at least, equal children counted apart; use ``at_least`` to build one."""

    count: int
    children: tuple[Expression, ...]
    factual: bool
    essence: Hashable = dataclasses.field(init=False, repr=False)
    digest: int = dataclasses.field(init=False, repr=False)

    def __post_init__(self) -> None:
        _seal(self, ("at least", self.count, frozenset(Counter(self.children).items())))


@dataclasses.dataclass(frozen=True, slots=True)
class Term:
    """One voter's part of a tally: where the guard holds, the weight of the option chosen is added.

    ``weights`` names every option of the choice. The guard reads facts only.
    """

    guard: Expression
    choice: ChoiceKey
    weights: tuple[tuple[str, int], ...]

    def weight(self, option: str) -> int:
        """Return what one option adds."""
        for name, weight in self.weights:
            if name == option:
                return weight
        raise KeyError(option)


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Tally(Expression):
    """The sum of the terms is at least ``bound``; use ``tally`` to build one."""

    terms: tuple[Term, ...]
    bound: int
    factual: bool
    essence: Hashable = dataclasses.field(init=False, repr=False)
    digest: int = dataclasses.field(init=False, repr=False)

    def __post_init__(self) -> None:
        _seal(self, ("tally", self.bound, frozenset(Counter(self.terms).items())))


def _seal(node: Expression, essence: Hashable) -> None:
    object.__setattr__(node, "essence", essence)
    object.__setattr__(node, "digest", hash(essence))


TRUE: Final = Constant(value=True)
FALSE: Final = Constant(value=False)


def fact_in(name: str, values: Iterable[FactValue] | None) -> Expression:
    """Return the literal that a fact is among some values; ``None`` is any value."""
    if values is None:
        return TRUE
    chosen = frozenset(values)
    return FactIn(name, chosen) if chosen else FALSE


def fact_from(name: str, bound: int) -> Expression:
    """Return the literal that a number of hours, never negative, is at least a bound."""
    return FactAtLeast(name, bound) if bound > 0 else TRUE


def pick(choice: ChoiceKey, *options: str) -> Expression:
    """Return the literal that a choice falls on one of some options."""
    return Pick(choice, frozenset(options)) if options else FALSE


def negation(child: Expression) -> Expression:
    """Return the opposite of an expression."""
    if isinstance(child, Constant):
        return FALSE if child.value else TRUE
    if isinstance(child, Not):
        return child.child
    return Not(child, child.factual)


# A conjunction inside a conjunction is left as it stands: what many bearers share stays one part, read once.
def conjunction(children: Iterable[Expression]) -> Expression:
    """Return the conjunction of some expressions, constants and repetitions folded."""
    kept: dict[Expression, None] = {}
    for child in children:
        if child is FALSE:
            return FALSE
        if child is not TRUE:
            kept[child] = None
    if len(kept) <= 1:
        return next(iter(kept), TRUE)
    return And(tuple(kept), any(child.factual for child in kept))


def disjunction(children: Iterable[Expression]) -> Expression:
    """Return the disjunction of some expressions, constants and repetitions folded."""
    kept: dict[Expression, None] = {}
    for child in children:
        if child is TRUE:
            return TRUE
        if child is not FALSE:
            kept[child] = None
    if len(kept) <= 1:
        return next(iter(kept), FALSE)
    return Or(tuple(kept), any(child.factual for child in kept))


def at_least(count: int, children: Iterable[Expression]) -> Expression:
    """Return that ``count`` at least of some expressions hold."""
    kept = []
    for child in children:
        if child is TRUE:
            count -= 1
        elif child is not FALSE:
            kept.append(child)
    if count <= 0:
        return TRUE
    if count > len(kept):
        return FALSE
    if count == 1:
        return disjunction(kept)
    if count == len(kept):
        return conjunction(kept)
    return AtLeast(count, tuple(kept), any(child.factual for child in kept))


def tally(terms: Iterable[Term], bound: int) -> Expression:
    """Return that a sum of terms is at least ``bound``; sure terms start from 0, so that equal sums look equal."""
    kept = []
    lowest = highest = 0
    for term in terms:
        if term.guard is FALSE:
            continue
        low = min(weight for _, weight in term.weights)
        high = max(weight for _, weight in term.weights)
        if term.guard is TRUE:
            bound -= low
            if low == high:
                continue
            highest += high - low
            kept.append(_from_zero(term, low) if low else term)
        else:
            lowest += min(0, low)
            highest += max(0, high)
            kept.append(term)
    if lowest >= bound:
        return TRUE
    if highest < bound:
        return FALSE
    return Tally(tuple(kept), bound, any(term.guard is not TRUE for term in kept))


def _from_zero(term: Term, low: int) -> Term:
    return Term(term.guard, term.choice, tuple((option, weight - low) for option, weight in term.weights))
