"""Who there is and what they do: rows of the database → columns for the pure core, in a constant number of queries.

Somebody whose team or skill changes within the period is two people for the core, one after the other: each has the
shifts that start in their time. A request holds its place like a granted day, as it does for quotas; only an exception
holds none before it is granted.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from policies.core.facts import WHOLE_DAY
from policies.coverage.presence import stretches
from policies.coverage.rows import Bookings, OnCalls, Part, Person, Roster, Shifts, Spans, Staff, Stretches
from policies.facts import Need
from telework.coverage import reading
from telework.coverage.halves import booking_rows, due_of, spans_of

Periods = dict[int, list[tuple[int, int, int]]]  # person's primary key → (first, last, number), ordinals


@dataclass(slots=True)
class Ground:
    """The people whom some needs count, numbered, with their rows sorted by person.

    ``parts`` holds the halves due on (number, date) where they are not both; ``changed`` the rows that somebody has
    since been given instead.
    """

    staff: Staff
    numbers: Periods
    roster: Roster
    parts: dict[tuple[int, int], int]
    changed: dict[int, Roster] = field(default_factory=dict)

    def number(self, person: int, day: date) -> int | None:
        """The number of a person (primary key) on a date; None if nobody here counts them."""
        ordinal = day.toordinal()
        return next((n for first, last, n in self.numbers.get(person, ()) if first <= ordinal <= last), None)

    def own(self, number: int) -> Roster:
        """The rows of one person."""
        if number in self.changed:
            return self.changed[number]
        return Roster(*(_of(rows, number) for rows in vars(self.roster).values()))

    def asked(self, number: int, days: Iterable[date], halves: int) -> Bookings:
        """What telework in some halves of dates would be: no row for a date on which nothing is worked then."""
        shifts, work = self.own(number).shifts, defaultdict(list)
        for day, start, end in zip(shifts.day.tolist(), shifts.start.tolist(), shifts.end.tolist(), strict=True):
            work[day].append((start, end))
        rows: list[tuple[int, ...]] = []
        for ordinal in (day.toordinal() for day in days):
            if ordinal in work:
                due = due_of(self.parts, number, ordinal)
                rows += booking_rows(number, ordinal, sorted(work[ordinal]), due=due, halves=halves)
        return Bookings.of(rows)

    def renamed(self, number: int, other: int, staff: Staff) -> Roster:
        """The rows of ``number`` as those of ``other`` among another staff, which may number sites otherwise."""
        own, sites = self.own(number), {place: staff.site(name) for name, place in self.staff.sites().items()}
        named = {name: _as(rows, other, sites) for name, rows in vars(own).items()}
        return Roster(**named)

    def stretches(self) -> Stretches:
        """Everybody's stretches as the rows were read."""
        return stretches(self.roster)


def ground_of(needs: Sequence[Need], first: date, last: date, *, people: Collection[int] | None = None) -> Ground:
    """All that decides who is where in the windows and dates starting from ``first`` to ``last``. Ten queries.

    ``people`` limits it to some of those whom the needs count.
    """
    begin, end = first - timedelta(days=2), last + timedelta(days=1)
    counted = reading.people_counted(needs, begin, end, people)
    staff, numbers = _numbered(counted, begin.toordinal(), end.toordinal())
    shifts, breaks, parts = _work(counted, numbers, begin, end)
    shifts = _apart(_sorted(shifts))
    finder = _Finder(shifts, parts)
    away = _together(Spans.of(_breaks(breaks, numbers)), *_absences(counted, numbers, finder, begin, end))
    bookings = _bookings(counted, numbers, finder, begin, end)
    calls = OnCalls.of(_calls(counted, numbers, begin, end))
    shifts = replace(shifts, site=_sites(staff, shifts.site))
    calls = replace(calls, site=_sites(staff, calls.site))
    return Ground(staff, numbers, Roster(shifts, _sorted(away), _sorted(bookings), _sorted(calls)), parts)


def _as(rows, number: int, sites: dict[int, int]):
    """Rows of one person under another number, at sites numbered otherwise."""
    columns = {"person": np.full(len(rows), number, dtype=np.int64)}
    if hasattr(rows, "site"):
        columns["site"] = np.array([sites[place] for place in rows.site.tolist()], dtype=np.int64)
    return replace(rows, **columns)


def _of(rows, number: int):
    low, high = np.searchsorted(rows.person, (number, number + 1))
    return rows.take(slice(low, high))


def _sorted(rows):
    key = rows.start if not isinstance(rows, Bookings) else rows.day
    return rows.take(np.lexsort((key, rows.person)))


def _together(*tables):
    """The rows of several tables of one kind."""
    names = [column.name for column in fields(tables[0])]
    return type(tables[0])(*(np.concatenate([getattr(rows, name) for rows in tables]) for name in names))


def _numbered(counted: reading.Counted, first: int, last: int) -> tuple[Staff, Periods]:
    """One number a person and stretch of days with the same teams and skills."""
    people, numbers = [], defaultdict(list)
    for pk in counted.pks:
        held = counted.held.get(pk, ())
        edges = {first, last + 1, *(row.first for row in held), *(row.last + 1 for row in held)}
        cuts = sorted(edge for edge in edges if first <= edge <= last + 1)
        for begin, following in pairwise(cuts):
            valid = [row for row in held if row.first <= begin <= row.last]
            teams = frozenset(row.name for row in valid if row.is_team) | counted.entities[pk]
            skills = frozenset(row.name for row in valid if not row.is_team)
            numbers[pk].append((begin, following - 1, len(people)))
            people.append(Person(f"{pk} from {begin}", teams, skills))
    return Staff(people), dict(numbers)


def _number(numbers: Periods, person: int, day: int) -> int | None:
    return next((n for first, last, n in numbers.get(person, ()) if first <= day <= last), None)


def _numbers(numbers: Periods, people: np.ndarray, days: np.ndarray) -> np.ndarray:
    """The number of each (person, day); -1 for days outside the period."""
    single = {pk: periods[0] for pk, periods in numbers.items()}
    pks = np.fromiter(sorted(single), dtype=np.int64, count=len(single))
    if not len(pks) or not len(people):
        return np.full(len(people), -1, dtype=np.int64)
    table = np.array([single[int(pk)] for pk in pks], dtype=np.int64)
    place = np.searchsorted(pks, people)
    first, last, number = table[np.minimum(place, len(pks) - 1)].T
    found = np.where((first <= days) & (days <= last), number, -1)
    several = [pk for pk, periods in numbers.items() if len(periods) > 1]
    for row in np.flatnonzero(np.isin(people, several)):
        found[row] = next((n for a, b, n in numbers[int(people[row])] if a <= days[row] <= b), -1)
    return found


def _work(counted: reading.Counted, numbers: Periods, begin: date, end: date):
    """Posts of rosters and of patterns as (number, site's primary key, day, start, end); breaks; halves due."""
    posts, breaks = reading.posts(counted, begin, end)
    usual, parts = reading.usual_work(counted, posts, begin, end)
    rows = np.concatenate((posts, usual))
    number = _numbers(numbers, rows[:, 0], rows[:, 2])
    shifts = Shifts(number, *rows[:, 1:].T).take(number >= 0)
    due = {}
    for (pk, day), halves in parts.items():
        who = _number(numbers, pk, day)
        if who is not None:
            due[who, day] = halves
    return shifts, breaks, due


def _apart(shifts: Shifts) -> Shifts:
    """Shifts of one person that overlap by mistake follow one another: the later begins when the earlier ends."""
    one, two = shifts.overlaps()
    if len(one):
        shifts.start[two] = np.maximum(shifts.start[two], shifts.end[one])
        shifts = shifts.take(shifts.start < shifts.end)
    return shifts


def _sites(staff: Staff, pks: np.ndarray) -> np.ndarray:
    """Primary keys of sites as the staff numbers them."""
    known, places = np.unique(pks, return_inverse=True)
    return np.array([staff.site(f"site {pk}") for pk in known.tolist()], dtype=np.int64)[places]


class _Finder:
    """The work of a person on a date, among many shifts."""

    def __init__(self, shifts: Shifts, parts: dict[tuple[int, int], int]):
        self.shifts, self.parts = shifts, parts
        self.key = shifts.person << 20 | shifts.day
        self.order = np.argsort(self.key, kind="stable")
        self.key = self.key[self.order]

    def work(self, number: int, first: int, last: int) -> dict[int, list[tuple[int, int]]]:
        """{day: spans} of one number from a date to another, both included."""
        low = np.searchsorted(self.key, number << 20 | first, "left")
        high = np.searchsorted(self.key, number << 20 | last, "right")
        found = defaultdict(list)
        for row in self.order[low:high].tolist():
            found[int(self.shifts.day[row])].append((int(self.shifts.start[row]), int(self.shifts.end[row])))
        return found

    def whole(self, wanted: np.ndarray) -> Spans:
        """All work of (number, first date, last date), int64 (n, 3)."""
        low = np.searchsorted(self.key, wanted[:, 0] << 20 | wanted[:, 1], "left")
        high = np.searchsorted(self.key, wanted[:, 0] << 20 | wanted[:, 2], "right")
        found = np.maximum(high - low, 0)
        nth = np.arange(found.sum()) - np.repeat(np.cumsum(found) - found, found)
        held = self.shifts.take(self.order[np.repeat(low, found) + nth])
        return Spans(held.person, held.start, held.end)

    def due(self, number: int, day: int) -> int:
        return due_of(self.parts, number, day)


def _breaks(breaks: Iterable[tuple[int, int, int, int]], numbers: Periods) -> list[tuple[int, int, int]]:
    rows = ((_number(numbers, pk, day), start, end) for pk, day, start, end in breaks)
    return [row for row in rows if row[0] is not None]


def _absences(counted: reading.Counted, numbers: Periods, finder: _Finder, begin: date, end: date):
    """Spans in which people are away; a whole or half day follows the work of its date past midnight."""
    whole, rows = [], []
    for row in reading.absences(counted, begin, end):
        for first, last, number in numbers.get(row.person, ()):
            if row.start is not None:
                rows.append((number, row.start, row.end))
            elif row.halves == WHOLE_DAY:
                whole.append((number, max(first, row.first), min(last, row.last)))
            else:
                for day, work in finder.work(number, max(first, row.first), min(last, row.last)).items():
                    for span in spans_of(work, due=finder.due(number, day), halves=row.halves):
                        rows.append((number, *span))
    return finder.whole(np.array(whole, dtype=np.int64).reshape(-1, 3)), Spans.of(rows)


def _bookings(counted: reading.Counted, numbers: Periods, finder: _Finder, begin: date, end: date) -> Bookings:
    rows = reading.bookings(counted, begin, end)
    who = _numbers(numbers, rows[:, 0], rows[:, 1])
    day, halves = rows[:, 1], rows[:, 2]
    nothing = np.zeros(len(rows), dtype=np.int64)
    whole = Bookings(who, day, nothing + Part.FULL, nothing, nothing).take((who >= 0) & (halves == WHOLE_DAY))
    parts = []
    for row in np.flatnonzero((who >= 0) & (halves != WHOLE_DAY)).tolist():
        number, ordinal = int(who[row]), int(day[row])
        work = finder.work(number, ordinal, ordinal).get(ordinal)
        if work:
            due = finder.due(number, ordinal)
            parts += booking_rows(number, ordinal, work, due=due, halves=int(halves[row]))
    return _together(whole, Bookings.of(parts))


def _calls(counted: reading.Counted, numbers: Periods, begin: date, end: date):
    for person, site, day, start, finish in reading.calls(counted, begin, end).tolist():
        number = _number(numbers, person, day)
        if number is not None:
            yield number, site, start, finish
