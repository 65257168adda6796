"""A new duty to help, written where the text has none: by those whom it binds already, or by one still to be found."""

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from foedus.case.form import Clause
from foedus.case.resolve import resolve
from foedus.case.schema.base import Party
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.check.edits import Change, Edit
from foedus.check.space import attackers_of

RUNGS: Final[tuple[list[str], ...]] = (["consult"], ["sanction", "fund"], ["arm"], ["limited_force"], ["all_means"])
NEW_DUTY: Final = "new-duty"
HOURS: Final = 72
"""The clock of a new duty (the Kyiv Compact's hours)."""
NO_GUARANTEE: Final = frozenset({"monitor", "mediate", "declare"})
"""Who owes no more than this watches over the others, and is nobody whom a text takes for a guarantor."""
NEWCOMER: Final = "new-guarantor"
NAME: Final = "A guarantor whom the text does not name yet"
SPOKEN: Final = "a guarantor whom the text does not name yet"


def new_duties(case: LoadedCase, staged: StagedInstrument) -> Iterator[Edit]:
    """A duty to give what the case asks for: of the text's own guarantors, and of one whom it does not name.

    Its own guarantors are those who owe the beneficiary help or talk, or whom it calls so; never the attacker, the
    beneficiary, or whom they control. Who merely signed a text that binds nobody to help is not taken for one.
    """
    required = case.required.get("full_invasion", 0)
    if not required:
        return
    bearers = _guarantors(case, staged)
    if bearers:
        yield Edit(NEW_DUTY, "clauses", NEW_DUTY, (_clause(case, staged, bearers, required),), required)
    if NEWCOMER not in case.parties:
        joins: Change = (("parties", NEWCOMER), {"name": NAME, "spoken": SPOKEN})
        changes = (_clause(case, staged, [NEWCOMER], required), joins)
        yield Edit("new-guarantor", "clauses", NEW_DUTY, changes, required)


def with_newcomer(case: LoadedCase, staged: StagedInstrument) -> LoadedCase:
    """The case with an edited instrument alone on stage, and with the party that was named anew in it."""
    if NEWCOMER not in staged.model.parties or NEWCOMER in case.parties:
        return replace(case, instruments=(staged,))
    party = Party(name=NAME, spoken=SPOKEN)
    model = case.model
    if model is not None:
        model = model.model_copy(update={"parties": {**model.parties, NEWCOMER: party}})
    parties = MappingProxyType({**case.parties, NEWCOMER: party})
    return replace(case, instruments=(staged,), parties=parties, model=model)


def _clause(case: LoadedCase, staged: StagedInstrument, bearers: list[str], required: int) -> Change:
    clause = {
        "id": NEW_DUTY,
        "says": "A new duty to help against any attack, each bound alone.",
        "kind": "obligation",
        "bearers": bearers,
        "to": list(case.beneficiaries),
        "judge": "objective",
        "response": {"least": RUNGS[required - 1]},
        "deadline": {"to": "act", "within": f"{HOURS} h", "from": "trigger"},
    }
    return ("clauses", len(staged.model.clauses)), clause


def _guarantors(case: LoadedCase, staged: StagedInstrument) -> list[str]:
    first = next((name for name in attackers_of(case, staged) if name not in case.beneficiaries), None)
    sides = {*case.beneficiaries, *([first] if first is not None else [])}
    bound = dict.fromkeys(bearer for clause in resolve(staged).clauses for bearer in _bound(case, clause))
    called = [id for role, ids in staged.model.roles.items() if role.startswith("guarantor") for id in ids]
    known = case.model.parties if case.model is not None and case.model.parties else staged.members
    ours = {*bound, *(called if not bound else [])}
    return [
        id for id in known if id in ours and id not in sides and not sides.intersection(case.parties[id].controlled_by)
    ]


def _bound(case: LoadedCase, clause: Clause) -> Iterator[str]:
    if clause.kind == "obligation" and clause.beneficiaries.intersection(case.beneficiaries):
        for bearer, owed in zip(clause.bearers, clause.response, strict=True):
            if not owed.most <= NO_GUARANTEE:
                yield bearer
