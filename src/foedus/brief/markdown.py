"""Every finding of a report as Markdown: for a memo or a pull request."""

from collections.abc import Iterator
from typing import Final

from foedus.brief.full import Line, full_lines
from foedus.case.stage import LoadedCase
from foedus.findings import Report

MARKS: Final = {"title": "# ", "heading": "## ", "words": "", "item": "- ", "under": "  - ", "end": ""}


def report_markdown(case: LoadedCase, report: Report) -> str:
    """Return every finding of a report as Markdown."""
    return "\n".join(_set(case, report)) + "\n"


def _set(case: LoadedCase, report: Report) -> Iterator[str]:
    before = ""
    for line in full_lines(case, report):
        if before and not (line.sort == "under" or (line.sort == "item" and before in ("item", "under"))):
            yield ""
        yield MARKS[line.sort] + _words(line)
        before = line.sort


def _words(line: Line) -> str:
    strong = f"**{line.strong}**" if line.strong else ""
    return strong + line.words + (f" (`{line.rule}`)" if line.rule else "")
