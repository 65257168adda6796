"""The cheapest way out of a knot: acts, waivers and steps of third parties, all of the smallest cost.

Three kinds of move can undo a knot, and they differ in what happens. An *act*: who has a step to do goes first and does
it, whatever it waits for. A *waiver*: somebody gives up one condition of one step. A *stand-in*: a third party vouches
for a step, so that all who wait for it go on without it; the step itself is not done by that.

Sets of moves that are enough are those that hit every set without which nothing opens (Reiter 1987); the latter are
found one at a time, each from a largest set of moves that still fails.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from foedus.negotiate.deadlock import Deadlock, Step, deadlock
from foedus.negotiate.spread import Spread, Waiting, waiting
from foedus.talks.waits import Kind, Move, Unlock, Ways

MOST_LISTED: Final = 1_000
"""Ways out that are listed of one kind; where there are more, the list says so."""
MOST_MOVES: Final = 500
"""Moves in one way out; no file comes near."""
MOST_WORK: Final = 1_000_000
"""Steps and conditions that are looked at for one list before the question counts as too large."""


def unlocks(steps: Sequence[Step], found: Deadlock, costs: Sequence[int | None] | None = None) -> tuple[Unlock, ...]:
    """Return the cheapest ways out: of the knots that hang together, then of what a refusal alone still holds up.

    ``costs``: what an act or a waiver of each step costs who has it to do (1 if not given); ``None`` where the step
    follows from others and nobody has it to do. A stand-in costs 1. A refusal stands: who refuses makes no move.
    """
    costs = costs or [1] * len(steps)
    knots = tuple(_unlock(group, costs, refusal=False) for group in waiting(steps, found, _knotted(found)))
    freed = {step for unlock in knots for step in unlock.goal}
    later = [replace(step, done=step.done or number in freed) for number, step in enumerate(steps)]
    left = deadlock(later)
    return (*knots, *(_unlock(group, costs, refusal=True) for group in waiting(later, left, left.stuck)))


def _knotted(found: Deadlock) -> tuple[int, ...]:
    return tuple(step for knot in found.knots for step in knot)


def applied(steps: Sequence[Step], moves: Iterable[Move]) -> list[Step]:
    """The steps as they are once somebody has made these moves."""
    chosen = set(moves)
    vouched = {move.step for move in chosen if move.kind is Kind.STAND_IN}
    return [
        Step(
            tuple(
                need
                for index, need in enumerate(step.needs)
                if Move(Kind.WAIVER, number, index) not in chosen and vouched.isdisjoint(need)
            ),
            done=step.done or Move(Kind.ACT, number) in chosen,
            possible=step.possible,
        )
        for number, step in enumerate(steps)
    ]


def _unlock(group: Waiting, costs: Sequence[int | None], *, refusal: bool) -> Unlock:
    movable = {step for step in group.steps if group.possible[step] and costs[step] is not None}
    acts = [Move(Kind.ACT, step) for step in group.steps if step in movable]
    waivers = [Move(Kind.WAIVER, step, need) for step, need, _ in group.needs if step in movable]
    waited_for = {other for _, _, others in group.needs for other in others}
    stand_ins = [Move(Kind.STAND_IN, step) for step in group.steps if step in waited_for]
    by_acts, by_waivers, by_stand_ins = (_Search(group, moves, costs).ways() for moves in (acts, waivers, stand_ins))
    known = [ways.cost for ways in (by_acts, by_waivers, by_stand_ins) if ways.cost is not None]
    mixed = _Search(group, acts + waivers + stand_ins, costs).ways(below=min(known, default=None))
    return Unlock(group.goal, by_acts, by_waivers, by_stand_ins, mixed, refusal)


class _TooLargeError(Exception):
    """More work than is done for one list."""


class _Search:
    """The cheapest sets of some moves that are enough for a group of knots."""

    def __init__(self, group: Waiting, moves: Sequence[Move], costs: Sequence[int | None]) -> None:
        self.group: Final = group
        self.moves: Final = moves
        self.costs: Final = [1 if move.kind is Kind.STAND_IN else costs[move.step] or 1 for move in moves]
        self.cuts: Final[list[frozenset[int]]] = []
        self.found: Final[list[tuple[int, ...]]] = []
        self.next_limit: int | None = None
        self.spread: Final = Spread(group)
        self.work = 0

    def ways(self, below: int | None = None) -> Ways:
        """All sets of least cost, found limit by limit; nothing where that is not ``below`` a given cost."""
        limit: int | None = 1
        try:
            if not self._enough():
                return Ways(None)
            while limit is not None and not self.found and (below is None or limit < below):
                self.next_limit = None
                self._search((), frozenset(), 0, limit)
                if self.found:
                    break
                limit = self.next_limit
        except _TooLargeError:
            return Ways(None, given_up=True)
        sets = sorted(tuple(sorted(self.moves[n] for n in one)) for one in self.found)
        more = len(sets) > MOST_LISTED
        return Ways(limit if sets else None, tuple(sets[:MOST_LISTED]), more)

    def _search(self, chosen: tuple[int, ...], excluded: frozenset[int], cost: int, limit: int) -> None:
        if len(chosen) > MOST_MOVES:
            raise _TooLargeError
        if len(self.found) > MOST_LISTED or self._beyond(cost, limit):
            return
        open_cuts = [cut - excluded for cut in self.cuts if cut.isdisjoint(chosen)]
        if not open_cuts:
            if self.spread.reached():
                self.found.append(chosen)
                return
            self.cuts.append(self._cut())
            open_cuts = [self.cuts[-1] - excluded]
        if any(not cut for cut in open_cuts):
            return
        if self._beyond(cost + self._at_least(open_cuts), limit):
            return
        left_out = excluded
        for move in min(map(sorted, open_cuts), key=_size_first):
            mark = self._make(move)
            self._search((*chosen, move), left_out, cost + self.costs[move], limit)
            self.spread.undo(mark)
            left_out |= {move}

    def _beyond(self, cost: int, limit: int) -> bool:
        if cost > limit:
            self.next_limit = cost if self.next_limit is None else min(self.next_limit, cost)
        return cost > limit

    def _at_least(self, cuts: Sequence[frozenset[int]]) -> int:
        """What hitting cuts that share no move costs at least."""
        taken: set[int] = set()
        total = 0
        for cut in sorted(cuts, key=len):
            if taken.isdisjoint(cut):
                taken |= cut
                total += min(self.costs[move] for move in cut)
        return total

    def _enough(self) -> bool:
        marks = [self._make(number) for number in range(len(self.moves))]
        reached = self.spread.reached()
        self.spread.undo(marks[0] if marks else 0)
        return reached

    def _cut(self) -> frozenset[int]:
        """Moves of which one is needed: those that a largest set of moves that still fails leaves out."""
        cut: set[int] = set()
        before = self.spread.mark()
        for number in range(len(self.moves)):
            mark = self._make(number)
            if self.spread.reached():
                self.spread.undo(mark)
                cut.add(number)
        self.spread.undo(before)
        return frozenset(cut)

    def _make(self, number: int) -> int:
        """Make a move; what is returned leads back to before it."""
        move, mark = self.moves[number], self.spread.mark()
        if move.kind is Kind.ACT:
            self.spread.act(move.step)
        elif move.kind is Kind.WAIVER:
            self.spread.waive(move.step, move.need or 0)
        else:
            self.spread.stand_in(move.step)
        self.work += 1 + self.spread.mark() - mark
        if self.work > MOST_WORK:
            raise _TooLargeError
        return mark


def _size_first(cut: list[int]) -> tuple[int, list[int]]:
    return len(cut), cut
