"""The picture of who is stronger than whom: the right lines, nothing over anything else, the same bytes every time."""

from __future__ import annotations

import random
import re
from itertools import combinations, pairwise, product
from xml.etree import ElementTree

import pytest

from foedus.api import assess, load
from foedus.brief.drawing import inline
from foedus.brief.figures import BOX, LETTERS, LINE, PAD, _lines, _Plan, picture
from foedus.brief.html import render_page
from foedus.brief.layers import Layers, layers_of
from foedus.law.relation import Order, Relation
from foedus.wording import Speaker

LONG = "Treaty number {} on the mutual assistance of many far-off states"
CASE = """\
foedus: 1
case: pacts
title: Pacts
as_of: 2026-01-01
parties: {A: {name: Alpha}, B: {name: Beta}}
cast: {beneficiary: A, attackers: any}
instruments:
"""
TEXT = """\
  - id: p%d
    title: "%s"
    status: signed
    binding: legal
    members: [A, B]
    clauses:
      - {id: aid, kind: obligation, bearers: B, to: A, judge: %s, response: {least: [%s]}}
"""


class Names:
    """Speaks of forms by made-up names."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def instrument(self, id: str) -> str:
        return self.names[id]


def drawn_order(count: int, share: float, seed: int) -> tuple[list[str], list[Relation], set[tuple[str, str]]]:
    """A random order of some forms, closed under following, with the relations that tell it."""
    rng = random.Random(seed)
    ids = [f"f{n}" for n in range(count)]
    ranked = rng.sample(ids, count)
    over = {pair for pair in combinations(ranked, 2) if rng.random() < share}
    for middle, one, other in product(ranked, repeat=3):
        if (one, middle) in over and (middle, other) in over:
            over.add((one, other))
    found = []
    for one, other in combinations(ids, 2):
        order = Order.INCOMPARABLE
        if (one, other) in over or (other, one) in over:
            order = Order.STRONGER if (one, other) in over else Order.WEAKER
        found.append(Relation(one, other, (order,)))
    return ids, found, over


SHAPES = [(3, 0.5, 2), (3, 0.0, 1), (3, 1.0, 1), (12, 0.15, 5), (12, 0.3, 1), (12, 0.6, 3), (12, 0.0, 1), (12, 1.0, 1)]


@pytest.mark.parametrize(("count", "share", "seed"), SHAPES)
def test_lines_and_what_follows_from_them_are_the_order(count: int, share: float, seed: int) -> None:
    ids, relations, over = drawn_order(count, share, seed)
    layers = layers_of(ids, relations)
    told = {(layers.nodes[a][0], layers.nodes[b][0]) for a, b in layers.lines}
    closed = set(told)
    for middle, one, other in product(ids, repeat=3):
        if (one, middle) in closed and (middle, other) in closed:
            closed.add((one, other))
    assert closed == over
    # No line that follows from two others.
    assert not [(a, c) for (a, b), (d, c) in product(told, told) if b == d and (a, c) in told]
    for a, b in layers.lines:
        assert level(layers, a) < level(layers, b)
    assert {n for n in range(len(layers.nodes)) if not any(n in line for line in layers.lines)} == set(layers.apart)


def level(layers: Layers, node: int) -> int:
    return next(n for n, layer in enumerate(layers.layers) if any(stop.node == node for stop in layer))


def test_equal_forms_share_a_box_and_what_is_not_always_so_is_no_line() -> None:
    relations = [
        Relation("a", "b", (Order.EQUAL,)),
        Relation("a", "c", (Order.STRONGER, Order.EQUAL)),  # never weaker
        Relation("b", "c", (Order.STRONGER, Order.EQUAL)),
        Relation("a", "d", (Order.STRONGER, Order.INCOMPARABLE)),
        Relation("b", "d", (Order.STRONGER, Order.INCOMPARABLE)),
        Relation("c", "d", (Order.STRONGER,), complete=False),  # not every combination was tried
    ]
    layers = layers_of(["a", "b", "c", "d"], relations)
    assert layers.nodes == (("a", "b"), ("c",), ("d",))
    assert layers.lines == ((0, 1),)
    assert layers.apart == (2,)


@pytest.mark.parametrize(("count", "share", "seed"), SHAPES)
def test_nothing_stands_over_anything_else(count: int, share: float, seed: int) -> None:
    """Boxes of forms with names of 60 letters do not meet, no line runs through one, and no word leaves its box."""
    ids, relations, _ = drawn_order(count, share, seed)
    speaker = Names({id: LONG.format(n)[:60] for n, id in enumerate(ids)})
    layers = layers_of(ids, relations)
    words = [_lines(node, speaker) for node in layers.nodes]  # type: ignore[arg-type]
    plan = _Plan(layers, words)
    boxes = {}
    for row, layer in enumerate(layers.layers):
        for place, stop in enumerate(layer):
            if stop.node is not None:
                boxes[stop.node] = box(plan, stop.node, *plan.at(row, place))
    for node, where in plan.alone.items():
        boxes[node] = box(plan, node, *plan._on_page(*where))
    assert len(boxes) == len(layers.nodes)
    for (x0, y0, x1, y1), (u0, v0, u1, v1) in combinations(boxes.values(), 2):
        assert x1 < u0 or u1 < x0 or y1 < v0 or v1 < y0
    for x0, y0, x1, y1 in boxes.values():
        assert x0 >= 0
        assert y0 >= 0
        assert x1 <= plan.width
        assert y1 <= plan.height - 0.45
    ends = plan._ends()
    for number, path in enumerate(layers.paths):
        corners = list(plan._points(path, ends[number, 0], ends[number, -1]))
        for (x, y), (u, v) in pairwise(corners):
            steps = [(x + (u - x) * step / 100, y + (v - y) * step / 100) for step in range(101)]
            for x0, y0, x1, y1 in boxes.values():
                assert not any(x0 + 0.01 < px < x1 - 0.01 and y0 + 0.01 < py < y1 - 0.01 for px, py in steps)
    for lines in words:
        assert max(map(len, lines)) <= LETTERS
        assert len(lines) * LINE + PAD <= 1.5


def box(plan: _Plan, node: int, x: float, y: float) -> tuple[float, float, float, float]:
    height = plan._height(node)
    return x - BOX / 2, y - height / 2, x + BOX / 2, y + height / 2


@pytest.mark.parametrize(("count", "share", "seed"), [(12, 0.15, 5), (12, 0.3, 1), (9, 0.2, 4)])
def test_a_picture_of_many_forms_stays_near_the_width_of_a_page(count: int, share: float, seed: int) -> None:
    """At half the width of a page the letters of ten points are still four points high and more."""
    ids, relations, _ = drawn_order(count, share, seed)
    layers = layers_of(ids, relations)
    plan = _Plan(layers, [["name"] for _ in layers.nodes])
    assert plan.width <= 9.5


@pytest.mark.parametrize("form", ["svg", "png"])
def test_the_same_bytes_every_time_and_no_date(form: str) -> None:
    ids, relations, _ = drawn_order(6, 0.4, 1)
    speaker = Names({id: f"Form {n}" for n, id in enumerate(ids)})
    first = picture(ids, relations, speaker, form)  # type: ignore[arg-type]
    assert first == picture(ids, relations, speaker, form)  # type: ignore[arg-type]
    assert not re.search(rb"20[0-9]{2}-[0-9]{2}-[0-9]{2}|Matplotlib", first)


def test_hostile_names_stay_names_and_the_words_say_what_is_drawn() -> None:
    relations = [Relation("a", "b", (Order.STRONGER,)), Relation("a", "c", (Order.INCOMPARABLE,)),
                 Relation("b", "c", (Order.INCOMPARABLE,))]  # fmt: skip
    speaker = Names({"a": '<script>"x"</script>', "b": "$\\frac{1}{0}$ & more", "c": "東京条約の長い長い長い名前"})
    drawn = picture(["a", "b", "c"], relations, speaker)  # type: ignore[arg-type]
    root = ElementTree.fromstring(drawn)  # noqa: S314  our own bytes
    space = "{http://www.w3.org/2000/svg}"
    assert not root.findall(f".//{space}script")
    description = root.find(f"{space}desc")
    assert description is not None
    assert description.text == (
        '<script>"x"</script> is at least as strong as $\\frac{1}{0}$ & more;'
        " 東京条約の長い長い長い名前: no line to any other."
    )
    shown = "".join(text.text or "" for text in root.iter(f"{space}text"))
    assert '<script>"x"</script>' in shown.replace(" ", "")
    assert root.get("role") == "img"
    labels = str(root.get("aria-labelledby")).split()
    assert labels == [child.get("id") for child in root[:2]]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    texts = [("strong", "objective", "all_means"), ("soft & <weak>", "bearer", "arm"), ("talk", "objective", "consult")]
    path = tmp_path_factory.mktemp("pacts") / "pacts.yaml"
    told = CASE + "".join(TEXT % (n, *text) for n, text in enumerate(texts))
    path.write_text(told, encoding="utf-8")
    return render_page(assess(load(path)))


def test_the_page_holds_the_picture_in_one_with_words_and_a_table_beside_it(page: str) -> None:
    # By hand: all means on the facts are more than arms by own judgement and than talk; arms that the bearer can deny
    # and talk that it cannot are incomparable.
    section = page[page.index('<section id="standing"') : page.index('<section id="findings"')]
    assert section.count("<svg") == 1
    assert "strong is at least as strong as soft &amp; &lt;weak&gt;" in section
    rows = re.findall(r'<th scope="row">(.*?)</th>\s*<td data-head="At least as strong as"[^>]*>(.*?)</td>', section)
    assert rows == [("strong", "soft &amp; &lt;weak&gt;, talk"), ("soft &amp; &lt;weak&gt;", "–"), ("talk", "–")]
    assert not re.search(r"url\(|style=|<script|<style|xlink|<metadata", section)
    assert "soft & <weak>" not in page


def test_one_form_alone_is_not_drawn() -> None:
    assert "<svg" not in render_page(assess("luxembourg-1867", explain=False))


def test_inline_keeps_fonts_and_colours_without_style_attributes() -> None:
    ids, relations, _ = drawn_order(3, 1.0, 1)
    text = inline(picture(ids, relations, Names({id: id for id in ids})))  # type: ignore[arg-type]
    assert ' fill="none"' in text
    assert 'font-size="10px" font-family="\'DejaVu Sans\', Verdana, Arial, sans-serif"' in text
    ElementTree.fromstring(text)  # noqa: S314  our own bytes


def test_speaker_of_a_real_case_is_what_names_the_boxes() -> None:
    case = load("istanbul-2022-draft")
    assert _lines(["istanbul-2022-draft"], Speaker(case)) == ["Istanbul draft", "2022"]
