"""What HTTP asks of every address, and what is told when a call is sent wrongly."""

import pytest

from people.api.limits import MINUTE
from people.tokens import create_token
from tests import factories
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


def told(answer) -> tuple[int, str]:
    assert answer["Content-Type"] == PROBLEM, answer.content[:200]
    body = answer.json()
    assert body["type"] == f"urn:cent-jours:{body['code']}" and body["title"] and body["detail"]
    assert body["status"] == answer.status_code
    return answer.status_code, body["code"]


@pytest.mark.parametrize("path", ["/nothing", "/bookings/", "/", "/bookings/%00", "/people/x/year/2026/"])
def test_what_is_not_there_is_told_in_words(api, path):
    assert told(api("GET", path)) == (404, "not_found")


@pytest.mark.parametrize("address", ["/api", "/api/", "/api/v1", "/api//v1/me", "/api/v2/me"])
def test_every_address_below_api_answers_programs(api, address):
    for method in ("GET", "POST"):
        assert told(api.client.generic(method, address)) == (404, "not_found")


@pytest.mark.parametrize(("method", "path", "allow"), [
    ("DELETE", "/me", "GET, HEAD, OPTIONS"),
    ("TRACE", "/bookings", "GET, HEAD, OPTIONS, POST"),
    ("GET", "/bookings/approve", "OPTIONS, POST"),
    ("PUT", "/openapi.json", "GET, HEAD, OPTIONS"),
])  # fmt: skip
def test_a_method_that_an_address_does_not_know_names_those_that_it_does(api, method, path, allow):
    answer = api(method, path)
    assert told(answer) == (405, "method_not_allowed") and answer["Allow"] == allow


def test_options_names_the_methods(api):
    answer = api("OPTIONS", "/bookings")
    assert (answer.status_code, answer["Allow"], answer.content) == (204, "GET, HEAD, OPTIONS, POST", b"")


def test_head_is_get_without_content(api):
    head, get = api("HEAD", "/me"), api("GET", "/me")
    assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", str(len(get.content)))
    assert Caller()("HEAD", "/me").status_code == 401


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_head_of_a_file_is_that_of_the_file(at_nine, form):
    factories.grant(at_nine.person, "hr")
    api, path = Caller(at_nine.person), f"/exports/bookings?format={form}"
    get, head = api("GET", path), api("HEAD", path)
    assert (head.status_code, b"".join(head)) == (get.status_code, b"") == (200, b"")
    assert head["Content-Type"] == get["Content-Type"]


def test_whoever_wants_no_json_is_told_that_there_is_nothing_else(api):
    assert told(api("GET", "/me", accept="text/csv")) == (406, "not_acceptable")
    for wanted in ("", "application/json", "*/*", "text/html, application/*;q=0.5", PROBLEM):
        assert api("GET", "/me", accept=wanted).status_code == 200


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"])
def test_a_body_of_another_kind_is_a_415(api, kind):
    answer = api("POST", "/bookings", {"day": "2026-06-12"}, content_type=kind)
    assert told(answer) == (415, "unsupported_media_type") and answer.json()["title"].count("application/json")


@pytest.mark.parametrize(
    "kind", ["application/json", "application/json; charset=utf-8", "application/merge-patch+json"]
)
def test_every_spelling_of_json_is_read(api, kind):
    assert api("POST", "/bookings", {"day": "2026-06-12"}, content_type=kind).status_code == 201


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[1]", b"NaN", b'"text"'])
def test_a_body_that_is_no_object_is_told_in_words(api, body):
    assert told(api("POST", "/bookings", body))[0] in (400, 422)


def test_a_body_where_none_is_read_is_refused(api):
    uid = api("POST", "/feeds", {}).json()["uid"]
    answer = api("POST", f"/feeds/{uid}/rotate", {"privacy": "busy"})
    assert told(answer) == (422, "invalid_value") and answer.json()["field"] == "body"
    assert api("POST", f"/feeds/{uid}/rotate", {}).status_code == 200


@pytest.mark.parametrize("path", ["/me?x=1", "/teams?sort=name", "/bookings?status=approved", "/feeds?Limit=3"])
def test_an_unknown_filter_is_refused_with_its_name(api, path):
    answer = api("GET", path)
    assert told(answer) == (422, "invalid_value") and f"“{answer.json()['field']}”" in answer.json()["detail"]


def test_a_session_without_its_token_is_a_403(at_nine):
    answer = Caller(at_nine.person, csrf=True)("POST", "/bookings", {"day": "2026-06-12"})
    assert told(answer) == (403, "csrf")


def test_a_body_larger_than_the_settings_allow_is_a_413(api, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert told(api("POST", "/bookings", {"day": "2026-06-12", "note": "x" * 200})) == (413, "too_large")


def test_what_breaks_on_our_side_is_told_without_its_reason(at_nine, monkeypatch):
    monkeypatch.setattr("telework.api.people.roles_of", lambda actor: 1 / 0)
    answer = Caller(at_nine.person, raises=False)("GET", "/me")
    assert told(answer) == (500, "our_fault") and b"division" not in answer.content


def test_a_version_may_be_written_as_any_whole_number_of_json(api):
    uid = api("POST", "/bookings", {"day": "2026-06-12"}).json()["uid"]
    assert api("POST", f"/bookings/{uid}/withdraw", b'{"version": 1.5}').status_code == 422
    assert api("POST", f"/bookings/{uid}/withdraw", b'{"version": 1.0}').status_code == 200


def test_lists_come_in_pages(api):
    for _feed in range(3):
        api("POST", "/feeds", {})
    first, rest, beyond = (api("GET", f"/feeds?limit=2&offset={offset}").json() for offset in (0, 2, 5))
    assert [len(page["items"]) for page in (first, rest, beyond)] == [2, 1, 0]
    assert {page["count"] for page in (first, rest, beyond)} == {3}
    assert api("GET", "/feeds?limit=0").status_code == api("GET", "/feeds?offset=-1").status_code == 422


class TestRate:
    @pytest.fixture(autouse=True)
    def _few(self, settings):
        settings.API_CALLS_A_MINUTE = 3

    def test_of_a_key_is_bounded_by_the_minute(self, key, clock):
        call = Caller(key=key)
        assert [call("GET", "/me").status_code for _call in range(4)] == [200, 200, 200, 429]
        answer = call("GET", "/me")
        assert told(answer) == (429, "too_many_requests") and 0 < int(answer["Retry-After"]) <= MINUTE
        clock("2026-06-08T09:01:01+02:00")
        assert call("GET", "/me").status_code == 200

    def test_of_one_key_is_not_that_of_another(self, at_nine, key):
        other = create_token(at_nine.person.account, scopes=["people:read"], now=at_nine.now)
        for one in (key, other):
            assert [Caller(key=one)("GET", "/me").status_code for _call in range(3)] == [200] * 3

    def test_sessions_are_not_counted(self, api):
        assert {api("GET", "/me").status_code for _call in range(6)} == {200}
