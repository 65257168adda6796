"""Who can stop the help: the smallest sets of refusing actors, up to interchange (meaning.md, section 6).

The search runs over count vectors: how many refuse from each group of interchangeable actors. Stopping grows with the
refusing set, so that every set that stops must reach outside each largest set that does not. Vectors are taken in
order of size; one that does not stop is grown to a largest such vector, and is succeeded by the vectors that step
just outside it. Every stopping vector lies above one still waiting, so the first to stop is a smallest one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import Final

from foedus.law.appeal import least_set
from foedus.law.choices import closure, masters, protected
from foedus.law.expression import Expression
from foedus.law.groups import interchangeable
from foedus.law.meaning import Meaning
from foedus.law.power import stronger_groups
from foedus.law.records import StopGroup, StopKind, Stoppers, Undecided
from foedus.law.stops import Game, Stance, game_of, stopped, stops

MOST_KINDS: Final = 64
MOST_GAMES: Final = 2_000
MOST_VECTORS: Final = 50_000
"""Games played and vectors kept in one search before it counts as undecided."""
Vector = tuple[int, ...]


def stoppers(meaning: Meaning, expression: Expression, victim: str, stance: Stance) -> Stoppers:
    """Return who can stop what an expression at an incident says, kept with the meaning."""
    key = ("stoppers", expression, victim, stance)
    found = meaning.kept.get(key)
    if not isinstance(found, Stoppers):
        found = _found(meaning, expression, victim, stance)
        meaning.kept[key] = found
    return found


def refusing_set(meaning: Meaning, actors: frozenset[str] | tuple[str, ...], victim: str) -> frozenset[str]:
    """Return who refuses when some actors do: with all they control, without the victim and whom it controls."""
    return closure(meaning.form.control, actors) - protected(meaning.form, victim)


def _found(meaning: Meaning, expression: Expression, victim: str, stance: Stance) -> Stoppers:
    game = game_of(meaning, expression, stance)
    actors = _candidates(meaning, game, victim)
    groups = interchangeable(game, meaning.form.control, actors)
    found = _Search(meaning, game, victim, groups).run()
    if found.undecided:
        found = _by_appeal(meaning, expression, victim, stance, groups, found.undecided)
    if found.number is None or found.undecided or not _is_two_way(game):
        return found
    other = replace(stance, refusers_last=not stance.refusers_last)
    if not stance.refusers_last:
        return found
    # Whoever wins choosing first wins choosing last; so the orders agree if every smallest set wins in both.
    for kind in found.kinds:
        refusing = refusing_set(meaning, next(kind.sets()), victim)
        if stops(meaning, expression, refusing, other) is not True:
            return replace(found, order_matters=True, refusing_first=stoppers(meaning, expression, victim, other))
    return found


def _by_appeal(
    meaning: Meaning,
    expression: Expression,
    victim: str,
    stance: Stance,
    groups: tuple[tuple[str, ...], ...],
    reason: str,
) -> Stoppers:
    """Return the number and one kind of smallest sets where the plain search was given up."""
    least = least_set(meaning, expression, victim, stance, Undecided(reason))
    if isinstance(least, Undecided):
        return Stoppers(None, more=True, undecided=least.reason)
    if least is None:
        return Stoppers(None)
    return Stoppers(len(least), _kinds(groups, [tuple(len(least.intersection(group)) for group in groups)]), more=True)


def _candidates(meaning: Meaning, game: Game, victim: str) -> tuple[str, ...]:
    """Return the actors whose refusal can make a difference, in the order of the form."""
    control = meaning.form.control
    outside = protected(meaning.form, victim)
    holders = {move.holder for move in game.moves} - outside  # a choice that refusal leaves alone is in no game
    actors = {actor for holder in holders for actor in masters(control, holder)} - outside
    place = {party: index for index, party in enumerate(meaning.form.parties)}
    return tuple(sorted(actors, key=lambda actor: (place.get(actor, len(place)), actor)))


def _is_two_way(game: Game) -> bool:
    """Return whether both sides may have to choose between several options, so that the order can matter."""
    return any(len(move.willing) > 1 for move in game.moves) and any(len(move.refusing) > 1 for move in game.moves)


class _GivenUpError(Exception):
    """The search was given up; the argument is the reason."""


@dataclass(slots=True)
class _Search:
    """One search for the smallest stopping vectors."""

    meaning: Meaning
    game: Game
    victim: str
    groups: tuple[tuple[str, ...], ...]
    games: int = 0

    def run(self) -> Stoppers:
        """Return the number and the kinds."""
        found: list[Vector] = []
        undecided = None
        try:
            more = self._collect(found, MOST_KINDS, ((),) * len(self.groups))
        except _GivenUpError as reason:
            more = True
            undecided = None if found else str(reason)
        if undecided:
            self.games = 0
            try:
                self._collect(found, 0, stronger_groups(self.game, self.meaning.form.control, self.groups))
            except _GivenUpError:
                return Stoppers(None, more=True, undecided=undecided)
        return Stoppers(sum(found[0]) if found else None, _kinds(self.groups, found[:MOST_KINDS]), more)

    def _collect(self, found: list[Vector], most: int, stronger: tuple[tuple[int, ...], ...]) -> bool:
        """Add the smallest stopping vectors to ``found`` until there are more than ``most``; return whether there are.

        Only vectors are tried in which whoever refuses has all of the ``stronger`` groups beside it.
        """
        sizes = tuple(len(group) for group in self.groups)
        if not self._stops(sizes):
            return False
        start = (0,) * len(sizes)
        waiting = [(0, start)]  # counts are negative here, so that the first actors of the form come first
        seen = {start}
        walls: list[Vector] = []
        while waiting:
            vector = _negative(heappop(waiting)[1])
            if any(_within(least, vector) for least in found):
                continue
            wall = next((wall for wall in walls if _within(vector, wall)), None)
            if wall is None:
                if self._stops(vector):
                    found.append(vector)
                    if len(found) > most:
                        return True
                    continue
                wall = self._grown(vector, sizes)
                walls.append(wall)
            for index, size in enumerate(sizes):
                if wall[index] < size:
                    higher = _negative(
                        _closed((*vector[:index], wall[index] + 1, *vector[index + 1 :]), sizes, stronger)
                    )
                    if higher not in seen:
                        seen.add(higher)
                        heappush(waiting, (-sum(higher), higher))
            if len(seen) > MOST_VECTORS:
                raise _GivenUpError(f"more than {MOST_VECTORS} combinations of refusing actors to compare")
        return False

    def _grown(self, vector: Vector, sizes: Vector) -> Vector:
        """Return a largest vector above one that does not stop: each group raised as far as it goes."""
        for index, size in enumerate(sizes):
            low, high = vector[index], size + 1
            step = size  # mostly the whole group goes in, so that is tried before halving
            while high - low > 1:
                if self._stops((*vector[:index], step, *vector[index + 1 :])):
                    high = step
                else:
                    low = step
                step = (low + high) // 2
            vector = (*vector[:index], low, *vector[index + 1 :])
        return vector

    def _stops(self, vector: Vector) -> bool:
        self.games += 1
        if self.games > MOST_GAMES:
            raise _GivenUpError(f"more than {MOST_GAMES} sets of refusing actors to try")
        chosen = tuple(actor for group, count in zip(self.groups, vector, strict=True) for actor in group[:count])
        verdict = stopped(self.game, refusing_set(self.meaning, chosen, self.victim))
        if isinstance(verdict, Undecided):
            raise _GivenUpError(verdict.reason)
        return verdict


def _kinds(groups: tuple[tuple[str, ...], ...], found: list[Vector]) -> tuple[StopKind, ...]:
    return tuple(
        StopKind(tuple(StopGroup(group, count) for group, count in zip(groups, vector, strict=True) if count))
        for vector in found
    )


def _closed(vector: Vector, sizes: Vector, stronger: tuple[tuple[int, ...], ...]) -> Vector:
    """Return the vector with all of every group that is stronger than one of its members."""
    full = {group for index, count in enumerate(vector) if count for group in stronger[index]}
    while True:
        wider = full.union(*(stronger[group] for group in full))
        if wider == full:
            return tuple(sizes[index] if index in full else count for index, count in enumerate(vector))
        full = wider


def _within(low: Vector, high: Vector) -> bool:
    return all(below <= above for below, above in zip(low, high, strict=True))


def _negative(vector: Vector) -> Vector:
    return tuple(-count for count in vector)
