"""``foedus negotiate``: is there a deal, which demands exclude it, what is known of where each side stands?"""

from pathlib import Path
from typing import Annotated

import typer

from foedus.commands.arguments import CaseArgument, Format
from foedus.commands.formats import ListFormat, TalksPart
from foedus.commands.printing import print_json


def negotiate(
    case: CaseArgument,
    what: Annotated[TalksPart | None, typer.Option("--what", help="only this part; all of them if not given")] = None,
    picture: Annotated[
        Path | None,
        typer.Option("--picture", metavar="FILE", help="draw the board, or the part of --what (.svg or .png)"),
    ] = None,
    format: Format = ListFormat.text,
) -> None:
    """Whether a deal is left, which demands cannot stand together, and who would have to move."""
    from foedus.brief.talks_pictures import draw_talks
    from foedus.brief.talks_screen import talks_text
    from foedus.case.load import load
    from foedus.negotiate.run import negotiate as run_negotiate

    loaded = load(case)
    found = run_negotiate(loaded)
    if picture is not None:
        draw_talks(loaded, found, "board" if what is None else what.value, picture)
    if format == "json":
        data = found.to_dict()
        print_json(data if what is None else {"foedus": data["foedus"], what.value: data[what.value]})
    else:
        print(talks_text(loaded, found, None if what is None else what.value))
