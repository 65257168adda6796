"""The board drawn: a row for each option, a column for each party, a sign and a grey in each field."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from foedus.brief.drawing import INK, SIZE, SOFT, Caption, drawn_on_sheet
from foedus.talks.board import Board, Issue, Stand
from foedus.wording import Speaker

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_ISSUES: Final = 16
MOST_PARTIES: Final = 14
WIDTH: Final = 7.6
LEFT: Final = 3.5
"""Inches: the picture, and its part that holds the words."""
ROW: Final = 0.34
HEAD: Final = 0.3
TOP: Final = 1.75
LETTERS: Final = 46
SIGNS: Final = {
    Stand.ACCEPT: ("✓", "#ffffff", INK, "accepts"),
    Stand.NEGOTIABLE: ("~", "#d2d7dc", INK, "would talk"),
    Stand.REJECT: ("✗", "#2b323a", "#ffffff", "turns down"),
    Stand.UNKNOWN: ("?", "#f4f5f6", SOFT, "not known"),
}
"""Sign, grey and ink: each is told apart by its sign alone, so that no printer and no eye needs the grey."""
OTHERWISE: Final = "*"


@dataclass(frozen=True, slots=True)
class _Row:
    """A heading (without an option) or an option of an issue; ``top`` in inches from the top."""

    issue: Issue
    option: int | None
    top: float


def board_picture(board: Board, speaker: Speaker, form: str = "svg") -> bytes:
    """Return the picture as bytes, ``svg`` or ``png``: the same bytes every time."""
    rows = tuple(_rows(board))

    def draw(axes: Axes) -> None:
        _legend(axes, board)
        _columns(axes, board, speaker)
        for row in rows:
            _row(axes, row, board)

    caption = Caption("Where each side stands on each option", board_words(board, speaker), "board")
    return drawn_on_sheet(draw, (WIDTH, rows[-1].top + ROW + 0.15), form, caption)


def board_words(board: Board, speaker: Speaker) -> str:
    """The picture in words: for each option who accepts it, would talk about it, turns it down."""
    told = []
    for issue in board.issues:
        for number, option in enumerate(issue.options):
            stands = []
            for stand, words in ((Stand.ACCEPT, "yes"), (Stand.NEGOTIABLE, "would talk"), (Stand.REJECT, "no")):
                who = [position.party for position in issue.positions if position.stands[number] is stand]
                if who:
                    stands.append(f"{words} {speaker.parties(who)}")
            says = f"{issue.asks}: {option.says}" if option.says in ("yes", "no") else option.says
            told.append(f"{says}: {'; '.join(stands) or 'nobody has said anything'}")
    return f"{'. '.join(told)}. Of all others it is not known."


def _rows(board: Board) -> Iterator[_Row]:
    top = TOP
    for issue in board.issues[:MOST_ISSUES]:
        yield _Row(issue, None, top)
        top += HEAD
        for option in range(len(issue.options)):
            yield _Row(issue, option, top)
            top += ROW
        top += 0.08


def _parties(board: Board) -> tuple[str, ...]:
    """Who has said anything first, so that a column that is cut off is one of question marks."""
    known = {p.party for issue in board.issues for p in issue.positions if {*p.stands} != {Stand.UNKNOWN}}
    return tuple(sorted(board.parties, key=lambda party: party not in known))[:MOST_PARTIES]


def _column(board: Board, number: int) -> tuple[float, float]:
    """Left end and width of a column, in inches."""
    width = min(0.5, (WIDTH - LEFT - 0.1) / max(1, len(_parties(board))))
    return LEFT + number * width, width


def _legend(axes: Axes, board: Board) -> None:
    from matplotlib.patches import Rectangle

    left = 0.1
    for sign, grey, ink, words in SIGNS.values():
        axes.add_patch(Rectangle((left, 0.1), 0.24, 0.22, facecolor=grey, edgecolor=SOFT, linewidth=0.7))
        axes.text(left + 0.12, 0.21, sign, ha="center", va="center", color=ink, fontsize=SIZE)
        axes.text(left + 0.3, 0.21, words, ha="left", va="center", color=INK)
        left += 1.25
    if any(position.told for issue in board.issues for position in issue.positions):
        axes.text(left, 0.21, f"{OTHERWISE} somebody else tells it otherwise", ha="left", va="center", color=INK)


def _columns(axes: Axes, board: Board, speaker: Speaker) -> None:
    for number, party in enumerate(_parties(board)):
        left, width = _column(board, number)
        name = speaker.party(party).removeprefix("the ")
        axes.text(left + width / 2, TOP - 0.06, name, ha="center", va="bottom", rotation=90, color=INK)


def _row(axes: Axes, row: _Row, board: Board) -> None:
    from matplotlib.patches import Rectangle

    if row.option is None:
        words = row.issue.asks[:1].upper() + row.issue.asks[1:]
        axes.text(0.1, row.top + HEAD * 0.6, words, va="center", color=INK, fontweight="bold")
        return
    says = row.issue.options[row.option].says
    axes.text(0.2, row.top + ROW / 2, _cut(says[:1].upper() + says[1:], 2), va="center", color=INK, fontsize=SIZE - 2)
    positions = {position.party: position for position in row.issue.positions}
    for number, party in enumerate(_parties(board)):
        if party not in positions:
            continue
        position = positions[party]
        sign, grey, ink, _ = SIGNS[position.stands[row.option]]
        left, width = _column(board, number)
        axes.add_patch(Rectangle((left, row.top), width, ROW, facecolor=grey, edgecolor=SOFT, linewidth=0.7))
        otherwise = any(told.stands[row.option] not in (None, position.stands[row.option]) for told in position.told)
        axes.text(
            left + width / 2, row.top + ROW / 2, sign + OTHERWISE * otherwise, ha="center", va="center", color=ink,
            fontsize=SIZE,
        )  # fmt: skip


def _cut(words: str, lines: int) -> str:
    wrapped = textwrap.wrap(words, LETTERS)
    return "\n".join(wrapped[:lines]) + (" …" if len(wrapped) > lines else "")
