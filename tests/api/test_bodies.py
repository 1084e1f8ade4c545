"""Whatever the operation: texts that no database holds are refused by name, wherever in a call they stand."""

import pytest

from people.models import ApiToken

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("escape", [b"\\u0000", b"a\\u0000b", b"\\ud800", b"\\uDFFF", b"\\udc00\\ud800"])
@pytest.mark.parametrize(("body", "field"), [
    (b'{"name": "%s", "scopes": ["people:read"]}', "name"),
    (b'{"name": "Robot", "scopes": ["people:read", "%s"]}', "scopes.1"),
    (b'{"name": "Robot", "scopes": ["people:read"], "%s": 1}', None),
    (b'"%s"', "body"),
])  # fmt: skip
def test_is_refused_with_its_field(api, body, escape, field):
    answer = api("POST", "/keys", body % escape)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "invalid_value") and "cannot be kept" in told["detail"]
    assert (field is None or told["field"] == field) and not ApiToken.objects.exists()


@pytest.mark.parametrize("name", [b"\\ud83e\\udd16", b"\\\\u0000", "🤖".encode(), b"\\u00e9"])
def test_whole_characters_are_read_however_they_are_written(api, name):
    assert api("POST", "/keys", b'{"name": "%s", "scopes": ["people:read"]}' % name).status_code == 201


def test_holds_for_dictionaries_of_any_names(api):
    body = b'{"bookings": ["3f0c8e5a-5d1f-4a0e-9d57-2b8d6f1f9d10"], "versions": {"\\u0000": 1}}'
    assert api("POST", "/bookings/approve", body).json()["field"] == "versions.?"


def test_holds_for_filters(api):
    answer = api("GET", "/bookings?state=a%00b")
    assert (answer.status_code, answer.json()["field"]) == (422, "state")
