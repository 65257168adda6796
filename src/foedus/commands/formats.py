"""The words that options of several commands take; typer is not needed to read them."""

from enum import StrEnum


class ListFormat(StrEnum):
    """How a list is printed."""

    text = "text"
    json = "json"


class CheckFormat(StrEnum):
    """How the findings of a check are printed."""

    text = "text"
    json = "json"
    sarif = "sarif"
    markdown = "markdown"


class FailOn(StrEnum):
    """The classes of finding that set exit code 1."""

    defect = "defect"
    caution = "caution"
    description = "description"
    nothing = "nothing"


class TalksPart(StrEnum):
    """The parts of what is negotiated."""

    packages = "packages"
    deadlock = "deadlock"
    ledger = "ledger"
    board = "board"
