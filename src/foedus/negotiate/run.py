"""All of it over one case: each part that the case has data for."""

from foedus.case.stage import LoadedCase
from foedus.negotiate.dealing import dealing
from foedus.negotiate.papers import papers
from foedus.negotiate.reading import board_of
from foedus.talks.talks import Talks


def negotiate(case: LoadedCase) -> Talks:
    """Return what is on the table and what can be agreed. Deterministic; nothing is read or written."""
    board = board_of(case)
    if board is None:
        return Talks()
    return Talks(board, dealing(board), papers(case, board))
