"""Fixtures that every room uses. The database is SQLite in a file of its own, or what DATABASE_URL names."""

import socket
from datetime import datetime
from pathlib import Path

import pytest
from django.db import DataError, connections
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from django.test import Client
from django.utils.translation import trans_real

from tests import factories
from ui import translations

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser) -> None:
    parser.addoption("--only-database", action="store_true", help="leave out tests that never ask for the database")


def asks_for_database(item) -> bool:
    """By its mark or by a fixture, however far. Without, a test that opens the database fails, and so would on any."""
    return item.get_closest_marker("django_db") is not None or "django_db_setup" in item.fixturenames


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items) -> None:
    """Longest first, so that all workers end together; a second database adds nothing to tests that use none."""
    if config.getoption("only_database"):
        config.hook.pytest_deselected(items=[each for each in items if not asks_for_database(each)])
        items[:] = filter(asks_for_database, items)
    items.sort(key=lambda each: each.get_closest_marker("long") is None)


def pytest_configure(config) -> None:
    """French sentences are part of what is tested, and compiled catalogues are not in the repository."""
    translations.compile_all(ROOT)
    # Django may have read the catalogues of a language while it started, before they were compiled.
    trans_real._translations.clear()
    trans_real._default = None


@receiver(connection_created)
def _as_strict_as_postgres(connection, **_names) -> None:
    """SQLite keeps a NUL in a text; PostgreSQL refuses it. Here both do, so that each of the many calls shows it."""
    if connection.vendor == "sqlite" and _refuse_nul not in connection.execute_wrappers:
        connection.execute_wrappers.append(_refuse_nul)


def _refuse_nul(execute, sql, params, many, context):
    if params and not many and any(isinstance(each, str) and "\0" in each for each in params):
        raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    return execute(sql, params, many, context)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory, django_db_modify_db_settings_parallel_suffix) -> None:
    """A file, not memory: only a file has the journal and the locks that the product runs with."""
    settings = connections["default"].settings_dict
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(autouse=True)
def _test_settings(settings) -> None:
    """No collected static files, no slow hash, mail in memory."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True, scope="session")
def _no_network():
    """A test that reaches for the network fails, and says where to."""
    connect = socket.socket.connect

    def local_only(self, address):
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"Tests have no network; something wanted to reach {address}.")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", local_only)
        yield


@pytest.fixture
def clock(monkeypatch):
    """Set the product's clock: ``clock("2026-06-03T08:00+02:00")``. Threads of a live server see it too."""

    def _clock(instant: str) -> datetime:
        moment = datetime.fromisoformat(instant)
        assert moment.tzinfo, "an instant needs its offset from UTC"
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return moment

    return _clock


@pytest.fixture
def person(db):
    """An office worker at full time, whole and eligible: contract, autonomy, declared place, account."""
    return factories.eligible_person()


@pytest.fixture
def team(db):
    return factories.TeamFactory()


@pytest.fixture
def manager(team):
    """The manager of ``team``."""
    return factories.manager_of(team)


@pytest.fixture
def sign_in(client):
    """Sign a person in on the test client and return it."""

    def _sign_in(person) -> Client:
        client.force_login(person.account)
        return client

    return _sign_in
