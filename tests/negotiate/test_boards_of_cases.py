"""From a case file to its board, and what the shipped boards must say; expectations are read off the statements."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.case.load import load
from foedus.negotiate.reading import board_of
from foedus.negotiate.run import negotiate
from foedus.talks.board import Board, Stand
from foedus.talks.talks import Talks

CASES = Path(__file__).resolve().parents[2] / "cases"


@pytest.fixture(scope="module")
def ukraine() -> Talks:
    return negotiate(load(CASES / "ukraine-2025.yaml"))


def read(tmp_path: Path, table: str) -> Board:
    file = tmp_path / "case.yaml"
    text = (CASES / "belgium-1914.yaml").read_text(encoding="utf-8")
    file.write_text(f"{text}\n{table}", encoding="utf-8")
    board = board_of(load(file))
    assert board is not None
    return board


def test_an_issue_without_options_is_yes_or_no_and_nothing_more_is_read_into_it(tmp_path: Path) -> None:
    board = read(
        tmp_path,
        "board:\n"
        "  passage:\n"
        "    BE: {reject: no passage, source: villiers}\n"
        "    PRUSSIA: {accept: asks for it, source: german-note}\n"
        "    GB: {negotiate: might, source: grey-morning}\n"
        "    FR: unknown\n",
    )
    stands = {position.party: position.stands for position in board.issues[0].positions}
    assert stands == {
        "BE": (Stand.REJECT, Stand.ACCEPT),  # who turns down that it comes about asks for its absence
        "PRUSSIA": (Stand.ACCEPT, Stand.UNKNOWN),
        "GB": (Stand.NEGOTIABLE, Stand.UNKNOWN),
        "FR": (Stand.UNKNOWN, Stand.UNKNOWN),
    }
    assert [(demand.who, demand.refuses) for demand in board.demands] == [("BE", (0,))]


def test_an_option_of_which_a_party_says_nothing_is_unknown_to_it(tmp_path: Path) -> None:
    board = read(
        tmp_path,
        "issues:\n"
        "  passage: {asks: What passage?, options: {free: {is: free}, paid: {is: paid}, none: {is: no passage}}}\n"
        "board:\n"
        "  passage:\n"
        "    BE: {options: {free: reject}, reject: no, source: villiers}\n"
        "    PRUSSIA: {note: said nothing of these, source: german-note}\n",
    )
    assert [position.stands for position in board.issues[0].positions] == [
        (Stand.REJECT, Stand.UNKNOWN, Stand.UNKNOWN),
        (Stand.UNKNOWN,) * 3,
    ]


def test_a_case_without_a_board_has_no_talks() -> None:
    found = negotiate(load(CASES / "belgium-1914.yaml"))
    assert (found.board, found.deal) == (None, None)


def test_the_demands_that_exclude_each_other_are_the_three_of_august(ukraine: Talks) -> None:
    # Lavrov on 21 August: only the Istanbul papers; on 20 August: those with China. Zelensky on 20 August: no China.
    assert ukraine.deal is not None
    assert ukraine.deal.possible == 0
    (clash,) = ukraine.deal.clashes
    assert clash.together is not None
    (together,) = clash.together
    assert {(demand.who, demand.source) for demand in together} == {
        ("RU", ("lavrov-aug-21",)),
        ("RU", ("lavrov-aug-20",)),
        ("UA", ("report-zelensky", "zelensky-china")),
    }
    assert {way.demands for way in clash.cheapest or ()} == {(demand,) for demand in together}


def test_what_the_envoy_says_of_moscow_stays_beside_its_own_words(ukraine: Talks) -> None:
    assert ukraine.board is not None
    assert ukraine.deal is not None
    form = next(issue for issue in ukraine.board.issues if issue.id == "form-of-guarantee")
    moscow = next(position for position in form.positions if position.party == "RU")
    assert moscow.stands[0] is Stand.REJECT
    assert [(told.by, told.stands[0]) for told in moscow.told] == [("Steve Witkoff", Stand.ACCEPT)]
    told = next(one for one in ukraine.deal.if_told if one.by == "Steve Witkoff")
    assert told.possible


def test_every_known_stand_has_a_source_with_a_date(ukraine: Talks) -> None:
    assert ukraine.board is not None
    for issue in ukraine.board.issues:
        for position in issue.positions:
            if {*position.stands} != {Stand.UNKNOWN}:
                assert position.source, (issue.id, position.party)
                assert position.date, (issue.id, position.party)


def test_points_that_nobody_named_are_unknown_to_all_but_moscow(ukraine: Talks) -> None:
    assert ukraine.board is not None
    issue = next(one for one in ukraine.board.issues if one.id == "points-not-named")
    known = {p.party: p.stands for p in issue.positions if {*p.stands} != {Stand.UNKNOWN}}
    assert known == {"RU": (Stand.NEGOTIABLE, Stand.UNKNOWN)}


def test_a_form_on_the_board_brings_what_the_checks_find_of_its_texts(ukraine: Talks) -> None:
    found = {paper.instrument: paper for paper in ukraine.papers}
    assert list(found) == [
        "us-proposal-2025-08",
        "article-5-like-2025",
        "istanbul-2022-communique",
        "istanbul-2022-draft",
        "nato-1949",
    ]
    draft = found["istanbul-2022-draft"]
    # All guarantors must agree on the decision, and Russia is one of them: consultation alone is left of any help.
    assert draft.weakest == (1, 1)
    assert "any one of Russia" in draft.stoppers[0]
    assert draft.is_a == ("assistance promise",)


def test_the_deal_of_1962_is_possible_and_an_open_exchange_is_not() -> None:
    # What came about: missiles gone without a look on Cuban soil, those in Turkey quietly, the quarantine lifted.
    found = negotiate(load(CASES / "cuba-1962.yaml"))
    assert found.board is not None
    assert found.deal is not None
    assert dict(found.deal.best[0][1].picks) == {
        "missiles-in-cuba": "removed-unseen",
        "assurance": "given",
        "missiles-in-turkey": "quietly",
        "quarantine": "lifted",
    }
    # Two ways are left, with the quarantine lifted or not; certain is neither, since nobody had asked Cuba.
    assert (found.deal.possible, found.deal.certain) == (2, 0)
    assert found.deal.clashes == ()
    refused = {(demand.who, demand.issue, demand.refuses) for demand in found.board.demands}
    assert ("US", 2, (0,)) in refused


def test_the_deal_of_1962_has_a_public_and_a_secret_half() -> None:
    model = load(CASES / "cuba-1962.yaml").model
    assert model is not None
    assert {entry.id for entry in model.ledger if entry.secret} == {"jupiters"}
    assert len({entry.deal for entry in model.ledger}) == 1  # one exchange: one half was told, the other was not
    assert all(entry.source for entry in model.ledger)
