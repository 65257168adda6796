"""Every kind of expression says the same to Z3 as to the plain interpreter."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.law.choices import MEANS, VOTES, YES_NO, Choice
from foedus.law.expression import (
    FALSE,
    TRUE,
    And,
    AtLeast,
    Expression,
    FactAtLeast,
    FactIn,
    Not,
    Or,
    Pick,
    Tally,
    Term,
    at_least,
    conjunction,
    disjunction,
    fact_in,
    negation,
    pick,
    tally,
)
from foedus.law.incident import FIELDS, Incident, IncidentSpace
from foedus.law.interpret import choices_read, evaluate, walk
from foedus.law.records import Undecided
from foedus.law.smt.decode import Found
from foedus.law.smt.encode import World, new_context
from foedus.law.smt.solver import (
    Deadline,
    Sat,
    Solver,
    TimedOut,
    Unsat,
    counterexample,
    difference,
    entails,
    equivalent,
    find_incident,
    is_empty,
)

SPACE = IncidentSpace(
    attackers=("A", "B", "OTHER"), victims=("A", "B"), kinds=("raid", "hybrid", "full_invasion"),
    provoked=(False, True), lasting=(0, 24), hours=(0, 24, 72),
)  # fmt: skip
A_VOTE, B_VOTE = ("vote", "council", "help", "A"), ("vote", "council", "help", "B")
JUDGE, LEVEL = ("judgement", "attack", "A"), ("means", "c", "B")
OPTIONS = {A_VOTE: VOTES, B_VOTE: VOTES, JUDGE: YES_NO, LEVEL: MEANS}
CHOICES = {
    key: Choice(key, key[-1], options, performance=False, default=options[-1]) for key, options in OPTIONS.items()
}
CONTEXT = new_context()

facts = st.one_of(
    st.sampled_from(("A", "B", "OTHER", "nobody")).map(lambda actor: FactIn("attacker", frozenset((actor,)))),
    st.sampled_from(("A", "B")).map(lambda actor: FactIn("victim", frozenset((actor,)))),
    st.frozensets(st.sampled_from((*SPACE.kinds, "blockade")), min_size=1).map(lambda kinds: FactIn("kind", kinds)),
    st.frozensets(st.booleans(), min_size=1).map(lambda values: FactIn("provoked", values)),
    st.sampled_from(("", "main")).map(lambda zone: FactIn("zone", frozenset((zone,)))),
    st.builds(FactAtLeast, st.sampled_from(("lasting", "hour")), st.sampled_from((1, 24, 25, 72, 100))),
)
picks = st.sampled_from(tuple(OPTIONS)).flatmap(
    lambda key: st.frozensets(st.sampled_from(OPTIONS[key]), min_size=1).map(lambda options: Pick(key, options))
)
guards = st.one_of(st.just(TRUE), facts, facts.map(negation))
terms = st.sampled_from(tuple(OPTIONS)).flatmap(
    lambda key: st.builds(
        lambda guard, weights: Term(guard, key, tuple(zip(OPTIONS[key], weights, strict=True))),
        guards,
        st.lists(st.integers(-3, 3), min_size=len(OPTIONS[key]), max_size=len(OPTIONS[key])),
    )
)


def raw(node: type, children: list[Expression], *first: int) -> Expression:
    """Build a node without the folding of the small functions."""
    return node(*first, tuple(children), any(child.factual for child in children))


tallies = st.one_of(
    st.builds(tally, st.lists(terms, max_size=4), st.integers(-6, 6)),
    st.lists(terms, max_size=4).flatmap(
        lambda chosen: st.integers(-6, 6).map(
            lambda bound: Tally(tuple(chosen), bound, any(term.guard is not TRUE for term in chosen))
        )
    ),
)
expressions = st.recursive(
    st.one_of(st.sampled_from((TRUE, FALSE)), facts, picks, tallies),
    lambda inner: st.one_of(
        inner.map(negation),
        inner.map(lambda child: Not(child, child.factual)),
        st.lists(inner, max_size=4).map(conjunction),
        st.lists(inner, max_size=4).map(disjunction),
        st.lists(inner, max_size=4).map(lambda children: raw(And, children)),
        st.lists(inner, max_size=4).map(lambda children: raw(Or, children)),
        st.builds(at_least, st.integers(-1, 4), st.lists(inner, max_size=4)),
        st.builds(lambda n, children: raw(AtLeast, children, n), st.integers(0, 4), st.lists(inner, max_size=4)),
    ),
    max_leaves=8,
)
incidents = st.builds(
    Incident, st.sampled_from(SPACE.attackers), st.sampled_from(SPACE.victims), st.sampled_from(SPACE.kinds),
    provoked=st.booleans(), lasting=st.sampled_from(SPACE.lasting), hour=st.sampled_from(SPACE.hours),
).filter(lambda incident: incident.attacker != incident.victim)  # fmt: skip
assignments = st.fixed_dictionaries({key: st.sampled_from(options) for key, options in OPTIONS.items()})


def pinned(world: World, incident: Incident, said: dict) -> list:
    """Return the terms that leave one incident and one assignment."""
    here = [world.facts[name][getattr(incident, name)] for name in FIELDS]
    return here + [world.options(key)[option] for key, option in said.items()]


@settings(max_examples=400, deadline=None)
@given(expressions, st.lists(st.tuples(incidents, assignments), min_size=1, max_size=5))
def test_a_term_has_the_truth_of_its_expression(expression, points):
    world = World(CHOICES, SPACE, context=CONTEXT)
    solver = Solver(CONTEXT, Deadline(10_000), world.limits(OPTIONS))
    term = world.term(expression)
    for incident, said in points:
        wanted = evaluate(expression, incident, said)
        assert isinstance(solver.solve(*pinned(world, incident, said), term), Sat if wanted else Unsat)


def everywhere() -> list[Incident]:
    grid = (Incident(*values) for values in product(*SPACE.values()))
    return [incident for incident in grid if incident.attacker != incident.victim]


def small(expression: Expression) -> bool:
    return {A_VOTE, JUDGE}.issuperset(choices_read(expression))


@settings(max_examples=150, deadline=None)
@given(expressions.filter(small))
def test_an_incident_is_found_where_there_is_one(expression):
    world = World(CHOICES, SPACE, context=CONTEXT)
    found = find_incident(world, expression)
    true = (
        evaluate(expression, incident, {A_VOTE: vote, JUDGE: word})
        for incident in everywhere()
        for vote in VOTES
        for word in YES_NO
    )
    assert (found is not None) == any(true)
    if found is not None:
        assert isinstance(found, Found)
        assert found.incident is not None
        assert found.incident.attacker != found.incident.victim
        assert all(getattr(found.incident, n) in v for n, v in zip(FIELDS, SPACE.values(), strict=True))


@settings(max_examples=150, deadline=None)
@given(expressions, expressions)
def test_entailment(one, other):
    world = World(CHOICES, SPACE, context=CONTEXT)
    assert equivalent(world, one, negation(negation(one))) is True
    assert entails(world, conjunction((one, other)), one) is True
    assert entails(world, one, disjunction((one, other))) is True
    both_ways = entails(world, one, other) is True and entails(world, other, one) is True
    assert equivalent(world, one, other) is both_ways
    found = counterexample(world, one, other)
    if found is not None:
        assert not isinstance(found, Undecided)
        assert evaluate(one, found.incident, found.assignment)
        assert not evaluate(other, found.incident, found.assignment)
    apart = difference(world, one, other)
    assert (apart is None) is both_ways


def test_the_random_expressions_have_every_kind_of_node():
    seen = set()

    @settings(max_examples=200, deadline=None, database=None)
    @given(expressions)
    def collect(expression):
        seen.update(type(node).__name__ for node in walk(expression))

    collect()
    assert seen == {"Constant", "FactIn", "FactAtLeast", "Pick", "Not", "And", "Or", "AtLeast", "Tally"}


def test_at_an_incident_no_space_is_needed():
    world = World(CHOICES, None)
    found = find_incident(world, conjunction((pick(A_VOTE, "abstain"), pick(LEVEL, "4", "5"))))
    assert isinstance(found, Found)
    assert found.incident is None
    assert found.assignment[A_VOTE] == "abstain"
    assert found.assignment[LEVEL] in ("4", "5")
    with pytest.raises(KeyError):
        find_incident(world, fact_in("kind", ("raid",)))


def test_a_fact_outside_the_space_is_false():
    world = World(CHOICES, SPACE)
    assert find_incident(world, fact_in("kind", ("nuclear_use",))) is None
    assert entails(world, TRUE, negation(fact_in("zone", ("far",)))) is True


def test_a_space_without_incidents():
    assert is_empty(World(CHOICES, SPACE)) is False
    assert is_empty(World(CHOICES, IncidentSpace(("A",), ("A",)))) is True
    with pytest.raises(ValueError, match="no value"):
        World(CHOICES, IncidentSpace(("A",), ()))


def test_time_that_is_up_is_an_answer():
    world = World(CHOICES, SPACE)
    expression = pick(A_VOTE, "yes")
    assert isinstance(Solver(world.context, Deadline(0)).solve(), TimedOut)
    found = find_incident(world, expression, limit_ms=0)
    assert isinstance(found, Undecided)
    assert "0 ms" in found.reason
    assert isinstance(entails(world, expression, expression, limit_ms=0), bool | Undecided)
    assert isinstance(equivalent(world, expression, TRUE, limit_ms=0), Undecided)


def test_a_hard_question_stops_in_time():
    # A pigeonhole: 12 choosers of one of 11 posts, no two the same, is hard for clauses alone.
    posts = tuple(f"post {n}" for n in range(11))
    keys = [("post", f"bird {n}") for n in range(12)]
    choices = {key: Choice(key, key[-1], posts, performance=False, default=posts[0]) for key in keys}
    apart = conjunction(
        negation(conjunction((pick(one, post), pick(other, post))))
        for post in posts
        for place, one in enumerate(keys)
        for other in keys[:place]
    )
    found = find_incident(World(choices, None), apart, limit_ms=300)
    assert found is None or isinstance(found, Undecided)
