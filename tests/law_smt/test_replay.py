"""What does not replay in the plain interpreter is a bug of Foedus, and says so."""

from __future__ import annotations

import subprocess
import sys

import pytest

from foedus.case.form import Body, Clause, Form, Judge, Owed, Question
from foedus.errors import InternalError
from foedus.law.choices import YES_NO, Choice
from foedus.law.expression import conjunction, fact_in, pick
from foedus.law.incident import Incident, IncidentSpace
from foedus.law.meaning import Meaning, Query
from foedus.law.smt import encode, replay, solver, stopping
from foedus.law.smt.decode import Found
from foedus.law.stops import LAWFUL

KEY = ("judgement", "attack", "A")
CHOICES = {KEY: Choice(KEY, "A", YES_NO, performance=False, default="no")}
EXPRESSION = conjunction((fact_in("kind", ("raid",)), pick(KEY, "yes")))


def test_a_true_finding_comes_back():
    found = Found(Incident("B", "A", "raid"), {KEY: "yes"})
    assert replay.replay(EXPRESSION, found) is found


@pytest.mark.parametrize(("kind", "word"), [("raid", "no"), ("full_invasion", "yes")])
def test_a_false_finding_is_a_bug(kind, word):
    with pytest.raises(InternalError, match="plain reading") as raised:
        replay.replay(EXPRESSION, Found(Incident("B", "A", kind), {KEY: word}))
    assert raised.value.exit_code == 3


def test_a_wrong_encoding_is_caught(monkeypatch):
    def always(encoder: encode.Encoder, _choice: object, _options: object) -> encode.Term:
        return encode.truth(encoder._context, value=True)

    monkeypatch.setattr(encode.Encoder, "_among", always)
    world = encode.World(CHOICES, IncidentSpace(("B",), ("A",), kinds=("raid",)))
    with pytest.raises(InternalError):
        solver.find_incident(world, conjunction((pick(KEY, "no"), EXPRESSION)))


def council() -> tuple[Meaning, object]:
    owed = Owed(frozenset({"arm"}), frozenset({"arm"}))
    duty = Clause("c", "obligation", ("P",), frozenset("V"), (owed,), decision=Question("body", "help"))
    judged = Clause("d", "obligation", ("Q",), frozenset("V"), (owed,), judges=(Judge("attack", "bearer"),))
    meaning = Meaning(Form("f", tuple("ABCPQV"), (duty, judged), (Body("body", tuple("ABC"), "majority"),)))
    return meaning, meaning.help_expression(Query(1))


@pytest.mark.parametrize("actors", ["Q", "AB", "AQ", "", "ABCQ"])
def test_a_set_that_does_not_stop_or_is_not_minimal_is_a_bug(actors):
    meaning, expression = council()
    placed = meaning.at(expression, Incident("OTHER", "V"))
    assert replay.replay_set(meaning, placed, frozenset("ABQ"), "V", LAWFUL) == frozenset("ABQ")
    with pytest.raises(InternalError):
        replay.replay_set(meaning, placed, frozenset(actors), "V", LAWFUL)


def test_an_incident_in_which_nothing_is_stopped_is_a_bug():
    meaning, expression = council()
    incident = Incident("OTHER", "V")
    assert replay.replay_stopped(meaning, expression, incident, frozenset("ABQ"), LAWFUL) == incident
    with pytest.raises(InternalError):
        replay.replay_stopped(meaning, expression, incident, frozenset("AB"), LAWFUL)
    with pytest.raises(InternalError):  # there is no help in good faith
        replay.replay_stopped(meaning, expression, Incident("OTHER", "A"), frozenset("ABQ"), LAWFUL)


def test_a_search_that_goes_wrong_is_caught(monkeypatch):
    meaning, expression = council()
    placed = meaning.at(expression, Incident("OTHER", "V"))
    assert stopping.stopping_number(meaning, placed, "V", LAWFUL) == 3
    monkeypatch.setattr(stopping._Search, "within", lambda _, size: frozenset("ABCQ") if size > 3 else None)
    with pytest.raises(InternalError):
        stopping.stopping_number(meaning, placed, "V", LAWFUL)


def test_nothing_else_loads_z3():
    loads = "import sys, foedus.law.ask, foedus.law.stoppers, foedus.law.smt; sys.exit('z3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loads], check=False).returncode == 0
