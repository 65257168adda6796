"""One edit of a text in words."""

from collections.abc import Mapping, Sequence
from typing import Final

from foedus.case.ladders import level_of
from foedus.case.paths import dotted, value_at
from foedus.case.schema.clause import Clause
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.case.unknowns import describe_option
from foedus.check.edits import Edit
from foedus.wording import FORBIDDEN_WORDS, Speaker, level, listed

WORDS: Final[Mapping[str, str]] = {
    "exclude-attacker": "in {it} the attacker has no vote",
    "bind-each-alone": "{it} binds each alone, not only all together",
    "drop-veto": "in {it} nobody holds a veto",
    "majority": "in {it} a majority decides",
    "each-decides": "in {it} each member decides for itself",
    "drop-decision": "{it} waits for no decision of a body",
    "drop-request": "{it} needs no request",
    "drop-consent": "{it} waits for nobody's consent",
    "drop-precondition": "{it} waits for no earlier step",
    "approval-no-excuse": "that approval at home is refused is no excuse under {it}",
    "drop-ending": "no body can end {it}",
    "drop-release": "nobody can end a duty by {it}, which remains as a mere declaration",
    "no-end": "the text runs without end",
    "bind-in-law": "the text binds in law",
    "except-defence": "{it} forbids no force in answer to an attack",
    "cover-every-kind": "{it} covers every kind of incident",
    "cover-every-attacker": "{it} covers every attacker",
    "cover-every-place": "{it} covers every place",
    "cover-every-object": "{it} covers more than the territory: every object",
    "cover-provoked": "{it} covers an attack that was provoked as well",
    "cover-at-once": "{it} covers an attack from its first hour",
    "silence-agrees": "in {it} silence counts as a yes",
    "abstention-no-block": "in {it} an abstention does not block",
    "drop-quorum": "{it} needs no quorum",
}


def edits_words(case: LoadedCase, staged: StagedInstrument, edits: Sequence[Edit]) -> list[str]:
    """What some edits write, those of one kind together."""
    alike: dict[str, list[Edit]] = {}
    for edit in edits:
        alike.setdefault(edit.kind if edit.kind in WORDS else repr(edit.place), []).append(edit)
    found = []
    for same in alike.values():
        if len(same) == 1:
            found.append(edit_words(case, staged, same[0]))
        else:
            every = listed(_owner(staged, edit) for edit in same)
            found.append(WORDS[same[0].kind].format(it=f"each of {every}"))
    return found


def edit_words(case: LoadedCase, staged: StagedInstrument, edit: Edit) -> str:
    """What an edit writes, as a clause without capital or full stop."""
    if edit.kind in WORDS:
        return WORDS[edit.kind].format(it=_owner(staged, edit))
    if edit.part == "readings":
        reading = staged.model.readings[edit.owner]
        if edit.kind == "adopt-reading":
            return f"the reading {edit.owner} ({reading.held_by}) becomes the text: {reading.says.rstrip('.')}"
        return f"the text says in so many words what it means without the reading {edit.owner} ({reading.held_by})"
    value = edit.changes[0][1]
    if edit.kind == "say-what":
        speaker = Speaker(case)
        return f"it is said {speaker.place(edit.owner)}: {speaker.value(edit.owner, describe_option(value))}"
    if edit.kind in ("new-duty", "new-guarantor"):
        return _new_duty(case, edit)
    return _frame_words(staged, edit) or _help_words(staged, edit)


def _frame_words(staged: StagedInstrument, edit: Edit) -> str:
    """What stands around a duty; nothing where the edit is another."""
    it, value = _owner(staged, edit), edit.changes[0][1]
    if edit.kind == "set-clock" and isinstance(value, dict):
        return f"what {it} asks must be done within {value['within'].replace(' h', ' hours')} of the attack"
    if edit.kind == "add-consequence":
        places = [dotted(staged.data, path[:2]).split(".", 1)[1] for path, _ in edit.changes]
        return (
            f"a breach has a consequence that waits for no vote (written to {listed(f'`{id}`' for id in places)}): the "
            "others are freed from what they owe the one who breaks it, and each may answer at once"
        )
    if edit.kind == "no-leaving":
        return "the text runs without end, and nobody can leave it" if edit.strength else "nobody can leave the text"
    if edit.kind == "drop-wait":
        return f"{it} no longer waits for {listed(f'`{id}`' for id in _dropped(staged, edit))}"
    if edit.kind == "lift-prohibition":
        if edit.changes[0][0][-1] == "forbids":
            return f"{it} no longer forbids {listed(FORBIDDEN_WORDS.get(t, t) for t in _dropped(staged, edit))}"
        limit = edit.changes[0][0][-1] == "most_level"
        return f"{it} sets no limit to the help" if limit else f"{it} forbids nothing, and remains a mere declaration"
    return ""


def _dropped(staged: StagedInstrument, edit: Edit) -> list[str]:
    """What a list no longer holds."""
    path, left = edit.changes[0]
    clause = next(clause for clause in staged.model.clauses if clause.id == edit.owner)
    before = getattr(clause, str(path[-1]))
    return [item for item in before if not isinstance(left, list) or item not in left]


def _help_words(staged: StagedInstrument, edit: Edit) -> str:
    it, value = _owner(staged, edit), edit.changes[0][1]
    if edit.kind == "raise-least":
        return f"the least that must be given under {it} is {level(edit.strength)}"
    if edit.kind == "help-itself":
        body = value_at(staged.data, (*edit.changes[0][0], "body"))
        where = f"the body “{body}”" if isinstance(body, str) else "a body"
        return f"{it} binds each to give {level(edit.strength)} itself, not only to seek a decision of {where}"
    if edit.kind == "make-duty":
        return f"{it} is a duty to give at least {level(edit.strength)}, and no longer a mere right"
    if edit.kind == "add-default" and isinstance(value, dict):
        return (
            f"if the body has not decided within {value['after']}, {it} binds all the same, to {level(edit.strength)}"
        )
    judged = (
        "a question of fact, judged by none of the bound" if value == "objective" else "for the one attacked to find"
    )
    return f"whether the case of {it} is given is {judged}"


def _new_duty(case: LoadedCase, edit: Edit) -> str:
    """Whom a new duty binds; a party that the text does not name yet stands for whoever is found."""
    clause = edit.changes[0][1]
    given = clause if isinstance(clause, dict) else {}
    least = level(level_of(given["response"]["least"]))
    hours = given["deadline"]["within"].replace(" h", " hours")
    if edit.kind == "new-guarantor":
        spoken = edit.changes[1][1]
        who = spoken["spoken"] if isinstance(spoken, dict) else ""
    else:
        who = Speaker(case).some(given["bearers"])
        who += ", each bound alone," if len(given["bearers"]) > 1 else ""
    return f"a new duty is written: {who} must give at least {least} against any attack, within {hours}"


def _owner(staged: StagedInstrument, edit: Edit) -> str:
    if edit.part == "bodies":
        return f"the body “{edit.owner}”"
    clause: Clause | None = next((clause for clause in staged.model.clauses if clause.id == edit.owner), None)
    if clause is None or clause.article is None:
        return f"clause “{edit.owner}”"
    article = f"Art. {clause.article}" if clause.article[:1].isdigit() else clause.article
    return f"{article} ({edit.owner})"


def kind_words(kind: str) -> str:
    """What a kind of edit writes, whatever the text."""
    if kind in WORDS:
        return WORDS[kind].format(it="the body" if kind in OF_BODIES else "the clause")
    return OTHER_WORDS[kind]


OF_BODIES: Final = frozenset({"exclude-attacker", "drop-veto", "majority", "each-decides", "silence-agrees",
                              "abstention-no-block", "drop-quorum"})  # fmt: skip
OTHER_WORDS: Final[Mapping[str, str]] = {
    "say-expressly": "the text says in so many words what it means, so that a rival reading has no hold",
    "say-what": "what nobody knows is said",
    "add-default": "the clause binds all the same if the body has not decided in time",
    "set-clock": "what the clause asks must be done within so many hours of the attack",
    "add-consequence": "a breach has a consequence that waits for no vote",
    "change-judge": "whether the case is given is a question of fact, or for the one attacked to find",
    "drop-wait": "the clause no longer waits for one of several earlier steps",
    "no-leaving": "nobody can leave the text",
    "lift-prohibition": "a kind of help is no longer forbidden, or not limited",
    "raise-least": "the least that must be given is raised",
    "help-itself": "the clause binds each to help itself, not only to seek a decision of a body",
    "make-duty": "a right to help becomes a duty",
    "adopt-reading": "a reading becomes the text",
    "new-duty": "a new duty is written, of those whom the text binds already",
    "new-guarantor": "a new duty is written, of a guarantor whom the text does not name yet",
}
