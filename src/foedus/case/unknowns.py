"""Values that nobody knows: finding them in a file, the values each may take, and filling them in."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from foedus.case.stage import Path

LIMIT_COMPLETIONS: Final = 64
"""Most combinations of unknown values that are tried for one instrument and reading (docs/theory/meaning.md)."""

_LEVELS: Final[tuple[object, ...]] = ([], ["consult"], ["sanction", "fund"], ["arm"], ["limited_force"], ["all_means"])
_DOMAINS: Final[tuple[tuple[str, tuple[object, ...]], ...]] = (
    (r"clauses\.\d+\.judge(\.(attack|attribution|provocation|breach))?", ("objective", "bearer")),
    (r"clauses\.\d+\.response\.least", _LEVELS),
    (r"clauses\.\d+\.response\.differs\.\d+\.least", _LEVELS),
    (r"clauses\.\d+\.structure", ("each-alone", "together")),
    (r"clauses\.\d+\.request", ("none", "victim")),
    (r"clauses\.\d+\.when\.unprovoked", (False, True)),
    (r"bodies\..+\.excluded", ("nobody", "attacker")),
    (r"bodies\..+\.rule", ("each", "unanimity", "majority")),
    (r"bodies\..+\.silence", ("yes", "no", "abstain", "absent")),
    (r"bodies\..+\.abstention", ("blocks", "does-not-block")),
)
"""What a bare ``unknown`` stands for, by place. Elsewhere the author lists the values with ``may_be``."""


def find_unknowns(content: Mapping[str, object]) -> Iterator[tuple[Path, tuple[object, ...], Mapping[str, object]]]:
    """Yield path, options and remarks of every unknown of an instrument's plain content, in file order."""
    yield from _walk(content, ())


def _walk(value: object, path: Path) -> Iterator[tuple[Path, tuple[object, ...], Mapping[str, object]]]:
    if path[:1] in (("readings",), ("expect",), ("sources",), ("history",)):
        return
    if value == "unknown":
        options = _domain(path)
        if options:
            yield path, options, {}
    elif isinstance(value, Mapping) and "may_be" in value:
        options = value["may_be"]
        yield path, tuple(options) if isinstance(options, list) else (), value
    elif isinstance(value, Mapping):
        for key, child in value.items():
            yield from _walk(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _walk(child, (*path, index))


def _domain(path: Path) -> tuple[object, ...]:
    place = ".".join(map(str, path))
    return next((options for pattern, options in _DOMAINS if re.fullmatch(pattern, place)), ())


def describe_option(value: object) -> str:
    """An option in the author's own words."""
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "nothing"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {describe_option(item)}" for key, item in value.items())
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
