"""What was exchanged: each deal with its entries in order, what each side is left with, and if the order is even."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from foedus.plain import plain

Back = Literal["yes", "no", "partly", "unknown"]
"""Whether something can be taken back; ``no`` is for good, and ``partly`` and ``unknown`` may count either way."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that one side gives. ``to`` are those who get it: every other side where the file names nobody.

    ``taken_back_by`` is who can take it back, the giver if the file does not say. ``after`` are entries of the same
    deal, by number, that come first.
    """

    id: str | None
    who: str
    gives: str
    to: tuple[str, ...]
    named: bool
    back: Back
    taken_back_by: tuple[str, ...]
    kind: str | None
    step: int | None
    after: tuple[int, ...]
    when: str | None
    date: str | None
    secret: bool
    source: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Held:
    """Where one side stands when nobody gives any more: what it gave and what it got, as numbers of entries.

    ``ahead`` is how many things it has given for good beyond those it got for good, at least and at most.
    """

    side: str
    gave: tuple[int, ...]
    got: tuple[int, ...]
    ahead: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Turn:
    """Entries that come at the same time, and what each side is left with if the others stop after them."""

    entries: tuple[int, ...]
    left: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Exposed:
    """A side that gives something for good while all that it gets can be taken back.

    ``certain`` is false where that rests on entries of which it is not known, or true in part, that they can be.
    """

    side: str
    gives: tuple[int, ...]
    gets: tuple[int, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Exchange:
    """One deal. ``turns`` are empty where the file does not tell the order of every entry.

    ``in_public`` is who would be exposed if the entries that were kept secret did not count, ``None`` without any.
    ``even`` says whether the order told is balanced (``open``: it rests on what is not known); ``reordered`` is a
    balanced order whatever is not known, and ``why_not`` says why there is none.
    """

    deal: str | None
    sides: tuple[str, ...]
    entries: tuple[Entry, ...]
    turns: tuple[Turn, ...]
    end: tuple[Held, ...]
    exposed: tuple[Exposed, ...]
    in_public: tuple[Exposed, ...] | None
    even: Literal["yes", "no", "open", "not_told"]
    reordered: tuple[int, ...] | None
    why_not: Literal["ends_ahead", "conditions", "too_many"] | None

    def to_dict(self) -> dict[str, Any]:
        """The deal as plain data, entries by their numbers."""
        data: dict[str, Any] = plain(self)
        return data
