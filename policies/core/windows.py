"""The periods over which days are counted: they tile the calendar, so that no day is lost or counted twice.

A week runs from Monday to Sunday, also across a month or a year, but where a text starts periods of its own on another
weekday; a year of 53 weeks needs no care, since weeks are counted from a day and never from January.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

WEEKS = {"week": 1, "fortnight": 2}
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
UNITS = (*WEEKS, *MONTHS)
DAY = "day"
# Weeks of a month by convention: 4 in a month, 52 in a year.
CONVENTION = {1: 4, 3: 13, 6: 26, 12: 52}
_ONE_DAY = timedelta(days=1)


class Window(NamedTuple):
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def shared(self, other: "Window") -> int:
        """How many days both have."""
        return max(0, (min(self.last, other.last) - max(self.first, other.first)).days + 1)


class Period(NamedTuple):
    """``n`` units, one after the other, the first of them starting on ``start`` (its month and day for months).

    Weeks start on the weekday of ``start``: a Monday, but for pay periods and the like."""

    unit: str
    n: int = 1
    start: date = date(2001, 1, 1)  # a Monday, and the first of a year

    @property
    def weeks(self) -> int:
        """How many weeks it is made of; 0 when it is made of months."""
        return WEEKS.get(self.unit, 0) * self.n

    @property
    def days(self) -> int:
        """How many days it is made of; 0 when it is made of months."""
        return self.n if self.unit == DAY else self.weeks * 7

    @property
    def months(self) -> int:
        return MONTHS.get(self.unit, 0) * self.n


def window_of(period: Period, day: date) -> Window:
    """The window that holds ``day``."""
    return _days_around(period, day) if period.days else _months_around(period, day)


def next_window(period: Period, window: Window) -> Window:
    return window_of(period, window.last + _ONE_DAY)


def previous_window(period: Period, window: Window) -> Window:
    return window_of(period, window.first - _ONE_DAY)


def _days_around(period: Period, day: date) -> Window:
    anchor, length = period.start.toordinal(), period.days
    first = anchor + (day.toordinal() - anchor) // length * length
    return Window(date.fromordinal(first), date.fromordinal(first + length - 1))


def _months_around(period: Period, day: date) -> Window:
    base = period.start.month - 1
    month = day.year * 12 + day.month - 1
    if day < _in_month(month, period.start.day):
        month -= 1
    block = (month - base) // period.months * period.months + base
    following = _in_month(block + period.months, period.start.day)
    return Window(_in_month(block, period.start.day), following - _ONE_DAY)


def _in_month(month: int, day: int) -> date:
    """That day of a month counted from year nought; the last of the month where it is shorter."""
    year, index = divmod(month, 12)
    return date(year, index + 1, min(day, monthrange(year, index + 1)[1]))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def months_between(first: date, months: int) -> date:
    """The same day ``months`` later (or earlier); month ends are clipped."""
    return _in_month(first.year * 12 + first.month - 1 + months, first.day)


def rolling(period: Period, last: date) -> Window:
    """The window of that length that ends on ``last``."""
    if period.days:
        return Window(last - timedelta(days=period.days - 1), last)
    return Window(months_between(last + _ONE_DAY, -period.months), last)


def mondays_in(window: Window) -> Iterator[date]:
    """The Mondays of the weeks that begin in a window: each week belongs to one window."""
    monday = monday_of(window.first)
    if monday < window.first:
        monday += timedelta(days=7)
    while monday <= window.last:
        yield monday
        monday += timedelta(days=7)


def weeks_in(window: Window, *, counted: str, months: int = 0) -> Fraction:
    """How many weeks a window is worth.

    ``by_days``: its days of seven; ``working_days``: its days from Monday to Friday, of five; ``convention``: 4 a
    month, 13 a quarter, 52 a year (``months``: how many it is made of); ``begun``: the weeks that begin in it."""
    if counted == "working_days":
        return Fraction(weekdays_in(window), 5)
    if counted == "begun":
        return Fraction(sum(1 for _ in mondays_in(window)))
    if counted == "convention" and months:
        return Fraction(CONVENTION.get(months, Fraction(months * 52, 12)))
    return Fraction(window.days, 7)


def weekdays_in(window: Window) -> int:
    """Days from Monday to Friday."""
    whole, rest = divmod(window.days, 7)
    start = window.first.weekday()
    return whole * 5 + sum((start + offset) % 7 < 5 for offset in range(rest))


def months_in(window: Window) -> Iterator[Window]:
    """The months that a window is made of, from its first day on."""
    number, start = 1, window.first
    while start <= window.last:
        following = months_between(window.first, number)
        yield Window(start, min(following - _ONE_DAY, window.last))
        number, start = number + 1, following


def is_held(month: Window, days: int, *, counted: str) -> bool:
    """Does a month count of which somebody held so many days: once ``started``, ``complete``, or by ``half``?"""
    if counted == "started":
        return days > 0
    return days >= month.days if counted == "complete" else days * 2 >= month.days
