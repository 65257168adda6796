"""Bytes to text: encodings, line ends, and everything that is not text."""

from __future__ import annotations

import codecs
import os
import tracemalloc
from pathlib import Path

import pytest

from foedus.case.text import LIMIT_BYTES, decode, read_text
from foedus.errors import BadInput, Problem


def refusal(data: bytes) -> Problem:
    with pytest.raises(BadInput) as caught:
        decode(data, "f.yaml")
    return caught.value.problems[0]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a: 1\n", "a: 1\n"),
        (b"a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n"),
        (b"a: 1\rb: 2", "a: 1\nb: 2"),
        (codecs.BOM_UTF8 + "ø: 1".encode(), "ø: 1"),
        (codecs.BOM_UTF16_LE + "ø: 1\r\n".encode("utf-16-le"), "ø: 1\n"),
        (codecs.BOM_UTF16_BE + "ø: 1".encode("utf-16-be"), "ø: 1"),
        (codecs.BOM_UTF32_LE + "ø: 1".encode("utf-32-le"), "ø: 1"),
        ("name: Norway".encode("utf-16-le"), "name: Norway"),
        ("name: Norway".encode("utf-16-be"), "name: Norway"),
        (b"", ""),
    ],
)
def test_read(data: bytes, text: str) -> None:
    assert decode(data, "f.yaml") == text


@pytest.mark.parametrize(
    ("data", "line", "column", "words"),
    [
        (b"a: 1\r\nb: caf\xe9 x\n", 2, 7, "0xE9 (it would be `é` in Windows-1252)"),
        (b"a: \xff", 1, 4, "0xFF"),
        (b"a: 1\nb: \x00", 2, 4, "a NUL character"),
        (b"a: \x1b[31m", 1, 4, "U+001B"),
        ("a: x\u2028y".encode(), 1, 5, "U+2028"),
        ("a: 1\n\ufeffb: 2".encode(), 2, 1, "U+FEFF"),
        ("a: \x85".encode(), 1, 4, "U+0085"),
        (codecs.BOM_UTF16_LE + b"a\x00b", 1, 2, "UTF-16"),
        (b"PK\x03\x04....", 1, 1, "Word"),
        (b"x" * (LIMIT_BYTES + 1), 1, 1, "2,000,001 bytes"),
    ],
)
def test_refused(data: bytes, line: int, column: int, words: str) -> None:
    problem = refusal(data)
    assert problem.position is not None
    assert (problem.position.line, problem.position.column) == (line, column)
    assert words in problem.message


def test_encoding_cure() -> None:
    assert "UTF-8" in (refusal(b"\xe9").help or "")


def test_file(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"a: 1\r\n")
    assert read_text(path) == "a: 1\n"
    assert read_text(str(path)) == "a: 1\n"


def file_refusal(path: Path | str) -> str:
    with pytest.raises(BadInput) as caught:
        read_text(path)
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_missing(tmp_path: Path) -> None:
    (tmp_path / "Gift-Case.yaml").write_text("a: 1")
    assert "did you mean" in file_refusal(tmp_path / "gift_case.yaml")
    assert "Gift-Case.yaml" in file_refusal(tmp_path / "gift_case.yml")
    assert "there is no file" in file_refusal(tmp_path / "no" / "x.yaml")


def test_not_a_file(tmp_path: Path) -> None:
    assert "folder" in file_refusal(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert "pipe" in file_refusal(tmp_path / "pipe")
    assert "cannot be read" in file_refusal("a\0b")
    assert "cannot be read" in file_refusal("x" * 5000)


def test_link_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    assert "there is no file" in file_refusal(tmp_path / "link")


def test_huge_file_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    tracemalloc.start()
    try:
        assert "50,000,000 bytes" in file_refusal(path)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000, "it was read to be refused"
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("code", [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
def test_marks_that_make_two_names_look_alike_are_refused(code: int) -> None:
    with pytest.raises(BadInput, match=f"U\\+{code:04X}") as refused:
        decode(f"a: b{chr(code)}c".encode(), "f.yaml")
    position = refused.value.problems[0].position
    assert position is not None
    assert (position.line, position.column) == (1, 5)


@pytest.mark.parametrize("word", ["\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0915\u094d\u200d\u0937"])
def test_joiners_stay_where_a_script_writes_with_them(word: str) -> None:
    # Persian keeps two parts of a verb apart with one, Devanagari asks for a half letter with the other.
    assert decode(f"a: {word}".encode(), "f.yaml") == f"a: {word}"
