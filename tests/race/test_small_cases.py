"""Whole small cases, from the file to the hour: what the text binds and the world times, each number by hand."""

from __future__ import annotations

import math

import pytest

from foedus.arrivals import Race
from foedus.case.ladders import LEVELS
from foedus.case.load import load_text
from foedus.race.run import RaceOptions, race

HEAD = """\
foedus: 1
case: small
as_of: 2026-11-24
parties: {V: {name: Vale}, A: {name: Arden}, B: {name: Brant}, C: {name: Corin}, X: {name: Xanth}}
cast: {beneficiary: V, attackers: [X]}
required_level: {full_invasion: arms}
instruments:
  - id: pact
    title: A small pact
    status: draft
    binding: legal
    bodies:
      council: {members: [A, B], rule: unanimity, excluded: nobody, silence: "no"}
      court: {members: [A, B, C], rule: majority, excluded: nobody}
    clauses:
"""
GUNS = "  forces: [{who: A, what: guns, ready_within: 10 h, move: 10 h}]\n"


def clause(more: str = "", *, bearers: str = "A", judge: str = "objective", least: str = "arm") -> str:
    start = f"      - {{id: aid, kind: obligation, bearers: [{bearers}], to: V, judge: {judge}"
    return f"{start}, response: {{least: [{least}]}}{more}}}\n"


def world(within: str = "40 h", steps: str = "", forces: str = GUNS) -> str:
    objective = (
        f"world:\n  objectives: [{{id: town, what: the town is taken, kind: full_invasion, within: {within}}}]\n"
    )
    return objective + (f"  steps: [{steps}]\n" if steps else "") + forces


def run(text: str, **options: object) -> Race:
    given = {"samples": 1 << 12, "reading": "text", **options}
    return race(load_text(HEAD + text, "small.yaml"), RaceOptions(**given)).races[0]  # type: ignore[arg-type]


def hour(text: str, **options: object) -> float:
    return run(text, **options).must.first


DECIDE = ", deadline: {to: decide, within: 72 h}"
DEFAULT = (
    ", decision: council, default: {after: 30 h, level: arms}, domestic: {process: vote, who: A, effect: condition}"
)
LASTING = ", when: {lasting: 48 h}"

HOURS = {
    # 72 hours to decide, each for itself, then 10 to get ready and 10 to move.
    "each decides for itself": (clause(DECIDE) + world(), 92),
    # One clock for what the court finds and the council decides: 72, then 10 + 10.
    "one clock is spent once": (
        clause(", decision: council" + DECIDE, bearers="A, B", judge="{body: court}") + world(), 92,
    ),
    # The finding takes 5 of the 72 hours.
    "a step within the clock takes nothing on top": (
        clause(", decision: council" + DECIDE, bearers="A, B", judge="{body: court}")
        + world(steps="{what: attribute, by: court, takes: 5 h}"), 92,
    ),
    # Both are timed: 5 + 6 + 10 + 10; a clock is no fact.
    "lengths count before a clock": (
        clause(", decision: council" + DECIDE, bearers="A, B", judge="{body: court}")
        + world(steps="{what: attribute, by: court, takes: 5 h}, {what: decide, by: council, takes: 6 h}"), 31,
    ),
    # The clock of 24 hours runs from the request, which comes after 30: 54, and 10 + 10.
    "a clock from the request": (
        clause(", request: victim, deadline: {to: decide, within: 24 h, from: request}")
        + world(steps="{what: request, by: V, takes: 30 h}"), 74,
    ),
    # 48 hours of attack, then 10 + 10.
    "an attack must have lasted": (clause(LASTING) + world(), 68),
    # 48, then 20 to decide, 20 for approval, 10 + 10.
    "what comes after the wait adds to it": (
        clause(LASTING + ", decision: council, domestic: {process: vote, effect: condition}")
        + world(steps="{what: decide, by: council, takes: 20 h}, {what: approve, takes: 20 h}"), 108,
    ),
    # The victim asks after 30 hours: 30 + 10 + 10.
    "who is attacked asks": (
        clause(", request: victim") + world(steps="{what: request, by: V, takes: 30 h}"), 50,
    ),
    # Arden sees the attack after 100 hours: 100 + 10 + 10.
    "one sees it late": (clause() + world(steps="{what: detect, by: A, takes: 100 h}"), 120),
    # A vote that excuses nobody takes its 100 hours all the same: 100 + 10 + 10.
    "a vote at home that is no condition": (
        clause(", domestic: {process: vote, effect: no-excuse}") + world(steps="{what: approve, takes: 100 h}"), 120,
    ),
    # A clock to act of 24 hours, with or without a short step that somebody times.
    "a clock to act": (clause(", deadline: {to: act, within: 24 h}") + world(forces=""), 24),
    "a short step makes a clock to act no shorter": (
        clause(", deadline: {to: act, within: 24 h}") + world(steps="{what: take_effect, takes: 1 h}", forces=""), 24,
    ),
    # All of the acting is timed: 7 hours.
    "the whole act is timed": (clause() + world(steps="{what: act, takes: 7 h}", forces=""), 7),
    # One step is timed and the others are not: nobody knows.
    "a step alone is no arrival": (clause() + world(steps="{what: take_effect, takes: 10 h}", forces=""), math.inf),
}  # fmt: skip


@pytest.mark.parametrize("name", HOURS)
def test_the_hour_at_which_help_is_there(name: str) -> None:
    text, expected = HOURS[name]
    assert hour(text) == expected


def test_silence_brings_help_no_sooner_than_consent() -> None:
    text = clause(DEFAULT, bearers="A, B") + world("60 h", "{what: approve, takes: 20 h}, {what: detect, takes: 1 h}")
    # The council has until hour 30, decided or not; then 20 for approval and 10 + 10. Seeing it takes 1 of the 30.
    assert hour(text) == 70
    assert hour(text, silent=frozenset({"B"})) == 70


def test_a_council_that_decides_soon_is_sooner_than_silence() -> None:
    steps = "{what: approve, takes: 20 h}, {what: decide, by: council, takes: %s}"
    # 5 + 20 + 20 with a decision, 30 + 20 + 20 without; one after 50 hours is not waited for.
    assert hour(clause(DEFAULT, bearers="A, B") + world(steps=steps % "5 h")) == 45
    assert hour(clause(DEFAULT, bearers="A, B") + world(steps=steps % "5 h"), silent=frozenset({"B"})) == 70
    assert hour(clause(DEFAULT, bearers="A, B") + world(steps=steps % "50 h")) == 70


def test_the_wait_is_a_link_that_an_hour_saved_is_worth_something_in() -> None:
    # Help after 48 + 10 + 10 = 68 hours against 67 to 69: half of the futures, and all with an hour less of waiting.
    found = run(clause(LASTING) + world("{low: 67 h, high: 69 h}"))
    wait = next(link for link in found.must.links if link.what == "wait")
    assert wait.takes == (48.0, 48.0)
    assert wait.from_text
    assert wait.decides == 1.0
    assert wait.hour == pytest.approx(0.5, abs=0.01)


def test_who_refuses_does_not_come_although_bound() -> None:
    found = run(clause() + world(), refusing=frozenset({"A"}))
    assert found.must.nobody
    assert found.must.in_time is not None
    assert found.must.in_time.never
    assert found.by_breach
    assert found.duties[0].spans[0][1] == LEVELS.index("arms")  # it is owed all the same


def test_whom_the_attacker_controls_is_no_help() -> None:
    text = clause(bearers="A, B") + world(forces="  forces: [{who: B, what: guns, ready_within: 10 h, move: 10 h}]\n")
    case = HEAD.replace("B: {name: Brant}", "B: {name: Brant, controlled_by: X}") + text
    found = race(load_text(case, "small.yaml"), RaceOptions(samples=1 << 8, reading="text")).races[0]
    assert [row.guarantor for row in found.must.rows] == ["A"]


def test_a_ban_lowers_what_may_be_given() -> None:
    may = clause(", response: {least: [consult], most: [all_means]}").replace(", response: {least: [arm]}", "", 1)
    ban = "      - {id: ban, kind: prohibition, bearers: [A], to: V, most_level: %s}\n"
    assert run(may + world()).may.first == 20
    assert run(may + ban % "consult" + world()).may.nobody


def test_the_clock_of_the_least_is_none_of_the_most() -> None:
    may = clause(", response: {least: [consult], most: [arm]}, deadline: {to: act, within: 24 h}")
    may = may.replace(", response: {least: [arm]}", "", 1)
    found = run(may + world(forces=""))
    assert found.must.nobody
    assert math.isinf(found.may.first)


@pytest.mark.parametrize(
    ("shared", "expected"),
    # In time in half of the futures each: together 1 - 1/4 if drawn apart, 1/2 if one event.
    [("", 0.75), ("shared: true, ", 0.5)],
)
def test_two_bodies_decide_apart_unless_the_file_says_that_it_is_one_event(shared: str, expected: float) -> None:
    both = clause(", decision: council") + clause(", decision: court", bearers="B").replace("id: aid", "id: aid2")
    forces = "  forces: [{who: A, what: guns, in_place: true}, {who: B, what: guns, in_place: true}]\n"
    found = run(both + world("5 h", f"{{what: decide, {shared}takes: {{low: 0 h, high: 10 h}}}}", forces))
    assert found.must.in_time is not None
    assert found.must.in_time.low == pytest.approx(expected, abs=0.01)


def test_two_consents_are_two_lengths() -> None:
    forces = "  forces: [{who: A, what: guns, in_place: true}]\n"
    found = run(clause(", consents: [B, C]") + world("5 h", "{what: consent, takes: {low: 0 h, high: 10 h}}", forces))
    # The sum of two within half of one: (1/2)^2 / 2.
    assert found.must.in_time is not None
    assert found.must.in_time.low == pytest.approx(1 / 8, abs=0.01)


def test_a_force_in_another_zone_has_to_move() -> None:
    zones = (
        "cast: {beneficiary: V, attackers: [X]}\nzones: {east: {of: V, what: the east}, west: {of: V, what: the west}}"
    )
    forces = "  forces: [{who: A, what: guns, zone: west, in_place: true%s}]\n"
    for more, expected in (("", math.inf), (", move: 15 h", 15)):
        text = HEAD.replace("cast: {beneficiary: V, attackers: [X]}", zones)
        text += clause() + world("40 h, zone: east", forces=forces % more)
        found = race(load_text(text, "small.yaml"), RaceOptions(samples=1 << 8, reading="text")).races[0]
        assert found.must.first == expected


def test_a_force_that_a_posture_adds_takes_nothing_away() -> None:
    needs = "{low: 20 h, high: 60 h}, needs: {ground: 2 brigades}"
    forces = """\
  postures: {brigade: {what: a brigade}}
  forces:
    - {who: A, what: main, strength: {ground: 2 brigades}, ready_within: 10 h, move: 10 h}
    - {who: B, what: brigade, strength: {ground: 1 brigade}, in_place: true, orders: fight, postures: brigade}
"""
    text = clause(", decision: council", bearers="A, B")
    text += world(needs, "{what: decide, by: council, takes: {low: 10 h, high: 50 h}}", forces)
    without, added = (run(text, posture=posture) for posture in ("none", "brigade"))
    assert without.must.in_time is not None
    assert added.must.in_time is not None
    assert added.must.in_time.low >= without.must.in_time.low
    assert added.must.in_time.high >= without.must.in_time.high


TRIPWIRE = """\
  postures: {tripwire: {what: a few soldiers, commits_sender: contested}}
  forces:
    - {who: A, what: guns, ready_within: 10 h, move: 10 h}
    - {who: %s, what: a few soldiers, in_place: true, helps: consult, postures: tripwire}
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (clause() + world(steps="{what: approve, takes: 9 h}"), ["the time for approval at home"]),
        (clause() + world(forces=GUNS.replace("who: A", "who: C")), ["the forces of Corin"]),
        (clause() + world(), []),
        # Consultation alone is owed: no loss makes it more.
        (clause(least="consult") + world(forces=TRIPWIRE % "A"), ["no help of this height is asked of anybody"]),
        # Brant's losses commit Brant, and the text asks nothing of it.
        (
            clause(", decision: council") + world(forces=TRIPWIRE % "B"),
            ["none of its other forces comes sooner by it", "the forces of Brant"],
        ),
        # Arden's losses spare the deciding, so that its guns come sooner.
        (clause(", decision: council") + world(forces=TRIPWIRE % "A"), []),
    ],
)
def test_what_a_race_does_not_use_is_told(text: str, said: list[str]) -> None:
    case = load_text(HEAD + text, "small.yaml")
    told = " ".join(race(case, RaceOptions(samples=1 << 8, reading="text")).races[-1].notes)
    assert all(words in told for words in said)
    assert bool(told) == bool(said)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Deciding takes 100 hours or more, and 40 are left: never.
        (clause(", decision: council") + world(steps="{what: decide, takes: {low: 100 h, high: unknown}}"), (0.0, 0.0)),
        # Deciding takes 15 hours at most, and 10 + 10 of 40 are left: always.
        (clause(", decision: council") + world(steps="{what: decide, takes: {low: unknown, high: 15 h}}"), (1.0, 1.0)),
        # It may take 10 or any longer time: both.
        (clause(", decision: council") + world(steps="{what: decide, takes: {low: 10 h, high: unknown}}"), (0.0, 1.0)),
        # The attacker takes 48 hours or more, and help is there after 20: always; after 15 at most never.
        (clause() + world("{low: 48 h, high: unknown}"), (1.0, 1.0)),
        (clause() + world("{low: unknown, high: 15 h}"), (0.0, 0.0)),
        # Two brigades or more, where two are needed.
        (
            clause()
            + world(
                "40 h, needs: {ground: 2 brigades}",
                forces=GUNS.replace("what: guns", "what: guns, strength: {ground: 2 to unknown brigades}"),
            ),
            (1.0, 1.0),
        ),
    ],
)
def test_one_known_end_counts(text: str, expected: tuple[float, float]) -> None:
    share = run(text).must.in_time
    assert share is not None
    assert (share.low, share.high) == expected
