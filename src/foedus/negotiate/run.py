"""All of it over one case: each part that the case has data for."""

from foedus.case.stage import LoadedCase
from foedus.negotiate.dealing import dealing
from foedus.negotiate.papers import papers
from foedus.negotiate.reading import board_of
from foedus.negotiate.sequencing import all_waits
from foedus.talks.talks import Talks


def negotiate(case: LoadedCase) -> Talks:
    """Return what is on the table and what can be agreed. Deterministic; nothing is read or written."""
    board = board_of(case)
    return Talks(
        board=board,
        deal=None if board is None else dealing(board),
        papers=() if board is None else papers(case, board),
        waits=all_waits(case),
    )
