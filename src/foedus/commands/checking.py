"""What ``foedus check`` does once its words are read: load, check, print."""

from typing import Final

from foedus.commands.formats import CheckFormat, FailOn
from foedus.commands.printing import exit_code, print_json, watched

EXPANDED: Final = frozenset("*?[~$%")
"""Where one of these stands in a word typer may put something else in its place, as the shell of Windows does not."""


def plainly_asked(words: list[str]) -> str | None:
    """The case of `check CASE` without any option; ``None`` for every other command line."""
    match words:
        case ["check", case] if case and not case.startswith("-") and EXPANDED.isdisjoint(case):
            return case
    return None


def checked_plainly(case: str) -> int:
    """Do what `check CASE` does without options, and return the exit code. Raises ``BadInput``."""
    return checked(case, (), (), None, everything=False, fail_on=FailOn.defect, format=CheckFormat.text)


def checked(
    case: str,
    rules: tuple[str, ...],
    instruments: tuple[str, ...],
    at_least: str | None,
    *,
    everything: bool,
    fail_on: FailOn,
    format: CheckFormat,
) -> int:
    """Load, check and print a case; return the exit code. Raises ``BadInput``."""
    from foedus.api import check_names, level_named
    from foedus.case.load import load
    from foedus.check.run import Options, asked_for, run

    loaded = load(case)
    on_screen = format == "text" and not everything
    alone = len(instruments or loaded.instruments) == 1
    options = Options(rules, level_named(at_least), instruments, explain=alone or not on_screen, lead_only=on_screen)
    check_names(loaded, options)
    report = run(loaded, options, watched(len(instruments or loaded.instruments)))
    loaded = asked_for(loaded, options)
    if format == "json":
        print_json(report.to_dict())
    elif format == "sarif":
        from foedus import __version__
        from foedus.brief.sarif import report_sarif

        print_json(report_sarif(loaded, report, __version__))
    elif format == "markdown":
        from foedus.brief.markdown import report_markdown

        print(report_markdown(loaded, report), end="")
    elif everything:
        from foedus.brief.full import report_text

        print(report_text(loaded, report))
    else:
        from foedus.brief.screen import first_screen

        print(first_screen(loaded, report))
    return exit_code(report, fail_on)
