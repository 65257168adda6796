"""What loading yields: the case as its author wrote it, with every instrument put on stage. Frozen; no computation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from foedus.case.schema.base import Party, Source, Zone
from foedus.case.schema.instrument import As, Expect, Instrument
from foedus.errors import Position

if TYPE_CHECKING:  # a text looked at alone needs no case, whose models take long to make
    from foedus.case.schema.case import Case


Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class UnknownSite:
    """A value that nobody knows: where it stands, in the author's words, and the values it may take."""

    name: str
    path: Path
    options: tuple[object, ...]
    note: str | None = None
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StagedInstrument:
    """An instrument with its cast.

    ``data`` is the plain content with every unknown set to its first option; ``model`` is the same, typed.
    ``members`` are the instrument's own parties and whoever joins it as a hypothesis (``accede``). ``sources`` are its
    own and those of the case, by the names that its parts use.
    """

    id: str
    model: Instrument
    data: Mapping[str, object]
    staged_as: As
    members: tuple[str, ...]
    unknowns: tuple[UnknownSite, ...]
    file: str
    from_library: bool
    positions: Mapping[str, Position]
    sources: Mapping[str, Source]
    later_sources: tuple[str, ...] = ()

    @property
    def readings(self) -> tuple[str, ...]:
        """Names of the rival readings, in the author's order."""
        return tuple(self.model.readings)


@dataclass(frozen=True, slots=True)
class Expected:
    """An expectation of the file, the instruments it speaks of, and where it stands."""

    expect: Expect
    instruments: tuple[str, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Mention:
    """A rule or a finding that the file names in one of its parts; only the checks know which there are."""

    what: Literal["rule", "finding"]
    name: str
    part: str
    position: Position


@dataclass(frozen=True, slots=True)
class LoadedCase:
    """A case that has passed every check of form. ``model`` is ``None`` for an instrument looked at alone."""

    id: str
    title: str
    as_of: str | None
    file: str
    model: Case | None
    parties: Mapping[str, Party]
    zones: Mapping[str, Zone]
    beneficiaries: tuple[str, ...]
    attackers: tuple[str, ...]
    main_zone: str | None
    required: Mapping[str, int]
    required_count: int
    required_of: frozenset[str] | None
    instruments: tuple[StagedInstrument, ...]
    expect: tuple[Expected, ...]
    mentions: tuple[Mention, ...]

    def instrument(self, id: str) -> StagedInstrument | None:
        """The staged instrument of that id, or ``None``."""
        return next((staged for staged in self.instruments if staged.id == id), None)

    def name(self, id: str) -> str:
        """The plain name of a party, zone or anonymous member; the id itself where none is given."""
        if id in self.parties:
            return self.parties[id].spoken or self.parties[id].name
        if id in self.zones:
            return self.zones[id].what
        if id == "OTHER":
            return "an outsider"
        return id.split(":", 1)[-1]
