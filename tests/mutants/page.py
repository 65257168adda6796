"""The figures of a hunt, as they are told on the screen."""

from __future__ import annotations

from collections import Counter
from typing import Any


def figures(rows: list[Any], each: int, seed: int) -> str:
    """For each class how many were seen; then, for the first, by field, and the parts that were missed."""
    lines = [f"{each} of every text, seed {seed}"]
    for differs in ("for the case", "elsewhere", "nowhere"):
        own = [row for row in rows if row.differs == differs]
        seen, narrow = sum(bool(row.seen) for row in own), sum(bool(row.narrow) for row in own)
        lines.append(f"{differs}: {len(own)}, seen {seen}, narrow {narrow}")
    own = [row for row in rows if row.differs == "for the case"]
    drawn, seen_by = Counter(row.field for row in own), Counter(row.field for row in own if row.seen)
    own = [row for row in own if row.asked]
    lines.append(f"asked: {len(own)}, seen {sum(bool(row.seen) for row in own)}")
    lines.append(f"asked, missed: {Counter((row.asked, row.field) for row in own if not row.seen)}")
    lines += [f"  {field}: {seen_by[field]}/{drawn[field]}" for field in sorted(drawn)]
    lines.append(str(Counter(row.part for row in own if not row.seen)))
    return "\n".join(lines)
