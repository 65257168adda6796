"""The questions of six more rules, written by hand in z3py: one function asks one rule of one shipped text.

As in ``by_hand``: the text as it stands, the facts are Z3's to choose, whoever is willing says yes.
"""

from collections.abc import Sequence

import z3
from by_hand import KINDS, OBJECTS, Facts, Term, sat, solver, with_holes

TRUE = z3.BoolVal(val=True)


def one_of(terms: Sequence[Term]) -> Term:
    """Exactly one of the terms holds."""
    return z3.PbEq([(term, 1) for term in terms], 1)


# luxembourg-1867, its first unknown values: a raid or more violates the neutrality, and consulting is the least owed.
POWERS = ("AUSTRIA", "FR", "GB", "IT", "NL", "PRUSSIA", "RU")
WAR_KINDS = ("hybrid", "blockade", "raid", "land_grab", "air_campaign", "full_invasion")
ARMED = ("raid", "land_grab", "air_campaign", "full_invasion")


def each_bound_alone() -> str:
    facts = Facts(("OTHER",), ("LU",), ("luxembourg",), kinds=WAR_KINDS)
    speaks = facts.is_("kind", *ARMED)
    idle = {p: z3.Bool(f"idle {p}") for p in POWERS}

    def gives(acts: dict[str, Term]) -> dict[str, Term]:
        together = z3.Not(facts.is_("attacker", *POWERS))
        return {
            p: z3.And(facts.outside(p), speaks, together, acts[p], *(acts[o] for o in POWERS if o != p)) for p in POWERS
        }

    before = gives(dict.fromkeys(POWERS, TRUE))
    after = gives({p: z3.Not(z3.And(idle[p], z3.Bool(f"withholds {p}"))) for p in POWERS})
    asked = solver(*facts.rules, one_of(list(idle.values())), z3.PbGe([(t, 1) for t in before.values()], 2))
    asked.add(*(z3.Implies(idle[p], before[p]) for p in POWERS))
    if not sat(asked):
        return "NOT_APPLICABLE"
    lost = z3.Or([z3.And(before[p], z3.Not(after[p]), z3.Not(idle[p])) for p in POWERS])
    return "FAILS" if sat(asked, lost) else "HOLDS"


# nato-1949: Articles 4 (consult, if any party asks) and 5 (assist, at least by declaring), for an attack on Belgium.
ALLIES = (
    "BE", "CA", "DK", "FR", "IS", "IT", "LU", "NL", "NO", "PT", "GB", "US", "GR", "TR", "DE", "ES", "CZ", "HU", "PL",
    "BG", "EE", "LV", "LT", "RO", "SK", "SI", "AL", "HR", "ME", "MK", "FI", "SE",
)  # fmt: skip
NATO_BASE = {
    "attacker": "OTHER", "victim": "BE", "kind": "full_invasion", "zone": "treaty_area", "object": "territory",
}  # fmt: skip
NATO_ATTACK = (*ARMED, "nuclear_use")


def nato_facts(attackers: Sequence[str], victims: Sequence[str] = ("BE",)) -> Facts:
    """The incidents that are looked at."""
    unarmed = [party for party in ALLIES if party not in ("FR", "GB", "US")]
    return Facts(attackers, victims, ("treaty_area", "outside_area"), unarmed=unarmed)


def nato_due(facts: Facts) -> dict[str, Term]:
    """Clause by clause, that it is due, which is the same for every bearer."""
    attack = z3.And(
        facts.is_("kind", *NATO_ATTACK),
        facts.is_("zone", "treaty_area"),
        facts.is_("object", "territory", "forces", "ships_and_aircraft"),
    )
    return {"consult": z3.Or([z3.Bool(f"request {p}") for p in ALLIES]), "assist": attack}


def nato_requests() -> Term:
    """Everybody is willing to ask for consultations."""
    return z3.And([z3.Bool(f"request {p}") for p in ALLIES])


def covers_attack_by_a_party() -> str:
    facts = nato_facts(("OTHER", *ALLIES))
    due = nato_due(facts)
    helper = z3.Or([facts.outside(p) for p in ALLIES])
    helps = {1: z3.And(helper, z3.Or(list(due.values())))}
    helps |= dict.fromkeys(range(2, 6), z3.BoolVal(val=False))
    facts.rules.append(nato_requests())
    holes = with_holes(facts, NATO_BASE, helps, {"attacker": ALLIES})
    if holes != "HOLDS":
        return holes
    # Both are among those to whom every clause is owed, and none names a third who finds which of them attacked. The
    # clauses name no attacker and no victim either: what is due is due the other way round as well, to the same others.
    own = nato_facts([p for p in ALLIES if p != "BE"])
    both = z3.And(z3.Or(list(nato_due(own).values())), z3.Or([own.outside(p) for p in ALLIES]))
    rest = {field: value for field, value in NATO_BASE.items() if field != "attacker"}
    asked = solver(*own.rules, *own.is_all(**rest), nato_requests())
    return "FAILS" if sat(asked, both) else "HOLDS"


def not_self_judged() -> str:
    facts = nato_facts(("OTHER",))
    due = nato_due(facts)
    judged = {"consult": dict.fromkeys(ALLIES, TRUE), "assist": dict.fromkeys(ALLIES, TRUE)}  # objective, both
    provides = {p: z3.And(facts.outside(p), z3.Or([due[c] for c in due])) for p in ALLIES}
    own = {p: z3.And(facts.outside(p), z3.Or([z3.And(due[c], judged[c][p]) for c in due])) for p in ALLIES}
    asked = solver(*facts.rules, nato_requests(), z3.Or(list(provides.values())))
    if not sat(asked):
        return "NOT_APPLICABLE"
    if sat(asked, z3.Or([z3.And(provides[p], z3.Not(own[p])) for p in ALLIES])):
        return "FAILS"
    # The means: some clause carries the help, and its bearer may give one of two levels.
    asked = solver(*facts.rules, nato_requests(), *facts.is_all(**NATO_BASE))
    for clause, least, most in (("consult", 1, 1), ("assist", 1, 5)):
        picks = [[z3.Bool(f"{clause} {side} {level}") for level in range(least, most + 1)] for side in ("one", "other")]
        differ = z3.Or([z3.Xor(one, other) for one, other in zip(*picks, strict=True)])
        if sat(asked, due[clause], z3.Or(list(provides.values())), *(one_of(side) for side in picks), differ):
            return "FAILS"
    return "HOLDS"


# uk-poland-1939, with the secret protocol: everything against Germany, talk against any other Power.
POLES = ("PL", "GB")
WAR_BASE = {"attacker": "DE", "victim": "PL", "kind": "full_invasion", "zone": "home", "object": "territory"}


def covers_every_attacker() -> str:
    facts = Facts(("DE", "SU", "PL", "GB", "OTHER"), POLES, ("home", "danzig"), kinds=WAR_KINDS)
    germany, others = facts.is_("attacker", "DE"), facts.is_("attacker", "SU")
    levels = {
        "aggression": (5, z3.And(germany, facts.is_("kind", *ARMED))),
        "threat": (5, z3.And(germany, facts.is_("zone", "danzig"))),  # the victim judges it vital
        "penetration": (2, z3.And(germany, facts.is_("kind", "hybrid", "blockade"))),
        "other-power": (1, others),
        "information": (1, z3.Or(germany, others)),
    }
    helper = z3.Or([facts.outside(p) for p in POLES])
    helps = {
        level: z3.And(helper, z3.Or([due for least, due in levels.values() if least >= level])) for level in range(1, 6)
    }
    return with_holes(facts, WAR_BASE, helps, {"attacker": ("SU", "OTHER")})


# istanbul-2022-communique: consultation is owed at once, aid on the victim's appeal and if the bearer finds an attack.
GUARANTORS = ("RU", "CN", "US", "GB", "FR")
ATTACKS = ("blockade", *ARMED, "nuclear_use")


def help_without_request() -> str:
    facts = Facts(("RU", "OTHER"), ("UA",), ("covered", "excluded"))
    speaks = z3.And(facts.is_("kind", *ATTACKS), facts.is_("zone", "covered"))
    finds = {p: z3.Bool(f"judgement {p}") for p in GUARANTORS}
    request, silent = TRUE, z3.BoolVal(val=False)

    def due(request: Term) -> list[Term]:
        aid = z3.And(speaks, request)
        return [
            z3.Or([z3.And(facts.outside(p), speaks) for p in GUARANTORS]),
            z3.Or([z3.And(facts.outside(p), aid, finds[p]) for p in GUARANTORS]),
        ]

    before, after = due(request), due(silent)
    asked = solver(*facts.rules, *finds.values())
    if not sat(asked, z3.Or(before)):
        return "NOT_APPLICABLE"
    gone = z3.Or([z3.And(was, z3.Not(is_)) for was, is_ in zip(before, after, strict=True)])
    return "FAILS" if sat(asked, gone) else "HOLDS"


# budapest-1994: points 4 (seek action of the Security Council) and 6 (consult).
ASSURERS = ("RU", "GB", "US")
PERMANENT = ("CN", "FR", "RU", "GB", "US")
COUNCIL = (*PERMANENT, *(f"elected {n}" for n in range(1, 11)))


def no_dead_clause() -> str:
    attackers = ("RU", "UA", "GB", "US", "CN", "FR", "OTHER")
    facts = Facts(attackers, ("UA",), ("",), objects=OBJECTS, unarmed=("UA",))
    # The attacker's worst is a no: it is a veto where it has one, and never counts as a yes.
    no = {m: facts.is_("attacker", m) if m in PERMANENT else z3.BoolVal(val=False) for m in COUNCIL}
    decided = z3.And(z3.PbGe([(z3.Not(no[m]), 1) for m in COUNCIL], 9), *(z3.Not(no[m]) for m in PERMANENT))
    nuclear = facts.is_("kind", "nuclear_threat", "nuclear_use")
    question = facts.is_("kind", *(kind for kind in KINDS if kind != "internal_disorder"))
    clauses = [
        z3.Or([z3.And(facts.outside(p), nuclear, decided) for p in ASSURERS]),
        question,  # due for every bearer alike, whoever attacks
    ]
    asked = solver(*facts.rules)
    return "HOLDS" if all(sat(asked, clause) for clause in clauses) else "FAILS"
