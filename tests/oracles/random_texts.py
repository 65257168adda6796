"""Small random case files in which most faults of the list occur."""

import random

HEAD = """\
foedus: 1
case: small
as_of: 2026-03-05
parties: {V: {name: Vale}, A: {name: Arden}, B: {name: Brant}, X: {name: Xanth}}
cast: {beneficiary: V, attackers: [X]}
required_level: {full_invasion: %s}
incidents: {kinds: [full_invasion, raid]}
instruments:
  - id: pact
    title: A small pact
    status: draft
    binding: %s
    roles: {guarantors: [A, B]}
"""


def random_text(seed: int) -> str:
    """A case with one text of one to three clauses; the same for the same seed."""
    rng = random.Random(seed)
    lines = [HEAD % (rng.choice(("sanctions", "arms")), rng.choice(("legal", "legal", "political", "disputed")))]
    if rng.random() < 0.5:
        lines.append(f"    exit: {{duration: {rng.choice(('indefinite', '10 years'))}, notice: "
                     f"{rng.choice(('none', '1 year', 'unknown'))}}}\n")  # fmt: skip
    members = rng.choice(("[A, B]", "[A, B, X]", "[A, X]"))
    rule = rng.choice(("unanimity", "majority", "each"))
    lines.append(f"    bodies:\n      council: {{members: {members}, rule: {rule}, excluded: nobody}}\n    clauses:\n")
    names = ["first", "second"][: rng.choice((1, 1, 2))]
    lines += [_duty(rng, name, [other for other in names if other != name]) for name in names]
    if rng.random() < 0.4:
        lines.append(_ban(rng))
    if rng.random() < 0.25:
        lines.append(
            "      - id: leave\n        kind: power\n        bearers: guarantors\n"
            f"        releases: {{clauses: first, whom: {rng.choice(('self', 'all'))}}}\n"
        )
    if rng.random() < 0.3:
        lines.append(
            "    readings:\n      loose: {held_by: Brant, says: Only a request brings help., "
            "set: {clauses.first.request: victim}}\n"
        )
    return "".join(lines)


def _duty(rng: random.Random, name: str, others: list[str]) -> str:
    def some(share: float, line: str) -> str:
        return f"        {line}\n" if rng.random() < share else ""

    least = rng.choice(("consult", "sanction", "arm", "arm", "limited_force"))
    provoked = rng.random() < 0.15
    judge = rng.choice(("objective", "objective", "bearer", "victim"))
    decides = rng.random() < 0.35
    return "".join(
        (
            f"      - id: {name}\n        kind: obligation\n        bearers: guarantors\n        to: V\n",
            f"        judge: {'{attack: objective, provocation: bearer}' if provoked else judge}\n",
            f"        response: {{least: [{least}]}}\n",
            "        decision: council\n" if decides else "",
            some(0.25, "request: victim"),
            some(0.2, "consents: [X]"),
            some(0.3, f"after: [{', '.join(others)}]") if others else "",
            some(0.25, "structure: together"),
            some(0.25, "domestic: {process: parliament, effect: condition}"),
            "        when: {unprovoked: true}\n" if provoked else some(0.25, "when: {kind: [full_invasion]}"),
            some(0.3, "deadline: {to: act, within: 48 h, from: trigger}"),
            some(0.4, f"consequence: {rng.choice(('none', '{body: council}', 'The others are freed.'))}"),
        )
    )


def _ban(rng: random.Random) -> str:
    things = rng.choice(("[attack]", "[economic_coercion, foreign_bases]", "[foreign_troops]"))
    to = rng.choice(("        to: X\n", "        to: V\n", ""))
    return f"      - id: ban\n        kind: prohibition\n        bearers: guarantors\n{to}        forbids: {things}\n"
