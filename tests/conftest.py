"""Fixtures that every room uses. The database is SQLite, or what DATABASE_URL names."""

import pytest
from django.test import Client

from tests import factories


@pytest.fixture(autouse=True)
def _plain_static(settings):
    """Tests need no collected static files."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


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
