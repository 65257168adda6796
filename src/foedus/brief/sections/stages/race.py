"""Whether help arrives in time: the races as a table, who comes when, and the curve over the hours."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from foedus.arrivals import Arrival, Race
from foedus.brief.document import Block, Column, Grid, Heading, Note, NoteKind, Paragraph, Picture, Row, Section
from foedus.brief.likelihood import likelihood, yardstick_words
from foedus.brief.material import Audience, Material
from foedus.brief.race_pictures import curve_picture, curve_words, timeline_picture, timeline_words
from foedus.brief.race_screen import NOT_A_FORECAST
from foedus.brief.runs import cell, told
from foedus.brief.tables import reading_name
from foedus.race.words import Told, missing_words, share_words
from foedus.wording import level, listed, sentence

ORDER: Final = 10
MOST_DRAWN: Final = {Audience.BRIEF: 3, Audience.JOURNALIST: 1, Audience.ANNEX: 12}
TITLE: Final = "Does help arrive in time?"
HEADS: Final = (
    Column("Form", 1.2),
    Column("Read as", 1.1),
    Column("Against what", 1.5),
    Column("With", 1.0),
    Column("Must be given: in time", 1.5),
    Column("Worth something", 1.1),
    Column("May be given as well: in time", 1.5),
)
LEFT_OUT: Final = (2, 3)
"""Columns that are left out where all races have the same there, which is then told above the table."""


def section(material: Material) -> Section:
    """Return the races; without any, why none was run."""
    races = material.assessment.races
    if races is None or not races.races:
        reason = races.reason if races is not None and races.reason else "no incident with an objective asks for help"
        skipped = Note(NoteKind.SKIPPED, "Not run", (told(sentence(f"no race was run: {reason}")),))
        return Section("race", TITLE, (skipped,))
    drawn = f"{races.samples:,} futures were drawn for each race from the lengths of time in the file"
    blocks: list[Block] = [
        Paragraph(told(f"{drawn}, seed {races.seed}. {NOT_A_FORECAST}"), ("races",)),
        _table(material, races.races),
        *_pictures(material),
        Note(NoteKind.ASSUMPTIONS, "What this assumes", tuple(told(line) for line in _assumed(material))),
    ]
    return Section("race", TITLE, tuple(blocks))


def _table(material: Material, races: Sequence[Race]) -> Grid:
    """The races as a table, without the columns in which all are alike."""
    rows = tuple(_rows(material, races))
    same = [n for n in LEFT_OUT if len({row.cells[n - 1].text for row in rows}) == 1]
    kept = [n for n in range(len(HEADS)) if n not in same]
    return Grid(
        "race-table",
        "Race by race",
        tuple(HEADS[n] for n in kept),
        tuple(Row(row.head, tuple(row.cells[n - 1] for n in kept if n), row.id) for row in rows),
        " ".join(words for n in same if (words := rows[0].cells[n - 1].text)),
    )


def race_id(race: Race) -> str:
    """What tells this race from the others of a case."""
    return "/".join(str(part) for part in race.key)


def _rows(material: Material, races: Sequence[Race]) -> Iterator[Row]:
    """One row for each race, where readings of a form come out alike one for all of them."""
    alike: dict[tuple[str, ...], list[Race]] = {}
    for race in races:
        alike.setdefault((race.instrument, *_cells(material, race)), []).append(race)
    for (instrument, *words), some in alike.items():
        basis = tuple(f"race:{race_id(race)}" for race in some)
        readings = listed("the text alone" if race.reading == "text" else _quoted(race.reading) for race in some)
        head = (f"finding:help-arrives-in-time@{instrument}",)
        yield Row(
            cell(material.speaker.supposed(instrument), basis=head),
            tuple(cell(one, basis=basis) for one in (sentence(readings), *words)),
        )


def _quoted(reading: str) -> str:
    return f"“{reading_name(reading)}”"


def _cells(material: Material, race: Race) -> tuple[str, ...]:
    words = Told(race, material.speaker)
    return (
        sentence(words.objective()),
        words.setting().strip(" ()").removeprefix("with "),
        _share(material, race, words, race.must),
        sentence(words.first_hours(race.must)),
        "the same" if race.may == race.must else _share(material, race, words, race.may),
    )


def _share(material: Material, race: Race, words: Told, arrival: Arrival) -> str:
    """A share of the drawn futures, with the word that the yardstick has for it."""
    if arrival.nobody:
        return "never: nobody may give it" if arrival is race.may else f"never: nobody must give {level(race.level)}"
    if arrival.in_time is None:
        return missing_words(race, words.speaker)
    word = likelihood(arrival.in_time, material.options.yardstick)
    return share_words(arrival.in_time) + (f": {word}" if word else "")


def _pictures(material: Material) -> Iterator[Block]:
    """The first race of each form of which hours are known: who comes when, and the curve."""
    races = material.assessment.races
    first: dict[str, Race] = {}
    for race in races.races if races is not None else ():
        if any(row.arrives is not None for row in (*race.must.rows, *race.may.rows)):
            first.setdefault(race.instrument, race)
    speaker = material.speaker
    for place, race in enumerate(list(first.values())[: MOST_DRAWN[material.options.audience]]):
        words = Told(race, speaker)
        basis = (f"race:{race_id(race)}",)
        only_may = "" if race.must.rows else " Nobody must come; drawn is what may be given."
        yield Heading(speaker.supposed(race.instrument), f"race-{race.instrument}")
        yield Paragraph(told(sentence(words.objective()) + only_may), basis)
        yield Picture(
            f"timeline-{place}",
            "Who comes when",
            timeline_words(race, speaker),
            partial(_timeline, race, material, place),
            basis,
        )
        if race.must.curve.hours or race.may.curve.hours:
            yield Picture(
                f"curve-{place}",
                "In how many futures enough help is there, hour by hour",
                curve_words(race, speaker),
                partial(_curve, race, material, place),
                basis,
            )


def _timeline(race: Race, material: Material, place: int, form: str) -> bytes:
    return timeline_picture(race, material.speaker, form, f"-{place}")


def _curve(race: Race, material: Material, place: int, form: str) -> bytes:
    return curve_picture(race, material.speaker, form, f"-{place}")


def _assumed(material: Material) -> Iterator[str]:
    races = material.assessment.races.races if material.assessment.races is not None else ()
    steps: dict[str, None] = {}
    for race in races:
        words = Told(race, material.speaker)
        steps.update(dict.fromkeys(words.step(*name.split(":", 1)) for name in race.assumed))
    yield "Whoever must help does so, by the slowest way that the text leaves open, unless it is said to refuse."
    if steps:
        yield f"Taken to need no time, since nothing is said of it: {'; '.join(steps)}."
    yield yardstick_words(material.options.yardstick)
    yield "These words are for shares of drawn futures alone, under the lengths of time put in. They are no forecast."
