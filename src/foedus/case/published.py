"""The JSON Schema of the language, made from the models, with room for what nobody knows."""

from typing import Any

from foedus.case.schema.case import Case
from foedus.case.schema.instrument import InstrumentFile

UNKNOWN: dict[str, Any] = {
    "oneOf": [
        {"const": "unknown"},
        {
            "type": "object",
            "required": ["may_be"],
            "properties": {
                "may_be": {"type": "array", "minItems": 1},
                "source": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
                "note": {"type": "string"},
            },
            "additionalProperties": False,
        },
    ]
}
OPEN_PARTS = ("Clause", "Response", "When", "Body", "Judges", "JudgedBy", "Asked", "Differs", "As")
"""The parts of an instrument in which any value may be left open."""


def published_schema(of: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``case`` or ``instrument`` files."""
    model = Case if of == "case" else InstrumentFile
    schema = model.model_json_schema(by_alias=True)
    definitions = schema.setdefault("$defs", {})
    definitions["Unknown value"] = UNKNOWN
    for name in OPEN_PARTS:
        for key, part in definitions.get(name, {}).get("properties", {}).items():
            if key not in ("id", "kind", "source", "note", "phrase", "says"):
                definitions[name]["properties"][key] = _or_unknown(part)
    for holder in (schema, definitions.get("Instrument", {})):
        _open_values(holder.get("properties", {}).get("roles", {}))
    for name in ("zones", "roles"):
        _open_values(definitions.get("As", {}).get("properties", {}).get(name, {}).get("anyOf", [{}])[0])
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = f"Foedus {of}, format 1"
    return schema


def _or_unknown(part: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {key: part[key] for key in ("title", "description", "default") if key in part}
    return {**told, "anyOf": [part, {"$ref": "#/$defs/Unknown value"}]}


def _open_values(mapping: dict[str, Any]) -> None:
    """Let every value of a mapping be one that nobody knows."""
    for pattern, part in mapping.get("patternProperties", {}).items():
        mapping["patternProperties"][pattern] = _or_unknown(part)
