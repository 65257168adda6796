"""Cures in words: what would be written, who newly owes what, who can still stop it."""

import textwrap
from collections.abc import Iterator, Sequence

from foedus.brief.edit_words import edits_words
from foedus.brief.screen import NOT_THE_TREATY, WIDTH, heading
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.check.cures import NO_EDIT
from foedus.check.fix import Cure, FixResult
from foedus.check.new_duty import with_newcomer
from foedus.check.rules import RULES
from foedus.errors import needed
from foedus.findings import Class
from foedus.wording import Speaker, level, listed, number, sentence


def fix_text(case: LoadedCase, result: FixResult, told: Sequence[str]) -> str:
    """The cures as text, 80 columns wide; ``told`` are the sentences of the findings that are to be mended."""
    return "\n".join(_lines(case, result, told))


def _lines(case: LoadedCase, result: FixResult, told: Sequence[str]) -> Iterator[str]:
    staged = needed(case.instrument(result.instrument))
    yield from _wrapped(heading(staged, Speaker(case)), "")
    for words in told:
        yield from _wrapped(f"To mend: {words}", "  ")
    rules = [rule for rule in RULES if rule.name in result.rules]
    if all(rule.kind is Class.DESCRIPTION for rule in rules):
        yield from _wrapped("This is a fact about the text and no fault: it needs no mending.", "  ")
    yield ""
    for place, cure in enumerate(result.cures, start=1):
        yield from _cure(case, staged, result, place, cure)
    if not result.cures:
        yield from _wrapped("None found.", "  ")
        for rule in rules:
            if rule.name in NO_EDIT:
                yield from _wrapped(f"{sentence(rule.wanted)} {sentence(NO_EDIT[rule.name])}", "  ")
    yield from _wrapped(_searched(result), "")
    if result.cures:
        what = f"{result.rules[0]}@{staged.id}" if len(result.rules) == 1 else staged.id
        file = case.file if case.model is not None or not staged.from_library else staged.id
        yield "As a change of the file:"
        yield f"  foedus fix {file} {what} --take 1"
    yield NOT_THE_TREATY


def _cure(case: LoadedCase, staged: StagedInstrument, result: FixResult, place: int, cure: Cure) -> Iterator[str]:
    speaker = Speaker(with_newcomer(case, cure.instrument))
    words = "; and ".join(edits_words(case, staged, cure.edits))
    half = "Half a cure: " if cure.half else ""
    yield from _wrapped(sentence(half + words), f"{place}. ", "   ")
    for before, after in sorted({(duty.before, duty.after) for duty in cure.duties}, reverse=True):
        who = speaker.some([duty.party for duty in cure.duties if (duty.before, duty.after) == (before, after)])
        although = f", although {speaker.parties(result.refusing)} says no" if result.refusing else ""
        yield from _wrapped(f"Newly owed{although}: {who}: {level(after)} instead of {level(before)}.", "   ")
    if cure.elsewhere:
        bodies = listed(f"“{id}”" for id in cure.elsewhere)
        yield from _wrapped(
            f"Not for this text alone to write: {bodies} has members who are no party to it, so that its rules would "
            "have to change where they stand.", "   ",
        )  # fmt: skip
    if cure.stoppers is not None:
        who = sentence(speaker.stoppers(cure.stoppers))
        yield from _wrapped(who if cure.stoppers.number is None else f"Can still lawfully stop it: {who}", "   ")
    wanted = {rule.name: rule.wanted for rule in RULES}
    also = [wanted[id.split("@")[0]] for id in cure.removes if id.split("@")[0] not in result.rules]
    if also:
        yield from _wrapped(f"Then holds as well: {'; '.join(also)}.", "   ")
    made = [wanted[id.split("@")[0]] for id in cure.makes]
    if made:
        yield from _wrapped(f"But does not hold then (a caution): {'; '.join(made)}.", "   ")
    fallen = [name for name in cure.readings if name not in {edit.owner for edit in cure.edits}]
    if fallen:
        yield from _wrapped(f"Readings of words that are gone: {listed(fallen)}.", "   ")
    yield ""


def _searched(result: FixResult) -> str:
    """What was tried, so that nobody takes "none found" for "none exists"."""
    sizes = len(result.tried)
    words = f"Tried: the {result.candidates} changes of this text that can bear on it"
    if sizes > 1:
        words += f", up to {number(sizes)} at a time"
    if result.all_tried < sizes:
        words += f" (from {number(result.all_tried + 1)} on only of those that change something alone)"
    return f"{words}; each cure was checked afresh by every rule."


def _wrapped(words: str, indent: str, later: str | None = None) -> list[str]:
    after = indent + "  " if later is None and indent.strip() == "" else later or ""
    return textwrap.wrap(words, WIDTH, initial_indent=indent, subsequent_indent=after, break_long_words=False)
