"""The records that the checks hand on: outcomes under one view of a text, and findings over all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from foedus.case.form import Exit
from foedus.errors import needed
from foedus.law.clocks import Step
from foedus.law.incident import Incident
from foedus.law.records import Stoppers
from foedus.plain import plain, stoppers_data


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


VERSION: Final = 1
CLASS_ORDER: Final = (Class.DEFECT, Class.CAUTION, Class.DESCRIPTION)


@dataclass(frozen=True, slots=True)
class LetOff:
    """Who could have helped, and the clause that lets them off."""

    party: str
    clause: str
    why: str


@dataclass(frozen=True, slots=True)
class Protection:
    """What some guarantors owe one party, and what it owes each of them in return: least and most, from 0 to 5.

    ``object`` is what is attacked on either side. The guarantors are alike: nothing in the text tells them apart.
    """

    guarantors: tuple[str, ...]
    protected: str
    object: str
    level: int
    most: int
    back_level: int
    back_most: int


@dataclass(frozen=True, slots=True)
class AddsNothing:
    """A clause that asks for nothing new: an earlier instrument, its name, and its clauses that ask for as much."""

    clause: str
    instrument: str
    name: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A duty and a prohibition that its bearers cannot both keep in ``incident``, each with its instrument.

    ``thing`` is the forbidden thing (or ``most_level``) that the acts break; ``first`` is the instrument or, within one
    instrument, the clause that the texts say goes first, ``None`` if they do not say.
    """

    bearers: tuple[str, ...]
    duty: tuple[str, str]
    acts: tuple[str, ...]
    prohibition: tuple[str, str]
    thing: str
    incident: Incident
    first: str | None


@dataclass(frozen=True, slots=True)
class Clock:
    """By how many hours after the attack a duty is owed; ``None`` is no clock, or not known where ``is_open``."""

    clause: str
    hours: int | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule says of a text under one reading and one choice of the unknown values.

    ``incident`` is the one that breaks the property, or the example in which it works; ``refusing`` who says no in it.
    Levels run from 0 to 5. ``holes`` are all incidents with too little, ``elsewhere`` is one with more; ``lost`` who
    owes no longer, ``helpers`` who owes anything, ``judge`` who judges for itself, ``silent`` who says nothing;
    ``marks`` are plain facts that only the rule's sentence reads. ``open_at`` are places of the file that leave the
    verdict open: it is then DEPENDS. ``steps`` lead to the help, owed by ``hours``; ``clocks`` are those of the other
    duties; ``exit`` is how the text ends.
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
    holes: tuple[Incident, ...] = ()
    elsewhere: Incident | None = None
    lost: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    judge: str | None = None
    marks: frozenset[str] = frozenset()
    silent: tuple[str, ...] = ()
    protections: tuple[Protection, ...] = ()
    adds_nothing: tuple[AddsNothing, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    open_at: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    hours: int | None = None
    clocks: tuple[Clock, ...] = ()
    exit: Exit | None = None

    @property
    def where(self) -> Incident:
        """The incident, where the rule always gives one."""
        return needed(self.incident)

    @property
    def promised(self) -> int:
        """The level in good faith, where the rule always gives one."""
        return needed(self.promised_level)

    @property
    def weakest(self) -> int:
        """The level that is left, where the rule always gives one."""
        return needed(self.weakest_level)

    @property
    def required(self) -> int:
        """The level asked for, where the rule always gives one."""
        return needed(self.required_level)


@dataclass(frozen=True, slots=True)
class ReadingResult:
    """The verdict under the text alone (``text``) or one reading, over all values of the unknowns.

    ``values`` are those of the unknowns, by name, under which the outcome is told.
    """

    reading: str
    verdict: Verdict
    outcome: Outcome
    decided_by: tuple[str, ...] = ()
    weakest_level: tuple[int, int] | None = None
    values: tuple[tuple[str, object], ...] = ()


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
class PastCase:
    """A historical case that had the fault, or that went otherwise, in a few words."""

    case: str
    name: str
    how: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one instrument over all its readings and unknowns.

    ``told_for`` says, where the sentence is not true of the text alone, of which reading, values and other texts it is.
    """

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
    before: str | None = None
    told_for: tuple[str, ...] = ()
    had_by: tuple[PastCase, ...] = ()
    otherwise: PastCase | None = None

    @property
    def is_bad(self) -> bool:
        """Whether the property fails, at least under some reading or value."""
        return self.verdict in (Verdict.FAILS, Verdict.DEPENDS, Verdict.UNDECIDED)


@dataclass(frozen=True, slots=True)
class Compared:
    """An expectation of the file beside what was found; ``unmet`` are the keys at which the two differ.

    ``reading`` is ``text`` for the text alone and ``all`` for the verdict over all readings.
    """

    rule: str
    instrument: str
    reading: str
    expected: Mapping[str, object]
    found: Mapping[str, object]
    unmet: tuple[str, ...]
    by: str
    on: str
    why: str
    file: str
    line: int


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
    """One incident under one instrument: levels owed as (lowest, highest) over readings and unknowns.

    ``stoppers`` says in words who can lawfully stop it at worst and, where that differs, at best.
    """

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
    as_of: str | None = None
    required: Mapping[str, int] = field(default_factory=dict)
    expectations: tuple[Compared, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The stable form that ``foedus check --format json`` prints; docs/reference/json.md has every key."""
        return report_data(self)


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


def report_data(report: Report) -> dict[str, Any]:
    """The results of ``check``; docs/reference/json.md has every key."""
    return {
        "foedus": VERSION,
        "case": report.case,
        "title": report.title,
        "as_of": report.as_of,
        "required_level": dict(report.required),
        "assumptions": list(report.assumptions),
        "bounds": list(report.bounds),
        "labels": plain(report.labels),
        "findings": [finding_data(finding) for finding in report.findings],
        "expectations": [{**plain(one), "met": not one.unmet} for one in report.expectations],
    }


def finding_data(finding: Finding) -> dict[str, Any]:
    """One finding as plain data."""
    outcome = finding.outcome
    return {
        "id": finding.id,
        "rule": finding.rule,
        "code": finding.code,
        "class": finding.kind.value,
        "instrument": finding.instrument,
        "verdict": finding.verdict.value,
        "by_reading": {result.reading: _reading(result) for result in finding.by_reading},
        "decided_by": list(finding.decided_by),
        "incident": plain(outcome.incident),
        "refusing": list(outcome.refusing),
        "silent": list(outcome.silent),
        "sentence": finding.sentence,
        "told_for": list(finding.told_for),
        "before": finding.before,
        "had_this_fault": plain(finding.had_by),
        "went_otherwise": plain(finding.otherwise),
        "weakest_level": outcome.weakest_level,
        "owed": plain(outcome.let_off),
        "promised_level": outcome.promised_level,
        "required_level": outcome.required_level,
        "most_level": outcome.most_level,
        "stoppers": stoppers_data(outcome.lawful, outcome.practical),
        "clauses": list(outcome.clauses),
        "protections": plain(outcome.protections),
        "adds_nothing": plain(outcome.adds_nothing),
        "hours": outcome.hours,
        "steps": plain(outcome.steps),
        "exit": plain(outcome.exit),
        "conflicts": plain(outcome.conflicts),
        "because": list(finding.because),
        "rests_on": plain(finding.rests_on),
        "unverified": finding.unverified,
        "accepted": plain(finding.accepted),
    }


def _reading(result: ReadingResult) -> dict[str, Any]:
    outcome = result.outcome
    return {
        "verdict": result.verdict.value,
        "decided_by": list(result.decided_by),
        "weakest_level": outcome.weakest_level,
        "weakest_range": list(result.weakest_level) if result.weakest_level is not None else None,
        "promised_level": outcome.promised_level,
        "lawful_number": outcome.lawful.number if outcome.lawful is not None else None,
        "practical_number": outcome.practical.number if outcome.practical is not None else None,
        "reason": outcome.reason,
    }
