"""A roster, an absence or a requirement changes: the new gaps are found and told, and no telework is ever cancelled."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from notifications.models import Message
from notifications.services import sweep
from people.models import Shift
from people.services import add_absence
from policies.models import Slot
from telework import services
from telework.models import Booking, State
from tests import factories
from tests.telework.coverage.conftest import SATURDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(night):
    person = factories.eligible_person(team=night.scene.team, first_name="Paule")
    factories.grant(person, "planner")
    return person


def recheck(night, people=(), **how):
    span = {"first": SATURDAY - timedelta(days=7), "last": SATURDAY + timedelta(days=7)}
    return services.rechecked(people=people, **span | how, **night.scene.by(night.scene.manager))


def absent(night, person):
    return add_absence(person, first_day=SATURDAY, last_day=SATURDAY, by=person, now=night.scene.now)


def test_an_absence_that_opens_a_gap_is_told_to_the_planner_and_to_whom_it_concerns(night, planner):
    booking = night.book(night.supervisors[0])
    Message.objects.all().delete()

    with recheck(night, night.supervisors[1:2]) as report:
        absent(night, night.supervisors[1])

    ((need, gap),) = report.gaps
    assert (need.requirement, gap.value, gap.limit, gap.end - gap.start) == (night.need, 2, 3, 480)
    assert report.concerned == [booking]
    booking.refresh_from_db()
    assert booking.is_active, "nothing is cancelled silently"
    assert set(Message.objects.values_list("recipient", flat=True)) == {planner.pk, night.supervisors[0].pk}

    sweep(night.scene.now)
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert letters[planner.email].subject == "Coverage: 1 new gap"
    assert "Sat 22:00–06:00: 2 of 3 supervisors on site." in letters[planner.email].body
    assert re.search(r"/coverage/\d{4}-\d{2}/\?day=\d{4}-\d{2}-\d{2}", letters[planner.email].body)
    own = letters[night.supervisors[0].email]
    assert "Saturday 20 June" in own.subject and "Nothing was cancelled" in own.body and "2 of 3" in own.body


def test_a_change_that_leaves_enough_people_tells_nobody(night, planner):
    with recheck(night, night.supervisors[1:2]) as report:
        absent(night, night.supervisors[1])
    assert report.gaps == [] and not Message.objects.exists()


def test_a_shortage_there_was_before_is_not_new_but_a_deeper_one_is(night, planner):
    for person in night.supervisors[:2]:
        absent(night, person)
    with recheck(night, night.supervisors[2:3]) as same:
        pass
    with recheck(night, night.supervisors[2:3]) as deeper:
        absent(night, night.supervisors[2])
    assert same.gaps == []
    assert [gap.value for _need, gap in deeper.gaps] == [1]


def test_telework_on_a_day_that_is_no_longer_worked_is_named(night, planner):
    booking = night.book(night.supervisors[0])
    with recheck(night, night.supervisors[:1]) as report:
        absent(night, night.supervisors[0])
    assert report.idle == [booking]
    sweep(night.scene.now)
    bodies = {letter.to[0]: letter.body for letter in mail.outbox}
    assert "no work is planned then any more" in bodies[night.supervisors[0].email]


def test_a_stricter_requirement_is_rechecked_too(night, planner):
    booking = night.book(night.supervisors[0])
    with recheck(night, requirements=[night.need.pk]) as report:
        Slot.objects.filter(requirement=night.need).update(number=4)
    assert {gap.limit for _need, gap in report.gaps} == {4} and report.bookings == [booking]


def test_the_past_is_never_rechecked(night):
    past = SATURDAY - timedelta(days=60)
    with recheck(night, night.supervisors, first=past, last=past) as report:
        Shift.objects.all().delete()
    assert report.gaps == [] and Booking.objects.filter(state=State.CANCELLED).count() == 0


def test_a_failure_inside_leaves_everything_as_it_was(night):
    with pytest.raises(RuntimeError), recheck(night, night.supervisors):
        Shift.objects.all().delete()
        raise RuntimeError
    assert Shift.objects.count() == 4


def test_the_letter_comes_in_french_as_well(night, planner):
    planner.account.language = "fr"
    planner.account.save()
    night.book(night.supervisors[0])
    with recheck(night, night.supervisors[1:2]):
        absent(night, night.supervisors[1])
    sweep(night.scene.now)
    (letter,) = [letter for letter in mail.outbox if letter.to == [planner.email]]
    assert letter.subject == "Couverture\u202f: 1 nouveau manque"
