"""What adds nothing (meaning.md, section 7): the law stage against a slow program written from that section alone."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from addition import Texts, adds_nothing
from brute_force import Incident, TooLargeError
from random_forms import random_form

from foedus.case.form import Clause, Form, Owed, Trigger
from foedus.law.entailment import adds, beside
from foedus.law.incident import IncidentSpace
from foedus.law.meaning import Meaning

FORMS = 120
MOST_CHOICES = 16
MOST_WAYS = 150
KINDS = ("hybrid", "full_invasion")
ACTS = ("consult", "sanction", "arm", "all_means")
FORBIDDEN = ("attack", "economic_coercion")


def small_form(rng: random.Random) -> Form:
    """Three parties at most, few choices, and prohibitions of what the language forbids."""
    while True:
        form, _ = random_form(rng, most=MOST_CHOICES)
        if len(form.parties) <= 3:
            return replace(form, clauses=tuple(tidied(rng, clause) for clause in form.clauses))


def tidied(rng: random.Random, clause: Clause) -> Clause:
    kind = clause.kind
    if kind == "declaration" or (kind == "obligation" and rng.random() < 0.3):
        kind = rng.choice(("prohibition", "prohibition", "permission"))
    forbids = frozenset(rng.sample(FORBIDDEN, rng.randint(1, 2))) if kind == "prohibition" else frozenset()
    phases = frozenset({"dormant"}) if rng.random() < 0.15 else frozenset({"in_force", "in_notice"})
    trigger = replace(clause.trigger, zones=None, objects=None, phases=phases)
    changes: dict[str, object] = {"kind": kind, "forbids": forbids, "trigger": trigger}
    if kind != "obligation":
        changes |= {"leads_to": None, "collective": False, "means_chosen_by": "bearer", "means_by_body": False}
    return replace(clause, **changes)


def mutated(rng: random.Random, form: Form) -> Form:
    """An earlier form that is nearly the same: some of its clauses ask for more, for less, or are not there."""
    clauses = tuple(changed(rng, clause) for clause in form.clauses if rng.random() < 0.9)
    bodies = tuple(replace(body, rule="majority") if rng.random() < 0.3 else body for body in form.bodies)
    return replace(form, id="old", clauses=clauses, bodies=bodies)


def changed(rng: random.Random, clause: Clause) -> Clause:
    more = Owed(frozenset({"all_means", *ACTS}), frozenset({"all_means", *ACTS}))
    alone = Owed(frozenset({"all_means"}), frozenset({"all_means"}))
    alike = tuple(rng.choice((more, alone, alone, Owed(frozenset({"consult"}), more.most))) for _ in clause.bearers)
    leads_to = replace(clause.leads_to, level=rng.choice((1, 5))) if clause.leads_to is not None else None
    changes: list[dict[str, object]] = [
        {}, {}, {"judges": ()}, {"request": None}, {"decision": None, "default": None}, {"unless": (), "until": ()},
        {"response": alike}, {"trigger": Trigger()}, {"domestic": None}, {"consents": ()}, {"most_level": 0},
        {"trigger": replace(clause.trigger, kinds=frozenset({"hybrid"}))}, {"collective": False},
        {"leads_to": leads_to},
        {"trigger": replace(clause.trigger, attackers=frozenset(clause.bearers))}, {"trigger": Trigger()},
        {"bearers": clause.bearers[:1], "response": clause.response[:1]}, {"forbids": clause.forbids | {"attack"}},
        {"beneficiaries": frozenset()},
    ]  # fmt: skip
    for change in rng.sample(changes, 2):
        clause = replace(clause, **change)
    if clause.kind != "prohibition":
        clause = replace(clause, forbids=frozenset(), most_level=None)
    domestic = clause.domestic
    if domestic is not None:
        kept = tuple(party for party in domestic.parties if party in clause.bearers)
        clause = replace(clause, domestic=replace(domestic, parties=kept) if kept else None)
    names = clause.after if rng.random() < 0.5 else ()
    return replace(clause, after=names)


def whole(form: Form) -> Form:
    """The form without references to clauses that are not there."""
    ids = {clause.id for clause in form.clauses}
    return replace(form, clauses=tuple(_linked(clause, ids) for clause in form.clauses))


def _linked(clause: Clause, ids: set[str]) -> Clause:
    releases = clause.releases
    if releases is not None:
        kept = tuple(name for name in releases.clauses if name in ids)
        releases = replace(releases, clauses=kept) if kept else None
    return replace(clause, after=tuple(name for name in clause.after if name in ids), releases=releases)


def compared(seed: int) -> tuple[Form, Form, IncidentSpace]:
    rng = random.Random(seed)
    later = small_form(rng)
    earlier = whole(mutated(rng, later))
    hours = sorted({0, *(c.default.after_hours for c in (*later.clauses, *earlier.clauses) if c.default)})[:2]
    space = IncidentSpace(
        (*later.parties, "OTHER"), later.parties, KINDS, ("main",), ("territory",), (False, True),
        ("in_force", "dormant"), (0,), tuple(hours),
    )  # fmt: skip
    return later, earlier, space


def law(later: Form, earlier: Form, space: IncidentSpace, clause: str) -> bool | None:
    meaning = Meaning(beside(later, (earlier,)))
    found = adds(meaning, meaning.clauses[clause], space)
    if found.speaks is None:
        assert found.adds is None
        return None
    return found.adds is None


def slow(later: Form, earlier: Form, space: IncidentSpace, clause: str) -> bool | None:
    incidents = [Incident(*facts) for facts in product(*space.values()) if facts[0] != facts[1]]
    return adds_nothing(Texts(later, earlier), clause, incidents, most=MOST_WAYS)


@pytest.mark.parametrize("group", range(10))
def test_the_same_clauses_add_nothing(group: int) -> None:
    """Clauses with too many ways to choose are left out; that enough are left, and of both kinds, is held as well."""
    found: Counter[bool | None] = Counter()
    for seed in range(group, FORMS, 10):
        later, earlier, space = compared(seed)
        for clause in later.clauses:
            if clause.kind not in ("obligation", "prohibition", "permission"):
                continue
            try:
                expected = slow(later, earlier, space, clause.id)
            except TooLargeError:
                continue
            found[expected] += 1
            assert law(later, earlier, space, clause.id) == expected, (seed, clause)
    assert found[True] >= 2, found
    assert found[False] >= 2, found
