"""The questions of five more rules, by hand in z3py: what clashes, waits, ends, is late, and is broken without answer.

As in ``by_hand``: one function asks one rule of one shipped text as it stands, and the facts are Z3's to choose. Order
and time are whole numbers here, which QF_FD does not know, so that the plain solver takes part.
"""

from collections.abc import Iterable

import z3
from by_hand import Facts, Term, sat, solver
from by_hand_others import ALLIES, ARMED, ATTACKS, GUARANTORS, POLES, TRUE, WAR_KINDS

DAY = 24
LONG = 1_000_000
"""Hours that no clock in a text comes near."""


# finland-soviet-1948: three duties; a ban on opposing commitments, which no act breaks, and one on attack.
PAIR = ("FI", "SU")


def no_conflict_of_duties() -> str:
    facts = Facts(("DE", "ALLY", "OTHER", *PAIR), PAIR, ("finland", "elsewhere"), kinds=WAR_KINDS)
    there = z3.And(facts.is_("attacker", "DE", "ALLY"), facts.is_("zone", "finland"))
    armed = z3.And(there, facts.is_("kind", *ARMED))
    duties = [
        (("FI",), armed, True),
        (("SU",), z3.And(armed, facts.is_("victim", "FI")), False),  # both agree; arms break no ban on attack
        (PAIR, z3.And(there, facts.is_("kind", "blockade", *ARMED)), False),
    ]
    # To fight is to attack whoever attacks: forbidden where that one is protected by the ban and the victim is not.
    breaks = z3.And(facts.is_("attacker", *PAIR), z3.Not(facts.is_("victim", *PAIR)))
    asked = solver(*facts.rules)
    bound = [(z3.And(facts.outside(p), due), fights) for bearers, due, fights in duties for p in bearers]
    if sat(asked, z3.Or([z3.And(term, breaks) for term, fights in bound if fights])):
        return "FAILS"
    return "HOLDS" if sat(asked, z3.Or([term for term, _ in bound])) else "NOT_APPLICABLE"


# minsk-2015: which step comes after which.
AFTER = (
    ("dialogue", "withdrawal"), ("prisoners", "withdrawal"), ("border-start", "elections"),
    ("border-complete", "border-start"), ("border-complete", "constitution"), ("elections", "dialogue"),
)  # fmt: skip


def can_be_done_in_order() -> str:
    if not AFTER:
        return "NOT_APPLICABLE"
    day = {step: z3.Int(f"day of {step}") for step in dict.fromkeys(name for pair in AFTER for name in pair)}
    plan = z3.Solver()
    plan.add(*(day[later] > day[earlier] for later, earlier in AFTER))
    return "HOLDS" if plan.check() == z3.sat else "FAILS"


def every_step_has_a_clock() -> str:
    """istanbul-2022-communique: aid is owed within three days of the attack, whatever the steps before it take."""
    facts = Facts(("RU", "OTHER"), ("UA",), ("covered", "excluded"))
    speaks = z3.And(facts.is_("kind", *ATTACKS), facts.is_("zone", "covered"))
    provided = {p: z3.And(facts.outside(p), speaks) for p in GUARANTORS}
    asked = solver(*facts.rules)
    if not sat(asked, z3.Or(list(provided.values()))):
        return "NOT_APPLICABLE"
    attack, request, act = z3.Int("attack"), z3.Int("request"), z3.Int("act")
    finds = {p: z3.Int(f"finding of {p}") for p in GUARANTORS}
    late = z3.Solver()
    late.add(attack == 0, request == attack, act <= attack + 3 * DAY)
    for found in finds.values():
        late.add(found >= request, act >= found)
    late.add(act > LONG)
    return "FAILS" if late.check() == z3.sat else "HOLDS"


def stays_in_force() -> str:
    """uk-poland-1939: it runs on after five years, and then whoever gives notice is out half a year later."""
    facts = Facts(("DE", "OTHER"), POLES, ("home", "danzig"), kinds=WAR_KINDS)
    germany = facts.is_("attacker", "DE")
    owed = z3.Or(
        z3.And(germany, facts.is_("kind", *ARMED)), z3.And(germany, facts.is_("zone", "danzig")),
        z3.And(germany, facts.is_("kind", "hybrid", "blockade")), germany,
    )  # fmt: skip
    asked = solver(*facts.rules)
    if not sat(asked, z3.Or([z3.And(facts.outside(p), owed) for p in POLES])):
        return "NOT_APPLICABLE"
    notice, out = z3.Int("day of the notice"), z3.Int("first day out")
    days = z3.Solver()
    days.add(notice >= 0, out >= notice + 182, out >= 5 * 365, out <= LONG)
    return "FAILS" if days.check() == z3.sat else "HOLDS"


def breach_has_a_consequence() -> str:
    """nato-1949, for Belgium: two bans and two duties, and no word on what a breach of any of them brings."""
    clauses = {"no-force": NOTHING, "consult": NOTHING, "assist": NOTHING, "no-conflicting-engagement": NOTHING}
    breaks = {(clause, p): z3.Bool(f"{p} breaks {clause}") for clause in clauses for p in ALLIES if p != "BE"}
    asked = solver(_one(breaks.values()))
    if not sat(asked):
        return "NOT_APPLICABLE"
    unanswered = z3.Or([z3.And(broken, z3.Not(clauses[clause])) for (clause, _), broken in breaks.items()])
    return "FAILS" if sat(asked, unanswered) else "HOLDS"


NOTHING = z3.Not(TRUE)


def _one(terms: Iterable[Term]) -> Term:
    return z3.PbEq([(term, 1) for term in terms], 1)
