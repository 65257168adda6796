"""All rules, in the order in which they are told. A new rule is one file here and one line in this list."""

from typing import Final

from foedus.check.rule import Rule
from foedus.check.rules import (
    adds_to_the_baseline,
    attack_covered,
    attacker_cannot_stop,
    binds_in_law,
    can_be_done_in_order,
    covers_attack_by_a_party,
    covers_every_attacker,
    covers_every_kind,
    covers_place_and_object,
    each_bound_alone,
    help_without_request,
    home_is_no_excuse,
    least_response_suffices,
    no_adversary_consent,
    no_conflict_of_duties,
    no_dead_clause,
    no_single_ally_can_stop,
    not_self_judged,
    protection_is_mutual,
    provocation_is_no_escape,
    silence_does_not_stop,
)

RULES: Final[tuple[Rule, ...]] = (
    attacker_cannot_stop.RULE,
    no_single_ally_can_stop.RULE,
    each_bound_alone.RULE,
    no_adversary_consent.RULE,
    no_dead_clause.RULE,
    attack_covered.RULE,
    least_response_suffices.RULE,
    not_self_judged.RULE,
    help_without_request.RULE,
    covers_every_attacker.RULE,
    covers_place_and_object.RULE,
    covers_every_kind.RULE,
    covers_attack_by_a_party.RULE,
    no_conflict_of_duties.RULE,
    home_is_no_excuse.RULE,
    can_be_done_in_order.RULE,
    silence_does_not_stop.RULE,
    adds_to_the_baseline.RULE,
    provocation_is_no_escape.RULE,
    binds_in_law.RULE,
    protection_is_mutual.RULE,
)
