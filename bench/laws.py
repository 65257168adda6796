"""Items (a) to (d): rules beside z3py by hand, the whole library, a large case, and who can stop large bodies."""

from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

import by_hand
import by_hand_more
import by_hand_others
from timing import FEWEST, Row, seconds, side_by_side

from foedus.case.form import Body, Clause, Form, Owed, Question, Trigger
from foedus.case.load import load, load_text
from foedus.case.resolve import completions, resolve
from foedus.case.shipped import instrument_ids
from foedus.case.stage import LoadedCase
from foedus.check.rules import RULES
from foedus.check.run import Options
from foedus.check.run import run as run_all
from foedus.check.view import View
from foedus.findings import Report
from foedus.law.expression import Expression
from foedus.law.incident import Incident
from foedus.law.meaning import Meaning, Query
from foedus.law.records import Stoppers
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
}
GATE = 3.0
LONG = 1.0
"""Seconds from which a check of one instrument is timed once instead of five times."""


def rules() -> Iterator[Row]:
    """(a) A rule over one form, and the same question by hand."""
    for rule in RULES:
        text = OTHERS.get(rule.name, DRAFT)
        case = load(text)
        staged = case.instruments[0]
        choices = completions(staged, None)
        form = resolve(staged, None, choices.tried[0])
        ours = partial(_fresh, rule.run, partial(View, case, staged, form))
        verdict = rule.run(View(case, staged, form)).verdict.name
        peer = _by_hand(rule.name)
        if peer is None:
            yield Row(f"a {rule.name}", median(seconds(ours) for _ in range(15)) * 1000, None, "ms", f"{text}; no peer")
            continue
        assert verdict == peer(), (rule.name, verdict, peer())
        mine, other = (time * 1000 for time in side_by_side(ours, peer, 15))
        of = f", first of {choices.count} unknown combinations" if choices.count > 1 else ""
        yield Row(f"a {rule.name}", mine, other, "ms", f"{text}{of}; both say {verdict}; peer z3py QF_FD", GATE)


def _by_hand(rule: str) -> Callable[[], str] | None:
    """The same question in z3py, where somebody has written it."""
    asked = rule.replace("-", "_")
    found = [getattr(module, asked, None) for module in (by_hand, by_hand_others, by_hand_more)]
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
    bare = Options(explain=False)
    found = len(run_all(case, bare).findings)
    time = median(seconds(partial(run_all, case, bare)) for _ in range(FEWEST))
    yield Row("c 32 parties, 20 clauses, all rules", time, None, "s", f"{found} findings; explain=False; no peer")


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


def _stoppers(name: str, body: Body, known: int) -> Iterator[Row]:
    try:
        from foedus.law.smt.stopping import stopping_number
    except ImportError:
        stopping_number = None
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
    if stopping_number is None:
        yield Row(name, seconds(ours), None, "s", kinds)
        return
    assert peer() == known
    mine, other = side_by_side(ours, peer, FEWEST)
    yield Row(name, mine, other, "s", f"{kinds}; peer: foedus.law.smt.stopping_number (the number alone)")
