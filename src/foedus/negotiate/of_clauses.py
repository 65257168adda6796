"""The clauses of a text that wait for each other, as steps: the text alone and under each of its readings."""

from foedus.case.forms import Forms
from foedus.case.resolve import completions
from foedus.case.stage import StagedInstrument
from foedus.talks.waits import Act, Needs, Order


def clauses_in_order(staged: StagedInstrument) -> tuple[tuple[Act, ...], tuple[tuple[Order, Needs], ...]]:
    """Return the clauses that wait or are waited for under some reading, and each reading that changes what waits.

    A permission that is waited for counts as performed by its facts (docs/theory/meaning.md, section 8).
    """
    if not any(_speaks_of_order(part) for part in (staged.data, *staged.model.readings.values())):
        return (), ()
    forms = Forms(staged)
    read = [(name, _after(forms, staged, name)) for name in (None, *staged.readings)]
    involved = {id for _, ways in read for id, after in ways[0].items() if after}
    involved |= {id for _, ways in read for after in ways[0].values() for id in after}
    clauses = [
        clause for clause in forms.form(None, completions(staged, None).tried[0]).clauses if clause.id in involved
    ]
    numbers = {clause.id: number for number, clause in enumerate(clauses)}
    written = {clause.id: clause for clause in staged.model.clauses}
    acts = tuple(
        Act(
            clause.id,
            clause.bearers,
            written[clause.id].says or clause.id,
            form="clause",
            source=written[clause.id].source,
            consents=clause.consents,
        )
        for clause in clauses
    )
    orders = []
    for name, ways in read:
        if name is None or ways[0] != read[0][1][0]:
            needs: Needs = tuple(tuple((numbers[id],) for id in ways[0].get(clause.id, ())) for clause in clauses)
            orders.append((_order(staged, name, is_open=len(ways) > 1), needs))
    return acts, tuple(orders)


def _speaks_of_order(part: object) -> bool:
    return "after" in str(part)  # most texts have no order of steps, and are not read further


def _after(forms: Forms, staged: StagedInstrument, reading: str | None) -> list[dict[str, tuple[str, ...]]]:
    """What each clause waits for, in every way that the values left open allow."""
    found: list[dict[str, tuple[str, ...]]] = []
    for completion in completions(staged, reading).tried:
        form = forms.form(reading, completion)
        permitted = {clause.id for clause in form.clauses if clause.kind == "permission"}
        after = {clause.id: tuple(id for id in clause.after if id not in permitted) for clause in form.clauses}
        if after not in found:
            found.append(after)
    return found


def _order(staged: StagedInstrument, name: str | None, *, is_open: bool) -> Order:
    if name is None:
        return Order("text", open=is_open)
    reading = staged.model.readings[name]
    return Order(name, held_by=reading.held_by, says=reading.says, source=reading.source, open=is_open)
