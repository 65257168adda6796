"""One choice serves every clause that needs it, so that its silence must say the same in all of them.

See docs/theory/meaning.md, section 2: where two clauses give one choice different silences the file is refused.
"""

from collections.abc import Iterator
from typing import Final

from foedus.case.form import Clause, Form
from foedus.case.places import Places
from foedus.case.stage import Path
from foedus.errors import Position, Problem

Said = tuple[tuple[str, ...], str, bool, Path]
"""A choice, its holder, whether silence says yes, and where that is written."""

_YES_NO: Final = ("no", "yes")
_WORDS: Final = {"judgement": "finding", "request": "asking", "approval": "approving at home"}


def silence_problems(form: Form, places: Places) -> list[Problem]:
    """Return a problem for every place at which silence says something else than at an earlier place."""
    first: dict[tuple[str, ...], tuple[bool, Path, str]] = {}
    found: dict[Path, Problem] = {}
    for index, clause in enumerate(form.clauses):
        for choice, holder, says_yes, path in _silences(form, clause, ("clauses", index)):
            earlier, there, other = first.setdefault((*choice, holder), (says_yes, path, clause.id))
            if earlier is not says_yes and path not in found:
                found[path] = Problem(
                    _place(places, path),
                    f"`silence` of `{holder}` in {_WORDS[choice[0]]} says `{_YES_NO[says_yes]}` in `{clause.id}` and "
                    f"`{_YES_NO[earlier]}` in `{other}`, expected the same in both: it is one choice",
                    "give both the same `silence` (where it is left out it says `no`)",
                    related=((_place(places, there), "the other one is here"),),
                )
    return list(found.values())


def _place(places: Places, path: Path) -> Position:
    """Where a silence is written; a judge without an aspect, ``judge: {by: A}``, is that of the attack."""
    short = (*path[:-2], path[-1])
    return places.of(short if not places.has(path) and places.has(short) else path)


def _silences(form: Form, clause: Clause, at: Path) -> Iterator[Said]:
    everybody = tuple(dict.fromkeys((*form.parties, *(p for c in form.clauses for p in sorted(c.beneficiaries)))))
    victims = everybody if clause.trigger.victims is None else tuple(sorted(clause.trigger.victims))
    for judge in clause.judges:
        if not judge.is_body and judge.by != "objective":
            holders = {"bearer": clause.bearers, "victim": victims}.get(judge.by, (judge.by,))
            for holder in holders:
                yield ("judgement", judge.aspect), holder, judge.silence, (*at, "judge", judge.aspect, "silence")
    if clause.request is not None:
        for name in clause.request.by:
            for holder in victims if name == "victim" else (name,):
                yield ("request",), holder, clause.request.silence, (*at, "request", "silence")
    if clause.domestic is not None:
        for holder in clause.domestic.parties:
            yield ("approval",), holder, clause.domestic.silence, (*at, "domestic", "silence")
