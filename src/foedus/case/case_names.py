"""Every name that a case itself uses must be declared: parties, zones, sources, instruments, rules' own lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from foedus.case.stage import Path
from foedus.case.tree import Node, locate
from foedus.errors import Problem, nearest

if TYPE_CHECKING:  # a text looked at alone needs no case, whose models take long to make
    from foedus.case.schema.case import Case


def check_case_names(model: Case, node: Node) -> list[Problem]:
    """Return a problem for every undeclared or doubled name of a case, outside its instruments."""
    from foedus.case.schema.case import Use

    parties = {*model.parties}
    everybody = parties | {"any", "OTHER"}
    used: list[tuple[Iterable[str], set[str], str, Path]] = [
        (model.cast.beneficiary, parties, "party", ("cast", "beneficiary")),
        (model.cast.attackers, everybody, "party", ("cast", "attackers")),
        ([model.cast.main_zone] if model.cast.main_zone else [], {*model.zones}, "zone", ("cast", "main_zone")),
        (model.required_help.of or (), parties, "party", ("required_help", "of")),
        (model.incidents.zones or (), {*model.zones}, "zone", ("incidents", "zones")),
    ]
    used += [
        (party.controlled_by, parties, "party", ("parties", id, "controlled_by")) for id, party in model.parties.items()
    ]
    used += [(tuple(stances), parties, "party", ("board", issue)) for issue, stances in model.board.items()]
    used += [((entry.who, *entry.to), parties, "party", ("ledger", i)) for i, entry in enumerate(model.ledger)]
    used += [(tuple(item.meets), parties, "party", ("criteria", id, "meets")) for id, item in model.criteria.items()]
    used += [([zone.of] if zone.of else [], parties, "party", ("zones", id, "of")) for id, zone in model.zones.items()]
    used += [
        ([item.who] if item.who else [], parties, "party", ("preconditions", i, "who"))
        for i, item in enumerate(model.preconditions)
    ]
    forces = model.world.forces if model.world is not None else ()
    used += [([item.who], parties, "party", ("world", "forces", i, "who")) for i, item in enumerate(forces)]
    used += _sources(model)
    instruments = {entry.use if isinstance(entry, Use) else entry.id for entry in model.instruments}
    used += [
        ([unknown.at.split(".")[0]], instruments, "instrument of this case", ("unknowns", i, "at"))
        for i, unknown in enumerate(model.unknowns)
        if not any(unknown.at.startswith(id + ".") for id in instruments)
    ]
    used += [
        ([look.instrument], instruments, "instrument of this case", ("questions", i, "look_at", k, "instrument"))
        for i, question in enumerate(model.questions)
        for k, look in enumerate(question.look_at)
    ]
    used += [
        ([expect.instrument], instruments, "instrument of this case", ("expect", i, "instrument"))
        for i, expect in enumerate(model.expect)
        if expect.instrument is not None
    ]
    used += [
        (group.of, instruments, "instrument of this case", ("stand_together", i, "of"))
        for i, group in enumerate(model.stand_together)
    ]
    called = {party.name: id for id, party in model.parties.items()}
    undeclared = chain.from_iterable(
        undeclared_names(names, known, what, node, at, called=called if what == "party" else {})
        for names, known, what, at in used
    )
    return [*undeclared, *_parties(model, node), *_doubles(model, node)]


def _parties(model: Case, node: Node) -> Iterator[Problem]:
    for id, party in model.parties.items():
        at: Path = ("parties", id)
        if id in ("any", "parties", "outsiders", "OTHER", "objective", "bearer", "victim", "unknown"):
            place = locate(node, at, at_key=True)
            yield Problem(place, f"a party cannot be called `{id}`: the language uses this word", "give it another id")
        if id in _controllers(model, id):
            through = "" if id in party.controlled_by else ", through others"
            yield Problem(
                locate(node, (*at, "controlled_by")),
                f"`{id}` controls itself{through}",
                "name who controls it, or leave it out",
            )
    wanted = model.required_help
    if wanted.of is not None and wanted.at_least > len(wanted.of):
        place = locate(node, ("required_help", "at_least"))
        yield Problem(place, f"{wanted.at_least} helpers are asked for among {len(wanted.of)}", "mend the number")


def _controllers(model: Case, id: str) -> set[str]:
    """Everybody who controls a party, directly or through others."""
    found: set[str] = set()
    waiting = list(model.parties[id].controlled_by)
    while waiting:
        name = waiting.pop()
        if name not in found and name in model.parties:
            found.add(name)
            waiting += model.parties[name].controlled_by
    return found


def undeclared_names(
    used: Iterable[str], known: set[str], what: str, node: Node, at: Path, *, called: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield a problem for every name that is not among the declared ones; ``called`` are ids by their names."""
    for name in used:
        if name not in known:
            near = called[name] if called.get(name) in known else nearest(name, sorted(known))
            cure = f"did you mean `{near}`?" if near else f"declared: {', '.join(sorted(known)[:12]) or 'none'}"
            yield Problem(locate(node, at), f"`{name}` is not a declared {what} (at `{'.'.join(map(str, at))}`)", cure)


def unknown_parties(used: Iterable[str], known: set[str], node: Node, at: Path) -> list[Problem]:
    """The problems of parties that nobody declared."""
    return list(undeclared_names(used, known, "party", node, at, called={}))


def _sources(model: Case) -> Iterator[tuple[Iterable[str], set[str], str, Path]]:
    known = {*model.sources}
    for index, statement in enumerate(model.statements):
        yield statement.source, known, "source", ("statements", index, "source")
    for index, precondition in enumerate(model.preconditions):
        yield precondition.source, known, "source", ("preconditions", index, "source")
    for index, entry in enumerate(model.ledger):
        yield entry.source, known, "source", ("ledger", index, "source")
    for index, rival in enumerate(model.rivals):
        yield rival.source, known, "source", ("rivals", index, "source")
    for index, group in enumerate(model.stand_together):
        yield group.source, known, "source", ("stand_together", index, "source")
    for id, criterion in model.criteria.items():
        yield criterion.source, known, "source", ("criteria", id, "source")
        for party, meets in criterion.meets.items():
            yield meets.source, known, "source", ("criteria", id, "meets", party, "source")
    for issue, stances in model.board.items():
        for party, stance in stances.items():
            if not isinstance(stance, str):
                yield stance.source, known, "source", ("board", issue, party, "source")


def _doubles(model: Case, node: Node) -> Iterator[Problem]:
    ids: dict[str, list[str | None]] = {
        "questions": [question.id for question in model.questions],
        "statements": [statement.id for statement in model.statements],
        "preconditions": [precondition.id for precondition in model.preconditions],
    }
    for part, names in ids.items():
        for index, name in enumerate(names):
            if name is not None and name in names[:index]:
                first = locate(node, (part, names.index(name), "id"))
                yield Problem(
                    locate(node, (part, index, "id")),
                    f"two {part} are called `{name}`",
                    "give each an id of its own",
                    related=((first, "the first one is here"),),
                )
