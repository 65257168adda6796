"""The fewest who can stop the help where the willing have one best way to choose, by minimising.

To stop is to make an expression false, which is mostly possible in few ways: too few votes, or no quorum, or a veto.
Each way alone is a small linear problem that Z3's optimiser answers at once; taken together, and asked for one number
after the other, they time out (measured with 40 members of unequal weight).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Final

from foedus.law.expression import And, ChoiceKey, Expression, Not, Or, negation
from foedus.law.interpret import choices_read, substitute
from foedus.law.meaning import Meaning
from foedus.law.records import Undecided
from foedus.law.smt.contest import mixed
from foedus.law.smt.decode import holds
from foedus.law.smt.encode import LinearEncoder, Term, domain, new_context, opposite
from foedus.law.smt.refusals import refusals
from foedus.law.smt.sides import Side
from foedus.law.smt.solver import Deadline, TimedOut, Unsat, fewest

MOST_WAYS: Final = 256
"""Ways to make an expression false that are told apart; where there are more, they are asked about together."""
_Parts = frozenset[Expression]


def least_against_fixed(
    meaning: Meaning, expression: Expression, known: Mapping[ChoiceKey, Side], victim: str, deadline: Deadline
) -> frozenset[str] | Undecided | None:
    """Return a smallest set of actors that stops an expression, or None; each willing holder has one option."""
    settled = {key: side.willing[0] for key, side in known.items() if not side.open}
    rest = substitute(expression, settled)
    best: frozenset[str] | None = None
    for way in _ways(rest) or [frozenset((rest,))]:
        found = _least(meaning, way, known, victim, deadline)
        if isinstance(found, Undecided):
            return found
        if found is not None and (best is None or len(found) < len(best)):
            best = found
    return best


def _least(
    meaning: Meaning, way: _Parts, known: Mapping[ChoiceKey, Side], victim: str, deadline: Deadline
) -> frozenset[str] | Undecided | None:
    context = new_context()
    actors, refuses = refusals(meaning, context, known, victim)
    limits: list[Term] = []
    said: dict[ChoiceKey, Mapping[str, Term]] = {}
    for key in choices_read(*way):
        side = known[key]
        theirs, limit = domain(context, "answer:" + "|".join(key), side.refusing)
        limits.append(limit)
        said[key] = mixed(context, side, refuses(side.holder), side.willing[0], theirs)
    encoder = LinearEncoder(context, said.__getitem__)
    wanted = [opposite(encoder.term(part)) for part in way]
    total = encoder.total(actors.values())
    answer = fewest(context, total, [*limits, *wanted, *encoder.links], deadline)
    if isinstance(answer, TimedOut):
        return deadline.missed(answer.reason)
    if isinstance(answer, Unsat):
        return None
    return frozenset(actor for actor, term in actors.items() if holds(answer.model, term))


def _ways(expression: Expression) -> list[_Parts] | None:
    """Return sets of parts: the expression is false where all parts of one of them are. None if there are too many."""
    return _false(expression, ended=False)


def _false(node: Expression, *, ended: bool) -> list[_Parts] | None:
    """Return the ways in which a part, or with ``ended`` its opposite, can be false."""
    if isinstance(node, Not):
        return _false(node.child, ended=not ended)
    if isinstance(node, And if not ended else Or):
        found = [_false(child, ended=ended) for child in node.children]
        ways = [way for child in found for way in child or ()]
        return None if None in found else _few(ways)
    if isinstance(node, Or if not ended else And):
        ways = [frozenset[Expression]()]
        for child in node.children:
            more = _false(child, ended=ended)
            if more is None or len(ways) * len(more) > MOST_WAYS * MOST_WAYS:
                return None
            few = _few([one | other for one, other in product(ways, more)])
            if few is None:
                return None
            ways = few
        return ways
    return [frozenset((negation(node) if ended else node,))]


def _few(ways: list[_Parts]) -> list[_Parts] | None:
    """Return the ways that ask for no more than another does, each once."""
    kept: list[_Parts] = []
    for way in sorted(dict.fromkeys(ways), key=len):
        if not any(least <= way for least in kept):
            kept.append(way)
    return kept if len(kept) <= MOST_WAYS else None
