"""From a file (or the id of a shipped instrument) to a loaded case, or every problem of the file at once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Any

from foedus.case.dates import late_problems, later_sources
from foedus.case.ladders import DEFAULT_REQUIRED, LEVELS
from foedus.case.names import Names, check_names
from foedus.case.paths import dotted, parse_path, value_at, with_value
from foedus.case.schema.base import Party, Zone
from foedus.case.schema.case import As, Case
from foedus.case.schema.instrument import Instrument, InstrumentFile
from foedus.case.shipped import instrument_ids, instrument_text
from foedus.case.stage import LoadedCase, Path, StagedInstrument, UnknownSite
from foedus.case.text import decode, read_text
from foedus.case.tree import Node, locate, parse, plain
from foedus.case.unknowns import find_unknowns
from foedus.case.validate import check_part
from foedus.errors import BadInput, Position, Problem, nearest


def load(case: str | os.PathLike[str]) -> LoadedCase:
    """Load a case file, an instrument file, or a shipped instrument by its id.

    Raises ``BadInput`` with every problem found: syntax, unknown keys, undeclared names, dates, casting.
    """
    name = os.fspath(case)
    if name in instrument_ids() and not FilePath(name).exists():
        return load_text(*instrument_text(name))
    if not FilePath(name).exists() and FilePath(name).suffix == "" and (near := nearest(name, instrument_ids())):
        raise BadInput(
            [Problem(None, f"`{name}` is neither a file nor a shipped instrument", f"did you mean `{near}`?")]
        )
    return load_text(read_text(name), name)


def load_bytes(data: bytes, file: str) -> LoadedCase:
    """Load from bytes already in memory; ``file`` only serves the messages. Raises ``BadInput``."""
    return load_text(decode(data, file), file)


def load_text(text: str, file: str) -> LoadedCase:
    """Load from text already in memory; ``file`` only serves the messages. Raises ``BadInput``."""
    node = parse(text, file)
    content = plain(node)
    if not isinstance(content, dict):
        raise BadInput([Problem(node.position, "expected keys with values, like `foedus: 1`", "see `foedus new FILE`")])
    if "case" in content or "instruments" in content:
        return _load_case(content, node, file)
    return _load_alone(content, node, file)


@dataclass(frozen=True, slots=True)
class _Draft:
    """An instrument on its way to the stage. ``at`` is its path in ``node``, the tree of the file it stands in."""

    content: dict[str, Any]
    node: Node
    at: Path
    file: str
    cast: dict[str, Any]
    cast_at: Path
    case_node: Node
    from_library: bool


def _load_alone(content: dict[str, Any], node: Node, file: str) -> LoadedCase:
    draft = _Draft(content, node, (), file, {}, (), node, file.startswith("library/"))
    staged, problems = _stage(draft, {}, {}, {}, {}, InstrumentFile)
    if staged is None or problems:
        raise BadInput(problems)
    model = staged.model
    cast = model.default_cast
    if cast is None:
        raise BadInput(
            [
                Problem(
                    node.position,
                    f"`{model.id}` has no `default_cast`: nobody is named to receive the guarantee",
                    "add `default_cast: {beneficiary: .., attackers: any}` or write a case that uses it",
                )
            ]
        )
    beneficiaries, attackers = _cast(cast.beneficiary, cast.attackers, model.roles, staged.members)
    problems = [
        *_unknown_parties(
            cast.beneficiary, {*model.parties, *model.roles, "parties"}, node, ("default_cast", "beneficiary")
        ),
        *_unknown_parties(
            cast.attackers, {*model.parties, *model.roles, "any", "parties"}, node, ("default_cast", "attackers")
        ),
    ]
    if problems:
        raise BadInput(problems)
    return LoadedCase(
        id=model.id,
        title=model.title,
        as_of=None,
        file=file,
        model=None,
        parties=MappingProxyType(dict(model.parties)),
        zones=MappingProxyType(dict(model.zones)),
        beneficiaries=beneficiaries,
        attackers=attackers,
        main_zone=cast.main_zone,
        required=MappingProxyType(dict(DEFAULT_REQUIRED)),
        required_count=1,
        required_of=None,
        instruments=(staged,),
        expect=model.expect,
    )


def _load_case(content: dict[str, Any], node: Node, file: str) -> LoadedCase:
    drafts, problems = _drafts(content, node, file)
    slim = dict(content)
    if isinstance(content.get("instruments"), list):
        slim["instruments"] = [{"use": str(draft.content.get("id", "unnamed"))} for draft in drafts] or [
            {"use": "none"}
        ]
    model, found = check_part(Case, slim, node)
    problems += found
    if model is None:
        # The instruments are still looked at, so that the author sees every problem at once.
        for draft in drafts:
            problems += _stage(draft, {}, {}, {}, {}, Instrument, names=False)[1]
        raise BadInput(problems)
    problems += late_problems(model, node)
    problems += _case_names(model, node)
    staged_all: list[StagedInstrument] = []
    for draft in drafts:
        extra = _declared_unknowns(model, draft)
        staged, found = _stage(draft, model.parties, model.zones, model.bodies, model.sources, Instrument, extra=extra)
        problems += found
        if staged is not None:
            later = later_sources(staged.model, str(model.as_of))
            staged_all.append(replace(staged, later_sources=later))
            if (late := staged.model.signed) and late not in ("never", "unknown") and str(late) > str(model.as_of):
                place = locate(node, (*draft.cast_at, "use")) if draft.from_library else locate(node, draft.at)
                problems.append(
                    Problem(place, f"`{staged.id}` was signed on {late}, after this case's `as_of` ({model.as_of})")
                )
    problems += _doubled_instruments(staged_all, drafts, node)
    if problems:
        raise BadInput(problems)
    return _loaded(model, staged_all, file)


def _loaded(model: Case, staged: list[StagedInstrument], file: str) -> LoadedCase:
    parties: dict[str, Party] = {}
    for item in staged:
        parties |= item.model.parties
    parties |= model.parties
    beneficiaries, attackers = _cast(model.cast.beneficiary, model.cast.attackers, {}, tuple(model.parties))
    required = dict(DEFAULT_REQUIRED) | {kind: LEVELS.index(level) for kind, level in model.required_level.items()}
    return LoadedCase(
        id=model.case,
        title=model.title or model.case,
        as_of=str(model.as_of),
        file=file,
        model=model,
        parties=MappingProxyType(parties),
        zones=MappingProxyType(dict(model.zones)),
        beneficiaries=beneficiaries,
        attackers=attackers,
        main_zone=model.cast.main_zone,
        required=MappingProxyType(required),
        required_count=model.required_help.at_least,
        required_of=frozenset(model.required_help.of) if model.required_help.of is not None else None,
        instruments=tuple(staged),
        expect=model.expect + tuple(e for s in staged for e in s.model.expect if not s.from_library),
    )


def _cast(
    beneficiary: tuple[str, ...],
    attackers: tuple[str, ...],
    roles: Mapping[str, tuple[str, ...]],
    members: tuple[str, ...],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    everybody = {**roles, "parties": members}
    who = tuple(dict.fromkeys(name for item in beneficiary for name in everybody.get(item, (item,))))
    return who, tuple(dict.fromkeys(name for item in attackers for name in everybody.get(item, (item,))))


def _drafts(content: dict[str, Any], node: Node, file: str) -> tuple[list[_Draft], list[Problem]]:
    """The instruments of a case, those of the library read in; entries of the wrong shape are left to the type check."""
    drafts: list[_Draft] = []
    problems: list[Problem] = []
    entries = content.get("instruments")
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        at: Path = ("instruments", index)
        if not isinstance(entry, dict):
            problems.append(
                Problem(
                    locate(node, at),
                    f"`instruments`: found `{entry}`, expected `use:` and the id of a shipped instrument, or an instrument",
                    f"did you mean `use: {entry}`?" if entry in instrument_ids() else None,
                )
            )
        elif "use" in entry:
            draft, found = _used(entry, node, at)
            problems += found
            if draft is not None:
                drafts.append(draft)
        else:
            drafts.append(_Draft(dict(entry), node, at, file, {}, at, node, from_library=False))
    return drafts, problems


def _used(entry: dict[str, Any], node: Node, at: Path) -> tuple[_Draft | None, list[Problem]]:
    problems = [
        Problem(
            locate(node, (*at, key), at_key=True), f"`{key}` is not a key beside `use`", "known here: use, as, note"
        )
        for key in entry
        if key not in ("use", "as", "note")
    ]
    id = entry["use"]
    if id not in instrument_ids():
        near = nearest(str(id), instrument_ids())
        cure = f"did you mean `{near}`?" if near else "`foedus library` lists them"
        problems.append(Problem(locate(node, (*at, "use")), f"`{id}` is not a shipped instrument", cure))
        return None, problems
    text, shipped_file = instrument_text(id)
    shipped = parse(text, shipped_file)
    content = plain(shipped)
    assert isinstance(content, dict)  # a shipped file; held by a test over the library
    content.pop("foedus", None)
    cast = entry.get("as")
    return _Draft(
        content, shipped, (), shipped_file, cast if isinstance(cast, dict) else {}, (*at, "as"), node, True
    ), problems


def _stage(
    draft: _Draft,
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
    members = tuple(dict.fromkeys([*model.parties, *cast.accede])) if model.parties else tuple(parties)
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


def _sites(content: dict[str, Any], draft: _Draft) -> tuple[list[UnknownSite], list[Problem]]:
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


def _position(draft: _Draft, path: Path) -> Position:
    if path[:1] == ("as",):
        return locate(draft.case_node, (*draft.cast_at, *path[1:]))
    return locate(draft.node, (*draft.at, *path))


def _typed(
    content: dict[str, Any], draft: _Draft, model_type: type[Instrument]
) -> tuple[Instrument | None, As | None, list[Problem]]:
    own = {key: value for key, value in content.items() if key != "as"}
    model, problems = check_part(model_type, own, draft.node, draft.at)
    cast, found = check_part(As, content["as"], draft.case_node, draft.cast_at)
    return model, cast, problems + found


def _instrument_names(
    model: Instrument,
    cast: As,
    draft: _Draft,
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


def _reading_problems(model: Instrument, content: dict[str, Any], draft: _Draft) -> list[Problem]:
    """Each reading must name places that exist and leave a whole instrument behind."""
    problems: list[Problem] = []
    for name, reading in model.readings.items():
        laid = content
        for place, value in reading.set.items():
            position = locate(draft.node, (*draft.at, "readings", name, "set", place))
            try:
                path = parse_path(laid, place)
                if not isinstance(value_at(laid, path[:-1]), (dict, list)) and len(path) > 1:
                    raise KeyError(str(path[-2]))
            except KeyError as missing:
                known = _places(content)
                near = nearest(place, known)
                problems.append(
                    Problem(
                        position,
                        f"reading `{name}`: `{place}` leads nowhere (no `{missing.args[0]}`)",
                        f"did you mean `{near}`?" if near else None,
                    )
                )
                continue
            laid = with_value(laid, path, value)
        _, found = check_part(type(model), {k: v for k, v in laid.items() if k != "as"}, draft.node, draft.at)
        where = locate(draft.node, (*draft.at, "readings", name), at_key=True)
        problems += [replace(p, position=where, message=f"reading `{name}`: {p.message}") for p in found]
    return problems


def _places(content: Mapping[str, Any]) -> list[str]:
    clauses = [f"clauses.{clause['id']}.{field}" for clause in content["clauses"] for field in clause]
    return clauses + [
        f"bodies.{body}.{field}" for body, fields in content.get("bodies", {}).items() for field in fields
    ]


def _positions(model: Instrument, draft: _Draft) -> dict[str, Position]:
    """Where each clause, body and reading stands, by ``clauses.ID`` and so on; ``""`` is the instrument itself."""
    places = {"": locate(draft.node, draft.at)}
    for index, clause in enumerate(model.clauses):
        places[f"clauses.{clause.id}"] = locate(draft.node, (*draft.at, "clauses", index))
    for body in model.bodies:
        places[f"bodies.{body}"] = locate(draft.node, (*draft.at, "bodies", body), at_key=True)
    for reading in model.readings:
        places[f"readings.{reading}"] = locate(draft.node, (*draft.at, "readings", reading), at_key=True)
    return places


def _declared_unknowns(model: Case, draft: _Draft) -> tuple[tuple[Path, Mapping[str, object]], ...]:
    """The case's own list of unknowns, laid over the instrument it names."""
    id = str(draft.content.get("id"))
    found: list[tuple[Path, Mapping[str, object]]] = []
    for unknown in model.unknowns:
        if unknown.may_be and unknown.at.startswith(id + "."):
            try:
                path = parse_path(draft.content, unknown.at.removeprefix(id + "."))
            except KeyError:
                continue  # told by _case_names
            found.append((path, {"may_be": unknown.may_be, "source": list(unknown.source), "note": unknown.note}))
    return tuple(found)


def _case_names(model: Case, node: Node) -> list[Problem]:
    names = Names({}, node, ())
    names.content = {}
    problems: list[Problem] = []
    parties = {*model.parties}
    problems += _unknown_parties(model.cast.beneficiary, parties, node, ("cast", "beneficiary"))
    problems += _unknown_parties(model.cast.attackers, parties | {"any", "OTHER"}, node, ("cast", "attackers"))
    for id, party in model.parties.items():
        problems += _unknown_parties(party.controlled_by, parties, node, ("parties", id, "controlled_by"))
    if model.cast.main_zone is not None and model.cast.main_zone not in model.zones:
        problems += _undeclared(model.cast.main_zone, {*model.zones}, "zone", node, ("cast", "main_zone"))
    uses = [str(u.use) for u in model.instruments if hasattr(u, "use")]
    for index, unknown in enumerate(model.unknowns):
        if unknown.at.split(".")[0] not in uses:
            problems += _undeclared(
                unknown.at.split(".")[0], {*uses}, "instrument of this case", node, ("unknowns", index, "at")
            )
    for index, statement in enumerate(model.statements):
        for ref in statement.source:
            if ref not in model.sources:
                problems += _undeclared(ref, {*model.sources}, "source", node, ("statements", index, "source"))
    for issue, stances in model.board.items():
        problems += _unknown_parties(tuple(stances), parties, node, ("board", issue))
    for index, entry in enumerate(model.ledger):
        problems += _unknown_parties((entry.who, *entry.to), parties, node, ("ledger", index))
    for group, key in ((model.preconditions, "preconditions"), (model.ledger, "ledger"), (model.rivals, "rivals")):
        for index, item in enumerate(group):
            for ref in item.source:
                if ref not in model.sources:
                    problems += _undeclared(ref, {*model.sources}, "source", node, (key, index, "source"))
    return problems


def _unknown_parties(used: tuple[str, ...], known: set[str], node: Node, path: Path) -> list[Problem]:
    return [p for name in used if name not in known for p in _undeclared(name, known, "party", node, path)]


def _undeclared(name: str, known: set[str], what: str, node: Node, path: Path) -> list[Problem]:
    near = nearest(name, sorted(known))
    cure = f"did you mean `{near}`?" if near else f"declared: {', '.join(sorted(known)[:12]) or 'none'}"
    return [Problem(locate(node, path), f"`{name}` is not a declared {what} (at `{'.'.join(map(str, path))}`)", cure)]


def _doubled_instruments(staged: list[StagedInstrument], drafts: list[_Draft], node: Node) -> list[Problem]:
    ids = [item.id for item in staged]
    return [
        Problem(
            locate(node, ("instruments", index)), f"two instruments are called `{id}`", "give each an id of its own"
        )
        for index, id in enumerate(ids)
        if id in ids[:index]
    ]
