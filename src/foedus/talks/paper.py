"""What a form of guarantee on the board is worth by its text: frozen."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.law.incident import Incident


@dataclass(frozen=True, slots=True)
class Paper:
    """One text that an option stands for, in the incident in which the case asks for most.

    ``is_a``: what it is, one word for each way in which the unknown values may fall out.
    ``promised`` and ``weakest`` are the levels that must be given in good faith, and that are left when everybody does
    the least that is lawful, as (lowest, highest) over readings and unknown values; ``stoppers`` who can lawfully stop
    it, in words, at worst and at best.
    """

    instrument: str
    is_a: tuple[str, ...]
    called: str | None
    called_by: str | None
    incident: Incident
    required: int
    promised: tuple[int, int]
    weakest: tuple[int, int]
    stoppers: tuple[str, ...]
