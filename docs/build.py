"""Writes docs/reference from the program: the language, the rules, the commands, the JSON, the library.

``python docs/build.py [FOLDER]``. Nothing in the result is written by hand, save the meanings of keys, which are in
docs/meanings.yaml and docs/json-keys.yaml.
"""

import inspect
import re
import sys
import typing
from collections.abc import Iterator
from enum import Enum
from inspect import cleandoc
from pathlib import Path
from types import UnionType
from typing import Any, Final, Literal, Union

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from typer.models import ArgumentInfo

from foedus import cli
from foedus.arrivals import RACE_RULE
from foedus.brief.edit_words import kind_words
from foedus.brief.lists import BINDING_WORDS
from foedus.brief.precedents_page import precedents_page
from foedus.brief.screen import STATUS_WORDS
from foedus.case import scan, text, tree, unknowns, variants
from foedus.case.ladders import ACT_LEVEL, LEVELS
from foedus.case.load import load
from foedus.case.precedents import faults_of, precedents
from foedus.case.schema import base, case, clause, instrument, table, world
from foedus.case.shipped import instrument_ids
from foedus.case.tree import parse, plain
from foedus.check.cures import CURES, NO_EDIT
from foedus.check.edits import KINDS_OF_EDIT
from foedus.check.rule import Rule
from foedus.check.rules import RULES
from foedus.findings import Class
from foedus.wording import ACT_WORDS, LEVEL_WORDS

HERE: Final = Path(__file__).resolve().parent
MADE: Final = "<!-- Made by `make docs` from the program; do not edit. -->"
FIRST: Final = ("Case", "Cast", "Use", "As", "Instrument", "InstrumentFile", "Clause", "Body")
"""Parts that a reader meets first; the others follow in the order of the program."""


def build(folder: Path = HERE / "reference") -> None:
    """Write every page of the reference into a folder."""
    (folder / "rules").mkdir(parents=True, exist_ok=True)
    pages = {
        "language.md": language(),
        "commands.md": commands(),
        "json.md": json_page(),
        "library.md": library(),
        "precedents.md": precedents_page(precedents(), {rule.code: rule.name for rule in RULES}),
        "mending.md": mending(),
        "rules/README.md": rule_list(),
        f"rules/{RACE_RULE.name}.md": race_rule_page(),
        **{f"rules/{rule.name}.md": rule_page(rule) for rule in RULES},
    }
    for name, lines in pages.items():
        (folder / name).write_text("\n".join([MADE, *lines]).rstrip() + "\n", encoding="utf-8", newline="\n")


def read(name: str, folder: Path = HERE) -> dict[str, Any]:
    """A YAML file of ours as plain data."""
    content = plain(parse((folder / name).read_text(encoding="utf-8"), name))
    return content if isinstance(content, dict) else {}


# --- the language ----------------------------------------------------------------------------------------------------


def parts() -> dict[str, type[BaseModel]]:
    """Every part of the language by name, those that a reader meets first at the head."""
    found = {
        name: model
        for module in (case, table, world, instrument, clause, base)
        for name, model in vars(module).items()
        if isinstance(model, type) and issubclass(model, BaseModel) and model.__module__ == module.__name__
    }
    found.pop("Part")
    return {name: found[name] for name in [*FIRST, *(name for name in found if name not in FIRST)]}


def language() -> Iterator[str]:
    """Every key of every part, with type, meaning and default; the ladders; the limits."""
    yield from LANGUAGE.splitlines()
    meanings = read("meanings.yaml")
    yield from ("", "## Parts")
    for name, model in parts().items():
        yield from ("", f"### {name}", "", (cleandoc(model.__doc__ or "").splitlines() or [""])[0], "")
        if name == "InstrumentFile":
            yield from ("All keys of [Instrument](#instrument), and:", "")
        yield from ("| key | value | if left out | means |", "|---|---|---|---|")
        for key, field in model.model_fields.items():
            if name == "InstrumentFile" and key in parts()["Instrument"].model_fields:
                continue
            told = field.alias or key
            meaning = meanings.get(name, {}).get(told) or meanings["anywhere"].get(told)
            if not meaning:
                raise SystemExit(f"docs/meanings.yaml says nothing of `{told}` in {name}")
            yield f"| `{told}` | {kind_of(field)} | {default_of(field)} | {meaning} |"
    yield from ("", "## Rungs and acts", "", "| rung | key | acts that count for it |", "|---|---|---|")
    for number, key in enumerate(LEVELS):
        acts = ", ".join(f"`{act}` ({ACT_WORDS[act]})" for act, level in ACT_LEVEL.items() if level == number)
        yield f"| {LEVEL_WORDS[number]} | `{key}` | {acts or '–'} |"
    yield from ("", "## Limits", "", "| what | at most |", "|---|---|")
    yield f"| size of a file | {text.LIMIT_BYTES:,} bytes |"
    yield f"| lists and maps within each other | {tree.LIMIT_DEPTH} levels |"
    yield f"| values that stand in a file | {tree.LIMIT_WRITTEN:,} |"
    yield f"| values in a file, each `*alias` counted as often as it is used | {tree.LIMIT_NODES:,} |"
    yield f"| one text | {scan.LIMIT_SCALAR:,} characters (4,000 for `says`, `note` and the like) |"
    yield f"| one number | {scan.LIMIT_DIGITS} digits |"
    yield f"| problems told at once | {tree.LIMIT_PROBLEMS:,} |"
    yield f"| clauses, bodies and parties looked at again for open values and readings | {variants.LIMIT_LOOKED_AT:,} |"
    yield f"| combinations of unknown values tried for one text and reading | {unknowns.LIMIT_COMPLETIONS} |"
    yield from ENCODINGS.splitlines()


LANGUAGE: Final = """\
# The language of a case

A case is one YAML 1.2 file: names and values, where what is indented belongs to the line above. An instrument file
(the shape of every file of the library) holds one text. `foedus new FILE` makes one to start from; the first line of
it lets editors complete these keys.

*Value* says what may stand there: a name is an id of yours; "one or several" takes `A` or `[A, B]`; words in
`code` are written as they stand. *If left out*: **mandatory** means that the file is refused without it.

## What nobody knows

Within an instrument nearly every value may be `unknown`, or `{may_be: [this, that]}` with a `source` and a `note`. The
checks are then done for each value, and the verdict is DEPENDS where that makes a difference. A bare `unknown` stands
for every value of the key where these are few (judge, least, structure, request, who is excluded, rule, silence);
elsewhere the values are listed with `may_be`.

A **reading** lays other values over the text, each by its place: `set: {clauses.aid.judge: bearer}`.\
"""

ENCODINGS: Final = """
Reading stops at the first limit that is passed; the message names it. Beyond the last one some combinations are tried:
two that differ show that a verdict depends, and none that differ show nothing (UNDECIDED).

**Encodings.** UTF-8, with or without a mark at the start, and UTF-16 as Windows Notepad writes it. Line ends of
Windows, Unix and old Macs. Anything else is refused with the place and the cure, tabs in the indentation and
invisible characters too. Tags (words with `!`) are not read. `no`, `yes`, `on` and `off` are words and not truth values
(YAML 1.2), so that Norway may be `NO`.\
"""


def default_of(field: FieldInfo) -> str:
    """What stands there if the key is left out, in words."""
    if field.is_required():
        return "**mandatory**"
    value = field.get_default(call_default_factory=True)
    if value is None:
        return "any" if "any_or_many" in repr(field.metadata) else "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (tuple, dict, list)) and not value:
        return "–"
    if isinstance(value, BaseModel):
        return "–"
    return ", ".join(f"`{item}`" for item in (value if isinstance(value, tuple) else (value,)))


def kind_of(field: FieldInfo) -> str:
    """The type of a value in words."""
    words = _kind(field.annotation, repr(field.metadata))
    return words.removesuffix(" or nothing")


SPECIAL: Final = (
    ("parse_hours", "a length of time such as `72 h`, `3 days` or `6 months`"),
    ("parse_date", "a date: `2025-08-22`, `2025-08` or `2025`"),
)


def _kind(kind: object, hints: str = "") -> str:
    for mark, words in SPECIAL:
        if mark in hints:
            more = [word for word in ("unknown", "none") if f"'{word}'" in repr(kind)]
            return " or ".join([words, *(f"`{word}`" for word in more)])
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return _kind(inner[0], repr(inner[1:]))
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in inner)
    if origin in (Union, UnionType):
        told = dict.fromkeys(_kind(item) for item in inner if item is not type(None))
        return " or ".join(told) + (" or `any`" if "any_or_many" in hints else "")
    if origin in (tuple, list):
        items = _kind(inner[0]) if inner else "anything"
        many = "one_or_many" in hints or "any_or_many" in hints
        return f"{'one or several of' if many else 'a list of'} {items}"
    if origin is dict:
        keys = f"any of {_kind(inner[0])}" if typing.get_origin(inner[0]) is Literal else "names"
        return f"{keys}, each with {_kind(inner[1])}"
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    words = "a name" if "pattern" in hints else "text"
    plain_words: dict[object, str] = {str: words, int: "a whole number", bool: "`true` or `false`"}
    return plain_words.get(kind, "anything")


# --- rules -----------------------------------------------------------------------------------------------------------


def rule_list() -> Iterator[str]:
    """All rules with what each wants."""
    yield from ("# The rules", "", "Each is named by the property wanted, so that HOLDS is good news.", "")
    yield from ("| rule | class | wanted |", "|---|---|---|")
    for rule in RULES:
        yield f"| [`{rule.name}`]({rule.name}.md) | {rule.kind.value} | {rule.wanted}. |"
    yield f"| [`{RACE_RULE.name}`]({RACE_RULE.name}.md), by `race` and `assess` | caution | {RACE_RULE.wanted}. |"


def race_rule_page() -> Iterator[str]:
    """The check that the race makes and not the text alone."""
    yield from (f"# {RACE_RULE.wanted}", "", f"`{RACE_RULE.name}` (caution; {RACE_RULE.code})")
    for title, words in (
        ("What it looks for", RACE_RULE.looks_for),
        ("Why it matters", RACE_RULE.why),
        ("Known limits", RACE_RULE.limits),
        ("Source", RACE_RULE.source),
    ):
        yield from ("", f"## {title}", "", capital(words))


def rule_page(rule: Rule) -> Iterator[str]:
    """One rule in full, with its examples from tests/rules."""
    yield from (f"# {rule.wanted}", "", f"`{rule.name}` ({rule.kind.value}; {rule.code})")
    yield from ("", "## What it looks for", "", capital(rule.looks_for))
    yield from ("", "## Why it matters", "", capital(rule.why))
    tests = HERE.parent / "tests" / "rules"
    if (tests / f"{rule.name}.yaml").exists():
        content = read(f"{rule.name}.yaml", tests)
        good = next((one for one in content["examples"] if one["sort"] == "good"), None)
        bad = next((one for one in content["examples"] if one["sort"] == "bad"), None)
        yield from ("", "## The small case the examples start from", "", "```yaml", *shown(content["case"]), "```")
        yield from example("A case that has the fault", bad)
        yield from example("A case that does not", good)
        yield from ("", f"More examples: `tests/rules/{rule.name}.yaml`.")
    yield from ("", "## Known limits", "", capital(rule.limits))
    past = [(number, fault) for number, fault in faults_of(rule.code) if fault.had_by]
    if past:
        yield from ("", "## Cases that had the fault", "")
        for number, fault in past:
            yield from (f"- {had.name} ({had.case}): {had.how} (fault {number})." for had in fault.had_by)
    yield from ("", "## Source", "", capital(rule.source))


def mending() -> Iterator[str]:
    """Which edits mend which fault."""
    yield from MENDING.splitlines()
    yield from ("", "## The edits", "", "| edit | what is written |", "|---|---|")
    yield from (f"| `{kind}` | {capital(kind_words(kind))} |" for kind in KINDS_OF_EDIT)
    yield from ("", "## Rule by rule", "", "| rule | edits that alone have mended it |", "|---|---|")
    for rule in RULES:
        fact = "A fact and no fault: it needs no mending. " if rule.kind is Class.DESCRIPTION else ""
        cures = ", ".join(f"`{kind}`" for kind in CURES[rule.name])
        none = f"{capital(NO_EDIT[rule.name])} " if rule.name in NO_EDIT else ""
        yield f"| [`{rule.name}`](rules/{rule.name}.md) | {(fact + none + cures).strip()} |"


MENDING: Final = """\
# What mends what

`foedus fix CASE RULE@TEXT` tries the edits of the first table, alone and together, and lists the smallest sets after
which the finding is gone, no other defect has come, and in no incident less is owed in good faith. The second table
tells, rule by rule, which edits have mended it alone: in a shipped text, in a test, or in one of some hundred small
random texts in which every edit was tried and the changed file checked from the start. An edit that is not listed may
still be part of a cure. Where an edit needs hours that the text does not have, 72 are written (those of the Kyiv
Compact): they are there to be changed. What a breach brings is written in words, and a text in words is taken to come:
who sees to it is left to the author.

A cure mends the words, and no will. Whom a new duty binds is said: those whom the text binds already to help or to
talk; where it binds nobody, a guarantor whom the text does not name yet, for whoever is found. `foedus admit CASE`
shows whom rival criteria let in. Rules of a body with members who are no party to the text stand elsewhere, and a cure
says so.\
"""


def example(title: str, one: dict[str, Any] | None) -> Iterator[str]:
    """One example of a rule: what differs from the small case, the verdict and why."""
    if one is None:
        return
    yield from ("", f"## {title}", "", f"{capital(one['name'])}")
    if one.get("set"):
        yield from ("", "```yaml", *(f"{place}: {flow(value)}" for place, value in one["set"].items()), "```")
    verdict = one["expect"].get("verdict", "")
    yield from ("", f"Verdict: {verdict.replace('_', ' ').upper()}. {one.get('why', '')}".rstrip())


def shown(value: object, indent: int = 0) -> Iterator[str]:
    """Plain data as YAML: a line where it fits, else one entry a line."""
    margin = " " * indent
    if isinstance(value, dict):
        for key, item in value.items():
            line = f"{margin}{key}: {flow(item)}"
            if len(line) <= 110 or not isinstance(item, (dict, list)):
                yield line
            else:
                yield f"{margin}{key}:"
                yield from shown(item, indent + 2)
    elif isinstance(value, list):
        for item in value:
            line = f"{margin}- {flow(item)}"
            if len(line) <= 110 or not isinstance(item, dict):
                yield line
            else:
                first, *rest = shown(item, indent + 2)
                yield f"{margin}- {first.lstrip()}"
                yield from rest


def flow(value: object) -> str:
    """Plain data as YAML in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "null"
    words = str(value)
    return f'"{words}"' if re.search(r"[:,#{}\[\]]", words) else words


def capital(words: str) -> str:
    """Words as a sentence."""
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!")) else ".")


# --- commands --------------------------------------------------------------------------------------------------------


def commands() -> Iterator[str]:
    """Every command with its arguments and options, from the functions of the command line."""
    yield from ("# Commands", "", "`foedus COMMAND --help` shows the same. CASE is a file or the id of a shipped text.")
    for command in cli.app.registered_commands:
        function = command.callback
        if function is None:
            continue
        told = [Told(item) for item in inspect.signature(function).parameters.values()]
        usage = "".join(f" {item.names}" if item.mandatory else f" [{item.names}]" for item in told if item.is_argument)
        yield from ("", f"## foedus {function.__name__}{usage}", "", capital(cleandoc(function.__doc__ or "")))
        if told:
            yield from ("", "| argument or option | | if left out |", "|---|---|---|")
        for item in sorted(told, key=lambda item: not item.is_argument):
            yield f"| `{item.names}{item.value}` | {item.help} | {item.left_out} |"
    yield from EXIT_CODES.splitlines()


class Told:
    """What a reader must know of one parameter of a command."""

    def __init__(self, parameter: inspect.Parameter) -> None:
        kind, info = typing.get_args(parameter.annotation)
        self.is_argument: Final = isinstance(info, ArgumentInfo)
        self.mandatory: Final = parameter.default is inspect.Parameter.empty
        self.help: Final = str(info.help or "")
        word = info.metavar or parameter.name.upper()
        # In the style that cli.py uses, typer keeps the first flag where its default once stood.
        first = (info.default,) if isinstance(info.default, str) and info.default.startswith("-") else ()
        flags = ", ".join((*first, *(info.param_decls or ()))) or "--" + parameter.name.replace("_", "-")
        self.names: Final = word if self.is_argument else flags.replace("/", ", ")
        choices = [item.value for item in kind] if isinstance(kind, type) and issubclass(kind, Enum) else []
        plain_value = "" if self.is_argument or kind is bool else " " + ("|".join(choices) or word)
        self.value: Final = plain_value.replace("|", "\\|")
        default = parameter.default.value if isinstance(parameter.default, Enum) else parameter.default
        self.left_out: Final = (
            "mandatory" if self.mandatory
            else flags.split("/")[0] if default is True
            else f"`{default}`" if default else "–"
        )  # fmt: skip


EXIT_CODES: Final = """
## Exit codes

| code | means |
|---|---|
| 0 | nothing found that counts |
| 1 | findings: at least one defect that nobody has accepted (or what `--fail-on` names), \
or an expectation of the file that is not met |
| 2 | bad input: the file or the command line |
| 3 | a bug in Foedus; set `FOEDUS_TRACEBACK=1` to see more of it |
| 130 | interrupted with Ctrl+C |

Results go to the output, problems and progress to the error stream.\
"""


# --- JSON and library ------------------------------------------------------------------------------------------------


def json_page() -> Iterator[str]:
    """Every key of the JSON of check, and of compare."""
    yield from JSON.splitlines()
    yield from key_table(read("json-keys.yaml"))
    keys = read("json-keys-compare.yaml")
    yield from (
        "",
        "## JSON of `foedus compare`",
        "",
        "A `*` is an id, a name of a dimension, or a fact of an incident.",
    )
    yield from key_table(keys["compare"])
    yield from ("", "## JSON of `foedus compare --diff`")
    yield from key_table(keys["diff"])


def key_table(keys: dict[str, str]) -> Iterator[str]:
    """Keys with what they mean."""
    yield from ("", "| key | means |", "|---|---|")
    for key, meaning in keys.items():
        yield f"| `{key}` | {meaning} |"


JSON: Final = """\
# JSON of `foedus check`

`foedus check CASE --format json` prints one object. Keys are stable: one may be added in any version; one that changes
its meaning or goes raises `foedus`, and the changelog says so. In the paths below `[]` is every item of a list
and `*` a name of your own. Ids are those of the file; rungs are numbers from 0 (nothing) to 5 (all means).

`foedus assess CASE --format json` prints the same object with five more keys, `cells` (the table of forms: one cell
for each text and kind of incident), `questions`, `relations` (as below), `races` and `talks`. They may still change.
`foedus negotiate CASE --format json` prints the talks alone: `board`, `packages` (how many, the best, the demands
that cannot stand together, ways out, what each unknown stand would change), `papers` (the texts on the board),
`deadlock` (for the case and for each text with an order: `steps`, and for each reading its `conditions`, the
`rounds` in which steps come, counted from 0, what they rest on, `knots` and `ways_out`) and `ledger` (for each deal
its `entries`, by number: what each side is left with after each of the `turns`, who is `exposed`, whether the order
is `even`).
`foedus race CASE --format json` prints the races alone: for each form, reading, objective and posture the share of
futures in time (`must.in_time`, `may.in_time`: `low` and `high` over what nobody knows, `error` the half-width of the
95 % interval), the hours, the curve, the rows of the timeline and the worth of each link. `questions`, `rules`,
`library`, `words`, `ask`, `fix`, `admit` and `precedents` ([its keys](precedents.md)) take `--format json` too.\
"""


def library() -> Iterator[str]:
    """The shipped instruments, each with status, sources read, and who coded and checked it."""
    yield from ("# The library", "", "Each can be checked alone, and stands wherever a case file does.")
    for id in instrument_ids():
        model = load(id).instruments[0].model
        read_ones = sum(source.verified for source in model.sources.values())
        yield from ("", f"## {id}", "", f"{model.title} ({STATUS_WORDS[model.status]}).")
        if model.says:
            yield from ("", capital(model.says.strip()))
        yield ""
        if model.called is not None:
            yield f"- Called: {model.called.word}, by {model.called.by}."
        yield f"- Bound in: {BINDING_WORDS[model.binding]}."
        readings = ", ".join(f"`{name}`" for name in model.readings) or "none"
        yield f"- {len(model.clauses)} clauses; readings: {readings}."
        yield f"- Sources: {len(model.sources)}, of which {read_ones} were seen in their own words."
        yield f"- Coded by {model.coded_by or 'nobody named'}; checked by {model.checked_by or 'nobody'}."


if __name__ == "__main__":
    build(*map(Path, sys.argv[1:2]))
    print("docs/reference is written")
