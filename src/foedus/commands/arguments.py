"""The arguments and options that several commands have."""

from typing import Annotated

import typer

from foedus.commands.formats import FailOn, ListFormat

CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="a case file, or the id of a shipped instrument")]
Format = Annotated[ListFormat, typer.Option("--format", help="how to print it")]
FailOnOption = Annotated[
    FailOn, typer.Option("--fail-on", help="the least class that sets exit code 1, as an unmet expectation does")
]
