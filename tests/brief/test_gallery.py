"""The gallery is what the program makes today: after a change, `make gallery` writes it again."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "docs"))
from gallery import CASES, ENDINGS, GALLERY, files, readme

CURE = "`make gallery` writes it again; read the difference before you keep it"


@pytest.mark.parametrize("name", CASES)
def test_a_brief_of_the_gallery_is_what_the_program_makes(name: str) -> None:
    for file, data in files(name).items():
        kept = (GALLERY / file).read_bytes().splitlines()
        assert data.splitlines() == kept, CURE


def test_the_gallery_holds_what_its_page_names_and_nothing_else() -> None:
    names = {"README.md", *(name + ending for name in CASES for ending in ENDINGS)}
    assert {path.name for path in GALLERY.iterdir()} == names
    assert (GALLERY / "README.md").read_text(encoding="utf-8") == readme()


def test_the_gallery_stays_small() -> None:
    assert sum(path.stat().st_size for path in GALLERY.iterdir()) < 3_000_000
