"""Writing changed values into the text of a file, and nothing else: every other character stays."""

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, SequenceNode

from foedus.case.aliases import written_out
from foedus.case.stage import Path
from foedus.errors import InternalError, needed

Node = Any
"""A node of ruamel, which gives its nodes no types."""
Span = tuple[int, int, str]
"""Where a replacement begins and ends in the text, and what goes there."""


def patched(text: str, changes: Sequence[tuple[Path, object]], removed: Sequence[Path] = ()) -> str:
    """The text of a YAML file with values written at some paths, in flow style, and others taken out.

    A path leads from the top of the file; the last step of a change may be a key that is not there yet, or an index
    just past the end of a list. ``text`` has been read before, so that it is sound YAML. Raises ``InternalError`` for a
    path that leads nowhere. What is written at a place that shares its value with another is written there alone.
    """
    beside = [path[:-1] for path in removed]  # where a removal begins depends on what stands before it
    text = written_out(text, [*(path for path, _ in changes), *beside])
    root = YAML(typ="rt").compose(io.StringIO(text))
    spans = [_span(text, root, path, value) for path, value in changes]
    spans += [_taken_out(text, root, path) for path in removed]
    for start, end, words in sorted(spans, reverse=True):
        text = text[:start] + words + text[end:]
    return text


def _span(text: str, root: Node, path: Path, value: object) -> Span:
    node = root
    for depth, step in enumerate(path):
        part = _part(node, step)
        if part is None:
            return _added(text, node, path[depth:], value)
        node = part
    return node.start_mark.index, _end(text, node), _written(value)


def _taken_out(text: str, root: Node, path: Path) -> Span:
    """The place of a key or an item with all that stands under it; of a whole map or list where it is the only one."""
    parents = [root]
    for step in path[:-1]:
        parents.append(needed(_part(parents[-1], step)))
    parent = parents[-1]
    if len(parent.value) == 1 and len(path) > 1:
        return _taken_out(text, root, path[:-1])
    is_map = isinstance(parent, MappingNode)
    parts = [(key, part) for key, part in parent.value] if is_map else [(item, item) for item in parent.value]
    place = next(i for i, (key, _) in enumerate(parts) if (key.value == path[-1] if is_map else i == path[-1]))
    first, last = parts[place]
    if parent.flow_style:
        start = _end(text, parts[place - 1][1]) if place else first.start_mark.index
        return start, _end(text, last) if place else parts[1][0].start_mark.index, ""
    start = text.rfind("\n", 0, first.start_mark.index) + 1
    following = text.find("\n", _end(text, last))
    return start, len(text) if following < 0 else following + 1, ""


def _part(node: Node, step: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((part for key, part in node.value if key.value == str(step)), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None


def _added(text: str, node: Node, rest: Path, value: object) -> Span:
    """What is written where there is nothing yet: a new key of a map, or a new item of a list."""
    for step in reversed(rest[1:]):
        value = {step: value}
    is_map = isinstance(node, MappingNode) and isinstance(rest[0], str)
    if not node.value or not (is_map or isinstance(node, SequenceNode)):
        raise InternalError(f"the path {rest} leads nowhere in the file")
    words = f"{rest[0]}: {_written(value)}" if is_map else _written(value)
    end = _end(text, node.value[-1][1] if is_map else node.value[-1])
    if node.flow_style:
        return end, end, f", {words}"
    return end, end, f"\n{' ' * node.start_mark.column}{'' if is_map else '- '}{words}"


def _end(text: str, node: Node) -> int:
    """Where the last character of a value stands; a block ends for YAML only where the next thing begins."""
    if isinstance(node, (MappingNode, SequenceNode)) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(node, MappingNode) else last)
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    return start + len(text[start:end].rstrip())


def _written(value: object) -> str:
    """A value in flow style, quoted only where YAML would read it as something else."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_written(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    words = str(value)
    plain = words.replace(" ", "").replace("-", "").replace("_", "").isalnum() and not words.isspace()
    ambiguous = words.casefold() in {"yes", "no", "true", "false", "null", "on", "off"} or words[:1].isdigit()
    return words if plain and not (ambiguous and isinstance(value, str)) else json.dumps(value, ensure_ascii=False)
