"""Who may refuse, in terms of Z3: one Boolean for each actor, and from them whether a holder of choices refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from foedus.law.choices import closure, masters
from foedus.law.expression import ChoiceKey
from foedus.law.meaning import Meaning
from foedus.law.smt.encode import Context, Term, either, named
from foedus.law.smt.sides import Side


def refusals(
    meaning: Meaning, context: Context, known: Mapping[ChoiceKey, Side], victim: str
) -> tuple[dict[str, Term], Callable[[str], Term]]:
    """Return the actors who can make a difference, each with its Boolean, and when a holder refuses.

    Whoever is controlled refuses with its master; the victim and whom it controls never do.
    """
    control = meaning.form.control
    protected = closure(control, (victim,))
    holders = {side.holder for side in known.values() if side.open} - protected
    candidates = sorted({over for holder in holders for over in masters(control, holder)} - protected)
    actors = {actor: named(context, f"refuses:{actor}") for actor in candidates}

    def refuses(holder: str) -> Term:
        over = [] if holder in protected else [actors[m] for m in sorted(masters(control, holder)) if m in actors]
        return either(context, over)

    return actors, refuses
