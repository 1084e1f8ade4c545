"""Work of human resources asks for the password again after half an hour, and goes on from there."""

from datetime import timedelta

import pytest

from people.confirming import is_administration
from people.models import Person, Session
from tests import factories
from tests.people.test_sessions import PASSWORD, enter

pytestmark = pytest.mark.django_db
ENDING = {"first": "2026-06-15", "last": "2026-06-19", "name": "Flood", "off_quota": "1", "whom": "population"}
NEW = "/exceptional/new/"


@pytest.fixture
def hr(clock) -> Person:
    clock("2026-06-03T08:00+02:00")
    person = factories.eligible_person()
    factories.grant(person, "hr")
    factories.agreement_in_force(person.entity)
    return person


def is_asked(answer) -> bool:
    return answer.status_code == 302 and answer.url.startswith("/accounts/confirm/")


def test_what_only_granted_roles_may_is_administration():
    assert is_administration("open_exceptional") and is_administration("write_agreement")
    assert not is_administration("book") and not is_administration("answer_request")


@pytest.mark.parametrize(("minutes", "asked"), [(29, False), (30, True)])
def test_half_an_hour_after_the_last_proof_it_is_asked_again(hr, clock, minutes, asked):
    client = enter(hr)
    clock(f"2026-06-03T08:{minutes}+02:00")
    assert is_asked(client.post(NEW, ENDING)) == asked


def test_work_that_goes_on_is_not_interrupted_but_reading_does_not_count(hr, clock):
    working, reading = enter(hr), enter(hr)
    for minute in (20, 40, 59):
        clock(f"2026-06-03T08:{minute}+02:00")
        assert not is_asked(working.post(NEW, ENDING)), minute
        assert reading.get("/exceptional/").status_code == 200
    assert is_asked(reading.post(NEW, ENDING))


def test_after_the_password_the_interrupted_request_goes_on(hr, clock):
    client = enter(hr)
    before = hr.entity.agreements.get().versions.count()
    clock("2026-06-03T09:00+02:00")
    stopped = client.post("/agreements/new/", {"entity": str(hr.entity.uid), "from": "ima-gie-2021"})
    assert is_asked(stopped) and hr.entity.agreements.get().versions.count() == before
    assert client.post(stopped.url, {"password": "wrong"}).status_code == 200
    assert hr.entity.agreements.get().versions.count() == before
    went_on = client.post(stopped.url, {"password": PASSWORD})
    assert went_on.status_code == 302 and "/agreements/" in went_on.url
    assert Session.objects.get(account=hr.account).confirmed_at > Session.objects.get(account=hr.account).signed_in_at


def test_a_person_without_the_role_learns_nothing_of_it(hr, clock, person):
    client = enter(person)
    clock("2026-06-03T10:00+02:00")
    assert client.post(NEW, ENDING).status_code == 404
    assert client.post("/places/declare/", {}).status_code != 302


def test_scripts_and_fragments_are_told_in_their_own_way(hr, clock):
    client = enter(hr)
    later = clock("2026-06-03T08:00+02:00") + timedelta(minutes=31)
    clock(later.isoformat())
    fragment = client.post(NEW, ENDING, headers={"HX-Request": "true"})
    assert fragment.status_code == 204 and fragment.headers["HX-Redirect"].startswith("/accounts/confirm/")
    answer = client.post("/api/v1/agreements", {}, content_type="application/json")
    assert answer.status_code == 422, "what cannot be read is told first"
    body = {"entity": str(hr.entity.uid), "source": "ima-gie-2021"}
    answer = client.post("/api/v1/agreements", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "confirmation_needed")
