"""Does a set of refusing actors stop the help? An exact game between the willing and the refusing (meaning.md, §6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from foedus.law.appeal import is_stopped
from foedus.law.bodies import Control
from foedus.law.choices import Choice, Choices, masters
from foedus.law.expression import FALSE, TRUE, ChoiceKey, Expression, FactIn
from foedus.law.interpret import choices_read, evaluate, substitute
from foedus.law.meaning import Meaning
from foedus.law.records import Undecided
from foedus.law.signs import Values, best, signs, worst

MOST_STATES: Final = 4_000
"""States of a game that are searched before it is given up; equal tallies make one state of many votes."""


@dataclass(frozen=True, slots=True)
class Stance:
    """How the refusing refuse, and who is silent.

    ``practical``: they may withhold performance too. ``only_sorts`` and ``only_choices`` are what they refuse in; in
    all else they behave as if willing. ``silent`` actors take the default, in ``silent_sorts`` alone if given, and
    never count as refusing in these. ``keeping``: the silent keep their word, so that silence takes away what is at
    their discretion and no performance, which by law they owe without saying anything.
    """

    practical: bool = False
    refusers_last: bool = True
    only_sorts: frozenset[str] | None = None
    only_choices: frozenset[ChoiceKey] | None = None
    silent: frozenset[str] = frozenset()
    silent_sorts: frozenset[str] | None = None
    keeping: bool = False

    def may_refuse(self, choice: Choice) -> bool:
        """Return whether a refusing holder is free in this choice."""
        if choice.performance and not self.practical:
            return False
        if self.only_sorts is not None and choice.sort not in self.only_sorts:
            return False
        return self.only_choices is None or choice.key in self.only_choices

    def is_silent(self, choice: Choice) -> bool:
        """Return whether the holder says nothing in this choice."""
        if self.keeping and choice.performance:
            return False
        return choice.holder in self.silent and (self.silent_sorts is None or choice.sort in self.silent_sorts)


LAWFUL: Final = Stance()
PRACTICAL: Final = Stance(practical=True)


@dataclass(frozen=True, slots=True)
class Move:
    """One choice that matters: what its holder may do when willing and when refusing.

    Where the holder may not refuse in this choice (by law, or by what is asked) it is on the willing side throughout.
    """

    key: ChoiceKey
    holder: str
    willing: tuple[str, ...]
    refusing: tuple[str, ...]
    may_refuse: bool = True


@dataclass(frozen=True, slots=True)
class Game:
    """An expression at an incident, ready to be asked for many sets of refusing actors."""

    expression: Expression
    choices: Choices
    moves: tuple[Move, ...]
    refusers_last: bool


def stops(meaning: Meaning, expression: Expression, refusing: frozenset[str], stance: Stance) -> bool | Undecided:
    """Return whether the refusing (closed under control, without the victim) stop what the expression says.

    The expression is at an incident. Stopping grows with the refusing set: whatever a set can do, a larger one can.
    """
    found = stopped(game_of(meaning, expression, stance), refusing)
    return is_stopped(meaning, expression, refusing, stance, found) if isinstance(found, Undecided) else found


def game_of(meaning: Meaning, expression: Expression, stance: Stance) -> Game:
    """Return the game about an expression at an incident, kept with the meaning."""
    found = meaning.kept.get(("game", expression, stance))
    if isinstance(found, Game):
        return found
    game = _reduced(expression, meaning.choices, stance)
    meaning.kept["game", expression, stance] = game
    return game


def stopped(game: Game, refusing: frozenset[str]) -> bool | Undecided:
    """Return whether a set of refusing actors wins the game, by plain search alone."""
    sure: dict[ChoiceKey, str] = {}
    first: dict[ChoiceKey, tuple[str, ...]] = {}
    last: dict[ChoiceKey, tuple[str, ...]] = {}
    for move in game.moves:
        refuses = move.may_refuse and move.holder in refusing
        options = move.refusing if refuses else move.willing
        if len(options) == 1:
            sure[move.key] = options[0]
        elif refuses == game.refusers_last:
            last[move.key] = options
        else:
            first[move.key] = options
    if not first and not last:
        return not evaluate(game.expression, None, sure)
    search = _Search(game.choices, first, last, game.refusers_last)
    try:
        return not search.helped(substitute(game.expression, sure))
    except _TooManyError:
        count = len(first) + len(last)
        return Undecided(f"{count} choices can work for and against the help; given up after {MOST_STATES} states")


def holder_literals(meaning: Meaning, expressions: Iterable[Expression], field: str) -> tuple[Expression, ...]:
    """Return the literals that tell apart, as attacker or victim, the actors whose own choices are read.

    Whether such an actor is the attacker (and may refuse) or the victim (and never does) matters beside the facts.
    """
    holders = dict.fromkeys(meaning.choices[key].holder for key in choices_read(*expressions))
    actors = dict.fromkeys(
        actor
        for holder in holders
        for actor in (*sorted(masters(meaning.form.control, holder)), *controlled(meaning.form.control, holder))
    )
    return tuple(FactIn(field, frozenset((actor,))) for actor in actors)


def controlled(control: Control, holder: str) -> tuple[str, ...]:
    """Return whom an actor controls directly."""
    return tuple(under for over, under in control if over == holder)


def _reduced(expression: Expression, choices: Choices, stance: Stance) -> Game:
    """Return the game without the choices that fall the same way whoever refuses."""
    while True:
        moves = tuple(_move(choices[key], values, stance) for key, values in signs(expression, choices).items())
        sure = {move.key: move.willing[0] for move in moves if move.willing == move.refusing and len(move.willing) == 1}
        if not sure:
            return Game(expression, choices, moves, stance.refusers_last)
        expression = substitute(expression, sure)


def _move(choice: Choice, values: Values, stance: Stance) -> Move:
    if stance.is_silent(choice):
        return Move(choice.key, choice.holder, (choice.default,), (choice.default,))
    willing = ("yes",) if choice.performance else best(values, choice.options)
    if not stance.may_refuse(choice):
        return Move(choice.key, choice.holder, willing, willing, may_refuse=False)
    return Move(choice.key, choice.holder, willing, worst(values, choice.options))


class _TooManyError(Exception):
    """The search has seen too many states."""


class _Search:
    """The exact search over the choices that work both ways: first all of one side's, then all of the other's."""

    def __init__(
        self,
        choices: Choices,
        first: dict[ChoiceKey, tuple[str, ...]],
        last: dict[ChoiceKey, tuple[str, ...]],
        refusers_last: bool,  # noqa: FBT001
    ) -> None:
        self.choices = choices
        self.first = first
        self.last = last
        self.refusers_last = refusers_last
        self.known: dict[Expression, bool] = {}

    def helped(self, expression: Expression) -> bool:
        """Return whether the help is there when both sides play their best from here on."""
        if expression is TRUE or expression is FALSE:
            return expression is TRUE
        found = self.known.get(expression)
        if found is None:
            if len(self.known) >= MOST_STATES:
                raise _TooManyError
            found = self.known[expression] = self._played(expression)
        return found

    def _played(self, expression: Expression) -> bool:
        sure: dict[ChoiceKey, str] = {}
        branches: dict[bool, tuple[ChoiceKey, tuple[str, ...]]] = {}
        for key, values in signs(expression, self.choices).items():
            early = key in self.first
            refuses = early != self.refusers_last
            options = (worst if refuses else best)(values, self.first[key] if early else self.last[key])
            if len(options) == 1:
                sure[key] = options[0]
            else:
                branches.setdefault(early, (key, options))
        if sure:
            return self.helped(substitute(expression, sure))
        early = True in branches
        key, options = branches[early]
        outcomes = (self.helped(substitute(expression, {key: option})) for option in options)
        return all(outcomes) if early != self.refusers_last else any(outcomes)
