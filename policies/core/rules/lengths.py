"""Lengths of time within a rule: when they end for this person, by the readings of this agreement."""

from datetime import date, timedelta

from ..durations import Length, after, last_day
from ..schema import Param, Wrong
from ..text import Text

_ONE_DAY = timedelta(days=1)
_LIKE = '"09-01"'

# The readings that a rule with lengths needs: working days only where it counts in them.
WORKING = (("working_days", "in_working_days", True),)


def length_param(about: Text, *, required: bool = False) -> Param:
    return Param("length", about, required=required)


def ends(s, day: date, length: Length) -> date:
    """The day on which ``length`` counted from ``day`` is over, in the person's calendar."""
    end = after(day, length, is_working=_working(s, length))
    is_short = length.unit in ("month", "year") and end != date.max and end.day < day.day
    return end + _ONE_DAY if is_short and chosen(s, "month_ends") == "next_month" else end


def notice_ends(s, given: date, length: Length) -> date:
    """The day on which a notice given on a day ends; one day later where whole days must lie in between."""
    end = ends(s, given, length)
    is_clear = length.n and length.unit != "hour" and chosen(s, "notice_counting") == "clear_days"
    return end + _ONE_DAY if is_clear and end != date.max else end


def next_working_day(s, day: date) -> date:
    """That day if it is a working day, else the next one."""
    is_working = working_days_of(s.facts, s.reading("working_days").choice)
    return day if is_working(day) else after(day, Length(1, "working_day"), is_working=is_working)


def period_ends(s, start: date, length: Length) -> date:
    """The last day of a period of that length that begins on ``start``."""
    if chosen(s, "month_ends") == "next_month":
        return ends(s, start, length) - _ONE_DAY if length.n else start
    return last_day(start, length, is_working=_working(s, length))


def chosen(s, name: str) -> str:
    """The answer to a reading that a document may leave out: then the convention of ``durations`` holds."""
    reading = s.optional_reading(name)
    return reading.choice if reading is not None else ""


def _working(s, length: Length):
    return working_days_of(s.facts, s.reading("working_days").choice) if length.unit == "working_day" else None


def month_day(text: str) -> tuple[int, int]:
    """A day of every year, written "09-01". Raises Wrong for another word."""
    try:
        day = date.fromisoformat(f"2001-{text}")
    except ValueError:
        raise Wrong(
            fr=f"« {text} » : écrivez un jour de l’année comme {_LIKE}.",
            en=f"“{text}”: write a day of the year like {_LIKE}.",
        ) from None
    return day.month, day.day


def working_days_of(facts, choice: str):
    """Which days count as working days for this person, as the reading ``working_days`` chooses."""
    is_working, workdays = _WORKING_DAYS[choice], facts.workdays
    return lambda day: is_working(workdays.get(day), day)


def _is_weekday_to(last: int):
    return lambda workday, day: day.isoweekday() <= last and not (workday is not None and workday.holiday)


def _is_own_day(workday, day: date) -> bool:
    """A day of the person's own pattern; where it is not known yet, Monday to Friday."""
    return workday.due > 0 if workday is not None and workday.planned else day.isoweekday() <= 5


_WORKING_DAYS = {
    "monday_to_friday": _is_weekday_to(5),
    "monday_to_saturday": _is_weekday_to(6),
    "own_days": _is_own_day,
}
