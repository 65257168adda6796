"""The world of a case: how long each step takes, which forces there are, how long the attacker needs."""

import math
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from foedus.case.schema.base import Hours, HoursOrUnknown, Name, Names, Part, SourceRefs, Text
from foedus.case.schema.clause import Kind, Level

StepName = Literal[
    "detect", "attribute", "request", "meet", "decide", "consent", "approve", "mobilise", "move", "take_effect", "act"
]
Domain = Literal["ground", "air_defence", "air", "sea", "supplies"]


class Duration(Part):
    """A length of time: an interval in which each hour counts alike, or quantiles with straight lines between.

    ``quantiles`` maps ``p50`` (so many futures in a hundred) to the hours that these do not exceed. Unknown stays so.
    """

    low: HoursOrUnknown | None = None
    high: HoursOrUnknown | None = None
    quantiles: dict[str, Hours] = {}

    @field_validator("quantiles", mode="after")
    @classmethod
    def _named(cls, value: dict[str, int]) -> dict[str, int]:
        for name in value:
            if re.fullmatch(r"p(\d{1,2}|100)", name) is None:
                raise ValueError(f"expected quantiles like `{{p5: 6 h, p50: 12 h, p95: 36 h}}`, found `{name}`")
        return value

    @model_validator(mode="after")
    def _agrees(self) -> "Duration":
        ends = (self.low, self.high)
        if self.quantiles:
            shares = [int(name.removeprefix("p")) for name in self.quantiles]
            twice = [name for i, name in enumerate(self.quantiles) if shares[i] in shares[:i]]
            if twice:
                raise ValueError(f"`{twice[0]}` gives one quantile a second time")
            hours = [length for _, length in self._stated()]
            if ends != (None, None) or len(hours) < 2:
                raise ValueError("expected either `low` and `high`, or at least two `quantiles`")
            if hours != sorted(hours):
                raise ValueError(
                    "the quantiles contradict each other: a larger share has fewer hours than a smaller one"
                )
            return self
        if None in ends or "none" in ends:
            raise ValueError("expected both `low` and `high`, each a length of time or `unknown`")
        if isinstance(self.low, int) and isinstance(self.high, int) and self.low > self.high:
            raise ValueError(f"`low` ({self.low} hours) is more than `high` ({self.high} hours)")
        return self

    def _stated(self) -> list[tuple[int, int]]:
        return sorted((int(name.removeprefix("p")), length) for name, length in self.quantiles.items())

    @property
    def known(self) -> bool:
        """Whether both ends are known: with one of them no future can be drawn."""
        return bool(self.quantiles) or (isinstance(self.low, int) and isinstance(self.high, int))

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the most hours, as far as they are known: what is not may be none or endless."""
        if self.quantiles:
            return self.knots[0][1], self.knots[-1][1]
        low, high = self.low, self.high
        return float(low) if isinstance(low, int) else 0.0, float(high) if isinstance(high, int) else math.inf

    @property
    def knots(self) -> tuple[tuple[float, float], ...]:
        """Shares from 0 to 1 with their hours, rising; beyond the outermost stated quantiles stand these."""
        if not self.known:
            return ()
        if not self.quantiles:
            return ((0.0, float(self.low or 0)), (1.0, float(self.high or 0)))
        stated = [(share / 100, float(length)) for share, length in self._stated()]
        first = [(0.0, stated[0][1])] if stated[0][0] > 0 else []
        last = [(1.0, stated[-1][1])] if stated[-1][0] < 1 else []
        return (*first, *stated, *last)


def as_duration(value: Any) -> Any:
    """One length stands for an interval without width; a length below zero is told as what it is."""
    for text in value.values() if isinstance(value, Mapping) else (value,):
        if isinstance(text, str) and text.strip().startswith(("-", "\u2212")):
            raise ValueError(f"`{text}` is less than no time")
    return value if isinstance(value, (Mapping, Duration)) else {"low": value, "high": value}


Length = Annotated[Duration, BeforeValidator(as_duration, json_schema_input_type=str | Duration)]


class Strength(Part):
    """So much of something, in a stated unit, as an interval."""

    low: Annotated[float, Field(ge=0)] | Literal["unknown"]
    high: Annotated[float, Field(ge=0)] | Literal["unknown"]
    unit: Annotated[str, Field(min_length=1, max_length=40)]

    @model_validator(mode="after")
    def _agrees(self) -> "Strength":
        if self.known and float(self.low) > float(self.high):
            raise ValueError(f"`low` ({self.low}) is more than `high` ({self.high})")
        return self

    @property
    def known(self) -> bool:
        """Whether both ends are known."""
        return self.low != "unknown" and self.high != "unknown"

    @property
    def span(self) -> tuple[float, float]:
        """The ends; what is unknown may be as little as is known, or as much as one likes."""
        if self.known:
            return float(self.low), float(self.high)
        return 0.0 if self.low == "unknown" else float(self.low), math.inf


def as_strength(value: Any) -> Any:
    """``2 brigades`` or ``2 to 3 brigades``, with the unit in one form of number."""
    if isinstance(value, (Mapping, Strength)):
        return value
    number = r"(\d+(?:\.\d+)?|unknown)"
    match = re.fullmatch(rf"\s*{number}(?:\s+to\s+{number})?\s+([A-Za-z][A-Za-z -]*?)\s*", str(value))
    if isinstance(value, bool) or match is None:
        raise ValueError(f"expected an amount with its unit, like `2 brigades` or `2 to 3 brigades`, found `{value}`")
    low, high, unit = match[1], match[2] or match[1], match[3].casefold()
    return {"low": _number(low), "high": _number(high), "unit": _singular(unit)}


def _number(word: str) -> float | str:
    return word if word == "unknown" else float(word)


def _singular(unit: str) -> str:
    """``batteries`` and ``battery`` are one unit."""
    return unit[:-3] + "y" if unit.endswith("ies") else unit.removesuffix("s")


Amount = Annotated[Strength, BeforeValidator(as_strength, json_schema_input_type=str | Strength)]


class Capability(Part):
    """What a party has where, and how fast it can be there: the forces at hour 0 and those that follow.

    ``orders`` says what the force waits for: nothing but the attack (``fight``), or what its state decides (``ask``).
    ``ready_within`` is the time to be ready to leave, ``ready_from`` when that begins; ``move_with`` names a step that
    several share, such as one airlift. ``postures`` are those in which the force is there; in all if none is named.
    """

    who: Name
    what: Text
    amount: Text | None = None
    strength: dict[Domain, Amount] = {}
    helps: Level | None = None
    zone: Name | None = None
    position: Text | None = None
    in_place: bool = False
    orders: Literal["fight", "ask"] = "ask"
    ready_within: Length = Duration.model_construct(low="unknown", high="unknown")
    ready_from: Literal["approval", "attack"] = "approval"
    move: Length | None = None
    move_with: Name | None = None
    take_effect: Length | None = None
    postures: Names = ()
    source: SourceRefs = ()
    note: Text | None = None


class TimedStep(Part):
    """How long one step takes, for everybody or for one party or body. ``id`` lets forces share it.

    What is said for everybody is drawn for each apart, unless ``shared`` says that it is one event for all. ``act`` is
    all that comes between the duty and the help: to get ready, to move and to take effect.
    """

    id: Name | None = None
    what: StepName
    by: Name | None = None
    takes: Length
    shared: bool = False
    source: SourceRefs = ()
    note: Text | None = None


class Objective(Part):
    """What the attacker wants to reach, in which kind of incident, within what time, and what denies it by then."""

    id: Name
    what: Text
    kind: Kind
    attacker: Name | None = None
    victim: Name | None = None
    zone: Name | None = None
    within: Length
    needs: dict[Domain, Amount] = {}
    helps: Level | None = None
    speed_and_surprise: Annotated[float, Field(gt=-1, lt=1)] | None = None
    """How the time to the objective goes with the time to detect: the correlation of their ranks' normal scores."""
    source: SourceRefs = ()
    note: Text | None = None

    @field_validator("within", mode="after")
    @classmethod
    def _takes_time(cls, value: Duration) -> Duration:
        if value.known and value.knots[0][1] == 0:
            raise ValueError(
                "an objective that is reached in zero hours leaves no race: give the least time above zero"
            )
        return value


class Posture(Part):
    """A choice of forces in place. ``commits_sender``: whether its losses make the sender act without deciding anew."""

    what: Text
    commits_sender: Literal["yes", "no", "contested"] = "no"
    source: SourceRefs = ()
    note: Text | None = None


class ExpectedRace(Part):
    """What a source says came of it, beside which the race is held.

    ``arrives`` says in which futures the help is in time; it is there not before ``earliest`` and, in every future, by
    ``latest``.
    """

    instrument: Name | None = None
    objective: Name
    posture: Name | None = None
    refuses: Names = ()
    arrives: Literal["always", "never", "in_some", "not_known"]
    help: Literal["must", "may"] = "must"
    earliest: Hours | None = None
    latest: Hours | None = None
    why: Text
    source: SourceRefs


class World(Part):
    """The facts of force and time that the race runs on."""

    objectives: tuple[Objective, ...] = ()
    steps: tuple[TimedStep, ...] = ()
    forces: tuple[Capability, ...] = ()
    response_times: tuple[Capability, ...] = ()
    postures: dict[Name, Posture] = {}
    expect: tuple[ExpectedRace, ...] = ()
    note: Text | None = None
