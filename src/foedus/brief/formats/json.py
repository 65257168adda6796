"""The brief as JSON: every result of every stage, and the document that the other formats set."""

import json
import math
from dataclasses import fields, is_dataclass

from foedus.brief.document import Document, Picture
from foedus.plain import plain


def render(document: Document) -> bytes:
    """Return the document and the results behind it as JSON text in UTF-8."""
    data = {
        "foedus": 1,
        "version": document.version,
        "document": {
            field.name: _data(getattr(document, field.name))
            for field in fields(document)
            if field.name not in ("results", "version")
        },
        "results": _finite(plain(document.results)),
    }
    return (json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _finite(value: object) -> object:
    """Plain data with the word ``never`` for an endless time, which JSON has no number for."""
    if isinstance(value, dict):
        return {key: _finite(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(part) for part in value]
    return "never" if isinstance(value, float) and math.isinf(value) else value


def _data(value: object) -> object:
    """A record as plain data under its own names, with the sort of each block; pictures are told by their words."""
    if isinstance(value, tuple):
        return [_data(part) for part in value]
    if not is_dataclass(value):
        return value
    left_out = ("draw",) if isinstance(value, Picture) else ()
    data = {f.name: _data(getattr(value, f.name)) for f in fields(value) if f.name not in left_out}
    kept = {name: part for name, part in data.items() if part not in ("", [], None)}
    return {"block": type(value).__name__.lower(), **kept}
