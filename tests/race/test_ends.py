"""What may not be told wrongly: worst and best over open values, rare futures, amounts, and hours that never come."""

from __future__ import annotations

import contextlib
import math
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from foedus.arrivals import Arrival, Race, Share
from foedus.assess import assess
from foedus.brief.race_screen import races_text
from foedus.case.load import load_text
from foedus.check.run import Options
from foedus.findings import Verdict
from foedus.race.finding import finding_of
from foedus.race.run import RaceOptions, race

sys.path.insert(0, str(Path(__file__).parent))
from test_races import ALONE, FORCES, HEAD, TOGETHER, WORLD, run

ONE = ALONE.replace("[A, B]", "[A]")
A_FORCE = "  forces: [{who: A, what: guns, ready_within: 10 h, move: 10 h}]\n"
COURT = HEAD.replace("{council:", "{court: {members: [A, B], rule: majority, excluded: nobody}, council:")


def in_time(arrival: Arrival) -> Share:
    assert arrival.in_time is not None
    return arrival.in_time


def screen(text: str) -> str:
    case = load_text(text, "small.yaml")
    return " ".join(races_text(case, race(case, RaceOptions(samples=1 << 10))).split())


# Values that the text leaves open.


@pytest.mark.parametrize("order", ["council, court", "court, council"])
def test_worst_and_best_are_by_shares_though_ways_draw_more_or_fewer_futures(order: str) -> None:
    # The council takes five hours: always in time. The court takes 0 to 40, of which 0 to 20 are in time: one half.
    text = COURT + ONE.replace("response", f"decision: {{may_be: [{order}]}}, response") + WORLD
    text += (
        "  steps: [{what: decide, by: council, takes: 5 h}, {what: decide, by: court, takes: {low: 0 h, high: 40 h}}]\n"
    )
    share = in_time(run(text + A_FORCE)[0].must)
    assert (share.low, share.high) == (pytest.approx(0.5, abs=0.005), 1.0)
    case = load_text(text + A_FORCE, "small.yaml")
    assert finding_of(case, "pact", race(case, RaceOptions(samples=1 << 10))).verdict is Verdict.DEPENDS


def test_ends_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValueError, match="above the highest"):
        Share(1.0, 0.5, 0.0)


@pytest.mark.parametrize("order", ["council, court", "court, council"])
def test_without_a_time_to_the_objective_the_worst_is_still_the_worst_and_both_are_told(order: str) -> None:
    text = COURT + ONE.replace("response", f"decision: {{may_be: [{order}]}}, response")
    text += WORLD.replace("within: 40 h", "within: unknown")
    text += "  steps: [{what: decide, by: council, takes: 5 h}, {what: decide, by: court, takes: 50 h}]\n"
    (one,) = run(text + A_FORCE)
    assert (one.must.first, one.must.best_first) == (70.0, 25.0)
    assert "after 70 hours, or after 25 hours, by what the text leaves open" in screen(text + A_FORCE)


# Amounts.


def amounts(needs: str, first: str, second: str) -> Race:
    world = WORLD.replace("within: 40 h", f"within: 40 h, needs: {{{needs}}}")
    forces = f"""\
  forces:
    - {{who: A, what: guns, strength: {{{first}}}, ready_within: 10 h, move: 0 h}}
    - {{who: B, what: more guns, strength: {{{second}}}, ready_within: 10 h, move: 0 h}}
"""
    return run(HEAD + ALONE + world + forces)[0]


@pytest.mark.parametrize(
    ("needs", "first", "second", "expected"),
    [
        # The sum of two uniform shares is above 3.5 of 2 to 4: a triangle with sides of a half, an eighth.
        ("ground: 3.5 brigades", "ground: 1 to 2 brigades", "ground: 1 to 2 brigades", 1 / 8),
        # What is needed is drawn apart from what is there: one even draw above another.
        ("ground: 1 to 2 brigades", "ground: 1 to 2 brigades", "ground: 0 brigades", 1 / 2),
        # Two domains, each met in half of the futures.
        ("ground: 1 to 3 brigades, air: 1 to 3 wings", "ground: 2 brigades, air: 2 wings", "ground: 0 brigades", 1 / 4),
    ],
)
def test_amounts_that_are_stated_alike_are_drawn_apart(needs: str, first: str, second: str, expected: float) -> None:
    assert in_time(amounts(needs, first, second).must).low == pytest.approx(expected, abs=0.01)


def test_where_nothing_is_needed_it_is_there_at_once() -> None:
    assert in_time(amounts("ground: 0 brigades", "ground: 1 brigade", "ground: 1 brigade").must).always


# Hours that never come.

SELDOM = (
    HEAD
    + ALONE
    + WORLD.replace("within: 40 h", "within: 40 h, needs: {ground: 3.5 brigades}")
    + """\
  forces:
    - {who: A, what: guns, strength: {ground: 1 to 2 brigades}, ready_within: 10 h, move: 0 h}
    - {who: B, what: more guns, strength: {ground: 1 to 2 brigades}, ready_within: 10 h, move: 0 h}
"""
)


def test_help_that_is_enough_in_few_futures_is_told_as_never_in_half_of_them() -> None:
    assert "after 10 hours, and in half of the futures never" in screen(SELDOM)
    assert assess(load_text(SELDOM, "small.yaml"), Options(explain=False)).races is not None


# Futures that were not drawn.


def test_a_rare_future_is_not_told_as_none() -> None:
    # One length in a million is late; 256 futures hardly hold it, and the ends of the interval do.
    world = WORLD.replace("40 h", "999999 h")
    text = (
        HEAD + ONE + world + "  forces: [{who: A, what: guns, ready_within: {low: 0 h, high: 1000000 h}, move: 0 h}]\n"
    )
    (one,) = run(text, samples=256)
    share = in_time(one.must)
    assert share.low == 1.0
    assert not share.always
    case = load_text(text, "small.yaml")
    assert finding_of(case, "pact", race(case, RaceOptions(samples=256))).verdict is Verdict.DEPENDS
    told = " ".join(races_text(case, race(case, RaceOptions(samples=256))).split())
    assert "in every future that was drawn, though the lengths of time allow some in which it is late" in told


def test_a_rare_success_is_not_told_as_never() -> None:
    text = HEAD + ONE + WORLD.replace("40 h", "1 h")
    text += "  forces: [{who: A, what: guns, ready_within: {low: 0 h, high: 1000000 h}, move: 0 h}]\n"
    share = in_time(run(text, samples=256)[0].must)
    assert share.high == 0.0
    assert not share.never


def test_few_futures_are_told_as_as_many_as_were_drawn() -> None:
    case = load_text(HEAD + ALONE + WORLD + FORCES, "small.yaml")
    found = race(case, RaceOptions(samples=257))
    assert found.samples == 512
    assert "512 futures for each race" in " ".join(races_text(case, found).split())


# The timeline.


@pytest.mark.parametrize("ready_from", ["approval", "attack"])
@pytest.mark.parametrize("silent", [frozenset[str](), frozenset({"B"})])
def test_the_last_bar_ends_where_the_row_says_that_help_is_there(ready_from: str, silent: frozenset[str]) -> None:
    waits = TOGETHER.replace("decision: council", "decision: council, default: {after: 30 h, level: arms}")
    steps = "  steps: [{what: decide, by: council, takes: 5 h}]\n"
    forces = FORCES.replace("ready_within", f"ready_from: {ready_from}, ready_within")
    (one,) = run(HEAD + waits + WORLD + steps + forces, silent=silent)
    assert one.must.rows
    for row in one.must.rows:
        assert row.arrives is not None
        assert max(bar.end for bar in row.bars) == row.arrives[1]


# Interruption.

LONG = """
import sys
from foedus.race import engine
from foedus.race.plan import Plan, Straight, Way
def watch(done):
    print("some", flush=True)
if __name__ == "__main__":
    law = Straight(((0.0, 0.0), (1.0, 10.0)))
    plan = Plan((law,) * 30, (Way(0, (tuple(range(1, 30)),), (0.0,)),))
    print("begun", flush=True)
    engine.run(plan, 1 << 34, 1, 100.0, 0.0, watch, workers=2)
"""


def children(of: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        if fields[1] == str(of):
            found.append(int(status.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="children are found in /proc")
def test_an_interruption_ends_both_processes_at_once(tmp_path: Path) -> None:
    script = tmp_path / "long.py"
    script.write_text(LONG)
    asked = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        until = time.monotonic() + 120
        while len(children(asked.pid)) < 2 and time.monotonic() < until:
            time.sleep(0.2)
        time.sleep(3)  # until the work has begun, which takes hours
        below = children(asked.pid)
        assert below
        os.kill(asked.pid, signal.SIGINT)
        asked.communicate(timeout=120)
        assert asked.returncode not in (0, None)
        while any(Path(f"/proc/{one}").exists() for one in below) and time.monotonic() < until:
            time.sleep(0.2)
        assert not any(Path(f"/proc/{one}").exists() for one in below)
    finally:
        for one in (*children(asked.pid), asked.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)


def test_never_is_an_hour_of_its_own() -> None:
    from foedus.race.words import between, same_hour

    assert same_hour(math.inf, math.inf)
    assert not same_hour(math.inf, 3.0)
    assert between(3.0, math.inf) == "3 to an endless time"
