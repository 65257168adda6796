"""Texts laid side by side: what each is, dimension by dimension, and how each two stand to each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from foedus.case.load import load
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.check.dimensions import Dimensions, dimensions, together
from foedus.check.label import label
from foedus.check.on_stage import Stage, on_stage, told_apart
from foedus.check.relate import relations
from foedus.check.run import bounds
from foedus.check.views import TEXT, Views
from foedus.errors import BadInput, Problem, nearest
from foedus.findings import VERSION, Label
from foedus.law.relation import Relation
from foedus.plain import plain


@dataclass(frozen=True, slots=True)
class Comparison:
    """Some texts on one stage: what each is, and how each two stand to each other."""

    case: LoadedCase
    labels: tuple[Label, ...]
    dimensions: tuple[Dimensions, ...]
    relations: tuple[Relation, ...]
    bounds: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain data; docs/reference/json.md has every key."""
        return {
            "foedus": VERSION,
            "case": self.case.id,
            "instruments": [
                {"id": staged.id, "name": staged.model.short or staged.model.title, "file": staged.file}
                for staged in self.case.instruments
            ],
            "labels": [plain(label) for label in self.labels],
            "dimensions": {found.instrument: found.to_dict() for found in self.dimensions},
            "relations": [plain(relation) for relation in self.relations],
            "bounds": list(self.bounds),
        }


def compare(stage: Stage, *, readings: bool = True) -> Comparison:
    """Lay the texts of a stage side by side; with ``readings`` each is read otherwise as well, one at a time."""
    case = stage.case
    all_views = [Views(case, staged) for staged in case.instruments]
    own = [_with_own_places(case, views) for views in all_views]
    return Comparison(
        case=case,
        labels=tuple(label_of(views) for views in own),
        dimensions=tuple(dimensions_of(views) for views in own),
        relations=relations(case, all_views, readings=readings),
        bounds=(*stage.assumed, *bounds(case)),
    )


def label_of(views: Views) -> Label:
    """What a text is, by its text and each of its readings."""
    return label(views.staged, {reading: views.of(reading) for reading in (TEXT, *views.staged.readings)})


def dimensions_of(views: Views) -> Dimensions:
    """The dimensions of a text as written, over all values of what is not known."""
    found = [dimensions(views.case, views.staged, view, completion=completion) for completion, view in views.of(TEXT)]
    return together(found)


def _with_own_places(case: LoadedCase, views: Views) -> Views:
    """The text with all places it knows itself, also those that another text does not: what it is, it is by these."""
    zones = {**case.zones, **views.staged.model.zones}
    if case.model is not None or zones.keys() == case.zones.keys():
        return views
    return Views(replace(case, zones=MappingProxyType(zones)), views.staged)


def stage_for(names: Sequence[str], case: str | None) -> Stage:
    """Put the named texts on one stage: that of a case, or a common one where none is given.

    Without names, all instruments of the case. Raises ``BadInput`` with everything that is wrong with the names.
    """
    if case is not None:
        return _of_case(names, load(case))
    if len(names) < 2:
        words = f"only `{names[0]}` is named" if names else "nothing is named"
        raise BadInput(
            [Problem(None, f"{words}: two texts are needed to compare", "`foedus compare A B`, or `--case CASE`")]
        )
    loaded: list[LoadedCase] = []
    problems: list[Problem] = []
    for name in names:
        try:
            one = load(name)
        except BadInput as bad:
            problems += bad.problems
            continue
        if one.model is not None:
            help = f"its texts are compared with `foedus compare --case {name}`"
            problems.append(Problem(None, f"`{name}` is a case and not a single text", help))
        loaded.append(one)
    if problems:
        raise BadInput(dict.fromkeys(problems))
    return on_stage(loaded, names)


def _of_case(names: Sequence[str], case: LoadedCase) -> Stage:
    if problems := list(_unknown(names, case)):
        raise BadInput(problems)
    chosen = [staged for name in names if (staged := case.instrument(name)) is not None] or list(case.instruments)
    if len(chosen) < 2:
        words = f"only `{chosen[0].id}` is named" if names else f"`{case.id}` has one instrument alone"
        cure = "name two instruments of the case" if len(case.instruments) > 1 else "add another to the case"
        raise BadInput([Problem(None, f"{words}: two texts are needed to compare", cure)])
    return Stage(replace(case, instruments=_distinct(chosen)), ())


def _distinct(chosen: Sequence[StagedInstrument]) -> tuple[StagedInstrument, ...]:
    return told_apart(chosen, [staged.id for staged in chosen])


def _unknown(names: Sequence[str], case: LoadedCase) -> Iterator[Problem]:
    known = [staged.id for staged in case.instruments]
    for name in dict.fromkeys(names):
        if name not in known:
            near = nearest(name, known)
            cure = f"did you mean `{near}`?" if near else f"of this case: {', '.join(known)}"
            yield Problem(None, f"`{name}` is no instrument of the case `{case.id}`", cure)
