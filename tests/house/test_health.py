"""What machines are told about the house."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from config import checks, health
from notifications import heartbeats, tasks
from notifications.models import Message
from tests import factories

pytestmark = pytest.mark.django_db
NOW = "2026-06-03T08:00+02:00"


@pytest.fixture
def now(clock) -> datetime:
    return clock(NOW)


@pytest.fixture
def awake(now) -> datetime:
    """Worker and watchdog have just shown that they live."""
    for name in heartbeats.EXPECTED:
        heartbeats.beat(name, now)
    return now


def codes(client) -> list[str]:
    answer = client.get("/health/alerts")
    assert answer.status_code == 200
    return sorted(alert["code"] for alert in answer.json()["alerts"])


def a_message(due_at: datetime, **fields) -> Message:
    person = factories.PersonFactory()
    return Message.objects.create(
        recipient=person, kind="nothing", key=f"key-{person.pk}", created_at=due_at, due_at=due_at, **fields
    )


def test_a_live_process_answers_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/health/live").json() == {"status": "alive"}


def test_a_migrated_and_guarded_database_is_ready(client):
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "missing": []})


def test_a_database_that_does_not_answer_is_not_ready(client, monkeypatch):
    def fail(*_):
        raise DatabaseError("secret address of the database")

    monkeypatch.setattr(connection, "cursor", fail)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["missing"] == ["the database does not answer"]


def test_a_database_that_does_not_answer_is_an_alert(client, monkeypatch):
    def fail(*_):
        raise DatabaseError("secret address of the database")

    monkeypatch.setattr(connection, "cursor", fail)
    assert codes(client) == ["database_silent"]


def test_a_missing_migration_is_named(client, monkeypatch):
    class Behind:
        def __init__(self, _connection) -> None:
            self.loader = self.graph = self

        def leaf_nodes(self):
            return []

        def migration_plan(self, _targets):
            return [("people.0002_next", False)]

    monkeypatch.setattr(health, "MigrationExecutor", Behind)
    health._missing.cache_clear()
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["missing"] == ["the migration people.0002_next is not applied"]


def test_nothing_to_do_is_quiet(client, awake):
    assert client.get("/health/alerts").json() == {"status": "quiet", "alerts": []}


@pytest.mark.parametrize("name", heartbeats.EXPECTED)
def test_a_process_that_falls_silent_is_named(name, client, awake, clock):
    clock((awake + timedelta(minutes=4)).isoformat())
    for other in set(heartbeats.EXPECTED) - {name}:
        heartbeats.beat(other, awake + timedelta(minutes=4))
    assert codes(client) == [f"{name}_silent"]


def test_a_message_that_waits_is_an_alert_after_ten_minutes_only(client, awake):
    message = a_message(awake - timedelta(minutes=9))
    assert codes(client) == []
    Message.objects.filter(pk=message.pk).update(due_at=awake - timedelta(minutes=11))
    assert codes(client) == ["messages_overdue"]


def test_an_abandoned_message_is_an_alert(client, awake):
    a_message(awake, abandoned_at=awake)
    assert codes(client) == ["messages_abandoned"]


def test_the_worker_and_the_watchdog_show_that_they_live(client, now):
    assert codes(client) == ["watchdog_silent", "worker_silent"]
    tasks.sweep()
    assert codes(client) == ["watchdog_silent"]
    call_command("watchdog", once=True, stdout=StringIO())
    assert codes(client) == []


def test_a_sign_of_life_is_written_twice_a_minute_at_most(now, django_assert_num_queries):
    heartbeats.beat("worker", now)
    with django_assert_num_queries(1):
        heartbeats.beat("worker", now + timedelta(seconds=20))


def test_health_may_only_be_read(client):
    assert client.post("/health/live").status_code == 405


def test_the_database_in_use_has_its_guards():
    assert checks.sqlite_guards(databases=["default"]) == []


class Unguarded:
    """A SQLite connection as Django opens it unless told otherwise."""

    vendor = "sqlite"
    settings_dict = {"OPTIONS": {}}

    def __init__(self, path) -> None:
        self.raw = sqlite3.connect(path)

    def cursor(self):
        return closing(self.raw.cursor())


def test_each_missing_guard_of_sqlite_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(checks, "connections", {"default": Unguarded(tmp_path / "plain.sqlite3")})
    found = [error.msg for error in checks.sqlite_guards(databases=["default"])]
    assert len(found) == 2
    assert "journal_mode delete; it needs WAL" in found[0]
    assert "it needs IMMEDIATE" in found[1]


def test_abandoned_messages_are_tried_again_by_a_command(client, awake):
    a_message(awake, abandoned_at=awake, attempts=8)
    out = StringIO()
    call_command("retry_abandoned", stdout=out)
    assert out.getvalue() == "1 message(s) will be tried again.\n"
    assert codes(client) == []
