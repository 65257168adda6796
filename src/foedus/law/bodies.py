"""What a body says on one matter, as an expression over its members' votes (meaning.md, section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from foedus.case.form import Body, Denominator
from foedus.law.choices import VOTES, masters
from foedus.law.expression import (
    FALSE,
    TRUE,
    ChoiceKey,
    Expression,
    Term,
    conjunction,
    disjunction,
    fact_in,
    negation,
    pick,
    tally,
)

Control = Sequence[tuple[str, str]]
_COUNTED: Final[dict[Denominator, tuple[str, ...]]] = {
    "members": (),
    "entitled": VOTES,
    "present": ("yes", "no", "abstain"),
    "cast": ("yes", "no"),
}
"""The votes that weigh in each denominator; all members weigh alike whatever they do, see ``_outweighs``."""


def decided(body: Body, matter: str, bearer: str | None, control: Control) -> Expression:
    """Return that the body decides the matter; ``bearer`` counts under the rule ``each`` alone."""
    entitled = {member: entitlement(body, member, control) for member in body.members}
    votes: Votes = {member: ("vote", body.id, matter, member) for member in (*body.members, *body.outside_veto)}
    if body.rule == "each":
        agreed = _member_says(entitled, votes, bearer, "yes") if bearer in entitled else FALSE
    elif body.rule == "unanimity":
        agreed = _unanimous(body, entitled, votes)
    else:
        agreed = _outweighs(body, entitled, votes)
    some_yes = disjunction(_member_says(entitled, votes, member, "yes") for member in body.members)
    return conjunction((agreed, some_yes, _quorate(body, entitled, votes), _not_vetoed(body, entitled, votes)))


def entitlement(body: Body, member: str, control: Control) -> Expression:
    """Return that a member is not excluded: neither as an excluded actor nor as controlled by one."""
    if body.excluded == "nobody":
        return TRUE
    over = masters(control, member)
    named = [fact_in("attacker", over)]
    if body.excluded == "disputants":
        named.append(fact_in("victim", over))
    bites = fact_in("attacker", body.members) if body.only_if_member else TRUE
    return negation(conjunction((bites, disjunction(named))))


Entitled = dict[str, Expression]
Votes = dict[str, ChoiceKey]


def _member_says(entitled: Entitled, votes: Votes, member: str | None, *options: str) -> Expression:
    """Return that an entitled member votes in one of some ways; nobody else's vote counts."""
    if member is None or member not in entitled:
        return FALSE
    return conjunction((entitled[member], pick(votes[member], *options)))


def _unanimous(body: Body, entitled: Entitled, votes: Votes) -> Expression:
    spoiling: tuple[str, ...] = ("no",)
    if body.abstention_blocks and body.of in ("members", "entitled"):
        spoiling = ("no", "abstain", "absent")
    elif body.abstention_blocks and body.of == "present":
        spoiling = ("no", "abstain")
    return conjunction(negation(_member_says(entitled, votes, member, *spoiling)) for member in body.members)


def _outweighs(body: Body, entitled: Entitled, votes: Votes) -> Expression:
    """Return the rules by weight: gain times the yes votes less loss times the denominator reaches the bound."""
    weights = body.weights or (1,) * len(body.members)
    if body.rule == "majority":
        gain, loss, bound = 2, 1, 1
    elif body.rule == "share":
        gain, loss, bound = body.share[1], body.share[0], 0
    else:
        gain, loss, bound = 1, 0, body.threshold
    counted = _COUNTED[body.of]
    if body.of == "members":
        bound += loss * sum(weights)
    terms = []
    for member, weight in zip(body.members, weights, strict=True):
        values = tuple(
            (vote, weight * ((gain if vote == "yes" else 0) - (loss if vote in counted else 0))) for vote in VOTES
        )
        terms.append(Term(entitled[member], votes[member], values))
    return tally(terms, bound)


def _quorate(body: Body, entitled: Entitled, votes: Votes) -> Expression:
    heads = tuple((vote, int(vote != "absent")) for vote in VOTES)
    return tally((Term(entitled[member], votes[member], heads) for member in body.members), body.quorum)


def _not_vetoed(body: Body, entitled: Entitled, votes: Votes) -> Expression:
    blocking = ("no", "abstain", "absent") if body.abstention_blocks else ("no",)
    vetoes = [_member_says(entitled, votes, holder, *blocking) for holder in body.veto]
    vetoes += [pick(votes[holder], "no") for holder in body.outside_veto]
    return negation(disjunction(vetoes))
