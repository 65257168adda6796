"""Findings as Markdown and as full text: for a memo, a pull request or a terminal."""

from collections.abc import Iterator

from foedus.brief.expected import expectation_lines
from foedus.brief.findings_view import protection_lines
from foedus.brief.screen import NOT_THE_TREATY, heading, required_words, rules_run_alone
from foedus.case.stage import LoadedCase
from foedus.check.questions import what_it_is
from foedus.errors import needed
from foedus.findings import Finding, Report
from foedus.wording import VERDICT_WORDS, Speaker, level, listed, past, sentence


def report_markdown(case: LoadedCase, report: Report) -> str:
    """Return every finding of a report as Markdown."""
    return "\n".join(_lines(case, report)) + "\n"


def _lines(case: LoadedCase, report: Report) -> Iterator[str]:
    speaker = Speaker(case)
    yield f"# {report.title}"
    yield ""
    yield f"This case asks for {required_words(case)}. Assumes: {'; '.join(report.assumptions)}."
    yield f"Looked at: {'; '.join(report.bounds)}."
    for label in report.labels:
        staged = needed(case.instrument(label.instrument))
        yield ""
        yield f"## {heading(staged, speaker)}"
        yield ""
        yield f"What it is: {what_it_is(report, staged.id)}."
        own = [finding for finding in report.findings if finding.instrument == staged.id]
        yield ""
        for finding in own:
            if not finding.accepted:
                yield from finding_lines(finding, speaker)
        accepted = [finding for finding in own if finding.accepted]
        if accepted:
            yield ""
            yield "Accepted:"
            yield ""
        for finding in accepted:
            by = needed(finding.accepted)
            yield f"- {finding.sentence} Accepted by {by.by} on {by.on}: {by.why}"
    if report.expectations:
        yield ""
        yield "## What was expected"
        yield ""
        yield from expectation_lines(report, speaker)
    if names := rules_run_alone(report):
        yield ""
        yield f"Looked at {listed(names)} alone; no other rule was run."
    yield ""
    yield NOT_THE_TREATY


def finding_lines(finding: Finding, speaker: Speaker) -> Iterator[str]:
    """One finding with everything that stands behind it."""
    kind = f", {finding.kind.value}" if finding.is_bad else ""
    yield f"- **{VERDICT_WORDS[finding.verdict.value]}**{kind}: {finding.sentence} (`{finding.rule}`)"
    if finding.decided_by:
        yield f"  - It depends on {listed(speaker.decider(name) for name in finding.decided_by)}."
    if not finding.is_bad:
        return
    if len({result.verdict for result in finding.by_reading}) > 1:
        told = (f"{result.reading} {VERDICT_WORDS[result.verdict.value]}" for result in finding.by_reading)
        yield f"  - By reading: {'; '.join(told)}."
    yield from _behind(finding, speaker)
    for rest in finding.rests_on:
        mark = "" if rest.verified else ", unverified"
        yield (
            f"  - Rests on {speaker.place(rest.at)}: {speaker.value(rest.at, rest.value)}{mark}; with "
            f"{speaker.value(rest.at, rest.instead)} it would be "
            f"{VERDICT_WORDS[rest.becomes.value]}."
        )


def _behind(finding: Finding, speaker: Speaker) -> Iterator[str]:
    """The text behind a bad finding, the cases that had the same fault, and who can stop the help."""
    outcome = finding.outcome
    for line in finding.told_for:
        yield f"  - {sentence(line)}"
    for line in finding.because:
        yield f"  - {line}"
    if finding.before:
        yield f"  - {finding.before}"
    if len(outcome.protections) > 1:
        yield from (f"  - {line}" for line in protection_lines(outcome.protections, speaker))
    if finding.had_by:
        yield f"  - Had this fault: {past(finding.had_by)}."
    if finding.otherwise is not None:
        yield f"  - Went otherwise: {past([finding.otherwise])}."
    if outcome.weakest_level is not None and finding.code != "C01":
        yield f"  - Weakest lawful response in this incident: {level(outcome.weakest_level)}."
    if outcome.lawful is not None:
        yield f"  - Who can lawfully stop it: {speaker.stoppers(outcome.lawful)}."
    if outcome.practical is not None:
        yield f"  - Who can stop it, by breach as well: {speaker.stoppers(outcome.practical, lawfully=False)}."
