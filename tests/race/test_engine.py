"""The engine against closed forms, an independent simulation, and laws that no race may break."""

from __future__ import annotations

import math
import random
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.race.arrive import Futures, estimate, tally
from foedus.race.engine import CHUNK, SCRAMBLES, empty_tally, rounded, run, scramble
from foedus.race.plan import Array, Plan, Straight, Way

sys.path.insert(0, str(Path(__file__).parents[1] / "oracles"))
from race_events import Helper, Scene, share


@dataclass(frozen=True)
class Exponential:
    """A length without memory, for closed forms; the language has none."""

    mean: float

    @property
    def fixed(self) -> float | None:
        return None

    def hours(self, share: Array, out: Array) -> Array:
        np.multiply(np.log1p(-share), -self.mean, out=out)
        return out


def fixed(hours: float) -> Straight:
    return Straight(((0.0, hours), (1.0, hours)))


def between(low: float, high: float) -> Straight:
    return Straight(((0.0, low), (1.0, high)))


def won(plan: Plan, samples: int = 1 << 16, seed: int = 1, unknown: float = math.inf) -> tuple[float, float]:
    return estimate(tally(plan, Futures(samples, seed), 100.0, unknown))


# Closed forms.


@pytest.mark.parametrize(("limit", "expected"), [(23.0, 0.0), (24.0, 1.0), (25.0, 1.0)])
def test_fixed_lengths_add_up_and_the_hour_itself_counts(limit: float, expected: float) -> None:
    plan = Plan((fixed(limit), fixed(4), fixed(8), fixed(12)), (Way(0, ((1, 2),), (0.0,), ready=(3,)),))
    assert won(plan)[0] == expected


def test_one_memoryless_step_against_another() -> None:
    # P(X <= Y) for exponentials with means a and b is b / (a + b).
    share, error = won(Plan((Exponential(30), Exponential(10)), (Way(0, ((1,),), (0.0,)),)))
    assert abs(share - 30 / 40) < max(3 * error, 1e-4)


def test_a_chain_of_memoryless_steps_is_an_erlang_time() -> None:
    # Three steps with mean m by hour t: 1 - exp(-t/m) (1 + t/m + (t/m)^2 / 2).
    plan = Plan((fixed(50), *(Exponential(20),) * 3), (Way(0, ((1, 2, 3),), (0.0,)),))
    share, error = won(plan)
    x = 50 / 20
    assert abs(share - (1 - math.exp(-x) * (1 + x + x * x / 2))) < max(3 * error, 1e-4)


def test_two_steps_within_a_third_are_a_sixth() -> None:
    share, error = won(THIRD)
    assert abs(share - 1 / 6) < max(3 * error, 1e-4)


THIRD = Plan((between(0, 1), between(0, 1), between(0, 1)), (Way(0, ((1, 2),), (0.0,)),))


def test_the_second_of_three_alike() -> None:
    # Three independent steps, each in time with chance q: at least two are, in 3 q^2 - 2 q^3 of the futures.
    ways = tuple(Way(i, ((i + 1,),), (0.0,)) for i in range(3))
    share, error = won(Plan((fixed(30), *(between(0, 100),) * 3), ways, count=2))
    assert abs(share - (3 * 0.3**2 - 2 * 0.3**3)) < max(3 * error, 1e-4)


def test_amounts_pile_up_until_the_need_is_met() -> None:
    # 2 and 3 of 4 needed: neither alone is enough, so the later of two uniform hours decides: 0.5 squared.
    ways = (Way(0, ((1,),), (0.0,), strengths=((2, 2),)), Way(1, ((2,),), (0.0,), strengths=((3, 3),)))
    share, error = won(Plan((fixed(50), between(0, 100), between(0, 100)), ways, needs=((4, 4),)))
    assert abs(share - 0.25) < max(3 * error, 1e-4)


def test_quantiles_are_met_where_they_are_stated() -> None:
    law = Straight(((0.0, 6), (0.05, 6), (0.5, 12), (0.95, 36), (1.0, 36)))
    for limit, expected in ((12, 0.5), (24, 0.725), (36, 1.0)):
        share, error = won(Plan((fixed(limit), law), (Way(0, ((1,),), (0.0,)),)))
        assert abs(share - expected) < max(3 * error, 1e-4)


def test_correlation_of_speed_and_surprise() -> None:
    # Two uniform lengths tied by a Gaussian copula: P(U <= 1/2 and V <= 1/2) = 1/4 + asin(r) / (2 pi), by Sheppard.
    for r in (-0.7, 0.4):
        plan = Plan((between(0, 1), between(0, 1)), (Way(0, ((1,),), (0.5,)),), correlation=r, tied=1)
        # Help is there at max(V, 1/2), in time if U is later: U >= 1/2 and U >= V.
        share, error = won(plan)
        tail = 1 / 4 + math.asin(r) / (2 * math.pi)  # both above a half
        # U >= V within that corner is half of it by symmetry; with V below a half all of U >= 1/2 counts.
        assert abs(share - (0.5 - tail + tail / 2)) < max(3 * error, 2e-4)


def test_what_nobody_knows_is_endless_or_no_time() -> None:
    plan = Plan((fixed(10), None), (Way(0, ((1,),), (0.0,)),))
    assert (won(plan)[0], won(plan, unknown=0.0)[0]) == (0.0, 1.0)


# An independent simulation.


def scene_of(rng: random.Random) -> tuple[Scene, Plan]:
    """The same race twice: as events, and as numbers."""
    laws: list[Straight] = []

    def place() -> int:
        low = rng.uniform(0, 20)
        laws.append(between(low, low + rng.uniform(1, 30)))
        return len(laws) - 1

    def draw(i: int):
        (_, low), (_, high) = laws[i].knots
        return lambda source: source.uniform(low, high)

    limit = rng.uniform(30, 120)
    laws.append(between(limit * 0.6, limit * 1.6))
    shared = [place() for _ in range(rng.randint(1, 3))]
    airlift = place()
    floor = rng.choice([0.0, 0.0, rng.uniform(10, 60)])
    helpers, ways = [], []
    for number in range(rng.randint(1, 6)):
        own = [place() for _ in range(rng.randint(0, 2))]
        ready, travel = place(), [place() for _ in range(rng.randint(0, 2))]
        early, flies, brings = rng.random() < 0.5, rng.random() < 0.5, float(rng.randint(1, 4))
        helpers.append(Helper([draw(i) for i in own], draw(ready), early, [draw(i) for i in travel], flies, brings))
        after = (*((airlift,) if flies else ()), *travel)
        ways.append(Way(number, ((*shared, *own),), (floor,), (ready,), after, early, ((brings, brings),)))
    needs = float(rng.randint(1, max(1, int(sum(h.brings for h in helpers)))))
    scene = Scene(draw(0), [draw(i) for i in shared], draw(airlift), helpers, needs, floor)
    return scene, Plan(tuple(laws), tuple(ways), needs=((needs, needs),))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(50))
def test_against_a_simulation_of_events(seed: int) -> None:
    scene, plan = scene_of(random.Random(seed))
    futures = 1500
    expected = share(scene, futures, seed + 1000)
    found, error = won(plan, 1 << 14)
    spread = math.sqrt(max(found * (1 - found), 1 / futures) / futures) + error / 2
    assert abs(found - expected) <= 4 * spread


def test_the_random_races_are_not_all_decided() -> None:
    shares = [won(scene_of(random.Random(seed))[1], 1 << 10)[0] for seed in range(50)]
    assert sum(0.05 < share < 0.95 for share in shares) >= 15


# Honest errors.


X = 50 / 20
"""Fifty hours in means of twenty."""


def uniform(limit: float, count: int, enough: int = 1, longest: float = 100) -> Plan:
    """So many guarantors, each with one step of nought to ``longest`` hours, of whom ``enough`` must be in time."""
    ways = tuple(Way(i, ((i + 1,),), (0.0,)) for i in range(count))
    return Plan((fixed(limit), *(between(0, longest),) * count), ways, count=enough)


SMOOTH = {
    "two steps within a third": (THIRD, 1 / 6),
    "three memoryless steps": (
        Plan((fixed(50), *(Exponential(20),) * 3), (Way(0, ((1, 2, 3),), (0.0,)),)),
        1 - math.exp(-X) * (1 + X + X * X / 2),
    ),
    # Irwin and Hall: the sum of six uniform shares is at most 2 in (2^6 - 6) / 6! of the cases.
    "six steps in a row": (
        Plan((fixed(2), *(between(0, 1),) * 6), (Way(0, (tuple(range(1, 7)),), (0.0,)),)),
        (2**6 - 6) / math.factorial(6),
    ),
}
EVEN_OR_RARE = {
    "one even step, nearly always": (uniform(98, 1), 0.98),
    "one even step, in half": (uniform(50.03, 1), 0.5003),
    "the first of twelve": (uniform(10, 12, longest=20), 1 - 2**-12),
    "all of four": (uniform(20, 4, enough=4), 0.2**4),
}


def inside(plan: Plan, truth: float, samples: int) -> float:
    """In what share of 400 repetitions the interval holds the truth."""
    found = (won(plan, samples, seed) for seed in range(400))
    return sum(abs(share - truth) <= error for share, error in found) / 400


@pytest.mark.slow
@pytest.mark.parametrize("name", SMOOTH)
def test_the_interval_holds_the_truth_in_95_of_100_repetitions(name: str) -> None:
    assert 0.92 <= inside(*SMOOTH[name], 1 << 10) <= 0.98


@pytest.mark.slow
@pytest.mark.parametrize("samples", [1 << 8, 1 << 10])
@pytest.mark.parametrize("name", EVEN_OR_RARE)
def test_where_scrambles_differ_by_a_future_or_none_the_interval_holds_it_at_least_as_often(
    name: str, samples: int
) -> None:
    assert inside(*EVEN_OR_RARE[name], samples) >= 0.92


# Laws.

LENGTHS = st.integers(0, 40).flatmap(lambda low: st.integers(0, 40).map(lambda more: between(low, low + more)))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    count = draw(st.integers(1, 4))
    laws = [between(10, 90), *(draw(LENGTHS) for _ in range(2 + count))]
    amounts = [float(draw(st.integers(1, 3))) for _ in range(count)]
    ways = tuple(
        Way(i, ((1,),), (0.0,), (3 + i,), (2,), draw(st.booleans()), ((amounts[i], amounts[i]),)) for i in range(count)
    )
    if draw(st.booleans()):
        return Plan(tuple(laws), ways, count=draw(st.integers(1, count)))
    need = float(draw(st.integers(1, int(sum(amounts)))))
    return Plan(tuple(laws), ways, needs=((need, need),))


FEW = 1 << 9


@settings(max_examples=60, deadline=None)
@given(plans(), st.data())
def test_a_longer_link_never_helps(plan: Plan, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(plan.lengths) - 1))
    law = plan.lengths[place]
    assert isinstance(law, Straight)
    longer = Straight(tuple((share, hours + 5) for share, hours in law.knots))
    other = replace(plan, lengths=(*plan.lengths[:place], longer, *plan.lengths[place + 1 :]))
    assert won(other, FEW)[0] <= won(plan, FEW)[0]


@settings(max_examples=60, deadline=None)
@given(plans())
def test_another_guarantor_never_hurts(plan: Plan) -> None:
    absent = replace(plan.ways[-1], not_before=(math.inf,))  # its lengths stay, so that both draw the same futures
    fewer = replace(plan, ways=(*plan.ways[:-1], absent))
    assert won(fewer, FEW)[0] <= won(plan, FEW)[0]


@settings(max_examples=60, deadline=None)
@given(plans(), st.randoms())
def test_the_order_of_guarantors_changes_nothing(plan: Plan, rng: random.Random) -> None:
    ways = list(plan.ways)
    rng.shuffle(ways)
    assert won(replace(plan, ways=tuple(ways)), FEW) == won(plan, FEW)


# Runs.


def test_results_merge_in_any_order_to_the_same_counts() -> None:
    each = rounded(1 << 12) // SCRAMBLES
    parts = [scramble(THIRD, each, 7, number, 2.0, math.inf) for number in range(SCRAMBLES)]
    total = empty_tally()
    for part in reversed(parts):
        total += part
    whole = run(THIRD, 1 << 12, 7, 2.0, math.inf)
    for name in ("futures", "won", "there", "reached"):
        assert np.array_equal(getattr(total, name), getattr(whole, name))
    assert whole.futures.sum() == 1 << 12
    assert (whole.there.sum(axis=1) == whole.futures).all()


def test_the_seed_decides_the_futures() -> None:
    assert won(THIRD, FEW, 3) == won(THIRD, FEW, 3)
    assert won(THIRD, FEW, 3) != won(THIRD, FEW, 4)


def test_the_size_of_a_chunk_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run(THIRD, CHUNK * SCRAMBLES, 5, 2.0, math.inf)
    monkeypatch.setattr("foedus.race.engine.CHUNK", 256)
    assert np.array_equal(run(THIRD, CHUNK * SCRAMBLES, 5, 2.0, math.inf).there, whole.there)


def test_two_processes_count_as_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foedus.race.engine.PROCESSES_FROM", 1)
    alone = run(THIRD, 1 << 12, 5, 2.0, math.inf)
    both = run(THIRD, 1 << 12, 5, 2.0, math.inf, workers=2)
    assert np.array_equal(alone.won, both.won)
    assert np.array_equal(alone.there, both.there)


@pytest.mark.parametrize(("asked", "drawn"), [(1, 256), (256, 256), (257, 512), (1000, 1024), (65536, 65536)])
def test_futures_are_rounded_up_to_what_is_balanced(asked: int, drawn: int) -> None:
    assert rounded(asked) == drawn
