"""The race on the page: a table over the forms, and for each form that somebody comes in, a timeline and a curve."""

from collections.abc import Iterator
from typing import Final

from foedus.arrivals import Race
from foedus.assessment import Assessment
from foedus.brief.drawing import inline
from foedus.brief.race_pictures import curve_picture, timeline_picture
from foedus.brief.race_screen import NOT_A_FORECAST
from foedus.brief.records import Drawn, RacePart, Table, TableCell
from foedus.race.words import Told, missing_words, share_words
from foedus.wording import Speaker, level, sentence

MOST_DRAWN: Final = 6
HEADS: Final = (
    "Form",
    "Reading",
    "Against what",
    "With",
    "Must be given: in time",
    "Worth something",
    "May be given as well: in time",
)


def race_part(assessment: Assessment, speaker: Speaker) -> RacePart | None:
    """What the page says of the races; nothing where none was run (the findings say why)."""
    races = assessment.races
    if races is None or not races.races:
        return None
    rows = tuple(_row(Told(race, speaker)) for race in races.races)
    intro = (
        f"{races.samples:,} futures were drawn for each race from the lengths of time in the file. {NOT_A_FORECAST} "
        "Forces and times stand below, each with its source."
    )
    table = Table("race-table", "Does help arrive in time?", "", HEADS, rows)
    return RacePart(intro, table, tuple(_drawn(assessment, speaker)))


def _row(told: Told) -> tuple[TableCell, ...]:
    race = told.race
    return (
        TableCell(told.speaker.instrument(race.instrument)),
        TableCell("the text alone" if race.reading == "text" else race.reading.replace("-", " ")),
        TableCell(sentence(told.objective()).rstrip(".")),
        TableCell(told.setting().strip(" ()").removeprefix("with ")),
        TableCell(_share(race, told, may=False)),
        TableCell(told.first_hours(race.must)),
        TableCell("the same" if race.may == race.must else _share(race, told, may=True)),
    )


def _share(race: Race, told: Told, *, may: bool) -> str:
    arrival = race.may if may else race.must
    if arrival.nobody:
        return "never: nobody may give it" if may else f"never: nobody must give {level(race.level)}"
    return share_words(arrival.in_time) if arrival.in_time is not None else missing_words(race, told.speaker)


def _drawn(assessment: Assessment, speaker: Speaker) -> Iterator[Drawn]:
    """The first race of each form in which anybody comes, drawn."""
    races = assessment.races.races if assessment.races is not None else ()
    first: dict[str, Race] = {}
    for race in races:
        if race.must.rows or race.may.rows:
            first.setdefault(race.instrument, race)
    for number, race in enumerate(list(first.values())[:MOST_DRAWN]):
        told = Told(race, speaker)
        heading = speaker.supposed(race.instrument)
        only_may = "" if race.must.rows else " Nobody must come; drawn is what may be given."
        words = f"{sentence(told.objective())}{only_may}"
        for draw in (timeline_picture, curve_picture):
            yield Drawn(heading, words, inline(draw(race, speaker, "svg", f"-{number}")))
            heading, words = f"{speaker.supposed(race.instrument)}, hour by hour", sentence(told.first_hours(race.must))
