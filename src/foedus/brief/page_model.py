"""What the page shows, put into words: plain frozen records that a template only has to lay out."""

from collections.abc import Iterable
from dataclasses import dataclass

from foedus.brief.screen import NOT_THE_TREATY, heading, required_words
from foedus.case.schema.clause import Clause
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.case.unknowns import describe_option
from foedus.check.lead import lead
from foedus.check.questions import what_it_is
from foedus.errors import needed
from foedus.findings import Answered, Assessment, Cell, Finding
from foedus.wording import KIND_WORDS, STATE_WORDS, VERDICT_WORDS, Speaker, acts, level, levels, listed, sentence


@dataclass(frozen=True, slots=True)
class CellView:
    """One field of the table of forms: words, and a shade from 0 to 5 that only repeats them."""

    weakest: str
    most: str
    who: str
    depends: bool
    shade: int


@dataclass(frozen=True, slots=True)
class RowView:
    """One kind of incident with a cell for each form."""

    kind: str
    asked: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding in words."""

    id: str
    verdict: str
    kind: str
    is_bad: bool
    sentence: str
    rule: str
    depends_on: tuple[str, ...]
    by_reading: tuple[tuple[str, str, str], ...]
    because: tuple[str, ...]
    before: str | None
    facts: tuple[tuple[str, str], ...]
    let_off: tuple[tuple[str, str, str], ...]
    rests_on: tuple[tuple[str, str, str, str, str], ...]
    accepted: str | None


@dataclass(frozen=True, slots=True)
class InstrumentView:
    """One form: what it is, its worst finding, all findings, its text as coded."""

    id: str
    heading: str
    what_it_is: str
    lead: FindingView | None
    bad: tuple[FindingView, ...]
    good: tuple[FindingView, ...]
    accepted: tuple[FindingView, ...]
    clauses: tuple[tuple[str, str, str, str, str], ...]
    readings: tuple[tuple[str, str, str], ...]
    unknowns: tuple[tuple[str, str, str, str], ...]
    sources: tuple[tuple[str, str, str], ...]
    coded: str


@dataclass(frozen=True, slots=True)
class PageView:
    """The whole page."""

    title: str
    as_of: str | None
    asked: str
    assumptions: tuple[str, ...]
    bounds: tuple[str, ...]
    caveat: str
    forms: tuple[str, ...]
    rows: tuple[RowView, ...]
    instruments: tuple[InstrumentView, ...]
    questions: tuple[Answered, ...]
    tables: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]], ...]


def page_view(assessment: Assessment) -> PageView:
    """Return everything the page says about an assessment."""
    case, report = assessment.case, assessment.report
    speaker = Speaker(case)
    staged = [needed(case.instrument(label.instrument)) for label in report.labels]
    return PageView(
        title=case.title,
        as_of=case.as_of,
        asked=required_words(case),
        assumptions=report.assumptions,
        bounds=report.bounds,
        caveat=NOT_THE_TREATY,
        forms=tuple(speaker.instrument(item.id) for item in staged),
        rows=_rows(assessment, [item.id for item in staged]),
        instruments=tuple(_instrument(assessment, item, speaker) for item in staged),
        questions=assessment.questions,
        tables=_tables(case, speaker),
    )


def _rows(assessment: Assessment, ids: Iterable[str]) -> tuple[RowView, ...]:
    cells = {(cell.instrument, cell.incident.kind): cell for cell in assessment.cells}
    kinds = dict.fromkeys(cell.incident.kind for cell in assessment.cells)
    ladder = [kind for kind in KIND_WORDS if kind != "internal_disorder"]
    order = [kind for kind in (*reversed(ladder), "internal_disorder") if kind in kinds]
    required = assessment.case.required
    return tuple(
        RowView(
            KIND_WORDS[kind],
            level(required.get(kind, 0)),
            tuple(_cell(cells.get((id, kind))) for id in ids),
        )
        for kind in order
    )


def _cell(cell: Cell | None) -> CellView:
    if cell is None:
        return CellView("not looked at", "", "", depends=False, shade=0)
    if cell.promised == (0, 0):
        return CellView("nothing promised", levels(*cell.most) if cell.most else "", "", cell.depends, 0)
    return CellView(
        levels(*cell.weakest), levels(*cell.most) if cell.most else "", _who(cell.stoppers), cell.depends,
        cell.weakest[0],
    )  # fmt: skip


def _who(stoppers: tuple[str, ...]) -> str:
    if len(stoppers) < 2:
        return "".join(stoppers)
    return f"at worst {stoppers[0]}; at best {stoppers[1]}"


def _instrument(assessment: Assessment, staged: StagedInstrument, speaker: Speaker) -> InstrumentView:
    report = assessment.report
    own = [finding for finding in report.findings if finding.instrument == staged.id]
    first = lead(report.findings, staged.id)
    views = {finding.id: _finding(finding, staged, speaker) for finding in own}
    model = staged.model
    return InstrumentView(
        id=staged.id,
        heading=heading(staged, speaker),
        what_it_is=what_it_is(report, staged.id),
        lead=views[first.id] if first is not None else None,
        bad=tuple(views[f.id] for f in own if f.is_bad and not f.accepted),
        good=tuple(views[f.id] for f in own if not f.is_bad and not f.accepted),
        accepted=tuple(views[f.id] for f in own if f.accepted),
        clauses=tuple(_clause(clause, speaker, staged) for clause in model.clauses),
        readings=tuple((name, reading.held_by, reading.says) for name, reading in model.readings.items()),
        unknowns=tuple(
            (
                site.name,
                "; ".join(describe_option(option) for option in site.options),
                site.note or "",
                listed(f.rule for f in own if site.name in f.decided_by) or "no verdict",
            )
            for site in staged.unknowns
        ),
        sources=tuple(
            (
                id,
                "; ".join(
                    part
                    for part in (s.title, s.said_by, s.where, *s.reported_by, s.outlet, s.day, s.address, s.note)
                    if part
                ),
                "read" if s.verified else "not verified",
            )
            for id, s in model.sources.items()
        ),
        coded=f"Coded by {model.coded_by or 'nobody named'}; checked by {model.checked_by or 'nobody'}.",
    )


def _finding(finding: Finding, staged: StagedInstrument, speaker: Speaker) -> FindingView:
    outcome = finding.outcome
    facts: list[tuple[str, str]] = []
    if outcome.incident is not None:
        facts.append(("Incident" if finding.is_bad else "Example", sentence(speaker.incident(outcome.incident))))
    if outcome.promised_level is not None:
        facts.append(("Must be given in good faith", level(outcome.promised_level)))
    if outcome.weakest_level is not None and finding.is_bad:
        facts.append(("Left, lawfully", level(outcome.weakest_level)))
    if outcome.lawful is not None:
        facts.append(("Who can lawfully stop it", speaker.stoppers(outcome.lawful)))
    if outcome.practical is not None:
        facts.append(("Who can stop it, by breach as well", speaker.stoppers(outcome.practical, lawfully=False)))
    holders = {name: reading.held_by for name, reading in staged.model.readings.items()}
    return FindingView(
        id=finding.id,
        verdict=VERDICT_WORDS[finding.verdict.value],
        kind=finding.kind.value,
        is_bad=finding.is_bad,
        sentence=finding.sentence,
        rule=finding.rule,
        depends_on=finding.decided_by,
        by_reading=tuple(
            (
                "the text alone" if r.reading == "text" else r.reading,
                holders.get(r.reading, ""),
                VERDICT_WORDS[r.verdict.value],
            )
            for r in finding.by_reading
        ),
        because=finding.because,
        before=finding.before,
        facts=tuple(facts),
        let_off=tuple(
            dict.fromkeys((speaker.party(let.party), let.clause, STATE_WORDS[let.why]) for let in outcome.let_off)
        ),
        rests_on=tuple(
            (r.at, r.value, r.instead, VERDICT_WORDS[r.becomes.value], "verified" if r.verified else "not verified")
            for r in finding.rests_on
        ),
        accepted=f"{finding.accepted.by}, {finding.accepted.on}: {finding.accepted.why}" if finding.accepted else None,
    )


def _clause(clause: Clause, speaker: Speaker, staged: StagedInstrument) -> tuple[str, str, str, str, str]:
    roles = staged.model.roles

    def who(names: Iterable[str]) -> str:
        return listed(
            "everybody" if name == "any" else name if name in roles else speaker.party(name) for name in names
        )

    must = ""
    if clause.response is not None:
        most = clause.response.most
        top = "not known" if most == "unknown" else acts(most) if most else "no more than that"
        must = f"at least: {acts(clause.response.least)}; at most: {top}"
    elif clause.forbids:
        must = f"must not: {listed(word.replace('_', ' ') for word in clause.forbids)}"
    return (
        clause.article or clause.id,
        clause.kind,
        who(clause.bearers) + (f", to {who(clause.to)}" if clause.to else ""),
        (clause.says or "") + (f' "{clause.phrase.text}"' if clause.phrase else ""),
        must,
    )


Table = tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]


def _tables(case: LoadedCase, speaker: Speaker) -> tuple[Table, ...]:
    """The parts of the case that this version keeps and prints and does not compute with."""
    model = case.model
    if model is None:
        return ()

    def chain(refs: Iterable[str]) -> str:
        sources = [model.sources[ref] for ref in refs if ref in model.sources]
        return "; ".join(
            ", ".join(part for part in (s.outlet, *s.reported_by, s.day, "" if s.verified else "not verified") if part)
            for s in sources
        )

    tables: list[Table] = [
        ("Who said what", ("Who", "About", "In our words", "Where", "Through"), tuple(
            (s.said_by + (f" ({s.role})" if s.role else ""), s.about,
             (s.says or "") + (f" [{s.likelihood.words}]" if s.likelihood else ""), s.where or "", chain(s.source))
            for s in model.statements
        )),
        ("What waits for what", ("Who", "Will", "When", "Source"), tuple(
            (speaker.party(p.who) if p.who else p.what or "", p.will or "", p.when or p.by or "", chain(p.source))
            for p in model.preconditions
        )),
        ("Where they stand", ("Issue", "Who", "Stand", "Source"), tuple(
            (issue, speaker.party(party), "not known" if isinstance(stance, str) else "; ".join(
                f"{name}: {value}" for name in ("accept", "negotiate", "reject") if (value := getattr(stance, name))
            ), "" if isinstance(stance, str) else chain(stance.source))
            for issue, stances in model.board.items() for party, stance in stances.items()
        )),
        ("What was given for what", ("Who", "Gives", "To", "When", "Can be taken back", "Source"), tuple(
            (speaker.party(e.who), e.gives, speaker.parties(e.to), e.when or "", e.reversible, chain(e.source))
            for e in model.ledger
        )),
        ("Forces and times", ("Who", "What", "How much", "Where", "Source"), tuple(
            (speaker.party(c.who), c.what, c.amount or "not known", speaker.zone(c.zone) if c.zone else "",
             chain(c.source))
            for c in ((*model.world.forces, *model.world.response_times) if model.world else ())
        )),
        ("Where sources differ", ("About", "Values", "Source"), tuple(
            (r.about, " / ".join(r.values), chain(r.source)) for r in model.rivals
        )),
        ("Sources of the case", ("Name", "What", "Mark"), tuple(
            (id, "; ".join(part for part in (s.title, s.said_by, s.outlet, *s.reported_by, s.day, s.address) if part),
             ("read" if s.verified else "not verified") + (", hindsight" if s.hindsight else ""))
            for id, s in model.sources.items()
        )),
    ]  # fmt: skip
    return tuple(table for table in tables if table[2])
