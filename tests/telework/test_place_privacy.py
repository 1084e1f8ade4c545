"""Where somebody lives is told to the manager who answers, and not to HR who only steps in."""

import pytest
from django.urls import reverse

from people.models import Role
from telework import services
from telework.models import Booking
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def overdue(scene, clock) -> Booking:
    """A request of Camille that should have been answered a week ago."""
    clock("2026-06-08T08:00+00:00")
    (outcome,) = services.book_days(days=[scene.day(4)], **scene.own)
    Booking.objects.update(answer_by=scene.day(-7))
    return outcome.booking


def test_the_manager_reads_the_commune(scene, sign_in, overdue):
    page = sign_in(scene.manager).get(reverse("request", args=[overdue.uid]))
    assert "home, Niort" in page.content.decode()


def test_hr_steps_in_without_the_commune(scene, sign_in, overdue):
    hr = factories.eligible_person(entity=scene.person.entity, site=scene.person.site)
    factories.grant(hr, Role.HR)
    page = sign_in(hr).get(reverse("request", args=[overdue.uid])).content.decode()
    assert "home" in page
    assert "Niort" not in page
