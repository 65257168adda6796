"""The resolved form: one instrument after roles, readings and unknowns have been settled.

The law stage reads this and nothing else of a case. Every name is a party id, a body id or a clause id of the author;
``None`` in a set-valued field means "any". See docs/theory/meaning.md for what each field means.
"""

from dataclasses import dataclass
from typing import Literal

Rule = Literal["each", "unanimity", "majority", "at_least", "share"]
Denominator = Literal["members", "entitled", "present", "cast"]
Excluded = Literal["nobody", "attacker", "disputants"]
Vote = Literal["yes", "no", "abstain", "absent"]
ClauseKind = Literal["obligation", "prohibition", "permission", "power", "declaration"]


@dataclass(frozen=True, slots=True)
class Body:
    """A body that decides by votes. ``weights`` runs beside ``members``; ``threshold`` is k of ``at_least``.

    ``share`` is the fraction (numerator, denominator) of the rule ``share``.
    """

    id: str
    members: tuple[str, ...]
    rule: Rule
    of: Denominator = "entitled"
    threshold: int = 0
    share: tuple[int, int] = (1, 2)
    weights: tuple[int, ...] = ()
    quorum: int = 0
    veto: tuple[str, ...] = ()
    abstention_blocks: bool = False
    outside_veto: tuple[str, ...] = ()
    excluded: Excluded = "nobody"
    only_if_member: bool = False
    silence: Vote = "absent"


@dataclass(frozen=True, slots=True)
class Question:
    """One matter put to one body; one matter is voted once."""

    body: str
    matter: str


@dataclass(frozen=True, slots=True)
class Judge:
    """Who finds one aspect of the trigger. ``by`` is ``objective``, ``bearer``, ``victim``, a party id or a body id."""

    aspect: str
    by: str
    is_body: bool = False
    manifest: frozenset[str] = frozenset()
    silence: bool = False


@dataclass(frozen=True, slots=True)
class Trigger:
    """The facts under which a clause speaks. ``None`` is any; hours count from the start of the incident."""

    kinds: frozenset[str] | None = None
    attackers: frozenset[str] | None = None
    victims: frozenset[str] | None = None
    zones: frozenset[str] | None = None
    objects: frozenset[str] | None = None
    unprovoked: bool = False
    lasting_hours: int = 0
    phases: frozenset[str] = frozenset({"in_force", "in_notice"})


@dataclass(frozen=True, slots=True)
class Request:
    """Who must ask first: ``by`` are party ids, or the single word ``victim``; all of them or any one."""

    by: tuple[str, ...]
    all: bool = False
    silence: bool = False


@dataclass(frozen=True, slots=True)
class Default:
    """What is owed once ``after_hours`` have passed although the body has not decided."""

    after_hours: int
    level: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """A clock. ``within_hours`` is ``None`` where the text has a word for it and no length ("forthwith").

    ``known`` is false where whoever wrote the file does not know whether there is a clock at all.
    """

    to: Literal["meet", "decide", "act", "unknown"] = "unknown"
    within_hours: int | None = None
    start: Literal["trigger", "request", "decision", "unknown"] = "trigger"
    soft: bool = False
    known: bool = True


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a breach brings: clauses, a body's decision, or words alone. ``known`` as in :class:`Deadline`."""

    clauses: tuple[str, ...] = ()
    decision: Question | None = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class Exit:
    """How a text ends and how one leaves it, in hours; ``None`` is "none", and ``open`` names what is not known.

    ``duration_hours`` is ``None`` where it runs without limit; ``notice_hours`` where no notice is provided for;
    ``earliest_hours``, the first day on which one can be out, where none is named.
    """

    duration_hours: int | None = None
    notice_hours: int | None = None
    earliest_hours: int | None = None
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Domestic:
    """Approval at home of ``parties`` (those among the bearers); a condition of the duty, or no excuse."""

    parties: tuple[str, ...]
    is_condition: bool
    silence: bool = False


@dataclass(frozen=True, slots=True)
class LeadsTo:
    """The help a duty to seek a decision may lead to: reachable, not owed."""

    question: Question
    level: int


@dataclass(frozen=True, slots=True)
class Releases:
    """What using a power ends: the named clauses, for the user alone or for all bearers."""

    clauses: tuple[str, ...]
    for_all: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """Acts with a least and a most for one bearer."""

    least: frozenset[str]
    most: frozenset[str]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. ``response`` runs beside ``bearers``."""

    id: str
    kind: ClauseKind
    bearers: tuple[str, ...]
    beneficiaries: frozenset[str]
    response: tuple[Owed, ...]
    collective: bool = False
    trigger: Trigger = Trigger()
    judges: tuple[Judge, ...] = ()
    request: Request | None = None
    means_chosen_by: str = "bearer"
    means_by_body: bool = False
    decision: Question | None = None
    default: Default | None = None
    after: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()
    consent_silence: bool = False
    unless: tuple[Question, ...] = ()
    until: tuple[Question, ...] = ()
    domestic: Domestic | None = None
    leads_to: LeadsTo | None = None
    releases: Releases | None = None
    forbids: frozenset[str] = frozenset()
    most_level: int | None = None
    against_beneficiary: bool = False
    deadline: Deadline | None = None
    consequence: Consequence | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """An instrument ready to be asked. ``control`` maps a party to everybody it directly controls.

    ``legal`` says whether it binds in law, the law of one side included; ``None`` where that is disputed or not known.
    """

    id: str
    parties: tuple[str, ...]
    clauses: tuple[Clause, ...]
    bodies: tuple[Body, ...] = ()
    control: tuple[tuple[str, str], ...] = ()
    legal: bool | None = True
    exit: Exit | None = None
