"""The dates a feed covers: whole months, so that its bytes change with the month and not with every midnight.

From 60–90 days back to 12–13 months ahead. A calendar that would outgrow a million octets is narrowed: months ahead
first, then the past, then days ahead; its description always tells the dates that are left.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

MOST_OCTETS = 1_000_000
DAYS_BACK = 60
MONTHS_AHEAD = 12


class Window(NamedTuple):
    """Dates, both included; empty when ``last`` comes before ``first``."""

    first: date
    last: date


def window(today: date) -> Window:
    """The dates to be covered when they fit."""
    return Window((today - timedelta(days=DAYS_BACK)).replace(day=1), _month_end(today, MONTHS_AHEAD))


def fitting(today: date, days: Sequence[date], sizes: Sequence[int], room: int) -> Window:
    """The widest window whose events take at most ``room`` octets; ``days`` ascend, ``sizes`` are theirs."""
    totals = [0, *accumulate(sizes)]
    for candidate in _candidates(today):
        begin, end = bisect_left(days, candidate.first), bisect_right(days, candidate.last)
        if totals[end] - totals[begin] <= room:
            return candidate
    return Window(today, today - timedelta(days=1))


def _candidates(today: date) -> Iterator[Window]:
    first = window(today).first
    for months in range(MONTHS_AHEAD, -1, -1):
        yield Window(first, _month_end(today, months))
    for days in range(DAYS_BACK, 0, -1):
        yield Window(today - timedelta(days=days), _month_end(today, 0))
    for days in range(30, -1, -1):
        yield Window(today, today + timedelta(days=days))


def _month_end(today: date, months: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])
