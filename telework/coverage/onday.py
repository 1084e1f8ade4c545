"""One date of one requirement: how many there are from minute to minute, who they are, and what changes would do.

Cut from the kept count of the year, so that a page asks the database for names only. A *what if* changes the cut, never
the count: nothing is saved.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import pairwise

import numpy as np

from policies.coverage.findings import joined
from policies.coverage.minutecount import MinuteCount
from policies.coverage.presence import stretches
from policies.coverage.requirements import Gap, Minimum, MinuteRule, RemoteShareAtOnce
from policies.coverage.rows import Bookings, Part, Roster, Shifts, Spans, State, Stretches
from policies.coverage.windows import EPOCH, first_minute
from policies.coverage.yearmap import CoverageMap
from policies.facts import Need
from telework.coverage.counting import Count

MORNING = time(8)
DAY_MINUTES = 1440
ONE_DAY = timedelta(days=1)
REST = 11 * 60  # minutes between two posts: article L3131-1 of the French labour code
CURVE = "curve"


class Place(StrEnum):
    """Where somebody is during an interval; ``OFF``: counted by the requirement, without a shift around it."""

    SITE = "site"
    REMOTE = "remote"
    ON_CALL = "on_call"
    ABSENT = "absent"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Change:
    """A what if: a person (primary key) on site, remote or absent on the date."""

    person: int
    place: Place


@dataclass(frozen=True, slots=True)
class Level:
    """``count`` people from one minute to another; ``limit`` is what is required then (None: nothing is)."""

    start: int
    end: int
    count: int
    limit: int | None


class OnDay:
    """A requirement from 0:00 of ``day`` to 8:00 of the next one, as planned or with changes."""

    def __init__(self, need: Need, count: Count, day: date, changes: Sequence[Change] = ()):
        self.need, self.day, self.ground = need, day, count.ground
        zone = need.requirement.clock
        self.start, self.midnight = (first_minute(each, time(0), zone) for each in (day, day + ONE_DAY))
        self.end = first_minute(day + ONE_DAY, MORNING, zone) if need.requirement.by_the_minute else self.midnight
        self.people = {number: pk for pk, periods in self.ground.numbers.items() for _f, _l, number in periods}
        self.planned = _cut(count, day)
        self.roster = self._changed(self.planned, changes)
        self.stretches = stretches(self.roster)
        rules = (*need.rules, *self._curve())
        self.map = CoverageMap(rules, self.ground.staff, first=day - ONE_DAY, last=day + ONE_DAY).fill(self.stretches)

    @property
    def gaps(self) -> list[Gap]:
        """What does not hold in the windows and on the date of ``day``."""
        found = (gap for gap in self.map.gaps() if gap.rule.name != CURVE)
        return joined(gap for gap in found if self._here(gap))

    def _here(self, gap: Gap) -> bool:
        return gap.day == self.day if gap.start is None else gap.start < self.midnight and gap.end > self.start

    @property
    def levels(self) -> list[Level]:
        """Counts over the stretch of time shown, with what is required; empty for requirements of whole dates."""
        curve = next((held for held in self.map.counts if held.rule.name == CURVE), None)
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
            if isinstance(held, MinuteCount) and held.rule.name != CURVE:
                for one in held.windows:
                    a, b = max(one.start, self.start) - self.start, min(one.end, self.end) - self.start
                    if a < b:
                        limits[a:b] = self._strictest(limits[a:b], held.rule, curve, low + a, low + b)
        return limits

    @staticmethod
    def _strictest(known: np.ndarray, rule: MinuteRule, curve: MinuteCount, low: int, high: int) -> np.ndarray:
        if isinstance(rule, Minimum):
            return np.maximum(known, rule.required)
        most = curve.limit[low:high] * rule.percent.numerator // (100 * rule.percent.denominator)
        return np.where(known < 0, most, np.minimum(known, most))

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
        names = {State.ON_SITE: Place.SITE, State.REMOTE: Place.REMOTE, State.ON_CALL: Place.ON_CALL}
        for state in (State.ON_CALL, State.REMOTE, State.ON_SITE):
            for number in self._numbers(self.stretches.take(self.stretches.state == state), start, end):
                found[number] = names[state]
        for number in self._numbers(self.roster.shifts, start, end):
            found.setdefault(number, Place.ABSENT)
        for number in self._free(start, end):
            found.setdefault(number, Place.OFF)
        people: dict[Place, list[int]] = {place: [] for place in Place}
        for number, place in found.items():
            people[place].append(self.people[number])
        return people

    def _numbers(self, rows: Shifts | Stretches, start: int, end: int) -> list[int]:
        """Numbers of those in scope who have one of the rows between two minutes."""
        near = rows.take((rows.start < end) & (rows.end > start))
        site = self.need.scope.site
        if site is not None:
            near = near.take(near.site == self.ground.staff.site(site))
        return [number for number in np.unique(near.person).tolist() if self._in_scope(number)]

    def _free(self, start: int, end: int) -> list[int]:
        """Those in scope on the date who have no post within eleven hours of the interval."""
        shifts = self.roster.shifts
        taken = (shifts.start < end + REST) & (shifts.end > start - REST) | (shifts.day == self.day.toordinal())
        busy, ordinal = set(shifts.person[taken].tolist()), self.day.toordinal()
        return [
            number
            for periods in self.ground.numbers.values()
            for first, last, number in periods
            if first <= ordinal <= last and number not in busy and self._in_scope(number)
        ]

    def _in_scope(self, number: int) -> bool:
        return self.ground.staff.counts(number, self.need.scope)

    def hours_of(self, person: int) -> tuple[int, int] | None:
        """The first and last minute of a person's posts of the date."""
        number = self.ground.number(person, self.day)
        shifts = self.roster.shifts
        mine = (shifts.person == number) & (shifts.day == self.day.toordinal())
        return (int(shifts.start[mine].min()), int(shifts.end[mine].max())) if mine.any() else None

    def _changed(self, roster: Roster, changes: Iterable[Change]) -> Roster:
        for change in changes:
            number = self.ground.number(change.person, self.day)
            if number is not None:
                roster = self._with(roster, number, change.place)
        return roster

    def _with(self, roster: Roster, number: int, place: Place) -> Roster:
        """A roster with somebody elsewhere on the date; one who is off comes for the worst gap of the date."""
        ordinal, shifts = self.day.toordinal(), roster.shifts
        held = shifts.take((shifts.person == number) & (shifts.day == ordinal))
        free = roster.bookings.take((roster.bookings.person != number) | (roster.bookings.day != ordinal))
        roster = replace(roster, bookings=free)
        if place is Place.REMOTE:
            return replace(roster, bookings=_more(free, [(number, ordinal, Part.FULL, 0, 0)]))
        if place is Place.ABSENT:
            return replace(roster, away=_more(roster.away, [(number, row[3], row[4]) for row in held.rows()]))
        kept = roster.away.take(roster.away.person != number)
        return replace(roster, away=kept, shifts=shifts if len(held) else _more(shifts, self._post(number)))

    def _post(self, number: int) -> list[tuple[int, int, int, int, int]]:
        """The post that somebody off would hold: the hours of the first gap of the date as it is planned."""
        gap = next((gap for gap in OnDay.planned_gaps(self) if gap.start is not None), None)
        if gap is None:
            return []
        site = self.ground.staff.site(self.need.scope.site) if self.need.scope.site else 0
        return [(number, site, self.day.toordinal(), gap.start, gap.end)]

    def planned_gaps(self) -> list[Gap]:
        """The gaps before any change."""
        kept = CoverageMap(self.need.rules, self.ground.staff, first=self.day - ONE_DAY, last=self.day + ONE_DAY)
        return joined(gap for gap in kept.fill(stretches(self.planned)).gaps() if self._here(gap))


def _more(rows, added: Iterable[Sequence[int]]):
    return type(rows).of([*rows.rows(), *added])


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
