"""From text to a tree of nodes that know their places, by YAML 1.2 with its core schema.

`parse` composes the tree itself from ruamel's events, so that the limits below hold while it
reads, so that `NO` is Norway and `12:30` a time of day, and so that what is wrong is told in
words for the author.  The other functions read the tree or replace a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ruamel.yaml import events

from foedus.case.explain import explain, missing_space, short
from foedus.case.scan import BrokenError, Foreign, Scalar, events_of, place, resolve, scalar_problem
from foedus.case.text import check_characters, normalised
from foedus.errors import BadInput, InternalError, Position, Problem, nearest

LIMIT_DEPTH = 64
LIMIT_WRITTEN = 20_000  # values that stand in the file
LIMIT_NODES = 200_000  # counted as if every alias were written out
LIMIT_PROBLEMS = 1_000


@dataclass(slots=True)
class Node:
    """A part of the file: a map, a list or a scalar, with the place where it begins.

    `text` is a scalar as written, less its quotes; None if it was not read from a file.
    An alias is the very node that it names.  Nodes are never changed after `parse`.
    """

    kind: Literal["map", "list", "scalar"]
    value: dict[str, Node] | list[Node] | Scalar
    position: Position
    key_positions: dict[str, Position] = field(default_factory=dict)
    text: str | None = None

    @property
    def entries(self) -> dict[str, Node]:
        """The parts of a map by name; InternalError if this is not a map."""
        if not isinstance(self.value, dict):
            raise InternalError(f"a {self.kind} at {self.position} was used as a map")
        return self.value

    @property
    def elements(self) -> list[Node]:
        """The parts of a list; InternalError if this is not a list."""
        if not isinstance(self.value, list):
            raise InternalError(f"a {self.kind} at {self.position} was used as a list")
        return self.value


def parse(text: str, file: str) -> Node:
    """The tree of the YAML document `text`, which came from `file`.

    Raises BadInput with every problem found.  Where the text is not YAML at all reading stops
    at that place, so that what is wrong below it is not told.
    """
    text = normalised(text)
    check_characters(text, file)
    composer = _Composer(text, file)
    root = composer.compose()
    if composer.problems or root is None:
        raise BadInput(composer.problems)
    return root


def plain(node: Node) -> object:
    """The node as dicts, lists and scalars, without places."""
    if isinstance(node.value, dict):
        return {key: plain(part) for key, part in node.value.items()}
    if isinstance(node.value, list):
        return [plain(part) for part in node.value]
    return node.value


def locate(node: Node, path: Sequence[str | int], *, at_key: bool = False) -> Position:
    """The place of the deepest part along `path` that exists.

    With `at_key`, the place of its name where it has one, else that of its value.
    """
    position = node.position
    for step in path:
        part = _part(node, step)
        if part is None:
            break
        position = part.position
        if at_key and isinstance(step, str):
            position = node.key_positions.get(step, position)
        node = part
    return position


def part_at(node: Node, path: Sequence[str | int]) -> Node | None:
    """The part at a path; None where there is none."""
    here: Node | None = node
    for step in path:
        here = _part(here, step) if here is not None else None
    return here


def _part(node: Node, step: str | int) -> Node | None:
    value = node.value
    if isinstance(value, dict) and isinstance(step, str):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
        return value[step]
    return None


class _LimitError(Exception):
    """Raised when a limit is reached; its problem has been noted."""


@dataclass(slots=True)
class _Frame:
    """A map or list that is being read."""

    node: Node
    anchor: str | None
    flow: bool
    size: int = 1
    height: int = 1
    key: str | None = None  # None while waiting, too, if what stands for the name is wrong
    waiting: bool = False  # in a map: the name is read, the value not yet


@dataclass(slots=True)
class _Anchored:
    position: Position
    node: Node | None = None  # None while it is being read
    size: int = 1
    height: int = 1


class _Composer:
    """Builds the tree from events with its own stack, so that no depth exhausts Python's."""

    def __init__(self, text: str, file: str) -> None:
        self.problems: list[Problem] = []
        self._text = text
        self._file = file
        self._frames: list[_Frame] = []
        self._anchors: dict[str, _Anchored] = {}
        self._root: Node | None = None
        self._written = 0
        self._count = 0
        self._documents = 0
        self._takers: dict[type, Callable[[Foreign], None]] = {
            events.ScalarEvent: self._scalar,
            events.MappingStartEvent: self._start,
            events.SequenceStartEvent: self._start,
            events.MappingEndEvent: self._end,
            events.SequenceEndEvent: self._end,
            events.AliasEvent: self._alias,
            events.DocumentStartEvent: self._document,
        }

    def compose(self) -> Node | None:
        """The root; `problems` says what is wrong, and is not empty if the root is None."""
        try:
            for event in events_of(self._text):
                take = self._takers.get(type(event))
                if take is not None:
                    take(event)
        except _LimitError:
            return None
        except BrokenError as error:
            self.problems.append(self._broken(error))
        root = self._root
        empty = root is None or (root.value is None and root.text == "")
        if empty and not self.problems:
            self._note(
                Position(self._file, 1, 1),
                "the file is empty, expected a guarantee",
                "an empty file often means that it was not saved",
            )
        self._check_root()
        return root

    def _broken(self, error: BrokenError) -> Problem:
        breakage = error.breakage
        frame = self._frames[-1] if self._frames else None
        if frame is not None and frame.flow and "node content" in breakage.what:
            breakage = replace(breakage, opened=(frame.node.position.line, frame.node.position.column))
        return explain(breakage, self._file)

    def _document(self, event: Foreign) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop(
                self._position(event),
                "found a second document, expected one in each file",
                "delete the line `---`, or move what follows to a file of its own",
            )

    def _start(self, event: Foreign) -> None:
        position = self._position(event)
        self._check_tag(event)
        if len(self._frames) == LIMIT_DEPTH:
            self._stop(
                position,
                f"lists and maps are nested deeper than {LIMIT_DEPTH} levels",
                "check for brackets that are never closed",
            )
        self._anchor(event, position)
        is_map = type(event) is events.MappingStartEvent
        node = Node("map", {}, position) if is_map else Node("list", [], position)
        self._frames.append(_Frame(node, event.anchor, bool(event.flow_style)))

    def _end(self, _event: Foreign) -> None:
        frame = self._frames.pop()
        if frame.anchor is not None:
            anchored = self._anchors[frame.anchor]
            anchored.node, anchored.size, anchored.height = frame.node, frame.size, frame.height
        self._count_one(frame.node.position)
        self._add(frame.node, frame.size, frame.height)

    def _alias(self, event: Foreign) -> None:
        position = self._position(event)
        name = event.anchor
        known = self._anchors.get(name)
        size, height = 1, 1
        if known is None:
            near = nearest(name, self._anchors)
            self._note(
                position,
                f"`*{name}` stands for a part marked `&{name}`, found none above",
                f"did you mean `*{near}`?" if near else "if this is text, put it in quotes",
            )
        elif known.node is None:
            self._note(
                position,
                f"`*{name}` is within the very part that it stands for",
                "write that part out",
                ((known.position, f"`&{name}` is here"),),
            )
        else:
            size, height = known.size, known.height
        if len(self._frames) + height > LIMIT_DEPTH + 1:
            self._stop(
                position, f"`*{name}` makes lists and maps nest deeper than {LIMIT_DEPTH} levels", "write the parts out"
            )
        self._count_one(position, size)
        node = known.node if known is not None and known.node is not None else None
        if self._key_expected():
            self._bad_key(position, f"found `*{name}`, expected a name", "write the name out")
        else:
            self._add(node or Node("scalar", None, position), size, height)

    def _scalar(self, event: Foreign) -> None:
        position = self._position(event)
        self._check_tag(event)
        self._anchor(event, position)
        text, is_plain = event.value, event.style is None
        problem = scalar_problem(text, event.style)
        if problem is not None:
            self._note(position, *problem)
        value = resolve(text) if is_plain and problem is None else text
        node = Node("scalar", value, position, text=text)
        if event.anchor is not None:
            self._anchors[event.anchor].node = node
        self._count_one(position)
        if self._key_expected():
            self._key(node, is_plain=is_plain)
        else:
            self._add(node, 1, 0)

    def _key_expected(self) -> bool:
        return bool(self._frames) and self._frames[-1].node.kind == "map" and not self._frames[-1].waiting

    def _key(self, node: Node, *, is_plain: bool) -> None:
        frame = self._frames[-1]
        key, text = node.value, node.text or ""
        if is_plain and text == "<<":
            self._bad_key(
                node.position, "`<<` would merge another map here, which is not done", "write the entries out"
            )
        elif is_plain and not text:
            self._bad_key(node.position, "found no name before the `:`", "write `name: value`")
        elif not isinstance(key, str):
            self._bad_key(
                node.position,
                f"found `{short(text)}`, which is not a word, expected a name",
                f'put quotes around it: `"{short(text)}"`',
            )
        elif key in frame.node.key_positions:
            first = frame.node.key_positions[key]
            self._bad_key(
                node.position,
                f"found `{short(key)}` a second time in the same map",
                "delete one of the two, or rename it",
                ((first, "it stands here first"),),
            )
        else:
            frame.node.key_positions[key] = node.position
            frame.key, frame.waiting = key, True

    def _bad_key(
        self, position: Position, message: str, cure: str, related: tuple[tuple[Position, str], ...] = ()
    ) -> None:
        self._note(position, message, cure, related)
        self._frames[-1].key, self._frames[-1].waiting = None, True

    def _add(self, node: Node, size: int, height: int) -> None:
        """Puts a finished node in the map or list that is being read."""
        if not self._frames:
            self._root = node
            return
        if self._key_expected():
            self._bad_key(
                node.position,
                f"found a {node.kind} where a name is expected",
                "write `name: value`; if it is text, put it in quotes",
            )
            return
        frame = self._frames[-1]
        frame.size += size
        frame.height = max(frame.height, height + 1)
        if isinstance(frame.node.value, list):
            frame.node.value.append(node)
            return
        key, frame.waiting = frame.key, False
        if key is None:
            return
        if frame.flow and node.text == "" and node.value is None and (cure := missing_space(key)):
            self._note(frame.node.key_positions[key], f"there is no space after the colon in `{short(key)}`", cure)
        frame.node.entries[key] = node

    def _anchor(self, event: Foreign, position: Position) -> None:
        name = event.anchor
        if name is None:
            return
        if name in self._anchors:
            self._note(
                position,
                f"`&{name}` marks a second part, expected one only",
                "rename one of the two",
                ((self._anchors[name].position, "it marks this part first"),),
            )
        self._anchors[name] = _Anchored(position)

    def _check_tag(self, event: Foreign) -> None:
        if event.ctag is not None:
            index = event.start_mark.index
            word = re.search(r"!\S*", self._text[index : index + 400])
            self._note(
                self._position(event),
                f"found `{short(word.group() if word else '!')}`: tags are not read",
                "delete it; if it is part of a text, put the text in quotes",
            )

    def _count_one(self, position: Position, size: int = 1) -> None:
        """Counts one value that stands in the file; written out it has `size`."""
        self._written += 1
        self._count += size
        if self._written > LIMIT_WRITTEN:
            self._stop(
                position,
                f"found more than {LIMIT_WRITTEN:,} values in the file",
                "check that it is the file you meant; a guarantee has a few hundred",
            )
        if self._count > LIMIT_NODES:
            self._stop(
                position,
                f"found more than {LIMIT_NODES:,} values in the file, with each `*name` counted as often as it is used",
                "split the file or use less of `*`",
            )

    def _check_root(self) -> None:
        root = self._root
        if root is not None and not self.problems and root.text and (cure := missing_space(root.text)):
            self._note(root.position, f"there is no space after the colon in `{short(root.text)}`", cure)

    def _position(self, event: Foreign) -> Position:
        return Position(self._file, *place(event.start_mark))

    def _note(
        self, position: Position, message: str, cure: str | None, related: tuple[tuple[Position, str], ...] = ()
    ) -> None:
        self.problems.append(Problem(position, message, cure, related, "syntax"))
        if len(self.problems) >= LIMIT_PROBLEMS:
            raise _LimitError

    def _stop(self, position: Position, message: str, cure: str) -> None:
        self._note(position, message, cure)
        raise _LimitError
