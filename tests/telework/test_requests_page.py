"""The manager's inbox over HTTP: who may open it, what it tells, approving and refusing one or many."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Membership, MembershipRole
from telework import services
from telework.models import Booking, State
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday_morning(clock):
    clock("2026-06-08T08:00+00:00")


@pytest.fixture
def ask(scene):
    """A function by which Camille asks for days ahead of Monday 8 June."""

    def _ask(*ahead: int, person=None, **how) -> list[Booking]:
        whose = {**scene.own, **({"person": person, "actor": person} if person else {})}
        outcomes = services.book_days(days=[scene.day(number) for number in ahead], **whose, **how)
        return [outcome.booking for outcome in outcomes]

    return _ask


@pytest.fixture
def inbox(scene, sign_in):
    return sign_in(scene.manager)


def value(booking: Booking) -> str:
    return f"{booking.uid}.{booking.version}"


def answer(client, bookings, action: str, **fields):
    data = {"booking": [value(booking) for booking in bookings], "action": action, **fields}
    return client.post(reverse("answer_requests"), data, follow=True)


def states(bookings) -> list[str]:
    return [Booking.objects.get(pk=booking.pk).state for booking in bookings]


def test_the_inbox_is_not_found_for_somebody_who_answers_no_requests(scene, sign_in):
    assert sign_in(scene.person).get(reverse("requests")).status_code == 404


def test_a_stranger_is_asked_to_sign_in(client):
    response = client.get(reverse("requests"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_an_empty_inbox_says_so(inbox):
    assert "No request waits for you" in inbox.get(reverse("requests")).content.decode()


def test_days_asked_together_are_one_row_with_their_verdict(inbox, ask):
    ask(9, 16, 23)
    page = inbox.get(reverse("requests")).content.decode()
    assert page.count('class="ask"') == 1
    assert "every Wednesday, 17 June to 1 July" in page
    assert "3 days" in page
    assert "Within the agreement, nothing missing" in page


def test_rows_stand_under_their_deadline_the_overdue_first(inbox, ask):
    for ahead, by in ((9, date(2026, 6, 12)), (10, date(2026, 6, 5)), (11, date(2026, 6, 8)), (14, date(2026, 6, 20))):
        Booking.objects.filter(pk=ask(ahead)[0].pk).update(answer_by=by, requested_at=f"2026-06-04T08:{ahead:02}:00Z")
    page = inbox.get(reverse("requests")).content.decode()
    headings = ["Answer overdue", "Answer expected today", "This week", "Later"]
    places = [page.index(heading) for heading in headings]
    assert places == sorted(places)


def test_one_request_is_approved(inbox, ask):
    bookings = ask(9)
    page = answer(inbox, bookings, "approve").content.decode()
    assert states(bookings) == [State.APPROVED]
    assert "Camille Moreau, Wednesday 17 June: approved." in page


def test_many_requests_are_refused_with_one_reason(inbox, ask, scene):
    bookings = [*ask(9), *ask(10), *ask(11, person=factories.eligible_person(team=scene.team))]
    page = answer(inbox, bookings, "refuse", reason="coverage").content.decode()
    assert states(bookings) == [State.REFUSED] * 3
    assert {booking.reason for booking in Booking.objects.all()} == {"coverage"}
    assert "3 days of 2 people refused." in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choose a reason"),
        ({"reason": "weather"}, "“weather” is not a reason"),
        ({"reason": "other"}, "Write a short reason"),
        ({"reason": "other", "text": "a\0b"}, "control character"),
    ],
)
def test_a_refusal_needs_its_reason(inbox, ask, fields, sentence):
    bookings = ask(9)
    page = answer(inbox, bookings, "refuse", **fields).content.decode()
    assert sentence in page
    assert states(bookings) == [State.REQUESTED]


def test_a_request_withdrawn_meanwhile_is_told_and_the_others_are_answered(inbox, ask, scene):
    gone, kept = ask(9), ask(10)
    stale = value(gone[0])
    services.withdraw_booking(booking=gone[0], **scene.by(scene.person))
    response = inbox.post(
        reverse("answer_requests"), {"booking": [stale, value(kept[0])], "action": "approve"}, follow=True
    )
    page = response.content.decode()
    assert states([*gone, *kept]) == [State.CANCELLED, State.APPROVED]
    assert "Camille Moreau, Thursday 18 June: approved." in page
    assert "Not changed: Camille Moreau, Wed 17 June" in page


@pytest.mark.parametrize("action", ["approve", "refuse"])
def test_a_request_changed_since_the_page_was_read_is_told_and_not_answered(inbox, ask, scene, action):
    booking = ask(9)[0]
    seen = value(booking)
    services.edit_booking(booking=booking, day=scene.day(10), **scene.by(scene.person))
    data = {"booking": [seen], "action": action, "reason": "coverage"}
    page = inbox.post(reverse("answer_requests"), data, follow=True).content.decode()
    assert "Thursday 18 June 2026 has changed meanwhile" in page
    assert states([booking]) == [State.REQUESTED]


def test_what_a_rule_refuses_by_now_stays_requested_and_is_told_before(inbox, ask, scene):
    bookings = ask(9)
    scene.person.absences.create(first_day=scene.day(9), last_day=scene.day(9))
    before = inbox.get(reverse("requests")).content.decode()
    assert "not possible now" in before
    page = answer(inbox, bookings, "approve").content.decode()
    assert "Not changed" in page
    assert states(bookings) == [State.REQUESTED]


def test_a_settled_request_opens_with_a_sentence(inbox, ask, scene):
    booking = ask(9)[0]
    services.withdraw_booking(booking=booking, **scene.by(scene.person))
    response = inbox.get(reverse("request", args=[booking.uid]))
    assert response.status_code == 200
    assert "The request for Wednesday 17 June was withdrawn meanwhile" in response.content.decode()


def test_the_open_request_tells_its_effect_on_the_team(inbox, ask, scene):
    remote, half = (factories.eligible_person(team=scene.team, first_name=name) for name in ("Remy", "Hal"))
    answer(inbox, ask(9, person=remote), "approve")
    answer(inbox, ask(9, person=half, part="morning"), "approve")
    booking = ask(9)[0]
    page = inbox.get(reverse("request", args=[booking.uid])).content.decode()
    assert "2½ → 1½" in page
    assert "1½ → 2½" in page
    assert "09:00–17:00: at least 1 on site if you approve, 2 without the request" in page


def test_htmx_gets_only_the_request(inbox, ask):
    response = inbox.get(reverse("request", args=[ask(9)[0].uid]), headers={"HX-Request": "true"})
    assert b"<html" not in response.content
    assert b"Approve" in response.content


def test_reading_never_decides(inbox, ask):
    bookings = ask(9)
    assert (
        inbox.get(reverse("answer_requests"), {"booking": value(bookings[0]), "action": "approve"}).status_code == 405
    )
    assert states(bookings) == [State.REQUESTED]


def test_requests_of_other_teams_are_not_found_and_nothing_is_answered(inbox, ask):
    other = factories.manager_of(factories.TeamFactory())
    factories.agreement_in_force(other.entity)
    theirs, ours = ask(9, person=other), ask(9)
    assert inbox.get(reverse("request", args=[theirs[0].uid])).status_code == 404
    assert answer(inbox, [*ours, *theirs], "approve").status_code == 404
    assert states([*ours, *theirs]) == [State.REQUESTED] * 2


def test_a_manager_does_not_answer_their_own_request(inbox, ask, scene):
    own = ask(9, person=scene.manager)
    assert "No request waits for you" in inbox.get(reverse("requests")).content.decode()
    assert answer(inbox, own, "approve").status_code == 404


def test_a_deputy_answers_like_the_manager(sign_in, ask, scene):
    deputy = factories.eligible_person(team=scene.team)
    Membership.objects.create(
        person=deputy, team=scene.team, role=MembershipRole.DEPUTY, first_day=scene.today - timedelta(days=1)
    )
    bookings = ask(9)
    answer(sign_in(deputy), bookings, "approve")
    assert states(bookings) == [State.APPROVED]


def test_hr_steps_in_only_where_the_answer_is_overdue(sign_in, ask, scene):
    hr = factories.eligible_person(entity=scene.team.entity)
    factories.grant(hr, "hr")
    late, early = ask(9)[0], ask(10)[0]
    Booking.objects.filter(pk=late.pk).update(answer_by=date(2026, 6, 5))
    page = sign_in(hr).get(reverse("requests")).content.decode()
    assert str(late.uid) in page
    assert str(early.uid) not in page


def test_a_question_reaches_the_exchange(inbox, ask):
    booking = ask(9)[0]
    page = inbox.post(reverse("ask_question", args=[booking.uid]), {"text": "Could it be Friday?"}, follow=True)
    assert "Could it be Friday?" in page.content.decode()
    empty = inbox.post(reverse("ask_question", args=[booking.uid]), {"text": " "}, follow=True)
    assert booking.notes.count() == 1
    assert empty.status_code == 200


@pytest.mark.parametrize("chosen", ["", "nonsense", "1.2", "00000000-0000-0000-0000-000000000000.x", "\0.1"])
def test_a_choice_that_names_no_request_is_answered_with_a_sentence(inbox, chosen):
    response = inbox.post(reverse("answer_requests"), {"booking": chosen, "action": "approve"}, follow=True)
    assert response.status_code == 200
    assert "toast failure" in response.content.decode()


def test_an_answer_that_is_none_is_refused_in_a_sentence(inbox, ask):
    bookings = ask(9)
    assert "“maybe” is not an answer" in answer(inbox, bookings, "maybe").content.decode()


def test_autonomy_is_validated_with_a_click(inbox, scene):
    novice = factories.eligible_person(team=scene.team, first_name="Nour", autonomy_validated_on=None)
    assert "Nour Moreau" in inbox.get(reverse("requests")).content.decode()
    page = inbox.post(reverse("validate_autonomy"), {"person": str(novice.uid)}, follow=True).content.decode()
    novice.refresh_from_db()
    assert novice.autonomy_validated_on == scene.today
    assert "Autonomy validated from today: Nour Moreau." in page


def test_the_inbox_costs_the_same_for_few_and_many_requests(inbox, ask, scene, django_assert_num_queries):
    ask(9)
    inbox.get(reverse("requests"))
    with CaptureQueriesContext(connection) as few:
        inbox.get(reverse("requests"))
    for number in range(6):
        ask(9, 10, 16, person=factories.eligible_person(team=scene.team, first_name=f"P{number}"))
    with django_assert_num_queries(len(few)):
        inbox.get(reverse("requests"))


def test_french_pages_speak_french(inbox, ask, scene):
    ask(9)
    scene.manager.account.language = "fr"
    scene.manager.account.save()
    page = inbox.get(reverse("requests")).content.decode()
    assert "Conforme, rien ne manque" in page
    assert "mer. 17 juin" in page


def test_a_request_of_somebody_in_no_team_still_opens_for_hr(sign_in, ask, scene):
    hr = factories.eligible_person(entity=scene.team.entity)
    factories.grant(hr, "hr")
    booking = ask(9, person=factories.eligible_person(entity=scene.team.entity, first_name="Solo"))[0]
    page = sign_in(hr).get(reverse("request", args=[booking.uid])).content.decode()
    assert "Solo Moreau, Wednesday 17 June" in page
    assert "hour by hour" not in page


def test_a_correction_of_a_past_day_can_still_be_approved(inbox, scene):
    booking = services.correct_day(person=scene.person, day=scene.day(-3), **scene.by(scene.person))
    page = inbox.get(reverse("requests")).content.decode()
    assert "correction" in page
    answer(inbox, [booking], "approve")
    assert states([booking]) == [State.APPROVED]
