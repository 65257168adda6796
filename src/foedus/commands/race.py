"""``foedus race``: does the help arrive before the attacker is done?"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from foedus.commands.arguments import CaseArgument, Format
from foedus.commands.formats import ListFormat
from foedus.commands.printing import print_json
from foedus.errors import BadInput, Problem


def race(
    case: CaseArgument,
    instrument: Annotated[str | None, typer.Option(metavar="ID", help="which instrument of the case")] = None,
    incident: Annotated[
        str | None, typer.Option(metavar="NAME", help="an objective of the world, or a kind of incident")
    ] = None,
    posture: Annotated[
        str | None, typer.Option(metavar="NAME", help="a posture of the world, or none; all of them if not given")
    ] = None,
    reading: Annotated[str | None, typer.Option(metavar="NAME", help="lay this reading over the text")] = None,
    refuses: Annotated[str, typer.Option(metavar="PARTIES", help="who says no or does not act, such as FR,US")] = "",
    silent: Annotated[str, typer.Option(metavar="PARTIES", help="who says nothing at all")] = "",
    samples: Annotated[int, typer.Option(metavar="N", min=1, max=10**9, help="futures in each race")] = 1 << 16,
    seed: Annotated[int, typer.Option(metavar="S", min=0, help="decides which futures are drawn")] = 1,
    timeline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="draw the first race, a row for each force (.svg or .png)")
    ] = None,
    curve: Annotated[
        Path | None, typer.Option(metavar="FILE", help="draw how much of the futures has help by which hour")
    ] = None,
    all: Annotated[bool, typer.Option("--all", help="every race in full")] = False,
    format: Format = ListFormat.text,
) -> None:
    """Whether help that must (or may) be given arrives before the attacker reaches its objective."""
    from foedus.brief.drawing import written
    from foedus.brief.race_pictures import curve_picture, timeline_picture
    from foedus.brief.race_screen import races_text
    from foedus.case.load import load
    from foedus.race.run import RaceOptions
    from foedus.race.run import race as run_race
    from foedus.wording import Speaker

    loaded = load(case)
    options = RaceOptions(
        instruments=(instrument,) if instrument is not None else (),
        reading=reading,
        incident=incident,
        posture=posture,
        refusing=frozenset(_names(refuses)),
        silent=frozenset(_names(silent)),
        samples=samples,
        seed=seed,
        workers=2,
    )
    found = run_race(loaded, options, _watched(samples))
    for path, draw in ((timeline, timeline_picture), (curve, curve_picture)):
        if path is None:
            continue
        if not found.races:
            raise BadInput([Problem(None, f"there is no race to draw: {found.reason}", "give the case a world")])
        written(partial(draw, found.races[0], Speaker(loaded)), path)
    if format == "json":
        print_json(found.to_dict())
    else:
        print(races_text(loaded, found, everything=all))


def _watched(samples: int) -> Callable[[int, int], None]:
    """A bar on the error stream, only where somebody watches and there is more than a moment of work."""
    if samples < 1 << 20 or not sys.stderr.isatty():
        return lambda done, whole: None  # noqa: ARG005  nobody watches

    def show(done: int, all: int) -> None:
        bar = "#" * (24 * done // all)
        end = "\n" if done >= all else ""
        print(f"\r[{bar:<24}] {done:,} of {all:,} futures", end=end, file=sys.stderr, flush=True)

    return show


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
