"""Laws of comparing (docs/theory/comparing.md): an order up to equality, blind to names, in the right direction."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pairs import EVERYBODY, MOST, orders_of, pair_of, varied
from random_forms import random_form
from renaming import mapped

from foedus.case.form import Body, Form
from foedus.case.ladders import ACT_LEVEL, level_of
from foedus.case.load import load
from foedus.check.compare import stage_for
from foedus.check.relate import relations
from foedus.check.views import Views
from foedus.law.order import Promised, left, shortfall, stops_with
from foedus.law.records import StopGroup, StopKind, Stoppers, Undecided
from foedus.law.relation import Order, Relation

CASE = Path(__file__).resolve().parents[2] / "cases" / "ukraine-2025.yaml"
EXAMPLES = settings(max_examples=25, deadline=None, derandomize=True, database=None)
SEEDS = st.integers(0, 1_000_000)
NO_LESS = (Order.STRONGER, Order.EQUAL)
TURNED = {Order.STRONGER: Order.WEAKER, Order.WEAKER: Order.STRONGER}


# --- random forms ----------------------------------------------------------------------------------------------------


@EXAMPLES
@given(SEEDS)
def test_an_order_up_to_equality(seed: int) -> None:
    rng = random.Random(seed)
    one, other = pair_of(seed)
    forms = (one, other, varied(one, rng), varied(varied(one, rng), rng))
    told = orders_of(*forms)
    for i, j, k in product(range(len(forms)), repeat=3):
        assert told[i, i] is Order.EQUAL
        assert told[j, i] is TURNED.get(told[i, j], told[i, j])
        if told[i, j] in NO_LESS and told[j, k] in NO_LESS:
            assert told[i, k] in NO_LESS
            if Order.STRONGER in (told[i, j], told[j, k]):
                assert told[i, k] is Order.STRONGER


@EXAMPLES
@given(SEEDS)
def test_names_of_parties_change_nothing(seed: int) -> None:
    one, other = pair_of(seed)
    # D and E attack in the grid, B and C are victims: each two may change names. D alone has nuclear weapons, which no
    # kind of incident of the grid asks about.
    names = dict(zip("DEBC", "EDCB", strict=True))
    assert orders_of(mapped(one, names), mapped(other, names)) == orders_of(one, other)


@EXAMPLES
@given(SEEDS)
def test_a_higher_least_is_never_weaker(seed: int) -> None:
    form, higher = with_a_higher_least(seed)
    assert orders_of(higher, form)[0, 1] in NO_LESS


@EXAMPLES
@given(SEEDS)
def test_one_veto_more_is_never_stronger(seed: int) -> None:
    """Where votes only serve the help: a body whose decision ends a duty is another thing."""
    form, held = with_one_veto_more(seed)
    assert orders_of(form, held)[0, 1] in NO_LESS


def test_a_higher_least_and_a_veto_do_make_a_difference() -> None:
    """No empty law: for some forms they do what they are never to undo."""
    assert any(orders_of(*reversed(with_a_higher_least(seed)))[0, 1] is Order.STRONGER for seed in range(15))
    assert any(orders_of(*with_one_veto_more(seed))[0, 1] is Order.STRONGER for seed in range(30))


def with_a_higher_least(seed: int) -> tuple[Form, Form]:
    """A form, and the same with a higher act among the least of one bearer."""
    rng = random.Random(seed)
    while True:
        form, _ = random_form(rng, most=MOST)
        number = rng.choice([n for n, clause in enumerate(form.clauses) if clause.kind == "obligation"])
        clause = form.clauses[number]
        bearer = rng.randrange(len(clause.bearers))
        owed = clause.response[bearer]
        higher = [act for act in ACT_LEVEL if ACT_LEVEL[act] > level_of(owed.least)]
        if higher:
            break
    act = frozenset({rng.choice(higher)})
    raised = replace(owed, least=owed.least | act, most=owed.most | act)
    changed = replace(clause, response=(*clause.response[:bearer], raised, *clause.response[bearer + 1 :]))
    return form, replace(form, clauses=(*form.clauses[:number], changed, *form.clauses[number + 1 :]))


def with_one_veto_more(seed: int) -> tuple[Form, Form]:
    """A form, and the same with one more veto in a body whose decision a duty waits for and none ends by."""
    rng = random.Random(seed)
    while True:
        form, _ = random_form(rng, most=MOST)
        wanted = {clause.decision.body for clause in form.clauses if clause.decision}
        ending = {question.body for clause in form.clauses for question in (*clause.unless, *clause.until)}
        bodies = [body for body in form.bodies if body.id in wanted - ending and set(body.members) - set(body.veto)]
        if bodies:
            break
    body = rng.choice(bodies)
    holder = rng.choice([member for member in body.members if member not in body.veto])
    return form, with_body(form, replace(body, veto=(*body.veto, holder)))


def with_body(form: Form, body: Body) -> Form:
    return replace(form, bodies=tuple(body if one.id == body.id else one for one in form.bodies))


def test_the_laws_are_tried_on_forms_that_differ() -> None:
    """No empty law: among the random pairs every order occurs."""
    found = {orders_of(*pair_of(seed))[0, 1] for seed in range(20)}
    assert set(Order) - {Order.UNDECIDED} <= found


# --- sets of stoppers in groups --------------------------------------------------------------------------------------


def plainly(promised: Promised, refusing: frozenset[str]) -> int:
    """The level left, from all sets written out."""
    levels = [0]
    for level, found in enumerate(promised, 1):
        if not any(one <= refusing for one in found.sets()):
            levels.append(level)
    return max(levels)


def some_stoppers(rng: random.Random) -> Stoppers:
    """Random minimal sets told in groups: any so many of some, and so many of others."""
    kinds = []
    for _ in range(rng.randint(0, 3)):
        members = rng.sample(EVERYBODY, rng.randint(1, 5))
        cut = rng.randint(1, len(members))
        groups = [StopGroup(tuple(members[:cut]), rng.randint(1, cut))]
        if cut < len(members):
            groups.append(StopGroup(tuple(members[cut:]), rng.randint(1, len(members) - cut)))
        kinds.append(StopKind(tuple(groups)))
    if rng.random() < 0.15:
        kinds = [StopKind(())]
    kinds.sort(key=lambda kind: kind.size)
    return Stoppers(kinds[0].size if kinds else None, tuple(kinds))


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(SEEDS)
def test_groups_of_stoppers_are_compared_as_their_sets(seed: int) -> None:
    rng = random.Random(seed)
    one, other = (tuple(some_stoppers(rng) for _ in range(3)) for _ in range(2))
    everything = [frozenset(EVERYBODY[i] for i in range(5) if bits >> i & 1) for bits in range(32)]
    for refusing in everything:
        assert left(one, refusing) == plainly(one, refusing)
        for found in one:
            assert stops_with(found, refusing) == any(some <= refusing for some in found.sets())
    by_level = [
        refusing
        for a, b in zip(one, other, strict=True)
        for refusing in everything
        if stops_with(a, refusing) and not stops_with(b, refusing)
    ]
    short = shortfall(one, other)
    assert (short is None) == (not by_level)
    if by_level:
        assert not isinstance(short, Undecided)
        assert short is not None
        assert len(short.refusing) == min(map(len, by_level))


def test_what_is_not_fully_listed_is_undecided_and_never_guessed() -> None:
    listed = Stoppers(2, (StopKind((StopGroup(("A", "B"), 2),)),))
    more = replace(listed, more=True)
    other = Stoppers(1, (StopKind((StopGroup(("A",), 1),)),))
    assert shortfall((listed,), (other,)) is None
    assert isinstance(shortfall((more,), (other,)), Undecided)  # who else stops it might not stop the other
    assert shortfall((other,), (more,)) is not None  # A alone is fewer than the two that the smallest set needs
    assert isinstance(shortfall((Stoppers(3, (StopKind((StopGroup(("C", "D", "E"), 3),)),)),), (more,)), Undecided)
    unknown = Stoppers(None, undecided="too many")
    assert isinstance(shortfall((unknown,), (listed,)), Undecided)


def test_groups_too_many_to_try_are_undecided() -> None:
    """Any 20 of 40, each of whom the other text tells apart: 137 billion sets; some are tried and none kept."""
    many = tuple(f"P{n}" for n in range(40))
    one = Stoppers(20, (StopKind((StopGroup(many, 20),)),))
    apart = Stoppers(1, tuple(StopKind((StopGroup((name,), 1),)) for name in many))
    found = shortfall((one,), (apart,))
    assert isinstance(found, Undecided)
    assert found.reason.startswith("more than ")


# --- shipped forms ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> tuple[list[str], dict[tuple[str, str], Relation]]:
    case = load(CASE)
    found = relations(case, [Views(case, staged) for staged in case.instruments])
    return [staged.id for staged in case.instruments], {(one.first, one.second): one for one in found}


def test_all_shipped_pairs_of_a_case_are_in_an_order(shipped: Any) -> None:
    ids, found = shipped

    def no_less(a: str, b: str) -> bool:
        return found[a, b].at_least() if (a, b) in found else found[b, a].at_least(turned=True)

    assert len(found) == len(ids) * (len(ids) - 1) // 2
    lines = 0
    for a, b, c in permutations(ids, 3):
        if no_less(a, b) and no_less(b, c):
            assert no_less(a, c)
            lines += 1
    assert lines


def test_the_order_of_two_texts_is_that_of_the_two_turned(shipped: Any) -> None:
    found = shipped[1]
    case = load(CASE)
    turned = relations(case, [Views(case, staged) for staged in reversed(case.instruments)])
    for one in turned:
        other = found[one.second, one.first]
        assert {TURNED.get(order, order) for order in one.orders} == set(other.orders)
        assert sorted(one.depends_on) == sorted(other.depends_on)
    assert len(turned) == len(found)


@pytest.mark.parametrize("id", ["nato-1949", "us-proposal-2025-08", "teu-42-7", "istanbul-2022-draft", "minsk-2015"])
def test_a_text_is_equal_to_itself_though_much_of_it_is_unknown(id: str) -> None:
    case = stage_for((id, id), None).case
    (one,) = relations(case, [Views(case, staged) for staged in case.instruments], readings=True)
    assert one.orders == (Order.EQUAL,)
    assert not one.separations
    assert not one.readings
    assert {order for kind in one.kinds for order in kind.orders} == {Order.EQUAL}
