"""One code, shown twice at the same instant: it opens once. Two threads, on either database."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.db import connection
from django.test import Client

from people import factor_forms
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
LOGIN, ASKED, PASSWORD = "/accounts/login/", "/accounts/login/code/", "a long enough one"


@pytest.fixture
def person(settings):
    settings.SECOND_FACTOR = True
    cache.clear()
    found = factories.eligible_person()
    found.account.set_password(PASSWORD)
    found.account.save()
    return found


def shown_together(person, code: str, monkeypatch) -> list[int]:
    """Both browsers give ``code``; each waits between reading and noting until the other has read, if it can."""
    meeting, checked = Barrier(2, timeout=2), RecoveryCodes._mark_code_used

    def slowly(codes, number: int) -> None:
        with suppress(BrokenBarrierError):  # the lock of the library holds the other back, as it should
            meeting.wait()
        checked(codes, number)

    monkeypatch.setattr(RecoveryCodes, "_mark_code_used", slowly)
    browsers, answers = [Client(), Client()], []
    for browser in browsers:
        browser.post(LOGIN, {"login": person.account.email, "password": PASSWORD})

    def show(browser: Client) -> None:
        try:
            answers.append(browser.post(ASKED, {"code": code}).status_code)
        finally:
            connection.close()

    threads = [Thread(target=show, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(answers)


def recovery_code(person) -> str:
    Authenticator.objects.create(
        user=person.account, type="totp", data={"secret": factor_forms.get_adapter().encrypt("JBSWY3DPEHPK3PXP")}
    )
    return RecoveryCodes.activate(person.account).get_unused_codes()[0]


def test_a_recovery_code_shown_twice_at_once_opens_once(person, monkeypatch):
    assert shown_together(person, recovery_code(person), monkeypatch) == [200, 302]


def test_wrong_codes_in_a_row_must_wait(person):
    recovery_code(person)
    browser = Client()
    browser.post(LOGIN, {"login": person.account.email, "password": PASSWORD})
    answers = [browser.post(ASKED, {"code": "000000"}).content.decode() for _ in range(7)]
    assert "cinq minutes" in answers[-1] or "five minutes" in answers[-1]
