"""Agreement with ATOP: the codes that our encodings imply, beside those that its coders gave by hand.

The data are not ours to pass on. They are looked for in the folder that FOEDUS_ATOP names, then beside the repository
in ``shared/data/history``; without them the comparison is skipped, and the closing lines of pytest say so.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from foedus.case.load import load
from foedus.case.shipped import instrument_ids

sys.path.insert(0, str(Path(__file__).parent))  # tests are not a package

import atop

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "theory" / "agreement-with-atop.md"
FILE: Any = atop.agreement_file()
LAST_YEAR = 2016
"""The last year in which an alliance of ATOP 4.01 begins."""


def data_folder() -> Path:
    """The folder with both tables; a folder that was named and lacks them is an error and no reason to skip."""
    named = os.environ.get("FOEDUS_ATOP")
    folder = Path(named) if named else ROOT.parent / "shared" / "data" / "history"
    missing = [name for name in atop.TABLES if not (folder / name).is_file()]
    if missing and named:
        pytest.fail(f"FOEDUS_ATOP names {folder}, which lacks {' and '.join(missing)}")
    if missing:
        pytest.skip("agreement with ATOP was not compared: its tables are absent; FOEDUS_ATOP names their folder")
    return folder


@pytest.fixture(scope="module")
def cells() -> list[atop.Compared]:
    return atop.compare(FILE["matched"], atop.read_table(data_folder() / atop.TABLES[1]))


@pytest.fixture(scope="module")
def figures(cells: list[atop.Compared]) -> list[atop.Figure]:
    alliances, members = (atop.read_table(data_folder() / name) for name in atop.TABLES)
    return atop.figures(cells, atop.atop_codes(alliances, members))


# --- With the data ----------------------------------------------------------------------------------------------------


def test_every_disagreement_is_explained_and_every_explanation_is_of_one(cells: list[atop.Compared]) -> None:
    differing = {(cell.instrument, cell.field): cell.ours for cell in cells if not cell.agrees}
    explained = {(entry["instrument"], entry["field"]): entry["ours"] for entry in FILE["disagreements"]}
    assert differing == explained


def test_what_was_mended_agrees_now(cells: list[atop.Compared]) -> None:
    agreeing = {(cell.instrument, cell.field): cell.ours for cell in cells if cell.agrees}
    for entry in FILE["mended"]:
        assert agreeing[entry["instrument"], entry["field"]] != entry["was"], entry


def test_the_page_shows_the_figures_as_they_are_and_as_they_were(figures: list[atop.Figure]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert "\n".join(atop.table(figures)) in page
    agreeing = sum(figure.agreeing for figure in figures)
    cells = sum(figure.cells for figure in figures)
    assert f"{agreeing - len(FILE['mended'])} of {cells} cells before" in page


def test_alliances_and_members_tell_the_same() -> None:
    """Where an alliance has one phase, its row is what its members' rows come to."""
    alliances, members = (atop.read_table(data_folder() / name) for name in atop.TABLES)
    rows = {atop.coded(row, "atopid"): row for row in alliances}
    for id, place in FILE["matched"].items():
        row = rows[place["atop"]]
        if "phase" not in place:
            theirs = atop.their_codes(members, place["atop"], 0)
            assert {field: atop.coded(row, atop.COLUMNS[field]) for field in atop.OBLIGATIONS} == {
                field: theirs[field] for field in atop.OBLIGATIONS
            }, id
        assert atop.coded(row, "begyr") <= int(str(load(id).instruments[0].model.signed)[:4]), id


# --- Without them -----------------------------------------------------------------------------------------------------


def test_every_instrument_of_the_years_of_atop_is_matched_or_named() -> None:
    told = {*FILE["matched"], *FILE["not_in_atop"]}
    assert not {*FILE["matched"]} & {*FILE["not_in_atop"]}
    assert told <= {*instrument_ids()}
    for id in instrument_ids():
        signed = load(id).instruments[0].model.signed
        if signed not in (None, "never") and int(str(signed)[:4]) <= LAST_YEAR:
            assert id in told, f"say in {atop.FILE.name} which alliance of ATOP {id} is, or why it is none"


def test_every_entry_says_why_and_the_page_shows_it() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for entry in (*FILE["disagreements"], *FILE["mended"]):
        assert entry["instrument"] in FILE["matched"]
        assert entry["field"] in atop.FIELDS
        assert entry["why"].endswith(".")
        assert entry["why"] in page
    assert all(why.endswith(".") for why in FILE["not_in_atop"].values())


BY_HAND = {
    # Read off the articles: 5 and 6 (area), 1, 4; twenty years before anybody may leave (13); the same for all.
    "nato-1949": "DEFENSE NONAGG CONSUL COLOC",
    # Articles 1 and 2 with the secret protocol: Germany alone, and consultation against others; five years.
    "uk-poland-1939": "DEFENSE CONSUL COADV",
    # Principle II, and no duty to do anything.
    "helsinki-1975": "NONAGG",
    # Articles 2 and 3: a European state, unprovoked; 1: consultation; five years.
    "franco-soviet-1935": "DEFENSE CONSUL COADV CONPR",
    # Arms at its own judgement are no defence; the President's duty to tell Congress goes to a body; one member alone.
    "taiwan-relations-act-1979": "CONSUL",
}


@pytest.mark.parametrize("id", BY_HAND)
def test_codes_by_hand(id: str) -> None:
    assert {field for field, code in atop.our_codes(id).items() if code} == set(BY_HAND[id].split())


def test_kappa_by_hand() -> None:
    # 20 both yes, 5 and 10 split, 15 both no: 35 of 50 agree; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5; (0.7 - 0.5) / 0.5.
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    assert atop.kappa(pairs) == pytest.approx(0.4)
    assert atop.kappa([(1, 1)] * 3) is None, "chance alone gives full agreement"
    assert atop.kappa([(0, 1), (1, 0)]) == pytest.approx(-1)


def test_figures_of_a_made_up_table(tmp_path: Path) -> None:
    """Three made-up alliances: one of two phases, one without defence, one with a member that alone has a condition."""
    header = "atopid,phase," + ",".join(atop.COLUMNS.values())
    rows = [
        "1,1,0,1,0,0,0,0,0,0", "1,2,1,1,1,0,1.0,1,0,0",
        "2,0,0,1,NA,0,0,0,0,0",
        "3,0,1,0,0,1,2,0,0,0", "3,0,0,0,0,1,2,0,1,0",
    ]  # fmt: skip
    path = tmp_path / "members.csv"
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    members = atop.read_table(path)
    assert atop.their_codes(members, 1, 2) == {
        "DEFENSE": 1, "NONAGG": 1, "CONSUL": 1, "ASYMM": 0, "RENOUNCE": 1, "COLOC": 1, "COADV": 0, "CONPR": 0,
    }  # fmt: skip
    assert atop.their_codes(members, 3, 0)["COADV"] == 1
    assert atop.their_codes(members, 2, 0)["CONSUL"] == 0
    with pytest.raises(LookupError, match="number 9"):
        atop.their_codes(members, 9, 0)
    everywhere = atop.atop_codes([members[1], members[2], members[3]], members)
    assert everywhere["NONAGG"] == [1, 1, 0]
    assert everywhere["COADV"] == [0, 1], "over the two that have a duty to defend"
    cells = [atop.Compared("a", field, 1, 1) for field in atop.FIELDS]
    cells += [atop.Compared("b", field, atop.OPEN, 1) for field in atop.FIELDS]
    assert {(figure.cells, figure.agreeing, figure.matched_baseline) for figure in atop.figures(cells, everywhere)} == {
        (2, 1, 1.0)
    }
