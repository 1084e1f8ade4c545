"""What those who lead somebody do on a granted day: call back on site, or remove it once it is past."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from notifications.models import Message
from people.models import Membership, MembershipRole
from telework.models import Booking, State
from tests import factories

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
AHEAD, PAST = date(2026, 6, 17), date(2026, 6, 2)


@pytest.fixture(autouse=True)
def _monday_morning(clock):
    clock("2026-06-08T08:00+00:00")


@pytest.fixture
def granted(scene) -> Booking:
    return _granted(scene.person, AHEAD)


@pytest.fixture
def past(scene) -> Booking:
    return _granted(scene.person, PAST)


@pytest.fixture
def leader(scene, sign_in):
    return sign_in(scene.manager)


def _granted(person, day: date) -> Booking:
    at = datetime(2026, 5, 25, 8, tzinfo=UTC)
    return Booking.objects.create(person=person, day=day, state=State.APPROVED, requested_at=at, updated_at=at)


def panel(client, booking: Booking) -> str:
    return client.get(reverse("person_day", args=[booking.person.uid, booking.day]), **HTMX).content.decode()


def recall(client, booking: Booking, ground: str = "technical_problem", text: str = "The server room.", **how):
    data = {"ground": ground, "text": text, "version": booking.version, "shown": booking.day.year}
    return client.post(reverse("booking_recall", args=[booking.uid]), data, **how)


def remove(client, booking: Booking, text: str = "She was on site.", **how):
    data = {"text": text, "version": booking.version, "shown": booking.day.year}
    return client.post(reverse("booking_remove", args=[booking.uid]), data, **how)


def state(booking: Booking) -> str:
    return Booking.objects.get(pk=booking.pk).state


def kinds() -> list[str]:
    return list(Message.objects.values_list("kind", flat=True))


def test_the_manager_calls_back_without_a_script_and_the_person_is_told(leader, granted, scene):
    assert 'value="technical_problem"' in panel(leader, granted)
    page = recall(leader, granted, follow=True).content.decode()
    assert "Camille Moreau works on site on Wednesday 17 June and receives your message." in page
    assert state(granted) == State.CANCELLED
    assert kinds() == ["booking.recalled"]
    assert Message.objects.get().recipient == scene.person


def test_with_htmx_the_panel_comes_back_with_the_year_and_the_balance(leader, granted):
    answer = recall(leader, granted, **HTMX).content.decode()
    assert "<html" not in answer
    assert "works on site" in answer and "data-panel-day" in answer
    assert "booking_recall" not in answer and "/recall/" not in answer


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"ground": "mood"}, "does not admit this ground: mood"),
        ({"ground": ""}, "A recall on site needs a ground"),
        ({"text": " "}, "Write a short reason"),
        ({"text": "a\0b"}, "control character"),
    ],
)
def test_a_recall_that_cannot_be_made_is_told_and_changes_nothing(leader, granted, wish, sentence):
    answer = recall(leader, granted, **wish, **HTMX)
    assert answer.status_code in (409, 422)
    assert sentence in answer.content.decode()
    assert state(granted) == State.APPROVED
    assert kinds() == []


def test_the_notice_of_the_agreement_protects_the_day_of_today(leader, scene):
    today = _granted(scene.person, scene.today)
    page = recall(leader, today, follow=True).content.decode()
    assert "toast failure" in page
    assert state(today) == State.APPROVED


def test_a_day_changed_meanwhile_is_not_recalled(leader, granted):
    Booking.objects.filter(pk=granted.pk).update(version=2)
    assert "has changed meanwhile" in recall(leader, granted, **HTMX).content.decode()
    assert state(granted) == State.APPROVED


def test_where_the_agreement_knows_no_recall_none_is_offered(sign_in, manager, team):
    text = factories.agreement_text().split('kind = "recall_on_site"')[0].rpartition("[[rules]]")[0]
    factories.agreement_in_force(team.entity, text=text)
    booking = _granted(factories.eligible_person(team=team), AHEAD)
    assert "/recall/" not in panel(sign_in(manager), booking)


def test_a_past_day_is_removed_with_a_reason_and_told(leader, past):
    html = panel(leader, past)
    assert "/remove/" in html and "/recall/" not in html
    page = remove(leader, past, follow=True).content.decode()
    assert "Tuesday 2 June is removed and returns to the balance of Camille Moreau." in page
    assert state(past) == State.CANCELLED
    assert kinds() == ["booking.removed"]


def test_a_removal_needs_its_reason_and_a_past_day(leader, past, granted):
    assert "Write a short reason" in remove(leader, past, text="", **HTMX).content.decode()
    assert "still to come" in remove(leader, granted, **HTMX).content.decode()
    assert {state(past), state(granted)} == {State.APPROVED}


def test_hr_removes_but_does_not_recall(sign_in, scene, granted, past):
    hr = factories.eligible_person(entity=scene.team.entity)
    factories.grant(hr, "hr")
    client = sign_in(hr)
    assert "/recall/" not in panel(client, granted)
    assert recall(client, granted).status_code == 404
    assert remove(client, past).status_code == 302
    assert (state(granted), state(past)) == (State.APPROVED, State.CANCELLED)


def test_a_deputy_recalls_like_the_manager(sign_in, scene, granted):
    deputy = factories.eligible_person(team=scene.team)
    Membership.objects.create(
        person=deputy, team=scene.team, role=MembershipRole.DEPUTY, first_day=date(2026, 1, 1)
    )  # fmt: skip
    recall(sign_in(deputy), granted)
    assert state(granted) == State.CANCELLED


def test_nobody_recalls_or_removes_their_own_days(sign_in, scene, granted, past):
    client = sign_in(scene.person)
    own = client.get(reverse("year_day", args=[AHEAD]), **HTMX).content.decode()
    assert "/recall/" not in own
    assert {recall(client, granted).status_code, remove(client, past).status_code} == {404}


def test_a_granted_cell_of_the_team_month_leads_its_manager_to_the_day(leader, granted, scene, sign_in):
    month = reverse("team_month", args=[scene.team.uid, "2026-06"])
    link = reverse("person_day", args=[scene.person.uid, AHEAD])
    assert f'href="{link}"' in leader.get(month).content.decode()
    assert "/recall/" in leader.get(link).content.decode()
    mate = factories.eligible_person(team=scene.team)
    assert f'href="{link}"' not in sign_in(mate).get(month).content.decode()


def test_french_pages_recall_in_french(leader, granted, scene):
    scene.manager.account.language = "fr"
    scene.manager.account.save()
    assert "Rappeler sur site" in panel(leader, granted)
    page = recall(leader, granted, follow=True).content.decode()
    assert "Camille Moreau travaille sur site le mercredi 17 juin et reçoit votre message." in page
