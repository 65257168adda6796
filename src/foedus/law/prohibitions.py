"""Whether what a text forbids is forbidden now (docs/theory/meaning.md, section 4: facts, and not stopped)."""

from foedus.case.form import Clause
from foedus.law.expression import Expression, conjunction
from foedus.law.meaning import Meaning, facts


def stands(meaning: Meaning, clause: Clause, bearer: str) -> Expression:
    """Return that a prohibition speaks to a bearer: its facts hold, and no body or power has ended it for the bearer.

    A prohibition is never due: nobody judges it and nobody need ask. It is kept or broken.
    """
    return conjunction((facts(clause), meaning.not_stopped(clause, bearer)))
