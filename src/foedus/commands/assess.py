"""``foedus assess``, the main job, and ``foedus demo``, which does it on the shipped case."""

from pathlib import Path
from typing import Annotated

import typer

from foedus.commands.arguments import CaseArgument, FailOnOption, Format
from foedus.commands.formats import FailOn, ListFormat
from foedus.commands.printing import exit_code, folder_for, print_json, watched, write_text


def assess(
    case: CaseArgument,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="where the page goes")] = Path("out"),
    at_least: Annotated[str | None, typer.Option("--at-least", metavar="LEVEL")] = None,
    fail_on: FailOnOption = FailOn.defect,
    format: Format = ListFormat.text,
) -> None:
    """The main job: every stage over the case; one self-contained page, the first screen here."""
    raise typer.Exit(_assess(case, output, at_least, fail_on, as_json=format == "json"))


def demo(
    folder: Annotated[Path, typer.Argument(help="where to put the case and its pages")] = Path("foedus-demo"),
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="open the page in the browser")] = True,
) -> None:
    """Copy the Ukraine case, run the main job on it and open the page."""
    from foedus.case.shipped import case_text

    folder_for(folder)
    case = folder / "ukraine-2025.yaml"
    if not case.exists():
        write_text(case, case_text("ukraine-2025"))
    _assess(str(case), folder, None, FailOn.defect, as_json=False)
    if open_page:
        import webbrowser

        webbrowser.open((folder / "ukraine-2025.html").resolve().as_uri())


def _assess(case: str, output: Path, at_least: str | None, fail_on: FailOn, *, as_json: bool) -> int:
    from foedus.api import level_named
    from foedus.assess import assess as run_assess
    from foedus.brief.html import render_page
    from foedus.brief.screen import first_screen
    from foedus.case.load import load
    from foedus.check.run import Options

    loaded = load(case)
    options = Options(at_least=level_named(at_least))
    folder_for(output)
    result = run_assess(loaded, options, watched(len(loaded.instruments)))
    page = output / f"{loaded.id}.html"
    write_text(page, render_page(result))
    if as_json:
        print_json(result.to_dict())
    else:
        print(first_screen(result.case, result.report, most_lines=23))
        print(f"The whole page: {page}")
    return exit_code(result.report, fail_on)
