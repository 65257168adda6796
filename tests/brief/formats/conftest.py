"""Documents by hand: one with every sort of block, with texts and a number of forms that a test chooses."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from foedus.brief.document import (
    BulletList,
    Cell,
    Column,
    Document,
    Grid,
    Heading,
    Item,
    Note,
    NoteKind,
    Paragraph,
    Picture,
    Row,
    Run,
    Section,
    Sign,
    Style,
    Tone,
    badge,
    plain,
)

sys.path.insert(0, str(Path(__file__).resolve().parent))
from reading import told_by

GOOD = Sign("HOLDS", Tone.GOOD, "●")
BAD = Sign("FAILS", Tone.BAD, "○")
OPEN = Sign("DEPENDS", Tone.OPEN, "◐")
SIGNS = (GOOD, BAD, OPEN)
SEE = Run("see", to="row-1")

HOSTILE = {
    "formula": "=cmd|'/C calc'!A0",
    "plus": "+1+1",
    "at": "@SUM(1;1)",
    "minus": "-2+3",
    "markup": "<script>alert('1')</script> &amp; <b>bold</b> ]]> <para fontSize=99>",
    "control": "a\x00b\x08c\x1bd\x7f",
    "surrogate": "half \ud800 a pair",
    "escaped": "_x000D_ and _x0041_",
    "long": "Z" * 10_000,
    "cyrillic": "Україна та Росія: «гарантії безпеки»",
    "hebrew": "שלום עולם וגם 12 דברים",
    "arabic": "العربية السعودية",
    "sixty": "The Sixty Letter Name of a Most Serene and Ancient Republic.",
    "lines": "one\r\ntwo\tthree\u2028four",
    "marks": "e\u0301 \u202e reversed \u202c 🇺🇦",
    "braces": "{{ 7 * 7 }} %s $HOME `x` \\alpha ${y}",
}


def png(form: str) -> bytes:
    """A picture of 400 × 200 dots, made once more each time it is asked for."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    assert form == "png"
    figure = Figure(figsize=(2, 1))
    figure.add_axes((0.1, 0.1, 0.8, 0.8)).plot([0, 1], [1, 0], color="black")
    out = io.BytesIO()
    FigureCanvasAgg(figure).print_figure(out, format="png", dpi=200, metadata={"Software": None})
    return out.getvalue()


def made(word: str = "Ardenia", forms: int = 3, rows: int = 4) -> Document:
    """A document in which a word stands wherever words of a case can stand."""
    matrix = Grid(
        "matrix",
        f"Forms side by side, {word}",
        (Column("Incident", 1.5), *(Column(f"Form {n} {word}", 1.0) for n in range(1, forms + 1))),
        tuple(
            Row(
                Cell((plain(f"Incident {r} {word}"),)),
                tuple(
                    Cell((plain(f"weakest {r}.{n}"), plain(f"Any one of {word}")), SIGNS[(r + n) % 3], ("F1",))
                    for n in range(1, forms + 1)
                ),
                f"row-{r}",
            )
            for r in range(1, rows + 1)
        ),
        f"How to read it, {word}.",
        SIGNS,
        ("F1",),
    )
    first = Section(
        "bottom",
        f"Bottom line {word}",
        (
            Paragraph(
                (Run("It is "), badge(BAD), Run(f" for {word}, ", Style.STRONG), Run("see", to="row-1")), ("F1",)
            ),
            BulletList((Item((Run("Art. 5", Style.CODE), Run(f" {word}", Style.TERM)), ("F1",)), Item(plain("0.75")))),
        ),
    )
    second = Section(
        "forms",
        "Forms",
        (
            Heading("Side by side", "side", 3),
            matrix,
            Note(NoteKind.ASSUMPTIONS, f"What is assumed {word}", (plain(f"That {word} is 12.5 hours away"),)),
            Picture("drawn", f"Who is stronger, {word}", f"A falls to B, {word}", png, ("F1",)),
            Heading(f"Smaller {word}", "", 4),
            Note(NoteKind.SKIPPED, "Nothing was raced", ()),
        ),
    )
    sources = Grid(
        "sources",
        "Sources",
        (Column("Value"), Column("Said by", 2.0), Column("Where", 2.0)),
        tuple(Row(Cell((plain(f"value {n}"),)), (Cell((plain(word),)), Cell())) for n in range(rows)),
    )
    return Document(
        title=f"Guarantees for {word}",
        kicker=f"What {word} was promised",
        as_of="2025-08-22",
        audience="brief",
        sections=(first, second, Section("sources-section", "Sources", (sources,))),
        caution="This checks the file, not the treaty.",
        version="0.1.0",
    )


@pytest.fixture
def document() -> Document:
    return made()


@pytest.fixture
def all_words() -> Callable[[Document], list[str]]:
    return told_by


@pytest.fixture
def make() -> Callable[..., Document]:
    return made


@pytest.fixture(params=HOSTILE.values(), ids=HOSTILE)
def hostile(request: pytest.FixtureRequest) -> str:
    return str(request.param)
