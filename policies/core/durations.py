"""Lengths of time as agreements write them, and the days on which they end.

A notice of n days given on day D ends on D + n. A period of n months ends the day before the same day n months later;
where a month is too short for that day, its last day stands for it (31 January and one month: 28 February).
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from .schema import CHECKS, Param, Wrong, shown

UNITS = ("hour", "calendar_day", "working_day", "week", "month", "year")
UNLIMITED = "unlimited"
_LIKE = '{ n = 3, unit = "month" }'
_MOST = 12_000
_ONE_DAY = timedelta(days=1)
_HOURS_A_DAY = 24


class Length(NamedTuple):
    """``{ n = 3, unit = "month" }``."""

    n: int
    unit: str

    @property
    def data(self) -> dict[str, object]:
        """Its number and unit, for a sentence."""
        return {"n": self.n, "unit": self.unit}


NO_TIME = Length(0, "calendar_day")


def after(day: date, length: Length, *, is_working: Callable[[date], bool] | None = None) -> date:
    """The day on which ``length`` counted from ``day`` ends; ``date.max`` where no calendar reaches.

    ``is_working`` says which days count in working days (Monday to Friday where it is not given). Hours count as days,
    a day begun as a whole one.
    """
    n, unit = length
    try:
        if unit in ("month", "year"):
            return day + relativedelta(months=n * (12 if unit == "year" else 1))
        if unit == "working_day":
            return _working_days_after(day, n, is_working or _is_weekday)
        if unit == "hour":
            n = -(-n // _HOURS_A_DAY)
        return day + timedelta(days=n * (7 if unit == "week" else 1))
    except (OverflowError, ValueError):
        return date.max


def _working_days_after(day: date, n: int, is_working: Callable[[date], bool]) -> date:
    last = day + timedelta(days=3 * n + 366)
    while n and day < last:
        day += _ONE_DAY
        n -= bool(is_working(day))
    return day


def _is_weekday(day: date) -> bool:
    return day.isoweekday() <= 5


def last_day(start: date, length: Length, *, is_working: Callable[[date], bool] | None = None) -> date:
    """The last day of a period that begins on ``start``: the day before the one on which it is over."""
    end = after(start, length, is_working=is_working)
    return end if end == date.max or end == start else end - _ONE_DAY


def months_between(first: date, last: date) -> int:
    """Whole months from one day to another."""
    gap = relativedelta(last, first)
    return gap.years * 12 + gap.months


def counted(params: dict) -> dict:
    """The parameters of a rule, which know whether any of their lengths is in working days."""
    return {**params, "in_working_days": any(_in_working_days(value) for value in params.values())}


def _in_working_days(value: object) -> bool:
    if isinstance(value, Length):
        return value.unit == "working_day"
    return isinstance(value, tuple) and any(_in_working_days(item) for item in value)


def _length(value: object, param: Param) -> Length:
    if not isinstance(value, dict) or value.keys() != {"n", "unit"} or value["unit"] not in UNITS:
        raise Wrong(
            fr=f"« {shown(value)} » : écrivez {_LIKE}, unit parmi {', '.join(UNITS)}.",
            en=f"“{shown(value)}”: write {_LIKE}, unit among {', '.join(UNITS)}.",
        )
    return Length(CHECKS["whole"](value["n"], Param("whole", most=_MOST)), value["unit"])


def _lengths(value: object, param: Param) -> tuple[Length | str, ...]:
    """Lengths one after the other; the last may be ``"unlimited"``."""
    items: Iterable = value if isinstance(value, list) else (value,)
    found = tuple(item if item == UNLIMITED else _length(item, param) for item in items)
    if not found or UNLIMITED in found[:-1]:
        raise Wrong(
            fr='Une durée ou une liste de durées est attendue ; seule la dernière peut être "unlimited".',
            en='A length or a list of lengths is expected; only the last may be "unlimited".',
        )
    return found


def _moment(value: object, param: Param) -> datetime:
    if not isinstance(value, datetime) or not 1900 <= value.year <= 2999:
        raise Wrong(
            fr=f"« {shown(value)} » : un instant est attendu, comme 2026-06-30T22:30:00.",
            en=f"“{shown(value)}”: a moment is expected, like 2026-06-30T22:30:00.",
        )
    return value


def _clock(value: object, param: Param) -> time:
    if not isinstance(value, time):
        raise Wrong(
            fr=f"« {shown(value)} » : une heure est attendue, comme 09:30:00.",
            en=f"“{shown(value)}”: a time of day is expected, like 09:30:00.",
        )
    return value


CHECKS.update({"clock": _clock, "length": _length, "lengths": _lengths, "moment": _moment})
