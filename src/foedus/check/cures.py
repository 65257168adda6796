"""Which kinds of edit can mend which fault, and where none of the language can."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from foedus.check.edits import Edit

COVERS: Final = ("cover-every-kind", "cover-every-attacker", "cover-every-place", "cover-every-object",
                 "cover-provoked", "cover-at-once")  # fmt: skip
FREER: Final = ("bind-each-alone", "drop-decision", "add-default", "drop-request", "drop-consent", "drop-wait",
                "drop-precondition", "approval-no-excuse", "drop-ending", "drop-release")  # fmt: skip
VOTES: Final = ("exclude-attacker", "drop-veto", "majority", "each-decides", "silence-agrees", "abstention-no-block",
                "drop-quorum")  # fmt: skip
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

NO_EDIT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "adds-to-the-baseline": "what repeats earlier law can be left out or asked for more; what more, is for the "
        "parties to say",
        "protection-is-mutual": "what the protected side gives in return is for the parties to say",
    }
)
"""Rules for which a single edit seldom or never does, and why."""


def can_matter(edits: Iterable[Edit], rules: Collection[str]) -> tuple[Edit, ...]:
    """The edits that can bear on some rules, by themselves or beside others.

    A guarantor from outside is tried where the text has none of its own, or where an attack by one of its own is what
    has no answer: elsewhere its own duty is the lighter cure.
    """
    some = list(edits)
    own = any(edit.kind == "new-duty" for edit in some) and "covers-attack-by-a-party" not in rules
    return tuple(
        edit
        for edit in some
        if ONE_RULE_ALONE.get(edit.kind) in (None, *rules) and not (own and edit.kind == "new-guarantor")
    )
