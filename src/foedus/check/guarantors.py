"""Who gives a promise: the list of guarantors of a text, and the same text with another list."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from foedus.case.resolve import resolve
from foedus.case.schema.instrument import Instrument, Reading
from foedus.case.soundness import is_sound
from foedus.case.stage import LoadedCase, StagedInstrument, UnknownSite

LISTS_OF_PARTIES: Final = ("bearers", "to", "members", "veto", "outside_veto", "consents", "by", "who")
"""Fields whose lists name parties: who leaves a text leaves them all."""


def guarantors_of(case: LoadedCase, staged: StagedInstrument) -> tuple[str, ...]:
    """Who owes the beneficiary anything under the text, in the order of the text; nobody protects itself."""
    found = dict.fromkeys(
        bearer
        for clause in resolve(staged).clauses
        if clause.kind == "obligation" and clause.beneficiaries.intersection(case.beneficiaries)
        for bearer in clause.bearers
        if bearer not in case.beneficiaries
    )
    return tuple(found)


def with_guarantors(case: LoadedCase, staged: StagedInstrument, wanted: Sequence[str]) -> StagedInstrument | None:
    """The text with this list of guarantors in place of its own; ``None`` where the text does not allow it.

    Who is added joins the lists of those bound towards the beneficiary, by the role that stands there where there is
    one, and so every body that is made of that role; a vote that the text gives by name stays with that name. Who is
    dropped leaves every list of the text. What was unknown of the roles is then known.
    """
    here = guarantors_of(case, staged)
    dropped = frozenset(here) - frozenset(wanted)
    added = tuple(id for id in wanted if id not in here)
    bound = _bound(case, staged)
    if not wanted or not bound:
        return None
    data = _without_clauses_of(_without(dict(staged.data), dropped))
    cast = data.get("as", {})
    roles = {name: _listed(held) for name, held in {**data.get("roles", {}), **cast.get("roles", {})}.items()}
    joined = [name for name in dict.fromkeys(name for names in bound.values() for name in names) if name in roles]
    for name in joined:
        roles[name] = list(dict.fromkeys((*roles[name], *added)))
    members = [id for id in staged.members if id not in dropped]
    if any("parties" in names for names in bound.values()):
        members = list(dict.fromkeys((*members, *added)))
    elif not joined:
        data["clauses"] = [
            _with_bearers(clause, added) if clause["id"] in bound else clause for clause in data["clauses"]
        ]
    data |= {"roles": roles, "as": {**cast, "roles": {}}}
    return _staged(staged, data, tuple(members))


def _bound(case: LoadedCase, staged: StagedInstrument) -> dict[str, tuple[str, ...]]:
    """The clauses that bind somebody towards the beneficiary, each with the names under which the text binds them."""
    written = {clause.id: clause for clause in staged.model.clauses}
    return {
        clause.id: written[clause.id].bearers
        for clause in resolve(staged).clauses
        if clause.kind == "obligation"
        and clause.beneficiaries.intersection(case.beneficiaries)
        and any(bearer not in case.beneficiaries for bearer in clause.bearers)
    }


def _without(value: Any, dropped: Collection[str], field: str = "") -> Any:  # noqa: ANN401  plain content of any shape
    """The content without some parties in any list of parties, and without what the text says of them alone."""
    if isinstance(value, Mapping):
        return {
            key: _without(item, dropped, "members" if field == "roles" else str(key))
            for key, item in value.items()
            if not (field == "weights" and key in dropped)
        }
    if isinstance(value, str) and field in LISTS_OF_PARTIES and value in dropped:
        return []
    if isinstance(value, (list, tuple)) and field in LISTS_OF_PARTIES:
        return [item for item in value if item not in dropped]
    if isinstance(value, (list, tuple)):
        return [_without(item, dropped, field) for item in value]
    return value


def _without_clauses_of(data: dict[str, Any]) -> dict[str, Any]:
    """The content without clauses that only those who left had borne, and without what waited for such a clause."""
    gone = {clause["id"] for clause in data["clauses"] if clause["kind"] != "declaration" and not clause["bearers"]}
    kept = [clause for clause in data["clauses"] if clause["id"] not in gone and clause["bearers"]]
    waiting = [
        {**clause, "after": [id for id in _listed(clause.get("after", [])) if id not in gone]} for clause in kept
    ]
    return {**data, "clauses": waiting if gone else data["clauses"]}


def _listed(held: object) -> list[str]:
    return [held] if isinstance(held, str) else [str(id) for id in held] if isinstance(held, (list, tuple)) else []


def _with_bearers(clause: Mapping[str, Any], added: Sequence[str]) -> dict[str, Any]:
    return {**clause, "bearers": list(dict.fromkeys((*_listed(clause["bearers"]), *added)))}


def _staged(staged: StagedInstrument, data: dict[str, Any], members: tuple[str, ...]) -> StagedInstrument | None:
    try:
        model = type(staged.model).model_validate({key: value for key, value in data.items() if key != "as"})
    except ValueError:
        return None
    result = replace(
        staged,
        data=MappingProxyType(data),
        model=model.model_copy(update={"readings": _without_lists(model)}),
        members=members,
        unknowns=tuple(_moved(staged, data)),
    )
    return result if is_sound(result) else None


def _without_lists(model: Instrument) -> dict[str, Reading]:
    """The readings without what they say of who the guarantors are: that is what is asked here."""
    kept = {
        name: {at: value for at, value in reading.set.items() if not at.startswith("roles.")}
        for name, reading in model.readings.items()
    }
    return {name: model.readings[name].model_copy(update={"set": of_text}) for name, of_text in kept.items() if of_text}


def _moved(staged: StagedInstrument, data: Mapping[str, Any]) -> Iterator[UnknownSite]:
    """The unknown values that are left, each at the place where its clause stands once others are gone."""
    places = {clause["id"]: place for place, clause in enumerate(data["clauses"])}
    for site in staged.unknowns:
        if _is_of_roles(site):
            continue
        if site.path[:1] != ("clauses",):
            yield site
            continue
        id = staged.data["clauses"][site.path[1]]["id"]  # type: ignore[index]  # plain content as written
        if id in places:
            yield replace(site, path=("clauses", places[id], *site.path[2:]))


def _is_of_roles(site: UnknownSite) -> bool:
    return site.path[:1] == ("roles",) or site.path[:2] == ("as", "roles")
