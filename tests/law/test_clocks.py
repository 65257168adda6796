"""The time from an attack to the help, held against a plain sum written from docs/theory/meaning.md, section 10."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.case.form import (
    Body,
    Clause,
    Deadline,
    Default,
    Domestic,
    Form,
    Judge,
    Owed,
    Question,
    Request,
    Trigger,
)  # fmt: skip
from foedus.law.clocks import path, way

NEVER = float("inf")
EXAMPLES = settings(max_examples=300, deadline=None, derandomize=True, database=None)


def drawn(seed: int) -> tuple[Form, Clause]:
    """A chain of up to three clauses, each with any of the steps that the language knows."""
    rng = random.Random(seed)
    clauses: list[Clause] = []
    for number in range(rng.randint(1, 3)):
        decision = Question("council", f"m{number}") if rng.random() < 0.4 else None
        deadline = Deadline(
            rng.choice(("meet", "decide", "act", "unknown")), rng.choice((None, 0, 12, 72)),
            rng.choice(("trigger", "request", "decision", "unknown")), rng.random() < 0.2, rng.random() < 0.9,
        )  # fmt: skip
        least = frozenset({rng.choice(("consult", "arm"))})
        clauses.append(
            Clause(
                f"c{number}",
                "obligation",
                ("A", "B"),
                frozenset({"V"}),
                (Owed(least, least),) * 2,
                judges=(Judge("attack", rng.choice(("objective", "bearer", "victim", "X"))),),
                request=rng.choice((None, Request(("victim",)), Request(("A",)), Request(("A", "victim"), all=True))),
                decision=decision,
                default=Default(24, 1) if decision and rng.random() < 0.5 else None,
                after=(clauses[-1].id,) if clauses and rng.random() < 0.7 else (),
                consents=("X",) if rng.random() < 0.2 else (),
                domestic=Domestic(("A",), rng.random() < 0.5) if rng.random() < 0.3 else None,
                deadline=deadline if rng.random() < 0.8 else None,
            )
        )
    return Form("f", ("A", "B", "V", "X"), tuple(clauses), (Body("council", ("A", "B"), "majority"),)), clauses[-1]


def plain_hours(form: Form, clause: Clause, bearer: str) -> float:
    """The rule of the page, read aloud: bounded as a whole, or the sum of the steps, those before among them."""
    clock = clause.deadline
    talk = "consult" in clause.response[0].least
    binds_act = clock is not None and clock.known and (clock.to == "act" or (clock.to == "meet" and talk))
    hard = clock.within_hours if clock is not None and not clock.soft and clock.within_hours is not None else NEVER
    if binds_act and hard < NEVER and clock is not None and clock.start in ("trigger", "request"):
        return hard
    by_id = {c.id: c for c in form.clauses}
    total = sum(plain_hours(form, by_id[id], "A") for id in clause.after)
    return total + plain_hours_of_own(clause, bearer, hard if binds_act else NEVER, hard)


def plain_hours_of_own(clause: Clause, bearer: str, act: float, hard: float) -> float:
    clock = clause.deadline
    deciding = hard if clock is not None and clock.known and clock.to == "decide" else NEVER
    total = act
    if clause.request is not None:
        asked = clause.request.by if clause.request.all else clause.request.by[:1]
        total += sum(0 if who == "victim" else NEVER for who in asked)
    total += sum(deciding for judge in clause.judges if judge.by not in ("objective", "victim"))
    if clause.decision is not None:
        total += clause.default.after_hours if clause.default is not None else deciding
    total += NEVER if clause.consents else 0
    condition = clause.domestic is not None and clause.domestic.is_condition and bearer in clause.domestic.parties
    return total + (NEVER if condition else 0)


@EXAMPLES
@given(st.integers(0, 1_000_000))
def test_the_hours_of_a_path_are_the_plain_sum(seed: int) -> None:
    form, clause = drawn(seed)
    for bearer in ("A", "B"):
        found = path(form, clause, bearer)
        assert (NEVER if found.hours is None else found.hours) == plain_hours(form, clause, bearer), (form, found)


def test_both_kinds_of_answer_occur() -> None:
    hours = [path(*drawn(seed), "B").hours for seed in range(3_000)]
    assert 200 < sum(value is not None for value in hours) < 2_800
    assert any(value not in (None, 0, 12, 72) for value in hours)


def test_a_clause_that_waits_for_itself_ends_in_a_circle_and_not_in_a_loop() -> None:
    owed = (Owed(frozenset({"arm"}), frozenset({"arm"})),)
    first = Clause("a", "obligation", ("A",), frozenset({"V"}), owed, after=("b",))
    second = Clause("b", "obligation", ("A",), frozenset({"V"}), owed, after=("a",))
    found = path(Form("f", ("A", "V"), (first, second)), first, "A")
    assert found.hours is None
    assert [step.what for step in found.steps] == ["circle", "act", "act"]


def test_an_attack_that_must_have_lasted_is_waited_for() -> None:
    """Sections 10 of the page: added to the steps; beside a clock that bounds the whole way the later of the two."""
    seen = set()
    for seed in range(2_000):
        form, clause = drawn(seed)
        waiting = replace(clause, trigger=Trigger(lasting_hours=48))
        form = replace(form, clauses=(*form.clauses[:-1], waiting))
        clock, without = clause.deadline, plain_hours(form, waiting, "B")
        talk = "consult" in clause.response[0].least
        binds_act = clock is not None and clock.known and (clock.to == "act" or (clock.to == "meet" and talk))
        runs = clock is not None and clock.start in ("trigger", "request") and clock.within_hours is not None
        is_whole = binds_act and runs and clock is not None and not clock.soft
        expected = max(without, 48) if is_whole else without + 48
        found = way(form, waiting, "B")
        assert (NEVER if found.hours is None else found.hours) == expected, (form, found)
        assert found.steps[0].hours == 48
        seen.add((is_whole, expected < NEVER))
    assert {(True, True), (False, True), (False, False)} <= seen
