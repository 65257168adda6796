"""Which rules are meant to see a change of a field: those whose question (docs/theory/checks.md) reads the field.

Written from the list of checks before anything was measured. A change that mends (a veto less, an attacker left out of
the vote) is meant to be seen by the same rules: their finding goes or becomes milder. ``worse`` says which way round
the change takes help away, where the field has such a way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Meant:
    """The codes of the rules, and which change is for the worse."""

    rules: tuple[str, ...]
    worse: str = "either"


def _meant(rules: str, worse: str = "either") -> Meant:
    return Meant(tuple(rules.split()), worse)


# Who can say no in a body: the attacker (C03), an ally (C04), all together (C02), by saying nothing (C17); whether a
# clause can bite against the attacker's vote (C20); whether the breacher can block what follows (C19).
_VOTES: Final = "C02 C03 C04 C17 C19 C20"
# Where a clause speaks also says what a ban conflicts with (C12), what bound before (C21) and when nothing is ever due.
_WHEN: Final = "C01 C12 C20 C21"

INTENDED: Final[Mapping[str, Meant]] = MappingProxyType(
    {
        "binding": _meant("C24", "political for legal"),
        "body.abstention": _meant(_VOTES, "blocks"),
        "body.excluded": _meant(_VOTES + " C10", "nobody excluded"),
        "body.members": _meant(_VOTES, "one more whose yes is needed"),
        "body.of": _meant(_VOTES),
        "body.only_if_member": _meant(_VOTES + " C10"),
        "body.outside_veto": _meant(_VOTES, "one more"),
        "body.quorum": _meant(_VOTES, "higher"),
        "body.rule": _meant(_VOTES, "more yes votes needed"),
        "body.silence": _meant("C17", "anything but yes"),
        "body.veto": _meant(_VOTES, "one more"),
        "body.weights": _meant(_VOTES),
        "clause.after": _meant("C01 C02 C14 C15 C16 C17 C20", "one step more before"),
        "clause.against_beneficiary": _meant("C01 C21", "against"),
        "clause.bearers": _meant("C01 C02 C04 C10 C11 C12 C19 C21 C25", "one less who owes"),
        "clause.consents": _meant("C02 C04 C15 C16 C17", "one more"),
        "clause.consequence": _meant("C19", "none"),
        "clause.deadline": _meant("C16", "later, softer or none"),
        "clause.decision": _meant("C02 C03 C04 C16 C17 C20", "a decision more"),
        "clause.default": _meant("C02 C03 C04 C16 C17", "none, later or lower"),
        "clause.domestic": _meant("C02 C13 C16", "a condition"),
        "clause.forbids": _meant("C12 C21"),
        "clause.judge": _meant("C02 C03 C04 C05 C10 C16 C17", "whoever is more apt to deny"),
        "clause.judge.attack.manifest": _meant("C02 C03 C04 C05 C09", "one kind less"),
        "clause.judge.attribution.manifest": _meant("C02 C03 C04 C05 C09", "one kind less"),
        "clause.judge.breach.manifest": _meant("C02 C03 C04 C05 C09", "one kind less"),
        "clause.judge.provocation": _meant("C02 C03 C04 C05 C16 C17 C23", "whoever is more apt to deny"),
        "clause.kind": _meant("C01 C02 C12 C18 C20 C21 C25", "anything else for an obligation"),
        "clause.leads_to": _meant("C01 C03 C07 C08 C09 C10 C20", "lower or none"),
        "clause.most_level": _meant("C12 C21", "lower"),
        "clause.overrides": _meant("C12"),
        "clause.releases": _meant("C02 C03 C04 C18", "one clause more, or for all"),
        "clause.request": _meant("C03 C04 C06 C16", "wanted, by more"),
        "clause.response": _meant("C01 C02 C05 C12 C21 C25", "lower"),
        "clause.response.least": _meant("C01 C02 C05 C09 C12 C21 C25", "lower"),
        "clause.response.means_chosen_by": _meant("C01 C02 C03 C04 C05", "the bearer"),
        "clause.response.most": _meant("C01 C02 C05 C17 C21 C25", "lower"),
        "clause.structure": _meant("C10 C11", "together"),
        "clause.subject_to": _meant("C12"),
        "clause.to": _meant("C01 C02 C10 C12 C19 C20 C21 C25", "one less to whom it is owed"),
        "clause.unless": _meant("C02 C03 C04 C17 C20", "one more"),
        "clause.until": _meant("C02 C03 C04 C17 C20", "one more"),
        "clause.when.attacker": _meant(_WHEN + " C07 C10", "narrower"),
        "clause.when.kind": _meant(_WHEN + " C09", "narrower"),
        "clause.when.lasting": _meant(_WHEN + " C09 C16", "longer"),
        "clause.when.object": _meant(_WHEN + " C08", "narrower"),
        "clause.when.phase": _meant(_WHEN + " C18", "narrower"),
        "clause.when.unprovoked": _meant(_WHEN + " C23", "unprovoked alone"),
        "clause.when.victim": _meant(_WHEN + " C25", "narrower"),
        "clause.when.zone": _meant(_WHEN + " C08", "narrower"),
        "exit": _meant("C18", "sooner"),
    }
)
"""By field; what is not named has the rules of the nearest field above it."""


def meant_for(field: str) -> Meant:
    """The rules for a field, or for the nearest field above it."""
    while field not in INTENDED:
        above = field.rpartition(".")[0]
        if not above:
            raise ValueError(f"no rule is meant to see a change of {field!r}: say which in tests/mutants/intended.py")
        field = above
    return INTENDED[field]
