"""The stored hunt (docs/theory/mutants.md): a slice is hunted again, the pages tell what is stored, and faults show."""

from __future__ import annotations

import re
from pathlib import Path

import hunt
import pytest
from asked import ASKS
from intended import INTENDED
from mutate import mutants_of
from page import PAGE, figures, page, survivors

from foedus.case.load import load
from foedus.case.shipped import instrument_ids

ROWS, EACH, SEED = hunt.stored()
THEORY = Path(__file__).parents[2] / "docs" / "theory" / "mutants.md"
SLICE = ("istanbul-2022-draft", "uk-poland-1939", "minsk-2014")
"""A vote of all, clocks and a way out, and a text that promises no help."""
FEW = 8


@pytest.mark.parametrize("text", SLICE)
def test_a_slice_is_found_again(text: str) -> None:
    """The same mutants with the same meaning; a rule that is mended may see more, and none sees less."""
    before = [row for row in ROWS if row.text == text][:FEW]
    for old, new in zip(before, hunt.Hunter(load(text)).sample(FEW, SEED), strict=True):
        assert (new.field, new.at, new.value) == (old.field, old.at, old.value)
        assert (new.differs, new.part, new.asked) == (old.differs, old.part, old.asked)
        assert bool(new.seen) >= bool(old.seen), (old, new)


def test_every_text_is_in_it_and_there_are_enough() -> None:
    assert {row.text for row in ROWS} == set(instrument_ids())
    assert len(ROWS) >= 1_000
    assert len({(row.text, row.at, row.value) for row in ROWS}) == len(ROWS)
    assert {row.asked for row in ROWS} - {""} <= set(ASKS)


def test_the_share_that_is_promised_is_reached_where_a_check_asks() -> None:
    asked = [row for row in ROWS if row.asked]
    assert len(asked) > 300
    assert sum(bool(row.seen) for row in asked) >= 0.95 * len(asked)


def test_the_page_of_the_survivors_is_that_of_the_stored_hunt() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(ROWS)
    assert len(survivors(ROWS)) == page(ROWS).count("\n- `")


def test_the_figures_of_the_page_are_those_of_the_stored_hunt() -> None:
    told = THEORY.read_text(encoding="utf-8")
    own = [row for row in ROWS if row.differs == "for the case"]
    asked = [row for row in own if row.asked]
    for rows, name in ((asked, "for the case, and a check asks"), (own, "for the case, all")):
        seen = sum(bool(row.seen) for row in rows)
        narrow = sum(bool(row.narrow) for row in rows)
        line = f"| {name} | {len(rows)} | {seen} ({100 * seen / len(rows):.1f} %) | {narrow} |"
        assert line in told
    assert f"{len(ROWS):,} mutants" in told
    assert figures(ROWS, EACH, SEED).startswith(f"{EACH} of every text, seed {SEED}")


def test_every_field_that_is_changed_has_rules_that_are_meant_to_see_it() -> None:
    codes = {rule.code for rule in hunt.BY_CODE.values()}
    assert all(set(meant.rules) <= codes for meant in INTENDED.values())
    assert not [code for meant in INTENDED.values() for code in meant.rules if not re.fullmatch(r"C\d\d", code)]


def test_a_rule_that_sees_nothing_would_be_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of mutants of how a text binds, none is seen once the rule for it always says the same."""
    hunter = hunt.Hunter(load("uk-poland-1939"))
    mutant = next(m for m in mutants_of(hunter.case.instruments[0]) if m.field == "binding")
    honest = hunter.row(mutant)
    assert honest is not None
    assert honest.seen == ("C24",)
    monkeypatch.setattr(hunt.Hunter, "_told_apart", lambda *_: "")
    missed = hunter.row(mutant)
    assert missed is not None
    assert (missed.differs, missed.asked, missed.seen) == ("for the case", "law", ())
