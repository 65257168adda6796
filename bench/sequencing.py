"""Who waits for whom: how the fixpoint grows, beside a search over all states; how fast ways out are found."""

import random
import tracemalloc
from collections.abc import Iterator
from itertools import combinations

from timing import Row, seconds, side_by_side

from foedus.negotiate.deadlock import Step, deadlock
from foedus.negotiate.unlock import applied, unlocks
from foedus.talks.waits import Kind, Move

SIZES = (1_000, 10_000, 100_000)
SEARCHED = 14
"""Steps at which a search over all states still ends in about a second."""
KNOTTED = 12
ORDERS = 60


def orders(conditions: int, seed: int = 3) -> list[Step]:
    """Steps with up to 3 conditions, each met by one or two steps before it, at times by any: some are stuck."""
    draw = random.Random(seed)
    count = conditions * 2 // 3
    steps = []
    for _ in range(count):
        here, needs = len(steps), draw.choice([0, 1, 2, 3]) if steps else 0
        reach = range(count) if draw.random() < 0.2 else range(max(0, here - 50), max(1, here))
        steps.append(Step(tuple(tuple(draw.choices(reach, k=draw.choice([1, 1, 2]))) for _ in range(needs))))
    return steps


def states(steps: list[Step]) -> set[int]:
    """Every step that is reached in any order: all sets of steps that can be done, one after the other."""
    start = frozenset(n for n, step in enumerate(steps) if step.done)
    reached, left = {start}, [start]
    while left:
        state = left.pop()
        for n, step in enumerate(steps):
            if n not in state and step.possible and all(any(o in state for o in need) for need in step.needs):
                after = state | {n}
                if after not in reached:
                    reached.add(after)
                    left.append(after)
    return set().union(*reached)


def walk(steps: list[Step], goal: tuple[int, ...]) -> list[tuple[Move, ...]]:
    """The smallest sets of acts that free a knot, by trying all sets of a size with the fixpoint."""
    moves = [Move(Kind.ACT, n) for n in range(len(steps))]
    for size in range(1, len(moves) + 1):
        found = []
        for chosen in combinations(moves, size):
            rounds = deadlock(applied(steps, chosen)).rounds
            if all(rounds[step] is not None for step in goal):
                found.append(chosen)
        if found:
            return found
    return []


def sequencing() -> Iterator[Row]:
    """Milliseconds at 10^3 to 10^5 conditions with memory, beside a search over states; then ways out."""
    before = None
    for size in SIZES:
        steps = orders(size)
        count = sum(len(step.needs) for step in steps)
        run = min(seconds(lambda steps=steps: deadlock(steps)) for _ in range(5))
        tracemalloc.start()
        found = deadlock(steps)
        peak = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        grown = "" if before is None else f", {run / before:.1f} times the line above"
        detail = f"{count:,} conditions, {len(steps):,} steps, {len(found.stuck):,} stuck, {peak:.1f} MiB{grown}"
        yield Row(f"who waits, {size:,} conditions", 1e3 * run, None, "ms", detail)
        before = run
    ring = [Step((((n + 1) % SIZES[-1],),)) for n in range(SIZES[-1])]
    assert len(deadlock(ring).knots[0]) == SIZES[-1]
    run = min(seconds(lambda: deadlock(ring)) for _ in range(3))
    yield Row(f"one knot of {SIZES[-1]:,} steps", 1e3 * run, None, "ms", "each waits for the next")
    small = [Step() if n < SEARCHED - 2 else Step(((n - 3,),)) for n in range(SEARCHED)]
    assert states(small) == {n for n, when in enumerate(deadlock(small).rounds) if when is not None}
    ours, peer = side_by_side(lambda: deadlock(small), lambda: states(small), 5)
    yield Row(
        f"who waits, {SEARCHED} steps", 1e3 * ours, 1e3 * peer, "ms", "peer: a search over all sets of steps done"
    )
    yield from _ways_out()


def _ways_out() -> Iterator[Row]:
    drawn = []
    draw = random.Random(9)
    while len(drawn) < ORDERS:
        steps = [
            Step(
                tuple(tuple(draw.choices(range(KNOTTED), k=draw.choice([1, 1, 2]))) for _ in range(draw.randint(1, 3)))
            )
            for _ in range(KNOTTED)
        ]
        found = deadlock(steps)
        if found.knots:
            drawn.append((steps, found))
    groups = [group for steps, found in drawn for group in unlocks(steps, found)]
    listed = sum(
        len(ways.sets) for group in groups for ways in (group.acts, group.waivers, group.stand_ins, group.mixed)
    )
    for steps, found in drawn:
        for group in unlocks(steps, found):
            assert {frozenset(one) for one in group.acts.sets} == {frozenset(one) for one in walk(steps, group.goal)}
    ours, peer = side_by_side(
        lambda: [unlocks(steps, found) for steps, found in drawn],
        lambda: [walk(steps, group.goal) for steps, found in drawn for group in unlocks(steps, found)],
        3,
    )
    detail = f"{listed / ours:,.0f} ways a second ({listed} in {ORDERS} orders); peer: all sets of acts alone"
    yield Row(f"ways out of {KNOTTED} steps", 1e3 * ours / ORDERS, 1e3 * peer / ORDERS, "ms", detail)
    ring = [Step((((n + 1) % 300,),)) for n in range(300)]
    found = deadlock(ring)
    run = seconds(lambda: unlocks(ring, found))
    yield Row("ways out of a knot of 300", 1e3 * run, None, "ms", "acts, waivers, third parties: 300 each")
