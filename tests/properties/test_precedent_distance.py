"""Laws of the distance between two sets of dimensions, and of the order of the cases."""

from hypothesis import given
from hypothesis import strategies as st

from foedus.case.dimensions import DIMENSIONS, ordered
from foedus.case.precedents import precedents
from foedus.check.precedents import SIDES, Values, answer, distance, nearest

LIBRARY = list(precedents())


def values() -> st.SearchStrategy[Values]:
    return st.fixed_dictionaries(
        {
            name: st.lists(st.sampled_from(sorted(dimension.values)), max_size=3).map(
                lambda words, name=name: ordered(name, words)
            )
            for name, dimension in DIMENSIONS.items()
        }
    )


@given(values())
def test_nothing_differs_from_itself(one):
    found = distance(one, one)
    assert found.least == 0
    assert set(found.matching) == {name for name, words in one.items() if len(words) == 1}


@given(values(), values())
def test_distance_is_the_same_both_ways(one, other):
    assert distance(one, other) == distance(other, one)


@given(values(), values())
def test_every_dimension_is_told_once_and_what_is_not_known_counts_for_neither_side(one, other):
    found = distance(one, other)
    told = [*found.matching, *found.differing, *found.open, *found.unknown]
    assert sorted(told) == sorted(DIMENSIONS)
    assert found.least <= found.most == len(DIMENSIONS) - len(found.matching)
    for name in DIMENSIONS:
        assert (name in found.unknown) == (not one[name] or not other[name])


@given(values(), values(), st.sampled_from(list(DIMENSIONS)), st.data())
def test_learning_what_was_not_known_moves_the_distance_only_within_its_room(one, other, name, data):
    before = distance({**one, name: ()}, other)
    learned = data.draw(st.sampled_from(sorted(DIMENSIONS[name].values)))
    after = distance({**one, name: (learned,)}, other)
    assert before.least <= after.least <= after.most <= before.most


@given(values(), values(), values())
def test_between_known_sets_a_detour_is_never_shorter(one, two, three):
    first, second, third = (
        {name: words[:1] or (next(iter(DIMENSIONS[name].values)),) for name, words in some.items()}
        for some in (one, two, three)
    )
    assert distance(first, third).least <= distance(first, second).least + distance(second, third).least


@given(st.sampled_from(LIBRARY))
def test_a_case_is_its_own_nearest_or_ties_with_one_coded_alike(case):
    best = nearest(case.dimensions, LIBRARY)[0]
    assert best.distance.most == distance(case.dimensions, case.dimensions).most
    assert best.distance.least == 0


@given(values(), st.randoms(use_true_random=False))
def test_the_order_does_not_hang_on_the_order_of_the_list(one, random):
    mixed = list(LIBRARY)
    random.shuffle(mixed)
    assert [n.case.id for n in nearest(one, mixed)] == [n.case.id for n in nearest(one, LIBRARY)]


def test_the_two_sides_of_a_question_share_no_answer():
    for outcome, (one, other) in SIDES.items():
        assert not one & other
        assert all(answer(case, outcome) for case in LIBRARY)
