"""The engines of negotiation against walks over every package, set of demands and state; none of their code."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations, product

import pytest

from foedus.negotiate.conflicts import conflicts
from foedus.negotiate.deadlock import Step, deadlock
from foedus.negotiate.one_conflict import cheapest_way, goes_against, one_together
from foedus.negotiate.packages import frontier, packages
from foedus.negotiate.unknowns import worths
from foedus.talks.board import Board, Issue, Link, Option, Position, Stand

BOARDS = 1_000


def random_board(draw: random.Random) -> Board:
    parties = ["A", "B", "C"][: draw.randint(2, 3)]
    weights = draw.choice([(5, 3, 1, 1), (3, 2, 3, 1), (2, 1, 6, 1)])
    issues = []
    for number in range(draw.randint(1, 4)):
        size = draw.randint(2, 3)
        positions = tuple(
            Position(party, tuple(draw.choices(list(Stand), weights, k=size)), draw.randint(1, 3)) for party in parties
        )
        issues.append(Issue(f"i{number}", "?", tuple(Option(f"o{k}", "") for k in range(size)), positions))
    links = []
    for number in range(draw.randint(0, 3) if len(issues) > 1 else 0):
        chosen = sorted(draw.sample(range(len(issues)), draw.randint(2, min(3, len(issues)))))
        parts = tuple((issue, draw.randrange(len(issues[issue].options))) for issue in chosen)
        links.append(Link(f"l{number}", draw.choice([None, *parties]), parts, "", draw.randint(1, 3)))
    return Board(tuple(issues), tuple(links))


def all_packages(board: Board) -> list[tuple[int, ...]]:
    return list(product(*(range(size) for size in board.sizes)))


def breaks(link: Link, package: tuple[int, ...]) -> bool:
    return all(package[issue] == option for issue, option in link.parts)


def stands(board: Board, package: tuple[int, ...]) -> list[tuple[str, int, Stand]]:
    return [
        (position.party, position.salience, position.stands[option])
        for issue, option in zip(board.issues, package, strict=True)
        for position in issue.positions
    ]


def violated(board: Board, package: tuple[int, ...]) -> frozenset[int] | None:
    """The demands that a package goes against; nothing where it goes against what nobody can move on."""
    if any(link.who is None and breaks(link, package) for link in board.links):
        return None
    links = {link.id: link for link in board.links}
    return frozenset(
        number
        for number, demand in enumerate(board.demands)
        if (
            package[demand.issue] in demand.refuses if demand.issue is not None else breaks(links[demand.link], package)
        )
    )


def test_packages_are_those_of_a_walk_over_all(capsys: pytest.CaptureFixture[str]) -> None:
    draw = random.Random(5)
    seen: Counter[str] = Counter()
    for _ in range(BOARDS):
        board = random_board(draw)
        free = [p for p in all_packages(board) if not any(breaks(link, p) for link in board.links)]
        possible = [p for p in free if all(stand is not Stand.REJECT for *_, stand in stands(board, p))]
        certain = [p for p in possible if all(stand is not Stand.UNKNOWN for *_, stand in stands(board, p))]
        costs = {
            p: (
                sum(stand is Stand.UNKNOWN for *_, stand in stands(board, p)),
                sum(weight for _, weight, stand in stands(board, p) if stand is Stand.NEGOTIABLE),
            )
            for p in possible
        }
        found = packages(board)
        assert (found.possible, found.certain) == (len(possible), len(certain))
        assert (found.best[0] if found.best else None) == min(costs.values(), default=None)
        if found.best:
            assert costs[tuple(option for _, option in found.best[1])] == found.best[0]
        conceded = {
            tuple(
                sum(w for party, w, stand in stands(board, p) if party == who and stand is Stand.NEGOTIABLE)
                for who in board.parties
            )
            for p in possible
        }
        wanted = {
            a for a in conceded if not any(b != a and all(x <= y for x, y in zip(b, a, strict=True)) for b in conceded)
        }
        assert {cost for cost, _ in frontier(board, board.parties) or ()} == wanted
        seen["none" if not possible else "one" if len(possible) == 1 else "many"] += 1
    print("packages of", BOARDS, "boards:", dict(seen))
    assert min(seen[kind] for kind in ("none", "one", "many")) >= 50


def test_what_an_unknown_stand_changes_is_what_a_walk_finds_once_it_is_known() -> None:
    draw = random.Random(7)
    seen: Counter[str] = Counter()
    for _ in range(BOARDS):
        board = random_board(draw)
        free = [p for p in all_packages(board) if not any(breaks(link, p) for link in board.links)]

        def counts(
            issue: int, option: int, party: str, known: Stand, free: list[tuple[int, ...]] = free, board: Board = board
        ) -> tuple[int, int]:
            possible = certain = 0
            for chosen in free:
                met = [
                    known if (n, chosen[n], position.party) == (issue, option, party) else position.stands[chosen[n]]
                    for n, one in enumerate(board.issues)
                    for position in one.positions
                ]
                possible += Stand.REJECT not in met
                certain += not {Stand.REJECT, Stand.UNKNOWN} & {*met}
            return possible, certain

        wanted = {
            (n, k, position.party): (
                counts(n, k, position.party, Stand.REJECT)[0],
                counts(n, k, position.party, Stand.ACCEPT)[1],
            )
            for n, issue in enumerate(board.issues)
            for k in range(len(issue.options))
            for position in issue.positions
            if position.stands[k] is Stand.UNKNOWN
        }
        found = worths(board)
        assert found is not None
        assert {
            (one.issue, one.option, one.party): (one.possible_if_refused, one.certain_if_allowed) for one in found
        } == wanted
        order = [(one.possible_if_refused, -one.certain_if_allowed) for one in found]
        assert order == sorted(order)
        now = packages(board)
        seen["takes some away"] += any(0 < one.possible_if_refused < (now.possible or 0) for one in found)
        seen["takes all away"] += bool(now.possible) and any(one.possible_if_refused == 0 for one in found)
        seen["makes some certain"] += any(one.certain_if_allowed > (now.certain or 0) for one in found)
        seen["nothing unknown"] += not found
    print("unknown stands of", BOARDS, "boards:", dict(seen))
    assert min(seen.values()) >= 50


def smallest(sets: list[frozenset[int]]) -> set[frozenset[int]]:
    return {one for one in sets if not any(other < one for other in sets)}


def test_conflicts_and_relaxations_are_those_of_a_walk_over_all_sets_of_demands() -> None:
    draw = random.Random(6)
    sizes: Counter[int] = Counter()
    boards = 0
    while boards < BOARDS:
        board = random_board(draw)
        count = len(board.demands)
        if count > 9:
            continue
        boards += 1
        against = [one for one in (violated(board, p) for p in all_packages(board)) if one is not None]

        def open_with(held: frozenset[int], against: list[frozenset[int]] = against) -> bool:
            return any(not (one & held) for one in against)

        subsets = [frozenset(c) for size in range(count + 1) for c in combinations(range(count), size)]
        impossible = smallest([one for one in subsets if not open_with(one)])
        found = conflicts(board)
        told = {frozenset(one) for piece in found for one in piece.together or ()}
        if frozenset() in impossible:  # what nobody can move on leaves nothing
            assert any(piece.relaxations == () for piece in found)
            continue
        assert told == impossible
        for piece in found:
            for way in piece.relaxations or ():
                assert sum(board.demands[n].salience for n in way.demands) == way.cost
        cost = min(sum(board.demands[n].salience for n in one) for one in against)
        assert sum(piece.cheapest[0].cost for piece in found) == cost
        sizes.update(len(one) for one in told)
    print("smallest sets by size:", dict(sorted(sizes.items())))
    assert sizes[2] >= 50


def test_one_set_and_one_way_out_are_among_all_of_them() -> None:
    draw = random.Random(8)
    sizes: Counter[int] = Counter()
    for _ in range(BOARDS):
        board = random_board(draw)
        demands = board.demands
        against = [one for one in (violated(board, p) for p in all_packages(board)) if one is not None]
        least = min((sum(demands[n].salience for n in one) for one in against), default=None)
        whole = tuple(range(len(board.issues)))
        way = cheapest_way(board, demands, whole)
        assert (None if way is None else way[0][0]) == least
        if way is not None:
            gone = frozenset(n for n, demand in enumerate(demands) if goes_against(board, demand, way[1]))
            assert gone in against
            assert sum(demands[n].salience for n in gone) == least
        if not least:
            continue
        one = frozenset(one_together(board, demands, whole))
        assert all(package & one for package in against)
        for demand in one:
            assert any(not package & (one - {demand}) for package in against), "without any one they could stand"
        sizes[len(one)] += 1
    print("one smallest set of", BOARDS, "boards, by size:", dict(sorted(sizes.items())))
    assert sizes[2] >= 50


def test_a_board_with_too_many_sets_to_list_gives_one_of_each() -> None:
    # Ten issues tied in a row, every option of each turned down by about half of ten parties.
    names = [f"p{k}" for k in range(10)]
    draw = random.Random(9)
    issues = tuple(
        Issue(
            f"i{n}",
            "?",
            tuple(Option(f"o{k}", "") for k in range(5)),
            tuple(Position(name, tuple(draw.choices([Stand.ACCEPT, Stand.REJECT], k=5))) for name in names),
        )
        for n in range(10)
    )
    board = Board(issues, tuple(Link(f"l{n}", None, ((n, 0), (n + 1, 0)), "") for n in range(9)))
    (found,) = conflicts(board)
    assert not found.complete
    (one,) = found.together or ()
    (way,) = found.relaxations or ()
    assert one
    assert set(one) & set(way.demands), "what must go meets what cannot stand together"


def test_who_waits_for_whom_is_what_a_search_over_states_finds() -> None:
    draw = random.Random(7)
    seen: Counter[str] = Counter()
    for _ in range(BOARDS):
        count = draw.randint(1, 7)
        steps = [
            Step(
                tuple(
                    tuple(draw.choices(range(count), k=draw.randint(1, 2)))
                    for _ in range(draw.choice([0, 0, 1, 1, 2, 3]))
                ),
                done=draw.random() < 0.05,
                possible=draw.random() < 0.9,
            )
            for _ in range(count)
        ]
        found = deadlock(steps)
        start = frozenset(n for n, step in enumerate(steps) if step.done)
        reached, left = {start}, [start]
        while left:  # every order in which steps can follow each other
            state = left.pop()
            for n, step in enumerate(steps):
                if step.possible and all(any(o in state for o in need) for need in step.needs):
                    after = state | {n}
                    if after not in reached:
                        reached.add(after)
                        left.append(after)
        can = frozenset().union(*reached)
        assert {n for n, when in enumerate(found.rounds) if when is not None} == can
        waits = {
            n: {o for need in steps[n].needs if not any(o in can for o in need) for o in need}
            for n in range(count) if n not in can
        }  # fmt: skip
        beyond = {n: set(others) for n, others in waits.items()}
        for _ in range(count):
            for reach in beyond.values():
                reach |= {far for o in tuple(reach) for far in beyond.get(o, set())}
        knots = {frozenset(o for o in beyond[n] if n in beyond.get(o, set())) | {n} for n in beyond if n in beyond[n]}
        assert {frozenset(knot) for knot in found.knots} == knots
        seen["free" if len(can) == count else "knotted" if knots else "stuck"] += 1
    print("states of", BOARDS, "random orders:", dict(seen))
    assert min(seen[kind] for kind in ("free", "knotted", "stuck")) >= 50


def test_a_step_comes_in_its_earliest_round() -> None:
    # 0 now; 1 after 0; 2 after 0 and 1; 3 after 2 or 0, so that it need not wait for 2.
    steps = [Step(), Step(((0,),)), Step(((0,), (1,))), Step(((2, 0),))]
    assert deadlock(steps).rounds == (0, 1, 2, 1)
