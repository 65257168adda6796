"""The dimensions of an instrument, derived from its encoding: the one table that comparing and precedents both read.

Who is bound, what is owed, who can stop it: where a dimension is a matter of meaning the law is asked, through the
view and the label. What is only told and never asked of the law (clocks, duration, exit, status) is read as written.
What the language cannot say (publicity, forces that stand there) is not known, unless the text forbids or sends them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from foedus.case.dimensions import DIMENSIONS, Value, dimension_words, ordered
from foedus.case.form import Body, Clause
from foedus.case.ladders import OTHER, level_of
from foedus.case.resolve import Completion, written_under
from foedus.case.schema.instrument import Instrument
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.check.as_written import clock, end, paper
from foedus.check.asked import Asked
from foedus.check.label import open_ended
from foedus.check.queries import clauses_that_help, lost
from foedus.check.rules.attacker_cannot_stop import OWN_SORTS
from foedus.check.strongest import FORCE, Promise, strongest_promise
from foedus.check.view import View
from foedus.check.views import TEXT, Views

BANS: Final = {
    "neutrality": frozenset({"alliances"}),
    "limits": frozenset({"foreign_bases", "foreign_troops", "forces_above_limit", "nuclear_weapons"}),
}
"""What the beneficiary may not do, by the kind of duty that this is for it."""


@dataclass(frozen=True, slots=True)
class Dimensions:
    """Every dimension of one instrument, in the order in which they are told."""

    instrument: str
    by_name: Mapping[str, Value]

    def words(self, name: str) -> str:
        """One dimension in plain words, with its number where there is one."""
        value = self.by_name[name]
        return dimension_words(name, value.values) + (f" ({value.detail})" if value.detail else "")

    @property
    def values(self) -> Mapping[str, tuple[str, ...]]:
        """The values alone: what distances are taken of."""
        return {name: value.values for name, value in self.by_name.items()}

    def to_dict(self) -> dict[str, Any]:
        """Every dimension as plain data."""
        return {
            name: {
                "values": list(value.values),
                "clauses": list(value.clauses),
                "detail": value.detail or None,
                "words": self.words(name),
            }
            for name, value in self.by_name.items()
        }


def by_reading(views: Views) -> Mapping[str, Dimensions]:
    """Return the dimensions of an instrument under the text and each reading, over all values of its unknowns."""
    return {reading: under(views, reading) for reading in (TEXT, *views.staged.readings)}


def under(views: Views, reading: str) -> Dimensions:
    """Return the dimensions of an instrument under one reading (``text``: none laid over)."""
    return together(
        dimensions(views.case, views.staged, view, reading=reading, completion=completion)
        for completion, view in views.of(reading)
    )


def together(several: Iterable[Dimensions]) -> Dimensions:
    """Return dimensions that are open between those given: on each, every value that one of them has.

    Where one of them does not know, nothing is known.
    """
    found = list(several)
    return Dimensions(
        found[0].instrument,
        MappingProxyType({name: _either(name, [one.by_name[name] for one in found]) for name in DIMENSIONS}),
    )


def _either(name: str, values: list[Value]) -> Value:
    known = all(value.values for value in values)
    return Value(
        ordered(name, _one_of(value.values for value in values)) if known else (),
        tuple(dict.fromkeys(clause for value in values for clause in value.clauses)),
        " or ".join(dict.fromkeys(value.detail for value in values if value.detail)) if known else "",
    )


def _one_of(several: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for values in several for value in values))


def dimensions(
    case: LoadedCase,
    staged: StagedInstrument,
    view: View,
    *,
    reading: str = TEXT,
    completion: Completion = (),
) -> Dimensions:
    """Return the dimensions of one view; ``reading`` and ``completion`` are those that the view was made with."""
    text = written_under(staged, None if reading == TEXT else reading, completion)
    promise = strongest_promise(view, open_ended(staged.model))
    found = {
        "instrument": paper(text),
        "obligation_structure": _structure(promise),
        "verb_of_duty": _verb(promise),
        "trigger": _trigger(promise, text),
        "request": _request(promise),
        "attribution_rule": _attribution(promise, view),
        "decision_rule": _decision(promise, view),
        "clock": clock(text, frozenset(clause.id for clause in view.duties)),
        "scope": _scope(case, promise),
        "forces_in_place": _forces(view),
        "adversary_consent": _adversary(case, promise, view),
        "guarantor_number": _number(promise),
        "nuclear_guarantor": _nuclear(case, promise),
        "beneficiary_duties": _duties(view),
        "sanction_part": _sanctions(view),
        **end(text),
        "activation": Value(("at_ceasefire", "at_peace_treaty", "at_accession"), (), text.dormant_until)
        if text.dormant_until
        else Value(("now",)),
        "publicity": Value(),
    }
    return Dimensions(
        staged.id,
        MappingProxyType(
            {
                name: Value(ordered(name, found[name].values), found[name].clauses, found[name].detail)
                for name in DIMENSIONS
            }
        ),
    )


def _structure(promise: Promise) -> Value:
    bound, victim = promise.bound(), promise.incident.victim
    if any(clause.collective for clause in promise.clauses):
        return Value(("collective",), promise.ids)
    if not bound:
        return Value(("none",))
    if len(bound) > 1:
        return Value(("several",), promise.ids)
    back = any(victim in clause.bearers and bound[0] in clause.beneficiaries for clause in promise.clauses)
    return Value(("bilateral" if back else "unilateral",), promise.ids)


def _verb(promise: Promise) -> Value:
    if promise.may:
        return Value(("may_act",), promise.ids)
    by_word = {
        "guarantee": "shall_assist_all_means" if promise.level > FORCE else "shall_fight",
        "assistance promise": "shall_assist_as_deemed",
        "consultation promise": "shall_consult",
        "promise not to attack": "shall_abstain",
    }
    return Value((by_word.get(promise.word, "none"),), promise.ids)


def _trigger(promise: Promise, text: Instrument) -> Value:
    if not promise.helps:
        return Value(("none",))
    if text.dormant_until:
        return Value(("renewed_attack",), promise.ids)
    kinds = [clause.trigger.kinds for clause in promise.clauses]
    covered = frozenset().union(*(kind for kind in kinds if kind is not None))
    if None in kinds or covered & {"hybrid", "blockade"}:
        return Value(("attack_or_threat",), promise.ids)
    if covered <= {"nuclear_threat", "nuclear_use"}:
        return Value(("nuclear_only",), promise.ids)
    return Value(("armed_attack" if "full_invasion" in covered else "breach",), promise.ids)


def _request(promise: Promise) -> Value:
    asked = tuple(clause.id for clause in promise.clauses if clause.request is not None)
    if not promise.helps:
        return Value()
    return Value(("needed",), asked) if len(asked) == len(promise.clauses) else Value(("not_needed",), promise.ids)


def _attribution(promise: Promise, view: View) -> Value:
    if not promise.helps:
        return Value(("none",))
    bodies = {body.id: body for body in view.form.bodies}
    found = set[str]()
    for judge in (judge for clause in promise.clauses for judge in clause.judges):
        if judge.is_body:
            found.add(_kind_of_judge(bodies[judge.by]))
        else:
            words = {"objective": "facts_alone", "bearer": "each_guarantor", "victim": "beneficiary"}
            found.add(words.get(judge.by, "third_party"))
    # Somebody must find it, or the facts suffice: of several judges the one who can deny is told.
    return Value(tuple(found - {"facts_alone"} if len(found) > 1 else found), promise.ids)


def _kind_of_judge(body: Body) -> str:
    if len(body.members) == 1:
        return "monitor"
    return "consensus" if body.rule == "unanimity" else "body"


def _decision(promise: Promise, view: View) -> Value:
    if not promise.helps:
        return Value(("none",))
    bodies = {body.id: body for body in view.form.bodies}
    attackers = _attackers(view.case, promise)
    found = set[str]()
    for clause in promise.clauses:
        asked = [clause.decision.body] if clause.decision is not None else []
        asked += [clause.means_chosen_by] if clause.means_by_body else []
        asked += [judge.by for judge in clause.judges if judge.is_body]
        if asked:
            found |= {_rule_of(bodies[asked[0]], attacker) for attacker in attackers}
        elif _is_fixed(clause, promise):
            found.add("automatic")
        else:
            found.add("each_state")
    return Value(tuple(found), promise.ids)


def _rule_of(body: Body, attacker: str) -> str:
    if body.rule == "each":
        return "each_state"
    if len(body.members) == 1:
        return "lead_nation"
    if body.rule != "unanimity":
        return "majority"
    inside = attacker in body.members and body.excluded == "nobody"
    return "consensus_with_adversary" if inside else "consensus"


def _is_fixed(clause: Clause, promise: Promise) -> bool:
    """Whether the duty follows from the trigger and leaves nobody a choice.

    A duty to talk leaves all help to those who talk.
    """
    if clause.kind != "obligation" or promise.level <= 1 or any(judge.by == "bearer" for judge in clause.judges):
        return False
    if clause.domestic is not None and clause.domestic.is_condition:
        return False
    bound = [r for b, r in zip(clause.bearers, clause.response, strict=True) if b in promise.bound()]
    return clause.means_chosen_by == "bearer" and all(level_of(r.least) == level_of(r.most) for r in bound)


def _scope(case: LoadedCase, promise: Promise) -> Value:
    if not promise.clauses:
        return Value()
    zones = [clause.trigger.zones for clause in promise.clauses]
    if None in zones:
        return Value(("no_limit",), promise.ids)
    covered = frozenset().union(*(zone for zone in zones if zone is not None))
    own = [id for id, zone in case.zones.items() if zone.of in (None, promise.incident.victim)]
    left_out = [id for id in own if id not in covered]
    return Value(("part_left_out" if left_out else "defined_area",), promise.ids)


def _forces(view: View) -> Value:
    """What the text itself sends or forbids; who stands where is a fact that no text holds."""
    sent = tuple(
        clause.id
        for clause in view.form.clauses
        if clause.kind == "obligation" and any("monitor" in response.least for response in clause.response)
    )
    if sent:
        return Value(("monitors",), sent)
    forbidden = tuple(
        clause.id
        for clause in view.form.clauses
        if clause.kind == "prohibition"
        and "foreign_troops" in clause.forbids
        and set(view.space.victims) & {*clause.bearers, *clause.beneficiaries}
    )
    return Value(("none",), forbidden) if forbidden else Value()


def _attackers(case: LoadedCase, promise: Promise) -> tuple[str, ...]:
    """The adversary that the case names first; where it may be anybody, an outsider and one of those bound.

    Two texts on one stage may name as adversary the very state that both protect (Locarno, Triple Alliance: Germany).
    """
    first = next((name for name in case.attackers if name == "any" or {name} != {*case.beneficiaries}), "any")
    return (first,) if first != "any" else (OTHER, *promise.bound()[:1])


def _adversary(case: LoadedCase, promise: Promise, view: View) -> Value:
    found = [_part_of(attacker, promise, view) for attacker in _attackers(case, promise)]
    return Value(_one_of((value,) for value, _ in found), _one_of(clauses for _, clauses in found))


def _part_of(attacker: str, promise: Promise, view: View) -> tuple[str, tuple[str, ...]]:
    """What part an adversary has, the strongest first: a vote that stops the help, a consent, a promise of its own."""
    asked = Asked(refusing=frozenset({attacker}), sorts=OWN_SORTS, reachable=True)
    if attacker != OTHER:
        for incident in view.help_classes((attacker,), attacker_refuses=True):
            promised, left, gone = lost(view, incident, asked)
            if left < promised or gone:
                return "holds_veto", clauses_that_help(view, incident, promised, Asked(reachable=True))
    own = view.controlled((attacker,))
    waiting = tuple(
        clause.id
        for clause in view.form.clauses
        if clause.kind in ("obligation", "power") and own & set(clause.consents)
    )
    if waiting:
        return "needed_to_start", waiting
    giving = tuple(
        clause.id
        for clause in view.form.clauses
        if attacker in clause.bearers
        and promise.incident.victim in clause.beneficiaries
        and clause.kind in ("obligation", "prohibition")
    )
    return ("is_guarantor", giving) if giving else ("not_needed", ())


def _number(promise: Promise) -> Value:
    count = len(promise.bound())
    words = ("none", "one", "two_to_five", "two_to_five", "two_to_five", "two_to_five")
    return Value((words[count] if count < len(words) else "more",), promise.ids)


def _nuclear(case: LoadedCase, promise: Promise) -> Value:
    own = [party for party in promise.bound() if party in case.parties and case.parties[party].nuclear]
    return Value(("yes" if own else "no",), promise.ids)


def _duties(view: View) -> Value:
    """What the beneficiaries must leave alone for it; bans that all parties share, such as on attack, do not count."""
    bans = [
        clause
        for clause in view.form.clauses
        if clause.kind == "prohibition" and set(view.space.victims) & set(clause.bearers)
    ]
    found = {kind for kind, acts in BANS.items() if any(clause.forbids & acts for clause in bans)}
    ids = tuple(clause.id for clause in bans if clause.forbids & frozenset().union(*BANS.values()))
    value = "neutrality_and_limits" if len(found) > 1 else next(iter(found), "none")
    return Value((value,), ids)


def _sanctions(view: View) -> Value:
    owing = [
        clause for clause in view.duties if any("sanction" in response.least for response in clause.response)
    ]  # fmt: skip
    ids = tuple(clause.id for clause in owing)
    if not owing:
        return Value(("none",))
    return Value(("snapback" if any(clause.unless for clause in owing) else "owed",), ids)
