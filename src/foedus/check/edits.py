"""Small edits of a text, and the instrument that results from some of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from foedus.case.paths import parse_path, value_at, with_value
from foedus.case.schema.instrument import Instrument, Reading
from foedus.case.soundness import is_sound
from foedus.case.stage import Path, StagedInstrument

Change = tuple[Path, object]
"""A path in the plain content of an instrument, and the value that goes there."""

KINDS_OF_EDIT: Final = (
    "say-expressly", "say-what", "exclude-attacker", "bind-each-alone", "drop-veto", "majority", "each-decides",
    "drop-decision", "add-default", "set-clock", "add-consequence", "change-judge", "drop-request", "drop-consent",
    "drop-wait", "drop-precondition", "approval-no-excuse", "drop-ending", "drop-release", "no-end", "no-leaving",
    "bind-in-law", "except-defence", "lift-prohibition", "cover-every-kind", "cover-every-attacker",
    "cover-every-place", "cover-every-object", "cover-provoked", "cover-at-once", "raise-least", "help-itself",
    "make-duty", "silence-agrees", "abstention-no-block", "drop-quorum", "adopt-reading", "new-duty", "new-guarantor",
)  # fmt: skip
"""The kinds of edit in the order in which they are tried and told: the lightest on the text first."""

ORDERED: Final = frozenset({"add-default", "add-consequence", "raise-least", "make-duty"})
"""Kinds of edit of which the weaker is enough where both cure."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit: its kind, where, and what is written.

    The ``part`` is ``clauses``, ``bodies``, ``unknowns`` or ``readings``, with the id of the ``owner``; or ``text``,
    the text as a whole, whose owner is the text.

    Of two edits of one kind at one place that of lower ``strength`` asks for less.
    """

    kind: str
    part: str
    owner: str
    changes: tuple[Change, ...]
    strength: int = 0

    @property
    def place(self) -> tuple[str, str, str]:
        """What two edits share that do the same by more or less, so that never both are made."""
        return self.kind, self.part, self.owner


def edited(staged: StagedInstrument, edits: Iterable[Edit]) -> StagedInstrument | None:
    """The instrument with some edits made; ``None`` where the language does not allow the result.

    What was unknown at an edited place is known now. A reading keeps what it says of words that still stand; one that
    says nothing of them any more, or that cannot be laid over the new ones, falls away.
    """
    data: Any = dict(staged.data)
    places: list[Path] = []
    shut_out: set[str] = set()
    for edit in edits:
        if edit.part == "readings":
            shut_out.add(edit.owner)
        for path, value in edit.changes if edit.kind != "say-expressly" else ():
            if value_at(data, path) != value:
                places.append(path)
            data = with_value(data, path, value)
    model = _model(staged, data)
    if model is None:
        return None
    readings = {
        name: kept
        for name, reading in staged.model.readings.items()
        if name not in shut_out and (kept := _still_read(staged, data, reading, places)) is not None
    }
    result = replace(
        staged,
        data=MappingProxyType(data),
        model=model.model_copy(update={"readings": readings}),
        members=(*staged.members, *_joined(staged, model)),
        unknowns=tuple(site for site in staged.unknowns if not touches(site.path, places)),
    )
    return result if is_sound(result) else None


def _joined(staged: StagedInstrument, model: Instrument) -> list[str]:
    """Who is named anew: a party to the text where every party on stage is one."""
    known = value_at(staged.data, ("parties",))
    return [id for id in model.parties if isinstance(known, dict) and id not in known and not model.members]


def touches(path: Path, places: Iterable[Path]) -> bool:
    """Whether a path leads to, into or over one of some places."""
    return any(path[: len(place)] == place or place[: len(path)] == path for place in places)


def _still_read(staged: StagedInstrument, data: Any, reading: Reading, places: Sequence[Path]) -> Reading | None:  # noqa: ANN401  plain content
    laid = data
    kept = {}
    for at, value in reading.set.items():
        path = parse_path(staged.data, at)
        if not touches(path, places):
            laid = with_value(laid, path, value)
            kept[at] = value
    return reading.model_copy(update={"set": kept}) if kept and _model(staged, laid) is not None else None


def _model(staged: StagedInstrument, data: Any) -> Instrument | None:  # noqa: ANN401  plain content
    try:
        return type(staged.model).model_validate({key: value for key, value in data.items() if key != "as"})
    except ValueError:
        return None
