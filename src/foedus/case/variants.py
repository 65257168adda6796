"""What an instrument may turn out to be: the text with other values of its unknowns, and under each of its readings.

Only the clauses and bodies that change are looked at again, beside everything else that the text declares: a file with
many open values would take too long otherwise.
"""

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from foedus.case.paths import path_to, with_value
from foedus.case.places import Places
from foedus.case.schema.instrument import Reading
from foedus.case.stage import Path, UnknownSite
from foedus.case.tree import Node, locate
from foedus.case.unknowns import LIMIT_COMPLETIONS
from foedus.errors import Position

LIMIT_LOOKED_AT: Final = 10_000
"""Clauses, bodies and parties that are looked at again, over all variants of one instrument."""

SLICED: Final[tuple[str, ...]] = ("id", "title", "status", "binding", "foedus")
"""What a variant of a clause or body needs beside them to be a whole instrument."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One content: whole, or, with ``is_slice``, the clauses and bodies alone that change; ``size`` is their number.

    ``inside`` are the paths of what is laid over the text, ``place`` is where that is written, ``named`` how a message
    begins.
    """

    content: dict[str, Any]
    places: Places
    place: Position
    inside: tuple[Path, ...]
    named: str
    size: int
    is_slice: bool = False


@dataclass(frozen=True, slots=True)
class _Change:
    """A value laid over the text, and where it is written."""

    path: Path
    value: object
    node: Node
    at: Path


def variants(
    first: dict[str, Any], sites: Sequence[UnknownSite], places: Places, readings: Mapping[str, Reading]
) -> Iterator[Variant]:
    """Yield the text with each value of each unknown, with those of one clause or body together, and each reading."""
    by_part: dict[Path, list[UnknownSite]] = {}
    for site in sites:
        by_part.setdefault(_part(site.path) or site.path, []).append(site)
    for own in by_part.values():
        for chosen in _choices(own):
            changes = _changes(own, chosen, places)
            if changes:
                yield _variant(first, places, changes, locate(changes[0].node, changes[0].at), "")
    for name, reading in readings.items():
        laid = _reading_changes(first, name, reading, places)
        touched = {_part(change.path) for change in laid}
        still_open = [
            site
            for part, own in by_part.items()
            if part in touched
            for site in own
            if not any(site.name == at or site.name.startswith(at + ".") for at in reading.set)
        ]
        place = places.of(("readings", name), at_key=True)
        for chosen in _choices(still_open):
            changes = [*_changes(still_open, chosen, places), *laid]
            yield _variant(first, places, changes, place, f"reading `{name}`: ")


def _choices(sites: Sequence[UnknownSite]) -> Iterator[tuple[int, ...]]:
    """Which value of each: all combinations if there are few, else the first, each other alone, and the last."""
    counts = [len(site.options) for site in sites]
    if math.prod(counts) <= LIMIT_COMPLETIONS:
        yield from itertools.product(*map(range, counts))
        return
    yield (0,) * len(counts)
    for place, count in enumerate(counts):
        for index in range(1, count):
            yield (*(0,) * place, index, *(0,) * (len(counts) - place - 1))
    yield tuple(count - 1 for count in counts)


def _changes(sites: Sequence[UnknownSite], chosen: Sequence[int], places: Places) -> list[_Change]:
    """The values other than the first, which the text has already."""
    return [
        _Change(site.path, site.options[index], *other_option(places, site.path, index))
        for site, index in zip(sites, chosen, strict=True)
        if index
    ]


def first_option(places: Places, path: Path) -> tuple[Node, Path]:
    """Where the first value of an unknown stands; for a bare ``unknown`` that is where the word stands."""
    node, at = places.source(path)
    return node, (*at, "may_be", 0)


def other_option(places: Places, path: Path, index: int) -> tuple[Node, Path]:
    """Where another of the values stands, once it is known where the first one does."""
    node, at = places.source(path)
    return node, (*at[:-1], index)


def _reading_changes(first: dict[str, Any], name: str, reading: Reading, places: Places) -> list[_Change]:
    """What a reading lays over the text; a place that leads nowhere is told elsewhere."""
    content, changes = first, []
    for place, value in reading.set.items():
        path = path_to(content, place)
        if path is not None:
            content = with_value(content, path, value)
            changes.append(_Change(path, value, places.node, (*places.at, "readings", name, "set", place)))
    return changes


def _part(path: Path) -> Path | None:
    """The clause or body in which a value stands; ``None`` for what concerns the whole instrument, or names others."""
    whole = len(path) < 3 or path[0] not in ("clauses", "bodies") or path[2] == "id"
    return None if whole else path[:2]


def _variant(first: dict[str, Any], places: Places, changes: Sequence[_Change], place: Position, named: str) -> Variant:
    content: dict[str, Any] = first
    laid = places
    for change in changes:
        content = with_value(content, change.path, change.value)
        laid = laid.with_part(change.path, change.node, change.at)
    parts = [_part(change.path) for change in changes]
    if not changes or None in parts:
        held = [content.get(key) for key in ("clauses", "bodies", "parties")]
        size = sum(len(part) for part in held if isinstance(part, (list, Mapping)))  # a reading may set anything there
        return Variant(content, laid, place, tuple(change.path for change in changes), named, size)
    own = list(dict.fromkeys(part for part in parts if part is not None))
    clauses = [part[1] for part in own if part[0] == "clauses"]
    kept = {key: content[key] for key in SLICED if key in content}
    kept["as"] = content["as"]
    kept["clauses"] = [content["clauses"][index] for index in clauses] or [_NO_CLAUSE]
    kept["bodies"] = {part[1]: content["bodies"][part[1]] for part in own if part[0] == "bodies"}
    renumbered = {index: number for number, index in enumerate(clauses)}
    inside = tuple(
        (path[0], renumbered[path[1]], *path[2:]) if path[0] == "clauses" else path
        for path in (change.path for change in changes)
    )
    return Variant(kept, laid.renumbered(renumbered), place, inside, named, len(own), is_slice=True)


_NO_CLAUSE: Final = {"id": "none", "kind": "declaration", "bearers": []}
"""Stands where no clause is looked at, since an instrument has one."""
