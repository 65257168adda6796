"""What is negotiated, on the page: the board drawn, and each part as it is told on the screen."""

from collections.abc import Iterable, Iterator

from foedus.brief.board_picture import board_picture
from foedus.brief.figures import inline
from foedus.brief.records import Block, TalksPart
from foedus.brief.talks_screen import NOT_A_FORECAST, parts
from foedus.findings import Assessment
from foedus.wording import Speaker


def talks_parts(assessment: Assessment, speaker: Speaker) -> tuple[TalksPart, ...]:
    """What the page says of negotiation; nothing where the case has nothing for it."""
    talks = assessment.talks
    if talks is None:
        return ()
    drawing = inline(board_picture(talks.board, speaker)) if talks.board is not None else ""
    found = []
    for number, (name, lines) in enumerate(parts(assessment.case, talks)):
        (_, title), *rest = lines
        intro = NOT_A_FORECAST if number == 0 else ""
        found.append(TalksPart(f"talks-{number}", title, intro, drawing if name == "board" else "", _blocks(rest)))
    return tuple(found)


def _blocks(lines: Iterable[tuple[int, str]]) -> tuple[Block, ...]:
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
