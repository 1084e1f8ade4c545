"""A session that has not proved itself for half an hour, and what it asks of the API."""

import pytest

from people.models import KeyedCall, Person, Session
from people.tokens import SCOPES, create_token
from policies.models import AgreementVersion
from tests import factories
from tests.api.conftest import Caller
from tests.people.test_sessions import enter

pytestmark = pytest.mark.django_db
LATER = "2026-06-03T08:45+02:00"
EXPORT = "/api/v1/exports/people"


@pytest.fixture
def hr(clock) -> Person:
    clock("2026-06-03T08:00+02:00")
    person = factories.eligible_person()
    factories.grant(person, "hr")
    factories.agreement_in_force(person.entity)
    return person


def test_does_not_use_an_idempotency_key_up(hr, clock):
    client, headers = enter(hr), {"Idempotency-Key": "one"}
    body = {"entity": str(hr.entity.uid), "source": "ima-gie-2021"}
    before = AgreementVersion.objects.count()

    def begun():
        return client.post("/api/v1/agreements", body, content_type="application/json", headers=headers)

    now = clock(LATER)
    stopped = begun()
    assert (stopped.status_code, stopped.json()["code"]) == (403, "confirmation_needed")
    assert not KeyedCall.objects.exists() and AgreementVersion.objects.count() == before
    Session.objects.update(confirmed_at=now)
    assert [begun().status_code for _time in range(2)] == [201, 201]
    assert AgreementVersion.objects.count() == before + 1


def test_takes_no_files_out_but_a_key_does(hr, clock):
    client, key = enter(hr), create_token(hr.account, scopes=SCOPES, now=hr.account.created_at)
    assert client.get(EXPORT).status_code == 200
    clock("2026-06-03T09:30+02:00")
    assert client.get(EXPORT).json()["code"] == "confirmation_needed"
    assert Caller(key=key)("GET", "/exports/people").status_code == 200


def test_may_look_ahead(hr, clock):
    client, other = enter(hr), factories.PersonFactory(entity=hr.entity, site=hr.site)
    clock(LATER)
    wish = {"effect": "", "code": "nothing", "first": "2026-07-01"}
    answer = client.post(f"/api/v1/people/{other.uid}/terms/preview", wish, content_type="application/json")
    assert answer.status_code != 403, answer.content
    answer = client.post(f"/api/v1/people/{other.uid}/terms", wish, content_type="application/json")
    assert answer.json()["code"] == "confirmation_needed"
