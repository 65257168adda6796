"""Who must say yes: the chart, its words and the record agree; expectations by hand from the pact in the test."""

import re
import xml.etree.ElementTree as ET

from foedus.api import load
from foedus.brief.veto_picture import veto_picture, veto_words
from foedus.case.load import load_text
from foedus.case.stage import LoadedCase
from foedus.check.veto import Veto, vetoes
from foedus.check.views import Views
from foedus.wording import Speaker

PACT = """\
foedus: 1
case: three
as_of: 2026-11-24
parties: {V: {name: Vale}, A: {name: Arden}, B: {name: "Brant & <b>"}, C: {name: $Corin$}, X: {name: Xanth}}
cast: {beneficiary: V, attackers: [X]}
instruments:
"""
FORM = """\
  - id: ID
    title: ID
    status: draft
    binding: legal
    bodies: {council: {members: [A, B, C], rule: RULE, excluded: attacker}}
    clauses:
      - {id: aid, kind: obligation, bearers: [A, B, C], to: V, judge: objective, decision: council,
         response: {least: [arm]}}
"""


def form(name: str, rule: str) -> str:
    return FORM.replace("ID", name).replace("RULE", rule)


def staged(text: str) -> LoadedCase:
    return load_text(PACT + text, "three.yaml")


def found(case: LoadedCase) -> tuple[Veto, ...]:
    return vetoes([Views(case, one) for one in case.instruments], "full_invasion")


def test_under_unanimity_each_under_a_majority_two_of_three_can_stop_the_help() -> None:
    case = staged(form("all", "unanimity") + form("most", "majority"))
    # all: one no is enough; most: two of three are a majority, so that two must refuse
    words = veto_words(found(case), Speaker(case))
    assert words == ("All: any one of Arden, Brant & <b> and $Corin$. Most: any two of Arden, Brant & <b> and $Corin$.")


def test_what_is_not_known_is_told_at_its_worst_and_at_its_best() -> None:
    case = staged(form("open", "{may_be: [unanimity, majority]}"))
    (veto,) = found(case)
    assert veto.worst is not None
    assert veto.best is not None
    assert (veto.worst.number, veto.best.number) == (1, 2)
    assert "by another value of what is not known: any two of" in veto_words([veto], Speaker(case))


def test_the_chart_draws_every_name_and_is_well_formed() -> None:
    case = staged(form("all", "unanimity") + form("most", "majority"))
    drawn = veto_picture(found(case), Speaker(case))
    parts = ET.fromstring(drawn.decode()).iter()  # noqa: S314  our own drawing
    texts = ["".join(part.itertext()) for part in parts if part.tag.endswith("}text")]
    assert {"Arden", "Brant & <b>", "$Corin$", "can stop the help alone", "only together"} <= set(texts)
    assert drawn == veto_picture(found(case), Speaker(case))


def test_many_who_can_stop_it_are_counted_after_the_first_few() -> None:
    case = load("nato-1949")
    veto = found(case)
    drawn = veto_picture(veto, Speaker(case)).decode()
    assert len(re.findall(r"<text", drawn)) < 40


def test_no_picture_is_wider_than_its_page() -> None:
    case = staged("".join(form(f"{'W' * 60}-{number}", "unanimity") for number in range(12)))
    drawn = veto_picture(found(case), Speaker(case)).decode()
    assert re.search(r'width="547(\.\d+)?pt"', drawn)
