"""The two ladders every case is measured on, and the small vocabularies of the language.

Levels and incidents follow the project's design (section 3); acts are stored, levels are derived from them.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

LEVELS: Final[tuple[str, ...]] = ("nothing", "consult", "sanctions", "arms", "limited_force", "all_means")
"""Rungs of the response ladder; the index is the level (0 to 5)."""

ACT_LEVEL: Final[Mapping[str, int]] = MappingProxyType(
    {
        "consult": 1,
        "declare": 1,
        "mediate": 1,
        "monitor": 1,
        "seek_decision": 1,
        "sanction": 2,
        "fund": 2,
        "arm": 3,
        "share_intelligence": 3,
        "give_bases": 3,
        "limited_force": 4,
        "all_means": 5,
    }
)
"""Every act of the language and the level it counts for."""

KINDS: Final[tuple[str, ...]] = (
    "hybrid",
    "blockade",
    "raid",
    "land_grab",
    "air_campaign",
    "full_invasion",
    "nuclear_threat",
    "nuclear_use",
    "internal_disorder",
)
"""Kinds of incident, the threat ladder from low to high; internal disorder stands apart at the end."""

OBJECTS: Final[tuple[str, ...]] = ("territory", "forces", "ships_and_aircraft", "nationals")
ASPECTS: Final[tuple[str, ...]] = ("attack", "attribution", "provocation", "breach")
PHASES: Final[tuple[str, ...]] = ("before_signature", "dormant", "in_force", "suspended", "in_notice", "expired")
PHASES_IN_FORCE: Final[frozenset[str]] = frozenset({"in_force", "in_notice"})
OTHER: Final = "OTHER"
"""A fresh actor that is a party to nothing and sits in no body."""

DEFAULT_REQUIRED: Final[Mapping[str, int]] = MappingProxyType(
    {
        "hybrid": 1,
        "blockade": 2,
        "raid": 1,
        "land_grab": 2,
        "air_campaign": 3,
        "full_invasion": 3,
        "nuclear_threat": 1,
        "nuclear_use": 3,
        "internal_disorder": 0,
    }
)
"""What a guarantee is asked to give where the author of a case says nothing (the default of the language)."""


def level_of(acts: Iterable[str]) -> int:
    """Return the level (0 to 5) that a set of acts counts for: that of its highest act, 0 for none."""
    return max((ACT_LEVEL[act] for act in acts), default=0)
