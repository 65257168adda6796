"""The board drawn: a row for each option, a column for each party, a sign and a grey in each field."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from foedus.brief.figures import FONT, FONTS, INK, SIZE, SOFT
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
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    rows = tuple(_rows(board))
    height = rows[-1].top + ROW + 0.15
    drawn = io.BytesIO()
    settings: Any = {"svg.hashsalt": "foedus", "svg.fonttype": "none", "font.family": FONT, "font.size": SIZE - 1}
    with mpl.rc_context(settings):
        figure = Figure(figsize=(WIDTH, height))
        canvas = FigureCanvasSVG(figure) if form == "svg" else FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(height, 0)
        axes.set_axis_off()
        _legend(axes, board)
        _columns(axes, board, speaker)
        for row in rows:
            _row(axes, row, board)
        for part in (*axes.patches, *axes.texts, *axes.lines):
            part.set_clip_on(False)
        nothing = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
        canvas.print_figure(drawn, format=form, dpi=72 if form == "svg" else 200, metadata=nothing)
    return _told(drawn.getvalue().decode(), board_words(board, speaker)).encode() if form == "svg" else drawn.getvalue()


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


def _told(svg: str, words: str) -> str:
    """An SVG that says in words what it shows."""
    from xml.sax.saxutils import escape

    start = re.search(r"<svg [^>]*>", svg)
    if start is None:
        return svg
    svg = svg.replace(f"'{FONT}'", FONTS)
    head = f'{start[0][:-1]} role="img" aria-labelledby="picture-board-title picture-board-words">'
    told = '<title id="picture-board-title">Where each side stands on each option</title>'
    told += f'<desc id="picture-board-words">{escape(words)}</desc>'
    return svg.replace(start[0], head + told, 1)
