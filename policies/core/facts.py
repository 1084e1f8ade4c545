"""What the rules may know of one person: plain dated facts, gathered elsewhere.

Half-days are bit masks: 1 = first half, 2 = second half, 3 = the whole day. For a shift the halves are the first and
second half of its elapsed time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

FIRST_HALF, SECOND_HALF, WHOLE_DAY = 1, 2, 3
Hours = tuple[datetime | None, datetime | None, int]  # start, end, minutes worked


class Part(StrEnum):
    """The part of a day that a booking holds."""

    FULL = "full"
    MORNING = "morning"
    AFTERNOON = "afternoon"

    @property
    def halves(self) -> int:
        return _HALVES[self]


_HALVES = {Part.FULL: WHOLE_DAY, Part.MORNING: FIRST_HALF, Part.AFTERNOON: SECOND_HALF}


class Purpose(StrEnum):
    """Why a day is asked for: planned ahead, or a record of what has already happened."""

    PLANNING = "planning"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Request:
    """One telework day or half-day asked for."""

    day: date
    part: Part = Part.FULL
    purpose: Purpose = Purpose.PLANNING


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """A contract over its dates, both included; ``end`` is None while open. ``rate`` is a percentage of full time."""

    start: date
    end: date | None
    rate: Decimal
    status: str
    trial_end: date | None = None


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """A declared place of telework; ``until`` is the last day it is valid, None while open."""

    label: str
    declared_on: date
    until: date | None
    secure_internet: bool
    insured_until: date | None


class Workday:
    """What a local date holds before any telework. Shared between people: never change one, make another.

    ``due`` are the halves to be worked by pattern or shift, holidays already taken out unless they are worked;
    ``absent`` the halves of these an absence takes; ``start``/``end`` are aware instants of the worked span and
    ``minutes`` its worked time. ``holiday`` is the public holiday's name or "". ``planned`` is False where a roster
    is not published yet. ``hours`` tells start, end and minutes when they are first asked for, which is seldom.
    """

    __slots__ = ("_hours", "absent", "day", "due", "holiday", "planned")

    def __init__(
        self,
        day: date,
        due: int = 0,
        absent: int = 0,
        holiday: str = "",
        start: datetime | None = None,
        end: datetime | None = None,
        minutes: int = 0,
        planned: bool = True,
        hours: Callable[[], Hours] | None = None,
    ) -> None:
        self.day, self.due, self.absent, self.holiday, self.planned = day, due, absent, holiday, planned
        self._hours = hours or (start, end, minutes)

    @property
    def hours(self) -> Hours:
        if callable(self._hours):
            self._hours = self._hours()
        return self._hours

    @property
    def start(self) -> datetime | None:
        return self.hours[0]

    @property
    def end(self) -> datetime | None:
        return self.hours[1]

    @property
    def minutes(self) -> int:
        return self.hours[2]

    @property
    def available(self) -> int:
        """Halves really worked: due and not taken by an absence."""
        return self.due & ~self.absent

    def absent_for(self, halves: int) -> "Workday":
        """The same day with these halves absent as well, as far as they are due."""
        absent = (self.absent | halves) & self.due
        return Workday(self.day, self.due, absent, self.holiday, planned=self.planned, hours=lambda: self.hours)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Workday) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self.day)

    def __repr__(self) -> str:
        return f"Workday({self.day}, due={self.due}, absent={self.absent}, {self.start} to {self.end})"

    def _values(self) -> tuple:
        return self.day, self.due, self.absent, self.holiday, self.planned, self.hours


@dataclass(frozen=True, slots=True)
class Facts:
    """A person as the rules see them on ``today``.

    ``booked`` maps a date to the halves held by active bookings (requested or approved); ``pending`` the subset of
    these halves still awaiting an answer. ``workdays`` must cover every period a rule looks at around the day asked:
    the agreement's year, and whole weeks at its edges.
    """

    today: date
    contracts: tuple[ContractFacts, ...] = ()
    hired: date | None = None
    job: str = ""
    autonomy: date | None = None
    places: tuple[PlaceFacts, ...] = ()
    workdays: Mapping[date, Workday] = field(default_factory=dict)
    booked: Mapping[date, int] = field(default_factory=dict)
    pending: Mapping[date, int] = field(default_factory=dict)
    _counts: dict = field(default_factory=dict, init=False, repr=False, compare=False)

    def with_booking(self, day: date, halves: int) -> "Facts":
        """A copy in which ``halves`` of ``day`` are held as well."""
        return replace(self, booked={**self.booked, day: self.booked.get(day, 0) | halves})

    def without(self, day: date, halves: int) -> "Facts":
        """A copy in which ``halves`` of ``day`` are free again, granted or pending."""
        free = {name: {**held, day: held.get(day, 0) & ~halves} for name, held in self._holdings()}
        return replace(self, **free)

    def _holdings(self):
        return ("booked", self.booked), ("pending", self.pending)
