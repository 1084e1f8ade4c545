"""An agreement whose year begins in September counts the days since September, wherever they are shown or judged."""

from datetime import date, timedelta

import pytest

from policies.core.decision import Verdict
from telework import services
from telework.letters import Facts as Letter
from telework.lines import lines_of_answer
from telework.models import Booking, State
from telework.year import year_of
from tests import factories

pytestmark = pytest.mark.django_db
CAP = 10


@pytest.fixture
def year_full(scene):
    """Ten days of the year that began in September 2025 are taken, all of them before January."""
    text = factories.agreement_text(yearly=CAP).replace('choice = "civil"', 'choice = "from_month"\nmonth = 9')
    factories.agreement_in_force(scene.team.entity, text=text, since=date(2020, 1, 2))
    for number in range(CAP):
        day = date(2025, 10, 6) + timedelta(weeks=number)
        Booking.objects.create(
            person=scene.person, day=day, state=State.APPROVED, requested_at=scene.now, updated_at=scene.now
        )
    return scene


def test_my_year_greys_the_days_and_shows_the_balance_of_the_whole_agreement_year(year_full):
    year = year_of(year_full.person, 2026, today=year_full.today)
    assert (year.balance.done, year.balance.left) == (CAP, 0)
    assert year.glances[year_full.day(1)].rule == "yearly_cap"
    assert year.glances[date(2026, 9, 1)].verdict is not Verdict.REFUSED


def test_the_balance_of_the_api_counts_them_too(year_full, client):
    client.force_login(year_full.person.account)
    answer = client.get(f"/api/v1/people/{year_full.person.uid}/balance", {"day": "2026-06-08"})
    assert (answer.json()["done"], answer.json()["left"]) == ("10", "0")


def test_an_approval_counts_them_too(year_full):
    waiting = Booking.objects.create(
        person=year_full.person, day=year_full.day(2), requested_at=year_full.now, updated_at=year_full.now
    )
    answer = services.approve_bookings(bookings=[waiting], **year_full.by(year_full.manager))[0]
    assert answer.error is not None and answer.error.data()["rule"] == "yearly_cap"


def test_a_letter_tells_what_is_left_of_that_year(year_full):
    booking = Booking.objects.select_related("person__site", "place").get(day=date(2025, 12, 8))
    letter = Letter(year_full.person, (booking,), year_full.manager, None, year_full.today)
    told = {line.label: line.values for line in lines_of_answer(letter)}
    assert told["Your year"] == ("0 days left of 10",)
