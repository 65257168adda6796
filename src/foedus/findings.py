"""The records that the checks hand on: outcomes under one view of a text, and findings over all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from foedus.case.stage import LoadedCase
from foedus.law.incident import Incident
from foedus.law.records import Stoppers


class Verdict(StrEnum):
    """What a check says; never a percentage."""

    HOLDS = "holds"
    FAILS = "fails"
    DEPENDS = "depends"
    NOT_APPLICABLE = "not_applicable"
    UNDECIDED = "undecided"


class Class(StrEnum):
    """How much a failing property matters: only a defect sets the exit code."""

    DEFECT = "defect"
    CAUTION = "caution"
    DESCRIPTION = "description"


CLASS_ORDER: Final = (Class.DEFECT, Class.CAUTION, Class.DESCRIPTION)


@dataclass(frozen=True, slots=True)
class LetOff:
    """Who could have helped, and the clause that lets them off."""

    party: str
    clause: str
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule says of a text under one reading and one choice of the unknown values.

    ``incident`` is the one that breaks the property, or the example in which it works; ``refusing`` who says no in it.
    Levels run from 0 to 5. ``words`` carries what the rule's sentence needs, in the author's ids.
    """

    verdict: Verdict
    incident: Incident | None = None
    refusing: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    promised_level: int | None = None
    weakest_level: int | None = None
    required_level: int | None = None
    most_level: int | None = None
    lawful: Stoppers | None = None
    practical: Stoppers | None = None
    let_off: tuple[LetOff, ...] = ()
    kind: Class | None = None
    reason: str | None = None
    words: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadingResult:
    """The verdict under the text alone (``text``) or one reading, over all values of the unknowns."""

    reading: str
    verdict: Verdict
    outcome: Outcome
    decided_by: tuple[str, ...] = ()
    weakest_level: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Rest:
    """A value that the verdict rests on: another value there would change it."""

    at: str
    value: str
    instead: str
    becomes: Verdict
    verified: bool


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An accepted finding: by whom, when, why."""

    by: str
    on: str
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one instrument over all its readings and unknowns."""

    id: str
    rule: str
    code: str
    kind: Class
    instrument: str
    verdict: Verdict
    by_reading: tuple[ReadingResult, ...]
    decided_by: tuple[str, ...]
    sentence: str
    because: tuple[str, ...]
    outcome: Outcome
    rests_on: tuple[Rest, ...] = ()
    unverified: int = 0
    accepted: Acceptance | None = None

    @property
    def is_bad(self) -> bool:
        """Whether the property fails, at least under some reading or value."""
        return self.verdict in (Verdict.FAILS, Verdict.DEPENDS, Verdict.UNDECIDED)


@dataclass(frozen=True, slots=True)
class Label:
    """What an instrument is, beside what it is called and by whom; no verdict."""

    instrument: str
    is_a: tuple[str, ...]
    by_reading: Mapping[str, tuple[str, ...]]
    called: str | None
    called_by: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One incident under one instrument: levels owed as (lowest, highest) over readings and unknowns."""

    instrument: str
    incident: Incident
    promised: tuple[int, int]
    weakest: tuple[int, int]
    most: tuple[int, int] | None
    lawful_number: tuple[int | None, int | None]
    stoppers: tuple[str, ...]
    depends: bool


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the checks say of a case, in the order of its instruments."""

    case: str
    title: str
    labels: tuple[Label, ...]
    findings: tuple[Finding, ...]
    bounds: tuple[str, ...]
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of the case with the one-line answers that this version has, each with its command."""

    id: str
    asks: str
    asked_by: str
    sentence: int | None
    answers: tuple[str, ...]
    commands: tuple[str, ...]
    in_this_version: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the main job hands to its reader: every stage that exists, over one case."""

    case: LoadedCase
    report: Report
    cells: tuple[Cell, ...]
    questions: tuple[Answered, ...]
