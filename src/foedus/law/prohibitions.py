"""What a text forbids: whether it is forbidden now, and which acts break it (docs/theory/meaning.md, 7 and 9)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from foedus.case.form import Clause
from foedus.case.ladders import level_of
from foedus.law.expression import FALSE, TRUE, Expression, conjunction, fact_in, negation
from foedus.law.incident import Incident
from foedus.law.meaning import Meaning, facts

FORBIDDEN_ACTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "attack": ("limited_force", "all_means"),
        "economic_coercion": ("sanction", "all_means"),
        "alliances": ("limited_force", "all_means"),
        "foreign_bases": ("give_bases",),
        "foreign_troops": ("all_means",),
    }
)
"""Which acts of help each forbidden thing rules out. What is missing here (threats, nuclear use, arms of one's own, aid
to an attacker, opposing commitments) forbids no act of the language by itself."""
AGAINST_THE_ATTACKER: Final = frozenset({"attack", "economic_coercion"})
"""Here the act is forbidden towards the one it is directed against, that is the attacker of the incident."""
LIMIT: Final = "most_level"


def stands(meaning: Meaning, clause: Clause, bearer: str) -> Expression:
    """Return that a prohibition speaks to a bearer: its facts hold, and no body or power has ended it for the bearer.

    A prohibition is never due: nobody judges it and nobody need ask. It is kept or broken.
    """
    return conjunction((facts(clause), meaning.not_stopped(clause, bearer)))


def limits(meaning: Meaning, incident: Incident, bearer: str) -> dict[str, int]:
    """Return the most levels that prohibitions leave a bearer, those whose facts hold in an incident, by clause."""
    return {
        clause.id: clause.most_level
        for clause in meaning.form.clauses
        if clause.kind == "prohibition" and bearer in clause.bearers and clause.most_level is not None
        if meaning.at(facts(clause), incident) is TRUE
    }


def ruled_out(prohibition: Clause, least: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return the forbidden things (or the limit) that doing the least acts would break, each with those acts."""
    found = {
        thing: tuple(act for act in FORBIDDEN_ACTS.get(thing, ()) if act in least)
        for thing in sorted(prohibition.forbids)
    }
    if prohibition.most_level is not None:
        found[LIMIT] = tuple(sorted(act for act in least if level_of((act,)) > prohibition.most_level))
    return {thing: acts for thing, acts in found.items() if acts}


def touched(prohibition: Clause, thing: str) -> Expression:
    """Return that help in an incident is directed against somebody, or goes to somebody, that a prohibition is about.

    A ban on force or coercion that protects the victim as well is a general one: it leaves help against an attack
    open, as Article 51 of the Charter does. One that protects the attacker by name, and not the victim, does not.
    """
    protected = prohibition.beneficiaries
    if thing in AGAINST_THE_ATTACKER:
        named = conjunction((fact_in("attacker", protected), negation(fact_in("victim", protected))))
        return named if protected else FALSE
    if thing == "alliances":  # who is under the same ban is an ally already: the ban is on other alliances
        return negation(fact_in("victim", prohibition.bearers))
    return fact_in("victim", protected) if thing == LIMIT and protected else TRUE
