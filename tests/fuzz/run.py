"""Feeds damaged files to the readers: `python tests/fuzz/run.py --inputs 100000 --seed 1`.

Only BadInput may be raised, within two seconds.  Any other input is kept in `crashes/`, where
`test_crashes.py` replays it, and the run exits 3.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CRASHES = HERE / "crashes"
SLOW_SECONDS = 2.0
CORPUS = ("tests/cases/**/*.yaml", "src/foedus/library/instruments/*.yaml", "cases/*.yaml")
LARGEST = 20_000

sys.path.insert(0, str(ROOT / "src"))

from foedus.case.text import decode  # noqa: E402
from foedus.case.tree import parse, plain  # noqa: E402
from foedus.errors import BadInput  # noqa: E402

Feed = Callable[[bytes], None]

SEED_FILE = b"""# a guarantee
parties: &p
  issuer: {name: "Bank \\u00e9", country: NO}
  holders: [a, 'b''s', c d]
terms:
  - on: 2025-08-22
    rate: 0.25
    text: |
      several lines
        of text
  - *p
note: >-
  folded: text
"""
TOKENS = (
    ": ", ":", "- ", "-", "? ", "?", "[", "]", "{", "}", ",", ", ", "#", " # c", "&a ", "*a", "*a ", "!x ", "!!str ",
    "|", "|2\n", ">-\n", "'", '"', "\n", "\n  ", "\n    ", "\n ", "\t", " ", "  ", "---\n", "...\n", "%YAML 1.2\n",
    "<<: ", "a", "b", "key: ", "key: value\n", "NO", "1", "0x1F", "1e400", ".nan", "~", "true", "\\", '"\\x41"',
    '"\\U00110000"', '"\\ud800"', "\r\n", "\r", "\x00", "\x85", "\u2028", "\ufeff", "\u00a0", "é", "😀", "@", "`", "%",
    "9" * 200, "[" * 70, "- " * 70, "x" * 1100,
)


def main() -> int:
    """Parses the arguments and runs; the exit code is 3 if any input was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    chosen = parser.parse_args()
    found = False
    for name, feed in targets():
        found |= run(name, feed, chosen.inputs, chosen.seed, chosen.seconds)
    return 3 if found else 0


def targets() -> list[tuple[str, Feed]]:
    """Every reader that exists: the bottom layer, and the whole loader once it is written."""
    found: list[tuple[str, Feed]] = [("tree.parse", feed_tree)]
    try:
        load_bytes = importlib.import_module("foedus.case.load").load_bytes
    except (ImportError, AttributeError):
        return found
    return [*found, ("load.load_bytes", lambda data: _ignored(load_bytes(data, "fuzz.yaml")))]


def feed_tree(data: bytes) -> None:
    """The bottom layer: bytes to text, tree and plain data."""
    plain(parse(decode(data, "fuzz.yaml"), "fuzz.yaml"))


def run(name: str, feed: Feed, inputs: int, seed: int, seconds: float) -> bool:
    """Feeds one target; says whether any input was kept."""
    started = time.perf_counter()
    read = refused = kept = 0
    for data in generated(inputs, seed):
        result = outcome(feed, data)
        read += result == "read"
        refused += result == "refused"
        if result not in ("read", "refused"):
            kept += 1
            print(f"{name}: {result}: kept as {keep(data)}")
        if time.perf_counter() - started > seconds:
            break
    spent, total = time.perf_counter() - started, read + refused + kept
    print(f"{name}: {total} inputs in {spent:.1f} s, {total / spent:.0f} per second,"
          f" {read} read, {refused} refused, {kept} kept")
    return kept > 0


def fuzz(feed: Feed, inputs: int = 1_000, seed: int = 0) -> None:
    """Feeds generated inputs; raises AssertionError, after keeping it, for the first bad one."""
    for data in generated(inputs, seed):
        result = outcome(feed, data)
        assert result in ("read", "refused"), f"{result}: kept as {keep(data)}"


def outcome(feed: Feed, data: bytes) -> str:
    """`read`, `refused`, or what else happened."""
    started = time.perf_counter()
    result = "read"
    try:
        feed(data)
    except BadInput as error:
        result = "refused" if error.problems and str(error) else "BadInput that says nothing"
    except Exception as error:  # noqa: BLE001 - whatever else is raised is what we look for
        result = f"{type(error).__name__}: {str(error)[:100]}"
    spent = time.perf_counter() - started
    return f"took {spent:.1f} s" if spent > SLOW_SECONDS else result


def keep(data: bytes) -> Path:
    """Saves an input for `test_crashes.py`."""
    CRASHES.mkdir(exist_ok=True)
    path = CRASHES / f"{hashlib.sha256(data).hexdigest()[:16]}.yaml"
    path.write_bytes(data)
    return path


def generated(inputs: int, seed: int) -> Iterator[bytes]:
    """The same inputs for the same seed and corpus."""
    chance = random.Random(seed)
    files = corpus()
    for _ in range(inputs):
        yield soup(chance) if chance.random() < 0.4 else mutated(chance, files)[:LARGEST]


def corpus() -> list[bytes]:
    """The YAML files of the project, less those too long to be read often."""
    paths = sorted(path for pattern in CORPUS for path in ROOT.glob(pattern))
    files = [path.read_bytes() for path in paths]
    return [SEED_FILE] + [data for data in files if len(data) <= LARGEST]


def soup(chance: random.Random) -> bytes:
    """A few tokens of YAML in any order."""
    text = "".join(chance.choice(TOKENS) for _ in range(chance.randint(1, 30)))
    encoding = "utf-8" if chance.random() < 0.97 else chance.choice(("utf-16", "utf-16-le", "cp1252"))
    return text.encode(encoding, "replace")


def mutated(chance: random.Random, files: list[bytes]) -> bytes:
    """A part of some file with a few changes."""
    lines = chance.choice(files).splitlines(keepends=True)
    start = chance.randrange(max(1, len(lines)))
    # Parts keep 100,000 inputs within minutes; one in twenty is fed whole.
    data = b"".join(lines if chance.random() < 0.05 else lines[start : start + chance.randint(1, 25)])
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(CHANGES)(chance, data)
    return data


def _insert(chance: random.Random, data: bytes) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(TOKENS).encode() + data[at:]


def _delete(chance: random.Random, data: bytes) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + data[at + chance.randint(1, 8) :]


def _byte(chance: random.Random, data: bytes) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randint(0, len(data))]


def _move(chance: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    if lines:
        line = lines.pop(chance.randrange(len(lines)))
        lines.insert(chance.randint(0, len(lines)), b" " * chance.randint(0, 4) + line)
    return b"".join(lines)


def _repeat(chance: random.Random, data: bytes) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + data[at : at + chance.randint(1, 40)] * chance.randint(2, 5) + data[at:]


CHANGES = (_insert, _insert, _delete, _byte, _cut, _move, _repeat)


def _ignored(_: object) -> None:
    return None


if __name__ == "__main__":
    sys.exit(main())
