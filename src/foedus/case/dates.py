"""What a case may know: sources dated after its day are an error, unless marked as hindsight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.case.schema.instrument import Instrument
from foedus.case.tree import Node, locate
from foedus.errors import Problem

if TYPE_CHECKING:  # a text looked at alone needs no case, whose models take long to make
    from foedus.case.schema.case import Case


def late_problems(model: Case, node: Node) -> list[Problem]:
    """A problem for every source of the case itself that is dated after ``as_of`` and not marked as hindsight."""
    return [
        Problem(
            locate(node, ("sources", id, "date")),
            f"source `{id}` is dated {source.day}, after this case's `as_of` ({model.as_of})",
            "mark it `hindsight: true`, or move `as_of`",
        )
        for id, source in model.sources.items()
        if is_later(source.day, str(model.as_of)) and not source.hindsight
    ]


def later_sources(model: Instrument, as_of: str) -> tuple[str, ...]:
    """Ids of an instrument's sources dated after ``as_of``: shown as hindsight."""
    return tuple(id for id, source in model.sources.items() if is_later(source.day, as_of))


def is_later(day: str | None, as_of: str) -> bool:
    """Whether a date, as exact as it is given, lies wholly after another."""
    return day is not None and day[: len(as_of)] > as_of[: len(day)]
