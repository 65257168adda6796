"""``foedus check``."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from foedus.commands.arguments import CaseArgument, FailOnOption
from foedus.commands.checking import checked
from foedus.commands.formats import CheckFormat, FailOn
from foedus.errors import BadInput


def check(
    case: CaseArgument,
    rule: Annotated[list[str] | None, typer.Option("--rule", metavar="NAME", help="only this rule")] = None,
    instrument: Annotated[
        list[str] | None, typer.Option("--instrument", metavar="ID", help="only this instrument")
    ] = None,
    at_least: Annotated[
        str | None, typer.Option("--at-least", metavar="LEVEL", help="ask for this level instead of the case's")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="every finding, not only the first screen")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="check again whenever the file changes")] = False,
    fail_on: FailOnOption = FailOn.defect,
    format: Annotated[CheckFormat, typer.Option("--format", help="how to print it")] = CheckFormat.text,
) -> None:
    """Where does it fail? Run the rules over a case."""

    def once() -> int:
        return checked(
            case, tuple(rule or ()), tuple(instrument or ()), at_least,
            everything=everything, fail_on=fail_on, format=format,
        )  # fmt: skip

    if watch:
        try:
            _watch(case, once)
        except KeyboardInterrupt:  # the one way in which watching ends, so that it is no failure
            print("\nno longer watching", file=sys.stderr)
            raise typer.Exit(0) from None
    raise typer.Exit(once())


def _watch(case: str, run: Callable[[], int]) -> NoReturn:
    path, seen = Path(case), -1.0
    while True:
        changed = path.stat().st_mtime if path.exists() else 0.0
        if changed != seen:
            seen = changed
            try:
                run()
            except BadInput as bad:
                print(bad, file=sys.stderr)
            print(f"watching {case}; stop with Ctrl+C", file=sys.stderr)
        time.sleep(0.3)
