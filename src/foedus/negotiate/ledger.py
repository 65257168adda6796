"""What was exchanged for what: who gave something for good against what can be taken back, and in which order.

An order is *even* (balanced) if no side is ever more than one thing given for good ahead of what it got for good, and
none is ahead at the end. One has to move first, so that one ahead cannot be avoided; more than one is trust without
cover. Every entry counts one: the file says no worths, and small steps are what the rule asks for (Schelling 1960).
What can be taken back covers nothing, since whoever can take it back later may want to (Powell 2006).
"""

from collections.abc import Sequence
from typing import Final, Literal

from foedus.case.schema.case import Case, LedgerEntry
from foedus.talks.ledger import Entry, Exchange, Exposed, Held, Turn

MOST_ORDERED: Final = 16
"""Entries given for good, or perhaps so, for which every order is still tried."""
Why = Literal["ends_ahead", "conditions", "too_many"]


def exchanges(model: Case) -> tuple[Exchange, ...]:
    """Return every deal of the ledger, in the order of the file; entries without one are a deal together."""
    deals: dict[str | None, list[LedgerEntry]] = {}
    for entry in model.ledger:
        deals.setdefault(entry.deal, []).append(entry)
    return tuple(exchange(deal, _entries(entries)) for deal, entries in deals.items())


def exchange(deal: str | None, entries: tuple[Entry, ...]) -> Exchange:
    """Return what one deal comes to. Exact; orders are searched up to ``MOST_ORDERED`` entries that matter."""
    sides = tuple(dict.fromkeys([*(e.who for e in entries), *(side for e in entries for side in e.to)]))
    turns = _turns(entries, sides)
    end = tuple(_held(entries, side, range(len(entries))) for side in sides)
    reordered = _reordered(entries, sides)
    return Exchange(
        deal=deal,
        sides=sides,
        entries=entries,
        turns=turns,
        end=end,
        exposed=_all_exposed(entries, sides, range(len(entries))),
        in_public=_in_public(entries, sides),
        even=_even(turns),
        reordered=reordered if isinstance(reordered, tuple) else None,
        why_not=None if isinstance(reordered, tuple) else reordered,
    )


def _entries(written: Sequence[LedgerEntry]) -> tuple[Entry, ...]:
    numbers = {entry.id: number for number, entry in enumerate(written) if entry.id is not None}
    givers = tuple(dict.fromkeys(entry.who for entry in written))
    return tuple(
        Entry(
            id=entry.id,
            who=entry.who,
            gives=entry.gives,
            to=tuple(side for side in entry.to or givers if side != entry.who),
            named=bool(entry.to),
            back=entry.reversible,
            taken_back_by=entry.taken_back_by or ((entry.who,) if entry.reversible in ("yes", "partly") else ()),
            kind=entry.kind,
            step=entry.step,
            after=tuple(numbers[id] for id in entry.after if id in numbers),
            when=entry.when,
            date=entry.date,
            secret=entry.secret,
            source=entry.source,
            note=entry.note,
        )
        for entry in written
    )


def _held(entries: Sequence[Entry], side: str, come: Sequence[int]) -> Held:
    gave = tuple(n for n in come if entries[n].who == side)
    got = tuple(n for n in come if side in entries[n].to)
    least = _count(entries, gave, "no") - _count(entries, got, "no", "partly", "unknown")
    most = _count(entries, gave, "no", "partly", "unknown") - _count(entries, got, "no")
    return Held(side, gave, got, (least, most))


def _count(entries: Sequence[Entry], numbers: Sequence[int], *back: str) -> int:
    return sum(entries[n].back in back for n in numbers)


def _turns(entries: Sequence[Entry], sides: Sequence[str]) -> tuple[Turn, ...]:
    steps = [entry.step for entry in entries]
    turns = []
    for step in sorted({step for step in steps if step is not None} if None not in steps else ()):
        come = [n for n, own in enumerate(steps) if own is not None and own <= step]
        now = tuple(n for n in come if steps[n] == step)
        turns.append(Turn(now, tuple(_held(entries, side, come) for side in sides)))
    return tuple(turns)


def _all_exposed(entries: Sequence[Entry], sides: Sequence[str], among: Sequence[int]) -> tuple[Exposed, ...]:
    return tuple(one for side in sides if (one := _exposed(entries, side, among)) is not None)


def _in_public(entries: Sequence[Entry], sides: Sequence[str]) -> tuple[Exposed, ...] | None:
    """Who is exposed by what everybody could see."""
    seen = [number for number, entry in enumerate(entries) if not entry.secret]
    return None if len(seen) == len(entries) else _all_exposed(entries, sides, seen)


def _exposed(entries: Sequence[Entry], side: str, among: Sequence[int]) -> Exposed | None:
    """Whether a side gives for good, and gets nothing for good: in every way, or in some, that what is open may be."""
    gives = tuple(n for n in among if entries[n].who == side and entries[n].back != "yes")
    gets = tuple(n for n in among if side in entries[n].to)
    if not gives or _count(entries, gets, "no"):
        return None
    certain = _count(entries, gives, "no") > 0 and _count(entries, gets, "yes") == len(gets)
    return Exposed(side, tuple(n for n in gives if not certain or entries[n].back == "no"), gets, certain)


def _even(turns: Sequence[Turn]) -> Literal["yes", "no", "open", "not_told"]:
    if not turns:
        return "not_told"
    bounds = [(held.ahead, 0 if turn is turns[-1] else 1) for turn in turns for held in turn.left]
    if any(ahead[0] > most for ahead, most in bounds):
        return "no"
    return "yes" if all(ahead[1] <= most for ahead, most in bounds) else "open"


def _reordered(entries: Sequence[Entry], sides: Sequence[str]) -> tuple[int, ...] | Why:
    """An even order whatever is not known, one entry at a time, as near to the one told as can be; else why not."""
    everything = range(len(entries))
    if any(_held(entries, side, everything).ahead[1] > 0 for side in sides):
        return "ends_ahead"
    if sum(entry.back != "yes" for entry in entries) > MOST_ORDERED:
        return "too_many"
    told = sorted(everything, key=lambda n: (entries[n].step or len(entries) + 1, n))
    return _search(entries, sides, told)


def _search(entries: Sequence[Entry], sides: Sequence[str], told: Sequence[int]) -> tuple[int, ...] | Why:
    """Depth first; what has come about decides alone whether it is even, so that no set of entries is tried twice."""
    seen: set[frozenset[int]] = set()
    left: list[tuple[int, ...]] = [()]
    while left:
        order = left.pop()
        order = _with_free(entries, order, told)
        come = frozenset(order)
        if come in seen or any(_held(entries, side, order).ahead[1] > 1 for side in sides):
            continue
        seen.add(come)
        if len(order) == len(entries):
            return order
        left += [(*order, n) for n in reversed(told) if n not in come and come.issuperset(entries[n].after)]
    return "conditions"


def _with_free(entries: Sequence[Entry], order: tuple[int, ...], told: Sequence[int]) -> tuple[int, ...]:
    """What can be taken back weighs nothing, and comes as soon as what must come before it has come."""
    while True:
        come = frozenset(order)
        free = next(
            (n for n in told if n not in come and entries[n].back == "yes" and come.issuperset(entries[n].after)), None
        )
        if free is None:
            return order
        order = (*order, free)
