"""The parts of a brief: their order, skipped stages, cures on request, and values with and without a source."""

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from foedus.api import brief
from foedus.brief.document import BulletList, Document, Grid, Note, NoteKind, Paragraph, line_text
from foedus.brief.sections import stages
from foedus.brief.values import values
from foedus.case.load import load_text
from foedus.errors import BadInput
from foedus.wording import Speaker

sys.path.insert(0, str(Path(__file__).parent))
from many_forms import case_of
from small_race import SMALL
from test_veto_picture import form, staged

WITHOUT = SMALL.replace(SMALL[SMALL.index("world:") :], "")


def small(text: str) -> Document:
    return brief(load_text(text, "small.yaml"))


def words(document: Document, section: str) -> list[str]:
    """The lines of one section."""
    lines: list[str] = []
    for block in next(one for one in document.sections if one.id == section).blocks:
        match block:
            case Paragraph():
                lines.append(line_text(block.line))
            case BulletList():
                lines += [line_text(item.line) for item in block.items]
            case Note():
                lines += [line_text(line) for line in block.lines]
            case Grid():
                lines += [cell.text for row in block.rows for cell in (row.head, *row.cells)]
    return lines


def test_the_parts_stand_in_the_order_in_which_they_are_read() -> None:
    ids = [section.id for section in small(SMALL).sections]
    assert ids == ["bottom-line", "side-by-side", "findings", "race", "table", "unknown", "sources-annex"]


def test_every_stage_brings_its_part_by_one_file() -> None:
    names = [one.name for one in iter_modules(stages.__path__)]
    assert "race" in names
    orders = [import_module(f"{stages.__name__}.{name}").ORDER for name in names]
    assert len(orders) == len(set(orders))


def test_a_stage_that_was_skipped_says_why() -> None:
    (note,) = next(one for one in small(WITHOUT).sections if one.id == "race").blocks
    assert isinstance(note, Note)
    assert note.kind is NoteKind.SKIPPED
    assert "no race was run: the case" in line_text(note.lines[0]).casefold()


def test_what_a_stage_assumes_stands_beside_its_results() -> None:
    part = next(one for one in small(SMALL).sections if one.id == "race")
    assert any(isinstance(block, Note) and block.kind is NoteKind.ASSUMPTIONS for block in part.blocks)


def test_the_cheapest_cure_is_told_where_it_was_asked_for() -> None:
    case = staged(form("all", "unanimity"))
    with_cure, without = brief(case, fixes=True), brief(case)
    ((finding, cure),) = with_cure.results["cures"].items()
    assert finding.endswith("@all")
    assert f"Cheapest change of the text that mends it: {cure.replace('`', '')}" in words(with_cure, "findings")
    assert without.results["cures"] is None
    assert not [line for line in words(without, "findings") if line.startswith("Cheapest")]


def test_what_has_no_source_is_counted_and_named() -> None:
    # the clause, the objective and the force: three entries that could name a source, and none does
    told = words(small(SMALL), "unknown")
    assert "Entries of the file that can name a source: 3; without one: 3." in told
    assert any("No article (clause “aid”): " in line for line in told)
    # here the clause names one
    told = words(small(case_of(1)), "unknown")
    assert "Entries of the file that can name a source: 1; without one: none." in told


def test_a_value_is_told_with_its_interval() -> None:
    case = load_text(SMALL.replace("within: 40 h", "within: {low: 30 h, high: 50 h}"), "small.yaml")
    assert "the town is taken: within 30 to 50 hours" in [value.says for value in values(case, Speaker(case))]


def test_the_unverified_stand_apart() -> None:
    text = (
        case_of(2)
        .replace("        source: news\n", "        source: rumour\n", 1)
        .replace("sources: {", "sources: {rumour: {kind: statement, said_by: somebody}, ")
    )
    grids = {block.id: block for block in small(text).blocks() if isinstance(block, Grid)}
    assert [len(grids[name].rows) for name in ("unverified", "verified")] == [1, 1]
    assert grids["unverified"].rows[0].cells[1].text == "somebody"


def test_the_seed_and_the_sum_of_the_file_are_told(tmp_path: Path) -> None:
    import hashlib

    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8", newline="\r\n")
    told = words(brief(file, seed=7), "sources-annex")
    # the sum is that of the text with line feeds, whatever the ends of its lines in the file
    assert any(hashlib.sha256(SMALL.encode()).hexdigest() in line for line in told)
    assert "Command: foedus brief small.yaml -o FILE --seed 7" in told
    assert str(tmp_path) not in " ".join(told)


def test_an_audience_and_a_yardstick_that_are_none_are_told_together() -> None:
    with pytest.raises(BadInput) as bad:
        brief("luxembourg-1867", audience="chief", yardstick="inches")
    assert [problem.message for problem in bad.value.problems] == [
        "`chief` is no audience", "`inches` is no yardstick",
    ]  # fmt: skip
