"""Which actors are interchangeable in a game: swapping their names changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from foedus.law.bodies import Control
from foedus.law.expression import ChoiceKey
from foedus.law.interpret import rename
from foedus.law.signs import signs
from foedus.law.stops import Game, Move


def interchangeable(game: Game, control: Control, actors: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return the actors in groups whose members may be swapped at will, in the given order.

    Swaps that leave a game as it is can be chained, so that one comparison with the first of a group is enough. The
    expensive comparison is made only between actors whose own choices look alike.
    """
    moves = {move.key: move for move in game.moves}
    own = _own_traits(game)
    alike: dict[object, list[list[str]]] = {}
    groups: list[list[str]] = []
    for actor in actors:
        over = sum(controller == actor for controller, _ in control)
        under = sum(below == actor for _, below in control)
        candidates = alike.setdefault((own.get(actor), over, under), [])
        group = next((group for group in candidates if _swappable(game, moves, control, group[0], actor)), None)
        if group is None:
            group = []
            candidates.append(group)
            groups.append(group)
        group.append(actor)
    return tuple(tuple(group) for group in groups)


def _own_traits(game: Game) -> dict[str, object]:
    """Return what each holder's choices look like: their kind, and how much each option weighs in how many places."""
    values = signs(game.expression, game.choices)
    traits: dict[str, list[object]] = {}
    for move in game.moves:
        columns = Counter(zip(*values[move.key].values(), strict=True))
        traits.setdefault(move.holder, []).append((_trait(game, move), frozenset(columns.items())))
    return {holder: frozenset(found) for holder, found in traits.items()}


def _trait(game: Game, move: Move) -> tuple[object, ...]:
    choice = game.choices[move.key]
    return move.key[:-1], move.willing, move.refusing, choice.options, choice.performance


def _swappable(game: Game, moves: dict[ChoiceKey, Move], control: Control, one: str, other: str) -> bool:
    swap = {one: other, other: one}
    for move in game.moves:
        if move.holder in swap:
            twin = moves.get((*move.key[:-1], swap[move.holder]))
            if twin is None or _trait(game, twin) != _trait(game, move):
                return False
    pairs = {(over, under) for over, under in control}
    if {(swap.get(over, over), swap.get(under, under)) for over, under in pairs} != pairs:
        return False
    return rename(game.expression, swap) == game.expression
