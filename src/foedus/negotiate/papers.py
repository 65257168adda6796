"""Where text and table meet: what each form on the board is worth on paper, as the checks find it."""

from collections.abc import Iterable, Iterator, Sequence

from foedus.case.stage import LoadedCase
from foedus.check.matrix import matrix
from foedus.check.rules import RULES
from foedus.check.run import Options, run_over
from foedus.check.views import Views
from foedus.findings import Cell, Label
from foedus.talks.board import Board
from foedus.talks.paper import Paper


def papers(case: LoadedCase, board: Board) -> tuple[Paper, ...]:
    """Return what the texts on the board are worth, in the order of the board; the checks that say so are run."""
    wanted = named(board)
    all_views = tuple(Views(case, staged) for staged in case.instruments if staged.id in wanted)
    labels = run_over(case, all_views, Options((RULES[0].name,), None, wanted, explain=False)).labels
    return from_checks(case, board, labels, matrix(case, all_views))


def from_checks(case: LoadedCase, board: Board, labels: Iterable[Label], cells: Sequence[Cell]) -> tuple[Paper, ...]:
    """The same, where the checks have been run already."""
    by_id = {label.instrument: label for label in labels}
    return tuple(_papers(case, named(board), by_id, cells))


def named(board: Board) -> tuple[str, ...]:
    """The texts that any option stands for."""
    options = (option for issue in board.issues for option in issue.options)
    return tuple(dict.fromkeys(id for option in options for id in option.instruments))


def _papers(
    case: LoadedCase, wanted: Iterable[str], labels: dict[str, Label], cells: Sequence[Cell]
) -> Iterator[Paper]:
    for id in wanted:
        own = [cell for cell in cells if cell.instrument == id]
        if not own or id not in labels:
            continue
        # Where much is asked for in several kinds of incident, the invasion is what a reader asks about first.
        cell = max(own, key=lambda c: (case.required.get(c.incident.kind, 0), c.incident.kind == "full_invasion"))
        required = case.required.get(cell.incident.kind, 0)
        label = labels[id]
        yield Paper(
            id, label.is_a, label.called, label.called_by, cell.incident, required, cell.promised, cell.weakest,
            cell.stoppers,
        )  # fmt: skip
