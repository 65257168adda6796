"""``foedus new``, and ``foedus migrate`` for what was made long ago."""

import os
from pathlib import Path
from typing import Annotated

import typer

from foedus.commands.printing import folder_for, write_text
from foedus.errors import BadInput, Problem


def new(
    file: Annotated[Path, typer.Argument(help="the file to make; it must not exist yet")],
    like: Annotated[str | None, typer.Option(help="start from a shipped instrument of this id")] = None,
    ask_questions: Annotated[bool, typer.Option("--ask", help="answer twelve plain questions")] = False,
) -> None:
    """Make a new case: a commented skeleton, a copy of a shipped form, or from twelve plain questions."""
    from foedus.brief.starting import copied, from_answers, skeleton

    if os.path.exists(file):  # noqa: PTH110  unlike that of Path it bears a name that no file can have
        raise BadInput([Problem(None, f"`{file}` exists already", "give another name; nothing is overwritten")])
    if like is not None and ask_questions:
        raise BadInput([Problem(None, "`--like` and `--ask` were both given", "use one of them")])
    if like is not None:
        text = copied(like)
    elif ask_questions:
        text = from_answers(file.stem, input, print)
    else:
        text = skeleton(file.stem)
    folder_for(file.parent)
    write_text(file, text)
    print(f"{file} is made. Next: foedus check {file}")


def migrate(file: Annotated[Path, typer.Argument(help="a case or instrument file")]) -> None:
    """Bring a file to the newest format of the language."""
    from foedus.case.load import load

    load(file)
    print(f"{file}: already in format 1, the only one so far; nothing to do")
