"""A refused day offers the nearest free ones, coverage included; one tap books one, with a script or without."""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from telework import services
from telework.models import State
from tests import factories

pytestmark = pytest.mark.browser
THURSDAY = date(2026, 6, 18)


@pytest.fixture
def colleague(transactional_db, clock):
    """Three people; two must be on site on Thursday 18 and Friday 19 June, and one is remote on both."""
    clock("2026-06-08T09:00+02:00")
    team = factories.TeamFactory()
    factories.agreement_in_force(team.entity)
    factories.manager_of(team, first_name="Nadia", last_name="Benali")
    first, person = (factories.eligible_person(team=team) for _ in range(2))
    closed = {"layer": 2, "number": 2, "dates": [str(THURSDAY), "2026-06-19"]}
    factories.requirement(team, 0, layers=(closed,))
    for day in (THURSDAY, date(2026, 6, 19)):
        services.book_day(
            person=first, day=day, actor=first, now=datetime(2026, 6, 8, 7, tzinfo=UTC), today=date(2026, 6, 8)
        )
    return person


@pytest.mark.parametrize(("scripts", "width"), [(True, 1440), (True, 390), (False, 1440), (False, 390)])
def test_one_tap_books_the_nearest_day_that_is_free(open_page, colleague, scripts, width):
    page = open_page(colleague, f"/year/2026/?day={THURSDAY}", scripts=scripts, width=width)
    expect(page.locator("#panel")).to_contain_text("Thu 09:00–17:00: 1 of 2 people would remain on site.")
    near = page.locator(".near-by form")
    offered = near.locator("input[name=day]").evaluate_all("fields => fields.map(field => field.value)")
    assert offered == ["2026-06-15", "2026-06-16", "2026-06-17"], "Friday is as near, but closed"
    near.nth(2).get_by_role("button").click()
    expect(page.locator("#toasts")).to_contain_text("Wednesday 17 June is requested.")
    booking = colleague.bookings.get()
    assert (booking.day, booking.state) == (date(2026, 6, 17), State.REQUESTED)
