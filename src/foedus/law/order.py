"""Which of two promises is at least as strong: what is left of each whoever refuses (docs/theory/comparing.md).

A promise in an incident is told by who can stop it at each level. One is at least as strong as another if whoever can
stop it at a level can stop the other at that level; nobody counts as somebody here, so that what is owed in good faith
is part of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from foedus.law.records import StopGroup, StopKind, Stoppers, Undecided

MOST_TRIED: Final = 20_000
"""Sets of refusing actors that are held against another promise before the two count as undecided."""
Promised = tuple[Stoppers, ...]
"""Who can lawfully stop the help at level 1, 2 and so on."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Who by refusing leaves less of one promise than of another, and the level that the other keeps."""

    refusing: frozenset[str]
    level: int


def stops_with(found: Stoppers, refusing: frozenset[str]) -> bool | None:
    """Return whether some refusing actors can stop the help; ``None`` where what is listed does not tell."""
    for kind in found.kinds:
        if all(sum(member in refusing for member in group.members) >= group.count for group in kind.groups):
            return True
    if found.undecided is not None:
        return None
    if found.number is None or len(refusing) < found.number:
        return False
    return found.number == 0 or (None if found.more else False)


def left(promised: Promised, refusing: frozenset[str]) -> int:
    """Return the highest level that is left for certain when some actors refuse, 0 if none."""
    return max((level for level, found in enumerate(promised, 1) if stops_with(found, refusing) is False), default=0)


def shortfall(one: Promised, other: Promised) -> Shortfall | Undecided | None:
    """Return the smallest refusal that leaves less of ``one`` than of ``other``; ``None`` if one is as strong.

    Of refusals of one size that of the highest level counts.
    """
    least: Shortfall | None = None
    doubt: Undecided | None = None
    for level in range(len(one), 0, -1):
        found = _escape(one[level - 1], other[level - 1])
        if isinstance(found, Undecided):
            doubt = found
        elif found is not None and (least is None or len(found) < len(least.refusing)):
            least = Shortfall(found, level)
    return least or doubt


def _escape(one: Stoppers, other: Stoppers) -> frozenset[str] | Undecided | None:
    """Return a smallest set that stops one help and not another; ``None`` where there is none."""
    if other.number == 0 and other.undecided is None:
        return None
    if one.number == 0 and one.undecided is None:
        return frozenset()
    doubt = one.undecided or ("not everybody who can stop the help is listed" if one.more else None)
    tried = 0
    for kind in one.kinds:
        for refusing in _told_apart(kind, other):
            tried += 1
            if tried > MOST_TRIED:
                return Undecided(f"more than {MOST_TRIED} sets of refusing actors to hold against another text")
            stopped = stops_with(other, refusing)
            if stopped is False:
                return refusing
            if stopped is None:
                doubt = other.undecided or "not everybody who can stop the help is listed"
    return Undecided(doubt) if doubt is not None else None


def _told_apart(kind: StopKind, other: Stoppers) -> Iterator[frozenset[str]]:
    """Yield the sets of a kind, one of those that the other promise cannot tell apart."""
    groups = [group for other_kind in other.kinds for group in other_kind.groups]
    members = [frozenset(group.members) for group in groups]
    for chosen in product(*(_chosen(group, members) for group in kind.groups)):
        yield frozenset().union(*chosen)


def _chosen(group: StopGroup, apart: list[frozenset[str]]) -> Iterator[frozenset[str]]:
    parts: dict[tuple[bool, ...], list[str]] = {}
    for member in group.members:
        parts.setdefault(tuple(member in members for members in apart), []).append(member)
    return _drawn(list(parts.values()), group.count)


def _drawn(parts: list[list[str]], count: int) -> Iterator[frozenset[str]]:
    """Yield ``count`` members for every way to spread that number over the parts, the first of each part first."""
    if not parts:
        if count == 0:
            yield frozenset()
        return
    first, *rest = parts
    for taken in range(min(count, len(first)), -1, -1):
        for others in _drawn(rest, count - taken):
            yield others.union(first[:taken])
