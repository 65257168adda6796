"""Makes docs/gallery: finished briefs, to be read without installing anything. `make gallery` writes them again."""

import sys
from pathlib import Path
from typing import Final

from foedus.api import brief
from foedus.brief.formats.registry import render

ROOT: Final = Path(__file__).resolve().parents[1]
GALLERY: Final = ROOT / "docs" / "gallery"
CASES: Final = {
    "ukraine-2025": "the case of the report of August 2025, with nine forms",
    "ukraine-2026": "the forms under discussion in 2026",
    "belgium-1914": "a historical case: the guarantee of Belgium's neutrality",
}
ENDINGS: Final = (".html", ".md")
"""The JSON has several MiB and is left out; `foedus brief CASE -o FILE.json` makes it."""
HEAD: Final = """# Finished briefs

Made by `foedus brief`, each from one case file, and made again with `make gallery`; a test holds them to the program.
They check the files, not the treaties; whether states keep their word is politics.

| case | what it is | read it as |
|---|---|---|
"""


def files(name: str) -> dict[str, bytes]:
    """The finished brief of one case in every format of the gallery, by the names of the files."""
    document = brief(ROOT / "cases" / f"{name}.yaml")
    return {name + ending: render(document, ending) for ending in ENDINGS}


def readme() -> str:
    """The page that says which there are."""
    rows = (
        f"| `{name}` | {words} | {', '.join(f'[{ending[1:]}]({name}{ending})' for ending in ENDINGS)} |\n"
        for name, words in CASES.items()
    )
    return HEAD + "".join(rows)


def main() -> None:
    """Write everything, and remove what is no part of it."""
    GALLERY.mkdir(exist_ok=True)
    made = {"README.md": readme().encode()}
    for name in CASES:
        made |= files(name)
        print(f"docs/gallery/{name}: {sum(len(data) for file, data in made.items() if file.startswith(name)):,} bytes")
    for file, data in made.items():
        (GALLERY / file).write_bytes(data)
    for path in GALLERY.iterdir():
        if path.name not in made:
            path.unlink()


if __name__ == "__main__":
    sys.exit(main())
