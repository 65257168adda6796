"""Putting one instrument on stage: its unknowns found, every value they may take checked, its names held."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from foedus.case.names import Names, check_names
from foedus.case.paths import dotted, parse_path, value_at, with_value
from foedus.case.schema.base import Party, Zone
from foedus.case.schema.case import As
from foedus.case.schema.instrument import Instrument
from foedus.case.stage import Path, StagedInstrument, UnknownSite
from foedus.case.tree import Node, locate
from foedus.case.unknowns import find_unknowns
from foedus.case.validate import check_part
from foedus.errors import Position, Problem, nearest


@dataclass(frozen=True, slots=True)
class Draft:
    """An instrument on its way to the stage. ``at`` is its path in ``node``, the tree of the file it stands in."""

    content: dict[str, Any]
    node: Node
    at: Path
    file: str
    cast: dict[str, Any]
    cast_at: Path
    case_node: Node
    from_library: bool


def stage(
    draft: Draft,
    parties: Mapping[str, Party],
    zones: Mapping[str, Zone],
    bodies: Mapping[str, Any],
    sources: Mapping[str, Any],
    model_type: type[Instrument],
    *,
    names: bool = True,
    extra: tuple[tuple[Path, Mapping[str, object]], ...] = (),
) -> tuple[StagedInstrument | None, list[Problem]]:
    """Put one instrument on stage: find its unknowns, check each value they may take, then its names."""
    content: dict[str, Any] = {**draft.content, "as": draft.cast}
    for path, value in extra:
        content = with_value(content, path, value)
    sites, problems = _sites(content, draft)
    first = content
    for site in sites:
        first = with_value(first, site.path, site.options[0])
    model, cast, found = _typed(first, draft, model_type)
    if model is None or cast is None:
        return None, problems + found
    for site in sites:
        for option in site.options[1:]:
            _, _, found = _typed(with_value(first, site.path, option), draft, model_type)
            problems += [replace(problem, position=site.position) for problem in found]
    own = model.members or tuple(model.parties)
    members = tuple(dict.fromkeys([*own, *cast.accede])) if own else tuple(parties)
    if names:
        problems += _instrument_names(model, cast, draft, parties, zones, bodies, sources)
        problems += _reading_problems(model, first, draft)
    if problems:
        return None, problems
    merged = dict(first)
    merged["parties"] = {**first.get("parties", {}), **{id: p.model_dump(by_alias=True) for id, p in parties.items()}}
    staged = StagedInstrument(
        id=model.id,
        model=model,
        data=MappingProxyType(merged),
        staged_as=cast,
        members=members,
        unknowns=tuple(sites),
        file=draft.file,
        from_library=draft.from_library,
        positions=MappingProxyType(_positions(model, draft)),
    )
    return staged, []


def _sites(content: dict[str, Any], draft: Draft) -> tuple[list[UnknownSite], list[Problem]]:
    sites: list[UnknownSite] = []
    problems: list[Problem] = []
    for path, options, remarks in find_unknowns(content):
        position = _position(draft, path)
        name = dotted(content, path)
        if not options:
            problems.append(
                Problem(position, f"`may_be` at `{name}` needs a list of values", "like `{may_be: [.., ..]}`")
            )
        source = remarks.get("source", ())
        note = remarks.get("note")
        refs = (source,) if isinstance(source, str) else tuple(source) if isinstance(source, (list, tuple)) else ()
        sites.append(
            UnknownSite(name, path, options or (None,), position, str(note) if note else None, tuple(map(str, refs)))
        )
    return sites, problems


def _position(draft: Draft, path: Path) -> Position:
    if path[:1] == ("as",):
        return locate(draft.case_node, (*draft.cast_at, *path[1:]))
    return locate(draft.node, (*draft.at, *path))


def _typed(
    content: dict[str, Any], draft: Draft, model_type: type[Instrument]
) -> tuple[Instrument | None, As | None, list[Problem]]:
    own = {key: value for key, value in content.items() if key != "as"}
    model, problems = check_part(model_type, own, draft.node, draft.at)
    cast, found = check_part(As, content["as"], draft.case_node, draft.cast_at)
    return model, cast, problems + found


def _instrument_names(
    model: Instrument,
    cast: As,
    draft: Draft,
    parties: Mapping[str, Party],
    zones: Mapping[str, Zone],
    bodies: Mapping[str, Any],
    sources: Mapping[str, Any],
) -> list[Problem]:
    names = Names(draft.content, draft.node, draft.at)
    everybody = {*model.parties, *parties}
    known_zones = {*model.zones} if draft.from_library or model.zones else {*zones}
    problems = check_names(model, names, everybody, {*model.bodies, *bodies}, known_zones, {*model.sources, *sources})
    cast_names = Names({"as": draft.cast}, draft.case_node, draft.cast_at[:-1])
    for party in cast.accede:
        cast_names.need(("as", "accede"), party, everybody, "party")
    for role, fillers in cast.roles.items():
        cast_names.need(("as", "roles"), role, model.roles, "role of this instrument")
        for party in fillers:
            cast_names.need(("as", "roles", role), party, everybody, "party")
    for here, there in cast.zones.items():
        cast_names.need(("as", "zones"), here, zones, "zone of this case")
        cast_names.need(("as", "zones", here), there, model.zones, "zone of this instrument")
    problems += cast_names.problems
    if draft.from_library and zones and model.zones:
        for zone in zones:
            if zone not in cast.zones:
                problems.append(
                    Problem(
                        locate(draft.case_node, draft.cast_at[:-1]),
                        f"the zone `{zone}` is not matched with a zone of `{model.id}` ({', '.join(model.zones)})",
                        f"add `as: {{zones: {{{zone}: {next(iter(model.zones))}}}}}` (or `{{may_be: [..]}}`)",
                    )
                )
    return problems


def _reading_problems(model: Instrument, content: dict[str, Any], draft: Draft) -> list[Problem]:
    """Each reading must name places that exist and leave a whole instrument behind."""
    problems: list[Problem] = []
    for name, reading in model.readings.items():
        laid = content
        for place, value in reading.set.items():
            position = locate(draft.node, (*draft.at, "readings", name, "set", place))
            path = _path(laid, place)
            if path is None:
                near = nearest(place, _places(content))
                cure = f"did you mean `{near}`?" if near else "a path like `clauses.ID.response.least`"
                problems.append(Problem(position, f"reading `{name}`: `{place}` leads nowhere in the instrument", cure))
                continue
            laid = with_value(laid, path, value)
        _, found = check_part(type(model), {k: v for k, v in laid.items() if k != "as"}, draft.node, draft.at)
        where = locate(draft.node, (*draft.at, "readings", name), at_key=True)
        problems += [replace(p, position=where, message=f"reading `{name}`: {p.message}") for p in found]
    return problems


def _path(content: object, place: str) -> Path | None:
    """The path that a reading names; ``None`` where a part of it stands in the way or is not there."""
    try:
        path = parse_path(content, place)
    except KeyError:
        return None
    return path if isinstance(value_at(content, path[:-1]), (dict, list, type(None))) else None


def _places(content: Mapping[str, Any]) -> list[str]:
    clauses = [f"clauses.{clause['id']}.{field}" for clause in content["clauses"] for field in clause]
    return clauses + [
        f"bodies.{body}.{field}" for body, fields in content.get("bodies", {}).items() for field in fields
    ]


def _positions(model: Instrument, draft: Draft) -> dict[str, Position]:
    """Where each clause, body and reading stands, by ``clauses.ID`` and so on; ``""`` is the instrument itself."""
    places = {"": locate(draft.node, draft.at)}
    for index, clause in enumerate(model.clauses):
        places[f"clauses.{clause.id}"] = locate(draft.node, (*draft.at, "clauses", index))
    for body in model.bodies:
        places[f"bodies.{body}"] = locate(draft.node, (*draft.at, "bodies", body), at_key=True)
    for reading in model.readings:
        places[f"readings.{reading}"] = locate(draft.node, (*draft.at, "readings", reading), at_key=True)
    return places
