"""A key never exceeds its account: roles that end, a password that changes, a second factor that becomes needed."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from notifications.models import Message
from people.models import ApiToken, Membership
from people.tokens import SCOPES, create_token
from tests import factories
from tests.api.conftest import Caller
from tests.telework.conftest import scene  # noqa: F401

pytestmark = pytest.mark.django_db
WISH = {"name": "Robot", "scopes": list(SCOPES)}


@pytest.fixture
def at_nine(scene, clock):  # noqa: F811
    clock("2026-06-08T09:00:00+02:00")
    return scene


def robot_of(person, now) -> Caller:
    return Caller(key=create_token(person.account, scopes=SCOPES, now=now))


def made_by(person) -> Caller:
    """A key that somebody makes while signed in."""
    return Caller(key=Caller(person)("POST", "/keys", WISH).json()["key"])


def test_a_manager_s_key_answers_requests_until_the_role_ends(at_nine, clock):
    robot = robot_of(at_nine.manager, at_nine.now)
    asked = [Caller(at_nine.person)("POST", "/bookings", {"day": f"2026-06-{day}"}).json() for day in (17, 18)]
    one, other = (f"/bookings/{booking['uid']}" for booking in asked)
    assert robot("POST", f"{one}/approve", {}).status_code == 200
    Membership.objects.filter(person=at_nine.manager, role="manager").update(last_day=date(2026, 6, 8))
    clock("2026-06-09T09:00:00+02:00")
    assert {robot("GET", other).status_code, robot("POST", f"{other}/approve", {}).status_code} == {404}


def test_a_key_of_human_resources_reads_nobody_once_the_grant_is_gone(at_nine):
    grant = factories.grant(at_nine.person, "hr")
    robot = robot_of(at_nine.person, at_nine.now)
    path = f"/people/{at_nine.manager.uid}/contracts"
    assert robot("GET", path).status_code == 200
    grant.delete()
    assert robot("GET", path).status_code == 404


def test_a_key_made_without_second_factor_opens_nothing_once_one_is_needed(at_nine, settings):
    settings.SECOND_FACTOR = True
    robot = made_by(at_nine.person)
    assert robot("GET", "/me").status_code == 200
    factories.grant(at_nine.person, "hr")
    answer = robot("GET", "/me")
    assert (answer.status_code, "second factor" in answer.json()["detail"]) == (403, True)
    assert robot_of(at_nine.person, at_nine.now)("GET", "/me").status_code == 200, "made on the machine"


def test_a_key_made_behind_a_second_factor_stays_good(at_nine, settings):
    settings.SECOND_FACTOR = True
    browser = Caller(at_nine.person)
    Authenticator.objects.create(user=at_nine.person.account, type="totp", data={"secret": "x"})
    session = browser.client.session
    session["second_factor_shown"] = "here"
    session.save()
    robot = Caller(key=browser("POST", "/keys", WISH).json()["key"])
    factories.grant(at_nine.person, "hr")
    assert robot("GET", "/me").status_code == 200


@pytest.mark.parametrize("way", ["page", "api"])
def test_whoever_gets_a_key_is_told_by_mail(at_nine, way):
    browser = Caller(at_nine.person)
    if way == "api":
        browser("POST", "/keys", WISH)
    else:
        browser.client.post("/account/keys/", WISH)
    assert ApiToken.objects.count() == 1
    assert Message.objects.filter(kind="account.key_made", recipient=at_nine.person).count() == 1


def test_limits_of_sign_in_and_of_keys_are_apart(at_nine):
    """Wrong passwords for an account stop no program of its owner."""
    cache.clear()
    robot = robot_of(at_nine.person, at_nine.now)
    for _attempt in range(7):
        Client().post("/accounts/login/", {"login": at_nine.person.account.email, "password": "not the one"})
    assert robot("GET", "/me").status_code == 200


def test_the_last_day_counts_by_the_calendar_and_a_key_cannot_be_made_that_never_opens(at_nine):
    today = date(2026, 6, 8)
    for day, status in ((today, 201), (today - timedelta(days=1), 422)):
        made = Caller(at_nine.person)("POST", "/keys", WISH | {"expires_on": str(day)})
        assert made.status_code == status
