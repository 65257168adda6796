"""Every input that once broke a reader is read again; a few new ones too."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).resolve().parent


def _driver() -> ModuleType:
    spec = importlib.util.spec_from_file_location("foedus_fuzz_run", HERE / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


DRIVER = _driver()


@pytest.mark.parametrize("path", sorted((HERE / "crashes").glob("*.yaml")), ids=lambda path: path.name)
def test_crash(path: Path) -> None:
    for name, feed in DRIVER.targets():
        assert DRIVER.outcome(feed, path.read_bytes()) in DRIVER.GOOD, name


def test_some_new_inputs() -> None:
    files = ("src/foedus/library/instruments/luxembourg-1867.yaml", "cases/belgium-1914.yaml")
    count = DRIVER.fuzz(DRIVER.feed_loader, 200, 7, files)
    assert count["accepted"] > 20
    assert count["refused: model or names"] > 40
