"""The first screen: three to five sentences made from the results, then what each form is and who can stop its help."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from foedus.brief.assemble import lead_part
from foedus.brief.document import (
    Block,
    Cell,
    Column,
    Grid,
    Line,
    Note,
    NoteKind,
    Paragraph,
    Row,
    Run,
    Section,
)
from foedus.brief.material import Audience, Material
from foedus.brief.runs import cell, sign_of, told
from foedus.brief.screen import required_words
from foedus.check.lead import lead
from foedus.check.questions import what_it_is
from foedus.errors import needed
from foedus.findings import Cell as Cast
from foedus.findings import Finding, Verdict
from foedus.wording import KIND_WORDS, levels, listed, number, sentence

MOST_NAMED: Final = 4
"""Forms that a sentence names; the table under it has all of them."""
ENOUGH: Final = "attack-covered"
ATTACKER: Final = "attacker-cannot-stop"
ONE_ALLY: Final = "no-single-ally-can-stop"
IN_TIME: Final = "help-arrives-in-time"
TURNS: Final = "turns on what is not known or how the text is read"
Words = Mapping[Verdict, tuple[str, str]]


def _words(holds: tuple[str, str], fails: tuple[str, str], asks: str) -> Words:
    """What is told of the forms of each verdict: in full where it stands first, else in short."""
    return {
        Verdict.HOLDS: holds,
        Verdict.FAILS: fails,
        Verdict.DEPENDS: (f"{asks} {TURNS}", f"it {TURNS}"),
        Verdict.UNDECIDED: (f"{asks} is undecided", "it is undecided"),
    }


SENTENCES: Final[Mapping[str, Words]] = {
    ENOUGH: _words(
        ("all that this case asks for is owed in good faith",) * 2,
        ("less than this case asks for is owed in good faith", "less is owed"),
        "whether all that this case asks for is owed in good faith",
    ),
    ATTACKER: _words(
        ("no attacker can stop the help by its own vote or choice",) * 2,
        ("some attacker can stop the help by its own vote or choice", "some attacker can"),
        "whether an attacker can stop the help by its own vote or choice",
    ),
    ONE_ALLY: _words(
        ("no single ally can lawfully end what the others owe",) * 2,
        ("a single ally can lawfully end what the others owe", "a single ally can"),
        "whether a single ally can lawfully end what the others owe",
    ),
    IN_TIME: _words(
        ("enough of the help that must be given is there in time in every drawn future",) * 2,
        (
            "in some of the drawn futures, or in all, too little of the help that must be given is there in time",
            "too little in some of them, or in all",
        ),
        "whether enough of the help that must be given is there in time",
    ),
}


def section(material: Material) -> Section:
    """Return the first screen."""
    blocks: tuple[Block, ...] = (
        *_sentences(material),
        _forms(material),
        Note(
            NoteKind.CAUTION,
            "How to read this",
            tuple(told(line) for line in _reading(material)),
        ),
    )
    return Section("bottom-line", "Bottom line", blocks)


def _sentences(material: Material) -> Iterator[Paragraph]:
    yield _what_they_are(material)
    for rule, words in SENTENCES.items():
        found = [f for f in material.findings if f.rule == rule and f.verdict is not Verdict.NOT_APPLICABLE]
        if found:
            yield _by_verdict(material, found, words)


def _what_they_are(material: Material) -> Paragraph:
    """What each form is, those that are the same together."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for label in material.assessment.report.labels:
        groups.setdefault(label.is_a, []).append(label.instrument)
    parts: list[Line] = []
    for sorts, ids in groups.items():
        verb = "is" if len(ids) == 1 else "are each"
        verb = "may be" if len(sorts) > 1 else verb
        what = listed((("an " if sort[0] in "aeiou" else "a ") + sort for sort in sorts), "or")
        parts.append((*_names(material, ids), Run(f" {verb} {what or 'of a sort that is not known'}")))
    basis = tuple(f"label:{label.instrument}" for label in material.assessment.report.labels)
    return Paragraph(_closed(_joined(parts)), basis)


def _by_verdict(material: Material, found: list[Finding], words: Words) -> Paragraph:
    """One rule over all forms: where it holds, where it fails, where it depends, each with the names of the forms.

    What stands first is told in full, what follows it in short.
    """
    parts: list[Line] = []
    for verdict, (in_full, in_short) in words.items():
        ids = [f.instrument for f in found if f.verdict is verdict]
        if ids:
            told_first = in_short if parts else in_full
            parts.append((Run(f"{told_first} under "), *_names(material, ids)))
    return Paragraph(_closed(_joined(parts)), tuple(f"finding:{f.id}" for f in found))


def _names(material: Material, ids: list[str]) -> Line:
    """Forms by name, each leading to its findings; many are counted after the first few."""
    shown = ids if len(ids) <= MOST_NAMED + 1 else ids[:MOST_NAMED]
    runs: list[Run] = []
    for place, id in enumerate(shown):
        if place:
            last = place == len(shown) - 1 and len(shown) == len(ids)
            runs.append(Run(" and " if last else ", "))
        runs.append(Run(material.speaker.instrument(id), to=f"form-{id}"))
    if len(shown) < len(ids):
        runs.append(Run(f" and {number(len(ids) - len(shown))} others"))
    return tuple(runs)


def _joined(parts: Iterable[Line]) -> Line:
    found: list[Run] = []
    for part in parts:
        if found:
            found.append(Run("; "))
        found += part
    return tuple(found)


def _closed(line: Line) -> Line:
    """A line as a sentence."""
    first = line[0]
    capital = Run(first.text[:1].upper() + first.text[1:], first.style, first.sign, first.to)
    return (capital, *line[1:], Run("."))


def _forms(material: Material) -> Grid:
    kind = material.kind
    about = f" ({KIND_WORDS[kind]})" if kind else ""
    columns = (
        Column("Form", 1.4),
        Column("What it is", 1.6),
        Column(f"Must at least, in good faith{about}", 1.1),
        Column(f"Who can lawfully stop the help{about}", 1.8),
        Column("Told first", 2.6),
    )
    rows = tuple(_form(material, staged.id, kind) for staged in material.case.instruments)
    words = (
        f"This case asks for {required_words(material.case)}. Each row leads to its findings. A verdict is a word "
        "beside its sign; colour adds nothing to it."
    )
    return Grid("forms", "Form by form", columns, rows, words)


def _form(material: Material, id: str, kind: str | None) -> Row:
    case, report = material.case, material.assessment.report
    staged = needed(case.instrument(id))
    view = lead_part(material.assessment, staged, material.speaker)
    first = lead(report.findings, id)
    found = next((c for c in material.assessment.cells if c.instrument == id and c.incident.kind == kind), None)
    at = (f"cell:{id}/{kind}",) if found is not None else ()
    finding = (f"finding:{first.id}",) if first is not None else ()
    stops = tuple(f"finding:{f.id}" for rule in (ATTACKER, ONE_ALLY) if (f := material.finding(id, rule)) is not None)
    name = Cell(((Run(view.name, to=f"form-{id}"),), told(view.status)))
    return Row(
        name,
        (
            cell(sentence(what_it_is(report, id)), basis=(f"label:{id}",)),
            cell(sentence(levels(*found.promised)) if found is not None else "Not looked at.", basis=at),
            cell(_stop(found), basis=(*at, *stops)),
            cell(view.sentence, sign=sign_of(view.mark), basis=finding),
        ),
        id=f"lead-{id}",
    )


def _stop(found: Cast | None) -> str:
    """Who can lawfully stop the help in one incident, by name."""
    if found is None:
        return "Not looked at."
    if found.promised == (0, 0):
        return "No help is promised."
    told_names = [name.replace("; or ", ", or ") for name in found.stoppers]
    return sentence("; under another reading or value: ".join(told_names))


def _reading(material: Material) -> Iterator[str]:
    yield "This checks the file, not the treaty; whether states keep their word is politics."
    yield "No form is ranked, and nothing here says whether a promise will be kept."
    if material.is_for(Audience.JOURNALIST):
        yield "“Fails” means: there is an incident in which the text as written does not give what is asked for."
        yield "“Depends” means: readers of the text differ, or a value is not known, and the verdict turns on it."
        yield "“In good faith” means: everybody does what is owed; “lawfully” means: without breaking the text."
