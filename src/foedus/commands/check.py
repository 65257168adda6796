"""``foedus check``."""

import sys
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from foedus.commands.arguments import CaseArgument, FailOn, FailOnOption
from foedus.commands.printing import exit_code, print_json, watched
from foedus.errors import BadInput


class CheckFormat(StrEnum):
    """How the findings of a check are printed."""

    text = "text"
    json = "json"
    sarif = "sarif"
    markdown = "markdown"


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
        return _check(
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


def _check(
    case: str,
    rules: tuple[str, ...],
    instruments: tuple[str, ...],
    at_least: str | None,
    *,
    everything: bool,
    fail_on: FailOn,
    format: CheckFormat,
) -> int:
    from foedus.api import check_names, level_named
    from foedus.case.load import load
    from foedus.check.run import Options, asked_for, run

    loaded = load(case)
    on_screen = format == "text" and not everything
    alone = len(instruments or loaded.instruments) == 1
    options = Options(rules, level_named(at_least), instruments, explain=alone or not on_screen, lead_only=on_screen)
    check_names(loaded, options)
    report = run(loaded, options, watched(len(instruments or loaded.instruments)))
    loaded = asked_for(loaded, options)
    if format == "json":
        print_json(report.to_dict())
    elif format == "sarif":
        from foedus import __version__
        from foedus.brief.sarif import report_sarif

        print_json(report_sarif(loaded, report, __version__))
    elif format == "markdown":
        from foedus.brief.markdown import report_markdown

        print(report_markdown(loaded, report), end="")
    elif everything:
        from foedus.brief.full import report_text

        print(report_text(loaded, report))
    else:
        from foedus.brief.screen import first_screen

        print(first_screen(loaded, report))
    return exit_code(report, fail_on)


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
