"""Every entry of a case that can name a source, with what it says, so that each can be traced or shown to have none."""

from collections.abc import Iterator
from dataclasses import dataclass

from foedus.brief.tables import CLAUSE_KINDS, article, reading_name
from foedus.case.schema.case import Case, Stance
from foedus.case.schema.world import Duration, Strength, World
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.case.unknowns import describe_option
from foedus.race.words import STEP_WORDS
from foedus.wording import Speaker, listed, sentence


@dataclass(frozen=True, slots=True)
class Value:
    """One entry: where it stands, what it is, what it says with its interval, and the sources that it names.

    ``owner`` is the instrument that it stands in, empty for the case; ``verified`` is its own mark, if it has one.
    """

    owner: str
    at: str
    what: str
    says: str
    source: tuple[str, ...]
    date: str = ""
    verified: bool | None = None


def values(case: LoadedCase, speaker: Speaker) -> tuple[Value, ...]:
    """Return every entry that can name a source, those of the instruments first."""
    found = [value for staged in case.instruments for value in _instrument(staged, speaker)]
    return (*found, *(_case(case.model, speaker) if case.model is not None else ()))


def _instrument(staged: StagedInstrument, speaker: Speaker) -> Iterator[Value]:
    model, name = staged.model, speaker.instrument(staged.id)

    def value(at: str, what: str, says: str, source: tuple[str, ...], *, verified: bool | None = None) -> Value:
        return Value(staged.id, f"{staged.id}.{at}", f"{name}, {what}", says, source, "", verified)

    for clause in model.clauses:
        phrase = f"“{clause.phrase.text}”" if clause.phrase is not None else ""
        says = clause.says or phrase or clause.note or CLAUSE_KINDS[clause.kind]
        where = f"{article(clause)} (clause “{clause.id}”)"
        yield value(f"clauses.{clause.id}", where, says, clause.source, verified=clause.verified)
    for id, body in model.bodies.items():
        rule = body.rule if isinstance(body.rule, str) else describe_option(body.rule)
        says = body.note or f"how it decides: {speaker.value(f'bodies.{id}.rule', rule)}"
        yield value(f"bodies.{id}", f"the body “{id}”", says, body.source, verified=body.verified)
    for id, reading in model.readings.items():
        says = f"{reading.says} (held by {reading.held_by})"
        yield value(f"readings.{id}", f"the reading “{reading_name(id)}”", says, reading.source)
    if model.called is not None:
        yield value("called", "what it is called", f"{model.called.word} (by {model.called.by})", model.called.source)
    for site in staged.unknowns:
        options = listed((speaker.value(site.name, describe_option(one)) for one in site.options), "or")
        yield value(site.name, speaker.place(site.name), f"not known: {options}", site.source)


def _case(model: Case, speaker: Speaker) -> Iterator[Value]:
    for number, said in enumerate(model.statements, 1):
        words = f"{said.about}: {said.says}" if said.says else said.about
        yield Value("", f"statements.{number}", f"Statement of {said.said_by}", words, said.source, said.date or "")
    if model.world is not None:
        yield from _world(model.world, speaker)
    for issue, stands in model.board.items():
        for party, stance in stands.items():
            if isinstance(stance, Stance):
                parts = (("accepts", stance.accept), ("would talk of", stance.negotiate), ("rejects", stance.reject))
                says = "; ".join(f"{verb} {words}" for verb, words in parts if words) or stance.note or ""
                what = f"The stand of {speaker.party(party)} on {issue.replace('-', ' ')}"
                yield Value("", f"board.{issue}.{party}", what, says, stance.source, stance.date or "")
    for number, step in enumerate(model.preconditions, 1):
        who = speaker.party(step.who) if step.who else "a step"
        says = f"{step.will} {step.when or ''}".strip() if step.will else (step.what or step.note or "")
        yield Value("", f"preconditions.{number}", f"What must come first ({who})", says, step.source, step.date or "")
    for number, entry in enumerate(model.ledger, 1):
        what = f"What {speaker.party(entry.who)} gives"
        yield Value("", f"ledger.{number}", what, entry.gives, entry.source, entry.date or entry.when or "")
    for number, rival in enumerate(model.rivals, 1):
        what = f"What is disputed ({rival.about})"
        yield Value("", f"rivals.{number}", what, "; or: ".join(rival.values), rival.source)
    for link in model.links:
        yield Value("", f"links.{link.id}", f"What does not go together (“{link.id}”)", link.why, link.source)


def _world(world: World, speaker: Speaker) -> Iterator[Value]:
    """What the race computes with, each with its interval."""
    for aim in world.objectives:
        says = f"{aim.what}: within {length(aim.within)}"
        yield Value("", f"world.objectives.{aim.id}", f"Objective “{aim.id}”", says, aim.source)
    for number, step in enumerate(world.steps, 1):
        by = f" ({speaker.party(step.by)})" if step.by else ""
        what = f"How long it takes {STEP_WORDS.get(step.what, step.what)}{by}"
        yield Value("", f"world.steps.{number}", sentence(what).rstrip("."), length(step.takes), step.source)
    for kind, forces in (("forces", world.forces), ("response_times", world.response_times)):
        for number, force in enumerate(forces, 1):
            strong = "; ".join(amount(one) for one in force.strength.values())
            when = "there already" if force.in_place else f"ready within {length(force.ready_within)}"
            says = "; ".join(part for part in (force.what, force.amount or "", strong, when) if part)
            yield Value("", f"world.{kind}.{number}", f"Forces of {speaker.party(force.who)}", says, force.source)
    for id, posture in world.postures.items():
        yield Value("", f"world.postures.{id}", f"Posture “{id}”", posture.what, posture.source)


def length(given: Duration) -> str:
    """A length of time as the interval that it is."""
    if not given.known:
        return "a time that is not known"
    low, high = given.knots[0][1], given.knots[-1][1]
    return f"{low:g} hours" if low == high else f"{low:g} to {high:g} hours"


def amount(given: Strength) -> str:
    """A strength as the interval that it is."""
    low, high = given.span
    if not given.known:
        return f"an unknown number ({given.unit})"
    return f"{low:g} {given.unit}" if low == high else f"{low:g} to {high:g} {given.unit}"
