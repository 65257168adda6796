"""Historical cases in words: the list, one case in full, and the cases nearest to a text."""

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, Final

from foedus.brief.screen import NOT_THE_TREATY, WIDTH
from foedus.case.dimensions import DIMENSIONS, dimension_words
from foedus.case.precedents import Library, faults
from foedus.case.schema.precedent import OUTCOMES, Precedent, Seen
from foedus.check.precedents import Analogies, Counter, Neighbour, answer
from foedus.wording import listed, number, sentence

ANSWER_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "tested": {
        "yes": "tested by an attack or an acute crisis",
        "threat": "threatened, not attacked",
        "never": "never tested",
        "unclear": "whether it was tested cannot be told",
    },
    "promise_kept": {
        "yes": "kept",
        "partly": "kept in part",
        "no": "not kept",
        "not_due": "nothing was due",
    },
    "deterrence_held": {
        "held": "held",
        "below_threshold": "no large attack, smaller moves",
        "failed": "failed",
        "not_asked": "does not arise",
    },
    "fate": {
        "unharmed": "unharmed",
        "part_lost": "lost a part of its territory",
        "lost": "lost",
        "restored": "occupied, restored later",
        "not_asked": "does not arise",
    },
}
QUESTION_WORDS: Final = {
    "promise_kept": "Promise kept?",
    "deterrence_held": "Deterrence held?",
    "fate": "Fate of the one protected?",
}
MARK_WORDS: Final = {
    "seen": "a page that supports it was seen",
    "general": "general knowledge, not verified",
    "contested": "the reading is contested",
}
HAND_PICKED: Final = "A hand-picked list: it can be read and compared, and no share of it is computed."


def answers(case: Precedent, outcome: str) -> str:
    """The answer of a case to one question in plain words."""
    return " / ".join(ANSWER_WORDS[outcome][word] for word in answer(case, outcome))


def list_text(library: Library) -> str:
    """One entry a case: its name, and the three outcomes apart."""
    lines = []
    for case in library:
        lines += _wrap(f"{case.id}  {case.name}", 0, 5)
        told = (f"{QUESTION_WORDS[name].rstrip('?').lower()}: {answers(case, name)}" for name in OUTCOMES)
        lines += _wrap(f"{sentence('; '.join(told))}", 5)
    lines += ["", *_wrap(HAND_PICKED, 0), *_wrap("Published counts, each of a sample of its own:", 0)]
    lines += list(figure_lines(library))
    lines += ["", *_wrap("One in full: foedus precedents P38; near a text: foedus precedents CASE --instrument ID", 0)]
    return "\n".join(lines)


def figure_lines(library: Library) -> Iterator[str]:
    """What scholars have published on how often promises are kept."""
    for figure in library.coding.figures:
        yield from _wrap(f"{figure.by}: {figure.says} ({figure.source}).", 2)


def case_text(case: Precedent) -> str:
    """One case in full."""
    return "\n".join(_case(case))


def _case(case: Precedent) -> Iterator[str]:
    yield from _wrap(f"{case.id}  {case.name}", 0)
    yield from _wrap(f"Years: {case.years}. Form: {case.form}.", 2)
    yield from _wrap(f"Promised by {listed(case.guarantors)}, to {case.beneficiary}, against: {case.adversary}.", 2)
    yield ""
    note = f" ({case.tested.note})" if case.tested.note else ""
    yield from _wrap(f"{sentence(answers(case, 'tested')).rstrip('.')}{note}.", 2)
    for name in OUTCOMES:
        noted = getattr(case, name).note
        told = f"{QUESTION_WORDS[name]} {sentence(answers(case, name))}"
        yield from _wrap(f"{told} {sentence(noted)}" if noted else told, 2)
    yield from _wrap(f"Why, in our words: {case.reason}", 2)
    if had := faults_had(case):
        yield from _wrap(f"Faults that it had: {listed(f'{faults()[n].name} ({n})' for n in had)}.", 2)
    if case.instruments:
        yield from _wrap(f"Its text in the library: {listed(case.instruments)}.", 2)
    yield ""
    yield "  By the dimensions (coded by us, not verified):"
    for name, dimension in DIMENSIONS.items():
        yield from _wrap(f"{dimension.asks}: {dimension_words(name, case.dimensions[name])}", 4)
    yield ""
    yield from _wrap(f"How it is known: {listed(MARK_WORDS[mark] for mark in case.mark)}.", 2)
    for source in case.sources:
        yield from _wrap(_source(source), 4)
    if case.note:
        yield from _wrap(sentence(case.note), 2)
    yield from _wrap(f"Coded by {case.coded_by}; checked by {case.checked_by}.", 2)


def _source(source: Seen) -> str:
    read = f", read {source.read}" if source.read != "unknown" else ""
    note = f" {sentence(source.note)}" if source.note else ""
    return f"{sentence(source.what).rstrip('.')}: {source.address or 'no address'}{read}.{note}"


def analogies_text(title: str, found: Analogies, says: str) -> str:
    """The cases nearest to a text and the counter-nearest, with where they match and differ."""
    return "\n".join(_analogies(title, found, says))


def _analogies(title: str, found: Analogies, says: str) -> Iterator[str]:
    yield from _wrap(title, 0)
    if says:
        yield from _wrap(says, 2)
    if found.own:
        own = listed(f"{case.name} ({case.id})" for case in found.own)
        yield from _wrap(f"This text is itself that of {own}, left out below.", 2)
    first = found.near[0]
    yield ""
    yield from _wrap(f"Nearest: {first.case.name} ({first.case.id})", 0)
    yield from _neighbour(first, found)
    yield ""
    others = (f"{one.case.name} ({one.case.id}), {distance_words(one)}" for one in found.near[1:])
    yield from _wrap(f"Next: {'; '.join(others)}", 0)
    told = {first.case.id}
    for counter in found.counter:
        yield ""
        yield from _wrap(_question(counter), 0)
        for neighbour in counter.neighbours:
            case = neighbour.case
            yield from _wrap(f"{case.name} ({case.id}): {answers(case, counter.outcome)}", 2)
            if case.id in told:
                yield "    As told above."
            else:
                told.add(case.id)
                yield from (f"  {line}" for line in _neighbour(neighbour, found, shift=2))
    yield ""
    yield from _wrap(HAND_PICKED, 0)
    yield NOT_THE_TREATY


def _question(counter: Counter) -> str:
    own = " / ".join(ANSWER_WORDS[counter.outcome][word] for word in counter.in_nearest)
    what = "the nearest that ended the other way" if len(counter.neighbours) < 2 else "the nearest on each side"
    return f"{QUESTION_WORDS[counter.outcome]} In the nearest: {own}. Now {what}:"


def distance_words(neighbour: Neighbour) -> str:
    """How far a case is: how many dimensions differ, out of how many that could be compared."""
    distance = neighbour.distance
    return f"differs on {number(distance.least)} of {distance.compared} that could be compared"


def _neighbour(neighbour: Neighbour, found: Analogies, shift: int = 0) -> Iterator[str]:
    case, distance = neighbour.case, neighbour.distance
    width = WIDTH - shift
    not_compared = len(distance.open) + len(distance.unknown)
    told = sentence(distance_words(neighbour)).rstrip(".")
    span = f"{distance.least} to {distance.most} away"
    yield from _wrap(f"{told}; {number(not_compared)} could not, so that it is {span}.", 2, width=width)
    yield from _wrap(f"Why it ended so: {case.reason}", 2, width=width)
    for name in distance.differing:
        here, there = found.dimensions.words(name), dimension_words(name, case.dimensions[name])
        yield from _wrap(f"{DIMENSIONS[name].asks}: here {here}, there {there}", 4, width=width)
    if distance.matching:
        yield from _wrap(f"The same: {'; '.join(_same(name, case) for name in distance.matching)}.", 4, width=width)
    if distance.open:
        names = listed(_short(name) for name in distance.open)
        yield from _wrap(f"Open, because one side has several values: {names}.", 4, width=width)
    if distance.unknown:
        yield from _wrap(f"Not known: {listed(_short(name) for name in distance.unknown)}.", 4, width=width)


def _same(name: str, case: Precedent) -> str:
    return f"{_short(name)} ({dimension_words(name, case.dimensions[name])})"


def _short(name: str) -> str:
    asks = DIMENSIONS[name].asks
    return asks[:1].lower() + asks[1:]


def case_data(case: Precedent) -> dict[str, Any]:
    """One case as plain data."""
    return {**case.model_dump(mode="json", exclude={"foedus"}), "faults": list(faults_had(case))}


def faults_had(case: Precedent) -> tuple[int, ...]:
    """The numbers of the drafting faults that a case had."""
    return tuple(n for n, fault in faults().items() if any(had.case == case.id for had in fault.had_by))


def _wrap(words: str, indent: int, more: int = 2, width: int = WIDTH) -> list[str]:
    return textwrap.wrap(
        words, width, initial_indent=" " * indent, subsequent_indent=" " * (indent + more),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
