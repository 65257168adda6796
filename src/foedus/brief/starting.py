"""New files: a commented skeleton, a copy of a shipped form, or a case from twelve plain questions."""

from collections.abc import Callable, Mapping
from typing import Final

from foedus.case.ladders import KINDS
from foedus.case.shipped import instrument_ids, instrument_text
from foedus.errors import BadInput, Problem, nearest

SCHEMA_LINE: Final = "# yaml-language-server: $schema=foedus-{of}.schema.json   (made by: foedus schema --of {of})\n"


def copied(id: str) -> str:
    """The text of a shipped instrument as the start of one's own. Raises ``BadInput`` for an unknown id."""
    if id not in instrument_ids():
        near = nearest(id, instrument_ids())
        cure = f"did you mean `{near}`?" if near else "`foedus library` lists them"
        raise BadInput([Problem(None, f"`{id}` is not a shipped instrument", cure)])
    text, _ = instrument_text(id)
    return SCHEMA_LINE.format(of="instrument") + text


def skeleton(name: str) -> str:
    """A whole case with every part explained, which checks as it stands."""
    return _case(name, dict(DEFAULTS))


DEFAULTS: Final[Mapping[str, str]] = {
    "beneficiary": "Home",
    "guarantors": "First, Second",
    "attacker": "Neighbour",
    "called": "security guarantee",
    "status": "proposal",
    "kinds": "full_invasion, air_campaign, land_grab",
    "judge": "unknown",
    "decision": "each",
    "excluded": "unknown",
    "least": "unknown",
    "request": "unknown",
    "structure": "each-alone",
}

QUESTIONS: Final[tuple[tuple[str, str], ...]] = (
    ("beneficiary", "1. Who receives the promise?"),
    ("guarantors", "2. Who gives it? (names, with commas between them)"),
    ("attacker", "3. Who might attack? (names; `any` for everybody)"),
    ("called", "4. What is it called (guarantee, assurance, memorandum ...)?"),
    ("status", "5. What is it now? (in-force, signed, proposal, draft, never-signed, expired)"),
    ("kinds", "6. Which attacks does it speak of? (full_invasion, air_campaign, land_grab, raid, blockade, hybrid)"),
    ("judge", "7. Who finds that an attack has happened? (objective, bearer, victim, body)"),
    ("decision", "8. How is help decided? (each for itself: each; all must agree: unanimity; most: majority)"),
    ("excluded", "9. Who has no vote? (nobody, attacker, disputants)"),
    ("least", "10. What must each do at least? (nothing, consult, sanction, arm, limited_force, all_means)"),
    ("request", "11. Must the victim ask first? (yes, no)"),
    ("structure", "12. Is each bound alone, or only all together? (each-alone, together)"),
)
"""The twelve questions of ``foedus new --ask``; each may be answered "not known"."""

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "status": ("in-force", "signed", "expired", "denounced", "never-signed", "proposal", "draft", "broken-down"),
    "judge": ("objective", "bearer", "victim", "body"),
    "decision": ("each", "unanimity", "majority"),
    "excluded": ("nobody", "attacker", "disputants"),
    "least": ("nothing", "consult", "sanction", "arm", "limited_force", "all_means"),
    "request": ("yes", "no"),
    "structure": ("each-alone", "together"),
}
NOT_KNOWN: Final = ("", "?", "unknown", "not known", "don't know")


def from_answers(name: str, ask: Callable[[str], str], tell: Callable[[str], object]) -> str:
    """Ask the twelve questions, again where an answer is not one of those offered, and return the case."""
    tell("Twelve questions. Answer `not known` (or just press Enter) wherever nobody knows.")
    given = {key: _answer(key, question, ask, tell) for key, question in QUESTIONS}
    return _case(name, given)


def _answer(key: str, question: str, ask: Callable[[str], str], tell: Callable[[str], object]) -> str:
    while True:
        words = ask(f"{question} ").strip()
        if words.casefold() in NOT_KNOWN:
            return FALLBACKS.get(key, "unknown")
        offered = CHOICES.get(key)
        given = [word.strip() for word in words.split(",")] if key == "kinds" else [words]
        wrong = [word for word in given if word not in (KINDS if key == "kinds" else offered or given)]
        if not wrong:
            return words
        near = nearest(wrong[0], KINDS if key == "kinds" else offered or ())
        tell(f"  `{wrong[0]}` is not one of the answers" + (f"; did you mean `{near}`?" if near else ""))


FALLBACKS: Final[Mapping[str, str]] = {
    "beneficiary": "Home",
    "guarantors": "First, Second",
    "attacker": "any",
    "called": "unknown",
    "status": "proposal",
    "kinds": "any",
}


def _case(name: str, given: Mapping[str, str]) -> str:
    parties = Names()
    victim = parties.id(given["beneficiary"])
    guarantors = [parties.id(word) for word in _split(given["guarantors"])]
    attackers = ["any"] if given["attacker"] == "any" else [parties.id(word) for word in _split(given["attacker"])]
    values = {
        "name": _slug(name),
        "victim": victim,
        "guarantors": ", ".join(guarantors),
        "attackers": ", ".join(attackers),
        "parties": "\n".join(f"  {id}: {{name: {_quoted(full)}}}" for full, id in parties.ids.items()),
        "called": ""
        if given["called"] == "unknown"
        else f"    called: {{word: {_quoted(given['called'])}, by: its authors}}\n",
        "status": given["status"] if given["status"] != "unknown" else "proposal",
        "kind": "any" if given["kinds"] == "any" else f"[{given['kinds']}]",
        "judge": _judge(given["judge"]),
        "decision": _decision(given["decision"]),
        "rule": given["decision"],
        "excluded": given["excluded"],
        "least": "unknown"
        if given["least"] == "unknown"
        else "[]"
        if given["least"] == "nothing"
        else f"[{given['least']}]",
        "request": {"yes": "victim", "no": "none"}.get(given["request"], "unknown"),
        "structure": given["structure"],
    }
    text = TEMPLATE
    for key, value in values.items():
        text = text.replace(f"<{key}>", value)
    return text


class Names:
    """Short ids for the names that an author gave, each its own."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}

    def id(self, name: str) -> str:
        """The id of a name, made from its letters at the first use."""
        if name not in self.ids:
            letters = "".join(c for c in name if c.isascii() and c.isalnum())[:12] or f"party{len(self.ids) + 1}"
            taken = set(self.ids.values()) | {"any", "parties", "OTHER", "objective", "bearer", "victim", "outsiders"}
            self.ids[name] = letters if letters not in taken else f"{letters}{len(self.ids) + 1}"
        return self.ids[name]


def _split(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]


def _judge(answer: str) -> str:
    return "{body: guarantors}" if answer == "body" else answer


def _decision(answer: str) -> str:
    if answer == "unknown":
        return "{may_be: [none, guarantors]}"
    return "none" if answer == "each" else "guarantors"


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _slug(name: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in name).strip("-.") or "case"


TEMPLATE: Final = """\
# yaml-language-server: $schema=foedus-case.schema.json   (made by: foedus schema)
# A case: who is on stage, what the text says, what nobody knows. Any value may be `unknown`, or
# {may_be: [this, that]}. `foedus words TERM` explains every term; `foedus check FILE` says where it fails.
foedus: 1
case: <name>
as_of: 2025-01-01                 # nothing dated later may be used, unless marked `hindsight: true`
sources:
  text: {kind: draft, title: where the words were read, verified: false}
parties:                          # everybody who can promise, receive, attack, vote or refuse
<parties>
cast:
  beneficiary: <victim>
  attackers: [<attackers>]        # `any` adds every party and an outsider
required_level:                   # what you want it to give; printed at the head of every table
  full_invasion: arms
  air_campaign: arms
  land_grab: sanctions
instruments:                      # written out here, or `- use: nato-1949` (see `foedus library`)
  - id: promise
    title: The promise
<called>    status: <status>
    binding: unknown              # legal, political, unilateral, disputed or unknown
    roles:
      guarantors: [<guarantors>]
    bodies:
      guarantors:                 # who decides, if anybody does
        members: guarantors
        rule: <rule>            # each, unanimity, majority, {at_least: 9} or {share: 2/3}
        excluded: <excluded>      # who has no vote: nobody, attacker, disputants
        source: text
    clauses:
      - id: aid
        article: "1"
        says: what the clause obliges to, in your own words
        kind: obligation          # obligation, prohibition, permission, power or declaration
        bearers: guarantors
        to: <victim>
        structure: <structure>    # each-alone or together
        when: {kind: <kind>}
        judge: <judge>            # who finds that the case is given: objective, bearer, victim, a party, {body: ..}
        request: <request>        # none, victim, or who must ask
        decision: <decision>      # the body that must decide first, or none
        response:
          least: <least>          # what must be done at least
          most: [all_means]       # what may be done at most
        source: text
"""
