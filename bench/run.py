"""Timings beside the peers, to the screen and to out/bench.json. No time is ever asserted: a machine may be busy."""

import gc
import json
import sys
from pathlib import Path
from time import perf_counter

import laws
import starts
from timing import Row

import brief
import race

OUT = Path(__file__).resolve().parents[1] / "out" / "bench.json"
ITEMS = (
    laws.rules, laws.library, laws.large, laws.bodies, starts.cold, starts.reading, starts.hostile, race.race,
    brief.brief,
)  # fmt: skip


def shown(row: Row) -> str:
    """One line of the table."""
    peer = "" if row.peer is None else f"{row.peer:.3f}"
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}x"
    gate = "" if row.gate is None else f"{row.gate:g}x {row.verdict()}"
    return f"{row.name:<38} {row.ours:>9.3f} {peer:>9} {row.unit:<2} {ratio:>8}  {gate:<10} {row.detail}"


def main() -> None:
    gc.set_threshold(1_000_000)  # as the command line does, see foedus.cli; the peers have the same
    start = perf_counter()
    print(f"{'':<38} {'ours':>9} {'peer':>9} {'':<2} {'ratio':>8}  gate")
    rows = []
    for item in ITEMS:
        for row in item():
            rows.append(row)
            print(shown(row), flush=True)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps([row.record() for row in rows], indent=2) + "\n", encoding="utf-8")
    missed = [row.name for row in rows if row.verdict() == "missed"]
    print(f"{len(rows)} timings in {perf_counter() - start:.0f} s; gates missed: {', '.join(missed) or 'none'}")


if __name__ == "__main__":
    sys.exit(main())
