"""Races that sources know the end of: what each file expects, by whom and why, beside what the race says."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.arrivals import Arrival, Race, Share
from foedus.case.load import load
from foedus.case.schema.world import ExpectedRace
from foedus.race.run import RaceOptions, race

FOLDER = Path(__file__).parents[2] / "cases" / "races"
FILES = sorted(FOLDER.glob("*.yaml"))
EXPECTED = [
    (path, number)
    for path in FILES
    for number in range(len((load(path).model or pytest.fail("no case")).world.expect))  # type: ignore[union-attr]
]


def run(path: Path, expected: ExpectedRace) -> Race:
    instruments = (expected.instrument,) if expected.instrument is not None else ()
    options = RaceOptions(
        instruments, "text", expected.objective, expected.posture, frozenset(expected.refuses), samples=1 << 10
    )
    found = race(load(path), options).races
    return next(one for one in found if one.posture == expected.posture)


def arrives(arrival: Arrival) -> set[str]:
    share: Share | None = arrival.in_time
    if arrival.nobody or (share is not None and share.never):
        return {"never"}
    if share is None:
        return {"not_known"}
    return {"always"} if share.always else {"not_known" if share.open else "in_some"}


@pytest.mark.parametrize(("path", "number"), EXPECTED, ids=lambda value: getattr(value, "stem", str(value)))
def test_what_the_sources_say_comes_out(path: Path, number: int) -> None:
    world = load(path).model.world  # type: ignore[union-attr]
    expected = world.expect[number]  # type: ignore[union-attr]
    found = run(path, expected)
    arrival = found.must if expected.help == "must" else found.may
    assert arrives(arrival) == {expected.arrives}, expected.why
    if expected.earliest is not None:
        # Even if every step that nobody times takes no time.
        assert min(arrival.first, arrival.hoped) >= expected.earliest, expected.why
    if expected.latest is not None:
        by = [
            share for hour, share in zip(arrival.curve.hours, arrival.curve.low, strict=True) if hour >= expected.latest
        ]
        assert by[0] == 1.0, expected.why


def test_every_case_of_the_list_is_there_and_says_what_it_expects() -> None:
    wanted = {"kuwait", "poland", "nato", "istanbul", "kyiv-compact", "tiered-ladder", "unef"}
    assert {path.stem.rsplit("-", 1)[0] for path in FILES} == wanted
    for path in FILES:
        world = load(path).model.world  # type: ignore[union-attr]
        assert world.expect  # type: ignore[union-attr]
        assert all(one.source for one in (*world.objectives, *world.steps, *world.forces, *world.expect))  # type: ignore[union-attr]
