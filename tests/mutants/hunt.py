"""Mutants against the rules: is a changed text told apart by a rule that is meant to see such a change?

    python tests/mutants/hunt.py                  hunt, write hunted.json and tell the figures
    python tests/mutants/hunt.py --each 5 --dry   a small hunt, told on the screen alone

What a mutant is, when it means something else and when it counts as seen is defined in docs/theory/mutants.md.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parent))  # tests are not a package

from asked import asked_otherwise
from intended import meant_for
from meanings import Two
from mutate import Mutant, mutants_of, written_out
from sameness import Difference, Differs, difference

from foedus.case.load import load
from foedus.case.resolve import Completion
from foedus.case.shipped import instrument_ids
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.check.rules import RULES
from foedus.check.view import View
from foedus.check.views import TEXT, Views
from foedus.errors import BadInput
from foedus.findings import Outcome
from foedus.law.incident import Incident
from foedus.law.meaning import Meaning

HERE: Final = Path(__file__).parent
STORED: Final = HERE / "hunted.json"
EACH: Final = 40
SEED: Final = 7
MOST_VALUES: Final = 4
"""Combinations of unknown values under which a text and its mutant are looked at."""
BY_CODE: Final = {rule.code: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one mutant: for whom it means something else, and which rules told it apart.

    ``asked`` is the first question of the list of checks that it answers otherwise, looked for in the same way;
    ``seen`` are rules meant for the field, ``narrow`` those of them that see it in the narrow sense; ``others`` are
    the rules that see what no rule meant for it does, looked for only where the meaning differs for the case.
    """

    text: str
    field: str
    at: str
    value: str
    differs: str
    part: str
    seen: tuple[str, ...]
    narrow: tuple[str, ...]
    others: tuple[str, ...] = ()
    asked: str = ""


def hunted(ids: Iterable[str], each: int, seed: int) -> Iterator[Row]:
    """Hunt a sample of the mutants of each of some shipped texts."""
    for id in ids:
        yield from Hunter(load(id)).sample(each, seed)


class Hunter:
    """Hunts the mutants of one text."""

    def __init__(self, case: LoadedCase) -> None:
        self.case = case
        self.original = written_out(case.instruments[0])
        self.views = Views(case, self.original)
        tried = self.views.completions(TEXT).tried
        self.values: list[Completion] = list(tried[:: -(-len(tried) // MOST_VALUES)])
        self._said: dict[tuple[str, int], Outcome] = {}
        self._meanings: dict[int, Meaning] = {}

    def sample(self, each: int, seed: int) -> Iterator[Row]:
        """Draw mutants evenly over the fields and hunt them; one that the language refuses is replaced by another."""
        by_field: dict[str, list[Mutant]] = defaultdict(list)
        for mutant in mutants_of(self.case.instruments[0]):
            by_field[mutant.field].append(mutant)
        rng = random.Random(f"{seed}:{self.case.id}")
        fields = list(by_field)
        rng.shuffle(fields)
        for mutants in by_field.values():
            rng.shuffle(mutants)
        found = 0
        while found < each and any(by_field.values()):
            for field in fields:
                row = self.row(by_field[field].pop()) if by_field[field] and found < each else None
                if row is not None:
                    found += 1
                    yield row

    def row(self, mutant: Mutant) -> Row | None:
        """What becomes of a mutant; ``None`` where the language refuses it under some value of what is not known."""
        views = Views(replace(self.case, instruments=(mutant.staged,)), mutant.staged)
        try:
            pairs = [(self._view(self.views, value), self._view(views, value)) for value in self.values]
        except (ValueError, BadInput):
            return None
        meant = meant_for(mutant.field).rules
        told = {code: self._told_apart(code, pairs, views) for code in meant}
        found = self._difference(mutant.staged, pairs)
        seen = tuple(code for code, how in told.items() if how)
        differs = found.differs is Differs.FOR_THE_CASE
        missed = differs and not seen
        return Row(
            text=self.case.id,
            field=mutant.field,
            at=".".join(map(str, mutant.path)),
            value=json.dumps(mutant.value, ensure_ascii=False),
            differs=found.differs.value,
            part=found.part,
            seen=seen,
            narrow=tuple(code for code, how in told.items() if how == "narrow"),
            others=tuple(code for code in BY_CODE if missed and self._told_apart(code, pairs, views)),
            asked=self._asked(mutant.staged, pairs) if differs else "",
        )

    @staticmethod
    def _view(views: Views, value: Completion) -> View:
        return views.view(views.forms.form(None, value))

    def _told_apart(self, code: str, pairs: list[tuple[View, View]], views: Views) -> str:
        """How a rule tells the two apart under some value: ``narrow``, ``wide`` or not at all."""
        how = ""
        for one, other in pairs:
            key = (code, id(one))
            if key not in self._said:
                self._said[key] = self.views.outcome(BY_CODE[code], one)
            before, after = self._said[key], views.outcome(BY_CODE[code], other)
            if _narrow(before) != _narrow(after):
                return "narrow"
            if _wide(before) != _wide(after):
                how = "wide"
        return how

    def _meaning(self, view: View) -> Meaning:
        """The original, read afresh: what the rules have asked of it before is not shared."""
        return self._meanings.setdefault(id(view), Meaning(view.form))

    def _asked(self, staged: StagedInstrument, pairs: list[tuple[View, View]]) -> str:
        """The first question that is answered otherwise under some value."""
        twos = (Two(self.case, self.original, self._meaning(one), other.form) for one, other in pairs)
        return next((found for two in twos if (found := asked_otherwise(two, self.original, staged))), "")

    def _difference(self, staged: StagedInstrument, pairs: list[tuple[View, View]]) -> Difference:
        """The widest difference under some value."""
        order = list(Differs)
        best = Difference(Differs.NOWHERE)
        for one, other in pairs:
            found = difference(Two(self.case, self.original, self._meaning(one), other.form), self.original, staged)
            if order.index(found.differs) < order.index(best.differs):
                best = found
            if best.differs is Differs.FOR_THE_CASE:
                break
        return best


def _narrow(outcome: Outcome) -> tuple[object, ...]:
    """Verdict, incident, levels, and who can stop the help; the number is part of that."""
    return (
        outcome.verdict, _timeless(outcome.incident), outcome.promised_level, outcome.weakest_level, outcome.most_level,
        outcome.lawful, outcome.practical,
    )  # fmt: skip


def _wide(outcome: Outcome) -> tuple[object, ...]:
    """What else is told of an outcome."""
    return (
        outcome.kind, outcome.refusing, outcome.clauses, tuple(map(_timeless, outcome.holes)),
        _timeless(outcome.elsewhere), outcome.lost, outcome.judge, outcome.marks, outcome.silent,
        outcome.protections, outcome.adds_nothing,
        tuple(replace(clash, incident=_timeless(clash.incident)) for clash in outcome.conflicts),
        outcome.steps, outcome.hours, outcome.clocks, outcome.exit, outcome.open_at, outcome.let_off,
    )  # fmt: skip


def _timeless(incident: Incident | None) -> Any:
    """An incident without its hours: every incident of a text takes these from the longest time that the text names."""
    return incident and replace(incident, lasting=0, hour=0)


def _one_text(task: tuple[str, int, int]) -> list[Row]:
    id, each, seed = task
    return list(hunted([id], each, seed))


def main() -> None:
    """Hunt, tell the figures, and store them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=EACH, help="mutants drawn of every text")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--text", action="append", help="one text alone; may be given again")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args()
    started = time.perf_counter()
    tasks = [(id, options.each, options.seed) for id in options.text or instrument_ids()]
    rows: list[Row] = []
    with ProcessPoolExecutor(options.jobs) as pool:
        for task, found in zip(tasks, pool.map(_one_text, tasks), strict=True):
            rows += found
            print(f"{task[0]}: {len(found)} ({time.perf_counter() - started:.0f} s)", file=sys.stderr, flush=True)
    from page import figures, write_page

    print(figures(rows, options.each, options.seed))
    if not options.dry:
        store(rows, options.each, options.seed)
        write_page(rows)


def store(rows: list[Row], each: int, seed: int) -> None:
    """Write the result, a mutant a line: the values of its row in their order."""
    lines = ",\n".join(json.dumps(list(asdict(row).values()), ensure_ascii=False) for row in rows)
    keys = json.dumps([field.name for field in fields(Row)])
    text = f'{{"each": {each}, "seed": {seed}, "keys": {keys}, "rows": [\n{lines}\n]}}\n'
    STORED.write_text(text, encoding="utf-8", newline="\n")


def stored() -> tuple[list[Row], int, int]:
    """The stored result: its rows, how many of every text were drawn, and the seed."""
    found: Any = json.loads(STORED.read_text(encoding="utf-8"))
    lists: list[list[Any]] = [
        [tuple(part) if isinstance(part, list) else part for part in row] for row in found["rows"]
    ]
    rows = [Row(*row) for row in lists]
    return rows, found["each"], found["seed"]


if __name__ == "__main__":
    main()
