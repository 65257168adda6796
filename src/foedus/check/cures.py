"""Which kinds of edit can mend which fault, and where none of the language can."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from foedus.check.edits import Edit

ONE_RULE_ALONE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "set-clock": "every-step-has-a-clock",
        "add-consequence": "breach-has-a-consequence",
        "no-end": "stays-in-force",
        "no-leaving": "stays-in-force",
        "bind-in-law": "binds-in-law",
    }
)
"""Kinds of edit that only one rule asks about: they are tried where that rule is to be mended, and nowhere else."""

CURES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "attacker-cannot-stop": (),
        "no-single-ally-can-stop": (),
        "each-bound-alone": (),
        "no-adversary-consent": (),
        "no-dead-clause": (),
        "attack-covered": (
            "cover-every-kind",
            "new-duty",
            "new-guarantor",
        ),
        "least-response-suffices": (),
        "not-self-judged": (
            "say-expressly",
            "change-judge",
        ),
        "help-without-request": (),
        "covers-every-attacker": (),
        "covers-place-and-object": (
            "cover-every-place",
            "new-duty",
            "new-guarantor",
        ),
        "covers-every-kind": (
            "cover-every-kind",
            "new-duty",
            "new-guarantor",
        ),
        "covers-attack-by-a-party": (),
        "no-conflict-of-duties": (),
        "home-is-no-excuse": (),
        "can-be-done-in-order": (),
        "every-step-has-a-clock": (),
        "silence-does-not-stop": (),
        "stays-in-force": (),
        "breach-has-a-consequence": ("add-consequence",),
        "adds-to-the-baseline": (),
        "provocation-is-no-escape": (),
        "binds-in-law": ("bind-in-law",),
        "protection-is-mutual": (),
    }
)
"""For each rule the kinds of edit that have mended it alone, in a shipped text or in a small random one.

Every pair was seen in a text that was checked afresh; tests/check/test_fix_enumerated.py looks for more.
"""
NO_EDIT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "adds-to-the-baseline": "what repeats earlier law can be left out or asked for more; what more, is for the "
        "parties to say",
        "protection-is-mutual": "what the protected side gives in return is for the parties to say",
    }
)
"""Rules for which a single edit seldom or never does, and why."""

LIFTS: Final = frozenset({"except-defence", "lift-prohibition"})
MORE_OWED: Final = frozenset({"raise-least", "help-itself", "make-duty", "new-duty", "new-guarantor"})


def lifts_for_nothing(edits: Collection[Edit], rules: Collection[str]) -> bool:
    """Whether what is forbidden would be lifted although no duty stands against it: a cure takes nothing away."""
    kinds = {edit.kind for edit in edits}
    return bool(kinds & LIFTS) and not kinds & MORE_OWED and "no-conflict-of-duties" not in rules


def can_matter(edits: Iterable[Edit], rules: Collection[str]) -> tuple[Edit, ...]:
    """The edits that can bear on some rules, by themselves or beside others."""
    return tuple(edit for edit in edits if ONE_RULE_ALONE.get(edit.kind) in (None, *rules))
