"""The dimensions that tell guarantees apart, and the values of each: one vocabulary for texts and for historical cases.

After the typology of the field (docs/theory/precedents.md): what kind of paper, who is bound, to what, on whose word,
how fast, where, for how long. Where one question of the typology holds two, it is two dimensions here (whether a
request is needed, how many guarantors, whether one has nuclear weapons), so that each has one answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Dimension:
    """A question that every guarantee answers, and the answers in the field's terms, each with its plain words."""

    asks: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Value:
    """What an instrument is on one dimension.

    ``values`` are in the field's terms and the order of the vocabulary: one where it is known, several where it turns
    on what nobody knows, none where the file does not say. ``detail`` is the author's number, such as "24 h".
    """

    values: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    detail: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is one value and no other is open."""
        return len(self.values) == 1


DIMENSIONS: Final[Mapping[str, Dimension]] = MappingProxyType(
    {
        "instrument": Dimension(
            "What kind of paper it is",
            {
                "treaty_ratified": "a treaty that came into force",
                "treaty_unratified": "a treaty text that was not ratified",
                "executive_agreement": "an agreement of governments, without their parliaments",
                "executive_order": "an order of one executive",
                "political_declaration": "a political declaration",
                "unsc_resolution": "a resolution of the Security Council",
                "statute": "a law of one state",
                "secret_letter": "a secret letter",
                "none": "no paper at all",
            },
        ),
        "obligation_structure": Dimension(
            "Who is bound with whom",
            {
                "none": "nobody is bound",
                "unilateral": "one is bound, and gets no such promise back",
                "bilateral": "two are bound to each other",
                "hub_and_spoke": "many separate promises under one roof",
                "several": "several are bound, each alone",
                "collective": "several are bound, only together",
            },
        ),
        "verb_of_duty": Dimension(
            "What the strongest duty is",
            {
                "shall_fight": "must use force",
                "shall_assist_all_means": "must help by all means",
                "shall_assist_as_deemed": "must help, by what each deems necessary",
                "may_act": "may act, and need not",
                "shall_consult": "must consult",
                "shall_abstain": "must not attack",
                "none": "no duty",
            },
        ),
        "trigger": Dimension(
            "What sets it off",
            {
                "armed_attack": "an armed attack",
                "attack_or_threat": "an attack, or acts below it",
                "renewed_attack": "a new attack, once a given event has come",
                "breach": "a breach of another promise, such as a ceasefire",
                "nuclear_only": "nuclear weapons alone",
                "none": "nothing: there is no help to be set off",
            },
        ),
        "request": Dimension(
            "Whether somebody must ask first", {"needed": "somebody must ask", "not_needed": "nobody need ask"}
        ),
        "attribution_rule": Dimension(
            "Who finds that the case is given",
            {
                "facts_alone": "the text names nobody",
                "beneficiary": "the one attacked",
                "each_guarantor": "each guarantor for itself",
                "body": "a body, by its votes",
                "consensus": "a body in which all must agree",
                "monitor": "a monitor",
                "third_party": "one other party",
                "none": "nothing is to be found",
            },
        ),
        "decision_rule": Dimension(
            "Who decides on the help",
            {
                "automatic": "nobody: the duty follows from the trigger",
                "lead_nation": "one nation for all",
                "each_state": "each state for itself",
                "majority": "a body, without all having to agree",
                "consensus": "all guarantors together",
                "consensus_with_adversary": "all together, the adversary among them",
                "none": "nothing is to be decided",
            },
        ),
        "clock": Dimension(
            "What its clock binds to",
            {
                "to_act": "to act within a stated time",
                "to_decide": "to decide within a stated time",
                "to_meet": "to meet within a stated time",
                "at_once": "to act at once, without a number",
                "no_clock": "no time is stated",
            },
        ),
        "scope": Dimension(
            "Where it holds",
            {
                "no_limit": "no place is left out by its words",
                "defined_area": "a defined area, the whole of what is to be protected",
                "part_left_out": "a part is left out",
            },
        ),
        "forces_in_place": Dimension(
            "What foreign forces stand there before the attack",
            {
                "none": "none",
                "advisers": "advisers or trainers",
                "monitors": "unarmed or lightly armed monitors",
                "tripwire": "a small force",
                "brigade": "some thousands",
                "corps": "tens of thousands",
                "air_or_sea": "aircraft or ships alone",
            },
        ),
        "adversary_consent": Dimension(
            "What part the adversary has in it",
            {
                "not_needed": "none",
                "needed_to_start": "its consent is needed",
                "revocable": "a consent given can be taken back",
                "is_guarantor": "it is itself one of those bound",
                "holds_veto": "it can stop the help by its vote",
            },
        ),
        "guarantor_number": Dimension(
            "How many guarantee it",
            {"none": "nobody", "one": "one", "two_to_five": "two to five", "more": "more than five"},
        ),
        "nuclear_guarantor": Dimension(
            "Whether a guarantor has nuclear weapons", {"yes": "one at least has", "no": "none has"}
        ),
        "beneficiary_duties": Dimension(
            "What the one protected must do for it",
            {
                "none": "nothing",
                "neutrality": "stay out of alliances",
                "limits": "keep limits on forces, bases or weapons",
                "neutrality_and_limits": "stay out of alliances and keep limits on forces, bases or weapons",
                "disarmament": "give up a weapon that it had",
            },
        ),
        "sanction_part": Dimension(
            "What sanctions are promised",
            {
                "none": "none",
                "owed": "sanctions are among what must be given",
                "snapback": "sanctions return unless they are stopped",
            },
        ),
        "duration": Dimension("How long it lasts", {"indefinite": "without an end", "fixed_term": "for a fixed time"}),
        "exit": Dimension(
            "How one leaves",
            {
                "no_clause": "no way out is stated",
                "by_notice": "by notice, after a stated time",
                "at_will": "at the will of one side, at any time",
            },
        ),
        "activation": Dimension(
            "From when it helps",
            {
                "now": "from its first day",
                "at_ceasefire": "from a ceasefire on",
                "at_peace_treaty": "from a peace treaty on",
                "at_accession": "from an accession on",
            },
        ),
        "publicity": Dimension(
            "Whether it is public",
            {"public": "public", "confidential_annex": "public, with a secret part", "secret": "secret"},
        ),
    }
)
"""Every dimension in the order in which it is told."""


def ordered(name: str, values: Iterable[str]) -> tuple[str, ...]:
    """Values of a dimension once each, in the order of the vocabulary. Raises ``KeyError`` for a word that is none."""
    known = DIMENSIONS[name].values
    found = set(values)
    if strange := sorted(found - known.keys()):
        raise KeyError(f"{name}: {strange[0]}")
    return tuple(value for value in known if value in found)


def dimension_words(name: str, values: Iterable[str]) -> str:
    """Values of a dimension in plain words: one, or those between which it is open; "not known" for none."""
    known = DIMENSIONS[name].values
    return "; or ".join(known[value] for value in ordered(name, values)) or "not known"
