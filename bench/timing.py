"""Two sides timed beside each other: in turns, so that a busy machine slows both, and the median of each."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

REPETITIONS = 7
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``ours`` and ``peer`` are in ``unit``, and a line without a peer has no ratio."""

    name: str
    ours: float
    peer: float | None
    unit: str
    detail: str
    gate: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times as long as the peer."""
        return None if self.peer is None else self.ours / self.peer

    def record(self) -> dict[str, object]:
        """What goes into out/bench.json."""
        gate = "" if self.gate is None else f"; gate {self.gate:g}x: {self.verdict()}"
        ratio = None if self.ratio is None else round(self.ratio, 3)
        ours, peer = round(self.ours, 4), None if self.peer is None else round(self.peer, 4)
        return {"name": self.name, "ours": ours, "peer": peer, "ratio": ratio, "unit": self.unit,
                "detail": self.detail + gate}  # fmt: skip

    def verdict(self) -> str:
        """Whether the gate is met, in a word; empty where there is none."""
        if self.gate is None or self.ratio is None:
            return ""
        return "met" if self.ratio <= self.gate else "missed"


def seconds(run: Callable[[], object]) -> float:
    """How long one call takes."""
    start = perf_counter()
    run()
    return perf_counter() - start


def side_by_side(
    ours: Callable[[], object], peer: Callable[[], object], repetitions: int = REPETITIONS
) -> tuple[float, float]:
    """The median seconds of each, called in turns; who goes first changes from turn to turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(repetitions):
        for side in (0, 1) if turn % 2 == 0 else (1, 0):
            times[side].append(seconds((ours, peer)[side]))
    return median(times[0]), median(times[1])
