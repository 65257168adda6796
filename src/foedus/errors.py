"""Everything that Foedus can raise, and how it is shown to a person.

    Exception
    └── FoedusError          never raised itself
        ├── BadInput         the user's file is wrong       (exit code 2)
        └── InternalError    Foedus itself is wrong: a bug  (exit code 3)

A `BadInput` carries every problem found, not only the first, each with the place in the file,
what was found there, and where possible how to cure it.  This module imports nothing of foedus.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, TypeVar

_LONGEST_NAME = 100
_ZEROS = re.compile("(?<![0-9])0+(?=[0-9])")
Needed = TypeVar("Needed")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file; the first line and the first column are 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the input, told to a person."""

    position: Position | None
    message: str
    help: str | None = None
    related: tuple[tuple[Position, str], ...] = ()
    code: str = "input"

    def render(self) -> str:
        """The problem as text: place and message, then related places, then the cure."""
        place = f"{self.position}  " if self.position is not None else ""
        lines = [place + self.message]
        lines += [f"  {position}  {note}" for position, note in self.related]
        if self.help is not None:
            lines.append(f"  help: {self.help}")
        return "\n".join(lines)


class FoedusError(Exception):
    """The base of all errors of Foedus; catch it to catch them all."""

    exit_code: ClassVar[int] = 3


class BadInput(FoedusError):
    """The input is wrong; `problems` says everything that is, in the order of the file."""

    exit_code: ClassVar[int] = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems, key=_place))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(problem.render() for problem in self.problems)


class InternalError(FoedusError):
    """Foedus did something that it never should; the message is for its developers."""


def needed(value: Needed | None) -> Needed:
    """The value, which is there by construction; InternalError if it is not."""
    if value is None:
        raise InternalError("a value is missing that should have been there by construction")
    return value


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that the author most likely meant by `word`, or None if none is near.

    Upper and lower case, and `-`, `_` and a space, count as equal, and a number with zeros before it or without.
    """
    if len(word) > _LONGEST_NAME:  # comparing is quadratic, and nobody misspells such a name
        return None
    by_folded = {_folded(candidate): candidate for candidate in reversed(list(candidates))}
    folded = _folded(word)
    if folded in by_folded:
        return by_folded[folded]
    by_number = {_ZEROS.sub("", name): candidate for name, candidate in by_folded.items()}
    if (bare := _ZEROS.sub("", folded)) in by_number:
        return by_number[bare]
    near = difflib.get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    return by_folded[near[0]] if near else None


def _folded(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")


def _place(problem: Problem) -> tuple[str, int, int]:
    if problem.position is None:
        return ("", 0, 0)
    return (problem.position.file, problem.position.line, problem.position.column)
