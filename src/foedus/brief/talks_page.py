"""What is negotiated, on the page: each part as it is told on the screen, with its picture."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from foedus.assessment import Assessment
from foedus.brief.board_picture import board_picture, board_words
from foedus.brief.drawing import inline
from foedus.brief.ledger_picture import ledger_picture, ledger_words
from foedus.brief.ledger_screen import Told as Ledger
from foedus.brief.records import Block, TalksPart
from foedus.brief.talks_screen import NOT_A_FORECAST, citing, parts
from foedus.brief.waits_picture import waits_picture, waits_words
from foedus.brief.waits_screen import Told, waits_lead
from foedus.case.stage import LoadedCase
from foedus.talks.talks import Talks
from foedus.wording import Speaker

NONE: Final[Iterator[str]] = iter(())


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of one part: its caption, what it shows in words, and how it is drawn (``svg`` or ``png``)."""

    caption: str
    words: str
    draw: Callable[[str], bytes]


UNDRAWN: Final[Iterator[Drawing]] = iter(())


def talks_parts(assessment: Assessment, speaker: Speaker) -> tuple[TalksPart, ...]:
    """What the page says of negotiation; nothing where the case has nothing for it."""
    talks = assessment.talks
    if talks is None:
        return ()
    drawings = {name: iter(drawn) for name, drawn in drawings_of(assessment.case, talks, speaker).items()}
    leads = {name: iter(told) for name, told in leads_of(assessment.case, talks, speaker).items()}
    found = []
    for number, (name, lines) in enumerate(parts(assessment.case, talks)):
        (_, title), *rest = lines
        intro = " ".join(
            part for part in (NOT_A_FORECAST if number == 0 else "", next(leads.get(name, NONE), "")) if part
        )
        drawing = next(drawings.get(name, UNDRAWN), None)
        shown = inline(drawing.draw("svg")) if drawing is not None else ""
        found.append(TalksPart(f"talks-{number}", title, intro, shown, blocks_of(rest)))
    return tuple(found)


def leads_of(case: LoadedCase, talks: Talks, speaker: Speaker) -> dict[str, list[str]]:
    """The answer of a part in short, where its words stand folded up behind a picture."""
    cited = citing(case)
    return {
        "deadlock": [waits_lead(Told(waits, case, cited)) for waits in talks.waits],
        "ledger": [" ".join(Ledger(exchange, speaker, cited).lead()) for exchange in talks.ledger],
    }


def drawings_of(case: LoadedCase, talks: Talks, speaker: Speaker) -> dict[str, list[Drawing]]:
    """The pictures of each part, as often as it comes and in the same order."""
    cited = citing(case)
    told = [Told(waits, case, cited) for waits in talks.waits]
    return {
        "board": [
            Drawing("Who stands where", board_words(board, speaker), partial(board_picture, board, speaker))
            for board in (talks.board,)
            if board is not None
        ],
        "deadlock": [
            Drawing("What waits for what", waits_words(one), partial(waits_picture, one, mark=f"-{number}"))
            for number, one in enumerate(told)
        ],
        "ledger": [
            Drawing(
                "What each side gave and promised",
                ledger_words(exchange, speaker),
                partial(ledger_picture, exchange, speaker, mark=f"-{number}"),
            )
            for number, exchange in enumerate(talks.ledger)
        ],
    }


def blocks_of(lines: Iterable[tuple[int, str]]) -> tuple[Block, ...]:
    """Lines at the first indent begin a block; what stands deeper is in its list."""

    def made() -> Iterator[Block]:
        words = ""
        items: list[tuple[str, bool]] = []
        for indent, line in lines:
            if indent <= 2:
                if words or items:
                    yield Block(words, tuple(items))
                words, items = line, []
            else:
                items.append((line, indent > 4))
        if words or items:
            yield Block(words, tuple(items))

    return tuple(made())
