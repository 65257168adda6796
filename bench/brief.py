"""A full brief of the Ukraine case: what each stage and format takes, and how much memory is held at most by then."""

import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from timing import Row

from foedus import __version__
from foedus.assess import assess
from foedus.brief.compose import composed
from foedus.brief.formats.registry import FORMATS, render
from foedus.brief.material import BriefOptions, MadeOf, gathered
from foedus.case.fingerprint import fingerprint
from foedus.case.load import load
from foedus.check.run import Options

CASE = Path(__file__).resolve().parents[1] / "cases" / "ukraine-2025.yaml"


def brief() -> Iterator[Row]:
    """One row for each stage, in the order in which they come, so that the slowest is seen."""
    start = perf_counter()
    case = load(CASE)
    yield row("load", start)
    start = perf_counter()
    found = assess(case, Options())
    yield row("assess (check, compare, race)", start)
    start = perf_counter()
    material = gathered(found, BriefOptions(), MadeOf(fingerprint(case), __version__))
    yield row("gather (dimensions, vetoes)", start)
    start = perf_counter()
    document = composed(material)
    yield row("compose", start)
    for ending in FORMATS:
        start = perf_counter()
        size = len(render(document, ending))
        yield row(f"write {ending}", start, f"{size / 1e6:.2f} MB, ")


def row(name: str, start: float, detail: str = "") -> Row:
    """A stage with its seconds and the most memory that the process has held so far."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return Row(f"brief: {name}", perf_counter() - start, None, "s", f"{detail}{most:.0f} MB held at most so far")
