"""What was known of the modern forms before they were encoded: who can stop them, and when they sleep."""

from dataclasses import replace
from functools import cache
from math import comb

import pytest

from foedus.case.load import load
from foedus.case.resolve import completions, resolve
from foedus.check.asked import Asked
from foedus.check.view import View
from foedus.law.records import Stoppers

PERMANENT = frozenset({"CN", "FR", "GB", "RU", "US"})


@cache
def views(instrument: str, reading: str | None) -> tuple[View, ...]:
    case = load(instrument)
    staged = case.instruments[0]
    forms = dict.fromkeys(resolve(staged, reading, completion) for completion in completions(staged, reading).tried)
    return tuple(View(case, staged, form) for form in forms)


def who_stops(instrument: str, reading: str | None, level: int) -> Stoppers:
    (view,) = views(instrument, reading)
    return view.stoppers(view.base, level, practical=False)


def test_only_the_three_europeans_stop_the_return_of_sanctions() -> None:
    # Known answer of Resolution 2231: {DE, FR, GB}. Besides, a whole majority without any veto: nine of the Council
    # with all five permanent members among them, so any four of the ten elected: comb(10, 4) = 210.
    found = who_stops("snapback-2231", "three-europeans", 2)
    assert found.number == 3
    assert found.sets(1) == (frozenset({"DE", "FR", "GB"}),)
    assert found.number_of_sets == 1 + comb(10, 4) == 211
    assert all(chosen > PERMANENT and len(chosen) == 9 for chosen in found.sets()[1:])


@pytest.mark.parametrize(
    ("reading", "notifiers"),
    [
        (None, PERMANENT | {"DE"}),  # every state that the resolution names as a participant
        ("us-no-participant", (PERMANENT | {"DE"}) - {"US"}),  # thirteen of fifteen members in 2020
    ],
)
def test_who_may_notify_is_who_can_keep_silent(reading: str | None, notifiers: frozenset[str]) -> None:
    # No notice, no return: all who could give it must stay silent. The way through the Council does not change.
    found = who_stops("snapback-2231", reading, 2)
    assert found.sets(1) == (notifiers,)
    assert found.number_of_sets == 1 + comb(10, 4)


def test_if_only_russia_and_china_may_notify_they_decide() -> None:
    # Iran, Russia and China in 2025. Whoever gets a majority without a veto through the Council includes these two, so
    # that no other smallest set is left.
    found = who_stops("snapback-2231", "europeans-lost-standing", 2)
    assert found.sets() == (frozenset({"CN", "RU"}),)
    assert found.number_of_sets == 1


def test_russia_and_china_cannot_stop_the_return() -> None:
    (view,) = views("snapback-2231", "three-europeans")
    assert view.level(view.base, Asked(refusing=frozenset({"CN", "RU"}))) == 2


def test_one_monitor_as_sole_judge_is_one_stopper() -> None:
    # Known answer of the tiered ladder. The monitor is led by the United States, which therefore is one as well.
    for view in views("tiered-ladder-2026", "one-monitor-judges"):
        found = view.stoppers(view.base, 4, practical=False)
        assert found.number == 1
        assert set(found.sets()) == {frozenset({"MONITOR"}), frozenset({"US"})}


@pytest.mark.parametrize(
    "instrument",
    ["tiered-ladder-2026", "paris-declaration-2026", "us-ukraine-2024", "germany-ukraine-2024", "plan-20-2025"],
)
def test_what_waits_for_a_ceasefire_owes_nothing_before_it(instrument: str) -> None:
    # Acceptance tests 4 and 5 of the domain notes: these forms sleep until an event that the adversary can withhold.
    for view in views(instrument, None):
        assert view.staged.model.dormant_until
        assert view.level(view.base) > 0
        assert view.level(replace(view.base, phase="dormant")) == 0


@pytest.mark.parametrize(
    ("lasting", "level"),
    [(0, 1), (23, 1), (24, 4), (72, 4)],  # the report: a warning first, the coalition's force if the fighting goes on
)
def test_the_ladder_rises_with_time(lasting: int, level: int) -> None:
    for view in views("tiered-ladder-2026", "facts-judge"):
        assert view.level(replace(view.base, lasting=lasting)) == level


def test_the_united_states_steps_in_on_the_third_rung_only() -> None:
    for view in views("tiered-ladder-2026", "facts-judge"):
        assert "US" not in view.providers(replace(view.base, lasting=71), 4)
        assert "US" in view.providers(replace(view.base, lasting=72), 4)


def test_the_clocks_that_press_reports_call_the_same_bind_to_different_things() -> None:
    # Domain notes, test pairs: 24 h to meet (2024), 24 h to meet and 72 h to decide (2022), 72 h to respond (2026).
    clocks = [
        ("germany-ukraine-2024", "consult", "meet", 24),
        ("kyiv-security-compact-2022", "meet", "meet", 24),
        ("kyiv-security-compact-2022", "measures", "decide", 72),
        ("tiered-ladder-2026", "joint-response", "act", 72),
    ]
    for instrument, clause, to, within in clocks:
        found = next(item for item in load(instrument).instruments[0].model.clauses if item.id == clause)
        assert (found.deadline.to, int(found.deadline.within), found.default) == (to, within, None), instrument
