"""Makes the parts of the hunt importable; pytest adds no folder to the path by itself here."""

import sys
from pathlib import Path

_here = str(Path(__file__).parent)
if _here not in sys.path:
    sys.path.insert(0, _here)
