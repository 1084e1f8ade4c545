"""Local wall-clock times as instants, on the two days a year when the clock jumps as well."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60


@lru_cache(maxsize=65536)
def instant(day: date, minutes: int, zone: str) -> datetime:
    """UTC instant of ``minutes`` after local midnight of ``day`` by the wall clock (1,500 is 01:00 of the next day).

    A time that the clock skips is the instant of the jump; a time that it shows twice is the first of the two.
    """
    days, rest = divmod(minutes, DAY_MINUTES)
    naive = datetime(day.year, day.month, day.day, rest // 60, rest % 60) + timedelta(days=days)
    local = naive.replace(tzinfo=ZoneInfo(zone))
    found = local.astimezone(UTC)
    if found.astimezone(local.tzinfo).replace(tzinfo=None) == naive:
        return found
    return _jump(local)


def _jump(local: datetime) -> datetime:
    """The instant at which the clock skips ``local`` (found by halving between the two readings of it)."""
    before = local.replace(fold=1).astimezone(UTC)
    after = local.replace(fold=0).astimezone(UTC)
    old = before.astimezone(local.tzinfo).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(local.tzinfo).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after
