"""The race told as events, one future at a time: an independent simulation, written from the words and not the code.

Every actor is a process that waits for what it needs. What several share (a council, an airlift) is one process that
all wait for. Lengths are drawn with Python's own generator, so that neither points nor arithmetic are shared.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

import simpy

Draw = Callable[[random.Random], float]


@dataclass
class Helper:
    """A guarantor: its own steps before it may go, whether it gets ready meanwhile, how it comes, what it brings."""

    own: list[Draw]
    ready: Draw
    early: bool
    travel: list[Draw]
    airlift: bool
    brings: float


@dataclass
class Scene:
    """One race: the attacker's time, the steps that all share one after the other, the airlift, the helpers."""

    objective: Draw
    shared: list[Draw]
    airlift: Draw
    helpers: list[Helper]
    needs: float
    not_before: float = 0.0
    note: dict[str, Any] = field(default_factory=dict)


def in_time(scene: Scene, rng: random.Random) -> bool:
    """Play one future; whether enough is there when the attacker reaches its objective."""
    world = simpy.Environment()
    limit = scene.objective(rng)
    permitted = world.event()
    flight = scene.airlift(rng)
    landed: list[tuple[float, float]] = []
    world.process(_council(world, scene, rng, permitted))
    for helper in scene.helpers:
        world.process(_helper(world, scene, helper, rng, permitted, flight, landed))
    world.run()
    return sum(amount for hour, amount in landed if hour <= limit) >= scene.needs


def share(scene: Scene, futures: int, seed: int) -> float:
    """The share of futures in which help is in time."""
    rng = random.Random(seed)
    return sum(in_time(scene, rng) for _ in range(futures)) / futures


Process = Generator[Any, Any, None]


def _council(world: simpy.Environment, scene: Scene, rng: random.Random, permitted: simpy.Event) -> Process:
    for step in scene.shared:
        yield world.timeout(step(rng))
    permitted.succeed()


def _helper(
    world: simpy.Environment,
    scene: Scene,
    helper: Helper,
    rng: random.Random,
    permitted: simpy.Event,
    flight: float,
    landed: list[tuple[float, float]],
) -> Process:
    readying = world.timeout(helper.ready(rng)) if helper.early else None
    yield permitted
    for step in helper.own:
        yield world.timeout(step(rng))
    if world.now < scene.not_before:
        yield world.timeout(scene.not_before - world.now)
    yield readying if readying is not None else world.timeout(helper.ready(rng))
    if helper.airlift:
        yield world.timeout(flight)
    for step in helper.travel:
        yield world.timeout(step(rng))
    landed.append((world.now, helper.brings))
