"""From a text and a world to shares: who runs, what binds, what nobody knows, what is told of it."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from foedus import cli
from foedus.arrivals import Race
from foedus.assess import assess
from foedus.brief.race_pictures import curve_picture, timeline_picture, timeline_words
from foedus.brief.race_screen import races_text
from foedus.case.load import load, load_text
from foedus.check.run import Options
from foedus.findings import Verdict
from foedus.race.finding import finding_of
from foedus.race.run import RaceOptions, race
from foedus.wording import Speaker

sys.path.insert(0, str(Path(__file__).parents[1]))
from test_words import codes_in, not_plain

CASES = Path(__file__).parents[2] / "cases"
HEAD = """\
foedus: 1
case: small
as_of: 2026-11-24
parties: {V: {name: Vale}, A: {name: Arden}, B: {name: Brant}, X: {name: Xanth}}
cast: {beneficiary: V, attackers: [X]}
required_level: {full_invasion: arms}
instruments:
  - id: pact
    title: A small pact
    status: draft
    binding: legal
    bodies: {council: {members: [A, B], rule: unanimity, excluded: nobody}}
    clauses:
"""
ALONE = """\
      - {id: aid, kind: obligation, bearers: [A, B], to: V, judge: objective, response: {least: [arm]}}
"""
TOGETHER = """\
      - {id: aid, kind: obligation, bearers: [A, B], to: V, judge: objective, decision: council,
         response: {least: [arm]}}
"""
WORLD = """\
world:
  objectives: [{id: town, what: the town is taken, kind: full_invasion, within: 40 h}]
"""
FORCES = """\
  forces:
    - {who: A, what: guns, ready_within: 10 h, move: 10 h}
    - {who: B, what: more guns, ready_within: 20 h, move: 30 h}
"""


def run(text: str, **options: object) -> list[Race]:
    given = {"samples": 1 << 10, "reading": "text", **options}
    return list(race(load_text(text, "small.yaml"), RaceOptions(**given)).races)  # type: ignore[arg-type]


def shares(one: Race) -> tuple[float, float]:
    found = one.must.in_time
    assert found is not None
    return found.low, found.high


def test_the_first_help_that_is_enough_counts() -> None:
    (one,) = run(HEAD + ALONE + WORLD + FORCES)
    assert shares(one) == (1.0, 1.0)
    assert one.must.first == one.must.half == 20.0
    assert {row.guarantor: row.arrives for row in one.must.rows} == {"A": (20.0,) * 3, "B": (50.0,) * 3}


def test_as_many_as_the_case_asks_for_must_be_there() -> None:
    text = HEAD.replace("instruments:", "required_help: {at_least: 2}\ninstruments:") + ALONE + WORLD + FORCES
    (one,) = run(text)
    assert shares(one) == (0.0, 0.0)
    assert one.must.first == 50.0


def test_a_step_that_nobody_times_leaves_both_ends_open() -> None:
    (one,) = run(HEAD + TOGETHER + WORLD + FORCES)
    assert shares(one) == (0.0, 1.0)
    assert one.missing == ("decide:council",)


def test_what_is_unknown_makes_no_difference_where_the_rest_is_late_already() -> None:
    text = HEAD + TOGETHER + WORLD + FORCES.replace("move: 10 h", "move: 100 h")
    (one,) = run(text)
    assert shares(one) == (0.0, 0.0)


def test_the_world_times_a_step_before_the_text_does() -> None:
    clocked = TOGETHER.replace("decision: council", "decision: council, deadline: {to: decide, within: 15 h}")
    steps = "  steps: [{what: decide, by: council, takes: 5 h}]\n"
    assert run(HEAD + clocked + WORLD + FORCES)[0].must.first == 35.0
    assert run(HEAD + clocked + WORLD + FORCES + steps)[0].must.first == 25.0


def test_a_clock_to_meet_binds_nobody_to_act() -> None:
    meets = ALONE.replace("judge: objective", "judge: objective, deadline: {to: meet, within: 24 h}")
    (one,) = run(HEAD + meets + WORLD)
    assert shares(one) == (0.0, 1.0)
    assert one.missing == ("act:A", "act:B")


def test_a_clock_to_act_bounds_the_whole_way() -> None:
    acts = ALONE.replace("judge: objective", "judge: objective, deadline: {to: act, within: 24 h}")
    (one,) = run(HEAD + acts + WORLD)
    assert shares(one) == (1.0, 1.0)
    assert one.must.first == 24.0


def test_who_refuses_a_vote_ends_the_way_and_what_may_be_given_with_it() -> None:
    (one,) = run(HEAD + TOGETHER + WORLD + FORCES, refusing=frozenset({"B"}))
    assert one.must.nobody
    assert one.may.nobody
    assert shares(one) == (0.0, 0.0)


def test_silence_waits_for_the_hour_from_which_help_is_owed_all_the_same() -> None:
    waits = TOGETHER.replace("decision: council", "decision: council, default: {after: 30 h, level: arms}")
    text = HEAD + waits + WORLD + FORCES
    (one,) = run(text, silent=frozenset({"B"}))
    assert one.must.first == 50.0  # 30 hours of waiting, then ten to get ready and ten on the way


def test_what_may_be_given_is_apart_from_what_must() -> None:
    may = ALONE.replace("least: [arm]", "least: [consult], most: [arm]")
    (one,) = run(HEAD + may + WORLD + FORCES)
    assert one.must.nobody
    assert one.may.first == 20.0


def test_ready_from_the_attack_on_saves_the_time_of_deciding() -> None:
    steps = "  steps: [{what: decide, by: council, takes: 8 h}]\n"
    early = FORCES.replace("ready_within: 10 h", "ready_from: attack, ready_within: 10 h")
    assert run(HEAD + TOGETHER + WORLD + FORCES + steps)[0].must.first == 28.0
    assert run(HEAD + TOGETHER + WORLD + early + steps)[0].must.first == 20.0


def test_a_contested_effect_is_run_both_ways_and_changes_the_way_of_the_sender() -> None:
    world = (
        WORLD
        + """\
  postures: {tripwire: {what: a few soldiers, commits_sender: contested}}
  steps: [{what: decide, by: council, takes: 30 h}]
"""
        + FORCES
        + "    - {who: A, what: a few soldiers, in_place: true, helps: consult, postures: tripwire}\n"
    )
    without, not_committed, committed = run(HEAD + TOGETHER + world)
    assert [one.commits for one in (without, not_committed, committed)] == [None, False, True]
    assert [one.must.first for one in (without, not_committed, committed)] == [50.0, 50.0, 20.0]


def test_losses_that_commit_the_sender_leave_out_the_deciding() -> None:
    world = (
        WORLD
        + """\
  postures: {tripwire: {what: a few soldiers, commits_sender: contested}}
  steps: [{what: decide, by: council, takes: 30 h}]
"""
        + FORCES
        + "    - {who: A, what: a few soldiers, in_place: true, postures: tripwire, take_effect: 60 h}\n"
    )
    without, not_committed, committed = run(HEAD + TOGETHER + world)
    assert [one.must.first for one in (without, not_committed, committed)] == [50.0, 50.0, 20.0]


def test_forces_pile_up_to_what_is_needed_in_every_domain() -> None:
    world = WORLD.replace("within: 40 h", "within: 40 h, needs: {ground: 2 brigades, air: 10 aircraft}")
    forces = """\
  forces:
    - {who: A, what: guns, strength: {ground: 1 brigade, air: 20 aircraft}, ready_within: 10 h}
    - {who: B, what: more guns, strength: {ground: 1 brigade}, ready_within: 35 h}
"""
    (one,) = run(HEAD + ALONE + world + forces)
    assert one.must.first == 35.0
    assert run(HEAD + ALONE + world + forces.replace("35 h", "45 h"))[0].must.in_time.never  # type: ignore[union-attr]


def test_an_airlift_that_two_share_is_drawn_once() -> None:
    shared = """\
  steps: [{id: airlift, what: move, takes: {low: 0 h, high: 80 h}}]
  forces:
    - {who: A, what: guns, ready_within: 0 h, move_with: airlift}
    - {who: B, what: more guns, ready_within: 0 h, move_with: airlift}
"""
    alone = shared.replace("id: airlift, ", "").replace(", move_with: airlift", "")
    # In time in one half of the futures each; together that is one half if shared, and three quarters if not.
    assert run(HEAD + ALONE + WORLD + shared)[0].must.in_time.low == pytest.approx(0.5, abs=0.01)  # type: ignore[union-attr]
    assert run(HEAD + ALONE + WORLD + alone)[0].must.in_time.low == pytest.approx(0.75, abs=0.01)  # type: ignore[union-attr]


def test_an_hour_saved_is_worth_what_the_interval_says() -> None:
    world = WORLD + "  forces: [{who: A, what: guns, ready_within: {low: 30 h, high: 50 h}}]\n"
    one = run(HEAD + ALONE.replace("[A, B]", "[A]") + world)[0]
    link = one.must.links[0]
    assert (link.what, link.by, link.decides) == ("mobilise", "A", 1.0)
    assert link.hour == pytest.approx(1 / 20, abs=0.002)
    assert link.all == pytest.approx(1 / 2, abs=0.002)


# C26.


def verdict(text: str) -> Verdict:
    case = load_text(text, "small.yaml")
    return finding_of(case, "pact", race(case, RaceOptions(samples=1 << 10))).verdict


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + ALONE, Verdict.NOT_APPLICABLE),
        (HEAD + ALONE + "world: {}\n", Verdict.NOT_APPLICABLE),
        (HEAD + ALONE + WORLD.replace("40 h", "unknown") + FORCES, Verdict.UNDECIDED),
        (HEAD + ALONE + WORLD + FORCES, Verdict.HOLDS),
        (HEAD + ALONE + WORLD.replace("40 h", "10 h") + FORCES, Verdict.FAILS),
        (HEAD + ALONE + WORLD.replace("40 h", "{low: 10 h, high: 30 h}") + FORCES, Verdict.DEPENDS),
        (HEAD + ALONE + WORLD, Verdict.UNDECIDED),
        (HEAD + ALONE.replace("[arm]", "[consult]") + WORLD + FORCES, Verdict.FAILS),
    ],
)
def test_verdicts(text: str, expected: Verdict) -> None:
    assert verdict(text) is expected


def test_what_a_verdict_turns_on_is_told() -> None:
    objectives = WORLD.replace("within: 40 h}", "within: 40 h}, {id: soon, what: it, kind: full_invasion, within: 5 h}")
    case = load_text(HEAD + ALONE + objectives + FORCES, "small.yaml")
    finding = finding_of(case, "pact", race(case, RaceOptions(samples=1 << 10)))
    assert finding.verdict is Verdict.DEPENDS
    assert finding.decided_by == ("which objective is meant",)


def test_assess_puts_it_among_the_findings_of_each_form_with_a_reason() -> None:
    found = assess(load(CASES / "belgium-1914.yaml"), Options(explain=False))
    (finding,) = [one for one in found.report.findings if one.code == "C26"]
    assert finding.verdict is Verdict.NOT_APPLICABLE
    assert "the case has no world" in (finding.outcome.reason or "")
    assert finding.id == "help-arrives-in-time@london-1839"


# What people see.

WIDE = [*sorted((CASES / "races").glob("*.yaml")), CASES / "ukraine-2025.yaml"]


@pytest.mark.parametrize("path", WIDE, ids=lambda path: path.stem)
def test_the_screen_is_plain_and_fits(path: Path) -> None:
    case = load(path)
    found = race(case, RaceOptions(samples=1 << 8))
    for everything in (False, True):
        told = races_text(case, found, everything=everything)
        assert [line for line in told.splitlines() if len(line) > 80] == []
        assert [*not_plain(told), *codes_in(case, told)] == []
        assert not re.search(r"\b(?:likely|probabl|chance)", told)


def test_pictures_are_the_same_twice_say_what_they_show_and_use_grey_alone() -> None:
    case = load(CASES / "races" / "kuwait-1961.yaml")
    one = race(case, RaceOptions(samples=1 << 8)).races[0]
    for draw in (timeline_picture, curve_picture):
        drawn = draw(one, Speaker(case), "svg", "")
        assert drawn == draw(one, Speaker(case), "svg", "")
        assert "Kuwait is taken" in "".join(ET.fromstring(drawn).itertext())  # noqa: S314  our own drawing
        for red, green, blue in re.findall(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\b", drawn.decode()):
            parts = [int(part, 16) for part in (red, green, blue)]
            assert max(parts) - min(parts) <= 24


def told_in(text: str) -> str:
    """The timeline in words, and the lines of the screen, of the only race of a case."""
    case = load_text(text, "small.yaml")
    races = race(case, RaceOptions(samples=1 << 10, reading="text"))
    return " ".join(timeline_words(races.races[0], Speaker(case)).split() + races_text(case, races).split())


def test_guarantors_who_come_alike_share_a_row_of_the_timeline() -> None:
    alike = FORCES.replace("more guns, ready_within: 20 h, move: 30 h", "guns, ready_within: 10 h, move: 10 h")
    assert "Arden and Brant: there after 20 hours." in told_in(HEAD + ALONE + WORLD + alike)
    apart = told_in(HEAD + ALONE + WORLD + FORCES)
    assert "Arden: there after 20 hours" in apart
    assert "Brant: there after 50 hours" in apart


def test_without_a_time_to_the_objective_the_first_hour_says_against_what_it_is_late() -> None:
    late = "which can be too late against what is reached sooner"
    assert f"after 20 hours, {late}" in told_in(
        HEAD + ALONE + WORLD.replace("within: 40 h", "within: unknown") + FORCES
    )
    assert late not in told_in(HEAD + ALONE + WORLD + FORCES)


def test_names_that_nobody_knows_are_told_all_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "race",
        str(CASES / "races" / "kuwait-1961.yaml"),
        "--posture",
        "tripwir",
        "--refuses",
        "UK",
        "--reading",
        "x",
    ]
    assert cli._guarded(lambda: cli.app(words, standalone_mode=False)) == 2
    told = capsys.readouterr().err
    for word in ("`tripwir` is not a known posture", "`UK` is not a known party", "`x` is not a known reading"):
        assert word in told
