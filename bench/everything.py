"""Item (h): everything with everything, in a process of its own: all texts, readings and rules, and all pairs compared.

The peer is the sum of the bare evaluations: the help that each text promises in good faith in every class of incidents,
under every reading and value, each form looked at anew. Nobody asks a rule there, nor who can stop the help.
"""

import gc
import json
import random
import resource
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from itertools import combinations
from pathlib import Path

from starts import ROOT, python
from timing import Row, seconds

from foedus.case.load import load
from foedus.case.resolve import completions, resolve
from foedus.case.shipped import instrument_ids
from foedus.case.stage import LoadedCase
from foedus.check.compare import compare, stage_for
from foedus.check.on_stage import on_stage
from foedus.check.rules import RULES
from foedus.check.run import Options
from foedus.check.run import run as run_all
from foedus.check.view import View
from foedus.errors import BadInput

FEW = 10
SEED = 1
EVERY = 3
"""Of the pairs beyond those of the few only every third is compared, so that the bench stays affordable."""
CASE = ROOT / "cases" / "ukraine-2026.yaml"


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of a piece of work beside its bare evaluations, and whether it is among the few."""

    ours: float
    bare: float
    of_few: bool


def everything() -> Iterator[Row]:
    """(h) What the process of its own tells."""
    told = json.loads(python(str(Path(__file__))).stdout)
    yield from (Row(**row) for row in told)


def main() -> None:
    """Do everything in one process, whose memory is then that of everything kept together."""
    gc.set_threshold(1_000_000)  # as the command line does, see foedus.cli
    rows = [
        *_rows(),
        Row("h peak memory of all this", _megabytes(), None, "MB", "one process; all reports kept; no peer"),
    ]
    print(json.dumps([asdict(row) for row in rows]))


def _rows() -> Iterator[Row]:
    cases = {id: load(id) for id in instrument_ids()}
    few = frozenset(random.Random(SEED).sample(sorted(cases), FEW))
    reports, ruled = [], []
    for id, case in cases.items():
        ours = seconds(lambda case=case: reports.append(run_all(case, Options(explain=False))))
        ruled.append(Timed(ours, seconds(partial(_bare, case, readings=True)), id in few))
    what = f"{len(cases)} texts, {len(RULES)} rules, {sum(len(report.findings) for report in reports)} findings, once"
    yield from _told("rules", ruled, what)

    compared, apart, common = [], 0, 0
    for one, other in combinations(cases, 2):
        try:
            stage = on_stage([cases[one], cases[other]], [one, other])
        except BadInput:
            apart += 1  # no state that both protect: nothing can be compared
            continue
        of_few, common = {one, other} <= few, common + 1
        if common % EVERY and not of_few:
            continue
        ours = seconds(partial(compare, stage, readings=False))
        compared.append(Timed(ours, seconds(partial(_bare, stage.case, readings=False)), of_few))
    what = f"{len(compared)} of {common} pairs (every third, and all of the few), without readings, once"
    what += f"; {apart} more protect no common state"
    yield from _told("pairs", compared, what)

    stage = stage_for([], str(CASE))
    found = compare(stage)
    ours, bare = seconds(partial(compare, stage)), seconds(partial(_bare, stage.case, readings=True))
    what = f"{len(stage.case.instruments)} texts, {len(found.relations)} pairs, readings and all"
    yield Row(f"h pairs of {CASE.stem}", ours, bare, "s", f"{what}; peer: the sum of the bare evaluations")


def _told(name: str, timed: list[Timed], what: str) -> Iterator[Row]:
    ours, bare = sum(one.ours for one in timed), sum(one.bare for one in timed)
    yield Row(f"h all {name}", ours, bare, "s", f"{what}; peer: the sum of the bare evaluations")
    few = [one for one in timed if one.of_few]
    growth = ours / bare, sum(one.ours for one in few) / sum(one.bare for one in few)
    what = f"seconds for each second of bare evaluation: all {len(timed)}, and the {len(few)} of {FEW} texts drawn"
    yield Row(f"h growth from {FEW} texts to all, {name}", *growth, "x", f"{what} (seed {SEED}); no growth is 1")


def _bare(case: LoadedCase, *, readings: bool) -> list[int]:
    """What is owed in good faith in every class of incidents, each form looked at by itself."""
    return [view.level(incident) for view in _views(case, readings=readings) for incident in view.help_classes()]


def _views(case: LoadedCase, *, readings: bool) -> Iterable[View]:
    for staged in case.instruments:
        for reading in (None, *(staged.readings if readings else ())):
            for completion in completions(staged, reading).tried:
                yield View(case, staged, resolve(staged, reading, completion))


def _megabytes() -> float:
    """The peak of this process. What Linux tells of a child by getrusage holds the peak of its parent as well."""
    status = Path("/proc/self/status")
    if status.exists():
        peak = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(peak.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
