"""From a path, or bytes, to text that YAML can be read from.

And from a place in such a text where the YAML reader gave up, to words for the author (`explain`).
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from foedus.errors import BadInput, Position, Problem, nearest

LIMIT_BYTES = 2_000_000
SHOWN = 40  # of the author's words, at most so many characters are repeated in a message

# Line separators other than \n are here because ruamel ends lines at them and editors do not,
# so that every position after them would be wrong.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_MOST_CONTROL_SHOWN = 10
_MARKS = (  # the longer marks first: that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_KINDS = (
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"%PDF", "a PDF file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
)
_SAVE_AS = "in your editor choose `Save as`, and UTF-8 as the encoding"


def read_text(path: str | os.PathLike[str]) -> str:
    """The text of the file, with every line ended by a line feed.

    Raises BadInput if there is no such file, or it cannot be read, is too large, or is not text.
    """
    name = os.fspath(path)
    try:
        _check_kind(name, Path(name).stat())
        with Path(name).open("rb") as stream:
            # One byte more than allowed, lest a file that grows meanwhile fills the memory.
            data = stream.read(LIMIT_BYTES + 1)
    except FileNotFoundError as error:
        raise BadInput([_missing(Path(name))]) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        reason = getattr(error, "strerror", None) or "not a valid file name"
        raise _refused(
            name, f"the file cannot be read: {reason.lower()}", "check its name and that you may open it"
        ) from error
    return decode(data, name)


def decode(data: bytes, file: str) -> str:
    """The text in `data`, which came from `file`, with every line ended by a line feed.

    UTF-8 is read, and UTF-16 as Windows Notepad writes it.  Raises BadInput if it is too large,
    in another encoding, or has characters that no text has.
    """
    if len(data) > LIMIT_BYTES:
        raise _too_large(file, len(data))
    for start, kind in _OTHER_KINDS:
        if data.startswith(start):
            raise _refused(
                file, f"this is {kind}, expected a plain text file", "write the guarantee in a plain text editor"
            )
    encoding, skipped = _encoding(data)
    try:
        text = data[skipped:].decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput([_not_text(data[skipped:], error, encoding, file)]) from error
    text = normalised(text)
    check_characters(text, file)
    return text


def normalised(text: str) -> str:
    """`text` with Windows' and old Macs' line ends replaced by line feeds."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def is_control(text: str) -> bool:
    """Whether `text` has a character that is refused: control characters and the like."""
    return _CONTROL.search(text) is not None


def check_characters(text: str, file: str) -> None:
    """Raises BadInput, with each place, if `text` has control characters."""
    problems = []
    for match in _CONTROL.finditer(text):
        number = ord(match.group())
        name = "a NUL character" if number == 0 else f"the invisible character U+{number:04X}"
        problems.append(
            Problem(
                position_at(text, match.start(), file),
                f"found {name}, expected only ordinary text",
                "delete it, or type the line again",
                code="encoding",
            )
        )
        if len(problems) == _MOST_CONTROL_SHOWN:
            break
    if problems:
        raise BadInput(problems)


def position_at(text: str, index: int, file: str) -> Position:
    """The position of the character `text[index]`."""
    return Position(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _check_kind(name: str, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise _refused(name, "this is a folder, expected a file", "give the name of a YAML file in it")
    if not stat.S_ISREG(status.st_mode):  # reading a pipe or a device might never end
        raise _refused(name, "this is a device or a pipe, expected an ordinary file")
    if status.st_size > LIMIT_BYTES:
        raise _too_large(name, status.st_size)


def _missing(path: Path) -> Problem:
    folder = path.parent
    try:
        near = nearest(path.name, sorted(entry.name for entry in folder.iterdir()))
    except OSError:
        return Problem(
            None,
            f"there is no file `{path}`: its folder `{folder}` cannot be opened",
            "check the spelling of the folder",
            code="file",
        )
    cure = f"did you mean `{folder / near}`?" if near else f"check the names in folder `{folder}`"
    return Problem(None, f"there is no file `{path}`", cure, code="file")


def _refused(file: str, message: str, cure: str | None = None) -> BadInput:
    return BadInput([Problem(Position(file, 1, 1), message, cure, code="file")])


def _too_large(file: str, size: int) -> BadInput:
    return _refused(
        file,
        f"the file has {size:,} bytes, expected at most {LIMIT_BYTES:,}",
        "check that it is the file you meant; a guarantee has a few pages of text",
    )


def _encoding(data: bytes) -> tuple[str, int]:
    """The encoding, and how many bytes of mark precede the text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    # Without a mark UTF-16 shows by the zero that is half of each ordinary letter.
    head = data[:400]
    half = len(head) // 2
    if half and head[1::2].count(0) * 2 > half and 0 not in head[0::2]:
        return "utf-16-le", 0
    if half and head[0::2].count(0) * 2 > half and 0 not in head[1::2]:
        return "utf-16-be", 0
    return "utf-8", 0


def _not_text(data: bytes, error: UnicodeDecodeError, encoding: str, file: str) -> Problem:
    before = normalised(data[: error.start].decode(encoding, "replace"))
    position = position_at(before, len(before), file)
    byte = data[error.start : error.start + 1]
    try:
        guess = f" (it would be `{byte.decode('cp1252')}` in Windows-1252)"
    except UnicodeDecodeError:
        guess = ""
    if encoding != "utf-8" or not guess or is_control(byte.decode("cp1252")):
        guess = ""
    found = f"found the byte 0x{byte.hex().upper()}{guess}"
    return Problem(
        position,
        f"{found}, expected text in {encoding.upper()}",
        f"save the file as UTF-8: {_SAVE_AS}",
        code="encoding",
    )


@dataclass(frozen=True, slots=True)
class Breakage:
    """Where and how the YAML reader gave up; places are (line, column), both from 1."""

    what: str  # the reader's own words: looked at, never shown
    at: tuple[int, int]
    opened: tuple[int, int] | None = None  # where what it was reading began
    quoted: tuple[int, int] | None = None  # where the quoted text that ends just before began
    lines: list[str] = field(default_factory=list)

    def line(self, number: int) -> str:
        """The text of a line, empty beyond the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def rest(self, place: tuple[int, int]) -> str:
        """The text from a place to the end of its line."""
        return self.line(place[0])[place[1] - 1 :].strip()


_Told = tuple[tuple[int, int], str, str]  # place, message, help
_NO_SPACE = re.compile(r"""\s*(?:- +)*([^\s:#"'\[{,-][^\s:,]*):([^\s:/\\].*)$""")
_QUOTES = "put the whole text in quotes"


def explain(breakage: Breakage, file: str) -> Problem:
    """What the author should know of the place where the YAML reader gave up."""
    place, message, cure = _tab(breakage) or _by_words(breakage)
    if any(mark in breakage.line(place[0]) for mark in "\u201c\u201d\u201e\u2018\u2019"):
        cure += "; note that only straight quotes \" and ' count, not “curly” ones"
    related: tuple[tuple[Position, str], ...] = ()
    if place[0] != breakage.at[0] and breakage.line(breakage.at[0]):
        related = ((Position(file, *breakage.at), "noticed here"),)
    return Problem(Position(file, *place), message, cure, related, code="syntax")


def _tab(breakage: Breakage) -> _Told | None:
    line, column = breakage.at
    text = breakage.line(line)
    margin = text[: len(text) - len(text.lstrip())]
    if "\t" in margin:
        return (
            (line, margin.index("\t") + 1),
            "found a tab in the indentation, expected spaces",
            "replace each tab by two spaces",
        )
    if text[column - 1 : column] == "\t":
        return (line, column), "found a tab, expected a space", "replace the tab by a space"
    return None


def _by_words(breakage: Breakage) -> _Told:
    for words, tell in _TELLERS:
        if words in breakage.what:
            return tell(breakage)
    return (
        breakage.at,
        f"found {_shown(breakage, breakage.at)}, which cannot stand here",
        f"check quotes, brackets and indentation; if this is ordinary text, {_QUOTES}",
    )


def _shown(breakage: Breakage, place: tuple[int, int]) -> str:
    rest = breakage.rest(place)
    if not rest:
        more = any(line.strip() for line in breakage.lines[place[0] :])
        return "the end of the line" if more else "the end of the file"
    return f"`{rest[:SHOWN]}…`" if len(rest) > SHOWN else f"`{rest}`"


def _stray_colon(breakage: Breakage) -> _Told:
    line, column = breakage.at
    text = breakage.line(line)
    head = re.match(r"\s*(?:- +)*[^:]*: +", text[: column - 1])
    if head:
        value = text[head.end() :].strip().replace("'", "''")
        return (
            breakage.at,
            "found a second `:` in this line, expected one only",
            f"put the text in quotes: `{head.group().strip()} '{value[:60]}'`",
        )
    above = _above(breakage, line)
    told = _missing_space(breakage, above)
    if told:
        return told
    if re.search(r": +[^\s#]", breakage.line(above)):
        name = breakage.line(above).split(":")[0].strip().lstrip("- ")
        return (
            (line, _margin(text) + 1),
            f"this line is indented further than `{name[:40]}` above, which has a value already",
            f"line it up with `{name[:40]}`; or, if it goes on with that text, {_QUOTES}",
        )
    return (
        breakage.at,
        "found a `:` that has no name before it, expected `name: value`",
        f"check the line above; if the colon is part of a text, {_QUOTES}",
    )


def _above(breakage: Breakage, line: int) -> int:
    """The nearest line above that is not empty and not a comment; 0 if there is none."""
    line -= 1
    while line > 0 and breakage.line(line).lstrip()[:1] in ("", "#"):
        line -= 1
    return line


def missing_space(text: str) -> str | None:
    """The cure if `text` looks like a name and a value without a space after the colon."""
    match = _NO_SPACE.match(text)
    return f"write `{match.group(1)[:40]}: {match.group(2)[:40]}`" if match else None


def _margin(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _missing_space(breakage: Breakage, line: int) -> _Told | None:
    match = _NO_SPACE.match(breakage.line(line))
    if match is None:
        return None
    name, value = match.group(1)[:40], match.group(2).strip()[:40]
    return (
        (line, match.end(1) + 1),
        f"there is no space after the colon in `{name}:{value}`",
        f"write `{name}: {value}`",
    )


def _no_colon(breakage: Breakage) -> _Told:
    place = breakage.opened or breakage.at
    told = _missing_space(breakage, place[0])
    if told:
        return told
    rest = breakage.rest(place)
    if re.match(r"-\S", rest):
        return (place, f"there is no space after the dash in `{rest[:40]}`", f"write `- {rest[1:41]}`")
    return (
        place,
        f"found {_shown(breakage, place)}, expected `name: value`",
        "write `: ` after the name; or, if this goes on with the text above, indent it further",
    )


def _dash(breakage: Breakage) -> _Told:
    return (
        breakage.at,
        "found a list item `-` in the middle of a line, expected it on its own line",
        f"begin the list on the next line; if the dash is part of a text, {_QUOTES}",
    )


def _first_character(breakage: Breakage) -> _Told:
    sign = breakage.rest(breakage.at)[:1]
    return (breakage.at, f"found a text that begins with `{sign}`, which has a meaning of its own", _QUOTES)


def _directive(breakage: Breakage) -> _Told:
    return (
        breakage.opened or breakage.at,
        "found a line that begins with `%`, which is not read",
        "delete the line; if it is text, put it in quotes",
    )


def _anchor(breakage: Breakage) -> _Told:
    place = breakage.opened or breakage.at
    sign = breakage.rest(place)[:1]
    return place, f"found `{sign}` without a plain name after it", f"if this is text, {_QUOTES}"


def _tag(breakage: Breakage) -> _Told:
    place = breakage.opened or breakage.at
    return (
        place,
        f"found {_shown(breakage, place)}: tags are not read",
        f"delete the word that begins with `!`; if it is text, {_QUOTES}",
    )


def _block_text(breakage: Breakage) -> _Told:
    place = breakage.opened or breakage.at
    sign = breakage.rest(place)[:1] or "|"
    return (
        place,
        f"found text right after `{sign}`, expected it on the lines below",
        f"begin the text on the next line, indented; if `{sign}` is part of it, {_QUOTES}",
    )


def _block_margin(breakage: Breakage) -> _Told:
    return (
        breakage.at,
        "the first line of this text is indented less than an empty line above it",
        "delete the spaces in the empty line",
    )


def _escape(breakage: Breakage) -> _Told:
    line, column = breakage.at
    start = breakage.line(line).rfind("\\", 0, column) + 1
    return (
        (line, start or column),
        'found a backslash `\\` in "double quotes" with an unknown meaning',
        "put the text in 'single quotes', or write the backslash twice",
    )


def _unclosed_quote(breakage: Breakage) -> _Told:
    place = breakage.opened or breakage.at
    sign = breakage.rest(place)[:1]
    twice = "; an apostrophe within single quotes is written twice" if sign == "'" else ""
    return (place, f"the quote {sign} opened here is never closed", f"write {sign} at the end of the text too{twice}")


def _too_long(breakage: Breakage) -> _Told:
    return breakage.at, "this text in quotes is too long", "check that every quote is closed"


def _unclosed_bracket(breakage: Breakage) -> _Told:
    place = breakage.opened or breakage.at
    sign = breakage.rest(place)[:1]
    closing = {"[": "]", "{": "}"}.get(sign, "]")
    if place[0] == breakage.at[0] and breakage.rest(breakage.at):
        return (
            breakage.at,
            f"found {_shown(breakage, breakage.at)}, expected `,` or `{closing}`",
            f"separate the items by commas and end them with `{closing}`",
        )
    return (place, f"the bracket `{sign}` opened here is never closed", f"write `{closing}` after the last item")


def _no_value(breakage: Breakage) -> _Told:
    if breakage.opened not in (None, breakage.at) and not breakage.rest(breakage.at):
        return _unclosed_bracket(breakage)
    return (
        breakage.at,
        f"found {_shown(breakage, breakage.at)}, expected a value",
        f"delete the sign, or write a value before it; if it is text, {_QUOTES}",
    )


def _not_lined_up(breakage: Breakage) -> _Told:
    line, column = breakage.at
    text = breakage.line(line)
    shown = _shown(breakage, breakage.at)
    if breakage.quoted is not None and breakage.quoted[0] != line:
        return (
            breakage.quoted,
            "the quote opened here is closed only some lines below",
            "write the closing quote at the end of the text",
        )
    if breakage.quoted is not None:
        return (
            breakage.at,
            f"found {shown} after the closing quote, expected nothing more",
            "put the whole text within the quotes; write a quote inside them twice",
        )
    if column > _margin(text) + 1:
        return (breakage.at, f"found {shown} after a complete value, expected nothing more", f"delete it, or {_QUOTES}")
    if text[column - 1 : column] in ("]", "}"):
        return (
            breakage.at,
            f"found a closing {shown} that no bracket opened",
            "delete it, or write the opening bracket",
        )
    if breakage.opened is not None and breakage.opened[1] == column:
        wanted = "a list item `- `" if breakage.rest(breakage.opened)[:1] == "-" else "`name: value`"
        return (
            breakage.at,
            f"found {shown}, expected {wanted} like the lines above",
            "a list and names cannot be mixed; indent what belongs to the line above",
        )
    return (
        breakage.at,
        f"the indentation of {shown} matches no line above",
        "indent it by as many spaces as the lines it belongs with",
    )


def _after_end(breakage: Breakage) -> _Told:
    return (
        breakage.at,
        f"found {_shown(breakage, breakage.at)} after the end of the document",
        "delete the line with `...`",
    )


# The first words found in what the reader said decide.
_TELLERS: tuple[tuple[str, Callable[[Breakage], _Told]], ...] = (
    ("mapping values are not allowed", _stray_colon),
    ("could not find expected ':'", _no_colon),
    ("sequence entries are not allowed", _dash),
    ("mapping keys are not allowed", _first_character),
    ("cannot start any token", _first_character),
    ("too long", _too_long),
    ("directive", _directive),
    ("incompatible YAML", _directive),
    ("an alias", _anchor),
    ("an anchor", _anchor),
    ("tag", _tag),
    ("more indented follow up", _block_margin),
    ("a block scalar", _block_text),
    ("double-quoted", _escape),
    ("a quoted scalar", _unclosed_quote),
    ("expected ',' or", _unclosed_bracket),
    ("found unexpected ':'", _stray_colon),
    ("expected the node content", _no_value),
    ("expected <block end>", _not_lined_up),
    ("<document start>", _not_lined_up),
    ("document end marker", _after_end),
)
