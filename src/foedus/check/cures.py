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
        "attacker-cannot-stop": (
            "say-expressly",
            "say-what",
            "exclude-attacker",
            "drop-veto",
            "majority",
            "each-decides",
            "drop-decision",
            "add-default",
            "change-judge",
            "raise-least",
            "help-itself",
            "make-duty",
            "adopt-reading",
            "new-duty",
            "new-guarantor",
        ),
        "no-single-ally-can-stop": (
            "say-expressly",
            "say-what",
            "drop-veto",
            "majority",
            "each-decides",
            "drop-decision",
            "add-default",
            "change-judge",
            "drop-precondition",
            "drop-release",
            "cover-every-kind",
            "raise-least",
            "make-duty",
            "adopt-reading",
            "new-duty",
            "new-guarantor",
        ),
        "each-bound-alone": (
            "say-expressly",
            "bind-each-alone",
            "drop-precondition",
            "cover-every-kind",
            "raise-least",
            "adopt-reading",
            "new-duty",
        ),
        "no-adversary-consent": (
            "drop-consent",
            "adopt-reading",
        ),
        "no-dead-clause": (
            "exclude-attacker",
            "majority",
            "each-decides",
            "drop-decision",
            "add-default",
            "drop-consent",
            "drop-precondition",
        ),
        "attack-covered": (
            "say-expressly",
            "say-what",
            "add-default",
            "drop-precondition",
            "cover-every-kind",
            "raise-least",
            "make-duty",
            "adopt-reading",
            "new-duty",
            "new-guarantor",
        ),
        "least-response-suffices": (
            "drop-decision",
            "majority",
            "add-default",
            "change-judge",
            "drop-consent",
            "drop-precondition",
            "approval-no-excuse",
            "drop-release",
            "raise-least",
            "make-duty",
            "adopt-reading",
            "new-duty",
            "new-guarantor",
        ),
        "not-self-judged": (
            "say-expressly",
            "drop-decision",
            "add-default",
            "majority",
            "change-judge",
            "drop-consent",
            "drop-request",
            "drop-precondition",
            "raise-least",
            "make-duty",
            "new-duty",
            "new-guarantor",
        ),
        "help-without-request": (
            "say-expressly",
            "drop-request",
            "drop-consent",
            "adopt-reading",
        ),
        "covers-every-attacker": (
            "cover-every-attacker",
            "raise-least",
            "make-duty",
            "adopt-reading",
            "new-duty",
            "new-guarantor",
        ),
        "covers-place-and-object": (
            "say-expressly",
            "cover-every-place",
            "raise-least",
            "adopt-reading",
            "new-duty",
            "new-guarantor",
        ),
        "covers-every-kind": (
            "say-expressly",
            "cover-every-kind",
            "raise-least",
            "make-duty",
            "adopt-reading",
            "new-duty",
            "new-guarantor",
        ),
        "covers-attack-by-a-party": (
            "say-expressly",
            "bind-each-alone",
            "cover-every-attacker",
            "make-duty",
            "adopt-reading",
            "new-duty",
            "new-guarantor",
        ),
        "no-conflict-of-duties": (
            "except-defence",
            "lift-prohibition",
        ),
        "home-is-no-excuse": (
            "say-expressly",
            "approval-no-excuse",
            "adopt-reading",
        ),
        "can-be-done-in-order": (
            "say-expressly",
            "drop-wait",
            "drop-precondition",
        ),
        "every-step-has-a-clock": (
            "say-expressly",
            "set-clock",
            "change-judge",
            "raise-least",
            "adopt-reading",
            "new-duty",
            "new-guarantor",
        ),
        "silence-does-not-stop": (
            "say-expressly",
            "say-what",
            "drop-decision",
            "add-default",
            "change-judge",
            "drop-consent",
            "drop-precondition",
            "raise-least",
            "make-duty",
            "silence-agrees",
            "adopt-reading",
            "new-duty",
            "new-guarantor",
        ),
        "stays-in-force": (
            "drop-release",
            "no-end",
            "no-leaving",
        ),
        "breach-has-a-consequence": (
            "majority",
            "add-consequence",
        ),
        "adds-to-the-baseline": (),
        "provocation-is-no-escape": (
            "say-expressly",
            "change-judge",
            "adopt-reading",
        ),
        "binds-in-law": (
            "say-expressly",
            "bind-in-law",
            "adopt-reading",
        ),
        "protection-is-mutual": (
            "say-expressly",
            "cover-every-place",
            "raise-least",
            "adopt-reading",
        ),
    }
)
"""For each rule the kinds of edit that have mended it alone, in a shipped text or in a small one.

Every pair was seen in a text that was checked afresh; tests/check/test_fix_enumerated.py looks for more.
"""
NO_EDIT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "covers-attack-by-a-party": "whoever is added is a party too, and may be the attacker",
        "adds-to-the-baseline": "what repeats earlier law can be left out or asked for more; what more, is for the "
        "parties to say",
        "protection-is-mutual": "what the protected side gives in return is for the parties to say",
    }
)
"""Rules for which a single edit seldom or never does, and why."""

NOTHING_LEFT: Final = frozenset({"no-conflict-of-duties", "can-be-done-in-order"})
"""Rules that are mended as well where nothing is left that they speak of: no ban beside a duty, no step that waits."""
LIFTS: Final = frozenset({"except-defence", "lift-prohibition"})
SETTLES: Final = LIFTS | {"adopt-reading"}
MORE_OWED: Final = frozenset({"raise-least", "help-itself", "make-duty", "new-duty", "new-guarantor"})


def lifts_for_nothing(edits: Collection[Edit], rules: Collection[str]) -> bool:
    """Whether what is forbidden would be lifted although no duty stands against it: a cure takes nothing away."""
    kinds = {edit.kind for edit in edits}
    return bool(kinds & LIFTS) and not kinds & MORE_OWED and "no-conflict-of-duties" not in rules


def raises_past_a_conflict(edits: Collection[Edit], rules: Collection[str]) -> bool:
    """Whether more would be owed so that the duty misses the ban, as arms for forbidden sanctions.

    That settles nothing: somebody owes what is forbidden to it, and whoever asks instead for a heavier act that happens
    not to be on the list has raised what is owed, while the two still pull apart.
    """
    kinds = {edit.kind for edit in edits}
    return "no-conflict-of-duties" in rules and bool(kinds & MORE_OWED) and not kinds & SETTLES


def can_matter(edits: Iterable[Edit], rules: Collection[str]) -> tuple[Edit, ...]:
    """The edits that can bear on some rules, by themselves or beside others."""
    return tuple(edit for edit in edits if ONE_RULE_ALONE.get(edit.kind) in (None, *rules))
