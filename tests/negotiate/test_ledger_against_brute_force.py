"""The ledger against a walk over all orders and over all ways that what is open may be; none of its code."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from itertools import permutations, product

import pytest

from foedus.negotiate.ledger import exchange
from foedus.talks.ledger import Back, Entry

LEDGERS = 1_200


def entry(who: str, to: tuple[str, ...], back: Back, *, step: int | None = None, after: tuple[int, ...] = ()) -> Entry:
    return Entry(None, who, "x", to, True, back, (), None, step, after, None, None, False, (), None)


def random_ledger(draw: random.Random) -> tuple[Entry, ...]:
    if draw.random() < 0.25:  # as much on either side, for good, and much that must come first
        givers = draw.choice(["AABB", "ABAB", "AAABBB", "AABBAB"])
        return tuple(
            entry(
                who,
                ("B" if who == "A" else "A",),
                "no",
                step=n + 1,
                after=(n - 1,) if n and draw.random() < 0.6 else (),
            )
            for n, who in enumerate(givers)
        )
    sides = ["A", "B", "C"][: draw.choice([2, 2, 3])]
    weights = draw.choice([(6, 2, 1, 1), (2, 6, 1, 1), (3, 3, 1, 2)])
    told = draw.random() < 0.7
    entries = []
    for number in range(draw.randint(2, 6)):
        who = draw.choice(sides)
        others = [side for side in sides if side != who]
        to = tuple(sorted(draw.sample(others, draw.randint(1, len(others)))))
        back: Back = draw.choices(["no", "yes", "partly", "unknown"], weights)[0]  # type: ignore[assignment]
        after = (draw.randrange(number),) if number and draw.random() < 0.25 else ()
        entries.append(entry(who, to, back, step=draw.randint(1, 4) if told else None, after=after))
    return tuple(entries)


def ways(entries: tuple[Entry, ...]) -> list[tuple[bool, ...]]:
    """Every way in which the entries may be for good: what is open, or true in part, may be so or not."""
    return list(
        product(*([True] if e.back == "no" else [False] if e.back == "yes" else [True, False] for e in entries))
    )


def ahead(entries: tuple[Entry, ...], good: tuple[bool, ...], side: str, come: tuple[int, ...]) -> int:
    return sum(good[n] for n in come if entries[n].who == side) - sum(good[n] for n in come if side in entries[n].to)


def is_even(entries: tuple[Entry, ...], good: tuple[bool, ...], stages: list[tuple[int, ...]]) -> bool:
    sides = {e.who for e in entries} | {side for e in entries for side in e.to}
    return all(
        ahead(entries, good, side, come) <= (0 if come is stages[-1] else 1) for come in stages for side in sides
    )


def orders(entries: tuple[Entry, ...]) -> list[tuple[int, ...]]:
    return [
        order
        for order in permutations(range(len(entries)))
        if all(order.index(first) < order.index(n) for n in order for first in entries[n].after)
    ]


def prefixes(order: tuple[int, ...]) -> list[tuple[int, ...]]:
    return [order[: n + 1] for n in range(len(order))]


def test_flags_and_orders_are_those_of_a_walk_over_all_orders(capsys: pytest.CaptureFixture[str]) -> None:
    draw = random.Random(21)
    seen: Counter[str] = Counter()
    lengths: Counter[int] = Counter()
    for _ in range(LEDGERS):
        entries = random_ledger(draw)
        lengths[len(entries)] += 1
        found = exchange(None, entries)
        every = ways(entries)
        for side in found.sides:
            gives = [n for n, e in enumerate(entries) if e.who == side]
            gets = [n for n, e in enumerate(entries) if side in e.to]
            in_each = [any(good[n] for n in gives) and not any(good[n] for n in gets) for good in every]
            told = next((one for one in found.exposed if one.side == side), None)
            assert (told is not None) == any(in_each)
            if told is not None:
                assert told.certain == all(in_each)
                seen["exposed" if told.certain else "perhaps exposed"] += 1
        for turn in found.turns:
            come = tuple(n for n, e in enumerate(entries) if (e.step or 0) <= (entries[turn.entries[0]].step or 0))
            for held in turn.left:
                values = [ahead(entries, good, held.side, come) for good in every]
                assert held.ahead == (min(values), max(values))
        if found.turns:
            stages = [
                tuple(n for n, e in enumerate(entries) if (e.step or 0) <= step)
                for step in sorted({e.step or 0 for e in entries})
            ]
            even = [is_even(entries, good, stages) for good in every]
            assert (found.even == "yes") == all(even)
            if found.even == "no":
                assert not any(even)
            seen[f"order told: {found.even}"] += 1
        balanced = [order for order in orders(entries) if all(is_even(entries, g, prefixes(order)) for g in every)]
        assert (found.reordered is not None) == bool(balanced)
        if found.reordered is not None:
            assert found.reordered in balanced
        seen["no even order" if not balanced else "one even order" if len(balanced) == 1 else "many even orders"] += 1
        seen[f"why not: {found.why_not}"] += found.why_not is not None
    print("ledgers of", LEDGERS, "by entries:", dict(sorted(lengths.items())), dict(sorted(seen.items())))
    for kind in ("exposed", "perhaps exposed", "order told: yes", "order told: no", "order told: open"):
        assert seen[kind] >= 20, kind
    for kind in ("no even order", "one even order", "many even orders", "why not: conditions", "why not: ends_ahead"):
        assert seen[kind] >= 10, kind


def test_something_given_for_good_against_a_promise_is_flagged_and_no_order_mends_it() -> None:
    # Budapest 1994, by hand: Ukraine gives up the weapons, and three powers promise.
    entries = (
        entry("UA", ("RU", "US", "GB"), "no"),
        *(entry(power, ("UA",), "yes") for power in ("US", "RU", "GB")),
    )
    found = exchange("1994", entries)
    assert [(one.side, one.gives, one.gets, one.certain) for one in found.exposed] == [("UA", (0,), (1, 2, 3), True)]
    assert found.even == "not_told"
    assert (found.reordered, found.why_not) == (None, "ends_ahead")


def test_two_against_two_is_uneven_if_one_side_gives_both_first_and_even_in_turns() -> None:
    # By hand: after its second thing A is two ahead; in turns nobody is ever more than one ahead.
    first = (
        entry("A", ("B",), "no", step=1),
        entry("A", ("B",), "no", step=2),
        entry("B", ("A",), "no", step=3),
        entry("B", ("A",), "no", step=4),
    )
    found = exchange(None, first)
    assert found.even == "no"
    assert found.reordered == (0, 2, 1, 3)
    assert [held.ahead for held in found.turns[1].left] == [(2, 2), (-2, -2)]


def test_what_was_kept_secret_is_left_out_of_what_the_public_saw() -> None:
    # By hand: A gives for good and gets for good, but what it gets is kept secret; in public it stands exposed.
    secret = replace(entry("B", ("A",), "no"), secret=True)
    found = exchange(None, (entry("A", ("B",), "no"), entry("B", ("A",), "yes"), secret))
    assert found.exposed == ()
    assert [(one.side, one.gives, one.gets, one.certain) for one in found.in_public or ()] == [("A", (0,), (1,), True)]
    assert exchange(None, (entry("A", ("B",), "no"),)).in_public is None
