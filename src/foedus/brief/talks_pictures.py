"""One part of what is negotiated, drawn into a file: the board, who waits for whom, or a deal."""

from pathlib import Path
from typing import Final

from foedus.brief.board_picture import board_picture
from foedus.brief.drawing import written
from foedus.brief.ledger_picture import ledger_picture
from foedus.brief.talks_screen import citing
from foedus.brief.waits_picture import waits_picture
from foedus.brief.waits_screen import Told
from foedus.case.stage import LoadedCase
from foedus.errors import BadInput, Problem
from foedus.talks.talks import Talks
from foedus.wording import Speaker

LACKS: Final = {
    "board": Problem(None, "the case has no board to draw", "write down who stands where under `board`"),
    "packages": Problem(None, "the case has no board to draw", "write down who stands where under `board`"),
    "deadlock": Problem(None, "the case has no steps that wait", "write them down under `preconditions`"),
    "ledger": Problem(None, "the case has no ledger to draw", "write down who gave what under `ledger`"),
}


def draw_talks(case: LoadedCase, talks: Talks, what: str, path: Path) -> None:
    """Write the picture of a part, of several the first. Raises ``BadInput``."""
    if what == "deadlock" and talks.waits:
        told = Told(talks.waits[0], case, citing(case))
        written(lambda form: waits_picture(told, form), path)
    elif what == "ledger" and talks.ledger:
        written(lambda form: ledger_picture(talks.ledger[0], Speaker(case), form), path)
    elif what in ("board", "packages") and talks.board is not None:
        board = talks.board
        written(lambda form: board_picture(board, Speaker(case), form), path)
    else:
        raise BadInput([LACKS[what]])
