"""The manager's answers, corrections after the fact, and notes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.models import Message
from people.models import AuditEvent
from policies.core import explain
from policies.core.facts import Part
from telework import services
from telework.errors import BadWish, BookingRefused, StaleVersion, WrongState
from telework.models import Booking, State
from telework.recorded import unpack
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(scene):
    return services.book_day(day=scene.day(4), **scene.own)


def test_an_approval_is_kept_with_who_and_when_and_the_person_is_told(scene, request_):
    (answer,) = services.approve_bookings(bookings=[request_], note="Enjoy.", **scene.by(scene.manager))

    booking = Booking.objects.get()
    assert answer.done
    assert (booking.state, booking.answered_by, booking.answered_at) == (State.APPROVED, scene.manager, scene.now)
    assert booking.notes.get().text == "Enjoy."
    assert Message.objects.get(kind="booking.approved").recipient == scene.person
    assert AuditEvent.objects.filter(verb="booking.approved", actor=scene.manager).count() == 1


def test_a_request_made_in_time_is_approved_although_its_notice_has_run_out_meanwhile(scene):
    factories.agreement_in_force(scene.team.entity, notice=4, since=scene.today)
    booking = services.book_day(day=scene.day(4), **scene.own)
    scene.today = scene.day(3)

    (answer,) = services.approve_bookings(bookings=[booking], **scene.by(scene.manager))

    assert answer.done


def test_what_a_rule_refuses_by_now_stays_requested_and_names_the_rule(scene, request_):
    scene.person.autonomy_validated_on = None
    factories.models.Absence.objects.create(person=scene.person, first_day=scene.day(4), last_day=scene.day(4))

    (answer,) = services.approve_bookings(bookings=[request_], **scene.by(scene.manager))

    assert isinstance(answer.error, BookingRefused)
    assert [found.rule for found in answer.error.decision.failing] == ["day_worked"]
    assert Booking.objects.get().state == State.REQUESTED


def test_of_several_each_is_answered_for_and_one_person_gets_one_message(scene):
    bookings = [services.book_day(day=scene.day(ahead), **scene.own) for ahead in (1, 2, 3)]
    services.withdraw_booking(booking=bookings[1], **scene.by(scene.person))

    answers = services.approve_bookings(bookings=bookings, **scene.by(scene.manager))

    assert [answer.done for answer in answers] == [True, False, True]
    assert "withdrawn meanwhile" in answers[1].error.sentence()
    message = Message.objects.get(kind="booking.approved")
    assert message.data["bookings"] == [str(bookings[0].uid), str(bookings[2].uid)]


def test_queries_do_not_grow_with_the_number_of_requests_or_people(scene):
    counts = []
    for number in (2, 8):
        people = [factories.eligible_person(team=scene.team) for _ in range(number)]
        bookings = [
            services.book_day(person=person, day=scene.day(ahead), **scene.by(person))
            for person in people
            for ahead in (3, 4)
        ]
        with CaptureQueriesContext(connection) as seen:
            services.approve_bookings(bookings=bookings, **scene.by(scene.manager))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_day_that_has_passed_is_not_approved_as_planning(scene, request_):
    scene.today = scene.day(5)
    (answer,) = services.approve_bookings(bookings=[request_], **scene.by(scene.manager))
    assert isinstance(answer.error, WrongState)


def test_a_request_changed_since_the_manager_saw_it_is_not_approved(scene, request_):
    seen = {request_.uid: request_.version}
    services.edit_booking(booking=request_, day=scene.day(7), **scene.by(scene.person))

    (answer,) = services.approve_bookings(bookings=[request_], versions=seen, **scene.by(scene.manager))

    assert isinstance(answer.error, StaleVersion)
    assert Booking.objects.get().state == State.REQUESTED


def test_a_refusal_needs_a_reason_of_the_list_and_a_text_when_it_is_another(scene, request_):
    with pytest.raises(BadWish, match="not a reason"):
        services.refuse_bookings(bookings=[request_], reason="mood", **scene.by(scene.manager))
    with pytest.raises(BadWish, match="Write a short reason"):
        services.refuse_bookings(bookings=[request_], reason="other", text="  ", **scene.by(scene.manager))

    services.refuse_bookings(bookings=[request_], reason="coverage", **scene.by(scene.manager))

    booking = Booking.objects.get()
    assert (booking.state, booking.reason) == (State.REFUSED, "coverage")
    assert Message.objects.get(kind="booking.refused").recipient == scene.person


def test_a_refused_day_gives_its_halves_back(scene, request_):
    services.refuse_bookings(bookings=[request_], reason="coverage", **scene.by(scene.manager))
    assert services.book_day(day=scene.day(4), **scene.own).state == State.REQUESTED


def test_an_answered_request_is_not_answered_twice(scene, request_):
    services.refuse_bookings(bookings=[request_], reason="coverage", **scene.by(scene.manager))
    (answer,) = services.approve_bookings(bookings=[request_], **scene.by(scene.manager))
    assert "was refused" in answer.error.sentence()


def test_nothing_chosen_is_said(scene):
    with pytest.raises(BadWish, match="No request was chosen"):
        services.approve_bookings(bookings=[], **scene.by(scene.manager))


class TestCorrections:
    def test_recorded_by_the_person_it_awaits_an_answer_even_where_planning_needs_none(self, scene):
        factories.agreement_in_force(scene.team.entity, approval=False)
        booking = services.correct_day(day=scene.day(-3), **scene.own)
        assert (booking.correction, booking.state) == (True, State.REQUESTED)
        assert booking.answer_by > scene.today

    def test_recorded_by_who_answers_it_counts_at_once_and_the_person_is_told(self, scene):
        booking = services.correct_day(person=scene.person, day=scene.day(-3), settled=True, **scene.by(scene.manager))
        assert booking.state == State.APPROVED
        assert Message.objects.get().kind == "booking.corrected"

    def test_its_request_can_be_approved_after_the_day(self, scene):
        booking = services.correct_day(day=scene.day(-3), **scene.own)
        (answer,) = services.approve_bookings(bookings=[booking], **scene.by(scene.manager))
        assert answer.done

    def test_notice_does_not_hold_but_caps_do(self, scene):
        factories.agreement_in_force(scene.team.entity, notice=5, yearly=1, since=scene.day(-30))
        services.correct_day(day=scene.day(-3), **scene.own)
        with pytest.raises(BookingRefused) as refused:
            services.correct_day(day=scene.day(-4), **scene.own)
        assert [found.rule for found in refused.value.decision.failing] == ["yearly_cap"]

    def test_a_day_to_come_is_planning(self, scene):
        with pytest.raises(BadWish, match="book it"):
            services.correct_day(day=scene.day(1), **scene.own)

    def test_planning_a_past_day_is_refused_by_the_agreement(self, scene):
        with pytest.raises(BookingRefused):
            services.book_day(day=scene.day(-3), **scene.own)

    def test_a_past_day_is_removed_with_a_reason_and_given_back(self, scene):
        factories.agreement_in_force(scene.team.entity, yearly=0.5, since=scene.day(-30))
        booking = services.correct_day(
            person=scene.person, day=scene.day(-3), part=Part.MORNING, settled=True, **scene.by(scene.manager)
        )
        services.remove_day(booking=booking, text="She was on site.", **scene.by(scene.manager))

        assert Booking.objects.get().state == State.CANCELLED
        assert services.book_day(day=scene.day(4), part=Part.MORNING, **scene.own)

    def test_a_day_to_come_is_cancelled_not_removed(self, scene):
        booking = services.book_day(day=scene.day(4), **scene.own)
        services.approve_bookings(bookings=[booking], **scene.by(scene.manager))
        booking.refresh_from_db()
        with pytest.raises(WrongState, match="still to come"):
            services.remove_day(booking=booking, text="No.", **scene.by(scene.manager))


class TestNotes:
    def test_the_other_side_is_told_and_the_text_stays_out_of_the_audit(self, scene, request_):
        Message.objects.all().delete()
        services.add_note(booking=request_, text="Who covers the desk?", **scene.by(scene.manager))
        services.add_note(booking=request_, text="Mehdi does.", **scene.by(scene.person))

        assert [message.recipient for message in Message.objects.order_by("pk")] == [scene.person, scene.manager]
        assert "Mehdi" not in str(list(AuditEvent.objects.values_list("data", flat=True)))

    def test_an_empty_note_is_refused(self, scene, request_):
        with pytest.raises(BadWish):
            services.add_note(booking=request_, text=" \n", **scene.by(scene.manager))

    def test_a_note_of_more_than_a_thousand_characters_is_refused(self, scene, request_):
        with pytest.raises(BadWish, match="1001 characters"):
            services.add_note(booking=request_, text="x" * 1001, **scene.by(scene.manager))


def test_the_decision_recorded_with_a_request_reads_in_either_language_later(scene, request_):
    decision = unpack(Booking.objects.get().decision)
    for finding in decision.findings:
        assert explain.sentence(finding, "fr") and explain.sentence(finding, "en")
    assert decision.request.day == scene.today + timedelta(days=4)
