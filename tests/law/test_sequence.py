"""What can be done in order (meaning.md, section 8), against a slow program that tries every sequence of steps."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from itertools import permutations

from foedus.case.form import Clause, ClauseKind, Form, Owed
from foedus.law.meaning import Meaning
from foedus.law.sequence import Order, order_of

FORMS = 1500
KINDS: tuple[ClauseKind, ...] = (
    "obligation", "obligation", "obligation", "obligation", "power", "permission", "prohibition", "declaration",
)  # fmt: skip
STEPS = ("obligation", "permission", "power")
WAITED_FOR = ("obligation", "power")


def random_steps(seed: int) -> Form:
    rng = random.Random(seed)
    names = [f"c{n}" for n in range(rng.choice((1, 2, 3, 4, 5, 5)))]
    share = rng.choice((0.1, 0.2, 0.3))
    clauses = tuple(
        Clause(
            name, rng.choice(KINDS), ("A",), frozenset({"B"}), (Owed(frozenset(), frozenset()),),
            after=tuple(other for other in names if rng.random() < (share if other != name else 0.01)),
        )
        for name in names
    )  # fmt: skip
    return Form("steps", ("A", "B"), clauses)


def before(form: Form) -> dict[str, set[str]]:
    """What each step really waits for, from section 8: prohibitions, declarations and permissions cost no time."""
    kinds = {clause.id: clause.kind for clause in form.clauses}
    return {c.id: {d for d in c.after if kinds[d] in WAITED_FOR} for c in form.clauses if c.kind in STEPS}


def sequences(steps: list[str]) -> Iterator[tuple[str, ...]]:
    for length in range(1, len(steps) + 1):
        yield from permutations(steps, length)


def doable(waits: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    for sequence in sequences(list(waits)):
        if all(waits[step] <= set(sequence[:n]) for n, step in enumerate(sequence)):
            found |= set(sequence)
    return found


def circles(waits: dict[str, set[str]]) -> list[tuple[str, ...]]:
    return [
        sequence
        for sequence in sequences(list(waits))
        if all(sequence[(n + 1) % len(sequence)] in waits[step] for n, step in enumerate(sequence))
    ]


def checked(form: Form, order: Order) -> None:
    waits = before(form)
    can = doable(waits)
    assert {*order.circle, *order.never} == set(waits) - can
    assert not set(order.circle) & set(order.never)
    place = {step: n for n, step in enumerate(order.steps)}
    for step in place.keys() & waits.keys():
        assert all(place[earlier] < place[step] for earlier in waits[step]), (form, order)
    assert can & (set().union(*waits.values()) | {step for step, earlier in waits.items() if earlier}) <= place.keys()
    found = circles(waits)
    assert bool(order.circle) == bool(found)
    if not found:
        return
    assert order.circle in found
    assert len(order.circle) == min(map(len, found))
    core = {step: waits[step] & set(order.circle) for step in order.circle}
    assert not doable(core)
    for left_out in core:
        rest = {step: after - {left_out} for step, after in core.items() if step != left_out}
        assert doable(rest) == set(rest), (form, order)


def test_the_same_steps_can_be_done() -> None:
    """That circles of several lengths occur is held as well."""
    found: Counter[int] = Counter()
    for seed in range(FORMS):
        form = random_steps(seed)
        order = order_of(Meaning(form))
        checked(form, order)
        found[len(order.circle)] += 1
    assert min(found[0], found[1], found[2], found[3]) >= 4, found


def test_a_chain_of_two_hundred_steps() -> None:
    """By hand: each waits for the next, so that the last comes first; with one more edge it is one circle of 200."""
    names = [f"c{n}" for n in range(200)]
    owed = (Owed(frozenset(), frozenset()),)

    def form(last: tuple[str, ...]) -> Form:
        after = [*((name,) for name in names[1:]), last]
        pairs = zip(names, after, strict=True)
        steps = tuple(Clause(name, "obligation", ("A",), frozenset(), owed, after=first) for name, first in pairs)
        return Form("chain", ("A", "B"), steps)

    assert order_of(Meaning(form(()))).steps == tuple(reversed(names))
    assert order_of(Meaning(form((names[0],)))).circle == tuple(names)
