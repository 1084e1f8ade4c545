"""Team month over HTTP: whom it shows to whom, halves and counts, weeks, filters, bad addresses."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Absence, Membership, Shift
from telework.models import Booking, State
from telework.team_month import team_month
from tests import factories

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 6, 17)


@pytest.fixture(autouse=True)
def _monday_morning(clock):
    clock("2026-06-08T08:00+00:00")


def book(person, day=WEDNESDAY, part="full", state=State.APPROVED) -> Booking:
    at = datetime(2026, 6, 1, 8, tzinfo=UTC)
    return Booking.objects.create(person=person, day=day, part=part, state=state, requested_at=at, updated_at=at)


def address(team, period="2026-06") -> str:
    return reverse("team_month", args=[team.uid, period])


def counts_on(team, day=WEDNESDAY):
    return team_month(team, [day]).by_day[0]


def test_the_team_page_leads_to_the_month_of_today(scene, sign_in):
    assert sign_in(scene.person).get(reverse("team")).url == address(scene.team)


def test_somebody_in_no_team_reads_what_to_expect(sign_in, person):
    response = sign_in(person).get(reverse("team"))
    assert response.status_code == 200
    assert "You are in no team yet" in response.content.decode()


def test_members_see_their_team_and_nobody_sees_another(scene, sign_in):
    client = sign_in(scene.person)
    page = client.get(address(scene.team)).content.decode()
    assert "June 2026" in page
    assert "Camille Moreau" in page
    assert client.get(address(factories.TeamFactory())).status_code == 404


def test_halves_absences_and_requests_are_counted_by_half_days(scene):
    mate, away, asks = (factories.eligible_person(team=scene.team) for _ in range(3))
    book(scene.person, part="morning")
    book(mate)
    Absence.objects.create(person=away, first_day=WEDNESDAY, last_day=WEDNESDAY, halves=2)
    book(asks, state=State.REQUESTED)
    counts = counts_on(scene.team)
    assert (counts.on_site, counts.remote, counts.absent, counts.pending) == (2 + 1 + 1 + 2, 1 + 2, 1, 2)


def test_hours_off_take_a_half_only_when_they_cover_it(scene):
    morning = {"start": datetime(2026, 6, 17, 7, tzinfo=UTC), "end": datetime(2026, 6, 17, 11, tzinfo=UTC)}
    short = {**morning, "end": datetime(2026, 6, 17, 10, tzinfo=UTC)}
    Absence.objects.create(person=scene.person, first_day=WEDNESDAY, last_day=WEDNESDAY, **morning)
    Absence.objects.create(person=scene.manager, first_day=WEDNESDAY, last_day=WEDNESDAY, **short)
    assert counts_on(scene.team).absent == 1


def test_a_night_counts_on_the_day_on_which_it_starts(scene):
    start, end = datetime(2026, 6, 20, 20, tzinfo=UTC), datetime(2026, 6, 21, 4, tzinfo=UTC)
    Shift.objects.create(
        person=scene.person, day=date(2026, 6, 20), start=start, end=end, zone="Europe/Paris", site=scene.team.site
    )
    assert counts_on(scene.team, date(2026, 6, 20)).on_site == 2
    assert counts_on(scene.team, date(2026, 6, 21)).on_site == 0


def test_a_booking_on_a_day_that_became_absent_is_no_telework(scene):
    book(scene.person)
    Absence.objects.create(person=scene.person, first_day=WEDNESDAY, last_day=WEDNESDAY)
    counts = counts_on(scene.team)
    assert (counts.remote, counts.absent) == (0, 2)


def test_who_joins_or_leaves_within_the_month_counts_only_while_there(scene):
    guest = factories.eligible_person()
    Membership.objects.create(person=guest, team=scene.team, first_day=WEDNESDAY, last_day=WEDNESDAY)
    assert counts_on(scene.team).on_site == 6
    assert counts_on(scene.team, date(2026, 6, 18)).on_site == 4


def test_who_only_leads_a_team_is_not_counted_as_working_there(scene):
    Membership.objects.create(
        person=factories.eligible_person(), team=scene.team, role="manager", first_day=date(2020, 1, 1)
    )
    assert counts_on(scene.team).on_site == 4


def test_requests_of_others_stay_between_them_and_their_manager(scene, sign_in, client):
    mate = factories.eligible_person(team=scene.team)
    asked = book(mate, state=State.REQUESTED)
    seen_by_mate = sign_in(scene.person).get(address(scene.team)).content.decode()
    assert 'aria-label="pending"' not in seen_by_mate
    seen_by_manager = sign_in(scene.manager).get(address(scene.team)).content.decode()
    assert 'aria-label="pending"' in seen_by_manager
    assert reverse("request", args=[asked.uid]) in seen_by_manager
    assert 'aria-label="pending"' in sign_in(mate).get(address(scene.team)).content.decode()


def test_nobody_reads_why_somebody_is_absent(scene, sign_in):
    Absence.objects.create(person=scene.person, first_day=WEDNESDAY, last_day=WEDNESDAY, kind="training")
    for viewer in (scene.person, scene.manager):
        page = sign_in(viewer).get(address(scene.team)).content.decode()
        assert 'aria-label="absent"' in page
        assert "training" not in page


def test_each_cell_says_both_halves_in_words(scene, sign_in):
    book(scene.person, part="morning")
    page = sign_in(scene.person).get(address(scene.team)).content.decode()
    assert 'aria-label="first half remote, second half on site"' in page


def test_a_week_shows_seven_days_with_their_hours(scene, sign_in):
    page = sign_in(scene.person).get(address(scene.team, "2026-W25")).content.decode()
    assert "Week 25, 15 to 21 June 2026" in page
    assert "09:00–17:00" in page


@pytest.mark.parametrize("period", ["2026-13", "2026-W54", "juin", "1999-12", "2101-01", "2026-6", "２０２６-06"])
def test_a_period_that_does_not_exist_is_not_found(scene, sign_in, period):
    assert sign_in(scene.person).get(address(scene.team, period)).status_code == 404


def test_one_job_title_can_be_kept(scene, sign_in):
    factories.eligible_person(team=scene.team, first_name="Zoé", job_title="Supervisor")
    page = sign_in(scene.person).get(address(scene.team), {"title": "Supervisor"}).content.decode()
    assert "<b>Zoé Moreau</b>" in page
    assert "<b>Camille Moreau</b>" not in page
    nobody = sign_in(scene.person).get(address(scene.team), {"title": "Pilot <b>\0"}).content.decode()
    assert "Nobody here with the job “Pilot &lt;b&gt;”" in nobody


def test_names_are_escaped(scene, sign_in):
    factories.eligible_person(team=scene.team, first_name="<script>", last_name="مريم")
    page = sign_in(scene.person).get(address(scene.team)).content.decode()
    assert "&lt;script&gt; مريم" in page


def test_a_team_of_25_costs_as_many_queries_as_a_team_of_2(scene, sign_in, django_assert_num_queries):
    client = sign_in(scene.manager)
    client.get(address(scene.team))
    with CaptureQueriesContext(connection) as few:
        client.get(address(scene.team))
    for number in range(23):
        book(factories.eligible_person(team=scene.team), day=date(2026, 6, 8 + number % 5))
    with django_assert_num_queries(len(few)):
        client.get(address(scene.team))


def test_french_pages_speak_french(scene, sign_in):
    scene.person.account.language = "fr"
    scene.person.account.save()
    book(scene.person, part="afternoon")
    page = sign_in(scene.person).get(address(scene.team)).content.decode()
    assert "Juin 2026" in page
    assert "première moitié sur site, seconde moitié à distance" in page
