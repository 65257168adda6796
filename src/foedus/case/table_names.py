"""What is on the table must hang together: issues, options and steps are declared, nobody contradicts itself."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from foedus.case.case_names import undeclared_names
from foedus.case.schema.case import Case, Stance, Use
from foedus.case.schema.table import OneOf
from foedus.case.stage import Path
from foedus.case.step_names import check_deals, check_drops, check_steps, step_id
from foedus.case.tree import Node, locate
from foedus.errors import Position, Problem

YES_NO: Final = ("yes", "no")
"""The options of an issue that declares none: it comes about, or it does not."""
_LIKE_A_STEP: Final = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+")
_WORD_OF: Final = {"accept": "accept", "negotiate": "negotiable", "reject": "reject"}


def check_table(model: Case, node: Node) -> list[Problem]:
    """Return a problem for everything on the table that hangs in the air or speaks against itself."""
    return [
        *_issues(model, node),
        *_stances(model, node),
        *_links(model, node),
        *_steps(model, node),
        *_orders(model, node),
        *_ledger(model, node),
        *_dates(model, node),
        *check_steps(model, node),
        *check_drops(model, node),
        *check_deals(model, node),
    ]


def options_of(model: Case, issue: str) -> tuple[str, ...]:
    """The options of an issue: those it declares, else yes and no."""
    declared = model.issues.get(issue)
    return tuple(declared.options) if declared is not None else YES_NO


def is_a_step(words: str, known: Iterable[str]) -> bool:
    """Whether ``when`` names a step; anything with spaces is told in words."""
    return words in known or _LIKE_A_STEP.fullmatch(words) is not None


def _issues(model: Case, node: Node) -> Iterator[Problem]:
    instruments = {entry.use if isinstance(entry, Use) else entry.id for entry in model.instruments}
    if model.issues:
        for issue in model.board:
            at: Path = ("board", issue)
            yield from undeclared_names([issue], {*model.issues}, "issue", node, at, called={})
    for id, issue_ in model.issues.items():
        held = _held_options(model, id)
        for name, option in issue_.options.items():
            at = ("issues", id, "options", name)
            place = (*at, "instrument")
            yield from undeclared_names(option.instrument, instruments, "instrument", node, place, called={})
            if name not in held:
                yield Problem(
                    locate(node, at, at_key=True),
                    f"nobody takes a position on the option `{name}` of the issue `{id}`",
                    "say under `board` where a party stands on it (`unknown` is a position), or leave the option out",
                )


def _held_options(model: Case, issue: str) -> set[str]:
    """The options on which the board says anything; a party that is wholly unknown is unknown on each."""
    stances = model.board.get(issue, {}).values()
    found = {option for stance in stances if isinstance(stance, Stance) for option in stance.options}
    if any(not isinstance(stance, Stance) or not stance.options for stance in stances):
        found |= {*options_of(model, issue)}
    return found


def _stances(model: Case, node: Node) -> Iterator[Problem]:
    for issue, stances in model.board.items():
        known = {*options_of(model, issue)}
        for party, stance in stances.items():
            if not isinstance(stance, Stance):
                continue
            at: Path = ("board", issue, party)
            yield from undeclared_names(stance.options, known, f"option of `{issue}`", node, at, called={})
            for index, told in enumerate(stance.told):
                place = (*at, "told", index)
                yield from undeclared_names(told.options, known, f"option of `{issue}`", node, place, called={})
                yield from undeclared_names(told.source, {*model.sources}, "source", node, place, called={})
            yield from _contradictions(issue, party, stance, locate(node, at))


def _contradictions(issue: str, party: str, stance: Stance, place: Position) -> Iterator[Problem]:
    if stance.options:
        for key, word in _WORD_OF.items():
            if getattr(stance, key) is not None and word not in stance.options.values():
                yield Problem(
                    place,
                    f"`{party}` contradicts itself on `{issue}`: `{key}` in words, and no option is `{word}`",
                    "let the words and the options say the same",
                )
    elif stance.accept is not None and stance.reject is not None:
        yield Problem(
            place,
            f"`{party}` contradicts itself on `{issue}`: it accepts and rejects the same thing",
            "declare the options of this issue under `issues`, and say where it stands on each",
        )


def _links(model: Case, node: Node) -> Iterator[Problem]:
    issues = {*model.board}
    seen: set[str] = set()
    for index, link in enumerate(model.links):
        at: Path = ("links", index)
        yield from undeclared_names([link.who] if link.who else [], {*model.parties}, "party", node, at, called={})
        yield from undeclared_names(link.source, {*model.sources}, "source", node, at, called={})
        for issue, option in link.not_together.items():
            place = (*at, "not_together", issue)
            if issue not in issues:
                yield from undeclared_names([issue], issues, "issue of the board", node, place, called={})
            else:
                known = {*options_of(model, issue)}
                yield from undeclared_names([option], known, f"option of `{issue}`", node, place, called={})
        if link.id in seen:
            yield Problem(locate(node, (*at, "id")), f"two links are called `{link.id}`", "give each an id of its own")
        seen.add(link.id)


def _steps(model: Case, node: Node) -> Iterator[Problem]:
    known = {step_id(model, index) for index in range(len(model.preconditions))}
    for index, step in enumerate(model.preconditions):
        for position, entry in enumerate(step.after):
            names = entry.one_of if isinstance(entry, OneOf) else (entry,)
            at: Path = ("preconditions", index, "after", position)
            yield from undeclared_names(names, known, "step", node, at, called={})
        if step.when is not None and is_a_step(step.when, known):
            yield from undeclared_names([step.when], known, "step", node, ("preconditions", index, "when"), called={})


def _orders(model: Case, node: Node) -> Iterator[Problem]:
    known = {step_id(model, index) for index in range(len(model.preconditions))}
    for id, order in model.orders.items():
        at: Path = ("orders", id)
        yield from undeclared_names(order.source, {*model.sources}, "source", node, (*at, "source"), called={})
        yield from undeclared_names([*order.adds], known, "step", node, (*at, "adds"), called={})
        yield from undeclared_names([*order.drops], known, "step", node, (*at, "drops"), called={})
        for step, entries in order.adds.items():
            names = [name for e in entries for name in (e.one_of if isinstance(e, OneOf) else (e,))]
            yield from undeclared_names(names, known, "step", node, (*at, "adds", step), called={})
        for step, dropped in order.drops.items():
            yield from undeclared_names(dropped, known, "step", node, (*at, "drops", step), called={})


def _ledger(model: Case, node: Node) -> Iterator[Problem]:
    ids = [entry.id for entry in model.ledger]
    known = {id for id in ids if id is not None}
    for index, entry in enumerate(model.ledger):
        at: Path = ("ledger", index)
        yield from undeclared_names(entry.after, known, "entry of the ledger", node, (*at, "after"), called={})
        takers = (*at, "taken_back_by")
        yield from undeclared_names(entry.taken_back_by, {*model.parties}, "party", node, takers, called={})
        if entry.id is not None and entry.id in ids[:index]:
            place = locate(node, (*at, "id"))
            yield Problem(place, f"two entries of the ledger are called `{entry.id}`", "give each an id of its own")
        if entry.reversible == "no" and entry.taken_back_by:
            yield Problem(
                locate(node, takers),
                "`reversible: no` and `taken_back_by` speak against each other",
                "say `reversible: yes` or `partly`, or leave out who takes it back",
            )


def _dates(model: Case, node: Node) -> Iterator[Problem]:
    """A statement with a date of its own, beside sources that all carry another."""
    dated: list[tuple[Path, str | None, Iterable[str]]] = [
        *((("statements", i), said.date, said.source) for i, said in enumerate(model.statements)),
        *((("preconditions", i), step.date, step.source) for i, step in enumerate(model.preconditions)),
        *((("links", i), link.date, link.source) for i, link in enumerate(model.links)),
        *(
            (("board", issue, party), stance.date, stance.source)
            for issue, stances in model.board.items()
            for party, stance in stances.items()
            if isinstance(stance, Stance)
        ),
    ]
    for at, date, sources in dated:
        days = [model.sources[key].day for key in sources if key in model.sources]
        found = [day for day in days if day is not None]
        if date is None or not found or any(day.startswith(date) or date.startswith(day) for day in found):
            continue
        yield Problem(
            locate(node, (*at, "date")),
            f"two dates for one statement: {date} here, {' and '.join(dict.fromkeys(found))} at its source",
            "keep the right one, or name the source that has this date",
        )
