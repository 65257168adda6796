"""The records that the race hands on: shares of futures, hours of arrival, what each link costs. Frozen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from foedus.law.incident import Incident
from foedus.plain import plain

Hours = float


@dataclass(frozen=True, slots=True)
class RaceRule:
    """A check that the race makes and not the text alone; its documentation is that of every other check."""

    code: str
    name: str
    wanted: str
    looks_for: str
    why: str
    limits: str
    source: str


RACE_RULE: Final = RaceRule(
    code="C26",
    name="help-arrives-in-time",
    wanted="Enough help arrives before the attacker reaches its objective",
    looks_for="a future, among those drawn from the lengths of time that the world of the case gives, in which less "
    "help than is needed is there when the attacker reaches its objective",
    why="An hour in a headline may bind a meeting and nothing else, and a promise kept too late protects nobody.",
    limits="Shares are shares of the lengths of time put in, and no forecast. The help that must be given "
    "counts; it is kept in good faith unless somebody is said to refuse. A case without a world has no race.",
    source="the list of checks (docs/theory/checks.md), C26; docs/theory/race.md",
)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the futures, from 0 to 1, with the half-width of its 95 % interval.

    ``low`` takes every length that nobody knows as endless, ``high`` as no time at all: without unknowns they agree.
    ``can_lose`` and ``can_win`` are found at the ends of all intervals and not by drawing: a rare future that was not
    drawn is one all the same.
    """

    low: float
    high: float
    error: float
    can_lose: bool = False
    can_win: bool = False

    def __post_init__(self) -> None:
        """Refuse ends in the wrong order."""
        if self.low > self.high:
            raise ValueError(f"the lowest share, {self.low}, is above the highest, {self.high}")

    @property
    def always(self) -> bool:
        """Whether it is every future that the lengths allow, whatever the unknown ones are."""
        return self.low >= 1.0 and not self.can_lose

    @property
    def never(self) -> bool:
        """Whether it is none that the lengths allow, whatever the unknown ones are."""
        return self.high <= 0.0 and not self.can_win

    @property
    def open(self) -> bool:
        """Whether what nobody knows can make it more than sampling can tell apart."""
        return self.high - self.low > 2 * self.error


@dataclass(frozen=True, slots=True)
class Bar:
    """One link of a guarantor's way: hours from the attack at which it begins and ends, in the middle future.

    ``known`` is false where no source gives its length and no clock binds it. ``clock`` is what the text sets.
    """

    what: str
    by: str
    start: Hours
    end: Hours
    known: bool
    clock: int | None
    from_text: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One guarantor's force: how it comes, and when it is there in 5, 50 and 95 of 100 futures, if that is known."""

    guarantor: str
    force: str
    clause: str
    bars: tuple[Bar, ...]
    arrives: tuple[Hours, Hours, Hours] | None
    brings: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class LinkWorth:
    """One link: in what share of futures it lies on the way that decides, and what saving time in it adds to the share.

    ``hour`` is the gain of one hour less, ``all`` that of no time at all; ``takes`` its least and most hours.
    """

    what: str
    by: str
    shared: bool
    takes: tuple[Hours, Hours] | None
    from_text: bool
    decides: float
    hour: float
    all: float
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """Shares of futures in which something is there by an hour: ``low`` and ``high`` as in :class:`Share`."""

    hours: tuple[Hours, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the race says of help that must (or may) be given: ``in_time`` is ``None`` without a time to the objective.

    ``first`` is the first hour at which enough is there in any future and ``half`` that of half of them, where unknown
    lengths are endless; ``hoped`` the first hour where they are no time at all. Infinite is never. They are those of
    the worst of what the text leaves open; ``best_first`` and ``best_half`` are those of the best of it.
    """

    in_time: Share | None
    first: Hours
    half: Hours
    hoped: Hours
    curve: Curve
    rows: tuple[Row, ...]
    links: tuple[LinkWorth, ...]
    nobody: bool
    best_first: Hours
    best_half: Hours


@dataclass(frozen=True, slots=True)
class Duty:
    """What one guarantor must and may do under one clause, from which hour, and what keeps it from being bound."""

    guarantor: str
    clause: str
    spans: tuple[tuple[int, int, int], ...]
    binds: str
    clock: int | None
    state: str
    legal: bool | None


@dataclass(frozen=True, slots=True)
class Race:
    """One form, under one reading, in one incident, with one posture and one side of each contested effect.

    ``missing`` says in plain words which lengths nobody gives; ``assumed`` what was taken where nothing is said.
    ``notes`` are plain words on what the world says and this race does not use.
    """

    instrument: str
    reading: str
    incident: Incident
    objective: str
    what: str
    within: tuple[tuple[float, float], ...]
    level: int
    posture: str | None
    commits: bool | None
    refusing: tuple[str, ...]
    silent: tuple[str, ...]
    must: Arrival
    may: Arrival
    duties: tuple[Duty, ...]
    needs: tuple[tuple[str, float, float, str], ...]
    missing: tuple[str, ...]
    assumed: tuple[str, ...]
    ways: int
    count: int
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """What tells this race from the others of a case."""
        return (self.instrument, self.reading, self.objective, self.posture, self.commits)

    @property
    def by_breach(self) -> bool:
        """Whether nobody comes although somebody who refuses is bound to."""
        owed = (owed for duty in self.duties if duty.guarantor in self.refusing for _, owed, _ in duty.spans)
        return self.must.nobody and max(owed, default=0) >= self.level


@dataclass(frozen=True, slots=True)
class Races:
    """All races of a case; without any, ``reason`` says what they would need."""

    races: tuple[Race, ...]
    samples: int
    seed: int
    reason: str | None = None

    def of(self, instrument: str) -> Iterator[Race]:
        """Yield the races of one form."""
        return (race for race in self.races if race.instrument == instrument)

    def to_dict(self) -> dict[str, Any]:
        """The stable form that ``foedus race --format json`` prints."""
        return {
            "foedus": 1,
            "samples": self.samples,
            "seed": self.seed,
            "reason": self.reason,
            "races": plain(self.races),
        }
