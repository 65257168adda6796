"""From text to a tree of nodes that know their places, by YAML 1.2 with its core schema.

`parse` composes the tree itself from ruamel's events, so that the limits below hold while it
reads, so that `NO` is Norway and `12:30` a time of day, and so that what is wrong is told in
words for the author.  The other functions read the tree or replace a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Literal

from ruamel.yaml import events, tokens
from ruamel.yaml.error import FileMark, MarkedYAMLError, YAMLError
from ruamel.yaml.parser import Parser
from ruamel.yaml.reader import Reader
from ruamel.yaml.scanner import Scanner, ScannerError

from foedus.case.text import SHOWN, Breakage, check_characters, explain, is_control, missing_space, normalised
from foedus.errors import BadInput, InternalError, Position, Problem, nearest

LIMIT_DEPTH = 64
LIMIT_NODES = 200_000  # counted as if every alias were written out
LIMIT_SCALAR = 100_000
LIMIT_DIGITS = 100
LIMIT_PROBLEMS = 1_000

Scalar = str | int | float | bool | None
_Foreign = Any  # ruamel's events, tokens and marks: it gives their attributes no types


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


def scalar_node(value: Scalar, position: Position) -> Node:
    """A scalar that was not read from a file, to be put in a tree by `replaced`."""
    return Node("scalar", value, position)


def replaced(node: Node, path: Sequence[str | int], new_node: Node) -> Node:
    """A copy of the tree with `new_node` at `path`; only the nodes along the path are copied.

    The last step may be a new name in a map.  Raises BadInput if the path leads nowhere.
    """
    if not path:
        return new_node
    step, rest = path[0], path[1:]
    part = _part(node, step)
    if part is None and (rest or not isinstance(step, str) or not isinstance(node.value, dict)):
        raise BadInput([_no_part(node, step)])
    changed = new_node if part is None else replaced(part, rest, new_node)
    if isinstance(node.value, dict):
        name = str(step)
        places = {**node.key_positions, name: node.key_positions.get(name, new_node.position)}
        return Node("map", {**node.value, name: changed}, node.position, places)
    elements = list(node.elements)
    elements[int(step)] = changed
    return Node("list", elements, node.position)


def _part(node: Node, step: str | int) -> Node | None:
    value = node.value
    if isinstance(value, dict) and isinstance(step, str):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
        return value[step]
    return None


def _no_part(node: Node, step: str | int) -> Problem:
    if isinstance(node.value, dict):
        near = nearest(str(step), node.value)
        cure = f"did you mean `{near}`?" if near else None
        return Problem(node.position, f"there is no `{step}` here", cure)
    if isinstance(node.value, list):
        return Problem(
            node.position, f"there is no item `{step}` in this list of {len(node.value)}", "items are counted from 0"
        )
    return Problem(node.position, f"found a single value, expected a part of it named `{step}`")


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
        self._count = 0
        self._documents = 0
        self._last_quoted: _Foreign = None  # the last event if it was a quoted scalar
        self._takers: dict[type, Callable[[_Foreign], None]] = {
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
            for event in self._events():
                take = self._takers.get(type(event))
                if take is not None:
                    take(event)
        except _LimitError:
            return None
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

    def _events(self) -> Iterator[_Foreign]:
        reader = _TextReader(self._text)
        parser = _parser(reader)
        while True:
            try:
                event = parser.get_event()
            # Beside its own errors ruamel lets these through, as for the escape "\UFFFFFFFF".
            except (YAMLError, ValueError, OverflowError, IndexError, AssertionError) as error:
                self.problems.append(self._broken(error, reader))
                return
            if event is None:
                return
            yield event
            quoted = type(event) is events.ScalarEvent and event.style in ("'", '"')
            self._last_quoted = event if quoted else None

    def _broken(self, error: Exception, reader: _TextReader) -> Problem:
        at = opened = _place(reader.get_mark())
        what = "double-quoted"
        if isinstance(error, MarkedYAMLError):
            what = f"{error.context}: {error.problem}"
            at = _place(error.problem_mark or error.context_mark or reader.get_mark())
            opened = _place(error.context_mark) if error.context_mark else at
        frame = self._frames[-1] if self._frames else None
        if frame is not None and frame.flow and "node content" in what:
            opened = (frame.node.position.line, frame.node.position.column)
        last, quoted = self._last_quoted, None
        if last is not None and last.end_mark.line + 1 == at[0]:
            quoted = _place(last.start_mark)
        return explain(Breakage(what, at, opened, quoted, self._text.split("\n")), self._file)

    def _document(self, event: _Foreign) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop(
                self._position(event),
                "found a second document, expected one in each file",
                "delete the line `---`, or move what follows to a file of its own",
            )

    def _start(self, event: _Foreign) -> None:
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

    def _end(self, _event: _Foreign) -> None:
        frame = self._frames.pop()
        if frame.anchor is not None:
            anchored = self._anchors[frame.anchor]
            anchored.node, anchored.size, anchored.height = frame.node, frame.size, frame.height
        self._count += 1
        self._check_count(frame.node.position)
        self._add(frame.node, frame.size, frame.height)

    def _alias(self, event: _Foreign) -> None:
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
        self._count += size
        self._check_count(position)
        node = known.node if known is not None and known.node is not None else None
        if self._key_expected():
            self._bad_key(position, f"found `*{name}`, expected a name", "write the name out")
        else:
            self._add(node or Node("scalar", None, position), size, height)

    def _scalar(self, event: _Foreign) -> None:
        position = self._position(event)
        self._check_tag(event)
        self._anchor(event, position)
        text, is_plain = event.value, event.style is None
        if len(text) > LIMIT_SCALAR:
            self._note(
                position,
                f"found a text of {len(text):,} characters, expected at most {LIMIT_SCALAR:,}",
                "check that every quote is closed",
            )
        elif is_plain and text != text.strip(_INVISIBLE):
            self._note(
                position,
                f"found an invisible space at the edge of `{_short(text.strip(_INVISIBLE))}`",
                "delete the spaces around it and type ordinary ones",
            )
        elif event.style == '"' and is_control(text):
            self._note(
                position,
                "a backslash in this text makes an invisible character",
                "delete it, or type the character itself",
            )
        value = self._resolved(text, position) if is_plain else text
        node = Node("scalar", value, position, text=text)
        if event.anchor is not None:
            self._anchors[event.anchor].node = node
        self._count += 1
        self._check_count(position)
        if self._key_expected():
            self._key(node, is_plain=is_plain)
        else:
            self._add(node, 1, 0)

    def _resolved(self, text: str, position: Position) -> Scalar:
        if len(text) > LIMIT_DIGITS and _INTEGER.fullmatch(text):
            self._note(
                position,
                f"found a number of {len(text):,} digits, expected at most {LIMIT_DIGITS}",
                "if it is not a number, put it in quotes",
            )
            return None
        return _resolve(text)

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
                f"found `{_short(text)}`, which is not a word, expected a name",
                f'put quotes around it: `"{_short(text)}"`',
            )
        elif key in frame.node.key_positions:
            first = frame.node.key_positions[key]
            self._bad_key(
                node.position,
                f"found `{_short(key)}` a second time in the same map",
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
            self._note(frame.node.key_positions[key], f"there is no space after the colon in `{_short(key)}`", cure)
        frame.node.entries[key] = node

    def _anchor(self, event: _Foreign, position: Position) -> None:
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

    def _check_tag(self, event: _Foreign) -> None:
        if event.ctag is not None:
            index = event.start_mark.index
            word = re.search(r"!\S*", self._text[index : index + 400])
            self._note(
                self._position(event),
                f"found `{_short(word.group() if word else '!')}`: tags are not read",
                "delete it; if it is part of a text, put the text in quotes",
            )

    def _check_count(self, position: Position) -> None:
        if self._count > LIMIT_NODES:
            self._stop(
                position,
                f"found more than {LIMIT_NODES:,} values in the file, with each `*name` counted as often as it is used",
                "split the file or use less of `*`",
            )

    def _check_root(self) -> None:
        root = self._root
        if root is not None and not self.problems and root.text and (cure := missing_space(root.text)):
            self._note(root.position, f"there is no space after the colon in `{_short(root.text)}`", cure)

    def _position(self, event: _Foreign) -> Position:
        return Position(self._file, *_place(event.start_mark))

    def _note(
        self, position: Position, message: str, cure: str | None, related: tuple[tuple[Position, str], ...] = ()
    ) -> None:
        self.problems.append(Problem(position, message, cure, related, "syntax"))
        if len(self.problems) >= LIMIT_PROBLEMS:
            raise _LimitError

    def _stop(self, position: Position, message: str, cure: str) -> None:
        self._note(position, message, cure)
        raise _LimitError


_INVISIBLE = " \t\n\u00a0\u1680\u202f\u205f\u2060\u3000" + "".join(map(chr, range(0x2000, 0x200E)))
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS: Mapping[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((s + w for s in ("", "+") for w in (".inf", ".Inf", ".INF")), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}


def _resolve(text: str) -> Scalar:
    """An unquoted scalar by the core schema of YAML 1.2."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return int(text, {"0x": 16, "0o": 8}.get(text[:2], 10))
    return float(text) if _FLOAT.fullmatch(text) else text


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def _place(mark: _Foreign) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def _parser(reader: _TextReader) -> Parser:
    parser = _TokenParser(None)
    parser.scanner = _TextScanner(reader)
    return parser


class _TokenParser(Parser):
    scanner: _Foreign = None
    resolver: _Foreign = SimpleNamespace(processing_version=(1, 2))

    def distribute_comment(self, comment: object, line: int) -> None:
        """Asked for by ruamel when there is no loader; there are no comments to distribute."""


class _TextReader(Reader):
    """ruamel's reader for a whole text whose lines end by line feeds; several times faster."""

    def __init__(self, text: str) -> None:
        self.reset_reader()
        self._stream = None
        self.name = ""
        self.buffer = text + "\0"

    def forward(self, length: int = 1) -> None:
        end = self.pointer + length
        breaks = self.buffer.count("\n", self.pointer, end)
        if breaks:
            self.line += breaks
            self.column = end - self.buffer.rfind("\n", self.pointer, end) - 1
        else:
            self.column += length
        self.pointer = self.index = end

    def get_mark(self) -> _Foreign:
        return FileMark(self.name, self.index, self.line, self.column)

    def match(self, pattern: re.Pattern[str]) -> str:
        """What the pattern matches here, which is passed over."""
        found = pattern.match(self.buffer, self.pointer)
        text = found.group() if found else ""
        if text:
            self.forward(len(text))
        return text


_GAP = re.compile(r"[ ]*(?:#[^\n\0]*)?(?:\n[ ]*(?:#[^\n\0]*)?)*")
_FLOW_GAP = re.compile(r"[ \t]*(?:#[^\n\0]*)?(?:\n[ \t]*(?:#[^\n\0]*)?)*")
_WORD = r"(?:[^ \t\n\0:]|:(?![ \t\n\0]))+"
_FLOW_WORD = r"(?:[^ \t\n\0:,\[\]{}]|:(?![ \t\n\0]))+"
_PLAIN = re.compile(rf"(?!#){_WORD}(?:[ ]++(?!#){_WORD})*")
_FLOW_PLAIN = re.compile(rf"(?!#){_FLOW_WORD}(?:[ ]++(?!#){_FLOW_WORD})*")
_QUOTED = re.compile(r"""'[^'\n\0]*'(?!')|"[^"\\\n\0]*\"""")
_TAG = re.compile(r"![^\s\0,\[\]{}]*")


class _TextScanner(Scanner):
    """ruamel's scanner with its loops over single characters replaced by patterns."""

    reader: _Foreign = None
    scanner_processing_version = (1, 2)

    def __init__(self, reader: _TextReader) -> None:
        self.reader = reader
        super().__init__(None)

    def need_more_tokens(self) -> bool:
        if not self.possible_simple_keys:
            return not self.done and not self.tokens
        return bool(super().need_more_tokens())

    def check_token(self, *choices: _Foreign) -> bool:
        while not self.tokens or self.possible_simple_keys:
            if not self.need_more_tokens():
                break
            self.fetch_more_tokens()
        return bool(self.tokens) and (not choices or isinstance(self.tokens[0], choices))

    def check_key(self) -> bool:
        # ruamel reads the item of `[?x]` as a map with the name `x`.
        return self.reader.peek(1) in " \t\n\0,[]{}" if self.flow_context else bool(super().check_key())

    def check_plain(self) -> bool:
        if self.flow_context and self.reader.peek() == "?":
            return True
        return bool(super().check_plain())

    def scan_to_next_token(self) -> None:
        passed = self.reader.match(_FLOW_GAP if self.flow_context else _GAP)
        if "\n" in passed and not self.flow_context:
            self.allow_simple_key = True

    def scan_plain(self) -> _Foreign:
        """As ruamel's, but it takes a line at once and not a character."""
        pattern = _FLOW_PLAIN if self.flow_context else _PLAIN
        start = end = self.reader.get_mark()
        chunks: list[str] = []
        spaces: list[str] = []
        while chunk := self.reader.match(pattern):
            self.allow_simple_key = False
            chunks += spaces
            chunks.append(chunk)
            end = self.reader.get_mark()
            spaces = self.scan_plain_spaces(self.indent + 1, start)
            if not spaces or (not self.flow_context and self.reader.column <= self.indent):
                break
        return tokens.ScalarToken("".join(chunks), True, start, end)  # noqa: FBT003 - ruamel's signature

    def scan_flow_scalar(self, style: _Foreign) -> _Foreign:
        start = self.reader.get_mark()
        text = self.reader.match(_QUOTED)
        if not text:
            return super().scan_flow_scalar(style)
        return tokens.ScalarToken(text[1:-1], False, start, self.reader.get_mark(), style)  # noqa: FBT003

    def scan_flow_scalar_spaces(self, double: _Foreign, start_mark: _Foreign) -> _Foreign:
        # An escape takes at most ten characters, so that a text this long is beyond the limit.
        if self.reader.index - start_mark.index > 10 * LIMIT_SCALAR:
            raise ScannerError("too long", start_mark, "too long", start_mark)
        return super().scan_flow_scalar_spaces(double, start_mark)

    def scan_tag(self) -> _Foreign:
        """_Foreign tag is refused by the composer, so that its parts do not matter."""
        start = self.reader.get_mark()
        self.reader.match(_TAG)
        return tokens.TagToken(("!", "tag"), start, self.reader.get_mark())

    def scan_directive(self) -> _Foreign:
        mark = self.reader.get_mark()
        raise ScannerError("a directive", mark, "a directive", mark)
