"""The styles of the Word file: those that Word knows, set as on the page, and a few of its own."""

from typing import TYPE_CHECKING, Any, Final, cast

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt, RGBColor

from foedus.brief.document import Tone
from foedus.brief.formats.paper import INK, LINE, LINK, SHADES, SOFT, WASH

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.styles.style import CharacterStyle, ParagraphStyle

FONT: Final = "Calibri"
MONO: Final = "Foedus Code"
LINKED: Final = "Hyperlink"
TAIL: Final = (
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "jc",
    "outlineLvl",
)
END: Final = tuple(f"w:{name}" for name in (*TAIL, "rPr", "sectPr"))
AFTER: Final = {"w:pBdr": ("w:shd", "w:tabs", "w:bidi", *END), "w:shd": ("w:tabs", "w:bidi", *END), "w:bidi": END}
"""What comes after some properties of a paragraph: Word takes them in one order alone."""
SIZES: Final = {
    "Title": (24, INK),
    "Subtitle": (10, SOFT),
    "Heading 1": (16, INK),
    "Heading 2": (13, INK),
    "Heading 3": (11, INK),
    "Caption": (9, SOFT),
    "Header": (8, SOFT),
    "Footer": (8, SOFT),
}
"""Points and colour of the styles that Word knows."""


def set_styles(file: "WordFile", language: str) -> None:
    """Set every style that the brief uses."""
    _language(file, language)
    _paragraph(file, "Normal", 10.5, INK, after=6)
    for name, (size, colour) in SIZES.items():
        _paragraph(file, name, size, colour, after=4)
    for name, before in (("Heading 1", 18), ("Heading 2", 12), ("Heading 3", 8), ("Caption", 6)):
        _named(file, name).paragraph_format.space_before = Pt(before)
    _named(file, "Subtitle").font.italic = False
    _paragraph(file, "List Bullet", 10.5, INK, after=3)
    _paragraph(file, "Foedus Cell", 8.5, INK, after=1)
    _paragraph(file, "Foedus Gap", 4, INK, after=4)
    note = _paragraph(file, "Foedus Note", 9.5, INK, after=0)
    note.paragraph_format.left_indent = Pt(8)
    properties = cast("Any", note.element).get_or_add_pPr()
    put(properties, "w:pBdr").append(element("w:left", val="single", sz="24", space="6", color=SOFT))
    ground = put(properties, "w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", WASH)):
        ground.set(qn(f"w:{key}"), value)
    _letters(file)
    _table(file)


def tone_style(tone: Tone) -> str:
    """The style of a sign with its word within a line."""
    return f"Foedus {tone.value.title()}"


def put(properties: Any, tag: str) -> Any:  # noqa: ANN401  as above
    """A new property of a paragraph at the place that its sort has (ECMA-376 part 1, 17.3.1.26)."""
    made = element(tag)
    properties.insert_element_before(made, *AFTER[tag])
    return made


def shade(properties: Any, ground: str) -> None:  # noqa: ANN401  an element of python-docx
    """Shade letters or a cell by way of its properties."""
    properties.append(element("w:shd", val="clear", color="auto", fill=ground))


def element(tag: str, /, **attributes: str) -> Any:  # noqa: ANN401  python-docx gives its elements no common type
    """An element of WordprocessingML with its attributes (ECMA-376 part 1)."""
    made: Any = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _language(file: "WordFile", language: str) -> None:
    found: Any = file.styles.element.find(".//" + qn("w:lang"))
    if found is not None:
        found.set(qn("w:val"), language)
    settings: Any = file.settings.element.find(qn("w:themeFontLang"))
    if settings is not None:
        settings.set(qn("w:val"), language)


def _named(file: "WordFile", name: str) -> "ParagraphStyle":
    return cast("ParagraphStyle", file.styles[name])


def _paragraph(file: "WordFile", name: str, size: float, colour: str, after: float) -> "ParagraphStyle":
    if name in [style.name for style in file.styles]:
        style = _named(file, name)
    else:
        style = cast("ParagraphStyle", file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
        style.base_style = _named(file, "Normal")
    _font(style, size, colour)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.line_spacing = 1.1
    return style


def _font(style: "CharacterStyle", size: float | None, colour: str, font: str = FONT) -> None:
    if size is not None:
        style.font.size = Pt(size)
    style.font.color.rgb = RGBColor.from_string(colour)
    style.font.name = font
    fonts: Any = cast("Any", style.element).rPr.rFonts
    for part in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{part}"), None)  # a theme would go before the name
    fonts.set(qn("w:cs"), font)


def _letters(file: "WordFile") -> None:
    code = cast("CharacterStyle", file.styles.add_style(MONO, WD_STYLE_TYPE.CHARACTER))
    _font(code, None, INK, "Consolas")
    link = cast("CharacterStyle", file.styles.add_style(LINKED, WD_STYLE_TYPE.CHARACTER))
    _font(link, None, LINK)
    link.font.underline = True
    for tone in Tone:
        style = cast("CharacterStyle", file.styles.add_style(tone_style(tone), WD_STYLE_TYPE.CHARACTER))
        _font(style, None, INK)
        style.font.bold = True
        shade(cast("Any", style.element).get_or_add_rPr(), SHADES[tone].ground)


def _table(file: "WordFile") -> None:
    """A table of thin lines, with a shaded header row and bold heads of rows."""
    style: Any = file.styles.add_style("Foedus Table", WD_STYLE_TYPE.TABLE)
    style.base_style = file.styles["Normal Table"]
    made = style.element
    properties = element("w:tblPr")
    edges = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        edges.append(element(f"w:{side}", val="single", sz="4", space="0", color=LINE))
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w="70", type="dxa"))
    properties.append(edges)
    properties.append(margins)
    made.append(properties)
    for which in ("firstRow", "firstCol"):
        part = element("w:tblStylePr", type=which)
        letters = element("w:rPr")
        letters.append(element("w:b"))
        part.append(letters)
        if which == "firstRow":
            cell = element("w:tcPr")
            shade(cell, WASH)
            part.append(cell)
        made.append(part)
