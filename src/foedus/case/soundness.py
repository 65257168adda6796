"""What can never work or contradicts itself: nobody bears a clause, nothing triggers it, a body can never decide."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from foedus.case.dates import is_later
from foedus.case.form import Body, Clause, Form
from foedus.case.ladders import LEVELS, level_of
from foedus.case.places import Places
from foedus.case.resolve import parties_named, resolve
from foedus.case.schema.clause import Clause as WrittenClause
from foedus.case.schema.instrument import As, Instrument
from foedus.case.silences import silence_problems
from foedus.case.stage import Path, StagedInstrument
from foedus.case.tree import Node
from foedus.errors import Position, Problem

NOUNS: Final = {
    "kinds": ("kind", "kind of incident"),
    "attackers": ("attacker", "attacker"),
    "victims": ("victim", "victim"),
    "zones": ("zone", "zone"),
    "objects": ("object", "object"),
    "phases": ("phase", "phase"),
}
"""Fields of a trigger: the author's key, and what is counted there."""


@dataclass(frozen=True, slots=True)
class Checked:
    """An instrument under one reading and one choice of unknown values, as written and as resolved."""

    model: Instrument
    cast: As
    members: tuple[str, ...]
    form: Form
    from_library: bool
    places: Places

    def parties(self, name: str) -> tuple[str, ...]:
        """Who is meant by one name that the author wrote."""
        return parties_named(self.model, self.cast, self.members, name)


def is_sound(staged: StagedInstrument) -> bool:
    """Whether an instrument that was changed on stage can still work; where a problem stands is not asked."""
    nowhere = Places(Node("map", {}, Position(staged.file, 1, 1)))
    cast = As.model_validate(staged.data["as"])
    return not soundness_problems(
        Checked(staged.model, cast, staged.members, resolve(staged), staged.from_library, nowhere)
    )


def soundness_problems(checked: Checked) -> list[Problem]:
    """Return a problem for every clause and body that can never take effect or contradicts itself."""
    model, form = checked.model, checked.form
    clauses = zip(model.clauses, form.clauses, strict=True)
    problems = [p for index, pair in enumerate(clauses) for p in _clause(checked, ("clauses", index), *pair)]
    problems += [problem for body in form.bodies for problem in _body(checked, ("bodies", body.id), body)]
    return [*problems, *silence_problems(form, checked.places), *_dates(checked)]


def _clause(checked: Checked, at: Path, written: WrittenClause, clause: Clause) -> Iterator[Problem]:
    places = checked.places
    if not clause.bearers and clause.kind != "declaration":
        yield Problem(
            places.of((*at, "bearers")),
            f"nobody bears `{clause.id}`: `bearers` names nobody, or a role that nobody fills",
            "name who is bound, or fill the role",
        )
    for name, (key, noun) in NOUNS.items():
        matched_later = name == "zones" and checked.from_library  # a case need not have every zone of a shipped text
        if getattr(clause.trigger, name) == frozenset() and not matched_later:
            yield Problem(
                places.of((*at, "when", key)),
                f"`{clause.id}` can never be triggered: `when` leaves no {noun}",
                "list at least one, or leave the line out for any",
            )
    attackers, victims = clause.trigger.attackers, clause.trigger.victims
    # A shipped text is written for every cast; whoever fills its roles is checked where they are filled.
    if attackers and attackers == victims and len(attackers) == 1 and not checked.from_library:
        yield Problem(
            places.of((*at, "when", "attacker")),
            f"`{clause.id}` can never be triggered: {next(iter(attackers))} is its only attacker and its only victim",
            "name another attacker or victim, or leave one of the two out for any",
        )
    if written.domestic is not None and written.domestic.who is not None:
        yield from _bearers_only(checked, (*at, "domestic", "who"), written.domestic.who, clause, "domestic")
    for index, differs in enumerate(written.response.differs if written.response is not None else ()):
        yield from _bearers_only(checked, (*at, "response", "differs", index, "who"), differs.who, clause, "differs")
    yield from _default(places, at, clause)


def _bearers_only(checked: Checked, at: Path, names: Iterable[str], clause: Clause, key: str) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if not set(checked.parties(name)) & set(clause.bearers):
            yield Problem(
                checked.places.of((*at, index)),
                f"`{key}` of `{clause.id}` names `{name}`, who is no bearer of it",
                f"its bearers are {', '.join(clause.bearers[:12]) or 'nobody'}",
            )


def _default(places: Places, at: Path, clause: Clause) -> Iterator[Problem]:
    most = max((level_of(owed.most) for owed in clause.response), default=None)
    if clause.default is not None and most is not None and clause.default.level > most:
        yield Problem(
            places.of((*at, "default", "level")),
            f"`default` of `{clause.id}`: found `{LEVELS[clause.default.level]}`, expected no more than the most that "
            f"may be given (`{LEVELS[most]}`)",
            "raise `most` in `response` (where it is left out it is the least), or lower the default",
        )


def _body(checked: Checked, at: Path, body: Body) -> Iterator[Problem]:
    place = checked.places.of(at, at_key=True)
    size = len(body.members)
    strength = sum(body.weights) if body.weights else size
    if not size:
        yield Problem(
            place, f"the body `{body.id}` has no members: an empty body decides nothing", "name them, or fill the role"
        )
        return
    written = checked.model.bodies[body.id]
    for name in written.weights:
        if name not in body.members:
            yield Problem(
                place, f"`{name}` has a weight in `{body.id}` and is no member of it", "give weights to members"
            )
    if not strength:
        yield Problem(
            checked.places.of((*at, "weights")),
            f"the body `{body.id}` can never decide: all its `weights` are 0",
            "give at least one member a weight, or leave `weights` out",
        )
        return
    if body.threshold > strength:
        yield Problem(place, *_never(body.id, f"{body.threshold} yes votes are needed", strength))
    if body.quorum > size:
        yield Problem(place, *_never(body.id, f"{body.quorum} must be present", size))
    for holder in body.veto:
        if holder not in body.members:
            yield Problem(
                place,
                f"`{holder}` holds a veto in `{body.id}` and is no member of it",
                "a veto from outside is written `outside_veto:`",
            )
    for index, name in enumerate(written.outside_veto):
        inside = [holder for holder in checked.parties(name) if holder in body.members]
        if inside:
            yield Problem(
                checked.places.of((*at, "outside_veto", index)),
                f"`{inside[0]}` holds a veto from outside in `{body.id}` and is a member of it",
                "a member's veto is written `veto:`",
            )


def _never(body: str, wanted: str, there: int) -> tuple[str, str]:
    return f"the body `{body}` can never decide: {wanted}, and there are {there}", "mend the number"


def _dates(checked: Checked) -> Iterator[Problem]:
    signed, in_force = checked.model.signed, checked.model.in_force
    known = [day for day in (signed, in_force) if day not in (None, "never", "unknown")]
    if len(known) == 2 and is_later(signed, str(in_force)):
        yield Problem(
            checked.places.of(("in_force",)),
            f"`in_force`: found `{in_force}`, expected no day before it was signed (`{signed}`)",
            "mend one of the two dates",
        )
