"""Cures in words: what would be written, who newly owes what, who can still stop it."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from foedus.brief.screen import NOT_THE_TREATY, WIDTH, heading
from foedus.case.ladders import level_of
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.case.unknowns import describe_option
from foedus.check.edits import Edit
from foedus.check.fix import Cure, FixResult
from foedus.check.rules import RULES
from foedus.errors import needed
from foedus.wording import Speaker, level, listed, number, sentence

WORDS: Final = {
    "exclude-attacker": "in {it} the attacker has no vote",
    "bind-each-alone": "{it} binds each alone, not only all together",
    "drop-veto": "in {it} nobody holds a veto",
    "majority": "in {it} a majority decides",
    "each-decides": "in {it} each member decides for itself",
    "drop-decision": "{it} waits for no decision of a body",
    "drop-request": "{it} needs no request",
    "drop-consent": "{it} waits for nobody's consent",
    "drop-precondition": "{it} waits for no earlier step",
    "approval-no-excuse": "that approval at home is refused is no excuse under {it}",
    "drop-ending": "no body can end {it}",
    "cover-every-kind": "{it} covers every kind of incident",
    "cover-every-attacker": "{it} covers every attacker",
    "cover-every-place": "{it} covers every place",
    "cover-every-object": "{it} covers more than the territory: every object",
    "cover-provoked": "{it} covers an attack that was provoked as well",
    "cover-at-once": "{it} covers an attack from its first hour",
    "silence-agrees": "in {it} silence counts as a yes",
    "abstention-no-block": "in {it} an abstention does not block",
    "drop-quorum": "{it} needs no quorum",
}


def fix_text(case: LoadedCase, result: FixResult, told: Sequence[str]) -> str:
    """The cures as text, 80 columns wide; ``told`` are the sentences of the findings that are to be mended."""
    return "\n".join(_lines(case, result, told))


def edit_words(case: LoadedCase, staged: StagedInstrument, edit: Edit) -> str:
    """What an edit writes, as a clause without capital or full stop."""
    speaker = Speaker(case)
    if edit.kind in WORDS:
        return WORDS[edit.kind].format(it=_owner(staged, edit))
    value = edit.changes[0][1]
    if edit.kind == "say-what":
        return f"it is said {speaker.place(edit.owner)}: {speaker.value(edit.owner, describe_option(value))}"
    if edit.part == "readings":
        reading = staged.model.readings[edit.owner]
        if edit.kind == "adopt-reading":
            return f"the reading {edit.owner} ({reading.held_by}) becomes the text: {reading.says.rstrip('.')}"
        return f"the text says in so many words what it means without the reading {edit.owner} ({reading.held_by})"
    return _strong_words(case, staged, edit)


def _strong_words(case: LoadedCase, staged: StagedInstrument, edit: Edit) -> str:
    speaker, it = Speaker(case), _owner(staged, edit)
    if edit.kind == "raise-least":
        return f"the least that must be given under {it} is {level(edit.strength)}"
    if edit.kind == "make-duty":
        return f"{it} is a duty to give at least {level(edit.strength)}, and no longer a mere right"
    if edit.kind == "change-judge":
        judge = edit.changes[0][1]
        who = (
            "a question of fact, judged by none of the bound"
            if judge == "objective"
            else "for the one attacked to find"
        )
        return f"whether the case of {it} is given is {who}"
    value = edit.changes[0][1]
    if edit.kind == "add-default" and isinstance(value, dict):
        return (
            f"if the body has not decided within {value['after']}, {it} binds all the same, to {level(edit.strength)}"
        )
    clause = value if isinstance(value, dict) else {}
    who = speaker.some(clause.get("bearers", ()))
    least = level(level_of(clause.get("response", {}).get("least", ())))
    return f"a new duty is written: {who} (or others), each bound alone, must give at least {least} against any attack"


def _owner(staged: StagedInstrument, edit: Edit) -> str:
    if edit.part == "bodies":
        return f"the body “{edit.owner}”"
    clause = next((clause for clause in staged.model.clauses if clause.id == edit.owner), None)
    if clause is None or clause.article is None:
        return f"clause “{edit.owner}”"
    article = f"Art. {clause.article}" if clause.article[:1].isdigit() else clause.article
    return f"{article} ({edit.owner})"


def _lines(case: LoadedCase, result: FixResult, told: Sequence[str]) -> Iterator[str]:
    staged = needed(case.instrument(result.instrument))
    yield from _wrapped(heading(staged, Speaker(case)), "")
    for words in told:
        yield from _wrapped(f"To mend: {words}", "  ")
    yield ""
    for place, cure in enumerate(result.cures, start=1):
        yield from _cure(case, staged, result, place, cure)
    if not result.cures:
        yield from _wrapped("None found.", "  ")
    yield from _wrapped(_searched(result), "")
    if result.cures:
        what = f"{result.rules[0]}@{staged.id}" if len(result.rules) == 1 else staged.id
        file = case.file if case.model is not None or not staged.from_library else staged.id
        yield "As a change of the file:"
        yield f"  foedus fix {file} {what} --take 1"
    yield NOT_THE_TREATY


def _cure(case: LoadedCase, staged: StagedInstrument, result: FixResult, place: int, cure: Cure) -> Iterator[str]:
    speaker = Speaker(case)
    words = "; and ".join(edit_words(case, staged, edit) for edit in cure.edits)
    half = "Half a cure: " if cure.half else ""
    yield from _wrapped(sentence(half + words), f"{place}. ", "   ")
    for before, after in sorted({(duty.before, duty.after) for duty in cure.duties}, reverse=True):
        who = speaker.some([duty.party for duty in cure.duties if (duty.before, duty.after) == (before, after)])
        although = f", although {speaker.parties(result.refusing)} says no" if result.refusing else ""
        yield from _wrapped(f"Newly owed{although}: {who}: {level(after)} instead of {level(before)}.", "   ")
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
    words = f"Tried: the {result.candidates} changes that the language offers for this text"
    if sizes > 1:
        words += f", up to {number(sizes)} at a time"
    if result.all_tried < sizes:
        words += f" (from {number(result.all_tried + 1)} on only of those that change something alone)"
    return f"{words}; each cure was checked afresh by every rule."


def _wrapped(words: str, indent: str, later: str | None = None) -> list[str]:
    after = indent + "  " if later is None and indent.strip() == "" else later or ""
    return textwrap.wrap(words, WIDTH, initial_indent=indent, subsequent_indent=after, break_long_words=False)
