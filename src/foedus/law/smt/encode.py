"""From expressions to terms of Z3.

Everything has a finite domain: a fact its declared values, a choice its options. One value is one Boolean, of two
values the second is the opposite of the first, and of more exactly one holds. Sums are pseudo-Boolean. (Measured:
sums of integers time out where pseudo-Boolean ones answer in milliseconds; see tests/law_smt/test_known_numbers.py.)

Z3 has no types; ``Term`` is where its values enter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

import z3

from foedus.law.choices import Choices
from foedus.law.expression import (
    And,
    AtLeast,
    ChoiceKey,
    Constant,
    Expression,
    FactAtLeast,
    FactIn,
    Not,
    Or,
    Pick,
    Tally,
)
from foedus.law.incident import FIELDS, IncidentSpace, Value

Term = Any
"""A Boolean term of Z3."""
Context = Any
Domain = Mapping[Value, Term]
"""Value by value, the term that says that it is this one."""
Options = Callable[[ChoiceKey], Mapping[str, Term]]
"""Option by option of a choice, the term that says that it is made so."""
D = TypeVar("D", bound=Value)


def new_context() -> Context:
    """Return a context of its own: what Z3 answers then hangs on nothing that was asked before."""
    return z3.Context()


def truth(context: Context, *, value: bool) -> Term:
    """Return truth or falsehood."""
    return z3.BoolVal(value, context)


def both(context: Context, terms: Iterable[Term]) -> Term:
    """Return the conjunction of some terms."""
    return _joined(context, tuple(terms), z3.And, empty=True)


def either(context: Context, terms: Iterable[Term]) -> Term:
    """Return the disjunction of some terms."""
    return _joined(context, tuple(terms), z3.Or, empty=False)


def opposite(term: Term) -> Term:
    """Return the negation of a term."""
    return z3.Not(term)


def implies(condition: Term, term: Term) -> Term:
    """Return that one term follows from another."""
    return z3.Implies(condition, term)


def named(context: Context, name: str) -> Term:
    """Return a fresh variable, or the one of that name if there is one."""
    return z3.Bool(name, context)


def at_most(terms: Sequence[Term], count: int) -> Term:
    """Return that no more than ``count`` of some terms hold."""
    return z3.PbLe([(term, 1) for term in terms], count)


def domain(context: Context, name: str, values: Sequence[D]) -> tuple[dict[D, Term], Term]:
    """Return the terms of a variable with finitely many values, and the constraint that it has exactly one of them."""
    if len(values) == 1:
        return {values[0]: truth(context, value=True)}, truth(context, value=True)
    if len(values) == 2:
        first = z3.Bool(f"{name}={values[0]}", context)
        return {values[0]: first, values[1]: z3.Not(first)}, truth(context, value=True)
    terms = {value: z3.Bool(f"{name}={value}", context) for value in values}
    return terms, z3.PbEq([(term, 1) for term in terms.values()], 1)


class Encoder:
    """Reads expressions into terms, each part once.

    ``facts`` are the domains of the facts, field by field (none where the expressions are at an incident).
    """

    def __init__(self, context: Context, facts: Mapping[str, Domain], options: Options) -> None:
        self._context: Final = context
        self._facts: Final = facts
        self._options: Final = options
        self._terms: Final[dict[Expression, Term]] = {}

    def term(self, expression: Expression) -> Term:
        """Return the term of an expression."""
        found = self._terms.get(expression)
        if found is None:
            found = self._terms[expression] = self._encoded(expression)
        return found

    def _encoded(self, node: Expression) -> Term:
        if isinstance(node, Constant):
            return truth(self._context, value=node.value)
        if isinstance(node, Pick):
            return self._among(node.choice, node.options)
        if isinstance(node, Not):
            return z3.Not(self.term(node.child))
        if isinstance(node, And):
            return both(self._context, map(self.term, node.children))
        if isinstance(node, Or):
            return either(self._context, map(self.term, node.children))
        if isinstance(node, AtLeast):
            return self._sum([(self.term(child), 1) for child in node.children], node.count)
        if isinstance(node, Tally):
            return self._tally(node)
        if isinstance(node, (FactIn, FactAtLeast)):
            return either(self._context, (term for value, term in self._facts[node.field].items() if node.says(value)))
        raise TypeError(f"no term for {type(node).__name__}")

    def _among(self, choice: ChoiceKey, options: Iterable[str]) -> Term:
        terms = self._options(choice)
        return either(self._context, [terms[option] for option in sorted(options) if option in terms])

    def _tally(self, node: Tally) -> Term:
        """Return a sum with positive weights alone: a weight above the lowest counts where its option is taken.

        The lowest weight counts where the guard holds; if it is negative, it is taken from the whole, and given back
        where the guard does not hold.
        """
        bound = node.bound
        summands: list[tuple[Term, int]] = []
        for part in node.terms:
            low = min(weight for _, weight in part.weights)
            guard = self.term(part.guard)
            if low > 0:
                summands.append((guard, low))
            elif low < 0:
                summands.append((z3.Not(guard), -low))
                bound -= low
            rises: dict[int, list[str]] = {}
            for option, weight in part.weights:
                if weight > low:
                    rises.setdefault(weight - low, []).append(option)
            summands += [(z3.And(guard, self._among(part.choice, taken)), rise) for rise, taken in rises.items()]
        return self._sum(summands, bound)

    def _sum(self, summands: list[tuple[Term, int]], bound: int) -> Term:
        if bound <= 0 or not summands:
            return truth(self._context, value=bound <= 0)
        return z3.PbGe(summands, bound)


class LinearEncoder(Encoder):
    """Reads sums as linear ones over integers 0 and 1, each tied to its Boolean: what Z3's optimiser is quick with.

    ``links`` are the ties; they must hold beside the terms. (Measured with 40 unequal weights: minimising over these
    takes 0.03 s, over pseudo-Boolean sums more than 10 s. Without anything to minimise it is the other way round.)
    """

    def __init__(self, context: Context, options: Options) -> None:
        super().__init__(context, {}, options)
        self.links: Final[list[Term]] = []
        self._integers: Final[dict[int, tuple[Term, Term]]] = {}

    def integer(self, term: Term) -> Term:
        """Return the integer that is 1 where a term holds, else 0."""
        found = self._integers.get(term.get_id())
        if found is None:
            number = z3.Int(f"integer {len(self._integers)}", self._context)
            found = self._integers[term.get_id()] = (term, number)
            self.links.extend((number >= 0, number <= 1, term == (number >= 1)))
        return found[1]

    def total(self, terms: Iterable[Term]) -> Term:
        """Return how many of some terms hold."""
        return z3.Sum([z3.IntVal(0, self._context), *map(self.integer, terms)])

    def _sum(self, summands: list[tuple[Term, int]], bound: int) -> Term:
        if bound <= 0 or not summands:
            return truth(self._context, value=bound <= 0)
        return z3.Sum([self.integer(term) * weight for term, weight in summands]) >= bound


class World:
    """A space of incidents and the choices of a form in terms of Z3, kept over many questions.

    ``space`` is missing where only expressions at an incident are read.
    """

    def __init__(self, choices: Choices, space: IncidentSpace | None, *, context: Context | None = None) -> None:
        self.context: Final = new_context() if context is None else context
        self.choices: Final = choices
        self.facts: Final[dict[str, Domain]] = {}
        self.space: Final = space
        self._limits: Final[list[Term]] = []
        self._options: Final[dict[ChoiceKey, tuple[dict[str, Term], Term]]] = {}
        self._encoder: Final = Encoder(self.context, self.facts, self.options)
        if space is not None:
            self._declare(space)

    def term(self, expression: Expression) -> Term:
        """Return the term of an expression."""
        return self._encoder.term(expression)

    def options(self, choice: ChoiceKey) -> Mapping[str, Term]:
        """Return the terms of a choice, option by option."""
        return self._of(choice)[0]

    def limits(self, choices: Iterable[ChoiceKey]) -> list[Term]:
        """Return what always holds: the incident is one of the space, and each of some choices is made in one way."""
        return [*self._limits, *(self._of(choice)[1] for choice in choices)]

    def _of(self, choice: ChoiceKey) -> tuple[dict[str, Term], Term]:
        found = self._options.get(choice)
        if found is None:
            found = domain(self.context, "choice:" + "|".join(choice), self.choices[choice].options)
            self._options[choice] = found
        return found

    def _declare(self, space: IncidentSpace) -> None:
        for name, values in zip(FIELDS, space.values(), strict=True):
            if not values:
                raise ValueError(f"the incident space is empty: {name} has no value")
            terms, limit = domain(self.context, f"fact:{name}", tuple(dict.fromkeys(values)))
            self.facts[name] = terms
            self._limits.append(limit)
        attackers, victims = self.facts["attacker"], self.facts["victim"]
        for party, attacks in attackers.items():
            if party in victims:
                self._limits.append(z3.Not(z3.And(attacks, victims[party])))


def _joined(context: Context, terms: tuple[Term, ...], join: Callable[..., Term], *, empty: bool) -> Term:
    if not terms:
        return truth(context, value=empty)
    return terms[0] if len(terms) == 1 else join(*terms)
