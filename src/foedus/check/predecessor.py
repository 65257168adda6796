"""What the text that an instrument replaces said on the same point: what a changed phrase does, in one line."""

from foedus.case.load import load
from foedus.case.resolve import completions, resolve
from foedus.case.shipped import instrument_ids
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.check.asked import UndecidedError
from foedus.check.view import View
from foedus.findings import Finding
from foedus.law.incident import Incident
from foedus.law.records import Stoppers
from foedus.wording import Speaker, level


def before(case: LoadedCase, staged: StagedInstrument, finding: Finding) -> str | None:
    """Who could stop the help under the superseded text, in one line; ``None`` where there is no such text.

    Asked of the text alone, for the first incident of that text's own case.
    """
    earlier_id = staged.model.supersedes
    if earlier_id is None or finding.outcome.lawful is None:
        return None
    found = _earlier(case, earlier_id)
    if found is None:
        return None
    earlier_case, earlier = found
    first = completions(earlier, None).tried[0]
    view = View(earlier_case, earlier, resolve(earlier, None, first))
    speaker = Speaker(earlier_case)
    asked = promised_and_stopped(view, view.base)
    if asked is None:
        return None
    promised, stoppers = asked
    if not promised:
        return f"The text before ({speaker.instrument(earlier.id)}): no help was promised at all."
    alone = "" if stoppers.number == 1 else "nobody alone; "
    return (
        f"The text before ({speaker.instrument(earlier.id)}; {level(promised)}): {alone}{speaker.stoppers(stoppers)}."
    )


def promised_and_stopped(view: View, incident: Incident) -> tuple[int, Stoppers] | None:
    """What is owed in good faith, and who can lawfully stop it; ``None`` where the law could not answer."""
    try:
        level = view.level(incident)
        return level, view.stoppers(incident, level, practical=False) if level else Stoppers(0)
    except UndecidedError:
        return None


def _earlier(case: LoadedCase, id: str) -> tuple[LoadedCase, StagedInstrument] | None:
    here = case.instrument(id)
    if here is not None:
        return case, here
    if id not in instrument_ids():
        return None
    alone = load(id)
    return alone, alone.instruments[0]
