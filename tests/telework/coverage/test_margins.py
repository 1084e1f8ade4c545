"""Margins as a heat map writes them: how many could still leave before a rule no longer holds."""

from datetime import date, time
from fractions import Fraction

import numpy as np
import pytest

from policies.coverage.presence import stretches
from policies.coverage.requirements import Minimum, RemotePeopleOfDay, RemoteShareAtOnce, RemoteShareOfDay
from policies.coverage.rows import Bookings, Part, Person, Roster, Shifts, Spans, Staff
from policies.coverage.windows import first_minute
from policies.coverage.yearmap import CoverageMap
from telework.coverage import heat

DAY = date(2026, 6, 20)
ZONE = "Europe/Paris"
MORNING = first_minute(DAY, time(8), ZONE)


def counted(rule, *, working: int, remote: int, day: date = DAY) -> CoverageMap:
    """So many people work eight hours, some of them remote."""
    staff = Staff([Person(f"{number}") for number in range(working)])
    site = staff.site("here")
    shifts = Shifts.of([(number, site, DAY.toordinal(), MORNING, MORNING + 480) for number in range(working)])
    bookings = Bookings.of([(number, DAY.toordinal(), Part.FULL, 0, 0) for number in range(remote)])
    return CoverageMap([rule], staff, first=day, last=day).fill(stretches(Roster(shifts, Spans.of([]), bookings)))


def low(rule, **people) -> int:
    return int(heat.lows_of_days(counted(rule, **people), DAY, DAY)[0])


HOURS = {"zone": ZONE, "start": time(9), "end": time(15)}
SHARES = [Fraction(0), Fraction(20), Fraction(100, 3), Fraction(50), Fraction(99), Fraction(100)]


@pytest.mark.parametrize("working", range(0, 5))
def test_of_a_minimum_it_is_who_is_there_beyond_it(working):
    assert low(Minimum(name="m", required=2, **HOURS), working=working, remote=0) == working - 2


@pytest.mark.parametrize("percent", SHARES)
@pytest.mark.parametrize("working", [1, 2, 3, 7, 10])
@pytest.mark.parametrize("shape", ["at once", "people", "minutes"])
def test_of_a_share_it_is_how_many_more_could_be_remote(percent, working, shape):
    rules = {
        "at once": RemoteShareAtOnce(name="s", percent=percent, **HOURS),
        "people": RemoteShareOfDay(name="s", percent=percent, minutes=False, zone=ZONE),
        "minutes": RemoteShareOfDay(name="s", percent=percent, minutes=True, zone=ZONE),
    }
    for remote in range(working + 1):
        margin = low(rules[shape], working=working, remote=remote)
        most = max(more for more in range(-working - 1, working + 1) if 100 * (remote + more) <= percent * working)
        assert margin == most
        assert (margin < 0) == bool(list(counted(rules[shape], working=working, remote=remote).gaps()))


def test_of_a_number_of_people_it_is_what_is_left_of_it():
    rule = RemotePeopleOfDay(name="p", limit=3, zone=ZONE)
    assert [low(rule, working=5, remote=remote) for remote in range(6)] == [3, 2, 1, 0, -1, -2]


def test_where_nobody_works_a_share_says_nothing():
    for rule in (RemoteShareAtOnce(name="s", percent=Fraction(50), **HOURS),
                 RemoteShareOfDay(name="s", percent=Fraction(50), minutes=False, zone=ZONE)):  # fmt: skip
        assert low(rule, working=0, remote=0) == heat.NONE


def test_hours_are_those_of_the_local_clock_and_none_is_outside_windows():
    hours = heat.lows_of_hours(counted(Minimum(name="m", required=2, **HOURS), working=3, remote=1), [DAY], ZONE)
    assert hours[DAY] == [heat.NONE] * 9 + [0] * 6 + [heat.NONE] * 9


@pytest.mark.parametrize(("day", "missing"), [(date(2026, 3, 29), 2), (date(2026, 10, 25), None)])
def test_an_hour_that_the_clock_skips_has_no_margin_and_a_repeated_one_is_one(day, missing):
    rule = Minimum(name="m", required=1, zone=ZONE, start=time(0), end=time(0))
    hours = heat.lows_of_hours(counted(rule, working=0, remote=0, day=day), [day], ZONE)[day]
    assert [hour for hour, low in enumerate(hours) if low == heat.NONE] == ([missing] if missing else [])
    assert len(hours) == 24


def test_only_dates_with_a_margin_are_told_of():
    assert heat.by_day(np.array([1, heat.NONE, -2]), DAY) == {DAY: 1, date(2026, 6, 22): -2}
