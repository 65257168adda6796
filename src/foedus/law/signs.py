"""Which options of a choice can still matter: the best for help and the worst, read off an expression.

An option is no better for the help than another where every occurrence of the choice in the expression says so.
The comparison holds whatever all others choose, so that a willing holder needs only the best options and a refusing
one only the worst, in every order of choosing. Mostly one is left on each side; a choice with several is two-way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import ge, le

from foedus.law.choices import Choices
from foedus.law.expression import TRUE, And, AtLeast, ChoiceKey, Expression, Not, Or, Pick, Tally

Values = dict[str, list[int]]
"""What each option of one choice brings, occurrence by occurrence; more is better for the help."""


def signs(expression: Expression, choices: Choices) -> dict[ChoiceKey, Values]:
    """Return, for every choice that the expression reads, the values of its options, in reading order."""
    found: dict[ChoiceKey, Values] = {}
    seen: set[tuple[int, int]] = set()
    stack = [(expression, 1)]
    while stack:
        node, sign = stack.pop()
        if isinstance(node, Pick):
            _note(found, choices, node.choice, dict.fromkeys(node.options, sign))
            continue
        if (id(node), sign) in seen:
            continue
        seen.add((id(node), sign))
        if isinstance(node, (And, Or, AtLeast)):
            stack.extend((child, sign) for child in reversed(node.children))
        elif isinstance(node, Not):
            stack.append((node.child, -sign))
        elif isinstance(node, Tally):
            for term in node.terms:
                if term.guard is not TRUE:
                    raise ValueError("signs are read off an expression at an incident")
                _note(found, choices, term.choice, {option: sign * weight for option, weight in term.weights})
    return found


def best(values: Values, options: Sequence[str]) -> tuple[str, ...]:
    """Return the options that no other option surpasses; of equal ones the first."""
    return _summit(values, options, 1)


def worst(values: Values, options: Sequence[str]) -> tuple[str, ...]:
    """Return the options that surpass no other option; of equal ones the first."""
    return _summit(values, options, -1)


def _note(found: dict[ChoiceKey, Values], choices: Choices, key: ChoiceKey, says: Mapping[str, int]) -> None:
    values = found.get(key)
    if values is None:
        values = found[key] = {option: [] for option in choices[key].options}
    for option, row in values.items():
        row.append(says.get(option, 0))


def _summit(values: Values, options: Sequence[str], sign: int) -> tuple[str, ...]:
    kept: list[str] = []
    for option in options:
        if any(_reaches(values[other], values[option], sign) for other in kept):
            continue
        kept = [other for other in kept if not _reaches(values[option], values[other], sign)]
        kept.append(option)
    return tuple(kept)


def _reaches(high: Iterable[int], low: Iterable[int], sign: int) -> bool:
    return all(map(ge, high, low) if sign > 0 else map(le, high, low))
