"""Everything that the parts of a brief draw on, gathered once: the results, and how they are to be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, Final

from foedus.assessment import Assessment
from foedus.brief.edit_words import edits_words
from foedus.brief.likelihood import Yardstick
from foedus.brief.tables import Sources
from foedus.case.stage import LoadedCase
from foedus.check.compare import dimensions_of
from foedus.check.dimensions import Dimensions
from foedus.check.fix import fix
from foedus.check.lead import lead
from foedus.check.new_duty import with_newcomer
from foedus.check.run import Progress, silent
from foedus.check.veto import Veto, vetoes
from foedus.check.views import Views
from foedus.findings import Finding
from foedus.plain import plain
from foedus.wording import Speaker, sentence


class Audience(StrEnum):
    """For whom a brief is written: it decides how much is told and in which words, never what was found."""

    BRIEF = "brief"
    JOURNALIST = "journalist"
    ANNEX = "annex"


AUDIENCE_WORDS: Final = {
    Audience.BRIEF: "for a chief who edits it",
    Audience.JOURNALIST: "for a reader in a hurry, with the words explained",
    Audience.ANNEX: "with everything that was looked at",
}


@dataclass(frozen=True, slots=True)
class BriefOptions:
    """How a brief is told. ``cures`` looks for the smallest change of each form's first finding, up to 20 s each."""

    audience: Audience = Audience.BRIEF
    yardstick: Yardstick = Yardstick.ICD203
    cures: bool = False


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What a brief was made of and by: the sum of the file (``None`` if it was no file) and the program's version."""

    fingerprint: str | None
    version: str


@dataclass(frozen=True, slots=True)
class Material:
    """What the parts read. ``kind`` is the kind of incident that is told first.

    ``cures`` tells by the id of a finding what would mend it; ``None`` if nobody looked.
    """

    assessment: Assessment
    options: BriefOptions
    dimensions: tuple[Dimensions, ...]
    kind: str | None
    vetoes: tuple[Veto, ...]
    cures: Mapping[str, str] | None
    fingerprint: str | None
    version: str
    speaker: Speaker = field(repr=False)
    sources: Sources = field(repr=False)

    @property
    def case(self) -> LoadedCase:
        """The case that was assessed."""
        return self.assessment.case

    @property
    def findings(self) -> Sequence[Finding]:
        """All findings, in the order of the forms."""
        return self.assessment.report.findings

    def finding(self, instrument: str, rule: str) -> Finding | None:
        """What one rule says of one form."""
        return next((f for f in self.findings if f.instrument == instrument and f.rule == rule), None)

    def is_for(self, *audiences: Audience) -> bool:
        """Whether the brief is for one of these readers."""
        return self.options.audience in audiences

    def to_dict(self) -> dict[str, Any]:
        """Every result as plain data."""
        return {
            **self.assessment.to_dict(),
            "dimensions": {one.instrument: one.to_dict() for one in self.dimensions},
            "vetoes": plain(self.vetoes),
            "cures": None if self.cures is None else dict(self.cures),
            "fingerprint": self.fingerprint,
        }


def gathered(assessment: Assessment, options: BriefOptions, made_of: MadeOf, progress: Progress = silent) -> Material:
    """Return what the parts draw on; nothing is decided here that the stages have not found."""
    case, kind = assessment.case, main_kind(assessment)
    all_views = [Views(case, staged) for staged in case.instruments]
    return Material(
        assessment=assessment,
        options=options,
        dimensions=tuple(dimensions_of(views) for views in all_views),
        kind=kind,
        vetoes=vetoes(all_views, kind),
        cures=MappingProxyType(dict(_cures(assessment, progress))) if options.cures else None,
        fingerprint=made_of.fingerprint,
        version=made_of.version,
        speaker=Speaker(case),
        sources=Sources(case),
    )


def main_kind(assessment: Assessment) -> str | None:
    """The kind of incident that the case's first question is told of, else the first in which it asks for most."""
    told_of = (f.outcome.incident for f in assessment.report.findings if f.code == "C01")
    first = next((incident for incident in told_of if incident is not None), None)
    if first is not None:
        return first.kind
    kinds = dict.fromkeys(one.incident.kind for one in assessment.cells)
    return max(kinds, key=lambda kind: assessment.case.required.get(kind, 0), default=None)


def file_name(case: LoadedCase) -> str:
    """The name of the file without its folder: no place of a machine is printed."""
    return PurePath(case.file).name


def _cures(assessment: Assessment, progress: Progress) -> list[tuple[str, str]]:
    """The first cure of each form's first finding."""
    case, found = assessment.case, []
    for staged in case.instruments:
        finding = lead(assessment.report.findings, staged.id)
        if finding is None or finding.code == "C26":
            continue
        result = fix(case, staged, [finding], most=1)
        progress(staged.id)
        words = "no edit of the text alone was found that mends it"
        if result.cures:
            cure = result.cures[0]
            told = "; and ".join(edits_words(with_newcomer(case, cure.instrument), staged, cure.edits))
            words = ("half a cure: " if cure.half else "") + told
        found.append((finding.id, sentence(words)))
    return found


__all__ = ["AUDIENCE_WORDS", "Audience", "BriefOptions", "MadeOf", "Material", "file_name", "gathered", "main_kind"]
