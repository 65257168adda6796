"""Every name that a file uses must be declared: parties, roles, zones, bodies, clauses and sources."""

from collections.abc import Iterable, Iterator, Mapping

from foedus.case.paths import dotted, value_at
from foedus.case.schema.clause import BodyRef, Clause, Except
from foedus.case.schema.instrument import Instrument
from foedus.case.stage import Path
from foedus.case.tree import Node, locate
from foedus.errors import Problem, nearest

PARTY_WORDS = frozenset({"parties", "any"})
JUDGE_WORDS = frozenset({"objective", "bearer", "victim"})


class Names:
    """The names declared for one instrument, and the problems of those that are not."""

    def __init__(self, content: Mapping[str, object], node: Node, at: Path) -> None:
        self.content = content
        self.node = node
        self.at = at
        self.problems: list[Problem] = []

    def need(self, path: Path, name: str, declared: Iterable[str], what: str) -> None:
        """Record a problem where ``name`` is not among the declared ones."""
        known = list(declared)
        if name in known:
            return
        value = value_at(self.content, path)
        exact = (
            path
            if value == name
            else next(((*path, index) for index, item in enumerate(value) if item == name), path)
            if isinstance(value, list)
            else path
        )
        near = nearest(name, known)
        cure = f"did you mean `{near}`?" if near else f"declared: {', '.join(known[:12]) or 'none'}"
        place = dotted(self.content, path)
        self.problems.append(
            Problem(locate(self.node, (*self.at, *exact)), f"`{name}` is not a declared {what} (at `{place}`)", cure)
        )


def check_names(
    model: Instrument,
    names: Names,
    parties: Iterable[str],
    bodies: Iterable[str],
    zones: Iterable[str],
    sources: Iterable[str],
) -> list[Problem]:
    """Return a problem for every undeclared or doubled name of an instrument."""
    known_parties = {*parties, *model.roles, *PARTY_WORDS}
    known_bodies, known_zones, known_sources = {*bodies}, {*zones}, {*sources}
    clauses = {clause.id for clause in model.clauses}
    for role, members in model.roles.items():
        for name in members:
            names.need(("roles", role), name, known_parties, "party or role")
    for index, clause in enumerate(model.clauses):
        base: Path = ("clauses", index)
        for field, name in _party_names(clause):
            extra = (
                {"outsiders"}
                if field == ("when", "attacker")
                else (
                    {"victim"}
                    if field[0] == "request"
                    else JUDGE_WORDS
                    if field[0] == "judge"
                    else {"bearer"}
                    if field == ("response", "means_chosen_by")
                    else set()
                )
            )
            names.need((*base, *field), name, known_parties | extra, "party or role")
        for field, ref in _body_refs(clause):
            names.need((*base, *field), ref, known_bodies, "body")
        for zone in clause.when.zone or ():
            names.need((*base, "when", "zone"), zone, known_zones, "zone")
        for field, other in (
            *((("after",), name) for name in clause.after),
            *((("releases", "clauses"), name) for name in (clause.releases.clauses if clause.releases else ())),
        ):
            names.need((*base, *field), other, clauses, "clause")
        for ref in clause.source:
            names.need((*base, "source"), ref, known_sources, "source")
        if clause.phrase is not None and clause.phrase.source is not None:
            names.need((*base, "phrase", "source"), clause.phrase.source, known_sources, "source")
    _check_bodies(model, names, known_parties, known_sources)
    for reading, overlay in model.readings.items():
        for ref in overlay.source:
            names.need(("readings", reading, "source"), ref, known_sources, "source")
    names.problems += _doubles(model, names)
    return names.problems


def _party_names(clause: Clause) -> Iterator[tuple[Path, str]]:

    for name in clause.bearers:
        yield ("bearers",), name
    for name in clause.to:
        yield ("to",), name
    for name in clause.consents:
        yield ("consents",), name
    attacker = clause.when.attacker
    for name in attacker.except_ if isinstance(attacker, Except) else attacker or ():
        yield ("when", "attacker"), name
    for name in clause.when.victim or ():
        yield ("when", "victim"), name
    if clause.judge is not None:
        for aspect in ("attack", "attribution", "provocation", "breach"):
            judge = getattr(clause.judge, aspect)
            if judge is not None and judge.by is not None:
                yield ("judge", aspect), judge.by
    for name in clause.request.by if clause.request else ():
        yield ("request",), name
    if clause.domestic is not None:
        for name in clause.domestic.who or ():
            yield ("domestic", "who"), name
    if clause.response is not None:
        for index, differs in enumerate(clause.response.differs):
            for name in differs.who:
                yield ("response", "differs", index, "who"), name
        if isinstance(clause.response.means_chosen_by, str):
            yield ("response", "means_chosen_by"), clause.response.means_chosen_by


def _body_refs(clause: Clause) -> Iterator[tuple[Path, str]]:

    if clause.decision is not None:
        yield ("decision",), clause.decision.body
    for field in ("unless", "until"):
        for ref in getattr(clause, field):
            yield (field,), ref.body
    if clause.leads_to is not None:
        yield ("leads_to", "body"), clause.leads_to.body
    if clause.judge is not None:
        for aspect in ("attack", "attribution", "provocation", "breach"):
            judge = getattr(clause.judge, aspect)
            if judge is not None and judge.body is not None:
                yield ("judge", aspect, "body"), judge.body
    if clause.response is not None and isinstance(clause.response.means_chosen_by, BodyRef):
        yield ("response", "means_chosen_by", "body"), clause.response.means_chosen_by.body


def _check_bodies(model: Instrument, names: Names, parties: set[str], sources: set[str]) -> None:
    for id, body in model.bodies.items():
        groups = body.members if isinstance(body.members, dict) else {"": body.members}
        for group, members in groups.items():
            path: Path = ("bodies", id, "members", group) if group else ("bodies", id, "members")
            if isinstance(members, tuple):
                if not members:
                    names.problems.append(
                        Problem(
                            locate(names.node, (*names.at, *path)),
                            f"the body `{id}` has no members: an empty body decides nothing",
                            "name its members, or leave the body out",
                        )
                    )
                for name in members:
                    names.need(path, name, parties, "party or role")
        for field in ("veto", "outside_veto"):
            for name in getattr(body, field):
                names.need(("bodies", id, field), name, parties | set(groups), "party, role or group")
        for name in body.weights:
            names.need(("bodies", id, "weights"), name, parties, "party")
        for ref in body.source:
            names.need(("bodies", id, "source"), ref, sources, "source")


def _doubles(model: Instrument, names: Names) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, clause in enumerate(model.clauses):
        if clause.id in seen:
            first = locate(names.node, (*names.at, "clauses", seen[clause.id], "id"))
            yield Problem(
                locate(names.node, (*names.at, "clauses", index, "id")),
                f"two clauses are called `{clause.id}`",
                "give every clause an id of its own",
                related=((first, "the first one is here"),),
            )
        seen.setdefault(clause.id, index)
