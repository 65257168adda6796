"""Cases for the layout and the safety of a brief: one to many forms, long names, letters of several scripts, markup."""

LONG = "A name of sixty letters that no column of a table was made for"
SCRIPTS = ("Договор, гарантии", "מזכר ההבנות", "مذكرة الضمانات", "安全保障に関する条約")


def case_of(count: int, *, name: str = "") -> str:
    """A case with so many forms, each stronger or weaker than the one before."""
    forms = "".join(_form(number, name) for number in range(count))
    return f"""foedus: 1
case: many
title: "{name or "Many forms"}"
as_of: 2026-03-05
sources: {{news: {{kind: news-report, outlet: The Morning News, date: 2026-03-04, verified: true}}}}
parties: {{Vale: {{name: "Vale {name}"}}, Arden: {{name: Arden}}, Brant: {{name: Brant}}, Xanth: {{name: Xanth}}}}
cast: {{beneficiary: Vale, attackers: [Xanth]}}
instruments:
{forms}"""


def _form(number: int, name: str) -> str:
    script = SCRIPTS[number % len(SCRIPTS)]
    least = ("consult", "sanction", "arm", "all_means")[number % 4]
    return f"""  - id: form-{number}
    title: "{LONG} {number} {name}"
    short: "{script} {number} {LONG[: 60 - len(script)]}"
    status: draft
    binding: legal
    clauses:
      - id: aid
        says: "{name} {"Wort" * 40}"
        kind: obligation
        bearers: [Arden, Brant]
        to: Vale
        judge: {"objective" if number % 2 else "bearer"}
        response: {{least: [{least}]}}
        source: news
"""
