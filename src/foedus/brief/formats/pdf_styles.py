"""The letters of the PDF: fonts that hold Latin, Greek, Cyrillic, Hebrew and Arabic letters, styles, and markup."""

from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final, TypeVar
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import getFont, registerFont, registerFontFamily, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

from foedus.brief.document import Line, Run, Style, line_text
from foedus.brief.formats.letters import SHOWN, fit, right_to_left
from foedus.brief.formats.paper import INK, LINK, SHADES, SOFT, WASH
from foedus.brief.formats.visual import visual

FONT: Final = "DejaVu Sans"
BOLD: Final = f"{FONT} Bold"
ITALIC: Final = f"{FONT} Italic"
BOTH: Final = f"{FONT} Both"
MONO: Final = "DejaVu Sans Mono"
FILES: Final = {
    FONT: "DejaVuSans",
    BOLD: "DejaVuSans-Bold",
    ITALIC: "DejaVuSans-Oblique",
    BOTH: "DejaVuSans-BoldOblique",
    MONO: "DejaVuSansMono",
}
"""Ships with matplotlib, as a font of free use; the pictures are lettered in it as well."""


@cache
def styles() -> dict[str, ParagraphStyle]:
    """The styles by name, and their fonts made known to reportlab."""
    _know_fonts()
    normal = ParagraphStyle("Normal", fontName=FONT, fontSize=9, leading=12.5, textColor=HexColor(f"#{INK}"))
    normal.spaceAfter, normal.splitLongWords = 5, 1
    soft = HexColor(f"#{SOFT}")
    made = {
        "Normal": normal,
        "Title": _style(normal, "Title", fontSize=19, leading=24, fontName=BOLD, spaceAfter=6),
        "Subtitle": _style(normal, "Subtitle", textColor=soft, spaceAfter=3),
        "Heading 1": _style(normal, "Heading 1", fontSize=14, leading=18, fontName=BOLD, spaceBefore=14),
        "Heading 2": _style(normal, "Heading 2", fontSize=11, leading=15, fontName=BOLD, spaceBefore=9),
        "Heading 3": _style(normal, "Heading 3", fontSize=9, leading=12.5, fontName=BOLD, spaceBefore=6),
        "Bullet": _style(normal, "Bullet", leftIndent=12, bulletIndent=2, spaceAfter=2.5),
        "Caption": _style(normal, "Caption", fontSize=8, leading=11, fontName=BOLD, spaceBefore=5),
        "Small": _style(normal, "Small", fontSize=7.5, leading=10, textColor=soft),
        "Cell": _style(normal, "Cell", fontSize=7, leading=9.2, spaceAfter=1),
        "Note": _style(
            normal,
            "Note",
            fontSize=8.5,
            leading=11.5,
            leftIndent=8,
            backColor=HexColor(f"#{WASH}"),
            borderPadding=(2, 6, 2, 6),
        ),
    }
    made["Note"].spaceAfter = 0
    return made


class Words(Paragraph):
    """A paragraph that draws letters from right to left in their order, line by line after the lines are broken."""

    base = 0
    blPara: Any  # noqa: N815  the name of reportlab for a paragraph broken into lines

    def drawPara(self, debug: int = 0) -> None:  # noqa: N802  the name that reportlab calls
        """Draw the paragraph; what it has kept stays in the order of reading, for a page that takes the rest of it."""
        kept = self.blPara
        self.blPara = _drawn(kept, self.base)
        try:
            super().drawPara(debug)
        finally:
            self.blPara = kept

    def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803  the names of reportlab
        """The paragraph in two, where a page or a row ends."""
        parts: list[Any] = super().split(availWidth, availHeight)
        for part in parts:
            part.base = self.base
        return parts


W = TypeVar("W", bound=Words)


def words(line: Line, style: str, marks: dict[str, str], mark: str = "") -> Words:
    """One line of the document as a paragraph; ``mark`` is what a link leads to."""
    return worded(Words, line, style, marks, mark)


def around_text(text: str, width: float, size: float) -> str:
    """A text that stands above that of a page, in the order of drawing, cut to one line of a width in points."""
    told = " ".join(_kept(fit(text)).split())
    if stringWidth(told, FONT, size) > width:
        told = told[: int(width / size * 2)]
        while stringWidth(told + "…", FONT, size) > width:
            told = told[:-1]
        told += "…"
    return visual(told, base=int(right_to_left(told)))


def _kept(text: str) -> str:
    return "".join(letter if _has(letter, FONT) else SHOWN for letter in text)


def worded(kind: type[W], line: Line, style: str, marks: dict[str, str], mark: str) -> W:
    """As ``words``, for a paragraph of another kind."""
    text = line_text(line)
    set_from_right = right_to_left(text)
    chosen = styles()[style]
    if set_from_right:
        chosen = _style(chosen, f"{style} from right", alignment=TA_RIGHT)
    anchor = f'<a name="{mark}"/>' if mark else ""
    bullet = "•" if style == "Bullet" else None
    made = kind(anchor + "".join(_markup(run, marks, chosen.fontName) for run in line), chosen, bulletText=bullet)
    made.base = int(set_from_right)
    return made


def _markup(run: Run, marks: dict[str, str], font: str) -> str:
    """A run in the markup of reportlab; nothing that a case says is read as markup."""
    if run.sign is not None or run.style is Style.STRONG:
        font = BOLD
    elif run.style is Style.TERM:
        font = BOTH if font == BOLD else ITALIC
    elif run.style is Style.CODE:
        font = MONO
    if run.sign is not None:
        told = _lettered(f"\N{NO-BREAK SPACE}{run.text}\N{NO-BREAK SPACE}", font)
        told = f'<font backColor="#{SHADES[run.sign.tone].ground}">{told}</font>'
    else:
        told = _lettered(run.text, font)
    if run.to in marks:
        told = f'<a href="#{marks[run.to]}" color="#{LINK}">{told}</a>'
    return told


def _lettered(text: str, font: str) -> str:
    """A text in a font, and what that lacks in the plain one, which has most; what neither has is shown as missing."""
    told = ""
    for name, letters in groupby(fit(text), key=lambda letter: _has(letter, font)):
        part = escape("".join(letters)) if name else SHOWN
        told += f'<font name="{name or FONT}">{part}</font>'
    return told.replace("\n", "<br/>").replace("\t", "    ")


@cache
def _has(letter: str, font: str) -> str:
    """The font that has the letter: this one, the plain one, or none."""
    if letter in "\n\t":
        return font
    return next((name for name in (font, FONT) if ord(letter) in _glyphs(name)), "")


@cache
def _glyphs(font: str) -> frozenset[int]:
    known: Any = getFont(font)
    return frozenset(known.face.charToGlyph)


def _style(parent: ParagraphStyle, name: str, **changed: Any) -> ParagraphStyle:  # noqa: ANN401  values of many sorts
    return ParagraphStyle(name, parent=parent, **changed)


def _know_fonts() -> None:
    import matplotlib as mpl

    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    for name, file in FILES.items():
        registerFont(TTFont(name, str(folder / f"{file}.ttf")))
    registerFontFamily(FONT, FONT, BOLD, ITALIC, BOTH)
    registerFontFamily(MONO, MONO, MONO, MONO, MONO)


def _drawn(broken: Any, base: int) -> Any:  # noqa: ANN401  reportlab gives what it breaks into lines no type
    """The lines of a paragraph with their letters in the order of drawing: words of one style, or pieces of several."""
    if broken is None or not getattr(broken, "lines", None):
        return broken
    made = broken.clone()
    if broken.kind == 0:
        made.lines = [(line[0], visual(" ".join(line[1]), base=base).split(" "), *line[2:]) for line in broken.lines]
        return made
    made.lines = []
    for line in broken.lines:
        copied = line.clone()
        copied.words = [_turned(piece, base) for piece in line.words]
        made.lines.append(copied)
    return made


def _turned(piece: Any, base: int) -> Any:  # noqa: ANN401  as above
    text = getattr(piece, "text", "")
    return piece.clone(text=visual(text, base=base)) if isinstance(text, str) and text else piece
