"""The sum by which a reader knows whether a file is the one that was looked at."""

import hashlib

from foedus.case.shipped import instrument_text
from foedus.case.stage import LoadedCase
from foedus.case.text import read_text
from foedus.errors import BadInput


def fingerprint(case: LoadedCase) -> str | None:
    """The SHA-256 of the text of a case, its lines ended by LF; ``None`` where it was not read from a file."""
    if case.model is None and case.instruments[0].from_library:
        text = instrument_text(case.instruments[0].id)[0]
    else:
        try:
            text = read_text(case.file)
        except BadInput:
            return None
    return hashlib.sha256(text.encode()).hexdigest()
