"""Words for shares: the bands are those that ICD 203 prints, and the rule between bands is the one that is told."""

import re
import sys
from pathlib import Path

import pytest

from foedus.api import brief
from foedus.arrivals import Share
from foedus.brief.document import BulletList, Document, Grid, Note, Paragraph, line_text
from foedus.brief.likelihood import BANDS, Yardstick, band_of, likelihood, yardstick_words
from foedus.case.load import load_text

sys.path.insert(0, str(Path(__file__).parent))
from small_race import SMALL

CONFIDENCE = re.compile(r"\b(?:confidence|confident(?:ly)?)\b", re.IGNORECASE)


@pytest.mark.parametrize(
    ("count", "word"),
    [
        # inside the bands of ICD 203, D.6.e.2
        (3, "almost no chance"), (12, "very unlikely"), (30, "unlikely"), (50, "roughly even chance"),
        (70, "likely"), (90, "very likely"), (97, "almost certain"),
        # on a border the lower word, as the rule says; outside 1 to 99 the nearest
        (5, "almost no chance"), (20, "very unlikely"), (45, "unlikely"), (55, "roughly even chance"),
        (80, "likely"), (95, "very likely"), (0.2, "almost no chance"), (99.8, "almost certain"),
    ],
)  # fmt: skip
def test_a_share_takes_the_word_of_its_band_in_icd_203(count: float, word: str) -> None:
    assert band_of(count / 100, Yardstick.ICD203).word == word


@pytest.mark.parametrize(
    ("count", "word"),
    [
        # in the gaps of the yardstick the nearer band; 7.5, 22.5, 37.5, 52.5, 77.5 and 92.5 are their middles
        (6, "remote chance"), (9, "highly unlikely"), (7.5, "remote chance"), (22.5, "highly unlikely"),
        (24, "unlikely"), (37.5, "unlikely"), (52.5, "realistic possibility"), (53, "likely"), (77.5, "likely"),
        (79, "highly likely"), (92.5, "highly likely"), (94, "almost certain"), (100, "almost certain"),
    ],
)  # fmt: skip
def test_a_share_in_a_gap_of_the_phia_yardstick_takes_the_nearer_word(count: float, word: str) -> None:
    assert band_of(count / 100, Yardstick.PHIA).word == word


def test_none_all_and_what_may_be_either_have_no_word() -> None:
    for share in (Share(0, 0, 0), Share(1, 1, 0), Share(0, 1, 0)):
        assert likelihood(share, Yardstick.ICD203) == ""


def test_both_ends_are_told_where_they_lie_in_two_bands() -> None:
    assert likelihood(Share(0.3, 0.7, 0.004), Yardstick.ICD203) == "unlikely to likely"
    # 0.798 and 0.806 are on two sides of the border at 80 of 100: what sampling leaves open is told as well
    assert likelihood(Share(0.802, 0.802, 0.004), Yardstick.ICD203) == "likely to very likely"


@pytest.mark.parametrize("yardstick", list(Yardstick))
def test_every_word_stands_beside_its_numbers_in_the_text_that_explains_them(yardstick: Yardstick) -> None:
    told = yardstick_words(yardstick)
    for band in BANDS[yardstick]:
        assert f"{band.word}: {band.low:g} to {band.high:g}" in told


@pytest.fixture(scope="module", params=["icd203", "phia"])
def document(request: pytest.FixtureRequest) -> Document:
    return brief(load_text(SMALL, "small.yaml"), yardstick=request.param, audience="annex")


def test_two_thirds_of_the_futures_are_told_as_likely(document: Document) -> None:
    (told,) = {text for text in sentences(document) if text.startswith("in 66")}
    assert re.fullmatch(r"in 66[5-8] of 1,000 futures \(give or take [1-9]\): likely", told)


def test_likelihood_words_are_for_shares_of_drawn_futures_and_for_nothing_else(document: Document) -> None:
    words = "|".join(band.word for bands in BANDS.values() for band in bands)
    found = [text for text in sentences(document) if re.search(rf"(?<!how )\b(?:{words})\b", text)]
    assert found, "the case has shares that are neither none nor all"
    for text in found:
        assert "futures" in text, text


def test_no_sentence_has_a_likelihood_word_and_a_word_of_confidence(document: Document) -> None:
    words = "|".join(band.word for bands in BANDS.values() for band in bands)
    both = [text for text in sentences(document) if re.search(rf"\b(?:{words})\b", text) and CONFIDENCE.search(text)]
    assert both == []


def sentences(document: Document) -> list[str]:
    """All sentences of a brief."""
    lines: list[str] = []
    for block in document.blocks():
        match block:
            case Paragraph():
                lines.append(line_text(block.line))
            case BulletList():
                lines += [line_text(item.line) for item in block.items]
            case Grid():
                lines += [cell.text for row in block.rows for cell in (row.head, *row.cells)]
            case Note():
                lines += [line_text(line) for line in block.lines]
    return [part for line in lines for part in re.split(r"(?<=[.!?])\s+|\n", line) if part]
