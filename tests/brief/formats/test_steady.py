"""The same document is the same bytes: in another process, with another order of sets, at another time and place."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent

CHILD = """
import datetime, sys, time, importlib.util
away = float(sys.argv[3])
clock, local, utc = time.time, time.localtime, time.gmtime
time.time = lambda: clock() + away
time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: utc(time.time() if seconds is None else seconds)
class Moved(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def today(cls): return cls.fromtimestamp(time.time())
    @classmethod
    def utcnow(cls): return cls.fromtimestamp(time.time(), datetime.UTC).replace(tzinfo=None)
datetime.datetime = Moved
spec = importlib.util.spec_from_file_location("samples", sys.argv[1])
samples = importlib.util.module_from_spec(spec)
spec.loader.exec_module(samples)
from foedus.brief.formats.registry import render
assert away == 0 or abs(datetime.datetime.now().timestamp() - clock() - away) < 60
sys.stdout.buffer.write(render(samples.made("Україна", forms=8), sys.argv[2]))
"""
"""Writes a file with the clock moved: whatever a library asks for the time is answered from there."""


def written(ending: str, seed: str, away: float, zone: str) -> bytes:
    command = [sys.executable, "-c", CHILD, str(HERE / "conftest.py"), ending, str(away)]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
    return subprocess.run(command, capture_output=True, check=True, env=environment, timeout=120).stdout


@pytest.mark.parametrize("ending", [".docx", ".pptx", ".pdf", ".xlsx"])
def test_two_processes_at_two_times_write_the_same_bytes(ending: str) -> None:
    first = written(ending, "0", 0, "UTC")
    assert len(first) > 1000
    assert first == written(ending, "4242", 11 * 366 * 86400.0 + 12345, "Pacific/Kiritimati")
