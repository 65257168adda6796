"""Foedus: a workbench for security guarantees.

``load`` reads a case, ``check`` runs the rules over it, ``ask`` asks one incident, ``compare`` lays texts side by side,
``diff`` holds a draft against an older one, ``negotiate`` asks whether a deal is left, ``assess`` does the main job,
``brief`` makes the document that is handed over.
Everything is imported when it is first used, so that ``import foedus`` is light.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.api import ask, assess, brief, check, compare, diff, load, negotiate
    from foedus.errors import BadInput

__version__ = "0.1.0"
__all__ = ["BadInput", "__version__", "ask", "assess", "brief", "check", "compare", "diff", "load", "negotiate"]


class _Surface(ModuleType):
    """The package, whose functions stay functions although parts of it have some of their names."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Surface


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'foedus' has no attribute {name!r}")
    return getattr(import_module("foedus.errors" if name == "BadInput" else "foedus.api"), name)


def __dir__() -> list[str]:
    return __all__
