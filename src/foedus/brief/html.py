"""The page: one self-contained HTML file without script, readable without colour and printable."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from foedus.brief.page_model import page_view
from foedus.findings import Assessment


def render_page(assessment: Assessment) -> str:
    """Return the whole page; everything from the case is escaped."""
    return _environment().get_template("page.html.j2").render(page=page_view(assessment)) + "\n"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("foedus.brief"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
