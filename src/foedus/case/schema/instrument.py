"""An instrument: treaty, memorandum, statute, pledge, draft or proposal."""

from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

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
    one_or_many,
)
from foedus.case.schema.clause import Body, Clause, Kinds, Objects


class Called(Part):
    """What the text or its promoters call it, which is not what it is."""

    word: Text
    by: Text
    source: SourceRefs = ()


PaperKind = Literal[
    "treaty_ratified", "treaty_unratified", "executive_agreement", "executive_order", "political_declaration",
    "unsc_resolution", "statute", "secret_letter", "none"
]  # fmt: skip
"""The values of the first dimension of :mod:`foedus.case.dimensions`; a test holds the two together."""


class Paper(Part):
    """What kind of paper it is, where the text or a source says so; several where they leave it between these."""

    is_: Annotated[
        tuple[PaperKind, ...],
        BeforeValidator(one_or_many, json_schema_input_type=PaperKind | list[PaperKind]),
        Field(alias="is", min_length=1),
    ]
    source: SourceRefs
    note: Text | None = None


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


def _some(value: Any) -> Any:
    if value == ():
        raise PydanticCustomError("too_short", "an empty list would leave nothing to look at")
    return value


SOME: Final = AfterValidator(_some)
"""A list that may be left out, and is not empty where it stands."""


class Incidents(Part):
    """The incidents that are looked at, where not all of the language's."""

    kinds: Annotated[Kinds, SOME] = None
    zones: Annotated[Names | None, SOME] = None
    objects: Annotated[Objects, SOME] = None
    provoked: bool = False


class DefaultCast(Part):
    """Who receives and who may attack when the instrument is looked at alone."""

    beneficiary: SomeNames
    attackers: Names = ("any",)
    main_zone: Name | None = None


LevelNumber = Annotated[int, Field(ge=0, le=5)]


class Expect(Part):
    """An expectation with its author, day and reason, so that it is no snapshot.

    Without ``reading`` it speaks of the text alone; ``reading: all`` is the verdict over all readings. ``not_flagged``
    is met by HOLDS and by NOT APPLICABLE. ``foedus check`` compares it; where it is not met the exit code is 1.
    """

    rule: Name
    instrument: Name | None = None
    reading: Name | None = None
    verdict: Literal["holds", "fails", "depends", "not_applicable", "undecided", "not_flagged"] | None = None
    promised_level: LevelNumber | None = None
    weakest_level: LevelNumber | None = None
    lawful_number: int | Literal["nobody"] | None = None
    practical_number: int | Literal["nobody"] | None = None
    stoppers: list[list[Name]] | None = None
    practical_stoppers: list[list[Name]] | None = None
    by: Text
    on: Date
    why: Text

    @model_validator(mode="after")
    def _of_something(self) -> "Expect":
        if all(getattr(self, name) is None for name in EXPECTED):
            raise ValueError(f"found nothing that is expected, expected one of {', '.join(f'`{n}`' for n in EXPECTED)}")
        return self


EXPECTED: Final = (
    "verdict", "promised_level", "weakest_level", "lawful_number", "practical_number", "stoppers", "practical_stoppers"
)  # fmt: skip
"""The keys of an expectation that are compared with what the checks find."""


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
    paper: Paper | None = None
    supersedes: Name | None = None
    baseline: Names | None = None
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


class As(Part):
    """How a shipped instrument is put on stage: who joins, who fills which role, which zone counts as which."""

    accede: Names = ()
    roles: dict[Name, Names] = {}
    zones: dict[Name, Name] = {}


class InstrumentFile(Instrument):
    """A file that holds one instrument: the shape of every file of the library."""

    foedus: Literal[1]
