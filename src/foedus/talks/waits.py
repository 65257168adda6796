"""Who waits for whom: steps, readings of their order, and for each reading what comes, what is stuck, what opens it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from foedus.plain import plain

Needs = tuple[tuple[tuple[int, ...], ...], ...]
"""For each step its conditions; each condition names steps, as numbers, of which one is enough."""


@dataclass(frozen=True, slots=True)
class Act:
    """A step: who does it, in whose words, on whose word.

    ``who`` are parties of the case; ``by`` is somebody else in the author's words. ``nobody_named`` is set where
    nothing says who does it; what only follows from the steps before it needs nobody of its own. ``in_words`` marks a
    condition that is told in words and is no step of the file. ``form`` says how ``words`` are put: what somebody
    will do, what is there, or a clause of a text, which may need the consent of ``consents``.
    """

    id: str
    who: tuple[str, ...]
    words: str
    by: str | None = None
    state: Literal["open", "done", "refused"] = "open"
    nobody_named: bool = False
    in_words: bool = False
    form: Literal["will", "what", "clause"] = "what"
    source: tuple[str, ...] = ()
    date: str | None = None
    note: str | None = None
    consents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """A reading of the order of steps: whose it is, and by name what it adds to or takes from what must come first.

    ``open`` is set where a text leaves open what comes first; what is told is then one of its ways.
    """

    id: str
    held_by: str | None = None
    says: str | None = None
    adds: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()
    drops: tuple[tuple[str, tuple[str, ...]], ...] = ()
    source: tuple[str, ...] = ()
    note: str | None = None
    open: bool = False


class Kind(StrEnum):
    """Who moves: the one who has the step to do, the one who set the condition, or somebody from outside."""

    ACT = "act"
    WAIVER = "waiver"
    STAND_IN = "stand_in"


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """One move on one step; ``need`` is the condition that a waiver gives up, by its number in the step."""

    kind: Kind
    step: int
    need: int | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """All cheapest sets of moves of one kind, with their cost; ``None`` if no such set is enough.

    ``more`` is set where there are more than are listed, ``given_up`` where the search was too large to end.
    """

    cost: int | None
    sets: tuple[tuple[Move, ...], ...] = ()
    more: bool = False
    given_up: bool = False


@dataclass(frozen=True, slots=True)
class Unlock:
    """What opens steps that are stuck. ``goal`` are those of knots that hang together, the refused aside.

    ``mixed`` are sets of moves of several kinds, where they are cheaper than any of one kind. ``refusal`` is set for
    steps that would still be stuck if every knot were open, since what they wait for is refused.
    """

    goal: tuple[int, ...]
    acts: Ways
    waivers: Ways
    stand_ins: Ways
    mixed: Ways
    refusal: bool = False

    @property
    def cheapest(self) -> tuple[tuple[Move, ...], ...]:
        """The cheapest of all, whatever their kind."""
        every = (self.acts, self.waivers, self.stand_ins, self.mixed)
        least = min((ways.cost for ways in every if ways.cost is not None), default=None)
        return tuple(one for ways in every if ways.cost == least for one in ways.sets)


@dataclass(frozen=True, slots=True)
class Sequencing:
    """One reading and its answer. ``rounds``: earliest round of each step, if those who are not named do their part.

    ``sure`` are the rounds if they do nothing. ``rests_on``: for each step that comes about in the first alone, the
    steps without a doer that it rests on, directly or through others.
    """

    reading: Order
    needs: Needs
    rounds: tuple[int | None, ...]
    sure: tuple[int | None, ...]
    knots: tuple[tuple[int, ...], ...]
    rests_on: tuple[tuple[int, ...], ...]
    unlocks: tuple[Unlock, ...]


@dataclass(frozen=True, slots=True)
class Waits:
    """The steps of a case, or of one instrument (``instrument``), under every reading of their order."""

    instrument: str | None
    acts: tuple[Act, ...]
    readings: tuple[Sequencing, ...]

    def to_dict(self) -> dict[str, Any]:
        """The steps by their names, in place of numbers."""
        names = [act.id for act in self.acts]
        return {
            "instrument": self.instrument,
            "steps": plain(self.acts),
            "readings": [_reading_data(one, names) for one in self.readings],
        }


def _reading_data(one: Sequencing, names: Sequence[str]) -> dict[str, Any]:
    return {
        "reading": plain(one.reading),
        "conditions": {
            names[n]: [[names[other] for other in need] for need in own] for n, own in enumerate(one.needs) if own
        },
        "rounds": dict(zip(names, one.rounds, strict=True)),
        "rounds_if_nobody_else_turns_up": dict(zip(names, one.sure, strict=True)),
        "rests_on": {names[n]: [names[other] for other in found] for n, found in enumerate(one.rests_on) if found},
        "knots": [[names[step] for step in knot] for knot in one.knots],
        "ways_out": [_unlock_data(unlock, one, names) for unlock in one.unlocks],
    }


def _unlock_data(unlock: Unlock, one: Sequencing, names: Sequence[str]) -> dict[str, Any]:
    kinds = {"acts": unlock.acts, "waivers": unlock.waivers, "third_parties": unlock.stand_ins, "mixed": unlock.mixed}
    return {
        "opens": [names[step] for step in unlock.goal],
        "held_up_by_a_refusal": unlock.refusal,
        **{
            kind: {
                "cost": ways.cost,
                "more": ways.more,
                "given_up": ways.given_up,
                "ways": [
                    [
                        {
                            "kind": move.kind.value,
                            "step": names[move.step],
                            "gives_up": None
                            if move.need is None
                            else [names[n] for n in one.needs[move.step][move.need]],
                        }
                        for move in moves
                    ]
                    for moves in ways.sets
                ],
            }
            for kind, ways in kinds.items()
        },
    }
