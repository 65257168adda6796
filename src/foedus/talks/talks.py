"""Everything that ``negotiate`` found in one case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foedus.plain import plain
from foedus.talks.board import Board
from foedus.talks.deal import Deal
from foedus.talks.ledger import Exchange
from foedus.talks.paper import Paper
from foedus.talks.waits import Waits


@dataclass(frozen=True, slots=True)
class Talks:
    """The parts, each ``None`` where the case has nothing for it."""

    board: Board | None = None
    deal: Deal | None = None
    papers: tuple[Paper, ...] = ()
    waits: tuple[Waits, ...] = ()
    ledger: tuple[Exchange, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The stable form that ``foedus negotiate --format json`` prints."""
        return {
            "foedus": 1,
            "board": plain(self.board),
            "packages": plain(self.deal),
            "papers": plain(self.papers),
            "deadlock": [one.to_dict() for one in self.waits],
            "ledger": [one.to_dict() for one in self.ledger],
        }
