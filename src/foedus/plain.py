"""Records as plain data: dicts, lists and scalars, as JSON has them."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Final

from foedus.law.records import Stoppers

MOST_SETS: Final = 200
"""Plain sets of stoppers that are written out; their number and kinds are always complete."""


def stoppers_data(lawful: Stoppers | None, practical: Stoppers | None) -> dict[str, Any] | None:
    """Who can stop the help; a number of ``null`` is nobody, 0 is "not promised at all"."""
    if lawful is None and practical is None:
        return None
    data: dict[str, Any] = {}
    for name, found in (("lawful", lawful), ("practical", practical)):
        data[name] = [sorted(chosen) for chosen in found.sets(MOST_SETS)] if found is not None else []
        data[f"{name}_number"] = found.number if found is not None else None
        data[f"{name}_undecided"] = found.undecided if found is not None else None
        data[f"{name}_sets"] = found.number_of_sets if found is not None else 0
    return data


def plain(value: Any) -> Any:
    """Any frozen record as dicts, lists and scalars."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(plain(item) for item in value)
    return value
