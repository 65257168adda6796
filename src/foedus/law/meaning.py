"""The meaning of a form: who is bound, what is owed and what counts as help (meaning.md, sections 4 and 5).

Everything here is an expression over facts and choices; ``Meaning`` builds each one once and keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from foedus.case.form import Body, Clause, Form, Judge, Owed, Question
from foedus.case.ladders import level_of
from foedus.law import bodies
from foedus.law.built import Built, endless_clauses
from foedus.law.choices import MEANS, Choices, choices_of, masters, possible_victims
from foedus.law.expression import (
    FALSE,
    TRUE,
    Expression,
    at_least,
    conjunction,
    disjunction,
    fact_from,
    fact_in,
    negation,
    pick,
)
from foedus.law.incident import Incident

HIGHEST: Final = 5


@dataclass(frozen=True, slots=True)
class Query:
    """The help asked for: ``k`` providers at a level, or with an act.

    ``among`` names who may provide (party ids, or a body's id for reachable help). ``clauses`` names the obligations
    that may provide; the other clauses keep their part as preconditions.
    """

    level: int | None = None
    act: str | None = None
    k: int = 1
    among: frozenset[str] | None = None
    reachable: bool = False
    clauses: frozenset[str] | None = None


class Meaning:
    """One form, read: its choices and its expressions, each built at the first question and kept with the form."""

    def __init__(self, form: Form, built: Built | None = None) -> None:
        self.form: Final = form
        self.choices: Final[Choices] = choices_of(form)
        self.clauses: Final = {clause.id: clause for clause in form.clauses}
        self.bodies: Final[dict[str, Body]] = {body.id: body for body in form.bodies}
        self.kept: Final[dict[object, object]] = {}
        self.endless: Final = endless_clauses(form)
        self.built: Final = built or Built()
        self._marks: Final = self.built.marks(form, self.endless)

    def help_expression(self, query: Query) -> Expression:
        """Return that the help asked for is there: ``k`` providers at the level or with the act."""
        marks = tuple(self._marks[clause.id] for clause in self.obligations(query.clauses))
        asked = (query.level, query.act, query.k, query.among, query.reachable and tuple(self.bodies))
        return self._keep(("help", asked, marks), lambda: _help(self, query))

    def mark(self, clause: Clause) -> int:
        """Return a number that is equal for clauses, of this form or another, of which all the same is built."""
        return self._marks[clause.id]

    def mark_of_help(self, reachable: bool, clauses: frozenset[str] | None = None) -> int:  # noqa: FBT001
        """Return a number that is equal for forms in which every question about help has the same expression."""
        marks = tuple(map(self.mark, self.obligations(clauses)))
        return self.built.number((marks, reachable and tuple(self.bodies)))

    def at(self, expression: Expression, incident: Incident) -> Expression:
        """Return what is left of an expression at an incident, kept for the next question."""
        return self.built.at(expression, incident)

    def provides(
        self, provider: str, level: int | None, act: str | None = None, clauses: frozenset[str] | None = None
    ) -> Expression:
        """Return that a party provides help under some obligation towards the victim."""
        under = [clause for clause in self.obligations(clauses) if provider in clause.bearers]
        marks = tuple(self._marks[clause.id] for clause in under)
        return self._keep(
            ("provides", provider, level, act, self.form.control, marks),
            lambda: conjunction(
                (
                    self.may_provide(provider),
                    disjunction(
                        conjunction((fact_in("victim", clause.beneficiaries), self.gives(clause, provider, level, act)))
                        for clause in under
                    ),
                )
            ),
        )

    def provided(self, clause: Clause, parties: tuple[str, ...], level: int | None, act: str | None) -> Expression:
        """Return that one of some bearers provides help under a clause."""
        return self._keep(
            ("provided", self._marks[clause.id], parties, level, act),
            lambda: conjunction(
                (
                    fact_in("victim", clause.beneficiaries),
                    self.shared(clause),
                    disjunction(
                        conjunction((self.may_provide(party), self.gives(clause, party, level, act)))
                        for party in parties
                    ),
                )
            ),
        )

    def gives(self, clause: Clause, bearer: str, level: int | None, act: str | None = None) -> Expression:
        """Return that a bearer owes a level or an act under a clause, and does it."""
        return conjunction((self.owes(clause, bearer, level, act), self.acts(clause, bearer)))

    def reaches(self, body: str, level: int, clauses: frozenset[str] | None = None) -> Expression:
        """Return that some duty to seek a decision of this body leads to help at a level."""
        leading = [
            (clause, clause.leads_to.question)
            for clause in self.obligations(clauses)
            if clause.leads_to and clause.leads_to.question.body == body and clause.leads_to.level >= level
        ]
        return self._keep(
            ("reaches", tuple(self._marks[clause.id] for clause, _ in leading)),
            lambda: disjunction(
                conjunction(
                    (
                        fact_in("victim", clause.beneficiaries),
                        self.may_provide(bearer),
                        self.due(clause, bearer),
                        self.acts(clause, bearer),
                        self.decided(question, bearer),
                    )
                )
                for clause, question in leading
                for bearer in clause.bearers
            ),
        )

    def obligations(self, clauses: frozenset[str] | None = None) -> Iterator[Clause]:
        """Yield the obligations, or those among them that are named."""
        for clause in self.form.clauses:
            if clause.kind == "obligation" and (clauses is None or clause.id in clauses):
                yield clause

    def may_provide(self, party: str) -> Expression:
        """Return that a party is neither victim nor attacker nor controlled by either."""
        over = masters(self.form.control, party)
        return negation(disjunction((fact_in("attacker", over), fact_in("victim", over))))

    def owes(self, clause: Clause, bearer: str, level: int | None, act: str | None = None) -> Expression:
        """Return that a bearer owes a level (1 or more) or an act under a clause."""
        if act is not None:
            return self.due(clause, bearer) if act in _response(clause, bearer).least else FALSE
        if level is None or level < 1:
            raise ValueError("what is owed is asked by a level of 1 or more, or by an act")
        return self._keep(("owes", self._marks[clause.id], bearer, level), lambda: _owes(self, clause, bearer, level))

    def due(self, clause: Clause, bearer: str) -> Expression:
        """Return that a clause binds a bearer now."""
        return self._keep(
            ("due", self._marks[clause.id], bearer),
            lambda: conjunction(
                (self.ground(clause, bearer), disjunction((self.decision(clause, bearer), *_overdue(clause, 0))))
            ),
        )

    def ground(self, clause: Clause, bearer: str) -> Expression:
        """Return everything but the decision that has to hold for a clause to bind a bearer."""
        return self._keep(
            ("ground", self._marks[clause.id], bearer),
            lambda: conjunction(
                (
                    self.shared(clause),
                    *(self.judged(clause, judge, bearer) for judge in clause.judges),
                    self.approved(clause, bearer),
                    self.not_stopped(clause, bearer),
                    self.together(clause, bearer),
                )
            ),
        )

    def shared(self, clause: Clause) -> Expression:
        """Return the part of the ground that is the same for every bearer."""
        return self._keep(
            ("shared", self._marks[clause.id]),
            lambda: conjunction((facts(clause), self.asked(clause), self.prepared(clause), consented(clause))),
        )

    def judged(self, clause: Clause, judge: Judge, bearer: str) -> Expression:
        """Return that one judge finds its aspect, or cannot deny it in good faith."""
        if judge.by == "objective":
            return TRUE
        if judge.is_body:
            found = self.decided(Question(judge.by, f"judge:{judge.aspect}"), bearer)
        elif judge.by == "victim":
            found = self._by_victim(clause, "judgement", judge.aspect)
        else:
            found = pick(("judgement", judge.aspect, bearer if judge.by == "bearer" else judge.by), "yes")
        return disjunction((fact_in("kind", judge.manifest), found))

    def asked(self, clause: Clause) -> Expression:
        """Return that those who must ask first have asked."""
        if clause.request is None:
            return TRUE
        requests = [
            self._by_victim(clause, "request") if party == "victim" else pick(("request", party), "yes")
            for party in clause.request.by
        ]
        return conjunction(requests) if clause.request.all else disjunction(requests)

    def prepared(self, clause: Clause) -> Expression:
        """Return that every clause that comes first is performed."""
        return conjunction(self.performed(self.clauses[earlier]) for earlier in clause.after)

    def approved(self, clause: Clause, bearer: str) -> Expression:
        """Return that approval at home is given where it is a condition."""
        domestic = clause.domestic
        if domestic is None or not domestic.is_condition or bearer not in domestic.parties:
            return TRUE
        return pick(("approval", bearer), "yes")

    def not_stopped(self, clause: Clause, bearer: str) -> Expression:
        """Return that no body has ended the clause and no power that releases the bearer is used."""
        ends = [self.decided(question, bearer) for question in (*clause.unless, *clause.until)]
        return negation(disjunction((*ends, *self.releases(clause, bearer).values())))

    def releases(self, clause: Clause, bearer: str) -> dict[str, Expression]:
        """Return, power by power, that it is used so as to release the bearer from the clause."""
        found = {}
        for power in self.form.clauses:
            if power.kind != "power" or power.releases is None or clause.id not in power.releases.clauses:
                continue
            users = power.bearers if power.releases.for_all else tuple(p for p in power.bearers if p == bearer)
            used = disjunction(pick(("power", power.id, user), "yes") for user in users)
            found[power.id] = conjunction((facts(power), used))
        return found

    def together(self, clause: Clause, bearer: str) -> Expression:
        """Return that the bearers of a collective clause all stand: none attacks, all others act."""
        if not clause.collective or clause.kind != "obligation":
            return TRUE
        others = [other for other in clause.bearers if other != bearer]
        return conjunction(
            (
                negation(fact_in("attacker", clause.bearers)),
                *(disjunction((fact_in("victim", (o,)), pick(("act", clause.id, o), "yes"))) for o in others),
            )
        )

    def decision(self, clause: Clause, bearer: str) -> Expression:
        """Return that no decision is wanted, or that the body has decided."""
        return TRUE if clause.decision is None else self.decided(clause.decision, bearer)

    def decided(self, question: Question, bearer: str) -> Expression:
        """Return that a body decides a matter; the bearer counts where each member decides for itself."""
        body = self.bodies[question.body]
        voice = bearer if body.rule == "each" else None
        return self._keep(
            ("decided", self.built.place(body), self.form.control, question.matter, voice),
            lambda: bodies.decided(body, question.matter, voice, self.form.control),
        )

    def acts(self, clause: Clause, bearer: str) -> Expression:
        """Return that a bearer does what an obligation wants of it, approval at home included if it is no excuse."""
        act = pick(("act", clause.id, bearer), "yes")
        domestic = clause.domestic
        if domestic is None or domestic.is_condition or bearer not in domestic.parties:
            return act
        return conjunction((act, pick(("approval", bearer), "yes")))

    def performed(self, clause: Clause) -> Expression:
        """Return that a clause on which others wait is performed.

        The least fixpoint: with a bearer, performance of an obligation or a power implies its own preconditions, for
        they are part of every bearer's ground. A clause that reaches itself through ``after`` therefore implies
        itself along the way; nothing on such a circle is true in the least solution, and nothing that waits for a
        circle either. Those (``endless_clauses``) are false outright; what remains has no circles, so that each
        expression is built from finished ones and may be kept.
        """
        return self._keep(("performed", self._marks[clause.id]), lambda: _performed(self, clause))

    def _by_victim(self, clause: Clause, *key: str) -> Expression:
        return disjunction(
            conjunction((fact_in("victim", (victim,)), pick((*key, victim), "yes")))
            for victim in possible_victims(self.form, clause)
        )

    def _keep(self, key: tuple[object, ...], build: Callable[[], Expression]) -> Expression:
        found = self.built.expressions.get(key)
        if found is None:
            found = self.built.expressions[key] = build()
        return found


def facts(clause: Clause) -> Expression:
    """Return that the facts of an incident match a clause."""
    trigger = clause.trigger
    return conjunction(
        (
            fact_in("phase", trigger.phases),
            fact_in("kind", trigger.kinds),
            fact_in("attacker", trigger.attackers),
            fact_in("victim", trigger.victims),
            fact_in("zone", trigger.zones),
            fact_in("object", trigger.objects),
            fact_from("lasting", trigger.lasting_hours),
            fact_in("provoked", (False,)) if trigger.unprovoked else TRUE,
        )
    )


def consented(clause: Clause) -> Expression:
    """Return that every party whose consent is wanted consents."""
    return conjunction(pick(("consent", clause.id, party), "yes") for party in clause.consents)


def _help(meaning: Meaning, query: Query) -> Expression:
    if query.act is None and (query.level is None or query.level < 1):
        return TRUE
    among = query.among
    bearers = [party for party in bearers_of(meaning.obligations(query.clauses)) if among is None or party in among]
    reached = [
        meaning.reaches(body, query.level, query.clauses)
        for body in meaning.bodies
        if query.reachable and query.act is None and query.level and (among is None or body in among)
    ]
    if query.k == 1:
        return disjunction((*_by_clause(meaning, query, bearers), *reached))
    providers = [meaning.provides(party, query.level, query.act, query.clauses) for party in bearers]
    return at_least(query.k, (*providers, *reached))


def _by_clause(meaning: Meaning, query: Query, bearers: list[str]) -> Iterator[Expression]:
    """Yield, clause by clause, that some party provides; one provider is enough, so clauses may come before parties.

    What all bearers share stands in front, so that a clause whose facts fail falls away at once.
    """
    for clause in meaning.obligations(query.clauses):
        parties = tuple(party for party in bearers if party in clause.bearers)
        yield meaning.provided(clause, parties, query.level, query.act)


def _owes(meaning: Meaning, clause: Clause, bearer: str, level: int) -> Expression:
    chosen = conjunction((meaning.decision(clause, bearer), _level_is(meaning, clause, bearer, level)))
    return conjunction((meaning.ground(clause, bearer), disjunction((chosen, *_overdue(clause, level)))))


def _level_is(meaning: Meaning, clause: Clause, bearer: str, level: int) -> Expression:
    """Return that the level of the clause for the bearer is at least ``level``."""
    response = _response(clause, bearer)
    least, most = level_of(response.least), level_of(response.most)
    if clause.means_chosen_by == "bearer":
        return TRUE if least >= level else FALSE
    if clause.means_by_body:
        chosen = meaning.decided(Question(clause.means_chosen_by, f"means:{clause.id}"), bearer)
        high = chosen if most >= level else FALSE
        low = negation(chosen) if least >= level else FALSE
        return TRUE if min(least, most) >= level else disjunction((high, low))
    enough = [means for means in MEANS if max(least, min(most, int(means))) >= level]
    if len(enough) == len(MEANS):
        return TRUE
    return pick(("means", clause.id, clause.means_chosen_by), *enough)


def _overdue(clause: Clause, level: int) -> tuple[Expression, ...]:
    default = clause.default
    if default is None or default.level < level:
        return ()
    return (fact_from("hour", default.after_hours),)


def _response(clause: Clause, bearer: str) -> Owed:
    return clause.response[clause.bearers.index(bearer)]


def _performed(meaning: Meaning, clause: Clause) -> Expression:
    if clause.kind not in ("obligation", "power"):
        return facts(clause)
    if clause.id in meaning.endless:
        return FALSE
    if clause.kind == "power":
        return disjunction(
            conjunction((meaning.ground(clause, bearer), pick(("power", clause.id, bearer), "yes")))
            for bearer in clause.bearers
        )
    return conjunction(
        conjunction((meaning.due(clause, bearer), meaning.acts(clause, bearer))) for bearer in clause.bearers
    )


def bearers_of(clauses: Iterable[Clause]) -> tuple[str, ...]:
    """Return the bearers of some clauses, each once, in order."""
    return tuple(dict.fromkeys(bearer for clause in clauses for bearer in clause.bearers))
