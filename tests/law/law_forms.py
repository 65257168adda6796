"""Short ways to write forms by hand in tests."""

from __future__ import annotations

from typing import Any

from foedus.case.form import Body, Clause, Form, Judge, LeadsTo, Owed, Question, Releases, Request, Trigger
from foedus.case.ladders import OTHER
from foedus.law.incident import Incident

P5 = ("CN", "FR", "GB", "RU", "US")
ELECTED = tuple(f"elected {number}" for number in range(1, 11))
COUNCIL = Body("council", P5 + ELECTED, "at_least", threshold=9, veto=P5)
INSTRUMENT_JUDGE = (Judge("attack", "objective"),)
SELF_JUDGE = (Judge("attack", "bearer"),)


def obligation(name: str, bearers: tuple[str, ...], towards: tuple[str, ...], *least: str, **more: Any) -> Clause:
    """Return an obligation with the same least (and most) for every bearer."""
    most = frozenset(more.pop("most", ())) | frozenset(least)
    response = (Owed(frozenset(least), most),) * len(bearers)
    return Clause(name, "obligation", bearers, frozenset(towards), response, **more)


def power(name: str, bearers: tuple[str, ...], **more: Any) -> Clause:
    response = (Owed(frozenset(), frozenset()),) * len(bearers)
    return Clause(name, "power", bearers, frozenset(), response, **more)


def form(*clauses: Clause, bodies: tuple[Body, ...] = (), control: tuple[tuple[str, str], ...] = ()) -> Form:
    """Return a form whose parties are those the clauses name, and the members of the bodies."""
    named = {party: None for clause in clauses for party in (*clause.bearers, *sorted(clause.beneficiaries))}
    named.update({member: None for body in bodies for member in (*body.members, *body.outside_veto)})
    named.update({actor: None for pair in control for actor in pair})
    return Form("test", tuple(named), clauses, bodies, control)


def luxembourg() -> Form:
    """1867: the powers guarantee the neutrality of Luxembourg collectively."""
    powers = ("AT", "BE", "FR", "GB", "IT", "PR")
    return form(obligation("2", powers, ("LU",), "limited_force", collective=True))


def london(judges: tuple[Judge, ...] = INSTRUMENT_JUDGE) -> Form:
    """1839: five powers guarantee Belgium, each for itself."""
    powers = ("AT", "FR", "GB", "PR", "RU")
    return form(obligation("7", powers, ("BE",), "limited_force", judges=judges))


def nato(least: tuple[str, ...], judges: tuple[Judge, ...] = INSTRUMENT_JUDGE, members: int = 32) -> Form:
    """1949: an attack on one is an attack on all; each does what it deems necessary."""
    allies = tuple(f"A{number:02}" for number in range(1, members + 1))
    trigger = Trigger(
        kinds=frozenset({"raid", "land_grab", "air_campaign", "full_invasion", "nuclear_use"}),
        zones=frozenset({"europe", "north america", "atlantic"}),
        objects=frozenset({"territory", "forces", "ships_and_aircraft"}),
    )
    return form(
        obligation("4", allies, allies, "consult"),
        obligation("5", allies, allies, *least, most=("all_means",), judges=judges, trigger=trigger),
    )


def istanbul_communique() -> Form:
    """2022: five guarantors, Russia among them, each judging for itself."""
    return form(obligation("help", P5, ("UA",), "sanction", most=("all_means",), judges=SELF_JUDGE))


def istanbul_draft(*, attacker_excluded: bool = False) -> Form:
    """2022: help only on a decision agreed by all guarantors."""
    body = Body("guarantors", P5, "unanimity", excluded="attacker" if attacker_excluded else "nobody")
    return form(obligation("help", P5, ("UA",), "arm", decision=Question("guarantors", "help")), bodies=(body,))


def budapest() -> Form:
    """1994, article 4: seek immediate action of the Council to provide assistance."""
    return form(
        obligation(
            "4", ("GB", "RU", "US"), ("UA",), "seek_decision",
            trigger=Trigger(kinds=frozenset({"full_invasion", "nuclear_threat", "nuclear_use"})),
            leads_to=LeadsTo(Question("council", "assistance"), 5),
        ),
        bodies=(COUNCIL,),
    )  # fmt: skip


def poland() -> Form:
    """1939: all the support in its power against Germany (secret protocol), consultation against others."""
    return form(
        obligation("1", ("GB",), ("PL",), "all_means", trigger=Trigger(attackers=frozenset({"DE"}))),
        obligation("protocol 1(b)", ("GB",), ("PL",), "consult", trigger=Trigger(attackers=frozenset({"SU", OTHER}))),
    )


def rio() -> Form:
    """1947, article 3: help on request, then collective measures by the organ, disputants not voting."""
    states = ("AR", "BR", "CL", "PE", "US")
    organ = Body("organ", states, "share", "members", share=(2, 3), excluded="disputants", only_if_member=True)
    return form(
        obligation("3(2)", states, states, "arm", request=Request(("victim",))),
        obligation("3(2) organ", states, states, "sanction", decision=Question("organ", "measures")),
        bodies=(organ,),
    )


def snapback() -> Form:
    """2015, resolution 2231: sanctions return on notice unless the Council decides to go on without them."""
    all_members = P5 + ELECTED
    return form(
        power("notice", ("DE", "FR", "GB")),
        obligation(
            "sanctions", ("DE", *all_members), ("IL",), "sanction", after=("notice",),
            unless=(Question("council", "continue relief"),),
        ),
        bodies=(COUNCIL,),
    )  # fmt: skip


def against(victim: str, attacker: str = OTHER, kind: str = "full_invasion", **more: Any) -> Incident:
    return Incident(attacker, victim, kind, **more)


def ended_by(clause: str, bearers: tuple[str, ...]) -> Clause:
    """Return a power of withdrawal: whoever uses it is released alone."""
    return power("withdrawal", bearers, releases=Releases((clause,), for_all=False))
