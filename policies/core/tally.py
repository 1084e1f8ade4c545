"""What bookings weigh in the unit of a cap, and how much is held over any stretch of days."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate

from .facts import ORDINARY, Facts
from .times import Times

UNITS = ("day", "half_day", "slot", "hour", "occasion", "week")
# How many points make one unit: a day two half-days, an hour sixty minutes.
SCALES = {"day": 2, "half_day": 1, "slot": 1, "hour": 60, "occasion": 1, "week": 1}
_HALVES, _WHOLE, _ANY = (0, 1, 1, 2), (0, 2, 2, 2), (0, 1, 1, 1)
_LONGEST_REST = 60


def tally_of(facts: Facts, unit: str, *, whole: bool, forms: Collection[str], times: Times | None = None) -> "Tally":
    """The tally of a person's bookings under these forms (empty: every form), on these days; kept with the facts."""
    key = ("tally", unit, whole, forms, times)
    found = facts._counts.get(key)
    if found is None:
        kind = _Runs if unit == "occasion" else _Weeks if unit == "week" else Tally
        found = facts._counts[key] = kind(facts, unit, whole, forms, times)
    return found


class Tally:
    """Points held by day. ``whole``: half a day counts as a day, in the unit "day"."""

    def __init__(self, facts: Facts, unit: str, whole: bool, forms: Collection[str], times: Times | None) -> None:
        self.facts, self.unit, self.forms, self.times = facts, unit, forms, times
        self.weight = _WHOLE if unit == "day" and whole else _ANY if unit == "slot" else _HALVES
        self.days = sorted(day for day, halves in facts.counted.items() if halves and self._is_meant(day))
        self.held = set(self.days)
        self._sums = [0, *accumulate(self.points(day, facts.booked[day]) for day in self.days)]

    def counts(self, form: str) -> bool:
        return not self.forms or form in self.forms

    def _is_meant(self, day: date) -> bool:
        return self.counts(_form(self.facts, day)) and (self.times is None or self.times.holds(day))

    def points(self, day: date, halves: int) -> int:
        """What holding these halves of a day weighs."""
        return _minutes(self.facts, day, halves) if self.unit == "hour" else self.weight[halves]

    def over(self, first: date, last: date) -> int:
        """Points held from ``first`` to ``last``, both included."""
        return self._sums[bisect_right(self.days, last)] - self._sums[bisect_left(self.days, first)]

    def between(self, first: date, last: date) -> list[date]:
        """The days held from ``first`` to ``last``."""
        return self.days[bisect_left(self.days, first) : bisect_right(self.days, last)]

    def added(self, day: date, halves: int, form: str, first: date, last: date) -> int:
        """What holding ``halves`` of ``day`` as well adds from ``first`` to ``last``."""
        if not self.counts(form or ORDINARY):
            return 0
        before = self.facts.booked.get(day, 0) if day in self.held else 0
        return self.points(day, before | halves) - self.points(day, before)


class _Weeks(Tally):
    """Weeks in which anything is held."""

    def over(self, first: date, last: date) -> int:
        return len({_monday(day) for day in self.between(first, last)})

    def added(self, day: date, halves: int, form: str, first: date, last: date) -> int:
        held = {_monday(other) for other in self.between(first, last)}
        return int(self.counts(form or ORDINARY) and _monday(day) not in held)


class _Runs(Tally):
    """Occasions: days held one after the other, with no day on site between, are one."""

    def over(self, first: date, last: date) -> int:
        return self._runs(self.between(first, last))

    def added(self, day: date, halves: int, form: str, first: date, last: date) -> int:
        if not self.counts(form or ORDINARY):
            return 0
        days = self.between(first, last)
        return max(0, self._runs(sorted({*days, day})) - self._runs(days))

    def _runs(self, days: list[date]) -> int:
        return sum(1 for index, day in enumerate(days) if not index or not self._follows(days[index - 1], day))

    def _follows(self, before: date, day: date) -> bool:
        if (day - before).days > _LONGEST_REST:
            return False
        between = (before + timedelta(days=offset) for offset in range(1, (day - before).days))
        return not any((found := self.facts.workdays.get(other)) is None or found.available for other in between)


def _form(facts: Facts, day: date) -> str:
    return facts.forms.get(day, ORDINARY) or ORDINARY


def _monday(day: date) -> int:
    ordinal = day.toordinal()
    return ordinal - (ordinal - 1) % 7


def _minutes(facts: Facts, day: date, halves: int) -> int:
    """Minutes worked in these halves: the day's minutes, or half of them; fewer where the day is held by the hour."""
    if facts.held_minutes and halves == facts.booked.get(day) and day in facts.held_minutes:
        return facts.held_minutes[day]
    workday = facts.workdays.get(day)
    if workday is None or not workday.due:
        return 0
    return workday.minutes * halves.bit_count() // max(1, workday.due.bit_count())


def whole_or_not(amount: Fraction) -> Fraction | int:
    """A whole number where it is one: much faster to count with."""
    return int(amount) if amount.denominator == 1 else amount


@lru_cache(maxsize=4096)
def told(points: Fraction | int, scale: Fraction | int = 1) -> str:
    """Points told in their unit: a whole number, or at most two decimals."""
    amount = Fraction(points) / scale
    return str(int(amount)) if amount.denominator == 1 else f"{float(amount):.2f}".rstrip("0").rstrip(".")
