"""Small examples worked out by hand from docs/theory/meaning.md, and checks that the shortcuts change nothing."""

import random
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # tests are not a package

from brute_force import (
    Choice,
    Incident,
    InconsistentSilenceError,
    Key,
    Query,
    TooLargeError,
    choices,
    closure,
    due,
    facts,
    good_faith,
    help_given,
    providers,
    read_choices,
    refusers,
    stopping_number,
    stopping_sets,
    stops,
)
from random_forms import IncidentFields, histogram, random_form

from foedus.case.form import (
    Body,
    Clause,
    Default,
    Domestic,
    Form,
    Judge,
    LeadsTo,
    Owed,
    Question,
    Releases,
    Request,
    Trigger,
)

ARMS = Query(3)
SANCTIONS = Query(2)
ATTACK = Incident("OTHER", "V")
ASK = Question("council", "help")


def owed(*least: str, most: tuple[str, ...] = ()) -> Owed:
    return Owed(frozenset(least), frozenset((*least, *most)))


def duty(name: str = "help", bearers: str = "P", act: str = "arm") -> Clause:
    """Write "each of the bearers arms V"; bearers are one letter each."""
    return Clause(name, "obligation", tuple(bearers), frozenset("V"), (owed(act),) * len(bearers))


def form(*clauses: Clause, body: Body | None = None, control: tuple[tuple[str, str], ...] = ()) -> Form:
    """Parties are the capital letters; V is the victim."""
    return Form("f", tuple("ABCDEPQRVXY"), clauses, (body,) if body else (), control)


def words(f: Form, said: Mapping[Key, str] | None = None, other: str = "yes") -> dict[Key, str]:
    """Return an assignment in which everybody says ``other`` (means: "0") but for what is given."""
    inventory = {c.key: "0" if c.key[0] == "means" else other for c in choices(f)}
    assert set(said or {}) <= set(inventory)
    return {**inventory, **(said or {})}


def sets(f: Form, query: Query = ARMS, incident: Incident = ATTACK, *, practical: bool = False) -> list[str]:
    """Minimal stopping sets, each as a sorted string of letters; both orders must agree."""
    last = stopping_sets(f, incident, query, practical=practical)
    assert last == stopping_sets(f, incident, query, practical=practical, refusers_last=False)
    number = stopping_number(f, incident, query, practical=practical)
    assert number == (len(last[0]) if last else None)
    return sorted("".join(sorted(h)) for h in last)


# ------------------------------------------------------------------------------------------------- section 3


def decides(body: Body, votes: str, incident: Incident = ATTACK, bearer: str = "P", outside: str = "") -> bool:
    """Votes beside the members: y, n, a (abstain), - (absent); ``outside`` beside the outside veto holders.

    The body decides whether ``bearer`` arms V, so its decision shows in what is due.
    """
    f = form(replace(duty(bearers=bearer), decision=ASK), body=body)
    vote = {"y": "yes", "n": "no", "a": "abstain", "-": "absent"}
    holders = (*zip(body.members, votes, strict=True), *zip(body.outside_veto, outside, strict=True))
    said: dict[Key, str] = {("vote", "council", "help", m): vote[v] for m, v in holders}
    return due(f, incident, words(f, said), "help", bearer)


def council(members: str = "ABC", **more: object) -> Body:
    return replace(Body("council", tuple(members), "majority"), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "yes", "no"),
    [
        # Unanimity of members or entitled: only a no spoils it, and one yes is needed ...
        (council(rule="unanimity"), "yyy yya y-- ", "yyn aaa ---"),
        (council(rule="unanimity", of="members"), "yyy yya y-- ", "yyn aaa ---"),
        # ... unless abstaining blocks.
        (council(rule="unanimity", abstention_blocks=True), "yyy", "yya yy- yyn"),
        # Of present: who stays away is not asked, even where an abstention blocks.
        (council(rule="unanimity", of="present"), "yy- ya- y--", "yn- a-- ---"),
        (council(rule="unanimity", of="present", abstention_blocks=True), "yy- y--", "ya- yn- ---"),
        # Of cast: no no, one yes; an abstention never counts.
        (council(rule="unanimity", of="cast", abstention_blocks=True), "yaa y--", "yna aaa"),
        # Majority of three entitled: more than 1.5. Two of four are not more than half.
        (council(), "yyn yy-", "ynn y-- ynn"),
        (council("ABCD"), "yyyn", "yynn yy--"),
        # Of present: an abstention is in the denominator, an absence is not. Of cast neither is.
        (council(of="present"), "yy- y-- yya", "ya- yn-"),
        (council(of="cast"), "ya- yaa y--", "yna aaa ---"),
        # Two thirds: 2 x 3 >= 2 x 3; of the cast 1 of 1.
        (council(rule="share", share=(2, 3)), "yyn yyy", "ynn y--"),
        (council(rule="share", share=(2, 3), of="cast"), "yaa yyn", "yna aaa"),
        # A share of nothing still needs a yes.
        (council(rule="share", share=(1, 2), of="cast"), "y--", "--- aaa"),
        # At least two, whatever the denominator; weights count, heads do not.
        (council(rule="at_least", threshold=2, of="cast"), "yy- yyn", "y-- yaa"),
        (council(rule="at_least", threshold=3, weights=(3, 1, 1)), "ynn", "nyy"),
        (council(weights=(3, 1, 1)), "ynn", "nyy"),
        # A quorum counts heads that are present, however heavy; an abstention is presence.
        (council(of="cast", quorum=2, weights=(3, 1, 1)), "ya- yan", "y--"),
        # A veto: no blocks; abstaining blocks only if it is said to.
        (council(veto=("C",)), "yya yy-", "yyn"),
        (council(veto=("C",), abstention_blocks=True), "nyy yny", "yyn yya yy-"),
    ],
)
def test_rules(body: Body, yes: str, no: str) -> None:
    for votes in yes.split():
        assert decides(body, votes), votes
    for votes in no.split():
        assert not decides(body, votes), votes


def test_each_asks_the_bearer_who_must_be_an_entitled_member() -> None:
    each = council("PAB", rule="each")
    assert decides(each, "ynn")
    assert not decides(each, "ayy")
    assert not decides(each, "yyy", bearer="Q")
    assert not decides(replace(each, excluded="attacker"), "yyy", Incident("P", "V"))
    assert not decides(replace(each, quorum=2), "y--")
    assert not decides(replace(each, veto=("A",)), "ynn")


def test_outside_veto_is_a_no_only_and_knows_no_exclusion() -> None:
    body = council(outside_veto=("X",), abstention_blocks=True)
    assert decides(body, "yyy", outside="a")
    assert decides(body, "yyy", outside="-")
    assert not decides(body, "yyy", outside="n")
    assert not decides(replace(body, excluded="attacker"), "yyy", Incident("X", "V"), outside="n")


def test_exclusion() -> None:
    by_a = Incident("A", "V")
    body = council(veto=("A",))
    assert not decides(body, "nyy", by_a)
    # Excluded: A's veto is gone and two of the two entitled say yes.
    assert decides(replace(body, excluded="attacker"), "nyy", by_a)
    # The denominator "members" keeps A: B alone is one of three; of the entitled, one of two is not more than half.
    assert not decides(council(excluded="attacker", of="members"), "nyn", by_a)
    assert not decides(council(excluded="attacker"), "nyn", by_a)
    # A's presence does not help the quorum.
    assert not decides(council(excluded="attacker", quorum=3), "yyy", by_a)
    # Disputants: B is the victim as well, so only C is entitled. (Due asks nothing of the beneficiaries; help does.)
    disputants = council(excluded="disputants")
    assert decides(disputants, "nny", Incident("A", "B"))
    assert not decides(disputants, "yyn", Incident("A", "B"))
    assert not decides(disputants, "nny", Incident("OTHER", "V"))
    # Nobody left: an empty body decides nothing.
    assert not decides(council("A", excluded="attacker"), "y", by_a)


def test_exclusion_of_the_controlled_and_only_of_members() -> None:
    # X attacks and controls A. A is excluded with X; with only_if_member X would have to sit in the body.
    body = council("AB", rule="unanimity", excluded="attacker")
    f = form(replace(duty(), decision=ASK), body=body, control=(("X", "A"),))
    said = words(f, {("vote", "council", "help", "A"): "no"})
    assert due(f, Incident("X", "V"), said, "help", "P")
    loose = replace(f, bodies=(replace(body, only_if_member=True),))
    assert not due(loose, Incident("X", "V"), said, "help", "P")
    assert due(loose, Incident("A", "V"), said, "help", "P")


# ------------------------------------------------------------------------------------------------- section 4


def test_facts() -> None:
    c = replace(
        duty(),
        trigger=Trigger(
            frozenset({"raid"}),
            frozenset("X"),
            frozenset("V"),
            frozenset({"main"}),
            frozenset({"ships_and_aircraft"}),
            unprovoked=True,
            lasting_hours=24,
            phases=frozenset({"dormant"}),
        ),
    )
    fits = Incident("X", "V", "raid", "main", "ships_and_aircraft", provoked=False, phase="dormant", lasting=24)
    assert facts(c, fits)
    for wrong in (
        replace(fits, attacker="OTHER"),
        replace(fits, victim="A"),
        replace(fits, kind="hybrid"),
        replace(fits, zone="far"),
        replace(fits, object="territory"),
        replace(fits, provoked=True),
        replace(fits, phase="in_force"),
        replace(fits, lasting=23),
    ):
        assert not facts(c, wrong)
    assert facts(replace(c, trigger=replace(c.trigger, unprovoked=False)), replace(fits, provoked=True))


def test_judges() -> None:
    # Two bearers, each its own judge: who denies binds itself no more, the other stays bound.
    own = form(replace(duty(bearers="PQ"), judges=(Judge("attack", "bearer"),)))
    assert providers(own, ATTACK, words(own, {("judgement", "attack", "P"): "no"}), level=3) == {"Q"}
    assert sets(own) == ["PQ"]
    # One named judge stops alone; the victim as judge waives (outside the numbers); nobody denies what is objective.
    assert sets(form(replace(duty(), judges=(Judge("attack", "X"),)))) == ["X"]
    assert sets(form(replace(duty(), judges=(Judge("attack", "victim"),)))) == []
    assert sets(form(replace(duty(), judges=(Judge("attack", "objective"),)))) == []
    # Denial of a full invasion is not open; of a raid it is.
    plain = form(replace(duty(), judges=(Judge("attack", "X", manifest=frozenset({"full_invasion"})),)))
    assert sets(plain) == []
    assert sets(plain, incident=replace(ATTACK, kind="raid")) == ["X"]
    # A body as judge votes on "judge:attack".
    board = form(replace(duty(), judges=(Judge("attack", "council", is_body=True),)), body=council("AB"))
    assert ("vote", "council", "judge:attack", "A") in words(board)
    assert sets(board) == ["A", "B"]  # more than half of two is both
    # A judge never invents a fact.
    far = form(replace(duty(), trigger=Trigger(zones=frozenset({"far"})), judges=(Judge("attack", "P"),)))
    assert not due(far, ATTACK, words(far), "help", "P")


def test_requests() -> None:
    def asks(request: Request) -> list[str]:
        return sets(form(replace(duty(), request=request)))

    assert asks(Request(("A", "B"))) == ["AB"]
    assert asks(Request(("A", "B"), all=True)) == ["A", "B"]
    assert asks(Request(("victim",))) == []  # the victim is never in H
    assert asks(Request(("A", "victim"), all=True)) == ["A"]
    f = form(replace(duty(), request=Request(("victim",))))
    assert not due(f, ATTACK, words(f, {("request", "V"): "no"}), "help", "P")


def test_after() -> None:
    # help waits for talk, whose bearers are A and B: both must be bound and act. By breach each can stop it.
    talk = duty("talk", "AB", "consult")
    chain = form(replace(duty(), after=("talk",)), talk)
    assert sets(chain) == []
    assert sets(chain, practical=True) == ["A", "B", "P"]
    # talk is only performed if it is due: it has a judge, X.
    assert sets(form(chain.clauses[0], replace(talk, judges=(Judge("attack", "X"),)))) == ["X"]
    # Help towards another victim may still be a precondition; a declaration is performed when its facts hold.
    assert sets(form(replace(duty(), after=("w",)), replace(talk, id="w", kind="declaration"))) == []
    raid = Trigger(kinds=frozenset({"raid"}))
    assert sets(form(replace(duty(), after=("w",)), replace(talk, id="w", kind="declaration", trigger=raid))) == [""]
    # A power as a precondition: one of its two bearers must use it.
    assert sets(form(replace(duty(), after=("w",)), replace(talk, id="w", kind="power"))) == ["AB"]


def test_two_clauses_that_wait_for_each_other_are_never_due() -> None:
    # From "nothing performed": x waits for y, which is not performed; y for x likewise. Nothing ever changes.
    f = form(replace(duty("x"), after=("y",)), replace(duty("y", "Q"), after=("x",)))
    assert not due(f, ATTACK, words(f), "x", "P")
    assert sets(f) == [""]
    assert good_faith(f, ATTACK) == 0
    # With one of them free both are due.
    g = form(f.clauses[0], duty("y", "Q"))
    assert due(g, ATTACK, words(g), "x", "P")


def test_consent_approval_and_breach() -> None:
    assert sets(form(replace(duty(), consents=("A", "B")))) == ["A", "B"]
    condition = form(replace(duty(), domestic=Domestic(("P",), is_condition=True)))
    assert sets(condition) == ["P"]
    no_excuse = form(replace(duty(), domestic=Domestic(("P",), is_condition=False)))
    refused = words(no_excuse, {("approval", "P"): "no"})
    # P still owes, but does not provide: no lawful stop, a practical one.
    assert due(no_excuse, ATTACK, refused, "help", "P")
    assert providers(no_excuse, ATTACK, refused, level=3) == frozenset()
    assert sets(no_excuse) == []
    assert sets(no_excuse, practical=True) == ["P"]
    # A condition in some clause makes the one approval discretion everywhere.
    both = form(no_excuse.clauses[0], replace(duty("x"), domestic=Domestic(("P",), is_condition=True)))
    assert not next(c for c in choices(both) if c.key == ("approval", "P")).performance
    assert sets(both) == ["P"]


def test_unless_is_a_reverse_veto() -> None:
    # Help stops if A, B and C all say so: three must refuse (by unanimity, with abstentions blocking).
    body = council(rule="unanimity", abstention_blocks=True)
    for c in (replace(duty(), unless=(ASK,)), replace(duty(), until=(ASK,))):
        assert sets(form(c, body=body)) == ["ABC"]
        assert sets(form(c, body=council())) == ["AB", "AC", "BC"]
    # Under "each" every bearer frees itself.
    own = form(replace(duty(bearers="PQ"), unless=(ASK,)), body=council("PQ", rule="each"))
    assert sets(own) == ["PQ"]


def test_powers_release() -> None:
    leave = replace(duty("leave", "P"), kind="power", releases=Releases(("help",), for_all=False))
    # P frees itself, Q is still bound; for all, P frees both.
    assert sets(form(duty(bearers="PQ"), leave)) == []
    assert sets(form(duty(bearers="PQ"), replace(leave, releases=Releases(("help",), for_all=True)))) == ["P"]
    # X is no bearer of help: its power for itself frees nobody.
    assert sets(form(duty(), replace(leave, bearers=("X",)))) == []
    # The power has facts of its own.
    assert sets(form(duty(), replace(leave, trigger=Trigger(phases=frozenset({"in_notice"}))))) == []


def test_collective_pact_of_three() -> None:
    # A, B and C help each other; A is attacked. Help is B and C. Each owes only if the other acts, and withholding is
    # breach: nobody lawfully, either of the two by breach.
    pact = replace(duty(bearers="ABC"), beneficiaries=frozenset("ABC"), collective=True)
    on_a = Incident("OTHER", "A")
    assert sets(form(pact), incident=on_a) == []
    assert sets(form(pact), incident=on_a, practical=True) == ["B", "C"]
    # If B attacks, a bearer is the attacker: everybody is released, which is number 0.
    assert sets(form(pact), incident=Incident("B", "A")) == [""]
    # Each for itself: both must withhold; and if B attacks, C alone is left.
    each = form(replace(pact, collective=False))
    assert sets(each, incident=on_a, practical=True) == ["BC"]
    assert sets(each, incident=Incident("B", "A"), practical=True) == ["C"]
    # Two are asked for: one is enough to stop it.
    assert sets(each, Query(3, k=2), incident=on_a, practical=True) == ["B", "C"]


def test_default_after_72_hours() -> None:
    # The council (R alone) decides on arms (3); after 72 hours sanctions (2) are owed anyway.
    f = form(replace(duty(), decision=ASK, default=Default(72, 2)), body=council("R"))
    early, late = replace(ATTACK, hour=71), replace(ATTACK, hour=72)
    assert sets(f, SANCTIONS, early) == ["R"]
    assert sets(f, SANCTIONS, late) == []
    assert sets(f, ARMS, late) == ["R"]
    # In acts, the least is due once the default has come.
    assert sets(f, Query(act="arm"), early) == ["R"]
    assert sets(f, Query(act="arm"), late) == []
    assert due(f, late, words(f, {("vote", "council", "help", "R"): "no"}), "help", "P")


def test_means() -> None:
    wide = replace(duty(), response=(owed("sanction", most=("all_means",)),))
    # The bearer chooses: the least. A level above it is not owed.
    assert good_faith(form(wide), ATTACK) == 2
    # X chooses: its pick, moved into 2 to 5. X can take away 3, never 2.
    by_x = form(replace(wide, means_chosen_by="X"))
    assert good_faith(by_x, ATTACK) == 5
    assert sets(by_x, SANCTIONS) == []
    assert sets(by_x, ARMS) == ["X"]
    picked = words(by_x, {("means", "help", "X"): "4"})
    assert help_given(by_x, ATTACK, picked, level=4)
    assert not help_given(by_x, ATTACK, picked, level=5)
    capped = form(replace(wide, response=(owed("sanction", most=("arm",)),), means_chosen_by="X"))
    assert good_faith(capped, ATTACK) == 3
    # The council chooses: all or the least, in a vote of its own.
    by_body = form(replace(wide, means_chosen_by="council", means_by_body=True), body=council("AB"))
    assert ("vote", "council", "means:help", "A") in words(by_body)
    assert sets(by_body, ARMS) == ["A", "B"]
    assert sets(by_body, SANCTIONS) == []


# ------------------------------------------------------------------------------------------------- section 5


def test_who_provides() -> None:
    f = form(duty(bearers="PQRV"), control=(("X", "Y"), ("Y", "Q"), ("V", "R")))
    # V is the victim, R is V's, Q is X's through Y. Who owes two duties counts once.
    assert providers(f, Incident("X", "V"), words(f), level=3) == {"P"}
    twice = form(duty(), duty("again"))
    assert not help_given(twice, ATTACK, words(twice), level=3, k=2)
    assert providers(form(duty(bearers="PQ")), ATTACK, words(f), level=3, among=frozenset("QA")) == {"Q"}
    # V must be among the beneficiaries, and a prohibition or permission is never help.
    assert providers(form(duty(bearers="PQ")), Incident("OTHER", "A"), words(f), level=3) == frozenset()
    assert providers(form(replace(duty(), kind="permission")), ATTACK, {}, level=3) == frozenset()
    # An act must be among the least.
    wide = form(replace(duty(), response=(owed("arm", most=("all_means",)),)))
    assert help_given(wide, ATTACK, words(wide), act="arm")
    assert not help_given(wide, ATTACK, words(wide), act="all_means")


def test_reachable_help() -> None:
    # P must seek a decision of the council, which may then use limited force (4).
    seek = replace(duty(act="seek_decision"), leads_to=LeadsTo(ASK, 4))
    f = form(seek, body=council("AB", veto=("A",)))
    force = Query(4, reachable=True)
    assert sets(f, Query(1)) == []
    assert sets(f, Query(4)) == [""]
    assert sets(f, force) == ["A", "B"]
    assert sets(f, force, practical=True) == ["A", "B", "P"]
    assert sets(f, Query(5, reachable=True)) == [""]
    # P provides consultation and the council as one more: two at level 1, not two at level 2.
    assert sets(f, Query(1, k=2, reachable=True)) == ["A", "B"]
    assert providers(f, ATTACK, words(f), level=1, reachable=True) == {"P", "council"}
    # Two duties that lead to the same council: one body counts once.
    assert sets(form(seek, replace(seek, id="x"), body=council("AB")), Query(4, k=2, reachable=True)) == [""]
    # If the only bearer is the attacker, nobody may seek.
    assert sets(f, force, Incident("P", "V")) == [""]


# ------------------------------------------------------------------------------------------------- section 6


def test_quorum_of_four_in_five_is_stopped_by_two_who_stay_away() -> None:
    # Majority of votes cast. Two noes of five lose 2:3, three noes win; but two absences leave three of four needed.
    f = form(replace(duty(), decision=ASK), body=council("ABCDE", of="cast", quorum=4))
    two = ["AB", "AC", "AD", "AE", "BC", "BD", "BE", "CD", "CE", "DE"]
    assert sets(f) == two
    no: dict[Key, str] = {("vote", "council", "help", m): "no" for m in "AB"}
    away = dict.fromkeys(no, "absent")
    assert help_given(f, ATTACK, words(f, no), level=3)
    assert not help_given(f, ATTACK, words(f, away), level=3)


def test_small_security_council() -> None:
    # Five members, two with a veto, three yes votes needed: one veto, or all three elected (two yes are left).
    f = form(replace(duty(), decision=ASK), body=council("ABCDE", rule="at_least", threshold=3, veto=("A", "B")))
    assert sets(f) == ["A", "B", "CDE"]
    # The bearer can withhold by breach only.
    assert not stops(f, ATTACK, ARMS, frozenset("P"), practical=False)
    assert stops(f, ATTACK, ARMS, frozenset("P"), practical=True)
    # If A attacks and is excluded, four are left, B keeps its veto, and two of C, D, E leave only two yes.
    shut = form(f.clauses[0], body=replace(f.bodies[0], excluded="attacker"))
    assert sets(shut, incident=Incident("A", "V")) == ["B", "CD", "CE", "DE"]


def test_each_member_for_itself() -> None:
    f = form(replace(duty(bearers="PQ"), decision=ASK), body=council("PQA", rule="each"))
    assert sets(f) == ["PQ"]  # A's vote binds nobody
    assert sets(f, Query(3, k=2)) == ["P", "Q"]


def test_control_closure() -> None:
    chain = (("X", "Y"), ("Y", "R"))
    f = form(replace(duty(), decision=ASK), body=council("R"), control=chain)
    assert closure(f, {"X"}) == {"X", "Y", "R"}
    # X holds no choice but controls R through Y; named actors are counted, not the controlled.
    assert sets(f) == ["R", "X", "Y"]
    # The victim and whom it controls never refuse: R is V's, and is taken out of X's following as well.
    g = replace(f, control=(*chain, ("V", "R")))
    assert refusers(g, ATTACK, {"X", "V"}) == {"X", "Y"}
    assert sets(g) == []
    assert not stops(g, ATTACK, ARMS, frozenset("RV"), practical=True)


def test_silent_holders_take_their_default() -> None:
    f = form(replace(duty(), decision=ASK), body=council("R", silence="absent"))
    empty = frozenset[str]()
    assert stops(f, ATTACK, ARMS, empty, practical=False, silent=frozenset("R"))
    g = form(f.clauses[0], body=council("R", silence="yes"))
    assert not stops(g, ATTACK, ARMS, empty, practical=False, silent=frozenset("R"))
    # Refusing goes before silent.
    assert stops(g, ATTACK, ARMS, frozenset("R"), practical=False, silent=frozenset("R"))
    # A silent bearer does not act; silence is no breach of somebody in H, but it is no help either.
    assert stopping_number(g, ATTACK, ARMS, practical=False, silent=frozenset("P")) == 0
    # Silent means are "0", moved up to the least.
    by_x = replace(duty(), response=(owed("sanction", most=("arm",)),), means_chosen_by="X")
    assert stopping_number(form(by_x), ATTACK, ARMS, practical=False, silent=frozenset("X")) == 0
    assert stopping_number(form(by_x), ATTACK, SANCTIONS, practical=False, silent=frozenset("X")) is None


def test_the_two_orders_can_differ() -> None:
    # x binds if A's council says yes and R finds an attack; y binds unless A's council says yes, and unless R's body
    # finds an attack. So there is help exactly where A and R say the same. Whoever chooses last wins.
    a = Body("a", ("A",), "unanimity")
    r = Body("r", ("R",), "unanimity")
    qa, qr = Question("a", "m"), Question("r", "judge:attack")
    x = replace(duty("x"), decision=qa, judges=(Judge("attack", "r", is_body=True),))
    y = replace(duty("y"), unless=(qa, qr))
    f = Form("f", tuple("APRV"), (x, y), (a, r))
    h = frozenset("R")
    assert stops(f, ATTACK, ARMS, h, practical=False, refusers_last=True)
    assert not stops(f, ATTACK, ARMS, h, practical=False, refusers_last=False)
    assert stopping_sets(f, ATTACK, ARMS, practical=False) == [frozenset("A"), h]
    assert stopping_sets(f, ATTACK, ARMS, practical=False, refusers_last=False) == [frozenset("AR")]


def test_good_faith_is_the_best_anybody_promises() -> None:
    f = form(duty(), duty("more", "Q", "all_means"))
    assert good_faith(f, ATTACK) == 5
    assert good_faith(f, ATTACK, k=2) == 3
    assert good_faith(f, ATTACK, among=frozenset("P")) == 3
    assert good_faith(f, Incident("OTHER", "A")) == 0


def test_inventory() -> None:
    f = form(replace(duty(), judges=(Judge("attack", "bearer", silence=True),), request=Request(("A",), silence=True)))
    assert choices(f) == [
        Choice(("act", "help", "P"), "P", ("yes", "no"), performance=True, default="no"),
        Choice(("judgement", "attack", "P"), "P", ("yes", "no"), performance=False, default="yes"),
        Choice(("request", "A"), "A", ("yes", "no"), performance=False, default="yes"),
    ]
    with pytest.raises(InconsistentSilenceError):
        choices(form(*f.clauses, replace(duty("x"), request=Request(("A",)))))
    with pytest.raises(ValueError, match="level or"):
        Query()
    with pytest.raises(ValueError, match="1 to 5"):
        Query(0)


# ----------------------------------------------------------------------------------------------- random forms


@cache
def drawn() -> list[tuple[Form, list[IncidentFields]]]:
    return [random_form(random.Random(seed), most=1_000) for seed in range(120)]


def test_everything_occurs() -> None:
    seen = histogram(drawn())
    print(*(f"{name}: {number}" for name, number in seen.items()), sep="\n")
    wanted = {f"body.rule:{r}" for r in ("each", "unanimity", "majority", "at_least", "share")}
    wanted |= {f"body.excluded:{e}" for e in ("nobody", "attacker", "disputants")}
    wanted |= {f"body.silence:{s}" for s in ("yes", "no", "abstain", "absent")}
    wanted |= {f"body.{n}" for n in ("of", "weights", "quorum", "veto", "abstention_blocks", "outside_veto")}
    wanted |= {f"body.{n}" for n in ("only_if_member", "threshold", "share", "members:4")}
    wanted |= {f"judge:{j}" for j in ("objective", "bearer", "victim", "party", "body")}
    wanted |= {"judge.manifest", "judge.silence", "request:any", "request:all", "request:victim"}
    wanted |= {f"clause.{n}" for n in ("collective", "consents", "consent_silence", "unless", "until", "leads_to")}
    wanted |= {f"clause.{n}" for n in ("decision", "default", "domestic", "releases", "forbids", "most_level")}
    wanted |= {f"trigger.{n}" for n in ("kinds", "attackers", "victims", "zones", "objects", "unprovoked", "phases")}
    wanted |= {"trigger.lasting_hours", "means:bearer", "means:party", "means:body", "response:per bearer"}
    wanted |= {"after:obligation", "after:power", "after:cycle", "releases:for_all=True", "releases:for_all=False"}
    wanted |= {"domestic:is_condition=True", "domestic:is_condition=False", "control:chain", "form.legal"}
    wanted |= {"clause.against_beneficiary", "question:shared", "clause.kind:prohibition", "clause.kind:permission"}
    assert {name for name in wanted if not seen.get(name)} == set()
    assert seen["incidents:triggered"] >= 0.7 * seen["incidents"]
    assert seen["incidents:helped"] >= 0.4 * seen["incidents"]


def literally_due(f: Form, incident: Incident, said: Mapping[Key, str]) -> set[tuple[str, str]]:
    """Iterate due and performed over the whole form at once, one clause after another, to the least fixpoint."""
    found: set[tuple[str, str]] = set()
    performed: set[str] = set()
    before: tuple[set[tuple[str, str]], set[str]] | None = None
    while before != (found, performed):
        before = (set(found), set(performed))
        for c in f.clauses:
            # A clause whose preconditions are met is asked as if it had none.
            free = replace(f, clauses=tuple(replace(d, after=()) if d.id == c.id else d for d in f.clauses))
            if set(c.after) <= performed:
                found |= {(c.id, i) for i in c.bearers if due(free, incident, said, c.id, i)}
            if c.kind == "obligation":
                excuse = c.domestic is not None and not c.domestic.is_condition
                approvers = c.domestic.parties if c.domestic is not None and excuse else ()
                done = all(
                    (c.id, j) in found
                    and said["act", c.id, j] == "yes"
                    and (j not in approvers or said["approval", j] == "yes")
                    for j in c.bearers
                )
            elif c.kind == "power":
                # The decision of a power is not asked: its ground is enough.
                bare = replace(free, clauses=tuple(replace(d, decision=None, default=None) for d in free.clauses))
                done = set(c.after) <= performed and any(
                    due(bare, incident, said, c.id, p) and said["power", c.id, p] == "yes" for p in c.bearers
                )
            else:
                done = facts(c, incident)
            if done:
                performed.add(c.id)
    return found


def test_reading_only_what_is_waited_for_changes_nothing() -> None:
    rng = random.Random(7)
    for f, incidents in drawn():
        for facts_ in incidents:
            incident = Incident(**facts_)
            for _ in range(4):
                said = {c.key: c.options[0] if rng.random() < 0.6 else rng.choice(c.options) for c in choices(f)}
                asked = {(c.id, i) for c in f.clauses for i in c.bearers if due(f, incident, said, c.id, i)}
                assert asked == literally_due(f, incident, said)


def every_choice(f: Form, incident: Incident, query: Query, h: frozenset[str], silent: frozenset[str]) -> list[bool]:
    """Section 6 over the whole inventory, in the order lawful last, lawful first, practical last, practical first."""
    against = refusers(f, incident, h)
    answers: list[bool] = []
    for practical in (False, True):
        theirs: list[list[tuple[Key, str]]] = []
        others: list[list[tuple[Key, str]]] = []
        for c in choices(f):
            if c.holder in against:
                theirs.append([(c.key, o) for o in c.options if practical or not c.performance or o == "yes"])
            elif c.holder in silent:
                others.append([(c.key, c.default)])
            else:
                others.append([(c.key, o) for o in c.options if not c.performance or o == "yes"])
        table = [
            [len(_providers(f, incident, dict((*w, *r)), query)) >= query.k for r in product(*theirs)]
            for w in product(*others)
        ]
        answers.append(all(not all(row) for row in table))
        answers.append(any(not any(row[n] for row in table) for n in range(len(table[0]))))
    return answers


def _providers(f: Form, incident: Incident, said: Mapping[Key, str], query: Query) -> frozenset[str]:
    return providers(f, incident, said, level=query.level, act=query.act, among=query.among, reachable=query.reachable)


def test_branching_on_choices_as_they_are_read_changes_nothing() -> None:
    rng = random.Random(8)
    compared = helped = 0
    for seed in range(400):
        f, incidents = random_form(random.Random(1_000 + seed), most=200)
        total = 1
        for c in choices(f):
            total *= len(c.options)
        if total > 2_000:
            continue
        incident = Incident(**incidents[0])
        query = Query(rng.randint(1, 3), k=rng.choice((1, 1, 2)), reachable=rng.random() < 0.5)
        for _ in range(3):
            h = frozenset(p for p in f.parties if rng.random() < 0.4)
            silent = frozenset(p for p in f.parties if rng.random() < 0.2)
            compared += 1
            found = [
                stops(f, incident, query, h, practical=practical, silent=silent, refusers_last=last)
                for practical in (False, True)
                for last in (True, False)
            ]
            assert found == every_choice(f, incident, query, h, silent)
            helped += not found[0]
    assert compared > 50
    assert helped > 10


def test_order_and_size() -> None:
    rng = random.Random(9)
    for f, incidents in drawn():
        incident = Incident(**incidents[0])
        query = Query(rng.randint(1, 4), reachable=rng.random() < 0.5)
        h = frozenset(p for p in f.parties if rng.random() < 0.4)
        more = h | frozenset(rng.sample(f.parties, 1))
        lawful_first = stops(f, incident, query, h, practical=False, refusers_last=False)
        lawful = stops(f, incident, query, h, practical=False)
        practical = stops(f, incident, query, h, practical=True)
        # A stop by those who choose first, or without breach, or by fewer, is a stop.
        assert lawful_first <= lawful <= practical
        assert lawful <= stops(f, incident, query, more, practical=False)
        assert practical <= stops(f, incident, query, more, practical=True)


def test_too_large_is_said() -> None:
    f = form(replace(duty(), decision=ASK), body=council("ABCDE"))
    with pytest.raises(TooLargeError):
        read_choices(f, ATTACK, ARMS, most=100)
