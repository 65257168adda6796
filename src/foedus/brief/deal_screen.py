"""What can be agreed, on the screen: the packages, or what stands in the way and who could move."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from foedus.brief.board_screen import option_words
from foedus.brief.paper_screen import paper_lines, worth_in_short
from foedus.talks.board import Board, Demand
from foedus.talks.deal import Clash, Deal, IfTold, Opening, Package, Way
from foedus.talks.paper import Paper
from foedus.wording import Speaker, listed

MOST_SETS: Final = 12
MOST_WAYS: Final = 8
MOST_OPEN: Final = 3
MOST_FRONTIER: Final = 6
Cited = Callable[[tuple[str, ...]], str]
Lines = Iterator[tuple[int, str]]


def deal_lines(deal: Deal, board: Board, papers: Iterable[Paper], speaker: Speaker, cited: Cited) -> Lines:
    """Yield the lines on what can be agreed, each with its indent."""
    told = Told(board, papers, speaker, cited)
    yield 0, "What can be agreed"
    yield 2, _numbers(deal)
    for clash in deal.clashes:
        yield from _clash(clash, told)
    yield from _best(deal, told)
    yield from paper_lines(board, told.papers, speaker)
    for opening in deal.openings or ():
        yield from _opening(opening, told)
    for one in deal.if_told:
        yield from _if_told(one, deal, told)


def _numbers(deal: Deal) -> str:
    if deal.possible is None or deal.certain is None:
        return "Undecided: the demands join too many issues at once to count the packages."
    whole = f"Of {_count(deal.combinations, 'package')} (one option of every issue)"
    if not deal.possible:
        return f"{whole}, none is possible: each is turned down by somebody's known stand."
    certain = "None is certain: each needs the consent of somebody whose stand is not known."
    if deal.certain:
        certain = f"{_cap(_many(deal.certain))} certain: every party is known to allow {_it(deal.certain)}."
    return f"{whole}, {_many(deal.possible)} possible: no known stand turns {_it(deal.possible)} down. {certain}"


class Told:
    """Puts the parts of a board into words."""

    def __init__(self, board: Board, papers: Iterable[Paper], speaker: Speaker, cited: Cited) -> None:
        self.papers: Final = {paper.instrument: paper for paper in papers}
        self.board: Final = board
        self.speaker: Final = speaker
        self.cited: Final = cited
        self._numbers: Final = {issue.id: n for n, issue in enumerate(board.issues)}
        self._links: Final = {link.id: link for link in board.links}

    def issue(self, id: str) -> str:
        """What an issue asks, inside a sentence."""
        return f"“{self.board.issues[self._numbers[id]].asks.rstrip('?.')}”"

    def option(self, issue: str, option: str) -> str:
        """An option, so that it can be read alone."""
        number = self._numbers[issue]
        place = next(k for k, one in enumerate(self.board.issues[number].options) if one.id == option)
        return option_words(self.board, number, place)

    def on_paper(self, issue: str, option: str) -> Iterator[str]:
        """What the texts that an option stands for are worth, a line for each."""
        chosen = next(one for one in self.board.issues[self._numbers[issue]].options if one.id == option)
        yield from (worth_in_short(self.papers[id], self.speaker) for id in chosen.instruments if id in self.papers)

    def demand(self, demand: Demand) -> str:
        """A demand as a clause, with its source."""
        who = self.speaker.party(demand.who)
        if demand.issue is None:
            parts = self._links[demand.link or ""].parts
            what = f"does not take together {listed(f'“{option_words(self.board, *part)}”' for part in parts)}"
        else:
            refused = (f"“{option_words(self.board, demand.issue, k)}”" for k in demand.refuses)
            what = f"turns down {listed(refused, 'and')}"
        source = self.cited(demand.source)
        words = demand.says.removeprefix("turns down: ")
        return f"{who} {what}{f': {words}' if words else ''}{f' [{source}]' if source else ''}"

    def short(self, demand: Demand) -> str:
        """A demand in few words, where it was told before."""
        if demand.issue is None:
            return "what it does not take together"
        return listed((f"“{option_words(self.board, demand.issue, k)}”" for k in demand.refuses), "and")


def _clash(clash: Clash, told: Told) -> Lines:
    if clash.together is None:
        yield 2, f"The demands on {listed(map(told.issue, clash.issues))} leave no package; too many sets to list."
    else:
        for number, demands in enumerate(clash.together[:MOST_SETS], 1):
            several = f" ({number} of {len(clash.together)})" if len(clash.together) > 1 else ""
            yield 2, f"These demands cannot stand together{several}; without any one of them they could:"
            yield from ((4, _cap(told.demand(demand))) for demand in demands)
        if len(clash.together) > MOST_SETS:
            yield 2, f"And {len(clash.together) - MOST_SETS} more such sets (--format json has them all)."
        if not clash.complete:
            yield 2, "There are more such sets and ways out than can be listed; one of each is told."
    if clash.cheapest == ():
        yield 2, f"The options of {listed(map(told.issue, clash.issues))} go together in no way, whoever moves."
    elif clash.cheapest:
        cost = clash.cheapest[0].cost
        yield (
            2,
            f"The cheapest ways out (weight {cost} is given up in each; what the file gives no weight weighs 1):",
        )
        yield from ((4, _way(way, told)) for way in clash.cheapest[:MOST_WAYS])
        if len(clash.cheapest) > MOST_WAYS:
            yield 4, f"and {len(clash.cheapest) - MOST_WAYS} more"


def _way(way: Way, told: Told) -> str:
    moves = listed(f"{told.speaker.party(d.who)} moves on {told.short(d)}" for d in way.demands)
    if way.possible is None or way.certain is None:
        return f"{_cap(moves)}."
    return f"{_cap(moves)}: {_many(way.possible)} possible on these issues, {_many(way.certain)} certain."


def _best(deal: Deal, told: Told) -> Lines:
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    packages: dict[tuple[tuple[str, str], ...], Package] = {}
    for criterion, package in deal.best:
        groups.setdefault(package.picks, []).append(criterion)
        packages[package.picks] = package
    for picks, criteria in groups.items():
        yield 2, f"The package that {listed(criteria)}:"
        yield from _package(packages[picks], told)
    if deal.frontier is None:
        yield 2, "Which packages nobody can better is left out: there are too many."
    elif len(deal.frontier) > 1:
        yield (
            2,
            (
                f"{len(deal.frontier)} sharings of what is given, of which none is better for one party without being "
                "worse for another:"
            ),
        )
        for package in deal.frontier[:MOST_FRONTIER]:
            yield 4, f"{_gives(package, told)}."
        if len(deal.frontier) > MOST_FRONTIER:
            yield 4, f"and {len(deal.frontier) - MOST_FRONTIER} more (--format json has them all)"


def _package(package: Package, told: Told) -> Lines:
    for issue, option in package.picks:
        yield 4, f"{_cap(told.option(issue, option))}."
        yield from ((6, worth) for worth in told.on_paper(issue, option))
    rests = f"{_count(len(package.rests_on), 'stand')} that nobody knows" if package.rests_on else "known stands alone"
    yield 4, f"{_gives(package, told)}. It rests on {rests}."


def _gives(package: Package, told: Told) -> str:
    if not package.concedes:
        return "Nobody gives way on anything known"
    given = (f"{told.speaker.party(party)} (weight {weight})" for party, weight in package.concedes)
    return f"What is only negotiable is given by {listed(given)}"


def _opening(opening: Opening, told: Told) -> Lines:
    if not opening.open_stands:
        return
    possible, certain = opening.possible, opening.certain
    groups: dict[tuple[str, str, int, int], list[str]] = {}
    for one in opening.open_stands:
        key = (one.issue, one.option, one.possible_if_refused, one.certain_if_allowed)
        groups.setdefault(key, []).append(one.party)
    changing = {key: who for key, who in groups.items() if key[2:] != (possible, certain)}
    moved = listed(f"{told.speaker.party(d.who)} moves on {told.short(d)}" for d in opening.once)
    counts = f"{_many(possible)} possible, {_many(certain)} certain"
    if not changing:
        yield 2, f"{f'If {moved}, no' if moved else 'No'} unknown stand alone would change the numbers ({counts})."
        return
    yield 2, f"Which unknown stand matters most{f' if {moved}' if moved else ''} ({counts}):"
    for (issue, option, refused, allowed), who in list(changing.items())[:MOST_OPEN]:
        line = f"{_cap(told.speaker.some(who, 'or'))} on “{told.option(issue, option)}”"
        parts = [f"turned down, {_many(refused)} possible"] * (refused != possible)
        parts += [f"allowed, {_many(allowed)} certain"] * (allowed != certain)
        yield 4, f"{line}: {'; '.join(parts)}."
    if len(changing) > MOST_OPEN:
        yield 4, f"and {len(changing) - MOST_OPEN} more"


def _if_told(one: IfTold, deal: Deal, told: Told) -> Lines:
    """What would change if somebody else's word on a party were right; nothing where it changes nothing."""
    parts = []
    if one.possible is not None and one.certain is not None and one.possible != deal.possible:
        parts.append(f"{_many(one.possible)} possible, {_many(one.certain)} certain")
    clashes = (listed(f"{told.speaker.party(d.who)} on {told.short(d)}" for d in demands) for demands in one.clashes)
    if one.clashes:
        parts.append(f"these could not stand together either: {'; nor '.join(clashes)}")
    if parts:
        yield (
            2,
            (
                f"If {told.speaker.party(one.party)} stood as {one.by} says ({told.issue(one.issue)}): "
                f"{'; '.join(parts)} [{told.cited(one.source)}]."
            ),
        )


def _count(count: int, word: str) -> str:
    return f"{count:,} {word}{'s' * (count != 1)}"


def _many(count: int) -> str:
    return {0: "none is", 1: "one is"}.get(count, f"{count:,} are")


def _it(count: int) -> str:
    return "it" if count == 1 else "them"


def _cap(words: str) -> str:
    return words[:1].upper() + words[1:]
