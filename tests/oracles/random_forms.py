"""Small random forms for comparing the engine with the brute force.

``random_form`` draws two to five parties (``OTHER`` may attack), up to two bodies of one to four members and one to
four clauses in which every field of ``foedus.case.form`` occurs, and three incidents that lean towards the facts of
one clause. Rejection: a draw is thrown away and drawn again when one choice would have two silences (the file would be
refused), or when for one of its incidents the options of all choices that evaluation reads (reachable help at levels 1
and 5, which read most) multiply to more than ``most``. Rejection favours small bodies and few votes; ``histogram``
shows that everything still occurs. One form in ten or so has a pair of twins, where the order of choosing can matter.

Kept out because meaning.md says nothing about it: a collective power; an outside veto of a member; a clause that waits
for itself; a ``most`` without the acts of the ``least``.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from itertools import pairwise
from math import prod
from typing import Any, Final, TypeVar

from brute_force import (
    Incident,
    InconsistentSilenceError,
    Key,
    Query,
    TooLargeError,
    choices,
    closure,
    facts,
    providers,
    read_choices,
)

from foedus.case.form import (
    Body,
    Clause,
    ClauseKind,
    Default,
    Denominator,
    Domestic,
    Excluded,
    Form,
    Judge,
    LeadsTo,
    Owed,
    Question,
    Releases,
    Request,
    Rule,
    Trigger,
    Vote,
)
from foedus.case.ladders import ACT_LEVEL, ASPECTS, OTHER

IncidentFields = dict[str, Any]
T = TypeVar("T")

KINDS: Final = ("hybrid", "raid", "full_invasion")
ZONES: Final = ("main", "far")
OBJECTS: Final = ("territory", "ships_and_aircraft")
PHASES: Final = ("in_force", "in_notice", "dormant", "suspended")
RULES: Final[tuple[Rule, ...]] = ("each", "unanimity", "majority", "at_least", "share")
DENOMINATORS: Final[tuple[Denominator, ...]] = ("members", "entitled", "present", "cast")
EXCLUDED: Final[tuple[Excluded, ...]] = ("nobody", "attacker", "disputants")
SILENCES: Final[tuple[Vote, ...]] = ("yes", "no", "abstain", "absent")
OTHER_KINDS: Final[tuple[ClauseKind, ...]] = ("prohibition", "permission", "power", "power", "power", "declaration")
ACTS: Final = tuple(ACT_LEVEL)
INCIDENTS: Final = 3
MOST: Final = 4_000


def _some(rng: random.Random, items: Sequence[T], least: int = 1, most: int | None = None) -> tuple[T, ...]:
    high = len(items) if most is None else min(most, len(items))
    return tuple(rng.sample(list(items), rng.randint(min(least, high), high)))


class _Draw:
    """One attempt at a form."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        # Half of the draws have fewer conditions and larger bodies, so that help is possible and votes survive.
        self.sparse = rng.random() < 0.5
        self.parties = tuple("ABCDE"[: rng.choice((4, 5) if self.sparse else (2, 3, 3, 4, 4, 5))])
        self.silence = {name: rng.random() < 0.4 for name in (*ASPECTS, "request", "approval")}
        self.bodies = tuple(self.body(f"B{n}") for n in range(1 if self.sparse else rng.choice((0, 1, 1, 2))))
        self.names = tuple(f"c{n}" for n in range(rng.choice((1, 1, 2) if self.sparse else (1, 2, 2, 3, 3, 4))))

    def often(self, share: float) -> bool:
        return self.rng.random() < share

    def seldom(self, share: float) -> bool:
        return self.often(share / 5 if self.sparse else share)

    def heard(self, name: str) -> bool:
        return self.silence[name] if self.often(0.9) else self.often(0.5)

    def body(self, name: str) -> Body:
        rng = self.rng
        members = _some(rng, self.parties, 3, 4) if self.sparse else _some(rng, self.parties, 1, 4)
        rule = rng.choice(RULES)
        weights = tuple(rng.randint(1, 3) for _ in members) if self.often(0.3) else ()
        total = sum(weights) if weights else len(members)
        outside = tuple(p for p in self.parties if p not in members)
        excluded = rng.choice(EXCLUDED)
        return Body(
            id=name,
            members=members,
            rule=rule,
            of=rng.choice(DENOMINATORS),
            threshold=rng.randint(1, total) if rule == "at_least" else 0,
            share=rng.choice(((1, 2), (2, 3), (3, 4), (1, 1))) if rule == "share" else (1, 2),
            weights=weights,
            quorum=rng.randint(1, len(members)) if self.often(0.35) else 0,
            veto=_some(rng, members, 1, 2) if self.often(0.35) else (),
            abstention_blocks=self.often(0.4),
            outside_veto=_some(rng, outside, 1, 1) if outside and self.often(0.3) else (),
            excluded=excluded,
            only_if_member=excluded != "nobody" and self.often(0.5),
            silence=rng.choice(SILENCES),
        )

    def question(self) -> Question:
        return Question(self.rng.choice(self.bodies).id, self.rng.choice(("help", "help", "help", "other")))

    def trigger(self) -> Trigger:
        rng = self.rng
        actors = (*self.parties, OTHER)
        return Trigger(
            kinds=frozenset(_some(rng, KINDS)) if self.seldom(0.3) else None,
            attackers=frozenset(_some(rng, actors)) if self.seldom(0.2) else None,
            victims=frozenset(_some(rng, self.parties)) if self.seldom(0.2) else None,
            zones=frozenset(_some(rng, ZONES, 1, 1)) if self.seldom(0.2) else None,
            objects=frozenset(_some(rng, OBJECTS, 1, 1)) if self.seldom(0.2) else None,
            unprovoked=self.seldom(0.2),
            lasting_hours=rng.choice((24, 72)) if self.seldom(0.15) else 0,
            phases=frozenset(_some(rng, PHASES, 1, 2)) if self.seldom(0.15) else frozenset({"in_force", "in_notice"}),
        )

    def judges(self) -> tuple[Judge, ...]:
        rng = self.rng
        if not self.seldom(0.45):
            return ()
        found: list[Judge] = []
        for aspect in _some(rng, ASPECTS[:2] if self.often(0.7) else ASPECTS, 1, 2):
            by = rng.choice(("objective", "bearer", "bearer", "victim", "party", "party", "body", "body"))
            manifest = frozenset(_some(rng, KINDS, 1, 1)) if self.often(0.25) else frozenset()
            if by == "body" and self.bodies:
                found.append(Judge(aspect, rng.choice(self.bodies).id, True, manifest, self.heard(aspect)))
            else:
                name = rng.choice(self.parties) if by in ("party", "body") else by
                found.append(Judge(aspect, name, False, manifest, self.heard(aspect)))
        return tuple(found)

    def request(self) -> Request | None:
        if not self.seldom(0.25):
            return None
        by = _some(self.rng, (*self.parties, "victim"), 1, 2)
        if self.often(0.4):
            by = ("victim",)
        return Request(by, self.often(0.5), self.heard("request"))

    def owed(self) -> Owed:
        least = frozenset(_some(self.rng, ACTS, 0 if self.often(0.1) else 1, 2))
        return Owed(least, least | frozenset(_some(self.rng, ACTS, 0, 2)))

    def clause(self, name: str) -> Clause:
        rng = self.rng
        others = tuple(n for n in self.names if n != name)
        kind: ClauseKind = "obligation" if name == "c0" or self.often(0.6) else rng.choice(OTHER_KINDS)
        obligation = kind == "obligation"
        bearers = _some(rng, self.parties, 2, 3) if self.often(0.7) else _some(rng, self.parties)
        alike = self.owed()
        each_differs = self.often(0.4)
        chooser = rng.choice(("bearer", "bearer", "party", "body"))
        by_body = obligation and chooser == "body" and bool(self.bodies)
        means = "bearer"
        if by_body:
            means = rng.choice(self.bodies).id
        elif obligation and chooser == "party":
            means = rng.choice(self.parties)
        ask = bool(self.bodies)
        decision = self.question() if ask and self.often(0.7 if self.sparse else 0.35) else None
        default = None
        if decision is not None and self.often(0.4):
            default = Default(rng.choice((0, 24, 72)), rng.randint(0, 5))
        domestic = None
        if self.seldom(0.25):
            domestic = Domestic(_some(rng, bearers, 1, 2), self.often(0.5), self.heard("approval"))
        releases = None
        if kind == "power" and others and self.often(0.7):
            releases = Releases(_some(rng, others, 1, 2), self.often(0.5))
        return Clause(
            id=name,
            kind=kind,
            bearers=bearers,
            beneficiaries=frozenset(self.parties if self.often(0.6) else _some(rng, self.parties)),
            response=tuple(self.owed() if each_differs else alike for _ in bearers),
            collective=obligation and self.often(0.15),
            trigger=self.trigger(),
            judges=self.judges(),
            request=self.request(),
            means_chosen_by=means,
            means_by_body=by_body,
            decision=decision,
            default=default,
            after=_some(rng, others, 1, 2) if others and self.seldom(0.3) else (),
            consents=_some(rng, self.parties, 1, 2) if self.seldom(0.2) else (),
            consent_silence=self.often(0.4),
            unless=(self.question(),) if ask and self.seldom(0.2) else (),
            until=(self.question(),) if ask and self.seldom(0.2) else (),
            domestic=domestic,
            leads_to=LeadsTo(self.question(), rng.randint(1, 5)) if obligation and ask and self.often(0.3) else None,
            releases=releases,
            forbids=frozenset(_some(rng, ACTS, 1, 2)) if kind == "prohibition" else frozenset(),
            most_level=rng.randint(0, 5) if kind == "prohibition" and self.often(0.5) else None,
            against_beneficiary=kind in ("permission", "power") and self.often(0.3),
        )

    def control(self) -> tuple[tuple[str, str], ...]:
        if not self.often(0.35):
            return ()
        line = self.rng.sample(list(self.parties), min(3, len(self.parties)))
        chain = tuple(pairwise(line))
        return chain[: self.rng.randint(1, len(chain))]

    def twins(self, c: Clause, name: str) -> tuple[Clause, Clause]:
        """Two duties, one where two bodies both say yes and one where both do not: it matters who chooses last."""
        rng = self.rng
        first, second = self.question(), Question(rng.choice(self.bodies).id, "judge:attack")
        judges = (Judge("attack", second.body, is_body=True),)
        manifest = frozenset({"full_invasion"}) if self.often(0.1) else frozenset[str]()
        both = replace(c, decision=first, judges=(replace(judges[0], manifest=manifest),), default=None, until=())
        both = replace(both, after=(), consents=(), request=None)
        return both, replace(both, id=name, decision=None, judges=(), unless=(first, second))

    def form(self) -> Form:
        clauses = [self.clause(n) for n in self.names]
        if self.bodies and len(clauses) > 1 and self.often(0.2):
            clauses[0], clauses[-1] = self.twins(clauses[0], clauses[-1].id)
        return Form(
            id="random",
            parties=self.parties,
            clauses=tuple(clauses),
            bodies=self.bodies,
            control=self.control(),
            legal=self.often(0.9),
        )

    def incident(self, form: Form) -> IncidentFields:
        """Draw facts; four times out of five they are those of one clause, an obligation more often than not."""
        rng = self.rng
        duties = [c for c in form.clauses if c.kind == "obligation"]
        c = rng.choice(duties if self.often(0.8) else list(form.clauses))
        lean = self.often(0.8)
        t = c.trigger if lean else Trigger(phases=frozenset(PHASES))
        victims = sorted(self.parties if t.victims is None else t.victims)
        helped = [v for v in victims if v in c.beneficiaries]
        victim = rng.choice(helped if lean and helped else victims)
        actors = sorted((*self.parties, OTHER) if t.attackers is None else t.attackers)
        if t.attackers is None and self.often(0.5):
            actors = [OTHER]
        elif lean and self.often(0.5):
            actors = [a for a in actors if a not in c.bearers] or actors
        actors = [a for a in actors if a != victim] or [OTHER]
        return {
            "attacker": rng.choice(actors),
            "victim": victim,
            "kind": rng.choice(sorted(KINDS if t.kinds is None else t.kinds)),
            "zone": rng.choice(sorted(ZONES if t.zones is None else t.zones)),
            "object": rng.choice(sorted(OBJECTS if t.objects is None else t.objects)),
            "provoked": self.often(0.3) and not (lean and t.unprovoked),
            "phase": rng.choice(sorted(t.phases)),
            "lasting": rng.choice([h for h in (0, 24, 72, 100) if h >= t.lasting_hours]),
            "hour": rng.choice((0, 23, 24, 72, 100)),
        }


class _Noting(dict[Key, str]):
    """An assignment that notes what is read from it."""

    def __init__(self, words: Mapping[Key, str]) -> None:
        super().__init__(words)
        self.read: set[Key] = set()

    def __getitem__(self, key: Key) -> str:
        self.read.add(key)
        return super().__getitem__(key)


def _fits(rng: random.Random, form: Form, incident: Incident, most: int) -> bool:
    inventory = choices(form)
    sizes = {c.key: len(c.options) for c in inventory}
    read: set[Key] = set()
    # A quick look first: what a few assignments read is part of what is read, and mostly shows that it is too much.
    for _ in range(6):
        words = _Noting({c.key: c.options[0] if rng.random() < 0.7 else rng.choice(c.options) for c in inventory})
        providers(form, incident, words, level=1, reachable=True)
        read |= words.read
    if prod(sizes[key] for key in read) > most:
        return False
    for level in (1, 5):
        try:
            read |= read_choices(form, incident, Query(level, reachable=True), most=most)
        except TooLargeError:
            return False
    return prod(sizes[key] for key in read) <= most


def random_form(rng: random.Random, *, most: int = MOST) -> tuple[Form, list[IncidentFields]]:
    """Draw a form and incidents whose read choices have at most ``most`` joint assignments."""
    while True:
        draw = _Draw(rng)
        form = draw.form()
        try:
            choices(form)
        except InconsistentSilenceError:
            continue
        incidents = [draw.incident(form) for _ in range(INCIDENTS)]
        if all(_fits(rng, form, Incident(**fields_), most) for fields_ in incidents):
            return form, incidents


def _cyclic(form: Form) -> bool:
    after = {c.id: c.after for c in form.clauses}
    for start, first in after.items():
        seen: set[str] = set()
        todo = list(first)
        while todo:
            name = todo.pop()
            if name == start:
                return True
            if name not in seen:
                seen.add(name)
                todo.extend(after[name])
    return False


def _traits(form: Form) -> set[str]:  # noqa: C901, PLR0912
    """Return the names of everything that occurs in one form."""
    found: set[str] = set()
    for body in form.bodies:
        found |= {f"body.rule:{body.rule}", f"body.rule:{body.rule}:{body.of}", f"body.excluded:{body.excluded}"}
        found |= {f"body.silence:{body.silence}", f"body.members:{len(body.members)}"}
        blank = Body(body.id, body.members, body.rule)
        for f in fields(Body):
            if getattr(body, f.name) != getattr(blank, f.name):
                found.add(f"body.{f.name}")
        if body.veto:
            found.add(f"body.veto:abstention_blocks={body.abstention_blocks}")
    kinds = {c.id: c.kind for c in form.clauses}
    for c in form.clauses:
        found.add(f"clause.kind:{c.kind}")
        unset = Clause(c.id, c.kind, c.bearers, c.beneficiaries, c.response)
        for f in fields(Clause):
            if getattr(c, f.name) != getattr(unset, f.name):
                found.add(f"clause.{f.name}")
        for f in fields(Trigger):
            if getattr(c.trigger, f.name) != getattr(unset.trigger, f.name):
                found.add(f"trigger.{f.name}")
        for judge in c.judges:
            named = judge.by in ("objective", "bearer", "victim")
            found.add("judge:" + ("body" if judge.is_body else judge.by if named else "party"))
            if judge.manifest:
                found.add("judge.manifest")
            if judge.silence:
                found.add("judge.silence")
        if c.request is not None:
            found.add("request:" + ("all" if c.request.all else "any"))
            found.add("request.silence:" + ("yes" if c.request.silence else "no"))
            if "victim" in c.request.by:
                found.add("request:victim")
        if c.kind == "obligation":
            by = "bearer" if c.means_chosen_by == "bearer" else "party"
            found.add("means:" + ("body" if c.means_by_body else by))
            if len(set(c.response)) > 1:
                found.add("response:per bearer")
        if c.domestic is not None:
            found.add(f"domestic:is_condition={c.domestic.is_condition}")
            found.add(f"domestic:silence={c.domestic.silence}")
        if c.releases is not None:
            found.add(f"releases:for_all={c.releases.for_all}")
        found |= {f"after:{kinds[d]}" for d in c.after}
    if _cyclic(form):
        found.add("after:cycle")
    if form.control:
        found.add("control")
        if any(len(closure(form, {p})) > 2 for p in form.parties):
            found.add("control:chain")
    if not form.legal:
        found.add("form.legal")
    if len({(b, m) for b, m in _votes(form)}) < sum(_asked(c) for c in form.clauses):
        found.add("question:shared")
    return found


def _asked(c: Clause) -> int:
    return (c.decision is not None) + len(c.unless) + len(c.until) + (c.leads_to is not None)


def _votes(form: Form) -> set[tuple[str, str]]:
    return {(c.key[1], c.key[2]) for c in choices(form) if c.key[0] == "vote" and ":" not in c.key[2]}


def histogram(forms: Iterable[tuple[Form, list[IncidentFields]]]) -> dict[str, int]:
    """In how many forms each thing occurs; ``incidents:*`` count the draws.

    ``incidents:triggered``: the facts of some clause hold. ``incidents:duty``: those of a duty towards the victim.
    ``incidents:helped``: somebody provides at level 1 when every word is yes, or when every reverse question is no.
    """
    count: Counter[str] = Counter()
    for form, incidents in forms:
        count["forms"] += 1
        count.update(_traits(form))
        ready = {c.key: "5" if c.key[0] == "means" else "yes" for c in choices(form)}
        against = {(q.body, q.matter) for c in form.clauses for q in (*c.unless, *c.until)}
        reverse = {
            key: "no" if key[0] == "power" or (key[0] == "vote" and (key[1], key[2]) in against) else option
            for key, option in ready.items()
        }
        for facts_ in incidents:
            incident = Incident(**facts_)
            count["incidents"] += 1
            held = [c for c in form.clauses if facts(c, incident)]
            count["incidents:triggered"] += bool(held)
            count["incidents:duty"] += any(c.kind == "obligation" and incident.victim in c.beneficiaries for c in held)
            count["incidents:helped"] += any(
                providers(form, incident, way, level=1, reachable=True) for way in (ready, reverse)
            )
            count["incidents:attacker:" + ("outside" if incident.attacker == OTHER else "party")] += 1
    return dict(sorted(count.items()))
