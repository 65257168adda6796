"""Every value that a finding can hold has words: a missing one would end a whole page."""

from __future__ import annotations

from typing import get_args

from foedus.brief.findings_view import STEPS
from foedus.law.clocks import What


def test_every_step_of_a_clock_has_words() -> None:
    assert set(STEPS) == set(get_args(What))
