"""Can everything be done in some order, and if not, which clauses wait for each other (meaning.md, section 8)?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from foedus.law.meaning import Meaning

TO_BE_DONE: Final = ("obligation", "permission", "power")
"""Prohibitions and declarations are nothing to be done, and wait for nothing."""


@dataclass(frozen=True, slots=True)
class Order:
    """``steps`` are the clauses that wait or are waited for and can be done, in an order in which they can be.

    ``circle`` is a shortest circle of clauses, each waiting for the next and the last for the first; ``never`` are all
    other clauses that can never be due, in the order of the text. Both are empty where everything can be done.
    """

    steps: tuple[str, ...]
    circle: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


def order_of(meaning: Meaning) -> Order:
    """Return in which order the clauses of a form that wait for each other can be done, or why they cannot."""
    form = meaning.form
    # A permission that comes first counts as performed by its facts, so that nobody waits for its own turn.
    waits = {
        clause.id: tuple(id for id in clause.after if meaning.clauses[id].kind != "permission")
        for clause in form.clauses
        if clause.kind in TO_BE_DONE
    }
    involved = {id for id, after in waits.items() if after} | {id for after in waits.values() for id in after}
    endless = meaning.endless
    never = endless | {id for id, after in waits.items() if not endless.isdisjoint(after)}
    steps = _in_order([c.id for c in form.clauses if c.id in involved and c.id not in never], waits)
    circle = _shortest_circle({id: [e for e in after if e in endless] for id, after in waits.items() if id in endless})
    return Order(steps, circle, tuple(c.id for c in form.clauses if c.id in never and c.id not in circle))


def _in_order(ids: list[str], waits: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The clauses so that each comes after those it waits for, otherwise as in the text."""
    done: list[str] = []
    left = list(ids)
    while left:
        ready = next(id for id in left if not set(left) & set(waits.get(id, ())))
        left.remove(ready)
        done.append(ready)
    return tuple(done)


def _shortest_circle(waits: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The shortest circle; of several as short the one that starts first. No clause of it can be left out."""
    found: tuple[str, ...] = ()
    for start in waits:
        paths: list[tuple[str, ...]] = [(start,)]
        seen: set[str] = set()
        while paths and (not found or len(paths[0]) < len(found)):
            closed = next((path for path in paths if start in waits[path[-1]]), None)
            if closed is not None:
                found = closed
                break
            longer = [(*path, later) for path in paths for later in waits[path[-1]]]
            paths = [path for path in dict.fromkeys(longer) if path[-1] not in seen]
            paths = list({path[-1]: path for path in reversed(paths)}.values())
            seen |= {path[-1] for path in paths}
    return found
