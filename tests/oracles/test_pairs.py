"""Stronger, weaker, equal or incomparable: the program against the plain way, incident by incident and over all."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from foedus.law.relation import Order

sys.path.insert(0, str(Path(__file__).parent))  # tests are not a package

from pairs import grid, left, order, pair_of, profiles_of, space_of, together

SEEDS = range(30)


@pytest.fixture(scope="module")
def told():
    """For each pair what the plain way and the program say of each incident of the grid, and the program over all."""
    found = []
    for seed in SEEDS:
        one, other = pair_of(seed)
        book, (first, second), incidents = profiles_of(one, other)
        places = []
        for incident in grid(space_of(one, other)):
            compared = book.compared(first.at(incident), second.at(incident))
            places.append((incident, left(one, incident), left(other, incident), compared))
        over_classes = together({book.compared(first.at(i), second.at(i)).order for i in incidents})
        found.append((seed, places, over_classes))
    return found


@pytest.mark.slow
def test_in_every_incident_the_program_says_what_the_plain_way_says(told):
    wrong = [
        (seed, incident, order(ones, others), compared.order)
        for seed, places, _ in told
        for incident, ones, others, compared in places
        if order(ones, others) is not compared.order
    ]
    assert not wrong


@pytest.mark.slow
def test_over_classes_of_incidents_it_says_what_the_plain_way_says_over_the_whole_grid(told):
    for seed, places, over in told:
        assert together({order(ones, others) for _, ones, others, _ in places}) is over, seed


@pytest.mark.slow
def test_the_refusal_that_is_named_leaves_less_and_no_smaller_one_does(told):
    for seed, places, _ in told:
        for incident, ones, others, compared in places:
            for short, less, more in ((compared.first_less, ones, others), (compared.second_less, others, ones)):
                named = {refusing for refusing in less if less[refusing] < more[refusing]}
                assert (short is None) == (not named), (seed, incident)
                if short is not None:
                    assert short.refusing in named
                    assert less[short.refusing] < short.level <= more[short.refusing]
                    assert len(short.refusing) == min(map(len, named))


@pytest.mark.slow
def test_every_order_occurs_and_not_only_by_what_is_owed_in_good_faith(told):
    pairs = Counter(over for *_, over in told)
    placed = [(ones, others) for _, places, _ in told for _, ones, others, _ in places]
    incidents = Counter(order(*tables) for tables in placed)
    alike = [tables for tables in placed if tables[0][frozenset()] == tables[1][frozenset()]]
    by_refusal = sum(order(*tables) is not Order.EQUAL for tables in alike)
    print(dict(pairs), dict(incidents), by_refusal)
    for one in (Order.STRONGER, Order.WEAKER, Order.EQUAL, Order.INCOMPARABLE):
        assert pairs[one] >= 2
        assert incidents[one] >= 10
    assert by_refusal >= 20
