"""From a model of Z3 back to an incident and choices, in the author's names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from foedus.errors import InternalError
from foedus.law.expression import Assignment, ChoiceKey
from foedus.law.incident import FIELDS, Incident
from foedus.law.smt.encode import D, Term, World

Model = Any
"""A model of Z3."""


@dataclass(frozen=True, slots=True)
class Found:
    """An incident and the choices made in it; no incident where the question was about one that was given."""

    incident: Incident | None
    assignment: Assignment


def holds(model: Model, term: Term) -> bool:
    """Return whether a term holds in a model; what the model leaves open does not."""
    return str(model.eval(term, model_completion=True)) == "True"


def value_of(model: Model, terms: Mapping[D, Term]) -> D:
    """Return the value that a variable has in a model."""
    for value, term in terms.items():
        if holds(model, term):
            return value
    raise InternalError(f"a model of Z3 takes none of the values {list(terms)}")


def incident_of(model: Model, world: World) -> Incident | None:
    """Return the incident of a model."""
    if world.space is None:
        return None
    facts: dict[str, Any] = {name: value_of(model, world.facts[name]) for name in FIELDS}
    return Incident(**facts)


def found_in(model: Model, world: World, choices: Iterable[ChoiceKey]) -> Found:
    """Return the incident of a model and how some choices are made in it."""
    return Found(incident_of(model, world), {key: value_of(model, world.options(key)) for key in choices})
