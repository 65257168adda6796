"""What a brief tells of the table: every part that `foedus negotiate` has, with its picture, or why there is none."""

from functools import cache
from pathlib import Path

import pytest

from foedus.api import brief, negotiate
from foedus.brief.document import BulletList, Document, Heading, Note, NoteKind, Paragraph, Picture, Section, line_text
from foedus.brief.talks_screen import parts
from foedus.case.load import load

CASES = Path(__file__).resolve().parents[2] / "cases"
CUBA = CASES / "cuba-1962.yaml"


@cache
def made(case: Path | str, audience: str = "brief") -> Document:
    return brief(case, audience=audience)


def table(document: Document) -> Section:
    return next(section for section in document.sections if section.id == "table")


def words(section: Section) -> list[str]:
    """Every line of text in the order in which it is read."""
    found = []
    for block in section.blocks:
        if isinstance(block, Heading):
            found.append(block.text)
        elif isinstance(block, Paragraph):
            found.append(line_text(block.line))
        elif isinstance(block, BulletList):
            found += [line_text(item.line) for item in block.items]
    return found


def test_every_line_of_the_answer_is_in_the_brief_in_its_order() -> None:
    case = load(CUBA)
    answered = [line for _, lines in parts(case, negotiate(CUBA)) for _, line in lines]
    assert words(table(made(CUBA))) == [line.replace("`", "") for line in answered]


def test_the_pictures_say_in_words_what_they_show() -> None:
    pictures = [block for block in table(made(CUBA)).blocks if isinstance(block, Picture)]
    assert [picture.caption for picture in pictures] == ["What each side gave and promised", "Who stands where"]
    for picture in pictures:
        assert "Soviet Union" in picture.alt
        assert "<svg " in picture.svg()
        assert picture.png().startswith(b"\x89PNG")


def test_a_reader_in_a_hurry_has_the_answer_in_short_and_the_same_pictures() -> None:
    short, whole = table(made(CUBA, "journalist")), table(made(CUBA))
    assert 0 < len(words(short)) < len(words(whole))
    assert [b for b in short.blocks if isinstance(b, Picture)] == [b for b in whole.blocks if isinstance(b, Picture)]


@pytest.mark.parametrize("case", ["istanbul-2022-draft"])
def test_without_a_table_the_brief_says_so(case: str) -> None:
    (block,) = table(made(case)).blocks
    assert isinstance(block, Note)
    assert block.kind is NoteKind.SKIPPED
