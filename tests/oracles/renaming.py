"""Any record of the law with its parties renamed: names must change nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any


def mapped(value: Any, names: Mapping[str, str]) -> Any:
    """The same record with parties renamed; bodies, clauses, matters and words are called otherwise and stay."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, (tuple, list)):
        return tuple(mapped(item, names) for item in value)
    if isinstance(value, frozenset):
        return frozenset(mapped(item, names) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: mapped(getattr(value, f.name), names) for f in fields(value)})
    return value
