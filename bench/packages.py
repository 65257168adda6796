"""Packages and conflicts of large boards beside a plain walk over all packages, and how they grow."""

import random
import resource
from collections.abc import Iterator
from itertools import product
from time import perf_counter

from timing import Row, seconds, side_by_side

from foedus.negotiate.conflicts import conflicts
from foedus.negotiate.dealing import dealing
from foedus.negotiate.packages import packages
from foedus.negotiate.unknowns import worths
from foedus.talks.board import Board, Issue, Link, Option, Position, Stand

OPTIONS, PARTIES = 5, 10
WALKED = (4, 6, 8)
GATE = 1 / 50


def board(issues: int, seed: int, reject: float, *, links: bool = True) -> Board:
    """A random board: stands drawn anew for each party and option, each issue linked to the next and to a far one."""
    draw = random.Random(seed)
    left = (1 - reject) / 3
    names = [f"p{k}" for k in range(PARTIES)]
    made = tuple(
        Issue(
            f"i{number}",
            "?",
            tuple(Option(f"o{k}", "") for k in range(OPTIONS)),
            tuple(
                Position(name, tuple(draw.choices(list(Stand), (left, left, reject, left), k=OPTIONS)))
                for name in names
            ),
        )
        for number in range(issues)
    )
    joined = [(i, i + 1) for i in range(issues - 1)] + [(i, i + 4) for i in range(0, issues - 4, 8)]
    tied = tuple(
        Link(f"l{n}", draw.choice(names), ((a, draw.randrange(OPTIONS)), (b, draw.randrange(OPTIONS))), "")
        for n, (a, b) in enumerate(joined if links else ())
    )
    return Board(made, tied)


def walked(board: Board) -> tuple[int, int]:
    """Possible and certain packages, by a walk over all of them."""
    possible = certain = 0
    for chosen in product(*(range(size) for size in board.sizes)):
        stands = [p.stands[k] for issue, k in zip(board.issues, chosen, strict=True) for p in issue.positions]
        if Stand.REJECT in stands or any(all(chosen[i] == o for i, o in link.parts) for link in board.links):
            continue
        possible += 1
        certain += Stand.UNKNOWN not in stands
    return possible, certain


def deals() -> Iterator[Row]:
    """Counting beside the walk where that can end, with the same numbers; then growth, conflicts and memory."""
    for issues in WALKED:
        one = board(issues, issues, 0.02)
        found = packages(one)
        assert (found.possible, found.certain) == walked(one)
        repetitions = 5 if issues < WALKED[-1] else 1
        ours, peer = side_by_side(lambda one=one: packages(one), lambda one=one: walked(one), repetitions)
        detail = f"a walk over {one.combinations:,} packages; {found.possible:,} possible, the same numbers"
        yield Row(f"packages, {issues} issues", ours, peer, "s", detail, GATE if issues == WALKED[-1] else None)
    for issues in (10, 20, 40):
        one = board(issues, issues, 0.02)
        found = packages(one)
        took = min(seconds(lambda one=one: packages(one)) for _ in range(5))
        detail = f"{issues} x {OPTIONS} x {PARTIES}; {found.possible or 0:.3g} of {one.combinations:.3g} possible"
        yield Row(f"packages, {issues} issues", took, None, "s", f"{detail}; {_memory()}")
        took = seconds(lambda one=one: worths(one))
        yield Row(f"unknown stands, {issues} issues", took, None, "s", "every one of them, known both ways")
        took = seconds(lambda one=one: dealing(one))
        yield Row(f"all that can be agreed, {issues} issues", took, None, "s", _memory())
    for issues, links in ((10, False), (20, False), (40, False), (5, True), (40, True)):
        one = board(issues, issues, 0.35, links=links)
        start = perf_counter()
        found_sets = conflicts(one)
        took = perf_counter() - start
        listed = sum(len(piece.together) for piece in found_sets if piece.together is not None)
        cut = sum(not piece.complete for piece in found_sets)
        detail = f"{listed:,} smallest sets, {listed / took:,.0f} a second; {cut} pieces too many to list; {_memory()}"
        yield Row(f"conflicts, {issues} {'linked ' * links}issues", took, None, "s", detail)


def _memory() -> str:
    return f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
