"""Two drafts held against each other, in words: the veto in one line, then who can stop the help, then the rest."""

from collections.abc import Iterator
from typing import Final

from foedus.brief.screen import NOT_THE_TREATY
from foedus.brief.side_by_side import Part, as_markdown, as_text, separation_words, stands
from foedus.check.changes import Change, FieldChange
from foedus.check.difference import Difference, StopChange, Turned
from foedus.check.lead import by_the_text, fails_by_the_text
from foedus.findings import Finding, Verdict
from foedus.wording import KIND_WORDS, PLACE_WORDS, VERDICT_WORDS, Speaker, level, listed, sentence

FIELD_WORDS: Final = {
    "kind": "what sort of clause it is",
    "to": "whom it is owed to",
    "after": "what must be done first",
    "default": "what is owed when no decision has come",
    "unless": "what keeps it from binding",
    "until": "what ends it",
    "leads_to": "what help it may lead to",
    "releases": "what using it ends",
    "forbids": "what is forbidden",
    "most_level": "the most that is allowed",
    "against_beneficiary": "whether it is a right against the one protected",
    "consequence": "what follows a breach",
    "subject_to": "what it gives way to",
    "overrides": "what gives way to it",
    "saves": "what it leaves untouched",
    "when.victim": "who must be attacked",
    "when.lasting": "for how many hours it must have gone on",
    "when.phase": "in which phase it binds",
    "of": "of whom the votes are counted",
    "quorum": "how many must be present",
    "weights": "how much each vote weighs",
    "outside_veto": "who outside it holds a veto",
    "only_if_member": "whether only a member is left out",
    "paper": "what kind of paper it is",
    "binding": "whether it binds in law",
    "status": "how far it has come",
    "members": "who its parties are",
    "exit.duration": "how long it lasts",
    "exit.notice": "after what notice one may leave",
    "exit.earliest": "when one may leave at the earliest",
    "exit.releases": "what releases from it",
    "dormant_until": "what it waits for",
}
SORTS: Final = {"defect": "defect", "caution": "caution", "description": "fact"}


def difference_text(found: Difference) -> str:
    """The difference for a screen."""
    return as_text(difference_parts(found))


def difference_markdown(found: Difference) -> str:
    """The difference as Markdown."""
    return as_markdown(difference_parts(found))


def difference_parts(found: Difference) -> Iterator[Part]:
    """Everything that differs, what matters most first."""
    speaker = Speaker(found.case)
    old, new = speaker.instrument(found.old), speaker.instrument(found.new)
    relation = found.relation
    told = [stands(relation, speaker), *(separation_words(one, relation, speaker) for one in relation.separations)]
    yield Part(f"From {old} to {new}", (*veto_lines(found, speaker), *told))
    yield Part(
        "Who can lawfully stop the help",
        (),
        ("Kind of incident", f"Before ({old})", f"After ({new})"),
        tuple(_stop_rows(found, speaker)),
    )
    yield Part("What fails now and did not before", _findings(found.gained) or ("Nothing.",))
    yield Part("What failed before and fails no longer", _findings(found.lost) or ("Nothing.",))
    if found.newly_applicable:
        note = "The old text had nothing of this kind, so that nothing there could fail."
        yield Part("Newly applicable", (note, *(_new(one) for one in found.newly_applicable)))
    if found.no_longer_applicable:
        note = "The new text has nothing of this kind left, so that nothing there can fail or hold."
        yield Part("No longer applicable", (note, *(_gone(one) for one in found.no_longer_applicable)))
    yield from _changes(found, speaker)
    yield Part("What was looked at", (*(sentence(words) for words in found.bounds), NOT_THE_TREATY))


def veto_lines(found: Difference, speaker: Speaker) -> Iterator[str]:
    """The attacker's veto, if it came or went, in one line each."""
    for word, parties, verb in (("gained", found.veto_gained, "now"), ("lost", found.veto_lost, "no longer")):
        if not parties:
            continue
        first = found.stops[0].incident.attacker if found.stops else ""
        if first in parties:
            yield f"Veto {word}: {speaker.party(first)}, the attacker, can {verb} stop the help by saying no."
        else:
            who = speaker.some(parties, "or")
            yield f"Veto {word}: {who}, if the attacker, could {verb} stop the help by saying no."
    if not found.veto_gained and not found.veto_lost:
        yield "No attacker gained or lost a veto."


def _stop_rows(found: Difference, speaker: Speaker) -> Iterator[tuple[str, str, str]]:
    """Who can stop the help before and after; kinds of incident with the same answer share a row."""
    rows: dict[tuple[str, str], list[str]] = {}
    for stop in found.stops:
        rows.setdefault(_stop_words(stop, speaker), []).append(KIND_WORDS[stop.incident.kind])
    for (before, after), kinds in rows.items():
        yield sentence(listed(kinds)).rstrip("."), before, after


def _stop_words(stop: StopChange, speaker: Speaker) -> tuple[str, str]:
    told = []
    for side in (stop.before, stop.after):
        if side is None:
            told.append("undecided")
        elif side[0] == 0:
            told.append("no help is promised")
        else:
            told.append(f"{level(side[0])}: {speaker.stoppers(side[1])}")
    return told[0], told[1]


def _findings(found: tuple[Finding, ...]) -> tuple[str, ...]:
    return tuple(f"{SORTS[one.kind.value].capitalize()}: {one.sentence} ({one.rule})" for one in found)


def _standing(finding: Finding, when: str) -> str:
    """How a check stands that applies to one of two drafts alone: by the text, and whether a reading differs."""
    verdict = by_the_text(finding)
    told = f"{VERDICT_WORDS[verdict.value]} {when}"
    if fails_by_the_text(finding):
        some = ", at least for some value of what is not known" if verdict is not Verdict.FAILS else ""
        return f"{VERDICT_WORDS['fails']} {when}, a {SORTS[finding.kind.value]}{some}:"
    if finding.verdict is verdict:
        return f"{told}:"
    read = [f"“{result.reading}”" for result in finding.by_reading if result.verdict is not verdict]
    return f"{told} by the text, but not if it is read as {listed(read, 'or')}:"


def _new(one: Turned) -> str:
    return f"{_standing(one.after, 'now')} {one.after.sentence} ({one.after.rule})"


def _gone(one: Turned) -> str:
    return f"{_standing(one.before, 'before')} {one.before.sentence} Now: {one.after.sentence} ({one.before.rule})"


def _changes(found: Difference, speaker: Speaker) -> Iterator[Part]:
    for how, title in (("added", "Added"), ("removed", "Removed")):
        lines = tuple(_named(change) for change in found.changes if change.how == how)
        if lines:
            yield Part(title, lines)
    changed = [change for change in found.changes if change.how == "changed"]
    for change in changed:
        rows = tuple(_row(field, speaker) for field in change.fields)
        name = "The text as a whole" if change.what == "text" else sentence(f"{change.what} “{change.id}”").rstrip(".")
        yield Part(f"Changed: {name}", (), ("What", "Before", "After"), rows)
    if not found.changes:
        yield Part("Clauses", ("Nothing in the clauses and bodies was changed.",))


def _named(change: Change) -> str:
    says = f": {change.says}" if change.says else ""
    return sentence(f"{change.what} “{change.id}”{says}")


def _row(field: FieldChange, speaker: Speaker) -> tuple[str, str, str]:
    before, after = (_values(field.place, values, speaker) for values in (field.before, field.after))
    return _place(field.place, speaker), before, after


def _place(place: str, speaker: Speaker) -> str:
    parts = place.split(".")
    own = parts[2:] if parts[0] in ("clauses", "bodies") else parts
    words = PLACE_WORDS if parts[0] in ("clauses", "bodies") else {}
    names = (".".join(own[:2]), own[0])
    for known in (words, FIELD_WORDS):
        for name in names:
            if name in known:
                return sentence(known[name]).rstrip(".")
    return sentence(speaker.place(place)).rstrip(".")


def _values(place: str, values: tuple[str, ...], speaker: Speaker) -> str:
    words = [speaker.value(place, value) for value in values]
    return words[0] if len(words) == 1 else f"not known: {listed(words, 'or')}"
