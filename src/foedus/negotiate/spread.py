"""What is stuck, cut down to what a knot hangs on, and how a move spreads through it; every move can be taken back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from foedus.negotiate.deadlock import Deadlock, Step


@dataclass(frozen=True, slots=True)
class Waiting:
    """Stuck steps that hang together, with those that they wait for, directly or through others.

    ``needs`` are the conditions that are not met: of which step, its number there, and the steps that would meet it.
    ``goal`` are the steps that are to come about; nobody refuses them.
    """

    steps: tuple[int, ...]
    needs: tuple[tuple[int, int, tuple[int, ...]], ...]
    possible: Mapping[int, bool]
    goal: tuple[int, ...]


def waiting(steps: Sequence[Step], found: Deadlock, wanted: Sequence[int]) -> Iterator[Waiting]:
    """Yield the stuck steps that are wanted in groups that hang together, in the order of the file."""
    stuck = frozenset(found.stuck)
    needs = {
        number: [
            (number, index, tuple(dict.fromkeys(need)))
            for index, need in enumerate(steps[number].needs)
            if stuck.issuperset(need)
        ]
        for number in found.stuck
    }
    for group in _together(needs, wanted):
        goal = tuple(step for step in sorted(group.intersection(wanted)) if steps[step].possible)
        if goal:
            members = tuple(sorted(group))
            own = tuple(need for step in members for need in needs[step])
            yield Waiting(members, own, {step: steps[step].possible for step in members}, goal)


def _together(
    needs: Mapping[int, Sequence[tuple[int, int, tuple[int, ...]]]], wanted: Sequence[int]
) -> list[frozenset[int]]:
    """The wanted steps with what they wait for; those that wait for something in common are one group."""
    head: dict[int, int] = {}

    def root(one: int) -> int:
        while head[one] != one:
            head[one] = head[head[one]]
            one = head[one]
        return one

    left = list(wanted)
    head.update((step, step) for step in wanted)
    while left:
        step = left.pop()
        for _, _, others in needs[step]:
            for other in others:
                if other not in head:
                    head[other] = other
                    left.append(other)
                low, high = sorted((root(step), root(other)))
                head[high] = low
    groups: dict[int, set[int]] = {}
    for step in head:
        groups.setdefault(root(step), set()).add(step)
    return [frozenset(groups[key]) for key in sorted(groups)]


class Spread:
    """What has come about after some moves; ``undo`` goes back to a mark."""

    def __init__(self, group: Waiting) -> None:
        self._possible: Final = group.possible
        self._goal: Final = frozenset(group.goal)
        self._step_of: Final = [step for step, _, _ in group.needs]
        self._place: Final = {(step, index): n for n, (step, index, _) in enumerate(group.needs)}
        self._wanted_by: Final[dict[int, list[int]]] = {step: [] for step in group.steps}
        self._wanted: Final = dict.fromkeys(group.steps, 0)
        for number, (step, _, others) in enumerate(group.needs):
            self._wanted[step] += 1
            for other in others:
                self._wanted_by[other].append(number)
        self._open: Final = [True] * len(group.needs)
        self._come: Final[set[int]] = set()
        self._missing = len(self._goal)
        self._log: Final[list[tuple[bool, int]]] = []

    def reached(self) -> bool:
        """Whether every step of the goal has come about."""
        return self._missing == 0

    def mark(self) -> int:
        """Where the record of changes stands, to go back to."""
        return len(self._log)

    def act(self, step: int) -> None:
        """A step is done, whatever it waits for."""
        self._comes(step)

    def waive(self, step: int, index: int) -> None:
        """A condition of a step is given up."""
        self._closes([self._place[step, index]])

    def stand_in(self, step: int) -> None:
        """A step counts as done for all who wait for it."""
        self._closes(self._wanted_by[step])

    def undo(self, mark: int) -> None:
        """Go back to a mark."""
        while len(self._log) > mark:
            is_step, number = self._log.pop()
            if is_step:
                self._come.discard(number)
                self._missing += number in self._goal
            else:
                self._open[number] = True
                self._wanted[self._step_of[number]] += 1

    def _comes(self, step: int) -> None:
        if step in self._come:
            return
        left = [step]
        self._mark_come(step)
        while left:
            for number in self._wanted_by[left.pop()]:
                later = self._close(number)
                if later is not None:
                    self._mark_come(later)
                    left.append(later)

    def _closes(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            later = self._close(number)
            if later is not None:
                self._comes(later)

    def _close(self, number: int) -> int | None:
        """Close a condition; the step that comes about by it, if one does."""
        if not self._open[number]:
            return None
        self._open[number] = False
        self._log.append((False, number))
        step = self._step_of[number]
        self._wanted[step] -= 1
        free = self._wanted[step] == 0 and self._possible[step] and step not in self._come
        return step if free else None

    def _mark_come(self, step: int) -> None:
        self._come.add(step)
        self._log.append((True, step))
        self._missing -= step in self._goal
