"""The race as numbers: lengths of time, the ways of the guarantors through them, what they bring, what is needed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
NEED: Final = -1
"""Where a row of a way is asked for: the needs of the attacker's objective."""


class Law(Protocol):
    """How a length of time is distributed: its hours at shares between 0 and 1. ``fixed`` where it is one number."""

    @property
    def fixed(self) -> float | None: ...  # noqa: D102

    def hours(self, share: Array, out: Array) -> Array: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Straight:
    """Straight lines between knots (share, hours): an interval has two knots, quantiles have more."""

    knots: tuple[tuple[float, float], ...]

    @property
    def fixed(self) -> float | None:
        """The one length there is, or ``None``."""
        return self.knots[0][1] if self.knots[0][1] == self.knots[-1][1] else None

    def hours(self, share: Array, out: Array) -> Array:
        """The hours at shares: one multiplication for an interval, a search for quantiles."""
        if len(self.knots) == 2:
            (_, low), (_, high) = self.knots
            np.multiply(share, high - low, out=out)
            out += low
        else:
            out[:] = np.interp(share, [share for share, _ in self.knots], [hours for _, hours in self.knots])
        return out


@dataclass(frozen=True, slots=True)
class Ends:
    """A length of which one end is known: the other counts where what is unknown is endless, or no time at all.

    ``turned`` for a time that helps by being long: that of the attacker.
    """

    low: float
    high: float
    turned: bool = False

    @property
    def fixed(self) -> float | None:
        """The known end, so that nothing is drawn."""
        return self.low if math.isinf(self.high) else self.high

    def hours(self, share: Array, out: Array) -> Array:  # noqa: ARG002
        """The known end, in every future."""
        out.fill(self.low if math.isinf(self.high) else self.high)
        return out

    def at(self, unknown: float) -> float:
        """The length where what is unknown takes so many hours."""
        worst = (unknown > 0) != self.turned
        return self.high if worst else self.low


@dataclass(frozen=True, slots=True)
class Until:
    """A step that ends at an hour from the attack, or with the steps before it if these end later."""

    hour: float

    @property
    def fixed(self) -> float | None:
        """The hour."""
        return self.hour

    def hours(self, share: Array, out: Array) -> Array:  # noqa: ARG002
        """The hour, in every future."""
        out.fill(self.hour)
        return out


@dataclass(frozen=True, slots=True)
class Way:
    """How one force comes: any of the ``permits`` (the first that is through), made ready, moved, at work.

    Numbers are places in the lengths of the plan. ``not_before`` runs beside ``permits``, in hours. ``early`` says that
    it is made ready from the attack on. ``strengths`` runs beside the needs of the plan: least and most.
    """

    guarantor: int
    permits: tuple[tuple[int, ...], ...]
    not_before: tuple[float, ...]
    ready: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    early: bool = False
    strengths: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a race is run on. ``lengths`` has ``None`` for what nobody knows; place 0 is the time to the objective.

    Help is enough when ``count`` guarantors are there, or, with ``needs`` (one amount a domain), when what is there
    adds up to them. ``correlation`` ties place 0 to place ``tied``.
    """

    lengths: tuple[Law | None, ...]
    ways: tuple[Way, ...]
    count: int = 1
    needs: tuple[tuple[float, float], ...] = ()
    correlation: float = 0.0
    tied: int = 0

    @property
    def drawn(self) -> tuple[int, ...]:
        """The places whose lengths vary, each with a dimension of its own."""
        used = self.used
        return tuple(i for i, law in enumerate(self.lengths) if i in used and law is not None and law.fixed is None)

    @property
    def waits(self) -> frozenset[int]:
        """The places that end at an hour and do not add to what went before."""
        return frozenset(i for i, law in enumerate(self.lengths) if isinstance(law, Until))

    @property
    def used(self) -> frozenset[int]:
        """The places that some way goes through, and the time to the objective."""
        steps = (step for way in self.ways for part in (*way.permits, way.ready, way.after) for step in part)
        return frozenset({0, *steps})

    @property
    def has_unknown(self) -> bool:
        """Whether a length or an amount that is not known could matter."""
        unknown = any(self.lengths[place] is None or isinstance(self.lengths[place], Ends) for place in self.used)
        amounts = (*self.needs, *(one for way in self.ways for one in way.strengths))
        return unknown or any(math.isinf(high) for _, high in amounts)

    @property
    def amounts(self) -> tuple[tuple[int, int], ...]:
        """What varies between two known ends, each with a dimension of its own: row of the way, and domain.

        The row of the needs is :data:`NEED`. Two forces that are as strong as each other are two draws.
        """
        rows = ((NEED, self.needs), *((row, way.strengths) for row, way in enumerate(self.ways)))
        return tuple(
            (row, domain)
            for row, spans in rows
            for domain, (low, high) in enumerate(spans[: len(self.needs)])
            if low != high and not math.isinf(high)
        )

    @property
    def varies(self) -> bool:
        """Whether one future can differ from another."""
        return bool(self.drawn or self.amounts)
