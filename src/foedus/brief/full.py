"""Every finding of a report in full, line by line: set as text for a screen of 80 columns, or as Markdown."""

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from foedus.brief.expected import MET, expectation_lines
from foedus.brief.findings_view import protection_lines
from foedus.brief.screen import NOT_THE_TREATY, WIDTH, heading, required_words, rules_run_alone
from foedus.case.stage import LoadedCase
from foedus.check.questions import what_it_is
from foedus.errors import needed
from foedus.findings import Finding, Report
from foedus.wording import VERDICT_WORDS, Speaker, level, listed, past, sentence

INDENTS: Final = {
    "title": ("", ""),
    "heading": ("", ""),
    "words": ("  ", "  "),
    "item": ("  ", "    "),
    "under": ("    ", "      "),
    "end": ("", ""),
}
"""By what a line is: how far it and what is left of it are set in."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line before it is set: what it is, its words, what stands out before them, and the check they are of."""

    sort: Literal["title", "heading", "words", "item", "under", "end"]
    words: str
    strong: str = ""
    rule: str = ""


def report_text(case: LoadedCase, report: Report) -> str:
    """Return every finding of a report for a screen of 80 columns."""
    return "\n".join(_set(full_lines(case, report)))


def full_lines(case: LoadedCase, report: Report) -> Iterator[Line]:
    """Everything that a report says, in the order in which it is read."""
    speaker = Speaker(case)
    yield Line("title", report.title)
    yield Line("words", f"This case asks for {required_words(case)}. Assumes: {'; '.join(report.assumptions)}.")
    yield Line("words", f"Looked at: {'; '.join(report.bounds)}.")
    for label in report.labels:
        staged = needed(case.instrument(label.instrument))
        yield Line("heading", heading(staged, speaker))
        yield Line("words", f"What it is: {what_it_is(report, staged.id)}.")
        own = [finding for finding in report.findings if finding.instrument == staged.id]
        for finding in own:
            if not finding.accepted:
                yield from finding_lines(finding, speaker)
        accepted = [finding for finding in own if finding.accepted]
        if accepted:
            yield Line("words", "Accepted:")
        for finding in accepted:
            by = needed(finding.accepted)
            yield Line("item", f"{finding.sentence} Accepted by {by.by} on {by.on}: {by.why}")
    if report.expectations:
        yield Line("heading", "What was expected")
        for mark, place, words in expectation_lines(report, speaker):
            met = mark == MET
            yield Line("item", f"{mark if met else ''} ({place}): {words}", "" if met else mark)
    if names := rules_run_alone(report):
        yield Line("words", f"Looked at {listed(names)} alone; no other rule was run.")
    yield Line("end", NOT_THE_TREATY)


def finding_lines(finding: Finding, speaker: Speaker) -> Iterator[Line]:
    """One finding with everything that stands behind it."""
    kind = f", {finding.kind.value}" if finding.is_bad else ""
    yield Line("item", f"{kind}: {finding.sentence}", VERDICT_WORDS[finding.verdict.value], finding.rule)
    yield from (Line("under", words) for words in _under(finding, speaker))


def _under(finding: Finding, speaker: Speaker) -> Iterator[str]:
    if finding.decided_by:
        yield f"It depends on {listed(speaker.decider(name) for name in finding.decided_by)}."
    if not finding.is_bad:
        return
    if len({result.verdict for result in finding.by_reading}) > 1:
        told = (f"{result.reading} {VERDICT_WORDS[result.verdict.value]}" for result in finding.by_reading)
        yield f"By reading: {'; '.join(told)}."
    yield from _behind(finding, speaker)
    for rest in finding.rests_on:
        mark = "" if rest.verified else ", unverified"
        yield (
            f"Rests on {speaker.place(rest.at)}: {speaker.value(rest.at, rest.value)}{mark}; with "
            f"{speaker.value(rest.at, rest.instead)} it would be "
            f"{VERDICT_WORDS[rest.becomes.value]}."
        )


def _behind(finding: Finding, speaker: Speaker) -> Iterator[str]:
    """The text behind a bad finding, the cases that had the same fault, and who can stop the help."""
    outcome = finding.outcome
    for line in finding.told_for:
        yield sentence(line)
    for line in finding.because:
        yield line
    if finding.before:
        yield finding.before
    if len(outcome.protections) > 1:
        yield from protection_lines(outcome.protections, speaker)
    if finding.had_by:
        yield f"Had this fault: {past(finding.had_by)}."
    if finding.otherwise is not None:
        yield f"Went otherwise: {past([finding.otherwise])}."
    if outcome.weakest_level is not None and finding.code != "C01":
        yield f"Weakest lawful response in this incident: {level(outcome.weakest_level)}."
    if outcome.lawful is not None:
        yield f"Who can lawfully stop it: {speaker.stoppers(outcome.lawful)}."
    if outcome.practical is not None:
        yield f"Who can stop it, by breach as well: {speaker.stoppers(outcome.practical, lawfully=False)}."


def _set(lines: Iterable[Line]) -> Iterator[str]:
    """Lines wrapped and indented by what they are; a blank line wherever something new begins."""
    begun = False
    for line in lines:
        if begun and line.sort not in ("under", "end"):
            yield ""
        begun = True
        rule = f" ({line.rule})" if line.rule else ""
        first, later = INDENTS[line.sort]
        words = re.sub("`([^`]*)`", "“\\1”", line.strong + line.words + rule)
        yield from textwrap.wrap(
            words, WIDTH, initial_indent=first, subsequent_indent=later, break_long_words=False, break_on_hyphens=False
        )
