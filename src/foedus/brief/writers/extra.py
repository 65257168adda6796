"""The libraries of the extra `documents`: need not be installed, and are loaded by the format that is asked for."""

from importlib.util import find_spec
from typing import Final

from foedus.errors import BadInput, Problem

LIBRARIES: Final = {
    "docx": ("docx", "python-docx"),
    "pptx": ("pptx", "python-pptx"),
    "pdf": ("reportlab", "reportlab"),
    "xlsx": ("xlsxwriter", "XlsxWriter"),
}
"""For each format the module that writes it, and what the module is installed as."""


def ready_for(form: str) -> None:
    """Return if what writes this format is installed; raises ``BadInput`` that says how to install it."""
    module, name = LIBRARIES[form]
    if find_spec(module) is None:
        message = f"a .{form} file is written with `{name}`, which is not installed on this machine"
        cure = 'pip install "foedus[documents]" brings it; .html, .md and .json need nothing more'
        raise BadInput([Problem(None, message, cure)])
