"""Attacks on the entrance: passwords, links to new ones, where one is led, and what strangers may learn."""

import re
import unicodedata
from datetime import timedelta

import pytest
import time_machine
from allauth.account.forms import default_token_generator
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from config import settings as product
from people.models import Account
from telework.account_letters import first_link
from tests import factories

pytestmark = pytest.mark.django_db
LOGIN, RESET, PASSWORD = "/accounts/login/", "/accounts/password/reset/", "a long enough one"
AWAY = ("//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "javascript:alert(1)",
        "/\t/evil.example", "///evil.example", "http:///evil.example", "\x00//evil.example")  # fmt: skip


@pytest.fixture(autouse=True)
def _afresh():
    cache.clear()


@pytest.fixture
def person():
    found = factories.eligible_person()
    found.account.set_password(PASSWORD)
    found.account.save()
    return found


def english(**options) -> Client:
    return Client(headers={"accept-language": "en"}, **options)


def enter(person, password: str, client: Client | None = None, **more):
    return (client or english()).post(LOGIN, {"login": person.account.email, "password": password} | more)


def link(person) -> str:
    return "/" + first_link(Account.objects.get(pk=person.account_id)).split("/", 3)[3]


def choose(address: str, password: str):
    """Follow a link of a mail to its end with a new password."""
    client = english()
    page = client.get(address, follow=True)
    form = page.redirect_chain[-1][0] if page.redirect_chain else address
    return client.post(form, {"password1": password, "password2": password})


@pytest.mark.parametrize(
    ("password", "taken"),
    [
        ("brine 7o", True), ("brine 7", False), ("sel " * 16, True), ("quay marl " * 12 + "12345678", True),
        ("q1w2 " * 200, False), ("  between spaces  ", True), ("nul\0inside of it", False), ("ЖЫЩ 山 ☃ кит", True),
        ("🦊🐙🦉🐝🐢🦀🐳🦔", True),
    ],
)  # fmt: skip
def test_what_is_chosen_opens_exactly_or_is_refused_in_words(person, password, taken):
    answer = choose(link(person), password)
    assert answer.status_code == (302 if taken else 200)
    assert enter(person, password).status_code == (302 if taken else 200)
    if taken and password != password.strip():
        assert enter(person, password.strip()).status_code == 200


@pytest.mark.parametrize(("made", "typed"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_accents_are_one_password_from_every_keyboard(person, settings, made, typed):
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    words = "Éléphant à Noël"
    choose(link(person), unicodedata.normalize(made, words))
    assert enter(person, unicodedata.normalize(typed, words)).status_code == 302


def test_a_password_kept_as_it_was_typed_still_opens(person, settings):
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    words = unicodedata.normalize("NFD", "Éléphant à Noël")
    hasher = Argon2PasswordHasher()  # with parameters of before
    old = hasher.encode(words, hasher.salt())
    Account.objects.filter(pk=person.account_id).update(password=old)
    assert enter(person, words).status_code == 302


@pytest.mark.parametrize("wrong", ["a wrong one", unicodedata.normalize("NFD", "à côté"), "x²"])
def test_a_wrong_password_is_hashed_once_whoever_is_asked_for(person, settings, monkeypatch, wrong):
    """Time tells as much as words: known, closed, invited and unknown addresses cost the same hash."""
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    made = Account.objects.get(pk=person.account_id)
    made.set_password(PASSWORD)
    closed, invited = factories.eligible_person(), factories.eligible_person()
    for account, change in ((made, {}), (closed.account, {"is_active": False}), (invited.account, {"password": "!x"})):
        Account.objects.filter(pk=account.pk).update(**{"password": made.password} | change)
    times = []
    for name in ("encode", "verify"):
        whole = getattr(Argon2PasswordHasher, name)
        monkeypatch.setattr(Argon2PasswordHasher, name, lambda *a, whole=whole: times.append(1) or whole(*a))
    told = []
    for email in (made.email, closed.account.email, invited.account.email, "nobody@example.org"):
        times.clear()
        assert english().post(LOGIN, {"login": email, "password": wrong}).status_code == 200
        told.append(len(times))
    assert told == [1, 1, 1, 1]


class TestLink:
    def test_opens_once(self, person):
        address = link(person)
        assert choose(address, "first of two words").status_code == 302
        choose(address, "second of two words")
        assert enter(person, "second of two words").status_code == 200
        assert enter(person, "first of two words").status_code == 302

    @pytest.mark.parametrize(
        "change",
        [{"email": "other@example.org"}, {"is_active": False}, {"password": "!unusable"}],
        ids=["address", "closed", "password"],
    )
    def test_opens_nothing_after_a_change(self, person, change):
        address = link(person)
        Account.objects.filter(pk=person.account_id).update(**change)
        choose(address, "words of a thief")
        assert not Account.objects.get(pk=person.account_id).check_password("words of a thief")

    @pytest.mark.parametrize(("days", "opens"), [(2, True), (4, False)])
    def test_runs_out_after_three_days(self, person, days, opens):
        address = link(person)
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            choose(address, "words of late")
        assert Account.objects.get(pk=person.account_id).check_password("words of late") == opens

    def test_of_one_account_opens_no_other(self, person):
        other = factories.eligible_person()
        mine = default_token_generator.make_token(Account.objects.get(pk=person.account_id))
        theirs = link(other)
        choose(f"{theirs.rsplit('/', 2)[0]}/{theirs.rsplit('/', 2)[1].split('-')[0]}-{mine}/", "words of a thief")
        assert not Account.objects.get(pk=other.account_id).check_password("words of a thief")

    @pytest.mark.parametrize("junk", ["1-x", "z" * 13 + "-a", "zz-" + "a" * 3000, "0-set-password", "1-%00"])
    def test_that_is_junk_is_answered_in_words(self, junk):
        assert english().get(f"/accounts/password/reset/key/{junk}/", follow=True).status_code in (200, 404)


def test_a_mail_server_that_is_away_is_told_alike_for_known_and_unknown(person, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answers = [english().post(RESET, {"email": each}) for each in (person.account.email, "nobody@example.org")]
    assert [answer.status_code for answer in answers] == [503, 503]
    assert all("does not answer" in answer.content.decode() for answer in answers)


def test_strangers_learn_of_no_account(person, mailoutbox):
    closed = factories.eligible_person()
    Account.objects.filter(pk=closed.account_id).update(is_active=False)
    bare = factories.eligible_person()
    told = set()
    for email in (person.account.email, closed.account.email, bare.account.email, "nobody@example.org"):
        signed = english().post(LOGIN, {"login": email, "password": "not the one"})
        asked = english().post(RESET, {"email": email})
        page = re.sub("[A-Za-z0-9]{64}", "", signed.content.decode()).replace(email, "")
        told.add((page, signed.status_code, "do not go together" in page, asked.status_code, asked["Location"]))
    assert len(told) == 1
    assert [letter.to for letter in mailoutbox].count([closed.account.email]) <= 1


@pytest.mark.parametrize("goal", AWAY)
def test_signing_in_and_out_leads_to_no_other_site(person, goal):
    client = english()
    there = enter(person, PASSWORD, client, next=goal)
    assert "evil" not in there["Location"] and not there["Location"].startswith("javascript")
    out = client.post("/accounts/logout/", {"next": goal})
    assert "evil" not in out["Location"] and not out["Location"].startswith("javascript")


def test_a_form_of_another_site_signs_nobody_in(person):
    assert enter(person, PASSWORD, english(enforce_csrf_checks=True)).status_code == 403


def test_a_session_planted_before_is_not_the_one_signed_in(person):
    client = english()
    client.get("/accounts/company/")
    client.session["seen"] = 1
    client.session.save()
    planted = client.session.session_key
    enter(person, PASSWORD, client)
    assert client.session.session_key != planted
    thief = english()
    thief.cookies["sessionid"] = planted
    assert thief.get("/places/").status_code == 302


@pytest.mark.parametrize("agent", ["x" * 10_000, "Firefox/\0", "🦊" * 500, ""])
def test_a_browser_says_of_itself_what_it_likes(person, agent):
    client = Client(headers={"user-agent": agent})
    assert enter(person, PASSWORD, client).status_code == 302 and client.get("/account/sessions/").status_code == 200
