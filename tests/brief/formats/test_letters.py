"""What a document cannot hold is shown as missing, and the rest is kept."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.brief.formats.letters import SHOWN, fit

ANY_LETTER = st.characters(codec=None, categories=None)


NO_LETTERS = ["\x00", "\x08", "\x1b", "\x7f", "\x9f", "\ud800", "\ufdd0", "\uffff", "\U0010fffe"]


@pytest.mark.parametrize("bad", NO_LETTERS)
def test_a_letter_that_xml_cannot_hold_is_shown_as_missing(bad: str) -> None:
    assert fit(f"a{bad}b") == f"a{SHOWN}b"


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_end_of_a_line_becomes_one_line_feed(end: str) -> None:
    assert fit(f"a{end}b") == "a\nb"


@pytest.mark.parametrize("kept", ["", "a\tb", "Україна", "ישראל", "العربية", "e\u0301", "🇺🇦", "\U00020000", "<b>&amp;"])
def test_what_people_write_is_kept(kept: str) -> None:
    assert fit(kept) == kept


@given(st.text(ANY_LETTER))
def test_whatever_comes_in_an_xml_reader_takes_what_comes_out(text: str) -> None:
    kept = fit(text)
    read = ET.fromstring(f"<t>{escape(kept)}</t>").text  # noqa: S314  our own words
    assert (read or "") == kept
    assert fit(kept) == kept


def test_nothing_turns_the_direction_of_what_stands_around_it() -> None:
    assert fit("all\u202e means\u2066 x") == "all means x"
