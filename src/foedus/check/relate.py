"""How the forms of one stage stand to each other: every two, over all incidents and unknown values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final

from foedus.case.ladders import KINDS, OBJECTS
from foedus.case.resolve import Completion
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.case.unknowns import describe_option
from foedus.check.profiles import Book, Compared, Less, Profile, classes, order_of
from foedus.check.space import attackers_of
from foedus.check.views import TEXT, Views
from foedus.law.incident import IncidentSpace
from foedus.law.order import Shortfall
from foedus.law.relation import KindRelation, Order, ReadingRelation, Relation, Separation


def relations(
    case: LoadedCase, all_views: Sequence[Views], *, readings: bool = False, drafts: bool = False
) -> tuple[Relation, ...]:
    """Return how every two forms stand to each other, in the order of the case; with ``readings`` under each as well.

    All are held against each other over one and the same space of incidents. Of ``drafts`` of one text a value that
    nobody knows is the same in each.
    """
    if len(all_views) < 2:
        return ()
    table = Table(case, all_views, drafts=drafts, readings=readings)
    pairs = combinations((views.staged for views in all_views), 2)
    return tuple(table.relation(one, other, readings=readings) for one, other in pairs)


def common_space(case: LoadedCase, all_views: Sequence[Views]) -> IncidentSpace:
    """Return the incidents over which some forms are compared: those that all of them look at.

    The clocks of every form break the time, so that help which comes by itself after some hours is told apart from
    help that is there at once. The latest hour comes first, as in the checks.
    """
    declared = [case.model.incidents] if case.model is not None else [v.staged.model.incidents for v in all_views]
    zones = tuple(case.zones)
    if case.model is not None and case.model.incidents.zones:
        zones = case.model.incidents.zones
    zones = tuple(sorted(zones, key=lambda zone: zone != case.main_zone))
    clauses = [clause for views in all_views for _, view in views.of(TEXT) for clause in view.form.clauses]
    return IncidentSpace(
        attackers=tuple(dict.fromkeys(name for v in all_views for name in attackers_of(case, v.staged))),
        victims=case.beneficiaries,
        kinds=tuple(kind for kind in KINDS if all(kind in (d.kinds or KINDS) for d in declared)),
        zones=zones or ("",),
        objects=tuple(object for object in OBJECTS if all(object in (d.objects or OBJECTS) for d in declared)),
        provoked=(False, True) if any(d.provoked for d in declared) else (False,),
        lasting=_hours(clause.trigger.lasting_hours for clause in clauses),
        hours=_hours(clause.default.after_hours for clause in clauses if clause.default),
    )


def _hours(found: Iterable[int]) -> tuple[int, ...]:
    hours = sorted({0, *found}, reverse=True)
    return (hours[0], *sorted(hours[1:]))


@dataclass(frozen=True, slots=True)
class Filled:
    """One choice of unknown values, and the number of what it promises; the same number where all is the same."""

    completion: Completion
    complete: bool
    row: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """Two rows held against each other: overall, kind by kind, and the place where either first gives less."""

    order: Order
    kinds: Mapping[str, Order]
    first_less: int | None
    second_less: int | None


class Table:
    """The forms of one stage over their common incidents: a row for each choice of values that promises its own.

    What was weighed once is kept.
    """

    def __init__(self, case: LoadedCase, all_views: Sequence[Views], *, drafts: bool, readings: bool) -> None:
        self.drafts: Final = drafts
        self.space: Final = common_space(case, all_views)
        self._book: Final = Book()
        profiles: dict[int, Profile] = {}
        tried = {
            (views.staged.id, reading): (views.completions(reading).are_all, views.of(reading))
            for views in all_views
            for reading in (TEXT, *(views.staged.readings if readings else ()))
        }
        for _, filled in tried.values():
            profiles |= {id(view): Profile(view, self._book) for _, view in filled if id(view) not in profiles}
        any_view = next(iter(profiles.values())).view
        found = classes(case, self.space, profiles.values())
        self.incidents: Final = tuple(incident for incident in found if any_view.is_possible(incident))
        self._by_kind: Final = {
            kind: [place for place, incident in enumerate(self.incidents) if incident.kind == kind]
            for kind in self.space.kinds
        }
        numbers: dict[tuple[int, ...], int] = {}
        of_view = {
            key: numbers.setdefault(tuple(map(profile.at, self.incidents)), len(numbers))
            for key, profile in profiles.items()
        }
        self._rows: Final = list(numbers)
        self._filled: Final = {
            key: [Filled(completion, complete, of_view[id(view)]) for completion, view in filled]
            for key, (complete, filled) in tried.items()
        }
        self._weighed: dict[tuple[int, int], Weighed] = {}

    def relation(self, one: StagedInstrument, other: StagedInstrument, *, readings: bool) -> Relation:
        """How one form stands to another."""
        shared = self._shared(one, other)
        pairs = list(self._pairs((one.id, TEXT), (other.id, TEXT), shared))
        found = [(a, b, self.weighed(a.row, b.row)) for a, b in pairs]
        orders = _orders(weighed.order for _, _, weighed in found)
        return Relation(
            first=one.id,
            second=other.id,
            orders=orders,
            depends_on=_deciding(one, other, shared, found) if len(orders) > 1 else (),
            complete=all(filled.complete for pair in pairs for filled in pair),
            separations=tuple(self._separations(one, other, found)),
            kinds=tuple(self._kind(kind, found) for kind in self.space.kinds),
            readings=tuple(self._readings(one, other, shared, orders)) if readings else (),
        )

    def _are_drafts(self, one: StagedInstrument, other: StagedInstrument) -> bool:
        """Whether two texts are drafts of one: what stands in both, read or left open, is then the same in both."""
        ids = one.model.id, other.model.id
        return self.drafts or ids[0] == ids[1] or one.model.supersedes == ids[1] or other.model.supersedes == ids[0]

    def _shared(self, one: StagedInstrument, other: StagedInstrument) -> frozenset[str]:
        """The unknown values that are the same in two drafts: in one place, with the same options."""
        if not self._are_drafts(one, other):
            return frozenset()
        options = {site.name: site.options for site in one.unknowns}
        return frozenset(site.name for site in other.unknowns if options.get(site.name) == site.options)

    def _pairs(
        self, one: tuple[str, str], other: tuple[str, str], shared: frozenset[str]
    ) -> Iterator[tuple[Filled, Filled]]:
        for a, b in product(self._filled[one], self._filled[other]):
            mine, theirs = dict(a.completion), dict(b.completion)
            if all(mine.get(name) == theirs.get(name) for name in shared & mine.keys() & theirs.keys()):
                yield a, b

    def weighed(self, first: int, second: int) -> Weighed:
        """Two rows held against each other over all incidents."""
        key = (first, second)
        if key not in self._weighed:
            self._weighed[key] = self._weigh(self._rows[first], self._rows[second])
        return self._weighed[key]

    def _weigh(self, one: tuple[int, ...], other: tuple[int, ...]) -> Weighed:
        met = set(zip(one, other, strict=True))
        less = {pair: self._book.compared(*pair) for pair in met}
        first = {pair for pair in met if less[pair].first_less is not None}
        second = {pair for pair in met if less[pair].second_less is not None}
        kinds = {}
        for kind, places in self._by_kind.items():
            here = {(one[place], other[place]) for place in places}
            kinds[kind] = _order(less, here & first, here & second)
        return Weighed(
            _order(less, first, second),
            kinds,
            self._first(one, other, {p for p in first if isinstance(less[p].first_less, Shortfall)}),
            self._first(one, other, {p for p in second if isinstance(less[p].second_less, Shortfall)}),
        )

    def _first(self, one: tuple[int, ...], other: tuple[int, ...], pairs: set[tuple[int, int]]) -> int | None:
        """The first place at which one of some pairs of promises stands."""
        return next((place for place, pair in enumerate(zip(one, other, strict=True)) if pair in pairs), None)

    def _separations(
        self, one: StagedInstrument, other: StagedInstrument, found: Sequence[tuple[Filled, Filled, Weighed]]
    ) -> Iterator[Separation]:
        for stronger in (one, other):
            places = [
                (place, number)
                for number, (_, _, weighed) in enumerate(found)
                if (place := weighed.second_less if stronger is one else weighed.first_less) is not None
            ]
            if places:
                place, number = min(places)
                a, b = self._rows[found[number][0].row][place], self._rows[found[number][1].row][place]
                compared = self._book.compared(a, b)
                short = compared.second_less if stronger is one else compared.first_less
                refusing = short.refusing if isinstance(short, Shortfall) else frozenset[str]()
                levels = self._book.left(a, refusing), self._book.left(b, refusing)
                yield Separation(stronger.id, self.incidents[place], tuple(sorted(refusing)), levels)

    def _kind(self, kind: str, found: Sequence[tuple[Filled, Filled, Weighed]]) -> KindRelation:
        place = self._by_kind[kind][0] if self._by_kind[kind] else None
        sides: list[set[int]] = [{0}, {0}]
        if place is not None:
            rows = ({a.row for a, _, _ in found}, {b.row for _, b, _ in found})
            sides = [{self._book.left(self._rows[row][place], frozenset()) for row in side} for side in rows]
        return KindRelation(
            kind,
            _orders(weighed.kinds[kind] for _, _, weighed in found),
            ((min(sides[0]), max(sides[0])), (min(sides[1]), max(sides[1]))),
        )

    def _readings(
        self, one: StagedInstrument, other: StagedInstrument, shared: frozenset[str], orders: tuple[Order, ...]
    ) -> Iterator[ReadingRelation]:
        """The readings under which the two stand otherwise, one at a time; drafts share what is read alike in both."""
        alike = frozenset[str]()
        if self._are_drafts(one, other):
            theirs = {name: reading.set for name, reading in other.model.readings.items()}
            alike = frozenset(name for name, mine in one.model.readings.items() if theirs.get(name) == mine.set)
        for staged in (one, other):
            for reading in staged.readings:
                if reading in alike and staged is other:
                    continue
                first = reading if staged is one else TEXT
                second = reading if staged is other or reading in alike else TEXT
                pairs = self._pairs((one.id, first), (other.id, second), shared)
                told = _orders(self.weighed(a.row, b.row).order for a, b in pairs)
                if told != orders:
                    yield ReadingRelation(staged.id, reading, told)


def _order(
    less: Mapping[tuple[int, int], Compared], first: set[tuple[int, int]], second: set[tuple[int, int]]
) -> Order:
    """The order over some incidents, by the pairs of promises in which the first gives less, and the second."""
    ones, others = [less[pair].first_less for pair in first], [less[pair].second_less for pair in second]
    return order_of(_surest(ones), _surest(others))


def _surest(found: Sequence[Less]) -> Less:
    return next((one for one in found if isinstance(one, Shortfall)), next(iter(found), None))


def _orders(found: Iterable[Order]) -> tuple[Order, ...]:
    orders = set(found)
    return tuple(order for order in Order if order in orders)


def _deciding(
    one: StagedInstrument,
    other: StagedInstrument,
    shared: frozenset[str],
    found: Sequence[tuple[Filled, Filled, Weighed]],
) -> tuple[tuple[str, str], ...]:
    """The unknown values for which two combinations that differ only in one of them differ in the order."""
    table: dict[tuple[tuple[str, str, str], ...], Order] = {}
    for a, b, weighed in found:
        mine = [(one.id, name, describe_option(value)) for name, value in a.completion]
        theirs = [(other.id, name, describe_option(value)) for name, value in b.completion if name not in shared]
        table[(*mine, *theirs)] = weighed.order
    deciding: dict[tuple[str, str], None] = {}
    sites = dict.fromkeys((owner, name) for values in table for owner, name, _ in values)
    for site in sites:
        groups: dict[tuple[tuple[str, str, str], ...], set[Order]] = {}
        for values, order in table.items():
            groups.setdefault(tuple(value for value in values if value[:2] != site), set()).add(order)
        if any(len(orders) > 1 for orders in groups.values()):
            deciding[site] = None
    return tuple(deciding)
