"""Items (a) to (d): rules beside z3py by hand, the whole library, a large case, and who can stop large bodies."""

import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

import by_hand
import by_hand_holds
import by_hand_more
import by_hand_others
import by_hand_time
from timing import FEWEST, Row, seconds, side_by_side

from foedus.case.form import Body, Clause, Form, Owed, Question, Trigger
from foedus.case.load import load, load_text
from foedus.case.resolve import completions, resolve
from foedus.case.shipped import instrument_ids
from foedus.case.stage import LoadedCase
from foedus.check.rule import Rule
from foedus.check.rules import RULES
from foedus.check.run import Options
from foedus.check.run import run as run_all
from foedus.check.view import View
from foedus.findings import Report
from foedus.law.expression import Expression
from foedus.law.incident import Incident
from foedus.law.meaning import Meaning, Query
from foedus.law.records import Stoppers
from foedus.law.smt.stopping import stopping_number
from foedus.law.stoppers import stoppers
from foedus.law.stops import LAWFUL

DRAFT = "istanbul-2022-draft"
OTHERS = {
    "each-bound-alone": "luxembourg-1867",
    "covers-attack-by-a-party": "nato-1949",
    "not-self-judged": "nato-1949",
    "covers-every-attacker": "uk-poland-1939",
    "help-without-request": "istanbul-2022-communique",
    "no-dead-clause": "budapest-1994",
    "home-is-no-excuse": "nato-1949",
    "provocation-is-no-escape": "nato-1949",
    "protection-is-mutual": "uk-poland-1939",
    "adds-to-the-baseline": "budapest-1994",
    "no-conflict-of-duties": "finland-soviet-1948",
    "can-be-done-in-order": "minsk-2015",
    "every-step-has-a-clock": "istanbul-2022-communique",
    "stays-in-force": "uk-poland-1939",
    "breach-has-a-consequence": "nato-1949",
}
HOLDS = Path(__file__).resolve().parent / "holds.yaml"
GATE = 3.0
LONG = 1.0
"""Seconds from which a check of one instrument is timed once instead of five times."""


def rules() -> Iterator[Row]:
    """(a) A rule over one form, and the same question by hand; then over a form on which each rule holds."""
    for rule in RULES:
        text = OTHERS.get(rule.name, DRAFT)
        yield _beside(rule, text, load(text), _by_hand(rule.name))
    case = load(str(HOLDS))
    for rule in RULES:
        peer = getattr(by_hand_holds, rule.name.replace("-", "_"), None)
        if peer is not None:
            row = _beside(rule, "made, holds", case, peer)
            assert "both say HOLDS" in row.detail, row.detail
            yield row


def _beside(rule: Rule, text: str, case: LoadedCase, peer: Callable[[], str] | None) -> Row:
    """One rule over the first form of a text; a rule that nobody has written by hand stands alone."""
    staged = case.instruments[0]
    choices = completions(staged, None)
    form = resolve(staged, None, choices.tried[0])
    ours = partial(_fresh, rule.run, partial(View, case, staged, form))
    verdict = rule.run(View(case, staged, form)).verdict.name
    of = f"{text}, first of {choices.count} unknown combinations" if choices.count > 1 else text
    if peer is None:
        time = median(seconds(ours) for _ in range(FEWEST)) * 1000
        return Row(f"a {rule.name}", time, None, "ms", f"{of}; {verdict}; not written by hand")
    said = peer()
    assert verdict == said, (rule.name, verdict, said)
    mine, other = (time * 1000 for time in side_by_side(ours, peer, 15))
    name = f"a {rule.name}" + (" (holds)" if case.id == "holds" else "")
    return Row(name, mine, other, "ms", f"{of}; both say {verdict}; peer z3py", GATE)


def _by_hand(rule: str) -> Callable[[], str] | None:
    """The same question in z3py, where somebody has written it."""
    asked = rule.replace("-", "_")
    found = [getattr(module, asked, None) for module in (by_hand, by_hand_others, by_hand_more, by_hand_time)]
    return next((peer for peer in found if peer is not None), None)


def _fresh(run: Callable[[View], object], make: Callable[[], View]) -> object:
    return run(make())


def library() -> Iterator[Row]:
    """(b) Every rule, instrument and reading, with and without explanations."""
    explained, bare = Options(), Options(explain=False)
    total, total_bare, count, once = 0.0, 0.0, 0, []
    for id in instrument_ids():
        case = load(id)
        full, plain = [], []
        full.append(seconds(lambda case=case: _kept(case, explained)))
        plain.append(seconds(lambda case=case: _kept(case, bare)))
        first, second = REPORTS.pop(), REPORTS.pop()
        assert [f.verdict for f in first.findings] == [f.verdict for f in second.findings], id
        count += len(first.findings)
        if full[0] + plain[0] < LONG:
            more = [side_by_side(partial(run_all, case, explained), partial(run_all, case, bare), 1) for _ in range(4)]
            full += [one for one, _ in more]
            plain += [other for _, other in more]
        else:
            once.append(id)
        total += median(full)
        total_bare += median(plain)
    detail = (
        f"{len(instrument_ids())} instruments, {count} findings; peer: explain=False; timed once: {', '.join(once)}"
    )
    yield Row("b library, all rules and readings", total, total_bare, "s", detail)


REPORTS: list[Report] = []


def _kept(case: LoadedCase, options: Options) -> None:
    REPORTS.append(run_all(case, options))


def large() -> Iterator[Row]:
    """(c) 32 parties and 20 clauses."""
    case = load_text(large_text(), "made.yaml")
    for name, options, often in (("all rules", Options(explain=False), FEWEST), ("explained", Options(), 1)):
        found = len(run_all(case, options).findings)
        time = median(seconds(partial(run_all, case, options)) for _ in range(often))
        yield Row(f"c 32 parties, 20 clauses, {name}", time, None, "s", f"{found} findings; no peer")


def large_text() -> str:
    """A made instrument: its clauses in turn wait for a vote, are judged by the bearer, need a request, or are free."""
    names = [f"P{n}" for n in range(32)]
    kinds = ["raid", "land_grab", "air_campaign", "full_invasion", "nuclear_use"]
    acts = ["consult", "fund", "arm", "limited_force", "all_means"]
    lines = ["foedus: 1", "id: made", "title: Made for the bench", "signed: never", "in_force: never"]
    lines += ["status: never-signed", "binding: legal", "parties:"]
    lines += [f"  {name}: {{name: Party {name}}}" for name in names]
    lines += ["default_cast: {beneficiary: P0, attackers: any}", "bodies:"]
    lines += [
        "  council: {members: parties, rule: majority, of: members, abstention: does-not-block, excluded: nobody}"
    ]
    lines += ["clauses:"]
    for n in range(20):
        bearers = ", ".join(names[1 + n % 8 :])
        extra = ("decision: council", "judge: bearer", "request: victim", "judge: objective")[n % 4]
        judge = [] if "judge" in extra else ["    judge: objective"]
        lines += [
            f"  - id: c{n}",
            f"    says: Clause {n}.",
            "    kind: obligation",
            f"    bearers: [{bearers}]",
            "    to: parties",
            f"    when: {{kind: [{', '.join(kinds[n % 3 :])}]}}",
            *judge,
            f"    {extra}",
            f"    response: {{least: [{acts[n % 4]}], most: [all_means]}}",
        ]
    return "\n".join(lines) + "\n"


def bodies() -> Iterator[Row]:
    """(d) Who can stop what a large body decides."""
    council = tuple(f"M{n}" for n in range(15))
    assembly = tuple(f"M{n}" for n in range(32))
    unsc = Body("body", council, "at_least", "members", threshold=9, veto=council[:5])
    yield from _stoppers("d council of 15, 9 needed, 5 vetoes", unsc, 1)
    yield from _stoppers("d majority of 32 members", Body("body", assembly, "majority", "members"), 16)
    yield _unequal()


def _unequal() -> Row:
    """40 members of different weight, majority of the votes cast, quorum 20: the plain search gives up, Z3 answers."""
    members = tuple(f"M{n}" for n in range(40))
    weights = tuple(random.Random(1).sample(range(100, 1000), len(members)))
    body = Body("body", members, "majority", "cast", weights=weights, quorum=20)
    total = known = 0
    for weight in sorted(weights, reverse=True):  # a no leaves the yes side and joins the other: half is enough
        if 2 * total >= sum(weights):
            break
        total, known = total + weight, known + 1
    row = next(_stoppers("d 40 members of unequal weight", body, known, beside=False))
    assert known < 21  # by staying away it takes 21 for the quorum to fail
    return row


def _stoppers(name: str, body: Body, known: int, *, beside: bool = True) -> Iterator[Row]:
    means = frozenset({"all_means"})
    bearers = ("A", "B", "C")
    clause = Clause(
        "aid", "obligation", bearers, frozenset({"V"}), (Owed(means, means),) * len(bearers), trigger=Trigger(),
        decision=Question(body.id, "aid"),
    )  # fmt: skip
    form = Form("made", ("V", *bearers, *body.members), (clause,), (body,))
    incident = Incident("X", "V")

    def placed() -> tuple[Meaning, Expression]:
        meaning = Meaning(form)
        return meaning, meaning.at(meaning.help_expression(Query(level=5)), incident)

    def ours() -> Stoppers:
        return stoppers(*placed(), "V", LAWFUL)

    def peer() -> object:
        return stopping_number(*placed(), "V", LAWFUL)

    found = ours()
    assert found.number == known, found
    kinds = f"number {found.number}, {len(found.kinds)} kinds" + (", more" if found.more else "")
    if not beside:
        yield Row(name, median(seconds(ours) for _ in range(FEWEST)), None, "s", f"{kinds}; plain search, then Z3")
        return
    assert peer() == known
    mine, other = side_by_side(ours, peer, FEWEST)
    yield Row(name, mine, other, "s", f"{kinds}; peer: foedus.law.smt.stopping_number (the number alone)")
