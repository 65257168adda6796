"""Run the rules over every instrument, reading and unknown of a case, and put what they say together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from foedus.arrivals import RACE_RULE
from foedus.case.resolve import Completion
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.case.unknowns import describe_option
from foedus.check.beside_others import by_the_case_alone
from foedus.check.expectations import compared
from foedus.check.explain import because, rests_on, told_for
from foedus.check.label import label
from foedus.check.lead import fails_by_the_text, lead
from foedus.check.predecessor import before
from foedus.check.rule import Rule
from foedus.check.rules import RULES
from foedus.check.views import TEXT, Views
from foedus.errors import BadInput, Problem, nearest
from foedus.findings import (
    CLASS_ORDER,
    Acceptance,
    Class,
    Finding,
    Outcome,
    PastCase,
    ReadingResult,
    Report,
    Verdict,
)
from foedus.wording import VERDICT_WORDS, Speaker, listed, sentence

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What to run: all rules or one, a level asked for in place of the case's own, one instrument or all.

    ``explain`` looks for what each verdict rests on, which takes most of the time; with ``lead_only`` it does so for
    the finding that is told first, and past cases with a fault are left out: a first screen has no room for them.
    """

    rules: tuple[str, ...] = ()
    at_least: int | None = None
    instruments: tuple[str, ...] = ()
    explain: bool = True
    lead_only: bool = False


def silent(_: str) -> None:
    """Progress that nobody watches."""


def asked_for(case: LoadedCase, options: Options) -> LoadedCase:
    """The case with the level asked for in place of its own, wherever it asks for anything."""
    if options.at_least is None:
        return case
    required = {kind: options.at_least if level else 0 for kind, level in case.required.items()}
    return replace(case, required=required)


def run(case: LoadedCase, options: Options, progress: Progress = silent) -> Report:
    """Return everything the rules say of a case, defects first within each instrument."""
    case = asked_for(case, options)
    if problems := unknown_rules(case):
        raise BadInput(problems)
    return run_over(case, tuple(Views(case, staged) for staged in case.instruments), options, progress)


def run_over(case: LoadedCase, all_views: Iterable[Views], options: Options, progress: Progress = silent) -> Report:
    """Return everything the rules say over views that were made before."""
    rules = [rule for rule in RULES if not options.rules or rule.name in options.rules or rule.code in options.rules]
    findings: list[Finding] = []
    labels = []
    for views in all_views:
        staged = views.staged
        if options.instruments and staged.id not in options.instruments:
            continue
        progress(staged.id)
        labels.append(label(staged, {reading: views.of(reading) for reading in (TEXT, *staged.readings)}))
        found = [check_rule(case, views, rule) for rule in rules]
        if not options.lead_only:
            found = [_with_past(finding) for finding in found]
        found = sorted(found, key=lambda finding: (not finding.is_bad, CLASS_ORDER.index(finding.kind)))
        if options.explain:
            first = lead(found, staged.id)
            chosen = [first] if options.lead_only else [finding for finding in found if finding.is_bad]
            found = [explained(views, finding) if finding in chosen else finding for finding in found]
        findings += found
    return Report(
        case.id,
        case.title,
        tuple(labels),
        tuple(findings),
        bounds(case),
        assumptions(case),
        case.as_of,
        dict(case.required),
        # An expectation speaks of what the case asks for itself.
        compared(case, findings) if options.at_least is None else (),
    )


def check_rule(case: LoadedCase, views: Views, rule: Rule) -> Finding:
    """Return what one rule says of one instrument over all its readings and unknowns, without what it rests on."""
    staged = views.staged
    speaker = Speaker(case)
    results = tuple(_under_reading(views, rule, reading) for reading in (TEXT, *staged.readings))
    verdict, deciding = _over_readings(results)
    shown = _shown(results, verdict)
    outcome = shown.outcome
    return Finding(
        id=f"{rule.name}@{staged.id}",
        rule=rule.name,
        code=rule.code,
        kind=outcome.kind or rule.kind,
        instrument=staged.id,
        verdict=verdict,
        by_reading=results,
        decided_by=deciding,
        sentence=_sentence(rule, outcome, speaker),
        because=because(staged, shown),
        told_for=(*told_for(staged, shown, speaker), *_taken_together(case, staged, outcome)),
        outcome=outcome,
        accepted=_accepted(case, f"{rule.name}@{staged.id}"),
    )


def _taken_together(case: LoadedCase, staged: StagedInstrument, outcome: Outcome) -> Iterable[str]:
    """What the author of the case assumes, where a conflict is one only if two texts come together."""
    speaker = Speaker(case)
    for other in by_the_case_alone(case, staged, outcome.conflicts):
        one, two = speaker.instrument(other), speaker.instrument(staged.id)
        yield f"taking {one} to stand together with {two}, as the case says"


def _with_past(finding: Finding) -> Finding:
    """The finding with the historical cases that had the fault, two at most, and one that went otherwise.

    Told where the text itself fails, for some value of what is not known: a fault that only a rival reading has is none
    of the text's (Belgium 1839 is not Luxembourg 1867).
    """
    if not fails_by_the_text(finding):
        return finding
    from foedus.case.precedents import had_fault

    had_by, counter = had_fault(finding.code)
    return replace(
        finding,
        had_by=tuple(PastCase(had.case, had.name, had.how) for had in had_by),
        otherwise=PastCase(counter.case, counter.name, counter.how) if counter is not None else None,
    )


def explained(views: Views, finding: Finding) -> Finding:
    """The finding with the values it rests on, and what the text before said."""
    rule = next(rule for rule in RULES if rule.name == finding.rule)
    rests = rests_on(views, _shown(finding.by_reading, finding.verdict), rule)
    return replace(
        finding,
        before=before(views.case, views.staged, finding),
        rests_on=rests,
        unverified=sum(not rest.verified for rest in rests),
    )


def _under_reading(views: Views, rule: Rule, reading: str) -> ReadingResult:
    outcomes = [(completion, views.outcome(rule, view)) for completion, view in views.of(reading)]
    result = _combined(views.staged, reading, outcomes)
    combinations = views.completions(reading)
    if combinations.are_all or result.verdict is Verdict.DEPENDS:
        return result
    said = VERDICT_WORDS[result.verdict.value]
    reason = (
        f"the unknown values combine in {combinations.count} ways; the {len(combinations.tried)} that were tried all "
        f"say {said}, which proves nothing for the others"
    )
    return replace(
        result, verdict=Verdict.UNDECIDED, outcome=replace(result.outcome, verdict=Verdict.UNDECIDED, reason=reason)
    )


def _combined(staged: StagedInstrument, reading: str, outcomes: Sequence[tuple[Completion, Outcome]]) -> ReadingResult:
    applicable = [(values, o) for values, o in outcomes if o.verdict is not Verdict.NOT_APPLICABLE]
    levels = [o.weakest_level for _, o in applicable if o.weakest_level is not None]
    weakest = (min(levels), max(levels)) if levels else None
    if not applicable:
        return ReadingResult(reading, Verdict.NOT_APPLICABLE, outcomes[0][1], (), weakest, outcomes[0][0])
    verdicts = {outcome.verdict for _, outcome in applicable}
    left_open = tuple(dict.fromkeys(place for _, outcome in applicable for place in outcome.open_at))
    values, shown = next((pair for pair in applicable if pair[1].verdict is Verdict.FAILS), applicable[0])
    if len(verdicts) == 1:
        return ReadingResult(reading, shown.verdict, shown, left_open, weakest, values)
    deciding = (*left_open, *_deciding_unknowns(staged, outcomes))
    depends = Verdict.DEPENDS in verdicts or {Verdict.HOLDS, Verdict.FAILS} <= verdicts
    verdict = Verdict.DEPENDS if depends else Verdict.UNDECIDED
    return ReadingResult(reading, verdict, shown, deciding, weakest, values)


def _deciding_unknowns(staged: StagedInstrument, outcomes: Sequence[tuple[Completion, Outcome]]) -> tuple[str, ...]:
    """The unknowns for which two choices of values that differ only in it differ in the verdict."""
    by_values = {tuple((name, describe_option(value)) for name, value in c): o.verdict for c, o in outcomes}
    deciding: list[str] = []
    for site in staged.unknowns:
        groups: dict[object, set[Verdict]] = {}
        for values, verdict in by_values.items():
            if any(name == site.name for name, _ in values):
                rest = tuple(pair for pair in values if pair[0] != site.name)
                groups.setdefault(rest, set()).add(verdict)
        if any(len(verdicts - {Verdict.NOT_APPLICABLE}) > 1 for verdicts in groups.values()):
            deciding.append(site.name)
    return tuple(deciding)


def _over_readings(results: Sequence[ReadingResult]) -> tuple[Verdict, tuple[str, ...]]:
    applicable = [result for result in results if result.verdict is not Verdict.NOT_APPLICABLE]
    if not applicable:
        return Verdict.NOT_APPLICABLE, ()
    unknowns = dict.fromkeys(name for result in applicable for name in result.decided_by)
    verdicts = {result.verdict for result in applicable}
    if len(verdicts) == 1:
        return applicable[0].verdict, tuple(unknowns)
    first = applicable[0].verdict
    readings = [
        f"reading {result.reading}" for result in applicable if result.verdict is not first and result.reading != TEXT
    ]
    if verdicts <= {Verdict.UNDECIDED, Verdict.HOLDS} or verdicts <= {Verdict.UNDECIDED, Verdict.FAILS}:
        return Verdict.UNDECIDED, (*unknowns, *readings)
    return Verdict.DEPENDS, (*unknowns, *readings)


def _shown(results: Sequence[ReadingResult], verdict: Verdict) -> ReadingResult:
    """The result that is told: under the text alone where it shows the verdict, else the first that fails."""
    if verdict is Verdict.DEPENDS:
        failing = [r for r in results if r.outcome.verdict is Verdict.FAILS]
        return failing[0] if failing else results[0]
    return next((result for result in results if result.verdict is verdict), results[0])


def _sentence(rule: Rule, outcome: Outcome, speaker: Speaker) -> str:
    if outcome.verdict in (Verdict.FAILS, Verdict.DEPENDS):
        return sentence(rule.say(outcome, speaker))
    if outcome.verdict is Verdict.HOLDS:
        return sentence(rule.praise(outcome, speaker))
    return sentence(outcome.reason or "no answer")


def _accepted(case: LoadedCase, id: str) -> Acceptance | None:
    for entry in case.model.accepted if case.model is not None else ():
        if entry.finding == id:
            return Acceptance(entry.by, str(entry.on), entry.why)
    return None


def bounds(case: LoadedCase) -> tuple[str, ...]:
    """What was looked at and what was not, in words."""
    speaker = Speaker(case)
    attackers = "any party of the case, and an outsider" if "any" in case.attackers else speaker.parties(case.attackers)
    here = {staged.id for staged in case.instruments}
    said = case.model.stand_together if case.model is not None else ()
    groups = [one.of for one in said if here.issuperset(one.of)]
    return (
        f"attackers: {attackers}, one at a time",
        f"the guarantee is for {speaker.parties(case.beneficiaries)}",
        "a hole in a place that the case does not declare cannot be found",
        *(f"{listed(map(speaker.instrument, group))} are taken to stand together" for group in groups),
    )


def assumptions(case: LoadedCase) -> tuple[str, ...]:
    """What the first screen says was assumed."""
    speaker = Speaker(case)
    if "any" in case.attackers:
        return ("any party may be the attacker",)
    return (f"only {speaker.parties(case.attackers)} may be the attacker",)


def unknown_rules(case: LoadedCase) -> list[Problem]:
    """A problem for every rule or finding that the case mentions and that does not exist."""
    names = [*((rule.code, rule.name) for rule in RULES), (RACE_RULE.code, RACE_RULE.name)]
    known = {
        "rule": [word for code, name in names for word in (name, code)],
        "finding": [f"{name}@{staged.id}" for _, name in names for staged in case.instruments],
    }
    return [
        Problem(
            mention.position,
            f"`{mention.name}` is not a {mention.what} (in `{mention.part}`)",
            f"did you mean `{near}`?" if near else "see `foedus rules`",
        )
        for mention in case.mentions
        if mention.name not in known[mention.what]
        for near in [nearest(mention.name, known[mention.what])]
    ]


def failing(findings: Iterable[Finding], kinds: Iterable[Class]) -> bool:
    """Whether some finding that is not accepted fails in one of the classes: what sets the exit code.

    What fails under a rival reading alone is told, and does not count: the text as it stands holds.
    """
    wanted = set(kinds)
    return any(
        f.verdict in (Verdict.FAILS, Verdict.DEPENDS) and fails_by_the_text(f) and f.kind in wanted and not f.accepted
        for f in findings
    )
