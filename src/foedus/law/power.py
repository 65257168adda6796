"""Which actors are stronger than others in a game: what one stops by refusing, the stronger stops in its place.

With many voters of different weights no two are interchangeable, and the smallest stopping sets are too many to go
through. But some smallest set holds, with each actor, all stronger ones: exchange a weaker for a stronger until none
is left to exchange. That is enough to find the number.
"""

from __future__ import annotations

from collections import Counter

from foedus.law.bodies import Control
from foedus.law.expression import FALSE, TRUE, And, AtLeast, ChoiceKey, Expression, Not, Or, Tally
from foedus.law.interpret import substitute
from foedus.law.stops import Game


def stronger_groups(game: Game, control: Control, groups: tuple[tuple[str, ...], ...]) -> tuple[tuple[int, ...], ...]:
    """Return, for each group of interchangeable actors, the groups before it in strength whose members are stronger.

    The groups stand in one line of strength, so that the exchange comes to an end even where two are equally strong.
    """
    count = len(groups)
    heads = [group[0] for group in groups]
    over = [
        [one != other and _is_stronger(game, control, heads[one], heads[other]) for other in range(count)]
        for one in range(count)
    ]
    line = sorted(range(count), key=lambda one: (-sum(over[one]), one))
    place = {one: position for position, one in enumerate(line)}
    return tuple(
        tuple(one for one in range(count) if over[one][other] and place[one] < place[other]) for other in range(count)
    )


def implies(one: Expression, other: Expression) -> bool:
    """Return whether the first expression visibly implies the second; a no says nothing."""
    if one == other or one is FALSE or other is TRUE:
        return True
    if isinstance(one, Or):
        return all(implies(child, other) for child in one.children)
    if isinstance(other, And):
        return all(implies(one, child) for child in other.children)
    if isinstance(one, Tally) and isinstance(other, Tally):
        return one.bound >= other.bound and Counter(one.terms) == Counter(other.terms)
    if isinstance(one, Not) and isinstance(other, Not):
        return implies(other.child, one.child)
    if isinstance(one, AtLeast) and isinstance(other, AtLeast):
        pairs = zip(one.children, other.children, strict=False)
        same = one.count >= other.count and len(one.children) == len(other.children)
        return same and all(implies(here, there) for here, there in pairs)
    if isinstance(one, And) and any(implies(child, other) for child in one.children):
        return True
    return isinstance(other, Or) and any(implies(one, child) for child in other.children)


def _is_stronger(game: Game, control: Control, one: str, other: str) -> bool:
    """Return whether help with ``one`` refusing implies help with ``other`` refusing instead, whoever else refuses."""
    if any(name in pair for pair in control for name in (one, other)):
        return False
    first = _with_refusing(game, one, other)
    second = _with_refusing(game, other, one)
    return first is not None and second is not None and implies(first, second)


def _with_refusing(game: Game, refusing: str, willing: str) -> Expression | None:
    said: dict[ChoiceKey, str] = {}
    for move in game.moves:
        if move.holder in (refusing, willing):
            options = move.refusing if move.holder == refusing else move.willing
            if len(options) > 1:
                return None
            said[move.key] = options[0]
    return substitute(game.expression, said)
