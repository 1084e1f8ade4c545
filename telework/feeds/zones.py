"""VTIMEZONE as yearly rules, computed from the zone database of Python.

Outlook reads no RDATE, and lists made by libraries are an hour late in others. A zone whose clock changes do not follow
one rule a year (Morocco around Ramadan, Egypt's "day after the last Thursday") has no VTIMEZONE: its times go in UTC.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

YEARS_CHECKED = 12
FIRST_YEAR = 1970
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Change(NamedTuple):
    """A clock change: the local time that was read just when it came, and the offsets around it."""

    onset: datetime
    before: timedelta
    after: timedelta


class Rule(NamedTuple):
    """A change that comes back every year on the ``nth`` weekday (−1: the last) of a month."""

    month: int
    weekday: int
    nth: int
    time: tuple[int, int, int]
    before: timedelta
    after: timedelta


@lru_cache(maxsize=256)
def vtimezone(zone: str, year: int) -> tuple[str, ...]:
    """Content lines of the zone, true for ``year`` and the eleven after it; empty where no yearly rule holds."""
    rules = _rules(zone, year)
    if rules is None:
        return ()
    return ("BEGIN:VTIMEZONE", f"TZID:{zone}", *_observances(zone, year, rules), "END:VTIMEZONE")


def _observances(zone: str, year: int, rules: list[Rule]) -> Iterator[str]:
    if not rules:
        offset = datetime(year, 1, 1, tzinfo=ZoneInfo(zone)).utcoffset()
        yield from _observance("STANDARD", f"{FIRST_YEAR}0101T000000", offset, offset)
    for rule in sorted(rules, key=lambda rule: rule.after):
        # Not by dst(): Dublin calls its winter the exception. The smaller offset is the standard one.
        kind = "DAYLIGHT" if rule.after > rule.before else "STANDARD"
        onset = f"{FIRST_YEAR}{rule.month:02}{_day_in(FIRST_YEAR, rule):02}T%02d%02d%02d" % rule.time
        recurrence = f"RRULE:FREQ=YEARLY;BYMONTH={rule.month};BYDAY={rule.nth}{WEEKDAYS[rule.weekday]}"
        yield from _observance(kind, onset, rule.before, rule.after, recurrence)


def _observance(kind: str, onset: str, before: timedelta, after: timedelta, *recurrence: str) -> tuple[str, ...]:
    offsets = (f"TZOFFSETFROM:{_offset(before)}", f"TZOFFSETTO:{_offset(after)}")
    return (f"BEGIN:{kind}", f"DTSTART:{onset}", *recurrence, *offsets, f"END:{kind}")


def _rules(zone: str, year: int) -> list[Rule] | None:
    """No rule (a zone without changes), the two of a year, or None where there are no such two."""
    years = [_changes(zone, checked) for checked in range(year, year + YEARS_CHECKED)]
    if not any(years):
        return []
    if any(len(changes) != 2 for changes in years):
        return None
    rules = [_common_rule([changes[number] for changes in years]) for number in (0, 1)]
    if None in rules or rules[0].after != rules[1].before or rules[1].after != rules[0].before:
        return None
    return rules


def _common_rule(changes: list[Change]) -> Rule | None:
    readings = [_readings(change) for change in changes]
    common = [rule for rule in readings[0] if all(rule in others for others in readings[1:])]
    return common[0] if common else None


def _readings(change: Change) -> list[Rule]:
    """The ways to name the date of a change: the last Sunday, or also the fourth."""
    day = change.onset
    is_last = (day + timedelta(days=7)).month != day.month
    numbers = ([-1] if is_last else []) + ([(day.day - 1) // 7 + 1] if day.day <= 28 else [])
    time = (day.hour, day.minute, day.second)
    return [Rule(day.month, day.weekday(), nth, time, change.before, change.after) for nth in numbers]


def _day_in(year: int, rule: Rule) -> int:
    if rule.nth > 0:
        first = datetime(year, rule.month, 1)
        return 1 + (rule.weekday - first.weekday()) % 7 + 7 * (rule.nth - 1)
    last = datetime(year + rule.month // 12, rule.month % 12 + 1, 1) - timedelta(days=1)
    return last.day - (last.weekday() - rule.weekday) % 7


def _changes(zone: str, year: int) -> list[Change]:
    """Clock changes of a year, found day by day and then by halving to the second."""
    place, changes = ZoneInfo(zone), []
    instant, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    while instant < end:
        following = instant + timedelta(days=1)
        before, after = _offset_at(instant, place), _offset_at(following, place)
        if before != after:
            at = _moment(instant, following, place)
            changes.append(Change((at + before).replace(tzinfo=None), before, after))
        instant = following
    return changes


def _moment(low: datetime, high: datetime, place: ZoneInfo) -> datetime:
    old = _offset_at(low, place)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low).total_seconds() // 2)
        low, high = (middle, high) if _offset_at(middle, place) == old else (low, middle)
    return high


def _offset_at(instant: datetime, place: ZoneInfo) -> timedelta:
    return instant.astimezone(place).utcoffset()


def _offset(offset: timedelta) -> str:
    sign, minutes = ("-", -offset) if offset < timedelta() else ("+", offset)
    hours, rest = divmod(int(minutes.total_seconds()) // 60, 60)
    return f"{sign}{hours:02}{rest:02}"
