"""The shipped historical cases, and the faults they had: a hand-picked list, to be read and compared, not counted."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, Final, NoReturn, TypeVar

from pydantic import BaseModel

from foedus.case.places import Places
from foedus.case.schema.precedent import Coding, Fault, Faults, Had, Precedent
from foedus.case.tree import parse, plain
from foedus.case.validate import check_part
from foedus.errors import BadInput, Problem

Model = TypeVar("Model", bound=BaseModel)


class Library:
    """The cases by id. There is no way to count them by outcome: whoever asks for a share is refused with the reason.

    Who is on the list was chosen because the case is instructive, so that a share of it says nothing of promises.
    """

    def __init__(self, cases: Mapping[str, Precedent], coding: Coding) -> None:
        self._cases: Final = MappingProxyType(dict(cases))
        self.coding: Final = coding

    def __iter__(self) -> Iterator[Precedent]:
        return iter(self._cases.values())

    def __contains__(self, id: object) -> bool:
        return id in self._cases

    def __getitem__(self, id: str) -> Precedent:
        return self._cases[id]

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id, in order."""
        return tuple(self._cases)

    def share_of(self, what: str) -> NoReturn:
        """Refuse. Raises ``BadInput`` with the reason and where figures are published instead."""
        figures = "; ".join(f"{figure.by}: {figure.says}" for figure in self.coding.figures)
        raise BadInput(
            [
                Problem(
                    None,
                    f"no share of {what} is computed from this list: {self.coding.no_share}",
                    f"published counts, each of a sample of its own: {figures}",
                )
            ]
        )


@cache
def precedents() -> Library:
    """The shipped cases in the order of their ids. Raises ``BadInput`` with every problem of every file."""
    found: dict[str, Precedent] = {}
    problems: list[Problem] = []
    for name in sorted(item.name for item in _folder().iterdir() if item.name[:1] == "P"):
        case, wrong = read_precedent((_folder() / name).read_text(encoding="utf-8"), f"library/precedents/{name}")
        problems += wrong
        if case is not None:
            found[case.id] = case
    if problems:
        raise BadInput(problems)
    return Library(found, _shipped("coding.yaml", Coding))


def read_precedent(text: str, file: str) -> tuple[Precedent | None, list[Problem]]:
    """Return one case from its file, or every problem of it."""
    node = parse(text, file)
    case, problems = check_part(Precedent, plain(node), Places(node))
    if case is not None and not file.endswith(f"{case.id}.yaml"):
        problems = [Problem(node.position, f"the case is `{case.id}`, the file is `{file.rsplit('/', 1)[-1]}`")]
    return case, problems


@cache
def faults() -> Mapping[int, Fault]:
    """The drafting faults by number. One small file, so that a check need not read the cases."""
    return MappingProxyType({int(number): fault for number, fault in _shipped("faults.yaml", Faults).faults.items()})


def faults_of(code: str) -> tuple[tuple[int, Fault], ...]:
    """The faults that a rule finds, by the rule's code."""
    return tuple((number, fault) for number, fault in faults().items() if code in fault.rules)


def had_fault(code: str, most: int = 2) -> tuple[tuple[Had, ...], Had | None]:
    """Return the first cases that had a fault of a rule, one of each fault before a second, and a counter-case."""
    found = [fault for _, fault in faults_of(code)]
    ranks = max((len(fault.had_by) for fault in found), default=0)
    cases = {had.case: had for rank in range(ranks) for fault in found for had in fault.had_by[rank : rank + 1]}
    named = tuple(cases.values())[:most]
    counter = (fault.counter for fault in found if fault.counter is not None and fault.counter not in named)
    return named, next(counter, None) if named else None


def _folder() -> Traversable:
    return files("foedus") / "library" / "precedents"


def _shipped(name: str, model: type[Model]) -> Model:
    node = parse((_folder() / name).read_text(encoding="utf-8"), f"library/precedents/{name}")
    content: Any = plain(node)
    found, problems = check_part(model, content, Places(node))
    if found is None:
        raise BadInput(problems)
    return found
