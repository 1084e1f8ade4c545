"""A chain of approval: opinions and decisions in their order, the pending step shown, and who is told at each."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from notifications.models import Message
from telework import services
from telework.context import sights_of
from telework.errors import WrongState
from telework.models import State, StepAnswer
from tests import factories

CHAIN = """
[labels]
manager = {{ fr = "avis du responsable", en = "the manager’s opinion" }}
hr = {{ fr = "décision des ressources humaines", en = "the decision of human resources" }}
[[rules]]
kind = "approval_chain"
article = "1"
[[rules.values]]
from = 2020-01-01
steps = [{{ who = "manager", role = "{role}" }}, {{ who = "hr", role = "decides" }}]
"""
REPLY = """
[[rules]]
kind = "reply_deadline"
article = "1"
[[rules.values]]
from = 2020-01-01
within = { n = 10, unit = "calendar_day" }
"""


@pytest.fixture(params=["opinion"])
def chained(scene, request):
    text = factories.agreement_text(approval=False) + CHAIN.format(role=request.param)
    factories.agreement_in_force(scene.team.entity, text=text, since=date(2020, 1, 2))
    scene.hr = factories.eligible_person(team=scene.team, first_name="Helene")
    factories.grant(scene.hr, "hr")
    return scene


deciding = pytest.mark.parametrize("chained", ["decides"], indirect=True)


def asked(scene, ahead: int = 8):
    return services.book_day(day=scene.day(ahead), **scene.own)


def approve(scene, booking, actor):
    return services.approve_bookings(bookings=[booking], **scene.by(actor))[0]


def refuse(scene, booking, actor):
    return services.refuse_bookings(bookings=[booking], reason="team_presence", text="", **scene.by(actor))[0]


def told(kind="booking.requested"):
    return [message.recipient.first_name for message in Message.objects.filter(kind=kind).order_by("pk")]


def test_the_request_goes_from_the_manager_to_human_resources_and_is_then_approved(chained):
    booking = asked(chained)
    assert (booking.state, booking.awaits) == (State.REQUESTED, "manager")
    answer = approve(chained, booking, chained.manager)
    assert answer.done
    assert (answer.booking.state, answer.booking.awaits) == (State.REQUESTED, "hr")
    assert told() == [chained.manager.first_name, "Helene"]
    final = approve(chained, answer.booking, chained.hr).booking
    assert (final.state, final.awaits) == (State.APPROVED, "")
    assert list(StepAnswer.objects.values_list("step", "yes", "by")) == [
        ("manager", True, chained.manager.pk),
        ("hr", True, chained.hr.pk),
    ]


def test_an_unfavourable_opinion_is_kept_and_does_not_refuse(chained):
    answer = refuse(chained, asked(chained), chained.manager)
    assert (answer.booking.state, answer.booking.awaits) == (State.REQUESTED, "hr")
    assert list(StepAnswer.objects.values_list("step", "yes")) == [("manager", False)]
    assert told("booking.refused") == []
    assert approve(chained, answer.booking, chained.hr).booking.state == State.APPROVED


@deciding
def test_a_step_that_decides_refuses_at_once(chained):
    answer = refuse(chained, asked(chained), chained.manager)
    assert answer.booking.state == State.REFUSED
    assert told("booking.refused") == ["Camille"]


def test_human_resources_refuse_at_the_end(chained):
    waiting = approve(chained, asked(chained), chained.manager).booking
    assert refuse(chained, waiting, chained.hr).booking.state == State.REFUSED


@pytest.mark.parametrize("act", [approve, refuse])
def test_the_manager_does_not_answer_in_the_place_of_human_resources(chained, act):
    waiting = approve(chained, asked(chained), chained.manager).booking
    answer = act(chained, waiting, chained.manager)
    assert isinstance(answer.error, WrongState)
    assert "the decision of human resources" in answer.error.sentence()
    assert answer.booking.state == State.REQUESTED


def test_a_day_that_moves_begins_the_chain_anew(chained):
    waiting = approve(chained, asked(chained), chained.manager).booking
    moved = services.edit_booking(booking=waiting, day=chained.day(9), **chained.by(chained.person))
    assert (moved.awaits, StepAnswer.objects.count()) == ("manager", 0)


def test_each_sees_in_the_inbox_what_awaits_them(chained, client, clock):
    clock(chained.now.isoformat())
    booking = asked(chained)

    def inbox(actor):
        client.force_login(actor.account)
        return reverse("request", args=[booking.uid]) in client.get(reverse("requests")).content.decode()

    assert (inbox(chained.manager), inbox(chained.hr)) == (True, False)
    approve(chained, booking, chained.manager)
    assert (inbox(chained.manager), inbox(chained.hr)) == (False, True)


def test_the_step_awaited_is_shown_to_the_person_and_with_the_answers_to_human_resources(chained, client, clock):
    clock(chained.now.isoformat())
    booking = approve(chained, asked(chained), chained.manager).booking
    client.force_login(chained.person.account)
    page = client.get(reverse("year_day", args=[booking.day]), headers={"HX-Request": "true"}).content.decode()
    assert "Awaited now: the decision of human resources." in page
    client.force_login(chained.hr.account)
    page = client.get(reverse("request", args=[booking.uid])).content.decode()
    assert "The manager’s opinion" in page


def test_the_time_to_reply_of_the_agreement_is_the_last_day_for_an_answer(chained):
    text = factories.agreement_text() + REPLY
    factories.agreement_in_force(chained.team.entity, text=text, since=date(2020, 1, 3))
    assert asked(chained, 30).answer_by == chained.today + timedelta(days=10)
    assert asked(chained, 4).answer_by == chained.day(3), "never after the day itself"


@deciding
def test_the_badge_of_the_manager_counts_what_awaits_them_and_no_later_step(chained, clock):
    clock(chained.now.isoformat())
    booking = asked(chained)
    assert sights_of(chained.manager).waiting == 1
    assert approve(chained, booking, chained.manager).booking.awaits == "hr"
    assert sights_of(chained.manager).waiting == 0
