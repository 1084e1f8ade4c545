"""What every test of feeds starts from: a person, their bookings, and a program that fetches."""

from datetime import UTC, date, datetime

import pytest
from django.core.cache import caches

from people.models import Shift
from telework.feeds.services import create_feed
from telework.models import Booking, Privacy, Scope, State
from tests import factories

NOW = datetime(2026, 6, 10, 9, 30, tzinfo=UTC)
MADE = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _present(monkeypatch):
    """It is Wednesday 10 June 2026, 11:30 in Paris; nobody has missed an address yet."""
    caches["process"].clear()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def book():
    """Write a booking as the services leave it."""

    def _book(person, day=date(2026, 6, 12), *, state=State.APPROVED, **fields) -> Booking:
        place = person.places.first()
        fields = {"requested_at": MADE, "updated_at": MADE, "place": place} | fields
        return Booking.objects.create(person=person, day=day, state=state, **fields)

    return _book


@pytest.fixture
def subscribe():
    """Make a feed and answer its path."""

    def _subscribe(owner, *, privacy=Privacy.FULL, team=None) -> str:
        scope = Scope.TEAM if team else Scope.PERSONAL
        address = create_feed(owner=owner, scope=scope, privacy=privacy, team=team, now=MADE)[1]
        return address[address.index("/cal/") :]

    return _subscribe


@pytest.fixture
def fetch(client, subscribe):
    """Subscribe and fetch once: the unfolded content lines."""

    def _fetch(owner, **choice) -> list[str]:
        return unfolded(client.get(subscribe(owner, **choice)).content)

    return _fetch


@pytest.fixture
def night_worker(db):
    """A rostered person who holds the night of 12 to 13 June 2026, 22:00 to 06:00 in Paris."""
    person = factories.eligible_person()
    person.contracts.update(rostered=True)
    add_shift(
        person, datetime(2026, 6, 12, 20, tzinfo=UTC), datetime(2026, 6, 13, 4, tzinfo=UTC), day=date(2026, 6, 12)
    )
    return person


def add_shift(person, start, end, *, day, zone="Europe/Paris") -> Shift:
    return Shift.objects.create(person=person, start=start, end=end, day=day, zone=zone, site=person.site)


def unfolded(octets: bytes) -> list[str]:
    """Content lines with folds undone by hand, not by the code under test."""
    return octets.decode().replace("\r\n ", "").split("\r\n")[:-1]


def values(lines: list[str], name: str) -> list[str]:
    """Values of every property of that name, whatever its parameters."""
    return [line.partition(":")[2] for line in lines if line.split(":")[0].split(";")[0] == name]


def events(lines: list[str]) -> list[list[str]]:
    """The lines of each VEVENT."""
    found, current = [], None
    for line in lines:
        if line == "BEGIN:VEVENT":
            current = []
        elif line == "END:VEVENT":
            found.append(current)
            current = None
        elif current is not None:
            current.append(line)
    return found


def starts(lines: list[str]) -> list[str]:
    """DTSTART of every event (a VTIMEZONE has some too)."""
    return [value for event in events(lines) for value in values(event, "DTSTART")]
