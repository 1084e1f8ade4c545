"""Asking, moving and giving back days, through the services."""

from datetime import timedelta

import pytest

from notifications.models import Message
from people.access import leaders_of
from people.models import AuditEvent, Person
from policies.core.facts import Part
from policies.selectors import timeline_for
from telework import services
from telework.errors import AgreementSilent, BadWish, BookingRefused, LostRace, NoAgreement, StaleVersion, WrongState
from telework.models import Booking, State
from telework.recorded import unpack
from telework.selectors import answerers_of
from telework.services import judging
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_day_is_requested_with_its_decision_one_audit_event_and_one_message_to_the_manager(scene):
    before = scene.person.calendar_version

    booking = services.book_day(day=scene.day(4), note="Back on site if needed.", **scene.own)

    booking.refresh_from_db()
    assert (booking.state, booking.part, booking.place.label) == (State.REQUESTED, Part.FULL, "home")
    assert [found.rule for found in unpack(booking.decision).findings]
    assert booking.notes.get().text == "Back on site if needed."
    assert AuditEvent.objects.get(subject_uid=booking.uid).verb == "booking.asked"
    assert Message.objects.get().recipient == scene.manager
    assert Person.objects.get(pk=scene.person.pk).calendar_version == before + 1


def test_a_day_is_approved_at_once_where_the_agreement_wants_no_answer(scene):
    factories.agreement_in_force(scene.team.entity, approval=False, since=scene.today)

    booking = services.book_day(day=scene.day(4), **scene.own)

    assert (booking.state, booking.answer_by) == (State.APPROVED, None)


@pytest.mark.parametrize(
    ("ahead", "answer_in"), [(1, 0), (2, 1), (3, 2), (10, 3)], ids=["tomorrow", "Wednesday", "Thursday", "later"]
)
def test_an_answer_is_due_in_three_working_days_but_before_the_day_itself(scene, ahead, answer_in):
    assert services.book_day(day=scene.day(ahead), **scene.own).answer_by == scene.day(answer_in)


def test_working_days_for_an_answer_leave_out_weekends(scene):
    scene.today += timedelta(days=4)  # Friday
    assert services.book_day(day=scene.day(20), **scene.own).answer_by == scene.day(5)


def test_a_refused_day_tells_its_decision_and_days_that_would_be_possible_and_writes_nothing(scene):
    saturday = scene.day(5)

    with pytest.raises(BookingRefused) as refused:
        services.book_day(day=saturday, **scene.own)

    assert [found.rule for found in refused.value.decision.failing] == ["day_worked"]
    assert refused.value.free_days and saturday not in refused.value.free_days
    assert not (Booking.objects.exists() or Message.objects.exists() or AuditEvent.objects.exists())


def test_two_halves_of_a_day_are_two_bookings_and_a_third_is_refused(scene):
    services.book_day(day=scene.day(4), part=Part.MORNING, **scene.own)
    services.book_day(day=scene.day(4), part=Part.AFTERNOON, **scene.own)

    with pytest.raises(BookingRefused) as refused:
        services.book_day(day=scene.day(4), part=Part.MORNING, **scene.own)

    assert [found.rule for found in refused.value.decision.failing] == ["already_booked"]


def test_a_double_booking_that_slips_past_the_check_is_stopped_by_the_database_with_a_sentence(scene, monkeypatch):
    services.book_day(day=scene.day(4), **scene.own)
    gathered = judging.gathered
    blind = lambda *args, **kw: gathered(*args, **kw).without(scene.day(4), 3)  # noqa: E731
    monkeypatch.setattr(judging, "gathered", blind)

    with pytest.raises(LostRace, match="just been taken"):
        services.book_day(day=scene.day(4), **scene.own)

    assert Booking.objects.count() == 1


def test_no_agreement_in_force_is_said_and_not_guessed(scene):
    scene.person.entity = factories.EntityFactory(name="Elsewhere")

    with pytest.raises(NoAgreement, match=r"Elsewhere has no telework agreement in force on Friday 12 June 2026"):
        services.book_day(day=scene.day(4), **scene.own)


def test_a_value_the_agreement_leaves_open_is_named(scene):
    text = factories.agreement_text().replace('choice = "half"', 'choice = "open"')
    factories.agreement_in_force(scene.team.entity, text=text, since=scene.today)

    with pytest.raises(AgreementSilent, match="half_day_counts"):
        services.book_day(day=scene.day(4), part=Part.MORNING, **scene.own)


@pytest.mark.parametrize("years", [-60, 60])
def test_a_day_out_of_reach_is_refused_before_anything_is_computed(scene, years):
    with pytest.raises(BadWish, match="out of reach"):
        services.book_day(day=scene.today.replace(year=2026 + years), **scene.own)


@pytest.mark.parametrize("text", ["nul \0 here", "bell \x07", "half a pair \ud83d"])
def test_a_note_with_control_characters_is_refused_with_its_position(scene, text):
    with pytest.raises(BadWish, match="control character") as refused:
        services.book_day(day=scene.day(4), note=text, **scene.own)
    assert refused.value.field == "note"


def test_a_place_of_somebody_else_is_refused(scene):
    place = factories.PlaceFactory(person=scene.manager)
    with pytest.raises(BadWish, match="not among"):
        services.book_day(day=scene.day(4), place=place, **scene.own)


def test_a_place_that_has_ended_is_refused_and_never_chosen_by_itself(scene):
    ended = scene.person.places.get()
    ended.until = scene.day(2)
    ended.save()
    second = factories.PlaceFactory(person=scene.person, label="parents")

    with pytest.raises(BadWish, match="“home” is not declared on"):
        services.book_day(day=scene.day(4), place=ended, **scene.own)
    assert services.book_day(day=scene.day(4), **scene.own).place == second


def test_those_who_answer_are_those_who_lead_a_team_of_the_person_that_day(scene):
    deputy = factories.eligible_person(team=scene.team)
    factories.MembershipFactory(person=deputy, team=scene.team, role="deputy")
    former = factories.eligible_person(team=scene.team)
    factories.MembershipFactory(person=former, team=scene.team, role="manager", last_day=scene.day(-1))
    factories.manager_of(factories.TeamFactory())

    assert answerers_of(scene.person, scene.today) == [scene.manager.pk, deputy.pk]
    for person in (scene.person, scene.manager, deputy):
        leaders = leaders_of(person, scene.today).values_list("pk", flat=True)
        assert answerers_of(person, scene.today) == sorted(leaders)


def test_the_cost_of_a_booking_does_not_depend_on_history(scene):
    old = [scene.today - timedelta(days=ahead) for ahead in range(200, 1400)]
    Booking.objects.bulk_create(
        Booking(person=scene.person, day=day, state="approved", requested_at=scene.now, updated_at=scene.now)
        for day in old
    )
    facts = judging.gathered(scene.person, [scene.day(4)], timeline_for(scene.person), today=scene.today)
    assert not any(facts.booked.get(day) for day in old)


class TestSeveralDays:
    def test_each_is_judged_with_the_accepted_ones_before_it_counted(self, scene):
        factories.agreement_in_force(scene.team.entity, yearly=2, since=scene.today)
        days = services.days_between(scene.day(4), scene.day(9))  # Friday to Wednesday

        outcomes = services.book_days(days=days, **scene.own)

        assert [outcome.accepted for outcome in outcomes] == [True, False, False, True, False, False]
        assert [found.rule for found in outcomes[4].decision.failing] == ["yearly_cap"]
        assert [outcome.booking.day for outcome in outcomes if outcome.booking] == [scene.day(4), scene.day(7)]
        assert Message.objects.count() == 1, "one message for the whole batch"

    def test_the_preview_says_the_same_and_writes_nothing(self, scene):
        days = services.days_between(scene.day(4), scene.day(9))
        previewed = services.preview_days(person=scene.person, days=days, today=scene.today)
        assert not Booking.objects.exists()
        booked = services.book_days(days=days, **scene.own)
        assert [outcome.decision for outcome in previewed] == [outcome.decision for outcome in booked]

    def test_all_or_nothing_writes_nothing_when_one_is_refused(self, scene):
        with pytest.raises(BookingRefused) as refused:
            services.book_days(days=[scene.day(4), scene.day(5)], atomic=True, **scene.own)
        assert refused.value.decision.request.day == scene.day(5)
        assert not Booking.objects.exists()

    def test_the_same_day_twice_is_one_wish(self, scene):
        assert len(services.book_days(days=[scene.day(4), scene.day(4)], **scene.own)) == 1

    def test_none_and_too_many_are_refused_in_a_sentence(self, scene):
        with pytest.raises(BadWish, match="No day was chosen"):
            services.book_days(days=[], **scene.own)
        with pytest.raises(BadWish, match="more than 400 days"):
            services.days_between(scene.day(0), scene.day(400_000))
        with pytest.raises(BadWish, match="before it starts"):
            services.days_between(scene.day(1), scene.day(0))

    def test_queries_do_not_grow_with_the_number_of_days(self, scene, django_assert_max_num_queries):
        for count in (2, 60):
            with django_assert_max_num_queries(24):
                services.book_days(days=services.days_between(scene.day(count), scene.day(2 * count)), **scene.own)


class TestMoving:
    def test_keeps_the_uid_raises_the_sequence_and_is_judged_anew(self, scene):
        booking = services.book_day(day=scene.day(4), **scene.own)
        uid = booking.uid

        moved = services.edit_booking(booking=booking, day=scene.day(7), version=1, **scene.by(scene.person))

        moved.refresh_from_db()
        assert (moved.uid, moved.day, moved.sequence, moved.version) == (uid, scene.day(7), 1, 2)
        assert unpack(moved.decision).request.day == scene.day(7)

    def test_an_approved_day_that_moves_is_requested_again(self, scene):
        booking = services.book_day(day=scene.day(4), **scene.own)
        services.approve_bookings(bookings=[booking], **scene.by(scene.manager))
        booking.refresh_from_db()

        moved = services.edit_booking(booking=booking, day=scene.day(7), **scene.by(scene.person))

        assert (moved.state, moved.answered_by) == (State.REQUESTED, None)
        assert Message.objects.filter(kind="booking.requested").count() == 2

    def test_the_last_day_of_a_balance_can_move_because_its_old_day_no_longer_counts(self, scene):
        factories.agreement_in_force(scene.team.entity, yearly=1, since=scene.today)
        booking = services.book_day(day=scene.day(4), **scene.own)
        assert services.edit_booking(booking=booking, day=scene.day(7), **scene.by(scene.person)).day == scene.day(7)

    def test_a_refused_move_changes_nothing(self, scene):
        booking = services.book_day(day=scene.day(4), **scene.own)
        with pytest.raises(BookingRefused):
            services.edit_booking(booking=booking, day=scene.day(5), **scene.by(scene.person))
        assert Booking.objects.get().day == scene.day(4)

    def test_another_place_needs_no_other_answer(self, scene):
        booking = services.book_day(day=scene.day(4), **scene.own)
        services.approve_bookings(bookings=[booking], **scene.by(scene.manager))
        booking.refresh_from_db()
        place = factories.PlaceFactory(person=scene.person, label="parents")

        changed = services.edit_booking(booking=booking, place=place, **scene.by(scene.person))

        assert (changed.state, changed.place) == (State.APPROVED, place)

    def test_a_version_that_is_not_the_last_is_stale(self, scene):
        booking = services.book_day(day=scene.day(4), **scene.own)
        services.edit_booking(booking=Booking.objects.get(), day=scene.day(7), version=1, **scene.by(scene.person))
        with pytest.raises(StaleVersion, match="Monday 15 June 2026 has changed meanwhile"):
            services.edit_booking(booking=booking, day=scene.day(8), version=1, **scene.by(scene.person))

    def test_a_past_day_is_not_moved(self, scene):
        booking = services.book_day(day=scene.day(4), **scene.own)
        scene.today = scene.day(7)
        with pytest.raises(WrongState, match="Use a correction"):
            services.edit_booking(booking=booking, day=scene.day(4), **scene.by(scene.person))


class TestGivingBack:
    def test_a_request_is_withdrawn_and_its_halves_are_free_again(self, scene):
        booking = services.book_day(day=scene.day(4), **scene.own)
        services.withdraw_booking(booking=booking, **scene.by(scene.person))
        assert Booking.objects.get().state == State.CANCELLED
        assert services.book_day(day=scene.day(4), **scene.own).state == State.REQUESTED

    def test_an_approved_day_is_cancelled_not_withdrawn(self, scene):
        booking = services.book_day(day=scene.day(4), **scene.own)
        services.approve_bookings(bookings=[booking], **scene.by(scene.manager))
        booking.refresh_from_db()

        with pytest.raises(WrongState, match="already approved"):
            services.withdraw_booking(booking=booking, **scene.by(scene.person))
        assert services.cancel_booking(booking=booking, **scene.by(scene.person)).state == State.CANCELLED

    def test_a_past_day_is_not_cancelled(self, scene):
        booking = services.book_day(day=scene.day(4), **scene.own)
        services.approve_bookings(bookings=[booking], **scene.by(scene.manager))
        booking.refresh_from_db()
        scene.today = scene.day(5)
        with pytest.raises(WrongState, match="Use a correction"):
            services.cancel_booking(booking=booking, **scene.by(scene.person))


class TestRecall:
    @pytest.fixture
    def approved(self, scene):
        booking = services.book_day(day=scene.day(4), **scene.own)
        services.approve_bookings(bookings=[booking], **scene.by(scene.manager))
        booking.refresh_from_db()
        return booking

    def test_the_manager_takes_back_a_day_on_a_ground_of_the_agreement_and_the_person_is_told(self, scene, approved):
        wish = {"booking": approved, "ground": "technical_problem", "text": "The line is down."}
        recalled = services.recall_on_site(**wish, **scene.by(scene.manager))
        assert (recalled.state, recalled.reason_text) == (State.CANCELLED, "The line is down.")
        assert Message.objects.get(kind="booking.recalled").recipient == scene.person

    def test_a_ground_that_is_not_the_agreements_is_refused_with_its_article(self, scene, approved):
        with pytest.raises(BookingRefused) as refused:
            services.recall_on_site(booking=approved, ground="mood", text="No.", **scene.by(scene.manager))
        assert refused.value.decision.failing[0].article == "1"

    def test_the_notice_of_the_agreement_holds(self, scene, approved):
        scene.today = scene.day(4)
        with pytest.raises(BookingRefused, match="notice"):
            services.recall_on_site(
                booking=approved, ground="technical_problem", text="Now.", **scene.by(scene.manager)
            )

    def test_its_reason_is_never_empty(self, scene, approved):
        with pytest.raises(BadWish, match="reason"):
            services.recall_on_site(booking=approved, ground="technical_problem", text=" ", **scene.by(scene.manager))

    def test_the_grounds_are_told_in_words(self, scene):
        assert services.grounds_of(scene.person, scene.today) == [("technical_problem", "technical problem")]
