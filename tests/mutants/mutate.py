"""Every one-place change of a text that the schema allows, made by walking the models and not chosen by hand.

A mutant changes one field of one clause, of one body or of the whole text: a word for each other word that the model
allows there, a truth for its contrary, a list for the list without one of its items or with one more, a part for none.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal

from pydantic import BaseModel

from foedus.case.paths import with_value
from foedus.case.schema.clause import Body, Clause
from foedus.case.schema.instrument import Exit
from foedus.case.soundness import is_sound
from foedus.case.stage import Path, StagedInstrument

IGNORED = frozenset(
    # Words for readers, sources and names: they say nothing that a reader of the meaning could see.
    {"id", "article", "says", "phrase", "source", "verified", "note", "process", "saves", "title"}
)
HOURS = ("1 h", "400 days")
"""Other lengths of time that are put in: one shorter, one longer than any in the library."""


PARTY_FIELDS = frozenset(
    {"bearers", "to", "consents", "members", "veto", "outside_veto", "attacker", "victim", "who", "except", "by"}
)
TIMES = frozenset({"lasting", "within", "after", "duration", "notice", "earliest"})
MOST_ADDED = 3
"""Names that are put into a list, one at a time: the first ones of their kind."""


class Pools:
    """The names of a text that may stand in a field: clauses, bodies, zones or parties."""

    def __init__(self, staged: StagedInstrument) -> None:
        self._clauses = [clause.id for clause in staged.model.clauses]
        self._bodies = list(staged.model.bodies)
        self._zones = list(staged.model.zones)
        self._parties = list(staged.members)

    def of(self, field: str) -> list[str]:
        if field in ("after", "subject_to", "overrides", "clauses"):
            return self._clauses
        if field in ("unless", "until", "body"):
            return self._bodies
        if field == "by":
            return ["objective", "bearer", "victim", *self._parties]
        return self._zones if field == "zone" else self._parties if field in PARTY_FIELDS else []


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: which field of the schema (as in ``clause.when.kind``), where, and what stands there now."""

    field: str
    path: Path
    value: Any
    staged: StagedInstrument

    @property
    def name(self) -> str:
        where = ".".join(map(str, self.path))
        return f"{self.staged.id}: {where} = {self.value!r}"


def mutants_of(staged: StagedInstrument) -> Iterator[Mutant]:
    """Every mutant of a staged text that the language accepts, in the order of the text."""
    whole = written_out(staged)
    for field, path, value in _changes(whole):
        mutated = _with(whole, path, value)
        if mutated is not None:
            yield Mutant(field, path, value, mutated)


def written_out(staged: StagedInstrument) -> StagedInstrument:
    """The same text with every short form of the language written at length, so that each part can be changed."""
    data = staged.model.model_dump(mode="json", by_alias=True)
    return replace(staged, data=MappingProxyType({**_with_units(data), "as": staged.data["as"]}))


def _with_units(value: Any, key: str = "") -> Any:
    """Lengths of time as an author writes them; the models keep them in hours."""
    if isinstance(value, dict):
        return {name: _with_units(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_with_units(part, key) for part in value]
    return f"{value} h" if key in TIMES and isinstance(value, int) and not isinstance(value, bool) else value


def _changes(staged: StagedInstrument) -> Iterator[tuple[str, Path, Any]]:
    data: Any = staged.data
    pools = Pools(staged)
    for index, clause in enumerate(data["clauses"]):
        yield from _of_model(Clause, clause, ("clauses", index), "clause", pools)
    for id, body in data.get("bodies", {}).items():
        yield from _of_model(Body, body, ("bodies", id), "body", pools)
    if data.get("exit"):
        yield from _of_model(Exit, data["exit"], ("exit",), "exit", pools)
    for word in ("legal", "political"):
        if data["binding"] != word:
            yield "binding", ("binding",), word


def _of_model(
    model: type[BaseModel], content: Mapping[str, Any], at: Path, field: str, pools: Pools
) -> Iterator[tuple[str, Path, Any]]:
    for key, info in model.model_fields.items():
        name = info.alias or key
        if name in IGNORED:
            continue
        here = content.get(name)
        for value in _others(info.annotation, here, pools.of(name)):
            if value != here and not (here is None and value in (None, [], False, "none")):
                yield f"{field}.{name}", (*at, name), value
        inner = _model_in(info.annotation)
        if inner is not None and isinstance(here, Mapping):
            yield from _of_model(inner, here, (*at, name), f"{field}.{name}", pools)


def _others(annotation: Any, here: Any, names: list[str]) -> Iterator[Any]:
    """Other values that a type allows: those its words name, and for a list one less or one more."""
    words = list(_words_in(annotation))
    lists = _is_list(annotation)
    if bool in _parts(annotation):
        yield not here
    if lists and words:
        yield from ([word] for word in words)
        yield from _one_less(here)
    elif lists:
        yield from _one_less(here)
        yield from _one_more(here, names)
    else:
        yield from words
    if type(None) in _parts(annotation) and here is not None:
        yield None
    if int in _parts(annotation) and not lists:
        yield from HOURS
        yield from (0, 1)
    if str in _parts(annotation) and not words and not lists and isinstance(here, str) and names:
        yield from names[:MOST_ADDED]


def _one_less(here: Any) -> Iterator[list[Any]]:
    if isinstance(here, list):
        yield from (here[:place] + here[place + 1 :] for place in range(len(here)))


def _one_more(here: Any, names: list[str]) -> Iterator[list[Any]]:
    listed = [here] if isinstance(here, str) else list(here) if isinstance(here, list) else []
    yield from ([*listed, name] for name in names[:MOST_ADDED] if name not in listed)


def _parts(annotation: Any) -> list[Any]:
    """The alternatives of a type, annotations and unions taken apart."""
    if typing.get_origin(annotation) is typing.Annotated:
        return _parts(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return [part for item in typing.get_args(annotation) for part in _parts(item)]
    return [annotation]


def _words_in(annotation: Any) -> Iterator[Any]:
    for part in _parts(annotation):
        if typing.get_origin(part) is Literal:
            yield from typing.get_args(part)
        elif typing.get_origin(part) is tuple:
            yield from _words_in(typing.get_args(part)[0])


def _is_list(annotation: Any) -> bool:
    return any(typing.get_origin(part) is tuple for part in _parts(annotation))


def _model_in(annotation: Any) -> type[BaseModel] | None:
    return next((p for p in _parts(annotation) if isinstance(p, type) and issubclass(p, BaseModel)), None)


def _with(staged: StagedInstrument, path: Path, value: Any) -> StagedInstrument | None:
    if any(site.path[: len(path)] == path or path[: len(site.path)] == site.path for site in staged.unknowns):
        return None  # what nobody knows is no statement of the text that could be changed
    data: Any = with_value(dict(staged.data), path, value)
    try:
        model = type(staged.model).model_validate({key: part for key, part in data.items() if key != "as"})
    except ValueError:
        return None
    mutated = replace(staged, data=MappingProxyType(data), model=model)
    return mutated if is_sound(mutated) else None
