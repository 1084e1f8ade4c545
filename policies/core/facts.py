"""What the rules may know of one person: plain dated facts, gathered elsewhere.

Half-days are bit masks: 1 = first half, 2 = second half, 3 = the whole day. For a shift the halves are the first and
second half of its elapsed time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

FIRST_HALF, SECOND_HALF, WHOLE_DAY = 1, 2, 3


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


@dataclass(slots=True)
class Workday:
    """What a local date holds before any telework.

    ``due`` are the halves to be worked by pattern or shift, holidays already taken out unless they are worked;
    ``absent`` the halves of these an absence takes; ``start``/``end`` are aware instants of the worked span.
    ``holiday`` is the public holiday's name or "". ``planned`` is False where a roster is not published yet.
    """

    day: date
    due: int = 0
    absent: int = 0
    holiday: str = ""
    start: datetime | None = None
    end: datetime | None = None
    minutes: int = 0
    planned: bool = True

    @property
    def available(self) -> int:
        """Halves really worked: due and not taken by an absence."""
        return self.due & ~self.absent


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
