"""A text beside the other texts of its case that bind at the same time, and which of them go first (rule C12)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from foedus.case.form import Form
from foedus.case.resolve import completions, resolve
from foedus.case.schema.clause import Clause
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.check.asked import UndecidedError
from foedus.check.view import View
from foedus.findings import Conflict
from foedus.law.entailment import beside
from foedus.law.meaning import Meaning

BINDING_NOW = ("in-force", "signed")
"""How far a text has come that binds today."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A text alone, then beside each other text in turn: once for each combination of that one's unknown values."""

    others: tuple[StagedInstrument, ...]
    meanings: tuple[tuple[Meaning, ...], ...]


def beside_others(view: View) -> Beside:
    """Return a text beside the others of its case that would bind at the same time, as they stand, with no reading."""
    own = _trimmed(view.form)
    others = _forms(view)
    each = tuple(tuple(Meaning(beside(own, (form,))) for form in forms) for forms in others.values())
    staged = tuple(item for item in view.case.instruments if item.id in others)
    return Beside(staged, ((Meaning(beside(own, ())),), *each))


def split(staged: StagedInstrument, name: str) -> tuple[str, str]:
    """The instrument and the clause that a name beside others stands for; a plain name is the text's own."""
    instrument, _, clause = name.rpartition("/")
    return instrument or staged.id, clause


def goes_first(view: View, one: str, other: str) -> str | None:
    """Which of two clauses the texts say prevails, by its name; ``None`` if they say nothing, or each says itself.

    A word on priority counts if it stands in the clause itself or in a declaration of its text.
    """
    firsts = {winner for winner, loser in ((one, other), (other, one)) if _prevails(view, winner, loser)}
    return firsts.pop() if len(firsts) == 1 else None


def _prevails(view: View, winner: str, loser: str) -> bool:
    first, first_clause = split(view.staged, winner)
    second, second_clause = split(view.staged, loser)
    same = first == second
    over = {second_clause} if same else {second, f"{second}/{second_clause}", "any"}
    under = {first_clause} if same else {first, f"{first}/{first_clause}", "any"}
    said = {name for clause in _saying(view, first, first_clause, same=same) for name in clause.overrides}
    yielded = {name for clause in _saying(view, second, second_clause, same=same) for name in clause.subject_to}
    return bool(over & said or under & yielded)


def _saying(view: View, instrument: str, clause: str, *, same: bool) -> Iterator[Clause]:
    staged = view.staged if instrument == view.staged.id else view.case.instrument(instrument)
    for written in staged.model.clauses if staged is not None else ():
        if written.id == clause or (written.kind == "declaration" and not same):
            yield written


def _forms(view: View) -> dict[str, tuple[Form, ...]]:
    """The other forms with each combination of their unknown values, found once for all views of the text."""
    key = "others"
    if key not in view.shared.kept:
        found: dict[str, tuple[Form, ...]] = {}
        for item in view.case.instruments:
            if not _counts(view.case, item, view.staged):
                continue
            filled = completions(item, None)
            if not filled.are_all:
                raise UndecidedError(f"the unknown values of `{item.id}` combine in {filled.count} ways: too many")
            forms = (_trimmed(resolve(item, None, completion)) for completion in filled.tried)
            found[item.id] = tuple(dict.fromkeys(forms))
        view.shared.kept[key] = found
    return view.shared.kept[key]  # type: ignore[return-value]  # this key is only ever kept with this type


def _counts(case: LoadedCase, item: StagedInstrument, staged: StagedInstrument) -> bool:
    """Whether another text would bind beside this one: it does today, or the case says that they stand together.

    Drafts of one thing are rivals, and so are hypotheses: only one of them would come. That a draft does not go with
    what is signed or in force is said of the draft, and not of what was there first.
    """
    if item.id in (staged.id, staged.model.supersedes) or item.model.supersedes == staged.id:
        return False
    if _binds_now(item):
        return True
    was_first = staged.model.status in BINDING_NOW and item.model.status not in BINDING_NOW
    return not was_first and stand_together(case, item.id, staged.id)


def _binds_now(item: StagedInstrument) -> bool:
    """Whether a text binds today, as it was signed: it is laid beside every other."""
    return item.model.status in BINDING_NOW and not item.staged_as.accede


def by_the_case_alone(case: LoadedCase, staged: StagedInstrument, conflicts: Iterable[Conflict]) -> tuple[str, ...]:
    """The other texts of some conflicts that stand beside this one because the case says so, and not otherwise."""
    others = dict.fromkeys(
        owner for conflict in conflicts for owner, _ in (conflict.duty, conflict.prohibition) if owner != staged.id
    )
    found = [item for id in others if (item := case.instrument(id)) is not None]
    return tuple(item.id for item in found if not _binds_now(item))


def stand_together(case: LoadedCase, one: str, other: str) -> bool:
    """Whether the case says that two of its texts would bind side by side."""
    groups = case.model.stand_together if case.model is not None else ()
    return any(one in group.of and other in group.of for group in groups)


def _trimmed(form: Form) -> Form:
    """The form with its duties and prohibitions alone, and the clauses on which they turn."""
    needed = {name for clause in form.clauses for name in clause.after}
    kept = (c for c in form.clauses if c.kind in ("obligation", "prohibition", "power") or c.id in needed)
    return replace(form, clauses=tuple(kept))
