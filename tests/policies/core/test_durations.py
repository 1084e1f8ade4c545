"""Lengths of time: deadlines, periods and their ends, over every year that the calendar here holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from policies.core.durations import UNITS, Length, after, last_day

DAYS = some.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "length", "end"),
    [
        (date(2026, 3, 2), Length(30, "calendar_day"), date(2026, 4, 1)),
        (date(2026, 1, 31), Length(1, "month"), date(2026, 2, 28)),
        (date(2028, 1, 31), Length(1, "month"), date(2028, 2, 29)),
        (date(2028, 2, 29), Length(1, "year"), date(2029, 2, 28)),
        (date(2026, 3, 10), Length(1, "week"), date(2026, 3, 17)),
        (date(2026, 3, 6), Length(1, "working_day"), date(2026, 3, 9)),
        (date(2026, 3, 7), Length(2, "working_day"), date(2026, 3, 10)),
        (date(2026, 3, 10), Length(48, "hour"), date(2026, 3, 12)),
        (date(2026, 3, 10), Length(25, "hour"), date(2026, 3, 12)),
        (date(2026, 3, 10), Length(0, "month"), date(2026, 3, 10)),
        (date(2026, 3, 10), Length(12_000, "year"), date.max),
    ],
)
def test_a_notice_given_on_a_day_ends_so_much_later(day, length, end):
    assert after(day, length) == end


@pytest.mark.parametrize(
    ("start", "length", "last"),
    [
        (date(2026, 1, 12), Length(3, "month"), date(2026, 4, 11)),
        (date(2026, 7, 1), Length(3, "year"), date(2029, 6, 30)),
        (date(2026, 1, 15), Length(6, "month"), date(2026, 7, 14)),
        (date(2026, 3, 10), Length(0, "month"), date(2026, 3, 10)),
    ],
)
def test_a_period_ends_the_day_before_the_same_day(start, length, last):
    assert last_day(start, length) == last


@given(DAYS, some.integers(1, 400), some.sampled_from(UNITS))
def test_a_longer_time_never_ends_earlier(day, n, unit):
    assert day <= after(day, Length(n - 1, unit)) <= after(day, Length(n, unit))


@given(DAYS, some.integers(1, 60), some.sampled_from(("calendar_day", "working_day", "week", "month", "year")))
def test_periods_follow_one_another_without_a_day_lost_or_doubled(start, n, unit):
    length = Length(n, unit)
    assert last_day(start, length) + ONE_DAY == after(start, length)


@given(DAYS, some.integers(1, 40))
def test_working_days_counted_one_by_one_or_at_once(day, n):
    at_once, one_by_one = after(day, Length(n, "working_day")), day
    for _ in range(n):
        one_by_one = after(one_by_one, Length(1, "working_day"))
    assert at_once == one_by_one and at_once.isoweekday() <= 5


def test_a_calendar_in_which_nobody_ever_works_still_ends():
    assert after(date(2026, 3, 2), Length(5, "working_day"), is_working=lambda day: False) > date(2026, 3, 2)
