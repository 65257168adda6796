"""Knots as large as no file has them: nothing recurses too deep, and what takes too long says so."""

from __future__ import annotations

from foedus.negotiate.deadlock import Step, deadlock
from foedus.negotiate.unlock import unlocks


def ring(size: int) -> list[Step]:
    return [Step((((n + 1) % size,),)) for n in range(size)]


def test_a_circle_of_fifty_thousand_steps_is_one_knot() -> None:
    found = deadlock(ring(50_000))
    assert [len(knot) for knot in found.knots] == [50_000]


def test_ways_out_of_too_large_a_knot_are_given_up_and_not_guessed() -> None:
    steps = ring(20_000)
    (group,) = unlocks(steps, deadlock(steps))
    assert group.acts.given_up
    assert group.acts.cost is None
    assert group.cheapest == ()


def test_a_circle_of_a_hundred_opens_at_each_of_its_steps() -> None:
    steps = ring(100)
    (group,) = unlocks(steps, deadlock(steps))
    assert [(ways.cost, len(ways.sets)) for ways in (group.acts, group.waivers, group.stand_ins)] == [(1, 100)] * 3
