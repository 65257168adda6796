"""A case: who is on stage, which instruments are looked at, what is known of the situation."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from foedus.case.schema.base import (
    Date,
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
from foedus.case.schema.clause import Body, Kind, Level
from foedus.case.schema.instrument import As, Expect, Incidents, Instrument
from foedus.case.schema.table import BoardIssue, Link, OneOf, Order, PositionWord, Salience, Told
from foedus.case.schema.world import World


class Cast(Part):
    """Who receives the guarantee and who may attack: ``any``, or the named ones (printed on the first screen)."""

    beneficiary: SomeNames
    attackers: Names = ("any",)
    main_zone: Name | None = None


class Use(Part):
    """A shipped instrument, by id."""

    use: Name
    as_: As = Field(default=As.model_construct(), alias="as")
    note: Text | None = None


class RequiredHelp(Part):
    """How many must owe it, and whether only some of them count."""

    at_least: Annotated[int, Field(ge=1)] = 1
    of: Names | None = None


class Unknown(Part):
    """A value that nobody knows: where it stands and what it may be."""

    at: Text
    may_be: list[Any] | None = None
    source: SourceRefs = ()
    note: Text | None = None


class Likelihood(Part):
    """A likelihood in the speaker's own words, with what it is about in time; never turned into a number here."""

    words: Text
    horizon: Text | None = None


class Statement(Part):
    """Somebody's words in ours, with the chain from the speaker to the page."""

    id: Name | None = None
    said_by: Text
    role: Text | None = None
    where: Text | None = None
    source: SourceRefs
    about: Text
    says: Text | None = None
    date: Date | None = None
    likelihood: Likelihood | None = None


class Precondition(Part):
    """A step and what must come before it: who will do it, when, and on whose word.

    ``when`` tells it in words or names one step; ``after`` names steps, all of which must come first.
    """

    id: Name | None = None
    who: Name | None = None
    will: Text | None = None
    when: Text | None = None
    what: Text | None = None
    by: Name | None = None
    after: tuple[Name | OneOf, ...] = ()
    state: Literal["open", "done", "refused"] = "open"
    salience: Salience = 1
    source: SourceRefs = ()
    date: Date | None = None
    note: Text | None = None


class Stance(Part):
    """One party's stand on one issue, from its own statements: in words, and option by option."""

    accept: Text | None = None
    negotiate: Text | None = None
    reject: Text | None = None
    options: dict[Name, PositionWord] = {}
    salience: Salience = 1
    told: tuple[Told, ...] = ()
    source: SourceRefs = ()
    date: Date | None = None
    note: Text | None = None


class LedgerEntry(Part):
    """Something given against something promised: who gave, when, and whether it can be taken back."""

    who: Name
    gives: Text
    to: Names = ()
    when: Text | None = None
    reversible: Literal["yes", "no", "partly", "unknown"] = "unknown"
    id: Name | None = None
    deal: Text | None = None
    kind: Literal["thing", "act", "promise"] | None = None
    step: Annotated[int, Field(ge=1)] | None = None
    after: Names = ()
    taken_back_by: Names = ()
    secret: bool = False
    source: SourceRefs = ()
    date: Date | None = None
    note: Text | None = None


class LookAt(Part):
    """Where the program's own answer to a question comes from: what it says of one instrument."""

    instrument: Name
    rule: Name | None = None
    show: Literal["finding", "label", "unknowns"] = "finding"


class Question(Part):
    """A question the case must answer, from whom, and which command answers it."""

    id: Name
    asks: Text
    from_: Text = Field(alias="from")
    sentence: int | None = None
    answered_by: Annotated[tuple[Text, ...], BeforeValidator(one_or_many, json_schema_input_type=str | list[str])] = ()
    answer: Text | None = None
    look_at: tuple[LookAt, ...] = ()


class Rival(Part):
    """A fact on which sources differ: both stand."""

    about: Text
    values: tuple[Text, ...]
    source: SourceRefs = ()
    note: Text | None = None


class StandTogether(Part):
    """Texts that would bind side by side if they came, as the author of the case or a text has it."""

    of: Annotated[SomeNames, Field(min_length=2)]
    source: SourceRefs = ()
    note: Text | None = None


class Meets(Part):
    """Whether one party meets a criterion, on whose word."""

    is_: Literal["yes", "no", "unknown"] = Field(alias="is")
    because: Text | None = None
    source: SourceRefs = ()


class Criterion(Part):
    """A rival answer to "who should provide it?": what is asked of a guarantor, by whom, and who meets it."""

    asks: Text
    said_by: Text
    source: SourceRefs
    note: Text | None = None
    meets: dict[Name, Meets] = {}


class Accepted(Part):
    """A finding the author knows and accepts: who, why, when."""

    finding: Text
    by: Text
    on: Date
    why: Text


class Case(Part):
    """One case file."""

    foedus: Literal[1]
    case: Name
    title: Text | None = None
    as_of: Date
    sources: dict[Name, Source] = {}
    parties: dict[Name, Party] = {}
    cast: Cast
    zones: dict[Name, Zone] = {}
    incidents: Incidents = Incidents.model_construct()
    bodies: dict[Name, Body] = {}
    required_level: dict[Kind, Level] = {}
    required_help: RequiredHelp = RequiredHelp.model_construct()
    baseline: Names | None = None
    instruments: Annotated[tuple[Use | Instrument, ...], Field(min_length=1)]
    stand_together: tuple[StandTogether, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    rivals: tuple[Rival, ...] = ()
    statements: tuple[Statement, ...] = ()
    preconditions: tuple[Precondition, ...] = ()
    orders: dict[Name, Order] = {}
    issues: dict[Name, BoardIssue] = {}
    board: dict[Name, dict[Name, Stance | Literal["unknown"]]] = {}
    links: tuple[Link, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    world: World | None = None
    criteria: dict[Name, Criterion] = {}
    questions: tuple[Question, ...] = ()
    expect: tuple[Expect, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    note: Text | None = None
