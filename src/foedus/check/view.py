"""One text under one reading and one choice of unknown values: the only way in which rules look at the law."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Final

from foedus.case.form import Clause
from foedus.case.ladders import OTHER, level_of
from foedus.check.asked import GOOD_FAITH, Asked, UndecidedError
from foedus.check.scene import Scene
from foedus.law.expression import Constant, Expression
from foedus.law.incident import Incident
from foedus.law.interpret import choices_read
from foedus.law.meaning import Query, bearers_of
from foedus.law.records import Stoppers, Undecided
from foedus.law.stoppers import stoppers
from foedus.law.stops import LAWFUL, PRACTICAL, Stance, stops

HIGHEST: Final = 5


class View(Scene):
    """A form with its incidents and answers; answers are kept because many rules ask the same question.

    Of a form that is only ``tried`` the verdicts are wanted and no more: nobody is looked for who can stop the help.
    """

    @cached_property
    def rungs(self) -> tuple[int, ...]:
        """The levels that the form names, highest first: between two of them nothing changes."""
        found = set[int]()
        for clause in self.meaning.obligations():
            for response in clause.response:
                least, most = level_of(response.least), level_of(response.most)
                found |= {least} if clause.means_chosen_by == "bearer" else {least, most, *range(least, most)}
            found |= {clause.default.level} if clause.default is not None else set()
            found |= {clause.leads_to.level} if clause.leads_to is not None else set()
        return tuple(sorted(found - {0}, reverse=True))

    def rung(self, level: int) -> int:
        """The level at which the same is asked as at this one: the next that the form names."""
        return min((rung for rung in self.rungs if rung >= level), default=HIGHEST)

    def expression(self, level: int, asked: Asked) -> Expression:
        """That enough providers owe a level."""
        return self.meaning.help_expression(
            Query(
                level=self.rung(level),
                k=self.case.required_count,
                among=self.case.required_of,
                reachable=asked.reachable,
                clauses=asked.clauses,
            )
        )

    def level(self, incident: Incident, asked: Asked = GOOD_FAITH) -> int:
        """The highest level that is still there, 0 if none."""
        if not asked.refusing and not asked.silent:
            incident = self._like(incident)
        return self._share(("level", self._mark(asked), incident, asked), lambda: self._level(incident, asked))

    def _mark(self, asked: Asked) -> int:
        """A number that is equal for forms in which help is the same."""
        return self._keep(
            ("mark", asked.reachable, asked.clauses), lambda: self.meaning.mark_of_help(asked.reachable, asked.clauses)
        )

    def _like(self, incident: Incident) -> Incident:
        """The incident with the first attacker that nothing tells apart from this one."""
        groups = self._keep("like", self._attackers_alike)
        attackers = groups.get((self.kind_of(incident.attacker), incident.attacker in self._among), ())
        first = next((attacker for attacker in attackers if attacker != incident.victim), incident.attacker)
        if first == incident.attacker:
            return incident
        return self._keep(("like", incident), lambda: replace(incident, attacker=first))

    def _attackers_alike(self) -> dict[tuple[int, bool], list[str]]:
        """The attackers in groups that nothing tells apart."""
        groups: dict[tuple[int, bool], list[str]] = {}
        for attacker in self.space.attackers:
            groups.setdefault((self.kind_of(attacker), attacker in self._among), []).append(attacker)
        return groups

    def _level(self, incident: Incident, asked: Asked) -> int:
        if self.case.required_count == 1 and self.case.required_of is None and not asked.refusing and not asked.silent:
            # In good faith, and where one is enough, help is there if and only if some provider gives it.
            return next((n for n in self.rungs if self.providers(incident, n, asked)), 0)
        rungs = self.rungs
        if asked.refusing and not asked.silent:  # refusal only takes away, silence may say yes
            good = self.level(incident, replace(asked, refusing=frozenset()))
            rungs = tuple(rung for rung in rungs if rung <= good)
        return next((n for n in rungs if not self.stopped(self.expression(n, asked), incident, asked)), 0)

    def providers(self, incident: Incident, level: int, asked: Asked = GOOD_FAITH) -> tuple[str, ...]:
        """Who still owes a level; bodies count where help is only reachable."""
        level = self.rung(level)
        return self._share(
            ("providers", self._mark(asked), incident, level, asked), lambda: self._providers(incident, level, asked)
        )

    def _providers(self, incident: Incident, level: int, asked: Asked) -> tuple[str, ...]:
        found: list[str] = []
        bearers = self._keep(("bearers", asked.clauses), lambda: bearers_of(self.meaning.obligations(asked.clauses)))
        for group in self.alike(bearers, incident, asked):
            if not self.stopped(self._provides(group[0], level, asked.clauses), incident, asked):
                found += group
        if asked.reachable:
            found += [
                body.id
                for body in self.form.bodies
                if not self.stopped(self._reaches(body.id, level, asked.clauses), incident, asked)
            ]
        return tuple(found)

    def _provides(self, party: str, level: int, clauses: frozenset[str] | None) -> Expression:
        return self._keep(
            ("provides", party, level, clauses), lambda: self.meaning.provides(party, level, None, clauses)
        )

    def _reaches(self, body: str, level: int, clauses: frozenset[str] | None) -> Expression:
        return self._keep(("reaches", body, level, clauses), lambda: self.meaning.reaches(body, level, clauses))

    def stopped(self, expression: Expression, incident: Incident, asked: Asked) -> bool:
        """Whether the refusing can bring it about that the expression is false."""
        here = self.here(expression, incident)
        if isinstance(here, Constant):
            return not here.value
        refusing, how = asked.refusing, None
        if asked.refusing or asked.silent:
            # Who holds nothing that is read here cannot matter: most questions end as the one about good faith.
            holders = self.holders(here)
            refusing = (self.controlled(asked.refusing) - self.controlled((incident.victim,))) & holders
            silent = asked.silent & holders
            how = (
                (refusing, silent, asked.practical, asked.sorts, asked.silent_sorts, asked.choices)
                if refusing or silent
                else None
            )
        found = self._share(("stopped", here, how), lambda: self._stopped(here, refusing, asked))
        if isinstance(found, Undecided):
            raise UndecidedError(found.reason)
        return found

    def here(self, expression: Expression, incident: Incident) -> Expression:
        """What is left of an expression at an incident; the same object for all views that share."""
        known = self._known.get(id(expression))
        if known is None:  # the expression is kept beside its like, so that no other takes its id
            known = self._known[id(expression)] = (
                expression,
                self.shared.expressions.setdefault(expression, expression),
            )
        key = (known[1], incident)
        found = self.shared.placed.get(key)
        if found is None:
            found = self.meaning.at(*key)
            found = self.shared.placed[key] = self.shared.expressions.setdefault(found, found)
        return found

    def holders(self, here: Expression) -> frozenset[str]:
        """Who holds a choice that an expression reads."""
        return self._share(
            ("holders", here), lambda: frozenset(self.meaning.choices[key].holder for key in choices_read(here))
        )

    def _stopped(self, here: Expression, refusing: frozenset[str], asked: Asked) -> bool | Undecided:
        stance = Stance(
            practical=asked.practical, only_sorts=asked.sorts, only_choices=asked.choices,
            silent=asked.silent, silent_sorts=asked.silent_sorts,
        )  # fmt: skip
        return stops(self.meaning, here, refusing, stance)

    def due(self, clause: Clause, incident: Incident, asked: Asked = GOOD_FAITH) -> tuple[str, ...]:
        """The bearers other than attacker and victim for whom a clause is due."""
        return self._share(
            ("due", self.meaning.mark(clause), incident, asked), lambda: self._due(clause, incident, asked)
        )

    def _due(self, clause: Clause, incident: Incident, asked: Asked) -> tuple[str, ...]:
        found: set[str] = set()
        for group in self.alike(self.others(clause, incident), incident, asked):
            if not self.stopped(self.meaning.due(clause, group[0]), incident, asked):
                found.update(group)
        return tuple(bearer for bearer in clause.bearers if bearer in found)

    def where_due(self, clause: Clause, *, attacker_refuses: bool = False) -> Iterator[Incident]:
        """The classes of incident in which a clause is due to the victim, nearest to the base first."""
        expressions = [self.meaning.due(clause, bearer) for bearer in clause.bearers]
        attackers = None if attacker_refuses else self.near_attackers()
        for incident in self.incidents(expressions, attackers, attacker_refuses=attacker_refuses):
            if incident.victim in clause.beneficiaries and self.due(clause, incident):
                yield incident

    def others(self, clause: Clause, incident: Incident) -> tuple[str, ...]:
        """The bearers of a clause other than attacker and victim."""
        return tuple(bearer for bearer in clause.bearers if bearer not in (incident.attacker, incident.victim))

    def most(self, incident: Incident) -> int:
        """The most that the text mentions for this incident, by as many as the case asks for: owed or permitted."""
        heights: dict[str, int] = {}
        for clause in self.form.clauses:
            if clause.kind in ("obligation", "permission") and not clause.against_beneficiary:
                if clause.kind == "obligation" and incident.victim not in clause.beneficiaries:
                    continue
                due = self.due(clause, incident)
                responses = dict(zip(clause.bearers, clause.response, strict=True))
                for bearer in due:
                    heights[bearer] = max(heights.get(bearer, 0), level_of(responses[bearer].most))
                if clause.leads_to is not None and due:
                    body = clause.leads_to.question.body
                    heights[body] = max(heights.get(body, 0), clause.leads_to.level)
        among = self.case.required_of
        counted = sorted((n for who, n in heights.items() if among is None or who in among), reverse=True)
        return counted[self.case.required_count - 1] if len(counted) >= self.case.required_count else 0

    def stoppers(self, incident: Incident, level: int, *, practical: bool, asked: Asked = GOOD_FAITH) -> Stoppers:
        """Who can stop the help at a level."""
        if self.tried:
            return Stoppers(None, undecided="not asked")
        here = self.here(self.expression(level, asked), incident)
        return self._share(
            ("stoppers", here, incident.victim, practical),
            lambda: stoppers(self.meaning, here, incident.victim, PRACTICAL if practical else LAWFUL),
        )

    def help_classes(
        self, attackers: tuple[str, ...] | None = None, *, attacker_refuses: bool = False
    ) -> tuple[Incident, ...]:
        """The classes of incident that help, owed or reachable, can tell apart."""
        asked = Asked(reachable=True)
        return self._keep(
            ("classes", attackers, attacker_refuses),
            lambda: tuple(
                self.incidents(
                    [self.expression(level, asked) for level in range(1, HIGHEST + 1)],
                    attackers,
                    attacker_refuses=attacker_refuses,
                )
            ),
        )

    def near_attackers(self) -> tuple[str, ...]:
        """The first attacker and, if declared, an outsider: enough where the attacker's own part is not asked.

        Where the text helps against neither, all attackers: no help against the first is not no help at all.
        """
        return self._keep("near", self._near_attackers)

    def _near_attackers(self) -> tuple[str, ...]:
        first = self.base.attacker
        near = (first, OTHER) if OTHER in self.space.attackers and first != OTHER else (first,)
        asked = Asked(reachable=True)
        helped = any(self.level(incident, asked) for incident in self.help_classes(near))
        return near if helped else self.attackers()
