"""How a rule asks the law: who refuses, who is silent, which choices count."""

from dataclasses import dataclass
from typing import Final

from foedus.law.expression import ChoiceKey


@dataclass(frozen=True, slots=True)
class Asked:
    """How a rule asks: who refuses, whose silence is looked at, which sorts of choice count, lawful or in practice.

    ``choices`` are the only ones in which anybody refuses.
    """

    refusing: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    practical: bool = False
    sorts: frozenset[str] | None = None
    silent_sorts: frozenset[str] | None = None
    reachable: bool = False
    clauses: frozenset[str] | None = None
    choices: frozenset[ChoiceKey] | None = None


GOOD_FAITH: Final = Asked()


class UndecidedError(Exception):
    """The law could not answer within its limits; the rule that asked is undecided, for the reason given."""
