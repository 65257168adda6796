"""What a race says, in plain words: shares as so many futures of a thousand, hours from the attack."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from foedus.arrivals import Arrival, Race, Share
from foedus.wording import Speaker, level, listed, number

STEP_WORDS: Final = {
    "detect": "to see the attack",
    "attribute": "to find who did it",
    "request": "to ask for help",
    "meet": "to meet",
    "decide": "to decide",
    "consent": "to consent",
    "approve": "approval at home",
    "earlier": "the step before",
    "mobilise": "to get ready",
    "move": "to move",
    "take_effect": "to take effect",
    "act": "to act",
    "wait": "to wait until the text speaks",
    "objective": "to reach the objective",
}
DOMAIN_WORDS: Final = {
    "ground": "on the ground",
    "air_defence": "of air defence",
    "air": "in the air",
    "sea": "at sea",
    "supplies": "of supplies",
}


def hours(value: float) -> str:
    """A length in hours, rounded to what the lengths can carry."""
    if math.isinf(value):
        return "an endless time"
    count = round(value)
    return f"{count:,} hour{'s' if count != 1 else ''}"


def between(low: float, high: float) -> str:
    """An interval of hours."""
    return hours(low) if same_hour(low, high) else f"{round(low):,} to {hours(high)}"


def same_hour(one: float, other: float) -> bool:
    """Whether two hours are told alike; never is an hour of its own."""
    if math.isinf(one) or math.isinf(other):
        return one == other
    return round(one) == round(other)


def share_words(share: Share) -> str:
    """A share of the futures, with what sampling leaves open; the two ends where a length is not known."""
    if share.never:
        return "in no future"
    if share.always:
        return "in every future"
    if share.low >= 1:
        return "in every future that was drawn, though the lengths of time allow some in which it is late"
    if share.high <= 0:
        return "in no future that was drawn, though the lengths of time allow some"
    if share.low <= 0 and share.high >= 1:
        return "in no future or in every future, by lengths of time that nobody gives"
    if share.open:
        return f"in {_of(share.low)} to {_of(share.high)} of 1,000 futures, by lengths of time that nobody gives"
    give = max(1, math.ceil(share.error * 1000))
    return f"in {_of(share.low)} of 1,000 futures (give or take {give})"


def _of(share: float) -> str:
    """A count of a thousand; what is neither none nor all is never told as none or all."""
    count = round(share * 1000)
    if 0 < share < 1:
        count = min(999, max(1, count))
    return f"{count:,}"


def missing_words(race: Race, speaker: Speaker) -> str:
    """What the race would need and nobody gives."""
    told = Told(race, speaker)
    names = [told.step(*name.split(":", 1)) for name in race.missing]
    shown = [*names[:3], *([f"{number(len(names) - 3)} more"] if len(names) > 3 else [])]
    steps = f"nobody says how long {'these steps take' if len(names) > 1 else 'this step takes'}: {listed(shown)}"
    if race.within:
        return steps if names else "what the forces can do is not known"
    attacker = speaker.party(race.incident.attacker)
    return f"nobody says how long {attacker} takes {STEP_WORDS['objective']}" + (f"; {steps}" if names else "")


@dataclass(frozen=True, slots=True)
class Told:
    """One race in the words of one case."""

    race: Race
    speaker: Speaker

    def step(self, what: str, by: str) -> str:
        """One step and whose it is."""
        words = STEP_WORDS.get(what, what)
        if by in ("", "guarantors") or what in ("detect", "earlier"):
            return words
        return f"{words} ({self.who(by)})"

    def who(self, by: str) -> str:
        """A party by its name, a body by its own."""
        if by == "victim":
            return self.speaker.party(self.race.incident.victim)
        return self.speaker.party(by) if by in self.speaker.case.parties else f"“{by}”"

    def objective(self) -> str:
        """What the attacker wants, and within what time."""
        knots = self.race.within
        time = f"within {between(knots[0][1], knots[-1][1])}" if knots else "within a time that is not known"
        return f"{self.speaker.party(self.race.incident.attacker)} wants to reach this: {self.race.what}, {time}"

    def in_short(self) -> str:
        """One sentence on the help that must be given."""
        race, share = self.race, self.race.must.in_time
        start = f"if {self.speaker.incident(race.incident, race.refusing)}, "
        rung = level(race.level)
        if race.must.nobody:
            may = "" if race.may.nobody or race.by_breach else "; the text allows it, and obliges nobody to it"
            nobody = "who must give" if race.by_breach else "nobody must give"
            breach = " does not act, which breaks the text" if race.by_breach else ""
            return f"{start}{nobody} {rung}{breach}, at whatever hour{may}{self.setting()}"
        if share is None:
            return f"{start}{missing_words(race, self.speaker)}{self.setting()}"
        words = share_words(share)
        if share.never:
            words = "in none of the futures that the lengths of time allow"
        told = f"enough help that must be given ({rung} or more) is there before this is reached: {race.what}; {words}"
        return f"{start}{told}{self.setting()}"

    def setting(self) -> str:
        """Under which posture, and which side of what is contested."""
        race = self.race
        if race.posture is None or race.posture == "none":
            return ""
        world = self.speaker.case.model.world if self.speaker.case.model is not None else None
        posture = (
            world.postures[race.posture].what if world is not None and race.posture in world.postures else race.posture
        )
        side = {None: "", True: "; its losses commit the sender", False: "; its losses commit nobody"}[race.commits]
        return f" (with {posture}{side})"

    def slowest(self) -> str:
        """The link in which most is to be won, told where something is."""
        link = next((link for link in self.race.must.links if link.all > 0), None)
        if link is None:
            return ""
        return (
            f"most is to be won in the time {self.step(link.what, link.by)}: without it, {_of(link.all)} more of 1,000"
        )

    def first_hours(self, arrival: Arrival) -> str:
        """The first hour at which the promise is worth something, the hour of half the futures, or never."""
        if arrival.nobody:
            bound = "who is bound to come does not act" if self.race.by_breach else "nobody is bound to come"
            return f"never: {bound}" if arrival is self.race.must else "never"
        if not (same_hour(arrival.first, arrival.best_first) and same_hour(arrival.half, arrival.best_half)):
            return self._by_the_text(arrival)
        if math.isinf(arrival.first):
            if math.isinf(arrival.hoped):
                return "never"
            return f"not known; after {hours(arrival.hoped)} if every step that nobody times takes no time"
        too_late = "" if self.race.within else ", which can be too late against what is reached sooner"
        return f"{_first_and_half(arrival.first, arrival.half)}{too_late}"

    def _by_the_text(self, arrival: Arrival) -> str:
        """Both ends of what the text leaves open."""
        worst = "never" if math.isinf(arrival.first) else _first_and_half(arrival.first, arrival.half)
        too_late = "" if self.race.within else "; that can be too late against what is reached sooner"
        best = _first_and_half(arrival.best_first, arrival.best_half)
        return f"{worst}, or {best}, by what the text leaves open{too_late}"


def _first_and_half(first: float, half: float) -> str:
    later = ""
    if math.isinf(half):
        later = ", and in half of the futures never"
    elif not same_hour(first, half):
        later = f", in half of the futures after {hours(half)}"
    return f"after {hours(first)}{later}"
