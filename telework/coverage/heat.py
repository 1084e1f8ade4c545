"""The lowest margin of each date and of each hour of a count: what a heat map writes into its cells. Pure.

A margin is in people: how many could still leave (or go remote) before the requirement no longer holds; below zero it
does not hold. Where a requirement says nothing, or nobody works whom it could concern, there is no margin: ``NONE``.
"""

from collections.abc import Iterable
from datetime import date, time, timedelta
from itertools import pairwise

import numpy as np

from policies.coverage.daycount import DayCount
from policies.coverage.minutecount import MinuteCount
from policies.coverage.requirements import Minimum, RemotePeopleOfDay
from policies.coverage.windows import days_between, first_minute
from policies.coverage.yearmap import CoverageMap

NONE = 1 << 30
Held = MinuteCount | DayCount


def lows_of_days(counted: CoverageMap, first: date, last: date) -> np.ndarray:
    """int64 (days,): the lowest margin of each date from ``first`` to ``last``, windows by the date they start on."""
    lows = np.full((last - first).days + 1, NONE, dtype=np.int64)
    for held in counted.counts:
        days, found = _lows(held)
        places = np.fromiter((day.toordinal() for day in days), np.int64, len(days)) - first.toordinal()
        wanted = (places >= 0) & (places < len(lows))
        np.minimum.at(lows, places[wanted], found[wanted])
    return lows


def lows_of_hours(counted: CoverageMap, days: Iterable[date], zone: str) -> dict[date, list[int]]:
    """The lowest margin within each of the 24 local hours of some dates; an hour that the clock skips has none."""
    by_minute = [held for held in counted.counts if isinstance(held, MinuteCount) and held.windows]
    margins = [margins_of(held) for held in by_minute]
    return {
        day: [
            min((_between(held, margin, *span) for held, margin in zip(by_minute, margins, strict=True)), default=NONE)
            for span in _hours(day, zone)
        ]
        for day in days
    }


def lows_by_date(counted: CoverageMap, days: Iterable[date]) -> dict[date, int]:
    """The lowest margin of each date by the rules that are about whole dates."""
    found = dict.fromkeys(days, NONE)
    for held in counted.counts:
        if isinstance(held, DayCount):
            for day, low in zip(held.days, _lows(held)[1].tolist(), strict=True):
                if day in found:
                    found[day] = min(found[day], low)
    return found


def margins_of(held: Held) -> np.ndarray:
    """int64: the margin at each minute, or of each date, of one rule."""
    rule = held.rule
    if isinstance(rule, Minimum):
        return held.value - rule.required
    if isinstance(rule, RemotePeopleOfDay):
        return held.limit - held.value
    share, whole = rule.percent.numerator, 100 * rule.percent.denominator
    if isinstance(held, DayCount) and held.by_minutes:
        people = (held.worked > 0).sum(axis=0)
        left = (held.limit * share - held.value * whole) * people // (whole * np.maximum(held.limit, 1))
    else:
        left = held.limit * share // whole - held.value
    return np.where(held.limit > 0, left, NONE)


def _lows(held: Held) -> tuple[list[date], np.ndarray]:
    margin = margins_of(held)
    if isinstance(held, DayCount):
        return held.days, margin
    if not held.windows:
        return [], margin[:0]
    edges = np.stack((held.opens, held.closes), axis=1).ravel() - held.origin
    return [one.day for one in held.windows], np.minimum.reduceat(np.append(margin, NONE), edges)[::2]


def _between(held: MinuteCount, margin: np.ndarray, start: int, end: int) -> int:
    """The lowest margin between two minutes, outside windows none."""
    one = int(np.searchsorted(held.closes, start, "right"))
    low = NONE
    while one < len(held.windows) and held.windows[one].start < end:
        low_minute, high_minute = max(held.windows[one].start, start), min(held.windows[one].end, end)
        piece = margin[low_minute - held.origin : high_minute - held.origin]
        low = min(low, int(piece.min()) if len(piece) else NONE)
        one += 1
    return low


def _hours(day: date, zone: str) -> list[tuple[int, int]]:
    edges = [first_minute(day, time(hour), zone) for hour in range(24)]
    edges.append(first_minute(day + timedelta(days=1), time(0), zone))
    return list(pairwise(edges))


def by_day(lows: np.ndarray, first: date) -> dict[date, int]:
    """{date: margin} of the dates that have one."""
    days = days_between(first, first + timedelta(days=len(lows) - 1))
    return {day: low for day, low in zip(days, lows.tolist(), strict=True) if low < NONE}
