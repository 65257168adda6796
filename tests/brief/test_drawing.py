"""What holds of every picture, since all are made in one place."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from foedus.brief.drawing import Caption, drawn_on_sheet, inline, written
from foedus.errors import BadInput

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CAPTION = Caption("A & B", "A <stops> B", "small")


def fill(axes: Axes) -> None:
    axes.text(0.2, 0.5, "甲乙")
    axes.plot([0, 2], [0.5, 0.5])


@pytest.mark.parametrize("form", ["svg", "png"])
def test_letters_that_the_font_lacks_are_drawn_without_a_warning(form: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert drawn_on_sheet(fill, (2, 1), form, CAPTION)


def test_a_picture_says_what_it_shows_and_keeps_nothing_that_a_page_leaves_out() -> None:
    svg = inline(drawn_on_sheet(fill, (2, 1), "svg", CAPTION))
    assert '<title id="picture-small-title">A &amp; B</title>' in svg
    assert '<desc id="picture-small-words">A &lt;stops&gt; B</desc>' in svg
    assert 'aria-labelledby="picture-small-title picture-small-words"' in svg
    assert "甲乙" in svg
    assert "url(#" not in svg


def test_a_file_that_is_no_picture_is_refused_before_anything_is_drawn(tmp_path: Path) -> None:
    drawings: list[str] = []

    def draw(form: str) -> bytes:
        drawings.append(form)
        return b"drawn"

    with pytest.raises(BadInput, match=r"end the name in \.svg or \.png"):
        written(draw, tmp_path / "a.jpg")
    assert not drawings
    with pytest.raises(BadInput, match="cannot be written"):
        written(draw, tmp_path / "none" / "a.svg")
    written(draw, tmp_path / "a.svg")
    assert (tmp_path / "a.svg").read_bytes() == b"drawn"
