"""A cure as a change of the author's own file: the text before, and the text with the edits in it."""

from dataclasses import dataclass, replace
from difflib import SequenceMatcher, unified_diff
from pathlib import PurePath

from foedus.case.load import load_text
from foedus.case.patching import patched
from foedus.case.paths import value_at
from foedus.case.resolve import resolve
from foedus.case.stage import LoadedCase, Path, StagedInstrument
from foedus.case.tree import parse, plain
from foedus.check.edits import Edit, edited, touches
from foedus.errors import InternalError, needed


@dataclass(frozen=True, slots=True)
class Patch:
    """One file before and after; ``file`` is the author's, or the shipped text's own name."""

    file: str
    shipped: str | None
    before: str
    after: str

    @property
    def diff(self) -> str:
        """The change as a unified diff, which ``git apply``, ``patch -p1`` and ``patch -p0`` read alike.

        The old name stands bare for the last, the new one after ``b/`` for the others: each takes what it finds.
        """
        # By the line feed alone: a file may end its lines with a carriage return before it, which belongs to the line.
        old, new = (_lines(text) for text in (self.before, self.after))
        name = _told_name(self.file)
        end = "\t" if " " in name else ""  # where a name holds a space, its end is told by a tab
        lines = list(unified_diff(old, new, f"{name}{end}", f"b/{name}{end}", n=3))
        return "".join(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines)

    def as_stored(self, stored: str) -> "Patch":
        """The same change of the file as it is stored, with the ends of line and the mark that it has there."""
        before = _lines(self.before)
        own = _lines(stored)
        if len(own) != len(before):
            return self  # ends its lines in a way that no tool knows
        end = "\r\n" if stored.count("\r\n") * 2 > len(own) else "\n"
        after = _lines(self.after)
        found: list[str] = []
        for what, start, stop, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            same = own[start:stop] if what == "equal" else [line.removesuffix("\n") for line in after[first:last]]
            found += same if what == "equal" else [
                line + (end if text.endswith("\n") else "")
                for line, text in zip(same, after[first:last], strict=True)
            ]  # fmt: skip
        return replace(self, before=stored, after="".join(found))


def _lines(text: str) -> list[str]:
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + [part for part in parts[-1:] if part]


def _told_name(file: str) -> str:
    """The name in a diff: as the author gave it; of a full path the name alone, since nobody else has those folders."""
    path = PurePath(file)
    return path.name if path.is_absolute() else path.as_posix()


def patch_of(
    case: LoadedCase, staged: StagedInstrument, text: str, edits: tuple[Edit, ...], result: StagedInstrument
) -> Patch:
    """The change of a file that makes ``result`` of an instrument; read back before it is given.

    ``text`` is that of the file in which the instrument stands: the case, or the shipped text. Readings that fell away
    are taken out with what was expected of them, and a value that the case lists as unknown and that is now said is
    taken off that list. Raises ``InternalError`` if the changed file does not say the same as ``result``.
    """
    file = staged.file
    content = plain(parse(text, file))
    at = _place(content, staged.id)
    changes = [(_there(content, at, path), value) for edit in edits for path, value in edit.changes]
    removed: list[Path] = []
    for name, reading in staged.model.readings.items():
        now = result.model.readings.get(name)
        if now is None:
            removed.append((*at, "readings", name))
        elif now.set != reading.set:
            changes.append(((*at, "readings", name, "set"), now.set))
    removed += _expected(content, at, staged, [name for name in staged.model.readings if name not in result.readings])
    changes += [((*at, "parties", id), {"name": case.name(id)}) for id in _strangers(content, at, edits)]
    removed += _listed(content, staged, [path for edit in edits for path, _ in edit.changes])
    after = patched(text, changes, _outermost(content, removed))
    _compare(text, after, staged, edits, result)
    return Patch(file, staged.id if staged.from_library else None, text, after)


def _place(content: object, id: str) -> Path:
    """Where an instrument stands in its file."""
    entries = value_at(content, ("instruments",))
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        if isinstance(entry, dict) and entry.get("id") == id:
            return "instruments", index
    return ()


def _there(content: object, at: Path, path: Path) -> Path:
    """Where a change of an instrument is written: a party is named at the top where the case names the parties."""
    own = path[0] != "parties" or value_at(content, (*at, "parties")) is not None
    return (*at, *path) if own else path


def _listed(content: object, staged: StagedInstrument, places: list[Path]) -> list[Path]:
    """The entries of the case's list of unknowns that speak of edited places."""
    entries = value_at(content, ("unknowns",))
    said = {f"{staged.id}.{site.name}" for site in staged.unknowns if touches(site.path, places)}
    return [
        ("unknowns", index)
        for index, entry in enumerate(entries if isinstance(entries, list) else [])
        if isinstance(entry, dict) and entry.get("at") in said
    ]


def _expected(content: object, at: Path, staged: StagedInstrument, fallen: list[str]) -> list[Path]:
    """The expectations, at the instrument and at the top of the file, that speak of readings which fell away."""
    return [
        (*place, index)
        for place in dict.fromkeys([(*at, "expect"), ("expect",)])
        for index, entry in enumerate(_entries(content, place))
        if entry.get("reading") in fallen and entry.get("instrument", staged.id) == staged.id
    ]


def _entries(content: object, place: Path) -> list[dict[str, object]]:
    found = value_at(content, place)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _outermost(content: object, removed: list[Path]) -> list[Path]:
    """The removals, with a whole map or list in place of all that is in it."""
    found: list[Path] = []
    for path in removed:
        parent = value_at(content, path[:-1])
        inside = [other for other in removed if other[:-1] == path[:-1]]
        whole = isinstance(parent, (dict, list)) and len(inside) == len(parent)
        found.append(path[:-1] if whole else path)
    return list(dict.fromkeys(found))


def _strangers(content: object, at: Path, edits: tuple[Edit, ...]) -> list[str]:
    """Parties of the case whom a new duty names and a shipped text does not."""
    if at:
        return []
    named = value_at(content, ("parties",))
    new = [edit.changes[0][1] for edit in edits if edit.kind == "new-duty"]
    listed = [value_at(clause, (field,)) for clause in new for field in ("bearers", "to")]
    wanted = [str(id) for names in listed if isinstance(names, list) for id in names]
    return [id for id in wanted if isinstance(named, dict) and id not in named]


def _compare(
    before: str, after: str, staged: StagedInstrument, edits: tuple[Edit, ...], result: StagedInstrument
) -> None:
    if staged.from_library:  # in a case it is cast otherwise than alone, so that it is the text alone that is compared
        result = needed(edited(load_text(before, staged.file).instruments[0], edits))
    read = needed(load_text(after, staged.file).instrument(staged.id))
    same = dict(read.model.readings) == dict(result.model.readings) and all(
        resolve(read, reading).clauses == resolve(result, reading).clauses
        and resolve(read, reading).bodies == resolve(result, reading).bodies
        for reading in (None, *result.readings)
    )
    if not same:
        raise InternalError(f"the changed text of {staged.id} does not say what was checked")
