"""One self-contained HTML page: no script, nothing fetched, readable on paper and aloud."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from foedus.assessment import Assessment
from foedus.brief.assemble import NOT_THE_TREATY, assemble

TEMPLATES = Path(__file__).parent / "templates"


def render_page(assessment: Assessment) -> str:
    """Return the page as text. Every word of a case is escaped: case files come from strangers."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("briefing.html.j2")
    return template.render(page=assemble(assessment), not_the_treaty=NOT_THE_TREATY)
