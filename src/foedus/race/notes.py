"""What the world says and a race does not use, in plain words: nothing is left out in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from foedus.case.schema.world import StepName
from foedus.race.build import Named, Setup
from foedus.wording import Speaker, listed

STEPS: Final[Mapping[StepName, str]] = {
    "detect": "seeing the attack",
    "attribute": "finding who did it",
    "request": "asking for help",
    "meet": "meeting",
    "decide": "deciding",
    "consent": "consenting",
    "approve": "approval at home",
    "mobilise": "getting ready",
    "move": "moving",
    "take_effect": "taking effect",
    "act": "acting",
}


def notes(setup: Setup, may: Sequence[Named], *, switched: bool | None, speaker: Speaker) -> Iterator[str]:
    """Yield what this race leaves aside: times and forces that are on no way, and a switch that changes nothing."""
    places = [one.places[number] for one in may for number in one.plan.used]
    ways = {(who, force) for one in may for who, force, _ in one.ways}
    if switched is False:
        why = "none of its other forces comes sooner by it" if ways else "no help of this height is asked of anybody"
        yield f"whether losses commit the sender changes nothing here: {why}"
    if not ways:
        return
    unused = [step.what for step in setup.world.steps if not any(place.what == step.what for place in places)]
    if unused:
        steps = listed([STEPS[one] for one in dict.fromkeys(unused)])
        yield f"not used, since no way here has such a step: the time for {steps}"
    bound = {who for who, _ in ways}
    others = [force.who for force in (*setup.world.forces, *setup.world.response_times) if force.who not in bound]
    if others:
        names = listed([speaker.party(who) for who in dict.fromkeys(others)])
        yield f"not used, since the text asks or allows no such help of them here: the forces of {names}"


__all__ = ["notes"]
