"""Where the plain search gives up Z3 answers, and where both answer they agree.

The weights are drawn, the numbers expected are not: they follow from sorting, by the argument given at each test.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest

from foedus.case.form import Body, Clause, Form, Judge, Owed, Question
from foedus.errors import InternalError
from foedus.law import appeal, smt
from foedus.law.expression import Expression
from foedus.law.incident import Incident
from foedus.law.meaning import Meaning, Query
from foedus.law.records import Undecided
from foedus.law.smt import stopping
from foedus.law.smt.replay import replay_plays
from foedus.law.stoppers import stoppers
from foedus.law.stops import LAWFUL, Stance, game_of, stopped, stops

ARM = Owed(frozenset({"arm"}), frozenset({"arm"}))
FORTY = tuple(f"M{n:02}" for n in range(40))
FIRST_REFUSERS = Stance(refusers_last=False)


def weights(seed: int, count: int = 40) -> tuple[int, ...]:
    return tuple(random.Random(seed).sample(range(100, 1000), count))


def asked(clauses: Sequence[Clause], *bodies: Body) -> tuple[Meaning, Expression]:
    members = dict.fromkeys(member for body in bodies for member in body.members)
    meaning = Meaning(Form("f", (*members, "P", "Q", "V"), tuple(clauses), bodies))
    return meaning, meaning.at(meaning.help_expression(Query(3)), Incident("OTHER", "V"))


def duty(name: str, bearer: str, **more: Any) -> Clause:
    return Clause(name, "obligation", (bearer,), frozenset("V"), (ARM,), **more)


def heaviest(values: Sequence[int], enough: float) -> int:
    """How many of the heaviest weigh enough together."""
    total = count = 0
    for value in sorted(values, reverse=True):
        if total >= enough:
            break
        total, count = total + value, count + 1
    return count


def test_the_number_for_40_unequal_members_who_may_stay_away():
    """Majority of the votes cast, quorum 20 of 40. A no takes a vote from the yes side and adds it to the other.

    So k members stop by voting no if they weigh half of all, and fewest of the heaviest do; by staying away they need
    21, that the quorum fails.
    """
    values = weights(1)
    body = Body("council", FORTY, "majority", "cast", weights=values, quorum=20)
    meaning, expression = asked([duty("help", "P", decision=Question("council", "help"))], body)
    found = stoppers(meaning, expression, "V", LAWFUL)
    assert found.undecided is None
    assert found.number == min(heaviest(values, sum(values) / 2), 21)
    chosen = next(found.kinds[0].sets())
    assert len(chosen) == found.number
    assert stopped(game_of(meaning, expression, LAWFUL), chosen) is True


def test_two_bodies_of_unequal_members_must_both_be_stopped():
    """Two duties, each by its own body of the same 40: help is there while one of them decides.

    No set is smaller than what the harder body alone needs, and what stops both by taking the heaviest in turn is not
    smaller than the best. Between these the number must lie, and the set found must stop.
    """
    one, other = weights(2), weights(3)
    bodies = Body("one", FORTY, "majority", weights=one), Body("other", FORTY, "majority", weights=other)
    clauses = [duty(name, "P", decision=Question(name, "help")) for name in ("one", "other")]
    meaning, expression = asked(clauses, *bodies)
    found = stoppers(meaning, expression, "V", LAWFUL)
    assert found.undecided is None
    needs = [heaviest(values, sum(values) / 2) for values in (one, other)]
    assert found.number is not None
    assert max(needs) <= found.number <= sum(needs)
    chosen = next(found.kinds[0].sets())
    for values in (one, other):
        assert 2 * sum(w for name, w in zip(FORTY, values, strict=True) if name in chosen) >= sum(values)


def agreeing(count: int) -> tuple[Meaning, Expression, tuple[str, ...], tuple[str, ...]]:
    """Help comes where two bodies of unequal members decide alike: every vote works both ways."""
    one, two = (tuple(f"{letter}{n:02}" for n in range(count)) for letter in "AB")
    bodies = (
        Body("one", one, "majority", "members", weights=weights(4, count)),
        Body("two", two, "majority", "members", weights=weights(5, count)),
    )
    first, second = Question("one", "help"), Question("two", "judge:attack")
    clauses = [
        duty("both", "P", decision=first, judges=(Judge("attack", "two", is_body=True),)),
        duty("neither", "Q", unless=(first, second)),
    ]
    return (*asked(clauses, *bodies), one, two)


def test_a_contest_too_large_for_the_plain_search():
    """Who holds more than half of one body decides it: choosing last, otherwise than the other body does.

    Choosing first they are met by the other body, in which the willing hold more than half and decide the same.
    """
    meaning, expression, one, two = agreeing(20)
    values = dict(zip((*one, *two), (*weights(4, 20), *weights(5, 20)), strict=True))
    refusing = frozenset((*one[:12], *two[:8]))
    for body, more in ((one, True), (two, False)):
        total = sum(values[name] for name in body)
        assert (2 * sum(values[name] for name in body if name in refusing) > total) is more
    assert isinstance(stopped(game_of(meaning, expression, LAWFUL), refusing), Undecided)
    assert stops(meaning, expression, refusing, LAWFUL) is True
    assert stops(meaning, expression, refusing, FIRST_REFUSERS) is False
    assert stops(meaning, expression, frozenset((*one, *two)), FIRST_REFUSERS) is True


@pytest.mark.parametrize("stance", [LAWFUL, FIRST_REFUSERS])
def test_where_the_plain_search_ends_both_say_the_same(stance):
    meaning, expression, one, two = agreeing(5)
    rng = random.Random(6)
    said = set()
    for _ in range(40):
        refusing = frozenset(name for name in (*one, *two) if rng.random() < 0.4)
        plain = stopped(game_of(meaning, expression, stance), refusing)
        assert stopping.is_stopped(meaning, expression, refusing, stance) is plain, sorted(refusing)
        said.add(plain)
    assert said == {True, False}


@pytest.mark.parametrize("seed", range(12))
def test_the_least_number_is_that_of_the_plain_search(seed):
    rng = random.Random(seed)
    names = tuple("ABCDEFG")
    bodies = [
        Body(
            name, names, rng.choice(["majority", "unanimity", "share"]), rng.choice(["entitled", "present", "cast"]),
            weights=tuple(rng.randint(0, 5) for _ in names), quorum=rng.randint(0, 5), share=(2, 3),
            veto=names[: rng.randint(0, 1)], abstention_blocks=rng.random() < 0.3,
        )
        for name in ("one", "other")
    ]  # fmt: skip
    clauses = [
        duty(body.id, bearer, decision=Question(body.id, "help")) for body, bearer in zip(bodies, "PQ", strict=True)
    ]
    meaning, expression = asked(clauses, *bodies)
    least = stopping.least_set(meaning, expression, "V", LAWFUL)
    assert not isinstance(least, Undecided)
    assert (None if least is None else len(least)) == stoppers(meaning, expression, "V", LAWFUL).number


def test_time_that_is_up_leaves_the_reason(monkeypatch):
    monkeypatch.setattr(appeal, "LIMIT_MS", 0)
    body = Body("council", FORTY, "majority", "cast", weights=weights(1), quorum=20)
    meaning, expression = asked([duty("help", "P", decision=Question("council", "help"))], body)
    found = stoppers(meaning, expression, "V", LAWFUL)
    assert (found.number, found.more) == (None, True)
    assert found.undecided is not None
    assert "to try" in found.undecided
    assert "gave no answer" in found.undecided


def test_after_some_misses_no_more_is_asked(monkeypatch):
    monkeypatch.setattr(appeal, "LIMIT_MS", 0)
    meaning, expression, one, _ = agreeing(5)
    reason = Undecided("too many")
    said = [appeal.is_stopped(meaning, expression, frozenset(one[:n]), LAWFUL, reason) for n in range(5)]
    assert [answer == reason for answer in said] == [False] * appeal.MOST_MISSED + [True] * (5 - appeal.MOST_MISSED)


def test_without_z3_the_plain_answer_stands(monkeypatch):
    monkeypatch.delattr(smt, "stopping")
    monkeypatch.setitem(sys.modules, "foedus.law.smt.stopping", None)
    meaning, expression, one, _ = agreeing(5)
    reason = Undecided("too many")
    assert appeal.is_stopped(meaning, expression, frozenset(one), LAWFUL, reason) == reason


def test_a_play_that_ends_otherwise_is_a_bug():
    meaning, expression, one, _ = agreeing(2)
    decide = dict.fromkeys(meaning.choices, "yes")
    assert replay_plays(expression, [decide], stop=False) is False
    with pytest.raises(InternalError) as raised:
        replay_plays(expression, [decide], stop=True)
    assert raised.value.exit_code == 3
    split = decide | {key: "no" for key in meaning.choices if key[-1] in one}
    assert replay_plays(expression, [split], stop=True) is True
    with pytest.raises(InternalError):
        replay_plays(expression, [split], stop=False)


def test_a_wrong_set_from_z3_is_a_bug(monkeypatch):
    """One member of 40 stops nothing: were Z3 to say so, it would be told as our mistake and not to the reader."""
    monkeypatch.setattr(stopping, "least_against_fixed", lambda *_: frozenset(FORTY[:1]))
    body = Body("council", FORTY, "majority", "cast", weights=weights(1), quorum=20)
    meaning, expression = asked([duty("help", "P", decision=Question("council", "help"))], body)
    with pytest.raises(InternalError):
        stoppers(meaning, expression, "V", LAWFUL)


def test_a_common_check_loads_no_z3():
    code = (
        "import sys, foedus; foedus.check('istanbul-2022-draft'); foedus.check('budapest-1994');"
        " sys.exit('z3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
