"""What the main job hands on: the results of every stage over one case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foedus.arrivals import Races
from foedus.case.stage import LoadedCase
from foedus.findings import Answered, Cell, Report, report_data
from foedus.law.relation import Relation
from foedus.plain import plain
from foedus.talks.talks import Talks


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the main job hands to its reader: every stage that exists, over one case."""

    case: LoadedCase
    report: Report
    cells: tuple[Cell, ...]
    questions: tuple[Answered, ...]
    relations: tuple[Relation, ...] = ()
    races: Races | None = None
    talks: Talks | None = None

    def to_dict(self) -> dict[str, Any]:
        """Every result as plain data."""
        return {
            **report_data(self.report),
            **{key: plain(getattr(self, key)) for key in ("cells", "questions", "relations")},
            **{key: found.to_dict() if (found := getattr(self, key)) else None for key in ("races", "talks")},
        }
