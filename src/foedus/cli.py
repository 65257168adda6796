"""The command line: arguments to one call to printing to an exit code; no logic of the domain.

Exit codes: 0 clean, 1 findings, 2 bad input, 3 our bug. Heavy parts are imported by the command that needs them. The
commonest command line, `check CASE` alone, is read without typer, which takes longer to start than the case to load.
"""

import _thread
import gc
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from foedus.commands.checking import checked_plainly, plainly_asked
from foedus.errors import BadInput

INTERRUPTED = 130
"""The exit code of a command that was stopped with Ctrl+C, as shells have it."""


def __getattr__(name: str) -> object:
    """``app``, which takes typer to make, once it is asked for."""
    if name != "app":
        raise AttributeError(f"module 'foedus.cli' has no attribute {name!r}")
    from foedus.commands.app import app

    return app


def main() -> None:
    """Run the command line; every outcome becomes an exit code."""
    # What a run makes stays until its end, nearly without circles: to look for them again and again took half the time,
    # and a last time before the end a tenth.
    gc.set_threshold(1_000_000)
    # Whatever else is installed has no part in reading a case; to search all packages for such parts takes as long as
    # reading half of one.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    sys.unraisablehook = _interrupt_again
    code = _guarded(_asked)
    gc.freeze()
    raise SystemExit(code)


def _interrupt_again(lost: "sys.UnraisableHookArgs") -> None:
    """Repeat a Ctrl+C that Python had to drop, because it came while a finaliser or the callback of an import ran."""
    if isinstance(lost.exc_value, KeyboardInterrupt):
        _thread.start_new_thread(_interrupt_soon, ())
    else:
        sys.__unraisablehook__(lost)


def _interrupt_soon() -> None:
    time.sleep(0.02)  # until what could not be interrupted is over
    _thread.interrupt_main()


def _asked() -> object:
    case = plainly_asked(sys.argv[1:])
    if case is not None:
        return checked_plainly(case)
    from foedus.commands.app import app

    return app(standalone_mode=False)


def _guarded(run: Callable[[], object]) -> int:
    try:
        code = run()
        sys.stdout.flush()
    except BadInput as bad:
        print(bad, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
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
        if _is_abort(error):
            return _interrupted()
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


def _is_abort(error: Exception) -> bool:
    """Whether typer says in its own way that Ctrl+C was pressed; without typer there is no such way."""
    typer = sys.modules.get("typer")
    return typer is not None and isinstance(error, typer.Abort)


def _interrupted() -> int:
    print("interrupted; nothing was lost", file=sys.stderr)
    return INTERRUPTED


def _close_stdout() -> None:
    """The reader has gone (as with ``| head``): do not complain a second time at exit."""
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
    if os.environ.get("FOEDUS_TRACEBACK"):
        traceback.print_exception(bug)
    return 3


if __name__ == "__main__":
    main()
