"""From plain content to a typed part of a case, with every violation told in the author's words and place."""

import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from foedus.case.paths import value_at
from foedus.case.places import Places
from foedus.case.stage import Path
from foedus.errors import Problem, nearest

Model = TypeVar("Model", bound=BaseModel)

EXPECTED: Final[Mapping[str, str]] = {
    "rule": "`each`, `unanimity`, `majority`, `{at_least: 9}` or `{share: 2/3}`",
    "members": "a list of parties, a role, or groups like `{permanent: [US], elected: {anonymous: 10}}`",
    "attacker": "`any`, `outsiders`, parties, or `{except: [..]}`",
    "deadline": "`none`, `unknown` or `{to: meet, within: 72 h, from: request}`",
    "judge": "`objective`, `bearer`, `victim`, a party, `{body: ..}` or `unknown`",
    "duration": "a length of time like `10 years`, `indefinite` or `unknown`",
    "response": "`{least: [arm]}`",
    "decision": "a body, or `{body: .., matter: ..}`",
    "excluded": "`nobody`, `attacker` or `disputants`",
    "least": "a list of acts like `[arm]`, or `unknown`",
    "most": "a list of acts, or `unknown`",
    "cast": "`{beneficiary: .., attackers: any}`",
    "foedus": "`1`, the version of this format",
    "instruments": "a list of shipped instruments (`- use: ID`) or of instruments written out (`- id: ..`)",
    "clauses": "a list, each entry beginning with `- id: ..`",
    "parties": "names, each with what it is, like `Vale: {name: Vale}`",
    "zones": "names, each with what it is, like `east: {what: the east}`",
    "bodies": "names, each with what it is, like `council: {members: [A, B], rule: majority, excluded: nobody}`",
    "sources": "names, each with what it is, like `news: {kind: news-report}`",
    "readings": "names, each with what it is, like `strict: {held_by: .., says: .., set: {..}}`",
    "required_level": "kinds of incident, each with a level, like `{full_invasion: arms}`",
    "required_help": "how many, like `{at_least: 2}`",
    "expect": "a list of expectations like `{rule: .., verdict: holds, by: .., on: .., why: ..}`",
    "questions": "a list of questions like `{id: Q1, asks: .., from: ..}`",
    "accepted": "a list of findings like `{finding: .., by: .., on: .., why: ..}`",
    "date": "a date like 2025-08-22, or `{inferred: 2025-08-22, why: ..}`",
    "as_of": "a date like 2025-08-22",
    "set": "paths and values, like `{clauses.aid.response.least: [arm]}`",
    "lawful_number": "a whole number or `nobody`",
    "practical_number": "a whole number or `nobody`",
    "promised_level": "a level by its number, from 0 (nothing) to 5 (all means)",
    "weakest_level": "a level by its number, from 0 (nothing) to 5 (all means)",
}
"""What is expected at a place where the type alone does not say it."""

WORDS_ALONE: Final = frozenset({"least", "most"})
"""Places where another word than those of the language is told beside all of them."""

ENTRIES: Final[Mapping[str, str]] = {
    "parties": "keys with values, like `{name: Arden}`",
    "zones": "keys with values, like `{what: the east}`",
    "stoppers": "a group of names like `[A]`",
    "practical_stoppers": "a group of names like `[A]`",
}
"""What is expected of each entry of such a part."""

MOST_PROBLEMS: Final = 1_000
"""Problems of one part that are told; a file with more is no file that somebody wrote."""

_NOUNS: Final[Mapping[str, str]] = {
    "string_type": "words",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "bool_type": "`true` or `false`",
    "bool_parsing": "`true` or `false`",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
}


def check_part(
    model: type[Model], content: object, places: Places, at: Path = ()
) -> tuple[Model | None, list[Problem]]:
    """Return the typed part and no problems, or ``None`` and every problem.

    ``places`` says where things stand and ``at`` is the path of ``content`` there: they only serve the positions.
    """
    try:
        return model.model_validate(content), []
    except ValidationError as error:
        return None, _problems(model, content, places, at, violations(error, content))


def violations(error: ValidationError, content: object) -> list["Violation"]:
    """What is wrong with the content, told once where a value may have several shapes: of the shape that fits best."""
    found = [_violation(content, item) for item in error.errors(include_url=False)[:MOST_PROBLEMS]]
    depth = 0
    while any(len(violation.shapes) > depth for violation in found):
        found = _of_the_best_shape(found, depth)
        depth += 1
    return [violation for violation in found if not _only_parts_are_wrong(content, violation)]


def _only_parts_are_wrong(content: object, violation: "Violation") -> bool:
    """Whether a list is called too short because what stands in it is wrong, which is told there."""
    return violation.kind == "too_short" and bool(value_at(content, violation.path))


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong at ``path``; ``key`` is a name that is missing there, ``of_name`` that a name is wrong.

    ``shapes`` are the places on the way at which a value may have one of several shapes, each with the shape tried.
    """

    path: Path
    kind: str
    key: str
    of_name: bool
    shapes: tuple[tuple[Path, str], ...]
    told: Any

    @property
    def misshapen(self) -> bool:
        """Whether the value is of another sort altogether, so that nothing in it was looked at."""
        return self.kind in _NOUNS or self.kind in ("literal_error", "too_short")


def _violation(content: object, error: Any) -> Violation:
    """Keep the steps that exist in the content: the others name shapes of a value or a missing key."""
    missing = error["type"] == "missing"
    loc = error["loc"][:-1] if missing else error["loc"]
    of_name = bool(loc) and loc[-1] == "[key]"
    path: list[str | int] = []
    shapes: list[tuple[Path, str]] = []
    here = content
    for step in loc[:-1] if of_name else loc:
        known = (isinstance(here, Mapping) and step in here) or (
            isinstance(here, list) and isinstance(step, int) and step < len(here)
        )
        if known:
            path.append(step)
            here = here[step]  # type: ignore[index]
        else:
            shapes.append((tuple(path), str(step)))
    key = str(error["loc"][-1]) if missing else ""
    return Violation(tuple(path), error["type"], key, of_name, tuple(shapes), error)


def _of_the_best_shape(found: Sequence[Violation], depth: int) -> list[Violation]:
    """Drop what is said of the shapes that a value was not meant to have, where it tells which one was meant."""
    by_place: dict[object, dict[str, list[Violation]]] = {}
    for violation in found:
        if len(violation.shapes) > depth:
            place, shape = violation.shapes[depth]
            by_place.setdefault((violation.shapes[:depth], place), {}).setdefault(shape, []).append(violation)
    dropped: set[int] = set()
    for shapes in by_place.values():
        ranks = {shape: _rank(group, depth) for shape, group in shapes.items()}
        best = min(ranks, key=lambda shape: ranks[shape])
        if not ranks[best][0]:
            dropped |= {id(v) for shape, group in shapes.items() if shape != best for v in group}
    return [violation for violation in found if id(violation) not in dropped]


def _rank(group: Sequence[Violation], depth: int) -> tuple[bool, int, bool]:
    """How ill a shape fits: another sort of value; keys too many or too few; nothing in it was right."""
    place = group[0].shapes[depth][0]
    keys = [violation for violation in group if violation.key or violation.kind == "extra_forbidden"]
    misspelt = sum(any(_is_misspelt(other, violation.key) for other in group) for violation in group if violation.key)
    other_sort = any(violation.path == place and violation.misshapen for violation in group)
    return other_sort, len(keys) - misspelt, all(violation.path == place for violation in group)


def _is_misspelt(violation: Violation, key: str) -> bool:
    return violation.kind == "extra_forbidden" and nearest(str(violation.path[-1]), [key]) is not None


def _problems(
    model: type[BaseModel], content: object, places: Places, at: Path, found: Sequence[Violation]
) -> list[Problem]:
    by_place: dict[tuple[Path, str, bool], list[Violation]] = {}
    for violation in found:
        by_place.setdefault((violation.path, violation.key, violation.of_name), []).append(violation)
    in_it: dict[Path, list[Violation]] = {}
    for violation in found:
        if violation.kind == "extra_forbidden":
            in_it.setdefault(violation.path[:-1], []).append(violation)
    misspelt = {
        (violation.path, violation.key)
        for violation in found
        for other in (in_it.get(violation.path, ()) if violation.key else ())
        if _is_misspelt(other, violation.key)
    }
    return [
        _problem(model, content, places, at, group)
        for (path, key, _), group in by_place.items()
        if (path, key) not in misspelt
    ]


def _problem(model: type[BaseModel], content: object, places: Places, at: Path, group: Sequence[Violation]) -> Problem:
    path, kind = group[0].path, group[0].kind
    value = value_at(content, path)
    at_key = kind == "extra_forbidden" or group[0].of_name or value is None  # what is left out stands nowhere
    position = places.of((*at, *path), at_key=at_key)
    name = str(path[-1]) if path else ""
    if kind == "missing":
        key = group[0].key
        return Problem(position, f"`{key}` is missing{_owner(content, path)}", f"add `{key}:`{_hint(key)}")
    if kind == "extra_forbidden":
        near = nearest(name, known := sorted(_keys_at(model, path[:-1])))
        near = near or nearest(name, ["may_be"])
        cure = f"did you mean `{near}`?" if near else f"known here: {', '.join(known)}" if known else None
        return Problem(position, f"`{name}` is not a key of the language{_owner(content, path[:-1])}", cure)
    custom = next((item.told for item in group if item.kind == "value_error"), None)
    if custom is not None:
        return Problem(position, str(custom["ctx"]["error"]))
    errors = [item.told for item in group]
    options = [word for item in errors for word in _literals(item)]
    of_name = group[0].of_name
    value = name if of_name else value
    as_written = None if of_name or kind == "too_short" else _field_expectation(path, options)
    expected = as_written or _expected(errors, options)
    near = nearest(str(value), options) if options else None
    found = f"{len(value):,} characters" if kind == "string_too_long" and isinstance(value, str) else _shown(value)
    message = f"{_field(path[:-1] if of_name else path)}: found {found}, expected {expected}"
    cure = f"did you mean `{near}`?" if near else _unknown_hint(value)
    if isinstance(value, str) and _is_number(value) and (kind in _NUMBERS or value in options):
        message, cure = message.replace(f"found `{value}`", f'found `"{value}"`'), "write it without quotes"
    elif kind == "string_type" and isinstance(value, (int, float)) and not isinstance(value, bool):
        cure = f'put it in quotes: `"{value}"`'
    elif name == "foedus" and isinstance(value, int):
        cure = "write `foedus: 1`; for a later format use the later version of Foedus that reads it"
    return Problem(position, message, cure)


_NUMBERS: Final = ("int_type", "int_parsing")


def _is_number(text: str) -> bool:
    return text.lstrip("-").isdigit()


def _owner(content: object, path: Path) -> str:
    for length in range(len(path), 0, -1):
        here = value_at(content, path[:length])
        if isinstance(here, Mapping) and isinstance(here.get("id"), str):
            rest = ".".join(str(step) for step in path[length:])
            return f" in `{here['id']}`" + (f" at `{rest}`" if rest else "")
    return f" in `{'.'.join(map(str, path))}`" if path else ""


def _hint(key: str) -> str:
    return f" with {EXPECTED[key]}" if key in EXPECTED else ""


def _field(path: Path) -> str:
    words = [str(step) for step in path if isinstance(step, str)]
    return f"`{words[-1]}`" if words else "this file"


def _field_expectation(path: Path, options: Sequence[str]) -> str | None:
    words = [step for step in path if isinstance(step, str)]
    if not words or (options and words[-1] in WORDS_ALONE):
        return None
    if path[-1] == words[-1]:
        return EXPECTED.get(words[-1]) or (ENTRIES.get(words[-2]) if len(words) == len(path) == 2 else None)
    return ENTRIES.get(words[-1])


def _expected(group: Sequence[Any], options: Sequence[str]) -> str:
    if options:
        shown = ", ".join(f"`{word}`" for word in dict.fromkeys(options))
        return f"one of {shown}" if len(set(options)) > 1 else shown
    for item in group:
        if item["type"] in _NOUNS:
            return _NOUNS[item["type"]]
        if item["type"] == "string_pattern_mismatch":
            return "a name of the letters A to Z and a to z, digits, `-`, `_`, `.` and spaces"
        if item["type"] == "string_too_short":
            return "some words"
        if item["type"] == "too_short":
            return "at least one"
        if item["type"] == "string_too_long":
            return f"at most {item['ctx']['max_length']:,}"
        if item["type"] == "greater_than_equal":
            return f"{item['ctx']['ge']} or more"
        if item["type"] == "less_than_equal":
            return f"{item['ctx']['le']} or less"
    return str(group[0]["msg"]).removeprefix("Input should be ").replace("valid ", "")


def _literals(error: Any) -> list[str]:
    if error["type"] != "literal_error":
        return []
    words = str(error["ctx"]["expected"]).replace(" or ", ", ").split(", ")
    return [word.strip("'") for word in words]


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return "keys (" + ", ".join(f"`{key}`" for key in list(value)[:4]) + ")"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{str(value)[:60]}`"


def _unknown_hint(value: object) -> str | None:
    if value == "unknown":
        return "here the program needs to know what it may be: `{may_be: [.., ..]}`"
    return None


def _keys_at(model: type[BaseModel], path: Path) -> set[str]:
    """Every key that the language knows at a place."""
    models: set[type[BaseModel]] = {model}
    for step in path:
        if isinstance(step, int):
            continue
        found: set[type[BaseModel]] = set()
        for candidate in models:
            for key, field in candidate.model_fields.items():
                if step in (key, field.alias):
                    found |= _models_in(field.annotation)
        models = found or models
    return {field.alias or key for candidate in models for key, field in candidate.model_fields.items()}


def _models_in(annotation: Any) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {model for part in typing.get_args(annotation) for model in _models_in(part)}
