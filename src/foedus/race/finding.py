"""C26: whether enough help arrives in time, as a finding beside those of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from foedus.arrivals import RACE_RULE, Race, Races, Share
from foedus.case.stage import LoadedCase
from foedus.findings import (
    CLASS_ORDER,
    Acceptance,
    Class,
    Finding,
    Outcome,
    ReadingResult,
    Report,
    Verdict,
)
from foedus.race.words import Told, missing_words
from foedus.wording import Speaker, level, sentence

TURNS_ON: Final = {
    "objective": "which objective is meant",
    "posture": "which forces are in place",
    "commits": "whether losses commit the sender",
}


def merged(case: LoadedCase, report: Report, races: Races) -> Report:
    """The report with one more finding for each form, among those of its form, defects first."""
    found: list[Finding] = []
    for label in report.labels:
        own = [finding for finding in report.findings if finding.instrument == label.instrument]
        own.append(finding_of(case, label.instrument, races))
        found += sorted(own, key=lambda finding: (not finding.is_bad, CLASS_ORDER.index(finding.kind)))
    return replace(report, findings=tuple(found))


def finding_of(case: LoadedCase, instrument: str, races: Races) -> Finding:
    """What the race says of one form, over its readings, objectives, postures and what is contested."""
    speaker = Speaker(case)
    own = list(races.of(instrument))
    readings = list(dict.fromkeys(race.reading for race in own)) or ["text"]
    results = tuple(_result(reading, [r for r in own if r.reading == reading], races, speaker) for reading in readings)
    verdict = _over([result.verdict for result in results])
    shown = next((result for result in results if result.verdict is verdict), results[0])
    told = next(
        (race for race in own if race.reading == shown.reading and _verdict(race) is _bad_first(own, shown.reading)),
        None,
    )
    id = f"{RACE_RULE.name}@{instrument}"
    return Finding(
        id=id,
        rule=RACE_RULE.name,
        code=RACE_RULE.code,
        kind=Class.CAUTION,
        instrument=instrument,
        verdict=verdict,
        by_reading=results,
        decided_by=tuple(dict.fromkeys(name for result in results for name in result.decided_by)),
        sentence=sentence(_sentence(told, shown.outcome, speaker)),
        because=_because(told, speaker),
        outcome=shown.outcome,
        accepted=_accepted(case, id),
    )


def _result(reading: str, races: Sequence[Race], all_races: Races, speaker: Speaker) -> ReadingResult:
    verdict = _over([_verdict(race) for race in races])
    first = next((race for race in races if _verdict(race) is verdict), races[0] if races else None)
    reason = None
    if verdict in (Verdict.NOT_APPLICABLE, Verdict.UNDECIDED):
        reason = all_races.reason or (
            missing_words(first, speaker) if first is not None else "no race is asked for in this form"
        )
    incident = None if first is None else first.incident
    outcome = Outcome(verdict, incident, reason=reason, required_level=None if first is None else first.level)
    return ReadingResult(reading, verdict, outcome, tuple(_deciders(races)) if verdict is Verdict.DEPENDS else ())


def _deciders(races: Sequence[Race]) -> Iterator[str]:
    """What a verdict that is neither one turns on, in words: these are no places in the file."""
    if any(_verdict(race) is Verdict.DEPENDS for race in races):
        yield "the lengths of time put in"
    for key, words in TURNS_ON.items():
        told: dict[object, set[Verdict]] = {}
        for race in races:
            told.setdefault(getattr(race, key), set()).add(_verdict(race))
        if len({frozenset(verdicts) for verdicts in told.values()}) > 1:
            yield words


def _verdict(race: Race) -> Verdict:
    share = race.must.in_time
    if share is None:
        return Verdict.FAILS if race.must.nobody else Verdict.UNDECIDED
    if share.never:
        return Verdict.FAILS
    if share.always:
        return Verdict.HOLDS
    return Verdict.UNDECIDED if _nothing_known(share) else Verdict.DEPENDS


def _nothing_known(share: Share) -> bool:
    """Whether what nobody knows alone decides: no time for it wins every future, and too much of it none."""
    return share.low <= 0.0 and share.high >= 1.0


def _over(verdicts: Iterable[Verdict]) -> Verdict:
    """One verdict over several races: HOLDS and FAILS only where all that can be run agree."""
    found = set(verdicts) - {Verdict.NOT_APPLICABLE}
    if not found:
        return Verdict.NOT_APPLICABLE
    if len(found) == 1:
        return found.pop()
    differ = Verdict.DEPENDS in found or {Verdict.HOLDS, Verdict.FAILS} <= found
    return Verdict.DEPENDS if differ else Verdict.UNDECIDED


def _bad_first(races: Iterable[Race], reading: str) -> Verdict | None:
    """The verdict that is told: the worst of a reading."""
    order = (Verdict.FAILS, Verdict.DEPENDS, Verdict.UNDECIDED, Verdict.HOLDS, Verdict.NOT_APPLICABLE)
    found = {_verdict(race) for race in races if race.reading == reading}
    return next((verdict for verdict in order if verdict in found), None)


def _sentence(race: Race | None, outcome: Outcome, speaker: Speaker) -> str:
    if race is None or outcome.reason is not None:
        return outcome.reason or "no race is asked for in this form"
    return Told(race, speaker).in_short()


def _because(race: Race | None, speaker: Speaker) -> tuple[str, ...]:
    if race is None or race.must.in_time is None:
        return ()
    told = Told(race, speaker)
    lines = (told.objective(), told.slowest(), f"help counts from {level(race.level)} on")
    return tuple(line for line in lines if line)


def _accepted(case: LoadedCase, id: str) -> Acceptance | None:
    entries = case.model.accepted if case.model is not None else ()
    return next((Acceptance(one.by, str(one.on), one.why) for one in entries if one.finding == id), None)
