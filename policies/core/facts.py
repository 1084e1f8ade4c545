"""What the rules may know of one person: plain dated facts, gathered elsewhere.

Half-days are bit masks: 1 = first half, 2 = second half, 3 = the whole day. For a shift the halves are the first and
second half of its elapsed time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

FIRST_HALF, SECOND_HALF, WHOLE_DAY = 1, 2, 3
ORDINARY = "ordinary"  # the form of telework of a request that names none
FORMULA = "formula:"  # a trait under such a code is the formula chosen
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
    """One telework day or half-day asked for.

    ``form`` is the form of telework it is asked under ("" for the ordinary one), ``place`` the place chosen for that
    day, ``answers`` those given already as (by whom, "yes" or "no"), ``hours`` the hours asked for where not the part,
    ``reason`` the code of the reason stated for it, ``at`` the hour of asking on the local clock where it is known.
    """

    day: date
    part: Part = Part.FULL
    purpose: Purpose = Purpose.PLANNING
    form: str = ""
    place: "PlaceFacts | None" = None
    answers: tuple[tuple[str, str], ...] = ()
    hours: Decimal | None = None
    reason: str = ""
    at: time | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """A contract over its dates, both included; ``end`` is None while open. ``rate`` is a percentage of full time.

    ``days_a_week`` is the number of days of the weekly pattern; None: counted from the workdays around."""

    start: date
    end: date | None
    rate: Decimal
    status: str
    trial_end: date | None = None
    days_a_week: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """A declared place of telework; ``until`` is the last day it is valid, None while open.

    ``kind`` is a code (home, second_home, coworking …), ``country`` two letters ("" for the agreement's own),
    ``agreed`` whether the employer has agreed to this place."""

    label: str
    declared_on: date
    until: date | None
    secure_internet: bool
    insured_until: date | None
    kind: str = "home"
    country: str = ""
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class TraitFacts:
    """What is recorded of a person over dates (both included), under a code that says what follows and never why.

    ``number`` where the record holds one (a volume agreed), ``opinion`` what was advised about it (yes, no, a name).
    """

    code: str
    first: date = date.min
    last: date = date.max
    number: Decimal | None = None
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class RegimeFacts:
    """Exceptional circumstances declared for the person's population, from the first to the last day.

    ``code`` is the cause as the agreement's clause names it, "" where they are declared under no clause; ``off_quota``:
    no cap counts or refuses the days teleworked then.
    """

    code: str
    first: date
    last: date = date.max
    off_quota: bool = False


@dataclass(frozen=True, slots=True)
class EffectFacts:
    """Which rules do not hold for one person over dates (both included), or hold with other values.

    What follows from a clause for some people is recorded as this, so that nobody reads the reason in it. Rules are
    named by name or kind as a clause that lifts them does; ``replace`` maps them to values as a document writes them.
    """

    first: date
    last: date
    lifts: tuple[str, ...] = ()
    replace: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


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
    the agreement's year, and whole weeks at its edges. ``forms`` names the form of the days not held in the ordinary
    one, ``elsewhere`` the country of those held abroad. ``unit_sizes`` is the head count of the person's unit from
    each date on, ``units`` the codes it carries, ``collective`` the people already counted against a quota and the
    head count it is a share of, ``team_days`` the people of the team due and remote each day. ``settings`` is what
    the team's charter or manager fixed within the agreement's bounds, ``effects`` what was recorded for this person
    alone. ``absence_codes`` says what an absence is
    (sick_leave, paid_leave …) where that is known, ``away`` what fills a day worked elsewhere (training, travel,
    client_site …). ``held_minutes`` is how long the days held by the hour are, where that is not their halves.
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
    forms: Mapping[date, str] = field(default_factory=dict)
    traits: tuple[TraitFacts, ...] = ()
    in_post_since: date | None = None
    units: tuple[str, ...] = ()
    unit_sizes: tuple[tuple[date, int], ...] = ()
    collective: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    regimes: tuple[RegimeFacts, ...] = ()
    effects: tuple[EffectFacts, ...] = ()
    settings: Mapping[str, Decimal] = field(default_factory=dict)
    elsewhere: Mapping[date, str] = field(default_factory=dict)
    team_days: Mapping[date, tuple[int, int]] = field(default_factory=dict)
    absence_codes: Mapping[date, str] = field(default_factory=dict)
    away: Mapping[date, str] = field(default_factory=dict)
    held_minutes: Mapping[date, int] = field(default_factory=dict)
    _counts: dict = field(default_factory=dict, init=False, repr=False, compare=False)

    def with_booking(self, day: date, halves: int, form: str = "") -> "Facts":
        """A copy in which ``halves`` of ``day`` are held as well, under that form of telework."""
        forms = {**self.forms, day: form} if form else self.forms
        return replace(self, booked={**self.booked, day: self.booked.get(day, 0) | halves}, forms=forms)

    def trait(self, code: str, day: date) -> TraitFacts | None:
        """What is recorded under that code for that day; of several, the one that began last."""
        held = [trait for trait in self.traits if trait.code == code and trait.first <= day <= trait.last]
        return max(held, key=lambda trait: trait.first, default=None)

    def has(self, code: str, day: date) -> bool:
        """Is anything recorded under that code for that day?"""
        return any(trait.code == code and trait.first <= day <= trait.last for trait in self.traits)

    def formula(self, day: date) -> str:
        """The formula of telework chosen for that day ("" where none): the trait ``formula:<name>``."""
        chosen = [t for t in self.traits if t.code.startswith(FORMULA) and t.first <= day <= t.last]
        return max(chosen, key=lambda trait: trait.first).code.removeprefix(FORMULA) if chosen else ""

    def regime(self, code: str, day: date) -> RegimeFacts | None:
        """The exceptional circumstances of that code (any of them for "") declared for that day."""
        return next((r for r in self.regimes if r.code and code in ("", r.code) and r.first <= day <= r.last), None)

    def is_off_quota(self, day: date) -> bool:
        """Is that day under exceptional circumstances in which no cap counts?"""
        return any(r.off_quota and r.first <= day <= r.last for r in self.regimes)

    @property
    def counted(self) -> Mapping[date, int]:
        """The half-days held that caps count: all but those off quota."""
        if not any(regime.off_quota for regime in self.regimes):
            return self.booked
        if "counted" not in self._counts:
            self._counts["counted"] = {d: halves for d, halves in self.booked.items() if not self.is_off_quota(d)}
        return self._counts["counted"]

    def unit_size(self, day: date) -> int | None:
        """Head count of the person's unit on a day; None where it is not known."""
        known = [(since, size) for since, size in self.unit_sizes if since <= day]
        return max(known)[1] if known else None

    def without(self, day: date, halves: int) -> "Facts":
        """A copy in which ``halves`` of ``day`` are free again, granted or pending."""
        free = {name: {**held, day: held.get(day, 0) & ~halves} for name, held in self._holdings()}
        return replace(self, **free)

    def _holdings(self):
        return ("booked", self.booked), ("pending", self.pending)
