"""Mutants against the rules: is a changed text told apart by a rule that is meant to see such a change?

    python tests/mutants/hunt.py --count 1500 --seed 7 [--page docs/theory/mutants.md]

A mutant is caught if what an intended rule says of the text alone differs from what it says of the original: verdict,
incident, levels, who can stop the help, which clauses, which steps. C22 is the comparison of the two texts: their
dimensions, or which is stronger. A mutant whose resolved text is the same is none and is left out.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from mutate import Mutant, mutants_of, written_out

from foedus.case.load import load
from foedus.case.resolve import resolve
from foedus.case.shipped import instrument_ids
from foedus.case.stage import LoadedCase
from foedus.check.asked import UndecidedError
from foedus.check.dimensions import under
from foedus.check.relate import relations
from foedus.check.rules import RULES
from foedus.check.views import TEXT, Views
from foedus.findings import Outcome
from foedus.law.relation import Order

COMPARE = "C22"
INTENDED: dict[str, tuple[str, ...]] = {
    "binding": ("C24",),
    "body.abstention": ("C03", "C04", "C17"),
    "body.excluded": ("C03", "C10", "C04"),
    "body.members": ("C03", "C04"),
    "body.of": ("C03", "C04", "C17"),
    "body.only_if_member": ("C03", "C10"),
    "body.outside_veto": ("C03", "C04"),
    "body.quorum": ("C03", "C04", "C17"),
    "body.rule": ("C03", "C04"),
    "body.silence": ("C17",),
    "body.veto": ("C03", "C04"),
    "body.weights": ("C03", "C04"),
    "clause.after": ("C14", "C16", "C17", "C01"),
    "clause.against_beneficiary": ("C01",),
    "clause.bearers": ("C01", "C25", "C04"),
    "clause.consents": ("C15", "C16"),
    "clause.consequence": ("C19",),
    "clause.deadline": ("C16",),
    "clause.decision": ("C03", "C04", "C17", "C16"),
    "clause.default": ("C17", "C16"),
    "clause.domestic": ("C13", "C16"),
    "clause.forbids": ("C12", "C21"),
    "clause.judge": ("C05", "C03", "C17", "C16"),
    "clause.kind": ("C01", "C02", "C20", "C21", "C24"),
    "clause.leads_to": ("C03", "C20", "C09"),
    "clause.most_level": ("C12", "C21"),
    "clause.overrides": ("C12",),
    "clause.releases": ("C18",),
    "clause.request": ("C06", "C16"),
    "clause.response.least": ("C01", "C02", "C25", "C12"),
    "clause.response.means_chosen_by": ("C05", "C02"),
    "clause.response.most": ("C01", "C05", "C25", "C21"),
    "clause.response.differs": ("C02", "C25"),
    "clause.structure": ("C11", "C10"),
    "clause.subject_to": ("C12",),
    "clause.to": ("C01", "C25", "C21"),
    "clause.unless": ("C03", "C04", "C17"),
    "clause.until": ("C03", "C04", "C17"),
    "clause.when.attacker": ("C07", "C10", "C01"),
    "clause.when.kind": ("C09", "C01"),
    "clause.when.lasting": ("C01", "C09"),
    "clause.when.object": ("C08",),
    "clause.when.phase": ("C18", "C01"),
    "clause.when.unprovoked": ("C23", "C09"),
    "clause.when.victim": ("C01", "C25"),
    "clause.when.zone": ("C08", "C01"),
    "exit": ("C18",),
}
"""For each field (or the fields below it) the rules that are meant to see a change there; C22 besides for all."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one mutant: the rules that told it apart, or why none could."""

    mutant: Mutant
    caught_by: tuple[str, ...]
    why_not: str | None = None


def hunted(ids: Iterable[str], count: int, seed: int) -> Iterator[Result]:
    """Hunt a sample of the mutants of some shipped texts, drawn evenly over fields so that rare ones occur."""
    cases = {id: load(id) for id in ids}
    drawn = _drawn(cases, count, seed)
    for id, mutants in drawn.items():
        hunter = Hunter(cases[id])
        for mutant in mutants:
            yield hunter.result(mutant)


def _drawn(cases: dict[str, LoadedCase], count: int, seed: int) -> dict[str, list[Mutant]]:
    by_field: dict[str, list[Mutant]] = defaultdict(list)
    for case in cases.values():
        original = resolve(case.instruments[0])
        for mutant in mutants_of(case.instruments[0]):
            if resolve(mutant.staged) != original or mutant.field == "binding":
                by_field[mutant.field].append(mutant)
    rng = random.Random(seed)
    for mutants in by_field.values():
        rng.shuffle(mutants)
    chosen: list[Mutant] = []
    while len(chosen) < count and any(by_field.values()):
        chosen += [mutants.pop() for mutants in by_field.values() if mutants]
    drawn: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in chosen[:count]:
        drawn[mutant.staged.id].append(mutant)
    return drawn


class Hunter:
    """Hunts the mutants of one text."""

    def __init__(self, case: LoadedCase) -> None:
        self.case = case
        self.original = written_out(case.instruments[0])
        self.views = Views(case, self.original)
        self._said: dict[str, tuple[object, ...]] = {}

    def result(self, mutant: Mutant) -> Result:
        views = Views(replace(self.case, instruments=(mutant.staged,)), mutant.staged)
        rules = intended(mutant.field)
        caught = tuple(code for code in rules if self._told(code) != _told(views, code))
        if caught:
            return Result(mutant, caught)
        try:
            if self._compared(views):
                return Result(mutant, (COMPARE,))
        except UndecidedError:
            return Result(mutant, (), "the comparison could not be settled")
        return Result(mutant, (), "nothing that is owed in any incident looked at differs, nor any dimension")

    def _told(self, code: str) -> tuple[object, ...]:
        if code not in self._said:
            self._said[code] = _told(self.views, code)
        return self._said[code]

    def _compared(self, views: Views) -> bool:
        """Whether the two texts differ in a dimension, or one is not equal to the other."""
        if under(self.views, TEXT).values != under(views, TEXT).values:
            return True
        other = replace(views.staged, id="mutant")
        case = replace(self.case, instruments=(self.original, other))
        pair = (Views(case, self.original), Views(case, other))
        return any(set(relation.orders) != {Order.EQUAL} for relation in relations(case, pair, drafts=True))


def intended(field: str) -> tuple[str, ...]:
    """The rules for a field, or for the nearest field above it."""
    while field not in INTENDED:
        field = field.rpartition(".")[0]
    return INTENDED[field]


BY_CODE = {rule.code: rule for rule in RULES}


def _told(views: Views, code: str) -> tuple[object, ...]:
    rule = BY_CODE[code]
    return tuple(_parts(views.outcome(rule, view)) for _, view in views.of(TEXT))


def _parts(outcome: Outcome) -> tuple[object, ...]:
    """What is told of an outcome; a parsed record is not comparable to one of another text by identity."""
    return (
        outcome.verdict, outcome.incident, outcome.refusing, outcome.clauses, outcome.promised_level,
        outcome.weakest_level, outcome.most_level, outcome.lawful, outcome.practical, outcome.kind, outcome.holes,
        outcome.elsewhere, outcome.lost, outcome.judge, outcome.marks, outcome.silent, outcome.protections,
        outcome.adds_nothing, outcome.conflicts, outcome.steps, outcome.hours, outcome.exit, outcome.open_at,
    )  # fmt: skip


def main() -> None:
    """Hunt, print, and write the page where one is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--page", type=Path)
    options = parser.parse_args()
    started = time.perf_counter()
    results = []
    for result in hunted(instrument_ids(), options.count, options.seed):
        results.append(result)
        if sys.stderr.isatty():
            print(f"\r{len(results)}/{options.count}", end="", file=sys.stderr)
    text = page(results, options.count, options.seed)
    print(text)
    print(f"{time.perf_counter() - started:.0f} s", file=sys.stderr)
    if options.page:
        options.page.write_text(text, encoding="utf-8", newline="\n")


def page(results: list[Result], count: int, seed: int) -> str:
    """The page of the documentation: per field how many were drawn, caught, and by which rules; then the survivors."""
    caught = [result for result in results if result.caught_by]
    by_rule = [result for result in caught if result.caught_by != (COMPARE,)]
    lines = [
        "# Texts with one place changed",
        "",
        f"Made by `python tests/mutants/hunt.py --count {count} --seed {seed} --page docs/theory/mutants.md`. Every",
        "change of one place that the schema allows is made, in every shipped text; of these a sample is drawn evenly",
        "over the fields. A change is seen if a rule meant for that field says something else of the text alone,",
        "or if the comparison of the two texts (C22: dimensions, and which is stronger) does.",
        "",
        f"Drawn: {len(results)}. Seen: {len(caught)}, of these {len(by_rule)} by a rule, the rest by comparison alone.",
        "",
        "| field | drawn | seen | by |",
        "|---|---|---|---|",
    ]
    fields = sorted({result.mutant.field for result in results})
    for field in fields:
        own = [result for result in results if result.mutant.field == field]
        seen = [result for result in own if result.caught_by]
        codes = Counter(result.caught_by[0] for result in seen)
        lines.append(
            f"| `{field}` | {len(own)} | {len(seen)} | {', '.join(f'{c} {n}' for c, n in codes.most_common())} |"
        )
    lines += ["", "## Not seen", "", "| text | change | why |", "|---|---|---|"]
    for result in results:
        if not result.caught_by:
            where = ".".join(map(str, result.mutant.path))
            lines.append(
                f"| {result.mutant.staged.id} | `{where}` = `{str(result.mutant.value)[:60]}` | {result.why_not} |"
            )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
