"""How often one may try, counted in one place for all processes; nobody locks somebody else out for good."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as product
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db
SIGN_IN, RESET, PASSWORD = "/accounts/login/", "/accounts/password/reset/", "a long enough one"
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture
def worker(person):
    person.account.set_password(PASSWORD)
    person.account.save()
    return person


def attempt(person, password: str = "wrong and wrong", address: str = HERE, **headers):
    body = {"login": person.account.email, "password": password}
    return Client(REMOTE_ADDR=address, headers=headers).post(SIGN_IN, body)


def test_the_sixth_wrong_password_in_a_row_must_wait_and_is_told_how_long(worker):
    assert [attempt(worker).status_code for _ in range(5)] == [200] * 5
    answer = attempt(worker)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "300")
    assert "Trop d’essais" in answer.content.decode() or "Too many" in answer.content.decode()
    assert attempt(worker, PASSWORD).status_code == 429, "the right one waits too, else it could be guessed"


def test_whoever_attacks_from_elsewhere_locks_nobody_out(worker):
    assert attempt(worker, PASSWORD).status_code == 302
    for number in range(60):
        attempt(worker, address=f"198.51.{number}.7")
    assert attempt(worker, address="198.51.200.7").status_code == 429, "guesses spread over addresses are stopped"
    assert attempt(worker, PASSWORD).status_code == 302, "the address that signed in lately is beyond that"


def test_a_right_password_counts_for_nothing(worker):
    assert {attempt(worker, PASSWORD).status_code for _ in range(12)} == {302}


def test_one_address_cannot_try_one_password_on_everybody(db):
    strangers = [factories.PersonFactory() for _ in range(61)]
    answers = [attempt(person).status_code for person in strangers]
    assert (answers[0], answers[-1]) == (200, 429)
    assert attempt(strangers[0], address=ELSEWHERE).status_code == 200


def test_mails_for_a_new_password_are_few(worker, mailoutbox):
    answers = [Client().post(RESET, {"email": worker.account.email}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [302] * 3 + [429] * 2
    assert answers[-1].headers["Retry-After"] and len(mailoutbox) <= 3


@pytest.mark.parametrize("proxies", [0, 1])
def test_the_address_is_that_before_our_own_proxies(worker, settings, proxies):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    claimed = [f"10.0.0.{number}, 203.0.113.{number}" for number in range(6)]
    answers = [attempt(worker, **{"x-forwarded-for": each}).status_code for each in claimed]
    assert answers[-1] == (200 if proxies else 429), "without a proxy of ours, the header is anybody's word"


def test_a_header_cut_short_stops_no_answer(worker, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 3
    for said in ("203.0.113.1", "no address", "", "1.2.3.4, x, y, z"):
        assert attempt(worker, PASSWORD, **{"x-forwarded-for": said}).status_code == 302


def test_guessing_keys_is_slowed_and_keys_that_open_are_not(worker):
    from django.utils import timezone

    from people.tokens import create_token

    key = create_token(worker.account, scopes=["people:read"], now=timezone.now())
    wrong = Client(REMOTE_ADDR=HERE, headers={"authorization": "Bearer cj_" + "x" * 43})
    answers = [wrong.get("/api/v1/me") for _ in range(61)]
    assert [answer.status_code for answer in answers] == [401] * 60 + [429]
    assert answers[-1].json()["code"] == "too_many_requests" and int(answers[-1].headers["Retry-After"]) > 0
    right = Client(REMOTE_ADDR=HERE, headers={"authorization": f"Bearer {key}"})
    assert right.get("/api/v1/me").status_code == 200


READER = """
import django; django.setup()
from django.core.cache import cache
print(cache.get("told-by-another-process"))
"""


@pytest.mark.django_db(transaction=True)
def test_what_one_process_counts_another_reads():
    """Two processes of the operating system, one store."""
    cache.set("told-by-another-process", 41, 60)
    name = connection.settings_dict["NAME"]
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        given = connection.settings_dict
        at = f"{given['HOST']}:{given['PORT']}" if given["PORT"] else given["HOST"].replace("/", "%2F")
        url = f"postgres://{given['USER']}:{given['PASSWORD']}@{at}/{name}"
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    told = subprocess.run(
        [sys.executable, "-c", READER], cwd=product.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert told.stdout.strip() == "41", told.stderr
