"""Faults planted in the law stage are found by the comparison with the brute force.

Each fault is a change of the source, made in memory. Where the source has been rewritten, the fault has to be too.
"""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # tests are not a package

import comparison

MOST_DRAWS = 800
CONTRARY = 40
LAW = [importlib.import_module(f"foedus.law.{name}") for name in (
    "expression", "interpret", "choices", "bodies", "incident", "meaning", "records", "signs", "stops", "groups",
    "stoppers", "promise",
)]  # fmt: skip
pytestmark = pytest.mark.slow

FAULTS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    # Bodies.
    "half is a majority": ("bodies", (("gain, loss, bound = 2, 1, 1", "gain, loss, bound = 2, 1, 0"),)),
    "more than the share is wanted": ("bodies", (("body.share[0], 0", "body.share[0], 1"),)),
    "weights are forgotten": ("bodies", (("weights = body.weights or (1,)", "weights = (1,)"),)),
    "the quorum is forgotten": ("bodies", (("body.quorum)", "0)"),)),
    "the excluded make up a quorum": ("bodies", (("Term(entitled[member], votes[member], heads)",
                                                  "Term(TRUE, votes[member], heads)"),)),
    "nobody is excluded": ("bodies", (('if body.excluded == "nobody":', "if body:"),)),
    "the victim is not excluded": ("bodies", (('if body.excluded == "disputants":', "if not body:"),)),
    "whom the excluded control sits on": ("bodies", (("over = masters(control, member)",
                                                      "over = frozenset((member,))"),)),
    "exclusion bites always": ("bodies", (("if body.only_if_member else TRUE", "if not body else TRUE"),)),
    "no yes is needed": ("bodies", (("conjunction((agreed, some_yes, ", "conjunction((agreed, "),)),
    "an abstention is cast": ("bodies", (('"cast": ("yes", "no"),', '"cast": ("yes", "no", "abstain"),'),)),
    "the absent are present": ("bodies", (('"present": ("yes", "no", "abstain"),', '"present": VOTES,'),)),
    "of members is of entitled": ("bodies", (('"members": (),', '"members": VOTES,'),
                                             ('if body.of == "members":', "if not body:"),)),
    "the excluded keep their veto": ("bodies", (("_member_says(entitled, votes, holder, *blocking)",
                                                 "pick(votes[holder], *blocking)"),)),
    "an abstention is no veto": ("bodies", (('blocking = ("no", "abstain", "absent") if body.abstention_blocks else',
                                             "blocking ="),)),
    "an outside abstention is a veto": ("bodies", (('pick(votes[holder], "no")', "pick(votes[holder], *blocking)"),)),
    "each decides for all": ("meaning", (('voice = bearer if body.rule == "each" else None',
                                          "voice = body.members[0]"),)),
    # When a clause binds.
    "hours are not counted": ("meaning", (('fact_from("lasting", trigger.lasting_hours)', "TRUE"),)),
    "provocation is no matter": ("meaning", (("if trigger.unprovoked else TRUE", "if not trigger else TRUE"),)),
    "manifest is ignored": ("meaning", (('fact_in("kind", judge.manifest)', "FALSE"),)),
    "all have to ask": ("meaning", (("if clause.request.all else", "if clause else"),)),
    "any may ask": ("meaning", (("if clause.request.all else", "if not clause else"),)),
    "nothing comes first": ("meaning", (("for earlier in clause.after)", "for earlier in ())"),)),
    "one performer is enough": ("meaning", (
        ("conjunction(\n        conjunction((meaning.due(", "disjunction(\n        conjunction((meaning.due("),)),
    "clauses that wait for each other are due": ("meaning", (
        ("in meaning.endless:\n        return FALSE", "in meaning.endless:\n        return TRUE"),)),
    "a power waits for its decision": ("meaning", (('conjunction((meaning.ground(clause, bearer), pick(("power"',
                                                    'conjunction((meaning.due(clause, bearer), pick(("power"'),)),
    "unless is wanted": ("meaning", (("ends = [self.decided(question, bearer) for",
                                      "ends = [negation(self.decided(question, bearer)) for"),)),
    "until is forgotten": ("meaning", (("(*clause.unless, *clause.until)", "clause.unless"),)),
    "a power releases all": ("meaning", (("if power.releases.for_all else", "if power else"),)),
    "a power needs no facts": ("meaning", (("conjunction((facts(power), used))", "used"),)),
    "collective is several": ("meaning", (("if not clause.collective or", "if clause or"),)),
    "a bearer who attacks releases nobody": ("meaning", (('negation(fact_in("attacker", clause.bearers)),', ""),)),
    "the victim has to act too": ("meaning", (('disjunction((fact_in("victim", (o,)), pick(',
                                               "disjunction((FALSE, pick("),)),
    "the default waits for nothing": ("meaning", (('fact_from("hour", default.after_hours)', "TRUE"),)),
    "there is no default": ("meaning", (("default is None or default.level < level", "default or not default"),)),
    "the default owes everything": ("meaning", (("default is None or default.level < level", "default is None"),)),
    "approval at home is no condition": ("meaning", (("if domestic is None or not domestic.is_condition or bearer",
                                                      "if domestic or not domestic or bearer"),)),
    "refusal at home is no breach": ("meaning", (('return conjunction((act, pick(("approval", bearer), "yes")))',
                                                  "return act"),)),
    "means are not held to the limits": ("meaning", (("max(least, min(most, int(means)))", "int(means)"),)),
    "the bearer owes its most": ("meaning", (("return TRUE if least >= level else FALSE",
                                              "return TRUE if most >= level else FALSE"),)),
    "a body that declines owes the most": ("meaning", (("high = chosen if most >= level else FALSE",
                                                        "high = TRUE if most >= level else FALSE"),)),
    # Help.
    "the victim provides": ("meaning", (('(fact_in("attacker", over), fact_in("victim", over))',
                                         '(fact_in("attacker", over),)'),)),
    "the attacker provides": ("meaning", (('(fact_in("attacker", over), fact_in("victim", over))',
                                           '(fact_in("victim", over),)'),)),
    "proxies provide": ("meaning", (("over = masters(self.form.control, party)", "over = frozenset((party,))"),)),
    "one provider is enough": ("meaning", (("if query.k == 1:", "if query:"),)),
    "any level is reached": ("meaning", ((" and clause.leads_to.level >= level", ""),)),
    # Refusal.
    "refusal is not closed under control": ("stoppers", (("closure(meaning.form.control, actors) -",
                                                          "frozenset(actors) -"),)),
    "the victim refuses": ("stoppers", ((" - protected(meaning.form, victim)", ""),)),
    "withholding is lawful": ("stops", (("if choice.performance and not self.practical:", "if not choice:"),)),
    "breach is impossible": ("stops", (("if choice.performance and not self.practical:", "if choice.performance:"),)),
    "who chooses last is mixed up": ("stops", (("elif refuses == game.refusers_last:",
                                                "elif refuses != game.refusers_last:"),)),
    "not turns nothing round": ("signs", (("stack.append((node.child, -sign))", "stack.append((node.child, sign))"),)),
    "approval is always performance": ("choices", (("performance=bearer not in conditions", "performance=True"),)),
    "closure is one step": ("choices", (("                waiting.append(controlled)\n", ""),)),
}  # fmt: skip


@contextmanager
def planted(name: str, changes: tuple[tuple[str, str], ...]) -> Iterator[None]:
    """Run a module of the law anew with changes in its source, and hand its new names to all who imported them."""
    module = importlib.import_module(f"foedus.law.{name}")
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    for old, new in changes:
        assert source.count(old) == 1, f"the fault no longer fits {name}.py, write it anew: {old}"
        source = source.replace(old, new)
    affected: list[ModuleType] = [*LAW, comparison]
    before = {other.__name__: dict(vars(other)) for other in affected}
    old_names = before[module.__name__]
    try:
        exec(compile(source, str(module.__file__), "exec"), vars(module))  # noqa: S102 - our own source, changed above
        new_names = vars(module)
        for other in affected:
            for key, value in before[other.__name__].items():
                if other is not module and key in old_names and value is old_names[key] and not key.startswith("__"):
                    setattr(other, key, new_names[key])
        yield
    finally:
        for other in affected:
            vars(other).update(before[other.__name__])


@functools.cache
def drawn(seed: int) -> comparison.Sheet:
    return next(comparison.sheets(1, first=seed))


@functools.cache
def contrary() -> tuple[comparison.Sheet, ...]:
    return tuple(comparison.sheets(CONTRARY, contrary=True))


def draws() -> Iterator[comparison.Sheet]:
    for seed in range(MOST_DRAWS):
        if seed == CONTRARY:
            yield from contrary()
        yield drawn(seed)


def caught(name: str, changes: tuple[tuple[str, str], ...]) -> tuple[int, str] | None:
    """Return how many draws it took and what was seen."""
    with planted(name, changes):
        for number, sheet in enumerate(draws(), start=1):
            try:
                said = comparison.disagreement(sheet)
            except KeyError as error:  # the faulty reading asks for a choice that does not exist
                said = f"no choice {error}"
            if said is not None:
                return number, said
    return None


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault):
    found = caught(*FAULTS[fault])
    assert found is not None, f"not found in {MOST_DRAWS} draws"
    print(f"{fault}: draw {found[0]}, {found[1][:100]}")


def test_without_a_fault_nothing_is_found():
    with planted("meaning", ()), planted("stops", ()):
        assert [
            said for sheet in [*contrary(), *map(drawn, range(40))] if (said := comparison.disagreement(sheet))
        ] == []
    assert comparison.disagreement(drawn(0)) is None


def test_there_are_enough_faults():
    assert len(FAULTS) >= 20
