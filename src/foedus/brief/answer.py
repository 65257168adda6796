"""The answer to ``ask`` in words: who must do what for whom, who is let off by what, what would have to change."""

import textwrap
from collections.abc import Iterator

from foedus.brief.screen import NOT_THE_TREATY, WIDTH, heading
from foedus.case.stage import LoadedCase
from foedus.check.asking import AskResult
from foedus.errors import needed
from foedus.law.incident import Incident
from foedus.law.records import Change, ClauseStatus, Stops
from foedus.wording import (
    KIND_WORDS,
    OBJECT_WORDS,
    STATE_WORDS,
    Speaker,
    acts,
    duration,
    level,
    levels,
    listed,
    sentence,
)


def answer_text(case: LoadedCase, result: AskResult) -> str:
    """Return the whole answer as text, 80 columns wide."""
    return "\n".join(_lines(case, result))


def _lines(case: LoadedCase, result: AskResult) -> Iterator[str]:
    speaker = Speaker(case)
    answer = result.answer
    staged = needed(case.instrument(result.instrument))
    refusing = [actor for actor in case.parties if actor in answer.refusing]
    refusing += sorted(actor for actor in answer.refusing if actor not in case.parties)
    phase = answer.incident.phase
    head = heading(staged, speaker, in_force=phase == "in_force")
    yield from _wrap(head + (f", reading {result.reading}" if result.reading != "text" else ""), 0)
    yield from _wrap(sentence(speaker.incident(answer.incident, refusing) + asked_when(answer.incident)), 2)
    if answer.silent:
        yield from _wrap(f"Says nothing at all: {speaker.parties(sorted(answer.silent))}.", 2)
    yield from _wrap(f"Must be given in good faith: {levels(*result.good_faith)}.", 2)
    if refusing or answer.silent:
        yield from _wrap(f"Left after that, lawfully: {levels(*result.left)}.", 2)
        if result.left_by_breach != result.left:
            yield from _wrap(f"Left if they break their duties as well: {levels(*result.left_by_breach)}.", 2)
    yield from _wrap(f"Weakest lawful response of all guarantors: {levels(*result.weakest)}.", 2)
    yield from _wrap(f"This case asks for: {level(result.required_level)}.", 2)
    if result.assumed:
        values = "; ".join(f"{speaker.place(name)}: {speaker.value(name, value)}" for name, value in result.assumed)
        yield from _wrap(f"Values not known: the ranges above run over all of them; below, {values}.", 2)
    yield ""
    yield from _providers(result, speaker)
    yield from _stops(answer.promised, speaker)
    if answer.breached:
        yield from _wrap(f"The attack itself breaks: {_clauses(case, result, answer.breached)}.", 2)
    yield from _statuses(case, result, speaker)
    yield from _changes(case, result, speaker)
    yield NOT_THE_TREATY


def asked_when(incident: Incident) -> str:
    """The end of a sentence about an incident: the phase that is asked about, where another than in force; the hour."""
    words = PHASE_WORDS[incident.phase]
    told = f"; {words}" if words else ""
    if incident.hour:
        went_on = "" if incident.lasting == incident.hour else f", having lasted {duration(incident.lasting)}"
        told += f"; asked for {duration(incident.hour)} after it began{went_on or ', and still going on'}"
    return told


PHASE_WORDS = {
    "before_signature": "the text is not yet signed",
    "dormant": "the text still sleeps until its event",
    "in_force": "",
    "suspended": "the text is suspended",
    "in_notice": "notice to leave the text has been given",
    "expired": "the text has expired",
}


def _providers(result: AskResult, speaker: Speaker) -> Iterator[str]:
    found = (
        result.answer.promise.providers_lawful
        if result.answer.refusing or result.answer.silent
        else result.answer.promise.providers
    )
    if not found:
        yield from _wrap("At these values nobody must help." if result.assumed else "Nobody must help.", 2)
        return
    by_level: dict[int, list[str]] = {}
    for provider in found:
        by_level.setdefault(provider.level, []).append(provider.name)
    for rung in sorted(by_level, reverse=True):
        names = by_level[rung]
        who = speaker.parties(names) if len(names) <= 8 else f"{speaker.parties(names[:6])} and {len(names) - 6} others"
        yield from _wrap(f"Must help with at least {level(rung)}: {who}.", 2)


def _stops(stops: Stops | None, speaker: Speaker) -> Iterator[str]:
    if stops is None:
        return
    yield from _wrap(f"Who can lawfully stop {level(stops.level)}: {speaker.stoppers(stops.lawful)}.", 2)
    yield from _wrap(f"In practice, by breach as well: {speaker.stoppers(stops.practical, lawfully=False)}.", 2)


def _statuses(case: LoadedCase, result: AskResult, speaker: Speaker) -> Iterator[str]:
    kinds = {clause.id: clause.kind for clause in needed(case.instrument(result.instrument)).model.clauses}
    grouped: dict[tuple[str, str, str], list[ClauseStatus]] = {}
    for status in result.answer.statuses:
        if status.bearer in (result.answer.incident.attacker, result.answer.incident.victim):
            continue
        why = _why(status, kinds[status.clause], speaker)
        grouped.setdefault((status.clause, status.state, why), []).append(status)
    yield ""
    yield "  Clause by clause:"
    for (clause, _, why), statuses in grouped.items():
        names = [status.bearer for status in statuses]
        who = speaker.parties(names) if len(names) <= 6 else f"{speaker.parties(names[:4])} and {len(names) - 4} others"
        yield from _wrap(f"{_clauses(case, result, (clause,))}: {who}: {why}.", 4)


def _why(status: ClauseStatus, kind: str, speaker: Speaker) -> str:
    if status.state == "due" and kind != "obligation":
        return f"may act, up to {level(status.most_level)}; nobody must"
    if status.state == "due":
        most = f"; may go up to {level(status.most_level)}" if status.most_level > status.level else ""
        return f"must {acts(status.acts) if status.acts else 'act, with nothing named at least'}{most}"
    missing = listed(
        (FACT_WORDS.get(item.what, item.what) + (f" ({speaker.parties(item.who)})" if item.who else ""))
        for item in status.missing[:4]
    )
    return STATE_WORDS[status.state] + (f": {missing}" if missing else "")


FACT_WORDS = {
    "kind": "the kind of incident",
    "zone": "the place",
    "object": "what is attacked",
    "phase": "the phase of the text",
    "lasting": "for how long the attack has lasted",
    "hour": "the time since it began",
}


def _changes(case: LoadedCase, result: AskResult, speaker: Speaker) -> Iterator[str]:
    told: dict[str, list[str]] = {}
    for change in result.answer.changes:
        if change.bearer in (result.answer.incident.attacker, result.answer.incident.victim):
            continue
        told.setdefault(_change(change, speaker), []).append(change.clause)
    if told:
        yield ""
        yield "  What would have to change (one thing at a time):"
    for words, clauses in list(told.items())[:10]:
        yield from _wrap(f"{words}: then {_clauses(case, result, tuple(dict.fromkeys(clauses)))} would bind.", 4)


def _change(change: Change, speaker: Speaker) -> str:
    if change.fact is not None:
        name, value = change.fact
        if name in ("attacker", "victim"):
            return f"the {name} is {speaker.party(str(value))}"
        if name == "kind":
            return f"it is a {KIND_WORDS[str(value)]}"
        if name == "zone":
            return f"it is in {speaker.zone(str(value))}"
        if name == "object":
            return f"it is against {OBJECT_WORDS[str(value)]}"
        if name == "phase":
            return PHASE_WORDS[str(value)] or "the text is in force"
        if name == "hour":
            return f"{duration(int(value))} have passed since it began"
        if name == "lasting":
            return f"the attack has lasted {duration(int(value))}"
        return f"{name} is {str(value).lower() if isinstance(value, bool) else value}"
    sort, *rest = needed(change.choice)
    option = {"yes": "yes", "no": "no"}.get(change.option or "", change.option or "")
    return f"{speaker.party(rest[-1])} says {option} ({SORT_WORDS[sort]})"


SORT_WORDS = {
    "vote": "vote",
    "judgement": "finding that the case is given",
    "request": "request",
    "consent": "consent",
    "means": "choice of means",
    "approval": "approval at home",
    "power": "use of a right",
    "act": "acting as promised",
}


def _clauses(case: LoadedCase, result: AskResult, ids: tuple[str, ...]) -> str:
    staged = case.instrument(result.instrument)
    clauses = {clause.id: clause for clause in staged.model.clauses} if staged is not None else {}
    names = []
    for id in ids:
        article = clauses[id].article if id in clauses else None
        names.append(f"Art. {article} ({id})" if article and article[:1].isdigit() else f"{article or id}")
    return listed(names)


def _wrap(words: str, indent: int) -> list[str]:
    return textwrap.wrap(
        words, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2), break_long_words=False
    )
