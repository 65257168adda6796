"""Every cheapest way out of a knot against a walk over all sets of moves, judged by a fixpoint of the test's own."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations

import pytest

from foedus.errors import needed
from foedus.negotiate.deadlock import Step, deadlock
from foedus.negotiate.unlock import applied, unlocks
from foedus.talks.waits import Kind, Move, Ways

ORDERS = 1_200


def random_steps(draw: random.Random) -> list[Step]:
    count = draw.randint(2, 5)
    return [
        Step(
            tuple(
                tuple(draw.choices(range(count), k=draw.choice([1, 1, 2]))) for _ in range(draw.choice([0, 1, 1, 2]))
            ),
            done=draw.random() < 0.04,
            possible=draw.random() < 0.93,
        )
        for _ in range(count)
    ]


def come_about(steps: list[Step], moves: frozenset[Move]) -> set[int]:
    """What comes about: an act is done, a condition given up is none, what a third party vouches for is met."""
    come = {n for n, step in enumerate(steps) if step.done or Move(Kind.ACT, n) in moves}
    while True:
        met = come | {move.step for move in moves if move.kind is Kind.STAND_IN}
        new = {
            n
            for n, step in enumerate(steps)
            if n not in come
            and step.possible
            and all(Move(Kind.WAIVER, n, i) in moves or met & {*need} for i, need in enumerate(step.needs))
        }
        if not new:
            return come
        come |= new


def all_moves(steps: list[Step], costs: list[int | None]) -> list[Move]:
    """A refusal stands: who refuses does not act first, and gives up no condition; nor does nobody."""
    willing = [n for n, step in enumerate(steps) if step.possible and costs[n] is not None]
    return [
        *(Move(Kind.ACT, n) for n in willing),
        *(Move(Kind.WAIVER, n, i) for n in willing for i in range(len(steps[n].needs))),
        *(Move(Kind.STAND_IN, n) for n in range(len(steps))),
    ]


def cost_of(move: Move, costs: list[int | None]) -> int:
    return 1 if move.kind is Kind.STAND_IN else needed(costs[move.step])


def cheapest_by_walk(
    steps: list[Step], goal: set[int], moves: list[Move], costs: list[int | None]
) -> tuple[int | None, set[frozenset[Move]]]:
    if not goal <= come_about(steps, frozenset(moves)):
        return None, set()
    best: int | None = None
    sets: set[frozenset[Move]] = set()
    for size in range(1, len(moves) + 1):
        if best is not None and size > best:  # a move costs one at least
            break
        for chosen in combinations(moves, size):
            cost = sum(cost_of(move, costs) for move in chosen)
            if (best is None or cost <= best) and goal <= come_about(steps, frozenset(chosen)):
                sets = {frozenset(chosen)} if best is None or cost < best else sets | {frozenset(chosen)}
                best = cost
    return best, sets


def told(ways: Ways) -> tuple[int | None, set[frozenset[Move]]]:
    assert not ways.more
    assert not ways.given_up
    assert len({frozenset(one) for one in ways.sets}) == len(ways.sets)
    return ways.cost, {frozenset(one) for one in ways.sets}


def test_cheapest_ways_out_are_those_of_a_walk_over_all_sets_of_moves(capsys: pytest.CaptureFixture[str]) -> None:
    draw = random.Random(11)
    sizes: Counter[int] = Counter()
    counts: Counter[str] = Counter()
    for _ in range(ORDERS):
        steps = random_steps(draw)
        costs = [draw.choice([1, 1, 1, 1, 2, None]) for _ in steps]
        found = deadlock(steps)
        groups = unlocks(steps, found, costs)
        knotted = {step for knot in found.knots for step in knot if steps[step].possible}
        assert {step for group in groups if not group.refusal for step in group.goal} == knotted
        later = [Step(step.needs, step.done or n in knotted, step.possible) for n, step in enumerate(steps)]
        held_up = {n for n, step in enumerate(steps) if step.possible} - come_about(later, frozenset())
        assert {step for group in groups if group.refusal for step in group.goal} == held_up
        if not groups:
            counts["nothing stuck"] += 1
        counts["held up by a refusal"] += bool(held_up)
        for group in groups:
            goal = {*group.goal}
            now = later if group.refusal else steps
            moves = all_moves(now, costs)
            walked = {kind: cheapest_by_walk(now, goal, [m for m in moves if m.kind is kind], costs) for kind in Kind}
            assert told(group.acts) == walked[Kind.ACT]
            assert told(group.waivers) == walked[Kind.WAIVER]
            assert told(group.stand_ins) == walked[Kind.STAND_IN]
            least = min((cost for cost, _ in walked.values() if cost is not None), default=None)
            mixed = cheapest_by_walk(now, goal, moves, costs)
            cheaper = mixed[0] is not None and (least is None or mixed[0] < least)
            assert told(group.mixed) == (mixed if cheaper else (None, set()))
            sizes.update(len(one) for one in group.cheapest)
            several = len(group.cheapest)
            counts["none" if not several else "one way" if several == 1 else "many ways"] += 1
    print("ways out of", ORDERS, "random orders:", dict(counts), "by size:", dict(sorted(sizes.items())))
    assert min(counts[kind] for kind in ("nothing stuck", "held up by a refusal", "one way", "many ways")) >= 20
    assert sizes[1] >= 50
    assert sizes[2] >= 50


def test_every_way_out_is_enough_and_no_move_of_it_can_be_left_out() -> None:
    draw = random.Random(12)
    ways = 0
    for _ in range(1_000):
        count = draw.randint(6, 12)
        steps = [
            Step(tuple(tuple(draw.choices(range(count), k=draw.choice([1, 1, 2]))) for _ in range(draw.randint(1, 3))))
            for _ in range(count)
        ]
        for group in unlocks(steps, deadlock(steps)):
            for chosen in (*group.acts.sets, *group.waivers.sets, *group.stand_ins.sets, *group.mixed.sets):
                ways += 1
                after = deadlock(applied(steps, chosen))
                assert all(after.rounds[step] is not None for step in group.goal)
                for move in chosen:
                    less = deadlock(applied(steps, set(chosen) - {move}))
                    assert any(less.rounds[step] is None for step in group.goal)
    assert ways >= 1_000


def test_a_circle_of_three_opens_by_one_move_of_any_kind() -> None:
    # By hand: each of three waits for the next. Whoever goes first frees the two others, and so does a waiver. If a
    # third party vouches for one, who waits for it goes on, and the circle comes round.
    steps = [Step(((1,),)), Step(((2,),)), Step(((0,),))]
    (group,) = unlocks(steps, deadlock(steps))
    assert [ways.cost for ways in (group.acts, group.waivers, group.stand_ins)] == [1, 1, 1]
    assert [len(ways.sets) for ways in (group.acts, group.waivers, group.stand_ins)] == [3, 3, 3]
    assert group.mixed == Ways(None)


def test_a_refusal_stands_and_only_a_waiver_or_a_third_party_gets_round_it() -> None:
    # By hand: 0 and 1 wait for each other, and 1 for 2, which is refused. If 0 acts, 1 still waits for 2; if 1 acts,
    # both are done. Waivers: 1 gives up both its conditions, or 0 gives up its one and 1 that on 2. A third party has
    # to vouch for 2, and for 0 or 1 as well.
    steps = [Step(((1,),)), Step(((0,), (2,))), Step(possible=False)]
    (group,) = unlocks(steps, deadlock(steps))
    assert group.goal == (0, 1)
    assert group.acts.sets == ((Move(Kind.ACT, 1),),)
    assert group.waivers.cost == 2
    assert len(group.waivers.sets) == 2
    assert {tuple(move.step for move in one) for one in group.stand_ins.sets} == {(0, 2), (1, 2)}
