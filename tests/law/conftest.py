"""Makes the helpers beside these tests and the oracle importable; pytest adds no folder to the path by itself here."""

import sys
from pathlib import Path

for _folder in (Path(__file__).parent, Path(__file__).parents[1] / "oracles"):
    if str(_folder) not in sys.path:
        sys.path.insert(0, str(_folder))
