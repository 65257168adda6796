"""The questions of seven rules about istanbul-2022-draft, written by hand in z3py from docs/theory/meaning.md.

One function asks one rule of the text as it stands and returns what a person would want to know first: FAILS, HOLDS
or NOT_APPLICABLE. The facts of the incident are Z3's to choose. Whoever is willing says yes: nothing here gets worse by
it (section 6), and quantifiers would only slow Z3 down. Levels, sets of stoppers and the like, which Foedus gives
besides, are not asked for.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import z3

Term = Any  # z3 ships no types
Solver = Any
KINDS = (
    "hybrid", "blockade", "raid", "land_grab", "air_campaign", "full_invasion", "nuclear_threat", "nuclear_use",
    "internal_disorder",
)  # fmt: skip
OBJECTS = ("territory", "forces", "ships_and_aircraft", "nationals")
NUCLEAR = ("nuclear_threat", "nuclear_use")
REQUIRED = {
    "hybrid": 1, "blockade": 2, "raid": 1, "land_grab": 2, "air_campaign": 3, "full_invasion": 3, "nuclear_threat": 1,
    "nuclear_use": 3, "internal_disorder": 0,
}  # fmt: skip
FIELDS = ("attacker", "victim", "kind", "zone", "object")


class Facts:
    """The facts of one incident: one Boolean for each value, exactly one of which holds for each fact."""

    def __init__(
        self,
        attackers: Sequence[str],
        victims: Sequence[str],
        zones: Sequence[str],
        *,
        kinds: Sequence[str] = KINDS,
        objects: Sequence[str] = OBJECTS,
        unarmed: Iterable[str] = (),
    ) -> None:
        values = dict(zip(FIELDS, (attackers, victims, kinds, zones, objects), strict=True))
        self.of = {field: {v: z3.Bool(f"{field}={v}") for v in values[field]} for field in FIELDS}
        self.rules = [z3.PbEq([(term, 1) for term in self.of[field].values()], 1) for field in FIELDS]
        self.rules += [z3.Not(z3.And(self.of["attacker"][v], self.of["victim"][v])) for v in victims if v in attackers]
        nuclear = [self.of["kind"][kind] for kind in NUCLEAR if kind in kinds]
        armless = [self.of["attacker"][party] for party in unarmed if party in attackers]
        if nuclear and armless:
            self.rules.append(z3.Not(z3.And(z3.Or(nuclear), z3.Or(armless))))

    def is_(self, field: str, *values: str) -> Term:
        """The fact has one of the values."""
        return z3.Or([self.of[field][value] for value in values if value in self.of[field]])

    def is_all(self, **facts: str) -> list[Term]:
        """Every named fact has its value."""
        return [self.of[field][value] for field, value in facts.items()]

    def outside(self, party: str) -> Term:
        """A party is neither attacker nor victim."""
        return z3.Not(z3.Or([self.of[field][party] for field in ("attacker", "victim") if party in self.of[field]]))


def solver(*terms: Term) -> Solver:
    """A solver that holds some terms."""
    made = z3.SolverFor("QF_FD")
    made.add(*terms)
    return made


def sat(solver: Solver, *terms: Term) -> bool:
    """Whether the terms hold together with what the solver holds."""
    found = solver.check(*terms) if not terms else _pushed(solver, terms)
    assert found in (z3.sat, z3.unsat), found
    return bool(found == z3.sat)


def _pushed(solver: Solver, terms: tuple[Term, ...]) -> Term:
    solver.push()
    solver.add(*terms)
    found = solver.check()
    solver.pop()
    return found


# istanbul-2022-draft: Articles 5 (consult, aid) and the exercises.
GUARANTORS = ("RU", "CN", "US", "GB", "FR")
DRAFT_ATTACKERS = ("RU", "UA", "CN", "US", "GB", "FR", "BY", "TR", "OTHER")
ATTACKS = ("raid", "land_grab", "air_campaign", "full_invasion", "nuclear_use")
BASE = {"attacker": "RU", "victim": "UA", "kind": "full_invasion", "zone": "covered", "object": "territory"}
CONSULT, AID = 1, 2
"""The level of the least that each clause asks for."""


def draft_facts(attackers: Sequence[str] = DRAFT_ATTACKERS) -> Facts:
    """The incidents that are looked at for the draft."""
    return Facts(attackers, ("UA",), ("covered", "excluded"), unarmed=("UA", "BY", "TR"))


def draft_gives(facts: Facts, votes: dict[str, Term], level: int) -> dict[str, Term]:
    """Guarantor by guarantor, that it provides at a level: consultation is owed at once, aid if all vote yes."""
    speaks = z3.And(facts.is_("kind", *ATTACKS), facts.is_("zone", "covered"))
    agreed = z3.And(list(votes.values()))
    owed = z3.Or(*([speaks] if level <= CONSULT else []), *([z3.And(speaks, agreed)] if level <= AID else []))
    return {party: z3.And(facts.outside(party), owed) for party in GUARANTORS}


WILLING = dict.fromkeys(GUARANTORS, z3.BoolVal(val=True))


def refusing(names: dict[str, Term]) -> dict[str, Term]:
    """Votes of which those of the refusing (name by name, the term that says that it refuses) are free."""
    return {m: z3.Or(z3.Not(names[m]), z3.Bool(f"vote {m}")) if m in names else WILLING[m] for m in GUARANTORS}


def attacker_cannot_stop() -> str:
    facts = draft_facts()
    own = refusing({m: facts.is_("attacker", m) for m in GUARANTORS})
    before = {level: draft_gives(facts, WILLING, level) for level in range(1, 7)}
    asked = solver(*facts.rules)
    if not sat(asked, z3.Or(list(before[1].values()))):
        return "NOT_APPLICABLE"
    lost = []
    for level in range(1, 6):
        after = draft_gives(facts, own, level)
        gone = z3.Or([z3.And(before[level][p], z3.Not(after[p])) for p in GUARANTORS])
        lost.append(z3.And(z3.Not(z3.Or(list(before[level + 1].values()))), gone))
    return "FAILS" if sat(asked, z3.Or(lost)) else "HOLDS"


def no_single_ally_can_stop() -> str:
    facts = draft_facts(("RU", "OTHER"))
    ally = {m: z3.Bool(f"ally {m}") for m in GUARANTORS}
    own = refusing(ally)
    before = {level: draft_gives(facts, WILLING, level) for level in range(1, 7)}
    asked = solver(*facts.rules, z3.PbEq([(term, 1) for term in ally.values()], 1))
    asked.add(*(z3.Implies(ally[m], facts.outside(m)) for m in GUARANTORS))
    two = z3.Or([z3.And(_top(before, n), z3.PbGe([(t, 1) for t in before[n].values()], 2)) for n in range(1, 6)])
    asked.add(two)
    if not sat(asked):
        return "NOT_APPLICABLE"
    lost = []
    for level in range(1, 6):
        after = draft_gives(facts, own, level)
        gone = [z3.And(before[level][p], z3.Not(after[p]), z3.Not(ally[p])) for p in GUARANTORS]
        lost.append(z3.And(_top(before, level), z3.Or(gone)))
    return "FAILS" if sat(asked, z3.Or(lost)) else "HOLDS"


def _top(before: dict[int, dict[str, Term]], level: int) -> Term:
    """The level is the highest that is given in good faith."""
    return z3.And(z3.Or(list(before[level].values())), z3.Not(z3.Or(list(before[level + 1].values()))))


def highest(asked: Solver, helps: dict[int, Term]) -> int:
    """The highest level at which there can be help, 0 if none."""
    return next((level for level in range(5, 0, -1) if sat(asked, helps[level])), 0)


def draft_helps(facts: Facts, votes: dict[str, Term]) -> dict[int, Term]:
    """Level by level, that somebody provides."""
    return {level: z3.Or(list(draft_gives(facts, votes, level).values())) for level in range(1, 6)}


def attack_covered() -> str:
    facts = draft_facts()
    asked = solver(*facts.rules, *facts.is_all(**BASE))
    return "HOLDS" if highest(asked, draft_helps(facts, WILLING)) >= REQUIRED["full_invasion"] else "FAILS"


def least_response_suffices() -> str:
    facts = draft_facts()
    asked = solver(*facts.rules, *facts.is_all(**BASE))
    if highest(asked, draft_helps(facts, WILLING)) == 0:
        return "NOT_APPLICABLE"
    everybody = draft_helps(facts, refusing({m: z3.BoolVal(val=True) for m in GUARANTORS}))
    return "FAILS" if sat(asked, z3.Not(everybody[REQUIRED["full_invasion"]])) else "HOLDS"


def best_incident(facts: Facts, base: dict[str, str], helps: dict[int, Term]) -> tuple[dict[str, str], int]:
    """The incident with the most help by the first attacker, of several one with the fewest facts changed."""
    asked = solver(*facts.rules, facts.of["attacker"][base["attacker"]])
    level = highest(asked, helps)
    if level == 0:
        return base, 0
    asked.add(helps[level])
    kept = [(facts.of[field][base[field]], 1) for field in FIELDS]
    for changed in range(len(FIELDS) + 1):
        asked.push()
        asked.add(z3.PbGe(kept, len(FIELDS) - changed))
        if asked.check() == z3.sat:
            model = asked.model()
            found = {f: next(v for v, term in facts.of[f].items() if z3.is_true(model[term])) for f in FIELDS}
            return found, level
        asked.pop()
    raise AssertionError("an incident was there and is gone")


def with_holes(facts: Facts, base: dict[str, str], helps: dict[int, Term], moved: dict[str, Sequence[str]]) -> str:
    """Whether one fact of the best incident can be moved so that less is there than there and than is asked for."""
    best, promised = best_incident(facts, base, helps)
    if promised == 0:
        return "NOT_APPLICABLE"
    variants = []
    for field, values in moved.items():
        rest = facts.is_all(**{other: value for other, value in best.items() if other != field})
        others = [value for value in values if value not in (best[field], best["victim"])]
        variants.append(z3.And(*rest, facts.is_(field, *others)))
    asked = solver(*facts.rules, z3.Or(variants))
    if not sat(asked):
        return "NOT_APPLICABLE"
    short = [
        z3.And(facts.of["kind"][kind], z3.Not(helps[min(promised, REQUIRED[kind])]))
        for kind in facts.of["kind"]
        if REQUIRED[kind]
    ]
    return "FAILS" if sat(asked, z3.Or(short)) else "HOLDS"


def covers_place_and_object() -> str:
    facts = draft_facts()
    moved = {"zone": ("covered", "excluded"), "object": OBJECTS}
    return with_holes(facts, BASE, draft_helps(facts, WILLING), moved)


def covers_every_kind() -> str:
    facts = draft_facts()
    return with_holes(facts, BASE, draft_helps(facts, WILLING), {"kind": KINDS})


def no_adversary_consent() -> str:
    facts = draft_facts()
    attack = z3.And(facts.is_("kind", *ATTACKS), facts.is_("zone", "covered"))
    own = {m: z3.Or(z3.Not(facts.is_("attacker", m)), z3.Bool(f"consent {m}")) for m in GUARANTORS}
    free = z3.And(list(own.values()))
    willing = z3.And(list(WILLING.values()))
    always = z3.BoolVal(val=True)
    # Clause by clause: what it speaks of, what it waits for if all are willing, and if the attacker is not.
    clauses = [(attack, always, always), (attack, always, always), (always, willing, free)]
    asked = solver(*facts.rules)
    if not sat(asked, z3.Or([z3.And(speaks, good) for speaks, good, _ in clauses])):
        return "NOT_APPLICABLE"
    waits = z3.Or([z3.And(speaks, good, z3.Not(bad)) for speaks, good, bad in clauses])
    return "FAILS" if sat(asked, waits) else "HOLDS"
