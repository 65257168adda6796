"""Paths into the plain content of a file: ``clauses.aid.response.least`` names the clause by its id, not its place."""

from collections.abc import Mapping, Sequence
from typing import Any

from foedus.case.stage import Path


def parse_path(content: object, dotted: str) -> Path:
    """Turn a dotted path into keys and indices of ``content``.

    Raises ``KeyError`` with the first part that names nothing; the last part need not exist yet.
    """
    parts = dotted.split(".")
    path: list[str | int] = []
    here: object = content
    while parts:
        step, used = _step(here, parts)
        path.append(step)
        parts = parts[used:]
        here = _child(here, step)
        if here is None and parts:
            here = {}
    return tuple(path)


def _step(here: object, parts: Sequence[str]) -> tuple[str | int, int]:
    """The next key or index and how many dotted parts it takes (names of parties or clauses may hold dots)."""
    for used in range(len(parts), 0, -1):
        word = ".".join(parts[:used])
        if isinstance(here, Mapping) and word in here:
            return word, used
        if isinstance(here, Sequence) and not isinstance(here, str):
            for index, item in enumerate(here):
                if isinstance(item, Mapping) and item.get("id") == word:
                    return index, used
    if isinstance(here, Mapping):
        return parts[0], 1
    raise KeyError(parts[0])


def _child(here: object, step: str | int) -> object:
    if isinstance(here, Mapping):
        return here.get(step)
    if isinstance(here, Sequence) and not isinstance(here, str) and isinstance(step, int) and step < len(here):
        return here[step]
    return None


def dotted(content: object, path: Path) -> str:
    """The author's name of a path: clauses by id. The inverse of :func:`parse_path`."""
    words: list[str] = []
    here = content
    for step in path:
        here = _child(here, step)
        named = isinstance(step, int) and isinstance(here, Mapping) and isinstance(here.get("id"), str)
        words.append(str(here["id"]) if named and isinstance(here, Mapping) else str(step))
    return ".".join(words)


def value_at(content: object, path: Path) -> object:
    """The value at a path; ``None`` where there is none."""
    here = content
    for step in path:
        here = _child(here, step)
    return here


def with_value(content: Any, path: Path, value: object) -> Any:
    """A copy of ``content`` with ``value`` at ``path``; only what lies along the path is copied.

    An index just past the end of a list adds to it.
    """
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = list(content)
        items[step : step + 1] = [with_value(items[step] if step < len(items) else {}, rest, value)]
        return items
    entries = dict(content) if isinstance(content, Mapping) else {}
    entries[step] = with_value(entries.get(step, {}), rest, value)
    return entries


def without(content: Any, path: Path) -> Any:
    """A copy of ``content`` without the entry at ``path``, which need not exist; it is an entry of a map."""
    holder = value_at(content, path[:-1])
    if not isinstance(holder, Mapping):
        return content
    return with_value(content, path[:-1], {key: value for key, value in holder.items() if key != path[-1]})
