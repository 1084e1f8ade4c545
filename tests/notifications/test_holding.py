"""A restored database: nothing leaves until somebody says what becomes of the old messages."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from notifications import holding, kinds, outbox, services
from notifications.kinds import Mail
from notifications.models import Message
from people.models import AuditEvent, Grant, Role
from tests import factories

pytestmark = pytest.mark.django_db
BACKUP = datetime(2026, 6, 8, 8, tzinfo=UTC)
LATER = BACKUP + timedelta(hours=5)


@pytest.fixture(autouse=True)
def greeting(monkeypatch):
    monkeypatch.setattr(kinds, "_renderers", {})
    kinds.register("greeting", lambda message: Mail(message.key, "text", "<p>html</p>"))


@pytest.fixture
def held(clock):
    """A copy as of 8:00 restored at 13:00: one message from before the backup, one given up, one made since."""
    clock(LATER.isoformat())
    reader = factories.PersonFactory(account__email="lea@example.org")
    for key, at in (("old", BACKUP - timedelta(minutes=1)), ("given up", BACKUP - timedelta(days=1)), ("new", LATER)):
        outbox.put(reader, "greeting", key, {}, at)
    Message.objects.filter(key="given up").update(abandoned_at=BACKUP)
    Message.objects.filter(key="old").update(leased_until=LATER + timedelta(hours=1))
    holding.hold(as_of=BACKUP, since=LATER)


def released(**options) -> str:
    out = StringIO()
    call_command("release_messages", stdout=out, **options)
    return out.getvalue()


def subjects() -> list[str]:
    return sorted(letter.subject for letter in mail.outbox)


def test_nothing_is_sent_while_the_copy_is_held(held):
    assert services.sweep(LATER + timedelta(days=1)) == 0
    assert services.retry_abandoned(LATER) == 1
    assert services.sweep(LATER + timedelta(days=1)) == 0
    assert mail.outbox == []


def test_the_hold_is_an_alert_and_goes_before_that_of_late_messages(held, client):
    alerts = {each["code"]: each for each in client.get("/health/alerts").json()["alerts"]}
    assert alerts["messages_held"] == {"code": "messages_held", "since": LATER.isoformat(), "number": 2}
    assert "messages_overdue" not in alerts


def test_old_messages_can_be_dropped_and_new_ones_leave(held):
    assert released(old="drop") == "Released: 1 message(s) will be sent, 2 will never be.\n"
    services.sweep(LATER)
    assert subjects() == ["new"]
    assert services.retry_abandoned(LATER) == 0


def test_old_messages_can_be_sent_at_once(held):
    assert released(old="send") == "Released: 2 message(s) will be sent, 0 will never be.\n"
    services.sweep(LATER)
    assert subjects() == ["new", "old"]


def test_a_second_release_is_told(held):
    released(old="drop")
    with pytest.raises(CommandError, match="No message is held"):
        released(old="send")


def test_what_becomes_of_the_old_ones_must_be_said(held):
    with pytest.raises(CommandError, match="--old"):
        call_command("release_messages")
    assert holding.current_hold() is not None


@pytest.fixture
def administrator():
    person = factories.eligible_person(account__email="admin@example.org", account__language="en")
    Grant.objects.create(person=person, role=Role.ADMIN, entity=person.entity)
    return person


def test_an_administrator_sees_the_hold_and_opens_the_copy_again(held, administrator, sign_in):
    page = sign_in(administrator).get("/messages/").content.decode()
    assert "Nothing leaves: this is a restored copy" in page
    assert "2 messages waited when the backup was made" in page
    answer = sign_in(administrator).post("/messages/release/", {"old": "drop"}, follow=True).content.decode()
    assert "1 message is sent now; 2 from before the backup never are." in answer
    assert "restored copy" not in answer
    assert AuditEvent.objects.get(verb="messages.released").actor == administrator


@pytest.mark.parametrize("form", [{}, {"old": "both"}])
def test_a_release_without_a_choice_changes_nothing(form, held, administrator, sign_in):
    sign_in(administrator).post("/messages/release/", form)
    assert holding.current_hold() is not None


def test_nobody_else_finds_the_page(held, sign_in):
    person = factories.eligible_person()
    assert sign_in(person).get("/messages/").status_code == 404
    assert sign_in(person).post("/messages/release/", {"old": "drop"}).status_code == 404
    assert holding.current_hold() is not None
