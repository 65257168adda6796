"""The brief of the Ukraine case, every stage and every format: how long each takes, and what memory it adds."""

import multiprocessing
import resource
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter

from timing import Row

from foedus.assess import assess
from foedus.brief.compose import composed
from foedus.brief.document import Document
from foedus.brief.formats.registry import FORMATS, render
from foedus.brief.material import BriefOptions, MadeOf, gathered
from foedus.case.load import load
from foedus.check.run import Options

CASE = Path(__file__).resolve().parents[1] / "cases" / "ukraine-2025.yaml"


def brief() -> Iterator[Row]:
    """Seconds of each stage before a format is chosen, then of each format in a process of its own."""
    start = perf_counter()
    case = load(CASE)
    loaded = perf_counter()
    found = assess(case, Options())
    assessed = perf_counter()
    document = composed(gathered(found, BriefOptions(), MadeOf(None, "bench")))
    told = perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Row("brief of Ukraine 2025, load", loaded - start, None, "s", "the case and its texts")
    yield Row("brief of Ukraine 2025, assess", assessed - loaded, None, "s", "every check and race")
    yield Row("brief of Ukraine 2025, compose", told - assessed, None, "s", f"the document; {peak:.0f} MiB so far")
    for ending in FORMATS:
        took, added, size = _apart(document, ending)
        detail = f"{size / 1e6:.2f} MB; {added:.0f} MiB more"
        yield Row(f"brief of Ukraine 2025, {ending}", took, None, "s", detail)


def _apart(document: Document, ending: str) -> tuple[float, float, int]:
    """Seconds, MiB and bytes of one format; a copy of this process writes it, so that none finds the way prepared."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    child = context.Process(target=_write, args=(document, ending, theirs))
    child.start()
    took, added, size = ours.recv()
    child.join()
    return took, added, size


def _write(document: Document, ending: str, answer: Connection) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = perf_counter()
    size = len(render(document, ending))
    took = perf_counter() - start
    answer.send((took, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, size))
