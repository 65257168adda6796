"""``foedus admit``."""

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.commands.arguments import CaseArgument, Format
from foedus.commands.formats import ListFormat
from foedus.commands.printing import print_json
from foedus.errors import BadInput, Problem, nearest

if TYPE_CHECKING:
    from foedus.case.stage import LoadedCase


def admit(
    case: CaseArgument,
    guarantor: Annotated[list[str] | None, typer.Option("--guarantor", metavar="PARTY", help="who joins")] = None,
    without: Annotated[list[str] | None, typer.Option("--without", metavar="PARTY", help="who leaves")] = None,
    instrument: Annotated[
        list[str] | None, typer.Option("--instrument", metavar="ID", help="only this instrument")
    ] = None,
    format: Format = ListFormat.text,
) -> None:
    """Who should provide it: rival criteria, the list each gives, and what a party more or less changes."""
    from foedus.brief.admitting import admit_text
    from foedus.case.load import load
    from foedus.check.admit import admit as run_admit

    loaded = load(case)
    add, drop, only = (tuple(dict.fromkeys(names or ())) for names in (guarantor, without, instrument))
    _check(loaded, add, drop, only)
    result = run_admit(loaded, add=add, drop=drop, instruments=only)
    if format == "json":
        print_json(result.to_dict())
    else:
        print(admit_text(loaded, result))


def _check(case: "LoadedCase", add: tuple[str, ...], drop: tuple[str, ...], only: tuple[str, ...]) -> None:
    """Raise ``BadInput`` for each name that the case does not know, and for who gives to itself or does both."""
    named = case.model.parties if case.model is not None and case.model.parties else case.parties
    texts = [staged.id for staged in case.instruments]
    problems = []
    for name in (*add, *drop):
        if name not in named:
            near = nearest(name, [*named, *(party.name for party in named.values())])
            by_name = next((id for id, party in named.items() if near in (id, party.name)), None)
            cure = f"did you mean `{by_name}`?" if by_name else f"declared: {', '.join(named)}"
            problems.append(Problem(None, f"`{name}` is not a party of this case", cure))
        elif name in case.beneficiaries:
            problems.append(Problem(None, f"`{name}` receives the guarantee; nobody guarantees itself"))
    for name in only:
        if name not in texts:
            near = nearest(name, texts)
            cure = f"did you mean `{near}`?" if near else f"known: {', '.join(texts)}"
            problems.append(Problem(None, f"`{name}` is not an instrument of this case", cure))
    problems += [Problem(None, f"`{name}` cannot join and leave at once") for name in add if name in drop]
    if problems:
        raise BadInput(problems)
