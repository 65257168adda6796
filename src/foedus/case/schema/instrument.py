"""An instrument: treaty, memorandum, statute, pledge, draft or proposal."""

from typing import Annotated, Any, Literal

from pydantic import Field

from foedus.case.schema.base import (
    Date,
    HoursOrUnknown,
    Name,
    Names,
    Part,
    Party,
    SomeNames,
    Source,
    SourceRefs,
    Text,
    Zone,
)
from foedus.case.schema.clause import Body, Clause, Kinds, Objects


class Called(Part):
    """What the text or its promoters call it, which is not what it is."""

    word: Text
    by: Text
    source: SourceRefs = ()


class Exit(Part):
    """How long it lasts and how one leaves."""

    duration: HoursOrUnknown | Literal["indefinite"] = "unknown"
    notice: HoursOrUnknown = "unknown"
    earliest: HoursOrUnknown = "unknown"
    releases: Text | None = None
    article: str | None = None
    source: SourceRefs = ()


class Reading(Part):
    """A rival interpretation with its holder: values laid over the text, each by its path."""

    held_by: Text
    says: Text
    set: dict[str, Any]
    source: SourceRefs = ()


class History(Part):
    """Something that happened under the instrument: shown, and never part of any computation."""

    date: Date
    event: Text
    outcome: Text | None = None
    source: SourceRefs = ()
    verified: bool = False


class Incidents(Part):
    """The incidents that are looked at, where not all of the language's."""

    kinds: Kinds = None
    zones: Names | None = None
    objects: Objects = None
    provoked: bool = False


class DefaultCast(Part):
    """Who receives and who may attack when the instrument is looked at alone."""

    beneficiary: SomeNames
    attackers: Names = ("any",)
    main_zone: Name | None = None


class Expect(Part):
    """An expectation with its author, day and reason, so that it is no snapshot.

    Without ``reading`` it speaks of the text alone; ``reading: all`` is the verdict over all readings. ``not_flagged``
    is met by HOLDS and by NOT APPLICABLE.
    """

    rule: Name
    instrument: Name | None = None
    reading: Name | None = None
    verdict: Literal["holds", "fails", "depends", "not_applicable", "undecided", "not_flagged"] | None = None
    promised_level: int | None = None
    weakest_level: int | None = None
    lawful_number: int | Literal["nobody"] | None = None
    practical_number: int | Literal["nobody"] | None = None
    stoppers: list[list[Name]] | None = None
    practical_stoppers: list[list[Name]] | None = None
    by: Text
    on: Date
    why: Text


class Instrument(Part):
    """One instrument as written in a case or shipped in the library."""

    id: Name
    title: Text
    short: Text | None = None
    says: Text | None = None
    called: Called | None = None
    signed: Date | Literal["never"] | None = None
    in_force: Date | Literal["never"] | None = None
    status: Literal["in-force", "signed", "expired", "denounced", "never-signed", "proposal", "draft", "broken-down"]
    binding: Literal["legal", "political", "unilateral", "disputed", "unknown"]
    supersedes: Name | None = None
    parties: dict[Name, Party] = {}
    members: Names = ()
    roles: dict[Name, Names] = {}
    default_cast: DefaultCast | None = None
    zones: dict[Name, Zone] = {}
    bodies: dict[Name, Body] = {}
    clauses: Annotated[tuple[Clause, ...], Field(min_length=1)]
    readings: dict[Name, Reading] = {}
    incidents: Incidents = Incidents.model_construct()
    dormant_until: Text | None = None
    exit: Exit | None = None
    sources: dict[Name, Source] = {}
    history: tuple[History, ...] = ()
    coded_by: Text | None = None
    checked_by: Text | None = None
    note: Text | None = None
    expect: tuple[Expect, ...] = ()


class InstrumentFile(Instrument):
    """A file that holds one instrument: the shape of every file of the library."""

    foedus: Literal[1]
