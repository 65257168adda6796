"""Who waits for whom in a case: its steps under each reading of their order, and the steps of a text that has an order.

Every reading gets one answer: what can start now, in which earliest order the rest follows, who is stuck with whom,
and the cheapest way out. Whoever is named is taken at its word: the step is done once its conditions are met. Where
nobody is named, two answers stand side by side, one if somebody does it and one if nobody does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from foedus.case.schema.case import Case, Precondition
from foedus.case.schema.table import OneOf
from foedus.case.stage import LoadedCase
from foedus.case.step_names import step_id
from foedus.case.table_names import is_a_step
from foedus.negotiate.deadlock import Deadlock, Step, deadlock
from foedus.negotiate.of_clauses import clauses_in_order
from foedus.negotiate.unlock import unlocks
from foedus.talks.waits import Act, Needs, Order, Sequencing, Waits

TEXT: Final = "text"
AT_ONCE: Final = "all-at-once"
"""The reading in which everybody holds to its own order at the same time."""


def all_waits(case: LoadedCase) -> tuple[Waits, ...]:
    """Return who waits for whom: the steps of the case first, then each instrument whose clauses wait for others."""
    found = []
    if case.model is not None and case.model.preconditions:
        found.append(waits_of(case.model))
    for staged in case.instruments:
        acts, orders = clauses_in_order(staged)
        if acts:
            readings = tuple(_answer(acts, order, needs, [1] * len(acts)) for order, needs in orders)
            found.append(Waits(staged.id, acts, readings))
    return tuple(found)


def waits_of(model: Case) -> Waits:
    """Return the steps of a case under its readings of their order."""
    acts, needs = _acts(model)
    numbers = {act.id: number for number, act in enumerate(acts)}
    costs = [_cost(step) for step in model.preconditions] + [1] * (len(acts) - len(model.preconditions))
    readings = [(Order(TEXT), needs)]
    readings += [(order, _read(needs, order, numbers)) for order in _orders(model)]
    if len(model.orders) > 1:
        added = [order for order, _ in readings[1:]]
        readings.append((Order(AT_ONCE), _at_once(needs, added, numbers)))
    return Waits(None, acts, tuple(_answer(acts, order, found, costs) for order, found in readings))


def _acts(model: Case) -> tuple[tuple[Act, ...], Needs]:
    """The steps of the file, then each condition that is told in words alone, which is no step of anybody."""
    ids = [step_id(model, index) for index in range(len(model.preconditions))]
    acts = [
        Act(
            id=id,
            who=_who(step, model),
            words=step.will if step.who is not None and step.will is not None else _words(step, id),
            form="will" if step.who is not None and step.will is not None else "what",
            by=None if step.by == "unknown" or step.by in model.parties else step.by,
            state=step.state,
            nobody_named=_nobody_named(step),
            source=step.source,
            date=step.date,
            note=step.note,
        )
        for id, step in zip(ids, model.preconditions, strict=True)
    ]
    numbers = {id: number for number, id in enumerate(ids)}
    needs: list[tuple[tuple[int, ...], ...]] = []
    for step in model.preconditions:
        own = [_numbers(entry, numbers) for entry in step.after]
        if step.when is not None:
            if not is_a_step(step.when, ids) and step.when not in numbers:
                numbers[step.when] = len(acts)
                acts.append(
                    Act(step.when, (), step.when, nobody_named=True, in_words=True, source=step.source, date=step.date)
                )
            own.insert(0, (numbers[step.when],))
        needs.append(tuple(dict.fromkeys(own)))
    return tuple(acts), (*needs, *(() for _ in acts[len(needs) :]))


def _who(step: Precondition, model: Case) -> tuple[str, ...]:
    """The party that has a step to do, whichever way the file says it."""
    if step.who is not None:
        return (step.who,)
    return (step.by,) if step.by in model.parties and step.by is not None else ()


def _words(step: Precondition, id: str) -> str:
    words = step.what or step.will or id
    return words if " " in words else words.replace("-", " ")


def _cost(step: Precondition) -> int | None:
    """What it costs who has the step to do to give way; what follows from other steps is nobody's to do."""
    return None if step.who is None and step.by is None and (step.after or step.when) else step.salience


def _nobody_named(step: Precondition) -> bool:
    if step.by is not None or step.who is not None:
        return step.by == "unknown"
    return not step.after and step.when is None


def _orders(model: Case) -> Iterator[Order]:
    for id, order in model.orders.items():
        yield Order(
            id,
            held_by=order.held_by,
            says=order.says,
            adds=tuple((step, tuple(_names(e) for e in entries)) for step, entries in order.adds.items()),
            drops=tuple(order.drops.items()),
            source=order.source,
            note=order.note,
        )


def _names(entry: str | OneOf) -> tuple[str, ...]:
    return entry.one_of if isinstance(entry, OneOf) else (entry,)


def _numbers(entry: str | OneOf, numbers: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(numbers[name] for name in _names(entry))


def _read(needs: Needs, order: Order, numbers: Mapping[str, int]) -> Needs:
    """The conditions under one reading. What it drops, it drops wholly: a condition that names the step is gone."""
    read = [list(own) for own in needs]
    for step, dropped in order.drops:
        gone = {numbers[name] for name in dropped}
        read[numbers[step]] = [need for need in read[numbers[step]] if gone.isdisjoint(need)]
    for step, entries in order.adds:
        read[numbers[step]] += [tuple(numbers[name] for name in names) for names in entries]
    return tuple(tuple(dict.fromkeys(own)) for own in read)


def _at_once(needs: Needs, orders: Sequence[Order], numbers: Mapping[str, int]) -> Needs:
    """Everybody adds its own conditions, and nobody's are left out."""
    for order in orders:
        needs = _read(needs, replace(order, drops=()), numbers)
    return needs


def _answer(acts: Sequence[Act], order: Order, needs: Needs, costs: Sequence[int | None]) -> Sequencing:
    hopeful = _steps(acts, needs, nobody_turns_up=False)
    found = deadlock(hopeful)
    sure = deadlock(_steps(acts, needs, nobody_turns_up=True))
    rests_on = tuple(_rests_on(number, acts, needs, found, sure) for number in range(len(acts)))
    return Sequencing(order, needs, found.rounds, sure.rounds, found.knots, rests_on, unlocks(hopeful, found, costs))


def _steps(acts: Sequence[Act], needs: Needs, *, nobody_turns_up: bool) -> list[Step]:
    return [
        Step(own, act.state == "done", act.state != "refused" and not (nobody_turns_up and act.nobody_named))
        for act, own in zip(acts, needs, strict=True)
    ]


def _rests_on(number: int, acts: Sequence[Act], needs: Needs, found: Deadlock, sure: Deadlock) -> tuple[int, ...]:
    if found.rounds[number] is None or sure.rounds[number] is not None:
        return ()
    seen, left = {number}, [number]
    while left:
        for need in needs[left.pop()]:
            if all(sure.rounds[other] is None for other in need):
                new = [other for other in need if other not in seen and found.rounds[other] is not None]
                seen.update(new)
                left += new
    return tuple(sorted(one for one in seen if acts[one].nobody_named))
