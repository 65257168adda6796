"""A slow, literal reading of docs/theory/meaning.md, to hold the engine to the text.

Nothing here is shared with the program except the input classes (``foedus.case.form``) and the ladder of acts. Every
function names the section of meaning.md it copies. There is one device and no other: to enumerate choices, the
evaluation is run with a reader that stops at the first choice nobody has settled yet; the caller then tries each
option of that choice in turn (``_grow``). So only choices that are really read for one incident and query are
enumerated. Evaluation is a pure function of the choices read, so the order of reading cannot change a result.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from typing import Final

from foedus.case.form import Body, Clause, Form, Judge, Question
from foedus.case.ladders import level_of

Key = tuple[str, ...]
Say = Callable[[Key], str]

VOTES: Final = ("yes", "no", "abstain", "absent")
YES_NO: Final = ("yes", "no")
LEVELS: Final = ("0", "1", "2", "3", "4", "5")
MOST_LEAVES: Final = 300_000


class TooLargeError(Exception):
    """More joint choices than this program is willing to enumerate."""


class InconsistentSilenceError(Exception):
    """Two clauses give one choice different silences (section 2: the file is refused)."""


@dataclass(frozen=True, slots=True)
class Incident:
    """The facts of section 1."""

    attacker: str
    victim: str
    kind: str = "full_invasion"
    zone: str = "main"
    object: str = "territory"
    provoked: bool = False
    phase: str = "in_force"
    lasting: int = 0
    hour: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: ``k`` providers at a level (1 to 5) or with an act, among some or anybody, owed or reachable."""

    level: int | None = None
    act: str | None = None
    k: int = 1
    among: frozenset[str] | None = None
    reachable: bool = False

    def __post_init__(self) -> None:
        """Ask for exactly one of level and act."""
        if (self.level is None) == (self.act is None):
            msg = "ask for a level or for an act"
            raise ValueError(msg)
        if self.level is not None and not 1 <= self.level <= 5:
            msg = "a level asked for is 1 to 5"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of the table in section 2."""

    key: Key
    holder: str
    options: tuple[str, ...]
    performance: bool
    default: str


# ---------------------------------------------------------------------------------------------------- 1. facts


def closure(form: Form, actors: Iterable[str]) -> frozenset[str]:
    """Section 1: the actors and everybody they control, directly or through others."""
    found = set(actors)
    while True:
        more = {low for high, low in form.control if high in found} - found
        if not more:
            return frozenset(found)
        found |= more


def facts(clause: Clause, incident: Incident) -> bool:
    """Section 4, facts(c)."""
    t = clause.trigger
    return (
        incident.phase in t.phases
        and (t.kinds is None or incident.kind in t.kinds)
        and (t.attackers is None or incident.attacker in t.attackers)
        and (t.victims is None or incident.victim in t.victims)
        and (t.zones is None or incident.zone in t.zones)
        and (t.objects is None or incident.object in t.objects)
        and incident.lasting >= t.lasting_hours
        and not (t.unprovoked and incident.provoked)
    )


# -------------------------------------------------------------------------------------------------- 2. choices


def _word(silence: bool) -> str:
    return "yes" if silence else "no"


def _judges_of(form: Form, clause: Clause, judge: Judge) -> tuple[str, ...]:
    """Everybody who may turn out to be this judge (a judge that is a body has votes instead)."""
    if judge.is_body or judge.by == "objective":
        return ()
    if judge.by == "bearer":
        return clause.bearers
    if judge.by == "victim":
        return _victims(form, clause)
    return (judge.by,)


def _victims(form: Form, clause: Clause) -> tuple[str, ...]:
    victims = clause.trigger.victims
    return form.parties if victims is None else tuple(sorted(victims))


def _questions(clause: Clause) -> Iterator[Question]:
    if clause.decision is not None:
        yield clause.decision
    yield from clause.unless
    yield from clause.until
    if clause.leads_to is not None:
        yield clause.leads_to.question
    for judge in clause.judges:
        if judge.is_body:
            yield Question(judge.by, "judge:" + judge.aspect)
    if clause.kind == "obligation" and clause.means_by_body:
        yield Question(clause.means_chosen_by, "means:" + clause.id)


def choices(form: Form) -> list[Choice]:  # noqa: C901, PLR0912 - one table, row by row
    """Section 2: the whole inventory, for any incident, sorted by key."""
    found: dict[Key, Choice] = {}

    def add(choice: Choice) -> None:
        if found.setdefault(choice.key, choice) != choice:
            raise InconsistentSilenceError(choice.key)

    bodies = {body.id: body for body in form.bodies}
    conditions = {p for c in form.clauses if c.domestic and c.domestic.is_condition for p in c.domestic.parties}
    for c in form.clauses:
        for q in _questions(c):
            body = bodies[q.body]
            for member in (*body.members, *body.outside_veto):
                add(Choice(("vote", q.body, q.matter, member), member, VOTES, False, body.silence))
        for j in c.judges:
            for party in _judges_of(form, c, j):
                add(Choice(("judgement", j.aspect, party), party, YES_NO, False, _word(j.silence)))
        if c.request is not None:
            for by in c.request.by:
                for party in _victims(form, c) if by == "victim" else (by,):
                    add(Choice(("request", party), party, YES_NO, False, _word(c.request.silence)))
        for party in c.consents:
            add(Choice(("consent", c.id, party), party, YES_NO, False, _word(c.consent_silence)))
        if c.domestic is not None:
            for party in c.domestic.parties:
                silence = _word(c.domestic.silence)
                add(Choice(("approval", party), party, YES_NO, party not in conditions, silence))
        if c.kind == "obligation":
            for party in c.bearers:
                add(Choice(("act", c.id, party), party, YES_NO, True, "no"))
            if not c.means_by_body and c.means_chosen_by != "bearer":
                party = c.means_chosen_by
                add(Choice(("means", c.id, party), party, LEVELS, False, "0"))
        if c.kind == "power":
            for party in c.bearers:
                add(Choice(("power", c.id, party), party, YES_NO, False, "no"))
    return [found[key] for key in sorted(found)]


# --------------------------------------------------------------------------------------------------- 3. bodies


def _weigh(body: Body, members: Iterable[str]) -> int:
    weight = dict(zip(body.members, body.weights or (1,) * len(body.members), strict=True))
    return sum(weight[m] for m in members)


def _entitled(form: Form, body: Body, incident: Incident) -> tuple[str, ...]:
    barred: set[str] = set()
    if body.excluded in ("attacker", "disputants"):
        barred.add(incident.attacker)
    if body.excluded == "disputants":
        barred.add(incident.victim)
    if body.only_if_member and incident.attacker not in body.members:
        barred.clear()
    barred = set(closure(form, barred))
    return tuple(m for m in body.members if m not in barred)


def _decided(form: Form, incident: Incident, say: Say, question: Question, bearer: str | None) -> bool:  # noqa: C901
    """Section 3, decided(body, matter, i)."""
    body = next(b for b in form.bodies if b.id == question.body)
    entitled = _entitled(form, body, incident)
    if not entitled:
        return False

    def vote(member: str) -> str:
        return say(("vote", body.id, question.matter, member))

    if body.rule == "each" and (bearer not in entitled or vote(str(bearer)) != "yes"):
        return False
    blocking = ("no", "abstain", "absent") if body.abstention_blocks else ("no",)
    if any(vote(m) in blocking for m in entitled if m in body.veto):
        return False
    if any(vote(m) == "no" for m in body.outside_veto):
        return False
    if body.quorum and sum(vote(m) != "absent" for m in entitled) < body.quorum:
        return False
    if body.rule == "each":
        return True

    votes = {m: vote(m) for m in entitled}
    yes = [m for m in entitled if votes[m] == "yes"]
    present = [m for m in entitled if votes[m] != "absent"]
    cast = [m for m in entitled if votes[m] in ("yes", "no")]
    if not yes:
        return False
    if body.rule == "unanimity":
        if body.of == "cast":
            return all(votes[m] != "no" for m in entitled)
        asked = present if body.of == "present" else entitled
        if body.abstention_blocks:
            return all(votes[m] == "yes" for m in asked)
        return all(votes[m] != "no" for m in asked)
    weight = _weigh(body, yes)
    whole = _weigh(body, {"members": body.members, "entitled": entitled, "present": present, "cast": cast}[body.of])
    if body.rule == "majority":
        return 2 * weight > whole
    if body.rule == "share":
        return weight * body.share[1] >= body.share[0] * whole
    assert body.rule == "at_least"
    return weight >= body.threshold


# ------------------------------------------------------------------------------- 4. when a clause binds a bearer


@dataclass(frozen=True, slots=True)
class _World:
    """A form, an incident and somebody who says what every choice is."""

    form: Form
    incident: Incident
    say: Say

    def clause(self, name: str) -> Clause:
        return next(c for c in self.form.clauses if c.id == name)

    def yes(self, *key: str) -> bool:
        return self.say(key) == "yes"

    def decides(self, question: Question, bearer: str) -> bool:
        return _decided(self.form, self.incident, self.say, question, bearer)

    def facts(self, c: Clause) -> bool:
        return facts(c, self.incident)

    def judged(self, c: Clause, i: str) -> bool:
        for judge in c.judges:
            if judge.by == "objective" and not judge.is_body:
                continue
            if self.incident.kind in judge.manifest:
                continue
            if judge.is_body:
                found = self.decides(Question(judge.by, "judge:" + judge.aspect), i)
            elif judge.by == "bearer":
                found = self.yes("judgement", judge.aspect, i)
            elif judge.by == "victim":
                found = self.yes("judgement", judge.aspect, self.incident.victim)
            else:
                found = self.yes("judgement", judge.aspect, judge.by)
            if not found:
                return False
        return True

    def asked(self, c: Clause) -> bool:
        if c.request is None:
            return True
        askers = [self.incident.victim if by == "victim" else by for by in c.request.by]
        said = [self.yes("request", p) for p in askers]
        return all(said) if c.request.all else any(said)

    def prepared(self, c: Clause, performed: frozenset[str]) -> bool:
        return all(d in performed for d in c.after)

    def consented(self, c: Clause) -> bool:
        return all(self.yes("consent", c.id, p) for p in c.consents)

    def approved(self, c: Clause, i: str) -> bool:
        if c.domestic is None or not c.domestic.is_condition or i not in c.domestic.parties:
            return True
        return self.yes("approval", i)

    def stopped(self, c: Clause, i: str) -> bool:
        if any(self.decides(q, i) for q in (*c.unless, *c.until)):
            return True
        for w in self.form.clauses:
            if w.kind != "power" or w.releases is None or c.id not in w.releases.clauses or not self.facts(w):
                continue
            for p in w.bearers:
                if (w.releases.for_all or p == i) and self.yes("power", w.id, p):
                    return True
        return False

    def together(self, c: Clause, i: str) -> bool:
        if not c.collective:
            return True
        if self.incident.attacker in c.bearers:
            return False
        return all(self.yes("act", c.id, j) for j in c.bearers if j not in (i, self.incident.victim))

    def ground(self, c: Clause, i: str, performed: frozenset[str]) -> bool:
        """Nine conditions; those that read no choice come first."""
        return (
            self.facts(c)
            and self.prepared(c, performed)
            and self.together(c, i)
            and self.judged(c, i)
            and self.asked(c)
            and self.consented(c)
            and self.approved(c, i)
            and not self.stopped(c, i)
        )

    def decided(self, c: Clause, i: str) -> bool:
        return c.decision is None or self.decides(c.decision, i)

    def late(self, c: Clause) -> bool:
        return c.default is not None and self.incident.hour >= c.default.after_hours

    def due(self, c: Clause, i: str, performed: frozenset[str]) -> bool:
        return self.ground(c, i, performed) and (self.late(c) or self.decided(c, i))

    def acts(self, c: Clause, i: str) -> bool:
        """Act, and (where approval at home is no condition) be approved."""
        if not self.yes("act", c.id, i):
            return False
        if c.domestic is not None and not c.domestic.is_condition and i in c.domestic.parties:
            return self.yes("approval", i)
        return True

    def is_performed(self, d: Clause, performed: frozenset[str]) -> bool:
        """Say whether ``d`` is performed when what is performed so far is ``performed``."""
        if d.kind == "obligation":
            return all(self.due(d, j, performed) and self.acts(d, j) for j in d.bearers)
        if d.kind == "power":
            return any(self.ground(d, p, performed) and self.yes("power", d.id, p) for p in d.bearers)
        return self.facts(d)

    def performed(self, wanted: Iterable[Clause]) -> frozenset[str]:
        """Iterate from "nothing performed" until nothing changes.

        Nothing due needs no set of its own: what is due depends on nothing but what is performed. Only clauses that
        ``wanted`` wait for, directly or through others, are asked; no other clause can bear on them.
        """
        names: set[str] = set()
        todo = [d for c in wanted for d in c.after]
        while todo:
            name = todo.pop()
            if name not in names:
                names.add(name)
                todo.extend(self.clause(name).after)
        done: frozenset[str] = frozenset()
        while True:
            now = frozenset(n for n in sorted(names) if self.is_performed(self.clause(n), done))
            if now == done:
                return done
            done = now

    def owes_level(self, c: Clause, i: str, level: int, performed: frozenset[str]) -> bool:
        if not self.ground(c, i, performed):
            return False
        if c.default is not None and self.late(c) and c.default.level >= level:
            return True
        return self.decided(c, i) and self.level(c, i) >= level

    def level(self, c: Clause, i: str) -> int:
        owed = c.response[c.bearers.index(i)]
        least, most = level_of(owed.least), level_of(owed.most)
        if c.means_by_body:
            chosen = self.decides(Question(c.means_chosen_by, "means:" + c.id), i)
            return most if chosen else least
        if c.means_chosen_by == "bearer":
            return least
        picked = int(self.say(("means", c.id, c.means_chosen_by)))
        if picked < least:
            return least
        if picked > most:
            return most
        return picked

    def owes_act(self, c: Clause, i: str, act: str, performed: frozenset[str]) -> bool:
        return act in c.response[c.bearers.index(i)].least and self.due(c, i, performed)

    # -------------------------------------------------------------------------------------------------- 5. help

    def providers(self, query: Query) -> frozenset[str]:
        barred = closure(self.form, {self.incident.victim}) | closure(self.form, {self.incident.attacker})
        helping = [
            c
            for c in self.form.clauses
            if c.kind == "obligation" and self.incident.victim in c.beneficiaries and self.facts(c)
        ]
        performed = self.performed(helping)
        found: set[str] = set()
        for c in helping:
            for p in c.bearers:
                if p in barred:
                    continue
                if query.level is not None:
                    owes = self.owes_level(c, p, query.level, performed)
                else:
                    owes = self.owes_act(c, p, str(query.act), performed)
                if owes and self.acts(c, p):
                    found.add(p)
            if query.reachable and query.level is not None and c.leads_to and query.level <= c.leads_to.level:
                q = c.leads_to.question
                if any(
                    self.due(c, p, performed) and self.acts(c, p) and self.decides(q, p)
                    for p in c.bearers
                    if p not in barred
                ):
                    found.add(q.body)
        return frozenset(found) if query.among is None else frozenset(found) & query.among

    def help(self, query: Query) -> bool:
        return len(self.providers(query)) >= query.k


def due(form: Form, incident: Incident, assignment: Mapping[Key, str], clause: str, bearer: str) -> bool:
    """Section 4, due(c, i), with every choice as in ``assignment``."""
    world = _World(form, incident, assignment.__getitem__)
    c = world.clause(clause)
    return bearer in c.bearers and world.due(c, bearer, world.performed([c]))


def providers(
    form: Form,
    incident: Incident,
    assignment: Mapping[Key, str],
    *,
    level: int | None = None,
    act: str | None = None,
    among: frozenset[str] | None = None,
    reachable: bool = False,
) -> frozenset[str]:
    """Section 5: who provides (parties, and body ids where ``reachable``)."""
    query = Query(level, act, 1, among, reachable)
    return _World(form, incident, assignment.__getitem__).providers(query)


def help_given(
    form: Form,
    incident: Incident,
    assignment: Mapping[Key, str],
    *,
    level: int | None = None,
    act: str | None = None,
    k: int = 1,
    among: frozenset[str] | None = None,
    reachable: bool = False,
) -> bool:
    """Section 5, help(query)."""
    return len(providers(form, incident, assignment, level=level, act=act, among=among, reachable=reachable)) >= k


# ------------------------------------------------------------------------------------------ 6. who can stop it


@dataclass(frozen=True, slots=True)
class _Fork:
    """A choice that evaluation reads, and what each option of it leads to."""

    key: Key
    branches: tuple[tuple[str, "_Tree"], ...]


_Tree = bool | _Fork


class _UnreadError(Exception):
    def __init__(self, key: Key) -> None:
        super().__init__(key)
        self.key = key


@lru_cache(maxsize=8)
def _grow(form: Form, incident: Incident, query: Query, most: int) -> _Tree:
    """Every way the choices can go, branching on a choice where evaluation first reads it."""
    options = {c.key: c.options for c in choices(form)}
    settled: dict[Key, str] = {}
    leaves = 0

    def say(key: Key) -> str:
        if key not in settled:
            raise _UnreadError(key)
        return settled[key]

    def grow() -> _Tree:
        nonlocal leaves
        try:
            result = _World(form, incident, say).help(query)
        except _UnreadError as unread:
            key = unread.key
        else:
            leaves += 1
            if leaves > most:
                raise TooLargeError(most)
            return result
        branches: list[tuple[str, _Tree]] = []
        for option in options[key]:
            settled[key] = option
            branches.append((option, grow()))
        del settled[key]
        return _Fork(key, tuple(branches))

    return grow()


def _keys(tree: _Tree) -> frozenset[Key]:
    if isinstance(tree, bool):
        return frozenset()
    return frozenset({tree.key}).union(*(_keys(branch) for _, branch in tree.branches))


def _limit(tree: _Tree, allowed: Mapping[Key, tuple[str, ...]]) -> _Tree:
    """Cut away the options nobody may take in this query."""
    if isinstance(tree, bool):
        return tree
    branches = tuple((o, _limit(branch, allowed)) for o, branch in tree.branches if o in allowed[tree.key])
    return branches[0][1] if len(branches) == 1 else _Fork(tree.key, branches)


def _some_leaf(tree: _Tree, fixed: Mapping[Key, str], wanted: bool) -> bool:
    """Say whether those who hold the choices not in ``fixed`` can choose so that the result is ``wanted``."""
    if isinstance(tree, bool):
        return tree == wanted
    return any(
        _some_leaf(branch, fixed, wanted)
        for option, branch in tree.branches
        if tree.key not in fixed or fixed[tree.key] == option
    )


def _ways(form: Form, keys: Iterable[Key]) -> Iterator[dict[Key, str]]:
    options = {c.key: c.options for c in choices(form)}
    ordered = sorted(keys)
    for picked in product(*(options[key] for key in ordered)):
        yield dict(zip(ordered, picked, strict=True))


def read_choices(form: Form, incident: Incident, query: Query, *, most: int = MOST_LEAVES) -> frozenset[Key]:
    """Return every choice that evaluation may read; raise TooLargeError beyond ``most`` branches."""
    return _keys(_grow(form, incident, query, most))


def refusers(form: Form, incident: Incident, named: Iterable[str]) -> frozenset[str]:
    """H closed under control, without the victim and whom it controls."""
    return closure(form, named) - closure(form, {incident.victim})


def stops(
    form: Form,
    incident: Incident,
    query: Query,
    refusing: frozenset[str],
    *,
    practical: bool,
    silent: frozenset[str] = frozenset(),
    refusers_last: bool = True,
) -> bool:
    """Section 6: H stops the help. Who is named both refusing and silent is refusing."""
    against = refusers(form, incident, refusing)
    inventory = choices(form)
    holder = {c.key: c.holder for c in inventory}
    allowed: dict[Key, tuple[str, ...]] = {}
    for c in inventory:
        if c.holder in against:
            allowed[c.key] = ("yes",) if c.performance and not practical else c.options
        elif c.holder in silent:
            allowed[c.key] = (c.default,)
        else:
            allowed[c.key] = ("yes",) if c.performance else c.options
    tree = _limit(_grow(form, incident, query, MOST_LEAVES), allowed)
    read = _keys(tree)
    theirs = {key for key in read if holder[key] in against}
    others = read - theirs
    if refusers_last:
        # For every way the willing choose, the refusing find an answer. Ways that take an option cut away above
        # match no branch, so they are left out.
        return all(
            _some_leaf(tree, way, wanted=False)
            for way in _ways(form, others)
            if all(way[key] in allowed[key] for key in others)
        )
    return any(
        not _some_leaf(tree, way, wanted=True)
        for way in _ways(form, theirs)
        if all(way[key] in allowed[key] for key in theirs)
    )


def candidates(form: Form, incident: Incident, query: Query) -> tuple[str, ...]:
    """Actors that hold a choice or control such a holder, without the victim and whom it controls.

    Only choices that are read count: who holds no other changes nothing and is in no smallest and no minimal set.
    """
    read = read_choices(form, incident, query)
    holders = {c.holder for c in choices(form) if c.key in read} - closure(form, {incident.victim})
    everybody = {*holders, *(high for high, _ in form.control)} - closure(form, {incident.victim})
    return tuple(sorted(actor for actor in everybody if refusers(form, incident, {actor}) & holders))


def stopping_sets(
    form: Form,
    incident: Incident,
    query: Query,
    *,
    practical: bool,
    silent: frozenset[str] = frozenset(),
    refusers_last: bool = True,
) -> list[frozenset[str]]:
    """Return the sets that stop the help and have no smaller such set within them, smallest first."""
    found: list[frozenset[str]] = []
    actors = candidates(form, incident, query)
    for size in range(len(actors) + 1):
        for named in combinations(actors, size):
            h = frozenset(named)
            if any(smaller <= h for smaller in found):
                continue
            if stops(form, incident, query, h, practical=practical, silent=silent, refusers_last=refusers_last):
                found.append(h)
    return found


def stopping_number(
    form: Form,
    incident: Incident,
    query: Query,
    *,
    practical: bool,
    silent: frozenset[str] = frozenset(),
    refusers_last: bool = True,
) -> int | None:
    """Return the size of the smallest set that stops the help; ``None`` where nobody can."""
    actors = candidates(form, incident, query)
    for size in range(len(actors) + 1):
        for named in combinations(actors, size):
            h = frozenset(named)
            if stops(form, incident, query, h, practical=practical, silent=silent, refusers_last=refusers_last):
                return size
    return None


def good_faith(
    form: Form, incident: Incident, *, k: int = 1, among: frozenset[str] | None = None, reachable: bool = False
) -> int:
    """Section 6: the highest level with help where nobody refuses; 0 if there is none."""
    for level in (5, 4, 3, 2, 1):
        query = Query(level, None, k, among, reachable)
        if not stops(form, incident, query, frozenset(), practical=False):
            return level
    return 0
