"""Aliases of YAML written out, so that one of two places that share a value can be changed."""

import io
import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import MappingNode, SequenceNode

from foedus.case.stage import Path

Node = Any
"""A node of ruamel, which gives its nodes no types."""
NOT_PLAIN: Final = frozenset(",[]{}#&*!|>'\"%@`:?\n")
"""Characters on whose account a value is quoted in flow style."""


def written_out(text: str, paths: Sequence[Path]) -> str:
    """The text with every alias written out of what lies on, under, or just before one of some paths; the rest stays.

    Whoever changes a value that stands in one place and is repeated by ``*name`` in another would change both.
    """
    root = YAML(typ="rt").compose(io.StringIO(text))
    shared = {node.anchor: node for path in paths for node in _on(root, path) if node.anchor is not None}
    if not shared:
        return text
    events = YAML(typ="rt").parse(io.StringIO(text))
    aliases = [event for event in events if isinstance(event, AliasEvent) and event.anchor in shared]
    for alias in reversed(aliases):
        words = _flow(shared[alias.anchor])
        text = text[: alias.start_mark.index] + words + text[alias.end_mark.index :]
    return text


def _on(root: Node, path: Path) -> Iterator[Node]:
    """The nodes from the top to the end of a path, and all that stands under it."""
    node = root
    for step in path:
        yield node
        found = None
        if isinstance(node, MappingNode):
            found = next((part for key, part in node.value if key.value == str(step)), None)
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            found = node.value[step]
        if found is None:
            yield from _last(node)
            return
        node = found
    yield from _under(node)


def _last(node: Node) -> Iterator[Node]:
    """The values at whose end something new is written: an alias does not tell where it stands."""
    while isinstance(node, (MappingNode, SequenceNode)) and node.value:
        node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
        yield node


def _under(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, MappingNode):
        for _, part in node.value:
            yield from _under(part)
    elif isinstance(node, SequenceNode):
        for part in node.value:
            yield from _under(part)


def _flow(node: Node) -> str:
    if isinstance(node, MappingNode):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(part)}" for key, part in node.value) + "}"
    if isinstance(node, SequenceNode):
        return "[" + ", ".join(map(_flow, node.value)) + "]"
    words = str(node.value)
    plain = node.style in (None, "") and words and not NOT_PLAIN.intersection(words)
    return words if plain else json.dumps(words, ensure_ascii=False)
