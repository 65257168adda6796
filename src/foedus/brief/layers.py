"""Where the forms stand in a picture of who is stronger than whom: layers, and lanes for lines that pass through."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from foedus.law.relation import Relation

SWEEPS = 8
Line = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stop:
    """A place within a layer: a node, or a lane for a line that passes through (``node`` is ``None``)."""

    node: int | None


@dataclass(frozen=True, slots=True)
class Layers:
    """Forms that are equal share a node; ``lines`` lead from a stronger node to the next weaker ones.

    ``layers`` hold the stops from the strongest layer down, ``paths`` the stops that each line passes, as layer and
    place in the layer. ``apart`` are the nodes that no line touches.
    """

    nodes: tuple[tuple[str, ...], ...]
    lines: tuple[Line, ...]
    layers: tuple[tuple[Stop, ...], ...]
    paths: tuple[tuple[tuple[int, int], ...], ...]
    apart: tuple[int, ...]


def layers_of(ids: Sequence[str], relations: Iterable[Relation]) -> Layers:
    """Return the layers of some forms: a line where one is at least as strong as another whatever is not known.

    Lines that follow from others are left out. Within a layer the order is that of the case as far as few lines cross.
    """
    stronger = _stronger(ids, relations)
    nodes = _merged(ids, stronger)
    over = {
        (a, b)
        for a, b in _ordered_pairs(len(nodes))
        if nodes[b][0] in stronger[nodes[a][0]] and nodes[a][0] not in stronger[nodes[b][0]]
    }
    lines = tuple(
        sorted((a, b) for a, b in over if not any((a, c) in over and (c, b) in over for c in range(len(nodes))))
    )
    joined = {node for line in lines for node in line}
    depth = _depths(len(nodes), lines)
    layers, stops = _with_lanes([n for n in range(len(nodes)) if n in joined], lines, depth)
    layers = _uncrossed(layers, stops)
    places = {stop: (level, place) for level, layer in enumerate(layers) for place, stop in enumerate(layer)}
    return Layers(
        nodes,
        lines,
        tuple(tuple(Stop(stop if isinstance(stop, int) else None) for stop in layer) for layer in layers),
        tuple(tuple(places[stop] for stop in stops[line]) for line in lines),
        tuple(node for node in range(len(nodes)) if node not in joined),
    )


def _stronger(ids: Sequence[str], relations: Iterable[Relation]) -> dict[str, set[str]]:
    """For each form those that it is always at least as strong as."""
    found: dict[str, set[str]] = {id: set() for id in ids}
    for relation in relations:
        if relation.at_least():
            found[relation.first].add(relation.second)
        if relation.at_least(turned=True):
            found[relation.second].add(relation.first)
    return found


def _merged(ids: Sequence[str], stronger: Mapping[str, set[str]]) -> tuple[tuple[str, ...], ...]:
    nodes: list[list[str]] = []
    for id in ids:
        equal = next((node for node in nodes if node[0] in stronger[id] and id in stronger[node[0]]), None)
        if equal is None:
            nodes.append([id])
        else:
            equal.append(id)
    return tuple(tuple(node) for node in nodes)


def _ordered_pairs(count: int) -> Iterable[Line]:
    for a, b in combinations(range(count), 2):
        yield a, b
        yield b, a


def _depths(count: int, lines: Sequence[Line]) -> list[int]:
    """How many steps each node stands below a strongest one."""
    depth = [0] * count
    for _ in range(count):
        for a, b in lines:
            depth[b] = max(depth[b], depth[a] + 1)
    return depth


Key = int | tuple[int, int, int]


def _with_lanes(
    joined: Sequence[int], lines: Sequence[Line], depth: Sequence[int]
) -> tuple[list[list[Key]], dict[Line, list[Key]]]:
    """Nodes by layer, with a lane in each layer that a line passes; and the stops of each line."""
    layers: list[list[Key]] = [[] for _ in range(max((depth[n] + 1 for n in joined), default=0))]
    for node in joined:
        layers[depth[node]].append(node)
    stops: dict[Line, list[Key]] = {}
    for a, b in lines:
        lanes: list[Key] = [(a, b, level) for level in range(depth[a] + 1, depth[b])]
        for level, lane in zip(range(depth[a] + 1, depth[b]), lanes, strict=True):
            layers[level].append(lane)
        stops[a, b] = [a, *lanes, b]
    return layers, stops


def _uncrossed(layers: list[list[Key]], stops: Mapping[Line, Sequence[Key]]) -> list[list[Key]]:
    """The layers in an order in which few lines cross: each stop near the middle of those it is joined to."""
    joined: dict[Key, list[Key]] = {}
    for path in stops.values():
        for one, other in pairwise(path):
            joined.setdefault(one, []).append(other)
            joined.setdefault(other, []).append(one)
    best, fewest = layers, _crossings(layers, joined)
    for sweep in range(SWEEPS):
        layers = [list(layer) for layer in layers]
        downwards = sweep % 2 == 0
        for level in range(len(layers)) if downwards else reversed(range(len(layers))):
            beside = level - 1 if downwards else level + 1
            if not 0 <= beside < len(layers):
                continue
            place = {stop: (index + 0.5) / len(layers[beside]) for index, stop in enumerate(layers[beside])}
            own = {stop: (index + 0.5) / len(layers[level]) for index, stop in enumerate(layers[level])}
            middle = {
                stop: _middle([place[o] for o in joined[stop] if o in place], own[stop]) for stop in layers[level]
            }
            layers[level].sort(key=lambda stop: middle[stop])
        crossings = _crossings(layers, joined)
        if crossings < fewest:
            best, fewest = layers, crossings
    return best


def _middle(places: Sequence[float], own: float) -> float:
    return sum(places) / len(places) if places else own


def _crossings(layers: Sequence[Sequence[Key]], joined: Mapping[Key, Sequence[Key]]) -> int:
    count = 0
    for upper, lower in pairwise(layers):
        place = {stop: index for index, stop in enumerate(lower)}
        ends = [(index, place[o]) for index, stop in enumerate(upper) for o in joined[stop] if o in place]
        count += sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in combinations(ends, 2))
    return count
