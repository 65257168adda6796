"""The table of forms: every kind of incident under every instrument, over all readings and unknown values."""

from collections.abc import Iterable
from dataclasses import replace

from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.check.asked import Asked, UndecidedError
from foedus.check.view import View
from foedus.check.views import TEXT, Views
from foedus.findings import Cell
from foedus.law.incident import Incident
from foedus.law.records import Stoppers
from foedus.wording import Speaker


def matrix(case: LoadedCase, all_views: Iterable[Views]) -> tuple[Cell, ...]:
    """Return one cell for each instrument and kind of incident: the first attacker and place, each kind in turn."""
    return tuple(cell for views in all_views for cell in _row(case, views))


def _row(case: LoadedCase, views: Views) -> Iterable[Cell]:
    staged = views.staged
    by_form = {id(view): view for reading in (TEXT, *staged.readings) for _, view in views.of(reading)}
    if not by_form:
        return
    first = next(iter(by_form.values()))
    for kind in first.space.kinds:
        yield _cell(case, staged, list(by_form.values()), replace(first.base, kind=kind))


def _cell(case: LoadedCase, staged: StagedInstrument, views: list[View], incident: Incident) -> Cell:
    promised, weakest, most, found = [], [], [], []
    undecided = False
    for view in views:
        try:
            level = view.level(incident)
            promised.append(level)
            weakest.append(view.level(incident, Asked(refusing=view.unwilling(incident))))
            most.append(view.most(incident))
            if level:
                found.append(view.stoppers(incident, level, practical=False))
        except UndecidedError:
            undecided = True
    return Cell(
        instrument=staged.id,
        incident=incident,
        promised=_range(promised),
        weakest=_range(weakest),
        most=_range(most) if most else None,
        lawful_number=_numbers(found),
        stoppers=_words(found, Speaker(case)),
        depends=undecided or len(set(promised)) > 1 or len({stoppers.number for stoppers in found}) > 1,
    )


def _range(values: list[int]) -> tuple[int, int]:
    return (min(values), max(values)) if values else (0, 0)


def _numbers(found: list[Stoppers]) -> tuple[int | None, int | None]:
    """The fewest who can lawfully stop the help, and the most that may be needed; ``None`` is nobody."""
    if not found:
        return 0, 0
    numbers = [stoppers.number for stoppers in found]
    finite = [number for number in numbers if number is not None]
    return (min(finite) if finite else None), (None if None in numbers else max(finite))


def _words(found: list[Stoppers], speaker: Speaker) -> tuple[str, ...]:
    """Who can stop it at worst, and at best where that differs: fewest first, nobody last."""
    if not found:
        return ()
    ranked = sorted(found, key=lambda stoppers: (stoppers.number is None, stoppers.number or 0))
    return tuple(dict.fromkeys((speaker.stoppers(ranked[0]), speaker.stoppers(ranked[-1]))))
