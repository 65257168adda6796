"""What every part of a case file shares: strictness, dates, durations, names, sources."""

import datetime
import re
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

HOURS: Final = {"h": 1, "hour": 1, "hours": 1, "day": 24, "days": 24, "week": 168, "weeks": 168}
CALENDAR_HOURS: Final = {"month": 730, "months": 730, "year": 8760, "years": 8760}
"""A month counts as 730 hours and a year as 8,760 (365 days): good enough for clocks that the text gives in months."""


class Part(BaseModel):
    """A part of a case file: frozen, and a key that is not in the language is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


def parse_hours(value: Any) -> Any:
    """Turn ``72 h``, ``3 days`` or ``6 months`` into hours; leave anything else for the type check to refuse."""
    if isinstance(value, bool):
        raise ValueError("expected a length of time with its unit, like `72 h` or `3 days`")
    if value in ("unknown", "none") or value is None:
        return value
    match = re.fullmatch(r"\s*(\d+)\s*([A-Za-z]+)\s*", value) if isinstance(value, str) else None
    unit = (HOURS | CALENDAR_HOURS).get(match[2].lower()) if match else None
    if match is None or unit is None:
        raise ValueError(
            f"expected a length of time with its unit, like `72 h`, `3 days` or `6 months`, found `{value}`"
        )
    return int(match[1]) * unit


def parse_date(value: Any) -> Any:
    """Check a date as year, year-month or year-month-day; ``unknown`` stays."""
    if value == "unknown":
        return value
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", text)
    if match is None:
        raise ValueError(f"expected a date like 2025-08-22 (or 2025-08, or 2025), found `{value}`")
    try:
        datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        raise ValueError(f"`{value}` is not a day of the calendar") from None
    return text


def one_or_many(value: Any) -> Any:
    """A single name stands for a list of one."""
    return [value] if isinstance(value, str) else value


Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\- ]*$", max_length=80)]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
Hours = Annotated[int, BeforeValidator(parse_hours, json_schema_input_type=str)]
HoursOrUnknown = Annotated[int | Literal["unknown", "none"], BeforeValidator(parse_hours, json_schema_input_type=str)]
Date = Annotated[str, BeforeValidator(parse_date, json_schema_input_type=str | int)]
Names = Annotated[tuple[Name, ...], BeforeValidator(one_or_many, json_schema_input_type=str | list[str])]
SomeNames = Annotated[
    tuple[Name, ...], Field(min_length=1), BeforeValidator(one_or_many, json_schema_input_type=str | list[str])
]
"""At least one name."""
SourceRefs = Annotated[tuple[Name, ...], BeforeValidator(one_or_many, json_schema_input_type=str | list[str])]


class InferredDate(Part):
    """A date that no source prints, with the reason it was inferred."""

    inferred: Date
    why: Text


class Source(Part):
    """Where a statement or a text comes from: who said it, where, through whom it reached the page."""

    kind: Literal["news-report", "treaty", "statute", "draft", "statement", "secondary", "reference", "data-set"]
    title: Text | None = None
    outlet: Text | None = None
    said_by: Text | None = None
    where: Text | None = None
    reported_by: Names = ()
    translated: bool = False
    date: Date | InferredDate | None = None
    read: Date | None = None
    address: Text | None = None
    verified: bool = False
    hindsight: bool = False
    note: Text | None = None

    @property
    def day(self) -> str | None:
        """The date as text, inferred or not; ``None`` where it is missing or unknown."""
        day = self.date.inferred if isinstance(self.date, InferredDate) else self.date
        return None if day == "unknown" else day


class Party(Part):
    """Somebody who can promise, receive, attack, vote or refuse; ``spoken`` is the name inside a sentence."""

    name: Text
    spoken: Text | None = None
    nuclear: bool = False
    controlled_by: Names = ()
    source: SourceRefs = ()
    note: Text | None = None


class Zone(Part):
    """A part of the world that a text covers or leaves out."""

    of: Name | None = None
    what: Text
    source: SourceRefs = ()
