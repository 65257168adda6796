"""Inputs for the fuzzer: whole files changed in their structure, damaged parts of files, and soups of tokens.

Input number n of a seed is always the same, whichever process makes it.
"""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from foedus.case.load import load_bytes
from foedus.case.tree import parse, plain
from foedus.errors import BadInput

ROOT = Path(__file__).resolve().parents[2]
GOOD_FILES = ("src/foedus/library/instruments/*.yaml", "cases/*.yaml")
OTHER_FILES = ("tests/cases/**/*.yaml",)
LARGEST = 20_000
MOST_CLAUSES = 3

SEED_FILE = """# a guarantee
parties: &p
  issuer: {name: "Bank \\u00e9", country: NO}
  holders: [a, 'b''s', c d]
terms:
  - on: 2025-08-22
    rate: 0.25
    text: |
      several lines
        of text
  - *p
note: >-
  folded: text
"""
# fmt: off
TOKENS = (
    ": ", ":", "- ", "-", "? ", "?", "[", "]", "{", "}", ",", ", ", "#", " # c", "&a ", "*a", "*a ", "!x ", "!!str ",
    "|", "|2\n", ">-\n", "'", '"', "\n", "\n  ", "\n    ", "\n ", "\t", " ", "  ", "---\n", "...\n", "%YAML 1.2\n",
    "<<: ", "a", "b", "key: ", "key: value\n", "NO", "1", "0x1F", "1e400", ".nan", "~", "true", "\\", '"\\x41"',
    '"\\U00110000"', '"\\ud800"', "\r\n", "\r", "\x00", "\x85", "\u2028", "\ufeff", "\u00a0", "é", "😀", "@", "`", "%",
    "9" * 200, "[" * 70, "- " * 70, "x" * 1100, "foedus: 1\n", "clauses:\n",
    "case: x\n", "instruments: [{use: nato-1949}]\n",
)
ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 5, 9, 10**12, 10**40, 0.5, float("inf"), float("nan"), "", " ", "unknown", "any",
    "none", "nobody", "parties", "victim", "attacker", "text", "OTHER",
    "x" * 300, "2025-02-30", "0000-01-01", "2025", "1/0", "2/3",
    "3/2", "72 h", "-1 h", "10 years", "99999999999999999999 years", "a.b", "..", "clauses", "é", "\U0001f600", "%s",
    "{}", "\\", "[red]", "<b>", [], {}, [[]], [None], [{}], {"": ""}, {"may_be": []}, {"may_be": None},
    {"may_be": ["unknown"]},
    {"except": []}, {"at_least": 0}, {"at_least": 10**30}, {"share": "1/0"}, {"share": "0/1"}, {"anonymous": 10**6},
    {"anonymous": -1}, {"body": "x"}, {"inferred": "2025-01-01", "why": "x"}, {"text": "x", "source": "x"},
)
# fmt: on
Path_ = tuple[str | int, ...]
PROSE = ("note", "says", "why", "phrase", "history", "expect", "coded_by", "checked_by")


class Corpus:
    """The files, the small valid files made of them, and the values seen under each key."""

    def __init__(self, good_files: tuple[str, ...] = GOOD_FILES) -> None:
        good, other = ([_text(path) for path in _found(patterns)] for patterns in (good_files, OTHER_FILES))
        self.texts = [SEED_FILE, *good, *(text for text in other if len(text) <= LARGEST)]
        whole = [content for text in good if (content := _read(text)) is not None]
        self.seen: dict[str, list[Any]] = {}
        for content in whole:
            for path, value in places(content):
                if path and isinstance(path[-1], str):
                    self.seen.setdefault(path[-1], []).append(value)
        self.seen = {key: _distinct(values) for key, values in self.seen.items()}
        self.keys = sorted(self.seen)
        alone = [content for content in whole if isinstance(content.get("clauses"), list)]
        cases = [content for content in whole if "case" in content and isinstance(content.get("instruments"), list)]
        self.valid = [small for content in alone for small in _small(content)]
        self.valid += [small for case in cases for small in _small_cases(case, self.valid)]
        self.valid.sort(key=lambda small: len(written(small)))


def _found(patterns: tuple[str, ...]) -> list[Path]:
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _read(text: str) -> dict[str, Any] | None:
    try:
        content = plain(parse(text, "corpus"))
    except BadInput:
        return None
    return content if isinstance(content, dict) else None


def _distinct(values: list[Any]) -> list[Any]:
    return list({repr(value): value for value in values}.values())


def _loads(content: dict[str, Any]) -> bool:
    try:
        load_bytes(written(content).encode(), "corpus")
    except Exception:  # noqa: BLE001 - what else is raised is for the run to find
        return False
    return True


def _small(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One file a clause: that clause and what it needs, as small as it still loads; and some with a reading."""
    bare = {key: value for key, value in content.items() if key not in PROSE}
    bare.pop("supersedes", None)
    for index in range(0, len(content["clauses"]), MOST_CLAUSES):
        tried = {**bare, "clauses": bare["clauses"][index : index + MOST_CLAUSES]}
        readings = tried.pop("readings", {})
        if not _loads(tried):
            continue
        for key in ("exit", "incidents", "bodies", "zones", "powers"):
            less = {name: value for name, value in tried.items() if name != key}
            if key in tried and _loads(less):
                tried = less
        yield tried
        fitting = ({**tried, "readings": {name: reading}} for name, reading in readings.items())
        yield from [one for one in fitting if _loads(one)][:1]


def _small_cases(case: dict[str, Any], inside: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The case with one instrument: a shipped one, or one that is written out in it."""
    entries = [entry for entry in case["instruments"] if isinstance(entry, dict)]
    written_out = [{k: v for k, v in one.items() if k not in ("foedus", "default_cast")} for one in inside]
    for entry in [*entries[:3], *written_out[::5]]:
        tried = {**{k: v for k, v in case.items() if k not in PROSE}, "instruments": [entry]}
        for key in (
            "unknowns",
            "statements",
            "board",
            "ledger",
            "rivals",
            "preconditions",
            "world",
            "accepted",
            "questions",
        ):
            less = {name: value for name, value in tried.items() if name != key}
            tried = less if key in tried else tried
        if _loads(tried):
            yield tried


def places(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every part of plain data with its path."""
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in inner:
        yield from places(part, (*path, step))


def made(corpus: Corpus, seed: int, number: int) -> bytes:
    """Input ``number`` of ``seed``."""
    chance = random.Random(f"{seed}:{number}")
    kind = chance.random()
    if kind < 0.2:
        return soup(chance)
    if kind < 0.45:
        return damaged(chance, chance.choice(corpus.texts).encode())[:LARGEST]
    content = copy.deepcopy(
        corpus.valid[min(chance.randrange(len(corpus.valid)) for _ in range(2))]
    )  # rather a small one
    for _ in range(chance.choice((0, 1, 1, 1, 2, 2, 3, 5))):
        chance.choice(CHANGES)(chance, corpus, content)
    data = written(content, flow=chance.random() < 0.2).encode("utf-8", "replace")
    return chance.choice(DAMAGES)(chance, data) if chance.random() < 0.1 else data


def soup(chance: random.Random) -> bytes:
    """A few tokens of YAML in any order."""
    text = "".join(chance.choice(TOKENS) for _ in range(chance.randint(1, 30)))
    encoding = "utf-8" if chance.random() < 0.97 else chance.choice(("utf-16", "utf-16-le", "cp1252"))
    return text.encode(encoding, "replace")


# Changes of structure: each changes the content that it is given.


def _pick(chance: random.Random, content: Any, wanted: Callable[[Any], bool] = lambda _: True) -> Path_ | None:
    found = [path for path, value in places(content) if path and wanted(value)]
    return chance.choice(found) if found else None


def _holder(content: Any, path: Path_) -> Any:
    for step in path[:-1]:
        content = content[step]
    return content


def _key(path: Path_) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _likely(chance: random.Random, corpus: Corpus, content: Any) -> None:
    """Another value that stands under the same key somewhere."""
    path = _pick(chance, content)
    if path and isinstance(path[-1], str) and path[-1] in corpus.seen:
        _holder(content, path)[path[-1]] = copy.deepcopy(chance.choice(corpus.seen[path[-1]]))


def _odd(chance: random.Random, corpus: Corpus, content: Any) -> None:
    path = _pick(chance, content)
    if path:
        pool = ODD if chance.random() < 0.7 else corpus.seen[chance.choice(corpus.keys)]
        _holder(content, path)[path[-1]] = copy.deepcopy(chance.choice(pool))


def _other_name(chance: random.Random, corpus: Corpus, content: Any) -> None:
    """A word of the file put where another stands: parties, bodies, clauses, sources, zones."""
    path = _pick(chance, content, lambda value: isinstance(value, str))
    if path:
        tops = [content.get(key) for key in ("parties", "roles", "bodies", "zones", "sources", "readings")]
        names = [name for top in tops if isinstance(top, dict) for name in top]
        names += [value for where, value in places(content) if where and where[-1] == "id" and isinstance(value, str)]
        _holder(content, path)[path[-1]] = chance.choice(names or ["x"])


def _unknown(chance: random.Random, corpus: Corpus, content: Any) -> None:
    """The value becomes one of several that it may be."""
    path = _pick(chance, content)
    if path:
        here = _holder(content, path)
        others = [copy.deepcopy(v) for v in chance.sample(corpus.seen.get(_key(path), [None]), 1)]
        here[path[-1]] = {"may_be": [here[path[-1]], *others]}


def _drop(chance: random.Random, corpus: Corpus, content: Any) -> None:
    path = _pick(chance, content)
    if path:
        del _holder(content, path)[path[-1]]


def _add(chance: random.Random, corpus: Corpus, content: Any) -> None:
    """A key beside others, mostly one that belongs there, with a value seen under it."""
    path = _pick(chance, content, lambda value: isinstance(value, dict))
    target = content if path is None or chance.random() < 0.2 else _holder(content, path)[path[-1]]
    siblings = [key for value in corpus.seen.get(_key(path or ()), ()) if isinstance(value, dict) for key in value]
    if path and _key(path) == "clauses":
        siblings = [key for clauses in corpus.seen["clauses"] for clause in clauses for key in clause]
    key = chance.choice(siblings) if siblings and chance.random() < 0.9 else chance.choice(corpus.keys)
    target[key] = copy.deepcopy(chance.choice(corpus.seen.get(key, [None])))


def _again(chance: random.Random, corpus: Corpus, content: Any) -> None:
    path = _pick(chance, content, lambda value: isinstance(value, list) and bool(value))
    if path:
        items = _holder(content, path)[path[-1]]
        items.insert(chance.randint(0, len(items)), copy.deepcopy(chance.choice(items)))


def _rename(chance: random.Random, corpus: Corpus, content: Any) -> None:
    path = _pick(chance, content)
    if path and isinstance(path[-1], str):
        here = _holder(content, path)
        value = here.pop(path[-1])
        here[chance.choice((path[-1] + "x", path[-1][1:], path[-1].upper(), chance.choice(corpus.keys)))] = value


def _wrap(chance: random.Random, corpus: Corpus, content: Any) -> None:
    path = _pick(chance, content)
    if path:
        here = _holder(content, path)
        here[path[-1]] = [here[path[-1]]] if chance.random() < 0.5 else {"x": here[path[-1]]}


def _reading(chance: random.Random, corpus: Corpus, content: Any) -> None:
    """A reading that sets some place of the file."""
    path = _pick(chance, {"clauses": content.get("clauses"), "bodies": content.get("bodies")})
    if not path:
        return
    clauses = content.get("clauses")
    words = list(path)
    if isinstance(clauses, list) and path[0] == "clauses" and len(path) > 1 and isinstance(path[1], int):
        clause = clauses[path[1]]
        words[1] = str(clause.get("id", "x")) if isinstance(clause, dict) else "x"
    value = chance.choice([*ODD, *corpus.seen.get(_key(path), [])])
    place = ".".join(map(str, words))
    content["readings"] = {"r": {"held_by": "x", "says": "x", "set": {place: copy.deepcopy(value)}}}


CHANGES = (
    _likely, _likely, _likely, _likely, _odd, _odd, _other_name, _other_name, _unknown, _drop, _add, _add, _again,
    _rename, _wrap, _reading,
)  # fmt: skip


# Damages of the text.


def damaged(chance: random.Random, data: bytes) -> bytes:
    """A part of some file with a few changes."""
    lines = data.splitlines(keepends=True)
    start = chance.randrange(max(1, len(lines)))
    data = b"".join(lines[start : start + chance.randint(1, 25)])
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(DAMAGES)(chance, data)
    return data


def _insert(chance: random.Random, data: bytes) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(TOKENS).encode("utf-8", "replace") + data[at:]


def _delete(chance: random.Random, data: bytes) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + data[at + chance.randint(1, 8) :]


def _byte(chance: random.Random, data: bytes) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randint(0, len(data))]


def _move(chance: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    if lines:
        line = lines.pop(chance.randrange(len(lines)))
        lines.insert(chance.randint(0, len(lines)), b" " * chance.randint(0, 4) + line)
    return b"".join(lines)


def _repeat(chance: random.Random, data: bytes) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + data[at : at + chance.randint(1, 40)] * chance.randint(2, 5) + data[at:]


DAMAGES = (_insert, _insert, _delete, _byte, _cut, _move, _repeat)

_SIMPLE = re.compile(r"[A-Za-z][\w-]*(?: [\w-]+)*")
_SPECIAL = frozenset(("null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE"))


def written(value: Any, *, flow: bool = False, margin: str = "") -> str:
    """Plain data as YAML, in lines or as one line of brackets."""
    if isinstance(value, dict) and value and not flow:
        return "".join(f"{margin}{_scalar(key)}:{_below(part, margin)}" for key, part in value.items())
    if isinstance(value, list) and value and not flow:
        return "".join(f"{margin}-{_below(part, margin)}" for part in value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(k)}: {written(v, flow=True)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(written(part, flow=True) for part in value) + "]"
    return _scalar(value)


def _below(value: Any, margin: str) -> str:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if any(isinstance(part, (dict, list)) for part in parts):
        return "\n" + written(value, margin=margin + "  ")
    return f" {written(value, flow=True)}\n"


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return value if _SIMPLE.fullmatch(value) and value not in _SPECIAL else json.dumps(value)
    if isinstance(value, float):
        return {"inf": ".inf", "-inf": "-.inf", "nan": ".nan"}.get(repr(value), repr(value))
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
