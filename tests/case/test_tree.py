"""Text to tree: what is read, where things are, what is refused and in which words."""

from __future__ import annotations

import io
import math
import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from foedus.case.tree import LIMIT_DEPTH, Node, locate, parse, plain
from foedus.errors import BadInput, InternalError, Position, Problem, nearest

FORBIDDEN = ("mapping values", "ruamel", "Error", "token", "scanning", "parsing", "<block", "simple key")


def read(text: str) -> object:
    return plain(parse(text, "f.yaml"))


def refusals(text: str) -> tuple[Problem, ...]:
    with pytest.raises(BadInput) as caught:
        parse(text, "f.yaml")
    for word in FORBIDDEN:
        assert word not in str(caught.value)
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: NO", {"a": "NO"}),
        ("NO: no\non: off\nyes: y", {"NO": "no", "on": "off", "yes": "y"}),
        ("a: 12:30", {"a": "12:30"}),
        ("a: 2025-08-22", {"a": "2025-08-22"}),
        ("2025-08-22: a", {"2025-08-22": "a"}),
        ("a: [true, True, false, null, ~, Null]", {"a": [True, True, False, None, None, None]}),
        ("a: [1, +2, -3, 0x1F, 0o17, 007]", {"a": [1, 2, -3, 31, 15, 7]}),
        ("a: [1.5, .5, 1., 1e3, -2.5E-1, .inf, -.Inf]", {"a": [1.5, 0.5, 1.0, 1000.0, -0.25, math.inf, -math.inf]}),
        ("a: [1_000, 0b11, 1.2.3, '1', \"true\", --, .]", {"a": ["1_000", "0b11", "1.2.3", "1", "true", "--", "."]}),
        ("a:\nb: ''", {"a": None, "b": ""}),
        ("a: |\n  x: y\n  z\nb: >\n  p\n  q\n", {"a": "x: y\nz\n", "b": "p q\n"}),
        ("a: &x {k: 1}\nb: *x", {"a": {"k": 1}, "b": {"k": 1}}),
        ("a: one\n  two", {"a": "one two"}),
        ("- a\n-\n  - b", ["a", ["b"]]),
        ("---\na: 1 # c\n...\n", {"a": 1}),
        ("a: http://x.org/#top", {"a": "http://x.org/#top"}),
        ('a: "tab\\t \\u00e9"', {"a": "tab\t é"}),
        ("a:\r\n  b: 1\r\n", {"a": {"b": 1}}),
        ("{a: 1, 'b': [x y, z]}", {"a": 1, "b": ["x y", "z"]}),
        ("'1': x", {"1": "x"}),
        ("a: [?x, -y, x?]", {"a": ["?x", "-y", "x?"]}),
        ("a: 123456789012345678901234567890", {"a": 123456789012345678901234567890}),
    ],
)
def test_read(text: str, value: object) -> None:
    assert read(text) == value


BAD = [
    # text, line, column, words of the message or the help
    ("", 1, 1, "empty"),
    ("  \n# only a comment\n", 1, 1, "empty"),
    ("---\n", 1, 1, "empty"),
    ("a: [?, x]", 1, 6, "no name before"),
    ("a: 1\nb:2\nc: 3\n", 2, 2, "no space after the colon in `b:2`"),
    ("a:1\nb: 2\n", 1, 2, "no space after the colon in `a:1`"),
    ("a:1", 1, 1, "no space after the colon"),
    ("{a:1, b: 2}", 1, 2, "no space after the colon"),
    ("a: see here: there\n", 1, 12, "`a: 'see here: there'`"),
    ("a:\n\tb: 1\n", 2, 1, "tab in the indentation"),
    ("a:\n  b: 1\n \tc: 2\n", 3, 2, "two spaces"),
    ("a:\tb\n", 1, 3, "found a tab"),
    ('a: "open\nb: 1\n', 1, 4, "never closed"),
    ("a: 'open\nb: 1\n", 1, 4, "never closed"),
    ('a: "open\nb: "shut"\n', 1, 4, "closed only some lines below"),
    ("a: 'it's'\n", 1, 8, "after the closing quote"),
    ("a: [1, 2\nb: 3\n", 1, 4, "bracket `[` opened here is never closed"),
    ("a: [1, 2", 1, 4, "bracket `[` opened here is never closed"),
    ("a: {x: 1\nb: 3\n", 1, 4, "bracket `{` opened here is never closed"),
    ("a: ['x' 1]\n", 1, 9, "expected `,` or `]`"),
    ("a: ]\n", 1, 4, "found `]`"),
    ("a: [1,, 2]\n", 1, 7, "expected a value"),
    ("a:\n  b: 1\n c: 2\n", 3, 2, "matches no line above"),
    ("a:\n  b: 1\n   c: 2\n", 3, 4, "indented further than `b`"),
    ("a: 1\n- b\n", 2, 1, "expected `name: value`"),
    ("- a\nb: 1\n", 2, 1, "expected a list item"),
    ("a: - b\n", 1, 4, "list item `-` in the middle"),
    ("- a\n-b\n", 2, 1, "no space after the dash"),
    ("a: 1\nfoo bar\nc: 2\n", 2, 1, "expected `name: value`"),
    ("a: @x\n", 1, 4, "begins with `@`"),
    ("a: 5%\nb: %x\n", 2, 4, "begins with `%`"),
    ("%YAML 1.2\n---\na: 1\n", 1, 1, "begins with `%`"),
    ("a: *\n", 1, 4, "without a plain name"),
    ("a: & b\n", 1, 4, "without a plain name"),
    ("a: *x\n", 1, 4, "found none above"),
    ("a: &x [*x]\n", 1, 8, "within the very part"),
    ("a: &x 1\nb: &x 2\n", 2, 4, "marks a second part"),
    ("a: !!python/object:os.system x\n", 1, 4, "tags are not read"),
    ("a: !foo 1\n", 1, 4, "`!foo`"),
    ("a: !!str 1\n", 1, 4, "`!!str`"),
    ("a: !\n", 1, 4, "tags are not read"),
    ("a: &x !foo {}\n", 1, 4, "`!foo`"),
    ("a: &x {b: 1}\nc:\n  <<: *x\n", 3, 3, "`<<` would merge"),
    ("a: 1\na: 2\n", 2, 1, "a second time"),
    ("1: x\n", 1, 1, "put quotes"),
    ("true: x\n", 1, 1, "put quotes"),
    (": x\n", 1, 1, "no name before"),
    ("[a]: x\n", 1, 1, "list where a name is expected"),
    ("? {a: 1}\n: x\n", 1, 3, "map where a name is expected"),
    ("a: 1\n---\nb: 2\n", 2, 1, "second document"),
    ('a: "C:\\Users"\n', 1, 7, "single quotes"),
    ('a: "\\UFFFFFFFF"\n', 1, 5, "backslash"),
    ('a: "\\ud800"\n', 1, 4, "invisible character"),
    ('a: "\\e[0m"\n', 1, 4, "invisible character"),
    ("a: |x\n  b\n", 1, 4, "right after `|`"),
    ("a:\n\u00a0\u00a0b: 1\n", 2, 1, "invisible space"),
    ("a: " + "9" * 5000, 1, 4, "5,000 digits"),
    ("a: " + "x" * 100_001, 1, 4, "100,001 characters"),
    ("a: \x00", 1, 4, "NUL"),
    ("[" * 5000, 1, LIMIT_DEPTH + 1, "deeper than 64"),
    ("- " * 5000, 1, 2 * LIMIT_DEPTH + 1, "deeper than 64"),
    ("".join(" " * i + "a:\n" for i in range(1500)), 65, 65, "deeper than 64"),
    ("{a: " * 5000, 1, 4 * LIMIT_DEPTH + 1, "deeper than 64"),
    ("a: “x: y” z: 1\n", 1, 6, "straight quotes"),
    ("a: 1\n... x\n", 2, 5, "after the end"),
]


@pytest.mark.parametrize(("text", "line", "column", "words"), BAD, ids=[repr(b[0][:25]) for b in BAD])
def test_refused(text: str, line: int, column: int, words: str) -> None:
    first = refusals(text)[0]
    assert first.position is not None
    assert words in first.render()
    assert (first.position.line, first.position.column) == (line, column)
    assert first.message[0] == first.message[0].lower()


def test_all_problems_are_told() -> None:
    problems = refusals("a: 1\na: 2\nb: !x 1\n1: 2\na: 3\nc: d: e\n")
    assert [p.position.line for p in problems if p.position] == [2, 3, 4, 5, 6]
    assert problems[0].related[0][0] == Position("f.yaml", 1, 1)


def test_alias_bomb() -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 40)]
    assert "200,000 values" in refusals("\n".join(lines))[0].message


def test_aliases_cannot_exceed_the_depth() -> None:
    lines = ["a0: &a0 [[[[[x]]]]]"]
    lines += [f"a{i}: &a{i} [[[[[*a{i - 1}]]]]]" for i in range(1, 300)]
    assert "deeper than 64" in refusals("\n".join(lines))[0].message


def test_alias_is_the_same_node() -> None:
    root = parse("a: &x [1]\nb: *x", "f")
    assert root.entries["a"] is root.entries["b"]


def test_positions() -> None:
    root = parse("parties:\n  - name: x\n    age: 3\n", "f")
    assert locate(root, ["parties", 0, "age"]) == Position("f", 3, 10)
    assert locate(root, ["parties", 0, "age"], at_key=True) == Position("f", 3, 5)
    assert locate(root, ["parties", 0, "gone", "x"]) == Position("f", 2, 5)
    assert locate(root, ["parties", 9], at_key=True) == Position("f", 1, 1)
    assert locate(root, []) == Position("f", 1, 1)
    assert root.entries["parties"].elements[0].entries["age"].text == "3"


def test_wrong_kind_is_our_bug() -> None:
    node = parse("a: 1", "f").entries["a"]
    with pytest.raises(InternalError):
        _ = node.entries
    with pytest.raises(InternalError):
        _ = node.elements


def test_problem_is_rendered() -> None:
    problem = Problem(Position("f", 12, 5), "message", "cure", ((Position("f", 1, 2), "first"),))
    assert problem.render() == "f:12:5  message\n  f:1:2  first\n  help: cure"
    later, sooner = Problem(Position("f", 10, 1), "b"), Problem(Position("f", 9, 9), "a")
    assert BadInput([later, sooner]).problems == (sooner, later)


def test_nearest() -> None:
    assert nearest("Issue_Date", ["maturity", "issue-date"]) == "issue-date"
    assert nearest("maturty", ["maturity", "issue-date"]) == "maturity"
    assert nearest("zzz", ["maturity"]) is None
    assert nearest("C3", ["C23", "C03"]) == "C03"  # the same number, not a longer word that has its letters
    assert nearest("x" * 10_000, ["x"]) is None


# Characters that a person may type; what is refused is tested above.
INVISIBLE = "\ufeff\xa0\u1680\u202f\u205f\u2060\u3000" + "".join(map(chr, range(0x2000, 0x200E)))
LETTERS = st.characters(
    min_codepoint=0x20,
    max_codepoint=0x1FFFF,
    exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp"),
    exclude_characters=INVISIBLE,
)
WORDS = st.one_of(
    st.text(LETTERS, max_size=30),
    st.sampled_from(
        [
            "NO",
            "no",
            "on",
            "12:30",
            "2025-08-22",
            "1e3",
            "0x1F",
            "null",
            "~",
            "true",
            "1_000",
            "a: b",
            "- a",
            "#",
            "x\ny",
            "\n",
            " a ",
            "?x",
        ]
    ),
)
SCALARS = st.one_of(WORDS, st.integers(-(10**60), 10**60), st.floats(allow_nan=False), st.booleans(), st.none())
KEYS = WORDS.filter(lambda word: not word.startswith(":"))  # ruamel writes such a key in a way it cannot read itself
DATA = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(KEYS, inner, max_size=5)),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None)
@example({"a:b": "x: y", "NO": [None, "", "#"]}, False)
@example({"a" * 129: ":0"}, True)  # a long key stands behind `?`, and its value on the next line behind a colon
@example({"a" * 129: {"b": ":0"}}, True)
@given(DATA, st.booleans())
def test_round_trip(data: object, flow: bool) -> None:
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = flow
    writer.allow_unicode = True
    stream = io.StringIO()
    writer.dump({"root": data}, stream)
    text = stream.getvalue()
    # ruamel writes `{:0: 1}` and `{a: : b}` and cannot read them back itself; they are refused, never misread.
    assume(not (flow and re.search(r"[\[{,] *:|: : ", text)))
    root = parse(text, "f")
    assert plain(root) == {"root": data}
    lines = text.split("\n")
    for node in walk(root):
        for position in (node.position, *node.key_positions.values()):
            assert 1 <= position.line <= len(lines)
            assert 1 <= position.column <= len(lines[position.line - 1]) + 1


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("{? a\n: :0}", {"a": ":0"}),
        ("{? a\n: :0, b: :1}", {"a": ":0", "b": ":1"}),
        ("{a: :0}", {"a": ":0"}),
        ("{? a\n: {b: :0}}", {"a": {"b": ":0"}}),
    ],
)
def test_a_value_may_begin_with_a_colon(text: str, data: object) -> None:
    # YAML 1.2.2, 7.3.3: a plain scalar may begin with a colon that a character follows; here it comes after `: `.
    assert plain(parse(text, "f")) == data


@pytest.mark.parametrize("text", ["{? a\n: : 0}", "{a: : 0}"])
def test_two_colons_in_a_row_are_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse(text, "f")


def walk(node: Node) -> list[Node]:
    found = [node]
    if isinstance(node.value, dict):
        found += [deep for part in node.value.values() for deep in walk(part)]
    if isinstance(node.value, list):
        found += [deep for part in node.value for deep in walk(part)]
    return found


@settings(max_examples=300, deadline=None)
@given(st.text("ab:-?[]{},'\"#&*!|>%@ \n\t0\\", max_size=60))
def test_only_bad_input_is_raised(text: str) -> None:
    shown = "a refusal"
    try:
        parse(text, "f")
    except BadInput as error:
        shown = str(error)
    assert shown
    assert not [word for word in FORBIDDEN if word in shown]
