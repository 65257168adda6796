"""Words for shares of drawn futures, by a published yardstick; a share is of the lengths put in, and no forecast.

The words are used for nothing else, and never in one sentence with a word of how sure somebody is (ICD 203, D.6.e.2).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from foedus.arrivals import Share


class Yardstick(StrEnum):
    """Whose words are used."""

    ICD203 = "icd203"
    PHIA = "phia"


@dataclass(frozen=True, slots=True)
class Band:
    """A word and the least and most of 100 futures that it stands for."""

    word: str
    low: float
    high: float


BANDS: Final = {
    Yardstick.ICD203: (
        Band("almost no chance", 1, 5),
        Band("very unlikely", 5, 20),
        Band("unlikely", 20, 45),
        Band("roughly even chance", 45, 55),
        Band("likely", 55, 80),
        Band("very likely", 80, 95),
        Band("almost certain", 95, 99),
    ),
    Yardstick.PHIA: (
        Band("remote chance", 0, 5),
        Band("highly unlikely", 10, 20),
        Band("unlikely", 25, 35),
        Band("realistic possibility", 40, 50),
        Band("likely", 55, 75),
        Band("highly likely", 80, 90),
        Band("almost certain", 95, 100),
    ),
}
"""ICD 203 (Analytic Standards, Office of the Director of National Intelligence), D.6.e.2, upper row of words; the
probability yardstick of the Professional Head of Intelligence Assessment (United Kingdom), as commonly quoted."""

NAMES: Final = {Yardstick.ICD203: "ICD 203", Yardstick.PHIA: "the PHIA yardstick"}
RULES: Final = {
    Yardstick.ICD203: "ICD 203 gives neighbouring words a common border; a share on it takes the lower word. Below 1 "
    "and above 99 of 100, where it gives no word, the nearest one stands, and none and all are told as none and all.",
    Yardstick.PHIA: "The PHIA yardstick leaves gaps between its words; a share in a gap takes the word whose band is "
    "nearer, and in the middle of a gap the lower one. None and all are told as none and all.",
}


def band_of(share: float, yardstick: Yardstick) -> Band:
    """The band of a share from 0 to 1: the one it lies in or is nearest to, the lower one of two."""
    count = 100 * share
    return min(BANDS[yardstick], key=lambda band: (round(max(band.low - count, count - band.high, 0.0), 9), band.low))


def likelihood(share: Share, yardstick: Yardstick) -> str:
    """The word for a share, two where its ends lie in different bands; empty for none and all, and where both can be.

    The ends are those of what is not known and of what sampling leaves open.
    """
    if share.never or share.always or (share.low <= 0 and share.high >= 1):
        return ""
    low = band_of(max(0.0, share.low - share.error), yardstick)
    high = band_of(min(1.0, share.high + share.error), yardstick)
    return low.word if low == high else f"{low.word} to {high.word}"


def yardstick_words(yardstick: Yardstick) -> str:
    """The yardstick and its rule in one paragraph."""
    bands = "; ".join(f"{band.word}: {band.low:g} to {band.high:g}" for band in BANDS[yardstick])
    return f"Of 100 drawn futures, by {NAMES[yardstick]}: {bands}. {RULES[yardstick]}"
