"""A restored database: nothing leaves until somebody says what becomes of the old messages."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from notifications import holding, kinds, outbox, services
from notifications.kinds import Mail
from notifications.models import Message
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
