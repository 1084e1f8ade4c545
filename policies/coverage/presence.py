"""From shifts, absences and bookings to stretches: from when to when a person is on site, remote or on call.

Rows are whole numbers (indices, date ordinals, minutes since 1970) in NumPy columns, so that a year of 5,000 people is
cut in one sorted sweep; a single person takes the same way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from enum import IntEnum
from functools import partial
from typing import NamedTuple, Self

import numpy as np

from policies.coverage.requirements import Scope

MINUTE_BITS = 27  # minutes since 1970 up to the year 2225
DAY_BITS = 20  # date ordinals up to the year 2871
TAG_BITS = 4


class State(IntEnum):
    """What a person is during a stretch. MOVED: on site now, remote once the booking that is asked for stands."""

    ON_SITE = 0
    REMOTE = 1
    MOVED = 2
    ON_CALL = 3


class Part(IntEnum):
    """The part of each shift of a date that a booking takes; halves are of elapsed time."""

    FULL = 0
    FIRST_HALF = 1
    SECOND_HALF = 2
    HOURS = 3


class Person(NamedTuple):
    """Who may be counted where: teams and skills by name."""

    name: str
    teams: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()


class Staff:
    """The people and sites of a map, numbered once; a site gets its number when it is first named."""

    def __init__(self, people: Sequence[Person]):
        self.people = tuple(people)
        self.index = {person.name: number for number, person in enumerate(self.people)}
        self._sites: dict[str, int] = {}

    def site(self, name: str) -> int:
        """The number of a site."""
        return self._sites.setdefault(name, len(self._sites))

    def counts(self, person: int, scope: Scope) -> bool:
        """True if the person has the skill and the team of ``scope``; its site is the shift's affair."""
        known = self.people[person]
        skilled = scope.skill is None or scope.skill in known.skills
        return skilled and (scope.team is None or scope.team in known.teams)

    def mask(self, scope: Scope) -> np.ndarray:
        """Boolean (people,): those whom ``scope`` counts."""
        return np.fromiter((self.counts(number, scope) for number in range(len(self.people))), bool, len(self.people))


@dataclass(frozen=True)
class Columns:
    """Equal-length int64 columns, one row a thing."""

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> Self:
        """Columns from rows in the order of the fields."""
        width = len(fields(cls))
        return cls(*np.array(list(rows), dtype=np.int64).reshape(-1, width).T)

    def take(self, chosen) -> Self:
        """The rows that a mask or an index array chooses."""
        return type(self)(*(getattr(self, column.name)[chosen] for column in fields(self)))

    def rows(self) -> list[tuple[int, ...]]:
        """The rows as tuples of Python integers."""
        return list(zip(*(getattr(self, column.name).tolist() for column in fields(self)), strict=True))

    def __len__(self) -> int:
        return len(getattr(self, fields(self)[0].name))


@dataclass(frozen=True)
class Shifts(Columns):
    """Posts: ``day`` is the ordinal of the local date of the start. Those of one person never overlap."""

    person: np.ndarray
    site: np.ndarray
    day: np.ndarray
    start: np.ndarray
    end: np.ndarray

    def overlaps(self) -> np.ndarray:
        """Index pairs (2, n) of neighbouring shifts of one person that overlap; empty if all is well."""
        order = np.lexsort((self.start, self.person))
        one, two = order[:-1], order[1:]
        wrong = (self.person[one] == self.person[two]) & (self.start[two] < self.end[one])
        return np.stack((one[wrong], two[wrong]))


@dataclass(frozen=True)
class Spans(Columns):
    """Minutes of people in which they do not work whatever their shift: absences, and breaks inside a shift."""

    person: np.ndarray
    start: np.ndarray
    end: np.ndarray


@dataclass(frozen=True)
class Bookings(Columns):
    """Telework: ``part`` of the shifts of ``day``; ``start`` and ``end`` are read for Part.HOURS only."""

    person: np.ndarray
    day: np.ndarray
    part: np.ndarray
    start: np.ndarray
    end: np.ndarray


@dataclass(frozen=True)
class OnCalls(Columns):
    """Periods of being reachable: a third state, outside shifts, that only some rules count."""

    person: np.ndarray
    site: np.ndarray
    start: np.ndarray
    end: np.ndarray


@dataclass(frozen=True)
class Stretches(Columns):
    """Pieces of shifts and on-call periods in one state, those of a person disjoint. ``day`` is the shift's."""

    person: np.ndarray
    site: np.ndarray
    day: np.ndarray
    start: np.ndarray
    end: np.ndarray
    state: np.ndarray


@dataclass(frozen=True)
class Roster:
    """All rows that decide who is where."""

    shifts: Shifts = field(default_factory=partial(Shifts.of, ()))
    away: Spans = field(default_factory=partial(Spans.of, ()))
    bookings: Bookings = field(default_factory=partial(Bookings.of, ()))
    on_calls: OnCalls = field(default_factory=partial(OnCalls.of, ()))

    def of_person(self, person: int) -> "Roster":
        """The rows of one person."""
        return Roster(*(rows.take(rows.person == person) for rows in vars(self).values()))


def covers(shifts: Shifts, bookings: Bookings) -> Spans:
    """What each booking takes of each shift of its person and date; nothing where there is none."""
    key = shifts.person << DAY_BITS | shifts.day
    order = _order(key)
    wanted = bookings.person << DAY_BITS | bookings.day
    low = np.searchsorted(key, wanted, "left", sorter=order)
    found = np.searchsorted(key, wanted, "right", sorter=order) - low
    booking = np.repeat(np.arange(len(bookings)), found)
    nth = np.arange(len(booking)) - np.repeat(np.cumsum(found) - found, found)
    shift = shifts.take(order[low[booking] + nth])
    asked = bookings.take(booking)
    middle = shift.start + (shift.end - shift.start) // 2
    hours = asked.part == Part.HOURS
    start = np.where(asked.part == Part.SECOND_HALF, middle, shift.start)
    end = np.where(asked.part == Part.FIRST_HALF, middle, shift.end)
    start = np.where(hours, np.maximum(start, asked.start), start)
    end = np.where(hours, np.minimum(end, asked.end), end)
    spans = Spans(shift.person, start, end)
    return spans.take(start < end)


def stretches(roster: Roster, *, asked: Bookings | None = None) -> Stretches:
    """Every stretch of ``roster``; what the bookings ``asked`` would take from on site is in State.MOVED."""
    shifts, calls = _by_time(roster.shifts), _by_time(roster.on_calls)
    wanted = covers(shifts, asked) if asked is not None else Spans.of([])
    sets = (shifts, roster.away, covers(shifts, roster.bookings), wanted, calls)
    position, inside, opened = _sweep(sets)
    on_shift, away, remote, moved, on_call = inside
    real = position[1:] > position[:-1]
    worked = np.flatnonzero(real & on_shift & ~away)
    reachable = np.flatnonzero(real & on_call & ~on_shift & ~away)
    state = np.where(remote[worked], State.REMOTE, np.where(moved[worked], State.MOVED, State.ON_SITE))
    return _joined(
        _pieces(position, worked, shifts, opened(0)[worked], shifts.day, state),
        _pieces(position, reachable, calls, opened(4)[reachable], np.zeros_like(calls.start), State.ON_CALL),
    )


def _order(key: np.ndarray) -> np.ndarray:
    """Indices that sort a key; rows from a query mostly are in order already, which is cheaper to see than to sort."""
    return np.arange(len(key)) if (key[1:] >= key[:-1]).all() else np.argsort(key, kind="stable")


def _by_time(rows):
    return rows.take(_order(rows.person << MINUTE_BITS | rows.start))


def _sweep(sets):
    """Cut the line of all people (person, then minute) at every boundary of five sets of intervals.

    Answers the cut positions, for each set whether the piece after a cut is inside it, and a function that tells the
    number of the last interval of a set opened at or before each cut.
    """
    keys = np.concatenate([_boundaries(rows, number) for number, rows in enumerate(sets)])
    keys.sort()
    position, tag = keys >> TAG_BITS, (keys & (1 << TAG_BITS) - 1).astype(np.int8)
    steps = tag[:-1]
    inside = []
    for number, rows in enumerate(sets):
        if len(rows) == 0:
            inside.append(np.zeros(len(steps), dtype=bool))
            continue
        change = (steps == 2 * number + 1).view(np.int8) - (steps == 2 * number).view(np.int8)
        inside.append(np.cumsum(change, dtype=np.int32) > 0)
    return position, inside, lambda number: np.cumsum(steps == 2 * number + 1) - 1


def _boundaries(rows, number: int) -> np.ndarray:
    """Sortable keys of the starts and ends of a set: person, minute, then which boundary of which set."""
    line = rows.person << MINUTE_BITS
    starts, ends = (line | rows.start) << TAG_BITS | 2 * number + 1, (line | rows.end) << TAG_BITS | 2 * number
    return np.concatenate((starts, ends))[np.tile(rows.start < rows.end, 2)]


def _pieces(position, chosen, rows, source, day, state) -> Stretches:
    """The chosen pieces between cuts, each with what the row it is cut from says."""
    minutes = (1 << MINUTE_BITS) - 1
    start, end = position[chosen] & minutes, position[chosen + 1] & minutes
    state = np.broadcast_to(np.asarray(state, dtype=np.int64), start.shape)
    return Stretches(rows.person[source], rows.site[source], day[source], start, end, state)


def _joined(one: Stretches, two: Stretches) -> Stretches:
    if len(two) == 0:
        return one
    columns = [column.name for column in fields(Stretches)]
    return Stretches(*(np.concatenate((getattr(one, name), getattr(two, name))) for name in columns))
