"""The race beside the same model in SimPy, and how it grows with guarantors and futures."""

import math
import random
import resource
from collections.abc import Callable, Generator, Iterator
from functools import partial
from time import perf_counter
from typing import Any

import simpy
from timing import Row

from foedus.race.arrive import Futures, estimate, tally
from foedus.race.plan import Plan, Straight, Way

SHARED, OWN = 3, 4
LIMIT = 110.0
PEER_FUTURES = 3000
OURS_FUTURES = 1 << 20
GATE = 1 / 200


def plan(guarantors: int) -> Plan:
    """Three links that all share, four of each guarantor, one of them enough, against an uncertain objective."""
    rng = random.Random(7)
    lows = [rng.uniform(2, 20) for _ in range(SHARED + OWN * guarantors)]
    laws = [Straight(((0.0, LIMIT * 0.8), (1.0, LIMIT * 1.2))), *(Straight(((0.0, a), (1.0, 2 * a + 6))) for a in lows)]
    shared = tuple(range(1, SHARED + 1))
    own = [tuple(range(SHARED + 1 + OWN * g, SHARED + 1 + OWN * (g + 1))) for g in range(guarantors)]
    return Plan(tuple(laws), tuple(Way(g, (shared,), (0.0,), steps) for g, steps in enumerate(own)))


def events(model: Plan, futures: int, seed: int, *, to_the_end: bool) -> float:
    """The share of futures in time, each played as events: every guarantor a process that waits for the shared links.

    ``to_the_end`` plays until all guarantors are there, which is what ours computes; else until the first is.
    """
    rng = random.Random(seed)
    ends = [(law.knots[0][1], law.knots[1][1]) for law in model.lengths if isinstance(law, Straight)]
    won = 0
    for _ in range(futures):
        world = simpy.Environment()
        shared = world.process(_chain(world, [rng.uniform(*ends[i]) for i in model.ways[0].permits[0]]))
        helpers = [
            world.process(_after(world, shared, [rng.uniform(*ends[i]) for i in way.ready])) for way in model.ways
        ]
        first = world.any_of(helpers)
        landed: list[float] = []
        first.callbacks.append(partial(_note, landed, world))
        world.run(until=None if to_the_end else first)
        won += (landed[0] if landed else world.now) <= rng.uniform(*ends[0])
    return won / futures


def _note(landed: list[float], world: simpy.Environment, _: simpy.Event) -> None:
    landed.append(world.now)


def _chain(world: simpy.Environment, lengths: list[float]) -> Generator[Any, Any, None]:
    for length in lengths:
        yield world.timeout(length)


def _after(world: simpy.Environment, shared: simpy.Process, lengths: list[float]) -> Generator[Any, Any, None]:
    yield shared
    for length in lengths:
        yield world.timeout(length)


def race() -> Iterator[Row]:
    """Microseconds a future beside SimPy, with the two shares held against each other first; then the growth."""
    model = plan(8)
    share, error = estimate(tally(model, Futures(OURS_FUTURES, 1), 200.0, math.inf))
    told = events(model, PEER_FUTURES, 2, to_the_end=False)
    spread = math.sqrt(share * (1 - share) / PEER_FUTURES)
    assert abs(told - share) < 4 * spread + error, (told, share)
    ours = min(_micros(lambda: tally(model, Futures(OURS_FUTURES, 1), 200.0, math.inf), OURS_FUTURES) for _ in range(5))
    for to_the_end, words in ((True, "all guarantors played"), (False, "stopped at the first")):
        run = partial(events, model, PEER_FUTURES, 2, to_the_end=to_the_end)
        assert run() == told
        peer = min(_micros(run, PEER_FUTURES) for _ in range(5))
        detail = f"SimPy, {words}; {peer / ours:,.0f} times as many a second; shares {share:.3f} and {told:.3f}"
        yield Row("race, 8 guarantors, a future", ours, peer, "µs", detail, GATE)
    for guarantors in (1, 2, 4, 8, 16, 40):
        one = plan(guarantors)
        took = min(_micros(lambda one=one: tally(one, Futures(1 << 17, 1), 200.0, math.inf), 1 << 17) for _ in range(3))
        yield Row(f"race, {guarantors} guarantors, a future", took, None, "µs", "growth with guarantors")
    for power in range(3, 9):
        futures = 10**power
        seconds = _micros(lambda futures=futures: tally(model, Futures(futures, 1, 1), 200.0, math.inf), 1) / 1e6
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield Row(f"race, 8 guarantors, 10^{power} futures", seconds, None, "s", f"peak memory {peak:.0f} MB")
    seconds = _micros(lambda: tally(model, Futures(10**8, 1, 2), 200.0, math.inf), 1) / 1e6
    yield Row("race, 10^8 futures, two processes", seconds, None, "s", "growth with processes")


def _micros(run: Callable[[], object], futures: int) -> float:
    start = perf_counter()
    run()
    return (perf_counter() - start) * 1e6 / futures
