"""A slow, literal reading of docs/theory/meaning.md, section 7: does a clause add anything to earlier forms?

Written from that section alone, on top of the slow reading of sections 1 to 5. Choices are tried one after the other
where evaluation first reads them, so that every way to choose is seen and none that nobody reads.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from brute_force import LEVELS, VOTES, YES_NO, Incident, Key, Say, TooLargeError, _World

from foedus.case.form import Body, Clause, Form
from foedus.case.ladders import ACT_LEVEL, PHASES

OF_A_CLAUSE = ("act", "consent", "means", "power")


class _Unread(Exception):
    def __init__(self, key: Key) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Texts:
    """A form and one earlier form, and everything that is asked of either in one incident."""

    later: Form
    earlier: Form

    def worlds(self, incident: Incident, say: Say) -> tuple[_World, _World]:
        old = replace(self.earlier, clauses=tuple(self._in_every_phase(c) for c in self.earlier.clauses))
        return _World(self.later, incident, say), _World(old, incident, lambda key: say(self._own(key)))

    def _in_every_phase(self, c: Clause) -> Clause:
        if "in_force" not in c.trigger.phases:
            return c
        return replace(c, trigger=replace(c.trigger, phases=frozenset(PHASES)))

    def _own(self, key: Key) -> Key:
        """The name of an earlier form's choice: its own, or that of the later form's choice that it is."""
        if key[0] in OF_A_CLAUSE:
            return ("old", *key)
        if key[0] == "vote":
            mine = next((b for b in self.later.bodies if b.id == key[1]), None)
            other = next(b for b in self.earlier.bodies if b.id == key[1])
            if (mine is not None and self._make(mine) != self._make(other)) or key[2].startswith("means:"):
                return ("old", *key)
        return key

    def _make(self, body: Body) -> Body:
        return replace(body, silence="absent")


Asks = Callable[[_World, Clause], bool]
Thing = tuple[Asks, Asks]
"""Whether a clause of the later form asks for a thing, and whether one of the earlier form does."""


def adds_nothing(texts: Texts, clause: str, incidents: Iterable[Incident], *, most: int) -> bool | None:
    """Section 7; ``None`` if the clause asks for nothing in any of the incidents with everybody willing.

    Raises ``TooLargeError`` where more than ``most`` ways to choose would have to be tried for one thing.
    """
    c = next(c for c in texts.later.clauses if c.id == clause)
    asked = False
    for incident in incidents:
        for i in c.bearers:
            for mine, theirs in _things(c, i):
                if not _some_way(_asks_it(texts, incident, c, mine), most):
                    continue
                asked = True
                if _some_way(_asks_it_alone(texts, incident, c, i, mine, theirs), most):
                    return False
    return True if asked else None


def _asks_it(texts: Texts, incident: Incident, c: Clause, mine: Asks) -> Callable[[Say], bool]:
    return lambda say: mine(texts.worlds(incident, say)[0], c)


def _asks_it_alone(
    texts: Texts, incident: Incident, c: Clause, i: str, mine: Asks, theirs: Asks
) -> Callable[[Say], bool]:
    def alone(say: Say) -> bool:
        later, earlier = texts.worlds(incident, say)
        if not mine(later, c):
            return False
        others = [d for d in earlier.form.clauses if d.kind == c.kind and i in d.bearers and _about(d, incident)]
        return not any(theirs(earlier, d) for d in others)

    return alone


def _things(c: Clause, i: str) -> Iterator[Thing]:
    def here(ask: Asks) -> Asks:
        return lambda world, clause: _about(clause, world.incident) and ask(world, clause)

    if c.kind == "obligation":
        for level in range(1, 6):
            yield (
                here(lambda w, d, n=level: w.owes_level(d, i, n, w.performed([d]))),
                lambda w, d, n=level: w.owes_level(d, i, n, w.performed([d])),
            )
        for act in sorted(_owed(c, i).least):
            yield (
                here(lambda w, d: _due(w, d, i)),
                lambda w, d, a=act: _includes(_owed(d, i).least, a) and _due(w, d, i),
            )
        if c.leads_to is not None:
            least = c.leads_to.level
            yield (
                here(lambda w, d: _due(w, d, i) and w.decides(d.leads_to.question, i)),
                lambda w, d: (
                    d.leads_to is not None
                    and d.leads_to.level >= least
                    and _due(w, d, i)
                    and w.decides(d.leads_to.question, i)
                ),
            )
    elif c.kind == "prohibition":
        for act in sorted(c.forbids):
            itself = act in ("attack", "threat_of_force", "nuclear_use")
            yield (
                here(lambda w, d, own=itself: (not own or w.incident.attacker == i) and _stands(w, d, i)),
                lambda w, d, a=act: a in d.forbids and _stands(w, d, i),
            )
        if c.most_level is not None:
            yield (
                here(lambda w, d: _stands(w, d, i)),
                lambda w, d: d.most_level is not None and d.most_level <= c.most_level and _stands(w, d, i),
            )
    elif c.kind == "permission":
        for act in sorted(_owed(c, i).most):
            yield (
                here(lambda w, d: _due(w, d, i)),
                lambda w, d, a=act: (
                    _includes(_owed(d, i).most, a) and d.against_beneficiary == c.against_beneficiary and _due(w, d, i)
                ),
            )


def _about(c: Clause, incident: Incident) -> bool:
    return not c.beneficiaries or incident.victim in c.beneficiaries


def _due(world: _World, c: Clause, i: str) -> bool:
    return world.due(c, i, world.performed([c]))


def _stands(world: _World, c: Clause, i: str) -> bool:
    return world.facts(c) and not world.stopped(c, i)


def _owed(c: Clause, i: str):
    return c.response[c.bearers.index(i)]


def _includes(acts: frozenset[str], act: str) -> bool:
    return act in acts or ("all_means" in acts and ACT_LEVEL[act] >= 2)


def _some_way(result: Callable[[Say], bool], most: int) -> bool:
    """Whether some way to choose makes a result true."""
    settled: dict[Key, str] = {}
    tried = 0

    def say(key: Key) -> str:
        if key not in settled:
            raise _Unread(key)
        return settled[key]

    def grow() -> bool:
        nonlocal tried
        tried += 1
        if tried > most:
            raise TooLargeError(most)
        try:
            return result(say)
        except _Unread as unread:
            key = unread.key
        sort = key[1] if key[0] == "old" else key[0]
        options = VOTES if sort == "vote" else LEVELS if sort == "means" else YES_NO
        for option in options:
            settled[key] = option
            if grow():
                return True
        del settled[key]
        return False

    return grow()
