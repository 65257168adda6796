"""Where each part of an instrument's content stands, though some of it was laid over it from elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from foedus.case.stage import Path
from foedus.case.tree import Node, locate, part_at
from foedus.errors import Position


@dataclass(frozen=True, slots=True)
class Places:
    """Places in the tree ``node``, in which the content stands at ``at``.

    ``laid`` names the parts that stand elsewhere: their path in the content, the tree, and their path in that.
    """

    node: Node
    at: Path = ()
    laid: tuple[tuple[Path, Node, Path], ...] = ()

    def with_part(self, path: Path, node: Node, at: Path) -> "Places":
        """The same, with the part at ``path`` standing at ``at`` of another tree, or elsewhere in this one."""
        return replace(self, laid=(*self.laid, (path, node, at)))

    def source(self, path: Path) -> tuple[Node, Path]:
        """The tree in which a part stands, and its path there."""
        for part, node, at in reversed(self.laid):
            if path[: len(part)] == part:
                return node, (*at, *path[len(part) :])
        return self.node, (*self.at, *path)

    def of(self, path: Path, *, at_key: bool = False) -> Position:
        """The place of a part, or of its name; that of what holds it where there is no such part."""
        node, at = self.source(path)
        return locate(node, at, at_key=at_key)

    def has(self, path: Path) -> bool:
        """Whether such a part is written."""
        return part_at(*self.source(path)) is not None

    def within(self, path: Path) -> frozenset[Position]:
        """The places of a part, of its name and of everything in it."""
        node, at = self.source(path)
        return frozenset({locate(node, at, at_key=True), *_places(part_at(node, at))})


def _places(node: Node | None) -> Iterator[Position]:
    waiting = [node] if node is not None else []
    while waiting:
        here = waiting.pop()
        yield here.position
        if here.kind == "map":
            yield from here.key_positions.values()
            waiting += here.entries.values()
        elif here.kind == "list":
            waiting += here.elements
