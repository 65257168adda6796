"""How many packages take each option: the count and all its parts from one walk and its way back.

Counting is one sum of products. What the number would grow by if one option counted once more is the derivative of the
sum by the entry of that option, and a walk back over the steps gives all of them at once (Baur and Strassen 1983;
Darwiche 2003) for a few times the work of one count.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

from foedus.negotiate.elimination import MOST_ENTRIES, Factor, TooWideError, next_issue

Table = dict[tuple[int, ...], int]
Step = tuple[int, tuple[int, ...], tuple[int, ...]]
"""An issue that is summed out, the factors that it joins, and the issues that are left in the sum."""


def marginals(factors: Sequence[Factor[int]], sizes: Sequence[int]) -> list[Table]:
    """Return the derivative of the number of packages by every entry of every factor. Raises ``TooWideError``.

    An entry that counts for nothing must stand in its table with 0; one that is missing has no derivative.
    """
    tape = list(factors)
    steps = list(_forward(tape, sizes))
    joined = {number for _, touched, _ in steps for number in touched}
    ends = [number for number in range(len(tape)) if number not in joined]
    back: list[Table] = [{} for _ in tape]
    for number in ends:
        back[number][()] = prod(tape[other].table.get((), 0) for other in ends if other != number)
    for place in range(len(steps) - 1, -1, -1):
        _backward(tape, back, steps[place], len(factors) + place, sizes)
    return back[: len(factors)]


def _forward(tape: list[Factor[int]], sizes: Sequence[int]) -> Iterator[Step]:
    """Sum out one issue after the other; each sum goes to the end of the tape."""
    left = {number for number, factor in enumerate(tape) if factor.scope}
    waiting = {issue for number in left for issue in tape[number].scope}
    while waiting:
        issue, width = next_issue([tape[number] for number in left], waiting, sizes)
        if width > MOST_ENTRIES:
            raise TooWideError
        waiting.discard(issue)
        touched = tuple(sorted(number for number in left if issue in tape[number].scope))
        scope = tuple(sorted({one for number in touched for one in tape[number].scope} - {issue}))
        summed: Table = {}
        for choice, _, parts in _products(tape, (issue, touched, scope), sizes):
            summed[choice] = summed.get(choice, 0) + prod(value for _, value in parts)
        left = (left - {*touched}) | ({len(tape)} if scope else set())
        tape.append(Factor(scope, summed))
        yield issue, touched, scope


def _backward(tape: Sequence[Factor[int]], back: list[Table], step: Step, made: int, sizes: Sequence[int]) -> None:
    _, touched, _ = step
    for choice, _, parts in _products(tape, step, sizes):
        weight = back[made].get(choice, 0)
        if not weight:
            continue
        zeros = sum(value == 0 for _, value in parts)
        if zeros > 1:
            continue
        whole = prod(value for _, value in parts if value)
        for number, (entry, value) in zip(touched, parts, strict=True):
            if zeros == 0 or value == 0:
                grown = weight * (whole // value if value else whole)
                back[number][entry] = back[number].get(entry, 0) + grown


def _products(
    tape: Sequence[Factor[int]], step: Step, sizes: Sequence[int]
) -> Iterator[tuple[tuple[int, ...], int, list[tuple[tuple[int, ...], int]]]]:
    """Every choice with every option of the issue: the entries that meet in it, unless one is missing."""
    issue, touched, scope = step
    places = [tuple((*scope, issue).index(one) for one in tape[number].scope) for number in touched]
    for choice in product(*(range(sizes[one]) for one in scope)):
        for option in range(sizes[issue]):
            whole = (*choice, option)
            parts = []
            for number, where in zip(touched, places, strict=True):
                entry = tuple(whole[place] for place in where)
                value = tape[number].table.get(entry)
                if value is None:
                    break
                parts.append((entry, value))
            else:
                yield choice, option, parts
