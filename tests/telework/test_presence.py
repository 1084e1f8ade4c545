"""Who is on site from minute to minute: nights belong to their start, halves are cut at the middle."""

from datetime import UTC, date, datetime, timedelta

from policies.core.facts import Workday
from telework.presence import Level, levels, on_site_spans, span_of, window

FRIDAY, SATURDAY = date(2026, 6, 12), date(2026, 6, 13)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


def night(absent: int = 0) -> Workday:
    return Workday(FRIDAY, due=3, absent=absent, start=at(12, 20), end=at(13, 4), minutes=480)


def test_the_halves_of_a_night_are_cut_at_the_middle_of_its_elapsed_time():
    assert span_of(night(), 1) == (at(12, 20), at(13, 0))
    assert span_of(night(), 2) == (at(13, 0), at(13, 4))


def test_a_day_of_which_only_a_half_is_due_is_not_cut_again():
    half = Workday(FRIDAY, due=1, start=at(12, 7), end=at(12, 11), minutes=240)
    assert span_of(half, 1) == (at(12, 7), at(12, 11))


def test_only_what_is_worked_and_not_remote_is_on_site():
    assert on_site_spans({FRIDAY: night()}, {FRIDAY: 1}, [FRIDAY]) == [(at(13, 0), at(13, 4))]
    assert on_site_spans({FRIDAY: night(absent=3)}, {}, [FRIDAY]) == []


def test_levels_join_equal_neighbours_and_tell_zero():
    spans = [(at(12, 8), at(12, 10)), (at(12, 10), at(12, 12))]
    found = levels(spans, start=at(12, 6), end=at(12, 14))
    assert found == [
        Level(at(12, 6), at(12, 8), 0),
        Level(at(12, 8), at(12, 12), 1),
        Level(at(12, 12), at(12, 14), 0),
    ]


def test_the_window_shows_a_night_to_its_end():
    start, end = window(FRIDAY, "Europe/Paris", (at(12, 20), at(13, 4)))
    assert (start, end) == (at(11, 22), at(13, 6))


def test_the_window_of_the_day_the_clocks_change_has_25_hours():
    start, end = window(date(2026, 10, 25), "Europe/Paris", None)
    assert end - start == timedelta(hours=25)
