"""The main job: check the instruments of a case, lay them side by side, run races and talks, answer its questions."""

from foedus.assessment import Assessment
from foedus.case.stage import LoadedCase
from foedus.check.matrix import matrix
from foedus.check.questions import answered
from foedus.check.relate import relations
from foedus.check.run import Options, Progress, asked_for, run_over, silent, unknown_rules
from foedus.check.views import Views
from foedus.errors import BadInput
from foedus.negotiate.run import negotiate
from foedus.race.finding import merged
from foedus.race.run import RaceOptions, race


def assess(case: LoadedCase, options: Options, progress: Progress = silent, *, seed: int = 1) -> Assessment:
    """Return everything this version can say of a case. ``seed`` draws its futures; nothing is read or written."""
    case = asked_for(case, options)
    if problems := unknown_rules(case):
        raise BadInput(problems)
    all_views = tuple(Views(case, staged) for staged in case.instruments)
    races = race(case, RaceOptions(options.instruments, seed=seed))
    report = merged(case, run_over(case, all_views, options, progress), races)
    cells = matrix(case, all_views)
    return Assessment(
        case=case,
        report=report,
        cells=cells,
        questions=answered(case, report),
        relations=relations(case, all_views),
        races=races,
        talks=negotiate(case, report.labels, cells),
    )
