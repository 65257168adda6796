"""What was changed between two texts as their authors wrote them: clauses and bodies, field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from foedus.case.paths import dotted
from foedus.case.schema.clause import Body, Clause
from foedus.case.stage import StagedInstrument
from foedus.case.unknowns import describe_option
from foedus.check.as_written import told_hours

UNTOLD: Final = frozenset({"id", "article", "says", "phrase", "source", "verified", "note"})
"""Fields that say where a clause is from and not what it means."""
DEEPER: Final = frozenset({"when", "response"})
"""Fields whose own fields are told one by one."""
OF_THE_TEXT: Final = ("binding", "paper", "status", "members", "roles", "exit", "dormant_until")
CLOCKS: Final = frozenset({"duration", "notice", "earliest", "lasting"})
"""Fields that are lengths of time, in hours."""
How = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field with what it was and what it is, in the author's words; several values where nobody knows which."""

    place: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A clause, a body or the text as a whole that was added, removed or changed."""

    what: Literal["clause", "body", "text"]
    id: str
    how: How
    says: str = ""
    fields: tuple[FieldChange, ...] = ()


def changes(old: StagedInstrument, new: StagedInstrument) -> tuple[Change, ...]:
    """Return what differs between two drafts, clauses first, in the order of the new one and then of the old."""
    olds, news = _clauses(old), _clauses(new)
    found = [*_compared("clause", "clauses", old, new, olds, news)]
    found += _compared("body", "bodies", old, new, _bodies(old), _bodies(new))
    whole = _fields(old, new, _dumped(old, OF_THE_TEXT), _dumped(new, OF_THE_TEXT), "")
    if whole:
        found.append(Change("text", new.model.id, "changed", "", whole))
    return tuple(found)


def _clauses(staged: StagedInstrument) -> dict[str, Clause]:
    return {clause.id: clause for clause in staged.model.clauses}


def _bodies(staged: StagedInstrument) -> dict[str, Body]:
    return dict(staged.model.bodies)


def _compared(
    what: Literal["clause", "body"],
    at: str,
    old: StagedInstrument,
    new: StagedInstrument,
    olds: Mapping[str, Clause] | Mapping[str, Body],
    news: Mapping[str, Clause] | Mapping[str, Body],
) -> Iterator[Change]:
    for id, part in news.items():
        if id not in olds:
            yield Change(what, id, "added", _says(part))
            continue
        fields = _fields(old, new, _flat(olds[id]), _flat(part), f"{at}.{id}.")
        if fields:
            yield Change(what, id, "changed", _says(part), fields)
    for id, part in olds.items():
        if id not in news:
            yield Change(what, id, "removed", _says(part))


def _says(part: Clause | Body) -> str:
    return (part.says if isinstance(part, Clause) else None) or part.note or ""


def _dumped(staged: StagedInstrument, names: tuple[str, ...]) -> dict[str, object]:
    content = staged.model.model_dump(by_alias=True, mode="json")
    found: dict[str, object] = {}
    for name in names:
        value = content.get(name)
        if isinstance(value, dict):
            found |= {f"{name}.{key}": item for key, item in value.items() if key not in UNTOLD}
        else:
            found[name] = value
    return found


def _flat(part: Clause | Body) -> dict[str, object]:
    """The fields of a clause or body, those of its trigger and response one by one."""
    found: dict[str, object] = {}
    for name, value in part.model_dump(by_alias=True, mode="json").items():
        if name in UNTOLD:
            continue
        if name in DEEPER:
            found |= {f"{name}.{key}": item for key, item in (value or {}).items()}
        else:
            found[name] = value
    return found


def _fields(
    old: StagedInstrument, new: StagedInstrument, before: Mapping[str, object], after: Mapping[str, object], at: str
) -> tuple[FieldChange, ...]:
    found = []
    for name in dict.fromkeys((*before, *after)):
        place = at + name
        was = _values(old, place, before.get(name))
        now = _values(new, place, after.get(name))
        if was != now:
            found.append(FieldChange(place, was, now))
    return tuple(found)


def _values(staged: StagedInstrument, place: str, value: object) -> tuple[str, ...]:
    """What stands there; every value that it may have where nobody knows."""
    for site in staged.unknowns:
        if dotted(staged.data, site.path) == place:
            return tuple(described(option) for option in site.options)
    if isinstance(value, int) and not isinstance(value, bool) and place.rsplit(".", maxsplit=1)[-1] in CLOCKS:
        return (told_hours(value),)
    return (described(value),)


def described(value: object) -> str:
    """A value in the author's own words, without what is left at its default."""
    if isinstance(value, Mapping):
        if {"to", "within", "from"} <= value.keys():
            within = value["within"]
            time = told_hours(within) if isinstance(within, int) else f"a time that is {within}"
            return f"to {value['to']} within {time} of the {value['from']}"
        if set(value) == {"after", "level"} and isinstance(value["after"], int):
            return f"{described(value['level'])} after {told_hours(value['after'])}"
        kept = {key: item for key, item in value.items() if item not in (None, [], (), {}, False, "no")}
        if set(kept) == {"attack"}:  # one judge, of the attack alone, is written as a single word
            return described(kept["attack"])
        if set(kept) == {"by"}:
            return described(kept["by"])
        return ", ".join(f"{key} {described(item)}" for key, item in kept.items()) or "none"
    if isinstance(value, (list, tuple)):
        return ", ".join(described(item) for item in value) or "none"
    return describe_option(value)
