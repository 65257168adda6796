"""The first screen: at most 24 lines of 80 columns, the worst thing first, no codes before the sentence."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.check.questions import what_it_is
from foedus.findings import Class, Finding, Report, Verdict
from foedus.wording import VERDICT_WORDS, Speaker, level, listed, sentence

WIDTH: Final = 80
LINES: Final = 24
NOT_THE_TREATY: Final = "This checks the file, not the treaty; whether states keep it is politics."

STATUS_WORDS: Final = {
    "in-force": "in force",
    "signed": "signed",
    "expired": "expired",
    "denounced": "denounced",
    "never-signed": "never signed",
    "proposal": "a proposal",
    "draft": "a draft",
    "broken-down": "broken down",
}


def first_screen(case: LoadedCase, report: Report) -> str:
    """Return the first screen of a check: one instrument in full, or one entry for each."""
    staged = [item for item in case.instruments if any(label.instrument == item.id for label in report.labels)]
    if len(staged) == 1:
        lines = [*_one(case, report, staged[0]), *_also(report, staged[0].id), NOT_THE_TREATY]
    else:
        lines = _several(case, report, staged)
    return "\n".join(lines[: LINES - 1] + lines[-1:] if len(lines) > LINES else lines)


def lead(report: Report, instrument: str) -> Finding | None:
    """The finding told first: the worst that fails and nobody has accepted."""
    bad = [f for f in report.findings if f.instrument == instrument and f.is_bad and not f.accepted]
    return bad[0] if bad else None


def heading(staged: StagedInstrument, speaker: Speaker) -> str:
    """Name and status of an instrument, and whether its text was read."""
    model = staged.model
    marks = [STATUS_WORDS[model.status]]
    clauses = [c for c in model.clauses if c.kind == "obligation"]
    sources = [model.sources.get(ref) for clause in clauses for ref in clause.source]
    if sources and not any(source is not None and source.verified for source in sources):
        marks.append("text reported, not read")
    if staged.staged_as.accede:
        verb = "were parties" if len(staged.staged_as.accede) > 1 else "were a party"
        marks.append(f"if {speaker.parties(staged.staged_as.accede)} {verb}")
    return f"{model.short or model.title} ({'; '.join(marks)})"


def required_words(case: LoadedCase) -> str:
    """What the case asks for, kind by kind."""
    from foedus.wording import KIND_WORDS

    by_level: dict[int, list[str]] = {}
    for kind, required in case.required.items():
        by_level.setdefault(required, []).append(KIND_WORDS[kind])
    return "; ".join(f"{level(n)} for {listed(by_level[n])}" for n in sorted(by_level, reverse=True) if n)


def _one(case: LoadedCase, report: Report, staged: StagedInstrument) -> Iterator[str]:
    speaker = Speaker(case)
    yield from _wrapped(heading(staged, speaker), indent="")
    yield from _wrapped(f"What it is: {what_it_is(report, staged.id)}.")
    finding = lead(report, staged.id)
    if finding is None:
        yield from _wrapped("Nothing was found that fails.")
        return
    yield from _wrapped(_told(finding))
    if finding.because:
        yield from _wrapped(f"Why: {'; '.join(finding.because[:2])}.")
    if finding.before is not None:
        yield from _wrapped(finding.before)
    yield from _wrapped(_levels(case, report, staged.id))
    yield from _wrapped(f"{_rests(finding)}   Assumes: {'; '.join(report.assumptions)}.")


def _told(finding: Finding) -> str:
    if finding.verdict is Verdict.DEPENDS:
        under_text = next(r for r in finding.by_reading if r.reading == "text")
        if under_text.outcome.verdict is Verdict.FAILS and not under_text.decided_by:
            others = [r.reading for r in finding.by_reading if r.verdict is Verdict.HOLDS]
            return f"{finding.sentence} Not so under the reading{'s' if len(others) > 1 else ''} {listed(others)}."
        return f"DEPENDS on {listed(finding.decided_by[:3])}. Where it fails: {finding.sentence}"
    if finding.verdict is Verdict.UNDECIDED:
        return f"UNDECIDED: {finding.sentence}"
    return finding.sentence


def _levels(case: LoadedCase, report: Report, instrument: str) -> str:
    for finding in report.findings:
        if finding.instrument == instrument and finding.code == "C01" and finding.outcome.promised_level is not None:
            outcome = finding.outcome
            assert outcome.required_level is not None  # C01 always gives both
            return (
                f"Least owed in good faith: {level(outcome.promised_level or 0)}; "
                f"this case requires: {level(outcome.required_level)}."
            )
    return f"This case requires: {required_words(case)}."


def _rests(finding: Finding) -> str:
    count = len(finding.rests_on)
    if not count:
        return "No single value in the text would change this."
    unverified = f", {finding.unverified} of them unverified" if finding.unverified else ""
    return f"Rests on {count} value{'s' if count > 1 else ''} in the text{unverified}."


def _also(report: Report, instrument: str) -> Iterator[str]:
    first = lead(report, instrument)
    rest = [f for f in report.findings if f.instrument == instrument and f.is_bad and f is not first]
    parts = [
        _counted(sum(f.kind is Class.DEFECT and not f.accepted for f in rest), "defect"),
        _counted(sum(f.kind is Class.CAUTION and not f.accepted for f in rest), "caution"),
        _counted(sum(f.accepted is not None for f in rest), "accepted finding"),
    ]
    told = [part for part in parts if part]
    yield f"Also: {', '.join(told)} (--all)" if told else "Everything else holds (--all shows why)"


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count > 1 else ''}" if count else ""


def _several(case: LoadedCase, report: Report, staged: Sequence[StagedInstrument]) -> list[str]:
    speaker = Speaker(case)
    lines = [f"{case.title} (as of {case.as_of})" if case.as_of else case.title]
    lines += _wrapped(f"This case asks for {required_words(case)}.")
    budget = (LINES - len(lines) - 2) // max(1, len(staged))
    for item in staged:
        finding = lead(report, item.id)
        told = finding.sentence if finding is not None else "Nothing was found that fails."
        mark = f"{VERDICT_WORDS[finding.verdict.value]}: " if finding is not None else ""
        entry = f"{heading(item, speaker)}: {mark}{told}"
        lines += _clipped(_wrapped(entry, indent="", later="  "), max(1, budget))
    lines.append(f"Assumes: {'; '.join(report.assumptions)}. All findings: --all; one form: --instrument ID.")
    return [*lines, NOT_THE_TREATY]


def _clipped(lines: Iterable[str], most: int) -> list[str]:
    kept = list(lines)
    if len(kept) <= most:
        return kept
    return [*kept[: most - 1], textwrap.shorten(kept[most - 1] + " " + kept[most], WIDTH, placeholder=" ...")]


def _wrapped(words: str, indent: str = "  ", later: str | None = None) -> list[str]:
    after = indent + ("  " if indent else "") if later is None else later
    return textwrap.wrap(words, WIDTH, initial_indent=indent, subsequent_indent=after, break_long_words=False)


__all__ = ["first_screen", "heading", "lead", "required_words", "sentence"]
