"""What the forms of one instrument share changes no answer: made one by one, each is the same.

Both ways are kept in the program: ``resolve`` types a whole instrument for one form, ``Forms`` only what changed;
a ``Meaning`` of its own builds everything, one among others what they have not built.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from foedus.case.form import Clause, Form, Judge, Owed, Releases, Trigger
from foedus.case.forms import Forms
from foedus.case.load import load
from foedus.case.paths import with_value
from foedus.case.resolve import completions, resolve
from foedus.case.shipped import instrument_ids
from foedus.case.stage import StagedInstrument
from foedus.check.explain import ALTERNATIVES
from foedus.law.built import Built
from foedus.law.incident import Incident
from foedus.law.meaning import Meaning, Query

UKRAINE = str(Path(__file__).resolve().parents[2] / "cases" / "ukraine-2025.yaml")
MOST_COMPLETIONS = 12


def instruments() -> list[StagedInstrument]:
    return [*(staged for id in instrument_ids() for staged in load(id).instruments), *load(UKRAINE).instruments]


@pytest.fixture(scope="module")
def staged_all() -> list[StagedInstrument]:
    return instruments()


def test_forms_are_those_of_the_whole_instrument(staged_all):
    read = 0
    for staged in staged_all:
        forms = Forms(staged)
        for reading in (None, *staged.readings):
            for completion in completions(staged, reading).tried[:MOST_COMPLETIONS]:
                assert forms.form(reading, completion) == resolve(staged, reading, completion), (staged.id, reading)
                read += 1
    assert read > 100


def changed_data(staged: StagedInstrument) -> Iterator[dict[str, object]]:
    """The text with one value changed: of the first clause each field that explanations change, and of each body.

    One value is none of the language.
    """
    for field in ("judge", "request", "structure", "decision", "consents", "domestic"):
        for value in ALTERNATIVES[field]:
            yield with_value(dict(staged.data), ("clauses", 0, field), value)
    yield with_value(dict(staged.data), ("clauses", 0, "kind"), "a word that is no kind")
    for body in staged.model.bodies:
        for field in ("excluded", "rule", "veto"):
            for value in ALTERNATIVES[field]:
                yield with_value(dict(staged.data), ("bodies", body, field), value)


def made(staged: StagedInstrument, data: dict[str, object]) -> Form | None:
    try:
        return resolve(replace(staged, data=data))
    except ValueError:
        return None  # a value that the rest of the text does not allow


def test_a_changed_value_gives_the_same_form_or_is_refused_both_ways(staged_all):
    allowed = refused = 0
    for staged in staged_all:
        forms = Forms(staged)
        for data in changed_data(staged):
            whole = made(staged, data)
            if whole is None:
                with pytest.raises(ValueError):  # noqa: PT011 - of the models or of the language, as above
                    forms.form(data=data)
                refused += 1
            else:
                assert forms.form(data=data) == whole
                allowed += 1
    assert allowed > 100
    assert refused > 5


def test_equal_parts_are_the_same_object(staged_all):
    for staged in staged_all:
        forms = Forms(staged)
        first = forms.form()
        assert forms.form(data=dict(staged.data)) is first
        for data in changed_data(staged):
            if made(staged, data) is None:
                continue
            for before, after in zip(first.clauses, forms.form(data=data).clauses, strict=True):
                assert (before is after) == (before == after)


def test_meanings_that_share_say_what_each_says_alone(staged_all):
    """Every expression about help, of every form, and what is left of it in two incidents."""
    compared = 0
    for staged in staged_all:
        forms, built = Forms(staged), Built()
        these = [forms.form(reading) for reading in (None, *staged.readings)]
        these += [forms.form(data=data) for data in changed_data(staged) if made(staged, data) is not None]
        for form in dict.fromkeys(these):
            shared, alone = Meaning(form, built), Meaning(form)
            bearers = dict.fromkeys(bearer for clause in form.clauses for bearer in clause.bearers)
            for query in [Query(level, reachable=reach) for level in (1, 3, 5) for reach in (False, True)]:
                here, there = shared.help_expression(query), alone.help_expression(query)
                assert here == there, (staged.id, query)
                for incident in incidents(form):
                    assert shared.at(here, incident) == alone.at(there, incident)
                compared += 1
            for party in bearers:
                assert shared.provides(party, 2) == alone.provides(party, 2)
    assert compared > 1_000


def incidents(form: Form) -> list[Incident]:
    attacker, victim = form.parties[0], form.parties[-1]
    return [Incident("OTHER", victim), Incident(attacker, victim, "raid", "elsewhere", "nationals", provoked=True)]


ALL = Owed(frozenset({"all_means"}), frozenset({"all_means"}))
FIRST = Clause("first", "obligation", ("A",), frozenset("V"), (ALL,), judges=(Judge("attack", "bearer"),))
THEN = Clause("then", "obligation", ("B",), frozenset("V"), (ALL,), judges=(Judge("breach", "victim"),),
              trigger=Trigger(), after=("first",))  # fmt: skip
LEAVE = Clause("leave", "power", ("B",), frozenset("V"), (ALL,), releases=Releases(("then",), for_all=False))
BASE = Form("f", ("A", "B", "V"), (FIRST, THEN))
ELSE = Clause("else", "declaration", ("A",), frozenset("VY"), (ALL,))
VARIANTS = {
    "the clause it waits for": replace(BASE, clauses=(replace(FIRST, judges=()), THEN)),
    "a clause that waits for itself": replace(BASE, clauses=(replace(FIRST, after=("then",)), THEN)),
    "a power that releases from it": replace(BASE, clauses=(FIRST, THEN, LEAVE)),
    "who controls whom": replace(BASE, control=(("X", "B"),)),
    "who is known and may be the victim": replace(BASE, parties=("A", "B", "V", "W")),
    "to whom others owe": replace(BASE, clauses=(FIRST, THEN, ELSE)),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_what_a_clause_turns_on_beside_itself(variant):
    """``then`` is the same record in both forms, and means another thing in each."""
    built = Built()
    for form in (BASE, VARIANTS[variant]):
        shared, alone = Meaning(form, built), Meaning(form)
        clause = shared.clauses["then"]
        assert shared.due(clause, "B") == alone.due(clause, "B")
        assert shared.gives(clause, "B", 5) == alone.gives(clause, "B", 5)
        assert shared.provides("B", 5) == alone.provides("B", 5)
        assert shared.help_expression(Query(5)) == alone.help_expression(Query(5))
    one, other = Meaning(BASE), Meaning(VARIANTS[variant])
    assert one.provides("B", 5) != other.provides("B", 5)
