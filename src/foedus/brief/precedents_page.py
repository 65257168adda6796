"""The page on precedents of the reference, as Markdown."""

from collections.abc import Iterator, Mapping
from typing import Final

from foedus.brief.precedents import ANSWER_WORDS, answers
from foedus.case.dimensions import DIMENSIONS
from foedus.case.precedents import Library, faults
from foedus.case.schema.precedent import OUTCOMES, Fault
from foedus.check.hold_out import hold_out
from foedus.wording import sentence

INTRODUCTION: Final = """\
Historical cases of guarantees, each in a file of `src/foedus/library/precedents`. `foedus precedents` lists them,
`foedus precedents P38` shows one, `foedus precedents CASE --instrument ID` those nearest to a text and those that ended
the other way. All take `--format json`: a case with the keys of its file and the numbers of its `faults`; for a text
its `dimensions`, the cases that it made itself (`own`), the `nearest` and for each of the three outcomes the
`counter_nearest`, each with its `distance` (`least` and `most`, how many dimensions were `compared`, and which are
`matching`, `differing`, `open` or `unknown`).\
"""


def precedents_page(known: Library, rules: Mapping[str, str]) -> Iterator[str]:
    """The historical cases with their coding, the faults with their rules (names by code), and the held-out cases."""
    yield from ("# Precedents", "", *INTRODUCTION.splitlines(), "", sentence(known.coding.says.strip()))
    yield from ("", "## How they are coded")
    for question, meanings in known.coding.rules.items():
        yield from ("", f"`{question}`", "", "| answer | on screen | means |", "|---|---|---|")
        for word, meaning in meanings.items():
            yield f"| `{word}` | {ANSWER_WORDS[question][word]} | {meaning} |"
    yield from ("", "## No share is computed", "", sentence(known.coding.no_share.strip()), "", "Published counts:", "")
    yield from (f"- {figure.by}: {figure.says.strip()} ({figure.source})." for figure in known.coding.figures)
    yield from ("", "## The dimensions", "", "| dimension | asks | values |", "|---|---|---|")
    for name, dimension in DIMENSIONS.items():
        values = "; ".join(f"`{value}` ({words})" for value, words in dimension.values.items())
        yield f"| `{name}` | {dimension.asks} | {values} |"
    yield from ("", "## The faults")
    for number, fault in faults().items():
        yield from _fault(number, fault, rules)
    yield from ("", "## The cases", "", "| | case | kept | deterred | fate | known by |", "|---|---|---|---|---|---|")
    for one in known:
        marks = ", ".join(one.mark) + ("" if one.verified else " (not verified)")
        told = " | ".join(answers(one, outcome) for outcome in OUTCOMES)
        yield f"| {one.id} | {one.name} | {told} | {marks} |"
    yield from ("", "## Held out", "", sentence(known.coding.hold_out.says.strip()))
    yield from ("", "| case | text | expected | rated | defects found |", "|---|---|---|---|---|")
    for rated in hold_out(known):
        found = ", ".join(f"`{rule}`" for rule in rated.failing) or "–"
        yield f"| {rated.case} | `{rated.instrument}` | {rated.expected} | {rated.rated} | {found} |"
    yield from ("", "What the misses mean is told in [the theory](../theory/precedents.md).")


def _fault(number: int, fault: Fault, rules: Mapping[str, str]) -> Iterator[str]:
    """One fault with the cases that had it and the rules that find it."""
    yield from ("", f"### {number}. {sentence(fault.name).rstrip('.')}", "", fault.says, "")
    yield from (f"- Had by {had.name} ({had.case}): {had.how}." for had in fault.had_by)
    if fault.also:
        yield f"- Also {fault.also}."
    if fault.counter is not None:
        yield f"- Went otherwise: {fault.counter.name} ({fault.counter.case}): {fault.counter.how}."
    names = {code: f"[`{name}`](rules/{name}.md)" for code, name in rules.items()}
    if fault.rules:
        yield f"- Found by {', '.join(names.get(code, code) for code in fault.rules)}."
    if fault.no_rule:
        yield f"- {sentence(fault.no_rule.strip())}"
