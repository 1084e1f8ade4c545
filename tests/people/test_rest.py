"""Rest between posts: elapsed hours, across the clock change, day by day and week by week; the text by country."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from people.rest import DAILY, WEEKLY, Post, lacks_of, law_of

PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 6, 15)


def post(day: date, start: str, end: str) -> Post:
    first, last = (datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=PARIS) for clock in (start, end))
    return Post(day, first, last if last > first else (last.replace(tzinfo=None) + timedelta(1)).replace(tzinfo=PARIS))


def found(posts, first=MONDAY, last=MONDAY + timedelta(days=6), zone="Europe/Paris"):
    return lacks_of(posts, law_of("FR"), zone=zone, first=first, last=last)


@pytest.mark.parametrize(("starts", "lacking"), [("01:00", False), ("00:59", True)])
def test_eleven_hours_lie_between_the_posts_of_two_days(starts, lacking):
    posts = [post(MONDAY, "08:00", "14:00"), post(MONDAY + timedelta(days=1), starts, "06:00")]
    assert [lack.rule for lack in found(posts)] == ([DAILY] if lacking else [])


@pytest.mark.parametrize(
    ("night", "rest"), [(date(2026, 3, 28), timedelta(hours=10)), (date(2026, 10, 24), timedelta(hours=12))]
)
def test_a_night_of_the_clock_change_is_as_long_as_it_is(night, rest):
    """From 20:00 to 7:00 there are eleven hours on any other night."""
    posts = [post(night, "12:00", "20:00"), post(night + timedelta(days=1), "07:00", "12:00")]
    lacks = [lack for lack in found(posts, night, night) if lack.rule == DAILY]
    assert [lack.rest for lack in lacks] == ([rest] if rest < timedelta(hours=11) else [])


def test_a_week_needs_thirty_five_hours_at_a_stretch_a_day_of_which_lies_in_it():
    seven = [post(MONDAY + timedelta(days=number), "09:00", "17:00") for number in range(7)]
    (lack,) = found(seven)
    assert (lack.rule, lack.day, lack.rest) == (WEEKLY, MONDAY, timedelta(hours=16))
    assert "L3132-2" in lack.minimum.reference
    assert found(seven[:6]) == []


def test_a_rest_of_the_weeks_around_does_not_stand_for_this_one():
    """From Saturday to the next week's Friday evening, then Saturday and Sunday of that week: rest lies outside."""
    posts = [post(MONDAY + timedelta(days=number), "08:00", "18:00") for number in range(7)]
    assert [lack.rule for lack in found(posts)] == [WEEKLY]
    assert found([post(MONDAY - timedelta(days=7), "08:00", "18:00"), *posts[:5]]) == []


def test_a_week_without_a_post_and_two_posts_of_one_date_lack_nothing():
    assert found([]) == []
    split = [Post(MONDAY, post(MONDAY, "06:00", "10:00").start, post(MONDAY, "18:00", "21:00").end)]
    assert found(split) == []


def test_the_text_follows_the_country_of_the_site():
    assert "Code du travail" in law_of("FR-57").daily.reference
    assert "2003/88" in law_of("DE-BY").daily.reference
    assert law_of("US-CA") is None
