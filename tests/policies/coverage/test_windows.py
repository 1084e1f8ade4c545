"""Windows of local time: no minute lost, none counted twice, in any zone."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from policies.coverage.windows import first_minute, local_time, minute_of, printed, window

ZONES = sorted(available_timezones() - {"localtime"})
DAY = timedelta(days=1)
DAYS = st.dates(date(1975, 1, 1), date(2100, 1, 1))
CLOCKS = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@pytest.mark.parametrize(
    ("day", "start", "end", "minutes"),
    [
        ("2026-03-28", "22:00", "06:00", 420),
        ("2026-10-24", "22:00", "06:00", 540),
        ("2026-06-10", "22:00", "06:00", 480),
        ("2026-03-29", "02:00", "03:00", 0),
        ("2026-03-29", "02:30", "04:00", 60),
        ("2026-10-25", "02:00", "03:00", 120),
        ("2026-10-25", "02:30", "03:00", 90),
        ("2026-03-29", "00:00", "00:00", 23 * 60),
        ("2026-10-25", "02:30", "02:30", 25 * 60),
    ],
)
def test_a_window_in_paris_lasts_what_the_clock_makes_of_it(day, start, end, minutes):
    one = window(date.fromisoformat(day), time.fromisoformat(start), time.fromisoformat(end), "Europe/Paris")
    assert one.end - one.start == minutes


def test_a_repeated_time_is_printed_with_its_offset():
    first = first_minute(date(2026, 10, 25), time(2, 30), "Europe/Paris")
    assert printed(first, "Europe/Paris") == "2026-10-25T02:30+02:00"
    assert printed(first + 60, "Europe/Paris") == "2026-10-25T02:30+01:00"


def test_a_date_that_a_zone_never_had_is_empty():
    assert (
        window(date(2011, 12, 30), time(0), time(0), "Pacific/Apia")[1:]
        == (minute_of(datetime(2011, 12, 30, 10, tzinfo=UTC)),) * 2
    )


@settings(max_examples=300, deadline=None, database=None)
@given(zone=st.sampled_from(ZONES), day=DAYS, clocks=st.lists(CLOCKS, min_size=1, max_size=6, unique=True))
@example("Australia/Lord_Howe", date(2026, 4, 4), [time(1, 45), time(2, 0)])
@example("Australia/Lord_Howe", date(2026, 10, 3), [time(2, 0), time(2, 15)])
@example("Pacific/Apia", date(2011, 12, 29), [time(0), time(12)])
@example("Asia/Kolkata", date(2026, 3, 28), [time(22), time(6)])
@example("Africa/Casablanca", date(2026, 2, 14), [time(2, 30), time(3)])
@example("America/Sao_Paulo", date(2018, 11, 3), [time(0), time(0, 30)])
@example("Antarctica/Troll", date(2026, 3, 28), [time(2), time(1, 30)])
def test_adjacent_windows_tile_every_date(zone, day, clocks):
    clocks = sorted(clocks)
    tiles = []
    for today in (day, day + DAY, day + DAY * 2):
        for start, end in zip(clocks, [*clocks[1:], clocks[0]], strict=True):
            tiles.append(window(today, start, end, zone))
    assert all(one.start <= one.end for one in tiles)
    assert all(one.end == two.start for one, two in pairwise(tiles))
    assert tiles[-1].end == first_minute(day + DAY * 3, clocks[0], zone)


@settings(max_examples=40, deadline=None, database=None)
@given(zone=st.sampled_from(ZONES), day=DAYS, clock=CLOCKS)
@example("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15))
@example("Pacific/Apia", date(2011, 12, 30), time(9))
@example("America/Havana", date(2026, 11, 1), time(0, 30))
@example("Africa/Casablanca", date(2026, 3, 22), time(2, 30))
def test_a_clock_time_is_the_first_minute_that_shows_it_or_later(zone, day, clock):
    found, naive = first_minute(day, clock, zone), datetime.combine(day, clock)
    shows = [local_time(found + step, zone).replace(tzinfo=None) >= naive for step in range(-26 * 60, 1)]
    assert shows == [False] * 26 * 60 + [True]


def test_minutes_and_local_time_are_inverse():
    moment = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Paris"))
    assert printed(minute_of(moment), "Europe/Paris") == "2026-10-25T02:30+01:00"
