"""An exception beside a single day: of a day that is moved, of several days, of a series. And undo of a whole batch."""

import json
from datetime import date

import pytest
from django.urls import reverse

from notifications.models import Message
from people.models import AuditEvent, Role
from telework import services
from telework.errors import BadWish, BookingRefused
from telework.models import Booking, BookingNote, State
from tests import factories

from .conftest import SATURDAY

pytestmark = pytest.mark.django_db
SUNDAY = date(2026, 6, 21)
WHY = "My child is ill."


@pytest.fixture
def closed(night):
    """Saturday night has no place left; the second supervisor works on Sunday as well, where nothing is required."""
    night.need.slots.update(days=[5])
    night.book(night.supervisors[0])
    factories.shift(night.supervisors[1], "2026-06-21T22:00+02:00", "2026-06-22T06:00+02:00")
    return night


@pytest.fixture(autouse=True)
def _monday_morning(clock):
    clock("2026-06-08T08:00+00:00")


def move(night, booking, **wish):
    return services.edit_booking(booking=booking, day=SATURDAY, **wish, **night.scene.by(booking.person))


def ask(night, **wish):
    person = night.supervisors[1]
    return services.book_days(person=person, days=[SATURDAY, SUNDAY], **wish, **night.scene.by(person))


def test_a_day_moves_onto_a_closed_one_only_as_an_exception_with_a_reason(closed):
    booking = closed.book(closed.supervisors[1], day=SUNDAY)
    with pytest.raises(BookingRefused):
        move(closed, booking)
    with pytest.raises(BadWish):
        move(closed, booking, exception=True)
    assert Booking.objects.get(pk=booking.pk).day == SUNDAY
    moved = move(closed, booking, exception=True, note=WHY)
    assert (moved.day, moved.state, moved.exception) == (SATURDAY, State.REQUESTED, True)
    assert BookingNote.objects.get(booking=moved).text == WHY


def test_a_moved_exception_is_granted_for_a_reason_that_the_audit_and_the_planner_keep(closed):
    planner = factories.eligible_person(team=closed.scene.team)
    factories.grant(planner, Role.PLANNER)
    moved = move(closed, closed.book(closed.supervisors[1], day=SUNDAY), exception=True, note=WHY)
    assert not closed.approve(moved)[0].done
    assert closed.approve(Booking.objects.get(pk=moved.pk), override="Inès comes in.")[0].done
    assert AuditEvent.objects.get(verb="booking.exception_granted").data["reason"] == "Inès comes in."
    assert Message.objects.get(kind="booking.exception_granted").recipient == planner


def test_the_reason_of_an_exception_does_not_follow_to_another_day(closed):
    booking = closed.book(closed.supervisors[1], exception=True, note=WHY)
    closed.approve(booking, override="Inès comes in.")
    booking = Booking.objects.get(pk=booking.pk)
    moved = services.edit_booking(booking=booking, day=SUNDAY, **closed.scene.by(booking.person))
    moved.refresh_from_db()
    assert (moved.exception, moved.reason_text) == (False, "")


def test_of_several_days_the_closed_ones_are_asked_for_as_exceptions_each_with_the_reason(closed):
    assert [outcome.accepted for outcome in ask(closed)] == [False, True]
    Booking.objects.filter(person=closed.supervisors[1]).delete()
    with pytest.raises(BadWish):
        ask(closed, exception=True)
    saturday, sunday = (outcome.booking for outcome in ask(closed, exception=True, note=WHY))
    assert (saturday.exception, sunday.exception) == (True, False)
    assert list(BookingNote.objects.values_list("booking", "text")) == [(saturday.pk, WHY)]


def test_an_exception_of_several_days_takes_no_place_from_anybody(closed):
    ask(closed, exception=True, note=WHY)
    services.withdraw_booking(
        booking=Booking.objects.get(person=closed.supervisors[0]), **closed.scene.by(closed.supervisors[0])
    )
    closed.book(closed.supervisors[2])


def test_what_the_agreement_refuses_is_no_exception_in_a_series(closed):
    person = closed.supervisors[1]
    series = services.book_series(
        person=person,
        first_day=SATURDAY,
        rrule="FREQ=WEEKLY;COUNT=2",
        exception=True,
        note=WHY,
        **closed.scene.by(person),
    )
    assert [bool(outcome.booking) for outcome in series.outcomes] == [True, False]
    assert series.outcomes[0].booking.exception


def test_pages_offer_exceptions_in_a_range_a_series_and_a_move_without_a_script(closed, sign_in):
    client = sign_in(closed.supervisors[1])
    span = {"first": str(SATURDAY), "last": str(SUNDAY)}
    assert "Ask for 1 more as an exception" in client.get(reverse("year_days"), span).content.decode()
    wish = {"preview": "1", "first": str(SATURDAY), "rrule": "FREQ=DAILY;COUNT=2"}
    assert "Ask for 1 more as an exception" in client.get(reverse("year_series"), wish).content.decode()
    client.post(reverse("book_days"), span | {"exception": "yes", "note": WHY})
    assert list(Booking.objects.filter(person=closed.supervisors[1]).values_list("exception", flat=True)) == [
        True,
        False,
    ]
    Booking.objects.filter(person=closed.supervisors[1], exception=True).delete()
    booking = Booking.objects.get(person=closed.supervisors[1])
    fields = {"day": str(SATURDAY), "version": booking.version, "exception": "yes", "note": WHY}
    client.post(reverse("booking_move", args=[booking.uid]), fields)
    booking.refresh_from_db()
    assert (booking.day, booking.exception) == (SATURDAY, True)


def test_the_api_takes_exceptions_of_several_days_a_series_and_a_move(closed, sign_in):
    client = sign_in(closed.supervisors[1])

    def send(act, path, body):
        return act(f"/api/v1{path}", json.dumps(body), content_type="application/json")

    wish = {"days": [str(SATURDAY)], "exception": True, "note": WHY}
    assert send(client.post, "/bookings", wish).status_code == 201
    Booking.objects.filter(person=closed.supervisors[1]).delete()
    series = {"first_day": str(SATURDAY), "rrule": "FREQ=DAILY;COUNT=1", "exception": True, "note": WHY}
    assert send(client.post, "/series", series).status_code == 201
    Booking.objects.filter(person=closed.supervisors[1]).delete()
    uid = send(client.post, "/bookings", {"day": str(SUNDAY)}).json()["uid"]
    edit = {"version": 1, "day": str(SATURDAY)}
    assert send(client.patch, f"/bookings/{uid}", edit).status_code == 409
    assert send(client.patch, f"/bookings/{uid}", edit | {"exception": True, "note": WHY}).status_code == 200


def test_the_inbox_offers_the_override_for_a_batch_that_holds_an_exception(closed, sign_in):
    ask(closed, exception=True, note=WHY)
    sunday = Booking.objects.get(person=closed.supervisors[1], day=SUNDAY)
    page = sign_in(closed.scene.manager).get(reverse("request", args=[sunday.uid])).content.decode()
    assert 'name="override"' in page


def test_one_tap_takes_a_whole_range_back_and_leaves_other_days(closed, sign_in):
    client, person = sign_in(closed.supervisors[1]), closed.supervisors[1]
    factories.shift(person, "2026-06-22T22:00+02:00", "2026-06-23T06:00+02:00")
    other = closed.book(person, day=date(2026, 6, 22))
    page = client.post(
        reverse("book_days"), {"first": str(SUNDAY), "last": str(SUNDAY)}, headers={"hx-request": "true"}
    ).content.decode()
    booking = Booking.objects.get(person=person, day=SUNDAY)
    undo = reverse("booking_cancel_together", args=[booking.uid])
    assert undo in page
    Booking.objects.filter(pk=other.pk).update(requested_at="2026-06-07T08:00Z")
    client.post(undo)
    states = dict(Booking.objects.filter(person=person).values_list("day", "state"))
    assert states == {SUNDAY: State.CANCELLED, date(2026, 6, 22): State.REQUESTED}
