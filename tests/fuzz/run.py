"""Feeds damaged and odd files to the whole loader: `python tests/fuzz/run.py --inputs 100000 --seed 1`.

Only BadInput may be raised, within two seconds of one processor; what is accepted must have a meaning (a form
and its choices).
Any other input is made as small as it still fails, and kept in `crashes/`, where `test_crashes.py` feeds it again;
the run then exits 3.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing import Pool
from pathlib import Path

HERE = Path(__file__).resolve().parent
CRASHES = HERE / "crashes"
SLOW_SECONDS = 2.0
CHUNK = 250
SMALLER_SECONDS = 20.0

sys.path[:0] = [str(HERE), str(HERE.parents[1] / "src")]

from fuzz_inputs import Corpus, made  # noqa: E402

from foedus.case.load import load_bytes  # noqa: E402
from foedus.case.resolve import completions, resolve  # noqa: E402
from foedus.case.text import decode  # noqa: E402
from foedus.case.tree import parse, plain  # noqa: E402
from foedus.errors import BadInput  # noqa: E402
from foedus.law.choices import choices_of  # noqa: E402

Feed = Callable[[bytes], None]
GOOD = ("accepted", "refused: text", "refused: model or names")
CORPUS: list[Corpus] = []  # the one of this process


def feed_tree(data: bytes) -> None:
    """The bottom layer: bytes to text, tree and plain data."""
    plain(parse(decode(data, "fuzz.yaml"), "fuzz.yaml"))


def feed_loader(data: bytes) -> None:
    """The whole loader; then the form of every instrument, under the text and under each reading."""
    for staged in load_bytes(data, "fuzz.yaml").instruments:
        for reading in (None, *staged.readings):
            filled = completions(staged, reading)
            for completion in filled.tried[:2]:
                choices_of(resolve(staged, reading, completion))


def targets() -> list[tuple[str, Feed]]:
    """Every reader, by name."""
    return [("tree.parse", feed_tree), ("load.load_bytes", feed_loader)]


def outcome(feed: Feed, data: bytes) -> str:
    """One of GOOD, or what else happened and where."""
    started = time.process_time()
    result = "accepted"
    try:
        feed(data)
    except BadInput as error:
        of_text = all(problem.code in ("syntax", "encoding", "file") for problem in error.problems)
        result = "refused: text" if of_text else "refused: model or names"
        if not error.problems or not str(error).strip():
            result = "BadInput that says nothing"
    except Exception as error:  # noqa: BLE001 - whatever else is raised is what we look for
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "foedus" in frame.filename]
        where = f"{Path(frames[-1].filename).name}:{frames[-1].name}" if frames else "?"
        result = f"{type(error).__name__} in {where}: {str(error)[:80]}"
    spent = time.process_time() - started
    return f"took {spent:.1f} s" if spent > SLOW_SECONDS else result


def kind_of(result: str) -> str:
    """The same for results that are one fault."""
    return "took too long" if result.startswith("took") else result.split(": ", maxsplit=1)[0]


def smaller(feed: Feed, data: bytes, kind: str) -> bytes:
    """As few lines, then as few pieces, as still fail in the same way."""
    until = time.perf_counter() + SMALLER_SECONDS
    for pattern in (rb".*\n|.+", rb"[\w-]+|\s+|.", rb"(?s)."):
        parts = re.findall(pattern, data)
        size = len(parts) // 2
        while size and len(parts) < 20_000 and time.perf_counter() < until:
            at = 0
            while at < len(parts) and time.perf_counter() < until:
                tried = parts[:at] + parts[at + size :]
                if kind_of(outcome(feed, b"".join(tried))) == kind:
                    parts = tried
                else:
                    at += size
            size //= 2
        data = b"".join(parts) if kind_of(outcome(feed, b"".join(parts))) == kind else data
    return data


def keep(data: bytes) -> Path:
    """Saves an input for `test_crashes.py`."""
    CRASHES.mkdir(exist_ok=True)
    path = CRASHES / f"{hashlib.sha256(data).hexdigest()[:16]}.yaml"
    path.write_bytes(data)
    return path


def fed(seed: int, start: int, stop: int) -> tuple[Counter[str], dict[str, tuple[str, bytes]]]:
    """Feeds some inputs; how many had each outcome, and of each fault the shortest input."""
    count: Counter[str] = Counter()
    faults: dict[str, tuple[str, bytes]] = {}
    for number in range(start, stop):
        data = made(CORPUS[0], seed, number)
        result = outcome(feed_loader, data)
        kind = result if result in GOOD else kind_of(result)
        count[kind] += 1
        if kind not in GOOD and (kind not in faults or len(data) < len(faults[kind][1])):
            faults[kind] = (result, data)
    return count, faults


def fuzz(feed: Feed, inputs: int, seed: int, files: tuple[str, ...]) -> Counter[str]:
    """Feeds a few inputs made of some files; raises AssertionError for the first bad one."""
    corpus = Corpus(files)
    count: Counter[str] = Counter()
    for number in range(inputs):
        data = made(corpus, seed, number)
        result = outcome(feed, data)
        count[result] += 1
        assert result in GOOD, f"{result}: kept as {keep(data)}"
    return count


def _chunk(job: tuple[int, int, int]) -> tuple[Counter[str], dict[str, tuple[str, bytes]]]:
    return fed(*job)


def _jobs(seed: int, inputs: int) -> Iterator[tuple[int, int, int]]:
    return ((seed, start, min(start + CHUNK, inputs)) for start in range(0, inputs, CHUNK))


def main() -> int:
    """Parses the arguments and runs; the exit code is 3 if any input was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args()
    started = time.perf_counter()
    count: Counter[str] = Counter()
    faults: dict[str, tuple[str, bytes]] = {}
    corpus = Corpus()
    print(
        f"{len(corpus.texts)} files, {len(corpus.valid)} small valid ones made of them, in"
        f" {time.perf_counter() - started:.0f} s",
        flush=True,
    )
    with Pool(chosen.processes, CORPUS.append, (corpus,)) as pool:
        for counted, found in pool.imap_unordered(_chunk, _jobs(chosen.seed, chosen.inputs)):
            count += counted
            for kind, (result, data) in found.items():
                if kind not in faults or len(data) < len(faults[kind][1]):
                    faults[kind] = (result, data)
            if count.total() % (40 * CHUNK) == 0:
                print(f"  {count.total()} inputs, {len(faults)} faults", flush=True)
    spent, total = time.perf_counter() - started, count.total()
    print(f"{total} inputs in {spent:.0f} s, {total / spent:.0f} per second, {chosen.processes} processes")
    for kind, number in count.most_common():
        print(f"  {number:>7}  {number / total:6.1%}  {kind}")
    for kind, (result, data) in faults.items():
        print(f"{result}: kept as {keep(smaller(feed_loader, data, kind)).relative_to(HERE)}")
    return 3 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
