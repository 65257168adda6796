"""What can never work: nobody bears a clause, nothing triggers it, a body can never decide."""

from collections.abc import Iterator

from foedus.case.form import Body, Clause
from foedus.case.resolve import resolve
from foedus.case.stage import StagedInstrument
from foedus.errors import Position, Problem


def soundness_problems(staged: StagedInstrument) -> list[Problem]:
    """Return a problem for every clause and body of an instrument's text that can never take effect."""
    form = resolve(staged)
    problems = [problem for clause in form.clauses for problem in _clause(staged, clause)]
    return problems + [problem for body in form.bodies for problem in _body(staged, body)]


def _clause(staged: StagedInstrument, clause: Clause) -> Iterator[Problem]:
    place = staged.positions.get(f"clauses.{clause.id}")
    if not clause.bearers and clause.kind != "declaration":
        yield Problem(
            place, f"nobody bears `{clause.id}`: its bearers name an empty role", "name who is bound, or fill the role"
        )
    trigger = clause.trigger
    for name in ("kinds", "attackers", "victims", "objects", "phases"):
        if getattr(trigger, name) == frozenset():
            yield Problem(
                place,
                f"`{clause.id}` can never be triggered: `when` leaves no {NOUNS[name]}",
                "list at least one, or leave the line out for any",
            )
    if trigger.zones == frozenset() and not staged.from_library:
        yield Problem(
            place,
            f"`{clause.id}` can never be triggered: `when` leaves no zone",
            "list one, or leave the line out for any",
        )
    if clause.domestic is not None and not clause.domestic.parties:
        yield Problem(
            place,
            f"`domestic` of `{clause.id}` names nobody who bears it",
            f"its bearers are {', '.join(clause.bearers)}",
        )


NOUNS = {
    "kinds": "kind of incident",
    "attackers": "attacker",
    "victims": "victim",
    "objects": "object",
    "phases": "phase",
}


def _body(staged: StagedInstrument, body: Body) -> Iterator[Problem]:
    place = staged.positions.get(f"bodies.{body.id}")
    size = len(body.members)
    strength = sum(body.weights) if body.weights else size
    if not size:
        yield Problem(
            place, f"the body `{body.id}` has no members: an empty body decides nothing", "name them, or fill the role"
        )
        return
    if not strength:
        yield _never(place, body.id, "all `weights` are zero", 0)
        return
    if body.threshold > strength:
        yield _never(place, body.id, f"{body.threshold} yes votes are needed", strength)
    if body.quorum > size:
        yield _never(place, body.id, f"{body.quorum} must be present", size)
    for holder in body.veto:
        if holder not in body.members:
            yield Problem(
                place,
                f"`{holder}` holds a veto in `{body.id}` and is no member of it",
                "a veto from outside is written `outside_veto:`",
            )
    written = staged.model.bodies[body.id].weights
    for name in written:
        if name not in body.members:
            yield Problem(
                place, f"`{name}` has a weight in `{body.id}` and is no member of it", "give weights to members"
            )


def _never(place: Position | None, body: str, wanted: str, there: int) -> Problem:
    return Problem(place, f"the body `{body}` can never decide: {wanted}, and there are {there}", "mend the number")
