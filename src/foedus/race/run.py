"""The races of a case: every form, reading, objective, posture and side of a contested effect, run on its futures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from foedus.arrivals import Arrival, Duty, Race, Races
from foedus.case.ladders import KINDS, LEVELS
from foedus.case.resolve import completions, resolve
from foedus.case.schema.world import Objective, World
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.errors import BadInput, Problem, nearest
from foedus.law.incident import Incident
from foedus.law.meaning import Meaning
from foedus.law.procedure import Procedure, procedures
from foedus.race.arrive import Futures, arrival, nobody_comes
from foedus.race.build import Named, Place, Setup, named_plan, unknown_places
from foedus.race.engine import rounded
from foedus.race.notes import notes
from foedus.wording import Speaker

TEXT: Final = "text"
SAMPLES: Final = 1 << 16
NO_WORLD: Final = (
    "the case has no world: nothing says how long steps take, which forces there are and what an attacker needs"
)
NO_OBJECTIVE: Final = "the world of the case names no objective of an attacker, against which help could be late"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class RaceOptions:
    """What is run: names narrow it down. ``seed`` decides the futures; ``workers`` processes draw them."""

    instruments: tuple[str, ...] = ()
    reading: str | None = None
    incident: str | None = None
    posture: str | None = None
    refusing: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    samples: int = SAMPLES
    seed: int = 1
    workers: int = 1


def quiet(done: int, whole: int) -> None:
    """Progress that nobody watches."""


def race(case: LoadedCase, options: RaceOptions, progress: Progress = quiet) -> Races:
    """Return the races of a case. Deterministic: the seed is an option. Raises ``BadInput``."""
    world = case.model.world if case.model is not None else None
    _check(case, world, options)
    if world is None or not world.objectives:
        return Races((), rounded(options.samples), options.seed, NO_WORLD if world is None else NO_OBJECTIVE)
    settings = list(_settings(case, world, options))
    futures = Futures(options.samples, options.seed, options.workers)
    found: list[Race] = []
    for number, setting in enumerate(settings):
        found.append(
            _race(case, world, setting, options, replace(futures, part=number, parts=len(settings), progress=progress))
        )
    return Races(tuple(found), rounded(options.samples), options.seed)


@dataclass(frozen=True, slots=True)
class _Setting:
    staged: StagedInstrument
    reading: str
    objective: Objective
    level: int
    posture: str | None
    commits: bool | None


def _settings(case: LoadedCase, world: World, options: RaceOptions) -> Iterator[_Setting]:
    """Everything that is run, in the order of the file.

    An incident in which nothing is asked for has no race, and a posture that no force belongs to is the race without.
    """
    staged = [one for one in case.instruments if not options.instruments or one.id in options.instruments]
    objectives = [one for one in world.objectives if options.incident in (None, one.id, one.kind)]
    used = {name for force in (*world.forces, *world.response_times) for name in force.postures}
    postures = [options.posture] if options.posture is not None else [None, *(p for p in world.postures if p in used)]
    for instrument, objective, posture in product(staged, objectives, postures):
        level = LEVELS.index(objective.helps) if objective.helps is not None else case.required.get(objective.kind, 0)
        if not level:
            continue
        readings = [options.reading] if options.reading is not None else [TEXT, *instrument.readings]
        for reading, commits in product(readings, _sides(world, posture)):
            yield _Setting(instrument, reading, objective, level, posture, commits)


def _sides(world: World, posture: str | None) -> tuple[bool | None, ...]:
    """Both sides of what is contested; one of what is not; none where the posture commits nobody."""
    if posture is None or posture not in world.postures:
        return (None,)
    return {"yes": (True,), "no": (None,), "contested": (False, True)}[world.postures[posture].commits_sender]


def _race(case: LoadedCase, world: World, setting: _Setting, options: RaceOptions, futures: Futures) -> Race:
    staged, objective = setting.staged, setting.objective
    incident = base_incident(case, staged, objective)
    ways = _ways(staged, setting.reading, incident, options)
    posture = setting.posture if setting.posture in world.postures else None
    setup = Setup(
        world,
        objective,
        setting.level,
        case.required_count,
        case.required_of,
        posture,
        bool(setting.commits),
        allowed=False,
        victim=incident.victim,
        zone=incident.zone,
    )
    must = tuple(dict.fromkeys(named_plan(setup, way) for way in ways))
    may = tuple(dict.fromkeys(named_plan(replace(setup, allowed=True), way) for way in ways))
    musts = _arrival(must, objective, futures)
    return Race(
        instrument=staged.id,
        reading=setting.reading,
        incident=incident,
        objective=objective.id,
        what=objective.what,
        within=objective.within.knots,
        level=setting.level,
        posture=setting.posture,
        commits=setting.commits,
        refusing=tuple(sorted(options.refusing)),
        silent=tuple(sorted(options.silent)),
        must=musts,
        may=musts if may == must else _arrival(may, objective, futures),
        duties=tuple(_duties(ways[0])),
        needs=tuple((domain, *amount.span, amount.unit) for domain, amount in objective.needs.items()),
        missing=tuple(_names(unknown_places((*must, *may)))),
        assumed=tuple(_names(one.places[i] for one in may for i in sorted(one.plan.used) if one.places[i].assumed)),
        ways=len(must),
        count=case.required_count,
        notes=tuple(notes(setup, may, switched=_switched(setup, setting, ways), speaker=Speaker(case))),
    )


def _switched(setup: Setup, setting: _Setting, ways: Sequence[tuple[Procedure, ...]]) -> bool | None:
    """Whether the other side of a contested effect is another race; ``None`` where there is no other side."""
    if setting.commits is None:
        return None
    other = replace(setup, commits=not setup.commits, allowed=True)
    same = replace(setup, allowed=True)
    return any(named_plan(other, way) != named_plan(same, way) for way in ways)


def _arrival(plans: Sequence[Named], objective: Objective, futures: Futures) -> Arrival:
    if all(not one.plan.ways for one in plans):
        return nobody_comes(objective)
    return arrival(plans, objective, futures)


def _ways(
    staged: StagedInstrument, reading: str, incident: Incident, options: RaceOptions
) -> tuple[tuple[Procedure, ...], ...]:
    """The ways through the text, one set for each choice of what nobody knows that makes a difference to them."""
    name = None if reading == TEXT else reading
    found = {}
    for values in completions(staged, name).tried:
        meaning = Meaning(resolve(staged, name, values))
        found[procedures(meaning, incident, refusing=options.refusing, silent=options.silent)] = True
    return tuple(found)


def base_incident(case: LoadedCase, staged: StagedInstrument, objective: Objective) -> Incident:
    """The incident of an objective: its attacker and kind, in force, against whom it names or the one beneficiary."""
    zones = tuple(case.zones) or tuple(staged.model.zones)
    victim = objective.victim or next(name for name in case.beneficiaries if name != objective.attacker)
    named = [name for name in case.attackers if name not in ("any", victim)]
    return Incident(
        attacker=objective.attacker or named[0],
        victim=victim,
        kind=objective.kind,
        zone=objective.zone or case.main_zone or (zones[0] if zones else ""),
    )


def _duties(ways: Sequence[Procedure]) -> Iterator[Duty]:
    for one in ways:
        clocks = [link.hours for link in one.links if link.hours is not None]
        clock = one.bound if one.bound is not None else (clocks[-1] if clocks else None)
        spans = tuple((span.hour, span.owed, span.allowed) for span in one.spans)
        yield Duty(one.guarantor, one.clause, spans, one.binds, clock, one.state, one.legal)


def _names(places: Iterable[Place]) -> Iterator[str]:
    return iter(dict.fromkeys(f"{place.what}:{place.by}" for place in places))


def _check(case: LoadedCase, world: World | None, options: RaceOptions) -> None:
    """Names that the case does not know, all at once."""
    objectives = [] if world is None else [word for one in world.objectives for word in (one.id, one.kind)]
    staged = [one for one in case.instruments if not options.instruments or one.id in options.instruments]
    known: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
        "instrument of this case": (options.instruments, [one.id for one in case.instruments]),
        "reading": ([options.reading] if options.reading else [], [TEXT, *(r for one in staged for r in one.readings)]),
        "objective or kind of incident": (
            [options.incident] if options.incident else [],
            list(dict.fromkeys([*objectives, *KINDS])),
        ),
        "posture": ([options.posture] if options.posture else [], ["none", *(world.postures if world else ())]),
        "party": (sorted(options.refusing | options.silent), list(case.parties)),
    }
    problems = [
        Problem(
            None,
            f"`{name}` is not a known {what}",
            f"did you mean `{near}`?" if near else f"known: {', '.join(choices[:20])}",
        )
        for what, (names, choices) in known.items()
        for name in names
        if name not in choices
        for near in [nearest(name, choices)]
    ]
    if options.samples < 1:
        problems.append(Problem(None, f"`--samples`: found {options.samples}, expected at least one future"))
    if problems:
        raise BadInput(problems)
