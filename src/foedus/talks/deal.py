"""What can be agreed on a board, and what stands in the way: frozen, in the ids of the case."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.talks.board import Demand


@dataclass(frozen=True, slots=True)
class Package:
    """One option of every issue.

    ``concedes``: the parties to which what is taken is only negotiable, with the salience of what they give.
    ``rests_on``: the (issue, party) whose stand on what is taken nobody knows.
    """

    picks: tuple[tuple[str, str], ...]
    concedes: tuple[tuple[str, int], ...]
    rests_on: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Way:
    """Demands that would have to become negotiable, their salience together, and how many packages that would open.

    The numbers are of the issues of the clash alone.
    """

    demands: tuple[Demand, ...]
    cost: int
    possible: int | None
    certain: int | None


@dataclass(frozen=True, slots=True)
class Clash:
    """Issues on which nothing can be agreed: every smallest set of demands that cannot stand together.

    ``cheapest`` is empty where the options themselves leave nothing. ``ways`` counts all smallest sets of demands that
    would have to go. Where the sets are too many to be listed, ``complete`` is false and one of each is given, ``None``
    where even that is too much work.
    """

    issues: tuple[str, ...]
    together: tuple[tuple[Demand, ...], ...] | None
    cheapest: tuple[Way, ...] | None
    ways: int
    complete: bool = True


@dataclass(frozen=True, slots=True)
class OpenStand:
    """A stand of one party on one option that nobody knows, and what the numbers become once it is known.

    Known to turn it down: ``possible_if_refused`` packages stay possible. Known to allow it: ``certain_if_allowed``
    are certain.
    """

    issue: str
    option: str
    party: str
    possible_if_refused: int
    certain_if_allowed: int


@dataclass(frozen=True, slots=True)
class Opening:
    """The numbers once the demands in ``once`` are negotiable, and what each unknown stand would change then."""

    once: tuple[Demand, ...]
    possible: int
    certain: int
    open_stands: tuple[OpenStand, ...]


@dataclass(frozen=True, slots=True)
class IfTold:
    """The numbers of packages if a party stood as somebody else says that it does.

    ``clashes``: the smallest sets of demands that could not stand together then and are no such sets now.
    """

    issue: str
    party: str
    by: str
    source: tuple[str, ...]
    possible: int | None
    certain: int | None
    clashes: tuple[tuple[Demand, ...], ...]


@dataclass(frozen=True, slots=True)
class Deal:
    """What can be agreed. Numbers are ``None``, and so is a list, where the links join too much to be decided.

    ``possible``: packages that no known stand turns down; ``certain``: those that every stand is known to allow.
    ``best``: a package for each criterion, the criterion in words. ``frontier``: the packages of which no other is
    better for one party without being worse for another, one for each such sharing of concessions.
    ``openings``: what the unknown stands would change; where nothing is possible, once each of the cheapest ways out
    is taken in turn (of every clash one).
    """

    combinations: int
    possible: int | None
    certain: int | None
    best: tuple[tuple[str, Package], ...]
    frontier: tuple[Package, ...] | None
    clashes: tuple[Clash, ...]
    openings: tuple[Opening, ...] | None
    if_told: tuple[IfTold, ...]
