"""The arguments and options that several commands have."""

from enum import StrEnum
from typing import Annotated

import typer


class ListFormat(StrEnum):
    """How a list is printed."""

    text = "text"
    json = "json"


class FailOn(StrEnum):
    """The classes of finding that set exit code 1."""

    defect = "defect"
    caution = "caution"
    description = "description"
    nothing = "nothing"


CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="a case file, or the id of a shipped instrument")]
Format = Annotated[ListFormat, typer.Option("--format", help="how to print it")]
FailOnOption = Annotated[
    FailOn, typer.Option("--fail-on", help="the least class that sets exit code 1, as an unmet expectation does")
]
