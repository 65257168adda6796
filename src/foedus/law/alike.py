"""Parties that a form treats alike: one of them can stand for all as the attacker."""

from collections.abc import Hashable

from foedus.case.form import Body, Clause, Form


def kind_of_party(form: Form, party: str) -> Hashable:
    """Return what is equal for parties that the form cannot tell apart.

    Two parties are alike when exchanging their names leaves the form as it was: they stand in the same places of every
    clause and body. Whoever controls or is controlled stands for itself alone.
    """
    if any(party in pair for pair in form.control):
        return party
    return _profile(form, party)


def _profile(form: Form, party: str) -> Hashable:
    clauses = tuple(_in_clause(clause, party) for clause in form.clauses)
    return party in form.parties, clauses, tuple(_in_body(body, party) for body in form.bodies)


def _in_clause(clause: Clause, party: str) -> Hashable:
    trigger = clause.trigger
    response = clause.response[clause.bearers.index(party)] if party in clause.bearers else None
    return (
        response,
        party in clause.beneficiaries,
        None if trigger.attackers is None else party in trigger.attackers,
        None if trigger.victims is None else party in trigger.victims,
        tuple(not judge.is_body and judge.by == party for judge in clause.judges),
        clause.request is not None and party in clause.request.by,
        not clause.means_by_body and clause.means_chosen_by == party,
        party in clause.consents,
        clause.domestic is not None and party in clause.domestic.parties,
    )


def _in_body(body: Body, party: str) -> Hashable:
    weight = body.weights[body.members.index(party)] if party in body.members and body.weights else 1
    return party in body.members, weight, party in body.veto, party in body.outside_veto
