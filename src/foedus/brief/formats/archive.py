"""The archive that .docx, .pptx and .xlsx are: written again so that equal contents are equal bytes."""

import io
import zipfile
from typing import Final

NEVER: Final = (1980, 1, 1, 0, 0, 0)
"""The first date that a ZIP archive can hold; the time of the run would make each run another file."""


def steady(archive: bytes) -> bytes:
    """Return an office file with the same parts in the same order, without the time and the system it was made on."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, NEVER)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0  # what made it: the same on every system
            part.external_attr = 0
            new.writestr(part, old.read(name), compresslevel=6)
    return out.getvalue()
