"""The questions of a case, each with what this version can say in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.case.stage import LoadedCase, UnknownSite
from foedus.case.unknowns import describe_option
from foedus.findings import Answered, Report
from foedus.wording import VERDICT_WORDS, Speaker, listed, sentence

if TYPE_CHECKING:  # a text looked at alone needs no case, whose models take long to make
    from foedus.case.schema.case import LookAt, Question


NOT_YET = "not in this version"
CASE = "CASE"
"""Stands for the file of the case in a command that the author writes out."""


def answered(case: LoadedCase, report: Report) -> tuple[Answered, ...]:
    """Return every question of the case in its order, with the answers found and the commands that give more."""
    return tuple(
        Answered(
            id=question.id,
            asks=question.asks,
            asked_by=question.from_,
            sentence=question.sentence,
            answers=_answers(case, report, question.answer, question.look_at),
            commands=_commands(case, question),
            in_this_version=NOT_YET not in question.answered_by,
        )
        for question in (case.model.questions if case.model is not None else ())
    )


def _commands(case: LoadedCase, question: Question) -> tuple[str, ...]:
    """Those that show what is looked at and those written out, CASE for the file; else each that is only named."""
    whole = [f"foedus {words.replace(CASE, case.file)}" for words in question.answered_by if CASE in words.split()]
    looks = [_command(case, look) for look in question.look_at]
    named = [f"foedus {verb} {case.file}" for verb in question.answered_by if verb != NOT_YET]
    return tuple(looks + whole or named)


def _answers(case: LoadedCase, report: Report, said: str | None, look_at: tuple[LookAt, ...]) -> tuple[str, ...]:
    found = [_answer(case, report, look) for look in look_at]
    return tuple(line for line in ([said] if said else []) + found if line)


def _answer(case: LoadedCase, report: Report, look: LookAt) -> str:
    speaker = Speaker(case)
    name = speaker.instrument(look.instrument)
    if look.show == "label":
        return f"{name}: {what_it_is(report, look.instrument)}"
    if look.show == "unknowns":
        return f"{name}: {_unknowns(case, report, look.instrument, speaker)}"
    wanted = [f for f in report.findings if f.instrument == look.instrument and look.rule in (f.rule, f.code)]
    return "; ".join(f"{name}: {VERDICT_WORDS[f.verdict.value]}. {f.sentence}" for f in wanted)


def what_it_is(report: Report, instrument: str) -> str:
    """What an instrument is, and what it is called by whom."""
    label = next(label for label in report.labels if label.instrument == instrument)
    return label_words(label.is_a, label.called, label.called_by)


def label_words(is_a: tuple[str, ...], called: str | None, called_by: str | None) -> str:
    """What a text is, and what it is called by whom."""
    if not is_a:
        return "not known: the unknown values leave it open"
    words = listed((_article(name) for name in is_a), "or") + (", as the unknowns fall out" if len(is_a) > 1 else "")
    return words + (f" (called {called} by {called_by})" if called else "")


def _article(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _unknowns(case: LoadedCase, report: Report, instrument: str, speaker: Speaker) -> str:
    staged = case.instrument(instrument)
    sites = {site.name: site for site in staged.unknowns} if staged is not None else {}
    deciding = dict.fromkeys(
        name for f in report.findings if f.instrument == instrument for name in f.decided_by if name in sites
    )
    if not deciding:
        return "no unknown changes a verdict"
    told = (
        f"{sentence(speaker.place(name)).rstrip('.')} may be: {_options(sites[name], speaker)}." for name in deciding
    )
    return " ".join(("verdicts turn on what is not known.", *told))


def _options(site: UnknownSite, speaker: Speaker) -> str:
    """The values that are possible, each in plain words."""
    told = list(dict.fromkeys(speaker.value(site.name, describe_option(option)) for option in site.options))
    return "; or ".join(("; ".join(told[:-1]), told[-1])) if len(told) > 1 else told[0]


def _command(case: LoadedCase, look: LookAt) -> str:
    if look.rule is not None:
        return f"foedus check {case.file} --instrument {look.instrument} --rule {look.rule}"
    return f"foedus check {case.file} --instrument {look.instrument}"
