"""What the views of one instrument have in common: forms that differ in one value ask mostly the same questions."""

from collections.abc import Hashable, Iterator
from typing import Final

from foedus.law.built import Built
from foedus.law.expression import Expression
from foedus.law.incident import Incident
from foedus.law.meaning import Meaning


class Remembered:
    """Incidents that are found when they are first asked for, and kept for whoever asks again."""

    def __init__(self, source: Iterator[Incident]) -> None:
        self._source: Final = source
        self._found: Final[list[Incident]] = []

    def __iter__(self) -> Iterator[Incident]:
        place = 0
        while True:
            if place == len(self._found):
                more = next(self._source, None)
                if more is None:
                    return
                self._found.append(more)
            yield self._found[place]
            place += 1


class Shared:
    """What the views of one instrument find alike: forms that differ in one value ask mostly the same questions.

    An expression is compared at length once and from then on stands for all that equal it; what is left of it at an
    incident turns on nothing else, the answers to questions on who chooses what as well.
    """

    def __init__(self) -> None:
        self.built: Final = Built()
        self.expressions: Final[dict[Expression, Expression]] = {}
        self.placed: Final[dict[tuple[Expression, Incident], Expression]] = {}
        self.kept: Final[dict[object, object]] = {}
        self.classes: Final[dict[object, Remembered]] = {}
        self._answers: Final[dict[Hashable, dict[object, object]]] = {}

    def answers(self, meaning: Meaning) -> dict[object, object]:
        """The answers for all forms with these choices."""
        form = meaning.form
        return self._answers.setdefault((form.parties, form.control, frozenset(meaning.choices.values())), {})
