"""What a world names must be declared, and its units must agree: nothing is guessed."""

from collections.abc import Iterable, Iterator

from foedus.case.case_names import undeclared_names
from foedus.case.schema.case import Case, Use
from foedus.case.schema.instrument import Instrument
from foedus.case.schema.world import World
from foedus.case.stage import Path
from foedus.case.tree import Node, locate
from foedus.errors import Problem


def world_problems(model: Case, instruments: Iterable[Instrument], node: Node) -> list[Problem]:
    """Return a problem for everything in the world of a case that nobody declared, and for units that differ."""
    world = model.world
    if world is None:
        return []
    bodies = {*model.bodies, *(id for instrument in instruments for id in instrument.bodies)}
    own = {id for instrument in instruments for id in instrument.parties}
    called = {party.name: id for id, party in model.parties.items()}
    problems: list[Problem] = []
    for names, known, what, at in _used(model, world, bodies, own):
        problems += undeclared_names(names, known, what, node, at, called=called if what.startswith("party") else {})
    return [*problems, *_units(world, node), *_attackers(model, world, node), *_doubles(world, node)]


Used = tuple[Iterable[str], set[str], str, Path]


def _used(model: Case, world: World, bodies: set[str], own: set[str]) -> Iterator[Used]:
    sources, parties = {*model.sources}, {*model.parties}
    shared = {step.id for step in world.steps if step.id is not None}
    for part in ("forces", "response_times"):
        for i, force in enumerate(getattr(world, part)):
            at: Path = ("world", part, i)
            if part == "response_times":  # who the forces belong to is looked at with the names of the case
                yield [force.who], parties, "party", (*at, "who")
            yield force.source, sources, "source", (*at, "source")
            yield force.postures, {*world.postures}, "posture", (*at, "postures")
            yield [force.move_with] if force.move_with else [], shared, "shared step", (*at, "move_with")
    for i, step in enumerate(world.steps):
        yield [step.by] if step.by else [], parties | own | bodies, "party or body", ("world", "steps", i, "by")
        yield step.source, sources, "source", ("world", "steps", i, "source")
    for i, objective in enumerate(world.objectives):
        attacker = [objective.attacker] if objective.attacker else []
        yield attacker, parties | {"OTHER"}, "party", ("world", "objectives", i, "attacker")
        yield [objective.zone] if objective.zone else [], {*model.zones}, "zone", ("world", "objectives", i, "zone")
        yield objective.source, sources, "source", ("world", "objectives", i, "source")
    for id, posture in world.postures.items():
        yield posture.source, sources, "source", ("world", "postures", id, "source")
    instruments = {entry.use if isinstance(entry, Use) else entry.id for entry in model.instruments}
    for i, expected in enumerate(world.expect):
        here: Path = ("world", "expect", i)
        named = [expected.instrument] if expected.instrument else []
        yield named, instruments, "instrument of this case", (*here, "instrument")
        yield [expected.objective], {one.id for one in world.objectives}, "objective", (*here, "objective")
        yield [expected.posture] if expected.posture else [], {*world.postures}, "posture", (*here, "posture")
        yield expected.refuses, parties | own, "party", (*here, "refuses")
        yield expected.source, sources, "source", (*here, "source")


def _units(world: World, node: Node) -> Iterator[Problem]:
    """Forces and needs of one domain are added up, so that they must be counted in one unit."""
    first: dict[str, tuple[str, Path]] = {}
    for part in ("objectives", "forces", "response_times"):
        for i, entry in enumerate(getattr(world, part)):
            key = "needs" if part == "objectives" else "strength"
            for domain, amount in getattr(entry, key).items():
                at: Path = ("world", part, i, key, domain)
                unit, where = first.setdefault(domain, (amount.unit, at))
                if unit != amount.unit:
                    yield Problem(
                        locate(node, at),
                        f"`{domain}` is counted in `{amount.unit}` here and in `{unit}` elsewhere",
                        "count one domain in one unit",
                        related=((locate(node, where), f"`{unit}` is here"),),
                    )


def _attackers(model: Case, world: World, node: Node) -> Iterator[Problem]:
    """A race has one attacker, who is not the one attacked."""
    for i, objective in enumerate(world.objectives):
        at: Path = ("world", "objectives", i)
        if objective.attacker in model.cast.beneficiary:
            words = f"`{objective.attacker}` attacks itself in `{objective.id}`"
            yield Problem(locate(node, (*at, "attacker")), words, "name another attacker")
        if objective.attacker is None and "any" in model.cast.attackers:
            words = f"`{objective.id}` names no attacker, and the cast lets anybody be one"
            yield Problem(locate(node, at), words, "add `attacker: ..`")


def _doubles(world: World, node: Node) -> Iterator[Problem]:
    for part, names in (("objectives", [one.id for one in world.objectives]), ("steps", [s.id for s in world.steps])):
        for i, name in enumerate(names):
            if name is not None and name in names[:i]:
                at: Path = ("world", part, i, "id")
                yield Problem(locate(node, at), f"two {part} are called `{name}`", "give each an id of its own")
