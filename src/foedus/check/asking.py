"""One incident asked of one instrument of a case: names checked, defaults filled, the law asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from foedus.case.ladders import KINDS, OBJECTS, OTHER, PHASES
from foedus.case.resolve import Completion, completions, resolve
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.case.unknowns import describe_option
from foedus.check.view import View
from foedus.check.views import TEXT
from foedus.errors import BadInput, Problem, nearest
from foedus.law.ask import ask as ask_law
from foedus.law.incident import Incident, IncidentSpace
from foedus.law.meaning import Query
from foedus.law.records import Answer
from foedus.plain import plain

FIELDS: Final = ("attacker", "victim", "kind", "zone", "object")


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked. ``None`` takes the first value of the case; ``hour`` is hours after the trigger.

    An attack has lasted ``hour`` hours unless ``lasting`` says less; with neither, long enough for every clause.
    """

    instrument: str | None = None
    reading: str | None = None
    attacker: str | None = None
    victim: str | None = None
    kind: str | None = None
    zone: str | None = None
    object: str | None = None
    provoked: bool = False
    phase: str = "in_force"
    hour: int | None = None
    refuses: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    lasting: int | None = None


@dataclass(frozen=True, slots=True)
class AskResult:
    """The answer for the first values of the unknowns, and the levels over all of them as (lowest, highest)."""

    case: str
    instrument: str
    reading: str
    answer: Answer
    assumed: tuple[tuple[str, str], ...]
    good_faith: tuple[int, int]
    left: tuple[int, int]
    left_by_breach: tuple[int, int]
    weakest: tuple[int, int]
    required_level: int

    def to_dict(self) -> dict[str, Any]:
        """The whole answer as plain data, in the author's ids."""
        return {field.name: plain(getattr(self, field.name)) for field in fields(self)}


def ask(case: LoadedCase, asking: Asking) -> AskResult:
    """Ask one incident. Raises ``BadInput`` for names that the case does not know, all at once."""
    staged = instrument_of(case, asking.instrument)
    name = reading_of(staged, asking.reading)
    reading = None if name == TEXT else name
    filled = completions(staged, reading).tried
    answers = [_ask_one(case, staged, asking, reading, completion) for completion in filled]
    first = answers[0]
    return AskResult(
        case=case.id,
        instrument=staged.id,
        reading=name,
        answer=first,
        assumed=tuple((name, describe_option(value)) for name, value in filled[0]),
        good_faith=_span(answer.promise.good_faith for answer in answers),
        left=_span(answer.promise.lawful for answer in answers),
        left_by_breach=_span(answer.promise.practical for answer in answers),
        weakest=_span(answer.promise.weakest_lawful for answer in answers),
        required_level=case.required.get(first.incident.kind, 0),
    )


def reading_of(staged: StagedInstrument, name: str | None) -> str:
    """The reading of that name, the text alone where none is named. Raises ``BadInput``."""
    if name not in (None, TEXT, *staged.readings):
        raise BadInput([_unknown("reading", str(name), staged.readings)])
    return name or TEXT


def instrument_of(case: LoadedCase, id: str | None) -> StagedInstrument:
    """The instrument of that id, or the only one of the case. Raises ``BadInput``."""
    if id is None:
        if len(case.instruments) == 1:
            return case.instruments[0]
        ids = ", ".join(staged.id for staged in case.instruments)
        raise BadInput(
            [Problem(None, "the case has several instruments: say which with `--instrument`", f"one of {ids}")]
        )
    staged = case.instrument(id)
    if staged is None:
        raise BadInput([_unknown("instrument", id, [item.id for item in case.instruments])])
    return staged


def _ask_one(
    case: LoadedCase, staged: StagedInstrument, asking: Asking, reading: str | None, completion: Completion
) -> Answer:
    view = View(case, staged, resolve(staged, reading, completion))
    incident = _incident(case, view, asking)
    return ask_law(
        view.meaning,
        incident,
        Query(k=case.required_count, among=case.required_of),
        refusing=frozenset(asking.refuses),
        silent=frozenset(asking.silent),
        required=case.required.get(incident.kind, 0),
        space=_durations(view),
    )


def _incident(case: LoadedCase, view: View, asking: Asking) -> Incident:
    parties = [*case.parties, OTHER]
    known: Mapping[str, Iterable[str]] = {
        "attacker": parties,
        "victim": list(case.parties),
        "kind": KINDS,
        "zone": view.space.zones,
        "object": OBJECTS,
        "phase": PHASES,
    }
    problems = [
        _unknown(name, value, allowed)
        for name, allowed in known.items()
        if (value := getattr(asking, name)) is not None and value not in allowed
    ]
    holders = list(dict.fromkeys(choice.holder for choice in view.meaning.choices.values()))
    problems += [
        _unknown("party", name, list(dict.fromkeys([*parties, *holders])))
        for name in (*asking.refuses, *asking.silent)
        if name not in holders and name not in parties
    ]
    base = view.base
    victim = asking.victim or base.victim
    if victim in asking.refuses:
        words = f"`{victim}` is the victim: by refusing it would waive the help, which no text prevents"
        problems.append(Problem(None, words, "leave it out of `--refuses`; `--silent` shows what hangs on its request"))
    given = {name: value for name in FIELDS if (value := getattr(asking, name)) is not None}
    hour, lasting = _times(asking, base)
    if lasting > hour:
        words = f"the attack cannot have lasted {lasting} hours at hour {hour}"
        problems.append(Problem(None, words, "give `--at` at least the time of `--lasting`"))
    incident = replace(
        base, **given, provoked=asking.provoked, phase=asking.phase, hour=hour, lasting=lasting
    )  # fmt: skip
    if incident.attacker == incident.victim and not problems:
        problems.append(
            Problem(None, f"the attacker and the victim are both `{incident.victim}`", "name another with `--attacker`")
        )
    if problems:
        raise BadInput(problems)
    return incident


def _times(asking: Asking, base: Incident) -> tuple[int, int]:
    """The hour that is asked about, and for how long the attack has lasted by then: to that hour, unless said."""
    if asking.hour is None:
        lasting = base.lasting if asking.lasting is None else asking.lasting
        return max(base.hour, lasting), lasting
    return asking.hour, asking.hour if asking.lasting is None else asking.lasting


def _durations(view: View) -> IncidentSpace:
    """The space with every duration that a clause waits for, so that the least that would change it is told."""
    waited = {clause.trigger.lasting_hours for clause in view.meaning.form.clauses}
    return replace(view.space, lasting=tuple(sorted({*view.space.lasting, *waited})))


def _unknown(what: str, name: str, known: Iterable[str]) -> Problem:
    choices = list(known)
    near = nearest(name, choices)
    return Problem(
        None,
        f"`{name}` is not a known {what}",
        f"did you mean `{near}`?" if near else f"known: {', '.join(choices[:20])}",
    )


def _span(values: Iterable[object]) -> tuple[int, int]:
    levels = [value for value in values if isinstance(value, int)]
    return (min(levels), max(levels)) if levels else (0, 5)
