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
    found = (_units(world, node), _attackers(model, world, node), _victims(model, world, node), _doubles(world, node))
    return [*problems, *(problem for part in (*found, _contradictions(world, node)) for problem in part)]


Used = tuple[Iterable[str], set[str], str, Path]


def _used(model: Case, world: World, bodies: set[str], own: set[str]) -> Iterator[Used]:
    sources, parties, zones = {*model.sources}, {*model.parties}, {*model.zones}
    shared = {step.id for step in world.steps if step.id is not None}
    for part in ("forces", "response_times"):
        for i, force in enumerate(getattr(world, part)):
            at: Path = ("world", part, i)
            if part == "response_times":  # who the forces belong to is looked at with the names of the case
                yield [force.who], parties, "party", (*at, "who")
            yield force.source, sources, "source", (*at, "source")
            yield [force.zone] if force.zone else [], zones, "zone", (*at, "zone")
            yield force.postures, {*world.postures}, "posture", (*at, "postures")
            yield [force.move_with] if force.move_with else [], shared, "shared step", (*at, "move_with")
    for i, objective in enumerate(world.objectives):
        victim = [objective.victim] if objective.victim else []
        yield victim, {*model.cast.beneficiary}, "beneficiary", ("world", "objectives", i, "victim")
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


def _victims(model: Case, world: World, node: Node) -> Iterator[Problem]:
    """A race is about help for one, so that with several beneficiaries the one attacked is named."""
    for i, objective in enumerate(world.objectives):
        could = [one for one in model.cast.beneficiary if one != objective.attacker]
        if objective.victim is None and len(could) > 1:
            words = f"`{objective.id}` does not say whom it is against, and the cast has {len(could)} beneficiaries"
            yield Problem(
                locate(node, ("world", "objectives", i)), words, f"add `victim: ..`, one of {', '.join(could)}"
            )


def _contradictions(world: World, node: Node) -> Iterator[Problem]:
    """What is said twice, or said and cannot count."""
    for i, step in enumerate(world.steps):
        if step.id is None and any((one.what, one.by, one.id) == (step.what, step.by, None) for one in world.steps[:i]):
            words = f"the time to `{step.what}` is given a second time" + (f" for `{step.by}`" if step.by else "")
            yield Problem(locate(node, ("world", "steps", i)), words, "give one length, as wide as both")
    for part in ("forces", "response_times"):
        for i, force in enumerate(getattr(world, part)):
            at: Path = ("world", part, i)
            if force.in_place and (force.ready_within.known or (force.move is not None and force.zone is None)):
                words = "`in_place` says that the force is there, and a time to get ready or to move that it must come"
                yield Problem(
                    locate(node, (*at, "in_place")), words, "leave out one of them, or name the `zone` it is in"
                )
            if force.orders == "fight" and not force.in_place:
                words = "`orders: fight` is for a force that is in place, and this one is not"
                yield Problem(locate(node, (*at, "orders")), words, "add `in_place: true`, or leave `orders` out")
    seen = any(step.what == "detect" and step.by is None and step.id is None for step in world.steps)
    for i, objective in enumerate(world.objectives):
        if objective.speed_and_surprise is not None and not seen:
            words = "`speed_and_surprise` goes with the time to detect, of which nothing is said"
            where = locate(node, ("world", "objectives", i, "speed_and_surprise"))
            yield Problem(where, words, "add a step `{what: detect, takes: ..}`")


def _doubles(world: World, node: Node) -> Iterator[Problem]:
    for part, names in (("objectives", [one.id for one in world.objectives]), ("steps", [s.id for s in world.steps])):
        for i, name in enumerate(names):
            if name is not None and name in names[:i]:
                at: Path = ("world", part, i, "id")
                yield Problem(locate(node, at), f"two {part} are called `{name}`", "give each an id of its own")
