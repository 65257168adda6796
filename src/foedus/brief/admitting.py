"""Who should provide it, in words: rival criteria side by side, what each list is worth, what one party changes."""

import textwrap
from collections.abc import Iterator, Sequence

from foedus.brief.screen import NOT_THE_TREATY, WIDTH
from foedus.case.stage import LoadedCase
from foedus.check.admit import AdmitResult, Candidate, Changed, ListOfGuarantors, Worth
from foedus.errors import needed
from foedus.law.records import Stoppers
from foedus.wording import Speaker, level, levels, listed, number, sentence

MOST_KINDS = 3
"""Ways to be enough that are told before the rest is left out."""


def admit_text(case: LoadedCase, result: AdmitResult) -> str:
    """The whole answer as text, 80 columns wide."""
    return "\n".join(_lines(case, result))


def _lines(case: LoadedCase, result: AdmitResult) -> Iterator[str]:
    speaker = Speaker(case)
    yield from _wrapped(f"Who should provide it? {case.title}" + (f" (as of {case.as_of})" if case.as_of else ""), 0)
    first = result.as_it_stands[0].incident
    asked = sentence(f"if {speaker.incident(first)}; this case asks for {level(result.required_level)}")
    yield from _wrapped(f"{asked} By the text alone; what a state can or will do is not asked here.", 2)
    if result.changes:
        yield from _changes(case, result, speaker)
    else:
        yield from _criteria(case, result, speaker)
        yield from _settled(result, speaker)
        yield from _standing(result, speaker)
    yield NOT_THE_TREATY


def _changes(case: LoadedCase, result: AdmitResult, speaker: Speaker) -> Iterator[str]:
    for id in (*result.added, *result.dropped):
        yield ""
        verb = "joins" if id in result.added else "leaves"
        yield from _wrapped(sentence(f"{speaker.party(id)} {verb}"), 0)
        candidate = next(candidate for candidate in result.candidates if candidate.party == id)
        yield from _about(case, candidate, speaker)
    yield ""
    for changed in result.changes:
        yield from _change(changed, result, speaker)


def _about(case: LoadedCase, candidate: Candidate, speaker: Speaker) -> Iterator[str]:
    who = sentence(speaker.party(candidate.party))[:-1]
    if candidate.is_first_attacker:
        yield from _wrapped(f"{who} is the attacker that this case looks at first, and so a party to the dispute.", 2)
    if candidate.controlled_by:
        yield from _wrapped(f"{who} is controlled by {speaker.parties(candidate.controlled_by)}, by this file.", 2)
    for name, meets in candidate.criteria:
        criterion = needed(case.model).criteria[name]
        words = {"yes": "meets it", "no": "does not meet it", "unknown": "not settled"}[meets]
        entry = criterion.meets.get(candidate.party)
        because = f": {entry.because.rstrip('.')}" if entry is not None and entry.because else ""
        yield from _wrapped(f"{criterion.asks} ({criterion.said_by})", 2)
        yield from _wrapped(sentence(f"{words}{because}"), 4)


def _change(changed: Changed, result: AdmitResult, speaker: Speaker) -> Iterator[str]:
    name = speaker.instrument(changed.before.instrument)
    if changed.after is None:
        yield from _wrapped(f"{name}: this text cannot be changed in that way: it binds nobody else.", 2)
        return
    if changed.after.guarantors == changed.before.guarantors:
        there = [speaker.party(id) for id in result.added if id in changed.before.guarantors]
        words = f"{listed(there)} stands in it already" if there else "nothing changes"
        yield from _wrapped(f"{name}: {words}.", 2)
        return
    yield from _wrapped(f"{name}:", 2)
    before, after = changed.before, changed.after
    yield from _wrapped(_pair("owed in good faith", levels(*before.promised), levels(*after.promised)), 4)
    left = (levels(*before.although_attacker_refuses), levels(*after.although_attacker_refuses))
    yield from _wrapped(_pair(f"although {speaker.party(after.incident.attacker)} says no", *left), 4)
    yield from _wrapped(_pair("who can lawfully stop it", _stoppers(before, speaker), _stoppers(after, speaker)), 4)
    if changed.votes_in:
        yield from _wrapped(f"A vote in: {listed(changed.votes_in)}.", 4)


def _pair(what: str, before: str, after: str) -> str:
    return sentence(f"{what}: {after}, as before" if before == after else f"{what}: {before}; then {after}")


def _stoppers(worth: Worth, speaker: Speaker) -> str:
    if worth.stoppers is None:
        return "nothing is owed that could be stopped"
    return _named(worth.stoppers, speaker)


def _named(stoppers: Stoppers, speaker: Speaker) -> str:
    return speaker.stoppers(stoppers).replace("nobody can lawfully stop it", "nobody")


def _criteria(case: LoadedCase, result: AdmitResult, speaker: Speaker) -> Iterator[str]:
    if not result.lists:
        yield from _wrapped("The case names no criteria (`criteria:`), so that only the texts as they stand follow.", 2)
    for found in result.lists:
        criterion = needed(case.model).criteria[found.criterion]
        yield ""
        yield from _wrapped(f"{criterion.asks}", 0)
        yield from _wrapped(f"Asked by: {criterion.said_by}.", 2)
        for words, ids in (("Meets it", found.meets), ("Does not", found.fails), ("Not settled", found.unknown)):
            if ids:
                yield from _wrapped(f"{words}: {speaker.parties(ids)}.", 2)
        if criterion.note:
            yield from _wrapped(criterion.note, 2)
        yield from _worths(found, speaker)


def _settled(result: AdmitResult, speaker: Speaker) -> Iterator[str]:
    tried = {worth.instrument for found in result.lists for worth in (*found.texts, *found.with_unknown)}
    fixed = [worth.instrument for worth in result.as_it_stands if worth.instrument not in tried]
    if fixed and tried:
        names = listed(speaker.instrument(id) for id in fixed)
        yield ""
        yield from _wrapped(f"Not tried with other lists, since who stands in them is settled: {names}.", 0)


def _worths(found: ListOfGuarantors, speaker: Speaker) -> Iterator[str]:
    if not found.texts and not found.with_unknown:
        yield from _wrapped(
            "No text of the case is open to another list; with `--instrument` one can be tried all the same.", 2
        )
        return
    yield from _wrapped("With those who meet it as guarantors:" if found.texts else "Nobody is known to meet it.", 2)
    for worth in found.texts:
        yield from _wrapped(_worth(worth, speaker), 4)
    at_most = {worth.instrument: worth for worth in found.with_unknown}
    differing = [
        at_most[w.instrument] for w in found.texts if w.instrument in at_most and _differs(w, at_most[w.instrument])
    ]
    if differing or not found.texts:
        yield from _wrapped("And with those who are not settled, where that differs:", 2)
        for worth in differing or found.with_unknown:
            yield from _wrapped(_worth(worth, speaker), 4)


def _differs(one: Worth, other: Worth) -> bool:
    first, second = ((w.promised, w.although_attacker_refuses, w.stoppers and w.stoppers.kinds) for w in (one, other))
    return first != second


def _worth(worth: Worth, speaker: Speaker) -> str:
    name = speaker.instrument(worth.instrument)
    attacker = speaker.party(worth.incident.attacker)
    left = ""
    if worth.although_attacker_refuses != worth.promised:
        left = f", {levels(*worth.although_attacker_refuses)} if {attacker} says no"
    stop = "" if worth.stoppers is None else f"; can lawfully stop it: {_named(worth.stoppers, speaker)}"
    return f"{name}: {levels(*worth.promised)}{left}{stop}."


def _standing(result: AdmitResult, speaker: Speaker) -> Iterator[str]:
    yield ""
    yield from _wrapped("Whose yes is enough, by each text as it stands", 0)
    for worth in result.as_it_stands:
        yield from _wrapped(f"{speaker.instrument(worth.instrument)}: {_enough(worth, speaker)}.", 2)


def _enough(worth: Worth, speaker: Speaker) -> str:
    enough = worth.enough
    if enough is None:
        return "nothing is owed in this incident at worst" if not worth.promised[0] else "not settled"
    what = level(enough.level)
    if enough.undecided:
        return "not settled: too many combinations"
    if not enough.kinds:
        return f"nobody's yes is needed for {what}; no lawful no stops it"
    told = [speaker.stop_kind(kind) for kind in enough.kinds[:MOST_KINDS]]
    more = f"; or {number(len(enough.kinds) - MOST_KINDS)} other ways" if len(enough.kinds) > MOST_KINDS else ""
    without = f". Nothing without {speaker.some(enough.pivotal)}" if enough.pivotal and len(enough.kinds) > 1 else ""
    return f"for {what}, {'; or '.join(told)}{more}{without}"


def _wrapped(words: str, indent: int) -> Sequence[str]:
    return textwrap.wrap(
        words, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2), break_long_words=False
    )
