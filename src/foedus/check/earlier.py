"""The earlier texts that one is held against, laid beside it for the law to compare (rule C21)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice, product

from foedus.case.baseline import baseline_of
from foedus.case.form import Form
from foedus.case.resolve import completions, resolve
from foedus.case.unknowns import LIMIT_COMPLETIONS
from foedus.check.asked import UndecidedError
from foedus.check.view import View
from foedus.law.entailment import beside
from foedus.law.meaning import Meaning


@dataclass(frozen=True, slots=True)
class Earlier:
    """Names of the earlier texts by id, and the text beside them: once for each combination of their unknown values."""

    names: Mapping[str, str]
    meanings: tuple[Meaning, ...]


def earlier_of(view: View) -> Earlier:
    """Return a text beside those that bound before it. They are read as they stand, with no reading laid over."""
    names, forms = _forms(view)
    wanted = {clause.kind for clause in view.form.clauses}
    chosen = {tuple(_trimmed(form, wanted) for form in combination): None for combination in forms}
    meanings = tuple(Meaning(beside(view.form, combination)) for combination in chosen) if names else ()
    return Earlier(names, meanings)


def _forms(view: View) -> tuple[Mapping[str, str], tuple[tuple[Form, ...], ...]]:
    """The earlier forms in each combination of their unknown values, found once for all views of the text."""
    key = "earlier"
    if key not in view.shared.kept:
        staged = baseline_of(view.case, view.staged)
        each = []
        for item in staged:
            filled = completions(item, None)
            if not filled.are_all:
                raise UndecidedError(f"the unknown values of `{item.id}` combine in {filled.count} ways: too many")
            each.append(tuple(dict.fromkeys(resolve(item, None, completion) for completion in filled.tried)))
        combined = tuple(islice(product(*each), LIMIT_COMPLETIONS + 1))
        if len(combined) > LIMIT_COMPLETIONS:
            raise UndecidedError("the unknown values of the baseline combine in too many ways")
        view.shared.kept[key] = {item.id: item.model.short or item.model.title for item in staged}, combined
    return view.shared.kept[key]  # type: ignore[return-value]  # this key is only ever kept with this type


def _trimmed(form: Form, kinds: Iterable[str]) -> Form:
    """The form without clauses of kinds that the later text has none of, save those on which others turn."""
    needed = {name for clause in form.clauses for name in clause.after}
    kept = (c for c in form.clauses if c.kind in kinds or c.kind == "power" or c.id in needed)
    return replace(form, clauses=tuple(kept))
