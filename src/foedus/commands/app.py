"""Every command under its name: what typer reads a command line by."""

from typing import Annotated

import typer

from foedus.commands import (
    admit,
    ask,
    assess,
    brief,
    check,
    compare,
    docs,
    fix,
    listings,
    negotiate,
    new,
    precedents,
    questions,
    race,
)

app = typer.Typer(
    name="foedus",
    help="Write down what a security guarantee says; see where it fails, with the incident that breaks it.",
    epilog="This checks the file, not the treaty; whether states keep it is politics. Nothing leaves this machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

COMMANDS = (
    assess.demo,
    new.new,
    check.check,
    ask.ask,
    compare.compare,
    questions.questions,
    fix.fix,
    admit.admit,
    race.race,
    negotiate.negotiate,
    precedents.precedents,
    listings.rules,
    listings.library,
    listings.words,
    listings.schema,
    docs.docs,
    new.migrate,
    assess.assess,
    brief.brief,
)
for command in COMMANDS:
    app.command()(command)


def _version(value: bool) -> None:
    if value:
        from foedus import __version__

        typer.echo(f"foedus {__version__}, case format 1")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version")
    ] = False,
) -> None:
    """Options that stand before the command."""
