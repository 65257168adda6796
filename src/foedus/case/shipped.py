"""What ships with the program: finding an instrument of the library by its id."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


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
