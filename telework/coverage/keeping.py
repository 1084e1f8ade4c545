"""A year of counts kept in the process, by requirement, and brought up to date before each use.

What keeps it true is ``Person.calendar_version``: it rises with everything that changes what somebody does. One
aggregate over the people whom a requirement counts tells whether anything changed; if so, only the rows of those whose
version differs are read again. A requirement that changed itself has another version, hence another count. Counts kept
here colour pages; what decides is always read afresh inside the transaction (see ``watching``).
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from threading import RLock

import numpy as np
from django.db.models import Count as Number
from django.db.models import QuerySet, Sum

from people.models import Person
from policies.facts import Need, needs_of
from policies.models import Requirement
from policies.selectors import families_of, requirements_counting
from telework.coverage.counting import Count, count_of
from telework.coverage.ground import Ground, ground_of
from telework.coverage.reading import scope_filter

MOST_BYTES = 192 * 2**20
MOST_CHANGED = 200  # beyond that, counting afresh is quicker

LOCK = RLock()
_kept: "OrderedDict[tuple, Kept]" = OrderedDict()


class Kept:
    """Requirements on the same people over a civil year, and the versions of those they were counted from."""

    def __init__(self, needs: Sequence[Need], year: int, *, beside: "Kept | None" = None):
        """``beside``: requirements on the same people, just counted, whose rows are not read again."""
        self.needs, self.year = needs, year
        self.first, self.last = date(year, 1, 1), date(year, 12, 31)
        if beside is None:
            self._build()
        else:
            self._build_beside(beside)

    def _build(self) -> None:
        self.stamp = self._stamp()
        self.versions = dict(self._people().values_list("pk", "calendar_version"))
        self.count = count_of(self.needs, self.first, self.last)
        self.size = self._size()

    def _build_beside(self, other: "Kept") -> None:
        ground = other.count.ground
        own = replace(ground, parts=dict(ground.parts), changed={})
        self.stamp, self.versions = other.stamp, dict(other.versions)
        self.count = Count(self.needs, own, self.first, self.last)
        self.size = _bytes(self.count.map.counts)

    def refreshed(self) -> Count:
        """The count as of now. One query when nothing changed."""
        stamp = self._stamp()
        if stamp != self.stamp and not self._catch_up(stamp):
            self._build()
        return self.count

    def _catch_up(self, stamp) -> bool:
        """Follow the people whose version differs; False where a new count is needed instead."""
        versions = dict(self._people().values_list("pk", "calendar_version"))
        changed = [pk for pk, version in versions.items() if self.versions.get(pk) != version]
        if versions.keys() != self.versions.keys() or len(changed) > MOST_CHANGED:
            return False
        fresh = ground_of(self.needs, self.first, self.last, people=changed)
        held = self.count.ground
        if any(self._shape(held, pk) != self._shape(fresh, pk) for pk in changed):
            return False
        for pk in changed:
            for old, new in zip(held.numbers.get(pk, ()), fresh.numbers.get(pk, ()), strict=True):
                self._follow(old[2], fresh, new[2])
        self.stamp, self.versions = stamp, versions
        self.count.known.clear()
        return True

    def _follow(self, number: int, fresh: Ground, other: int) -> None:
        """Give ``number`` the rows that ``other`` has in a ground read just now."""
        ground = self.count.ground
        self.count.replace(number, fresh.renamed(other, number, ground.staff))
        gone = [key for key in ground.parts if key[0] == number]
        for key in gone:
            del ground.parts[key]
        ground.parts |= {(number, day): due for (who, day), due in fresh.parts.items() if who == other}

    @staticmethod
    def _shape(ground: Ground, pk: int) -> list[tuple]:
        """From when to when a person counts, with which teams and skills."""
        return [(first, last, ground.staff.people[number][1:]) for first, last, number in ground.numbers.get(pk, ())]

    def _stamp(self) -> tuple:
        found = self._people().aggregate(n=Number("pk"), who=Sum("pk"), versions=Sum("calendar_version"))
        return found["n"], found["who"], found["versions"]

    def _people(self) -> QuerySet[Person]:
        entities = {need.requirement.entity_id for need in self.needs if not need.requirement.team_id}
        families = families_of(entities)[0] if entities else {}
        return Person.objects.filter(scope_filter(self.needs, families, self.first, self.last)).order_by()

    def _size(self) -> int:
        """Bytes held, nearly."""
        return _bytes((*self.count.map.counts, *vars(self.count.ground.roster).values()))


def _bytes(tables: Iterable[object]) -> int:
    """Bytes of the columns of some tables."""
    arrays = (array for table in tables for array in vars(table).values())
    return sum(array.nbytes for array in arrays if isinstance(array, np.ndarray))


def kept_count(requirement: Requirement, year: int) -> Count:
    """The numbers of a requirement over a civil year, as of now. A count that is not kept yet is made."""
    return kept_together([requirement], year)


def kept_together(requirements: Sequence[Requirement], year: int) -> Count:
    """The numbers of several requirements that count the same people: their rows are kept once."""
    key = _key(requirements, year)
    with LOCK:
        kept = _kept.pop(key, None)
        if kept is None:
            kept = Kept(needs_of(requirements, date(year, 1, 1), date(year, 12, 31)), year)
            count = kept.count
        else:
            count = kept.refreshed()
        _kept[key] = kept
        _shed()
        return count


def kept_counts(people: Sequence[Person], first: date, last: date) -> list[Count]:
    """The kept numbers of every requirement that counts one of these people in the years of some dates."""
    with LOCK:
        return [count for year in range(first.year, last.year + 1) for count in _of_year(people, year)]


def _of_year(people: Sequence[Person], year: int) -> Iterator[Count]:
    requirements = requirements_counting(people, date(year, 1, 1), date(year, 12, 31))
    _keep_alike([one for one in requirements if _key([one], year) not in _kept], year)
    for requirement in requirements:
        yield kept_count(requirement, year)


def _keep_alike(requirements: Sequence[Requirement], year: int) -> None:
    """Keep those that count the same people, the posts of one trade at several sites, from rows read once."""
    alike: dict[tuple, list[Need]] = {}
    for need in needs_of(requirements, date(year, 1, 1), date(year, 12, 31)) if requirements else ():
        held = need.requirement
        alike.setdefault((held.entity_id, held.team_id, held.skill_id), []).append(need)
    for first, *others in alike.values():
        kept = Kept([first], year) if others else None
        for need in (first, *others) if kept else ():
            _kept[_key([need.requirement], year)] = kept if need is first else Kept([need], year, beside=kept)
    _shed()


def _key(requirements: Sequence[Requirement], year: int) -> tuple:
    return year, *((str(one.uid), one.version) for one in requirements)


def _shed() -> None:
    """Let go of the counts used longest ago while there are too many bytes."""
    while len(_kept) > 1 and sum(kept.size for kept in _kept.values()) > MOST_BYTES:
        _kept.popitem(last=False)


def forget() -> None:
    """Drop everything kept."""
    with LOCK:
        _kept.clear()
