"""Clauses and bodies as an author writes them."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from foedus.case.ladders import level_of
from foedus.case.schema.base import (
    Hours,
    HoursOrUnknown,
    Name,
    Names,
    Part,
    SomeNames,
    SourceRefs,
    Text,
    one_or_many,
)

Act = Literal[
    "consult", "declare", "mediate", "monitor", "seek_decision", "sanction", "fund", "arm", "share_intelligence",
    "give_bases", "limited_force", "all_means",
]  # fmt: skip
Level = Literal["nothing", "consult", "sanctions", "arms", "limited_force", "all_means"]
Kind = Literal[
    "hybrid", "blockade", "raid", "land_grab", "air_campaign", "full_invasion", "nuclear_threat", "nuclear_use",
    "internal_disorder",
]  # fmt: skip
Object = Literal["territory", "forces", "ships_and_aircraft", "nationals"]
Phase = Literal["before_signature", "dormant", "in_force", "suspended", "in_notice", "expired"]
Forbidden = Literal[
    "attack", "threat_of_force", "nuclear_use", "economic_coercion", "alliances", "foreign_bases", "foreign_troops",
    "forces_above_limit", "nuclear_weapons", "aid_to_attacker", "opposing_commitments",
]  # fmt: skip
Acts = Annotated[tuple[Act, ...], BeforeValidator(one_or_many, json_schema_input_type=Act | list[Act])]


def any_or_many(value: Any) -> Any:
    """``any`` is nothing to check; a single word stands for a list of one."""
    return None if value == "any" else one_or_many(value)


Kinds = Annotated[tuple[Kind, ...] | None, BeforeValidator(any_or_many, json_schema_input_type=str | list[Kind] | None)]
Objects = Annotated[
    tuple[Object, ...] | None, BeforeValidator(any_or_many, json_schema_input_type=str | list[Object] | None)
]
AnyNames = Annotated[
    tuple[Name, ...] | None, BeforeValidator(any_or_many, json_schema_input_type=str | list[str] | None)
]
Phases = Annotated[tuple[Phase, ...], BeforeValidator(one_or_many, json_schema_input_type=Phase | list[Phase])]


class Except(Part):
    """Everybody but the named."""

    except_: Names = Field(alias="except")


class When(Part):
    """The facts under which a clause speaks; what is left out is "any"."""

    kind: Kinds = None
    attacker: Annotated[
        Except | tuple[Name, ...] | None,
        BeforeValidator(any_or_many, json_schema_input_type=str | list[str] | Except | None),
    ] = None
    victim: AnyNames = None
    zone: AnyNames = None
    object: Objects = None
    unprovoked: bool = False
    lasting: Hours = 0
    phase: Phases = ("in_force", "in_notice")


class JudgedBy(Part):
    """Who judges one aspect, and the kinds of incident in which denial is not open in good faith."""

    by: Name | None = None
    body: Name | None = None
    manifest: Annotated[tuple[Kind, ...], BeforeValidator(one_or_many, json_schema_input_type=Kind | list[Kind])] = ()
    silence: Literal["yes", "no"] = "no"

    @model_validator(mode="after")
    def _one_judge(self) -> "JudgedBy":
        if self.by == "objective" and self.manifest:
            raise ValueError(
                "`manifest` under `objective`: where nobody judges there is no denial; leave one of them out"
            )
        if (self.by is None) == (self.body is None):
            raise ValueError("expected either `by:` (a party, `objective`, `bearer` or `victim`) or `body:`, not both")
        return self


def judge_of(value: Any) -> Any:
    """A bare word judges the attack and nothing else; each aspect may be a bare word too."""
    if isinstance(value, str):
        return {"attack": {"by": value}}
    if isinstance(value, dict):
        if {"by", "body"} & value.keys():
            return {"attack": value}
        return {aspect: {"by": judge} if isinstance(judge, str) else judge for aspect, judge in value.items()}
    return value


class Judges(Part):
    """One judge for each aspect of the trigger."""

    attack: JudgedBy | None = None
    attribution: JudgedBy | None = None
    provocation: JudgedBy | None = None
    breach: JudgedBy | None = None


class Asked(Part):
    """Who must ask first; any one of them, or all."""

    by: SomeNames
    all: bool = False
    silence: Literal["yes", "no"] = "no"


def asked_of(value: Any) -> Any:
    """``request: victim`` is short for ``request: {by: victim}``; ``none`` is no request."""
    if value == "none":
        return None
    return {"by": value} if isinstance(value, (str, list)) else value


class BodyRef(Part):
    """A body, and the matter it is asked; the clause itself where no matter is named."""

    body: Name
    matter: Name | None = None


def body_ref(value: Any) -> Any:
    """``decision: council`` is short for ``decision: {body: council}``; ``none`` is no decision."""
    if value == "none":
        return None
    return {"body": value} if isinstance(value, str) else value


def body_refs(value: Any) -> Any:
    """One body, or a list of them."""
    if value == "none":
        return ()
    return [body_ref(item) for item in value] if isinstance(value, list) else [body_ref(value)]


OptionalBodyRef = Annotated[BodyRef | None, BeforeValidator(body_ref, json_schema_input_type=str | BodyRef | None)]
BodyRefs = Annotated[tuple[BodyRef, ...], BeforeValidator(body_refs, json_schema_input_type=str | BodyRef | list[Any])]


class LeadsTo(Part):
    """The body whose decision a duty is to seek, and the most that decision can bring."""

    body: Name
    matter: Name | None = None
    most: Annotated[Acts, Field(min_length=1)]


class Differs(Part):
    """A bearer whose least or most is not that of the others."""

    who: Names
    least: Acts
    most: Acts | None = None


class Response(Part):
    """What a bearer must do at least and may do at most; ``least`` is mandatory because it decides most verdicts."""

    least: Acts
    most: Acts | Literal["unknown"] | None = None
    means_chosen_by: Annotated[
        BodyRef | Name, BeforeValidator(lambda value: value, json_schema_input_type=str | BodyRef)
    ] = "bearer"
    differs: tuple[Differs, ...] = ()

    @model_validator(mode="after")
    def _least_within_most(self) -> "Response":
        for least, most, where in [
            (self.least, self.most, ""),
            *((d.least, d.most, f" for {', '.join(d.who)}") for d in self.differs if d.most),
            *((d.least, self.most, f" of all for {', '.join(d.who)}") for d in self.differs if not d.most),
        ]:
            if most is not None and most != "unknown" and level_of(least) > level_of(most):
                raise ValueError(
                    f"`least` ({', '.join(least)}) is above `most` ({', '.join(most)}){where}: "
                    "expected a least that is not higher than the most"
                )
        return self


class Deadline(Part):
    """A clock: what it binds (to meet, decide or act), from when it runs, what silence does."""

    to: Literal["meet", "decide", "act", "unknown"]
    within: HoursOrUnknown
    from_: Literal["trigger", "request", "decision", "unknown"] = Field(default="trigger", alias="from")
    soft: bool = False


class Default(Part):
    """What is owed when the time has passed without a decision."""

    after: Hours
    level: Level


class Domestic(Part):
    """Approval at home: a condition of the duty, or no excuse for leaving it undone."""

    process: Text
    who: Names | None = None
    effect: Literal["condition", "no-excuse"]
    silence: Literal["yes", "no"] = "no"


class Releases(Part):
    """The clauses that using a power ends, for the user alone or for everybody."""

    clauses: SomeNames
    whom: Literal["self", "all"] = "self"


class Consequence(Part):
    """What a breach brings: clauses of the same text that it calls into play, or a body that then decides."""

    clauses: SomeNames | None = None
    body: Name | None = None
    matter: Name | None = None
    says: Text | None = None

    @model_validator(mode="after")
    def _something(self) -> "Consequence":
        if self.clauses is None and self.body is None:
            raise ValueError("`consequence` names neither `clauses` nor a `body`: say what a breach brings, or `none`")
        return self


class Phrase(Part):
    """The operative words themselves, at most 25 of them, because the phrase is the object under test."""

    text: Text
    source: Name | None = None

    @model_validator(mode="after")
    def _short(self) -> "Phrase":
        if len(self.text.split()) > 25:
            raise ValueError(f"expected at most 25 quoted words, found {len(self.text.split())}: paraphrase in `says:`")
        return self


class Clause(Part):
    """One clause of an instrument."""

    id: Name
    article: str | None = None
    says: Text | None = None
    phrase: Phrase | None = None
    kind: Literal["obligation", "prohibition", "permission", "power", "declaration"]
    bearers: Names
    to: Names = ()
    structure: Literal["each-alone", "together"] = "each-alone"
    when: When = When.model_construct()
    judge: Annotated[
        Judges | None, BeforeValidator(judge_of, json_schema_input_type=str | JudgedBy | Judges | None)
    ] = None
    request: Annotated[
        Asked | None, BeforeValidator(asked_of, json_schema_input_type=str | list[str] | Asked | None)
    ] = None
    response: Response | None = None
    decision: OptionalBodyRef = None
    deadline: Deadline | Literal["none", "unknown"] = "none"
    default: Default | None = None
    after: Names = ()
    consents: Names = ()
    unless: BodyRefs = ()
    until: BodyRefs = ()
    domestic: Domestic | None = None
    leads_to: LeadsTo | None = None
    releases: Releases | None = None
    forbids: Annotated[
        tuple[Forbidden, ...], BeforeValidator(one_or_many, json_schema_input_type=Forbidden | list[Forbidden])
    ] = ()
    most_level: Level | None = None
    against_beneficiary: bool = False
    consequence: Consequence | Text | Literal["none", "unknown"] = "unknown"
    subject_to: Names = ()
    overrides: Names = ()
    saves: Text | None = None
    source: SourceRefs = ()
    verified: bool | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _mandatory(self) -> "Clause":
        if self.kind in ("obligation", "permission") and self.response is None:
            raise ValueError(
                f"`response` is missing: an {self.kind} needs what is owed at least, "
                "like `response: {least: [consult]}` (or `least: unknown`)"
            )
        if self.kind == "obligation" and self.judge is None:
            raise ValueError(
                "`judge` is missing: say who finds that the trigger is met: `objective`, `bearer`, `victim`, a party,"
                " `{body: ...}` or `unknown`"
            )
        if self.kind == "prohibition" and not self.forbids and self.most_level is None:
            raise ValueError("`forbids` is missing: a prohibition names what it forbids, or sets a `most_level`")
        if self.default is not None and self.decision is None:
            raise ValueError("`default` without `decision`: a default says what is owed when a body does not decide")
        if self.against_beneficiary and self.kind != "permission":
            raise ValueError(
                f"`against_beneficiary` at a clause of the kind `{self.kind}`: only a `permission` can be one to act "
                "against whoever the case protects"
            )
        return self


class Anonymous(Part):
    """Members without a name, interchangeable with each other."""

    anonymous: Annotated[int, Field(ge=1, le=500)]


class Count(Part):
    """At least so many yes votes."""

    at_least: Annotated[int, Field(ge=1, le=1000)]


class Share(Part):
    """At least such a share of the denominator, written 2/3."""

    share: Annotated[str, Field(pattern=r"^[1-9]\d*/[1-9]\d*$")]

    @model_validator(mode="after")
    def _proper(self) -> "Share":
        upper, lower = map(int, self.share.split("/"))
        if upper > lower:
            raise ValueError(f"expected a share of at most the whole, found `{self.share}`")
        return self


Group = Annotated[
    tuple[Name, ...] | Anonymous, BeforeValidator(one_or_many, json_schema_input_type=str | list[str] | Anonymous)
]


class Body(Part):
    """A body that decides by votes; ``excluded`` is mandatory because it decides most verdicts."""

    members: Annotated[
        dict[Name, Group] | tuple[Name, ...],
        BeforeValidator(one_or_many, json_schema_input_type=str | list[str] | dict[str, Any]),
    ]
    rule: Literal["each", "unanimity", "majority"] | Count | Share
    of: Literal["members", "entitled", "present", "cast"] = "entitled"
    weights: dict[Name, Annotated[int, Field(ge=0)]] = {}
    quorum: Annotated[int, Field(ge=0)] = 0
    veto: Names = ()
    abstention: Literal["blocks", "does-not-block"] = "does-not-block"
    outside_veto: Names = ()
    excluded: Literal["nobody", "attacker", "disputants"]
    only_if_member: bool = False
    silence: Literal["yes", "no", "abstain", "absent"] = "absent"
    phrase: Phrase | None = None
    article: str | None = None
    source: SourceRefs = ()
    verified: bool | None = None
    note: Text | None = None
