"""What the reader gets, put together: an assessment becomes a page of plain records, in words."""

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Final

from foedus.arrivals import RACE_RULE
from foedus.assessment import Assessment
from foedus.brief.drawing import inline
from foedus.brief.expected import MET, expectation_lines
from foedus.brief.figures import picture
from foedus.brief.findings_view import finding_view, mark, readings_line
from foedus.brief.race_page import race_part
from foedus.brief.records import (
    ExpectationView,
    Expected,
    Fact,
    FindingView,
    FormView,
    Lead,
    Mark,
    Matrix,
    MatrixCell,
    MatrixRow,
    Page,
    QuestionView,
    Standing,
    Table,
    TableCell,
)
from foedus.brief.screen import NOT_THE_TREATY, STATUS_WORDS, was_read
from foedus.brief.side_by_side import standing_part
from foedus.brief.tables import Sources, clause_table, kept_tables, reading_table, unknown_table
from foedus.brief.talks_page import talks_parts
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.check.lead import lead
from foedus.check.questions import what_it_is
from foedus.check.rules import RULES
from foedus.findings import Answered, Cell, Finding, Report, Verdict
from foedus.wording import KIND_WORDS, Speaker, level, levels, listed, number, sentence

WANTED: Final = {rule.name: rule.wanted for rule in RULES} | {RACE_RULE.name: RACE_RULE.wanted}
BINDING_WORDS: Final = {
    "legal": "in law",
    "political": "in politics alone",
    "unilateral": "by the law of one side",
    "disputed": "in law or only in politics, which is disputed",
    "unknown": "whether in law is not known",
}
IS_NOT: Final = tuple(
    Fact(label, (words,))
    for label, words in {
        "It checks the file, not the treaty.": "A case file says in our words what a text says. "
        "Where readers of a text differ, each reading stands with its holder.",
        "It is no forecast and gives no marks.": "Whether states keep a promise is politics. "
        "Nothing here says how likely anything is, and no form is ranked.",
        "It is no legal advice.": "Many texts were read only in part; what is unverified is marked.",
        "It takes no side.": "Any party may be put in as the attacker, guarantors and the protected state included. "
        "Each side's position comes from its own statements.",
    }.items()
)
ENOUGH: Final = Mark("Enough", "good", "●")
SHORT: Final = Mark("Too little", "bad", "○")
VARIES: Final = Mark("Depends", "open", "◐")
SAME: Final = Mark("As expected", "good", "✓")
OTHERWISE: Final = Mark("Not as expected", "bad", "✗")
NOT_ASKED: Final = Mark("Nothing asked for", "none", "–")


def assemble(assessment: Assessment) -> Page:
    """Return everything that the page says, in the order in which it is read."""
    case, report = assessment.case, assessment.report
    speaker, sources = Speaker(case), Sources(case)
    return Page(
        title=case.title,
        as_of=case.as_of or "",
        note=(case.model.note or "") if case.model is not None else "",
        required=_required(case),
        required_line="; ".join(f"{fact.label.lower()} for {fact.lines[0]}" for fact in _required(case)),
        is_not=IS_NOT,
        assumptions=tuple(sentence(words) for words in report.assumptions),
        bounds=tuple(sentence(words) for words in report.bounds),
        leads=tuple(lead_part(assessment, staged, speaker) for staged in case.instruments),
        matrix=matrix_part(assessment, speaker),
        standing=_standing(assessment, speaker),
        race=race_part(assessment, speaker),
        talks=talks_parts(assessment, speaker),
        forms=tuple(form_part(assessment, staged, speaker, sources) for staged in case.instruments),
        unknowns=unknown_table(case, report, sources, WANTED),
        questions=tuple(question_part(question) for question in assessment.questions),
        expected=_expected(report, speaker),
        kept=kept_tables(case, sources),
        sources=sources.table(speaker),
    )


def _required(case: LoadedCase) -> tuple[Fact, ...]:
    by_level: dict[int, list[str]] = {}
    for kind, required in case.required.items():
        by_level.setdefault(required, []).append(KIND_WORDS[kind])
    return tuple(Fact(sentence(level(n)).rstrip("."), (listed(by_level[n]),)) for n in sorted(by_level, reverse=True))


def _status(staged: StagedInstrument, speaker: Speaker) -> str:
    """How far the text has come, whether it was read, and who is put in as a hypothesis."""
    marks = [STATUS_WORDS[staged.model.status]]
    if was_read(staged) is False:
        marks.append("text reported, not read")
    if staged.model.dormant_until:
        marks.append(f"asleep until {staged.model.dormant_until}")
    if staged.staged_as.accede:
        verb = "were parties" if len(staged.staged_as.accede) > 1 else "were a party"
        marks.append(f"as if {speaker.parties(staged.staged_as.accede)} {verb}")
    return sentence("; ".join(marks)).rstrip(".")


def lead_part(assessment: Assessment, staged: StagedInstrument, speaker: Speaker) -> Lead:
    """The first screen of one form: what it is, what fails first, what must be given at least."""
    report = assessment.report
    finding = lead(report.findings, staged.id)
    facts = [Fact("What it is", (sentence(what_it_is(report, staged.id)),))]
    if finding is None:
        told, sign = "Nothing was found that fails.", mark(Verdict.HOLDS)
    else:
        first = "Where it fails: " if finding.verdict is Verdict.DEPENDS else ""
        told, sign = first + finding.sentence, mark(finding.verdict)
        view = finding_view(finding, staged, speaker, WANTED[finding.rule])
        facts += [fact for fact in view.facts if fact.label == "Why"]
        facts += [Fact("Without it", (finding.before,))] if finding.before else []
        if finding.verdict is Verdict.DEPENDS:
            facts.append(Fact("It depends", readings_line(finding, speaker)))
    facts += _levels(assessment, staged.id)
    facts += [Fact("Rests on", (_rests(finding),))] if finding is not None else []
    name = staged.model.short or staged.model.title
    return Lead(staged.id, name, _status(staged, speaker), sign, told, tuple(facts))


def _levels(assessment: Assessment, instrument: str) -> Iterator[Fact]:
    for finding in assessment.report.findings:
        outcome = finding.outcome
        if finding.instrument == instrument and finding.code == "C01" and outcome.incident is not None:
            kind = outcome.incident.kind
            cell = next((c for c in assessment.cells if c.instrument == instrument and c.incident.kind == kind), None)
            if cell is None or outcome.required_level is None:
                return
            asked = f"This case asks for {level(outcome.required_level)}"
            best = sentence(f"{levels(*cell.promised)} ({KIND_WORDS[kind]})").rstrip(".")
            yield Fact("Must at least, in good faith", (f"{best}. {asked}.",))


def _rests(finding: Finding) -> str:
    if not finding.rests_on:
        return "No single value in the text would change this."
    count = len(finding.rests_on)
    unverified = number(finding.unverified) if finding.unverified else "none"
    verb = "is" if finding.unverified == 1 else "are"
    values = f"{sentence(number(count)).rstrip('.')} value{'s' if count > 1 else ''} in the text"
    return f"{values}; {unverified} of them {verb} unverified."


def matrix_part(assessment: Assessment, speaker: Speaker) -> Matrix:
    """Every kind of incident under every form."""
    case = assessment.case
    cells = {(cell.instrument, cell.incident.kind): cell for cell in assessment.cells}
    forms = [staged for staged in case.instruments if any(cell.instrument == staged.id for cell in assessment.cells)]
    kinds = dict.fromkeys(cell.incident.kind for cell in assessment.cells)
    rows = tuple(
        MatrixRow(
            kind=sentence(KIND_WORDS[kind]).rstrip("."),
            required=level(case.required.get(kind, 0)),
            cells=tuple(_cell(cells.get((staged.id, kind)), case.required.get(kind, 0)) for staged in forms),
        )
        for kind in kinds
    )
    first = assessment.cells[0].incident if assessment.cells else None
    where = f", in {speaker.zone(first.zone)}" if first is not None and first.zone else ""
    incident = f"{speaker.party(first.attacker)} attacks {speaker.party(first.victim)}{where}" if first else ""
    names = tuple(
        Fact(speaker.instrument(staged.id), tuple(_stop_lines(assessment.cells, staged.id))) for staged in forms
    )
    return Matrix(incident, tuple((staged.id, speaker.instrument(staged.id)) for staged in forms), rows, names)


def _standing(assessment: Assessment, speaker: Speaker) -> Standing | None:
    """How the forms stand to each other, drawn and as a table; nothing where there is only one."""
    if not assessment.relations:
        return None
    ids = [staged.id for staged in assessment.case.instruments]
    part = standing_part(assessment.relations, ids, speaker)
    rows = tuple(tuple(TableCell(cell) for cell in row) for row in part.rows)
    table = Table("standing-table", part.title, "", part.heads, rows)
    drawn = picture(ids, assessment.relations, speaker)
    return Standing(inline(drawn), part.lines[0], table)


def _cell(cell: Cell | None, required: int) -> MatrixCell:
    if cell is None:
        return MatrixCell(
            Mark("Not looked at", "none", "–"), "not looked at", "not looked at", "not looked at", depends=False
        )
    low, high = cell.weakest
    if required == 0:
        sign = NOT_ASKED
    elif low >= required:
        sign = ENOUGH
    elif high < required:
        sign = SHORT
    else:
        sign = VARIES
    most = levels(*cell.most) if cell.most is not None else "not known"
    depends = cell.depends or low != high
    return MatrixCell(sign, levels(low, high), most, _stop_number(cell), depends)


def _stop_number(cell: Cell) -> str:
    """How many are needed to stop the help lawfully: one alone, so many together, nobody."""
    if cell.promised == (0, 0):
        return "no help is promised"
    low, high = cell.lawful_number
    words = dict.fromkeys(_together(n) for n in (low, high))
    return " or ".join(words) + (", or none promised" if cell.promised[0] == 0 else "")


def _together(count: int | None) -> str:
    if count is None:
        return "nobody"
    return "one alone" if count == 1 else f"{number(count)} together"


def _stop_lines(cells: Iterable[Cell], instrument: str) -> Iterator[str]:
    """Who can stop the help, by name; kinds with the same answer share a line."""
    by_names: dict[tuple[str, ...], list[str]] = {}
    for cell in cells:
        if cell.instrument == instrument and cell.promised != (0, 0):
            by_names.setdefault(cell.stoppers, []).append(KIND_WORDS[cell.incident.kind])
    for names, kinds in by_names.items():
        told = [name.replace("; or ", ", or ") for name in names]
        yield f"{sentence(listed(kinds)).rstrip('.')}: {'; under another reading or value: '.join(told)}."
    if not by_names:
        yield "No help is promised in any of these incidents."


def form_part(assessment: Assessment, staged: StagedInstrument, speaker: Speaker, sources: Sources) -> FormView:
    """Everything that is said of one form."""
    found = [f for f in assessment.report.findings if f.instrument == staged.id]
    views = {f.id: finding_view(f, staged, speaker, WANTED[f.rule]) for f in found}

    def chosen(wanted: Iterable[Finding]) -> tuple[FindingView, ...]:
        return tuple(views[f.id] for f in wanted)

    return FormView(
        id=staged.id,
        name=staged.model.short or staged.model.title,
        title=staged.model.title,
        about=tuple(_about(staged, speaker)),
        bad=chosen(f for f in found if f.is_bad and f.accepted is None),
        accepted=chosen(f for f in found if f.is_bad and f.accepted is not None),
        passes=chosen(f for f in found if f.verdict is Verdict.HOLDS),
        silent=chosen(f for f in found if f.verdict is Verdict.NOT_APPLICABLE),
        clauses=clause_table(staged, sources, speaker),
        readings=reading_table(staged, sources, speaker),
    )


def _about(staged: StagedInstrument, speaker: Speaker) -> Iterator[Fact]:
    model = staged.model
    if model.says:
        yield Fact("In our words", (model.says,))
    dates = [f"signed {model.signed}" if model.signed and model.signed != "never" else ""]
    dates += [f"in force {model.in_force}" if model.in_force and model.in_force != "never" else ""]
    binding = f"{sentence('; '.join([_status(staged, speaker), *(d for d in dates if d)]))}"
    yield Fact("Status", (f"{binding} Binding: {BINDING_WORDS[model.binding]}.",))
    yield Fact(
        "File", (f"Coded by {model.coded_by or 'nobody named'}. Checked by {model.checked_by or 'nobody yet'}.",)
    )
    if model.note:
        yield Fact("Remarks", (model.note,))


def question_part(question: Answered) -> QuestionView:
    """One question of the case with its answers."""
    asked_by = question.asked_by + (f", sentence {question.sentence}" if question.sentence is not None else "")
    answers = [answer.replace("`", "") for answer in question.answers]
    if not question.in_this_version:
        answers.append("Not answered by this version.")
    elif not answers:
        answers.append("See the tables below.")
    return QuestionView(question.id, question.asks, asked_by, tuple(answers), tuple(dict.fromkeys(question.commands)))


def _expected(report: Report, speaker: Speaker) -> Expected | None:
    """What the files expect beside what was found, what differs first; nothing where they expect nothing."""
    if not report.expectations:
        return None
    unmet: list[ExpectationView] = []
    met: list[ExpectationView] = []
    for sign, place, words in expectation_lines(report, speaker):
        file, _, line = place.rpartition(":")
        view = ExpectationView(
            SAME if sign == MET else OTHERWISE, words.replace("`", ""), f"{PurePath(file).name}, line {line}"
        )
        (met if sign == MET else unmet).append(view)
    count = len(report.expectations)
    told = f"{len(unmet)} of {count} {'was' if len(unmet) == 1 else 'were'} not found so" if unmet else "all were found"
    return Expected(f"{sentence(number(count)).rstrip('.')} in all; {told}.", tuple(unmet), tuple(met))


__all__ = ["NOT_THE_TREATY", "assemble", "form_part", "lead_part", "matrix_part", "question_part"]
