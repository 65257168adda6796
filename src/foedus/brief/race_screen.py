"""The race on the screen: whether help that must be given is there in time, who comes when, and where hours are won."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from foedus.arrivals import Arrival, Duty, Race, Races, Row
from foedus.brief.screen import WIDTH, heading
from foedus.case.stage import LoadedCase
from foedus.errors import needed
from foedus.race.words import DOMAIN_WORDS, Told, between, hours, missing_words, share_words
from foedus.wording import Speaker, duration, level, number, sentence

NOT_A_FORECAST: Final = "Shares are shares of the lengths of time put in; whether states keep their word is politics."
MOST_ROWS: Final = 8
MOST_LINKS: Final = 5
BINDS: Final = {"meet": "to meet", "decide": "to decide", "act": "to act"}


def races_text(case: LoadedCase, races: Races, *, everything: bool = False) -> str:
    """Return the races of a case as text, 80 columns wide: each form in full once, its other races in a line each."""
    if not races.races:
        return "\n".join(_wrap(sentence(f"no race was run: {races.reason or NO_RACE}"), 0))
    lines: list[str] = []
    for id in dict.fromkeys(race.instrument for race in races.races):
        own = list(races.of(id))
        lines += _form(case, own, everything=everything)
        lines.append("")
    drawn = f"{races.samples:,} futures for each race, seed {races.seed}."
    return "\n".join([*lines, *_wrap(f"{drawn} {NOT_A_FORECAST}", 0)])


NO_RACE: Final = "in no incident that has an objective is any help asked for"


def _form(case: LoadedCase, own: Sequence[Race], *, everything: bool) -> Iterator[str]:
    speaker = Speaker(case)
    staged = needed(case.instrument(own[0].instrument))
    yield from _wrap(heading(staged, speaker), 0)
    for place, race in enumerate(own):
        told = Told(race, speaker)
        if place == 0 or everything:
            yield from _full(told)
            continue
        reading = f"Reading {race.reading}" if race.reading != "text" else "The text"
        name = f"{reading}, {race.objective}" if len({r.objective for r in own}) > 1 else reading
        yield from _wrap(f"{name}{told.setting()}: {_short(told)}.", 2)


def _short(told: Told) -> str:
    race = told.race
    if race.must.nobody:
        return ("who must come does not act" if race.by_breach else "nobody must come") + (
            "" if race.may.nobody else ", some may"
        )
    if race.must.in_time is None:
        return missing_words(race, told.speaker)
    return share_words(race.must.in_time)


def _full(told: Told) -> Iterator[str]:
    race, speaker = told.race, told.speaker
    if race.reading != "text":
        yield from _wrap(f"Reading {race.reading}:", 2)
    yield from _wrap(sentence(f"if {speaker.incident(race.incident, race.refusing)}{told.setting()}"), 2)
    if race.silent:
        yield from _wrap(f"Says nothing at all: {speaker.parties(race.silent)}.", 2)
    yield from _wrap(sentence(told.objective()), 2)
    yield from _wrap(_needed(race), 2)
    rung = level(race.level)
    if race.must.nobody:
        bound = "who is bound to give it does not act" if race.by_breach else "nobody is bound to give it"
        yield from _wrap(f"Help that must be given ({rung} or more): never; {bound}.", 2)
    else:
        yield from _wrap(f"Help that must be given ({rung} or more) is there in time: {_in_time(race.must)}.", 2)
        yield from _wrap(f"First worth something: {told.first_hours(race.must)}.", 2)
    if race.may != race.must:
        yield from _wrap(f"With what may be given as well: {_in_time(race.may)}; {told.first_hours(race.may)}.", 2)
    for note in race.notes:
        yield from _wrap(sentence(note), 2)
    yield from _by_text(told)
    yield from _rows(told, race.must if not race.must.nobody else race.may)
    yield from _links(told, race.must)
    if race.missing:
        yield from _wrap(sentence(missing_words(race, speaker)), 2)
    if race.assumed:
        steps = "; ".join(dict.fromkeys(told.step(*name.split(":", 1)) for name in race.assumed))
        yield from _wrap(f"Taken to need no time, since nothing is said of it: {steps}.", 2)
    if race.ways > 1:
        yield from _wrap("The worst and the best over what the text leaves open; told below is the worst.", 2)


def _in_time(arrival: Arrival) -> str:
    if arrival.in_time is not None:
        return share_words(arrival.in_time)
    return "cannot be said (below is why)"


def _needed(race: Race) -> str:
    if not race.needs:
        parties = f"{number(race.count)} part{'y' if race.count == 1 else 'ies'}"
        return f"Enough is {level(race.level)} or more, from at least {parties}."
    amounts = ", ".join(
        f"{_amount(low, high)} {unit if high == 1 else _many(unit)} {DOMAIN_WORDS[domain]}"
        for domain, low, high, unit in race.needs
    )
    return f"Enough to deny it: {amounts}."


NO_PLURAL: Final = ("aircraft", "people", "personnel", "corps", "men")
"""Units that end the same way for many."""


def _many(unit: str) -> str:
    if unit.rsplit(maxsplit=1)[-1] in NO_PLURAL:
        return unit
    return unit[:-1] + "ies" if unit.endswith("y") else unit + "s"


def _amount(low: float, high: float) -> str:
    if high == float("inf"):
        return "an unknown number of"
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _by_text(told: Told) -> Iterator[str]:
    """What the text sets, hour by hour: who must (and may) do what from when on, and what its clock binds."""
    groups: dict[tuple[object, ...], list[Duty]] = {}
    for duty in told.race.duties:
        groups.setdefault((duty.clause, duty.spans, duty.binds, duty.clock, duty.legal), []).append(duty)
    for duties in groups.values():
        duty = duties[0]
        names = told.speaker.some(dict.fromkeys(one.guarantor for one in duties))
        stages = []
        for hour, owed, allowed in duty.spans:
            when = "from the start" if hour == 0 else f"after {duration(hour)}"
            gives = "must give" if duty.legal is not False else "promises (and is not bound in law to give)"
            least = f"{gives} {level(owed)}" if owed else "need give nothing"
            stages.append(f"{when} {least}" + (f" and may give {level(allowed)}" if allowed > owed else ""))
        clock = (
            f"; its clock ({duration(duty.clock)}) binds {BINDS[duty.binds]}"
            if duty.clock and duty.binds in BINDS
            else ""
        )
        yield from _wrap(f"`{duty.clause}`, {names}: {'; '.join(stages)}{clock}.", 4)


def _rows(told: Told, arrival: Arrival) -> Iterator[str]:
    rows = [row for row in arrival.rows if row.arrives is not None]
    unknown = [row for row in arrival.rows if row.arrives is None]
    if rows:
        yield from _wrap("Who is there, hours after the attack, in 5, 50 and 95 of 100 futures:", 2)
    alike: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        alike.setdefault((row.force, _three(row)), []).append(row.guarantor)
    for (force, when), who in list(alike.items())[:MOST_ROWS]:
        name = told.speaker.some(dict.fromkeys(who))
        yield from _wrap(f"{name[:1].upper()}{name[1:]}{f', {force}' if force else ''}: {when}", 4)
    if len(alike) > MOST_ROWS:
        yield f"    and {len(alike) - MOST_ROWS} more"
    if unknown:
        names = told.speaker.some(dict.fromkeys(row.guarantor for row in unknown))
        yield from _wrap(f"Not known when: {names}.", 2)


def _three(row: Row) -> str:
    early, middle, late = needed(row.arrives)
    return hours(middle) if early == late else f"{round(early)}, {round(middle)}, {hours(late)}"


def _links(told: Told, arrival: Arrival) -> Iterator[str]:
    """Where the hours go: on how many of the deciding ways a link lies, and what saving in it is worth."""
    links = [link for link in arrival.links if link.decides > 0 and link.takes is not None and link.takes[1] > 0]
    if not links:
        return
    yield from _wrap("Of 1,000 futures: on the way that decides; won by an hour less; by no time at all:", 2)
    for link in links[:MOST_LINKS]:
        low, high = needed(link.takes)
        name = f"{told.step(link.what, link.by)}, {between(low, high)}" + (" by the text" if link.from_text else "")
        counts = f"{_thousand(link.decides)}; {_thousand(link.hour)}; {_thousand(link.all)}"
        yield from _wrap(f"{name}: {counts}", 4)


def _thousand(share: float) -> str:
    return f"{round(share * 1000):,}"


def _wrap(words: str, indent: int) -> list[str]:
    return textwrap.wrap(words, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2))
