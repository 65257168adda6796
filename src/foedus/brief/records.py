"""The page as plain frozen records: everything is in words already, and no format is decided."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict as a word, with a sign and a tone that stand for it as well."""

    word: str
    tone: str
    sign: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A source named in a cell: where it stands in the list of sources, and whether it was verified."""

    anchor: str
    words: str
    verified: bool


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell of a kept table."""

    text: str = ""
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table kept from the case; the first cell of a row names it."""

    id: str
    title: str
    intro: str
    heads: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what is said under it, one line or several."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """The first screen of one instrument."""

    id: str
    name: str
    status: str
    mark: Mark
    sentence: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One kind of incident under one form."""

    mark: Mark
    weakest: str
    most: str
    stop: str
    depends: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One kind of incident under all forms."""

    kind: str
    required: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Kinds of incident down, forms across; ``names`` tells for each form who can stop the help."""

    incident: str
    forms: tuple[tuple[str, str], ...]
    rows: tuple[MatrixRow, ...]
    names: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the forms stand to each other: a drawing as SVG, what it shows in words, and a table."""

    drawing: str
    words: str
    table: Table


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture with the words above it."""

    heading: str
    words: str
    drawing: str


@dataclass(frozen=True, slots=True)
class RacePart:
    """Whether help arrives in time: a table of the races, and the pictures of some."""

    intro: str
    table: Table
    drawn: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A sentence, and what belongs under it, each with whether it belongs to the item before."""

    words: str
    items: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class TalksPart:
    """One part of what is negotiated, with a picture where it has one."""

    id: str
    title: str
    intro: str
    drawing: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class UnderReading:
    """A verdict under the text alone or one reading, with its holder."""

    name: str
    holder: str
    mark: Mark
    weakest: str
    decided: str


@dataclass(frozen=True, slots=True)
class RestsOn:
    """A value that the verdict rests on, and what another would make of it."""

    place: str
    value: str
    instead: str
    becomes: Mark
    verified: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding, ready to be read."""

    id: str
    wanted: str
    rule: str
    kind: str
    mark: Mark
    sentence: str
    facts: tuple[Fact, ...]
    by_reading: tuple[UnderReading, ...]
    rests: tuple[RestsOn, ...]
    accepted: str = ""


@dataclass(frozen=True, slots=True)
class FormView:
    """Everything said of one instrument."""

    id: str
    name: str
    title: str
    about: tuple[Fact, ...]
    bad: tuple[FindingView, ...]
    accepted: tuple[FindingView, ...]
    passes: tuple[FindingView, ...]
    silent: tuple[FindingView, ...]
    clauses: Table
    readings: Table


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with its answers and the commands that show more."""

    id: str
    asks: str
    asked_by: str
    answers: tuple[str, ...]
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpectationView:
    """What the file expects of one check: whether it was found, what it is, and where it stands in which file."""

    mark: Mark
    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Expected:
    """What was not found as the file expects, then what was, with a sentence that counts both."""

    words: str
    unmet: tuple[ExpectationView, ...]
    met: tuple[ExpectationView, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page, in the order in which it is read."""

    title: str
    as_of: str
    note: str
    required: tuple[Fact, ...]
    required_line: str
    is_not: tuple[Fact, ...]
    assumptions: tuple[str, ...]
    bounds: tuple[str, ...]
    leads: tuple[Lead, ...]
    matrix: Matrix
    standing: Standing | None
    race: RacePart | None
    talks: tuple[TalksPart, ...]
    forms: tuple[FormView, ...]
    unknowns: Table
    questions: tuple[QuestionView, ...]
    expected: Expected | None
    kept: tuple[Table, ...]
    sources: Table
