"""What was expected and what was found, in words: one line for the first screen, all of it for the rest."""

from collections.abc import Iterator
from typing import Final

from foedus.findings import Compared, Report
from foedus.wording import VERDICT_WORDS, Speaker, level, listed

NOT_TOLD: Final = "nothing, since the rule did not ask"
NOT_MET: Final = "NOT AS EXPECTED"
MET: Final = "As expected"
KEY_WORDS: Final = {
    "verdict": "the verdict",
    "promised_level": "the least owed in good faith",
    "weakest_level": "the weakest lawful response",
    "lawful_number": "how few can lawfully stop the help",
    "practical_number": "how few can stop it, by breach as well",
    "stoppers": "who can lawfully stop the help",
    "practical_stoppers": "who can stop it, by breach as well",
}


def expectation_line(report: Report) -> Iterator[str]:
    """The line of the first screen; none where the file expects nothing."""
    count, unmet = len(report.expectations), sum(bool(one.unmet) for one in report.expectations)
    all_of_them = f"{count} expectation{'s' if count > 1 else ''}"
    if unmet:
        yield f"Not as the file expects: {unmet} of {all_of_them} (--all shows {'each' if unmet > 1 else 'it'})"
    elif count:
        yield f"What the file expects was found: {all_of_them} (--all)"


def expectation_lines(report: Report, speaker: Speaker) -> Iterator[tuple[str, str, str]]:
    """Each expectation as how it stands, its place in a file and its words, those that are not met first."""
    for one in sorted(report.expectations, key=lambda one: not one.unmet):
        mark = NOT_MET if one.unmet else MET
        yield mark, f"{one.file}:{one.line}", expectation_words(one, speaker)


def expectation_words(one: Compared, speaker: Speaker) -> str:
    """What was expected; where something else was found that too, and by whom it was expected, when and why."""
    under = {"text": "", "all": ", over all readings"}.get(one.reading, f", under the reading “{one.reading}”")
    told = []
    for key, value in one.expected.items():
        words = _value(key, value, speaker)
        found = f"expected {words}, found {_value(key, one.found[key], speaker)}"
        told.append(f"{KEY_WORDS[key]}: {found if key in one.unmet else words}")
    name = speaker.instrument(one.instrument)
    return f"`{one.rule}` of {name}{under}: {'; '.join(told)}." + (
        f" Expected by {one.by} on {one.on}: {one.why.rstrip('.')}." if one.unmet else ""
    )


def _value(key: str, value: object, speaker: Speaker) -> str:
    if value is None:
        return NOT_TOLD
    if value == "not_flagged":
        return "HOLDS or NOT APPLICABLE"
    if key == "verdict":
        return VERDICT_WORDS[str(value)]
    if key.endswith("level") and isinstance(value, int):
        return level(value)
    if isinstance(value, list):
        return "; or ".join(listed(speaker.party(name) for name in chosen) for chosen in value) or "nobody"
    return str(value)
