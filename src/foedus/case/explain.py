"""From a place in a text where the YAML reader gave up to words for the author."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from foedus.errors import Position, Problem

SHOWN = 40  # of the author's words, at most so many characters are repeated in a message


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


def short(text: str) -> str:
    """The author's words, cut where they are long."""
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


_Told = tuple[tuple[int, int], str, str]  # place, message, help
_NO_SPACE = re.compile(r"""\s*(?:- +)*([^\s:#"'\[{,-][^\s:,]*):([^\s:/\\].*)$""")
_QUOTES = "put the whole text in quotes"


def explain(breakage: Breakage, file: str) -> Problem:
    """What the author should know of the place where the YAML reader gave up."""
    place, message, cure = _tab(breakage) or _long_dash(breakage) or _by_words(breakage)
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


def _long_dash(breakage: Breakage) -> _Told | None:
    """A list item that begins with the dash into which word processors turn a hyphen."""
    for number in (breakage.at[0], _above(breakage, breakage.at[0])):
        text = breakage.line(number)
        dash = text.lstrip()[:1]
        if dash in ("\u2013", "\u2014") and text.lstrip()[1:2] == " ":
            return (
                (number, text.index(dash) + 1),
                f"found the long dash `{dash}`, expected the plain hyphen `-` before an entry of a list",
                "type the hyphen again; word processors make long dashes of them",
            )
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
    return f"`{short(rest)}`"


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
    return breakage.at, "this text is far too long", "check that every quote is closed"


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
