"""Texts laid side by side, in words: as text for a screen of 80 columns, or as Markdown."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from foedus.brief.screen import NOT_THE_TREATY, WIDTH
from foedus.brief.tables import reading_name
from foedus.case.dimensions import DIMENSIONS
from foedus.check.compare import Comparison
from foedus.findings import Label
from foedus.law.incident import Incident
from foedus.law.relation import Order, Relation, Separation
from foedus.wording import KIND_WORDS, Speaker, levels, listed, sentence
from foedus.wording import level as level_words

ORDER_WORDS: Final = {
    Order.STRONGER: "stronger",
    Order.WEAKER: "weaker",
    Order.EQUAL: "equal",
    Order.INCOMPARABLE: "incomparable",
    Order.UNDECIDED: "undecided",
}
STANDS: Final = {
    Order.STRONGER: "{0} is stronger than {1}: nowhere less is left of it, and somewhere more.",
    Order.WEAKER: "{0} is weaker than {1}: nowhere more is left of it, and somewhere less.",
    Order.EQUAL: "{0} and {1} are equal in every incident looked at, whoever refuses.",
    Order.INCOMPARABLE: "{0} and {1} are incomparable: each is stronger somewhere.",
    Order.UNDECIDED: "How {0} and {1} stand is undecided: there are too many ways to refuse to try them all.",
}
MEASURE: Final = (
    "Stronger: in no incident less is owed, nor left when some lawfully refuse, and in one there is more. What "
    "can be broken, whether in law or politics, and who can afford it is not part of this."
)


NARROWEST: Final = 16
"""Columns of a table on a screen; below that each row is told as an entry."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: a heading, sentences, and a table where there are ``heads``."""

    title: str
    lines: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def comparison_text(found: Comparison) -> str:
    """The comparison for a screen."""
    return as_text(comparison_parts(found))


def comparison_markdown(found: Comparison) -> str:
    """The comparison as Markdown."""
    return as_markdown(comparison_parts(found))


def comparison_parts(found: Comparison) -> Iterator[Part]:
    """Everything the comparison says, in the order in which it is read."""
    speaker = Speaker(found.case)
    names = [speaker.instrument(staged.id) for staged in found.case.instruments]
    yield Part(f"{listed(names)} side by side")
    yield Part("What it is", (), ("Text", "It is"), tuple(_label(one, speaker) for one in found.labels))
    yield _dimensions(found, names)
    if len(names) > 2:
        yield standing_part(found.relations, [staged.id for staged in found.case.instruments], speaker)
    for relation in found.relations:
        yield from _pair(relation, speaker, with_kinds=len(names) == 2)
    yield Part("What was looked at", (*(sentence(words) for words in found.bounds), MEASURE, NOT_THE_TREATY))


def _dimensions(found: Comparison, names: Sequence[str]) -> Part:
    """The dimensions on which the texts differ, one by one; those on which they are alike in one line."""
    rows, alike = [], []
    for name, dimension in DIMENSIONS.items():
        words = [one.words(name) for one in found.dimensions]
        if len(set(words)) > 1:
            rows.append((dimension.asks, *words))
        elif any(one.by_name[name].values for one in found.dimensions):
            alike.append(f"{dimension.asks[:1].lower()}{dimension.asks[1:]} ({words[0]})")
    lines = (f"Alike in {'both' if len(names) == 2 else 'all'}: {'; '.join(alike)}.",) if alike else ()
    if not rows:
        lines = ("They differ in none of the dimensions.", *lines)
    return Part("Dimension by dimension", lines, ("", *names) if rows else (), tuple(rows))


def _label(label: Label, speaker: Speaker) -> tuple[str, str]:
    words = listed(label.is_a, "or")
    others = dict.fromkeys(
        f"{listed(names, 'or')} if read as {reading_name(reading)}"
        for reading, names in label.by_reading.items()
        if names != label.is_a
    )
    called = f"called “{label.called}” by {label.called_by}" if label.called else ""
    return speaker.instrument(label.instrument), "; ".join(part for part in (words, called, *others) if part)


def standing_part(relations: Sequence[Relation], ids: Sequence[str], speaker: Speaker) -> Part:
    """Each form with those that are never stronger, equal or never weaker, and those where it depends or neither is."""
    rows = []
    for id in ids:
        found: dict[str, list[str]] = {"weaker": [], "equal": [], "stronger": [], "open": [], "neither": []}
        for relation in relations:
            if id in (relation.first, relation.second):
                other = relation.second if id == relation.first else relation.first
                found[_place(relation, first=id == relation.first)].append(speaker.instrument(other))
        rows.append((speaker.instrument(id), *(", ".join(names) or "–" for names in found.values())))
    heads = (
        "Text",
        "At least as strong as",
        "Equal to",
        "At most as strong as",
        "It depends with",
        "Incomparable with",
    )
    note = "In every incident, whoever refuses, whatever is not known. Incomparable texts are not ranked."
    return Part("How they stand to each other", (note,), heads, tuple(rows))


def _place(relation: Relation, *, first: bool) -> str:
    """Where the other one stands as seen from one of the two."""
    over, under = relation.at_least(turned=not first), relation.at_least(turned=first)
    if over or under:
        return "equal" if over and under else "weaker" if over else "stronger"
    return "neither" if relation.order is Order.INCOMPARABLE else "open"


def _pair(relation: Relation, speaker: Speaker, *, with_kinds: bool) -> Iterator[Part]:
    names = speaker.instrument(relation.first), speaker.instrument(relation.second)
    lines = [stands(relation, speaker), *(separation_words(one, relation, speaker) for one in relation.separations)]
    lines += _readings(relation, names, speaker)
    yield Part(f"{names[0]} beside {names[1]}", tuple(lines))
    if with_kinds:
        rows = tuple(
            (sentence(KIND_WORDS[kind.kind]).rstrip("."), _orders(kind.orders), *(levels(*s) for s in kind.promised))
            for kind in relation.kinds
        )
        heads = ("Kind of incident", f"{names[0]} is", f"{names[0]} owes", f"{names[1]} owes")
        note = "Over all attackers, places and objects; what is owed is told for the nearest incident of the kind."
        yield Part("Kind by kind of incident", (note,), heads, rows)


def stands(relation: Relation, speaker: Speaker) -> str:
    """How two forms stand to each other, in one sentence."""
    names = speaker.instrument(relation.first), speaker.instrument(relation.second)
    if len(relation.orders) == 1:
        untried = "" if relation.complete else " Not every combination of what is unknown was tried."
        return STANDS[relation.orders[0]].format(*names) + untried
    decided = listed(f"{speaker.place(name)}, in {speaker.instrument(id)}" for id, name in relation.depends_on)
    orders = listed((ORDER_WORDS[order] for order in relation.orders), "or")
    return f"It depends on what nobody knows: {names[0]} is {orders}, seen from {names[1]}. It turns on {decided}."


def separation_words(found: Separation, relation: Relation, speaker: Speaker) -> str:
    """The incident that separates two forms, and what is left of each."""
    first, second = speaker.instrument(relation.first), speaker.instrument(relation.second)
    stronger, weaker = (first, second) if found.stronger == relation.first else (second, first)
    high, low = max(found.levels), min(found.levels)
    keeps = "still owes" if found.refusing else "owes"
    when = f"{speaker.incident(found.incident, found.refusing)}{_clock(found.incident)}"
    return f"Where {stronger} is stronger: {when}. {stronger} {keeps} {level_words(high)}, {weaker} {level_words(low)}."


def _clock(incident: Incident) -> str:
    parts = [f"{incident.lasting} hours into the attack" if incident.lasting else ""]
    parts += [f"{incident.hour} hours after it began" if incident.hour else ""]
    return "".join(f", {part}" for part in parts if part)


def _readings(relation: Relation, names: tuple[str, str], speaker: Speaker) -> Iterator[str]:
    """The readings under which the two stand otherwise, those that say the same together."""
    told: dict[tuple[str, tuple[Order, ...]], list[str]] = {}
    for one in relation.readings:
        told.setdefault((one.instrument, one.orders), []).append(reading_name(one.reading))
    for (id, orders), readings in told.items():
        yield (
            f"With {speaker.instrument(id)} read as {listed((f'“{name}”' for name in readings), 'or')}: {names[0]} is "
            f"{listed((ORDER_WORDS[order] for order in orders), 'or')}."
        )


def _orders(orders: Iterable[Order]) -> str:
    return listed((ORDER_WORDS[order] for order in orders), "or")


def as_text(parts: Iterable[Part]) -> str:
    """Parts for a screen of 80 columns: a table where it fits, else an entry for each row."""
    lines: list[str] = []
    for number, part in enumerate(parts):
        lines += [""] * bool(number) + textwrap.wrap(part.title, WIDTH)
        for line in part.lines:
            lines += wrapped(line, "  ", "    ")
        lines += _text_table(part)
    return "\n".join(lines)


def wrapped(words: str, first: str, later: str) -> list[str]:
    """Words on lines of a screen; a name with hyphens, such as that of a check, stays whole and can be copied."""
    return textwrap.wrap(
        words, WIDTH, initial_indent=first, subsequent_indent=later, break_long_words=False, break_on_hyphens=False
    )


def _text_table(part: Part) -> Iterator[str]:
    if not part.rows:
        return
    natural = [max(len(row[column]) for row in (part.heads, *part.rows)) for column in range(len(part.heads))]
    widths = _widths(natural, WIDTH - 2 * len(natural))
    if widths is None:
        yield from _entries(part)
        return
    for row in (part.heads, *part.rows):
        cells = [textwrap.wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
        for line in range(max(map(len, cells))):
            words = [cell[line] if line < len(cell) else "" for cell in cells]
            yield "  " + "  ".join(word.ljust(width) for word, width in zip(words, widths, strict=True)).rstrip()


def _widths(natural: Sequence[int], room: int) -> list[int] | None:
    """The widths of columns: wide ones give way until all fit; ``None`` where the columns would be too narrow."""
    widths = list(natural)
    while sum(widths) > room:
        widest = max(widths)
        if widest <= NARROWEST:
            return None
        widths[widths.index(widest)] -= 1
    return widths


def _entries(part: Part) -> Iterator[str]:
    for row in part.rows:
        yield from textwrap.wrap(row[0], WIDTH, initial_indent="  ", subsequent_indent="    ")
        for head, cell in zip(part.heads[1:], row[1:], strict=True):
            if cell not in ("", "–"):
                words = f"{head}: {cell}"
                yield from textwrap.wrap(words, WIDTH, initial_indent="    ", subsequent_indent="      ")


def as_markdown(parts: Iterable[Part]) -> str:
    """Parts as Markdown, the first as the title."""
    lines: list[str] = []
    for number, part in enumerate(parts):
        lines += [""] * bool(number) + [f"{'##' if number else '#'} {_escaped(part.title)}"]
        for line in part.lines:
            lines += ["", _escaped(line)]
        if part.rows:
            lines += ["", _row(part.heads), "|" + "---|" * len(part.heads), *(_row(row) for row in part.rows)]
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(_escaped(cell) for cell in cells) + " |"


def _escaped(words: str) -> str:
    """Words of a case file as plain words of Markdown."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|#" else sign for sign in words)
