"""``foedus ask``."""

from typing import Annotated

import typer

from foedus.commands.arguments import CaseArgument, Format
from foedus.commands.formats import ListFormat
from foedus.commands.printing import print_json
from foedus.errors import BadInput, Problem


def ask(
    case: CaseArgument,
    instrument: Annotated[str | None, typer.Option(metavar="ID", help="which instrument of the case")] = None,
    reading: Annotated[str | None, typer.Option(metavar="NAME", help="lay this reading over the text")] = None,
    attacker: Annotated[
        str | None, typer.Option(metavar="PARTY", help="a party's id, or OTHER for an outsider")
    ] = None,
    victim: Annotated[str | None, typer.Option(metavar="PARTY")] = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="such as land_grab or full_invasion")] = None,
    zone: Annotated[str | None, typer.Option(metavar="ZONE", help="a zone of the case")] = None,
    object: Annotated[
        str | None, typer.Option(metavar="OBJECT", help="territory, forces, ships_and_aircraft, nationals")
    ] = None,
    provoked: Annotated[bool, typer.Option("--provoked", help="the attack was really provoked")] = False,
    phase: Annotated[
        str, typer.Option(metavar="PHASE", help="of the text's life, such as in_force or dormant")
    ] = "in_force",
    at: Annotated[str | None, typer.Option("--at", metavar="TIME", help="time since the attack, such as 72h")] = None,
    lasting: Annotated[
        str | None, typer.Option(metavar="TIME", help="how long the attack went on; left out, up to --at")
    ] = None,
    refuses: Annotated[str, typer.Option(metavar="PARTIES", help="who says no or does not act, such as RU,US")] = "",
    silent: Annotated[str, typer.Option(metavar="PARTIES", help="who says nothing at all")] = "",
    format: Format = ListFormat.text,
) -> None:
    """One incident, in full: who must do what for whom, and what would have to change."""
    from foedus.brief.answer import answer_text
    from foedus.case.load import load
    from foedus.check.asking import Asking
    from foedus.check.asking import ask as run_ask

    loaded = load(case)
    asking = Asking(
        instrument,
        reading,
        attacker,
        victim,
        kind,
        zone,
        object,
        provoked,
        phase,
        _hours(at, "--at"),
        _names(refuses),
        _names(silent),
        _hours(lasting, "--lasting"),
    )
    result = run_ask(loaded, asking)
    if format == "json":
        print_json(result.to_dict())
    else:
        print(answer_text(loaded, result))


def _hours(at: str | None, option: str) -> int | None:
    if at is None:
        return None
    from foedus.case.schema.base import parse_hours

    try:
        hours = parse_hours(at)
    except ValueError as error:
        raise BadInput([Problem(None, f"`{option}`: {error}")]) from None
    return hours if isinstance(hours, int) else None


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
