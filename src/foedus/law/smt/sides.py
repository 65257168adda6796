"""What each side can gain from a choice, read off an expression: willing holders want it true, refusing ones false.

An option that another one matches or betters at every place where the choice is read need not be considered. This is
said a second time here, beside ``law.signs``, so that the two readings of a case stay independent, and it allows
for facts still open: a guard changes how much an option weighs for all options alike.
"""

from __future__ import annotations

from dataclasses import dataclass

from foedus.law.choices import Choice, Choices
from foedus.law.expression import And, AtLeast, ChoiceKey, Expression, Not, Or, Pick, Tally
from foedus.law.stops import Stance

_Gains = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Side:
    """The options of one choice that its holder considers when it is willing, and when it refuses.

    ``open`` says that a refusing holder is free in it; else it chooses as if willing even then.
    """

    holder: str
    open: bool
    willing: tuple[str, ...]
    refusing: tuple[str, ...]


def sides(expression: Expression, choices: Choices, stance: Stance) -> dict[ChoiceKey, Side]:
    """Return the sides of every choice that an expression reads."""
    gains: dict[ChoiceKey, _Gains] = {}
    _gather(expression, choices, gains)
    return {key: _side(choices[key], found, stance) for key, found in gains.items()}


def _side(choice: Choice, gains: _Gains, stance: Stance) -> Side:
    if stance.is_silent(choice):
        return Side(choice.holder, open=False, willing=(choice.default,), refusing=(choice.default,))
    willing = ("yes",) if choice.performance else _undominated(gains, choice.options, 1)
    if not stance.may_refuse(choice):
        return Side(choice.holder, open=False, willing=willing, refusing=willing)
    return Side(choice.holder, open=True, willing=willing, refusing=_undominated(gains, choice.options, -1))


def _undominated(gains: _Gains, options: tuple[str, ...], sign: int) -> tuple[str, ...]:
    kept = []
    for place, option in enumerate(options):
        mine = [sign * gain for gain in gains[option]]
        for other_place, other in enumerate(options):
            theirs = [sign * gain for gain in gains[other]]
            beaten = all(b >= a for a, b in zip(mine, theirs, strict=True))
            if other != option and beaten and (mine != theirs or other_place < place):
                break
        else:
            kept.append(option)
    return tuple(kept)


def _gather(expression: Expression, choices: Choices, gains: dict[ChoiceKey, _Gains]) -> None:
    """Note, for every place where a choice is read, what each option adds to the truth of the whole."""
    waiting: list[tuple[Expression, bool]] = [(expression, True)]
    seen: set[tuple[Expression, bool]] = set()
    while waiting:
        found = waiting.pop()
        if found in seen:
            continue
        seen.add(found)
        node, upright = found
        sign = 1 if upright else -1
        if isinstance(node, Not):
            waiting.append((node.child, not upright))
        elif isinstance(node, (And, Or, AtLeast)):
            waiting += [(child, upright) for child in node.children]
        elif isinstance(node, Pick):
            row = dict.fromkeys(node.options, sign)
            _note(gains, choices, node.choice, row)
        elif isinstance(node, Tally):
            for term in node.terms:
                _note(gains, choices, term.choice, {option: sign * weight for option, weight in term.weights})


def _note(gains: dict[ChoiceKey, _Gains], choices: Choices, key: ChoiceKey, row: dict[str, int]) -> None:
    known = gains.setdefault(key, {option: [] for option in choices[key].options})
    for option, column in known.items():
        column.append(row.get(option, 0))
