"""Whole-number rows in NumPy columns: who there is, and the shifts, absences, bookings and on-call periods they have.

People and sites are indices, dates are ordinals, instants are minutes since 1970.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from enum import IntEnum
from functools import partial
from typing import NamedTuple, Self

import numpy as np

from policies.coverage.requirements import Scope


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
        self._masks: dict[Scope, np.ndarray] = {}

    def site(self, name: str) -> int:
        """The number of a site."""
        return self._sites.setdefault(name, len(self._sites))

    def sites(self) -> dict[str, int]:
        """The numbers given so far, by the name of the site."""
        return dict(self._sites)

    def counts(self, person: int, scope: Scope) -> bool:
        """True if the person has the skill and the team of ``scope``; its site is the shift's affair."""
        known = self.people[person]
        skilled = scope.skill is None or scope.skill in known.skills
        return skilled and (scope.team is None or scope.team in known.teams)

    def mask(self, scope: Scope) -> np.ndarray:
        """Boolean (people,): those whom ``scope`` counts; made once a scope, not to be written to."""
        if scope not in self._masks:
            size = len(self.people)
            self._masks[scope] = np.fromiter((self.counts(number, scope) for number in range(size)), bool, size)
            self._masks[scope].flags.writeable = False
        return self._masks[scope]


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
