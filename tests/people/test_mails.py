"""Which mails come: chosen on the page or by the API, with effect when they would leave."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.test import Client

from notifications import kinds, outbox, services
from notifications.kinds import Mail
from notifications.models import Message
from people.mails import TOPICS
from people.models import Account
from tests import factories

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)
PAGE, CALL = "/account/", "/api/v1/account"
FORM = {"language": "en", "theme": "dark"}


@pytest.fixture
def manager():
    return factories.manager_of(factories.TeamFactory())


@pytest.fixture
def browser(manager) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(manager.account)
    return client


def off(person) -> list[str]:
    return Account.objects.get(pk=person.account_id).mails_off


@pytest.fixture
def words(monkeypatch):
    """Renderers that say the kind, under the topics of the product."""
    for kind in ("booking.requested", "booking.approved", "booking.recalled", "account.password_changed"):
        monkeypatch.setitem(kinds._renderers, kind, lambda message: Mail(message.kind, "text", "<p>text</p>"))


@pytest.mark.usefixtures("words")
def test_what_is_switched_off_is_not_sent_and_everything_else_is(manager):
    manager.account.mails_off = sorted(TOPICS)
    manager.account.save()
    for kind in ("booking.requested", "booking.approved", "booking.recalled", "account.password_changed"):
        outbox.put(manager, kind, kind, {}, NOW)
    services.sweep(NOW)
    subjects = {letter.subject for letter in mail.outbox}
    assert subjects == {"booking.approved", "booking.recalled", "account.password_changed"}
    quiet = Message.objects.get(kind="booking.requested")
    assert quiet.sent_at and quiet.last_error == "switched off by the recipient"


@pytest.mark.parametrize(("role", "topic"), [("own", None), ("plans", "coverage"), ("answers", "coverage")])
def test_a_gap_is_told_to_the_person_in_any_case(role, topic):
    assert kinds.topic_of(Message(kind="coverage.changed", data={"role": role})) == topic


def test_every_kind_that_may_be_left_out_is_one_of_these():
    assert set(kinds._topics) == {
        "booking.requested", "booking.noted", "booking.exception_granted", "coverage.changed", "charter.changed",
    }  # fmt: skip


def test_the_page_keeps_what_is_ticked_and_a_form_without_the_field_changes_nothing(browser, manager):
    assert browser.get(PAGE).content.decode().count('name="mails" value="') == 1 + len(TOPICS)
    browser.post(PAGE, FORM | {"mails": ["", "notes", "charters"]})
    assert off(manager) == ["coverage", "requests"]
    browser.post(PAGE, FORM)
    assert off(manager) == ["coverage", "requests"]
    browser.post(PAGE, FORM | {"mails": [""]})
    assert off(manager) == sorted(TOPICS)
    browser.post(PAGE, FORM | {"mails": ["", *TOPICS]})
    assert off(manager) == []


def test_a_choice_that_there_is_not_is_refused_and_nothing_is_kept(browser, manager):
    before = Account.objects.get(pk=manager.account_id).language
    for bad in ("account", "<b>", "x" * 5000, "nul\0"):
        answer = browser.post(PAGE, {"language": "en" if before == "fr" else "fr", "theme": "dark", "mails": [bad]})
        assert answer.status_code == 422 and "is not a choice here" in answer.content.decode()
    assert off(manager) == [] and Account.objects.get(pk=manager.account_id).language == before


def test_who_leads_nobody_sees_only_what_they_may_receive_and_keeps_the_rest(client):
    person = factories.eligible_person()
    person.account.mails_off = ["requests"]
    person.account.save()
    client.force_login(person.account)
    assert 'value="requests"' not in client.get(PAGE).content.decode()
    client.post(PAGE, FORM | {"mails": ["", "notes"]})
    assert off(person) == ["charters", "requests"]


def test_a_script_reads_and_changes_one_thing_and_leaves_the_others(browser, manager):
    changed = browser.patch(CALL, {"mails": {"requests": False}}, content_type="application/json").json()
    assert changed["mails"] == {"notes": True, "charters": True, "requests": False, "coverage": True}
    assert browser.patch(CALL, {"language": "fr"}, content_type="application/json").json()["language"] == "fr"
    told = browser.get(CALL).json()
    assert (told["email"], told["language"], off(manager)) == (manager.account.email, "fr", ["requests"])
    assert browser.patch(CALL, {}, content_type="application/json").json() == told


@pytest.mark.parametrize(
    "wish",
    [
        {"language": "de"}, {"language": None}, {"mails": {"account": False}}, {"mails": {"notes": "no"}},
        {"mails": []}, {"email": "other@example.org"}, {"is_staff": True},
    ],
    ids=str,
)  # fmt: skip
def test_a_wish_that_cannot_be_changes_nothing(browser, manager, wish):
    before = browser.get(CALL).json()
    assert browser.patch(CALL, {"language": "en"} | wish, content_type="application/json").status_code == 422
    assert browser.get(CALL).json() == before


def test_sessions_are_listed_and_ended_by_script_one_s_own_only(browser, manager):
    other, stranger = Client(), Client()
    other.force_login(manager.account)
    foreign = factories.eligible_person()
    stranger.force_login(foreign.account)
    listed = browser.get("/api/v1/sessions").json()
    assert listed["count"] == 2 and [each["current"] for each in listed["items"]].count(True) == 1
    theirs = stranger.get("/api/v1/sessions").json()["items"][0]["uid"]
    for uid in (theirs, "0" * 32, "nonsense"):
        assert browser.delete(f"/api/v1/sessions/{uid}").status_code == 404
    assert stranger.get("/api/v1/sessions").json()["count"] == 1
    assert browser.delete("/api/v1/sessions").json() == {"ended": 1}
    assert other.get("/api/v1/sessions").status_code == 401
    mine = browser.get("/api/v1/sessions").json()["items"][0]["uid"]
    assert browser.delete(f"/api/v1/sessions/{mine}").status_code == 204
    assert browser.get("/api/v1/sessions").status_code == 401


@pytest.mark.parametrize(("method", "path"), [("get", CALL), ("patch", CALL), ("delete", "/api/v1/sessions")])
def test_a_key_neither_silences_nor_signs_out(manager, method, path, settings):
    from datetime import date

    from people import tokens

    _token, raw = tokens.make_key(
        manager.account, name="a", scopes=list(tokens.SCOPES), expires_on=None, now=NOW, today=date(2026, 6, 1)
    )
    call = getattr(Client(), method)
    assert call(path, headers={"authorization": f"Bearer {raw}"}, content_type="application/json").status_code == 401
