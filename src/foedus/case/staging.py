"""Putting one instrument on stage: its unknowns found, every value they may take checked, its names held."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from foedus.case.mending import mended
from foedus.case.mentions import TEXT_OR_ALL, reading_problem
from foedus.case.names import Known, Names, check_names, check_parts
from foedus.case.paths import dotted, path_to, with_value
from foedus.case.places import Places
from foedus.case.resolve import completions, form_of, resolve
from foedus.case.schema.base import Party, Source, Zone
from foedus.case.schema.clause import Body
from foedus.case.schema.instrument import As, Instrument
from foedus.case.silences import silence_problems
from foedus.case.soundness import Checked, soundness_problems
from foedus.case.stage import Path, StagedInstrument, UnknownSite
from foedus.case.tree import Node, locate
from foedus.case.unknowns import find_unknowns
from foedus.case.validate import check_part
from foedus.case.variants import LIMIT_LOOKED_AT, Variant, first_option, other_option, variants
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

    @property
    def places(self) -> Places:
        """Where each part of the instrument and of its cast stands."""
        return Places(self.node, self.at).with_part(("as",), self.case_node, self.cast_at)


@dataclass(frozen=True, slots=True)
class Laid:
    """A value that the case lays over an instrument: its path there, and where it stands in the case."""

    path: Path
    value: Mapping[str, object]
    at: Path


@dataclass(frozen=True, slots=True)
class Declared:
    """What the case declares for all its instruments."""

    parties: Mapping[str, Party] = field(default_factory=dict)
    zones: Mapping[str, Zone] = field(default_factory=dict)
    bodies: Mapping[str, Body] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)


def stage(
    draft: Draft, declared: Declared | None, model_type: type[Instrument], *, laid: tuple[Laid, ...] = ()
) -> tuple[StagedInstrument | None, list[Problem]]:
    """Put one instrument on stage: its unknowns found, and the text, each value and each reading checked.

    Where it is not known what the case declares, names are not looked at, and nothing comes on stage.
    """
    content: dict[str, Any] = {**draft.content, "as": draft.cast}
    places = draft.places
    for value in laid:
        content = with_value(content, value.path, value.value)
        places = places.with_part(value.path, draft.case_node, value.at)
    first, sites, without_values = _sites(content)
    for site in sites:
        places = places.with_part(site.path, *first_option(places, site.path))
    base, found = _checked(first, places, draft, declared, model_type)
    told_there = {place for path in without_values for place in places.within(path)}
    problems = [_no_values(content, path, places) for path in without_values]
    problems += [problem for problem in found if problem.position not in told_there]
    if declared is None or base is None:
        return None, problems
    problems += _of_variants(variants(first, sites, places, base.model.readings), base, draft, declared, problems)
    if problems:
        return None, problems
    model, cast, members = base.model, base.cast, base.members
    merged = dict(first)
    merged["parties"] = {
        **first.get("parties", {}), **{id: p.model_dump(by_alias=True) for id, p in declared.parties.items()}
    }  # fmt: skip
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
        sources=MappingProxyType({**declared.sources, **model.sources}),
    )
    return staged, _silences(staged, places)


def _sites(content: dict[str, Any]) -> tuple[dict[str, Any], list[UnknownSite], list[Path]]:
    """The content with the first value of each unknown, the unknowns, and the places of those without any value."""
    sites: list[UnknownSite] = []
    without_values: list[Path] = []
    first = content
    for path, options, remarks in find_unknowns(content):
        if not options:
            without_values.append(path)
            continue
        source = remarks.get("source", ())
        note = remarks.get("note")
        refs = (source,) if isinstance(source, str) else tuple(source) if isinstance(source, (list, tuple)) else ()
        name = dotted(content, path)
        sites.append(UnknownSite(name, path, options, str(note) if note else None, tuple(map(str, refs))))
        first = with_value(first, path, options[0])
    return first, sites, without_values


def _no_values(content: Mapping[str, Any], path: Path, places: Places) -> Problem:
    return Problem(
        places.of(path), f"`may_be` at `{dotted(content, path)}` needs a list of values", "like `{may_be: [.., ..]}`"
    )


@dataclass(frozen=True, slots=True)
class _Base:
    """The text with the first value of each unknown, typed, and what it declares."""

    model: Instrument
    cast: As
    members: tuple[str, ...]
    known: Known


def _checked(
    content: dict[str, Any], places: Places, draft: Draft, declared: Declared | None, model_type: type[Instrument]
) -> tuple[_Base | None, list[Problem]]:
    """One content without unknowns: its types, then its names as far as the types allow, then whether it can work."""
    own = {key: value for key, value in content.items() if key != "as"}
    model, problems = check_part(model_type, own, places)
    cast, found = check_part(As, content["as"], places, ("as",))
    problems += found
    seen, right = (model, own) if model is not None else mended(model_type, own)
    seen_cast, right_cast = (cast, content["as"]) if cast is not None else mended(As, content["as"])
    if declared is None or seen is None or seen_cast is None:
        return None, problems
    known = _known(seen, draft, declared)
    told = {problem.position for problem in problems}
    found = _instrument_names(seen, seen_cast, {**right, "as": right_cast}, places, draft, declared, known)
    problems += [problem for problem in found if problem.position not in told]
    if model is None or cast is None:
        return None, problems
    base = _Base(model, cast, _members(model, cast, declared), known)
    return base, problems or _soundness(model, base, places, draft, declared)


def _members(model: Instrument, cast: As, declared: Declared) -> tuple[str, ...]:
    own = model.members or tuple(model.parties)
    return tuple(dict.fromkeys([*own, *cast.accede])) if own else tuple(declared.parties)


def _known(model: Instrument, draft: Draft, declared: Declared) -> Known:
    parties = {**model.parties, **declared.parties}
    return Known(
        parties=frozenset(parties),
        roles=frozenset(model.roles),
        bodies=frozenset({*model.bodies, *declared.bodies}),
        zones=frozenset(model.zones if draft.from_library or model.zones else declared.zones),
        sources=frozenset({*model.sources, *declared.sources}),
        clauses=frozenset(clause.id for clause in model.clauses),
        called={party.name: id for id, party in parties.items()},
    )


def _soundness(model: Instrument, base: _Base, places: Places, draft: Draft, declared: Declared) -> list[Problem]:
    whole = model.model_copy(update={"parties": {**model.parties, **declared.parties}})
    form = form_of(whole, base.cast, base.members)
    return soundness_problems(Checked(whole, base.cast, base.members, form, draft.from_library, places))


def _of_variants(
    found: Iterator[Variant], base: _Base, draft: Draft, declared: Declared, problems: Sequence[Problem]
) -> Iterator[Problem]:
    """What is wrong with a variant and not with the text, each once, at the value that brings it about."""
    told = {(problem.position, problem.message) for problem in problems}
    looked_at = 0
    for variant in found:
        looked_at += variant.size
        if looked_at > LIMIT_LOOKED_AT:
            yield Problem(
                draft.places.of(()),
                f"the open values and readings of `{base.model.id}` make too many texts to look at each",
                "leave fewer values open, or divide the instrument",
            )
            return
        for problem in _of_variant(variant, base, draft, declared):
            inside = any(problem.position in variant.places.within(path) for path in variant.inside)
            position = problem.position if inside else variant.place
            placed = replace(problem, position=position, message=variant.named + problem.message)
            if {(problem.position, problem.message), (placed.position, placed.message)}.isdisjoint(told):
                told.add((placed.position, placed.message))
                yield placed


def _of_variant(variant: Variant, base: _Base, draft: Draft, declared: Declared) -> list[Problem]:
    if not variant.is_slice:
        return _checked(variant.content, variant.places, draft, declared, type(base.model))[1]
    own = {key: value for key, value in variant.content.items() if key != "as"}
    model, problems = check_part(type(base.model), own, variant.places)
    if model is None:
        return problems
    names = Names(variant.content, variant.places, base.known.called)
    problems = [*check_parts(model, names, base.known)]
    rest = {key: getattr(base.model, key) for key in ("parties", "roles", "zones", "members")}
    return problems or _soundness(model.model_copy(update=rest), base, variant.places, draft, declared)


def _silences(staged: StagedInstrument, places: Places) -> list[Problem]:
    """Values of several unknowns, each right on its own, that together give one choice two silences."""
    values = [staged.data, *(site.options for site in staged.unknowns)]
    if not (staged.unknowns or staged.readings) or not _says_yes([*values, *_set(staged)]):
        return []
    forms = [(reading, values) for reading in (None, *staged.readings) for values in completions(staged, reading).tried]
    for reading, completion in forms[: max(1, LIMIT_LOOKED_AT // len(staged.model.clauses))]:
        chosen = dict(completion)
        tried = places
        for site in staged.unknowns:
            index = site.options.index(chosen[site.name]) if site.name in chosen else 0
            tried = tried.with_part(site.path, *other_option(places, site.path, index))
        if found := silence_problems(resolve(staged, reading, completion), tried):
            return found
    return []


def _set(staged: StagedInstrument) -> Iterator[object]:
    return (value for reading in staged.model.readings.values() for value in reading.set.values())


def _says_yes(content: object) -> bool:
    """Whether silence says yes anywhere in it: where it says no everywhere nothing can differ."""
    if isinstance(content, Mapping):
        return content.get("silence") == "yes" or any(_says_yes(part) for part in content.values())
    return isinstance(content, (list, tuple)) and any(_says_yes(part) for part in content)


def _instrument_names(
    model: Instrument,
    cast: As,
    content: dict[str, Any],
    places: Places,
    draft: Draft,
    declared: Declared,
    known: Known,
) -> list[Problem]:
    everybody = known.parties
    names = Names(content, places, known.called)
    check_names(model, names, known)
    for party in cast.accede:
        names.need(("as", "accede"), party, everybody, "party")
    for role, fillers in cast.roles.items():
        names.need(("as", "roles"), role, model.roles, "role of this instrument")
        for party in fillers:
            names.need(("as", "roles", role), party, everybody, "party")
    for here, there in cast.zones.items():
        names.need(("as", "zones"), here, declared.zones, "zone of this case")
        names.need(("as", "zones", here), there, model.zones, "zone of this instrument")
    for zone in declared.zones if draft.from_library and model.zones else ():
        if zone not in cast.zones:
            names.problems.append(
                Problem(
                    locate(draft.case_node, draft.cast_at[:-1]),
                    f"the zone `{zone}` is not matched with a zone of `{model.id}` ({', '.join(model.zones)})",
                    f"add `as: {{zones: {{{zone}: {next(iter(model.zones))}}}}}` (or `{{may_be: [..]}}`)",
                )
            )
    for index, expect in enumerate(model.expect):
        if expect.instrument not in (None, model.id):
            names.need(("expect", index, "instrument"), str(expect.instrument), [model.id], "instrument of this file")
        if expect.reading not in (None, *TEXT_OR_ALL, *model.readings):
            names.problems.append(reading_problem(expect, list(model.readings), model.id, places, index))
    return [*names.problems, *_reading_problems(model, content, places)]


def _reading_problems(model: Instrument, content: Mapping[str, Any], places: Places) -> Iterator[Problem]:
    """The places that a reading names must be there; what it sets there is looked at as a text of its own."""
    for name, reading in model.readings.items():
        laid = content
        for place, value in reading.set.items():
            path = path_to(laid, place)
            if path is None:
                yield Problem(
                    places.of(("readings", name, "set", place)),
                    f"reading `{name}`: `{place}` leads nowhere in the instrument",
                    _nearest_place(content, place),
                )
            else:
                laid = with_value(laid, path, value)


def _nearest_place(content: Mapping[str, Any], place: str) -> str:
    near = nearest(place, places_in(content))
    return f"did you mean `{near}`?" if near else "a path like `clauses.ID.response.least`"


def places_in(content: Mapping[str, Any]) -> list[str]:
    """The paths of every field of every clause and body, in the author's words."""
    clauses, bodies = content.get("clauses"), content.get("bodies")
    return [
        f"clauses.{clause.get('id')}.{field}"
        for clause in (clauses if isinstance(clauses, list) else ())
        if isinstance(clause, Mapping)
        for field in clause
    ] + [
        f"bodies.{body}.{field}"
        for body, fields in (bodies if isinstance(bodies, Mapping) else {}).items()
        if isinstance(fields, Mapping)
        for field in fields
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
    for index in range(len(model.expect)):
        places[f"expect.{index}"] = locate(draft.node, (*draft.at, "expect", index))
        places[f"expect.{index}.rule"] = locate(draft.node, (*draft.at, "expect", index, "rule"))
    return places
