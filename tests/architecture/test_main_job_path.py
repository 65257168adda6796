"""Whoever follows the main job from top to bottom enters each stage once, in the order of the design."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType
from typing import Any

import foedus
from foedus.check.run import Options

SOURCE = Path(foedus.__file__).resolve().parent
SMALL = Path(__file__).resolve().parents[2] / "cases" / "belgium-1914.yaml"


class Trail:
    """The files of foedus that a run goes through: in the order of first entry, how often it changes file, how deep."""

    def __init__(self) -> None:
        self.first: list[str] = []
        self.switches = 0
        self.deepest = 0
        self._last = ""
        self._depth = 0

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        name = frame.f_code.co_filename
        if not name.startswith(str(SOURCE)):
            return
        if event == "return":
            self._depth -= 1
        elif event == "call":
            self._depth += 1
            self.deepest = max(self.deepest, self._depth)
            file = Path(name).relative_to(SOURCE).as_posix()
            if file not in self.first:
                self.first.append(file)
            if file != self._last:
                self.switches += 1
                self._last = file

    def stage(self, name: str) -> int:
        """The place at which a stage is first entered."""
        return next(i for i, file in enumerate(self.first) if file.startswith(name))


def main_job() -> Trail:
    # Everything is imported before, so that what is counted is the work and not the loading of modules.
    from foedus.assess import assess
    from foedus.brief.html import render_page
    from foedus.brief.screen import first_screen
    from foedus.case.load import load

    trail = Trail()
    sys.setprofile(trail)
    try:
        result = assess(load(SMALL), Options(explain=False))
        first_screen(result.case, result.report)
        render_page(result)
    finally:
        sys.setprofile(None)
    return trail


def test_the_main_job_goes_from_case_to_law_and_check_to_brief() -> None:
    trail = main_job()
    print(f"files {len(trail.first)}, changes of file {trail.switches}, calls within each other {trail.deepest}")
    print("\n".join(trail.first))
    case, assess, check = trail.stage("case/load"), trail.stage("assess"), trail.stage("check/")
    law, brief = trail.stage("law/"), trail.stage("brief/")
    assert case < assess < check < law < brief
    assert trail.deepest < 60


def test_no_stage_below_calls_the_command_line() -> None:
    assert not {"cli.py", "api.py"} & set(main_job().first)
    assert not [file for file in main_job().first if file.startswith("commands/")]
