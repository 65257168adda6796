"""The questions of four more rules, written by hand in z3py: one function asks one rule of one shipped text.

As in ``by_hand``: the text as it stands, the facts are Z3's to choose, whoever is willing says yes.
"""

import z3
from by_hand import AID, CONSULT, GUARANTORS, OBJECTS, Facts, Term, draft_facts, draft_gives, highest, sat, solver
from by_hand_others import ALLIES, ARMED, POLES, TRUE, WAR_KINDS, nato_due, nato_facts, nato_requests

NOTHING = z3.BoolVal(val=False)
ALL_MEANS = 5


def home_is_no_excuse() -> str:
    """nato-1949: Article 11 is no condition, so that nobody may lawfully be told no at home."""
    facts = nato_facts(("OTHER",))
    due = nato_due(facts)
    is_condition = NOTHING
    refuses = {p: z3.Bool(f"refuses {p}") for p in ALLIES}
    approved = {p: z3.Or(z3.Not(z3.And(refuses[p], is_condition)), z3.Bool(f"approval {p}")) for p in ALLIES}
    waits = {"consult": dict.fromkeys(ALLIES, TRUE), "assist": approved}
    asked = solver(*facts.rules, nato_requests())
    bound = [z3.And(facts.outside(p), due[clause]) for clause in due for p in ALLIES]
    if not sat(asked, z3.Or(bound)):
        return "NOT_APPLICABLE"
    asked.add(z3.PbEq([(term, 1) for term in refuses.values()], 1))
    lost = [
        z3.And(refuses[p], facts.outside(p), due[clause], z3.Not(waits[clause][p])) for clause in due for p in ALLIES
    ]
    return "FAILS" if sat(asked, z3.Or(lost)) else "HOLDS"


def silence_does_not_stop() -> str:
    """istanbul-2022-draft: help waits for a decision of all, and a guarantor that says nothing has said no."""
    facts = draft_facts(("RU", "OTHER"))
    willing, silent = dict.fromkeys(GUARANTORS, TRUE), dict.fromkeys(GUARANTORS, NOTHING)
    owed = {level: z3.Or(list(draft_gives(facts, willing, level).values())) for level in (CONSULT, AID)}
    asked = solver(*facts.rules)
    if not sat(asked, z3.Or(list(owed.values()))):
        return "NOT_APPLICABLE"
    # Without a vote the duty to consult is left, and it goes no further than talk; aid itself may go to all means.
    left = draft_gives(facts, silent, AID)
    return "FAILS" if sat(asked, owed[AID], z3.Not(z3.Or(list(left.values())))) else "HOLDS"


def provocation_is_no_escape() -> str:
    """nato-1949: neither article asks whether the attack was provoked, so that no finding on it is read."""
    facts = nato_facts(("OTHER",))
    due = nato_due(facts)
    found_unprovoked = {p: z3.Bool(f"finds {p} unprovoked") for p in ALLIES}
    reads = {"consult": False, "assist": False}
    asked = solver(*facts.rules, nato_requests())
    bound = {(clause, p): z3.And(facts.outside(p), due[clause]) for clause in due for p in ALLIES}
    if not sat(asked, z3.Or(list(bound.values()))):
        return "NOT_APPLICABLE"
    kept = {(c, p): z3.And(term, found_unprovoked[p]) if reads[c] else term for (c, p), term in bound.items()}
    return "FAILS" if sat(asked, z3.Or([z3.And(bound[key], z3.Not(kept[key])) for key in bound])) else "HOLDS"


def protection_is_mutual() -> str:
    """uk-poland-1939: the most that each owes the other, for each kind of thing that is attacked."""
    uneven, related = False, False
    for thing in OBJECTS:
        there, back = _most("GB", "PL", thing), _most("PL", "GB", thing)
        related = related or max(*there, *back) > 0
        uneven = uneven or there[0] != back[0] or (there[1] > 1) != (back[1] > 1)
    return "NOT_APPLICABLE" if not related else "FAILS" if uneven else "HOLDS"


def _most(guarantor: str, victim: str, thing: str) -> tuple[int, int]:
    """The highest level that is owed when a third power attacks, and how far what is then due may go."""
    assert {guarantor, victim} == set(POLES)
    facts = Facts(("DE", "SU", "OTHER"), (victim,), ("home", "danzig"), kinds=WAR_KINDS, objects=(thing,))
    germany, others = facts.is_("attacker", "DE"), facts.is_("attacker", "SU")
    clauses: list[tuple[int, int, Term]] = [
        (ALL_MEANS, ALL_MEANS, z3.And(germany, facts.is_("kind", *ARMED))),
        (ALL_MEANS, ALL_MEANS, z3.And(germany, facts.is_("zone", "danzig"))),
        (2, ALL_MEANS, z3.And(germany, facts.is_("kind", "hybrid", "blockade"))),
        (1, ALL_MEANS, others),
        (1, 1, z3.Or(germany, others)),
    ]
    helps = {level: z3.Or([due for least, _, due in clauses if least >= level]) for level in range(1, ALL_MEANS + 1)}
    level = highest(solver(*facts.rules), helps)
    asked = solver(*facts.rules, *([helps[level]] if level else []))
    most = next((n for n in range(ALL_MEANS, 0, -1) if sat(asked, z3.Or([d for _, m, d in clauses if m >= n]))), 0)
    return level, most
