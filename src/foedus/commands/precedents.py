"""``foedus precedents``."""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.commands.arguments import Format
from foedus.commands.formats import ListFormat
from foedus.commands.printing import not_known, print_json
from foedus.errors import BadInput, Problem

if TYPE_CHECKING:
    from foedus.case.precedents import Library


def precedents(
    case: Annotated[
        str | None,
        typer.Argument(metavar="CASE", help="one precedent by its id (P38), or a case file or shipped instrument"),
    ] = None,
    instrument: Annotated[str | None, typer.Option(metavar="ID", help="which instrument of the case")] = None,
    reading: Annotated[str | None, typer.Option(metavar="NAME", help="lay this reading over the text")] = None,
    share: Annotated[bool, typer.Option("--share", help="refused, with the reason: the list is hand-picked")] = False,
    format: Format = ListFormat.text,
) -> None:
    """What history is like it? The list of cases, one case, or those nearest to a text and the counter-examples."""
    from foedus.case.precedents import precedents as shipped

    library = shipped()
    if share:
        library.share_of("the cases")
    if case is None or re.fullmatch(r"[Pp]\d+", case):
        if instrument is not None or reading is not None:
            raise BadInput(
                [
                    Problem(
                        None,
                        "`--instrument` and `--reading` say which text of a case is meant, and no case file is named",
                        "write the file or the shipped instrument first: foedus precedents CASE --instrument ID",
                    )
                ]
            )
        _known(library, case.upper() if case else None, format)
    else:
        _near(library, case, instrument, reading, format)


def _known(library: "Library", id: str | None, format: ListFormat) -> None:
    from foedus.brief.precedents import case_data, case_text, list_text

    if id is not None and id not in library:
        not_known("precedent", id, library.ids)
    if id is not None:
        print_json(case_data(library[id])) if format == "json" else print(case_text(library[id]))
    elif format == "json":
        print_json([case_data(one) for one in library])
    else:
        print(list_text(library))


def _near(library: "Library", case: str, instrument: str | None, reading: str | None, format: ListFormat) -> None:
    from foedus.brief.precedents import analogies_text
    from foedus.brief.screen import heading
    from foedus.case.load import load
    from foedus.check.asking import instrument_of, reading_of
    from foedus.check.dimensions import under
    from foedus.check.precedents import analogies
    from foedus.check.views import Views
    from foedus.wording import Speaker

    loaded = load(case)
    staged = instrument_of(loaded, instrument)
    name = reading_of(staged, reading)
    found = analogies(under(Views(loaded, staged), name), name, library)
    if format == "json":
        print_json(found.to_dict())
    else:
        held = staged.model.readings.get(name)
        says = f"Reading {name}, held by {held.held_by}." if held is not None else ""
        print(analogies_text(heading(staged, Speaker(loaded)), found, says))
