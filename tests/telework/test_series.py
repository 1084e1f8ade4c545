"""Recurring wishes: what a rule means, what it becomes, and rules sent to hurt."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.models import Message
from telework import services
from telework.errors import BadWish, BookingRefused
from telework.models import Booking, Series, State
from telework.recurrence import MOST_OCCURRENCES, read_rule
from tests import factories

FIRST, LAST = date(2026, 6, 8), date(2028, 8, 16)


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY;BYDAY=TH;COUNT=3", ["2026-06-11", "2026-06-18", "2026-06-25"]),
        (
            "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;UNTIL=20260626",
            ["2026-06-08", "2026-06-12", "2026-06-22", "2026-06-26"],
        ),
        ("freq=monthly;byday=1TU;count=2;", ["2026-07-07", "2026-08-04"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", ["2026-06-30", "2026-07-31", "2026-08-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=2", ["2026-07-31", "2026-08-31"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=1", ["2028-02-29"]),
        ("FREQ=DAILY;UNTIL=20260610T215959Z", ["2026-06-08", "2026-06-09", "2026-06-10"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["2026-06-30", "2026-07-31"]),
    ],
)
def test_a_rule_becomes_its_days(rule, days):
    assert [day.isoformat() for day in read_rule(rule).days(FIRST, LAST)] == days


@pytest.mark.parametrize(
    "rule",
    [
        "", "garbage", "FREQ", "FREQ=", "FREQ=WEEKLY;FREQ=DAILY", "BYDAY=TH", "FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=2",
        "FREQ=HOURLY", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYHOUR=9", "FREQ=WEEKLY;COUNT=1000000000",
        "FREQ=WEEKLY;COUNT=0", "FREQ=WEEKLY;COUNT=-1", "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=99999999999999999999", "FREQ=WEEKLY;BYDAY=2MO", "FREQ=DAILY;FREQ=DAILY",
        "FREQ=WEEKLY;UNTIL=20260631", "FREQ=WEEKLY;UNTIL=tomorrow", "FREQ=WEEKLY;UNTIL=20260701;COUNT=2",
        "FREQ=WEEKLY;BYEASTER=0", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYMONTHDAY=1.5", "FREQ=WEEKLY;BYMONTH=13",
        "FREQ=WEEKLY\nDTSTART:19700101", "FREQ=WEEKLY;WKST=ZZ", "FREQ=WEEKLY;BYDAY=" + "MO," * 500, "\0", "FREQ=٣",
        "FREQ=MONTHLY;BYDAY=0MO", "FREQ=WEEKLY;BYDAY=99MO", "EXRULE:FREQ=DAILY",
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_used_is_refused_in_a_sentence(rule):
    with pytest.raises(BadWish) as refused:
        read_rule(rule).days(FIRST, LAST)
    assert refused.value.field == "rrule" and refused.value.sentence().endswith(".")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=7",
        "FREQ=MONTHLY;BYSETPOS=300;BYDAY=MO",
        "FREQ=WEEKLY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
    ],
)
def test_a_rule_that_never_falls_on_a_day_ends_soon_and_empty(rule):
    begun = time.process_time()
    assert read_rule(rule).days(FIRST, LAST) == []
    assert time.process_time() - begun < 3


@given(
    st.text(max_size=60) | st.from_regex(r"FREQ=(DAILY|WEEKLY|MONTHLY);(BY[A-Z]{3,8}|COUNT|INTERVAL)=[-0-9A-Z,]{1,9}")
)
def test_any_text_is_either_days_or_a_sentence(text):
    try:
        days = read_rule(text).days(FIRST, date(2027, 1, 1))
    except BadWish as refused:
        assert refused.sentence()
    else:
        assert days == sorted(set(days)) and all(day >= FIRST for day in days)


@pytest.mark.django_db
class TestBooking:
    def test_the_accepted_days_are_booked_and_the_others_told_with_their_reason(self, scene):
        factories.models.Absence.objects.create(person=scene.person, first_day=scene.day(10), last_day=scene.day(10))

        made = services.book_series(first_day=scene.today, rrule="FREQ=WEEKLY;BYDAY=TH;COUNT=3", **scene.own)

        assert [outcome.accepted for outcome in made.outcomes] == [True, False, True]
        assert [found.rule for found in made.outcomes[1].decision.failing] == ["day_worked"]
        assert Series.objects.get().bookings.count() == 2
        assert Message.objects.count() == 1

    def test_the_preview_writes_nothing(self, scene):
        seen = services.preview_series(
            person=scene.person, first_day=scene.today, rrule="FREQ=WEEKLY;COUNT=3", today=scene.today
        )
        assert len(seen.accepted) == 3 and not Series.objects.exists() and not Booking.objects.exists()

    def test_a_rule_without_an_end_stops_at_the_horizon_of_the_agreement_and_says_so(self, scene):
        factories.agreement_in_force(scene.team.entity, months_ahead=2, since=scene.today)
        made = services.book_series(first_day=scene.today, rrule="FREQ=WEEKLY;BYDAY=TH", **scene.own)
        assert made.cut_after == date(2026, 8, 6)
        assert all(outcome.accepted for outcome in made.outcomes)

    def test_days_beyond_the_horizon_that_were_named_are_told_as_refused(self, scene):
        factories.agreement_in_force(scene.team.entity, months_ahead=1, since=scene.today)
        made = services.book_series(first_day=scene.today, rrule="FREQ=MONTHLY;BYDAY=2TH;COUNT=3", **scene.own)
        assert [outcome.accepted for outcome in made.outcomes] == [True, False, False]

    def test_a_rule_of_which_no_day_is_accepted_makes_no_series(self, scene):
        with pytest.raises(BookingRefused):
            services.book_series(first_day=scene.today, rrule="FREQ=WEEKLY;BYDAY=SA;COUNT=3", **scene.own)
        assert not Series.objects.exists()

    def test_too_many_days_and_none_are_refused(self, scene):
        with pytest.raises(BadWish, match="more than 400 days"):
            services.book_series(first_day=scene.today, rrule="FREQ=DAILY;UNTIL=20280101", **scene.own)
        with pytest.raises(BadWish, match="No day follows"):
            services.book_series(first_day=scene.today, rrule="FREQ=WEEKLY;UNTIL=20200101", **scene.own)

    def test_an_endless_daily_rule_stays_within_four_hundred_days(self, scene):
        seen = services.preview_series(
            person=scene.person, first_day=scene.today, rrule="FREQ=DAILY", today=scene.today
        )
        assert len(seen.outcomes) == MOST_OCCURRENCES

    def test_giving_a_series_back_leaves_its_past_days(self, scene):
        made = services.book_series(first_day=scene.today, rrule="FREQ=WEEKLY;BYDAY=TH;COUNT=3", **scene.own)
        scene.today = scene.day(7)

        gone = services.cancel_series(series=made.series, **scene.by(scene.person))

        assert [booking.day for booking in gone] == [date(2026, 6, 18), date(2026, 6, 25)]
        assert Booking.objects.get(day=date(2026, 6, 11)).state == State.REQUESTED
