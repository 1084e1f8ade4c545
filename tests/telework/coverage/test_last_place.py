"""Two people of two teams want the last place of a night at once: exactly one gets it, and the lock is why."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Barrier

import pytest

from telework import services
from telework.models import Booking
from telework.services import judging, lock
from tests import factories
from tests.telework.test_races import all_at_once

from .conftest import SATURDAY, supervisor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rivals(night):
    """Four hold the night, three must: one place for two people who share no team."""
    other = factories.TeamFactory(entity=night.scene.team.entity, site=night.scene.team.site)
    night.supervisors[3].shifts.all().delete()
    night.supervisors.append(supervisor(other))
    return night.supervisors[0], night.supervisors[4]


def race(night, rivals):
    return all_at_once(
        [
            lambda person=person: services.book_day(person=person, day=SATURDAY, **night.scene.by(person))
            for person in rivals
        ],
        workers=2,
    )


def test_two_requests_for_the_last_place_leave_exactly_one(night, rivals):
    assert race(night, rivals) == {"Booking": 1, "BookingRefused": 1}
    assert Booking.objects.count() == 1


def test_without_the_lock_both_get_it(night, rivals, monkeypatch):
    """The negative control: both have read who is on site before either writes."""
    meeting = Barrier(2, timeout=30)
    watched = judging.watched

    def slowly(*args, **options):
        judgement = watched(*args, **options)
        meeting.wait()
        return judgement

    @contextmanager
    def unguarded(people, *, today) -> Iterator[None]:
        yield

    monkeypatch.setattr(lock, "guarded", unguarded)
    monkeypatch.setattr(judging, "watched", slowly)
    assert race(night, rivals) == {"Booking": 2}
