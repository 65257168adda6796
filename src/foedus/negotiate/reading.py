"""The board of a case, from what its author wrote down."""

from typing import Final

from foedus.case.schema.case import Case, Stance
from foedus.case.schema.table import Told as WrittenTold
from foedus.case.stage import LoadedCase
from foedus.talks.board import Board, Issue, Link, Option, Position, Stand, Told

YES_NO: Final[tuple[Option, ...]] = (Option("yes", "yes"), Option("no", "no"))
"""An issue whose options the case does not declare: it comes about, or it does not."""


def board_of(case: LoadedCase) -> Board | None:
    """Return the board of a case, ``None`` where it has none."""
    model = case.model
    if model is None or not model.board:
        return None
    issues = tuple(_issue(model, id) for id in model.board)
    numbers = {
        issue.id: (n, {option.id: k for k, option in enumerate(issue.options)}) for n, issue in enumerate(issues)
    }
    links = tuple(
        Link(
            link.id,
            link.who,
            tuple(
                sorted((numbers[issue][0], numbers[issue][1][option]) for issue, option in link.not_together.items())
            ),
            link.why,
            link.salience,
            link.source,
            link.date or _day(model, link.source),
        )
        for link in model.links
    )
    return Board(issues, links)


def _issue(model: Case, id: str) -> Issue:
    declared = model.issues.get(id)
    if declared is None:
        asks, options = id.replace("-", " "), YES_NO
    else:
        asks = declared.asks
        options = tuple(Option(name, one.is_, one.instrument) for name, one in declared.options.items())
    names = tuple(option.id for option in options)
    positions = (
        _position(model, party, stance, names)
        if isinstance(stance, Stance)
        else Position(party, (Stand.UNKNOWN,) * len(names), stated=False)
        for party, stance in model.board[id].items()
    )
    return Issue(id, asks, options, tuple(positions))


def _position(model: Case, party: str, stance: Stance, names: tuple[str, ...]) -> Position:
    words = (("accepts", stance.accept), ("would talk about", stance.negotiate), ("turns down", stance.reject))
    return Position(
        party,
        _stands(stance, names),
        stance.salience,
        "; ".join(f"{verb}: {said}" for verb, said in words if said),
        stance.source,
        stance.date or _day(model, stance.source),
        told=tuple(_told(told, names) for told in stance.told),
        note=stance.note or "",
    )


def _stands(stance: Stance, names: tuple[str, ...]) -> tuple[Stand, ...]:
    """Option by option where the file says so; else the one thing said, read as being about yes.

    Who turns down that something comes about asks for its absence; nothing else follows from what is said of yes.
    """
    if stance.options or names != tuple(option.id for option in YES_NO):
        return tuple(Stand(stance.options.get(name, "unknown")) for name in names)
    said = (stance.accept is not None, stance.negotiate is not None, stance.reject is not None)
    if said == (True, False, False):
        return Stand.ACCEPT, Stand.UNKNOWN
    if said == (False, False, True):
        return Stand.REJECT, Stand.ACCEPT
    if said in ((False, True, False), (True, True, False)):
        return Stand.NEGOTIABLE, Stand.UNKNOWN
    return Stand.UNKNOWN, Stand.UNKNOWN


def _told(told: WrittenTold, names: tuple[str, ...]) -> Told:
    stands = tuple(Stand(told.options[name]) if name in told.options else None for name in names)
    return Told(told.by, stands, told.source, told.note or "")


def _day(model: Case, sources: tuple[str, ...]) -> str | None:
    """The first date among the sources."""
    return next((day for key in sources if (day := model.sources[key].day) is not None), None)
