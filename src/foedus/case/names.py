"""Every name that a file uses must be declared: parties, roles, zones, bodies, clauses and sources."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from foedus.case.ladders import ASPECTS, OTHER
from foedus.case.paths import dotted, value_at
from foedus.case.places import Places
from foedus.case.schema.clause import BodyRef, Clause, Consequence, Except, JudgedBy
from foedus.case.schema.instrument import Expect, Instrument
from foedus.case.stage import Path
from foedus.errors import Problem, nearest

PARTY_WORDS = frozenset({"parties", "any"})
JUDGE_WORDS = frozenset({"objective", "bearer", "victim"})


class Names:
    """The names declared for one instrument, and the problems of those that are not."""

    def __init__(self, content: Mapping[str, object], places: Places, called: Mapping[str, str] | None = None) -> None:
        """``called`` are the parties' ids by what they are called, for whoever writes a name in place of an id."""
        self.content = content
        self.places = places
        self.called = called or {}
        self.problems: list[Problem] = []

    def told(self, path: Path, message: str, cure: str, *, at_key: bool = False) -> None:
        """Record a problem at a place."""
        self.problems.append(Problem(self.places.of(path, at_key=at_key), message, cure))

    def need(self, path: Path, name: str, declared: Iterable[str], what: str) -> None:
        """Record a problem where ``name`` is not among the declared ones."""
        known = list(declared)
        if name in known:
            return
        exact = self.item(path, name)
        if name == "unknown":
            field = next(str(step) for step in reversed(path) if isinstance(step, str))
            self.told(
                exact,
                f"`{field}`: found `unknown`, expected what it may be",
                "list the values, like `{may_be: [.., ..]}`",
            )
            return
        id = self.called.get(name)
        near = id if id in known else nearest(name, known)
        cure = f"did you mean `{near}`?" if near else f"declared: {', '.join(sorted(known)[:12]) or 'none'}"
        place = dotted(self.content, path)
        self.told(exact, f"`{name}` is not a declared {what} (at `{place}`)", cure)

    def item(self, path: Path, name: str) -> Path:
        """The path of a name in a list, or of the whole value where it is that name alone."""
        value = value_at(self.content, path)
        items = value if isinstance(value, list) else []
        return next(((*path, index) for index, item in enumerate(items) if item == name), path)


@dataclass(frozen=True, slots=True)
class Known:
    """Every name that is declared for an instrument; ``called`` are the parties' ids by what they are called."""

    parties: frozenset[str]
    roles: frozenset[str]
    bodies: frozenset[str]
    zones: frozenset[str]
    sources: frozenset[str]
    clauses: frozenset[str]
    called: Mapping[str, str]

    @property
    def named_parties(self) -> frozenset[str]:
        """Everything that stands for parties."""
        return self.parties | self.roles | PARTY_WORDS


def check_names(model: Instrument, names: Names, known: Known) -> list[Problem]:
    """Return a problem for every undeclared or doubled name of an instrument."""
    for name in model.members:
        names.need(("members",), name, known.parties, "party")
    _check_roles(model, names, known.parties)
    for role, members in model.roles.items():
        for name in members:
            names.need(("roles", role), name, known.named_parties, "party or role")
    check_parts(model, names, known)
    if model.supersedes is not None and model.supersedes == model.id:
        names.told(("supersedes",), f"`{model.id}` supersedes itself", "name the text before it, or leave the line out")
    if "text" in model.readings:
        names.told(
            ("readings", "text"),
            "a reading called `text` would hide the text alone",
            "give it another name",
            at_key=True,
        )
    for reading, overlay in model.readings.items():
        for ref in overlay.source:
            names.need(("readings", reading, "source"), ref, known.sources, "source")
    for index, expect in enumerate(model.expect):
        for parties, path in expected_stoppers(expect, ("expect", index)):
            for name in parties:
                names.need(path, name, known.parties | {OTHER}, "party")
    names.problems += _doubles(model, names)
    return names.problems


def expected_stoppers(expect: Expect, base: Path) -> Iterator[tuple[Iterable[str], Path]]:
    """Yield the parties of every set that an expectation names as able to stop the help, and its place."""
    for field in ("stoppers", "practical_stoppers"):
        for index, names in enumerate(getattr(expect, field) or ()):
            yield names, (*base, field, index)


def check_parts(model: Instrument, names: Names, known: Known) -> list[Problem]:
    """The same for the clauses and bodies that ``model`` has, which may be some of them alone."""
    for index, clause in enumerate(model.clauses):
        _check_clause(clause, ("clauses", index), names, known)
    for ref in model.paper.source if model.paper is not None else ():
        names.need(("paper", "source"), ref, known.sources, "source")
    _check_bodies(model, names, known.named_parties, known.sources)
    for index, clause in enumerate(model.clauses):
        if clause.id in clause.after:
            names.told(
                names.item(("clauses", index, "after"), clause.id),
                f"`{clause.id}` waits for itself, so that it is never due",
                "name the clauses that must be performed first",
            )
        if clause.releases is not None and clause.id in clause.releases.clauses:
            names.told(
                names.item(("clauses", index, "releases", "clauses"), clause.id),
                f"`{clause.id}` releases from itself",
                "name the clauses whose duty it ends",
            )
    return names.problems


def _check_roles(model: Instrument, names: Names, parties: AbstractSet[str]) -> None:
    for role in model.roles:
        path: Path = ("roles", role)
        if role in _inside(model.roles, role):
            names.told(path, f"role `{role}` names itself, through other roles or at once", "name parties", at_key=True)
        if role in parties or role in PARTY_WORDS:
            names.told(
                path,
                f"role `{role}` is called like a party or a word of the language",
                "give it another name",
                at_key=True,
            )


WORDS_AT: Final[Mapping[str, frozenset[str]]] = {
    "when": frozenset({"outsiders"}),
    "request": frozenset({"victim"}),
    "judge": JUDGE_WORDS,
    "response": frozenset({"bearer"}),
}
"""Words that stand for parties at some places of a clause."""


def _check_clause(clause: Clause, base: Path, names: Names, known: Known) -> None:
    for field, name in _party_names(clause):
        names.need(
            (*base, *field), name, known.named_parties | WORDS_AT.get(str(field[0]), frozenset()), "party or role"
        )
    for field, name in _body_refs(clause):
        names.need((*base, *field), name, known.bodies, "body")
    for name in clause.when.zone or ():
        names.need((*base, "when", "zone"), name, known.zones, "zone")
    for name in clause.after:
        names.need((*base, "after"), name, known.clauses, "clause")
    for name in clause.releases.clauses if clause.releases is not None else ():
        names.need((*base, "releases", "clauses"), name, known.clauses, "clause")
    if isinstance(clause.consequence, Consequence):
        for name in clause.consequence.clauses or ():
            names.need((*base, "consequence", "clauses"), name, known.clauses, "clause")
        if clause.consequence.body is not None:
            names.need((*base, "consequence", "body"), clause.consequence.body, known.bodies, "body")
    for name in clause.source:
        names.need((*base, "source"), name, known.sources, "source")
    if clause.phrase is not None and clause.phrase.source is not None:
        names.need((*base, "phrase", "source"), clause.phrase.source, known.sources, "source")


def _inside(roles: Mapping[str, Iterable[str]], role: str) -> set[str]:
    """Every role that a role names, directly or through others."""
    found: set[str] = set()
    waiting = [name for name in roles[role] if name in roles]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [other for other in roles[name] if other in roles]
    return found


def _party_names(clause: Clause) -> Iterator[tuple[Path, str]]:
    attacker = clause.when.attacker
    response = clause.response
    chooser = response.means_chosen_by if response is not None else None
    places: list[tuple[Path, Iterable[str]]] = [
        (("bearers",), clause.bearers),
        (("to",), clause.to),
        (("consents",), clause.consents),
        (("when", "attacker"), attacker.except_ if isinstance(attacker, Except) else attacker or ()),
        (("when", "victim"), clause.when.victim or ()),
        (("request",), clause.request.by if clause.request is not None else ()),
        (("domestic", "who"), (clause.domestic.who or ()) if clause.domestic is not None else ()),
        (("response", "means_chosen_by"), (chooser,) if isinstance(chooser, str) else ()),
    ]
    places += [(("judge", aspect), (judge.by,)) for aspect, judge in _judges(clause) if judge.by is not None]
    differing = response.differs if response is not None else ()
    places += [(("response", "differs", index, "who"), differs.who) for index, differs in enumerate(differing)]
    for path, names in places:
        for name in names:
            yield path, name


def _judges(clause: Clause) -> Iterator[tuple[str, JudgedBy]]:
    for aspect in ASPECTS if clause.judge is not None else ():
        judge: JudgedBy | None = getattr(clause.judge, aspect)
        if judge is not None:
            yield aspect, judge


def _body_refs(clause: Clause) -> Iterator[tuple[Path, str]]:

    if clause.decision is not None:
        yield ("decision",), clause.decision.body
    for field in ("unless", "until"):
        for ref in getattr(clause, field):
            yield (field,), ref.body
    if clause.leads_to is not None:
        yield ("leads_to", "body"), clause.leads_to.body
    for aspect, judge in _judges(clause):
        if judge.body is not None:
            yield ("judge", aspect, "body"), judge.body
    if clause.response is not None and isinstance(clause.response.means_chosen_by, BodyRef):
        yield ("response", "means_chosen_by", "body"), clause.response.means_chosen_by.body


def _check_bodies(model: Instrument, names: Names, parties: AbstractSet[str], sources: AbstractSet[str]) -> None:
    for id, body in model.bodies.items():
        groups = body.members if isinstance(body.members, dict) else {"": body.members}
        for group, members in groups.items():
            path: Path = ("bodies", id, "members", group) if group else ("bodies", id, "members")
            if isinstance(members, tuple):
                if not members:
                    names.told(
                        path,
                        f"the body `{id}` has no members: an empty body decides nothing",
                        "name its members, or leave the body out",
                    )
                for name in members:
                    names.need(path, name, parties, "party or role")
        for field in ("veto", "outside_veto"):
            for name in getattr(body, field):
                names.need(
                    ("bodies", id, field), name, parties | {group for group in groups if group}, "party, role or group"
                )
        for name in body.weights:
            names.need(("bodies", id, "weights"), name, parties, "party")
        for ref in body.source:
            names.need(("bodies", id, "source"), ref, sources, "source")


def _doubles(model: Instrument, names: Names) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, clause in enumerate(model.clauses):
        if clause.id in seen:
            first = names.places.of(("clauses", seen[clause.id], "id"))
            yield Problem(
                names.places.of(("clauses", index, "id")),
                f"two clauses are called `{clause.id}`",
                "give every clause an id of its own",
                related=((first, "the first one is here"),),
            )
        seen.setdefault(clause.id, index)
