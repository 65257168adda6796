"""The smallest edits of a text after which a finding is gone and no new one has come, each proved by a fresh check."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import combinations
from math import comb, inf
from typing import Any, Final

from foedus.case.resolve import resolve
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.check.asked import Asked, UndecidedError
from foedus.check.cures import NOTHING_LEFT, can_matter, lifts_for_nothing, raises_past_a_conflict
from foedus.check.edits import ORDERED, Edit, edited
from foedus.check.edits_offered import offered_edits
from foedus.check.new_duty import with_newcomer
from foedus.check.rule import Rule
from foedus.check.rules import RULES
from foedus.check.view import View
from foedus.check.views import TEXT, Views
from foedus.findings import Class, Finding, Outcome, Verdict
from foedus.law.incident import Incident
from foedus.law.records import Stoppers
from foedus.plain import plain

Progress = Callable[[int, int, int], None]
"""Told the number of edits, the how-manieth combination this is, and how many there are."""
MOST_EDITS: Final = 6
"""The largest number of edits that are made together."""
MOST_PAIRS: Final = 1_000
"""Up to so many pairs all are tried; otherwise, and of three and more, only combinations of edits that help alone."""
MOST_TRIED: Final = 3_000
"""Combinations of one size that are tried."""
MOST_HALF: Final = 2
"""Half cures that are told where there is a whole one."""
LIGHTER: Final = frozenset({("drop-wait", "drop-precondition"), ("new-duty", "new-guarantor")})
"""Kinds of edit of which the first is enough where both cure."""
COUNTED: Final = frozenset({Class.DEFECT, Class.CAUTION})


@dataclass(frozen=True, slots=True)
class NewDuty:
    """Who owes more than before in the incident of the finding: levels before and after, with the same refusals."""

    party: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Cure:
    """Some edits after which the finding is gone.

    ``half`` says that the same help can still be stopped lawfully by one alone, whom ``stoppers`` names. ``elsewhere``
    are bodies that it changes and that have members who are no party to the text, so that their rules are not its to
    write. ``removes`` are all findings that go with it, ``makes`` the cautions that come, ``readings`` those that fall
    away because they read words that are edited.
    """

    edits: tuple[Edit, ...]
    half: bool
    elsewhere: tuple[str, ...]
    stoppers: Stoppers | None
    removes: tuple[str, ...]
    makes: tuple[str, ...]
    duties: tuple[NewDuty, ...]
    readings: tuple[str, ...]
    instrument: StagedInstrument


@dataclass(frozen=True, slots=True)
class FixResult:
    """The cures of one finding (or of all defects of an instrument), smallest first.

    ``candidates`` is how many edits the language offers for the text, ``tried`` how many combinations of 1, 2, ... of
    them were tried; ``all_tried`` up to which number of edits these are all there are, so that none smaller exists.
    """

    case: str
    instrument: str
    rules: tuple[str, ...]
    incident: Incident | None
    refusing: tuple[str, ...]
    cures: tuple[Cure, ...]
    candidates: int
    tried: tuple[int, ...]
    all_tried: int

    def to_dict(self) -> dict[str, Any]:
        """The whole result as plain data; an edit is told by its kind, its place and its changes."""
        data = {field.name: plain(getattr(self, field.name)) for field in fields(self) if field.name != "cures"}
        return {**data, "cures": [_cure_data(cure) for cure in self.cures]}


def fix(
    case: LoadedCase,
    staged: StagedInstrument,
    findings: Sequence[Finding],
    *,
    most: int = 5,
    progress: Progress | None = None,
) -> FixResult:
    """Return the smallest cures that remove all these findings of one instrument at once, at most ``most``.

    A cure removes a finding if its property holds under the text alone and fails under no reading of words that are
    still there. It makes no other defect, and in no incident is less owed in good faith; what it makes
    of cautions is told. The search ends with the first number of edits at which some cure is whole.
    """
    search = _Search(case, staged, findings)
    cures: list[Cure] = []
    tried: list[int] = []
    for size in range(1, MOST_EDITS + 1):
        chosen = search.combinations(size, cures)
        for number, edits in enumerate(chosen, start=1):
            if progress is not None:
                progress(size, number, len(chosen))
            if not weaker_cures(edits, cures) and (cure := search.cure(edits)) is not None:
                cures.append(cure)
        tried.append(len(chosen))
        if any(not cure.half for cure in cures) or not chosen:
            break
    first = findings[0].outcome
    return FixResult(
        case=case.id,
        instrument=staged.id,
        rules=tuple(finding.rule for finding in findings),
        incident=first.incident,
        refusing=first.refusing,
        cures=_chosen(cures, most),
        candidates=len(search.candidates),
        tried=tuple(tried),
        all_tried=min(search.all_tried, len(tried)),
    )


def _chosen(cures: Sequence[Cure], most: int) -> tuple[Cure, ...]:
    """The smallest whole cures, then the smallest half ones."""
    clean_first = sorted(cures, key=lambda cure: (len(cure.edits), bool(cure.elsewhere), bool(cure.makes)))
    whole = [cure for cure in clean_first if not cure.half]
    half = [cure for cure in clean_first if cure.half]
    return (*whole[:most], *half[: most if not whole else MOST_HALF])


class _Search:
    """What stays the same while edits are tried."""

    def __init__(self, case: LoadedCase, staged: StagedInstrument, findings: Sequence[Finding]) -> None:
        self.case: Final = case
        self.staged: Final = staged
        self.findings: Final = tuple(findings)
        self._names: Final = frozenset(finding.rule for finding in findings)
        self.candidates: Final = can_matter(offered_edits(case, staged), self._names)
        self._views: Final = Views(case, staged)
        self._targets: Final = tuple(rule for rule in RULES if rule.name in self._names)
        self._failing: Final = {rule.name: _failing(self._views, rule) for rule in RULES}
        self._helpful: tuple[Edit, ...] | None = None
        self._first: Final = self._views.view(resolve(staged))

    @property
    def all_tried(self) -> int:
        """Up to how many edits all combinations are tried."""
        return 2 if comb(len(self.candidates), 2) <= MOST_PAIRS else 1

    def combinations(self, size: int, cures: Sequence[Cure]) -> list[tuple[Edit, ...]]:
        """The combinations of edits of one size that are tried, lightest first; none contains a whole cure."""
        whole = [set(map(id, cure.edits)) for cure in cures if not cure.half]
        among = self.candidates if size <= self.all_tried else self.helpful()
        found: list[tuple[Edit, ...]] = []
        for edits in combinations(among, size):
            paths = [path for edit in edits for path, _ in edit.changes]
            if len({edit.place for edit in edits}) < size or len(set(paths)) < len(paths):
                continue
            if lifts_for_nothing(edits, self._names) or raises_past_a_conflict(edits, self._names):
                continue
            chosen = set(map(id, edits))
            if not any(done <= chosen for done in whole):
                found.append(edits)
            if len(found) == MOST_TRIED:
                break
        return found

    def helpful(self) -> tuple[Edit, ...]:
        """The edits that alone change anything in what the rules in question say of the text."""
        if self._helpful is None:
            before = self._told(self._views)
            self._helpful = tuple(
                edit
                for edit in self.candidates
                if (after := edited(self.staged, [edit])) is not None
                and self._told(Views(with_newcomer(self.case, after), after)) != before
            )
        return self._helpful

    def _told(self, views: Views) -> list[Outcome]:
        view = views.trial(resolve(views.staged))
        return [views.outcome(rule, view) for rule in self._targets]

    def cure(self, edits: tuple[Edit, ...]) -> Cure | None:
        """The cure that some edits are, or ``None``."""
        after = edited(self.staged, edits)
        if after is None:
            return None
        views = Views(with_newcomer(self.case, after), after)
        if not all(self._is_removed(views, rule) for rule in self._targets) or self._gives_less(views):
            return None
        failing = {rule.name: _failing(views, rule) for rule in RULES}
        made = {name: now for name, now in failing.items() if now.keys() - self._failing[name].keys()}
        if any(_worse(now, self._failing[name]) for name, now in failing.items()):
            return None
        view = views.view(resolve(after))
        stoppers = self._still_stopped_by(views)
        return Cure(
            edits=edits,
            half=stoppers is not None and stoppers.number == 1,
            elsewhere=self._elsewhere(edits),
            stoppers=stoppers,
            removes=tuple(
                f"{name}@{after.id}" for name, before in self._failing.items() if TEXT in before and not failing[name]
            ),
            makes=tuple(f"{name}@{after.id}" for name in made),
            duties=self._duties(view),
            readings=tuple(name for name in self.staged.readings if name not in after.readings),
            instrument=after,
        )

    def _is_removed(self, views: Views, rule: Rule) -> bool:
        """Whether a property holds wherever it failed; that nothing is left to speak of is seldom a cure."""
        if any(_is_bad(outcome) or outcome.verdict is Verdict.DEPENDS for _, outcome in _outcomes(views, rule)):
            return False  # of a rule that is to be mended a mere fact counts too, and what hangs on an unknown
        if rule.name in NOTHING_LEFT:
            return True
        before = [name for name in (TEXT, *self._failing[rule.name]) if name in (TEXT, *views.staged.readings)]
        return all(_holds_somewhere(views, rule, name) for name in dict.fromkeys(before))

    def _elsewhere(self, edits: tuple[Edit, ...]) -> tuple[str, ...]:
        ours = frozenset(self.staged.members)
        bodies = {body.id: body for body in resolve(self.staged).bodies}
        changed = dict.fromkeys(edit.owner for edit in edits if edit.part == "bodies")
        return tuple(id for id in changed if not ours.issuperset(bodies[id].members))

    def _gives_less(self, views: Views) -> bool:
        """Whether in some incident less is owed in good faith than before, or a clause now waits for ever."""
        view = views.trial(resolve(views.staged))
        if view.meaning.endless - self._first.meaning.endless:
            return True
        try:
            return any(view.level(incident) < self._first.level(incident) for incident in self._first.help_classes())
        except UndecidedError:
            return True

    def _still_stopped_by(self, views: Views) -> Stoppers | None:
        """Who can still lawfully stop the help that the findings are about, the easiest; ``None`` if they are not."""
        found: list[Stoppers] = []
        for finding in self.findings:
            outcome = finding.outcome
            if outcome.lawful is None or outcome.incident is None or not outcome.promised_level:
                continue
            told = next(result.reading for result in finding.by_reading if result.outcome is outcome)
            view = views.view(resolve(views.staged, told if told in views.staged.readings else None))
            incident = _late(outcome.incident, view)
            asked = Asked(reachable=view.level(incident) < outcome.promised_level)
            try:
                found.append(view.stoppers(incident, outcome.promised_level, practical=False, asked=asked))
            except UndecidedError:
                continue
        promised = [stoppers for stoppers in found if stoppers.number != 0]
        return min(promised, key=lambda stoppers: inf if stoppers.number is None else stoppers.number, default=None)

    def _duties(self, view: View) -> tuple[NewDuty, ...]:
        outcome = self.findings[0].outcome
        incident = outcome.incident or self._first.base
        before = _levels(self._first, incident, outcome.refusing)
        after = _levels(view, _late(incident, view), outcome.refusing)
        return tuple(
            NewDuty(party, before.get(party, 0), level)
            for party, level in after.items()
            if level > before.get(party, 0)
        )


def weaker_cures(edits: Sequence[Edit], cures: Sequence[Cure]) -> bool:
    """Whether one of the cures asks for the same with less, or is a part of these edits and whole."""
    return any(
        all(any(_does_as_much(edit, done) for edit in edits) for done in cure.edits)
        and (not cure.half or len(cure.edits) == len(edits))
        for cure in cures
    )


def _does_as_much(edit: Edit, done: Edit) -> bool:
    if edit.owner == done.owner and (done.kind, edit.kind) in LIGHTER:
        return True
    return edit is done or (edit.place == done.place and edit.kind in ORDERED and done.strength <= edit.strength)


def _failing(views: Views, rule: Rule) -> dict[str, Class]:
    """The readings under which a rule of a class that counts fails or is not settled, with the worst class."""
    found: dict[str, Class] = {}
    for reading, outcome in _outcomes(views, rule):
        kind = outcome.kind or rule.kind
        if _is_bad(outcome) and kind in COUNTED and found.get(reading) is not Class.DEFECT:
            found[reading] = kind
    return found


def _outcomes(views: Views, rule: Rule) -> Iterator[tuple[str, Outcome]]:
    """What a rule says under the text and each reading, with every choice of what is unknown that is tried."""
    for reading in (TEXT, *views.staged.readings):
        name = None if reading == TEXT else reading
        for completion in views.completions(reading).tried:
            yield reading, views.outcome(rule, views.trial(resolve(views.staged, name, completion)))


def _holds_somewhere(views: Views, rule: Rule, reading: str) -> bool:
    name = None if reading == TEXT else reading
    forms = (resolve(views.staged, name, chosen) for chosen in views.completions(reading).tried)
    return any(views.outcome(rule, views.trial(form)).verdict is Verdict.HOLDS for form in forms)


def _worse(now: dict[str, Class], before: dict[str, Class]) -> bool:
    """Whether there is a defect where there was none."""
    return any(kind is Class.DEFECT and before.get(reading) is not Class.DEFECT for reading, kind in now.items())


def _is_bad(outcome: Outcome) -> bool:
    return outcome.verdict in (Verdict.FAILS, Verdict.UNDECIDED)


def _late(incident: Incident, view: View) -> Incident:
    """The incident at the hour and length at which every clock of the edited text has run out."""
    return replace(incident, hour=view.base.hour, lasting=view.base.lasting)


def _levels(view: View, incident: Incident, refusing: tuple[str, ...]) -> dict[str, int]:
    """The level that each party owes although some refuse."""
    found: dict[str, int] = {}
    for level in view.rungs:
        for party in view.providers(incident, level, Asked(refusing=frozenset(refusing))):
            found.setdefault(party, level)
    return found


def _cure_data(cure: Cure) -> dict[str, Any]:
    return {
        "edits": [
            {
                "kind": edit.kind,
                "part": edit.part,
                "owner": edit.owner,
                "set": {".".join(map(str, path)): value for path, value in edit.changes},
            }
            for edit in cure.edits
        ],
        "half": cure.half,
        "bodies_of_others": list(cure.elsewhere),
        "still_stopped_by": [sorted(chosen) for chosen in cure.stoppers.sets(200)] if cure.stoppers else [],
        "removes": list(cure.removes),
        "makes": list(cure.makes),
        "newly_owed": [plain(duty) for duty in cure.duties],
        "readings_fallen_away": list(cure.readings),
    }
