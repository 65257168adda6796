"""The first screen: at most 24 lines of 80 columns, the worst thing first, no codes before the sentence."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from foedus.brief.expected import expectation_line
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.check.lead import fails_by_the_text, lead
from foedus.check.questions import what_it_is
from foedus.check.rules import RULES
from foedus.findings import Class, Finding, Report, Verdict
from foedus.wording import KIND_WORDS, Speaker, level, listed, number, sentence

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


def first_screen(case: LoadedCase, report: Report, most_lines: int = LINES) -> str:
    """Return the first screen of a check: one instrument in full, or one entry for each."""
    staged = [item for item in case.instruments if any(label.instrument == item.id for label in report.labels)]
    tail = [*_run_alone(report), *expectation_line(report), NOT_THE_TREATY]
    if len(staged) == 1:
        tail = [*_also(report, staged[0].id), *tail]
        lines = list(_one(case, report, staged[0]))[: most_lines - len(tail)]
    else:
        lines = _several(case, report, staged, most_lines - len(tail))
    return "\n".join([*lines, *tail])


def heading(staged: StagedInstrument, speaker: Speaker, *, in_force: bool = True) -> str:
    """Name and status of an instrument, and whether its text was read.

    ``in_force=False``: another phase is asked about, so that a text in force is not said to be so.
    """
    model = staged.model
    marks = [STATUS_WORDS[model.status]] if in_force or model.status != "in-force" else []
    if was_read(staged) is False:
        marks.append("text reported, not read")
    if model.dormant_until:
        marks.append(f"asleep until {model.dormant_until}")
    if staged.staged_as.accede:
        verb = "were parties" if len(staged.staged_as.accede) > 1 else "were a party"
        marks.append(f"if {speaker.parties(staged.staged_as.accede)} {verb}")
    name = model.short or model.title
    return f"{name} ({'; '.join(marks)})" if marks else name


def was_read(staged: StagedInstrument) -> bool | None:
    """Whether a source of what the text obliges to was read; ``None`` where it names none."""
    refs = [ref for clause in staged.model.clauses if clause.kind == "obligation" for ref in clause.source]
    return any(staged.sources[ref].verified for ref in refs) if refs else None


def required_words(case: LoadedCase) -> str:
    """What the case asks for, kind by kind."""
    by_level: dict[int, list[str]] = {}
    for kind, required in case.required.items():
        by_level.setdefault(required, []).append(KIND_WORDS[kind])
    asked = [f"{level(n)} for {listed(by_level[n])}" for n in sorted(by_level, reverse=True) if n]
    return "; ".join(asked) or "nothing"


def _one(case: LoadedCase, report: Report, staged: StagedInstrument) -> Iterator[str]:
    speaker = Speaker(case)
    yield from _wrapped(heading(staged, speaker), indent="")
    yield from _wrapped(f"What it is: {what_it_is(report, staged.id)}.")
    finding = lead(report.findings, staged.id)
    if finding is None:
        yield from _wrapped("Nothing was found that fails.")
        return
    yield from _wrapped(_told(finding, speaker))
    if finding.because:
        why = (*finding.because[:2], *finding.told_for[:1])
        yield from _wrapped(f"Why: {'; '.join(line.rstrip('.') for line in why)}.")
    if finding.before is not None:
        yield from _wrapped(finding.before)
    yield from _wrapped(_levels(case, report, staged.id))
    yield from _wrapped(f"{_rests(finding)}   Assumes: {'; '.join(report.assumptions)}.")


def _told(finding: Finding, speaker: Speaker) -> str:
    if finding.verdict is Verdict.DEPENDS:
        under_text = next(r for r in finding.by_reading if r.reading == "text")
        others = [r.reading for r in finding.by_reading if r.verdict is Verdict.HOLDS]
        if under_text.outcome.verdict is Verdict.FAILS and not under_text.decided_by and others:
            return f"{finding.sentence} Not so under the reading{'s' if len(others) > 1 else ''} {listed(others)}."
        decided = listed(speaker.decider(name) for name in finding.decided_by[:3])
        decided = decided or "several values together that nobody knows"
        return f"It depends on {decided}. Where it fails: {finding.sentence}"
    if finding.verdict is Verdict.UNDECIDED:
        return f"UNDECIDED: {finding.sentence}"
    return finding.sentence


def _levels(case: LoadedCase, report: Report, instrument: str) -> str:
    for finding in report.findings:
        if finding.instrument == instrument and finding.code == "C01" and finding.outcome.promised_level is not None:
            outcome = finding.outcome
            least = "at worst " * (finding.verdict is Verdict.DEPENDS) + level(outcome.promised)
            by = f" by {number(case.required_count)}" if case.required_count > 1 else ""
            return f"Least owed in good faith{by}: {least}; this case requires: {level(outcome.required)}."
    return f"This case requires: {required_words(case)}."


def _rests(finding: Finding) -> str:
    count = len(finding.rests_on)
    if not count:
        return "No single value in the text would change this."
    unverified = f", {finding.unverified} of them unverified" if finding.unverified else ""
    return f"Rests on {count} value{'s' if count > 1 else ''} in the text{unverified}."


def _also(report: Report, instrument: str) -> Iterator[str]:
    first = lead(report.findings, instrument)
    rest = [f for f in report.findings if f.instrument == instrument and f.is_bad and f is not first]
    parts = [
        _counted(sum(f.kind is Class.DEFECT and not f.accepted for f in rest), "defect"),
        _counted(sum(f.kind is Class.CAUTION and not f.accepted for f in rest), "caution"),
        _counted(sum(f.kind is Class.DESCRIPTION and not f.accepted for f in rest), "fact to know", "facts to know"),
        _counted(sum(f.accepted is not None for f in rest), "accepted finding"),
    ]
    told = [part for part in parts if part]
    if told:
        yield f"Also: {', '.join(told)} (--all)"
    elif not rules_run_alone(report):
        yield "Everything else holds (--all shows why)"


def rules_run_alone(report: Report) -> tuple[str, ...]:
    """The rules that were run, where that is not all of them."""
    names = tuple(dict.fromkeys(finding.rule for finding in report.findings))
    return names if len(names) < len(RULES) else ()


def _run_alone(report: Report) -> Iterator[str]:
    names = rules_run_alone(report)
    if names:
        yield from _wrapped(f"Looked at {listed(names)} alone; no other rule was run.", indent="")


def _counted(count: int, word: str, many: str | None = None) -> str:
    return f"{count} {word if count == 1 else many or word + 's'}" if count else ""


def _several(case: LoadedCase, report: Report, staged: Sequence[StagedInstrument], most_lines: int) -> list[str]:
    speaker = Speaker(case)
    lines = [f"{case.title} (as of {case.as_of})" if case.as_of else case.title]
    lines += _clipped(_wrapped(f"Asked for: {required_words(case)}."), 2)
    first = next((f.outcome.incident for f in report.findings if f.code == "C01" and f.outcome.incident), None)
    setting = f"if {speaker.incident(first)}" if first is not None else ""
    if setting:
        lines += _clipped(_wrapped(f"{sentence(setting)[:-1]}, and where nothing else is said:"), 1)
    room = most_lines - len(lines) - 1
    shown = staged[:room]
    for place, item in enumerate(shown):
        budget = min(3, room // len(shown) + (place < room % len(shown)))
        finding = lead(report.findings, item.id)
        told = _in_short(finding, setting) if finding is not None else "nothing was found that fails."
        name = speaker.instrument(item.id) + (", joined" if item.staged_as.accede else "")
        lines += _clipped(_wrapped(f"{name}: {told}"), budget)
    rest = f" {len(staged) - len(shown)} more forms;" if len(shown) < len(staged) else ""
    lines.append(f"Assumes: {'; '.join(report.assumptions)}.{rest} All: --all.")
    return lines


def _in_short(finding: Finding, setting: str) -> str:
    """A finding in a line or two, without the incident that the heading has told."""
    words = finding.sentence
    if words.casefold().startswith(setting.casefold() + ", "):
        words = words[len(setting) + 2 :]
    words = words[:1].lower() + words[1:] if words.startswith(("A ", "An ", "Any ", "Every ")) else words
    if finding.verdict is Verdict.UNDECIDED:
        return f"UNDECIDED: {words}"
    if finding.verdict is not Verdict.DEPENDS:
        return words
    if any(not name.startswith("reading ") for name in finding.decided_by):
        return f"it depends on what nobody knows; at worst, {words}"
    return words if fails_by_the_text(finding) else f"under one reading, {words}"


def _clipped(lines: Iterable[str], most: int) -> list[str]:
    kept = list(lines)
    if len(kept) <= most:
        return kept
    margin = kept[most - 1][: len(kept[most - 1]) - len(kept[most - 1].lstrip())]
    words = textwrap.shorten(kept[most - 1] + " " + kept[most], WIDTH - len(margin), placeholder=" ...")
    return [*kept[: most - 1], margin + words]


def _wrapped(words: str, indent: str = "  ", later: str | None = None) -> list[str]:
    after = indent + ("  " if indent else "") if later is None else later
    return textwrap.wrap(words, WIDTH, initial_indent=indent, subsequent_indent=after, break_long_words=False)
