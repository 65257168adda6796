"""Makes the makers of random forms importable; pytest adds no folder to the path by itself here."""

import sys
from pathlib import Path

_oracles = str(Path(__file__).parents[1] / "oracles")
if _oracles not in sys.path:
    sys.path.insert(0, _oracles)
