"""The libraries of the extra `documents`: need not be installed, and are loaded by the format that is asked for."""

from importlib.util import find_spec
from typing import Final

from foedus.errors import BadInput, Problem

LIBRARIES: Final = {
    ".docx": ("docx", "python-docx"),
    ".pptx": ("pptx", "python-pptx"),
    ".pdf": ("reportlab", "reportlab"),
    ".xlsx": ("xlsxwriter", "XlsxWriter"),
}
"""For the ending of each such format the module that writes it, and what the module is installed as."""


def ready_for(ending: str) -> None:
    """Return if what writes this format is installed or nothing is needed; else ``BadInput`` says how to install it."""
    if ending not in LIBRARIES:
        return
    module, name = LIBRARIES[ending]
    if find_spec(module) is None:
        message = f"a {ending} file is written with `{name}`, which is not installed on this machine"
        cure = 'pip install "foedus[documents]" brings it; .html, .md and .json need nothing more'
        raise BadInput([Problem(None, message, cure)])
