"""Local windows as minutes on one line: whole minutes since 1970-01-01T00:00Z, so that a night lasts what it lasts."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from policies.core.localtime import instant

FIRST_YEAR, LAST_YEAR = 1970, 2199
DAY = timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Window(NamedTuple):
    """The minutes from ``start`` to before ``end``; ``day`` is the local date on which it starts."""

    day: date
    start: int
    end: int


def minute_of(moment: datetime) -> int:
    """Minute of an aware instant. Seconds round up: a minute belongs to a window if it starts inside it."""
    return -int((EPOCH - moment) // timedelta(minutes=1))


@lru_cache(maxsize=65536)
def first_minute(day: date, clock: time, zone: str) -> int:
    """The first minute at which the local clock of ``zone`` shows ``clock`` of ``day`` or later."""
    return minute_of(instant(day, clock.hour * 60 + clock.minute, zone))


def window(day: date, start: time, end: time, zone: str) -> Window:
    """The window of ``day``: an end at or before its start is on the next day; empty where the clock skips it."""
    last = day if end > start else day + DAY
    return Window(day, first_minute(day, start, zone), first_minute(last, end, zone))


def local_time(minute: int, zone: str) -> datetime:
    """The aware local time of a minute."""
    return (EPOCH + timedelta(minutes=minute)).astimezone(ZoneInfo(zone))


def printed(minute: int, zone: str) -> str:
    """ISO 8601 to the minute with the zone's offset then: 2026-10-25T02:30+02:00 (first) or +01:00 (repeated)."""
    return local_time(minute, zone).isoformat(timespec="minutes")


def days_between(first: date, last: date) -> list[date]:
    """Every date from ``first`` to ``last``, both included."""
    return [first + DAY * count for count in range((last - first).days + 1)]
