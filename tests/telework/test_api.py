"""The API as scripts meet it: HTTP in, JSON out, and never a five hundred."""

import json
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import Role
from telework import services
from telework.models import Booking, State
from tests import factories

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def at_nine(scene, clock):
    clock("2026-06-08T09:00:00+02:00")
    return scene


class Script:
    """A client that speaks JSON as somebody, in English."""

    def __init__(self, person=None, key: str = "", language: str = "en") -> None:
        self.client = Client(headers={"Accept-Language": language} if language else None)
        self.headers = {"Authorization": f"Bearer {key}"} if key else {}
        if person:
            self.client.force_login(person.account)

    def __call__(self, method: str, path: str, body=None, **options):
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
        return self.client.generic(
            method, API + path, data, content_type="application/json", headers=self.headers, **options
        )


@pytest.fixture
def api(at_nine):
    return Script(at_nine.person)


@pytest.fixture
def manager_api(at_nine):
    return Script(at_nine.manager)


def key_of(person, *scopes, capsys) -> str:
    call_command("create_token", person.account.email, *(f"--scope={scope}" for scope in scopes))
    return capsys.readouterr().out.strip()


class TestBooking:
    def test_a_day_is_booked_read_moved_and_given_back(self, api):
        made = api("POST", "/bookings", {"day": "2026-06-12", "note": "Fibre is in."})
        assert made.status_code == 201
        uid = made.json()["uid"]

        read = api("GET", f"/bookings/{uid}").json()
        assert (read["state"], read["version"], read["notes"][0]["text"]) == ("requested", 1, "Fibre is in.")
        assert read["decision"]["findings"]

        moved = api("PATCH", f"/bookings/{uid}", {"version": 1, "day": "2026-06-15", "part": "morning"}).json()
        assert (moved["uid"], moved["day"], moved["part"], moved["version"]) == (uid, "2026-06-15", "morning", 2)

        assert api("DELETE", f"/bookings/{uid}").json()["state"] == "cancelled"

    def test_a_refused_day_is_a_409_with_rule_article_numbers_and_free_days(self, api):
        answer = api("POST", "/bookings", {"day": "2026-06-13"})

        assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
        problem = answer.json()
        assert (problem["code"], problem["data"]["rule"]) == ("booking_refused", "day_worked")
        assert problem["data"]["decision"]["verdict"] == "refused"
        assert problem["data"]["free_days"] and problem["detail"]

    def test_a_range_answers_one_outcome_a_day(self, api):
        answer = api("POST", "/bookings", {"first": "2026-06-12", "last": "2026-06-15"})
        assert answer.status_code == 201
        assert [found["accepted"] for found in answer.json()["outcomes"]] == [True, False, False, True]

    def test_a_list_with_nothing_possible_creates_nothing(self, api):
        answer = api("POST", "/bookings", {"days": ["2026-06-13", "2026-06-14"]})
        assert (answer.status_code, answer.json()["accepted"], Booking.objects.count()) == (200, 0, 0)

    def test_the_preview_writes_nothing(self, api):
        answer = api("POST", "/bookings/preview", {"day": "2026-06-13"}).json()
        assert answer["outcomes"][0]["free_days"] and not Booking.objects.exists()

    def test_an_old_version_is_a_409(self, api):
        uid = api("POST", "/bookings", {"day": "2026-06-12"}).json()["uid"]
        api("PATCH", f"/bookings/{uid}", {"version": 1, "day": "2026-06-15"})
        answer = api("PATCH", f"/bookings/{uid}", {"version": 1, "day": "2026-06-16"})
        assert (answer.status_code, answer.json()["code"], answer.json()["data"]["version"]) == (
            409,
            "stale_version",
            2,
        )

    def test_bookings_are_listed_by_days_state_and_page(self, api):
        api("POST", "/bookings", {"first": "2026-06-08", "last": "2026-06-12"})
        found = api("GET", "/bookings?from=2026-06-10&state=requested&limit=2").json()
        assert (found["count"], [item["day"] for item in found["items"]]) == (3, ["2026-06-10", "2026-06-11"])

    def test_listing_costs_the_same_queries_for_two_bookings_and_for_twenty(self, api, django_assert_max_num_queries):
        for last in ("2026-06-10", "2026-07-10"):
            api("POST", "/bookings", {"first": "2026-06-08", "last": last})
            with django_assert_max_num_queries(7):
                api("GET", "/bookings?limit=200")

    def test_booking_costs_the_same_queries_whatever_is_booked_already(self, api):
        api("POST", "/bookings/preview", {"day": "2026-06-12"})  # the agreement is read once a process
        counts = []
        for day in ("2026-06-12", "2026-12-14"):
            with CaptureQueriesContext(connection) as seen:
                assert api("POST", "/bookings", {"day": day}).status_code == 201
            counts.append(len(seen))
            api("POST", "/bookings", {"first": "2026-06-15", "last": "2026-09-30"})
        assert counts[0] == counts[1] <= 24  # PostgreSQL locks rows by statements of its own

    def test_a_correction_is_another_act(self, api, manager_api, at_nine):
        own = api("POST", "/corrections", {"day": "2026-06-03"}).json()
        assert (own["correction"], own["state"]) == (True, "requested")

        settled = manager_api("POST", "/corrections", {"day": "2026-06-04", "person": str(at_nine.person.uid)}).json()
        assert settled["state"] == "approved"
        removed = manager_api("POST", f"/bookings/{settled['uid']}/remove", {"text": "On site after all."})
        assert removed.json()["state"] == "cancelled"


class TestSeries:
    def test_a_series_is_previewed_booked_and_given_back(self, api):
        wish = {"first_day": "2026-06-08", "rrule": "FREQ=WEEKLY;BYDAY=SA,TH;COUNT=4"}
        assert api("POST", "/series/preview", wish).json()["accepted"] == 2

        made = api("POST", "/series", wish)
        assert (made.status_code, made.json()["accepted"], made.json()["refused"]) == (201, 2, 2)
        assert api("DELETE", f"/series/{made.json()['uid']}").json()["cancelled"] == 2

    @pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=DAILY;COUNT=1000000000", "x" * 4000, "\0"])
    def test_a_hostile_rule_is_a_sentence(self, api, rule):
        answer = api("POST", "/series", {"first_day": "2026-06-08", "rrule": rule})
        assert (answer.status_code, answer.json()["field"]) == (422, "rrule")


class TestAnswers:
    @pytest.fixture
    def uid(self, api):
        return api("POST", "/bookings", {"day": "2026-06-12"}).json()["uid"]

    def test_the_manager_sees_the_request_and_approves_it(self, uid, manager_api):
        assert [item["uid"] for item in manager_api("GET", "/requests").json()["items"]] == [uid]
        answer = manager_api("POST", f"/bookings/{uid}/approve", {"version": 1, "note": "Fine."})
        assert answer.json()["state"] == "approved"
        assert manager_api("GET", "/requests").json()["items"] == []

    def test_an_approval_needs_no_body(self, uid, manager_api):
        assert manager_api("POST", f"/bookings/{uid}/approve").json()["state"] == "approved"

    def test_a_refusal_carries_its_reason(self, uid, manager_api):
        refused = manager_api("POST", f"/bookings/{uid}/refuse", {"reason": "other", "text": "Audit that day."}).json()
        assert (refused["state"], refused["reason_text"]) == ("refused", "Audit that day.")

    def test_several_are_answered_one_by_one(self, uid, api, manager_api):
        other = api("POST", "/bookings", {"day": "2026-06-15"}).json()["uid"]
        api("POST", f"/bookings/{other}/withdraw")
        answer = manager_api("POST", "/bookings/approve", {"bookings": [uid, other]}).json()
        assert (answer["done"], answer["failed"]) == (1, 1)
        assert answer["answers"][1]["error"]["code"] == "wrong_state"

    def test_several_are_refused_for_one_reason(self, uid, manager_api):
        assert manager_api("POST", "/bookings/refuse", {"bookings": [uid], "reason": "coverage"}).json()["done"] == 1

    def test_an_approved_day_is_recalled_on_a_ground_of_the_agreement(self, uid, manager_api):
        manager_api("POST", f"/bookings/{uid}/approve")
        wish = {"ground": "technical_problem", "text": "The line is down."}
        assert manager_api("POST", f"/bookings/{uid}/recall", wish).json()["state"] == "cancelled"

    def test_nobody_answers_their_own_request(self, manager_api):
        uid = manager_api("POST", "/bookings", {"day": "2026-06-12"}).json()["uid"]
        assert manager_api("POST", f"/bookings/{uid}/approve").status_code == 404

    def test_both_sides_exchange_notes(self, uid, api, manager_api):
        assert manager_api("POST", f"/bookings/{uid}/notes", {"text": "Who covers?"}).status_code == 201
        assert api("POST", f"/bookings/{uid}/notes", {"text": "Mehdi."}).status_code == 201


class TestReads:
    def test_who_i_am(self, manager_api, at_nine):
        me = manager_api("GET", "/me").json()
        assert me["uid"] == str(at_nine.manager.uid) and "manager" in me["roles"]

    def test_a_year_says_what_each_half_day_is_and_what_is_possible(self, api, at_nine):
        api("POST", "/bookings", {"day": "2026-06-12", "part": "morning"})
        year = api("GET", f"/people/{at_nine.person.uid}/year/2026").json()
        days = {found["day"]: found for found in year["days"]}
        assert len(days) == 365
        assert days["2026-06-12"]["halves"] == ["requested", "on_site"]
        assert days["2026-06-13"]["halves"] == ["off", "off"]
        assert days["2026-06-15"]["possible"] is True
        assert "possible" not in days["2026-06-01"]

    def test_a_balance_is_told_with_its_sum(self, api, at_nine):
        api("POST", "/bookings", {"day": "2026-06-12", "part": "morning"})
        found = api("GET", f"/people/{at_nine.person.uid}/balance").json()
        assert (found["total"], found["pending"], found["left"]) == ("100", "0.5", "99.5")
        assert sum(float(line["days"]) for line in found["lines"]) == 100

    def test_a_team_month_shows_places_of_work_and_counts(self, api, at_nine):
        team = api("GET", "/teams").json()["items"][0]
        month = api("GET", f"/teams/{team['uid']}/month/2026-06").json()
        assert {line["person"]["uid"] for line in month["people"]} >= {str(at_nine.person.uid)}
        assert month["counts"][11] == {
            "day": "2026-06-12", "on_site": "2", "telework": "0", "absent": "0", "requested": "0"
        }  # fmt: skip

    def test_feeds_are_made_listed_renewed_and_closed(self, api):
        made = api("POST", "/feeds", {"scope": "personal", "privacy": "busy"})
        assert made.status_code == 201 and made.json()["address"].endswith(".ics")
        uid = made.json()["uid"]
        assert "address" not in api("GET", "/feeds").json()["items"][0]
        assert api("POST", f"/feeds/{uid}/rotate").json()["address"] != made.json()["address"]
        assert api("DELETE", f"/feeds/{uid}").status_code == 204
        assert api("GET", "/feeds").json()["items"] == []

    def test_the_description_is_for_those_who_may_use_the_api(self, api):
        assert Script()("GET", "/openapi.json").status_code == 401
        described = api("GET", "/openapi.json").json()
        assert "201" in described["paths"]["/api/v1/bookings"]["post"]["responses"]
        for path, operations in described["paths"].items():
            for operation in operations.values():
                assert operation["summary"] and {"401", "404", "409", "422"} <= set(operation["responses"]), path


class TestWhoMay:
    def test_a_stranger_is_told_to_sign_in(self, at_nine):
        answer = Script()("POST", "/bookings", {"day": "2026-06-12"})
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")

    def test_foreign_and_unknown_ids_answer_alike(self, api, at_nine):
        stranger = factories.eligible_person()
        factories.agreement_in_force(stranger.entity)
        theirs = services.book_day(person=stranger, day=at_nine.day(4), **at_nine.by(stranger))
        for method, path, body in [
            ("GET", "/bookings/{}", None),
            ("PATCH", "/bookings/{}", {"version": 1}),
            ("DELETE", "/bookings/{}", None),
            ("POST", "/bookings/{}/approve", None),
            ("POST", "/bookings/{}/withdraw", None),
            ("POST", "/bookings/{}/notes", {"text": "Hello"}),
        ]:
            answers = [api(method, path.format(uid), body) for uid in (theirs.uid, uuid4(), "1", "%00", "é")]
            assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}
        assert api("POST", "/bookings/approve", {"bookings": [str(theirs.uid)]}).status_code == 404
        assert api("GET", f"/bookings?person={stranger.uid}").status_code == 404

    def test_a_colleague_sees_the_team_but_neither_bookings_nor_balance(self, at_nine):
        colleague = factories.eligible_person(team=at_nine.team)
        services.book_day(day=at_nine.day(4), **at_nine.own)
        script = Script(colleague)
        assert script("GET", f"/people/{at_nine.person.uid}/balance").status_code == 404
        assert script("GET", f"/bookings?team={at_nine.team.uid}").json()["count"] == 0

    def test_human_resources_read_but_do_not_book_for_others(self, api, at_nine):
        uid = api("POST", "/bookings", {"day": "2026-06-12"}).json()["uid"]
        hr = factories.eligible_person(entity=at_nine.team.entity)
        factories.grant(hr, Role.HR)
        script = Script(hr)
        assert script("GET", f"/bookings/{uid}").status_code == 200
        assert script("PATCH", f"/bookings/{uid}", {"version": 1, "part": "morning"}).status_code == 404

    def test_a_session_needs_its_csrf_token(self, at_nine):
        client = Client(enforce_csrf_checks=True)
        client.force_login(at_nine.person.account)
        answer = client.post(API + "/bookings", {"day": "2026-06-12"}, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf")

    def test_a_key_acts_within_its_scopes_without_a_session(self, at_nine, capsys):
        key = key_of(at_nine.person, "bookings:read", "bookings:write", capsys=capsys)
        script = Script(key=key)
        script.client.handler.enforce_csrf_checks = True
        assert script("POST", "/bookings", {"day": "2026-06-12"}).status_code == 201
        refused = script("GET", "/teams")
        assert (refused.status_code, "people:read" in refused.json()["title"]) == (403, True)

    def test_a_key_is_kept_as_a_hash_and_dies_when_revoked(self, at_nine, capsys):
        key = key_of(at_nine.person, "people:read", capsys=capsys)
        token = at_nine.person.account.api_tokens.get()
        assert key not in str(token.__dict__)
        call_command("create_token", at_nine.person.account.email, "--revoke")
        assert Script(key=key)("GET", "/me").status_code == 401

    def test_a_key_answers_in_the_language_of_its_account_unless_another_is_asked_for(self, at_nine, capsys):
        at_nine.person.account.language = "fr"
        at_nine.person.account.save()
        key = key_of(at_nine.person, "bookings:write", capsys=capsys)
        french = Script(key=key, language="")("POST", "/bookings", {"day": "2026-06-31"}).json()["detail"]
        english = Script(key=key)("POST", "/bookings", {"day": "2026-06-31"}).json()["detail"]
        assert english == "31 June does not exist. June ends on the 30th."
        assert french == "Le 31 juin n’existe pas. Juin finit le 30."

    def test_a_scope_that_does_not_exist_is_named_with_those_that_do(self, at_nine):
        with pytest.raises(CommandError, match=r"“everything” is not known; use .*people:read"):
            call_command("create_token", at_nine.person.account.email, "--scope=everything")
        with pytest.raises(CommandError, match="No active account"):
            call_command("create_token", "nobody@example.org", "--scope=people:read")


NASTY = [
    "2026-02-31", "2026-13-01", "0000-00-00", "9999-12-31", "tomorrow", "", " ", "\0", "2026-06-12T00:00:00", "😀",
    "שלום", "x" * 10_000, 20260612, 2**70, -1, 1.5, True, None, [], {}, ["2026-06-12"], {"day": "2026-06-12"},
    "２０２６-06-12",
]  # fmt: skip


class TestBadInput:
    @pytest.mark.parametrize("value", NASTY, ids=lambda value: repr(value)[:24].encode("unicode_escape").decode())
    def test_anything_in_any_field_of_a_wish_is_answered_in_a_sentence(self, api, value):
        whole = {"day": "2026-06-12", "part": "full", "place": None, "note": "", "atomic": False}
        for field in whole:
            answer = api("POST", "/bookings", whole | {field: value})
            assert answer.status_code < 500
            if answer.status_code == 422:
                assert answer.json()["field"] and answer.json()["detail"].endswith(".")

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            (b"", 422), (b"{", 400), (b"[]", 422), (b"null", 422), (b"1", 422), (b'"day"', 422), (b"\xff\xfe", 400),
            (b'{"day": NaN}', 400), (b"[" * 100_000, 400), (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, 400),
            (b'{"day": ' + b"9" * 5000 + b"}", 400), (b'{"note": "' + b"x" * 7_000_000 + b'"}', 413),
            (b'{"day": "2026-06-12", "note": "\\ud800"}', 422), (b'{"day": "2026-06-12", "dya": 1}', 422),
        ],
        ids=lambda value: repr(value)[:20],
    )  # fmt: skip
    def test_any_body_is_answered_as_a_problem(self, api, body, status):
        answer = api("POST", "/bookings", body)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")

    def test_a_day_that_does_not_exist_is_named_with_the_last_of_its_month(self, api):
        problem = api("POST", "/bookings", {"day": "2027-02-29"}).json()
        assert (problem["field"], problem["detail"]) == (
            "day",
            "29 February does not exist. February ends on the 28th.",
        )
        assert problem["data"]["value"] == "2027-02-29"

    def test_an_unknown_field_is_named(self, api):
        problem = api("POST", "/bookings", {"dya": "2026-06-12"}).json()
        assert (problem["field"], "check its spelling" in problem["detail"]) == ("dya", True)

    def test_all_faults_are_told_not_only_the_first(self, api):
        problem = api("POST", "/bookings", {"day": "x", "part": "night", "place": "1"}).json()
        assert [fault["field"] for fault in problem["data"]["errors"]] == ["day", "part", "place"]

    @pytest.mark.parametrize("wish", [{}, {"first": "2026-06-12"}, {"day": "2026-06-12", "days": ["2026-06-13"]}])
    def test_days_are_named_in_exactly_one_way(self, api, wish):
        assert api("POST", "/bookings", wish).status_code == 422

    @pytest.mark.parametrize(
        "query",
        ["limit=0", "limit=1e9", "offset=-1", "from=31-12-2026", "state=gone", "person=1", "page=2", "limit=%00"],
    )
    def test_a_filter_that_cannot_be_used_is_answered_in_a_sentence(self, api, query):
        answer = api("GET", f"/bookings?{query}")
        assert answer.status_code == 422 and answer.json()["detail"].endswith(".")

    @pytest.mark.parametrize(
        "path", ["year/0", "year/99999", "year/-1", "year/２０２６", "balance?day=x", "year/2026?part=x"]
    )
    def test_a_year_that_cannot_be_shown_is_not_a_fault_of_ours(self, api, at_nine, path):
        assert api("GET", f"/people/{at_nine.person.uid}/{path}").status_code in (404, 422)

    @pytest.mark.parametrize("period", ["2026-13", "2026", "x", "%00", "9999-01", "2026-W60"])
    def test_a_month_that_does_not_exist_is_named(self, api, at_nine, period):
        answer = api("GET", f"/teams/{at_nine.team.uid}/month/{period}")
        assert answer.status_code == 422 and answer.json()["detail"]

    def test_an_address_that_does_not_exist_is_a_problem_too(self, api):
        answer = api("GET", "/nothing/here")
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")

    def test_an_account_that_is_nobodys_finds_nothing(self, at_nine):
        script = Script()
        script.client.force_login(factories.AccountFactory())
        assert script("GET", "/me").status_code == 404


def test_names_from_right_to_left_and_emoji_come_back_as_they_were(at_nine):
    at_nine.person.first_name, at_nine.person.last_name = "שרה", "👩‍💻 אבו־خالد"
    at_nine.person.save()
    made = Script(at_nine.person)("POST", "/bookings", {"day": "2026-06-12", "note": "مرحبا 👋"})
    assert made.json()["person"]["name"] == "שרה 👩‍💻 אבו־خالد"
    assert Booking.objects.get(state=State.REQUESTED).notes.get().text == "مرحبا 👋"
