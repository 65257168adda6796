"""What was given for what, on the screen: who gave for good against promises, what each is left with, an even order."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from foedus.talks.ledger import Entry, Exchange, Exposed, Held
from foedus.wording import Speaker, listed, number, sentence

Cited = Callable[[tuple[str, ...]], str]
Lines = Iterator[tuple[int, str]]
EVEN: Final = (
    "Even means here: nobody is ever more than one thing given for good ahead of what it got for good, and nobody is "
    "ahead at the end. Each entry counts one; what can be taken back counts for nothing."
)


def ledger_lines(exchange: Exchange, speaker: Speaker, cited: Cited) -> Lines:
    """Yield the lines on one deal, each with its indent."""
    told = Told(exchange, speaker, cited)
    yield 0, "What was given for what" + (f": {exchange.deal}" if exchange.deal else "")
    for words in told.lead():
        yield 2, words
    for entry in exchange.entries:
        yield 4, told.entry(entry)
    yield from _turns(exchange, told)
    yield from _order(exchange, told)


NOBODY: Final = "Nobody gives something for good against nothing but what can be taken back."
EVEN_WORDS: Final = {
    "yes": "The order told is even.",
    "no": "The order told is not even.",
    "open": "Whether the order told is even rests on what is not known, or true in part.",
}


class Told:
    """Puts one deal into words."""

    def __init__(self, exchange: Exchange, speaker: Speaker, cited: Cited) -> None:
        self.exchange: Final = exchange
        self.speaker: Final = speaker
        self.cited: Final = cited

    def name(self, side: str) -> str:
        """A side at the head of a sentence."""
        name = self.speaker.party(side)
        return f"{name[:1].upper()}{name[1:]}"

    def exposed(self, one: Exposed) -> str:
        """Somebody who gives for good against what can be taken back."""
        if not one.gets:
            return f"{self.name(one.side)} gives something, and this file names nothing that it gets for it."
        if one.certain:
            return f"{self.name(one.side)} gives something for good, and all that it gets for it can be taken back."
        return (
            f"{self.name(one.side)} perhaps gives something for good against what can be taken back: which of it "
            "can be is not known, or true in part."
        )

    def lead(self) -> Iterator[str]:
        """The answer in short: who gives for good against what can be taken back, also by what the public saw."""
        yield from map(self.exposed, self.exchange.exposed) if self.exchange.exposed else [NOBODY]
        public = self.exchange.in_public
        if public is not None and public != self.exchange.exposed:
            yield f"By what the public was told: {' '.join(map(self.exposed, public)) or NOBODY}"

    def entry(self, entry: Entry) -> str:
        """One entry: who, what, to whom, when, whether it can be taken back, by whom, on whose word."""
        to = f" to {self.speaker.parties(entry.to)}" if entry.named else ""
        whom = "" if entry.named or len(entry.to) < 2 else " To whom is not told; it counts for each of the others."
        step = f"{entry.step}. " if entry.step is not None else ""
        when = f" ({entry.when or entry.date})" if entry.when or entry.date else ""
        secret = " Kept secret when it was agreed." if entry.secret else ""
        note = f" {sentence(entry.note)}" if entry.note else ""
        source = f" [{self.cited(entry.source) or 'no source'}]"
        return f"{step}{self.name(entry.who)}{to}: {entry.gives}{when}. {self.back(entry)}{whom}{secret}{note}{source}"

    def back(self, entry: Entry) -> str:
        """Whether an entry can be taken back, and by whom."""
        if entry.back == "no":
            return "Given for good."
        if entry.back == "unknown":
            return "Whether it can be taken back is not known."
        by = f" by {self.speaker.parties(entry.taken_back_by, 'or')}" if entry.taken_back_by else ""
        return f"Can {'in part ' if entry.back == 'partly' else ''}be taken back{by}."

    def left(self, held: Held) -> str:
        """What one side is left with if nobody gives any more and everybody takes back what it can."""
        return f"{self.speaker.party(held.side)} gave {self._for_good(held.gave)} and holds {self._for_good(held.got)}"

    def _for_good(self, numbers: Sequence[int]) -> str:
        backs = [self.exchange.entries[n].back for n in numbers]
        least = backs.count("no")
        most = least + sum(back in ("partly", "unknown") for back in backs)
        if least == most:
            return f"{_things(least)} for good"
        return (
            f"perhaps {_things(most)} for good" if not least else f"{_things(least)} for good, perhaps {number(most)}"
        )


def _things(count: int) -> str:
    return "nothing" if count == 0 else f"{number(count)} thing{'s' * (count > 1)}"


def _turns(exchange: Exchange, told: Told) -> Lines:
    if not exchange.turns:
        yield 2, "In which order these came is not told."
        yield 2, "If everybody takes back what it can:"
        for held in exchange.end:
            yield 4, sentence(told.left(held))
        return
    first = list(dict.fromkeys(exchange.entries[n].who for n in exchange.turns[0].entries))
    good = any(exchange.entries[n].back == "no" for n in exchange.turns[0].entries)
    moves = "moves" if len(first) == 1 else "move"
    yield 2, sentence(f"{told.speaker.parties(first)} {moves} first{', for good' if good else ''}")
    yield 2, "If the others stop after a step, and everybody takes back what it can:"
    for turn in exchange.turns:
        step = exchange.entries[turn.entries[0]].step
        told_of = [told.left(held) for held in turn.left if held.gave or held.got]
        yield 4, f"After step {step}: {'; '.join(told_of)}."


def _order(exchange: Exchange, told: Told) -> Lines:
    if all(entry.back == "yes" for entry in exchange.entries):
        yield 2, "Nothing here is given for good, so that no order of it leaves anybody without cover."
        return
    if exchange.even != "not_told":
        yield 2, EVEN_WORDS[exchange.even]
    if exchange.reordered is not None and exchange.even != "yes":
        steps = (f"{told.name(exchange.entries[n].who)}: {exchange.entries[n].gives}" for n in exchange.reordered)
        yield 2, f"An even order would be: {'; then '.join(steps)}."
    if exchange.why_not == "ends_ahead":
        yield 2, _ends_ahead(exchange, told)
    if exchange.why_not == "conditions":
        yield 2, "No order is even, since what must come first makes one side give too much before it gets anything."
    if exchange.why_not == "too_many":
        yield 2, "Whether another order is even is undecided: too many entries to try every order."
    yield 2, EVEN


def _ends_ahead(exchange: Exchange, told: Told) -> str:
    """Why no order helps: somebody has given more for good at the end, for certain or perhaps."""
    sure = [held.side for held in exchange.end if held.ahead[0] > 0]
    sides = sure or [held.side for held in exchange.end if held.ahead[1] > 0]
    who = f"{listed(told.speaker.party(side) for side in sides)} {'has' if len(sides) == 1 else 'have'}"
    if sure:
        return (
            f"No order mends that: at the end {who} given more for good than got for good. What is missing is not an "
            "order but something for good in return."
        )
    return f"No order is even for certain: at the end {who} perhaps given more for good than got for good."
