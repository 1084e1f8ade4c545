"""Windows tile the calendar: from 1990 to 2100 every day is in one window and in one only."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.core.windows import (
    UNITS,
    Period,
    Window,
    mondays_in,
    next_window,
    previous_window,
    rolling,
    weekdays_in,
    weeks_in,
    window_of,
)

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
periods = st.builds(Period, st.sampled_from(UNITS), st.sampled_from([1, 2, 3, 4, 6, 13]), days)
ONE = timedelta(days=1)


@given(period=periods, day=days)
def test_a_window_holds_its_day_and_its_neighbours_touch_it(period, day):
    window = window_of(period, day)
    assert window.holds(day)
    assert window_of(period, window.first) == window == window_of(period, window.last)
    assert next_window(period, window).first == window.last + ONE
    assert previous_window(period, window).last == window.first - ONE
    assert previous_window(period, next_window(period, window)) == window


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("start", [date(2001, 1, 1), date(2004, 2, 29), date(2021, 8, 31)])
def test_every_day_of_the_century_is_in_one_window(unit, start):
    period = Period(unit, 1, start)
    window, counted = window_of(period, date(1990, 1, 1)), 0
    begin = window.first
    while window.first <= date(2100, 12, 31):
        counted += window.days
        window = next_window(period, window)
    assert counted == (window.first - begin).days


@pytest.mark.parametrize(
    ("period", "day", "first", "last"),
    [
        (Period("week"), date(2026, 12, 31), date(2026, 12, 28), date(2027, 1, 3)),
        (Period("month"), date(2028, 2, 10), date(2028, 2, 1), date(2028, 2, 29)),
        (Period("half_year"), date(2026, 7, 1), date(2026, 7, 1), date(2026, 12, 31)),
        (Period("year", 1, date(2000, 6, 1)), date(2026, 5, 31), date(2025, 6, 1), date(2026, 5, 31)),
        (Period("year", 1, date(2004, 2, 29)), date(2026, 2, 28), date(2026, 2, 28), date(2027, 2, 27)),
        (Period("fortnight", 1, date(2026, 1, 7)), date(2026, 1, 19), date(2026, 1, 7), date(2026, 1, 20)),
        (Period("week", 4, date(2026, 1, 5)), date(2026, 2, 1), date(2026, 1, 5), date(2026, 2, 1)),
    ],
)
def test_windows_by_hand(period, day, first, last):
    assert window_of(period, day) == (first, last)


def test_a_rolling_window_is_as_long_as_it_says():
    assert rolling(Period("month", 3), date(2026, 5, 30)) == (date(2026, 2, 28), date(2026, 5, 30))
    assert rolling(Period("week", 2), date(2026, 1, 11)) == (date(2025, 12, 29), date(2026, 1, 11))


@given(first=days, length=st.integers(0, 800))
def test_weekdays_are_those_counted_one_by_one(first, length):
    window = Window(first, first + timedelta(days=length))
    one_by_one = [first + timedelta(days=offset) for offset in range(length + 1)]
    assert weekdays_in(window) == sum(day.weekday() < 5 for day in one_by_one)
    assert list(mondays_in(window)) == [day for day in one_by_one if day.weekday() == 0]


def test_weeks_of_a_month_by_each_count():
    """March 2026 has 22 working days and 31 days, and five weeks begin in it."""
    march = Window(date(2026, 3, 1), date(2026, 3, 31))
    told = {
        name: weeks_in(march, counted=name, months=1) for name in ("by_days", "working_days", "convention", "begun")
    }
    assert told == {"by_days": Fraction(31, 7), "working_days": Fraction(22, 5), "convention": 4, "begun": 5}


@given(day=days, unit=st.sampled_from(UNITS))
def test_the_weeks_of_the_months_of_a_year_add_up(day, unit):
    year = window_of(Period("year"), day)
    month, total = window_of(Period("month"), year.first), Fraction(0)
    while month.first <= year.last:
        total += weeks_in(month, counted="by_days")
        month = next_window(Period("month"), month)
    assert total == weeks_in(year, counted="by_days")
