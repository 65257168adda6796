"""A step as a file names it, and a reading of the order of steps."""

from dataclasses import dataclass
from typing import Literal

Needs = tuple[tuple[tuple[int, ...], ...], ...]
"""For each step its conditions; each condition names steps, as numbers, of which one is enough."""


@dataclass(frozen=True, slots=True)
class Act:
    """A step: who does it, in whose words, on whose word.

    ``who`` are parties of the case; ``by`` is somebody else in the author's words. ``nobody_named`` is set where
    nothing says who does it; what only follows from the steps before it needs nobody of its own. ``in_words`` marks a
    condition that is told in words and is no step of the file.
    """

    id: str
    who: tuple[str, ...]
    words: str
    by: str | None = None
    state: Literal["open", "done", "refused"] = "open"
    nobody_named: bool = False
    in_words: bool = False
    source: tuple[str, ...] = ()
    date: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """A reading of the order of steps: whose it is, and by name what it adds to or takes from what must come first.

    ``open`` is set where a text leaves open what comes first; what is told is then one of its ways.
    """

    id: str
    held_by: str | None = None
    says: str | None = None
    adds: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()
    drops: tuple[tuple[str, tuple[str, ...]], ...] = ()
    source: tuple[str, ...] = ()
    note: str | None = None
    open: bool = False
