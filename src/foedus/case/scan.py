"""From text to ruamel's events, faster than ruamel's own way; and from a scalar as written to its value.

Everything that the project overrides in ruamel stands here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from ruamel.yaml import events, tokens
from ruamel.yaml.error import FileMark, MarkedYAMLError, YAMLError
from ruamel.yaml.parser import Parser
from ruamel.yaml.reader import Reader
from ruamel.yaml.scanner import Scanner, ScannerError

from foedus.case.explain import Breakage, short
from foedus.case.text import is_control

LIMIT_SCALAR = 100_000
LIMIT_SPAN = 400_000  # of a text as it stands in the file, with its escapes and indentation: reading stops there
LIMIT_DIGITS = 100

Scalar = str | int | float | bool | None
Foreign = Any  # ruamel's events, tokens and marks: it gives their attributes no types


class BrokenError(Exception):
    """The text is not YAML; `breakage` says where the reader gave up."""

    def __init__(self, breakage: Breakage) -> None:
        super().__init__(breakage.what)
        self.breakage = breakage


def events_of(text: str) -> Iterator[Foreign]:
    """The events of a YAML text. Raises BrokenError where the text is not YAML."""
    reader = _TextReader(text)
    parser = _TokenParser(None)
    parser.scanner = _TextScanner(reader)
    last: Foreign = None
    while True:
        try:
            event = parser.get_event()
        # Beside its own errors ruamel lets these through, as for the escape "\UFFFFFFFF".
        except (YAMLError, ValueError, OverflowError, IndexError, AssertionError) as error:
            raise BrokenError(_breakage(error, reader, last, text)) from error
        if event is None:
            return
        yield event
        last = event


def place(mark: Foreign) -> tuple[int, int]:
    """Line and column, both from 1."""
    return mark.line + 1, mark.column + 1


def _breakage(error: Exception, reader: _TextReader, last: Foreign, text: str) -> Breakage:
    at = opened = place(reader.get_mark())
    what, quoted = "double-quoted", None
    if isinstance(error, MarkedYAMLError):
        what = f"{error.context}: {error.problem}"
        at = place(error.problem_mark or error.context_mark or reader.get_mark())
        opened = place(error.context_mark) if error.context_mark else at
    if type(last) is events.ScalarEvent and last.style in ("'", '"') and last.end_mark.line + 1 == at[0]:
        quoted = place(last.start_mark)
    return Breakage(what, at, opened, quoted, text.split("\n"))


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


def resolve(text: str) -> Scalar:
    """An unquoted scalar by the core schema of YAML 1.2."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return int(text, {"0x": 16, "0o": 8}.get(text[:2], 10))
    return float(text) if _FLOAT.fullmatch(text) else text


def scalar_problem(text: str, style: str | None) -> tuple[str, str] | None:
    """What is wrong with a scalar, and the cure; its style is its quote, None if it has none."""
    if len(text) > LIMIT_SCALAR:
        return (
            f"found a text of {len(text):,} characters, expected at most {LIMIT_SCALAR:,}",
            "check that every quote is closed",
        )
    if style is None and text != text.strip(_INVISIBLE):
        return (
            f"found an invisible space at the edge of `{short(text.strip(_INVISIBLE))}`",
            "delete the spaces around it and type ordinary ones",
        )
    if style == '"' and is_control(text):
        return "a backslash in this text makes an invisible character", "delete it, or type the character itself"
    if style is None and len(text) > LIMIT_DIGITS and _INTEGER.fullmatch(text):
        return (
            f"found a number of {len(text):,} digits, expected at most {LIMIT_DIGITS}",
            "if it is not a number, put it in quotes",
        )
    return None


class _TokenParser(Parser):
    scanner: Foreign = None
    resolver: Foreign = SimpleNamespace(processing_version=(1, 2))

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

    def get_mark(self) -> Foreign:
        return FileMark(self.name, self.index, self.line, self.column)

    def match(self, pattern: re.Pattern[str]) -> str:
        """What the pattern matches here, which is passed over."""
        found = pattern.match(self.buffer, self.pointer)
        text = found.group() if found else ""
        if text:
            self.forward(len(text))
        return text


# Nothing here needs backtracking, for which 2 MB of blank lines would take 500 MB of memory.
_GAP = re.compile(r"[ ]*+(?:#[^\n\0]*+)?+(?:\n[ ]*+(?:#[^\n\0]*+)?+)*+")
_FLOW_GAP = re.compile(r"[ \t]*+(?:#[^\n\0]*+)?+(?:\n[ \t]*+(?:#[^\n\0]*+)?+)*+")
_WORD = r"(?:[^ \t\n\0:]|:(?![ \t\n\0]))++"
_FLOW_WORD = r"(?:[^ \t\n\0:,\[\]{}]|:(?![ \t\n\0]))++"
_PLAIN = re.compile(rf"(?!#){_WORD}(?:[ ]++(?!#){_WORD})*+")
_FLOW_PLAIN = re.compile(rf"(?!#){_FLOW_WORD}(?:[ ]++(?!#){_FLOW_WORD})*+")
_QUOTED = re.compile(r"""'[^'\n\0]*'(?!')|"[^"\\\n\0]*\"""")
_TAG = re.compile(r"![^\s\0,\[\]{}]*")


class _TextScanner(Scanner):
    """ruamel's scanner with its loops over single characters replaced by patterns."""

    reader: Foreign = None
    scanner_processing_version = (1, 2)

    def __init__(self, reader: _TextReader) -> None:
        self.reader = reader
        self._block_start: Foreign = None
        self._token_end = self._value_end = -1
        super().__init__(None)

    def need_more_tokens(self) -> bool:
        if not self.possible_simple_keys:
            return not self.done and not self.tokens
        return bool(super().need_more_tokens())

    def check_token(self, *choices: Foreign) -> bool:
        while not self.tokens or self.possible_simple_keys:
            if not self.need_more_tokens():
                break
            self.fetch_more_tokens()
        return bool(self.tokens) and (not choices or isinstance(self.tokens[0], choices))

    def check_key(self) -> bool:
        # ruamel reads the item of `[?x]` as a map with the name `x`.
        return self.reader.peek(1) in " \t\n\0,[]{}" if self.flow_context else bool(super().check_key())

    def check_value(self) -> bool:
        # ruamel sees that `:0` is the value of `? a : :0` only while the colon before it is not yet handed on.
        if self.flow_context and self.flow_context[-1] == "{" and self._token_end == self._value_end:
            return self.reader.peek(1) in " \t\n\0"
        return bool(super().check_value())

    def fetch_value(self) -> None:
        super().fetch_value()
        self._value_end = self.reader.index

    def check_plain(self) -> bool:
        if self.flow_context and self.reader.peek() == "?":
            return True
        return bool(super().check_plain())

    def scan_to_next_token(self) -> None:
        self._token_end = self.reader.index
        passed = self.reader.match(_FLOW_GAP if self.flow_context else _GAP)
        if "\n" in passed and not self.flow_context:
            self.allow_simple_key = True

    def scan_plain(self) -> Foreign:
        """As ruamel's, but it takes a line at once and not a character."""
        pattern = _FLOW_PLAIN if self.flow_context else _PLAIN
        start = end = self.reader.get_mark()
        chunks: list[str] = []
        spaces: list[str] = []
        while chunk := self.reader.match(pattern):
            self._check_span(start)
            self.allow_simple_key = False
            chunks += spaces
            chunks.append(chunk)
            end = self.reader.get_mark()
            spaces = self.scan_plain_spaces(self.indent + 1, start)
            if not spaces or (not self.flow_context and self.reader.column <= self.indent):
                break
        return tokens.ScalarToken("".join(chunks), True, start, end)  # noqa: FBT003 - ruamel's signature

    def scan_flow_scalar(self, style: Foreign) -> Foreign:
        start = self.reader.get_mark()
        text = self.reader.match(_QUOTED)
        if not text:
            return super().scan_flow_scalar(style)
        return tokens.ScalarToken(text[1:-1], False, start, self.reader.get_mark(), style)  # noqa: FBT003

    def scan_flow_scalar_spaces(self, double: Foreign, start_mark: Foreign) -> Foreign:
        self._check_span(start_mark)
        return super().scan_flow_scalar_spaces(double, start_mark)

    def scan_block_scalar(self, style: Foreign, *more: Foreign) -> Foreign:
        self._block_start = self.reader.get_mark()
        return super().scan_block_scalar(style, *more)

    def scan_block_scalar_breaks(self, indent: int) -> Foreign:
        self._check_span(self._block_start)
        return super().scan_block_scalar_breaks(indent)

    def _check_span(self, start: Foreign) -> None:
        if self.reader.index - start.index > LIMIT_SPAN:
            raise ScannerError("too long", start, "too long", start)

    def scan_tag(self) -> Foreign:
        """A tag is refused by the composer, so that its parts do not matter."""
        start = self.reader.get_mark()
        self.reader.match(_TAG)
        return tokens.TagToken(("!", "tag"), start, self.reader.get_mark())

    def scan_directive(self) -> Foreign:
        mark = self.reader.get_mark()
        raise ScannerError("a directive", mark, "a directive", mark)
