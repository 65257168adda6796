"""What the pictures and the screen of a race show, and that nothing is left out untold."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from foedus.arrivals import Race
from foedus.brief.race_pictures import MOST_ROWS, curve_picture, timeline_picture, timeline_words
from foedus.brief.race_screen import races_text
from foedus.case.load import load_text
from foedus.case.stage import LoadedCase
from foedus.race.run import RaceOptions, race
from foedus.wording import Speaker

sys.path.insert(0, str(Path(__file__).parent))
from test_races import ALONE, FORCES, HEAD, WORLD

STATES = [f"S{n}" for n in range(MOST_ROWS + 3)]


def told(text: str) -> tuple[LoadedCase, Race]:
    case = load_text(text, "small.yaml")
    return case, race(case, RaceOptions(samples=1 << 10)).races[0]


def words(drawn: bytes) -> str:
    return " ".join("".join(ET.fromstring(drawn).itertext()).split())  # noqa: S314  our own drawing


def many(force: str) -> str:
    parties = ", ".join(f"{one}: {{name: State {one}}}" for one in STATES)
    text = HEAD.replace("A: {name", parties + ", A: {name") + ALONE.replace("[A, B]", f"[{', '.join(STATES)}]") + WORLD
    return text + "  forces:\n" + "".join(force.format(n=n, who=one) for n, one in enumerate(STATES))


def test_rows_that_are_not_drawn_are_counted_in_the_picture_and_in_its_words() -> None:
    case, one = told(many("    - {{who: {who}, what: guns {n}, ready_within: {n} h, move: 10 h}}\n"))
    assert "3 more rows are not drawn" in words(timeline_picture(one, Speaker(case)))
    assert "and 3 more" in timeline_words(one, Speaker(case))


def test_guarantors_whose_lengths_vary_alike_share_a_row() -> None:
    case, one = told(many("    - {{who: {who}, what: guns, ready_within: {{low: 10 h, high: 30 h}}, move: 10 h}}\n"))
    drawn = timeline_words(one, Speaker(case))
    assert drawn.count("there after") < len(STATES) / 2


def test_a_clock_to_act_is_not_drawn_as_one_to_decide_and_a_wait_is_hatched() -> None:
    from foedus.brief.race_pictures import GREYS, HATCHES

    steps = {step: key for key, (_, some) in GREYS.items() for step in some}
    assert steps["act"] not in (steps["decide"], steps["meet"])
    assert {"act", "wait"} <= set(HATCHES)
    assert HATCHES["act"] != HATCHES["wait"]


def test_a_picture_says_whose_text_and_against_whom() -> None:
    case, one = told(HEAD + ALONE + WORLD + FORCES)
    for draw in (timeline_picture, curve_picture):
        assert "A small pact; against Xanth: the town is taken" in words(draw(one, Speaker(case)))


def test_a_long_name_leaves_room_for_the_force() -> None:
    name = "the United Kingdom of Great Britain and Northern Ireland and more"
    case, one = told(HEAD.replace("name: Arden", f"name: {name}") + ALONE + WORLD + FORCES)
    assert "guns" in words(timeline_picture(one, Speaker(case)))


def test_the_curve_shows_the_objective_and_a_line_where_nobody_comes() -> None:
    case, one = told(HEAD + ALONE.replace("[arm]", "[consult]") + WORLD + FORCES)
    drawn = words(curve_picture(one, Speaker(case)))
    assert "nobody comes" in drawn
    assert "objective" in drawn


@pytest.mark.parametrize(
    ("unit", "expected"), [("aircraft", "10 aircraft"), ("people", "10 people"), ("battery", "10 batteries")]
)
def test_units_keep_their_plural(unit: str, expected: str) -> None:
    text = HEAD + ALONE + WORLD.replace("within: 40 h", f"within: 40 h, needs: {{air: 10 {unit}}}") + FORCES
    case = load_text(text, "small.yaml")
    assert f"{expected} in the air" in " ".join(races_text(case, race(case, RaceOptions(samples=256))).split())


def test_how_many_are_enough_is_told() -> None:
    text = HEAD.replace("instruments:", "required_help: {at_least: 2}\ninstruments:") + ALONE + WORLD + FORCES
    case = load_text(text, "small.yaml")
    assert "from at least two parties" in " ".join(races_text(case, race(case, RaceOptions(samples=256))).split())


def test_a_promise_that_does_not_bind_in_law_is_told_as_one() -> None:
    text = HEAD.replace("binding: legal", "binding: political") + ALONE + WORLD + FORCES
    case = load_text(text, "small.yaml")
    screen = " ".join(races_text(case, race(case, RaceOptions(samples=256))).split())
    assert "promises (and is not bound in law to give) arms" in screen
    assert "must give arms" not in screen
