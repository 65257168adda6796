"""The command line: arguments to one call to printing to an exit code; no logic of the domain.

Exit codes: 0 clean, 1 findings, 2 bad input, 3 our bug. Heavy parts are imported by the command that needs them.
"""

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from foedus.commands import admit, ask, assess, check, compare, docs, fix, listings, new, precedents, questions, race
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


INTERRUPTED = 130
"""The exit code of a command that was stopped with Ctrl+C, as shells have it."""

COMMANDS = (
    assess.demo,
    new.new,
    check.check,
    ask.ask,
    compare.compare,
    questions.questions,
    fix.fix,
    admit.admit,
    race.race,
    precedents.precedents,
    listings.rules,
    listings.library,
    listings.words,
    listings.schema,
    docs.docs,
    new.migrate,
    assess.assess,
)
for command in COMMANDS:
    app.command()(command)


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
    # What a run makes stays until its end, nearly without circles: to look for them again and again took half the time,
    # and a last time before the end a tenth.
    gc.set_threshold(1_000_000)
    code = _guarded(lambda: app(standalone_mode=False))
    gc.freeze()
    raise SystemExit(code)


def _guarded(run: Callable[[], object]) -> int:
    try:
        code = run()
        sys.stdout.flush()
    except BadInput as bad:
        print(bad, file=sys.stderr)
        return 2
    except (typer.Abort, KeyboardInterrupt):
        return _interrupted()
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
    if code == INTERRUPTED:
        return _interrupted()  # typer catches Ctrl+C itself and only hands on its exit code
    return code if isinstance(code, int) else 0


def _interrupted() -> int:
    print("interrupted; nothing was lost", file=sys.stderr)
    return INTERRUPTED


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
