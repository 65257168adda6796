"""All of it over one case: each part that the case has data for."""

from collections.abc import Sequence

from foedus.case.stage import LoadedCase
from foedus.findings import Cell, Label
from foedus.negotiate.dealing import dealing
from foedus.negotiate.ledger import exchanges
from foedus.negotiate.papers import from_checks, papers
from foedus.negotiate.reading import board_of
from foedus.negotiate.sequencing import all_waits
from foedus.talks.board import Board
from foedus.talks.paper import Paper
from foedus.talks.talks import Talks


def negotiate(case: LoadedCase, labels: Sequence[Label] = (), cells: Sequence[Cell] = ()) -> Talks:
    """Return every part that the case has data for. Deterministic; nothing is read or written.

    ``labels`` and ``cells`` are what the checks found of the instruments; without them the checks are run here.
    """
    board = board_of(case)
    ledger = () if case.model is None else exchanges(case.model)
    return Talks(
        board=board,
        deal=None if board is None else dealing(board),
        papers=_papers(case, board, labels, cells),
        waits=all_waits(case),
        ledger=ledger,
    )


def _papers(case: LoadedCase, board: Board | None, labels: Sequence[Label], cells: Sequence[Cell]) -> tuple[Paper, ...]:
    if board is None:
        return ()
    return from_checks(case, board, labels, cells) if cells else papers(case, board)
