"""One finding in words: what happens, who could have helped, who can stop it, and what it rests on."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from foedus.brief.records import Fact, FindingView, Mark, RestsOn, UnderReading
from foedus.brief.tables import article, reading_name
from foedus.case.stage import StagedInstrument
from foedus.findings import Class, Finding, Outcome, Protection, ReadingResult, Verdict
from foedus.law.clocks import Step
from foedus.wording import (
    OBJECT_WORDS,
    STATE_WORDS,
    VERDICT_WORDS,
    Speaker,
    conflict_words,
    duration,
    level,
    levels,
    listed,
    owed,
    past,
    sentence,
)

SIGNS: Final = {
    Verdict.HOLDS: ("good", "✓"),
    Verdict.FAILS: ("bad", "✗"),
    Verdict.DEPENDS: ("open", "◐"),
    Verdict.NOT_APPLICABLE: ("none", "–"),
    Verdict.UNDECIDED: ("open", "?"),
}
KIND_OF_FINDING: Final = {
    Class.DEFECT: "a defect",
    Class.CAUTION: "a caution",
    Class.DESCRIPTION: "a fact to know, not a fault",
}
MOST_NAMES: Final = 8


def mark(verdict: Verdict) -> Mark:
    """A verdict as word, tone and sign."""
    tone, sign = SIGNS[verdict]
    return Mark(VERDICT_WORDS[verdict.value], tone, sign)


def finding_view(finding: Finding, staged: StagedInstrument, speaker: Speaker, wanted: str) -> FindingView:
    """Return one finding, ready to be read."""
    accepted = finding.accepted
    unknown = {site.name for site in staged.unknowns}
    return FindingView(
        id=f"{staged.id}-{finding.rule}",
        wanted=wanted,
        rule=finding.rule,
        kind=KIND_OF_FINDING[finding.kind],
        mark=mark(finding.verdict),
        sentence=("Where it fails: " if finding.verdict is Verdict.DEPENDS else "") + finding.sentence,
        facts=tuple(_facts(finding, staged, speaker)),
        by_reading=tuple(_under(result, staged, speaker) for result in finding.by_reading),
        rests=tuple(
            RestsOn(
                place=sentence(speaker.place(rest.at)).rstrip("."),
                value=("not known; here " if rest.at in unknown else "") + speaker.value(rest.at, rest.value),
                instead=speaker.value(rest.at, rest.instead),
                becomes=mark(rest.becomes),
                verified=rest.verified,
            )
            for rest in finding.rests_on
        ),
        accepted=f"Accepted by {accepted.by} on {accepted.on}: {accepted.why}" if accepted is not None else "",
    )


def _facts(finding: Finding, staged: StagedInstrument, speaker: Speaker) -> Iterator[Fact]:
    outcome = finding.outcome
    if outcome.incident is not None:
        label = "Example in which it works" if finding.verdict is Verdict.HOLDS else "The incident"
        yield Fact(label, (sentence(speaker.incident(outcome.incident, outcome.refusing[:MOST_NAMES])),))
    if finding.is_bad and finding.told_for:
        yield Fact("Of what this is told", tuple(sentence(line) for line in finding.told_for))
    why = tuple(_why(finding, staged))
    if why:
        yield Fact("Why", why)
    yield from _own_facts(outcome, speaker)
    yield from _records(outcome, speaker)
    if not finding.is_bad:
        return
    let_off = tuple(_let_off(finding, staged, speaker))
    if let_off:
        yield Fact("Who could have helped, and what lets each off", let_off)
    if outcome.weakest_level is not None:
        asked = f" This case asks for {level(outcome.required_level)}." if outcome.required_level is not None else ""
        yield Fact("Weakest lawful response", (sentence(level(outcome.weakest_level)) + asked,))
    if outcome.lawful is not None:
        yield Fact("Who can lawfully stop the help", (sentence(speaker.stoppers(outcome.lawful)),))
    if outcome.practical is not None and outcome.practical != outcome.lawful:
        told = speaker.stoppers(outcome.practical, lawfully=False)
        yield Fact("Who can stop it in practice, by breaking a promise", (sentence(told),))
    depends = readings_line(finding, speaker) if finding.verdict is Verdict.DEPENDS else ()
    if depends:
        yield Fact("It depends", depends)
    if finding.had_by:
        yield Fact("Had this fault", (f"{past(finding.had_by)}.",))
    if finding.otherwise is not None:
        yield Fact("Went otherwise", (f"{past([finding.otherwise])}.",))


def _own_facts(outcome: Outcome, speaker: Speaker) -> Iterator[Fact]:
    """What only some rules tell."""
    if outcome.silent:
        yield Fact("Who says nothing in it", (sentence(speaker.some(outcome.silent)),))
    if outcome.protections:
        yield Fact("Who owes whom what", tuple(protection_lines(outcome.protections, speaker)))
    if outcome.adds_nothing:
        lines = (
            f"`{record.clause}`: {record.name}, {listed(f'`{id}`' for id in record.by)}."
            for record in outcome.adds_nothing
        )
        yield Fact("Where it was asked for before", tuple(lines))
    if outcome.steps:
        yield Fact("Step by step", tuple(_step(step, speaker) for step in outcome.steps))


STEPS: Final = {
    "request": "request",
    "finding": "finding that the case is given",
    "decision": "decision",
    "consent": "consent",
    "earlier": "the step before",
    "lasting": "the attack must have lasted",
    "approval": "approval at home",
    "act": "the help itself",
    "circle": "waits for itself",
}


def _step(step: Step, speaker: Speaker) -> str:
    who = "the one attacked" if step.by == "victim" else step.by if step.is_body else speaker.party(step.by)
    clock = duration(step.hours) if step.hours else "at once" if step.hours == 0 else "no clock"
    if step.soft:
        clock = "a clock that binds nobody"
    elif step.open:
        clock = "not known"
    elif step.wordy:
        clock = "a word for haste, no length"
    return sentence(f"{STEPS[step.what]} ({who}; `{step.clause}`): {clock}")


def _records(outcome: Outcome, speaker: Speaker) -> Iterator[Fact]:
    """What a rule found clause by clause."""
    if len(outcome.conflicts) > 1:
        told = (sentence(conflict_words(conflict, speaker)) for conflict in outcome.conflicts)
        yield Fact("What cannot all be kept", tuple(told))


def protection_lines(protections: Iterable[Protection], speaker: Speaker) -> Iterator[str]:
    """One line for each relation and thing attacked; things with the same answer share a line."""
    things: dict[Protection, list[str]] = {}
    for protection in protections:
        things.setdefault(replace(protection, object=""), []).append(OBJECT_WORDS[protection.object])
    for protection, attacked in things.items():
        first, second = speaker.some(protection.guarantors), speaker.party(protection.protected)
        there, back = owed(protection.level, protection.most), owed(protection.back_level, protection.back_most)
        yield sentence(f"{listed(attacked)}: {first} to {second}: {there}; {second} to {first}: {back}")


def _why(finding: Finding, staged: StagedInstrument) -> Iterator[str]:
    """The clauses behind a finding, article and phrase, and the rules of their bodies."""
    clauses = {clause.id: clause for clause in staged.model.clauses}
    involved = dict.fromkeys((*finding.outcome.clauses, *(let.clause for let in finding.outcome.let_off)))
    for id in involved:
        clause = clauses.get(id)
        if clause is not None:
            words = f"“{clause.phrase.text}”" if clause.phrase is not None else clause.says or f"the clause “{id}”"
            yield sentence(f"{article(clause)}: {words}")
    bodies = tuple(f"{id}: " for id in staged.model.bodies)
    for line in dict.fromkeys(finding.because):
        if line.startswith(bodies):
            name, _, rule = line.partition(": ")
            yield sentence(f"In the body “{name}” {rule}")


def _let_off(finding: Finding, staged: StagedInstrument, speaker: Speaker) -> Iterator[str]:
    clauses = {clause.id: clause for clause in staged.model.clauses}
    grouped: dict[tuple[str, str], list[str]] = {}
    for let in finding.outcome.let_off:
        grouped.setdefault((let.clause, let.why), []).append(speaker.party(let.party))
    for (id, why), names in grouped.items():
        told = (
            listed(names)
            if len(names) <= MOST_NAMES
            else f"{listed(names[:3]).replace(' and ', ', ')} and {len(names) - 3} others"
        )
        yield f"{sentence(told).rstrip('.')}: {STATE_WORDS.get(why, why)} ({article(clauses[id])}, clause “{id}”)."


def readings_line(finding: Finding, speaker: Speaker) -> tuple[str, ...]:
    """Under which readings it fails and holds, and on which unknown values it turns."""
    by_verdict: dict[Verdict, list[str]] = {}
    for result in finding.by_reading:
        by_verdict.setdefault(result.verdict, []).append(reading_name(result.reading))
    words = {
        Verdict.FAILS: "Fails under",
        Verdict.HOLDS: "holds under",
        Verdict.DEPENDS: "open, because values are not known, under",
        Verdict.UNDECIDED: "undecided under",
    }
    lines = [f"{told} {listed(_quoted(n) for n in by_verdict[v])}" for v, told in words.items() if v in by_verdict]
    unknown = [speaker.place(name) for name in finding.decided_by if not name.startswith("reading ")]
    first = (sentence("; ".join(lines)),) if len(finding.by_reading) > 1 else ()
    return first + ((f"Turns on what is not known: {listed(unknown)}.",) if unknown else ())


def _quoted(name: str) -> str:
    return name if name == "the text as written" else f"“{name}”"


def _under(result: ReadingResult, staged: StagedInstrument, speaker: Speaker) -> UnderReading:
    reading = staged.model.readings.get(result.reading)
    weakest = levels(*result.weakest_level) if result.weakest_level is not None else "not looked at"
    decided = listed(speaker.place(name) for name in result.decided_by)
    holder = reading.held_by if reading is not None else ""
    return UnderReading(
        sentence(reading_name(result.reading)).rstrip("."), holder, mark(result.verdict), weakest, decided
    )
