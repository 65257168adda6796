"""The plain readers of expressions: truth, what is left at an incident or after choices, and what is read at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from foedus.law.expression import (
    FALSE,
    HOUR_FIELDS,
    SET_FIELDS,
    TRUE,
    And,
    Assignment,
    AtLeast,
    ChoiceKey,
    Expression,
    FactAtLeast,
    FactIn,
    FactValue,
    Not,
    Or,
    Pick,
    Tally,
    Term,
    at_least,
    conjunction,
    disjunction,
    negation,
    tally,
)

if TYPE_CHECKING:
    from foedus.law.incident import Incident

ALL_FIELDS: Final = (*SET_FIELDS, *HOUR_FIELDS)
Facts = Mapping[str, FactValue | int]
Literals = tuple[FactIn | FactAtLeast, ...]
_NO_FACTS: Final[Facts] = MappingProxyType({})


def evaluate(expression: Expression, incident: Incident | None, assignment: Assignment) -> bool:
    """Return the truth of an expression; ``incident`` may be missing where no fact is left to read."""
    return _truth(expression, incident, assignment, {})


def at(
    expression: Expression,
    incident: Incident,
    fields: Iterable[str] = ALL_FIELDS,
    known: dict[int, Expression] | None = None,
) -> Expression:
    """Return what is left of an expression at an incident: an expression over choices only.

    With some ``fields`` only these facts are put in, and literals on the others stay. ``known`` is what is left of
    parts by their place in memory, for whoever keeps the expressions and asks again at the same facts.
    """
    facts = {name: getattr(incident, name) for name in fields}
    return _replace(expression, facts, {}, {} if known is None else known)


def substitute(expression: Expression, assignment: Assignment) -> Expression:
    """Return what is left of an expression when some choices are made."""
    return _replace(expression, _NO_FACTS, assignment, {})


def rename(expression: Expression, holders: Mapping[str, str]) -> Expression:
    """Return the expression with the holders of its choices renamed."""
    return _rename(expression, holders, {})


def walk(*expressions: Expression) -> Iterator[Expression]:
    """Yield every distinct part of some expressions once, parents before their children, in reading order."""
    seen: set[int] = set()
    stack = list(reversed(expressions))
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        stack.extend(reversed(parts(node)))


def parts(expression: Expression) -> tuple[Expression, ...]:
    """Return the direct parts of an expression (for a tally: the guards of its terms)."""
    if isinstance(expression, (And, Or, AtLeast)):
        return expression.children
    if isinstance(expression, Not):
        return (expression.child,)
    if isinstance(expression, Tally):
        return tuple(term.guard for term in expression.terms)
    return ()


def facts_read(
    *expressions: Expression, known: dict[int, Literals] | None = None
) -> dict[str, tuple[FactIn | FactAtLeast, ...]]:
    """Return, field by field, the literals about facts that the expressions read.

    ``known`` holds those of parts by their place in memory, for whoever keeps the expressions.
    """
    found: dict[str, list[FactIn | FactAtLeast]] = {name: [] for name in ALL_FIELDS}
    read = {} if known is None else known
    for literal in dict.fromkeys(literal for expression in expressions for literal in _literals(expression, read)):
        found[literal.field].append(literal)
    return {name: tuple(literals) for name, literals in found.items() if literals}


def _literals(node: Expression, known: dict[int, Literals]) -> Literals:
    if not node.factual:
        return ()
    if isinstance(node, (FactIn, FactAtLeast)):
        return (node,)
    found = known.get(id(node))
    if found is None:
        below = [_literals(part, known) for part in parts(node) if part.factual]
        found = below[0] if len(below) == 1 else tuple(dict.fromkeys(chain.from_iterable(below)))
        known[id(node)] = found
    return found


def choices_read(*expressions: Expression) -> tuple[ChoiceKey, ...]:
    """Return the keys of the choices that the expressions read, in reading order."""
    found: dict[ChoiceKey, None] = {}
    for node in walk(*expressions):
        if isinstance(node, Pick):
            found[node.choice] = None
        elif isinstance(node, Tally):
            found.update((term.choice, None) for term in node.terms)
    return tuple(found)


def _truth(node: Expression, incident: Incident | None, assignment: Assignment, known: dict[int, bool]) -> bool:
    if isinstance(node, Pick):
        return assignment[node.choice] in node.options
    found = known.get(id(node))
    if found is not None:
        return found
    if isinstance(node, And):
        found = all(_truth(child, incident, assignment, known) for child in node.children)
    elif isinstance(node, Or):
        found = any(_truth(child, incident, assignment, known) for child in node.children)
    elif isinstance(node, Not):
        found = not _truth(node.child, incident, assignment, known)
    elif isinstance(node, AtLeast):
        found = sum(_truth(child, incident, assignment, known) for child in node.children) >= node.count
    elif isinstance(node, Tally):
        total = 0
        for term in node.terms:
            if term.guard is TRUE or _truth(term.guard, incident, assignment, known):
                total += term.weight(assignment[term.choice])
        found = total >= node.bound
    elif isinstance(node, (FactIn, FactAtLeast)):
        if incident is None:
            raise ValueError(f"a fact is read ({node.field}), but no incident is given")
        found = node.holds(incident)
    else:
        found = node is TRUE
    known[id(node)] = found
    return found


def _replace(node: Expression, facts: Facts, assignment: Assignment, known: dict[int, Expression]) -> Expression:
    """Put facts in, or else choices; what nothing touches stays the same object."""
    if facts and not node.factual:
        return node
    found = known.get(id(node))
    if found is not None:
        return found
    found = node
    if isinstance(node, (And, Or)):
        found = _replace_junction(node, facts, assignment, known)
    elif isinstance(node, AtLeast):
        found = at_least(node.count, [_replace(child, facts, assignment, known) for child in node.children])
    elif isinstance(node, Not):
        child = _replace(node.child, facts, assignment, known)
        found = node if child is node.child else negation(child)
    elif isinstance(node, (FactIn, FactAtLeast)):
        if node.field in facts:
            found = TRUE if node.says(facts[node.field]) else FALSE
    elif isinstance(node, Pick):
        option = assignment.get(node.choice)
        if option is not None:
            found = TRUE if option in node.options else FALSE
    elif isinstance(node, Tally):
        found = _replace_tally(node, facts, assignment, known)
    known[id(node)] = found
    return found


def _replace_junction(node: And | Or, facts: Facts, assignment: Assignment, known: dict[int, Expression]) -> Expression:
    """Replace in a conjunction or disjunction, up to the first child that settles it."""
    settling, idle = (FALSE, TRUE) if isinstance(node, And) else (TRUE, FALSE)
    children = []
    touched = False
    for child in node.children:
        new = child
        if not facts or child.factual:
            new = _replace(child, facts, assignment, known)
            if new is settling:
                return settling
            touched = touched or new is not child
        if new is not idle:
            children.append(new)
    if not touched:
        return node
    return conjunction(children) if isinstance(node, And) else disjunction(children)


def _rebuilt(node: And | Or | AtLeast, children: tuple[Expression, ...]) -> Expression:
    if isinstance(node, And):
        return conjunction(children)
    if isinstance(node, Or):
        return disjunction(children)
    return at_least(node.count, children)


def _replace_tally(node: Tally, facts: Facts, assignment: Assignment, known: dict[int, Expression]) -> Expression:
    terms = []
    bound = node.bound
    for term in node.terms:
        guard = term.guard if term.guard is TRUE else _replace(term.guard, facts, assignment, known)
        option = assignment.get(term.choice)
        if option is None:
            terms.append(term if guard is term.guard else Term(guard, term.choice, term.weights))
            continue
        weight = term.weight(option)
        if guard is TRUE:
            bound -= weight
        else:
            terms.append(Term(guard, term.choice, tuple((name, weight) for name, _ in term.weights)))
    return tally(terms, bound)


def _rename(node: Expression, holders: Mapping[str, str], known: dict[int, Expression]) -> Expression:
    found = known.get(id(node))
    if found is not None:
        return found
    found = node
    if isinstance(node, (And, Or, AtLeast)):
        found = _rebuilt(node, tuple([_rename(child, holders, known) for child in node.children]))
    elif isinstance(node, Not):
        found = negation(_rename(node.child, holders, known))
    elif isinstance(node, Pick):
        if node.choice[-1] in holders:
            found = Pick((*node.choice[:-1], holders[node.choice[-1]]), node.options)
    elif isinstance(node, Tally):
        terms = [
            Term(t.guard, (*t.choice[:-1], holders[t.choice[-1]]), t.weights) if t.choice[-1] in holders else t
            for t in node.terms
        ]
        found = Tally(tuple(terms), node.bound, node.factual)
    known[id(node)] = found
    return found
