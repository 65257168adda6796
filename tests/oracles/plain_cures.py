"""The smallest cures by trying every edit, each as a changed file that is read and checked from the start.

A second, slow program beside ``foedus.check.fix``: it shares the list of edits and the writing of files, and nothing of
the search (which edits can matter, what is tried, what is left out, how a cure is judged).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product

from foedus.case.load import load_text
from foedus.case.resolve import resolve
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.check.edits import Edit, edited
from foedus.check.edits_offered import offered_edits
from foedus.check.patch import patch_of
from foedus.check.run import Options, run
from foedus.check.views import Views
from foedus.findings import Class, Finding, Verdict
from foedus.law.incident import Incident

Report = dict[str, Finding]


def smallest_cures(text: str, rule: str, most_pairs: int) -> tuple[int, list[tuple[Edit, ...]]]:
    """The number of edits of the smallest cures and all of these; 0 where one or two edits (if tried) are no cure."""
    case = load_text(text, "case.yaml")
    staged = case.instruments[0]
    before = checked(case)
    edits = offered_edits(case, staged)
    sizes = (1, 2) if len(edits) * (len(edits) - 1) // 2 <= most_pairs else (1,)
    for size in sizes:
        tried = (some for some in combinations(edits, size) if not _lifts(some, rule))
        found = [some for some in tried if _cures(text, case, staged, rule, some, before)]
        if found:
            return size, found
    return 0, []


def _lifts(edits: Sequence[Edit], rule: str) -> bool:
    """Whether a ban would be lifted that stands in nobody's way: neither is a conflict to be mended, nor more owed.

    Or the other way round: of a conflict of duties more would be owed, and the ban would stay.
    """
    kinds = {edit.kind for edit in edits}
    more_owed = kinds & {"raise-least", "help-itself", "make-duty", "new-duty", "new-guarantor"}
    lifted = kinds & {"lift-prohibition", "except-defence"}
    if rule == "no-conflict-of-duties":
        return bool(more_owed) and not lifted and "adopt-reading" not in kinds
    return bool(lifted) and not more_owed


def checked(case: LoadedCase) -> Report:
    """What every rule says of the only text of a case."""
    return {finding.rule: finding for finding in run(case, Options(explain=False)).findings}


def _cures(
    text: str, case: LoadedCase, staged: StagedInstrument, rule: str, edits: Sequence[Edit], before: Report
) -> bool:
    paths = [path for edit in edits for path, _ in edit.changes]
    if len({edit.place for edit in edits}) < len(edits) or len(set(paths)) < len(paths):
        return False
    result = edited(staged, edits)
    if result is None:
        return False
    after = load_text(patch_of(case, staged, text, tuple(edits), result).after, "case.yaml")
    now = checked(after)
    enough = [Verdict.HOLDS]
    if rule in ("no-conflict-of-duties", "can-be-done-in-order"):
        enough.append(Verdict.NOT_APPLICABLE)  # no ban stands beside a duty, no step waits: nothing is wrong any more
    if now[rule].verdict not in enough:
        return False
    worse = [name for name in now if _defect_under(now[name]) - _defect_under(before[name])]
    return not worse and not _gives_less(case, after)


def _defect_under(finding: Finding) -> set[str]:
    return {
        result.reading
        for result in finding.by_reading
        if result.outcome.verdict in (Verdict.FAILS, Verdict.UNDECIDED)
        and (result.outcome.kind or finding.kind) is Class.DEFECT
    }


def _gives_less(before: LoadedCase, after: LoadedCase) -> bool:
    """Whether in some incident of the case less is owed in good faith, or more clauses wait for each other for ever."""
    views = [Views(case, case.instruments[0]) for case in (before, after)]
    old, new = (one.view(resolve(one.staged)) for one in views)
    if new.meaning.endless - old.meaning.endless:
        return True
    return any(new.level(incident) < old.level(incident) for incident in _incidents(old.base, before))


def _incidents(base: Incident, case: LoadedCase) -> Iterator[Incident]:
    """Of those that the case looks at, the ones that a text of ``random_texts`` can tell apart."""
    for attacker, kind in product(case.attackers, ("full_invasion", "raid")):
        yield replace(base, attacker=attacker, kind=kind)
