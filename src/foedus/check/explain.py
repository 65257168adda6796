"""Why a finding says what it says: the clauses, and the values on which the verdict rests."""

from collections.abc import Iterator, Mapping
from typing import Final

from foedus.case.paths import dotted, value_at, with_value
from foedus.case.resolve import content_under, model_under
from foedus.case.schema import clause as written
from foedus.case.schema.instrument import Instrument
from foedus.case.stage import Path, StagedInstrument
from foedus.case.unknowns import describe_option
from foedus.check.asked import UndecidedError
from foedus.check.rule import Rule
from foedus.check.views import TEXT, Views
from foedus.findings import Outcome, ReadingResult, Rest, Verdict
from foedus.wording import Speaker

ALTERNATIVES: Final[dict[str, tuple[object, ...]]] = {
    "judge": ("objective", "bearer"),
    "request": (None, "victim"),
    "structure": ("each-alone", "together"),
    "decision": (None,),
    "consents": ([],),
    "domestic": (None,),
    "excluded": ("nobody", "attacker"),
    "rule": ("unanimity", "majority", "each"),
    "veto": ([],),
    "kind": (None,),
    "zone": (None,),
    "object": (None,),
    "attacker": (None,),
    "unprovoked": (False,),
    "least": ([], ["consult"], ["sanction", "fund"], ["arm"], ["all_means"]),
}
"""Other values that are tried, one field at a time, to see whether the verdict rests on the one written."""

CLAUSE_FIELDS: Final = ("judge", "request", "structure", "decision", "consents", "domestic")
WHEN_FIELDS: Final = ("kind", "zone", "object", "attacker", "unprovoked")
BODY_FIELDS: Final = ("excluded", "rule", "veto")


def because(staged: StagedInstrument, shown: ReadingResult) -> tuple[str, ...]:
    """The clauses behind an outcome, with article and phrase, under the reading that is told: one line each."""
    model = _model_told(staged, shown)
    clauses = {clause.id: clause for clause in model.clauses}
    lines = []
    for id in _involved(shown.outcome):
        clause = clauses[id]
        bodies = {ref.body for ref in (clause.decision, clause.leads_to) if ref is not None}
        phrase = f'"{clause.phrase.text}"' if clause.phrase is not None else clause.says or id
        lines.append(f"{_article(clause.article, id)} {phrase}")
        lines += [f"{body}: {text}" for body in sorted(bodies) if (text := _body_words(model, body))]
    return tuple(lines)


def told_for(staged: StagedInstrument, shown: ReadingResult, speaker: Speaker) -> tuple[str, ...]:
    """Of which reading and unknown values a sentence speaks: what they make of the clauses behind it, a line each."""
    lines = []
    if shown.reading != TEXT:
        changes = staged.model.readings[shown.reading].set
        told = [_change(at, value, speaker) for at, value in changes.items() if _concerns(staged, shown, at)]
        lines.append(f"under the reading “{shown.reading}”" + (f", which takes {'; '.join(told)}" if told else ""))
    known = dict(shown.values)
    lines += [f"taking {_change(name, known[name], speaker)}" for name in shown.decided_by if name in known]
    return tuple(lines)


def _change(at: str, value: object, speaker: Speaker) -> str:
    return f"{speaker.place(at)} as {speaker.value(at, describe_option(value))}"


def _concerns(staged: StagedInstrument, shown: ReadingResult, at: str) -> bool:
    """Whether what a reading sets is part of the clauses and bodies behind an outcome, or of the whole text."""
    clauses = {clause.id: clause for clause in _model_told(staged, shown).clauses}
    involved = _involved(shown.outcome)
    bodies = [body for id in involved for body in _bodies(clauses[id])]
    of_part = (*(f"clauses.{id}." for id in involved), *(f"bodies.{body}." for body in bodies))
    return not at.startswith(("clauses.", "bodies.")) or at.startswith(of_part)


def _involved(outcome: Outcome) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*outcome.clauses, *(let.clause for let in outcome.let_off))))


def _model_told(staged: StagedInstrument, shown: ReadingResult) -> Instrument:
    """The instrument as the outcome takes it: under its reading, with its choice of unknown values."""
    if shown.reading == TEXT and not shown.values:
        return staged.model
    reading = None if shown.reading == TEXT else shown.reading
    return model_under(staged, content_under(staged, reading, shown.values))


def _article(article: str | None, id: str) -> str:
    if article is None:
        return f"`{id}`"
    if article in ("unknown", "unread"):
        return f"Article not {'known' if article == 'unknown' else 'read'}:"
    return article if not article[:1].isdigit() else f"Art. {article}"


def _body_words(model: Instrument, id: str) -> str | None:
    body = model.bodies.get(id)
    if body is None:
        return None
    excluded = {"nobody": "nobody is excluded", "attacker": "the attacker is excluded"}.get(
        body.excluded, "the parties to the dispute are excluded"
    )
    rule = body.rule
    if isinstance(rule, written.Count):
        how = f"{rule.at_least} yes votes decide"
    elif isinstance(rule, written.Share):
        how = f"a share of {rule.share} decides"
    else:
        how = {"each": "each decides for itself", "unanimity": "all must agree", "majority": "a majority decides"}[rule]
    return f"{how}; {excluded}" + ("; some hold a veto" if body.veto else "")


def rests_on(views: Views, shown: ReadingResult, rule: Rule) -> tuple[Rest, ...]:
    """The values whose change, one at a time, would change the verdict: found by changing them and asking again."""
    staged = views.staged
    reading = None if shown.reading == TEXT else shown.reading
    promised = _promised(views, reading)
    rests: dict[str, Rest] = {}
    for path, value in _values(staged, shown.outcome):
        name = dotted(staged.data, path)
        if name in rests:
            continue
        verdict = _verdict(views, with_value(staged.data, path, value), reading, rule, promised)
        if verdict is not None and verdict not in (Verdict.UNDECIDED, shown.outcome.verdict, Verdict.NOT_APPLICABLE):
            rests[name] = Rest(
                at=name,
                value=describe_option(value_at(staged.data, path)),
                instead="any" if value is None and "when" in path else describe_option(value),
                becomes=verdict,
                verified=_is_verified(staged, path),
            )
    return tuple(rests.values())


def _promised(views: Views, reading: str | None) -> int:
    """The level in good faith in the first incident, as the text stands."""
    view = views.trial(views.forms.form(reading))
    try:
        return view.level(view.base)
    except UndecidedError:
        return 0


def _verdict(
    views: Views, data: Mapping[str, object], reading: str | None, rule: Rule, promised: int
) -> Verdict | None:
    try:
        view = views.trial(views.forms.form(reading, data=data))
        if view.level(view.base) < promised:
            return None  # a promise that gives less is no cure, and is not told as one
        return views.outcome(rule, view).verdict
    except (ValueError, UndecidedError):
        return None  # a value that the rest of the text does not allow


def _values(staged: StagedInstrument, outcome: Outcome) -> Iterator[tuple[Path, object]]:
    involved = {*outcome.clauses, *(let.clause for let in outcome.let_off)}
    for index, clause in enumerate(staged.model.clauses):
        if clause.id not in involved:
            continue
        base: Path = ("clauses", index)
        for field in CLAUSE_FIELDS:
            yield from _others(staged, (*base, field), field)
        for field in WHEN_FIELDS:
            yield from _others(staged, (*base, "when", field), field)
        yield from _others(staged, (*base, "response", "least"), "least")
        for body in _bodies(clause):
            for field in BODY_FIELDS:
                yield from _others(staged, ("bodies", body, field), field)


def _bodies(clause: written.Clause) -> list[str]:
    refs = [clause.decision, clause.leads_to, *clause.unless, *clause.until]
    return list(dict.fromkeys(ref.body for ref in refs if ref is not None))


def _others(staged: StagedInstrument, path: Path, field: str) -> Iterator[tuple[Path, object]]:
    if not isinstance(value_at(staged.data, path[:-1]), dict):
        return
    here = value_at(staged.data, path)
    for value in ALTERNATIVES[field]:
        if value != here and not (here is None and value in (None, [], False, "each-alone")):
            yield path, value


def _is_verified(staged: StagedInstrument, path: Path) -> bool:
    """Whether the part of the text that holds a value was read: its own mark, else that of all its sources."""
    part = value_at(staged.data, path[:2])
    own = part.get("verified") if isinstance(part, dict) else None
    if isinstance(own, bool):
        return own
    refs = part.get("source", ()) if isinstance(part, dict) else ()
    names = [refs] if isinstance(refs, str) else list(refs)
    return bool(names) and all(staged.sources[str(name)].verified for name in names)
