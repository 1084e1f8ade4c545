"""Working days from patterns, shifts, absences and holidays, over clock changes, nights and leap years."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.core.facts import Workday
from policies.core.localtime import instant
from policies.core.workdays import AbsenceSpan, PatternError, ShiftSpan, Term, read_pattern, workdays

PARIS = "Europe/Paris"
MONDAY = date(2026, 6, 1)
OFFICE_ENTRIES = [{"start": "09:00", "end": "17:00"}] * 5 + [None, None]
OFFICE = read_pattern(date(2024, 1, 1), OFFICE_ENTRIES)
OPEN = Term(date(2020, 1, 1), None, OFFICE)
ROSTERED = Term(date(2020, 1, 1), None, None, rostered=True)
dates = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def week(terms=(OPEN,), *, first=MONDAY, days=7, **facts) -> dict[date, Workday]:
    return workdays(terms, first=first, last=first + timedelta(days=days - 1), zone=PARIS, **facts)


def utc(month, day, hour, minute=0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def shift(start: datetime, end: datetime) -> ShiftSpan:
    return ShiftSpan(start.astimezone(ZoneInfo(PARIS)).date(), lambda: (start, end))


def dues(days) -> list[int]:
    return [day.due for day in days.values()]


def test_an_office_week_has_five_days_of_eight_hours():
    days = week()
    assert dues(days) == [3, 3, 3, 3, 3, 0, 0]
    assert (days[MONDAY].start, days[MONDAY].end, days[MONDAY].minutes) == (utc(6, 1, 7), utc(6, 1, 15), 480)
    assert days[MONDAY + timedelta(days=5)].start is None


def test_a_fortnight_with_a_half_day_repeats_from_its_anchor_and_before_it():
    nine_to_one = {"start": "09:00", "end": "13:00", "halves": 1}
    full = {"start": "09:00", "end": "17:00"}
    pattern = read_pattern(MONDAY, [full, full, nine_to_one, full, full, None, None] + [full] * 4 + [None] * 3)
    term = Term(date(2020, 1, 1), None, pattern)
    assert dues(week([term], days=14)) == [3, 3, 1, 3, 3, 0, 0, 3, 3, 3, 3, 0, 0, 0]
    assert dues(week([term], first=MONDAY - timedelta(days=7))) == [3, 3, 3, 3, 0, 0, 0]


@given(dates, st.integers(1, 28), st.integers(0, 400))
def test_patterns_of_any_length_repeat_exactly(anchor, length, offset):
    entries = [{"start": "08:00", "end": "16:00"} if number % 3 else None for number in range(length)]
    first = anchor + timedelta(days=offset - 200)
    days = workdays(
        [Term(first, None, read_pattern(anchor, entries))], first=first, last=first + timedelta(days=60), zone=PARIS
    )
    for day, found in days.items():
        assert bool(found.due) == bool(entries[(day - anchor).days % length])


@given(dates, dates)
def test_every_date_is_there_once_in_order_leap_days_too(first, other):
    first, last = sorted((first, min(other, first + timedelta(days=800)) if other > first else first))
    days = workdays([OPEN], first=first, last=last, zone=PARIS)
    assert list(days) == [first + timedelta(days=number) for number in range((last - first).days + 1)]
    assert all(day == found.day for day, found in days.items())


def test_nothing_is_due_outside_the_contract_and_a_change_of_rate_changes_the_pattern():
    four = read_pattern(date(2024, 1, 1), [{"start": "09:00", "end": "17:00"}] * 2 + [None] + OFFICE_ENTRIES[3:])
    terms = [Term(date(2026, 6, 2), date(2026, 6, 7), OFFICE), Term(date(2026, 6, 8), date(2026, 6, 12), four)]
    assert dues(week(terms, days=14)) == [0, 3, 3, 3, 3, 0, 0, 3, 3, 0, 3, 3, 0, 0]


def test_a_public_holiday_is_off_but_keeps_its_name_also_on_a_day_off():
    holidays = {MONDAY: "Whit Monday", date(2026, 6, 6): "Saturday feast"}
    days = week(holidays=holidays)
    assert (days[MONDAY].due, days[MONDAY].holiday) == (0, "Whit Monday")
    assert (days[date(2026, 6, 6)].due, days[date(2026, 6, 6)].holiday) == (0, "Saturday feast")


def test_a_pattern_that_works_holidays_and_a_shift_on_a_holiday_are_due():
    always = read_pattern(date(2024, 1, 1), OFFICE_ENTRIES, works_holidays=True)
    assert week([Term(MONDAY, None, always)], holidays={MONDAY: "Feast"})[MONDAY].due == 3
    days = week([ROSTERED], shifts=[shift(utc(6, 1, 4), utc(6, 1, 12))], holidays={MONDAY: "Feast"}, published=MONDAY)
    assert (days[MONDAY].due, days[MONDAY].holiday) == (3, "Feast")


def test_a_shift_replaces_the_pattern_on_its_date():
    days = week(shifts=[shift(utc(6, 1, 20), utc(6, 2, 4)), shift(utc(6, 6, 6), utc(6, 6, 14))])
    assert dues(days) == [3, 3, 3, 3, 3, 3, 0]
    assert days[MONDAY].start == utc(6, 1, 20)


def test_a_night_belongs_to_the_date_of_its_start():
    days = week([ROSTERED], shifts=[shift(utc(6, 2, 20), utc(6, 3, 4))], published=date(2026, 6, 7))
    assert dues(days) == [0, 3, 0, 0, 0, 0, 0]


def test_beyond_the_published_roster_nothing_is_planned_yet():
    days = week([ROSTERED], shifts=[shift(utc(6, 2, 6), utc(6, 2, 14))], published=date(2026, 6, 2))
    assert [day.planned for day in days.values()] == [True, True] + [False] * 5
    assert not any(day.planned for day in week([ROSTERED]).values())


def test_a_shift_after_the_contract_has_ended_is_not_due():
    left = Term(date(2020, 1, 1), date(2026, 6, 3), None, rostered=True)
    shifts = [shift(utc(6, 3, 6), utc(6, 3, 14)), shift(utc(6, 4, 6), utc(6, 4, 14))]
    assert dues(week([left], shifts=shifts, published=date(2026, 6, 30))) == [0, 0, 3, 0, 0, 0, 0]


def test_a_roster_that_begins_takes_the_place_of_an_office_week_left_open():
    begun = Term(date(2026, 6, 3), None, None, rostered=True)
    days = week([OPEN, begun], shifts=[shift(utc(6, 6, 6), utc(6, 6, 14))], published=date(2026, 6, 30))
    assert dues(days) == [3, 3, 0, 0, 0, 3, 0]


def test_two_shifts_on_one_date_are_one_span_and_the_sum_of_their_time():
    split = [shift(utc(6, 1, 12), utc(6, 1, 16)), shift(utc(6, 1, 4), utc(6, 1, 8))]
    day = week([ROSTERED], shifts=split, published=MONDAY)[MONDAY]
    assert (day.start, day.end, day.minutes, day.due) == (utc(6, 1, 4), utc(6, 1, 16), 480, 3)


@pytest.mark.parametrize(
    ("off", "absent"),
    [
        ((utc(6, 1, 4), utc(6, 1, 8)), 1),
        ((utc(6, 1, 4), utc(6, 1, 7, 59)), 0),
        ((utc(6, 1, 11), utc(6, 1, 17)), 2),
        ((utc(6, 1, 3), utc(6, 1, 16)), 3),
        ((utc(6, 1, 9), utc(6, 1, 11)), 0),
    ],
)
def test_hours_off_take_the_halves_of_a_split_shift_that_they_cover(off, absent):
    split = [shift(utc(6, 1, 12), utc(6, 1, 16)), shift(utc(6, 1, 4), utc(6, 1, 8))]
    absence = AbsenceSpan(MONDAY, MONDAY, hours=off)
    assert week([ROSTERED], shifts=split, absences=[absence], published=MONDAY)[MONDAY].absent == absent


def test_hours_off_add_up_until_they_cover_a_half():
    hours = [
        AbsenceSpan(MONDAY, MONDAY, hours=span)
        for span in ((utc(6, 1, 7), utc(6, 1, 9)), (utc(6, 1, 9), utc(6, 1, 11)))
    ]
    assert week(absences=hours)[MONDAY].absent == 1
    assert week(absences=hours[:1])[MONDAY].absent == 0


def test_hours_off_after_midnight_belong_to_the_night_of_the_day_before():
    night = [shift(utc(6, 1, 20), utc(6, 2, 4)), shift(utc(6, 2, 20), utc(6, 3, 4))]
    off = AbsenceSpan(date(2026, 6, 2), date(2026, 6, 2), hours=(utc(6, 2, 0), utc(6, 2, 4)))
    days = week([ROSTERED], shifts=night, absences=[off], published=date(2026, 6, 2))
    assert (days[MONDAY].absent, days[date(2026, 6, 2)].absent) == (2, 0)


def test_a_day_off_follows_the_night_to_its_end_and_leaves_the_next_one_alone():
    night = [shift(utc(6, 1, 20), utc(6, 2, 4)), shift(utc(6, 2, 20), utc(6, 3, 4))]
    days = week([ROSTERED], shifts=night, absences=[AbsenceSpan(MONDAY, MONDAY)], published=date(2026, 6, 2))
    assert (days[MONDAY].available, days[date(2026, 6, 2)].available) == (0, 3)
    assert days[MONDAY].end == utc(6, 2, 4)


def test_half_days_off_add_up_and_take_only_what_is_due():
    morning, afternoon = (AbsenceSpan(MONDAY, date(2026, 6, 7), halves=half) for half in (1, 2))
    assert [day.available for day in week(absences=[morning]).values()] == [2] * 5 + [0, 0]
    assert [day.absent for day in week(absences=[morning, afternoon]).values()] == [3] * 5 + [0, 0]


def test_an_absence_of_years_costs_only_the_days_looked_at():
    assert [day.absent for day in week(absences=[AbsenceSpan(date.min, date.max)]).values()] == [3] * 5 + [0, 0]


def test_a_memory_shared_by_many_people_changes_nothing():
    known: dict = {}
    holidays = {MONDAY: "Feast"}
    away = week(known=known, holidays=holidays, absences=[AbsenceSpan(MONDAY, date(2026, 6, 3))])
    there = week(known=known, holidays=holidays)
    assert [day.available for day in away.values()] == [0, 0, 0, 3, 3, 0, 0]
    assert there == week(holidays=holidays)


@pytest.mark.parametrize(
    ("day", "minutes", "expected"),
    [
        (date(2026, 3, 29), 150, utc(3, 29, 1)),  # 02:30 does not exist: the instant of the jump
        (date(2026, 3, 28), 1440 + 120, utc(3, 29, 1)),
        (date(2026, 3, 29), 180, utc(3, 29, 1)),
        (date(2026, 10, 25), 150, utc(10, 25, 0, 30)),  # 02:30 comes twice: the first
        (date(2026, 10, 25), 180, utc(10, 25, 2)),
    ],
)
def test_local_times_on_the_days_when_the_clock_changes(day, minutes, expected):
    assert instant(day, minutes, PARIS) == expected


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 28), 7), (date(2026, 6, 1), 8), (date(2026, 10, 24), 9)])
def test_a_night_has_seven_eight_or_nine_hours(day, hours):
    nights = read_pattern(date(2024, 1, 1), [{"start": "22:00", "end": "06:00"}])
    assert week([Term(day, None, nights)], first=day, days=1)[day].minutes == hours * 60


@given(
    dates, st.integers(0, 2879), st.sampled_from([PARIS, "America/New_York", "Australia/Lord_Howe", "Indian/Reunion"])
)
def test_a_local_time_reads_back_the_same_or_was_skipped_by_the_clock(day, minutes, zone):
    found = instant(day, minutes, zone).astimezone(ZoneInfo(zone))
    wanted = datetime.combine(day, time()) + timedelta(minutes=minutes)
    shown = found.replace(tzinfo=None)
    before = (found - timedelta(seconds=1)).astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert shown == wanted or before < wanted < shown


@given(dates, st.integers(1, 1440))
def test_worked_minutes_are_elapsed_time(day, length):
    pattern = read_pattern(day, [{"start": "00:00", "end": f"{length // 60 % 24:02}:{length % 60:02}"}])
    found = week([Term(day, None, pattern)], first=day, days=1)[day]
    assert found.minutes == (found.end - found.start).total_seconds() // 60


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ([], "at least one day"),
        ({"monday": 1}, "at least one day"),
        ([7], "Day 1 of the pattern: 7 is neither"),
        ([None, {"start": "9:00", "end": "17:00"}], "Day 2 of the pattern: start is '9:00'"),
        ([{"start": "09:00", "end": "24:00"}], "end is '24:00'"),
        ([{"start": "09:00"}], "end is None"),
        ([{"start": "٠٩:٠٠", "end": "17:00"}], "start is"),
        ([{"start": "09:00", "end": "17:00", "halves": 4}], "halves is 4; write 1, 2 or 3"),
    ],
)
def test_a_pattern_that_cannot_be_read_names_its_entry_and_the_remedy(days, sentence):
    with pytest.raises(PatternError, match=sentence):
        read_pattern(MONDAY, days)
