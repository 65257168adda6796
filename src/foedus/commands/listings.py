"""The commands that list what is known: ``rules``, ``library``, ``words`` and ``schema``."""

from typing import Annotated

import typer

from foedus.commands.arguments import Format
from foedus.commands.formats import ListFormat
from foedus.commands.printing import not_known, print_json


def rules(
    name: Annotated[str | None, typer.Argument(help="one rule, by name or code")] = None,
    format: Format = ListFormat.text,
) -> None:
    """The rules: what each wants, looks for, and cannot see."""
    from foedus.arrivals import RACE_RULE, RaceRule
    from foedus.brief.lists import rule_data, rule_text, rules_text
    from foedus.check.rule import Rule
    from foedus.check.rules import RULES

    known: list[Rule | RaceRule] = [*RULES, RACE_RULE]
    if name is not None:
        rule = next((rule for rule in known if name in (rule.name, rule.code)), None)
        if rule is None:
            not_known("rule", name, [rule.name for rule in known])
        print_json(rule_data(rule)) if format == "json" else print(rule_text(rule))
    elif format == "json":
        print_json([rule_data(rule) for rule in known])
    else:
        print(rules_text(known))


def library(
    id: Annotated[str | None, typer.Argument(help="one shipped instrument")] = None,
    format: Format = ListFormat.text,
) -> None:
    """The shipped instruments, or one of them clause by clause with its sources."""
    from foedus.brief.lists import instrument_text, library_text
    from foedus.case.load import load
    from foedus.case.shipped import instrument_ids

    if id is not None:
        if id not in instrument_ids():
            not_known("shipped instrument", id, instrument_ids())
        case = load(id)
        if format == "json":
            print_json(case.instruments[0].model.model_dump(mode="json", by_alias=True))
        else:
            print(instrument_text(case))
        return
    cases = [load(name) for name in instrument_ids()]
    if format == "json":
        keys = {"id", "title", "short", "status", "binding", "signed", "in_force", "called", "coded_by", "checked_by"}
        print_json([case.instruments[0].model.model_dump(mode="json", include=keys) for case in cases])
    else:
        print(library_text(cases))


def words(
    term: Annotated[str | None, typer.Argument(help="one term")] = None,
    format: Format = ListFormat.text,
) -> None:
    """What the terms mean, in plain words."""
    from foedus.brief.lists import word_text, words_text
    from foedus.case.shipped import glossary

    known = glossary()
    if term is None:
        print_json(known) if format == "json" else print(words_text(known))
        return
    found = next((word for word in known if word.casefold() == term.casefold()), None)
    if found is None:
        found = next((word for word in known if term.casefold().replace("_", " ") == word.casefold()), None)
    if found is None:
        not_known("term", term, list(known))
    print_json({found: known[found]}) if format == "json" else print(word_text(found, known[found]))


def schema(
    of: Annotated[str, typer.Option(metavar="case|instrument", help="which kind of file")] = "case",
) -> None:
    """The JSON Schema of the language, for editors."""
    from foedus.case.published import published_schema

    if of not in ("case", "instrument"):
        not_known("kind of file", of, ["case", "instrument"])
    print_json(published_schema(of))
