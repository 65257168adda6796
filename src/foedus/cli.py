"""The command line: arguments to one call to printing to an exit code; no logic of the domain.

Exit codes: 0 clean, 1 findings, 2 bad input, 3 our bug. Heavy parts are imported by the command that needs them.
"""

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from foedus import commands
from foedus.errors import BadInput

app = typer.Typer(
    name="foedus",
    help="Write down what a security guarantee says; see where it fails, with the incident that breaks it.",
    epilog="This checks the file, not the treaty; whether states keep it is politics. Nothing leaves this machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


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


CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="a case file, or the id of a shipped instrument")]
Format = Annotated[ListFormat, typer.Option("--format", help="how to print it")]


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="where to put the case and its pages")] = Path("foedus-demo"),
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="open the page in the browser")] = True,
) -> None:
    """Copy the Ukraine case, run the main job on it and open the page."""
    commands.demo(folder, open_page=open_page)


@app.command()
def new(
    file: Annotated[Path, typer.Argument(help="the file to make; it must not exist yet")],
    like: Annotated[str | None, typer.Option(help="start from a shipped instrument of this id")] = None,
    ask_questions: Annotated[bool, typer.Option("--ask", help="answer twelve plain questions")] = False,
) -> None:
    """Make a new case: a commented skeleton, a copy of a shipped form, or from twelve plain questions."""
    commands.new(file, like=like, ask_questions=ask_questions)


@app.command()
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
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="the least class that sets exit code 1")] = FailOn.defect,
    format: Annotated[CheckFormat, typer.Option("--format", help="how to print it")] = CheckFormat.text,
) -> None:
    """Where does it fail? Run the rules over a case."""

    def run() -> int:
        return commands.check(
            case, tuple(rule or ()), tuple(instrument or ()), at_least,
            everything=everything, fail_on=fail_on.value, format=format.value,
        )  # fmt: skip

    if watch:
        commands.watch(case, run)
    raise typer.Exit(run())


@app.command()
def ask(
    case: CaseArgument,
    instrument: Annotated[str | None, typer.Option(metavar="ID", help="which instrument of the case")] = None,
    reading: Annotated[str | None, typer.Option(metavar="NAME", help="lay this reading over the text")] = None,
    attacker: Annotated[
        str | None, typer.Option(metavar="PARTY", help="a party's id, or OTHER for an outsider")
    ] = None,
    victim: Annotated[str | None, typer.Option(metavar="PARTY")] = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="such as land_grab or full_invasion")] = None,
    zone: Annotated[str | None, typer.Option(metavar="ZONE", help="a zone of the case")] = None,
    object: Annotated[
        str | None, typer.Option(metavar="OBJECT", help="territory, forces, ships_and_aircraft, nationals")
    ] = None,
    provoked: Annotated[bool, typer.Option("--provoked", help="the attack was really provoked")] = False,
    phase: Annotated[
        str, typer.Option(metavar="PHASE", help="of the text's life, such as in_force or dormant")
    ] = "in_force",
    at: Annotated[str | None, typer.Option("--at", metavar="TIME", help="time since the attack, such as 72h")] = None,
    refuses: Annotated[str, typer.Option(metavar="PARTIES", help="who says no or does not act, such as RU,US")] = "",
    silent: Annotated[str, typer.Option(metavar="PARTIES", help="who says nothing at all")] = "",
    format: Format = ListFormat.text,
) -> None:
    """One incident, in full: who must do what for whom, and what would have to change."""
    commands.ask(
        case, instrument=instrument, reading=reading, attacker=attacker, victim=victim, kind=kind, zone=zone,
        object=object, provoked=provoked, phase=phase, at=at, refuses=refuses, silent=silent, as_json=format == "json",
    )  # fmt: skip


@app.command()
def questions(case: CaseArgument, format: Format = ListFormat.text) -> None:
    """The open questions of a case, each with a one-line answer and the command that shows more."""
    commands.questions(case, as_json=format == "json")


@app.command()
def rules(
    name: Annotated[str | None, typer.Argument(help="one rule, by name or code")] = None,
    format: Format = ListFormat.text,
) -> None:
    """The rules: what each wants, looks for, and cannot see."""
    commands.rules(name, as_json=format == "json")


@app.command()
def library(
    id: Annotated[str | None, typer.Argument(help="one shipped instrument")] = None,
    format: Format = ListFormat.text,
) -> None:
    """The shipped instruments, or one of them clause by clause with its sources."""
    commands.library(id, as_json=format == "json")


@app.command()
def words(
    term: Annotated[str | None, typer.Argument(help="one term")] = None,
    format: Format = ListFormat.text,
) -> None:
    """What the terms mean, in plain words."""
    commands.words(term, as_json=format == "json")


@app.command()
def schema(
    of: Annotated[str, typer.Option(metavar="case|instrument", help="which kind of file")] = "case",
) -> None:
    """The JSON Schema of the language, for editors."""
    commands.schema(of)


@app.command()
def migrate(file: Annotated[Path, typer.Argument(help="a case or instrument file")]) -> None:
    """Bring a file to the newest format of the language."""
    commands.migrate(file)


@app.command()
def assess(
    case: CaseArgument,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="where the page goes")] = Path("out"),
    at_least: Annotated[str | None, typer.Option("--at-least", metavar="LEVEL")] = None,
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="the least class that sets exit code 1")] = FailOn.defect,
    format: Format = ListFormat.text,
) -> None:
    """The main job: every stage over the case; one self-contained page, the first screen here."""
    raise typer.Exit(commands.assess(case, output, at_least, fail_on.value, as_json=format == "json"))


def _version(value: bool) -> None:
    if value:
        from foedus import __version__

        typer.echo(f"foedus {__version__}, case format 1")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version")
    ] = False,
) -> None:
    """Options that stand before the command."""


def main() -> None:
    """Run the command line; every outcome becomes an exit code."""
    raise SystemExit(_guarded(lambda: app(standalone_mode=False)))


def _guarded(run: Callable[[], object]) -> int:
    try:
        code = run()
        sys.stdout.flush()
    except BadInput as bad:
        print(bad, file=sys.stderr)
        return 2
    except (typer.Abort, KeyboardInterrupt):
        print("interrupted; nothing was lost", file=sys.stderr)
        return 130
    except BrokenPipeError:
        _close_stdout()
        return 0
    except SystemExit as stop:
        if not isinstance(stop.__context__, BrokenPipeError):
            raise
        _close_stdout()  # typer turns a reader that has gone away into exit code 1, which here means findings
        return 0
    except Exception as error:  # noqa: BLE001  whatever is left is our bug, and is told as one
        show = getattr(error, "show", None)
        if show is not None and hasattr(
            error, "exit_code"
        ):  # a wrong option or command; typer has no public name for it
            show()
            return 2
        return _our_bug(error)
    return code if isinstance(code, int) else 0


def _close_stdout() -> None:
    """The reader has gone (as with ``| head``): do not complain a second time at exit."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _our_bug(bug: Exception) -> int:
    import traceback

    last = traceback.extract_tb(bug.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    print(
        f"this is a bug in Foedus, not in your file ({type(bug).__name__} at {place}): {bug}\n"
        "  help: please report it with the file that shows it; set FOEDUS_TRACEBACK=1 to see the whole trace",
        file=sys.stderr,
    )
    import os

    if os.environ.get("FOEDUS_TRACEBACK"):
        traceback.print_exception(bug)
    return 3


if __name__ == "__main__":
    main()
