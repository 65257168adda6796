"""The tables that are kept from the case as its author wrote them, each entry with its source."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from foedus.brief.records import Ref, Table, TableCell
from foedus.case.schema.base import InferredDate, Source
from foedus.case.schema.case import Case, Stance
from foedus.case.schema.clause import Clause
from foedus.case.schema.world import Capability, Duration, Objective, Posture, Strength, TimedStep
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.case.unknowns import describe_option
from foedus.findings import Finding, Report
from foedus.race.words import STEP_WORDS
from foedus.wording import Speaker, listed, sentence

CLAUSE_KINDS: Final = {
    "obligation": "must",
    "prohibition": "must not",
    "permission": "may",
    "power": "has the power to",
    "declaration": "declares",
}
READ_WORDS: Final = {True: "This point was read.", False: "This point was not read.", None: ""}
YES_NO: Final = {"yes": "yes", "no": "no", "partly": "partly", "unknown": "not known"}


class Sources:
    """All sources of a case and its instruments, each with one place in the list."""

    def __init__(self, case: LoadedCase) -> None:
        self._case: Final[Mapping[str, Source]] = case.model.sources if case.model is not None else {}
        self._places: Final[list[tuple[str, str, Source]]] = [
            *(("", key, source) for key, source in self._case.items()),
            *((s.id, key, source) for s in case.instruments for key, source in s.model.sources.items()),
        ]
        self._anchors: Final = {
            (owner, key): f"source-{number}" for number, (owner, key, _) in enumerate(self._places, 1)
        }
        self._by_key: Final = {(owner, key): source for owner, key, source in self._places}

    def refs(self, keys: Iterable[str], owner: str = "") -> tuple[Ref, ...]:
        """The named sources; those of an instrument first, else those of the case."""
        found = []
        for key in keys:
            place = (owner, key) if (owner, key) in self._by_key else ("", key)
            source = self._by_key.get(place)
            if source is not None:
                found.append(Ref(self._anchors[place], chain(source), source.verified))
        return tuple(found)

    def table(self, speaker: Speaker) -> Table:
        """Every source with its mark."""
        rows = []
        for number, (owner, key, source) in enumerate(self._places, 1):
            mark = Ref(f"source-{number}", key, source.verified)
            remarks = [(source.note or "").rstrip("."), "translated" if source.translated else ""]
            remarks += ["later than the day of this case" if source.hindsight else ""]
            rows.append(
                (
                    TableCell(f"{number}"),
                    TableCell(source.title or source.said_by or key, (mark,)),
                    TableCell("; ".join(p for p in (source.said_by if source.title else "", source.where) if p)),
                    TableCell(", ".join(p for p in (*source.reported_by, source.outlet) if p)),
                    TableCell(_day(source)),
                    TableCell(source.address or ""),
                    TableCell("the case" if not owner else speaker.instrument(owner)),
                    TableCell("; ".join(r for r in remarks if r)),
                )
            )
        return Table(
            "sources",
            "Sources",
            "“Verified” means that somebody read the source for this file. It does not mean that what it says is so.",
            ("No.", "Source", "Said by, where", "Through", "Date", "Address", "Used in", "Remarks"),
            tuple(rows),
        )


def chain(source: Source) -> str:
    """From the speaker to the page: who, where, through whom, when."""
    who = source.said_by or source.title or source.outlet or source.kind
    through = [name for name in (*source.reported_by, source.outlet) if name and name != who]
    parts = (f"through {listed(through)}" if through else "", _day(source))
    return ", ".join((who, *(part for part in parts if part)))


def _day(source: Source) -> str:
    day = source.day or ""
    return f"{day} (inferred)" if day and isinstance(source.date, InferredDate) else day


def kept_tables(case: LoadedCase, sources: Sources) -> tuple[Table, ...]:
    """The tables of the case that have entries."""
    if case.model is None:
        return ()
    speaker = Speaker(case)
    made = (
        _statements(case.model, sources),
        _preconditions(case.model, sources, speaker),
        _board(case.model, sources, speaker),
        _ledger(case.model, sources, speaker),
        _world(case.model, sources, speaker),
        _rivals(case.model, sources),
    )
    return tuple(table for table in made if table.rows or table.note)


def _statements(model: Case, sources: Sources) -> Table:
    rows = []
    for said in model.statements:
        words = said.says or ""
        if said.likelihood is not None:
            about = f" ({said.likelihood.horizon})" if said.likelihood.horizon else ""
            words += f" Likelihood in the speaker's words: {said.likelihood.words}{about}."
        rows.append(
            (
                TableCell(sentence(", ".join(part for part in (said.said_by, said.role) if part)).rstrip(".")),
                TableCell(said.about),
                TableCell(words),
                TableCell(said.where or ""),
                TableCell("", sources.refs(said.source)),
            )
        )
    intro = "Somebody said it, which is why it stands here, not because it is true. In our words."
    return Table(
        "statements", "Who said what", intro, ("Who", "About", "Says", "Where", "Source, through whom"), tuple(rows)
    )


def _preconditions(model: Case, sources: Sources, speaker: Speaker) -> Table:
    rows = []
    for step in model.preconditions:
        who = speaker.party(step.who) if step.who else ""
        if step.will:
            what = f"{who} will {step.will}".strip()
            waits = (step.when or "").replace("-", " ")
        else:
            what = (step.what or step.id or "").replace("-", " ")
            waits = f"by {speaker.party(step.by)}" if step.by and step.by != "unknown" else "by whom is not known"
        rows.append(
            (
                TableCell(sentence(what).rstrip(".")),
                TableCell(waits),
                TableCell(step.note or ""),
                TableCell("", sources.refs(step.source)),
            )
        )
    intro = "Kept as written. This version does not compute with it."
    heads = ("What", "When, or by whom", "Remarks", "Source")
    return Table("preconditions", "What must come first", intro, heads, tuple(rows))


def _board(model: Case, sources: Sources, speaker: Speaker) -> Table:
    parties = list(dict.fromkeys(party for issue in model.board.values() for party in issue))
    known = [p for p in parties if any(isinstance(issue.get(p), Stance) for issue in model.board.values())]
    silent = [speaker.party(party) for party in parties if party not in known]
    rows = tuple(
        (TableCell(sentence(name.replace("-", " ")).rstrip(".")), *(_stance(issue.get(p), sources) for p in known))
        for name, issue in model.board.items()
    )
    note = f"Not known on any of these issues: {listed(silent)}." if silent else ""
    heads = ("Issue", *(sentence(speaker.party(party)).rstrip(".") for party in known))
    intro = "Each side's stand from its own statements, as written; what follows: “Getting to a deal”."
    return Table("board", "Where each side stands", intro, heads, rows, note)


def _stance(stance: object, sources: Sources) -> TableCell:
    if not isinstance(stance, Stance):
        return TableCell("not known")
    parts = (
        ("Accepts: ", stance.accept), ("Would talk: ", stance.negotiate), ("Rejects: ", stance.reject),
        ("Remark: ", stance.note),
    )  # fmt: skip
    return TableCell(" ".join(sentence(label + words) for label, words in parts if words), sources.refs(stance.source))


def _ledger(model: Case, sources: Sources, speaker: Speaker) -> Table:
    rows = tuple(
        (
            TableCell(sentence(speaker.party(entry.who)).rstrip(".")),
            TableCell(entry.gives),
            TableCell(speaker.parties(entry.to)),
            TableCell(entry.when or ""),
            TableCell(YES_NO[entry.reversible]),
            TableCell(entry.note or ""),
            TableCell("", sources.refs(entry.source)),
        )
        for entry in model.ledger
    )
    heads = ("Who", "Gives", "To", "When", "Can it be taken back?", "Remarks", "Source")
    return Table("ledger", "What was given for what", "Kept as written.", heads, rows)


def _world(model: Case, sources: Sources, speaker: Speaker) -> Table:
    """Everything that the race computes with, each with its source, and what is only said of forces."""
    world = model.world
    if world is None:
        return Table("world", "Forces and times", "", (), (), "")
    rows = [
        *(_timed(entry.attacker, entry.what, entry.within, entry, sources, speaker) for entry in world.objectives),
        *(_timed(entry.by, STEP_WORDS[entry.what], entry.takes, entry, sources, speaker) for entry in world.steps),
        *(_capability(entry, sources, speaker) for entry in (*world.forces, *world.response_times)),
        *(_timed(None, f"a posture: {entry.what}", None, entry, sources, speaker) for entry in world.postures.values()),
    ]
    heads = ("Who", "What", "How much", "Where", "Takes, or ready within", "Remarks", "Source")
    intro = "What is given as a number is what the race computes with; what is given in words is kept as written."
    return Table("world", "Forces and times", intro, heads, tuple(rows), world.note or "")


def _timed(
    who: str | None, what: str, takes: Duration | None, entry: Objective | TimedStep | Posture, sources: Sources,
    speaker: Speaker,
) -> tuple[TableCell, ...]:  # fmt: skip
    return (
        TableCell(speaker.party(who) if who is not None else ""),
        TableCell(what),
        TableCell(""),
        TableCell(""),
        TableCell("" if takes is None else _length(takes)),
        TableCell(entry.note or ""),
        TableCell("", sources.refs(entry.source)),
    )


def _strength(strength: Strength) -> str:
    low, high = strength.span
    if not strength.known:
        return f"an unknown number ({strength.unit})"
    return f"{low:g} {strength.unit}" if low == high else f"{low:g} to {high:g} {strength.unit}"


def _length(length: Duration) -> str:
    if not length.known:
        return "not known"
    low, high = length.knots[0][1], length.knots[-1][1]
    return f"{low:g} hours" if low == high else f"{low:g} to {high:g} hours"


def _capability(entry: Capability, sources: Sources, speaker: Speaker) -> tuple[TableCell, ...]:
    return (
        TableCell(speaker.party(entry.who)),
        TableCell(entry.what),
        TableCell("; ".join([*([entry.amount] if entry.amount else []), *map(_strength, entry.strength.values())])),
        TableCell(speaker.zone(entry.zone) if entry.zone else ""),
        TableCell("there already" if entry.in_place else _length(entry.ready_within)),
        TableCell(entry.note or ""),
        TableCell("", sources.refs(entry.source)),
    )


def _rivals(model: Case, sources: Sources) -> Table:
    rows = tuple(
        (
            TableCell(sentence(rival.about).rstrip(".")),
            TableCell(" — or: ".join(rival.values)),
            TableCell(rival.note or ""),
            TableCell("", sources.refs(rival.source)),
        )
        for rival in model.rivals
    )
    heads = ("What is disputed", "What the sides say", "Remarks", "Source")
    return Table("rivals", "Where sources differ", "Both stand. Neither is preferred.", heads, rows)


def clause_table(staged: StagedInstrument, sources: Sources, speaker: Speaker) -> Table:
    """Every clause in our own words, with article and operative phrase."""
    rows = tuple(
        (
            TableCell(f"{article(clause)} ({clause.id})"),
            TableCell(f"{_who(staged, clause.bearers, speaker)} {CLAUSE_KINDS[clause.kind]}"),
            TableCell(clause.says or clause.note or ""),
            TableCell(f"“{clause.phrase.text}”" if clause.phrase is not None else ""),
            TableCell(READ_WORDS[clause.verified], sources.refs(clause.source, staged.id)),
        )
        for clause in staged.model.clauses
    )
    heads = ("Article (clause)", "Who", "In our words", "The phrase itself", "Source")
    return Table(f"clauses-{staged.id}", "What the clauses say", "", heads, rows)


def article(clause: Clause) -> str:
    """The article of a clause as one would cite it."""
    number = clause.article or ""
    if not number or number.startswith("none"):
        return "No article"
    if number in ("unknown", "unread"):
        return "Article not known" if number == "unknown" else "Article not read"
    return f"Art. {number}" if number[:1].isdigit() else sentence(number).rstrip(".")


def _who(staged: StagedInstrument, bearers: Sequence[str], speaker: Speaker) -> str:
    return listed("all parties" if name == "parties" else _role(staged, name, speaker) for name in bearers)


def _role(staged: StagedInstrument, name: str, speaker: Speaker) -> str:
    if name not in staged.model.roles:
        return speaker.party(name)
    members = staged.model.roles[name]
    words = name.replace("_", " ").replace("-", " ")
    return f"the {words} ({speaker.parties(members)})" if len(members) <= 8 else f"the {words} ({len(members)} states)"


def reading_table(staged: StagedInstrument, sources: Sources, speaker: Speaker) -> Table:
    """The rival readings with their holders."""
    rows = tuple(
        (
            TableCell(sentence(reading_name(name)).rstrip(".")),
            TableCell(reading.held_by),
            TableCell(reading.says),
            TableCell(
                "; ".join(
                    f"{speaker.place(at)}: {speaker.value(at, describe_option(v))}" for at, v in reading.set.items()
                )
            ),
            TableCell("", sources.refs(reading.source, staged.id)),
        )
        for name, reading in staged.model.readings.items()
    )
    heads = ("Reading", "Held by", "Says", "What it changes in the file", "Source")
    return Table(f"readings-{staged.id}", "How else it is read, and by whom", "", heads, rows)


def reading_name(name: str) -> str:
    """The name of a reading as words."""
    return "the text as written" if name == "text" else name.replace("-", " ").replace("_", " ")


def unknown_table(case: LoadedCase, report: Report, sources: Sources, wanted: Mapping[str, str]) -> Table:
    """Every open value, what it may be, and which verdicts turn on it."""
    speaker = Speaker(case)
    rows = []
    for staged in case.instruments:
        for site in staged.unknowns:
            turned = [
                wanted[f.rule] for f in report.findings if f.instrument == staged.id and site.name in _decisive(f)
            ]
            options = (speaker.value(site.name, describe_option(option)) for option in site.options)
            rows.append(
                (
                    TableCell(sentence(speaker.place(site.name)).rstrip(".")),
                    TableCell(speaker.instrument(staged.id)),
                    TableCell(" — or: ".join(options)),
                    TableCell("; ".join(dict.fromkeys(turned)) or "no verdict"),
                    TableCell(site.note or ""),
                    TableCell("", sources.refs(site.source, staged.id)),
                )
            )
    heads = ("What is not known", "In", "It may be", "Decides whether", "Remarks", "Source")
    intro = "Every value was tried. None is taken to be likelier than another."
    return Table("unknowns", "What is not known", intro, heads, tuple(rows))


def _decisive(finding: Finding) -> set[str]:
    return {*finding.decided_by, *(name for result in finding.by_reading for name in result.decided_by)}
