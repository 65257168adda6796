"""What the rules say of a text as it was signed, against how its case ended: a check of the rules, not of history."""

from collections.abc import Iterable
from dataclasses import dataclass

from foedus.case.load import load
from foedus.case.precedents import Library
from foedus.case.shipped import instrument_ids
from foedus.check.lead import fails_by_the_text
from foedus.check.run import Options, run
from foedus.findings import Class, Finding


@dataclass(frozen=True, slots=True)
class Rated:
    """One case with a shipped text: what was expected, what the rules say, and the rules that decide it."""

    case: str
    instrument: str
    expected: str
    rated: str
    failing: tuple[str, ...]

    @property
    def is_hit(self) -> bool:
        """Whether the rules say what was expected."""
        return self.expected == self.rated


def hold_out(library: Library) -> tuple[Rated, ...]:
    """Rate every case of the list whose text is shipped; a text that is added later is picked up by its id."""
    listed = library.coding.hold_out
    expected = {**dict.fromkeys(listed.weak, "weak"), **dict.fromkeys(listed.strong, "strong")}
    return tuple(
        Rated(id, text, expected[id], *rating(run(load(text), Options(explain=False)).findings))
        for id in sorted(expected)
        for text in library[id].instruments
        if text in instrument_ids()
    )


def rating(findings: Iterable[Finding]) -> tuple[str, tuple[str, ...]]:
    """Return ``weak`` with the defects that the text as written has, or ``strong`` without any."""
    failing = tuple(f.rule for f in findings if f.kind is Class.DEFECT and fails_by_the_text(f))
    return "weak" if failing else "strong", failing
