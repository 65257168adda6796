"""A copy of wrong content in which each wrong part is replaced, so that the rest of it can still be looked at.

What stands in is never told: what is wrong there has been told already, and the copy goes no further than the names.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import ValidationError

from foedus.case.paths import value_at, with_value, without
from foedus.case.stage import Path
from foedus.case.validate import MOST_PROBLEMS, Model, Violation, violations

ROUNDS: Final = 6
"""A part that stands in may show what else is wrong; content that needs more rounds is looked at once it is mended."""

DECLARING: Final = frozenset({"parties", "zones", "sources", "bodies", "roles", "readings", "clauses", "instruments"})
"""Parts without which every name would seem undeclared."""

_ENTRIES: Final[Mapping[str, object]] = {
    "parties": {"name": "-"},
    "zones": {"what": "-"},
    "sources": {"kind": "reference"},
    "bodies": {"members": ["any"], "rule": "majority", "excluded": "nobody"},
    "roles": [],
    "readings": {"held_by": "-", "says": "-", "set": {}},
}
_MISSING: Final[Mapping[str, object]] = {
    "foedus": 1, "case": "unnamed", "as_of": "9999-12-31", "cast": {"beneficiary": ["unnamed"]},
    "beneficiary": ["unnamed"], "id": "unnamed", "title": "-", "name": "-", "what": "-", "status": "draft",
    "binding": "unknown", "kind": "declaration", "bearers": [], "members": ["any"], "rule": "majority",
    "excluded": "nobody", "least": [], "text": "-", "held_by": "-", "says": "-", "set": {}, "by": "any", "on": "2000",
    "why": "-", "process": "-", "effect": "no-excuse", "asks": "-", "from": "-", "word": "-",
}  # fmt: skip


def mended(model: type[Model], content: Any) -> tuple[Model | None, Any]:
    """Return the typed copy and its plain content; ``None`` where too little is right to say what was meant."""
    for _ in range(ROUNDS):
        try:
            return model.model_validate(content), content
        except ValidationError as error:
            if error.error_count() > ROUNDS * MOST_PROBLEMS:
                return None, content  # each round looks at so many: to find this out by trying took most of a second
            after = content
            for violation in violations(error, content):
                after = _mended(after, violation)
            if after is None or after == content:
                return None, content
            content = after
    return None, content


def _mended(content: Any, wrong: Violation) -> Any:
    """The content with one wrong part replaced or taken out; ``None`` where nothing can stand in for it."""
    path = wrong.path
    if content is None or (not path and not wrong.key):
        return None
    if not _is_there(content, path):
        return content  # what held it has been replaced already
    if wrong.key:
        of_source = wrong.key == "kind" and path[:1] == ("sources",)
        standing = "reference" if of_source else _MISSING.get(wrong.key)
        return _taken_out(content, path) if standing is None else with_value(content, (*path, wrong.key), standing)
    if len(path) == 1 and path[0] in DECLARING:
        return None
    if len(path) == 2 and path[0] in _ENTRIES:
        return with_value(content, path, _ENTRIES[str(path[0])])
    words = wrong.told.get("ctx", {}).get("expected", "") if wrong.kind == "literal_error" and not wrong.shapes else ""
    if words and not wrong.of_name:
        return with_value(content, path, str(words).split("'")[1] if "'" in words else 1)
    return _taken_out(content, path)


def _is_there(content: object, path: Path) -> bool:
    """Whether the path still leads to a part, or to the place of one that may be empty."""
    holder = value_at(content, path[:-1])
    if not path:
        return True
    step = path[-1]
    if isinstance(holder, Mapping):
        return step in holder
    return isinstance(holder, list) and isinstance(step, int) and step < len(holder)


def _taken_out(content: Any, path: Sequence[str | int]) -> Any:
    """Without the part; a clause is left as a bare declaration, since others may name it."""
    if not path:
        return None
    here = value_at(content, tuple(path))
    if path[0] == "clauses" and len(path) == 2 and isinstance(here, Mapping):
        bare = {"id": here.get("id", "unnamed"), "kind": "declaration", "bearers": here.get("bearers", [])}
        return with_value(content, tuple(path), bare)
    if isinstance(path[-1], int):
        return _taken_out(content, path[:-1])
    return without(content, tuple(path))
