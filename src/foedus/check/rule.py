"""What a rule is: a property wanted, and one function that looks for the incident that breaks it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from foedus.check.view import View
from foedus.findings import Class, Outcome
from foedus.wording import Speaker

Scope = Literal["instrument", "clause"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule with its documentation; the page in docs/reference/rules is made from it.

    ``run`` returns an :class:`~foedus.findings.Outcome` for one view. ``say`` makes the sentence of an outcome that
    fails, ``praise`` that of one that holds; both are clauses without capital or full stop.
    """

    code: str
    name: str
    wanted: str
    kind: Class
    scope: Scope
    looks_for: str
    why: str
    limits: str
    source: str
    run: Callable[[View], Outcome]
    say: Callable[[Outcome, Speaker], str]
    praise: Callable[[Outcome, Speaker], str]
