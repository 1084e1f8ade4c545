"""What refusing some bookings would give back to coverage: minutes short of each requirement, before and after."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from policies.core.facts import WHOLE_DAY
from policies.coverage.presence import stretches
from policies.coverage.rows import Bookings, Stretches
from policies.coverage.yearmap import CoverageMap
from policies.facts import Need
from policies.models import Requirement
from policies.selectors import families_of, requirements_in_force
from telework.coverage.counting import Count
from telework.coverage.shortages import counted_around
from telework.models import Booking
from telework.working import HALVES

MANY = 5000  # bookings read at once
_BITS = 20  # of a date's ordinal
Lack = tuple[int, int]  # dates on which something is short, minutes of it


@dataclass(frozen=True, slots=True)
class Short:
    """A requirement: people it counts, those of them who lose a booking, and what is short before and after.

    ``before``/``after``: dates on which it does not hold and, where it is about minutes, how many of them."""

    uid: str
    counted: int
    concerned: int
    before: Lack
    after: Lack


def shortages_without(bookings: Collection[int], entity: int, first: date, last: date) -> list[Short]:
    """Every requirement of an entity and those below it, with and without these bookings (primary keys)."""
    held = _requirements(entity, first, last)
    if not held:
        return []
    count = counted_around(held, first, last)
    gone, present = _rows(bookings), count.ground.stretches()
    lacks = [_lacks(kept, first, last) for kept in (count.map, _without(count, gone))]
    losing = {person for person, _day, _halves in gone}
    return [_short(need, _counted(need, count, present), losing, lacks) for need in count.needs]


def _requirements(entity: int, first: date, last: date) -> list[Requirement]:
    return list(requirements_in_force(first, last).filter(entity__in=families_of([entity])[0][entity]))


def _rows(bookings: Collection[int]) -> list[tuple[int, date, int]]:
    """(person, day, halves) of bookings by primary key."""
    keys, found = list(bookings), []
    for start in range(0, len(keys), MANY):
        rows = Booking.objects.filter(pk__in=keys[start : start + MANY]).order_by()
        found += [(who, day, HALVES[part]) for who, day, part in rows.values_list("person_id", "day", "part")]
    return found


def _without(count: Count, gone: Collection[tuple[int, date, int]]) -> CoverageMap:
    """The map of the same rows without that telework."""
    ground = count.ground
    whole, halves = set(), set()
    for person, day, taken in gone:
        number = ground.number(person, day)
        if number is not None and taken == WHOLE_DAY:
            whole.add(number << _BITS | day.toordinal())
        elif number is not None:
            halves |= set(ground.asked(number, [day], taken).rows())
    roster, rules = ground.roster, [rule for need in count.needs for rule in need.rules]
    fewer = replace(roster, bookings=_left(roster.bookings, whole, halves))
    return CoverageMap(rules, ground.staff, first=count.first, last=count.last).fill(stretches(fewer))


def _left(bookings: Bookings, whole: Collection[int], halves: Collection[tuple]) -> Bookings:
    """Telework without that of these (number, date) pairs and rows."""
    keys = bookings.person << _BITS | bookings.day
    left = bookings.take(~np.isin(keys, np.fromiter(whole, dtype=np.int64, count=len(whole))))
    if not halves:
        return left
    return left.take(np.fromiter((row not in halves for row in left.rows()), dtype=bool, count=len(left)))


def _short(need: Need, counted: set[int], losing: set[int], lacks: Sequence[dict[str, Lack]]) -> Short:
    uid = str(need.requirement.uid)
    before, after = (found.get(uid, (0, 0)) for found in lacks)
    return Short(uid, len(counted), len(counted & losing), before, after)


def _counted(need: Need, count: Count, present: Stretches) -> set[int]:
    """The people (primary keys) whom a requirement counted at any time."""
    staff, scope = count.ground.staff, need.scope
    here = staff.mask(scope)[present.person]
    if scope.site is not None:
        here = here & (present.site == staff.site(scope.site))
    people = {number: pk for pk, periods in count.ground.numbers.items() for _first, _last, number in periods}
    return {people[number] for number in np.unique(present.person[here]).tolist()}


def _lacks(kept: CoverageMap, first: date, last: date) -> dict[str, Lack]:
    """What is short by requirement (uid, the group of its rules)."""
    days, minutes = defaultdict(set), defaultdict(int)
    for gap in kept.gaps():
        if first <= gap.day <= last:
            days[gap.rule.group].add(gap.day)
            minutes[gap.rule.group] += gap.end - gap.start if gap.start is not None else 0
    return {group: (len(held), minutes[group]) for group, held in days.items()}
