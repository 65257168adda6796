"""Which finding is told first."""

from collections.abc import Sequence

from foedus.findings import CLASS_ORDER, Class, Finding, Verdict


def lead(findings: Sequence[Finding], instrument: str) -> Finding | None:
    """The finding told first: the worst that fails and nobody has accepted, of the first attacker before others.

    A fact that is no fault is told first only where nothing but such facts was asked for.
    """
    own = [f for f in findings if f.instrument == instrument]
    facts_alone = all(f.kind is Class.DESCRIPTION for f in own)
    bad = [f for f in own if f.is_bad and not f.accepted and (facts_alone or f.kind is not Class.DESCRIPTION)]
    first = next((f.outcome.where.attacker for f in findings if f.code == "C01" and f.outcome.incident), None)

    def rank(finding: Finding) -> tuple[bool, bool, int, bool]:
        incident = finding.outcome.incident
        elsewhere = incident is not None and incident.attacker != first
        undecided = finding.verdict is Verdict.UNDECIDED
        return undecided, not fails_by_the_text(finding), CLASS_ORDER.index(finding.kind), elsewhere

    return min(bad, key=rank, default=None)


def fails_by_the_text(finding: Finding) -> bool:
    """Whether it fails with no reading laid over, at least for some value of the unknowns."""
    return any(result.reading == "text" and result.outcome.verdict is Verdict.FAILS for result in finding.by_reading)


def by_the_text(finding: Finding) -> Verdict:
    """The verdict with no reading laid over, over all values of the unknowns."""
    return next(result.verdict for result in finding.by_reading if result.reading == "text")
