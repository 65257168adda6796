"""A common stage for texts that no case casts: the same states, attackers, places and incidents for all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from foedus.case.ladders import KINDS, OBJECTS
from foedus.case.resolve import completions, resolve
from foedus.case.schema.base import Party, Zone
from foedus.case.schema.instrument import As, Incidents
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.errors import BadInput, Problem
from foedus.wording import Speaker, listed

MAIN: Final = "main-place"
MAIN_WORDS: Final = "the main place of each text"


@dataclass(frozen=True, slots=True)
class Stage:
    """Texts put on one stage, and what had to be assumed for it, in words."""

    case: LoadedCase
    assumed: tuple[str, ...]


def on_stage(loaded: Sequence[LoadedCase], names: Sequence[str]) -> Stage:
    """Put texts that were loaded alone on one stage; ``names`` are what the user called them.

    They are compared in the protection of a state that each protects, against every attacker that one of them looks at,
    in the places and incidents that all of them look at. Raises ``BadInput`` where no state is protected by all.
    """
    texts = [one.instruments[0] for one in loaded]
    parties = _parties(loaded)
    protected = [_protected(text) for text in texts]
    beneficiaries = _beneficiaries(loaded, protected)
    if not beneficiaries:
        raise BadInput([_no_common_beneficiary(loaded)])
    zones, casts, main, left_out = _zones(loaded)
    incidents = _incidents(texts)
    if incidents.kinds == () or incidents.objects == ():
        told = listed(f"`{name}`" for name in names)
        raise BadInput([Problem(None, f"no kind of incident is looked at by all of {told}", "write a case for them")])
    staged = tuple(
        _cast(text, cast, parties, incidents) for text, cast in zip(told_apart(texts, names), casts, strict=True)
    )
    first = loaded[0]
    case = LoadedCase(
        id="comparison",
        title=" and ".join(one.model.short or one.model.title for one in staged),
        as_of=None,
        file=first.file,
        model=None,
        parties=MappingProxyType(parties),
        zones=MappingProxyType(zones),
        beneficiaries=beneficiaries,
        attackers=tuple(dict.fromkeys(name for one in loaded for name in one.attackers)),
        main_zone=main,
        required=first.required,
        required_count=1,
        required_of=None,
        instruments=staged,
        expect=(),
        mentions=(),
    )
    return Stage(case, tuple(_assumed(case, loaded, left_out)))


def _parties(loaded: Sequence[LoadedCase]) -> dict[str, Party]:
    """All parties; what one file says of weapons and control holds for all."""
    found: dict[str, Party] = {}
    for one in loaded:
        for id, party in one.parties.items():
            known = found.setdefault(id, party)
            control = tuple(dict.fromkeys((*known.controlled_by, *party.controlled_by)))
            found[id] = known.model_copy(update={"nuclear": known.nuclear or party.nuclear, "controlled_by": control})
    return found


def _protected(text: StagedInstrument) -> frozenset[str]:
    """Whom others owe something, under the text alone and some value of what is not known."""
    return frozenset(
        victim
        for completion in completions(text, None).tried
        for clause in resolve(text, None, completion).clauses
        if clause.kind == "obligation"
        for victim in clause.beneficiaries
        if any(bearer != victim for bearer in clause.bearers)
    )


def _beneficiaries(loaded: Sequence[LoadedCase], protected: Sequence[frozenset[str]]) -> tuple[str, ...]:
    """Those whom every file names as the ones it protects; else those whom one names and the others protect as well.

    A pact of many names one member as an example: it protects the others in the same way.
    """
    named = [one.beneficiaries for one in loaded]
    everybody = tuple(dict.fromkeys(name for names in named for name in names))
    by_all = tuple(name for name in everybody if all(name in names for names in named))
    if by_all:
        return by_all
    return tuple(
        name
        for name in everybody
        if all(name in names or name in helped for names, helped in zip(named, protected, strict=True))
    )


def _no_common_beneficiary(loaded: Sequence[LoadedCase]) -> Problem:
    told = []
    for one in loaded:
        speaker = Speaker(one)
        told.append(f"{speaker.instrument(one.instruments[0].id)} protects {speaker.some(one.beneficiaries)}")
    return Problem(
        None,
        f"the texts have no state in common that each protects: {'; '.join(told)}",
        "write a case in which both are cast for one state (`use: ..` with `as: ..`), then `--case CASE`",
    )


Zones = tuple[dict[str, Zone], list[dict[str, str]], str | None, dict[str, tuple[str, ...]]]


def _zones(loaded: Sequence[LoadedCase]) -> Zones:
    """The places on stage, how each text calls them, the main one, and what only some of the texts know.

    A text without places of its own covers all. The main place of one text counts as the main place of another, places
    of one name as one place; a place that another text with places does not know is left out.
    """
    own = [dict(one.zones) for one in loaded]
    with_zones = [zones for zones in own if zones]
    mains = [one.main_zone for one in loaded if one.zones]
    shared = [
        zone for zone in dict.fromkeys(z for zones in with_zones for z in zones) if all(zone in z for z in own if z)
    ]
    main = mains[0] if mains and len(set(mains)) == 1 else None
    casts: list[dict[str, str]] = [{} for _ in loaded]
    places = {zone: with_zones[0][zone] for zone in shared}
    if main is None and mains and all(mains):
        main = MAIN
        places = {MAIN: Zone(what=MAIN_WORDS)} | {zone: what for zone, what in places.items() if zone not in mains}
        for cast, one in zip(casts, loaded, strict=True):
            if one.zones and one.main_zone is not None:
                cast[MAIN] = one.main_zone
    left_out = {
        one.id: tuple(zone for zone in one.zones if zone not in places and not (main == MAIN and zone == one.main_zone))
        for one in loaded
    }
    return places, casts, main, left_out


def _incidents(texts: Sequence[StagedInstrument]) -> Incidents:
    declared = [text.model.incidents for text in texts]
    return Incidents.model_validate(
        {
            "kinds": [kind for kind in KINDS if all(kind in (one.kinds or KINDS) for one in declared)],
            "objects": [object for object in OBJECTS if all(object in (one.objects or OBJECTS) for one in declared)],
            "provoked": any(one.provoked for one in declared),
        }
    )


def told_apart(texts: Sequence[StagedInstrument], names: Sequence[str]) -> tuple[StagedInstrument, ...]:
    """The texts, those with one id told apart by what the user called them."""
    ids = [text.id for text in texts]
    found: list[StagedInstrument] = []
    for text, name in zip(texts, names, strict=True):
        if ids.count(text.id) == 1:
            found.append(text)
            continue
        again = any(other.id == name for other in found)
        id = f"{name} (again)" if again else name
        mark = "again" if again else name
        short = text.model.short or text.model.title
        if id != text.id:
            short = f"{short} ({mark})"
        found.append(replace(text, id=id, model=text.model.model_copy(update={"short": short})))
    return tuple(found)


def _cast(
    text: StagedInstrument,
    zones: dict[str, str],
    parties: dict[str, Party],
    incidents: Incidents,
) -> StagedInstrument:
    cast = As(zones=zones)
    data = {
        **text.data,
        "as": cast.model_dump(by_alias=True),
        "parties": {id: party.model_dump(by_alias=True) for id, party in parties.items()},
    }
    model = text.model.model_copy(update={"incidents": incidents})
    return replace(text, model=model, data=MappingProxyType(data), staged_as=cast)


def _assumed(case: LoadedCase, loaded: Sequence[LoadedCase], left_out: dict[str, tuple[str, ...]]) -> Iterator[str]:
    speaker = Speaker(case)
    every = "both" if len(loaded) == 2 else "all"
    yield f"{every} are looked at for the protection of {speaker.parties(case.beneficiaries)}"
    if case.main_zone == MAIN:
        places = dict.fromkeys(one.name(one.main_zone) for one in loaded if one.main_zone is not None)
        yield f"the main place of one text counts as that of another ({'; '.join(places)})"
    for one in loaded:
        if left_out[one.id]:
            told = listed(one.zones[zone].what for zone in left_out[one.id])
            yield f"not compared, since only {Speaker(one).instrument(one.instruments[0].id)} knows it: {told}"
    for id in case.parties:
        names = dict.fromkeys(one.parties[id].name for one in loaded if id in one.parties)
        if len(names) > 1:
            yield f"{listed(names)} count as one and the same state"
