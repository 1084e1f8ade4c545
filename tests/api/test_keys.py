"""Personal keys: made and revoked on the page or by the API, by a session only; none outlives its holder's time."""

import re
from datetime import date

import pytest
from django.test import Client

from people import tokens
from people.models import ApiToken, AuditEvent
from tests import factories
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db
PAGE = "/account/keys/"
FORM = {"name": "Planning robot", "scopes": ["people:read", "bookings:read"], "expires_on": ""}


@pytest.fixture
def page(at_nine) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(at_nine.person.account)
    return client


def shown(answer) -> str:
    return (re.search(r'value="(cj_[^"]+)"', answer.content.decode()) or [None, ""])[1]


class TestPage:
    def test_shows_a_new_key_once_and_lists_it_ever_after(self, page):
        made = page.post(PAGE, FORM, follow=True)
        raw = shown(made)
        assert raw and "Planning robot" in made.content.decode()
        again = page.get(PAGE)
        assert not shown(again) and raw not in again.content.decode() and "never used" in again.content.decode()
        assert Caller(key=raw)("GET", "/me").status_code == 200
        assert "last used on" in page.get(PAGE).content.decode()

    def test_keeps_neither_key_nor_its_first_signs(self, page):
        raw = shown(page.post(PAGE, FORM, follow=True))
        assert raw not in str(ApiToken.objects.values()) and raw[:12] not in str(ApiToken.objects.values())

    @pytest.mark.parametrize(("change", "said"), [
        ({"name": " "}, "Give the key a name"),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"scopes": []}, "name at least one"),
        ({"scopes": ["everything"]}, "“everything” is not known"),
        ({"expires_on": "2026-06-07"}, "last day lies between"),
        ({"expires_on": "2036-01-01"}, "last day lies between"),
        ({"expires_on": "31/02/2026"}, "is not a date"),
    ])  # fmt: skip
    def test_names_what_will_not_do_and_keeps_what_was_typed(self, page, change, said):
        answer = page.post(PAGE, FORM | change)
        text = answer.content.decode()
        assert (
            answer.status_code == 422 and said in text and 'aria-invalid="true"' in text
        ) or "key-scopes-error" in text
        assert not ApiToken.objects.exists()

    def test_revokes_for_good(self, page):
        raw = shown(page.post(PAGE, FORM, follow=True))
        key = ApiToken.objects.get()
        assert page.post(f"{PAGE}{key.uid}/revoke/").status_code == 302
        assert Caller(key=raw)("GET", "/me").status_code == 401
        assert page.post(f"{PAGE}{key.uid}/revoke/").status_code == 404
        assert list(AuditEvent.objects.values_list("verb", flat=True)) == ["key.made", "key.revoked"]

    def test_holds_so_many_and_no_more(self, page, monkeypatch):
        monkeypatch.setattr(tokens, "MOST_KEYS", 2)
        assert [page.post(PAGE, FORM).status_code for _key in range(3)] == [302, 302, 422]


class TestApi:
    WISH = {"name": "Robot", "scopes": ["people:read"], "expires_on": "2026-12-31"}

    def test_makes_lists_and_revokes(self, api):
        made = api("POST", "/keys", self.WISH).json()
        assert Caller(key=made["key"])("GET", "/me").status_code == 200
        listed = api("GET", "/keys").json()
        assert listed["count"] == 1 and "key" not in listed["items"][0]
        assert listed["items"][0]["used_on"] == "2026-06-08"
        assert api("DELETE", f"/keys/{made['uid']}").status_code == 204
        assert api("GET", "/keys").json()["count"] == 0

    def test_a_key_makes_sees_and_revokes_no_keys(self, api, key):
        robot = Caller(key=key)
        uid = api("GET", "/keys").json()["items"][0]["uid"]
        answers = [robot("POST", "/keys", self.WISH), robot("GET", "/keys"), robot("DELETE", f"/keys/{uid}")]
        assert {answer.status_code for answer in answers} == {401} and ApiToken.objects.count() == 1

    def test_a_foreign_key_is_one_that_is_not_there(self, api, at_nine):
        made = Caller(at_nine.manager)("POST", "/keys", self.WISH).json()
        assert api("DELETE", f"/keys/{made['uid']}").status_code == 404
        assert Caller(key=made["key"])("GET", "/me").status_code == 200

    @pytest.mark.parametrize(
        "change",
        [
            {"name": ""},
            {"name": " "},
            {"name": "a\0b"},
            {"name": "a\nb"},
            {"scopes": []},
            {"scopes": ["x"]},
            {"admin": True},
            {"expires_on": "2020-01-01"},
        ],
    )
    def test_refuses_what_will_not_do(self, api, change):
        assert api("POST", "/keys", self.WISH | change).status_code == 422


class TestEnd:
    def test_is_the_last_day_included(self, at_nine, clock):
        raw = tokens.create_token(
            at_nine.person.account, scopes=["people:read"], now=at_nine.now, expires_on=date(2026, 6, 9)
        )
        clock("2026-06-09T23:00:00+02:00")
        assert Caller(key=raw)("GET", "/me").status_code == 200
        clock("2026-06-10T00:30:00+02:00")
        assert Caller(key=raw)("GET", "/me").status_code == 401

    def test_comes_with_that_of_the_account(self, at_nine, key):
        assert Caller(key=key)("GET", "/me").status_code == 200
        at_nine.person.account.is_active = False
        at_nine.person.account.save()
        assert Caller(key=key)("GET", "/me").status_code == 401

    def test_a_page_is_not_for_an_account_that_is_nobody_s(self, db):
        client = Client()
        client.force_login(factories.AccountFactory())
        assert client.get(PAGE).status_code == 404
