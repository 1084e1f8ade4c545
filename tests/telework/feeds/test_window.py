"""How many days a feed covers, and what it does when they are too many (requirement 12)."""

from datetime import date, timedelta

import pytest

from telework.feeds.window import MOST_OCTETS, fitting, window
from telework.models import Booking, State
from tests import factories

from .conftest import MADE, events, starts, unfolded, values


@pytest.mark.parametrize("offset", range(0, 800, 7))
def test_the_window_reaches_60_to_91_days_back_and_12_to_18_months_ahead(offset):
    today = date(2026, 1, 1) + timedelta(days=offset)
    first, last = window(today)
    assert 60 <= (today - first).days <= 90
    assert 365 <= (last - today).days <= 548


def test_the_window_moves_with_the_month_and_not_with_the_day():
    assert window(date(2026, 6, 10)) == (date(2026, 4, 1), date(2027, 6, 30))
    assert window(date(2026, 6, 11)) == window(date(2026, 6, 10))
    assert window(date(2024, 2, 29)) == (date(2023, 12, 1), date(2025, 2, 28))


def test_days_outside_the_window_are_left_out_and_the_description_says_which_are_in(fetch, person, book):
    for day in (date(2026, 3, 31), date(2026, 4, 1), date(2027, 6, 30), date(2027, 7, 1)):
        book(person, day)
    lines = fetch(person)
    assert starts(lines) == ["20260401", "20270630"]
    assert values(lines, "X-WR-CALDESC") == ["Days from Wednesday 1 April 2026 to Wednesday 30 June 2027."]


def test_narrowing_gives_up_months_ahead_first_then_the_past_then_days_ahead():
    today = date(2026, 6, 10)
    days = [today + timedelta(days=number) for number in range(-70, 380)]
    widths = [fitting(today, days, [10] * len(days), room) for room in (4500, 1500, 400, 200, 30, 0)]
    assert widths[0] == (date(2026, 4, 1), date(2027, 6, 30))
    assert widths[1] == (date(2026, 4, 1), date(2026, 7, 31))
    assert widths[2].first > date(2026, 5, 1) and widths[2].last == date(2026, 6, 30)
    assert widths[3] == (today, today + timedelta(days=19))
    assert widths[4] == (today, today + timedelta(days=2))
    assert widths[5].last < widths[5].first


def test_a_team_that_would_pass_a_million_octets_is_narrowed_and_says_so(client, subscribe, team):
    reader = factories.eligible_person(team=team)
    people = [factories.PersonFactory(first_name="Maximilienne-Aurélie" * 3) for _ in range(12)]
    for person in people:
        factories.MembershipFactory(person=person, team=team)
    days = [date(2026, 6, 1) + timedelta(days=number) for number in range(360)]
    Booking.objects.bulk_create(
        Booking(person=person, day=day, state=State.APPROVED, requested_at=MADE, updated_at=MADE)
        for person in people for day in days
    )  # fmt: skip
    octets = client.get(subscribe(reader, team=team)).content
    lines = unfolded(octets)
    assert len(octets) <= MOST_OCTETS
    assert "only: more would be too long for a calendar." in values(lines, "X-WR-CALDESC")[0]
    shown = starts(lines)
    last = max(shown)
    told = sum(1 for day in days if f"{day:%Y%m%d}" <= last) * len(people)
    assert len(events(lines)) == told > 2000  # no day in the window is missing
