"""One date of one requirement: how many there are from minute to minute, who they are, and what changes would do.

Cut from the kept count of the year, so that a page asks the database for names only. A *what if* changes the cut, never
the count: nothing is saved.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import pairwise

import numpy as np

from policies.coverage.findings import joined
from policies.coverage.minutecount import MinuteCount
from policies.coverage.presence import stretches
from policies.coverage.requirements import Gap, Minimum, MinuteRule, RemoteShareAtOnce
from policies.coverage.rows import Bookings, Roster, Shifts, Spans, State, Stretches
from policies.coverage.windows import EPOCH, first_minute
from policies.coverage.yearmap import CoverageMap
from policies.facts import Need
from telework.coverage import heat
from telework.coverage.counting import Count

MORNING = time(8)
DAY_MINUTES = 1440
ONE_DAY = timedelta(days=1)
REST = 11 * 60  # minutes between two posts: article L3131-1 of the French labour code
CURVE = "curve"
Span = tuple[int, int]  # minutes since 1970 (UTC)


class Place(StrEnum):
    """Where somebody is during an interval; ``OFF``: counted by the requirement, without a shift around it."""

    SITE = "site"
    REMOTE = "remote"
    ON_CALL = "on_call"
    ABSENT = "absent"
    OFF = "off"


STATES = {Place.SITE: State.ON_SITE, Place.REMOTE: State.REMOTE, Place.ON_CALL: State.ON_CALL}


@dataclass(frozen=True, slots=True)
class Level:
    """``count`` people from one minute to another; ``limit`` is what is required then (None: nothing is)."""

    start: int
    end: int
    count: int
    limit: int | None


class OnDay:
    """A requirement from 0:00 of ``day`` to 8:00 of the next one; ``roster``: the rows with changes, see ``whatif``."""

    def __init__(self, need: Need, count: Count, day: date, roster: Roster | None = None):
        self.need, self.day, self.ground = need, day, count.ground
        zone = need.requirement.clock
        self.start, self.midnight = (first_minute(each, time(0), zone) for each in (day, day + ONE_DAY))
        self.end = first_minute(day + ONE_DAY, MORNING, zone) if need.requirement.by_the_minute else self.midnight
        self.people = {number: pk for pk, periods in self.ground.numbers.items() for _f, _l, number in periods}
        self.roster = _cut(count, day) if roster is None else roster
        self.stretches = stretches(self.roster)
        self.map = self._counted(need.rules)

    def _counted(self, rules: Sequence) -> CoverageMap:
        around = {"first": self.day - ONE_DAY, "last": self.day + ONE_DAY}
        return CoverageMap(rules, self.ground.staff, **around).fill(self.stretches)

    @property
    def gaps(self) -> list[Gap]:
        """What does not hold on the date or in the windows that start on it, told with the hours before and after
        that go on in the same way."""
        found = list(self.map.gaps())
        here = [gap for gap in found if gap.day == self.day]
        return [whole for whole in joined(found) if any(_within(gap, whole) for gap in here)]

    @property
    def low(self) -> int:
        """The lowest margin of the date; ``heat.NONE`` where the requirement says nothing of it."""
        return int(heat.lows_of_days(self.map, self.day, self.day)[0])

    @property
    def span(self) -> Span:
        """The minutes that a page is about: the first gap, else the date."""
        gap = next((gap for gap in self.gaps if gap.start is not None), None)
        return (gap.start, gap.end) if gap else (self.start, self.midnight)

    @property
    def levels(self) -> list[Level]:
        """Counts over the stretch of time shown, with what is required; empty for requirements of whole dates."""
        curve = next(iter(self._counted(self._curve()).counts), None)
        if curve is None:
            return []
        low, high = self.start - curve.origin, self.end - curve.origin
        values, limits = curve.value[low:high], self._limits(curve, low, high)
        cuts = np.flatnonzero((values[1:] != values[:-1]) | (limits[1:] != limits[:-1])) + 1
        edges = [0, *cuts.tolist(), len(values)]
        return [
            Level(self.start + a, self.start + b, int(values[a]), int(limits[a]) if limits[a] >= 0 else None)
            for a, b in pairwise(edges)
        ]

    def _limits(self, curve: MinuteCount, low: int, high: int) -> np.ndarray:
        limits = np.full(high - low, -1, dtype=np.int64)
        for held in self.map.counts:
            for one in held.windows if isinstance(held, MinuteCount) else ():
                a, b = max(one.start, self.start) - self.start, min(one.end, self.end) - self.start
                if a < b:
                    limits[a:b] = self._strictest(limits[a:b], held.rule, curve, low + a, low + b)
        return limits

    @staticmethod
    def _strictest(known: np.ndarray, rule: MinuteRule, curve: MinuteCount, low: int, high: int) -> np.ndarray:
        if isinstance(rule, Minimum):
            return np.maximum(known, rule.required)
        working = curve.limit[low:high]
        most = working * rule.percent.numerator // (100 * rule.percent.denominator)
        return np.where(working == 0, known, np.where(known < 0, most, np.minimum(known, most)))

    def _curve(self) -> list[MinuteRule]:
        """A rule that is never broken and counts whom the requirement counts, at every minute."""
        rule = next((rule for rule in self.need.rules if isinstance(rule, MinuteRule)), None)
        if rule is None:
            return []
        shape = {"name": CURVE, "zone": rule.zone, "scope": rule.scope, "start": time(0), "end": time(0)}
        if isinstance(rule, Minimum):
            return [Minimum(required=0, anyone=rule.anyone, on_call=rule.on_call, **shape)]
        return [RemoteShareAtOnce(percent=rule.percent * 0 + 100, **shape)]

    def who(self, start: int, end: int) -> dict[Place, list[int]]:
        """People (primary keys) counted between two minutes by where they are; those off who could come, last."""
        found: dict[int, Place] = {}
        for place, state in STATES.items():
            rows = self.stretches.take(self.stretches.state == state)
            self._note(found, place, self._met(rows, start, end))
        self._note(found, Place.ABSENT, self._met(self.roster.shifts, start, end))
        self._note(found, Place.OFF, self._free(start, end))
        people: dict[Place, list[int]] = {place: [] for place in Place}
        for person, place in found.items():
            people[place].append(person)
        return people

    @staticmethod
    def _note(found: dict[int, Place], place: Place, people: Iterable[int]) -> None:
        for person in people:
            found.setdefault(person, place)

    def _met(self, rows: Shifts | Stretches, start: int, end: int) -> Iterator[int]:
        """Those in scope who have one of the rows between two minutes."""
        near = rows.take((rows.start < end) & (rows.end > start))
        site = self.need.scope.site
        if site is not None:
            near = near.take(near.site == self.ground.staff.site(site))
        return (self.people[number] for number in np.unique(near.person).tolist() if self._in_scope(number))

    def _free(self, start: int, end: int) -> Iterator[int]:
        """Those in scope on the date who have no post within eleven hours of the interval."""
        shifts, ordinal = self.roster.shifts, self.day.toordinal()
        taken = (shifts.start < end + REST) & (shifts.end > start - REST) | (shifts.day == ordinal)
        busy = {self.people[number] for number in np.unique(shifts.person[taken]).tolist()}
        for person, periods in self.ground.numbers.items():
            if person not in busy and any(
                first <= ordinal <= last and self._in_scope(number) for first, last, number in periods
            ):
                yield person

    def _in_scope(self, number: int) -> bool:
        return self.ground.staff.counts(number, self.need.scope)

    def hours_of(self, person: int, start: int, end: int) -> list[Span]:
        """The posts and on-call periods of a person between two minutes, a night that began before with all of it."""
        numbers = [number for _first, _last, number in self.ground.numbers.get(person, ())]
        for rows in (self.roster.shifts, self.roster.on_calls):
            mine = rows.take(np.isin(rows.person, numbers) & (rows.start < end) & (rows.end > start))
            if len(mine):
                return sorted(zip(mine.start.tolist(), mine.end.tolist(), strict=True))
        return []


def _within(gap: Gap, whole: Gap) -> bool:
    if gap.start is None or whole.start is None:
        return gap == whole
    return whole.start <= gap.start and gap.end <= whole.end


def _cut(count: Count, day: date) -> Roster:
    """The rows around a date, with what somebody has since been given instead."""
    ground, middle = count.ground, (day - EPOCH.date()).days * DAY_MINUTES
    changed = np.fromiter(ground.changed, dtype=np.int64, count=len(ground.changed))
    rosters = [_near(ground.roster, day, middle, without=changed)]
    rosters += [_near(roster, day, middle) for roster in ground.changed.values()]
    return Roster(*(_joined([getattr(one, field.name) for one in rosters]) for field in fields(Roster)))


def _near(roster: Roster, day: date, middle: int, *, without: np.ndarray = ()) -> Roster:
    """Rows of the dates before, of and after ``day``; ``middle`` is its midnight in UTC."""
    first, last = day.toordinal() - 2, day.toordinal() + 2
    begin, end = middle - 3 * DAY_MINUTES, middle + 4 * DAY_MINUTES

    def chosen(rows: Shifts | Bookings | Spans):
        near = (
            (rows.day >= first) & (rows.day <= last)
            if hasattr(rows, "day")
            else (rows.start < end) & (rows.end > begin)
        )
        return rows.take(near & ~np.isin(rows.person, without) if len(without) else near)

    return Roster(*(chosen(getattr(roster, field.name)) for field in fields(Roster)))


def _joined(tables: Sequence):
    first = tables[0]
    if len(tables) == 1:
        return first
    names = [column.name for column in fields(first)]
    whole = type(first)(*(np.concatenate([getattr(rows, name) for rows in tables]) for name in names))
    return whole.take(np.argsort(whole.person, kind="stable"))
