"""From a file (or the id of a shipped instrument) to a loaded case, or every problem of the file at once."""

import os
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Any

from foedus.case.baseline import baseline_problems
from foedus.case.case_names import check_case_names, unknown_parties
from foedus.case.dates import late_problems, later_sources
from foedus.case.ladders import DEFAULT_REQUIRED, LEVELS, OTHER
from foedus.case.paths import parse_path
from foedus.case.schema.base import Party
from foedus.case.schema.case import Case
from foedus.case.schema.instrument import Instrument, InstrumentFile
from foedus.case.shipped import instrument_ids, instrument_text
from foedus.case.soundness import soundness_problems
from foedus.case.stage import LoadedCase, Path, StagedInstrument
from foedus.case.staging import Draft, stage
from foedus.case.text import decode, read_text
from foedus.case.tree import Node, locate, parse, plain
from foedus.case.validate import check_part
from foedus.errors import BadInput, Problem, nearest


def load(case: str | os.PathLike[str]) -> LoadedCase:
    """Load a case file, an instrument file, or a shipped instrument by its id.

    Raises ``BadInput`` with every problem found: syntax, unknown keys, undeclared names, dates, casting.
    """
    name = os.fspath(case)
    if name in instrument_ids() and not FilePath(name).exists():
        return load_text(*instrument_text(name))
    if not FilePath(name).exists() and FilePath(name).suffix == "" and (near := nearest(name, instrument_ids())):
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
    staged, problems = stage(draft, {}, {}, {}, {}, InstrumentFile)
    if staged is None or problems:
        raise BadInput(problems)
    model = staged.model
    if problems := [*baseline_problems(model.baseline, (model.id,), node), *soundness_problems(staged)]:
        raise BadInput(problems)
    cast = model.default_cast
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
    beneficiaries, attackers = _cast(cast.beneficiary, cast.attackers, model.roles, staged.members)
    problems = [
        *unknown_parties(
            cast.beneficiary, {*model.parties, *model.roles, "parties"}, node, ("default_cast", "beneficiary")
        ),
        *unknown_parties(
            cast.attackers, {*model.parties, *model.roles, "any", "parties", OTHER}, node, ("default_cast", "attackers")
        ),
    ]
    if not problems and "any" not in attackers and all(a == v for a in attackers for v in beneficiaries):
        place = locate(node, ("default_cast", "attackers"))
        words = (
            f"only {', '.join(attackers)} may attack, and receives the guarantee too: no incident is left to look at"
        )
        problems.append(Problem(place, words, "name another attacker, or `any`"))
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
        attackers=attackers,
        main_zone=cast.main_zone,
        required=MappingProxyType(dict(DEFAULT_REQUIRED)),
        required_count=1,
        required_of=None,
        instruments=(staged,),
        expect=model.expect,
    )


def _load_case(content: dict[str, Any], node: Node, file: str) -> LoadedCase:
    drafts, problems = _drafts(content, node, file)
    slim = dict(content)
    if isinstance(content.get("instruments"), list):
        placeholder = [{"use": "none"}] if content["instruments"] else []  # what is wrong with each is told by _drafts
        slim["instruments"] = [{"use": str(draft.content.get("id", "unnamed"))} for draft in drafts] or placeholder
    model, found = check_part(Case, slim, node)
    problems += found
    if model is None:
        # The instruments are still looked at, so that the author sees every problem at once.
        for draft in drafts:
            problems += stage(draft, {}, {}, {}, {}, Instrument, names=False)[1]
        raise BadInput(problems)
    problems += late_problems(model, node)
    problems += check_case_names(model, node)
    staged_all: list[StagedInstrument] = []
    for draft in drafts:
        extra = _declared_unknowns(model, draft)
        staged, found = stage(draft, model.parties, model.zones, model.bodies, model.sources, Instrument, extra=extra)
        problems += found
        if staged is not None:
            later = later_sources(staged.model, str(model.as_of))
            staged_all.append(replace(staged, later_sources=later))
            if (late := staged.model.signed) and late not in ("never", "unknown") and str(late) > str(model.as_of):
                place = locate(node, (*draft.cast_at, "use")) if draft.from_library else locate(node, draft.at)
                problems.append(
                    Problem(place, f"`{staged.id}` was signed on {late}, after this case's `as_of` ({model.as_of})")
                )
    problems += _doubled_instruments(staged_all, node)
    ids = [item.id for item in staged_all]
    problems += baseline_problems(model.baseline, ids, node)
    for item, draft in product(staged_all, drafts):
        if draft.content.get("id") == item.id:
            problems += baseline_problems(item.model.baseline, ids, draft.node, draft.at)
    if not problems:
        problems = [problem for staged in staged_all for problem in soundness_problems(staged)]
    cast = model.cast
    if not problems and "any" not in cast.attackers and all(a == v for a in cast.attackers for v in cast.beneficiary):
        found_words = ", ".join(model.cast.attackers)
        problems.append(
            Problem(
                locate(node, ("cast", "attackers")),
                f"only {found_words} may attack, and receives the guarantee too: no incident is left to look at",
                "name another attacker, or `any`",
            )
        )
    if problems:
        raise BadInput(problems)
    return _loaded(model, staged_all, file)


def _loaded(model: Case, staged: list[StagedInstrument], file: str) -> LoadedCase:
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
        expect=model.expect + tuple(e for s in staged for e in s.model.expect if not s.from_library),
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


def _declared_unknowns(model: Case, draft: Draft) -> tuple[tuple[Path, Mapping[str, object]], ...]:
    """The case's own list of unknowns, laid over the instrument it names."""
    id = str(draft.content.get("id"))
    found: list[tuple[Path, Mapping[str, object]]] = []
    for unknown in model.unknowns:
        if unknown.may_be and unknown.at.startswith(id + "."):
            try:
                path = parse_path(draft.content, unknown.at.removeprefix(id + "."))
            except KeyError:
                continue  # told by _case_names
            found.append((path, {"may_be": unknown.may_be, "source": list(unknown.source), "note": unknown.note}))
    return tuple(found)


def _doubled_instruments(staged: list[StagedInstrument], node: Node) -> list[Problem]:
    ids = [item.id for item in staged]
    return [
        Problem(
            locate(node, ("instruments", index)), f"two instruments are called `{id}`", "give each an id of its own"
        )
        for index, id in enumerate(ids)
        if id in ids[:index]
    ]
