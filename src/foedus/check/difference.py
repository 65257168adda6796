"""Two drafts of a text: what was changed, which faults came and went, who can stop the help before and after."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from foedus.case.stage import LoadedCase
from foedus.check.asked import Asked, UndecidedError
from foedus.check.changes import Change, changes
from foedus.check.lead import by_the_text, fails_by_the_text
from foedus.check.on_stage import Stage
from foedus.check.predecessor import promised_and_stopped
from foedus.check.relate import relations
from foedus.check.run import Options, bounds, run_over
from foedus.check.view import View
from foedus.check.views import TEXT, Views
from foedus.findings import VERSION, Finding, Verdict, finding_data
from foedus.law.incident import Incident
from foedus.law.records import Stoppers
from foedus.law.relation import Relation
from foedus.plain import plain, stoppers_data


@dataclass(frozen=True, slots=True)
class StopChange:
    """What is owed in good faith in one incident, and who can lawfully stop it, in the old draft and the new.

    Under the text as written and the first value of what is not known; ``None`` where the law could not answer.
    """

    incident: Incident
    before: tuple[int, Stoppers] | None
    after: tuple[int, Stoppers] | None


@dataclass(frozen=True, slots=True)
class Turned:
    """A check that applies to one of two drafts alone: what it says of the old one and of the new."""

    before: Finding
    after: Finding


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two drafts.

    ``veto_gained`` and ``veto_lost`` name the attackers who in one of the two alone can stop the help against
    themselves, each by its own refusal. Faults come and go by the texts as written, whatever the readings: what fails
    in one draft and does not in the other, though it is asked there as well, is ``gained`` or ``lost``; what is asked
    of one of the two alone is apart from these, whether it fails or holds.
    """

    case: LoadedCase
    old: str
    new: str
    changes: tuple[Change, ...]
    veto_gained: tuple[str, ...]
    veto_lost: tuple[str, ...]
    stops: tuple[StopChange, ...]
    gained: tuple[Finding, ...]
    lost: tuple[Finding, ...]
    newly_applicable: tuple[Turned, ...]
    no_longer_applicable: tuple[Turned, ...]
    relation: Relation
    bounds: tuple[str, ...]

    @property
    def new_faults(self) -> tuple[Finding, ...]:
        """What fails in the new draft by its text and did not in the old one, asked of that one or not."""
        return (*self.gained, *(one.after for one in self.newly_applicable if fails_by_the_text(one.after)))

    def to_dict(self) -> dict[str, Any]:
        """The difference as plain data; docs/reference/json.md has every key."""
        return {
            "foedus": VERSION,
            "old": self.old,
            "new": self.new,
            "changes": [plain(change) for change in self.changes],
            "veto_gained": list(self.veto_gained),
            "veto_lost": list(self.veto_lost),
            "stops": [
                {"incident": plain(stop.incident), "before": _side(stop.before), "after": _side(stop.after)}
                for stop in self.stops
            ],
            "gained": [finding_data(finding) for finding in self.gained],
            "lost": [finding_data(finding) for finding in self.lost],
            "newly_applicable": [_turned(one) for one in self.newly_applicable],
            "no_longer_applicable": [_turned(one) for one in self.no_longer_applicable],
            "relation": plain(self.relation),
            "bounds": list(self.bounds),
        }


def difference(stage: Stage) -> Difference:
    """Hold the second text of a stage, the new draft, against the first."""
    case = stage.case
    old, new = (Views(case, staged) for staged in case.instruments)
    report = run_over(case, (old, new), Options(explain=False))
    before = {f.rule: f for f in report.findings if f.instrument == old.staged.id}
    after = {f.rule: f for f in report.findings if f.instrument == new.staged.id}
    both = [Turned(before[rule], finding) for rule, finding in after.items()]
    asked = [one for one in both if _applies(one.before) and _applies(one.after)]
    vetoes = _vetoes(old), _vetoes(new)
    return Difference(
        case=case,
        old=old.staged.id,
        new=new.staged.id,
        changes=changes(old.staged, new.staged),
        veto_gained=tuple(party for party in vetoes[1] if party not in vetoes[0]),
        veto_lost=tuple(party for party in vetoes[0] if party not in vetoes[1]),
        stops=tuple(_stops(old, new)),
        gained=tuple(one.after for one in asked if _came(one.before, one.after)),
        lost=tuple(one.before for one in asked if _came(one.after, one.before)),
        newly_applicable=tuple(one for one in both if _applies(one.after) and not _applies(one.before)),
        no_longer_applicable=tuple(one for one in both if _applies(one.before) and not _applies(one.after)),
        relation=relations(case, (old, new), drafts=True)[0],
        bounds=(*stage.assumed, *bounds(case)),
    )


def _applies(finding: Finding) -> bool:
    """Whether the text as written has what the check asks about, at least for some value of what is not known."""
    return by_the_text(finding) is not Verdict.NOT_APPLICABLE


def _came(one: Finding, other: Finding) -> bool:
    return fails_by_the_text(other) and not fails_by_the_text(one)


def _turned(one: Turned) -> dict[str, Any]:
    return {"before": finding_data(one.before), "after": finding_data(one.after)}


def _vetoes(views: Views) -> tuple[str, ...]:
    """The attackers who by their own refusal leave less of the help against themselves, under some unknown value."""
    found: dict[str, None] = {}
    for _, view in views.of(TEXT):
        for attacker in view.space.attackers:
            others = any(victim != attacker for victim in view.space.victims)
            if others and attacker not in found and _has_veto(view, attacker):
                found[attacker] = None
    return tuple(attacker for attacker in views.of(TEXT)[0][1].space.attackers if attacker in found)


def _has_veto(view: View, attacker: str) -> bool:
    refusing = Asked(refusing=frozenset({attacker}))
    for incident in view.help_classes((attacker,), attacker_refuses=True):
        try:
            if view.level(incident, refusing) < view.level(incident):
                return True
        except UndecidedError:
            continue
    return False


def _stops(old: Views, new: Views) -> Iterator[StopChange]:
    before, after = old.of(TEXT)[0][1], new.of(TEXT)[0][1]
    for kind in after.space.kinds:
        incident = replace(after.base, kind=kind)
        yield StopChange(incident, promised_and_stopped(before, incident), promised_and_stopped(after, incident))


def _side(found: tuple[int, Stoppers] | None) -> dict[str, Any] | None:
    return None if found is None else {"promised_level": found[0], "stoppers": stoppers_data(found[1], None)}
