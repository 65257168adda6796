"""From a path, or bytes, to text that YAML can be read from."""

from __future__ import annotations

import codecs
import os
import re
import stat
from pathlib import Path

from foedus.errors import BadInput, Position, Problem, nearest

LIMIT_BYTES = 2_000_000

# Line separators other than \n are here because ruamel ends lines at them and editors do not,
# so that every position after them would be wrong.
# Marks without width or of direction are here because two names that differ read the same with them, and words change
# places.  The joiners stay after letters whose script writes with them: Arabic to Myanmar, Khmer, Mongolian, Indic.
_JOINING = "\u0600-\u109f\u1780-\u18af\u1900-\u1c7f\ua800-\uaaff\ufb50-\ufefc\U00011000-\U00011fff"
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
    f"|(?<![{_JOINING}])[\u200c\u200d]"
)
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
    if not name:
        raise BadInput([Problem(None, "found an empty name, expected that of a file or of a shipped instrument")])
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


def text_as_stored(path: str | os.PathLike[str]) -> str | None:
    """The text with the ends of line, and the mark before it, that the file has; ``None`` where it is not UTF-8."""
    try:
        return Path(path).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


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
