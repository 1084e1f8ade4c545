"""Requests without an answer: a reminder on the last day, then what the agreement says silence means."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django_q.models import Schedule

from notifications.models import Message
from notifications.tasks import sweep
from telework import services
from telework.models import Booking, State
from telework.services.silence import answer_silence
from telework.tasks import answer_silence as task
from tests import factories

REPLY = """
[[rules]]
kind = "reply_deadline"
article = "1"
[[rules.values]]
from = 2020-01-01
within = {{ n = 5, unit = "calendar_day" }}
{silence}
"""


@pytest.fixture(params=["yes"])
def waiting(scene, request):
    silence = f'silence = "{request.param}"' if request.param else ""
    text = factories.agreement_text() + REPLY.format(silence=silence)
    factories.agreement_in_force(scene.team.entity, text=text, since=date(2020, 1, 2))
    scene.hr = factories.eligible_person(team=scene.team, first_name="Helene")
    factories.grant(scene.hr, "hr")
    scene.booking = services.book_day(day=scene.day(30), **scene.own)
    Message.objects.all().delete()
    return scene


def means(silence: str):
    return pytest.mark.parametrize("waiting", [silence], indirect=True)


def after(scene, days: int) -> Booking:
    """The booking once so many days went by, the worker having looked twice."""
    for _ in range(2):
        answer_silence(scene.now + timedelta(days=days))
    return Booking.objects.get()


def told() -> list[tuple[str, str]]:
    return [(message.kind, message.recipient.first_name) for message in Message.objects.order_by("pk")]


def test_nothing_happens_before_the_last_day(waiting):
    assert after(waiting, 4).state == State.REQUESTED
    assert told() == []


def test_those_who_answer_are_reminded_once_on_the_last_day(waiting):
    assert after(waiting, 5).state == State.REQUESTED
    assert told() == [("booking.requested", waiting.manager.first_name)]


def test_silence_that_is_a_yes_grants_the_day_and_tells_the_person(waiting):
    booking = after(waiting, 6)
    assert (booking.state, booking.answered_by) == (State.APPROVED, None)
    assert told() == [("booking.approved", "Camille")]


def test_silence_grants_nothing_that_a_rule_refuses_by_now(waiting):
    waiting.person.contracts.update(end=waiting.day(20))
    assert after(waiting, 6).state == State.REQUESTED


@means("no")
def test_silence_that_is_a_no_refuses_and_says_why(waiting):
    booking = after(waiting, 6)
    assert (booking.state, booking.reason) == (State.REFUSED, "other")
    assert "article 1" in booking.reason_text
    sweep()
    assert "article 1" in mail.outbox[0].body


@means("escalate")
def test_silence_that_goes_up_tells_human_resources_once(waiting):
    assert after(waiting, 6).state == State.REQUESTED
    assert told() == [("booking.requested", "Helene")]


@means("")
def test_a_deadline_without_a_meaning_of_silence_tells_human_resources_too(waiting):
    assert after(waiting, 6).state == State.REQUESTED
    assert told() == [("booking.requested", "Helene")]


def test_agreements_without_a_time_to_reply_leave_requests_as_they_are(scene):
    services.book_day(day=scene.day(30), **scene.own)
    Message.objects.all().delete()
    assert answer_silence(scene.now + timedelta(days=20)) == 0
    assert told() == []


def test_the_worker_looks_every_quarter_of_an_hour(waiting, clock):
    clock((waiting.now + timedelta(days=6)).isoformat())
    assert task() == 1
    schedule = Schedule.objects.get(name="telework.answer_silence")
    assert (schedule.func, schedule.minutes) == ("telework.tasks.answer_silence", 15)
