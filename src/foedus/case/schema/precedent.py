"""Historical cases as data: what was promised, whether it was kept, deterred and saved, and how each is known."""

from typing import Annotated, Any, Final, Literal, get_args

from pydantic import BeforeValidator, Field, field_validator, model_validator

from foedus.case.dimensions import DIMENSIONS
from foedus.case.schema.base import Date, Name, Names, Part, Text, one_or_many

Tested = Literal["yes", "threat", "never", "unclear"]
Kept = Literal["yes", "partly", "no", "not_due"]
Deterred = Literal["held", "below_threshold", "failed", "not_asked"]
Fate = Literal["unharmed", "part_lost", "lost", "restored", "not_asked"]
Mark = Literal["seen", "general", "contested"]
OUTCOMES: Final = ("promise_kept", "deterrence_held", "fate")
"""The three questions that are kept apart: was the promise kept, did it deter, was the beneficiary saved?"""


def answered(value: Any) -> Any:
    """A bare answer, or several where accounts differ, is short for ``{answer: ...}``."""
    return {"answer": value} if isinstance(value, (str, list)) else value


class TestedBy(Part):
    """Whether an attack or an acute threat came within the promise, and when."""

    answer: Annotated[tuple[Tested, ...], Field(min_length=1), BeforeValidator(one_or_many)]
    note: Text | None = None


class KeptOutcome(Part):
    """Whether the promise was kept; several answers where accounts or guarantors differ."""

    answer: Annotated[tuple[Kept, ...], Field(min_length=1), BeforeValidator(one_or_many)]
    note: Text | None = None


class DeterredOutcome(Part):
    """Whether it deterred; ``below_threshold``: no large attack came, smaller moves did."""

    answer: Annotated[tuple[Deterred, ...], Field(min_length=1), BeforeValidator(one_or_many)]
    note: Text | None = None


class FateOutcome(Part):
    """What became of the beneficiary; ``restored``: occupied, and free again later."""

    answer: Annotated[tuple[Fate, ...], Field(min_length=1), BeforeValidator(one_or_many)]
    note: Text | None = None


class Seen(Part):
    """A page that was looked at for this case, or that is named by somebody who looked."""

    what: Text
    address: Text | None = None
    read: Date | Literal["unknown"] = "unknown"
    note: Text | None = None


def coded(value: Any) -> Any:
    """``unknown`` is no value, a single word a list of one."""
    if not isinstance(value, dict):
        return value
    return {name: () if item == "unknown" else one_or_many(item) for name, item in value.items()}


class Precedent(Part):
    """One historical case; ``dimensions`` answers the same questions that are derived for a text."""

    foedus: Literal[1]
    id: Annotated[str, Field(pattern=r"^P\d\d$")]
    name: Text
    years: Text
    guarantors: Annotated[tuple[Text, ...], Field(min_length=1), BeforeValidator(one_or_many)]
    beneficiary: Text
    adversary: Text
    form: Text
    tested: Annotated[TestedBy, BeforeValidator(answered)]
    promise_kept: Annotated[KeptOutcome, BeforeValidator(answered)]
    deterrence_held: Annotated[DeterredOutcome, BeforeValidator(answered)]
    fate: Annotated[FateOutcome, BeforeValidator(answered)]
    reason: Text
    mark: Annotated[tuple[Mark, ...], Field(min_length=1), BeforeValidator(one_or_many)]
    verified: bool
    sources: tuple[Seen, ...] = ()
    instruments: Names = ()
    dimensions: Annotated[dict[Name, tuple[Name, ...]], BeforeValidator(coded)]
    coded_by: Text
    checked_by: Text
    note: Text | None = None

    @field_validator("dimensions")
    @classmethod
    def _of_the_vocabulary(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for name, words in value.items():
            known = DIMENSIONS.get(name)
            if known is None:
                raise ValueError(f"`{name}` is not a dimension; expected {', '.join(DIMENSIONS)}")
            for word in words:
                if word not in known.values:
                    raise ValueError(f"`{word}` is not a value of `{name}`; expected {', '.join(known.values)}")
        if left_out := [name for name in DIMENSIONS if name not in value]:
            raise ValueError(f"`{left_out[0]}` is missing; write `unknown` for what is not known")
        return {name: value[name] for name in DIMENSIONS}

    @model_validator(mode="after")
    def _verified_by_what_was_seen(self) -> "Precedent":
        if self.verified and "seen" not in self.mark:
            raise ValueError("`verified: true` without the mark `seen`: nobody has looked at a page that supports it")
        if "seen" in self.mark and not any(source.address for source in self.sources):
            raise ValueError("the mark `seen` needs a source with its address")
        return self


class Had(Part):
    """A case that had a fault, in a few words on how."""

    case: Annotated[str, Field(pattern=r"^P\d\d$")]
    name: Text
    how: Text


class Fault(Part):
    """A drafting fault that recurs, the cases that had it, and the rules that find it, or why none can."""

    name: Text
    says: Text
    had_by: tuple[Had, ...] = ()
    also: Text | None = None
    counter: Had | None = None
    rules: Annotated[tuple[Annotated[str, Field(pattern=r"^C\d\d$")], ...], BeforeValidator(one_or_many)] = ()
    no_rule: Text | None = None

    @model_validator(mode="after")
    def _found_or_said_why(self) -> "Fault":
        if not self.rules and self.no_rule is None:
            raise ValueError("expected `rules`, or `no_rule` with the reason why none can find it")
        return self


class Figures(Part):
    """A published figure on how often promises are kept, as its author has it; never computed here."""

    by: Text
    says: Text
    source: Text


class HoldOut(Part):
    """Cases that the rules should find weak, or strong, from the text as it was signed."""

    says: Text
    weak: Names
    strong: Names


class Coding(Part):
    """How the cases are coded, and what scholars have counted in samples of their own."""

    foedus: Literal[1]
    says: Text
    rules: dict[Name, dict[Name, Text]]
    no_share: Text
    figures: tuple[Figures, ...]
    hold_out: HoldOut


class Faults(Part):
    """The drafting faults by number."""

    foedus: Literal[1]
    faults: dict[Annotated[str, Field(pattern=r"^\d{1,2}$")], Fault]


ANSWERS: Final = {
    "tested": get_args(Tested),
    "promise_kept": get_args(Kept),
    "deterrence_held": get_args(Deterred),
    "fate": get_args(Fate),
}
"""The answers that each question may have."""
