"""Plain words: the one place where levels, incidents and stopping sets are turned into language."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from foedus.case.stage import LoadedCase
from foedus.findings import Conflict
from foedus.law.incident import Incident
from foedus.law.records import StopKind, Stoppers

LEVEL_WORDS: Final = ("nothing", "consultation", "sanctions and money", "arms", "limited force", "all means")
ACT_WORDS: Final = {
    "consult": "consult",
    "declare": "make a declaration",
    "mediate": "mediate",
    "monitor": "monitor",
    "seek_decision": "ask a body to decide",
    "sanction": "impose sanctions",
    "fund": "give money",
    "arm": "send arms",
    "share_intelligence": "share intelligence",
    "give_bases": "give bases",
    "limited_force": "use limited force",
    "all_means": "help by all means",
}
KIND_WORDS: Final = {
    "hybrid": "hybrid or deniable act",
    "blockade": "coercion or blockade",
    "raid": "raid or ceasefire violation",
    "land_grab": "limited land grab",
    "air_campaign": "missile and air campaign",
    "full_invasion": "full invasion",
    "nuclear_threat": "nuclear threat",
    "nuclear_use": "nuclear use",
    "internal_disorder": "internal disorder",
}
OBJECT_WORDS: Final = {
    "territory": "its territory",
    "forces": "its forces elsewhere",
    "ships_and_aircraft": "its ships and aircraft",
    "nationals": "its nationals abroad",
}
VERDICT_WORDS: Final = {
    "holds": "HOLDS",
    "fails": "FAILS",
    "depends": "DEPENDS",
    "not_applicable": "NOT APPLICABLE",
    "undecided": "UNDECIDED",
}
STATE_WORDS: Final = {
    "due": "must act",
    "little": "must act, but with less than is asked for",
    "not_triggered": "not bound in such an incident",
    "released": "released: another that is bound together with it is the attacker",
    "not_found": "not bound until it is found that the case is given",
    "not_requested": "not bound until it is asked",
    "waits": "waits for an earlier step",
    "no_consent": "waits for a consent",
    "no_approval": "waits for approval at home",
    "stopped": "no longer bound: the duty was ended",
    "withheld": "released: another that is bound together with it does not act",
    "not_decided": "not bound until the body decides",
    "disputed": "not bound: the conditions cannot all be met at once",
}
FORBIDDEN_WORDS: Final = {
    "attack": "force against the attacker",
    "economic_coercion": "economic coercion of the attacker",
    "alliances": "military alliances",
    "foreign_bases": "foreign bases",
    "foreign_troops": "foreign troops",
    "most_level": "so much help",
}
"""Forbidden things that an act of help can break."""
MOST_NAMES: Final = 5
"""Names told in a sentence before the rest is counted."""
PLACE_WORDS: Final = {
    "controlled_by": "who controls it",
    "judge": "who finds that the case is given",
    "request": "who must ask first",
    "structure": "whether each is bound alone or only together",
    "decision": "which body must decide first",
    "consents": "whose consent is needed",
    "after": "what must come first",
    "consequence": "what follows when it is broken",
    "domestic": "whether approval at home is needed",
    "deadline": "by when it must be done",
    "bearers": "who is bound",
    "when.kind": "which kinds of incident are covered",
    "when.zone": "which territory is covered",
    "when.object": "whether more than the territory is covered",
    "when.attacker": "which attackers are covered",
    "when.unprovoked": "whether only an unprovoked attack counts",
    "response.least": "the least that must be given",
    "response.most": "the most that may be given",
    "response.means_chosen_by": "who chooses the means",
    "response.differs": "who is held to something else",
    "excluded": "who is left out of the vote",
    "rule": "how the votes are counted",
    "veto": "who holds a veto",
    "members": "who sits in it",
    "silence": "what silence counts as",
    "abstention": "what an abstention counts as",
}
"""What stands at a place of a clause or body, for people who do not read paths."""
EXIT_WORDS: Final = {
    "duration": "how long it lasts",
    "notice": "after what notice one may leave",
    "earliest": "when one may leave at the earliest",
    "releases": "what releases from it",
}
"""What stands at a place of the clause on leaving."""
VALUE_WORDS: Final = {
    "objective": "the facts alone",
    "bearer": "each for itself",
    "victim": "the one attacked",
    "each-alone": "each bound alone",
    "together": "bound only together",
    "unanimity": "all must agree",
    "each": "each decides for itself",
    "majority": "a majority decides",
    "attacker": "the attacker",
    "disputants": "the parties to the dispute",
    "does-not-block": "does not block",
    "arms": "arms",
    "any": "any",
}
NONE_WORDS: Final = {
    "request": "nobody need ask",
    "decision": "no decision needed",
    "consents": "nobody's",
    "domestic": "not needed",
    "veto": "nobody",
    "structure": "not said (each bound alone)",
    "controlled_by": "no other party",
    "when.kind": "every kind",
    "when.zone": "every place",
    "when.object": "everything",
    "when.attacker": "every attacker",
}
NUMBER_WORDS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Past(Protocol):
    """A historical case in a few words, from the list of faults or in a finding."""

    @property
    def case(self) -> str: ...  # noqa: D102  its id
    @property
    def name(self) -> str: ...  # noqa: D102  its name
    @property
    def how(self) -> str: ...  # noqa: D102  what happened


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a list in a sentence: a, b and c."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def number(count: int) -> str:
    """A small number in words, a larger one in digits."""
    return NUMBER_WORDS[count] if 0 <= count < len(NUMBER_WORDS) else str(count)


def level(value: int) -> str:
    """The name of a rung of the response ladder."""
    return LEVEL_WORDS[value]


def duration(hours: int) -> str:
    """A length of time in the largest unit that fits: "72 hours", "14 days", "6 months", "10 years"."""
    for unit, size, least in (("year", 8760, 1), ("month", 730, 1), ("day", 24, 4)):
        if hours and hours % size == 0 and hours // size >= least:
            count = hours // size
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return f"{hours} hour{'s' if hours != 1 else ''}"


def levels(low: int, high: int) -> str:
    """One rung, or the range between two."""
    return level(low) if low == high else f"{level(low)} to {level(high)}"


def owed(least: int, most: int) -> str:
    """What is owed at least, and up to what one may go: "at least consultation, and up to all means"."""
    if most <= least:
        return level(least)
    if not least:
        return f"nothing in particular, and may give up to {level(most)}"
    return f"at least {level(least)}, and up to {level(most)}"


def past(cases: Iterable[Past]) -> str:
    """Historical cases, each with what happened in it."""
    return "; ".join(f"{one.name} ({one.case}): {one.how}" for one in cases)


def acts(names: Iterable[str]) -> str:
    """Acts as a list, in the order of the ladder."""
    order = list(ACT_WORDS)
    return listed(ACT_WORDS[name] for name in sorted(names, key=order.index)) or "nothing"


class Speaker:
    """Puts the ids of one case into words."""

    def __init__(self, case: LoadedCase) -> None:
        self.case: Final = case

    def party(self, id: str) -> str:
        """The name of a party or anonymous member."""
        return self.case.name(id)

    def parties(self, ids: Iterable[str], last: str = "and") -> str:
        """Names as a list."""
        return listed((self.party(id) for id in ids), last)

    def some(self, ids: Iterable[str], last: str = "and") -> str:
        """Names as a list, the first few where there are many; members without a name are counted."""
        given = list(ids)
        nameless = Counter(_group_name(id) for id in given if ":" in id)
        if nameless:
            named = [self.party(id) for id in given if ":" not in id]
            return listed(
                [*named[: MOST_NAMES - 1], *(_nameless(name, count) for name, count in nameless.items())], last
            )
        names = given
        if len(names) <= MOST_NAMES:
            return self.parties(names, last)
        return (
            f"{', '.join(self.party(id) for id in names[: MOST_NAMES - 1])} {last} {len(names) - MOST_NAMES + 1} others"
        )

    def zone(self, id: str) -> str:
        """The name of a zone."""
        return self.case.name(id)

    def instrument(self, id: str) -> str:
        """The short name of an instrument."""
        staged = self.case.instrument(id)
        return id if staged is None else staged.model.short or staged.model.title

    def supposed(self, id: str) -> str:
        """The short name of an instrument, with who is only supposed to be a party to it."""
        staged = self.case.instrument(id)
        joined = staged.staged_as.accede if staged is not None else ()
        return self.instrument(id) + (f" (if {self.parties(joined)} were a party)" if joined else "")

    def incident(self, incident: Incident, refusing: Sequence[str] = ()) -> str:
        """One incident as a clause: "Russia attacks Ukraine (land grab; territory under occupation)".

        The place is told only where it is not the first one of the case, the object where it is not the territory.
        """
        facts = [KIND_WORDS[incident.kind]]
        if incident.object != "territory":
            facts.append(f"against {OBJECT_WORDS[incident.object]}")
        if incident.zone and incident.zone != self.case.main_zone:
            facts.append(f"in {self.zone(incident.zone)}")
        if incident.provoked:
            facts.append("provoked")
        words = f"{self.party(incident.attacker)} attacks {self.party(incident.victim)} ({'; '.join(facts)})"
        if refusing:
            verbs = "says no or does not act" if len(refusing) == 1 else "say no or do not act"
            words += f" and {self.parties(refusing)} {verbs}"
        return words

    def stop_kind(self, kind: StopKind) -> str:
        """One way to stop the help: "any 7 of the 10 elected members and France"."""
        return listed(self._group(group.members, group.count) for group in kind.groups)

    def stoppers(self, stoppers: Stoppers, *, lawfully: bool = True) -> str:
        """Who can stop the help, shortest first."""
        if stoppers.undecided is not None:
            return f"undecided: {stoppers.undecided}"
        if stoppers.number is None:
            return "nobody can lawfully stop it" if lawfully else "nobody can stop it"
        if stoppers.number == 0:
            return "not promised at all"
        alone = tuple(kind.groups[0] for kind in stoppers.kinds if kind.size == 1)
        members = tuple(member for group in alone for member in group.members)
        words = [self._group(members, 1)] if members else []
        words += [self.stop_kind(kind) for kind in stoppers.kinds if kind.size > 1]
        return "; or ".join([*words, *(["others in other combinations"] if stoppers.more else [])])

    def place(self, path: str) -> str:
        """A place in a file in plain words: "who finds that the case is given (in clause “aid”)"."""
        part, _, rest = path.partition(".")
        if part == "binding":
            return "whether the text binds in law"
        if part == "roles":
            return f"who the {rest} are"
        if part == "parties" and rest.endswith(".controlled_by"):
            return f"who controls {self.party(rest.removesuffix('.controlled_by'))}"
        if part == "exit" and rest in EXIT_WORDS:
            return EXIT_WORDS[rest]
        if path.startswith("as.zones."):
            return f"whether {self.zone(path.removeprefix('as.zones.'))} is covered"
        owner = {"clauses": "clause", "bodies": "body"}.get(part)
        name, _, field = rest.partition(".")
        words = PLACE_WORDS.get(_field(path))
        if owner is None or not field or words is None:
            return path.replace(".", ", ").replace("_", " ")
        return f"{words} (in {owner} “{name}”)"

    def decider(self, name: str) -> str:
        """What a verdict turns on: a value that nobody knows, told by its place, or a reading."""
        return name if name.startswith("reading ") else self.place(name)

    def value(self, path: str, value: str) -> str:
        """A value that a file has or might have there, as :func:`describe_option` gives it, in plain words."""
        field = _field(path)
        if field in NONE_WORDS and (value in ("none", "nothing", "") or (value == "any" and field.startswith("when."))):
            return NONE_WORDS[field]
        return listed(self._one_value(word) for word in value.split(", "))

    def _one_value(self, word: str) -> str:
        if " " in word and not word.startswith("body "):
            return " ".join(self.case.name(part) if part in self.case.parties else part for part in word.split())
        if word.startswith("body "):
            return f"the body “{word.removeprefix('body ')}”"
        for words in (VALUE_WORDS, ACT_WORDS, KIND_WORDS, OBJECT_WORDS):
            if word in words:
                return words[word]
        return self.case.name(word).replace("_", " ")

    def _group(self, members: Sequence[str], count: int) -> str:
        anonymous = all(":" in member for member in members)
        if anonymous:
            name = _group_name(members[0])
            if count == len(members) > 1:
                return f"all {_nameless(name, count)}"
            return f"any {number(count)} of the {_nameless(name, len(members))}"
        names = self.some(members)
        if count == len(members):
            return names if count == 1 else f"{names} together"
        return f"any {number(count)} of {names}"


def _group_name(id: str) -> str:
    return id.split(":", 1)[1].rsplit(" ", 1)[0]


def _nameless(name: str, count: int) -> str:
    return f"{number(count)} {name}" if name.endswith("s") else f"{number(count)} {name} members"


def _field(path: str) -> str:
    """The last part of a path that has words of its own."""
    parts = path.split(".")[2:]
    return next((name for name in (".".join(parts[:2]), ".".join(parts[:1])) if name in PLACE_WORDS), "")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def sentence(words: str) -> str:
    """A clause as a sentence: capital letter, full stop."""
    closed = words if words.endswith((".", "?", "!")) else words + "."
    return _capital(closed)


def conflict_words(conflict: Conflict, speaker: Speaker) -> str:
    """One conflict as a clause: who must do what by which clause, what another forbids, and which goes first."""
    across = conflict.duty[0] != conflict.prohibition[0]
    duty, ban = (
        f"`{clause}`{f' of {speaker.supposed(owner)}' if across else ''}"
        for owner, clause in (conflict.duty, conflict.prohibition)
    )
    who = "it" if len(conflict.bearers) == 1 else "them"
    first = "nothing says which goes first"
    if conflict.first is not None:
        winner = speaker.instrument(conflict.first) if across else f"`{conflict.first}`"
        first = f"{winner} goes first by what the texts say"
    return (
        f"{speaker.some(conflict.bearers)} must {acts(conflict.acts)} ({duty}), and {ban} forbids {who} "
        f"{FORBIDDEN_WORDS[conflict.thing]}; {first}"
    )
