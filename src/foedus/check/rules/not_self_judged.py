"""C05: no bearer is the judge of its own duty, and none chooses alone how little it gives (two facts)."""

from collections.abc import Iterable

from foedus.case.ladders import level_of
from foedus.check.asked import GOOD_FAITH, Asked
from foedus.check.queries import clauses_that_help
from foedus.check.rule import Rule
from foedus.check.view import View
from foedus.errors import needed
from foedus.findings import Class, Outcome, Verdict
from foedus.law.incident import Incident
from foedus.wording import Speaker, level

OWN_WORDS = ("judgement", "consent", "vote", "request")
"""In what a bearer can say no to its own duty: a finding, and whatever else the duty waits for from itself.

Approval at home has a rule of its own (C13), as have rights that end a duty (C18) and, in part, the means (below).
"""

OPEN_MEANS = frozenset({"the bearer chooses its means"})


def run(view: View) -> Outcome:
    promised_at: Incident | None = None
    for incident in view.help_classes(view.near_attackers()):
        promised = view.level(incident)
        if not promised:
            continue
        promised_at = promised_at or incident
        for bearer, *_ in view.alike(view.providers(incident, promised), incident, GOOD_FAITH):
            if _frees_itself(view, incident, bearer, promised, OWN_WORDS):
                return _judged(view, incident, bearer, promised)
    if promised_at is None:
        return Outcome(Verdict.NOT_APPLICABLE, view.base, reason="no help is promised in any incident looked at")
    promised = view.level(promised_at)
    carrying = clauses_that_help(view, promised_at, promised)
    open_means = _open_means(view, promised_at)
    if open_means is not None:
        clause, least, most = open_means
        return Outcome(
            Verdict.FAILS, promised_at, clauses=(clause,), promised_level=promised,
            weakest_level=least, most_level=most,
            marks=OPEN_MEANS,
        )  # fmt: skip
    return Outcome(Verdict.HOLDS, promised_at, promised_level=promised, clauses=carrying)


def _frees_itself(view: View, incident: Incident, bearer: str, promised: int, sorts: Iterable[str]) -> bool:
    """Whether a bearer's own no, in some sorts of choice, takes away its own duty."""
    asked = Asked(refusing=frozenset({bearer}), sorts=frozenset(sorts))
    return bearer not in view.providers(incident, promised, asked)


def _judged(view: View, incident: Incident, bearer: str, promised: int) -> Outcome:
    carrying = clauses_that_help(view, incident, promised)
    by = [sort for sort in OWN_WORDS if _frees_itself(view, incident, bearer, promised, (sort,))]
    return Outcome(
        Verdict.FAILS, incident, refusing=(bearer,), clauses=carrying, promised_level=promised,
        weakest_level=view.level(incident, Asked(refusing=view.guarantors(incident), sorts=frozenset(OWN_WORDS))),
        judge=bearer,
        lawful=view.stoppers(incident, promised, practical=False),
        practical=view.stoppers(incident, promised, practical=True),
        marks=(OPEN_MEANS if _open_means(view, incident) is not None else frozenset()) | {(by or OWN_WORDS)[0]},
    )  # fmt: skip


def _open_means(view: View, incident: Incident) -> tuple[str, int, int] | None:
    """The first duty in this incident that lets its bearer choose between less and more."""
    for clause in view.duties:
        if clause.means_chosen_by == "bearer" and view.due(clause, incident):
            for bearer, response in zip(clause.bearers, clause.response, strict=True):
                least, most = level_of(response.least), level_of(response.most)
                if bearer not in (incident.attacker, incident.victim) and least < most:
                    return clause.id, least, most
    return None


def say(outcome: Outcome, speaker: Speaker) -> str:
    if outcome.judge is not None:
        return f"if {speaker.incident(outcome.where)}, {_judges(outcome, speaker.party(outcome.judge))}: a no is lawful"
    return (
        f"if {speaker.incident(outcome.where)}, nobody judges for itself whether it must help, but each chooses how: "
        f"anything from {level(outcome.weakest)} to {level(needed(outcome.most_level))} keeps to the text"
    )


def _judges(outcome: Outcome, bearer: str) -> str:
    open_means = outcome.marks & OPEN_MEANS
    for sort, does in (("consent", "consents"), ("vote", "votes for it"), ("request", "asks for it")):
        if sort in outcome.marks:
            chosen = ", and chooses its means if it does" if open_means else ""
            return f"{bearer} need not help unless it {does} itself{chosen}"
    return f"{bearer} itself judges whether it must help{' and chooses its means' if open_means else ''}"


def praise(outcome: Outcome, speaker: Speaker) -> str:
    return f"if {speaker.incident(outcome.where)}, neither the duty nor its size turns on its bearer's own judgement"


RULE = Rule(
    code="C05",
    name="not-self-judged",
    wanted="Nobody is the judge of its own duty to help",
    kind=Class.CAUTION,
    scope="instrument",
    looks_for="a bearer whose own judgement, consent, vote or request decides whether it owes help, or who alone "
    "chooses between less and more help; the two facts are told apart",
    why="A duty that its bearer may judge away is a statement of intent; a duty of open size is as large "
    "as its bearer likes.",
    limits="Judgement that is not open in good faith (`manifest`) is respected. Asked for the first "
    "attacker and an outsider. A vote counts where the bearer's own no is enough to end its own duty; that it ends "
    "what others owe as well is told by `no-single-ally-can-stop`.",
    source="the list of checks (docs/theory/checks.md), C05; docs/theory/meaning.md, sections 5 and 6",
    run=run,
    say=say,
    praise=praise,
)
