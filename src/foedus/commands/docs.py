"""``foedus docs``."""

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from foedus.commands.printing import not_known
from foedus.errors import BadInput, Problem


def docs(
    page: Annotated[str, typer.Argument(metavar="PAGE", help="a page, such as tutorial or how-to")] = "index",
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="open it in the browser")] = True,
) -> None:
    """Open the manual, which came with the program and needs no network."""
    folder = Path(str(files("foedus") / "library" / "manual"))
    if not (folder / "index.html").is_file():
        cure = "it comes with the installed program; in a checkout, `make site` builds it"
        raise BadInput([Problem(None, "the manual is not built", cure)])
    known = {found.relative_to(folder).with_suffix("").as_posix(): found for found in sorted(folder.rglob("*.html"))}
    by_name = {name.rsplit("/", 1)[-1]: found for name, found in known.items()} | known
    if page not in by_name:
        not_known("page of the manual", page, [name for name in known if name not in ("genindex", "search")])
    print(by_name[page])
    if open_page:
        import webbrowser

        webbrowser.open(by_name[page].resolve().as_uri())
