"""The board on the screen: issue by issue, who stands where on each option, and in whose words."""

from collections.abc import Callable, Iterator
from typing import Final

from foedus.talks.board import Board, Issue, Link, Position, Stand
from foedus.wording import Speaker, listed, sentence

STAND_WORDS: Final = {
    Stand.ACCEPT: "accepted by",
    Stand.NEGOTIABLE: "open to",
    Stand.REJECT: "turned down by",
    Stand.UNKNOWN: "not known of",
}
TOLD_WORDS: Final = {
    Stand.ACCEPT: "accepts",
    Stand.NEGOTIABLE: "would talk about",
    Stand.REJECT: "turns down",
    Stand.UNKNOWN: "has said nothing of",
}


def board_lines(board: Board, speaker: Speaker, cited: Callable[[tuple[str, ...]], str]) -> Iterator[tuple[int, str]]:
    """Yield the lines of the board, each with its indent."""
    count = len(board.issues)
    yield 0, f"The board: {count} issue{'s' * (count != 1)}, {len(board.parties)} parties"
    for issue in board.issues:
        yield from _issue(issue, speaker, cited)
    for link in board.links:
        yield from _link(board, link, speaker, cited)


def option_words(board: Board, issue: int, option: int) -> str:
    """An option of an issue, so that it can be read without the board beside it."""
    told = board.issues[issue]
    says = told.options[option].says
    return f"{told.asks}: {says}" if says in ("yes", "no") else says


def _issue(issue: Issue, speaker: Speaker, cited: Callable[[tuple[str, ...]], str]) -> Iterator[tuple[int, str]]:
    yield 2, issue.asks if issue.asks.endswith("?") else sentence(issue.asks).rstrip(".")
    for number, option in enumerate(issue.options):
        stands = []
        for stand, words in STAND_WORDS.items():
            who = [position.party for position in issue.positions if position.stands[number] is stand]
            if who and stand is Stand.UNKNOWN and len(who) == len(issue.positions):
                stands.append("not known of anybody")
            elif who:
                stands.append(f"{words} {speaker.some(who)}")
        yield 4, f"{sentence(option.says).rstrip('.')}: {'; '.join(stands)}."
    for position in issue.positions:
        yield from _said(issue, position, speaker, cited)


def _said(
    issue: Issue, position: Position, speaker: Speaker, cited: Callable[[tuple[str, ...]], str]
) -> Iterator[tuple[int, str]]:
    name = sentence(speaker.party(position.party)).rstrip(".")
    words = "; ".join(part for part in (position.says, position.note) if part)
    if position.stated and (words or position.source):
        yield 6, f"{name} {words or 'has said so'} [{cited(position.source) or 'no source'}]"
    for told in position.told:
        stands = "; ".join(
            f"{TOLD_WORDS[stand]} “{option.says}”"
            for option, stand in zip(issue.options, told.stands, strict=True)
            if stand is not None
        )
        note = f" ({told.note})" if told.note else ""
        yield 6, f"{told.by} says that {speaker.party(position.party)} {stands}{note} [{cited(told.source)}]"


def _link(
    board: Board, link: Link, speaker: Speaker, cited: Callable[[tuple[str, ...]], str]
) -> Iterator[tuple[int, str]]:
    options = listed(f"“{option_words(board, *part)}”" for part in link.parts)
    who = f"{sentence(speaker.party(link.who)).rstrip('.')} does not take" if link.who else "Nobody can have"
    source = f" [{cited(link.source)}]" if link.source else ""
    yield 2, f"{who} together {options}: {link.why}{source}"
