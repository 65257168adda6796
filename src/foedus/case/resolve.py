"""From a staged instrument, one reading and one choice of unknown values to the resolved form that the law reads."""

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from foedus.case.form import (
    Body,
    Clause,
    Consequence,
    Deadline,
    Default,
    Domestic,
    Exit,
    Form,
    Judge,
    LeadsTo,
    Owed,
    Question,
    Releases,
    Request,
    Trigger,
)
from foedus.case.ladders import ACT_LEVEL, ASPECTS, LEVELS, OTHER, level_of
from foedus.case.paths import parse_path, with_value
from foedus.case.schema import clause as written
from foedus.case.schema.instrument import As, Instrument
from foedus.case.schema.instrument import Exit as WrittenExit
from foedus.case.stage import StagedInstrument, UnknownSite
from foedus.case.unknowns import LIMIT_COMPLETIONS

Completion = tuple[tuple[str, object], ...]
"""One value for each unknown: pairs of the unknown's name and its value."""


def open_unknowns(staged: StagedInstrument, reading: str | None) -> tuple[UnknownSite, ...]:
    """The unknowns that a reading leaves open: those at or below a place it sets are settled."""
    if reading is None:
        return staged.unknowns
    settled = tuple(staged.model.readings[reading].set)
    return tuple(
        site for site in staged.unknowns if not any(site.name == at or site.name.startswith(at + ".") for at in settled)
    )


@dataclass(frozen=True, slots=True)
class Completions:
    """Combinations of unknown values that are tried, the authors' first ones first, out of ``count`` there are."""

    tried: tuple[Completion, ...]
    count: int

    @property
    def are_all(self) -> bool:
        """Whether every combination is tried: only then can a verdict be told for all of them."""
        return len(self.tried) == self.count


def completions(staged: StagedInstrument, reading: str | None) -> Completions:
    """Return every combination of the unknown values, or where there are more than 64, some of them.

    Then the first combination is tried, each other value of each unknown on its own from there, and the last values
    together: two that differ show that a verdict depends, and none that differ show nothing.
    """
    sites = open_unknowns(staged, reading)
    count = math.prod(len(site.options) for site in sites)
    if count <= LIMIT_COMPLETIONS:
        chosen = list(itertools.product(*(site.options for site in sites)))
    else:
        first = tuple(site.options[0] for site in sites)
        alone = [
            (*first[:index], option, *first[index + 1 :])
            for index, site in enumerate(sites)
            for option in site.options[1:]
        ]
        chosen = [first, *alone, tuple(site.options[-1] for site in sites)][:LIMIT_COMPLETIONS]
    names = tuple(site.name for site in sites)
    return Completions(tuple(tuple(zip(names, values, strict=True)) for values in chosen), count)


def resolve(staged: StagedInstrument, reading: str | None = None, completion: Completion = ()) -> Form:
    """Return the form of an instrument under a reading (``None``: the text alone) and a choice of unknown values.

    The content was checked when it was loaded, so that nothing here can be wrong for a new reason. Whoever wants many
    forms of one instrument asks :class:`foedus.case.forms.Forms`.
    """
    content = content_under(staged, reading, completion)
    return form_of(model_under(staged, content), As.model_validate(content["as"]), staged.members)


def content_under(staged: StagedInstrument, reading: str | None = None, completion: Completion = ()) -> dict[str, Any]:
    """The plain content of an instrument with a choice of unknown values, and a reading laid over it."""
    return laid(staged, staged.data, reading, completion)


def written_under(staged: StagedInstrument, reading: str | None = None, completion: Completion = ()) -> Instrument:
    """Return the text under a reading and a choice of unknown values as its author might have written it.

    For what is told of a text and never asked of the law: its clocks, how it ends, how it binds.
    """
    return model_under(staged, content_under(staged, reading, completion))


def laid(
    staged: StagedInstrument, data: Mapping[str, object], reading: str | None, completion: Completion
) -> dict[str, Any]:
    """Return plain content with values of the unknowns and a reading laid over it; what they leave alone is shared."""
    content: Any = dict(data)
    values = dict(completion)
    for site in open_unknowns(staged, reading):
        if site.name in values:
            content = with_value(content, site.path, values[site.name])
    if reading is not None:
        for place, value in staged.model.readings[reading].set.items():
            content = with_value(content, parse_path(content, place), value)
    return dict(content)


def model_under(staged: StagedInstrument, content: Mapping[str, Any]) -> Instrument:
    """The typed instrument of such a content."""
    return type(staged.model).model_validate({key: value for key, value in content.items() if key != "as"})


def form_of(model: Instrument, cast: As, members: tuple[str, ...]) -> Form:
    """The form of a typed instrument that holds no unknown value, with its cast."""
    return Resolver(model, cast, members).form()


def parties_named(model: Instrument, cast: As, members: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The parties that one name of the author stands for: a party, a role, or a word of the language."""
    return Resolver(model, cast, members).parties((name,))


class Resolver:
    """Names of one instrument, turned into parties; holds nothing but what it was given."""

    def __init__(self, model: Instrument, cast: As, members: tuple[str, ...]) -> None:
        self.model = model
        self.cast = cast
        self.members = members
        self.roles = {**model.roles, **cast.roles}
        self.everybody = tuple(model.parties)

    def form(self) -> Form:
        """Return the form."""
        model = self.model
        return Form(
            id=model.id,
            parties=self.members,
            clauses=tuple(self.clause(clause) for clause in model.clauses),
            bodies=tuple(self.body(id, body) for id, body in model.bodies.items()),
            control=self.control(),
            legal=self.legal(),
            exit=self.exit(),
        )

    def legal(self) -> bool | None:
        """Whether the text binds in law; ``None`` where that is disputed or not known."""
        binding = self.model.binding
        return None if binding in ("disputed", "unknown") else binding != "political"

    def exit(self) -> Exit | None:
        """How the text ends and is left, where the file says anything of it."""
        return _exit(self.model.exit) if self.model.exit is not None else None

    def control(self) -> tuple[tuple[str, str], ...]:
        """Who controls whom directly."""
        return tuple((controller, id) for id, party in self.model.parties.items() for controller in party.controlled_by)

    def parties(self, names: Iterable[str]) -> tuple[str, ...]:
        """The parties that some names stand for, each once."""
        return tuple(dict.fromkeys(self._expanded(names)))

    def _expanded(self, names: Iterable[str], within: frozenset[str] = frozenset()) -> Iterator[str]:
        for name in names:
            if name == "parties":
                yield from self.members
            elif name == "any":
                yield from self.everybody
            elif name in self.roles and name not in within:
                yield from self._expanded(self.roles[name], within | {name})
            else:
                yield name

    def body(self, id: str, body: written.Body) -> Body:
        """Return a body with its members named."""
        groups = {
            group: tuple(f"{id}:{group} {n}" for n in range(1, members.anonymous + 1))
            if isinstance(members, written.Anonymous)
            else self.parties(members)
            for group, members in (body.members if isinstance(body.members, dict) else {"": body.members}).items()
        }
        members = tuple(dict.fromkeys(member for group in groups.values() for member in group))
        holders = tuple(dict.fromkeys(h for name in body.veto for h in groups.get(name) or self.parties([name])))
        rule: Any = body.rule
        return Body(
            id=id,
            members=members,
            rule="at_least"
            if isinstance(rule, written.Count)
            else "share"
            if isinstance(rule, written.Share)
            else rule,
            of=body.of,
            threshold=rule.at_least if isinstance(rule, written.Count) else 0,
            share=_fraction(rule.share) if isinstance(rule, written.Share) else (1, 2),
            weights=tuple(body.weights.get(member, 1) for member in members) if body.weights else (),
            quorum=body.quorum,
            veto=holders,
            abstention_blocks=body.abstention == "blocks",
            outside_veto=self.parties(body.outside_veto),
            excluded=body.excluded,
            only_if_member=body.only_if_member,
            silence=body.silence,
        )

    def clause(self, clause: written.Clause) -> Clause:
        """Return a clause with its parties named."""
        bearers = self.parties(clause.bearers)
        beneficiaries = frozenset(self.parties(clause.to))
        judges = self._judges(clause)
        decision = self._question(clause.decision, _judged_matter(clause, judges) or clause.id)
        return Clause(
            id=clause.id,
            kind=clause.kind,
            bearers=bearers,
            beneficiaries=beneficiaries,
            response=tuple(self._owed(clause.response, bearer) for bearer in bearers),
            collective=clause.structure == "together",
            trigger=self._trigger(clause.when, beneficiaries),
            judges=judges,
            request=self._request(clause.request),
            **self._means(clause.response),
            decision=decision,
            default=Default(clause.default.after, LEVELS.index(clause.default.level)) if clause.default else None,
            after=clause.after,
            consents=self.parties(clause.consents),
            unless=tuple(Question(ref.body, ref.matter or f"unless {clause.id}") for ref in clause.unless),
            until=tuple(Question(ref.body, ref.matter or f"until {clause.id}") for ref in clause.until),
            domestic=self._domestic(clause.domestic, bearers),
            leads_to=LeadsTo(
                Question(clause.leads_to.body, clause.leads_to.matter or f"help under {clause.id}"),
                level_of(clause.leads_to.most),
            )
            if clause.leads_to
            else None,
            releases=Releases(clause.releases.clauses, clause.releases.whom == "all") if clause.releases else None,
            forbids=frozenset(clause.forbids),
            most_level=LEVELS.index(clause.most_level) if clause.most_level is not None else None,
            against_beneficiary=clause.against_beneficiary,
            deadline=_deadline(clause.deadline),
            consequence=_consequence(clause),
        )

    def _question(self, ref: written.BodyRef | None, matter: str) -> Question | None:
        return None if ref is None else Question(ref.body, ref.matter or matter)

    def _means(self, response: written.Response | None) -> dict[str, Any]:
        chooser = response.means_chosen_by if response is not None else "bearer"
        if isinstance(chooser, written.BodyRef):
            return {"means_chosen_by": chooser.body, "means_by_body": True}
        return {"means_chosen_by": chooser if chooser == "bearer" else self._one(chooser), "means_by_body": False}

    def _one(self, name: str) -> str:
        return next(iter(self.parties([name])), name)

    def _owed(self, response: written.Response | None, bearer: str) -> Owed:
        if response is None:
            return Owed(frozenset(), frozenset())
        for differs in response.differs:
            if bearer in self.parties(differs.who):
                return Owed(frozenset(differs.least), _most(differs.most or response.most, differs.least))
        return Owed(frozenset(response.least), _most(response.most, response.least))

    def _trigger(self, when: written.When, beneficiaries: frozenset[str]) -> Trigger:
        victims = frozenset(self.parties(when.victim)) if when.victim is not None else beneficiaries or None
        return Trigger(
            kinds=frozenset(when.kind) if when.kind is not None else None,
            attackers=self._attackers(when.attacker),
            victims=victims,
            zones=self._zones(when.zone),
            objects=frozenset(when.object) if when.object is not None else None,
            unprovoked=when.unprovoked,
            lasting_hours=when.lasting,
            phases=frozenset(when.phase),
        )

    def _attackers(self, attacker: written.Except | tuple[str, ...] | None) -> frozenset[str] | None:
        if attacker is None:
            return None
        everybody = {*self.everybody, *self.members, OTHER}
        if isinstance(attacker, written.Except):
            return frozenset(everybody - set(self.parties(attacker.except_)))
        outsiders = everybody - set(self.members) if "outsiders" in attacker else set()
        return frozenset({*self.parties(name for name in attacker if name != "outsiders"), *outsiders})

    def _zones(self, zones: tuple[str, ...] | None) -> frozenset[str] | None:
        if zones is None:
            return None
        return frozenset(here for here, there in self.cast.zones.items() if there in zones) | frozenset(zones)

    def _judges(self, clause: written.Clause) -> tuple[Judge, ...]:
        found = []
        for aspect in ASPECTS if clause.judge is not None else ():
            judge: written.JudgedBy | None = getattr(clause.judge, aspect)
            if judge is not None:
                by = judge.body or (
                    judge.by if judge.by in ("objective", "bearer", "victim") else self._one(judge.by or "")
                )
                found.append(
                    Judge(aspect, str(by), judge.body is not None, frozenset(judge.manifest), judge.silence == "yes")
                )
        return tuple(found)

    def _request(self, request: written.Asked | None) -> Request | None:
        if request is None:
            return None
        by = tuple(name for item in request.by for name in ([item] if item == "victim" else self.parties([item])))
        return Request(by, request.all, request.silence == "yes")

    def _domestic(self, domestic: written.Domestic | None, bearers: tuple[str, ...]) -> Domestic | None:
        if domestic is None:
            return None
        who = bearers if domestic.who is None else self.parties(domestic.who)
        return Domestic(
            tuple(p for p in bearers if p in who), domestic.effect == "condition", domestic.silence == "yes"
        )


def _deadline(deadline: written.Deadline | str) -> Deadline | None:
    if isinstance(deadline, written.Deadline):
        within = deadline.within if isinstance(deadline.within, int) else None
        return Deadline(deadline.to, within, deadline.from_, deadline.soft)
    return Deadline(known=False) if deadline == "unknown" else None


def _consequence(clause: written.Clause) -> Consequence | None:
    found = clause.consequence
    if isinstance(found, written.Consequence):
        matter = found.matter or f"breach of {clause.id}"
        return Consequence(found.clauses or (), Question(found.body, matter) if found.body is not None else None)
    return None if found == "none" else Consequence(known=found != "unknown")


def _exit(written_exit: WrittenExit) -> Exit:
    hours = {name: getattr(written_exit, name) for name in ("duration", "notice", "earliest")}
    numbers = {name: value if isinstance(value, int) else None for name, value in hours.items()}
    unknown = tuple(name for name, value in hours.items() if value == "unknown")
    return Exit(numbers["duration"], numbers["notice"], numbers["earliest"], unknown)


def _judged_matter(clause: written.Clause, judges: tuple[Judge, ...]) -> str | None:
    """If the body that decides also judges the trigger, that judgement is the question (meaning.md, section 4)."""
    body = clause.decision.body if clause.decision is not None else None
    return next((f"judge:{judge.aspect}" for judge in judges if judge.is_body and judge.by == body), None)


def _most(most: Any, least: tuple[str, ...]) -> frozenset[str]:
    if most == "unknown":
        return frozenset(ACT_LEVEL)
    return frozenset(most) if most is not None else frozenset(least)


def _fraction(text: str) -> tuple[int, int]:
    upper, lower = text.split("/")
    return int(upper), int(lower)
