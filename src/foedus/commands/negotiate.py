"""``foedus negotiate``: is there a deal, which demands exclude it, what is known of where each side stands?"""

from pathlib import Path
from typing import Annotated

import typer

from foedus.commands.arguments import CaseArgument, Format
from foedus.commands.formats import ListFormat, TalksPart
from foedus.commands.printing import print_json
from foedus.errors import BadInput, Problem


def negotiate(
    case: CaseArgument,
    what: Annotated[TalksPart | None, typer.Option("--what", help="only this part; all of them if not given")] = None,
    picture: Annotated[
        Path | None, typer.Option("--picture", metavar="FILE", help="draw the board (.svg or .png)")
    ] = None,
    format: Format = ListFormat.text,
) -> None:
    """Whether a deal is left, which demands cannot stand together, and who would have to move."""
    from foedus.brief.board_picture import write_board
    from foedus.brief.talks_screen import talks_text
    from foedus.case.load import load
    from foedus.negotiate.run import negotiate as run_negotiate
    from foedus.wording import Speaker

    loaded = load(case)
    found = run_negotiate(loaded)
    if picture is not None:
        if found.board is None:
            raise BadInput(
                [Problem(None, "the case has no board to draw", "write down who stands where under `board`")]
            )
        write_board(found.board, Speaker(loaded), picture)
    if format == "json":
        data = found.to_dict()
        print_json(data if what is None else {"foedus": data["foedus"], what.value: data[what.value]})
    else:
        print(talks_text(loaded, found, None if what is None else what.value))
