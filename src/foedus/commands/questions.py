"""``foedus questions``."""

from foedus.commands.arguments import CaseArgument, Format
from foedus.commands.formats import ListFormat
from foedus.commands.printing import print_json, watched


def questions(case: CaseArgument, format: Format = ListFormat.text) -> None:
    """The open questions of a case, each with a one-line answer and the command that shows more."""
    from foedus.brief.lists import questions_text
    from foedus.case.load import load
    from foedus.check.questions import answered
    from foedus.check.run import Options, run
    from foedus.plain import plain

    loaded = load(case)
    report = run(loaded, Options(explain=False), watched(len(loaded.instruments)))
    found = answered(loaded, report)
    if format == "json":
        print_json([plain(question) for question in found])
    else:
        print(questions_text(loaded, found))
