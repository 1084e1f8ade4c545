"""How many half-days are held in each week, month and year: counted once for each set of facts, then looked up."""

from collections.abc import Mapping
from datetime import date, timedelta

from .facts import Facts

HALVES_IN = (0, 1, 1, 2)
WHOLE_DAY_IF_ANY = (0, 2, 2, 2)


class Counts:
    """Half-days of ``booked`` by week (ordinal of its Monday), by month and over any period."""

    __slots__ = ("_periods", "booked", "months", "weeks", "weight")

    def __init__(self, booked: Mapping[date, int], weight: tuple[int, ...]) -> None:
        self.booked = booked
        self.weight = weight
        self.weeks: dict[int, int] = {}
        self.months: dict[int, int] = {}
        self._periods: dict[tuple[date, date], int] = {}
        for day, halves in booked.items():
            monday, month, held = week_of(day), month_of(day), weight[halves]
            self.weeks[monday] = self.weeks.get(monday, 0) + held
            self.months[month] = self.months.get(month, 0) + held

    def added(self, day: date, halves: int) -> int:
        """What holding ``halves`` of ``day`` as well adds to every count."""
        before = self.booked.get(day, 0)
        return self.weight[before | halves] - self.weight[before]

    def grow(self, day: date, before: int) -> None:
        """Follow ``booked``, in which ``day`` has just been given other halves than ``before``."""
        more = self.weight[self.booked[day]] - self.weight[before]
        for counts, key in ((self.weeks, week_of(day)), (self.months, month_of(day))):
            counts[key] = counts.get(key, 0) + more
        for first, last in self._periods:
            if first <= day <= last:
                self._periods[first, last] += more

    def over(self, first: date, last: date) -> int:
        """Half-days from ``first`` to ``last``, both included."""
        period = (first, last)
        if period not in self._periods:
            weight = self.weight
            self._periods[period] = sum(weight[held] for day, held in self.booked.items() if first <= day <= last)
        return self._periods[period]


def week_of(day: date) -> int:
    """The ISO week of a day, named by the ordinal of its Monday."""
    ordinal = day.toordinal()
    return ordinal - (ordinal - 1) % 7


def month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def counts_of(facts: Facts, *, half_is_whole: bool = False) -> Counts:
    """The counts of a person's bookings; kept with the facts, which never change."""
    key = ("counts", half_is_whole)
    counts = facts._counts.get(key)
    if counts is None:
        counts = facts._counts[key] = Counts(facts.counted, WHOLE_DAY_IF_ANY if half_is_whole else HALVES_IN)
    return counts


def days_of_week(day: date) -> list[date]:
    """Monday to Sunday of the week of ``day``."""
    monday = date.fromordinal(week_of(day))
    return [monday + timedelta(days=offset) for offset in range(7)]
