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


@pytest.mark.parametrize(("body", "field", "said"), [
    ({"name": ""}, "name", "Write something"),
    ({"name": 3}, "name", "not a text"),
    ({"expires_on": 1_781_654_400}, "expires_on", "not a date"),
    ({"expires_on": "15/06/2026"}, "expires_on", "“15/06/2026” is not a date"),
    ({"expires_on": "9999-12-31"}, "expires_on", "out of reach"),
    ([], "body", "“list”, which is not an object"),
    ("text", "body", "“text”, which is not an object"),
])  # fmt: skip
def test_a_value_of_the_wrong_kind_is_told_with_field_value_and_remedy(api, body, field, said):
    whole = {"name": "Robot", "scopes": ["people:read"]}
    told = api("POST", "/keys", whole | body if isinstance(body, dict) else body).json()
    assert (told["field"], said in told["detail"]) == (field, True), told


@pytest.mark.parametrize("place", [3, 1e300, [], {}, "x"])
def test_what_is_no_id_is_told_so_whatever_it_is(api, place):
    told = api("POST", "/bookings", {"day": "2026-06-12", "place": place}).json()
    assert told["field"] == "place" and "not an id" in told["detail"]


@pytest.mark.parametrize("seconds", ["soon", [], None, True, 10**400])
def test_what_is_no_number_is_told_so(api, seconds):
    told = api("POST", "/staffing", {"seconds": seconds}).json()
    found = {fault["field"]: fault["detail"] for fault in told["data"]["errors"]}
    assert "not a number" in found["seconds"]
