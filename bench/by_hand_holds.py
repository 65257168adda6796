"""Every rule's question about bench/holds.yaml, written by hand in z3py, as in ``by_hand``: here each rule holds.

Each guarantor owes arms at once; all means are owed if most of the council, less an attacker in it, vote yes. The
parts that rules differ in are who refuses which choice, and which fact is moved.
"""

import z3
from by_hand import KINDS, OBJECTS, REQUIRED, Facts, Term, highest, sat, solver, with_holes

GUARANTORS = ("A", "B", "C", "D", "E")
ATTACKERS = ("N", "OTHER", "V", *GUARANTORS)
BASE = {"attacker": "N", "victim": "V", "kind": "full_invasion", "zone": "home", "object": "territory"}
ARMS, FORCE = 3, 5
TRUE, FALSE = z3.BoolVal(val=True), z3.BoolVal(val=False)
Said = dict[str, Term]
ALL_YES: Said = dict.fromkeys(GUARANTORS, TRUE)


def facts_of(attackers: tuple[str, ...] = ATTACKERS) -> Facts:
    """The incidents that are looked at."""
    return Facts(attackers, ("V",), ("home", "islands"))


def decided(facts: Facts, votes: Said) -> Term:
    """Yes votes of members who do not attack are more than half of these members (and so at least one)."""
    sits = {m: z3.Not(facts.is_("attacker", m)) for m in GUARANTORS}
    yes = [(z3.And(sits[m], votes[m]), 2) for m in GUARANTORS]
    return z3.PbGe([*yes, *((z3.Not(sits[m]), 1) for m in GUARANTORS)], len(GUARANTORS) + 1)


def due(facts: Facts, votes: Said) -> dict[int, Term]:
    """Level by level, that some clause that gives as much is due; it is the same for every bearer."""
    force = decided(facts, votes)
    return {level: TRUE if level <= ARMS else force for level in range(1, FORCE + 1)}


def gives(facts: Facts, votes: Said, acts: Said = ALL_YES) -> dict[int, Said]:
    """Level by level and guarantor by guarantor, that it provides."""
    able = {p: z3.And(facts.outside(p), acts[p]) for p in GUARANTORS}
    return {level: {p: z3.And(able[p], term) for p in GUARANTORS} for level, term in due(facts, votes).items()}


def helps(facts: Facts, votes: Said) -> dict[int, Term]:
    """Level by level, that somebody provides."""
    return {level: z3.Or(list(given.values())) for level, given in gives(facts, votes).items()}


def free(refuses: Said, what: str = "vote") -> Said:
    """Choices that are yes but for the refusing, who are free."""
    return {p: z3.Or(z3.Not(refuses[p]), z3.Bool(f"{what} {p}")) for p in GUARANTORS}


def tops(before: dict[int, Said]) -> dict[int, Term]:
    """Level by level, that it is the highest that is given."""
    some = {level: z3.Or(list(given.values())) for level, given in before.items()}
    return {n: z3.And(some[n], z3.Not(some[n + 1])) if n + 1 in some else some[n] for n in some}


def taken(before: dict[int, Said], after: dict[int, Said], spared: Said) -> Term:
    """Some provider of the highest level no longer provides it (whoever is spared is not counted)."""
    ways = []
    for level, is_top in tops(before).items():
        was, is_ = before[level], after[level]
        gone = z3.Or([z3.And(was[p], z3.Not(is_[p]), z3.Not(spared[p])) for p in GUARANTORS])
        ways.append(z3.And(is_top, gone))
    return z3.Or(ways)


def several(before: dict[int, Said]) -> Term:
    """At least two provide the highest level."""
    return z3.Or([z3.And(top, z3.PbGe([(t, 1) for t in before[n].values()], 2)) for n, top in tops(before).items()])


def one_of(terms: Said) -> Term:
    """Exactly one of the terms holds."""
    return z3.PbEq([(term, 1) for term in terms.values()], 1)


def attacker_cannot_stop() -> str:
    facts = facts_of()
    before = gives(facts, ALL_YES)
    asked = solver(*facts.rules)
    if not sat(asked, z3.Or(list(before[1].values()))):
        return "NOT_APPLICABLE"
    own = free({p: facts.is_("attacker", p) for p in GUARANTORS})
    return "FAILS" if sat(asked, taken(before, gives(facts, own), dict.fromkeys(GUARANTORS, FALSE))) else "HOLDS"


def no_single_ally_can_stop() -> str:
    facts = facts_of(("N", "OTHER"))
    ally = {p: z3.Bool(f"ally {p}") for p in GUARANTORS}
    before = gives(facts, ALL_YES)
    asked = solver(*facts.rules, one_of(ally), several(before))
    if not sat(asked):
        return "NOT_APPLICABLE"
    return "FAILS" if sat(asked, taken(before, gives(facts, free(ally)), ally)) else "HOLDS"


def each_bound_alone() -> str:
    facts = facts_of(("N", "OTHER"))
    idle = {p: z3.Bool(f"idle {p}") for p in GUARANTORS}
    before = gives(facts, ALL_YES)
    asked = solver(*facts.rules, one_of(idle), several(before))
    if not sat(asked):
        return "NOT_APPLICABLE"
    return "FAILS" if sat(asked, taken(before, gives(facts, ALL_YES, free(idle, "act")), idle)) else "HOLDS"


def not_self_judged() -> str:
    facts = facts_of(("N", "OTHER"))
    before = gives(facts, ALL_YES)
    asked = solver(*facts.rules)
    if not sat(asked, z3.Or(list(before[1].values()))):
        return "NOT_APPLICABLE"
    # Nobody judges: whatever a bearer finds is read nowhere. And no bearer chooses between two levels.
    if sat(asked, taken(before, before, dict.fromkeys(GUARANTORS, FALSE))):
        return "FAILS"
    means = [(z3.Int(f"means {name}"), z3.Int(f"other {name}"), level) for name, level in (("a", ARMS), ("f", FORCE))]
    within = z3.And([z3.And(one == level, other == level) for one, other, level in means])
    chosen = z3.Solver()
    chosen.add(within, z3.Or([one != other for one, other, _ in means]))
    return "FAILS" if chosen.check() == z3.sat else "HOLDS"


def attack_covered() -> str:
    facts = facts_of()
    asked = solver(*facts.rules, *facts.is_all(**BASE))
    return "HOLDS" if highest(asked, helps(facts, ALL_YES)) >= REQUIRED["full_invasion"] else "FAILS"


def least_response_suffices() -> str:
    facts = facts_of()
    asked = solver(*facts.rules, *facts.is_all(**BASE))
    if highest(asked, helps(facts, ALL_YES)) == 0:
        return "NOT_APPLICABLE"
    left = helps(facts, free(dict.fromkeys(GUARANTORS, TRUE)))
    return "FAILS" if sat(asked, z3.Not(left[REQUIRED["full_invasion"]])) else "HOLDS"


def help_without_request() -> str:
    facts = facts_of(("N", "OTHER"))
    asked = solver(*facts.rules)
    silent = z3.Bool("the victim asks")  # read by no clause
    clauses = [due(facts, ALL_YES)[level] for level in (ARMS, FORCE)]
    owed = [z3.And(facts.outside(p), clause) for clause in clauses for p in GUARANTORS]
    if not sat(asked, z3.Or(owed)):
        return "NOT_APPLICABLE"
    gone = z3.Or([z3.And(was, z3.Not(is_)) for was, is_ in zip(owed, owed, strict=True)])
    return "FAILS" if sat(asked, z3.Not(silent), gone) else "HOLDS"


def no_adversary_consent() -> str:
    facts = facts_of()
    asked = solver(*facts.rules)
    clauses = [z3.And(facts.outside(p), TRUE) for p in GUARANTORS]  # either clause speaks of every attack
    if not sat(asked, z3.Or(clauses)):
        return "NOT_APPLICABLE"
    waits = z3.Or([z3.And(clause, z3.Not(clause)) for clause in clauses])  # no clause names a consent
    return "FAILS" if sat(asked, waits) else "HOLDS"


def no_dead_clause() -> str:
    facts = facts_of()
    asked = solver(*facts.rules)
    against = {p: z3.Not(facts.is_("attacker", p)) for p in GUARANTORS}  # the worst that an attacker can vote is no
    clauses = [TRUE, decided(facts, against)]
    bites = [z3.Or([z3.And(facts.outside(p), clause) for p in GUARANTORS]) for clause in clauses]
    return "HOLDS" if all(sat(asked, clause) for clause in bites) else "FAILS"


def _moved(attackers: tuple[str, ...], moved: dict[str, tuple[str, ...]]) -> str:
    facts = facts_of(attackers)
    return with_holes(facts, BASE, helps(facts, ALL_YES), dict(moved))


def covers_every_attacker() -> str:
    return _moved(("N", "OTHER"), {"attacker": ("OTHER",)})


def covers_place_and_object() -> str:
    return _moved(("N",), {"zone": ("home", "islands"), "object": OBJECTS})


def covers_every_kind() -> str:
    return _moved(("N",), {"kind": KINDS})


def covers_attack_by_a_party() -> str:
    holes = _moved(("N", *GUARANTORS), {"attacker": GUARANTORS})
    # Nothing is owed to a guarantor, so that the one who attacks cannot claim the help itself.
    own = z3.And(FALSE, z3.Or([z3.Bool(f"owed to {p}") for p in GUARANTORS]))
    return holes if holes != "HOLDS" else "FAILS" if sat(solver(), own) else "HOLDS"
