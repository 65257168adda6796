"""Letters in the order in which they are drawn, for a format whose library draws from left to right alone.

The bidirectional algorithm of Unicode (annex 9) for one line of text, without explicit embeddings, and without joining
the letters of Arabic, which takes an engine that shapes them.
"""

from collections.abc import Sequence
from typing import Final
from unicodedata import bidirectional, combining, mirrored

MIRRORS: Final = dict(zip("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤", strict=True))  # noqa: RUF001  quotation marks of others
"""Letters that look the other way where text runs from right to left."""


def visual(text: str, *, base: int) -> str:
    """Return one line in the order of drawing; ``base`` is 1 for a paragraph that runs from right to left, else 0."""
    if not any(bidirectional(letter) in ("R", "AL") for letter in text):
        return text
    clusters = _clusters(text)
    levels = _levels([bidirectional(cluster[0]) for cluster in clusters], base)
    turned = [_mirrored(cluster) if level % 2 else cluster for cluster, level in zip(clusters, levels, strict=True)]
    order = list(range(len(turned)))
    for least in range(max(levels), 0, -1):
        order = _reversed_from(order, levels, least)
    return "".join(turned[place] for place in order)


def _clusters(text: str) -> list[str]:
    """Letters with the marks that stand on them, which stay behind their letter."""
    found: list[str] = []
    for letter in text:
        if found and (combining(letter) or bidirectional(letter) == "NSM"):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _levels(directions: Sequence[str], base: int) -> list[int]:
    """The level of each letter: even from left to right, odd from right to left (rules W1 to I2)."""
    kinds = _numbers(directions)
    found: list[int | None] = []
    strong = "R" if base else "L"
    for kind in kinds:
        if kind in ("R", "L"):
            strong = kind
        if kind == "R":
            found.append(1)
        elif kind == "L":
            found.append(2 * base)
        elif kind == "number":
            found.append(2 if strong == "R" or base else 0)
        else:
            found.append(None)
    return [level if level is not None else _between(found, place, base) for place, level in enumerate(found)]


def _numbers(directions: Sequence[str]) -> list[str]:
    """Left, right, number or neither: signs between two digits and beside one belong to the number (W4, W5)."""
    kinds = [{"AL": "R", "R": "R", "L": "L", "EN": "number", "AN": "number"}.get(one, "") for one in directions]
    for place in range(1, len(kinds) - 1):
        if directions[place] in ("ES", "CS") and kinds[place - 1] == "number" == kinds[place + 1]:
            kinds[place] = "number"
    for places in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
        before = ""
        for place in places:
            if directions[place] == "ET" and before == "number":
                kinds[place] = "number"
            before = kinds[place]
    return kinds


def _between(levels: Sequence[int | None], place: int, base: int) -> int:
    """The level of what has no direction: that of its neighbours if they agree, else that of the line (N1, N2)."""
    before = next((level for level in reversed(levels[:place]) if level is not None), base)
    after = next((level for level in levels[place + 1 :] if level is not None), base)
    if base == 0:  # here level 2 is a number among letters from right to left, which counts as one of them
        return 1 if before and after else 0
    return 2 if before == after == 2 else 1


def _reversed_from(order: list[int], levels: Sequence[int], least: int) -> list[int]:
    """The order with each stretch of at least this level turned round (L2)."""
    found: list[int] = []
    stretch: list[int] = []
    for place in order:
        if levels[place] >= least:
            stretch.append(place)
        else:
            found += stretch[::-1]
            stretch = []
            found.append(place)
    return found + stretch[::-1]


def _mirrored(cluster: str) -> str:
    return MIRRORS.get(cluster, cluster) if mirrored(cluster[0]) else cluster
