"""The figures of a hunt, and the page of the mutants that differ for the case and were not seen, with the reasons."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from asked import ASKS
from intended import meant_for

if TYPE_CHECKING:
    from hunt import Row

PAGE: Final = Path(__file__).parents[2] / "docs" / "theory" / "mutants-not-seen.md"
CLASSES: Final = ("for the case", "elsewhere", "nowhere")

OTHER_RULES: Final = "Seen, but by rules that the table does not name for the field"
NOT_LOOKED_AT: Final = {
    "what is forbidden": "A ban speaks of others, elsewhere, or later: no check asks where a ban speaks, as long as it "
    "clashes with no duty (C12), repeats nothing (C21), brings the same when broken (C19) and ends no sooner (C18). "
    "Whether a clause can ever speak is asked of help alone (C20)",
    "what is allowed": "The most that is allowed is told for help to the victim in the first incident (C01), and where "
    "both sides are compared (C25); a permission elsewhere, or for nobody in particular, is looked at by no check",
    "the help, when somebody says nothing": "Silence of one whom no check makes silent: a victim that must find or "
    "agree (its silence is a waiver; C06 asks about requests alone), a guarantor that judges for itself (C05 asks "
    "whether it may say no), a parliament (C13 the same); or of a body in which silence changes nothing that C17 tells",
    "the help, when somebody refuses": "Other groups of several can stop the help, or it is stopped elsewhere: the "
    "checks ask about each alone, and about all together, in the first incident",
    "the help, in good faith": "Another duty gives as much as the case asks for, or as much as before in the nearest "
    "incident: the checks tell the worst place and not every one",
    "what is owed in return": "What the one protected owes in return is told at its height alone (C25)",
    "the clock": "The duty is due against other attackers than the first and an outsider, at whom C16 looks",
    "the way out": "The text promises no help and forbids others nothing, so that nothing ends with it (C18)",
    "how it binds": "The text promises no help and forbids others nothing, so that nothing is owed or expected (C24)",
}
"""Why no rule meant for a field saw a change: by the part of the meaning in which the two differ."""


def figures(rows: list[Row], each: int, seed: int) -> str:
    """For each class how many were seen; then, for the first, by question and by field."""
    lines = [f"{each} of every text, seed {seed}: {len(rows)} mutants"]
    for differs in CLASSES:
        own = [row for row in rows if row.differs == differs]
        lines.append(
            f"{differs}: {len(own)}, {_share(own)}, in the narrow sense {sum(bool(row.narrow) for row in own)}"
        )
    own = [row for row in rows if row.differs == CLASSES[0]]
    asked = [row for row in own if row.asked]
    lines.append(f"asked by a check: {len(asked)}, {_share(asked)}")
    lines += [
        f"  {name}: {len(some)}, {_share(some)}" for name in ASKS if (some := [r for r in own if r.asked == name])
    ]
    drawn, seen_by = Counter(row.field for row in own), Counter(row.field for row in own if row.seen)
    lines += [f"    {field}: {seen_by[field]}/{drawn[field]}" for field in sorted(drawn)]
    return "\n".join(lines)


def _share(rows: list[Row]) -> str:
    seen = sum(bool(row.seen) for row in rows)
    return f"seen {seen} ({100 * seen / max(1, len(rows)):.1f} %)"


def survivors(rows: list[Row]) -> list[Row]:
    """The mutants that differ for the case and were seen by no rule meant for them."""
    return [row for row in rows if row.differs == CLASSES[0] and not row.seen]


def reason(row: Row) -> str:
    """Why a mutant was not seen."""
    if row.others:
        return OTHER_RULES
    return next(words for part, words in NOT_LOOKED_AT.items() if row.part.startswith(part))


def write_page(rows: list[Row]) -> None:
    """Write the page of the survivors."""
    PAGE.write_text(page(rows), encoding="utf-8", newline="\n")


def page(rows: list[Row]) -> str:
    """Every survivor under its reason: first those in which some question of the checks has another answer."""
    lost = survivors(rows)
    asked = [row for row in lost if row.asked]
    lines = [
        "# Changed texts that no rule told apart",
        "",
        f"Of {len(rows)} changes of one place ([mutants.md](mutants.md)) these {len(lost)} mean something else for the",
        "case and were told by no rule meant for them. Written by `tests/mutants/hunt.py`.",
        "",
        f"## Some question of the checks has another answer ({len(asked)})",
        *_by_reason(asked),
        "",
        f"## No check asks ({len(lost) - len(asked)})",
        *_by_reason([row for row in lost if not row.asked]),
    ]
    return "\n".join(lines) + "\n"


def _by_reason(rows: list[Row]) -> list[str]:
    lines: list[str] = []
    for words in dict.fromkeys(reason(row) for row in sorted(rows, key=reason)):
        own = [row for row in rows if reason(row) == words]
        lines += ["", f"**{words}.** ({len(own)})", "", *(f"- {_told(row)}" for row in own)]
    return lines


def _told(row: Row) -> str:
    seen = f"; told by {' '.join(row.others)}, meant: {' '.join(meant_for(row.field).rules)}" if row.others else ""
    asked = f"; {row.asked}" if row.asked else ""
    return f"`{row.text}`: `{row.at}: {row.value}` ({row.part}{asked}{seen})"
