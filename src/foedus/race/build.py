"""From the ways through a text and the world of a case to the numbers of a race, with a name for each of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from foedus.case.ladders import LEVELS
from foedus.case.schema.world import Capability, Duration, Objective, TimedStep, World
from foedus.law.procedure import Link, Procedure
from foedus.race.plan import Ends, Law, Plan, Straight, Until, Way

AT_ONCE: Final = frozenset({"detect", "take_effect"})
"""Steps that are taken to need no time where nothing is said of them."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a length of the plan is: which step, by whom, whether several guarantors share it, the clock of the text."""

    what: str
    by: str
    shared: bool
    clock: int | None = None
    from_text: bool = False
    assumed: bool = False
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A plan with the names of its lengths and of its ways: guarantor, force, clause."""

    plan: Plan
    places: tuple[Place, ...]
    ways: tuple[tuple[str, str, str], ...]
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setup:
    """What one race is about: the help asked for, by how many, of whom, in which posture, and what counts."""

    world: World
    objective: Objective
    level: int
    count: int
    among: frozenset[str] | None
    posture: str | None
    commits: bool
    allowed: bool
    victim: str = ""
    zone: str = ""


def named_plan(setup: Setup, procedures: Sequence[Procedure]) -> Named:
    """Return the plan of a race; a guarantor that owes (or may give) too little has no way in it."""
    builder = _Builder(setup)
    objective = setup.objective
    within = _law(objective.within) or Straight(((0.0, math.inf), (1.0, math.inf)))
    if isinstance(within, Ends):
        within = replace(within, turned=True)
    builder.place("objective", Place("objective", objective.id, shared=True, source=objective.source), within)
    counted = [one for one in procedures if _counts(setup, one)]
    for guarantor in dict.fromkeys(one.guarantor for one in counted):
        builder.guarantor(guarantor, [one for one in counted if one.guarantor == guarantor])
    domains = tuple(objective.needs)
    tied = builder.known.get(("detect", ""), 0)
    plan = Plan(
        lengths=tuple(builder.lengths),
        ways=tuple(builder.ways),
        count=setup.count,
        needs=tuple(amount.span for amount in objective.needs.values()),
        correlation=(objective.speed_and_surprise or 0.0) if tied else 0.0,
        tied=tied,
    )
    return Named(plan, tuple(builder.places), tuple(builder.names), domains)


def _counts(setup: Setup, procedure: Procedure) -> bool:
    if procedure.withheld:
        return False  # who does not act is no help, whatever is owed (meaning.md, sections 3 and 6)
    if setup.among is not None and procedure.guarantor not in setup.among:
        return False
    if any(link.what == "circle" for link in procedure.links):
        return False
    return procedure.first_hour(setup.level, allowed=setup.allowed) is not None


@dataclass(slots=True)
class _Builder:
    setup: Setup
    lengths: list[Law | None] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    names: list[tuple[str, str, str]] = field(default_factory=list)
    known: dict[object, int] = field(default_factory=dict)

    def place(self, key: object, place: Place, law: Law | None) -> int:
        """The place of a length, the same one for the same key."""
        if key not in self.known:
            self.known[key] = len(self.lengths)
            self.lengths.append(law)
            self.places.append(place)
        return self.known[key]

    def guarantor(self, who: str, procedures: Sequence[Procedure]) -> None:
        """Add the ways of one guarantor: one for each of its forces, or one that nothing is known of."""
        number = len({name for name, _, _ in self.names})
        forces = list(self._forces(who))
        sent = self.setup.commits and any(force.in_place for force in self._forces(who, any_rung=True))
        for force in forces:
            permits, floors = self._permits(who, procedures, free=sent or (force.in_place and force.orders == "fight"))
            ready, after = self._force(who, force)
            self._add(
                Way(number, permits, floors, ready, after, force.ready_from == "attack", self._brings(force)),
                who,
                force.what,
                procedures,
            )
        if all(force.postures for force in forces):  # what a state has beside a posture is not told by it
            unknown = tuple((0.0, math.inf) for _ in self.setup.objective.needs)
            for procedure in procedures:
                self._add(self._without_force(number, who, procedure, unknown), who, "", [procedure])

    def _add(self, way: Way, who: str, force: str, procedures: Sequence[Procedure]) -> None:
        self.ways.append(way)
        self.names.append((who, force, procedures[0].clause))

    def _forces(self, who: str, *, any_rung: bool = False) -> Iterator[Capability]:
        """The forces of a state in this posture, of use at the rung asked for, or all: also a weak one can commit."""
        world, setup = self.setup.world, self.setup
        for force in (*world.forces, *world.response_times):
            here = not force.postures or setup.posture in force.postures
            enough = any_rung or force.helps is None or LEVELS.index(force.helps) >= setup.level
            if force.who == who and here and enough and _is_a_force(force):
                yield force

    def _permits(
        self, who: str, procedures: Sequence[Procedure], *, free: bool
    ) -> tuple[tuple[tuple[int, ...], ...], tuple[float, ...]]:
        """The ways in which the force gets its word to go, with the hour before which nothing is owed."""
        if free:
            return ((self._step("detect", who, shared=True),),), (0.0,)
        found = [tuple(one) for procedure in procedures for one in self._orders(who, procedure)]
        return tuple(found), (0.0,) * len(found)

    def _orders(self, who: str, procedure: Procedure) -> Iterator[Iterator[int]]:
        """The steps before a force goes; where silence helps, the wait for it is a way of its own."""
        silence = procedure.default is not None and procedure.default[1] >= self.setup.level
        if not (silence and procedure.undecided):
            yield self._links(who, procedure, by_silence=False)
        if silence:
            yield self._links(who, procedure, by_silence=True)

    def _links(self, who: str, procedure: Procedure, *, by_silence: bool) -> Iterator[int]:
        """The places of the steps before the force goes, in order."""
        told = {link.what for link in procedure.links}
        before = [self._step("detect", who, shared=True)]
        if "attribute" not in told and self._timed("attribute", "") is not None:
            before.append(self._step("attribute", "", shared=True))
        yield from before
        links = [link for link in procedure.links if link.what != "act"]
        for number, link in enumerate(links):
            if link.if_timed and self._timed(link.what, link.by) is None:
                continue
            if link.what == "meet" and by_silence:
                continue
            if link.what == "decide" and link.is_body and by_silence and procedure.default is not None:
                place = Place("wait", who, shared=True, clock=procedure.default[0], from_text=True)
                yield self.place(("wait", procedure.clause), place, Until(float(procedure.default[0])))
                continue
            if (
                link.what == "decide"
                and link.is_body
                and "meet" not in told
                and self._timed("meet", link.by) is not None
            ):
                before.append(self._step("meet", link.by, shared=True))
                yield before[-1]
            spent = [one for one in links[number + 1 :] if self._one_clock(link, one)]
            if not spent or self._timed(link.what, link.by) is not None:  # else the clock is told at its last step
                place_of = self._link(who, procedure, link, before)
                before.append(place_of)
                yield place_of
        if "decide" not in told and self._timed("decide", who, exactly=True) is not None:
            yield self._step("decide", who, shared=False)
        if "approve" not in told and self._timed("approve", who, exactly=True) is not None:
            yield self._step("approve", who, shared=False)

    def _one_clock(self, link: Link, other: Link) -> bool:
        """Whether two steps spend one clock together: what is found and decided within it."""
        both = ("attribute", "decide")
        same = (link.clause, link.hours, link.since) == (other.clause, other.hours, other.since)
        return same and link.hours is not None and link.what in both and other.what in both

    def _link(self, who: str, procedure: Procedure, link: Link, before: Sequence[int]) -> int:
        if link.what in ("wait", "earlier"):
            place = Place(link.what, link.by, shared=False, clock=link.hours, from_text=link.hours is not None)
            law = None if link.hours is None else self._clock(link.hours, link.since, before)
            return self.place((link.what, link.by, procedure.clause), place, law)
        shared = link.is_body or link.by != who
        if link.what == "request" and link.by == "victim" and link.hours == 0:
            return self._step("request", "victim", shared=True)  # no clock of the text: that it asks at once is assumed
        timed = self._timed(link.what, link.by)
        if timed is not None or link.hours is None:
            return self._step(link.what, link.by, shared=shared, clock=link.hours)
        place = Place(link.what, link.by, shared, link.hours, from_text=True)
        law = self._clock(link.hours, link.since, before)
        key = (link.what, link.by, link.hours, law if isinstance(law, Until) else procedure.clause)
        return self.place(key, place, law)

    def _clock(self, hours: int, since: str, before: Sequence[int]) -> Law:
        """A clock from the attack or the request ends at an hour, in full; another one runs from the step before."""
        start = 0.0 if since == "attack" else None
        if since == "request":
            asked = [place for place in before if self.places[place].what in ("detect", "request")]
            laws = [self.lengths[place] for place in asked]
            known = [law.fixed for law in laws if law is not None and law.fixed is not None]
            start = sum(known) if len(known) == len(laws) else None
        end = float(hours)
        return Straight(((0.0, end), (1.0, end))) if start is None else Until(start + end)

    def _step(self, what: str, by: str, *, shared: bool, clock: int | None = None) -> int:
        """The place of a step: as long as the world says, else as the text allows, else unknown."""
        timed = self._timed(what, by)
        law: Law | None = None
        place = Place(what, by, shared, clock)
        if what == "detect" and (timed is None or timed.by is None):
            place = Place(what, "", shared, clock)
        if timed is not None:
            law = _law(timed.takes)
            place = Place(what, place.by, shared or timed.shared, clock, source=timed.source)
        elif clock is not None:
            law = Straight(((0.0, float(clock)), (1.0, float(clock))))
            place = Place(what, by, shared, clock, from_text=True)
        elif what in AT_ONCE or (what, by) == ("request", "victim"):
            law = Straight(((0.0, 0.0), (1.0, 0.0)))
            place = Place(what, place.by, shared, clock, assumed=True)
        is_one = what == "detect" and (timed is None or timed.by is None)  # what is seen of an attack is one event
        return self.place((what, "" if is_one or (timed is not None and timed.shared) else by), place, law)

    def _timed(self, what: str, by: str, *, exactly: bool = False) -> TimedStep | None:
        """What the world says of a step: first by this one, else by anybody."""
        steps = [step for step in self.setup.world.steps if step.what == what and step.id is None]
        by = self.setup.victim if by == "victim" else by
        own = next((step for step in steps if step.by is not None and step.by == by), None)
        return own if own is not None or exactly else next((step for step in steps if step.by is None), None)

    def _force(self, who: str, force: Capability) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The places of making ready, and of moving and coming to bear."""
        ready = () if force.in_place else (self._own(who, force, "mobilise", force.ready_within),)
        after: list[int] = []
        if force.move_with is not None:
            step = next(step for step in self.setup.world.steps if step.id == force.move_with)
            after.append(
                self.place(
                    ("shared", step.id),
                    Place(step.what, step.id or "", shared=True, source=step.source),
                    _law(step.takes),
                )
            )
        elif self._is_elsewhere(force) or (
            not force.in_place and (force.move is not None or self._timed("move", who) is not None)
        ):
            after.append(self._own(who, force, "move", force.move))
        after.append(self._own(who, force, "take_effect", force.take_effect))
        return ready, tuple(after)

    def _is_elsewhere(self, force: Capability) -> bool:
        """Whether a force stands ready in a zone that is not the one attacked: it has still to move."""
        return force.in_place and force.zone is not None and force.zone != self.setup.zone

    def _own(self, who: str, force: Capability, what: str, length: Duration | None) -> int:
        """The place of a step of one force: as the force says, else as the world says of its state, else unknown."""
        if length is None or (not length.known and self._timed(what, who) is not None):
            return self._step(what, who, shared=False)
        return self.place((what, id(force)), Place(what, who, shared=False, source=force.source), _law(length))

    def _without_force(
        self, number: int, who: str, procedure: Procedure, brings: tuple[tuple[float, float], ...]
    ) -> Way:
        """The way of a guarantor of whose forces nothing is said: a clock of the text bounds it, or nothing does.

        A step that somebody times never makes the others shorter: these stay unknown, or the clock holds for all.
        """
        permits = tuple(tuple(steps) for steps in self._orders(who, procedure))
        named = [what for what in ("act", "mobilise", "move") if self._timed(what, who) is not None]
        is_whole = "act" in named or len(named) == 2
        after = tuple(self._step(what, who, shared=False) for what in named)
        owed = procedure.first_hour(self.setup.level, allowed=False) is not None
        act = next((link for link in procedure.links if link.what == "act"), None)
        clock = act.hours if act is not None and owed else None  # the clock of the least is none of the most
        if procedure.bound is not None and owed:
            if not is_whole or any(self.lengths[link] is None for steps in permits for link in steps):
                return Way(
                    number,
                    tuple(self._bounded(procedure, (*s, *after)) for s in permits),
                    (0.0,) * len(permits),
                    strengths=brings,
                )
        elif not is_whole:
            after = (*after, self._step("act", who, shared=False, clock=clock))
        effect = () if "act" in named or clock is not None else (self._step("take_effect", who, shared=False),)
        return Way(number, permits, (0.0,) * len(permits), after=(*after, *effect), strengths=brings)

    def _bounded(self, procedure: Procedure, steps: Sequence[int]) -> tuple[int, ...]:
        """The steps that somebody times, and the clock for all the rest: the later of the two."""
        bound = procedure.bound or 0
        place = Place("act", "guarantors", shared=True, clock=procedure.bound, from_text=True)
        law = self._clock(bound, procedure.bound_since, steps)
        at = self.place(("bound", procedure.clause), place, law)
        timed = [step for step in steps if self.lengths[step] is not None and not self.places[step].assumed]
        if not isinstance(law, Until):  # from a request whose hour varies the clock runs on, and covers the rest
            timed = [step for step in timed if self.places[step].what in ("detect", "request", "wait")]
        return (*timed, at)

    def _brings(self, force: Capability) -> tuple[tuple[float, float], ...]:
        """How much of each domain that is needed; of a force without any number nothing is known."""
        if not force.strength:
            return tuple((0.0, math.inf) for _ in self.setup.objective.needs)
        return tuple(
            force.strength[domain].span if domain in force.strength else (0.0, 0.0)
            for domain in self.setup.objective.needs
        )


def _is_a_force(force: Capability) -> bool:
    """Whether more is said than words: what somebody says about soldiers is told and not computed with."""
    return bool(force.strength or force.in_place or force.ready_within.known or force.move or force.move_with)


def _law(length: Duration) -> Law | None:
    if length.known:
        return Straight(length.knots)
    return None if length.ends == (0.0, math.inf) else Ends(*length.ends)


def unknown_places(named: Iterable[Named]) -> tuple[Place, ...]:
    """The steps that nobody gives a length for."""
    return tuple(
        dict.fromkeys(
            one.places[number]
            for one in named
            for number, law in enumerate(one.plan.lengths)
            if (law is None or (isinstance(law, Ends) and number)) and number in one.plan.used
        )
    )
