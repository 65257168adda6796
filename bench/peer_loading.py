"""A peer for a cold start that does the same loading: ruamel reads a file with places kept, pydantic builds models.

Run as ``peer_loading.py FILE MODELS FIELDS``: so many plain models with so many fields in all, one of which holds the
others, as a program has them that is written in pydantic's ordinary way. The content is not held to them.
"""

import sys
from pathlib import Path

from pydantic import BaseModel, create_model
from ruamel.yaml import YAML


def main(file: str, models: int, fields: int) -> None:
    content = YAML(typ="rt").load(Path(file).read_text(encoding="utf-8"))
    each = fields // models
    parts: list[type[BaseModel]] = []
    for number in range(models - 1):
        own = {f"field{n}": (str | tuple[str, ...] | None, None) for n in range(each)}
        parts.append(create_model(f"Part{number}", **own))  # type: ignore[call-overload]
    whole = create_model("Whole", **{f"part{n}": (part | None, None) for n, part in enumerate(parts)})  # type: ignore[call-overload]
    whole.model_validate({"part0": {"field0": str(content["id"])}})
    print(len(content), content.lc.line)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
