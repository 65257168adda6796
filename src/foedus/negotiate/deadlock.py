"""Who waits for whom: which steps can come about, in which earliest order, and which wait for each other.

A step needs each of its conditions, and a condition is met by any one of its steps. What has been done stays done, so
that the steps that can come about are the least fixpoint, found in one pass over the conditions.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """A step, as a number into the steps of the file; each condition names steps of which one is enough."""

    needs: tuple[tuple[int, ...], ...] = ()
    done: bool = False
    possible: bool = True


@dataclass(frozen=True, slots=True)
class Deadlock:
    """``rounds``: the earliest round of every step that can come about (0: now); ``None`` where it cannot.

    ``knots``: stuck steps that wait for each other, each knot in the order of the file.
    """

    rounds: tuple[int | None, ...]
    knots: tuple[tuple[int, ...], ...]

    @property
    def stuck(self) -> tuple[int, ...]:
        """The steps that cannot come about."""
        return tuple(step for step, when in enumerate(self.rounds) if when is None)


def deadlock(steps: Sequence[Step]) -> Deadlock:
    """Return what can come about and what is knotted. Linear in the number of conditions."""
    rounds = _rounds(steps)
    waits = [
        [other for need in step.needs if not _met(need, rounds) for other in need] if rounds[n] is None else []
        for n, step in enumerate(steps)
    ]
    return Deadlock(tuple(rounds), tuple(sorted(_knots(waits))))


def _met(need: Sequence[int], rounds: Sequence[int | None]) -> bool:
    return any(rounds[other] is not None for other in need)


def _rounds(steps: Sequence[Step]) -> list[int | None]:
    """Round by round, so that the first round in which a step can come is its earliest."""
    wanted = [len(step.needs) for step in steps]
    wanted_by: list[list[tuple[int, int]]] = [[] for _ in steps]
    for number, step in enumerate(steps):
        for index, need in enumerate(step.needs):
            for other in dict.fromkeys(need):
                wanted_by[other].append((number, index))
    open_needs = [[True] * len(step.needs) for step in steps]
    rounds: list[int | None] = [None] * len(steps)
    coming: deque[int] = deque()
    for number, step in enumerate(steps):
        if step.done or (step.possible and not step.needs):
            rounds[number] = 0
            coming.append(number)
    while coming:
        step_done = coming.popleft()
        for number, index in wanted_by[step_done]:
            if not open_needs[number][index]:
                continue
            open_needs[number][index] = False
            wanted[number] -= 1
            if wanted[number] == 0 and steps[number].possible and rounds[number] is None:
                rounds[number] = (rounds[step_done] or 0) + 1
                coming.append(number)
    return rounds


def _knots(waits: Sequence[Sequence[int]]) -> Iterator[tuple[int, ...]]:
    """The groups in which each waits for each, after Tarjan (1972), without recursion: chains may be long."""
    index: list[int | None] = [None] * len(waits)
    low = [0] * len(waits)
    on_path = [False] * len(waits)
    path: list[int] = []
    count = 0
    for root in range(len(waits)):
        if index[root] is not None or not waits[root]:
            continue
        work = [(root, iter(waits[root]))]
        index[root] = low[root] = count
        count += 1
        path.append(root)
        on_path[root] = True
        while work:
            here, others = work[-1]
            following = next((other for other in others if index[other] is None or on_path[other]), None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[here])
                if low[here] == index[here]:
                    group = _taken(path, on_path, here)
                    if len(group) > 1 or here in waits[here]:
                        yield group
            elif index[following] is None:
                index[following] = low[following] = count
                count += 1
                path.append(following)
                on_path[following] = True
                work.append((following, iter(waits[following])))
            else:
                low[here] = min(low[here], index[following] or 0)


def _taken(path: list[int], on_path: list[bool], until: int) -> tuple[int, ...]:
    """Take a finished group off the path."""
    group = []
    while True:
        one = path.pop()
        on_path[one] = False
        group.append(one)
        if one == until:
            return tuple(sorted(group))
