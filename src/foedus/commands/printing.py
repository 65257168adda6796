"""What several commands need around their one call: JSON, progress, folders, names that nobody knows, the exit code."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from foedus.commands.formats import FailOn
from foedus.errors import BadInput, Problem, nearest


def exit_code(report: Any, fail_on: FailOn) -> int:
    """1 where a finding counts or an expectation of the file is not met, else 0."""
    from foedus.check.run import failing
    from foedus.findings import CLASS_ORDER, Class

    if fail_on is FailOn.nothing:
        return 0
    counted = CLASS_ORDER[: CLASS_ORDER.index(Class(fail_on.value)) + 1]
    return int(failing(report.findings, counted) or any(one.unmet for one in report.expectations))


def watched(count: int) -> Callable[[str], None]:
    """Progress on the error stream, only where somebody watches and there is more than a moment of work."""
    if count < 2 or not sys.stderr.isatty():
        return lambda _: None
    done = iter(range(1, count + 1))

    def show(name: str) -> None:
        number = next(done, count)
        bar = "#" * (24 * number // count)
        print(
            f"\r[{bar:<24}] {number}/{count} {name:<40.40}",
            end="\n" if number == count else "",
            file=sys.stderr,
            flush=True,
        )

    return show


def folder_for(folder: Path) -> None:
    """Make a folder where there is none yet. Raises ``BadInput``."""
    try:
        if folder.exists() and not folder.is_dir():
            raise BadInput([Problem(None, f"`{folder}` is a file, expected a folder")])
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            [
                Problem(
                    None, f"the folder `{folder}` cannot be made: {str(error.strerror).lower()}", "give another place"
                )
            ]
        ) from None


def write_text(file: Path, text: str) -> None:
    """Write a text file, with lines that end alike on every system. Raises ``BadInput``."""
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        told = f"the file `{file}` cannot be written: {str(error.strerror).lower()}"
        raise BadInput([Problem(None, told, "give another place")]) from None


def write_bytes(file: Path, data: bytes) -> None:
    """Write a file as it is. Raises ``BadInput``."""
    try:
        file.write_bytes(data)
    except OSError as error:
        told = f"the file `{file}` cannot be written: {str(error.strerror).lower()}"
        raise BadInput([Problem(None, told, "give another place")]) from None


def not_known(what: str, name: str, known: Any) -> NoReturn:
    """Say that there is nothing of this name, and which is nearest."""
    near = nearest(name, known)
    cure = f"did you mean `{near}`?" if near else f"known: {', '.join(list(known)[:30])}"
    raise BadInput([Problem(None, f"`{name}` is not a known {what}", cure)])


def print_json(data: Any) -> None:
    """Plain data as JSON on the output."""
    import json

    print(json.dumps(data, indent=2, ensure_ascii=False))
