"""Sentences of the API about values it refuses: field, value, remedy."""

import json

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("method", "path", "body", "said"),
    [
        ("GET", "/bookings?limit=0", None, "“limit” is 0, too small; it begins at 1."),
        ("GET", "/bookings?state=x", None, "“state” is “x”. Choose one of: requested, approved, refused, cancelled."),
        ("GET", "/bookings?person=1", None, "“person” is “1”, which is not an id. Send the uid as it was given."),
        ("POST", "/bookings", {"day": "2026-06-12", "atomic": "no?"}, "“atomic” is “no?”. Send true or false"),
        ("POST", "/bookings", {"day": 20260612}, "“20260612” is not a day. Write it as 2026-06-12."),
        ("POST", "/bookings", {"days": "2026-06-12"}, "“days” is 2026-06-12, which is not a list."),
        ("POST", "/bookings", b'{"day": "2026-06-11", "day": "2026-06-12"}', "“day” stands twice"),
    ],
)
def test_a_refused_value_is_named_in_the_sentence(scene, clock, method, path, body, said):
    clock("2026-06-08T09:00:00+02:00")
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(scene.person.account)
    sent = body if isinstance(body, bytes) else json.dumps(body)
    answer = client.generic(method, f"/api/v1{path}", sent, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert said in answer.json()["detail"]
