"""The outbox: nothing lost, nothing told twice, and a mail server that is away is no harm."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django_q.models import OrmQ, Schedule

from notifications import kinds, outbox, selectors, services
from notifications.kinds import Mail
from notifications.models import Message
from notifications.services import LEASE, MOST_ATTEMPTS
from tests import factories

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 8, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def greeting(monkeypatch):
    """A kind of message of our own."""
    monkeypatch.setattr(kinds, "_renderers", {})
    kinds.register("greeting", lambda message: Mail(f"Hello\n{message.recipient.first_name}", "text", "<p>html</p>"))


@pytest.fixture
def reader():
    return factories.PersonFactory(first_name="Léa", account__email="lea@example.org")


def put(reader, *, key: str = "one", kind: str = "greeting") -> Message:
    outbox.put(reader, kind, key, {}, NOW)
    return Message.objects.get(key=key)


class Away:
    """A mail server that refuses for a while."""

    def __init__(self, monkeypatch, failure=None):
        self.failure = failure or ConnectionRefusedError("smtp: lea@example.org")
        monkeypatch.setattr("notifications.channels.email.EmailMultiAlternatives.send", self.send)

    def send(self, *args, **options):
        raise self.failure


def test_a_message_is_sent_once_with_text_html_and_the_headers_of_a_machine(reader):
    message = put(reader)

    assert services.sweep(NOW) == 1
    assert services.sweep(NOW + timedelta(hours=1)) == 0

    letter = mail.outbox[0].message()
    assert len(mail.outbox) == 1
    assert (mail.outbox[0].subject, letter["To"]) == ("Hello Léa", "lea@example.org")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"] == f"<{message.uid}@localhost>"
    assert letter["List-Id"]
    assert [part.get_content_type() for part in letter.get_payload()] == ["text/plain", "text/html"]


def test_the_same_key_is_told_once(reader):
    put(reader)
    outbox.put(reader, "greeting", "one", {}, NOW)
    assert Message.objects.count() == 1


def test_a_message_exists_only_if_its_fact_does(reader):
    with pytest.raises(RuntimeError), transaction.atomic():
        put(reader)
        raise RuntimeError
    assert not Message.objects.exists() and not OrmQ.objects.exists()


def test_the_worker_is_woken_with_the_message_and_sweeps_every_minute_anyway(reader):
    put(reader)
    assert OrmQ.objects.get().func() == "notifications.tasks.sweep"
    assert Schedule.objects.get(name="notifications.sweep").minutes == 1


def test_a_mail_server_that_is_away_is_tried_again_later_and_later_then_given_up(reader, monkeypatch, caplog):
    Away(monkeypatch)
    put(reader)
    now, pauses = NOW, []

    for _ in range(MOST_ATTEMPTS):
        assert services.sweep(now) == 0
        assert services.sweep(now + timedelta(seconds=30)) == 0, "not before its time"
        due = Message.objects.get().due_at
        pauses.append(int((due - now).total_seconds() // 60))
        now = due

    message = Message.objects.get()
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert (message.attempts, message.abandoned_at is not None) == (MOST_ATTEMPTS, True)
    assert selectors.backlog(now).abandoned == 1
    assert "lea@example.org" not in caplog.text + message.last_error


def test_given_up_messages_can_be_sent_after_all(reader):
    message = put(reader)
    Message.objects.update(abandoned_at=NOW, attempts=MOST_ATTEMPTS, sent_at=None)

    assert services.retry_abandoned(NOW) == 1
    assert services.sweep(NOW) == 1
    message.refresh_from_db()
    assert message.sent_at and not message.abandoned_at


def test_one_message_that_cannot_be_rendered_does_not_hold_up_the_others(reader):
    put(reader, key="bad", kind="unknown")
    put(reader, key="good")

    assert services.sweep(NOW) == 1
    assert Message.objects.get(key="bad").last_error == "LookupError"


def test_a_leased_message_is_left_to_its_sweep_until_the_lease_runs_out(reader):
    put(reader)
    Message.objects.update(leased_until=NOW + LEASE)

    assert services.sweep(NOW) == 0
    assert services.sweep(NOW + LEASE + timedelta(seconds=1)) == 1


def test_of_two_sweeps_that_saw_the_same_message_only_one_gets_it(reader):
    message = put(reader)
    assert [services._claim(message.pk, NOW), services._claim(message.pk, NOW)] == [True, False]


@pytest.mark.parametrize("closed", [{"email": "", "account": None}, {"account__is_active": False}])
def test_nobody_is_written_to_without_an_address_or_after_they_left(closed):
    person = factories.PersonFactory(**closed)
    put(person)
    services.sweep(NOW)
    message = Message.objects.get()
    assert (mail.outbox, message.last_error, message.abandoned_at) == ([], "no address", None)


def test_a_renderer_with_nothing_to_tell_any_more_sends_nothing(reader):
    kinds.register("moot", lambda message: None)
    put(reader, kind="moot")
    services.sweep(NOW)
    assert (mail.outbox, selectors.backlog(NOW).waiting) == ([], 0)


def test_a_kind_has_one_renderer():
    with pytest.raises(ValueError, match="has a renderer already"):
        kinds.register("greeting", lambda message: None)


def test_the_backlog_tells_how_long_the_oldest_message_is_overdue(reader):
    put(reader)
    found = selectors.backlog(NOW + timedelta(minutes=9))
    assert (found.waiting, found.overdue) == (1, timedelta(minutes=9))


def test_the_watchdog_delivers_without_the_worker(reader, capsys):
    put(reader)
    call_command("watchdog", "--once")
    assert len(mail.outbox) == 1 and "1 message" in capsys.readouterr().out


def test_a_sweep_asks_the_database_a_constant_number_of_things_for_each_message(reader):
    counts = []
    for number in (1, 3):
        for index in range(number):
            put(reader, key=f"{number}-{index}")
        with CaptureQueriesContext(connection) as seen:
            services.sweep(NOW)
        counts.append(len(seen))
    assert counts[1] - counts[0] == 2 * (counts[0] - 1), "one look, and the same for each message"
