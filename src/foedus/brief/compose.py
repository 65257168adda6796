"""The brief, put together: its parts in the order in which they are read, and those of every further stage."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from foedus.brief.document import Document, Section
from foedus.brief.material import AUDIENCE_WORDS, Material
from foedus.brief.screen import NOT_THE_TREATY
from foedus.brief.sections import bottom_line, findings, side_by_side, sources_annex, stages, unknown

Part = Callable[[Material], Section]


def composed(material: Material) -> Document:
    """Return the whole brief. Deterministic: nothing but the material decides a word of it."""
    case, audience = material.case, material.options.audience
    parts: tuple[Part, ...] = (
        bottom_line.section,
        side_by_side.section,
        findings.section,
        *stage_parts(),
        unknown.section,
        sources_annex.section,
    )
    return Document(
        title=case.title,
        kicker=f"Security guarantees, checked as written; {AUDIENCE_WORDS[audience]}",
        as_of=case.as_of or "",
        audience=audience.value,
        sections=tuple(part(material) for part in parts),
        caution=NOT_THE_TREATY,
        version=material.version,
        results=material.to_dict(),
    )


def stage_parts() -> Iterator[Part]:
    """The parts of the further stages, in the order that each file names (``ORDER``): a file there is all it takes."""
    found = [import_module(f"{stages.__name__}.{one.name}") for one in iter_modules(stages.__path__)]
    for module in sorted(found, key=lambda module: (module.ORDER, module.__name__)):
        yield cast("Part", module.section)
