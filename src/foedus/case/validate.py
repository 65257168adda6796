"""From plain content to a typed part of a case, with every violation told in the author's words and place."""

import typing
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from foedus.case.paths import value_at
from foedus.case.stage import Path
from foedus.case.tree import Node, locate
from foedus.errors import Problem, nearest

Model = TypeVar("Model", bound=BaseModel)

EXPECTED: Final[Mapping[str, str]] = {
    "rule": "`each`, `unanimity`, `majority`, `{at_least: 9}` or `{share: 2/3}`",
    "members": "a list of parties, a role, or groups like `{permanent: [US], elected: {anonymous: 10}}`",
    "attacker": "`any`, `outsiders`, parties, or `{except: [..]}`",
    "deadline": "`none`, `unknown` or `{to: meet, within: 72 h, from: request}`",
    "judge": "`objective`, `bearer`, `victim`, a party, `{body: ..}` or `unknown`",
    "duration": "a length of time like `10 years`, `indefinite` or `unknown`",
    "most": "a list of acts, or `unknown`",
    "instruments": "`use:` and the id of a shipped instrument, or an instrument written out",
    "date": "a date like 2025-08-22, or `{inferred: 2025-08-22, why: ..}`",
    "as_of": "a date like 2025-08-22",
    "set": "paths and values, like `{clauses.aid.response.least: [arm]}`",
}
"""What is expected at a place where the type alone does not say it."""

MOST_PROBLEMS: Final = 1_000
"""Problems of one part that are told; a file with more is no file that somebody wrote."""

_NOUNS: Final[Mapping[str, str]] = {
    "string_type": "words",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "bool_type": "`true` or `false`",
    "bool_parsing": "`true` or `false`",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
}


def check_part(model: type[Model], content: object, node: Node, at: Path = ()) -> tuple[Model | None, list[Problem]]:
    """Return the typed part and no problems, or ``None`` and every problem.

    ``node`` is the tree of the whole file and ``at`` the path of ``content`` in it: they only serve the positions.
    """
    try:
        return model.model_validate(content), []
    except ValidationError as error:
        return None, _problems(model, content, node, at, error.errors(include_url=False)[:MOST_PROBLEMS])


def _problems(model: type[BaseModel], content: object, node: Node, at: Path, errors: Iterable[Any]) -> list[Problem]:
    by_place: dict[tuple[Path, str], list[Any]] = {}
    for error in errors:
        path = _real_path(content, error["loc"])
        missing = error["type"] == "missing"
        key = str(error["loc"][-1]) if missing else ""
        by_place.setdefault((path, key), []).append(error)
    kept = _without_side_branches(content, by_place)
    return [_problem(model, content, node, at, path, group) for (path, _), group in kept.items()]


def _real_path(content: object, loc: Sequence[str | int]) -> Path:
    """Keep the steps that exist in the content: the others name branches of a type or a missing key."""
    path: list[str | int] = []
    here = content
    for step in loc:
        known = (isinstance(here, Mapping) and step in here) or (
            isinstance(here, list) and isinstance(step, int) and step < len(here)
        )
        if known:
            path.append(step)
            here = here[step]  # type: ignore[index]
    return tuple(path)


def _without_side_branches(content: object, by_place: dict[tuple[Path, str], list[Any]]) -> dict[Any, list[Any]]:
    """Drop what another branch of the same choice of types says about a place where a deeper problem is told."""
    outer = {path[:length] for path, _ in by_place for length in range(len(path))}
    kept = {}
    for (path, key), group in by_place.items():
        deeper = path in outer
        wrong_shape = all(error["type"] in _NOUNS or error["type"] in ("literal_error", "too_short") for error in group)
        if not (deeper and wrong_shape and isinstance(value_at(content, path), (Mapping, list))):
            kept[(path, key)] = group
    return kept


def _problem(
    model: type[BaseModel], content: object, node: Node, at: Path, path: Path, group: Sequence[Any]
) -> Problem:
    error = group[0]
    kind = error["type"]
    position = locate(node, (*at, *path), at_key=kind == "extra_forbidden")
    name = str(path[-1]) if path else ""
    if kind == "missing":
        keys = sorted({str(item["loc"][-1]) for item in group})
        owner = _owner(content, path)
        return Problem(position, f"`{keys[0]}` is missing{owner}", f"add `{keys[0]}:`{_hint(keys[0])}")
    if kind == "extra_forbidden":
        near = nearest(name, known := sorted(_keys_at(model, path[:-1])))
        cure = f"did you mean `{near}`?" if near else f"known here: {', '.join(known)}" if known else None
        return Problem(position, f"`{name}` is not a key of the language{_owner(content, path[:-1])}", cure)
    found = _shown(value_at(content, path))
    custom = next((item for item in group if item["type"] == "value_error"), None)
    if custom is not None:
        return Problem(position, str(custom["ctx"]["error"]))
    options = [word for item in group for word in _literals(item)]
    expected = _field_expectation(path) or _expected(group, options)
    near = nearest(str(value_at(content, path)), options) if options else None
    message = f"{_field(path)}: found {found}, expected {expected}"
    return Problem(position, message, f"did you mean `{near}`?" if near else _unknown_hint(value_at(content, path)))


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


def _field_expectation(path: Path) -> str | None:
    words = [step for step in path if isinstance(step, str)]
    last_is_field = bool(path) and path[-1] == (words[-1] if words else None)
    return EXPECTED.get(words[-1]) if words and last_is_field else None


def _expected(group: Sequence[Any], options: Sequence[str]) -> str:
    if options:
        shown = ", ".join(f"`{word}`" for word in dict.fromkeys(options))
        return f"one of {shown}"
    for item in group:
        if item["type"] in _NOUNS:
            return _NOUNS[item["type"]]
        if item["type"] == "string_pattern_mismatch":
            return "a name of letters, digits, `-`, `_` or `.`"
        if item["type"] in ("too_short", "string_too_short"):
            return "at least one"
        if item["type"] == "string_too_long":
            return f"at most {item['ctx']['max_length']} characters"
        if item["type"].startswith(("greater", "less")):
            return str(item["msg"]).removeprefix("Input should be ")
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
    if value is None:
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
