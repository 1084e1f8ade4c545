"""Codes of days and what they add up to: halves, absences in parts, nights, holidays."""

from datetime import date

import pytest

from policies.core.facts import Workday
from telework.month import Bookings, Counts, counts_by_day, counts_of, line

MONDAY = date(2026, 6, 8)


@pytest.mark.parametrize(
    ("workday", "booked", "pending", "code"),
    [
        (Workday(MONDAY, due=3), 0, 0, "SS"),
        (Workday(MONDAY, due=3), 3, 0, "TT"),
        (Workday(MONDAY, due=3), 1, 0, "TS"),
        (Workday(MONDAY, due=3), 2, 2, "SP"),
        (Workday(MONDAY, due=3), 3, 2, "TP"),
        (Workday(MONDAY, due=1), 3, 0, "T."),
        (Workday(MONDAY, due=3, absent=1), 3, 0, "AT"),
        (Workday(MONDAY, due=3, absent=3), 3, 0, "AA"),
        (Workday(MONDAY, holiday="Whit Monday"), 3, 0, "HH"),
        (Workday(MONDAY, due=3, holiday="Whit Monday"), 0, 0, "SS*"),
        (Workday(MONDAY), 3, 0, ".."),
        (Workday(MONDAY, planned=False), 0, 0, "--"),
    ],
)
def test_a_day_is_told_half_by_half_and_absence_goes_before_telework(workday, booked, pending, code):
    held = Bookings({MONDAY: booked}, {MONDAY: pending})
    assert line({MONDAY: workday}, held, [MONDAY]) == (code,)


def test_counts_are_half_days_and_a_request_leaves_its_person_on_site():
    assert counts_of(["TS", "SP", "AT", "S.", "TT*", "HH", "--"]) == Counts(on_site=4, remote=4, absent=1, pending=1)


def test_each_day_is_counted_over_all_lines():
    assert counts_by_day([("SS", "TT"), ("TS", "..")], 2) == [Counts(3, 1, 0), Counts(0, 2, 0)]
    assert counts_by_day([], 2) == [Counts(), Counts()]


def test_days_before_joining_and_after_leaving_a_team_are_not_told():
    days = [date(2026, 6, day) for day in (8, 9, 10)]
    work = {day: Workday(day, due=3) for day in days}
    assert line(work, Bookings({}, {}), days, (days[1], days[1])) == ("..", "SS", "..")
