"""Which letters a document can hold: case files come from strangers, and XML knows no control characters."""

import re
from typing import Final
from unicodedata import bidirectional

LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""What ends a line somewhere, by the list of Unicode; here it is one line feed."""

NO_LETTERS: Final = "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
"""The last two places of each plane, which Unicode keeps free for ever."""

UNFIT: Final = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{NO_LETTERS}]")
"""What XML 1.0 §2.2 leaves out (control characters, half a surrogate pair), and what it discourages."""

TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of the text around it, so that nobody knows what was written (Unicode annex 9, 2)."""

SHOWN: Final = "\N{REPLACEMENT CHARACTER}"
"""Stands where a letter could not be kept, so that nobody takes the rest for the whole."""


def fit(text: str) -> str:
    """Return the text with line feeds alone between lines, and a sign for each letter that no document can hold."""
    return UNFIT.sub(SHOWN, TURNING.sub("", LINE_ENDS.sub("\n", text)))


def right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left (Unicode annex 9, P2 and P3)."""
    strong = (direction for direction in map(bidirectional, text) if direction in ("L", "R", "AL"))
    return next(strong, "L") != "L"
