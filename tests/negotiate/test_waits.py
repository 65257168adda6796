"""Who waits for whom, read from a case and from a text: what the file says, and nothing more."""

from __future__ import annotations

from pathlib import Path

from foedus.case.load import load
from foedus.negotiate.sequencing import all_waits
from foedus.talks.waits import Kind, Sequencing, Waits

CASES = Path(__file__).resolve().parents[2] / "cases"
CASE = """
foedus: 1
case: example
as_of: 2026-11-24
parties: {V: {name: Vale}, A: {name: Arden}, X: {name: Xanth}}
cast: {beneficiary: V, attackers: [X]}
preconditions:
  - {id: talks, what: the talks begin, after: [xanth-comes, vale-comes]}
  - {id: xanth-comes, who: X, will: come, when: agenda}
  - {id: vale-comes, who: V, will: come}
  - {id: agenda, what: the agenda is ready, by: unknown}
  - {id: force, what: the force stands, by: friends of Vale}
  - {id: leave, who: X, will: leave, when: the parliament has voted, state: refused}
  - {id: sign, who: A, will: sign, after: [{one_of: [force, leave]}]}
orders:
  force-first: {held_by: Arden, says: the force comes first, adds: {vale-comes: [force]}}
  talks-first: {held_by: Xanth, says: the talks come first, adds: {force: [talks]}, drops: {sign: [leave]}}
instruments: [{use: minsk-2015}]
"""


def waits_of_case(tmp_path: Path) -> Waits:
    file = tmp_path / "case.yaml"
    file.write_text(CASE)
    return all_waits(load(file))[0]


def names(waits: Waits, steps: tuple[int, ...]) -> list[str]:
    return [waits.acts[step].id for step in steps]


def rounds(waits: Waits, one: Sequencing) -> dict[str, tuple[int | None, int | None]]:
    return {act.id: pair for act, *pair in zip(waits.acts, one.rounds, one.sure, strict=True)}  # type: ignore[misc]


def test_a_step_that_nobody_is_named_for_may_come_and_is_not_sure_to(tmp_path: Path) -> None:
    waits = waits_of_case(tmp_path)
    found = {id: tuple(pair) for id, pair in rounds(waits, waits.readings[0]).items()}
    assert found == {
        "talks": (2, None),  # rests on the agenda
        "xanth-comes": (1, None),
        "vale-comes": (0, 0),
        "agenda": (0, None),
        "force": (0, 0),  # somebody outside the file is named
        "leave": (None, None),  # refused
        "sign": (1, 1),  # one of the two is enough
        "the parliament has voted": (0, None),  # told in words: by whom is not said
    }
    rests = waits.readings[0].rests_on
    assert [names(waits, rests[n]) for n in range(3)] == [["agenda"], ["agenda"], []]


def test_each_order_alone_opens_and_both_at_once_are_a_knot(tmp_path: Path) -> None:
    waits = waits_of_case(tmp_path)
    assert [one.reading.id for one in waits.readings] == ["text", "force-first", "talks-first", "all-at-once"]
    assert [one.knots for one in waits.readings[:3]] == [(), (), ()]
    (knot,) = waits.readings[3].knots
    assert names(waits, knot) == ["talks", "vale-comes", "force"]
    (unlock,) = waits.readings[3].unlocks
    # By hand: Vale comes first, or the force stands first; the talks are nobody's own step. A condition goes where
    # Vale comes without the force, or the force does not wait for the talks.
    assert {names(waits, (move.step,))[0] for (move,) in unlock.acts.sets} == {"vale-comes", "force"}
    assert {names(waits, (move.step,))[0] for (move,) in unlock.waivers.sets} == {"vale-comes", "force"}
    assert all(move.kind is Kind.STAND_IN for (move,) in unlock.stand_ins.sets)


def test_what_an_order_leaves_out_need_not_come_first(tmp_path: Path) -> None:
    waits = waits_of_case(tmp_path)
    sign = [act.id for act in waits.acts].index("sign")
    assert waits.readings[2].needs[sign] == ()
    assert waits.readings[3].needs[sign] != ()  # at once, nobody's condition is left out


def test_minsk_can_be_done_by_its_text_and_not_in_the_order_of_one_side() -> None:
    # Expected from docs/theory and the file's own `expect`: elections (12) after the whole border (9), the whole border
    # after its start (9), its start after the elections.
    (waits,) = all_waits(load("minsk-2015"))
    found = {one.reading.id: [names(waits, knot) for knot in one.knots] for one in waits.readings}
    assert found == {
        "text": [],
        "kyiv-security-first": [["border-start", "border-complete", "elections"]],
        "moscow-politics-first": [],
        "talks-at-the-start-of-withdrawal": [],
    }


def test_february_2026_is_knotted_if_both_orders_are_held_to() -> None:
    # Kyiv: the guarantee is signed before the other documents. Washington in November: after a peace deal is signed.
    waits = all_waits(load(CASES / "ukraine-2026.yaml"))[0]
    text, peace_first = waits.readings
    assert text.knots == ()
    assert [sorted(names(waits, knot)) for knot in peace_first.knots] == [
        ["guarantees-before-the-rest", "guarantees-signed"]
    ]


def test_where_nothing_waits_nothing_is_told() -> None:
    assert all_waits(load("nato-1949")) == ()
