"""From a file (or the id of a shipped instrument) to a loaded case, or every problem of the file at once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from foedus.case.baseline import baseline_problems
from foedus.case.case_names import check_case_names, unknown_parties
from foedus.case.dates import is_later, late_problems, later_sources
from foedus.case.ladders import DEFAULT_REQUIRED, LEVELS, OTHER
from foedus.case.mending import mended
from foedus.case.mentions import expected_of, mentions_of, reading_problems, stopper_problems
from foedus.case.paths import path_to
from foedus.case.places import Places
from foedus.case.schema.base import Party
from foedus.case.schema.instrument import Instrument, InstrumentFile
from foedus.case.shipped import instrument_ids, instrument_text
from foedus.case.stage import LoadedCase, Path, StagedInstrument
from foedus.case.staging import Declared, Draft, Laid, places_in, stage
from foedus.case.table_names import check_table
from foedus.case.text import decode, read_text
from foedus.case.tree import Node, locate, parse, plain
from foedus.case.validate import check_part
from foedus.case.world_names import world_problems
from foedus.errors import BadInput, Position, Problem, nearest

if TYPE_CHECKING:  # a text looked at alone needs no case, whose models take long to make
    from foedus.case.schema.case import Case


def load(case: str | os.PathLike[str]) -> LoadedCase:
    """Load a case file, an instrument file, or a shipped instrument by its id.

    Raises ``BadInput`` with every problem found: syntax, unknown keys, undeclared names, dates, casting.
    """
    name = os.fspath(case)
    is_there = os.path.exists(name)  # noqa: PTH110  unlike that of Path it bears a name that no file can have
    if name in instrument_ids() and not is_there:
        return load_text(*instrument_text(name))
    if not is_there and FilePath(name).suffix == "" and (near := nearest(name, instrument_ids())):
        raise BadInput(
            [Problem(None, f"`{name}` is neither a file nor a shipped instrument", f"did you mean `{near}`?")]
        )
    return load_text(read_text(name), name)


def load_bytes(data: bytes, file: str) -> LoadedCase:
    """Load from bytes already in memory; ``file`` only serves the messages. Raises ``BadInput``."""
    return load_text(decode(data, file), file)


def load_text(text: str, file: str) -> LoadedCase:
    """Load from text already in memory; ``file`` only serves the messages. Raises ``BadInput``."""
    node = parse(text, file)
    content = plain(node)
    if not isinstance(content, dict):
        raise BadInput([Problem(node.position, "expected keys with values, like `foedus: 1`", "see `foedus new FILE`")])
    if "case" in content or "instruments" in content:
        return _load_case(content, node, file)
    if "may_be" in content:
        raise BadInput([Problem(node.position, "`may_be` cannot stand for a whole file", "write the instrument out")])
    return _load_alone(content, node, file)


def _load_alone(content: dict[str, Any], node: Node, file: str) -> LoadedCase:
    draft = Draft(content, node, (), file, {}, (), node, file.startswith("library/"))
    staged, problems = stage(draft, Declared(), InstrumentFile)
    if staged is None or problems:
        raise BadInput(problems)
    model, cast = staged.model, staged.model.default_cast
    if problems := baseline_problems(model.baseline, (model.id,), node):
        raise BadInput(problems)
    if cast is None:
        raise BadInput(
            [
                Problem(
                    node.position,
                    f"`{model.id}` has no `default_cast`: nobody is named to receive the guarantee",
                    "add `default_cast: {beneficiary: .., attackers: any}` or write a case that uses it",
                )
            ]
        )
    known = {*model.parties, *model.roles, "parties"}
    who, attackers = ("default_cast", "beneficiary"), ("default_cast", "attackers")
    problems = [
        *unknown_parties(cast.beneficiary, known, node, who),
        *unknown_parties(cast.attackers, known | {"any", OTHER}, node, attackers),
    ]
    beneficiaries, named = _cast(cast.beneficiary, cast.attackers, model.roles, staged.members)
    problems += _no_attacker(beneficiaries, named, locate(node, attackers)) if not problems else ()
    if problems:
        raise BadInput(problems)
    return LoadedCase(
        id=model.id,
        title=model.title,
        as_of=None,
        file=file,
        model=None,
        parties=MappingProxyType(dict(model.parties)),
        zones=MappingProxyType(dict(model.zones)),
        beneficiaries=beneficiaries,
        attackers=named,
        main_zone=cast.main_zone,
        required=MappingProxyType(dict(DEFAULT_REQUIRED)),
        required_count=1,
        required_of=None,
        instruments=(staged,),
        expect=expected_of(None, (staged,), Places(node)),
        mentions=mentions_of(None, (staged,), Places(node)),
    )


def _load_case(content: dict[str, Any], node: Node, file: str) -> LoadedCase:
    from foedus.case.schema.case import Case

    drafts, problems = _drafts(content, node, file)
    slim = dict(content)
    if isinstance(content.get("instruments"), list):
        placeholder = [{"use": "none"}] if content["instruments"] else []  # what is wrong with each is told by _drafts
        slim["instruments"] = [{"use": str(draft.content.get("id", "unnamed"))} for draft in drafts] or placeholder
    model, found = check_part(Case, slim, Places(node))
    problems += found
    # Where a part of the case is wrong, the rest is still looked at, so that the author sees every problem at once.
    seen = model if model is not None else mended(Case, slim)[0]
    if seen is None:
        for draft in drafts:
            problems += stage(draft, None, Instrument)[1]
        raise BadInput(problems)
    told = {problem.position for problem in problems}
    seen_wrong = (*late_problems(seen, node), *check_case_names(seen, node), *check_table(seen, node))
    problems += [problem for problem in seen_wrong if problem.position not in told]
    staged, found = _staged(seen, drafts, node)
    problems += [problem for problem in found if problem.position not in told]
    if len(staged) == len(drafts):  # a text that is not understood may declare the party
        problems += stopper_problems(seen, staged, node)
    if model is not None and not problems:
        problems = [*reading_problems(model, staged, Places(node))]
        problems += _no_attacker(model.cast.beneficiary, model.cast.attackers, locate(node, ("cast", "attackers")))
        problems += _too_many_wanted(model, staged, node)
        problems += world_problems(model, [item.model for item in staged], node)
    if model is None or problems:
        raise BadInput(problems)
    return _loaded(model, staged, file, node)


def _staged(model: Case, drafts: list[Draft], node: Node) -> tuple[list[StagedInstrument], list[Problem]]:
    """The instruments of a case on stage, and everything that is wrong with them."""
    declared = Declared(model.parties, model.zones, model.bodies, model.sources)
    found: list[StagedInstrument] = []
    problems: list[Problem] = []
    for draft in drafts:
        laid, astray = _declared_unknowns(model, draft)
        staged, wrong = stage(draft, declared, Instrument, laid=laid)
        problems += [*astray, *wrong]
        if staged is None:
            continue
        found.append(replace(staged, later_sources=later_sources(staged.model, str(model.as_of))))
        late = staged.model.signed
        if late is not None and late not in ("never", "unknown") and is_later(late, str(model.as_of)):
            place = locate(node, (*draft.cast_at, "use")) if draft.from_library else locate(node, draft.at)
            problems.append(
                Problem(place, f"`{staged.id}` was signed on {late}, after this case's `as_of` ({model.as_of})")
            )
    ids = [item.id for item in found]
    problems += baseline_problems(model.baseline, ids, node)
    for item, draft in product(found, drafts):
        if draft.content.get("id") == item.id:
            problems += baseline_problems(item.model.baseline, ids, draft.node, draft.at)
    return found, problems + _doubled_instruments(found, node)


def _no_attacker(who: Sequence[str], attackers: Sequence[str], place: Position) -> list[Problem]:
    """That nobody is left who may attack."""
    if not attackers:
        return [Problem(place, "`attackers` is an empty list: no attacker is left to look at", "name one, or `any`")]
    if "any" in attackers or any(attacker != victim for attacker in attackers for victim in who):
        return []
    words = f"only {', '.join(attackers)} may attack, and receives the guarantee too: no incident is left to look at"
    return [Problem(place, words, "name another attacker, or `any`")]


def _too_many_wanted(model: Case, staged: Sequence[StagedInstrument], node: Node) -> Iterator[Problem]:
    """That more helpers are asked for than there can be: whoever is on stage, without the victim and a sole attacker.

    Where the helpers are named, their number is checked beside the names.
    """
    wanted = model.required_help
    if wanted.of is not None:
        return
    on_stage = {*model.parties, *(name for item in staged for name in (*item.model.parties, *item.members))}
    attackers = set(model.cast.attackers) if "any" not in model.cast.attackers else set()
    there = len(on_stage - attackers if len(attackers) == 1 else on_stage) - 1
    if wanted.at_least > there:
        place = locate(node, ("required_help", "at_least"))
        parties = "1 party" if there == 1 else f"{there} parties"
        words = f"{wanted.at_least} helpers are asked for, and {parties} can be on the victim's side"
        yield Problem(place, words, "mend the number, or name the parties")


def _loaded(model: Case, staged: list[StagedInstrument], file: str, node: Node) -> LoadedCase:
    parties: dict[str, Party] = {}
    for item in staged:
        parties |= item.model.parties
    parties |= model.parties
    beneficiaries, attackers = _cast(model.cast.beneficiary, model.cast.attackers, {}, tuple(model.parties))
    required = dict(DEFAULT_REQUIRED) | {kind: LEVELS.index(level) for kind, level in model.required_level.items()}
    return LoadedCase(
        id=model.case,
        title=model.title or model.case,
        as_of=str(model.as_of),
        file=file,
        model=model,
        parties=MappingProxyType(parties),
        zones=MappingProxyType(dict(model.zones)),
        beneficiaries=beneficiaries,
        attackers=attackers,
        main_zone=model.cast.main_zone,
        required=MappingProxyType(required),
        required_count=model.required_help.at_least,
        required_of=frozenset(model.required_help.of) if model.required_help.of is not None else None,
        instruments=tuple(staged),
        expect=expected_of(model, staged, Places(node)),
        mentions=mentions_of(model, staged, Places(node)),
    )


def _cast(
    beneficiary: tuple[str, ...],
    attackers: tuple[str, ...],
    roles: Mapping[str, tuple[str, ...]],
    members: tuple[str, ...],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    everybody = {**roles, "parties": members}
    who = tuple(dict.fromkeys(name for item in beneficiary for name in everybody.get(item, (item,))))
    return who, tuple(dict.fromkeys(name for item in attackers for name in everybody.get(item, (item,))))


def _drafts(content: dict[str, Any], node: Node, file: str) -> tuple[list[Draft], list[Problem]]:
    """The instruments of a case, those of the library read in; wrong shapes are left to the type check."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    entries = content.get("instruments")
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        at: Path = ("instruments", index)
        if not isinstance(entry, dict):
            problems.append(
                Problem(
                    locate(node, at),
                    f"`instruments`: found `{entry}`, expected `use:` and a shipped instrument's id, or an instrument",
                    f"did you mean `use: {entry}`?" if entry in instrument_ids() else None,
                )
            )
        elif "may_be" in entry:
            problems.append(
                Problem(
                    locate(node, at),
                    "`may_be` cannot stand for a whole instrument",
                    "write it out, and leave open what is not known",
                )
            )
        elif "use" in entry:
            draft, found = _used(entry, node, at)
            problems += found
            if draft is not None:
                drafts.append(draft)
        else:
            drafts.append(Draft(dict(entry), node, at, file, {}, at, node, from_library=False))
    return drafts, problems


def _used(entry: dict[str, Any], node: Node, at: Path) -> tuple[Draft | None, list[Problem]]:
    problems = [
        Problem(
            locate(node, (*at, key), at_key=True), f"`{key}` is not a key beside `use`", "known here: use, as, note"
        )
        for key in entry
        if key not in ("use", "as", "note")
    ]
    id = entry["use"]
    if id not in instrument_ids():
        near = nearest(str(id), instrument_ids())
        cure = f"did you mean `{near}`?" if near else "`foedus library` lists them"
        problems.append(Problem(locate(node, (*at, "use")), f"`{id}` is not a shipped instrument", cure))
        return None, problems
    text, shipped_file = instrument_text(id)
    shipped = parse(text, shipped_file)
    content = {key: plain(part) for key, part in shipped.entries.items() if key != "foedus"}
    cast = entry.get("as")
    return Draft(
        content, shipped, (), shipped_file, cast if isinstance(cast, dict) else {}, (*at, "as"), node, from_library=True
    ), problems


def _declared_unknowns(model: Case, draft: Draft) -> tuple[tuple[Laid, ...], list[Problem]]:
    """The case's own list of unknowns, laid over the instrument that it names; those that lead nowhere are told."""
    id = str(draft.content.get("id"))
    content = {**draft.content, "as": draft.cast}
    found: list[Laid] = []
    problems: list[Problem] = []
    for index, unknown in enumerate(model.unknowns):
        if not unknown.at.startswith(id + "."):
            continue
        at = unknown.at.removeprefix(id + ".")
        path = path_to(content, at)
        if path is None:
            near = nearest(at, places_in(draft.content))
            cure = f"did you mean `{id}.{near}`?" if near else f"a path like `{id}.clauses.ID.response.least`"
            place = locate(draft.case_node, ("unknowns", index, "at"))
            problems.append(Problem(place, f"`{unknown.at}` leads nowhere in the instrument", cure))
        elif unknown.may_be is not None:
            value = {"may_be": unknown.may_be, "source": list(unknown.source), "note": unknown.note}
            found.append(Laid(path, value, ("unknowns", index)))
    return tuple(found), problems


def _doubled_instruments(staged: list[StagedInstrument], node: Node) -> list[Problem]:
    ids = [item.id for item in staged]
    return [
        Problem(
            locate(node, ("instruments", index)), f"two instruments are called `{id}`", "give each an id of its own"
        )
        for index, id in enumerate(ids)
        if id in ids[:index]
    ]
