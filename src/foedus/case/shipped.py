"""What ships with the program: finding an instrument of the library by its id."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from foedus.case.tree import parse, plain


def instrument_ids() -> tuple[str, ...]:
    """Ids of all shipped instruments, sorted."""
    return tuple(sorted(_instruments()))


def instrument_text(id: str) -> tuple[str, str]:
    """The text of a shipped instrument and the name under which its problems are told; ``KeyError`` if unknown."""
    return _instruments()[id].read_text(encoding="utf-8"), f"library/instruments/{id}.yaml"


@cache
def _instruments() -> dict[str, Traversable]:
    folder = files("foedus") / "library" / "instruments"
    return {item.name.removesuffix(".yaml"): item for item in folder.iterdir() if item.name.endswith(".yaml")}


def case_text(id: str) -> str:
    """The text of a shipped case: from the wheel, or from the folder ``cases`` beside a checkout."""
    packaged = files("foedus") / "library" / "cases" / f"{id}.yaml"
    if packaged.is_file():
        return packaged.read_text(encoding="utf-8")
    return (Path(__file__).resolve().parents[3] / "cases" / f"{id}.yaml").read_text(encoding="utf-8")


def glossary() -> dict[str, Any]:
    """The terms in plain words: each with ``plain``, and where given ``see`` and ``source``."""
    text = (files("foedus") / "library" / "words.yaml").read_text(encoding="utf-8")
    return {term: plain(entry) for term, entry in parse(text, "library/words.yaml").entries.items()}
