"""Steps and entries that speak against each other: each is told, and nothing is guessed."""

from collections.abc import Iterator, Mapping

from foedus.case.schema.case import Case, Precondition
from foedus.case.stage import Path
from foedus.case.tree import Node, locate
from foedus.errors import Problem


def step_id(model: Case, index: int) -> str:
    """The name of a step: its own, else what it is, else who will do what."""
    step = model.preconditions[index]
    return step.id or step.what or " ".join(word for word in (step.who, "will", step.will) if word)


def check_steps(model: Case, node: Node) -> Iterator[Problem]:
    """Yield a problem for steps that cannot be told apart, wait for themselves or came before what comes first."""
    names = [step_id(model, index) for index in range(len(model.preconditions))]
    states = {name: step.state for name, step in zip(names, model.preconditions, strict=True)}
    for index, (name, step) in enumerate(zip(names, model.preconditions, strict=True)):
        at: Path = ("preconditions", index)
        first = names.index(name)
        if first != index and (
            step.id is None or model.preconditions[first].id is None
        ):  # doubled ids are told elsewhere
            yield Problem(
                locate(node, at),
                f"two steps go by the name `{name}`",
                "give each an `id` of its own",
                related=((locate(node, ("preconditions", first)), "the first one is here"),),
            )
        yield from _waits(name, step, states, node, at)


def _waits(name: str, step: Precondition, states: Mapping[str, str], node: Node, at: Path) -> Iterator[Problem]:
    conditions = [(step.when, (*at, "when"))] if step.when is not None else []
    conditions += [(entry, (*at, "after", n)) for n, entry in enumerate(step.after) if isinstance(entry, str)]
    for first, place in conditions:
        if first == name:
            yield Problem(locate(node, place), f"`{name}` waits for itself", "name what must come before it")
        elif step.state == "done" and states.get(first, "done") != "done":
            yield Problem(
                locate(node, place),
                f"`{name}` is done, and `{first}`, which must come first, is {states[first]}",
                "mend one of the two states, or leave out the condition if it was given up",
            )


def check_drops(model: Case, node: Node) -> Iterator[Problem]:
    """Yield a problem for what an order leaves out though nothing waits for it."""
    names = [step_id(model, index) for index in range(len(model.preconditions))]
    waits: dict[str, set[str]] = {}
    for name, step in zip(names, model.preconditions, strict=True):
        waits[name] = {step.when} if step.when is not None else set()
        for entry in step.after:
            waits[name] |= {entry} if isinstance(entry, str) else {*entry.one_of}
    for id, order in model.orders.items():
        for step_name, dropped in order.drops.items():
            for first in dropped:
                if step_name in waits and first in names and first not in waits[step_name]:
                    yield Problem(
                        locate(node, ("orders", id, "drops", step_name)),
                        f"the order `{id}` leaves out `{first}`, and `{step_name}` does not wait for it",
                        "leave it out here, or write the condition down under `preconditions`",
                    )


def check_deals(model: Case, node: Node) -> Iterator[Problem]:
    """Yield a problem for entries of the ledger that are given to their giver, or before what comes first."""
    steps = {entry.id: entry.step for entry in model.ledger if entry.id is not None}
    waits = {entry.id: entry.after for entry in model.ledger if entry.id is not None}
    for index, entry in enumerate(model.ledger):
        at: Path = ("ledger", index)
        if entry.who in entry.to:
            yield Problem(locate(node, (*at, "to")), f"`{entry.who}` gives to itself", "name who gets it")
        if entry.id is not None and entry.id in _before(entry.id, waits):
            yield Problem(
                locate(node, (*at, "after")),
                f"`{entry.id}` comes after itself" + ("" if entry.id in entry.after else ", through others"),
                "leave out one `after` of those that go round in a circle",
            )
        for first in entry.after:
            before = steps.get(first)
            if entry.step is not None and before is not None and before > entry.step:
                yield Problem(
                    locate(node, (*at, "after")),
                    f"this is step {entry.step} and comes after `{first}`, which is step {before}",
                    "mend one of the two steps, or leave out `after`",
                )


def _before(id: str, waits: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Everything that comes before an entry, directly or through others."""
    found: set[str] = set()
    left = [*waits[id]]
    while left:
        first = left.pop()
        if first not in found:
            found.add(first)
            left += waits.get(first, ())
    return found
