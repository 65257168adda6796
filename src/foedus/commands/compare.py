"""``foedus compare``."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from foedus.commands.printing import print_json
from foedus.errors import BadInput, Problem


class CompareFormat(StrEnum):
    """How a comparison is printed."""

    text = "text"
    json = "json"
    markdown = "markdown"


def compare(
    texts: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT...", help="ids of shipped texts, files, or texts of the case")
    ] = None,
    case: Annotated[
        str | None, typer.Option("--case", metavar="CASE", help="compare them on the stage of this case")
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="two drafts, the old one first: what was changed")] = False,
    picture: Annotated[
        Path | None, typer.Option("--picture", metavar="FILE", help="draw who is stronger than whom: .svg or .png")
    ] = None,
    format: Annotated[CompareFormat, typer.Option("--format", help="how to print it")] = CompareFormat.text,
) -> None:
    """Texts side by side: stronger, weaker, equal or incomparable, and the incident that separates them."""
    names = tuple(texts or ())
    if picture is not None and picture.suffix.lower() not in (".svg", ".png"):
        raise BadInput([Problem(None, f"a picture cannot be written as `{picture.name}`", "end it in .svg or .png")])
    if diff:
        raise typer.Exit(_diff(names, case, picture, format))
    from foedus.check.compare import compare as run_compare
    from foedus.check.compare import stage_for

    found = run_compare(stage_for(names, case))
    if picture is not None:
        from foedus.brief.drawing import written
        from foedus.brief.figures import picture as drawn
        from foedus.wording import Speaker

        ids = [staged.id for staged in found.case.instruments]
        written(lambda form: drawn(ids, found.relations, Speaker(found.case), form), picture)
    if format == "json":
        print_json(found.to_dict())
        return
    from foedus.brief.side_by_side import comparison_markdown, comparison_text

    print(comparison_markdown(found).rstrip() if format == "markdown" else comparison_text(found))
    if picture is not None:
        print(f"The picture: {picture}")


def _diff(names: tuple[str, ...], case: str | None, picture: Path | None, format: CompareFormat) -> int:
    from foedus.check.compare import stage_for
    from foedus.check.difference import difference
    from foedus.check.run import failing
    from foedus.findings import Class

    problems = []
    if len(names) != 2:
        words = f"`--diff` holds a new draft against an old one: two texts, and not {len(names)}"
        problems.append(Problem(None, words, "`foedus compare --diff OLD NEW`"))
    if picture is not None:
        problems.append(Problem(None, "`--picture` draws how forms stand, which `--diff` does not", "leave one out"))
    if problems:
        raise BadInput(problems)
    found = difference(stage_for(names, case))
    if format == "json":
        print_json(found.to_dict())
    else:
        from foedus.brief.draft_diff import difference_markdown, difference_text

        print(difference_markdown(found).rstrip() if format == "markdown" else difference_text(found))
    return int(failing(found.new_faults, (Class.DEFECT,)))
