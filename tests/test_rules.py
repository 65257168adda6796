"""Every rule on small made-up instruments: the verdict, and why, were written from the rule's definition beforehand.

An example is a change to the file's `case`; `sort` says what it shows. A `bug` marks an example on which the program
and the definition still differ: it is expected to fail, and to be unmarked once it passes.
"""

from __future__ import annotations

import importlib
import json
import re
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from foedus.case.load import load_text
from foedus.case.tree import parse, plain
from foedus.check.expectations import in_order, stopping_number, stopping_sets
from foedus.check.rule import Rule
from foedus.check.rules import RULES
from foedus.check.run import Options, run
from foedus.findings import Class, Finding, Outcome, Verdict
from foedus.plain import plain as plain_record

FOLDER = Path(__file__).parent / "rules"
SORTS = ("good", "bad", "not_applicable", "depends", "undecided")
INCIDENT = ("attacker", "victim", "kind", "zone", "object")
LEVELS = ("promised_level", "weakest_level", "required_level", "most_level", "hours")
HEADER = {"foedus": 1, "case": "example", "as_of": "2026-11-24"}


@cache
def examples_of(name: str) -> dict[str, Any]:
    path = FOLDER / f"{name}.yaml"
    content = plain(parse(path.read_text(encoding="utf-8"), path.name))
    assert isinstance(content, dict)
    return content


def everything() -> list[Any]:
    return [
        pytest.param(
            path.stem, index, id=f"{path.stem}: {example['name']}",
            marks=[pytest.mark.xfail(reason=example["bug"])] if "bug" in example else [],
        )
        for path in sorted(FOLDER.glob("*.yaml"))
        for index, example in enumerate(examples_of(path.stem)["examples"])
    ]  # fmt: skip


def changed(content: Any, steps: list[str], value: object) -> Any:
    """A copy with the value at a path; a list is entered by the id of an item, or replaced whole; null takes away."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(content, list):
        return [changed(item, rest, value) if item.get("id") == step else item for item in content]
    content = dict(content or {})
    if not rest and value is None:
        content.pop(step, None)
        return content
    return content | {step: changed(content.get(step), rest, value)}


def case_of(name: str, example: dict[str, Any]) -> dict[str, Any]:
    content = HEADER | examples_of(name)["case"]
    for place, value in example.get("set", {}).items():
        content = changed(content, place.split("."), value)
    for instrument in content["instruments"]:
        if isinstance(instrument["clauses"], dict):
            instrument["clauses"] = list(instrument["clauses"].values())
    return content


def finding_of(name: str, example: dict[str, Any]) -> Finding:
    # JSON is YAML, so that the content can be handed on as it stands.
    case = load_text(json.dumps(case_of(name, example)), f"{name}.yaml")
    first = case.instruments[0].id
    (finding,) = run(case, Options(rules=(name,), instruments=(first,))).findings
    return finding


def found_in(finding: Finding, key: str) -> object:
    outcome = finding.outcome
    if key == "verdict":
        return finding.verdict.value
    if key == "class":
        return finding.kind.value
    if key in INCIDENT:
        return None if outcome.incident is None else getattr(outcome.incident, key)
    if key in LEVELS:
        return getattr(outcome, key)
    if key in ("refusing", "clauses", "lost", "silent"):
        return sorted(getattr(outcome, key))
    if key == "decided_by":
        return list(finding.decided_by)
    if key == "by_reading":
        return {result.reading: result.verdict.value for result in finding.by_reading}
    if key == "unclocked":
        return [step.what for step in outcome.steps if step.hours is None]
    return records_in(outcome, key)


def records_in(outcome: Outcome, key: str) -> object:
    if key == "let_off":  # the clauses that let somebody off, and why
        return sorted({f"{let.clause}: {let.why}" for let in outcome.let_off})
    if key == "protection":
        return [[" ".join(p.guarantors), *list(plain_record(p).values())[1:]] for p in outcome.protections]
    if key == "entailed":
        return [[record.clause, record.instrument, list(record.by)] for record in outcome.adds_nothing]
    if key == "conflicts":
        return [
            [" ".join(c.bearers), "/".join(c.duty), " ".join(c.acts), "/".join(c.prohibition), c.thing, c.first]
            for c in outcome.conflicts
        ]
    return stoppers_in(outcome, key)


def stoppers_in(outcome: Outcome, key: str) -> object:
    who, what = key.split("_")
    stoppers = getattr(outcome, who)
    assert stoppers is not None, f"no {who} stoppers told"
    return stopping_number(stoppers) if what == "number" else stopping_sets(stoppers)


@pytest.mark.parametrize(("name", "index"), everything())
def test_example(name: str, index: int) -> None:
    example = examples_of(name)["examples"][index]
    finding = finding_of(name, example)
    words = {key: example["expect"][key] for key in ("told", "not_told") if key in example["expect"]}
    wanted = {key: value for key, value in example["expect"].items() if key not in words}
    found = {key: found_in(finding, key) for key in wanted}
    expected = {key: in_order(value) if key.endswith("_sets") else value for key, value in wanted.items()}
    assert all((text.casefold() in finding.sentence.casefold()) == (key == "told") for key, text in words.items())
    assert found == expected, f"{example['why']}\n{finding.sentence}"


@pytest.mark.parametrize(("name", "index"), everything())
def test_what_is_told_of_an_example(name: str, index: int) -> None:
    example = examples_of(name)["examples"][index]
    told = finding_of(name, example).sentence
    assert re.match(r"[A-Z`]", told), told
    assert told.endswith("."), told
    assert not re.search(r"\bNone\b|C\d\d\b|OTHER|_|\(\)|\{|  ", told), told


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_has_examples_of_every_sort(rule: Rule) -> None:
    content = examples_of(rule.name)
    assert content["rule"] == rule.name
    assert content["by"]
    assert content["on"]
    sorts = [example["sort"] for example in content["examples"]]
    assert set(sorts) == set(SORTS)
    assert any(example.get("bug") is None for example in content["examples"] if example["sort"] == "bad")
    for example in content["examples"]:
        assert example["why"].endswith(".")
        verdict = example["expect"]["verdict"]
        assert verdict == {"good": "holds", "bad": "fails"}.get(example["sort"], example["sort"])
    assert any(
        "unknown" in json.dumps(e.get("set")) or "may_be" in json.dumps(e.get("set")) for e in content["examples"]
    )
    assert any("by_reading" in example["expect"] for example in content["examples"] if example["sort"] == "depends")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_documented(rule: Rule) -> None:
    for field in fields(rule):
        value = getattr(rule, field.name)
        assert value, field.name
        if isinstance(value, str) and field.name in ("wanted", "looks_for", "why", "limits", "source"):
            assert len(value.split()) > 2 or field.name == "source", field.name
    assert re.fullmatch(r"C\d\d", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name)
    assert rule.code in rule.source
    assert rule.kind in Class
    assert rule.wanted[0].isupper()
    assert not rule.wanted.endswith(".")
    assert rule.why.endswith(".")
    assert rule.limits.endswith(".")


def test_codes_and_names_are_unique_and_name_their_files() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {rule.name for rule in RULES}
    for rule in RULES:
        assert rule.run.__module__.rpartition(".")[2] == rule.name.replace("-", "_")


def test_every_rule_module_is_registered() -> None:
    package = importlib.import_module("foedus.check.rules")
    modules = {path.stem for path in Path(str(package.__file__)).parent.glob("*.py")} - {"__init__"}
    assert modules == {rule.name.replace("-", "_") for rule in RULES}


def test_the_same_bytes_twice() -> None:
    for rule in RULES:
        example = next(e for e in examples_of(rule.name)["examples"] if e["sort"] == "bad")
        assert finding_of(rule.name, example) == finding_of(rule.name, example)


def test_undecided_says_how_many() -> None:
    for rule in RULES:
        example = next(e for e in examples_of(rule.name)["examples"] if e["sort"] == "undecided")
        finding = finding_of(rule.name, example)
        assert finding.verdict is Verdict.UNDECIDED
        assert "216" in finding.sentence
        assert "tried" in finding.sentence
