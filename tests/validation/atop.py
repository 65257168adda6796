"""Codes of ATOP derived from our encodings, and how far they agree with those of ATOP itself.

ATOP (Leeds, Ritter, Mitchell and Long 2002) codes by hand what alliance treaties oblige to. No row of it is kept here:
``python tests/validation/atop.py FOLDER`` reads the two tables from a folder of yours and prints the figures of
docs/theory/agreement-with-atop.md. Which instrument is which alliance, and why codes differ, is in atop_agreement.yaml.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.case.form import Clause, Form
from foedus.case.ladders import level_of
from foedus.case.load import load
from foedus.case.resolve import completions, resolve
from foedus.case.stage import StagedInstrument
from foedus.case.tree import parse, plain

FILE = Path(__file__).parent / "atop_agreement.yaml"
TABLES = ("atop_alliance_level.csv", "atop_member_level.csv")
OBLIGATIONS = ("DEFENSE", "NONAGG", "CONSUL", "ASYMM", "RENOUNCE")
CONDITIONS = ("COLOC", "COADV", "CONPR")
FIELDS = OBLIGATIONS + CONDITIONS
COLUMNS = {field: field.lower() for field in OBLIGATIONS} | {field: f"def{field.lower()}" for field in CONDITIONS}

ARMED = frozenset({"raid", "land_grab", "air_campaign", "full_invasion", "nuclear_use"})
LIMITED_FORCE = level_of(["limited_force"])
TALKS = frozenset({"consult", "seek_decision"})
NO_NOTICE = ("unknown", "none", 0)
OPEN = -1
"""Our code where it turns on a value that the text leaves open; it agrees with nothing."""


@dataclass(frozen=True)
class Compared:
    """One cell: an instrument, a field, our code and that of ATOP."""

    instrument: str
    field: str
    ours: int
    theirs: int

    @property
    def agrees(self) -> bool:
        return self.ours == self.theirs


@dataclass(frozen=True)
class Figure:
    """One field over all matched instruments; shares between 0 and 1, kappa ``None`` where it is not defined."""

    field: str
    cells: int
    agreeing: int
    kappa: float | None
    matched_baseline: float
    atop_baseline: float


# --- What ATOP would code, read off our encodings ---------------------------------------------------------------------


def our_codes(id: str) -> dict[str, int]:
    """Return the eight codes of a shipped instrument: its text alone, every open value tried."""
    staged = load(id).instruments[0]
    forms = [resolve(staged, None, completion) for completion in completions(staged, None).tried]
    codes = {"RENOUNCE": renounce(staged)}
    for field, code in FORM_CODES.items():
        found = {code(form) for form in forms}
        codes[field] = int(found.pop()) if len(found) == 1 else OPEN
    return codes


def defence_duties(form: Form) -> list[Clause]:
    """Obligations of a member to act, up to force, for another member after an armed attack on it.

    ATOP: a promise to aid an ally actively when it is attacked. What is owed at least does not count, as it does not
    for ATOP (NATO and the treaties by which each "would act" are defence pacts there).
    """
    members = frozenset(form.parties)
    return [
        clause
        for clause in form.clauses
        if clause.kind == "obligation"
        and any(level_of(owed.most) >= LIMITED_FORCE for owed in clause.response)
        and clause.beneficiaries & members
        and members & frozenset(clause.bearers)
        and (clause.trigger.kinds is None or clause.trigger.kinds & ARMED)
        and not clause.against_beneficiary
    ]


def defense(form: Form) -> bool:
    return bool(defence_duties(form))


def nonagg(form: Form) -> bool:
    """A ban on attack by one member upon another, or upon anybody."""
    members = frozenset(form.parties)
    return any(
        clause.kind == "prohibition"
        and clause.forbids & {"attack", "threat_of_force"}
        and members & frozenset(clause.bearers)
        and (not clause.beneficiaries or clause.beneficiaries & members)
        for clause in form.clauses
    )


def consul(form: Form) -> bool:
    """An obligation whose least is to consult, or to go to a body, when a member is threatened or attacked."""
    return any(
        clause.kind == "obligation" and clause.beneficiaries and any(owed.least & TALKS for owed in clause.response)
        for clause in form.clauses
    )


def asymm(form: Form) -> bool:
    """Members differ in what they owe or in what they are owed, over all obligations that help somebody."""
    duties = [clause for clause in form.clauses if clause.kind == "obligation" and clause.beneficiaries]

    def profile(member: str) -> list[object]:
        return [
            (
                clause.response[clause.bearers.index(member)] if member in clause.bearers else None,
                member in clause.beneficiaries,
            )
            for clause in duties
        ]

    return any(profile(member) != profile(form.parties[0]) for member in form.parties)


def renounce(staged: StagedInstrument) -> int:
    """1 where a member may leave by notice at any time; 0 where it may not before a set term, or nothing is said."""
    leaving = staged.model.exit
    if leaving is None or leaving.notice in NO_NOTICE:
        return 0
    return int(leaving.earliest in ("unknown", 0))


def under_every_defence_duty(limited: Callable[[Clause], bool]) -> Callable[[Form], bool]:
    """A promise is conditional if each duty to defend is: one without the condition is owed without it."""

    def code(form: Form) -> bool:
        duties = defence_duties(form)
        return bool(duties) and all(limited(clause) for clause in duties)

    return code


FORM_CODES: Mapping[str, Callable[[Form], bool]] = {
    "DEFENSE": defense,
    "NONAGG": nonagg,
    "CONSUL": consul,
    "ASYMM": asymm,
    "COLOC": under_every_defence_duty(lambda clause: clause.trigger.zones is not None),
    "COADV": under_every_defence_duty(lambda clause: clause.trigger.attackers is not None),
    "CONPR": under_every_defence_duty(lambda clause: clause.trigger.unprovoked),
}


# --- What ATOP codes --------------------------------------------------------------------------------------------------


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def coded(row: Mapping[str, str], column: str) -> int:
    """The code in a cell; what ATOP leaves empty counts as 0, as in its own counts."""
    return 0 if row[column] in ("", "NA") else int(float(row[column]))


def their_codes(members: Sequence[Mapping[str, str]], atopid: int, phase: int) -> dict[str, int]:
    """Return the codes of one alliance in one phase: that of any of its members, since ATOP codes member by member."""
    rows = [row for row in members if (coded(row, "atopid"), coded(row, "phase")) == (atopid, phase)]
    if not rows:
        raise LookupError(f"no row of ATOP has the number {atopid} and the phase {phase}")
    return {field: max(coded(row, column) for row in rows) for field, column in COLUMNS.items()}


def atop_codes(alliances: Sequence[Mapping[str, str]], members: Sequence[Mapping[str, str]]) -> dict[str, list[int]]:
    """Return the codes of all alliances by field: conditions over those with a duty to defend."""
    codes = {field: [coded(row, COLUMNS[field]) for row in alliances] for field in OBLIGATIONS}
    by_alliance: dict[int, list[Mapping[str, str]]] = {}
    for row in members:
        by_alliance.setdefault(coded(row, "atopid"), []).append(row)
    defending = [rows for rows in by_alliance.values() if any(coded(row, "defense") for row in rows)]
    for field in CONDITIONS:
        codes[field] = [max(coded(row, COLUMNS[field]) for row in rows) for rows in defending]
    return codes


# --- Agreement --------------------------------------------------------------------------------------------------------


def agreement_file() -> Any:
    return plain(parse(FILE.read_text(encoding="utf-8"), FILE.name))


def compare(matched: Mapping[str, Mapping[str, int]], members: Sequence[Mapping[str, str]]) -> list[Compared]:
    """Return every cell; a condition only where both sides code a duty to defend on which it could hang."""
    cells = []
    for id, place in matched.items():
        ours, theirs = our_codes(id), their_codes(members, place["atop"], place.get("phase", 0))
        fields = FIELDS if ours["DEFENSE"] and theirs["DEFENSE"] else OBLIGATIONS
        cells += [Compared(id, field, ours[field], theirs[field]) for field in fields]
    return cells


def figures(cells: Sequence[Compared], everywhere: Mapping[str, Sequence[int]]) -> list[Figure]:
    found = []
    for field in FIELDS:
        pairs = [(cell.ours, cell.theirs) for cell in cells if cell.field == field]
        found.append(
            Figure(
                field,
                len(pairs),
                sum(ours == theirs for ours, theirs in pairs),
                kappa(pairs),
                majority_share([theirs for _, theirs in pairs]),
                majority_share(everywhere[field]),
            )
        )
    return found


def kappa(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Cohen's kappa (1960): agreement beyond what the two margins would give by chance; None if chance gives all."""
    count = len(pairs)
    observed = sum(first == second for first, second in pairs) / count
    firsts, seconds = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    by_chance = sum(firsts[code] * seconds[code] for code in firsts) / count**2
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)


def majority_share(codes: Sequence[int]) -> float:
    """The share of agreement of whoever always says the most frequent code."""
    return max(Counter(codes).values()) / len(codes)


def table(found: Sequence[Figure]) -> list[str]:
    """The lines of the table in docs/theory/agreement-with-atop.md."""
    lines = [
        "| field | cells | agree | κ | majority, matched | majority, all ATOP |",
        "|---|---|---|---|---|---|",
    ]
    for figure in found:
        shown = "–" if figure.kappa is None else f"{figure.kappa:.2f}"
        share = f"{figure.agreeing} ({figure.agreeing / figure.cells:.0%})"
        lines.append(
            f"| {figure.field} | {figure.cells} | {share} | {shown} "
            f"| {figure.matched_baseline:.0%} | {figure.atop_baseline:.0%} |"
        )
    cells, agreeing = sum(figure.cells for figure in found), sum(figure.agreeing for figure in found)
    matched = sum(figure.matched_baseline * figure.cells for figure in found) / cells
    everywhere = sum(figure.atop_baseline * figure.cells for figure in found) / cells
    lines.append(f"| all | {cells} | {agreeing} ({agreeing / cells:.0%}) | – | {matched:.0%} | {everywhere:.0%} |")
    return lines


def main(folder: Path) -> None:
    alliances, members = (read_table(folder / name) for name in TABLES)
    cells = compare(agreement_file()["matched"], members)
    print(*table(figures(cells, atop_codes(alliances, members))), sep="\n")
    print()
    for cell in cells:
        if not cell.agrees:
            print(
                f"{cell.instrument} {cell.field}: ours {'open' if cell.ours == OPEN else cell.ours}, ATOP {cell.theirs}"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
