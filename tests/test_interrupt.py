"""Ctrl+C, in processes of their own and with the real signal: what is said, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
START = "from foedus import cli; print('started', flush=True); cli.main()"
PATIENCE = 60.0

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT that one process can send another")


@contextmanager
def started(*words: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A command that has come as far as its own code; ended for certain when the test is over."""
    process = subprocess.Popen(
        [sys.executable, "-c", START, *words],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        # Where the tests run in the background the signal may be ignored, and children would take that over.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  no thread is running here
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("wait", [0.05, 1.5], ids=["while the program loads", "in the midst of the work"])
def test_a_long_assess_says_that_it_was_interrupted(wait: float, tmp_path: Path) -> None:
    with started("assess", str(ROOT / "cases" / "ukraine-2025.yaml"), "-o", "out", folder=tmp_path) as process:
        time.sleep(wait)
        assert process.poll() is None, "it was done before it could be interrupted"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (130, "", "interrupted; nothing was lost\n")
    assert not list(tmp_path.rglob("*.html"))


LOST = """
import os, signal, sys, time
from foedus import cli


class Finalised:
    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0)


def work() -> None:
    Finalised()
    print("the first one was lost", flush=True)
    time.sleep(30)


cli._asked = work
cli.main()
"""
"""A command in which Ctrl+C comes while Python runs a finaliser, out of which no exception can come."""


def test_an_interrupt_that_python_drops_is_repeated(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOST],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, capture_output=True, text=True, check=False,
        timeout=PATIENCE, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (
        130,
        "the first one was lost\n",
        "interrupted; nothing was lost\n",
    )


def test_watching_ends_with_an_interrupt_and_that_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "list.yaml").write_text("- one\n", encoding="utf-8")
    with started("check", "--watch", "list.yaml", folder=tmp_path) as process:
        assert process.stderr is not None
        lines = [process.stderr.readline() for _ in range(3)]
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert lines == [
        "list.yaml:1:1  expected keys with values, like `foedus: 1`\n",
        "  help: see `foedus new FILE`\n",
        "watching list.yaml; stop with Ctrl+C\n",
    ]
    assert (process.returncode, out, err) == (0, "", "\nno longer watching\n")
