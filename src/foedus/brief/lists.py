"""The listing commands in words: questions, rules, library, terms."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from foedus.arrivals import RaceRule
from foedus.brief.screen import NOT_THE_TREATY, STATUS_WORDS, WIDTH
from foedus.case.precedents import faults_of
from foedus.case.schema.clause import Clause
from foedus.case.stage import LoadedCase
from foedus.check.rule import Rule
from foedus.findings import Answered, Class
from foedus.wording import Speaker, acts, listed, past


def questions_text(case: LoadedCase, questions: Sequence[Answered]) -> str:
    """The questions of a case, each with its answers and where to see more."""
    if not questions:
        return f"{case.title}: no questions are written down (add `questions:` to the case)"
    return "\n".join(_questions(case, questions))


def _questions(case: LoadedCase, questions: Sequence[Answered]) -> Iterator[str]:
    yield case.title
    for question in questions:
        yield ""
        yield from _wrap(f"{question.id}  {question.asks}", 0, 4)
        for answer in question.answers:
            yield from _wrap(answer, 4)
        if not question.in_this_version:
            yield from _wrap("Not answered by this version.", 4)
        elif question.commands:
            yield from _wrap(f"See: {question.commands[0]}", 4)
    yield ""
    yield NOT_THE_TREATY


def rules_text(rules: Iterable[Rule | RaceRule]) -> str:
    """One entry a rule."""
    lines = []
    for rule in rules:
        lines.append(f"{rule.name}  ({_class_of(rule).value}, {rule.code})")
        lines += _wrap(f"{rule.wanted}.{_where_it_runs(rule)}", 4)
    return "\n".join([*lines, "", "One rule in full: foedus rules NAME"])


def _class_of(rule: Rule | RaceRule) -> Class:
    """The class that a finding has if the rule fails; that of the race is told as a caution."""
    return rule.kind if isinstance(rule, Rule) else Class.CAUTION


def _where_it_runs(rule: Rule | RaceRule) -> str:
    """A note where ``check`` does not run a rule."""
    return "" if isinstance(rule, Rule) else " Runs in `foedus race` and `foedus assess`, not in `foedus check`."


def rule_text(rule: Rule | RaceRule) -> str:
    """One rule in full."""
    lines = [f"{rule.name}  ({_class_of(rule).value}, {rule.code})", *_wrap(f"Wanted: {rule.wanted}.", 2)]
    lines += _wrap(f"Looks for: {rule.looks_for}.", 2)
    lines += _wrap(f"Why it matters: {rule.why}", 2)
    lines += _wrap(f"Known limits: {rule.limits}", 2)
    if isinstance(rule, Rule):
        lines += _wrap(f"Looked at for each: {rule.scope}.", 2)
    else:
        lines += _wrap(_where_it_runs(rule).strip(), 2)
    lines += _wrap(f"Source: {rule.source}.", 2)
    for number, fault in faults_of(rule.code):
        lines += _wrap(f"Fault {number}, {fault.name}: {past(fault.had_by)}.", 2)
    return "\n".join(lines)


def rule_data(rule: Rule | RaceRule) -> dict[str, Any]:
    """One rule as plain data."""
    return {
        "code": rule.code,
        "name": rule.name,
        "wanted": rule.wanted,
        "class": _class_of(rule).value,
        "scope": rule.scope if isinstance(rule, Rule) else "instrument",
        "runs_in": ["check", "assess"] if isinstance(rule, Rule) else ["race", "assess"],
        "looks_for": rule.looks_for,
        "why": rule.why,
        "limits": rule.limits,
        "source": rule.source,
        "faults": [
            {"number": number, "name": fault.name, "had_by": [had.model_dump() for had in fault.had_by]}
            for number, fault in faults_of(rule.code)
        ],
    }


def library_text(cases: Iterable[LoadedCase]) -> str:
    """One entry a shipped instrument."""
    lines = []
    for case in cases:
        model = case.instruments[0].model
        lines.append(model.id)
        lines += _wrap(f"{model.title} ({STATUS_WORDS[model.status]})", 4)
    return "\n".join([*lines, "", "One in full: foedus library ID; check it: foedus check ID"])


def instrument_text(case: LoadedCase) -> str:
    """One shipped instrument, clause by clause, with readings and sources."""
    return "\n".join(_instrument(case))


def _instrument(case: LoadedCase) -> Iterator[str]:
    model = case.instruments[0].model
    speaker = Speaker(case)
    yield from _wrap(f"{model.title} ({STATUS_WORDS[model.status]})", 0)
    if model.says:
        yield from _wrap(model.says, 2)
    if model.called:
        yield from _wrap(f"Called: {model.called.word}, by {model.called.by}.", 2)
    yield from _wrap(f"Bound in: {BINDING_WORDS[model.binding]}.", 2)
    for clause in model.clauses:
        yield ""
        yield from _clause(clause, speaker)
    for name, reading in model.readings.items():
        yield ""
        yield from _wrap(f"Reading {name}, held by {reading.held_by}: {reading.says}", 2)
    if case.instruments[0].unknowns:
        yield ""
        yield "  Not known:"
        for site in case.instruments[0].unknowns:
            yield from _wrap(f"{site.name}" + (f": {site.note}" if site.note else ""), 4)
    yield ""
    yield "  Sources:"
    for id, source in model.sources.items():
        mark = "read" if source.verified else "not verified"
        parts = [source.title, source.outlet, source.said_by, source.day, source.address]
        yield from _wrap(f"{id} ({source.kind}, {mark}): {'; '.join(part for part in parts if part)}", 4)
    yield from _wrap(f"Coded by {model.coded_by or 'nobody named'}; checked by {model.checked_by or 'nobody'}.", 2)


BINDING_WORDS: Mapping[str, str] = {
    "legal": "law",
    "political": "politics alone: expected, not owed",
    "unilateral": "the law of one side",
    "disputed": "law or politics, which is disputed",
    "unknown": "nobody knows what",
}


def _clause(clause: Clause, speaker: Speaker) -> Iterator[str]:
    article = f"Art. {clause.article}" if (clause.article or "")[:1].isdigit() else clause.article or clause.id
    bearers = "everybody" if clause.bearers == ("any",) else speaker.parties(clause.bearers)
    yield from _wrap(
        f"{article} ({clause.kind}): {bearers}" + (f" to {speaker.parties(clause.to)}" if clause.to else ""), 2
    )
    if clause.says:
        yield from _wrap(clause.says, 4)
    if clause.phrase is not None:
        yield from _wrap(f'"{clause.phrase.text}"', 4)
    if clause.response is not None:
        most = clause.response.most
        top = "not known" if most == "unknown" else acts(most) if most else "no more than that"
        yield from _wrap(f"At least: {acts(clause.response.least)}. At most: {top}.", 4)


def words_text(known: Mapping[str, Any]) -> str:
    """All terms, in columns of words."""
    return "\n".join([*_wrap(listed(known), 0), "", "What one means: foedus words TERM"])


def word_text(term: str, entry: Mapping[str, Any]) -> str:
    """One term in plain words."""
    lines = [*_wrap(f"{term}: {entry['plain']}", 0)]
    if entry.get("see"):
        lines += _wrap(f"See also: {listed(map(str, entry['see']))}.", 2)
    if entry.get("source"):
        lines += _wrap(f"From: {entry['source']}.", 2)
    return "\n".join(lines)


def _wrap(words: str, indent: int, more: int = 2) -> list[str]:
    return textwrap.wrap(
        words, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + more),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
