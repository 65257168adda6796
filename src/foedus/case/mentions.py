"""What a file says of the checks: what it expects of them, and the rules and findings that it names, each in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from foedus.case.case_names import unknown_parties
from foedus.case.ladders import OTHER
from foedus.case.names import expected_stoppers
from foedus.case.places import Places
from foedus.case.schema.instrument import Expect
from foedus.case.stage import Expected, Mention, StagedInstrument
from foedus.case.tree import Node
from foedus.errors import Problem, nearest

if TYPE_CHECKING:  # a text looked at alone needs no case, whose models take long to make
    from foedus.case.schema.case import Case


TEXT_OR_ALL: Final = ("text", "all")
"""Words that stand for a reading in an expectation: no reading laid over the text; the verdict over all of them."""


def expected_of(model: Case | None, staged: Sequence[StagedInstrument], places: Places) -> tuple[Expected, ...]:
    """Every expectation of a case and of the instruments written in it, or of the one instrument looked at alone."""
    own = [
        Expected(expect, _spoken_of(expect, staged), places.of(("expect", index)))
        for index, expect in enumerate(model.expect if model is not None else ())
    ]
    return (*own, *_of_instruments(model, staged))


def _of_instruments(model: Case | None, staged: Sequence[StagedInstrument]) -> Iterator[Expected]:
    for item in staged:
        if model is None or not item.from_library:  # what a shipped text gives in another cast is not what was expected
            for index, expect in enumerate(item.model.expect):
                yield Expected(expect, (item.id,), item.positions[f"expect.{index}"])


def _spoken_of(expect: Expect, staged: Sequence[StagedInstrument]) -> tuple[str, ...]:
    """The instrument named, else all that have the reading."""
    return tuple(
        item.id
        for item in staged
        if expect.instrument in (None, item.id) and (expect.reading in (None, *TEXT_OR_ALL, *item.readings))
    )


def reading_problems(model: Case, staged: Sequence[StagedInstrument], places: Places) -> Iterator[Problem]:
    """A problem for every expectation of a case under a reading that none of its instruments has."""
    for index, expect in enumerate(model.expect):
        known = [reading for item in staged if expect.instrument in (None, item.id) for reading in item.readings]
        if expect.reading is not None and expect.reading not in (*TEXT_OR_ALL, *known):
            yield reading_problem(expect, known, expect.instrument, places, index)


def reading_problem(
    expect: Expect, known: Sequence[str], instrument: str | None, places: Places, index: int
) -> Problem:
    """That an expectation names a reading which is not there."""
    whose = f"of `{instrument}`" if instrument is not None else "of any instrument of this case"
    near = nearest(str(expect.reading), known)
    cure = f"did you mean `{near}`?" if near else f"there are: {', '.join((*TEXT_OR_ALL, *known))}"
    return Problem(places.of(("expect", index, "reading")), f"`{expect.reading}` is not a reading {whose}", cure)


def stopper_problems(model: Case, staged: Sequence[StagedInstrument], node: Node) -> Iterator[Problem]:
    """A problem for every party that a case expects to be able to stop the help and that nobody declares."""
    for index, expect in enumerate(model.expect):
        known = {*model.parties, OTHER}
        known.update(name for item in staged if expect.instrument in (None, item.id) for name in item.model.parties)
        for names, path in expected_stoppers(expect, ("expect", index)):
            yield from unknown_parties(names, known, node, path)


def mentions_of(model: Case | None, staged: Sequence[StagedInstrument], places: Places) -> tuple[Mention, ...]:
    """Every rule and finding that a file names outside of the texts."""
    found = [
        Mention("rule", expect.rule, "expect", item.positions[f"expect.{index}.rule"])
        for item in staged
        if model is None or not item.from_library
        for index, expect in enumerate(item.model.expect)
    ]
    if model is None:
        return tuple(found)
    found += [
        Mention("rule", expect.rule, "expect", places.of(("expect", index, "rule")))
        for index, expect in enumerate(model.expect)
    ]
    found += [
        Mention("rule", look.rule, "questions", places.of(("questions", index, "look_at", number, "rule")))
        for index, question in enumerate(model.questions)
        for number, look in enumerate(question.look_at)
        if look.rule is not None
    ]
    found += [
        Mention("finding", entry.finding, "accepted", places.of(("accepted", index, "finding")))
        for index, entry in enumerate(model.accepted)
    ]
    return tuple(found)
