"""The historical cases nearest to a text, by the dimensions, and the nearest of those that ended the other way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from foedus.case.dimensions import DIMENSIONS
from foedus.case.precedents import Library
from foedus.case.schema.precedent import OUTCOMES, Precedent
from foedus.check.dimensions import Dimensions
from foedus.plain import plain

Values = Mapping[str, tuple[str, ...]]
SIDES: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = MappingProxyType(
    {
        "promise_kept": (frozenset({"yes"}), frozenset({"no"})),
        "deterrence_held": (frozenset({"held", "below_threshold"}), frozenset({"failed"})),
        "fate": (frozenset({"unharmed"}), frozenset({"part_lost", "lost", "restored"})),
    }
)
"""The answers to each of the three questions that are opposite to each other; all others are on neither side."""
MOST_NEAR: Final = 3


@dataclass(frozen=True, slots=True)
class Distance:
    """Every dimension once: where two agree, where they differ, where they may, and where one is not known.

    ``open`` are dimensions on which one has several values: they count for neither side. The distance is the number of
    those that differ; what could not be compared is the room above it.
    """

    matching: tuple[str, ...]
    differing: tuple[str, ...]
    open: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def least(self) -> int:
        """The number of dimensions that differ for certain."""
        return len(self.differing)

    @property
    def most(self) -> int:
        """The number that would differ if everything that could not be compared did."""
        return len(self.differing) + len(self.open) + len(self.unknown)

    @property
    def compared(self) -> int:
        """The number of dimensions that could be compared."""
        return len(self.matching) + len(self.differing)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A case and how far it is."""

    case: Precedent
    distance: Distance


@dataclass(frozen=True, slots=True)
class Counter:
    """For one of the three questions: the nearest case of the answer opposite to that of the nearest case.

    Where the nearest case is on neither side (kept in part, never tested), the nearest of each side.
    """

    outcome: str
    in_nearest: tuple[str, ...]
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class Analogies:
    """What history is nearest to a text under one reading. ``own`` are the cases that the text itself made."""

    instrument: str
    reading: str
    dimensions: Dimensions
    own: tuple[Precedent, ...]
    near: tuple[Neighbour, ...]
    counter: tuple[Counter, ...]

    def to_dict(self) -> dict[str, Any]:
        """The whole as plain data."""
        return {
            "instrument": self.instrument,
            "reading": self.reading,
            "dimensions": self.dimensions.to_dict(),
            "own": [case.id for case in self.own],
            "nearest": [_plain(neighbour) for neighbour in self.near],
            "counter_nearest": {
                counter.outcome: {
                    "in_the_nearest": list(counter.in_nearest),
                    "cases": [_plain(neighbour) for neighbour in counter.neighbours],
                }
                for counter in self.counter
            },
        }


def _plain(neighbour: Neighbour) -> dict[str, Any]:
    distance = neighbour.distance
    return {
        "case": neighbour.case.id,
        "name": neighbour.case.name,
        "outcomes": {name: list(answer(neighbour.case, name)) for name in OUTCOMES},
        "distance": {
            "least": distance.least,
            "most": distance.most,
            "compared": distance.compared,
            **{key: plain(getattr(distance, key)) for key in ("matching", "differing", "open", "unknown")},
        },
    }


def analogies(found: Dimensions, reading: str, library: Library) -> Analogies:
    """Return the cases nearest to a text, without those it made itself, and the counter-nearest for each question."""
    own = tuple(case for case in library if found.instrument in case.instruments)
    ranked = nearest(found.values, (case for case in library if case not in own))
    return Analogies(
        found.instrument,
        reading,
        found,
        own,
        ranked[:MOST_NEAR],
        tuple(_counter(name, ranked) for name in OUTCOMES) if ranked else (),
    )


def nearest(values: Values, cases: Iterable[Precedent]) -> tuple[Neighbour, ...]:
    """Return cases from near to far.

    Ranked by the distance if everything that could not be compared differed: a case of which little is known is not
    near for that. Ties go to the fewest known differences, then to the order of the list.
    """
    found = [Neighbour(case, distance(values, case.dimensions)) for case in cases]
    return tuple(sorted(found, key=lambda one: (one.distance.most, one.distance.least, one.case.id)))


def distance(one: Values, other: Values) -> Distance:
    """Return how two sets of dimensions compare; what either does not know counts neither as match nor difference."""
    kinds: dict[str, list[str]] = {"matching": [], "differing": [], "open": [], "unknown": []}
    for name in DIMENSIONS:
        kinds[_compared(one.get(name, ()), other.get(name, ()))].append(name)
    return Distance(**{kind: tuple(names) for kind, names in kinds.items()})


def _compared(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    if not one or not other:
        return "unknown"
    if not set(one) & set(other):
        return "differing"
    return "matching" if len(one) == len(other) == 1 else "open"


def answer(case: Precedent, outcome: str) -> tuple[str, ...]:
    """The answers of a case to one of the three questions, or to whether it was tested."""
    answers: tuple[str, ...] = getattr(case, outcome).answer
    return answers


def _counter(outcome: str, ranked: tuple[Neighbour, ...]) -> Counter:
    own = answer(ranked[0].case, outcome)
    wanted = [answers for answers in SIDES[outcome] if not set(own) <= answers]
    firsts = (next((n for n in ranked if set(answer(n.case, outcome)) <= answers), None) for answers in wanted)
    return Counter(outcome, own, tuple(found for found in firsts if found is not None))
