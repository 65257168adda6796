"""What the forms on the board are worth by their texts, on the screen."""

from collections.abc import Iterator, Mapping

from foedus.check.questions import label_words
from foedus.talks.board import Board
from foedus.talks.paper import Paper
from foedus.wording import Speaker, level, levels


def paper_lines(board: Board, papers: Mapping[str, Paper], speaker: Speaker) -> Iterator[tuple[int, str]]:
    """Yield the lines on every text that an option stands for, each with its indent."""
    if not papers:
        return
    first = next(iter(papers.values()))
    yield 2, f"What the forms are worth on paper if {speaker.incident(first.incident)}:"
    for issue in board.issues:
        for option in issue.options:
            for id in option.instruments:
                if id in papers:
                    yield 4, f"{option.says[:1].upper()}{option.says[1:]}. {worth(papers[id], speaker)}"


def worth(paper: Paper, speaker: Speaker) -> str:
    """A text in full: what it is, what must be given, what is left lawfully, who can stop it."""
    what = label_words(paper.is_a, paper.called, paper.called_by)
    asked = level(paper.required)
    return (
        f"{speaker.supposed(paper.instrument)}: {what}. Must at least be given, in good faith: "
        f"{levels(*paper.promised)}; this case asks for {asked}. Weakest lawful response: {levels(*paper.weakest)}. "
        f"Who can lawfully stop it: {_stoppers(paper)}."
    )


def worth_in_short(paper: Paper, speaker: Speaker) -> str:
    """The same in a line beside a package."""
    return (
        f"on paper ({speaker.instrument(paper.instrument)}): weakest lawful response {levels(*paper.weakest)}; "
        f"who can lawfully stop it: {_stoppers(paper)}"
    )


def _stoppers(paper: Paper) -> str:
    return "; under another reading or value: ".join(paper.stoppers) or "there is no help to stop"
