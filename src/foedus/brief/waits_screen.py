"""Who waits for whom, on the screen: what can start now, what follows, who is stuck with whom, what would open it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from foedus.case.stage import LoadedCase
from foedus.talks.waits import Act, Kind, Move, Sequencing, Unlock, Waits, Ways
from foedus.wording import Speaker, listed, number, sentence

MOST_STEPS: Final = 16
MOST_WAYS: Final = 6
Cited = Callable[[tuple[str, ...]], str]
Lines = Iterator[tuple[int, str]]


def waits_lines(waits: Waits, case: LoadedCase, cited: Cited) -> Lines:
    """Yield the lines on the steps of a case or a text: in full for what is written, then what each reading changes."""
    told = Told(waits, case, cited)
    yield 0, "Who waits for whom" + (f": {told.speaker.instrument(waits.instrument)}" if waits.instrument else "")
    text, *others = waits.readings
    yield from _reading(text, told, None)
    for one in others:
        yield from _reading(one, told, text)


def waits_lead(told: Told) -> str:
    """The answer in short: what is stuck in which order, and what waits for somebody who is not named."""
    text, *_ = told.waits.readings
    parts = [] if text.knots else ["As written, no steps are stuck behind each other."]
    for one in told.waits.readings:
        parts += [f"{reading_words(one, told)}, {_stuck(knot, told)}." for knot in one.knots]
    for unlock in text.unlocks:
        if unlock.refusal:
            held = listed(told.step(step) for step in unlock.goal)
            parts.append(f"{sentence(held).rstrip('.')}: held up by a refusal.")
    for missing in sorted({found for own in text.rests_on for found in own}):
        if not told.waits.acts[missing].in_words:
            parts.append(_waits_for_nobody(missing, text, told))
    return " ".join(parts)


def reading_words(one: Sequencing, told: Told) -> str:
    """A reading of the order, as a sentence begins."""
    if one.reading.id == "text":
        return "As written" if told.waits.instrument else "As each side has put it"
    if one.reading.id == "all-at-once":
        return "If all orders are held to at the same time"
    return f"In the order “{one.reading.id.replace('-', ' ')}” ({one.reading.held_by})"


def _stuck(knot: Sequence[int], told: Told) -> str:
    if len(knot) == 1:
        return f"{told.step(knot[0])} waits for itself"
    return f"{listed(told.step(step) for step in knot)} wait for each other"


class Told:
    """Puts the steps of one case or text into words."""

    def __init__(self, waits: Waits, case: LoadedCase, cited: Cited) -> None:
        staged = case.instrument(waits.instrument) if waits.instrument is not None else None
        self.waits: Final = waits
        self.speaker: Final = Speaker(case)
        self._cited: Final = cited
        self._articles: Final = {c.id: c.article for c in staged.model.clauses} if staged is not None else {}

    def step(self, step: int) -> str:
        """A step in quotation marks, so that it can be told to wait."""
        return f"“{self.words(step)}”"

    def words(self, step: int) -> str:
        """A step as a clause."""
        act = self.waits.acts[step]
        if act.form == "will":
            return f"{self.speaker.some(act.who)} will {act.words}"
        if act.form == "clause":
            article = self._articles.get(act.id)
            return f"{act.id.replace('-', ' ')} ({article})" if article else act.id.replace("-", " ")
        return act.words

    def doer(self, step: int) -> str:
        """Who has to do a step, where that is not in its words."""
        act = self.waits.acts[step]
        if act.form == "will":
            return ""
        if act.nobody_named:
            return "by whom is not known"
        if not act.who and act.by is None:
            return ""
        return f"by {self.speaker.some(act.who) if act.who else act.by}"

    def whole(self, step: int, after: str = "") -> str:
        """A step with who does it, after what, what is noted of it, and on whose word."""
        act = self.waits.acts[step]
        doer = self.doer(step)
        note = f" {sentence(act.note)}" if act.note else ""
        note += f" It needs the consent of {self.speaker.some(act.consents)}." if act.consents else ""
        says = f": {act.words.rstrip('.')}" if act.form == "clause" and act.words != act.id else ""
        waits = f", after {after}" if after else ""
        name = f"{sentence(self.words(step)).rstrip('.')}{f' ({doer})' if doer else ''}"
        return f"{name}{waits}{says}.{note}{self.source(act)}"

    def source(self, act: Act) -> str:
        """The sources of a step; those of a text stand in its own file."""
        if act.form == "clause":
            return ""
        return f" [{self._cited(act.source) or 'no source'}]"

    def cited(self, keys: tuple[str, ...]) -> str:
        """The sources of a reading of the case."""
        return f" [{self._cited(keys)}]" if keys and self.waits.instrument is None else ""

    def needs(self, step: int, one: Sequencing, *, unmet: bool = False) -> str:
        """What a step waits for, condition by condition; only what cannot come about if ``unmet``."""
        own = [need for need in one.needs[step] if not unmet or all(one.rounds[other] is None for other in need)]
        return listed(" or ".join(self.step(other) for other in need) for need in own)


def _reading(one: Sequencing, told: Told, text: Sequencing | None) -> Lines:
    yield 2, _head(one, told)
    if one.reading.note:
        yield 4, sentence(one.reading.note)
    for knot in one.knots:
        yield from _knot(knot, one, told)
    if not one.knots:
        yield 4, "No steps are stuck behind each other."
    if text is None:
        yield from _on_nobody(one, told)
    yield from _in_order(one, told, text)
    yield from _never(one, told, text)
    for unlock in one.unlocks:
        yield from _ways_out(unlock, one, told)


def _head(one: Sequencing, told: Told) -> str:
    reading = one.reading
    if reading.id == "text":
        what = "By the text alone" if told.waits.instrument else "As each side has put it, with no order laid over it"
        return what + (" (what comes first is left open; told is one way):" if reading.open else ":")
    if reading.id == "all-at-once":
        return "If all these orders are held to at the same time:"
    says = f": {reading.says.rstrip('.')}" if reading.says else ""
    return f"In the order “{reading.id.replace('-', ' ')}” ({reading.held_by}){says}.{told.cited(reading.source)}"


def _knot(knot: Sequence[int], one: Sequencing, told: Told) -> Lines:
    yield 4, f"{number(len(knot)).capitalize()} {'step' if len(knot) == 1 else 'steps'} stuck, each behind the others:"
    for step in knot:
        others = [need for need in one.needs[step] if any(other in knot for other in need)]
        words = listed(" or ".join(told.step(other) for other in need) for need in others)
        doer = told.doer(step)
        yield 6, f"{sentence(told.words(step)).rstrip('.')}{f' ({doer})' if doer else ''}: waits for {words}."


def _in_order(one: Sequencing, told: Told, text: Sequencing | None) -> Lines:
    """Round by round; under a reading only the steps that come at another time than by the text."""
    coming = [
        (when, step)
        for step, when in enumerate(one.rounds)
        if when is not None and (text is None or text.rounds[step] != when) and not told.waits.acts[step].in_words
    ]
    if text is None:
        for when, step in sorted(coming)[:MOST_STEPS]:
            yield 4, f"{_when(when, step, one, told)}: {told.whole(step, told.needs(step, one))}"
        if len(coming) > MOST_STEPS:
            yield 4, f"and {len(coming) - MOST_STEPS} more steps"
    elif coming:
        steps = listed(f"{told.step(step)} ({_when(when, step, one, told).lower()})" for when, step in sorted(coming))
        yield 4, f"At another time than as written: {steps}."


def _when(when: int, step: int, one: Sequencing, told: Told) -> str:
    if told.waits.acts[step].state == "done":
        return "Done"
    if when == 0:
        return "Now, if somebody does it" if one.sure[step] is None else "Now"
    return f"Step {when + 1}"


def _on_nobody(one: Sequencing, told: Told) -> Lines:
    """Who waits in the end for something that nobody is named for."""
    for missing in sorted({found for own in one.rests_on for found in own}):
        if any(missing in own for step, own in enumerate(one.rests_on) if step != missing):
            yield 4, _waits_for_nobody(missing, one, told)


def _waits_for_nobody(missing: int, one: Sequencing, told: Told) -> str:
    waiting = [step for step, own in enumerate(one.rests_on) if missing in own and step != missing]
    waits = listed(told.step(step) for step in waiting) + (" waits for it." if len(waiting) == 1 else " wait for it.")
    if told.waits.acts[missing].in_words:
        return f"Whether {told.step(missing)} is met is not said, and {waits}"
    who = f"{sentence(told.words(missing)).rstrip('.')}: who does this is not known"
    return f"{who}, and {waits}" if waiting else f"{who}."


def _never(one: Sequencing, told: Told, text: Sequencing | None) -> Lines:
    """What cannot come about though it is in no knot: refused, or behind something that is stuck."""
    knotted = {step for knot in one.knots for step in knot}
    for step, when in enumerate(one.rounds):
        if when is not None or step in knotted or (text is not None and text.rounds[step] is None):
            continue
        if told.waits.acts[step].state == "refused":
            yield 4, f"Refused: {told.whole(step)}"
        else:
            yield 4, f"Held up: {told.step(step)} waits for {told.needs(step, one, unmet=True)}."


def _ways_out(unlock: Unlock, one: Sequencing, told: Told) -> Lines:
    freed = listed(told.step(step) for step in unlock.goal)
    held = ", held up by a refusal," if unlock.refusal else ""
    yield 4, f"What would free {freed}{held} at the least cost (a move counts one where the file gives no weight):"
    for ways, kind, nothing in (
        (unlock.acts, "Somebody goes first", "nobody can free it by going first"),
        (unlock.waivers, "Somebody gives up a condition", "no giving up of conditions is enough"),
        (unlock.stand_ins, "A third party vouches for a step that is waited for", "no third party can free it alone"),
    ):
        yield 6, _kind(ways, kind, nothing, one, told)
    if unlock.mixed.sets:
        yield 6, _kind(unlock.mixed, "Cheaper than any of these, together", "", one, told)


def _kind(ways: Ways, kind: str, nothing: str, one: Sequencing, told: Told) -> str:
    if ways.given_up:
        return f"{kind}: undecided, too many choices to try."
    if ways.cost is None:
        return f"{sentence(nothing)}"
    shown = [" together with ".join(_move(move, one, told) for move in moves) for moves in ways.sets[:MOST_WAYS]]
    more = len(ways.sets) - len(shown)
    left = f"; or one of {'at least ' if ways.more else ''}{more} others" if more else ""
    cost = "" if ways.cost == 1 else f" (counted {number(ways.cost)})"
    return f"{kind}{cost}: {'; or '.join(shown)}{left}."


def _move(move: Move, one: Sequencing, told: Told) -> str:
    if move.kind is Kind.ACT:
        return told.step(move.step)
    if move.kind is Kind.WAIVER:
        given_up = " or ".join(told.step(other) for other in one.needs[move.step][move.need or 0])
        return f"{told.step(move.step)} no longer waits for {given_up}"
    return told.step(move.step)
