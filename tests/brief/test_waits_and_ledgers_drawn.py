"""Who waits for whom and what was exchanged, drawn and told: everything is there, nothing lies over anything else."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from foedus.brief.ledger_picture import _places, ledger_picture, ledger_words, one_side
from foedus.brief.ledger_screen import ledger_lines
from foedus.brief.talks_screen import citing, talks_text
from foedus.brief.waits_picture import BOX, _boxes, shown, waits_picture, waits_words
from foedus.brief.waits_screen import Told
from foedus.case.load import load
from foedus.negotiate.ledger import exchange, exchanges
from foedus.negotiate.run import negotiate
from foedus.negotiate.sequencing import all_waits
from foedus.talks.ledger import Entry
from foedus.wording import Speaker

CASES = Path(__file__).resolve().parents[2] / "cases"
WAITING = [CASES / "ukraine-2025.yaml", CASES / "ukraine-2026.yaml", "minsk-2015"]
SVG = "{http://www.w3.org/2000/svg}"


def told(name: str | Path, number: int = 0) -> Told:
    case = load(name)
    return Told(all_waits(case)[number], case, citing(case))


def read(picture: bytes) -> ET.Element:
    return ET.fromstring(picture)  # noqa: S314  our own picture


def words_in(picture: bytes) -> str:
    root = read(picture)
    return " ".join("".join(part.itertext()) for part in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("name", WAITING, ids=lambda name: Path(name).stem)
def test_every_step_that_waits_is_drawn_and_no_two_boxes_touch(name: str | Path) -> None:
    words = told(name)
    one = shown(words.waits.readings)
    boxes, _ = _boxes(one, words)
    waited = {other for own in one.needs for need in own for other in need}
    assert {*boxes} == {step for step, own in enumerate(one.needs) if own} | waited
    for first, other in combinations(boxes.values(), 2):
        beside = abs(first.x - other.x) >= BOX
        assert beside or abs(first.y - other.y) >= (first.height + other.height) / 2


def test_the_knot_is_drawn_thick_and_told_in_words() -> None:
    words = told(CASES / "ukraine-2025.yaml")
    picture = waits_picture(words)
    assert picture == waits_picture(words)
    assert "stuck behind each other" in words_in(picture)
    # Three boxes and three arrows of the knot are thick, the arrows drawn as a line and a head each.
    assert len(re.findall(r"stroke-width: 2\.4", picture.decode())) >= 6
    root = read(picture)
    assert root.findtext(f"{SVG}desc") == waits_words(words)
    assert "the force of Ukraine's friends stands behind it" in waits_words(words)


def test_a_text_without_a_knot_is_drawn_without_one() -> None:
    case = load("istanbul-2022-communique")
    (waits,) = all_waits(case)
    picture = words_in(waits_picture(Told(waits, case, citing(case))))
    assert "stuck" not in picture
    assert "Consult (5)" in picture


def test_a_deal_is_drawn_with_every_entry_on_the_line_of_its_giver() -> None:
    case = load(CASES / "cuba-1962.yaml")
    assert case.model is not None
    (deal,) = exchanges(case.model)
    assert one_side(deal) == "SU"
    above, below, _ = _places(deal, Speaker(case), "SU")
    assert [place.entry for place in above] == [0]
    assert sorted(place.entry for place in below) == [1, 2, 3]
    assert all(second.left - first.left > 1.75 for first, second in pairwise(below))
    picture = ledger_picture(deal, Speaker(case))
    assert "(secret)" in words_in(picture)
    assert read(picture).findtext(f"{SVG}desc") == ledger_words(deal, Speaker(case))


def test_budapest_is_told_as_something_for_good_against_what_can_be_taken_back() -> None:
    # The report: Ukraine gave the weapons up, and received guarantees. The memorandum names the three.
    case = load(CASES / "ukraine-2025.yaml")
    text = " ".join(talks_text(case, negotiate(case), "ledger").split())
    assert "Ukraine gives something for good, and all that it gets for it can be taken back." in text
    for power in ("the United States", "Russia", "the United Kingdom"):
        assert f"Can be taken back by {power}." in text
    assert "No order mends that: at the end Ukraine has given more for good than got for good." in text


def test_the_meeting_is_told_to_wait_for_an_agenda_that_nobody_is_named_for() -> None:
    # Sentences 3 and 21 to 24 of the report.
    case = load(CASES / "ukraine-2025.yaml")
    text = " ".join(talks_text(case, negotiate(case), "deadlock").split())
    assert "The agenda of the summit is ready: who does this is not known" in text
    assert "“Russia will meet” wait for it" in text
    assert "None is planned, says the Russian foreign minister; the American President spoke for it" in text
    assert "In the order “force first” (Mark Rutte, NATO Secretary General)" in text
    assert "If all these orders are held to at the same time: Three steps stuck" in text


def test_an_even_order_is_told_step_by_step() -> None:
    # By hand: A gives twice before B does; in turns it is even.
    def given(who: str, to: str, what: str, step: int) -> Entry:
        return Entry(what, who, what, (to,), True, "no", (), None, step, (), None, None, False, (), None)

    deal = exchange(
        "swap",
        (given("UA", "RU", "a", 1), given("UA", "RU", "b", 2), given("RU", "UA", "c", 3), given("RU", "UA", "d", 4)),
    )
    case = load(CASES / "ukraine-2025.yaml")
    lines = [line for _, line in ledger_lines(deal, Speaker(case), lambda _: "")]
    assert "The order told is not even." in lines
    assert "An even order would be: Ukraine: a; then Russia: c; then Ukraine: b; then Russia: d." in lines
    assert "Ukraine moves first, for good." in lines


REFUSED = """
foedus: 1
case: example
as_of: 2026-11-24
parties: {V: {name: Vale}, A: {name: Arden}, X: {name: Xanth}}
cast: {beneficiary: V, attackers: [X]}
preconditions:
  - {id: talks, what: the talks begin, after: [agenda, vale-comes]}
  - {id: agenda, what: the agenda is ready, by: A}
  - {id: vale-comes, who: V, will: come, after: [leave]}
  - {id: leave, who: X, will: leave, when: the parliament has voted, state: refused}
instruments: [{use: nato-1949}]
"""


def test_what_a_refusal_holds_up_is_told_with_what_would_free_it(tmp_path: Path) -> None:
    # By hand: Vale waits for Xanth, which refuses; the talks wait for Vale. The agenda stands in nobody's way. To vouch
    # for Vale would open the talks and not bring Vale, so that it has to be Xanth's leaving that is vouched for.
    file = tmp_path / "case.yaml"
    file.write_text(REFUSED)
    case = load(file)
    text = " ".join(talks_text(case, negotiate(case)).split())
    assert "Held up: “the talks begin” waits for “Vale will come”." in text
    assert "Refused: Xanth will leave." in text
    assert "Somebody goes first: “Vale will come”." in text
    assert "Somebody gives up a condition: “Vale will come” no longer waits for “Xanth will leave”." in text
    assert "A third party vouches for a step that is waited for: “Xanth will leave”." in text
