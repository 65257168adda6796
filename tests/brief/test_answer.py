"""What ``ask`` prints of the incident: the phase, the hour and the time it has lasted; what silence takes away."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.brief.answer import answer_text
from foedus.case.load import load, load_text
from foedus.check.asking import Asking, ask
from foedus.errors import BadInput

BASE = (Path(__file__).parents[1] / "cases" / "good" / "base.yaml").read_text(encoding="utf-8")


def told(text: str, asking: Asking) -> str:
    """The answer as one line of words."""
    case = load_text(text, "pact.yaml")
    return " ".join(answer_text(case, ask(case, asking)).split())


def test_the_phase_that_is_asked_about_is_told() -> None:
    case = load("nato-1949")
    words = " ".join(answer_text(case, ask(case, Asking(phase="expired"))).split())
    # The text is in force today; whoever asks about it expired must not read that it is.
    assert words.startswith("NATO treaty 1949 An outsider attacks Belgium (full invasion); the text has expired.")
    assert "(in force)" in answer_text(case, ask(case, Asking()))


@pytest.mark.parametrize(("hour", "words"), [(1, "1 hour"), (72, "72 hours"), (240, "10 days")])
def test_the_hour_that_is_asked_about_is_told(hour: int, words: str) -> None:
    assert f"(full invasion); asked for {words} after it began, and still going on." in told(BASE, Asking(hour=hour))
    assert "after it began" not in told(BASE, Asking(hour=0))


ALONE = BASE.replace("bearers: [A, B]", "bearers: [A]")


def test_silence_lets_nobody_off_a_plain_duty() -> None:
    # Nothing of the duty is at Arden's discretion: what its silence takes away it takes away by breach.
    words = told(ALONE, Asking(silent=("A",)))
    assert "Left after that, lawfully: arms. Left if they break their duties as well: nothing." in words
    assert "Must help with at least arms: Arden." in words
    assert "In practice, by breach as well: Arden." in words


def test_silence_takes_away_what_is_at_the_discretion_of_the_silent() -> None:
    # Who judges says nothing, and nothing said is no finding: no duty arises, so that nothing is broken.
    words = told(ALONE.replace("judge: objective", "judge: bearer"), Asking(silent=("A",)))
    assert "Left after that, lawfully: nothing." in words
    assert "break their duties" not in words
    assert "Nobody must help." in words


LONG = BASE.replace("        judge:", "        when: {lasting: 24 h}\n        judge:")


def test_an_attack_has_lasted_as_long_as_to_the_hour_that_is_asked_about() -> None:
    early = told(LONG, Asking(hour=1))
    assert "asked for 1 hour after it began, and still going on." in early
    assert "Nobody must help." in early
    assert "the attack has lasted 24 hours: then aid would bind" in early
    assert "Must help with at least arms: Arden and Brant." in told(LONG, Asking(hour=24))


def test_an_attack_may_have_ended_before_the_hour_that_is_asked_about() -> None:
    short = told(LONG, Asking(hour=72, lasting=2))
    assert "asked for 72 hours after it began, having lasted 2 hours." in short
    assert "Nobody must help." in short
    assert "asked for 24 hours after it began" in told(LONG, Asking())  # the sentence says what is taken as given
    with pytest.raises(BadInput, match="cannot have lasted 24 hours at hour 1"):
        told(LONG, Asking(hour=1, lasting=24))
