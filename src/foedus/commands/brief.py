"""``foedus brief``: the document that is handed over."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.commands.brief_words import AudienceWord, YardstickWord
from foedus.commands.printing import watched, write_bytes
from foedus.errors import BadInput, Problem

if TYPE_CHECKING:
    from foedus.brief.document import Document


def brief(
    case: Annotated[
        list[str] | None, typer.Argument(metavar="CASE", help="a case file, or the id of a shipped instrument")
    ] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="where it goes; its ending chooses the format; once or more"
        ),
    ] = None,
    audience: Annotated[
        AudienceWord, typer.Option(help="for whom: decides how much is told and in which words, not what was found")
    ] = AudienceWord.brief,
    seed: Annotated[int, typer.Option(metavar="S", min=0, help="decides which futures the race draws")] = 1,
    yardstick: Annotated[
        YardstickWord, typer.Option(help="whose words stand for shares of drawn futures")
    ] = YardstickWord.icd203,
    fixes: Annotated[
        bool, typer.Option("--fixes", help="look for the cheapest change that mends each form's first finding (slow)")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="two drafts of one text, the old one first: what changed, does it matter")
    ] = False,
    stage: Annotated[
        str | None, typer.Option("--case", metavar="CASE", help="with --diff: on the stage of this case")
    ] = None,
) -> None:
    """The brief to hand over: bottom line, comparison, findings, what is not known, sources."""
    from foedus.brief.formats.registry import render

    names, outputs = case or [], output or []
    endings = _endings(outputs)
    _check_names(names, stage, diff=diff)
    if diff:
        document = _difference(names, stage)
    else:
        document = _document(names[0], audience.value, yardstick.value, seed, fixes=fixes)
    for path, ending in zip(outputs, endings, strict=True):
        write_bytes(path, render(document, ending))
        print(f"The brief: {path}")


def _endings(outputs: list[Path]) -> list[str]:
    """The format of each file; everything that is wrong with their names at once, before anything is computed."""
    from foedus.brief.formats.registry import FORMATS, ending_of

    if not outputs:
        cure = f"`-o brief.html`, or another ending: {', '.join(FORMATS)}"
        raise BadInput([Problem(None, "nothing says where the brief goes", cure)])
    problems: list[Problem] = []
    endings: list[str] = []
    for path in outputs:
        if _is_folder(path):
            problems.append(Problem(None, f"`{path}` is a folder, expected a file", "give the file a name in it"))
            continue
        if not _is_folder(path.parent):
            problems.append(
                Problem(None, f"there is no folder `{path.parent}`", "make it first, or give another place")
            )
        try:
            endings.append(ending_of(path))
        except BadInput as bad:
            problems += bad.problems
    if problems:
        raise BadInput(problems)
    return endings


def _is_folder(path: Path) -> bool:
    """Whether there is a folder of that name; a name that no system takes is none, and is told when it is written."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _check_names(names: list[str], stage: str | None, *, diff: bool) -> None:
    problems = []
    if diff and len(names) != 2:
        words = f"`--diff` holds a new draft against an old one: two texts, and not {len(names)}"
        problems.append(Problem(None, words, "`foedus brief --diff OLD NEW -o FILE`"))
    if not diff and len(names) != 1:
        words = "no case is named" if not names else f"{len(names)} cases are named, and a brief is of one"
        problems.append(Problem(None, words, "`foedus brief CASE -o FILE`, or `--diff OLD NEW`"))
    if stage is not None and not diff:
        problems.append(Problem(None, "`--case` is for `--diff` alone", "name the case as in `foedus brief CASE`"))
    if problems:
        raise BadInput(problems)


def _document(name: str, audience: str, yardstick: str, seed: int, *, fixes: bool) -> "Document":
    from foedus import __version__
    from foedus.assess import assess
    from foedus.brief.compose import composed
    from foedus.brief.likelihood import Yardstick
    from foedus.brief.material import Audience, BriefOptions, MadeOf, gathered
    from foedus.case.fingerprint import fingerprint
    from foedus.case.load import load
    from foedus.check.run import Options

    loaded = load(name)
    progress = watched(len(loaded.instruments) * (1 + fixes))
    found = assess(loaded, Options(), progress, seed=seed)
    options = BriefOptions(Audience(audience), Yardstick(yardstick), fixes)
    return composed(gathered(found, options, MadeOf(fingerprint(loaded), __version__), progress))


def _difference(names: list[str], stage: str | None) -> "Document":
    from foedus import __version__
    from foedus.brief.difference_document import difference_document
    from foedus.check.compare import stage_for
    from foedus.check.difference import difference

    return difference_document(difference(stage_for(names, stage)), __version__)
