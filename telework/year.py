"""A person's year as it is shown: what each day is, which days the agreement leaves open, balance and gauges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from zoneinfo import ZoneInfo

from people.models import Person
from policies import core
from policies.core.answers import Balance, Gauge, Glance
from policies.core.decision import Verdict
from policies.core.document import Agreement
from policies.core.facts import Facts, Part
from policies.core.workdays import ShiftDay
from policies.selectors import Timeline, timeline_for

from .coverage.days import DaySight, sights_of
from .facts import asked_between, facts_about
from .forms import ordinary_balance
from .month import Bookings, line

FIRST_YEAR, LAST_YEAR = 2000, 2100
# Codes (see telework.month) of days worked on site, on which telework may still be asked for.
OPEN_CODES = {"SS", "S.", ".S", "SS*", "S.*", ".S*", "SA", "AS"}


@dataclass(frozen=True)
class Year:
    """One person's year on ``today``; ``part`` is the part of a day that greying judges.

    ``sights``: what coverage says of the days that the agreement leaves possible.
    """

    person: Person
    number: int
    part: Part
    today: date
    facts: Facts
    days: tuple[date, ...]
    codes: Mapping[date, str]
    glances: Mapping[date, Glance]
    agreements: Sequence[tuple[date, date, Agreement | None]]
    sights: Mapping[date, DaySight]

    @property
    def first(self) -> date:
        return self.days[0]

    @property
    def last(self) -> date:
        return self.days[-1]

    @property
    def here(self) -> date:
        """The day of this year nearest to today: balance and gauges are told around it."""
        return min(max(self.today, self.first), self.last)

    def agreement_on(self, day: date) -> Agreement | None:
        """The agreement in force on a day of the year, or None."""
        return next((agreement for first, last, agreement in self.agreements if first <= day <= last), None)

    @cached_property
    def balance(self) -> Balance | None:
        agreement = self.agreement_on(self.here)
        try:
            return ordinary_balance(self.facts, agreement, self.here) if agreement else None
        except core.NoValueInForce:
            return None

    @cached_property
    def by_shifts(self) -> bool:
        """Whether this person works by shifts: the parts of a day are then the halves of a shift."""
        return any(isinstance(workday, ShiftDay) for workday in self.facts.workdays.values())

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.person.site.zone)

    def span(self, day: date) -> tuple[datetime, datetime] | None:
        """When work begins and ends on a day, by the clock of the person's site; None when nothing is worked."""
        workday = self.facts.workdays.get(day)
        if workday is None or not workday.due or workday.start is None:
            return None
        return workday.start.astimezone(self.zone), workday.end.astimezone(self.zone)

    def hours(self, day: date) -> str:
        """Hours such as 22:00 – 06:00; empty when nothing is worked."""
        span = self.span(day)
        return " – ".join(f"{moment.hour:02}:{moment.minute:02}" for moment in span) if span else ""

    def gauges(self, day: date) -> tuple[Gauge, ...]:
        agreement = self.agreement_on(day)
        try:
            return core.gauges(self.facts, agreement, day) if agreement else ()
        except core.NoValueInForce:
            return ()

    def allowance(self, day: date):
        """What the granted days of the day's month are paid, or None."""
        first, last = month_bounds(day)
        agreement = self.agreement_on(day)
        try:
            return core.allowance(self.facts, agreement, first, last) if agreement else None
        except core.NoValueInForce:
            return None

    def refused(self, day: date) -> Glance | None:
        """The short answer for a day that the agreement refuses, else None."""
        glance = self.glances.get(day)
        return glance if glance and glance.verdict is Verdict.REFUSED else None


def year_of(person: Person, number: int, *, part: Part = Part.FULL, today: date) -> Year:
    """Gather a year: the facts once, then which of the days to come the agreement in force on each leaves open."""
    first, last = date(number, 1, 1), date(number, 12, 31)
    days = tuple(first + timedelta(days=offset) for offset in range((last - first).days + 1))
    timeline = timeline_for(person)
    facts = facts_about(person, today=today, first=first, last=last, **asked_between([timeline], first, last))
    codes = dict(zip(days, line(facts.workdays, Bookings(facts.booked, facts.pending), days), strict=True))
    agreements = agreements_between(timeline, days)
    open_days = [day for day in days if day >= today and codes[day] in OPEN_CODES]
    glances: dict[date, Glance] = {}
    for begin, end, agreement in agreements:
        if agreement is not None:
            asked = [day for day in open_days if begin <= day <= end]
            glances.update(_glances(facts, agreement, asked, part))
    possible = [day for day, glance in glances.items() if glance.verdict is not Verdict.REFUSED]
    sights = sights_of(person, possible, part)
    return Year(person, number, part, today, facts, days, codes, glances, agreements, sights)


def _glances(facts: Facts, agreement, days: Sequence[date], part: Part) -> Mapping[date, Glance]:
    """Greying; where the agreement leaves a value open nothing is greyed: the panel names what is missing."""
    try:
        return core.glance(facts, agreement, days, part) if days else {}
    except core.NoValueInForce:
        return {}


def agreements_between(timeline: Timeline, days: Sequence[date]) -> list[tuple[date, date, Agreement | None]]:
    """The agreements in force over consecutive days, each with its first and last day among them."""
    spans: list[tuple[date, date, Agreement | None]] = []
    for version, held in groupby(days, key=timeline.version_on):
        span = list(held)
        spans.append((span[0], span[-1], timeline.on(span[0]) if version else None))
    return spans


def month_bounds(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
