"""The answer to ``negotiate`` in words: each part in lines of its own, in the order in which they are read."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from typing import Final

from foedus.brief.board_screen import board_lines
from foedus.brief.deal_screen import deal_lines
from foedus.brief.ledger_screen import ledger_lines
from foedus.brief.screen import WIDTH
from foedus.brief.tables import chain
from foedus.brief.waits_screen import waits_lines
from foedus.case.stage import LoadedCase
from foedus.talks.talks import Talks
from foedus.wording import Speaker

NOT_A_FORECAST: Final = (
    "This counts what is written down, each stand from its source. Who will move is politics, and nothing here says "
    "how likely it is."
)
NOTHING: Final = "The case has no board, no steps that wait and no ledger (`board`, `preconditions`, `ledger`)."
Line = tuple[int, str]
Cited = Callable[[tuple[str, ...]], str]


def talks_text(case: LoadedCase, talks: Talks, what: str | None = None) -> str:
    """Return what was found as text, 80 columns wide; ``what`` names one part of it."""
    found = [list(lines) for name, lines in parts(case, talks) if what in (None, name)]
    if not found:
        return "\n".join(wrapped((0, NOTHING)))
    title = f"{case.title} (as of {case.as_of})" if case.as_of else case.title
    lines = [(0, title), *(line for part in found for line in ((0, ""), *part)), (0, ""), (0, NOT_A_FORECAST)]
    return "\n".join(printed for line in lines for printed in wrapped(line))


def parts(case: LoadedCase, talks: Talks) -> Iterator[tuple[str, Iterator[Line]]]:
    """Every part that there is, by its name: its title first, at no indent, and then its lines."""
    speaker, cited = Speaker(case), citing(case)
    if talks.deal is not None and talks.board is not None:
        yield "packages", deal_lines(talks.deal, talks.board, talks.papers, speaker, cited)
    for waits in talks.waits:
        yield "deadlock", waits_lines(waits, case, cited)
    for exchange in talks.ledger:
        yield "ledger", ledger_lines(exchange, speaker, cited)
    if talks.board is not None:
        yield "board", board_lines(talks.board, speaker, cited)


def citing(case: LoadedCase) -> Cited:
    """Sources as they are named behind a line: who, through whom, when, and whether somebody read it."""
    sources = case.model.sources if case.model is not None else {}

    def words(keys: tuple[str, ...]) -> str:
        found = (chain(sources[key]) + ("" if sources[key].verified else "; not verified") for key in keys)
        return " / ".join(found)

    return words


def wrapped(line: Line) -> list[str]:
    """One line of a part, indented and broken at the width of the screen."""
    indent, words = line
    return textwrap.wrap(
        words, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2 * bool(indent)),
        break_long_words=False,
    ) or [""]  # fmt: skip
