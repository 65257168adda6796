"""The order of drawing, worked out by hand from Unicode annex 9; capitals stand for Hebrew letters, as there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.brief.formats.visual import visual

HEBREW = {chr(ord("A") + place): chr(0x5D0 + place) for place in range(26)}


def told(text: str) -> str:
    return "".join(HEBREW.get(letter, letter) for letter in text)


@pytest.mark.parametrize(
    ("text", "base", "drawn"),
    [
        ("car means CAR.", 0, "car means RAC."),
        ("car MEANS CAR.", 1, ".RAC SNAEM car"),
        ("he said ABC DEF and left", 0, "he said FED CBA and left"),
        ("x ABC 12 DEF y", 0, "x FED 12 CBA y"),
        ("ABC 12.5 DEF", 1, "FED 12.5 CBA"),
        ("x ABC 50% y", 0, "x 50% CBA y"),
        ("x (ABC) y", 0, "x (CBA) y"),
        ("ABC (DEF) GHI", 1, "IHG (FED) CBA"),
        ("x ABC (DEF) G y", 0, "x G (FED) CBA y"),
        ("one of 12", 0, "one of 12"),
        ("", 0, ""),
    ],
)
def test_a_line_is_drawn_in_the_order_of_the_annex(text: str, base: int, drawn: str) -> None:
    assert visual(told(text), base=base) == told(drawn)


def test_a_mark_stays_on_its_letter() -> None:
    assert visual("א\u05b8ב", base=0) == "בא\u05b8"


@given(st.text(max_size=40), st.integers(0, 1))
def test_no_letter_is_lost_or_added(text: str, base: int) -> None:
    brackets = str.maketrans("()[]{}<>«»‹›≤≥", "(([[{{<<««‹‹≤≤")  # noqa: RUF001  these may turn
    assert sorted(visual(text, base=base).translate(brackets)) == sorted(text.translate(brackets))
