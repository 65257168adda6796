"""What binds already: the earlier instruments that a text is held against, as the author names them."""

from collections.abc import Iterable
from typing import Final

from foedus.case.schema.base import Names
from foedus.case.schema.instrument import Instrument
from foedus.case.shipped import instrument_ids, instrument_text
from foedus.case.stage import LoadedCase, Path, StagedInstrument
from foedus.case.staging import Declared, Draft, stage
from foedus.case.tree import Node, locate, parse, plain
from foedus.errors import Problem, nearest

DEFAULT: Final = ("un-charter",)
"""What binds already where nobody names anything else."""


def baseline_of(case: LoadedCase, staged: StagedInstrument) -> tuple[StagedInstrument, ...]:
    """Return the earlier instruments of a text, on the same stage: named by the case, else by the text, else default.

    An instrument of the case is taken as the case casts it, another from the library. The text itself is left out, and
    so is whatever was signed later than it (or than the case's day, where the text was never signed).
    """
    named = case.model.baseline if case.model is not None else None
    if named is None:
        named = staged.model.baseline
    found = []
    for id in DEFAULT if named is None else named:
        earlier = case.instrument(id) or _shipped(id, case)
        if earlier is not None and id != staged.id and _is_earlier(earlier, staged, case.as_of):
            found.append(earlier)
    return tuple(found)


def baseline_problems(named: Names | None, own: Iterable[str], node: Node, at: Path = ()) -> list[Problem]:
    """A problem for every name in ``baseline`` that is no instrument of the case and none of the library."""
    known = {*own, *instrument_ids()}
    return [
        Problem(
            locate(node, (*at, "baseline", index)),
            f"`{id}` is neither an instrument of this file nor a shipped one (at `baseline`)",
            f"did you mean `{near}`?" if (near := nearest(id, sorted(known))) else "`foedus library` lists them",
        )
        for index, id in enumerate(named or ())
        if id not in known
    ]


def _shipped(id: str, case: LoadedCase) -> StagedInstrument | None:
    if id not in instrument_ids():
        return None
    text, file = instrument_text(id)
    node = parse(text, file)
    content = {key: plain(part) for key, part in node.entries.items() if key != "foedus"}
    draft = Draft(content, node, (), file, {}, (), node, from_library=True)
    return stage(draft, Declared(case.parties), Instrument)[0]


def _is_earlier(earlier: StagedInstrument, staged: StagedInstrument, as_of: str | None) -> bool:
    """Whether an instrument was signed no later than a text: days are compared as far as both are known."""
    day = _day(staged) or as_of
    other = _day(earlier)
    if day is None or other is None:
        return True
    length = min(len(day), len(other))
    return other[:length] <= day[:length]


def _day(staged: StagedInstrument) -> str | None:
    signed = staged.model.signed
    return None if signed in (None, "never", "unknown") else str(signed)
