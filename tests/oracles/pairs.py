"""Pairs of random forms, and which of two is the stronger, worked out from docs/theory/comparing.md alone.

The plain way: every incident of a grid, every set of refusing parties, and the level that the brute force says is left.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product
from types import MappingProxyType
from typing import Any

import brute_force
from random_forms import random_form

from foedus.case.form import Form
from foedus.case.ladders import ACT_LEVEL, OTHER
from foedus.case.load import load
from foedus.case.schema.base import Party
from foedus.case.stage import LoadedCase
from foedus.check.profiles import Book, Profile, classes
from foedus.check.view import View
from foedus.law.incident import Incident, IncidentSpace
from foedus.law.relation import Order

MOST = 150
EVERYBODY = tuple("ABCDE")
SOME = load("uk-poland-1939")
"""Lends a random form what a view needs beside it, and no view of a form reads here."""
CASE = LoadedCase(
    id="random", title="random", as_of=None, file="random", model=None,
    parties=MappingProxyType({id: Party(name=id, nuclear=id == "D") for id in EVERYBODY}),
    zones=MappingProxyType({}), beneficiaries=("B", "C"), attackers=("D", "E", OTHER), main_zone=None,
    required=MappingProxyType({}), required_count=1, required_of=None, instruments=(), expect=(), mentions=(),
)  # fmt: skip


def space_of(*forms: Form) -> IncidentSpace:
    """A small grid: three attackers, two victims, and most facts that random triggers read."""
    clauses = [clause for form in forms for clause in form.clauses]
    hours = {clause.default.after_hours for clause in clauses if clause.default}
    lasting = {clause.trigger.lasting_hours for clause in clauses}
    return IncidentSpace(
        attackers=("D", "E", OTHER),
        victims=("B", "C"),
        kinds=("full_invasion", "hybrid", "raid"),
        zones=("main", "far"),
        objects=("territory",),
        provoked=(False,),
        lasting=tuple(sorted({0, *lasting}, reverse=True)),
        hours=tuple(sorted({0, *hours}, reverse=True)),
    )


def pair_of(seed: int) -> tuple[Form, Form]:
    """Two random forms with the same control; every other time the second is the first with a thing or two changed."""
    rng = random.Random(seed)
    one, _ = random_form(rng, most=MOST)
    other, _ = random_form(rng, most=MOST)
    if rng.random() < 0.5:
        other = varied(one, rng)
    return one, replace(other, control=one.control)


def varied(form: Form, rng: random.Random) -> Form:
    """The form with something changed in a clause: the least acts of a bearer, the kinds, or whose consent it needs."""
    number = rng.randrange(len(form.clauses))
    clause = form.clauses[number]
    what = rng.random()
    if what < 0.4:
        clause = replace(clause, consents=tuple(dict.fromkeys((*clause.consents, rng.choice(form.parties)))))
    elif what < 0.8:
        acts = frozenset(rng.sample(sorted(ACT_LEVEL), 1))
        bearer = rng.randrange(len(clause.bearers))
        owed = replace(clause.response[bearer], least=acts, most=clause.response[bearer].most | acts)
        clause = replace(clause, response=(*clause.response[:bearer], owed, *clause.response[bearer + 1 :]))
    else:
        kinds = frozenset(rng.sample(("hybrid", "raid", "full_invasion"), 2))
        clause = replace(clause, trigger=replace(clause.trigger, kinds=kinds))
    return replace(form, clauses=(*form.clauses[:number], clause, *form.clauses[number + 1 :]))


# ------------------------------------------------------------------------------------------------- the plain way


def left(form: Form, incident: Incident) -> dict[frozenset[str], int]:
    """The level that is left for every set of refusing parties."""
    facts = brute_force.Incident(**{name: getattr(incident, name) for name in Incident.__dataclass_fields__})
    refusing = [frozenset(some) for size in range(len(EVERYBODY) + 1) for some in combinations(EVERYBODY, size)]
    found: dict[frozenset[str], int] = dict.fromkeys(refusing, 0)
    for level in range(1, 6):
        sets = brute_force.stopping_sets(form, facts, brute_force.Query(level), practical=False)
        for some in refusing:
            if not any(one <= some for one in sets):
                found[some] = level
    return found


def order(one: dict[Any, int], other: dict[Any, int]) -> Order:
    """The product order of two tables of levels."""
    no_less = all(one[key] >= other[key] for key in one)
    no_more = all(one[key] <= other[key] for key in one)
    if no_less:
        return Order.EQUAL if no_more else Order.STRONGER
    return Order.WEAKER if no_more else Order.INCOMPARABLE


def grid(space: IncidentSpace) -> Iterator[Incident]:
    for values in product(*space.values()):
        facts: tuple[Any, ...] = values
        if facts[0] != facts[1]:
            yield Incident(*facts)


# ------------------------------------------------------------------------------------------------- the program


def profiles_of(*forms: Form) -> tuple[Book, list[Profile], tuple[Incident, ...]]:
    """The profiles of some forms in one book, and an incident of each class that they tell apart."""
    book = Book()
    found = [Profile(View(CASE, SOME.instruments[0], form), book) for form in forms]
    return book, found, classes(CASE, space_of(*forms), found)


def orders_of(*forms: Form) -> dict[tuple[int, int], Order]:
    """How every two forms stand, over all classes of incident."""
    book, found, incidents = profiles_of(*forms)
    told = {}
    for (i, one), (j, other) in product(enumerate(found), repeat=2):
        orders = {book.compared(one.at(incident), other.at(incident)).order for incident in incidents}
        told[i, j] = together(orders)
    return told


def together(orders: set[Order]) -> Order:
    """The order over all incidents, from the orders in each."""
    if Order.UNDECIDED in orders:
        return Order.UNDECIDED
    found = orders - {Order.EQUAL}
    if not found:
        return Order.EQUAL
    return found.pop() if len(found) == 1 else Order.INCOMPARABLE
